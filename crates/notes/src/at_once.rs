//! What is told at once: one finding, or many as one message.

use serde::{Deserialize, Serialize};
use wording::Lang;

use crate::daily::named;
use crate::letter::{Button, Letter};
use crate::lines::{Lines, Site};
use crate::words::{Words, number};

/// How many findings a message names.
pub(crate) const NAMED: usize = 5;

/// Whose findings a message is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Of {
    /// The reader's own.
    Own,
    /// Other people's.
    Others,
}

/// A finding that is told.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Told {
    /// The finding.
    pub finding: String,
    /// The deal by name; empty: it is about none.
    pub deal: String,
    /// Whom it is held against; empty: the reader, or nobody.
    pub person: String,
    /// That the reader hears of it for this person, who is away; empty: for themselves.
    pub instead_of: String,
    /// What was found, in one sentence.
    pub text: String,
    /// Its rule by name.
    pub rule: String,
    /// How grave it is: `remark`, `violation` or `gross`.
    pub severity: String,
    /// Its page.
    pub link: String,
}

/// A message that goes out at once.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AtOnce {
    /// Whose findings these are.
    pub of: Of,
    /// The findings, the worst first; of many only some.
    pub told: Vec<Told>,
    /// How many there are.
    pub count: u64,
    /// The list of all.
    pub link: String,
}

impl AtOnce {
    /// The message as a letter. One finding of the reader's own comes with buttons to answer it by.
    pub fn letter(&self, lang: Lang, site: Site<'_>) -> Letter {
        let words = Words(lang);
        match self.told.as_slice() {
            [one] if self.count == 1 => self.one(one, words, site),
            _ => self.many(words, site),
        }
    }

    fn one(&self, one: &Told, words: Words, site: Site<'_>) -> Letter {
        let id = match one.severity.as_str() {
            "gross" => "once-subject-gross",
            "violation" => "once-subject-violation",
            _ => "once-subject-remark",
        };
        let subject = words.say(id, &[("rule", one.rule.as_str().into())]);
        let mut lines = Lines::default();
        lines.lead(one.line(words), &one.link);
        if !one.instead_of.is_empty() {
            let args = [("name", one.instead_of.as_str().into())];
            lines.say(words.say("once-instead", &args));
        }
        let mut letter = lines.letter(subject, one.link.clone(), site);
        if self.of == Of::Own {
            let button = |deed: &str| Button {
                text: words.word(&format!("button-{deed}")),
                data: format!("{deed}:{}", one.finding),
            };
            letter.buttons = vec![
                vec![button("ack"), button("cause")],
                vec![button("dispute")],
            ];
        }
        letter
    }

    fn many(&self, words: Words, site: Site<'_>) -> Letter {
        let subject = words.count("once-subject-many", self.count);
        let mut lines = Lines::default();
        let shown = self.told.len().min(NAMED);
        if self.count > shown as u64 {
            let args = [
                ("count", number(self.count)),
                ("shown", number(shown as u64)),
            ];
            lines.lead(words.say("once-many", &args), &self.link);
        }
        for one in self.told.iter().take(NAMED) {
            lines.item(one.line(words), &one.link);
        }
        lines.letter(subject, self.link.clone(), site)
    }
}

impl Told {
    fn line(&self, words: Words) -> String {
        named(words, &self.person, &self.deal, &self.text)
    }
}
