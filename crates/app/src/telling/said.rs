//! Names and sentences about what a company's audit holds, for messages.

use audit::message::Speaker;
use audit::regulation::Entry;
use history::{DealId, EmployeeId};
use wording::{Lang, one_line};

use crate::audits::Audit;
use crate::life::seen::Seen;

/// How much of a foreign text a message shows.
const LONG: usize = 300;

/// Says what a message names, in the reader's language.
pub(super) struct Said<'a> {
    audit: &'a Audit,
    speaker: Speaker<'a>,
}

impl<'a> Said<'a> {
    pub fn new(audit: &'a Audit, lang: Lang) -> Said<'a> {
        let live = audit.live();
        Said {
            audit,
            speaker: Speaker::new(live.history(), live.regulation(), lang),
        }
    }

    /// A deal by its title; empty: none.
    pub fn deal(&self, id: &str) -> String {
        match self.audit.live().history().deals.find(id) {
            Some(number) if !id.is_empty() => self.speaker.deal(DealId(number)),
            _ => one_line(id, 60),
        }
    }

    /// An employee by name; empty: nobody whom the history knows.
    pub fn employee(&self, id: &str) -> String {
        let known = self.audit.live().history().people.ids.find(id);
        let known = known.filter(|_| !id.is_empty());
        known.map_or_else(String::new, |id| self.speaker.person(EmployeeId(id)))
    }

    /// What the regulation calls a rule.
    pub fn rule(&self, rule: &str) -> String {
        let title = self
            .entry(rule)
            .map(|entry| entry.title(self.speaker.lang()));
        one_line(title.unwrap_or(rule), 80)
    }

    /// The entry of a rule: the latest version's that has it.
    pub fn entry(&self, rule: &str) -> Option<&'a Entry> {
        let versions = self.audit.live().regulation().versions().iter().rev();
        let mut entries = versions.flat_map(|version| &version.entries);
        entries.find(|entry| entry.name == rule)
    }

    /// A finding in one sentence; what was made by hand in its maker's words.
    pub fn finding(&self, seen: &Seen) -> String {
        match (&seen.hand, self.audit.finding(&seen.finding.id)) {
            (Some(hand), _) => one_line(&hand.way.text, LONG),
            (None, Some(judged)) => self.speaker.message(judged),
            (None, None) => self.rule(&seen.finding.rule),
        }
    }

    /// A standing finding in one sentence.
    pub fn message(&self, finding: &audit::judge::Finding) -> String {
        self.speaker.message(finding)
    }
}
