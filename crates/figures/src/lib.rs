//! Figures: one set of numbers for every screen, report and programming interface.
//!
//! Findings, what people decided about them ([`Considered`]) and what the judge saw on its way
//! ([`Audited`]) come in; lights, counts, indicators,
//! the funnel, comparisons and trends go out, as plain values with their base beside them. Whoever
//! shows a number takes it from here, so that no two places differ.
//!
//! Pure: `now` is part of what comes in. The crate must never know how a number is shown (words,
//! colours on a screen, tables, files), nor where findings come from.

mod again;

pub mod backtest;
mod by_pipeline;
mod change;
pub mod compare;
mod considered;
mod counts;
pub mod deals;
mod everybody;
pub mod funnel;
pub mod goal;
mod gravest;
mod indicators;
pub mod light;
pub mod own;
mod period;
mod proofs;
mod report;
pub mod sides;
mod topics;
mod trends;
pub mod what_if;
mod worked;
mod worst;

use std::ops::Range;

use audit::judge::{Finding, Judge, Tenure, TimelineProblems, Verdict};
use audit::regulation::{Entry, Regulation, Severity, Version};
use history::{GroupId, History, Instant};

pub use again::{MEMORY as AGAIN_WITHIN, Settled, again};
pub use by_pipeline::lights_by_pipeline;
pub use change::{Change, Changes, Told, changes};
pub use considered::{Considered, Look, Mark, View};
pub use counts::{Concerned, Count, Counts, concerned, concerned_by};
pub use everybody::{Everybody, Measured, Money};
pub use gravest::gravest;
pub use indicators::{INDICATORS, Indicators, indicators};
pub use period::{Period, Span};
pub use proofs::Proof;
pub use report::{Options, Report, TREND_WEEKS};
pub use topics::{Topic, topics};
pub use trends::Trends;
pub use worked::{Done, Worked, WorkedOff, worked_off};
pub use worst::{WorstDeal, worst};

/// A history that has been judged: what all figures are made of.
#[derive(Clone, Copy)]
pub struct Audited<'a> {
    /// What happened.
    pub history: &'a History,
    /// What was demanded.
    pub regulation: &'a Regulation,
    /// All findings up to `now`, in any order.
    pub findings: &'a [Finding],
    /// What people did with each of them, in the same order; empty: nothing yet.
    pub marks: &'a [Mark],
    /// Who had which deal in work, and when.
    pub tenures: &'a [Tenure],
    /// Lines of timelines that no rule saw.
    pub problems: &'a TimelineProblems,
    /// The instant it was judged at.
    pub now: Instant,
    /// Whether the findings stand in the order of their breaches: a period is found sooner then.
    pub in_order: bool,
}

impl<'a> Audited<'a> {
    /// What a judge found at `now`.
    pub fn new(judge: &Judge<'a>, verdict: &'a Verdict, now: Instant) -> Audited<'a> {
        Audited {
            history: judge.history(),
            regulation: judge.regulation(),
            findings: &verdict.findings,
            marks: &[],
            tenures: &verdict.tenures,
            problems: &verdict.problems,
            now,
            in_order: false,
        }
    }

    /// The version that a finding was judged by, and the entry of its rule.
    pub fn entry(&self, finding: &Finding) -> (&'a Version, &'a Entry) {
        let version = &self.regulation.versions()[finding.version as usize];
        (version, &version.entries[finding.entry as usize])
    }

    /// The name of a finding's rule.
    pub fn rule(&self, finding: &Finding) -> &'a str {
        &self.entry(finding).1.name
    }

    /// How grave a finding is: as its rule says, unless people decided otherwise.
    pub fn severity(&self, finding: &Finding) -> Severity {
        self.mark(finding)
            .map_or_else(|| self.entry(finding).1.severity, |mark| mark.severity)
    }

    /// What people did with one of [`Audited::findings`].
    pub(crate) fn mark(&self, finding: &Finding) -> Option<&'a Mark> {
        if self.marks.is_empty() {
            return None;
        }
        self.marks.get(self.findings.element_offset(finding)?)
    }

    /// The findings whose breach lies in a period.
    pub fn within(&self, period: Period) -> impl Iterator<Item = &'a Finding> {
        let findings: &'a [Finding] = &self.findings[self.around(period)];
        findings
            .iter()
            .filter(move |finding| period.holds(finding.at))
    }

    /// The places among which all findings of a period are.
    pub(crate) fn around(&self, period: Period) -> Range<usize> {
        if !self.in_order {
            return 0..self.findings.len();
        }
        let before = |instant: Instant| {
            let is_before = |finding: &Finding| finding.at < instant;
            self.findings.partition_point(is_before)
        };
        let first = before(period.from);
        first..before(period.to).max(first)
    }

    /// The group that whoever a finding is held against belonged to at the breach; none: no group.
    pub fn group(&self, finding: &Finding) -> GroupId {
        let date = self.zone().date(finding.at);
        let membership = self.history.people.membership(finding.employee, date);
        membership.map_or(GroupId::NONE, |membership| membership.group)
    }

    /// The zone of local days, weeks and months: the latest version's.
    pub fn zone(&self) -> &'a worktime::Zone {
        &self.regulation.latest().zone
    }
}
