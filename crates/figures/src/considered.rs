//! What people decided, in the figures: which findings count and how grave they are, and how much
//! each decision leaves out.

use std::collections::BTreeMap;

use audit::judge::{Finding, Tenure, TimelineProblems};
use audit::regulation::{Regulation, Severity};
use history::{History, Instant};

use crate::counts::{Count, concerned};
use crate::{Audited, Period};

/// How a finding enters the figures.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum View {
    /// It counts, as a finding of this severity.
    Counts(Severity),
    /// A dispute took it out.
    Dismissed,
    /// An exemption hides it; which one, by its place in the list that the caller looked in.
    Exempt(usize),
    /// Its rule has fallen to advice: shown to the employee only.
    Advice,
    /// It never reached anybody: made by hand, and the coordinator keeps it or exempted it.
    Held,
    /// The facts no longer give it.
    Withdrawn,
}

/// How a finding enters the figures, and what people did with it.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Look {
    /// How it enters the figures.
    pub view: View,
    /// When it was acknowledged.
    pub acknowledged: Option<Instant>,
    /// When a person marked it as cured.
    pub cured: Option<Instant>,
}

impl From<View> for Look {
    fn from(view: View) -> Look {
        Look {
            view,
            acknowledged: None,
            cured: None,
        }
    }
}

/// What people did with a finding that counts.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Mark {
    /// The severity it has by now.
    pub severity: Severity,
    /// When it was acknowledged.
    pub acknowledged: Option<Instant>,
    /// When a person marked it as cured; a cure by the facts is [`Finding::until`].
    pub cured: Option<Instant>,
}

impl Look {
    /// The mark of a finding that counts, as one of this severity.
    fn mark(&self, severity: Severity) -> Mark {
        Mark {
            severity,
            acknowledged: self.acknowledged,
            cured: self.cured,
        }
    }
}

/// Findings after people have looked at them.
#[derive(Clone, Debug, Default)]
pub struct Considered {
    findings: Vec<Finding>,
    marks: Vec<Mark>,
    left_out: Vec<(Finding, View)>,
    in_order: bool,
}

impl Considered {
    /// Parts findings into those that count and those that are left out.
    pub fn of<'f>(findings: impl IntoIterator<Item = (&'f Finding, Look)>) -> Considered {
        let findings = findings.into_iter();
        // Nearly all of them count; room that grows piece by piece is copied again and again.
        let most = findings.size_hint().1.unwrap_or(0);
        let mut considered = Considered {
            findings: Vec::with_capacity(most),
            marks: Vec::with_capacity(most),
            ..Considered::default()
        };
        for (finding, look) in findings {
            considered.add(finding.clone(), look);
        }
        considered
    }

    /// Adds a finding behind all others.
    pub fn add(&mut self, finding: Finding, look: Look) {
        match look.view {
            View::Counts(severity) => {
                let last = self.findings.last();
                self.in_order = last.is_none_or(|last| self.in_order && last.at <= finding.at);
                self.findings.push(finding);
                self.marks.push(look.mark(severity));
            }
            view => self.left_out.push((finding, view)),
        }
    }

    /// Puts a finding at a place among those that count, or among those left out: whichever list
    /// it is in by how it enters the figures. The list of those that count stays in order only
    /// where its place is that of its breach.
    pub fn insert(&mut self, place: usize, finding: &Finding, look: Look) {
        match look.view {
            View::Counts(severity) => {
                let follows = place == 0 || self.findings[place - 1].at <= finding.at;
                let precedes = self
                    .findings
                    .get(place)
                    .is_none_or(|next| finding.at <= next.at);
                self.in_order = (self.in_order || self.findings.is_empty()) && follows && precedes;
                self.findings.insert(place, finding.clone());
                self.marks.insert(place, look.mark(severity));
            }
            view => self.left_out.insert(place, (finding.clone(), view)),
        }
    }

    /// Puts a finding in the stead of the one at a place, which has the same breach and is in the
    /// same list.
    pub fn replace(&mut self, place: usize, finding: &Finding, look: Look) {
        match look.view {
            View::Counts(severity) => {
                self.findings[place] = finding.clone();
                self.marks[place] = look.mark(severity);
            }
            view => self.left_out[place] = (finding.clone(), view),
        }
    }

    /// Takes out the finding at a place, of those that count or of those left out.
    pub fn remove(&mut self, place: usize, counts: bool) {
        if counts {
            self.findings.remove(place);
            self.marks.remove(place);
        } else {
            self.left_out.remove(place);
        }
    }

    /// The findings that count, to make figures of.
    pub fn audited<'a>(
        &'a self,
        history: &'a History,
        regulation: &'a Regulation,
        tenures: &'a [Tenure],
        problems: &'a TimelineProblems,
        now: Instant,
    ) -> Audited<'a> {
        Audited {
            history,
            regulation,
            findings: &self.findings,
            marks: &self.marks,
            tenures,
            problems,
            now,
            in_order: self.in_order,
        }
    }

    /// How much is left out of a period, by what leaves it out. `audited` is that of
    /// [`Considered::audited`]; severities are those of the rules.
    pub fn left_out(&self, audited: &Audited<'_>, period: Period) -> BTreeMap<View, Count> {
        let mut parts: BTreeMap<View, Vec<&Finding>> = BTreeMap::new();
        for (finding, view) in &self.left_out {
            if period.holds(finding.at) {
                parts.entry(*view).or_default().push(finding);
            }
        }
        let count = |findings: Vec<&Finding>| {
            let mut severities = [0; 3];
            for finding in &findings {
                severities[audited.entry(finding).1.severity as usize] += 1;
            }
            Count {
                findings: findings.len() as u64,
                severities,
                concerned: concerned(findings),
                ..Count::default()
            }
        };
        parts
            .into_iter()
            .map(|(view, findings)| (view, count(findings)))
            .collect()
    }
}
