//! One company's audit with the ids by which its findings are kept.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

use audit::judge::{Finding, TimelineProblems};
use figures::Audited;
use figures::funnel::Flow;
use history::{Instant, Record};
use live::{Change, Live};

/// A company's audit in memory.
pub struct Audit {
    pub(super) live: Live,
    /// The ids of findings by number, and back.
    pub(super) ids: Vec<String>,
    pub(super) numbers: HashMap<String, u32>,
    /// How many of the company's events are in it.
    pub(super) received: i64,
    /// What deals went through, and as of when: asked for by many pages, and a walk of all deals.
    pub(super) flow: Mutex<Option<(Instant, Arc<Flow>)>>,
}

/// For how long the flow serves, where nothing has changed: then only waiting times grow.
const FLOW_SERVES: Instant = 60_000;

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

    /// What deals went through up to `now`, or up to at most a minute before, and up to when.
    pub fn flow(&self, now: Instant) -> (Instant, Arc<Flow>) {
        let mut kept = self.flow.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some((at, flow)) = kept.as_ref()
            && (*at..=at.saturating_add(FLOW_SERVES)).contains(&now)
        {
            return (*at, flow.clone());
        }
        let audited = Audited {
            history: self.live.history(),
            regulation: self.live.regulation(),
            findings: &[],
            marks: &[],
            tenures: &[],
            problems: &TimelineProblems::default(),
            now,
        };
        let flow = Arc::new(Flow::of(&audited));
        *kept = Some((now, flow.clone()));
        (now, flow)
    }

    /// Forgets what was reckoned of an audit that changes.
    pub(super) fn forget(&mut self) {
        *self.flow.get_mut().unwrap_or_else(PoisonError::into_inner) = None;
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
