//! What rules over clients, employees and groups find.

use std::cell::{RefCell, RefMut};

use history::{DealId, EmployeeId, History, Instant, StageId};

use super::finding::Proof;
use super::{Clocks, Deal, Evidence, Filter, Finding, Subject};
use crate::regulation::{ClockKind, Version};
use crate::rules::Time;

/// What a rule is judged with.
pub struct Scene<'a> {
    /// The history.
    pub history: &'a History,
    /// The version of the regulation.
    pub version: &'a Version,
    /// Its clocks.
    pub clocks: &'a Clocks,
    /// The clock that the entry names.
    pub clock: ClockKind,
    /// The instant judged at.
    pub now: Instant,
    /// Where deals are walked in, one after the other.
    walked: RefCell<Deal<'a>>,
}

impl<'a> Scene<'a> {
    pub(super) fn new(
        history: &'a History,
        (version, clocks): (&'a Version, &'a Clocks),
        clock: ClockKind,
        now: Instant,
    ) -> Scene<'a> {
        Scene {
            history,
            version,
            clocks,
            clock,
            now,
            walked: RefCell::new(Deal::new(history, i64::MAX, &[])),
        }
    }

    /// Time on the entry's clock, as it runs for a person.
    pub fn time(&self, person: EmployeeId) -> Time<'_> {
        self.clocks.time(self.clock, person)
    }

    /// A deal as it stood at `upto`, with its responsibles, stages and prices over time. It must be
    /// let go of before another one is asked for.
    pub fn deal(&self, deal: DealId, upto: Instant) -> RefMut<'_, Deal<'a>> {
        let mut walked = self.walked.borrow_mut();
        walked.walk(self.history.timelines.deal(deal).until(upto), |_, _| {});
        walked
    }
}

/// A fault that a rule raises; what does not yet exist at `now` is left out by [`Raised::push`].
pub struct Raise {
    /// Whom it is held against.
    pub employee: EmployeeId,
    /// The deal, where it is about one.
    pub deal: DealId,
    /// The stage, where it is about one.
    pub stage: StageId,
    /// The deal's price, where it is about one.
    pub amount: Option<i64>,
    /// What it is about.
    pub subject: Subject,
    /// When the clock started: the version in force then judges it.
    pub start: Instant,
    /// The breach.
    pub at: Instant,
    /// When it is cured, as far as known; what lies after `now` is not known yet.
    pub until: Option<Instant>,
    /// A number for the message.
    pub count: u32,
    /// What proves it.
    pub evidence: Vec<Evidence>,
}

impl Raise {
    /// A fault in somebody's work across deals.
    pub fn against(employee: EmployeeId, subject: Subject, start: Instant, at: Instant) -> Raise {
        Raise {
            employee,
            deal: DealId::NONE,
            stage: StageId::NONE,
            amount: None,
            subject,
            start,
            at,
            until: None,
            count: 0,
            evidence: Vec::new(),
        }
    }
}

/// Collects the findings of one entry.
pub struct Raised<'a> {
    pub(super) findings: Vec<Finding>,
    /// The next instant at which the verdict could change with no event.
    pub(super) wake_up: Option<Instant>,
    pub(super) version: u16,
    pub(super) entry: u16,
    pub(super) in_force: (Instant, Instant),
    pub(super) now: Instant,
    pub(super) filter: &'a Filter<'a>,
}

impl Raised<'_> {
    /// Adds a fault, if it exists at `now` and is this version's to judge.
    pub fn push(&mut self, raise: Raise) {
        let ours = self.in_force.0 <= raise.start && raise.start < self.in_force.1;
        if !ours || raise.until.is_some_and(|until| until <= raise.at) {
            return;
        }
        if raise.at > self.now {
            return self.wake(raise.at);
        }
        if let Some(until) = raise.until.filter(|until| *until > self.now) {
            self.wake(until);
        }
        if !self.filter.person(raise.employee, raise.at) {
            return;
        }
        self.findings.push(Finding {
            version: self.version,
            entry: self.entry,
            deal: raise.deal,
            employee: raise.employee,
            stage: raise.stage,
            subject: raise.subject,
            start: raise.start,
            at: raise.at,
            until: raise.until.filter(|until| *until <= self.now),
            amount: raise.amount,
            count: raise.count,
            proof: Proof::Many(raise.evidence.into_boxed_slice()),
        });
    }

    /// Says that the verdict could change at `at` with no event.
    pub fn wake(&mut self, at: Instant) {
        if at > self.now {
            self.wake_up = Some(self.wake_up.map_or(at, |known| known.min(at)));
        }
    }
}
