//! One company's audit with the ids by which its findings are kept.

use audit::judge::Finding;
use audit::regulation::Regulation;
use figures::Considered;
use history::{DealId, Instant, Record, Reference};
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

    /// Takes other people, groups, absences and stages.
    pub(super) fn relist(&mut self, tables: &Reference, now: Instant) -> Vec<Change> {
        self.scratch.clear();
        self.live.relist(tables, now)
    }

    /// Takes another regulation.
    pub(super) fn regulate(&mut self, regulation: Regulation, now: Instant) -> Vec<Change> {
        self.scratch.clear();
        self.live.regulate(regulation, now)
    }

    pub(super) fn add(&mut self, records: &[Record<'_>], last: i64, now: Instant) -> Vec<Change> {
        self.received = last;
        let changes = self.live.add(records, now);
        let deals = &self.live.history().deals;
        let touched = records.iter().filter_map(|record| deals.find(record.deal));
        self.scratch.touch(touched.map(DealId));
        changes
    }
}
