//! One company's audit with the ids by which its findings are kept.

use audit::judge::Finding;
use figures::Considered;
use history::{Instant, Record};
use live::{Change, Live};

use super::scratch::Scratch;
use crate::life::books::Opened;
use crate::life::whole::Whole;

/// A company's audit in memory.
pub struct Audit {
    pub(super) live: Live,
    /// Its findings after people have looked at them.
    pub(super) whole: Whole,
    /// How many of the company's events are in it.
    pub(super) received: i64,
    pub(super) scratch: Scratch,
}

/// A standing finding with its id.
#[derive(Clone, Copy)]
pub struct Held<'a> {
    /// The id by which it is kept.
    pub id: &'a str,
    /// The finding.
    pub finding: &'a Finding,
}

impl Audit {
    /// The audit.
    pub fn live(&self) -> &Live {
        &self.live
    }

    /// How many of the company's events are in it.
    pub fn received(&self) -> i64 {
        self.received
    }

    /// The standing finding of an id; none where it is withdrawn, made by hand, or of another
    /// company.
    pub fn finding(&self, id: &str) -> Option<&Finding> {
        self.live.finding(self.live.kept().number(id)?)
    }

    /// All standing findings.
    pub fn standing(&self) -> impl Iterator<Item = Held<'_>> {
        let kept = self.live.kept();
        self.live.standing().map(|(number, finding)| Held {
            id: kept.id(number),
            finding,
        })
    }

    /// Gives all standing findings, after people have looked at them, to `read`.
    pub fn considered<T>(&self, book: &Opened, read: impl FnOnce(&Considered) -> T) -> T {
        self.whole.read(&self.live, book, read)
    }

    pub(super) fn add(&mut self, records: &[Record<'_>], last: i64, now: Instant) -> Vec<Change> {
        self.received = last;
        self.live.add(records, now)
    }
}
