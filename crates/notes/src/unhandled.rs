//! What was left lying for three working days, for the director.

use serde::{Deserialize, Serialize};
use wording::Lang;

use crate::letter::Letter;
use crate::lines::{Lines, Site};
use crate::words::{Day, Moment, Words, number};

/// What one person has left lying.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Left {
    /// Who they are as an employee; empty: nobody of the CRM.
    pub employee: String,
    /// The name.
    pub name: String,
    /// Notes not read for three of their working days.
    pub notes: u64,
    /// When the oldest of them was sent.
    pub notes_since: Option<Moment>,
    /// Findings told three of their working days ago or more, with nothing done about them.
    pub findings: u64,
    /// When the oldest of them was told.
    pub findings_since: Option<Moment>,
    /// The list of these.
    pub link: String,
}

/// What people have left lying, on a day.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Unhandled {
    /// The day.
    pub day: Day,
    /// After how many working days something is told.
    pub days: u64,
    /// By person, the most first.
    pub people: Vec<Left>,
}

/// How many people a message names.
const NAMED: usize = 20;

impl Unhandled {
    /// It as a letter.
    pub fn letter(&self, lang: Lang, site: Site<'_>) -> Letter {
        let words = Words(lang);
        let mut lines = Lines::default();
        lines.say(words.count("unhandled-what", self.days));
        for left in self.people.iter().take(NAMED) {
            lines.item(left.line(words), &left.link);
        }
        let more = self.people.len().saturating_sub(NAMED) as u64;
        if more > 0 {
            lines.say(words.count("daily-more-people", more));
        }
        let day = ("day", words.day(self.day).into());
        let people = self.people.len() as u64;
        let subject = words.say("unhandled-subject", &[day, ("count", number(people))]);
        lines.letter(subject, "/unhandled".to_owned(), site)
    }
}

impl Left {
    fn line(&self, words: Words) -> String {
        let part = |id: &str, count: u64, since: Option<Moment>| {
            let since = since.map_or_else(String::new, |at| words.moment(at));
            let args = [("count", number(count)), ("since", since.into())];
            (count > 0).then(|| words.say(id, &args))
        };
        let parts = [
            part("unhandled-findings", self.findings, self.findings_since),
            part("unhandled-notes", self.notes, self.notes_since),
        ];
        let parts: Vec<String> = parts.into_iter().flatten().collect();
        format!("{}: {}", self.name, parts.join("; "))
    }
}
