//! The lines of a letter, and how they become plain text and HTML.

use crate::letter::Letter;

/// Where the interface stands, such as `https://svetofor.example`; empty: nobody has said, and links
/// are left out of what goes outside.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Site<'a>(pub &'a str);

impl Site<'_> {
    /// The address of a page within the interface; none: it has no address outside.
    pub fn address(&self, path: &str) -> Option<String> {
        let base = self.0.trim_end_matches('/');
        (!base.is_empty() && path.starts_with('/')).then(|| format!("{base}{path}"))
    }
}

enum Kind {
    Plain,
    Title,
    Item,
}

struct Line {
    kind: Kind,
    text: String,
    link: String,
}

/// The lines of a letter.
#[derive(Default)]
pub(crate) struct Lines(Vec<Line>);

impl Lines {
    fn add(&mut self, kind: Kind, text: String, link: &str) {
        if !text.is_empty() {
            let link = link.to_owned();
            self.0.push(Line { kind, text, link });
        }
    }

    /// A line of its own; an empty one is left out.
    pub fn say(&mut self, text: String) {
        self.add(Kind::Plain, text, "");
    }

    /// A line that leads to a page.
    pub fn lead(&mut self, text: String, link: &str) {
        self.add(Kind::Plain, text, link);
    }

    /// A title above what follows.
    pub fn title(&mut self, text: String) {
        self.add(Kind::Title, text, "");
    }

    /// A line of a list, which leads to a page where `link` is not empty.
    pub fn item(&mut self, text: String, link: &str) {
        self.add(Kind::Item, text, link);
    }

    /// Makes a letter of them.
    pub fn letter(self, subject: String, link: String, site: Site<'_>) -> Letter {
        Letter {
            subject,
            text: self.text(),
            html: self.html(site),
            link,
            ..Letter::default()
        }
    }

    fn text(&self) -> String {
        let mut text = String::new();
        for line in &self.0 {
            let (before, mark) = match line.kind {
                Kind::Plain => ("\n", ""),
                Kind::Title => ("\n\n", ""),
                Kind::Item => ("\n", "• "),
            };
            if !text.is_empty() {
                text.push_str(before);
            }
            text.push_str(mark);
            text.push_str(&line.text);
        }
        text
    }

    fn html(&self, site: Site<'_>) -> String {
        let mut html = String::new();
        let mut listed = false;
        for line in &self.0 {
            let is_item = matches!(line.kind, Kind::Item);
            if listed != is_item {
                html.push_str(if is_item { "<ul>" } else { "</ul>" });
                listed = is_item;
            }
            let text = escaped(&line.text);
            let text = match site.address(&line.link) {
                Some(address) => format!("<a href=\"{}\">{text}</a>", escaped(&address)),
                None => text,
            };
            let tag = match line.kind {
                Kind::Plain => "p",
                Kind::Title => "h2",
                Kind::Item => "li",
            };
            html.push_str(&format!("<{tag}>{text}</{tag}>"));
        }
        if listed {
            html.push_str("</ul>");
        }
        html
    }
}

fn escaped(text: &str) -> String {
    let mut safe = String::with_capacity(text.len());
    for letter in text.chars() {
        match letter {
            '&' => safe.push_str("&amp;"),
            '<' => safe.push_str("&lt;"),
            '>' => safe.push_str("&gt;"),
            '"' => safe.push_str("&quot;"),
            '\'' => safe.push_str("&#39;"),
            letter => safe.push(letter),
        }
    }
    safe
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn foreign_text_is_no_markup_and_links_need_an_address() {
        let lines = || {
            let mut lines = Lines::default();
            lines.say("Начало".to_owned());
            lines.say(String::new());
            lines.title("Список".to_owned());
            lines.item("<b>\"О'Нил\" & Ко</b>".to_owned(), "/deals/1?a=1&b=2");
            lines
        };
        let letter = lines().letter("Тема".into(), "/notes".into(), Site("https://s.example/"));
        assert_eq!(letter.text, "Начало\n\nСписок\n• <b>\"О'Нил\" & Ко</b>");
        assert_eq!(
            letter.html,
            "<p>Начало</p><h2>Список</h2><ul><li><a href=\"https://s.example/deals/1?a=1&amp;b=2\">\
             &lt;b&gt;&quot;О&#39;Нил&quot; &amp; Ко&lt;/b&gt;</a></li></ul>"
        );
        let letter = lines().letter("Тема".into(), "/notes".into(), Site(""));
        assert!(!letter.html.contains("href"));
    }
}
