//! A text that was looked through, beside it: its mistakes, or what it demands.

use app::regulation::{Flaw, Review};
use askama::Template;
use audit::regulation::{describe_entry, describe_frame};
use wording::one_line;

use super::super::{Words, address};
use super::called;

/// Characters of a line that are repeated beside a mistake.
const SHOWN: usize = 120;

/// What is said about a text. A part of the page, and what the page asks for as one types.
#[derive(Template)]
#[template(path = "regulation_checked.html")]
pub(super) struct Checked {
    pub words: Words,
    pub mistakes: Vec<Told>,
    pub notes: Vec<Told>,
    pub frame: Vec<String>,
    pub rules: Vec<Rule>,
}

/// A mistake or a note.
pub(super) struct Told {
    /// Its line, from 1; 0: the text as a whole is meant.
    pub line: usize,
    /// Where it stands, in words; empty: the text as a whole is meant.
    pub place: String,
    pub said: String,
    /// The line itself.
    pub source: String,
}

/// A rule in words.
pub(super) struct Rule {
    pub title: String,
    pub href: String,
    pub line: usize,
    pub demands: Vec<String>,
}

impl Checked {
    pub fn of(review: &Review, text: &str, words: Words) -> Checked {
        let lang = words.0;
        let told = |flaw: &Flaw| Told {
            line: flaw.place.map_or(0, |(line, _)| line),
            place: flaw.place.map_or_else(String::new, |(line, column)| {
                let args = [
                    ("line", line.to_string().into()),
                    ("column", column.to_string().into()),
                ];
                words.say("regulation-place", &args)
            }),
            said: flaw.said.clone(),
            source: flaw.place.map_or_else(String::new, |(line, _)| {
                let source = text.lines().nth(line.saturating_sub(1));
                one_line(source.unwrap_or_default(), SHOWN)
            }),
        };
        let version = review.version.as_ref();
        let version = version.filter(|_| review.mistakes.is_empty());
        let entries = version.map_or(&[][..], |version| &version.entries);
        Checked {
            words,
            mistakes: review.mistakes.iter().map(told).collect(),
            notes: review.notes.iter().map(told).collect(),
            frame: version.map_or_else(Vec::new, |version| describe_frame(version, lang)),
            rules: entries
                .iter()
                .zip(std::iter::repeat(version).flatten())
                .map(|(entry, version)| Rule {
                    title: called(entry, lang),
                    href: address::rule(&entry.name),
                    line: entry.line,
                    demands: describe_entry(version, entry, lang),
                })
                .collect(),
        }
    }

    /// The lines with mistakes, for the margin: `12 15`.
    pub fn marks(&self) -> String {
        let lines = self.mistakes.iter().map(|told| told.line);
        let lines = lines.filter(|line| *line > 0).map(|line| line.to_string());
        lines.collect::<Vec<_>>().join(" ")
    }

    /// Whether a line has a mistake.
    pub fn is_marked(&self, line: &usize) -> bool {
        self.mistakes.iter().any(|told| told.line == *line)
    }
}
