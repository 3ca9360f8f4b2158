//! The little that a text may be marked up with: `**strong**` and `[words](/deals/42)`.

use serde::{Deserialize, Serialize};

/// Words of one look.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Run {
    /// The words.
    pub text: String,
    /// Whether they stand out.
    pub strong: bool,
    /// Where they lead: a path of the interface such as `/deals/42`, or a place in the document such
    /// as `#lights`. Never another site.
    pub link: Option<String>,
}

impl Run {
    /// Words without anything special.
    pub fn plain(text: impl Into<String>) -> Run {
        Run {
            text: text.into(),
            ..Run::default()
        }
    }

    /// Words that stand out.
    pub fn strong(text: impl Into<String>) -> Run {
        Run {
            strong: true,
            ..Run::plain(text)
        }
    }

    /// Words that lead somewhere; see [`Run::link`].
    pub fn link(text: impl Into<String>, to: impl Into<String>) -> Run {
        Run {
            link: Some(to.into()),
            ..Run::plain(text)
        }
    }
}

/// Words as one writes them by hand: [`runs`] reads the same words back.
pub fn marked(text: &[Run]) -> String {
    let mut out = String::new();
    for run in text {
        let mut words = String::new();
        for letter in run.text.chars() {
            if "\\*[]".contains(letter) {
                words.push('\\');
            }
            words.push(letter);
        }
        if let Some(to) = run.link.as_deref().filter(|to| is_inside(to)) {
            words = format!("[{words}]({to})");
        }
        if run.strong && !words.is_empty() {
            words = format!("**{words}**");
        }
        out.push_str(&words);
    }
    out
}

/// Reads words written by hand: `**strong**`, `[words](/path)`, and `\` before a sign that means
/// itself. A link that leads out of the interface, and a mark that is not closed, stay plain text.
pub fn runs(text: &str) -> Vec<Run> {
    let mut reader = Reader {
        rest: text.trim(),
        runs: Vec::new(),
        plain: String::new(),
    };
    reader.all();
    reader.runs
}

/// Whether a link stays within the interface or the document.
pub fn is_inside(to: &str) -> bool {
    let path = to.starts_with('/') && !to.starts_with("//") && !to.starts_with("/\\");
    let fits = |c: char| c.is_ascii_graphic() && !"()[]\\*<>\"'`".contains(c);
    (path || to.starts_with('#')) && to.chars().all(fits)
}

struct Reader<'t> {
    rest: &'t str,
    runs: Vec<Run>,
    plain: String,
}

impl Reader<'_> {
    fn all(&mut self) {
        while let Some(letter) = self.rest.chars().next() {
            let marked = match letter {
                '*' => strong(self.rest),
                '[' => link(self.rest),
                _ => None,
            };
            if let Some((run, rest)) = marked {
                self.flush();
                self.push(run);
                self.rest = rest;
                continue;
            }
            self.rest = &self.rest[letter.len_utf8()..];
            match (letter, self.rest.chars().next()) {
                ('\\', Some(meant)) => {
                    self.plain.push(meant);
                    self.rest = &self.rest[meant.len_utf8()..];
                }
                _ => self.plain.push(letter),
            }
        }
        self.flush();
    }

    fn flush(&mut self) {
        let text = std::mem::take(&mut self.plain);
        self.push(Run::plain(text));
    }

    fn push(&mut self, run: Run) {
        if !run.text.is_empty() {
            self.runs.push(run);
        }
    }
}

/// `**words**` or `**[words](/path)**` at the beginning of a text, and what follows.
fn strong(text: &str) -> Option<(Run, &str)> {
    let inside = text.strip_prefix("**")?;
    let (run, rest) = match link(inside) {
        Some(found) => found,
        None => {
            let (words, rest) = until(inside, '*')?;
            (Run::plain(words), rest)
        }
    };
    let rest = rest.strip_prefix("**")?;
    Some((
        Run {
            strong: true,
            ..run
        },
        rest,
    ))
}

/// `[words](/path)` at the beginning of a text, and what follows.
fn link(text: &str) -> Option<(Run, &str)> {
    let (words, rest) = until(text.strip_prefix('[')?, ']')?;
    let (to, rest) = rest.strip_prefix("](")?.split_once(')')?;
    is_inside(to).then(|| (Run::link(words, to), rest))
}

/// The words before a sign that is not meant as itself, and what follows from it on.
fn until(text: &str, sign: char) -> Option<(String, &str)> {
    let mut words = String::new();
    let mut letters = text.char_indices();
    while let Some((at, letter)) = letters.next() {
        if letter == sign {
            return (!words.is_empty()).then(|| (words, &text[at..]));
        }
        match letter {
            '\\' => words.push(letters.next()?.1),
            _ => words.push(letter),
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_are_read() {
        assert_eq!(
            runs("Стало **лучше**: [сделка 7](/deals/7) и **[все](/deals)**"),
            [
                Run::plain("Стало "),
                Run::strong("лучше"),
                Run::plain(": "),
                Run::link("сделка 7", "/deals/7"),
                Run::plain(" и "),
                Run {
                    strong: true,
                    ..Run::link("все", "/deals")
                },
            ]
        );
    }

    #[test]
    fn what_is_no_mark_stays_text() {
        for text in [
            "2 * 3 ** 4",
            "[не ссылка](https://example.org)",
            "[не ссылка](//example.org)",
            "[не ссылка](javascript:alert)",
            "**не закрыто",
            "[]()",
        ] {
            assert_eq!(runs(text), [Run::plain(text)], "{text}");
        }
        assert_eq!(runs("  "), []);
    }

    proptest::proptest! {
        #[test]
        fn written_and_read_back(
            runs_of in proptest::collection::vec((r"[а-яa-z\\*\[\] ()]{0,6}я", 0..4u8), 0..6)
        ) {
            let mut text: Vec<Run> = Vec::new();
            for (words, kind) in runs_of {
                let words = words.replace(' ', "_");
                // Two plain runs side by side are one.
                let last_is_plain = text.last().is_some_and(|last| *last == Run::plain(last.text.clone()));
                text.push(match kind {
                    0 if !last_is_plain => Run::plain(words),
                    1 => Run::link(words, "/deals/42?x=1#y"),
                    2 => Run { strong: true, ..Run::link(words, "#lights") },
                    _ => Run::strong(words),
                });
            }
            proptest::prop_assert_eq!(runs(&marked(&text)), text);
        }
    }
}
