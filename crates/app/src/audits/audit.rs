//! One company's audit with the ids by which its findings are kept.

use std::collections::HashMap;

use audit::judge::Finding;
use history::{Instant, Record};
use live::{Change, Live};

use super::scratch::Scratch;

/// A company's audit in memory.
pub struct Audit {
    pub(super) live: Live,
    /// The ids of findings by number, and back.
    pub(super) ids: Vec<String>,
    pub(super) numbers: HashMap<String, u32>,
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
        self.live.finding(*self.numbers.get(id)?)
    }

    /// All standing findings.
    pub fn standing(&self) -> impl Iterator<Item = Held<'_>> {
        let ids = &self.ids;
        self.live.standing().map(|(number, finding)| Held {
            id: &ids[number as usize],
            finding,
        })
    }

    pub(super) fn add(&mut self, records: &[Record<'_>], last: i64, now: Instant) -> Vec<Change> {
        self.received = last;
        self.live.add(records, now)
    }

    /// Gives the next finding its id.
    pub(super) fn name(&mut self, id: String) {
        self.numbers.insert(id.clone(), self.ids.len() as u32);
        self.ids.push(id);
    }
}
