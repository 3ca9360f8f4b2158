//! What happened to findings, deals, rules and goals by people's decisions.

use wording::Lang;

use crate::daily::named;
use crate::letter::Letter;
use crate::lines::{Lines, Site};
use crate::words::Words;

/// The kinds of messages that say what somebody did.
pub const KINDS: [&str; 18] = [
    "check.back_to_work",
    "check.closed_rightly",
    "check.opened",
    "exemption.ended",
    "exemption.made",
    "finding.acknowledged",
    "finding.cured",
    "finding.dismissed",
    "finding.disputed",
    "finding.exempted",
    "finding.made",
    "finding.partly",
    "finding.passed_on",
    "finding.reopened",
    "finding.upheld",
    "goal.set",
    "rule.fell",
    "rule.ruled",
];

/// That something happened.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Happened {
    /// What: one of [`KINDS`].
    pub kind: String,
    /// The deal by name; empty: it is about none.
    pub deal: String,
    /// Whom it is about; empty: the reader, or nobody.
    pub person: String,
    /// The rule by name; empty: none.
    pub rule: String,
    /// What somebody wrote with it; may be empty.
    pub text: String,
    /// The page about it.
    pub link: String,
}

impl Happened {
    /// It as a letter; none: nobody has words for this kind.
    pub fn letter(&self, lang: Lang, site: Site<'_>) -> Option<Letter> {
        let words = Words(lang);
        if !KINDS.contains(&self.kind.as_str()) {
            return None;
        }
        let id = self.kind.replace(['.', '_'], "-");
        let subject = words.word(&format!("happened-{id}"));
        let mut lines = Lines::default();
        let about = named(words, &self.person, &self.deal, &self.rule);
        let about = about.trim_end_matches([':', ' ']).to_owned();
        // The first line leads to the page; where it is about nothing by name, that is what was said.
        let mut link = self.link.as_str();
        for line in [about, self.said(words)] {
            if !line.is_empty() {
                lines.lead(line, std::mem::take(&mut link));
            }
        }
        Some(lines.letter(subject, self.link.clone(), site))
    }

    /// What somebody wrote with it; empty: nothing.
    fn said(&self, words: Words) -> String {
        let args = [("text", self.text.as_str().into())];
        match self.text.is_empty() {
            true => String::new(),
            false => words.say("happened-said", &args),
        }
    }
}
