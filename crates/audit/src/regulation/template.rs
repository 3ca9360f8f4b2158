//! How a title is to be made: `{product} — {client}, {city}`.

use history::TextFacts;

/// Words with placeholders between them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Template {
    /// As the regulation has it.
    text: String,
    /// What stands before the first placeholder.
    before: String,
    /// Each placeholder, and what stands after it.
    parts: Vec<(String, String)>,
}

impl Template {
    /// Reads a template; none: it has no placeholder, one without a name, two with nothing
    /// between them, or a brace that is not closed or not opened.
    pub fn parse(text: &str) -> Option<Template> {
        let mut parts = Vec::new();
        let (before, mut rest) = text.trim().split_once('{')?;
        loop {
            let (name, tail) = rest.split_once('}')?;
            let (after, next) = match tail.split_once('{') {
                Some((after, next)) => (after, Some(next)),
                None => (tail, None),
            };
            let name = name.trim();
            let touches = next.is_some() && after.is_empty();
            if name.is_empty() || name.contains('{') || after.contains('}') || touches {
                return None;
            }
            parts.push((name.to_owned(), folded(after)));
            match next {
                Some(next) => rest = next,
                None => break,
            }
        }
        (!before.contains('}')).then(|| Template {
            text: text.trim().to_owned(),
            before: folded(before).trim_start().to_owned(),
            parts,
        })
    }

    /// As the regulation has it.
    pub fn as_str(&self) -> &str {
        &self.text
    }

    /// Whether it has a placeholder of this name.
    pub fn asks_for(&self, name: &str) -> bool {
        self.parts.iter().any(|(known, _)| known == name)
    }

    /// Whether a title is made like this, each placeholder standing for something.
    ///
    /// A placeholder reaches to the first place at which it says something and what the
    /// template has after it follows: what says something goes on doing so when it grows.
    pub fn fits(&self, title: &str) -> bool {
        let title = folded(title.trim());
        let Some(mut rest) = title.strip_prefix(&self.before) else {
            return false;
        };
        let Some(((_, end), inner)) = self.parts.split_last() else {
            return false;
        };
        for (_, after) in inner {
            let ends = rest.match_indices(after.as_str()).map(|(at, _)| at);
            let Some(at) = ends.into_iter().find(|at| says_something(&rest[..*at])) else {
                return false;
            };
            rest = &rest[at + after.len()..];
        }
        rest.strip_suffix(end.trim_end())
            .is_some_and(says_something)
    }

    /// The template filled with what is known; what is not stands in square brackets.
    pub fn filled(&self, known: impl Fn(&str) -> Option<String>) -> String {
        let mut title = self.before.clone();
        for (name, after) in &self.parts {
            match known(name).filter(|value| says_something(value)) {
                Some(value) => title.push_str(value.trim()),
                None => title.extend(["[", name.as_str(), "]"]),
            }
            title.push_str(after);
        }
        title.trim_end().to_owned()
    }
}

/// Any run of white space is a space, and a dash is a dash: keyboards have only a hyphen.
fn folded(text: &str) -> String {
    let mut folded = String::with_capacity(text.len());
    for letter in text.chars() {
        match letter {
            '-' | '‐' | '‑' | '–' | '−' => folded.push('—'),
            letter if !letter.is_whitespace() => folded.push(letter),
            _ if folded.ends_with(' ') => {}
            _ => folded.push(' '),
        }
    }
    folded
}

/// At least two letters or digits, no word of the stop list, not one letter repeated.
fn says_something(text: &str) -> bool {
    let told = text.chars().filter(|letter| letter.is_alphanumeric());
    let facts = TextFacts::of(text);
    told.take(2).count() == 2 && !facts.stop_word && !(facts.same_letter && facts.letters > 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn fits(template: &str, title: &str) -> bool {
        Template::parse(template).is_some_and(|template| template.fits(title))
    }

    #[test]
    fn a_template_needs_placeholders_that_can_be_told_apart() {
        for wrong in [
            "", "Окна", "{", "}", "{}", "{ }", "{a", "a}", "{a}}", "{{a}}", "}{a}", "{a}{b}",
        ] {
            assert_eq!(Template::parse(wrong), None, "{wrong}");
        }
        for right in ["{a}", "{a} {b}", " №{номер} — {a b}.", "{a}/{a}"] {
            assert!(Template::parse(right).is_some(), "{right}");
        }
    }

    #[test]
    fn each_placeholder_stands_for_something() {
        let template = "{product} — {client}, {city}";
        for good in [
            "Окна — Иванова, Тверь",
            "  Окна - Иванова,  Тверь ",
            "Окна–двери — ИП Ян, Уфа",
            "2к — 7Я, 77",
            "ок — Окна — Иванова, Тверь, Центр",
        ] {
            assert!(fits(template, good), "{good}");
        }
        for bad in [
            "",
            "Окна",
            "Окна — Иванова",
            "Окна — Иванова,",
            "Окна — , Тверь",
            "О — Иванова, Тверь",
            "Окна — Иванова, ааа",
            "Окна — Иванова, нет",
            "Окна—Иванова,Тверь",
            "Окна — ?!, Тверь",
        ] {
            assert!(!fits(template, bad), "{bad}");
        }
        assert!(fits("№{n}: {a}.", "№12: Окна."));
        assert!(!fits("№{n}: {a}.", "№12: Окна"));
        assert!(!fits("№{n}: {a}.", "Заказ №12: Окна."));
    }

    #[test]
    fn what_is_unknown_stands_in_brackets() {
        let template = Template::parse("{product} — {client}, {city}").unwrap_or_else(|| panic!());
        let known = |name: &str| (name != "city").then(|| format!(" {name}1 "));
        assert_eq!(template.filled(known), "product1 — client1, [city]");
        assert_eq!(
            template.filled(|_| Some("нет".to_owned())),
            "[product] — [client], [city]"
        );
    }
}
