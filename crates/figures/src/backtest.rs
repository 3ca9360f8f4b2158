//! What another regulation would have found in the same history.
//!
//! People react to rules, so a replay is the most that could have been found, not a forecast.

use std::borrow::Cow;

use audit::judge::{Finding, Judge, Subject, Tenure, Verdict};
use audit::regulation::Regulation;
use history::{DealId, EmployeeId, History, Instant, StageId};
use rustc_hash::{FxHashMap, FxHashSet};

use crate::counts::Counts;
use crate::light::Lights;
use crate::{Audited, Period};

/// A history judged by the regulation in force: what others are held against.
pub struct Baseline<'a> {
    history: &'a History,
    regulation: &'a Regulation,
    verdict: &'a Verdict,
    now: Instant,
}

/// What another regulation finds.
pub struct Tried<'a> {
    /// Its findings.
    pub findings: Vec<Finding>,
    /// Who had which deal in work by it.
    pub tenures: Cow<'a, [Tenure]>,
    /// How many of its rules had to be judged; the others find what they found.
    pub judged: usize,
}

impl<'a> Baseline<'a> {
    /// A verdict to hold others against.
    pub fn new(judge: &Judge<'a>, verdict: &'a Verdict, now: Instant) -> Baseline<'a> {
        Baseline {
            history: judge.history(),
            regulation: judge.regulation(),
            verdict,
            now,
        }
    }

    /// The baseline as it was judged.
    pub fn audited(&self) -> Audited<'a> {
        Audited {
            history: self.history,
            regulation: self.regulation,
            findings: &self.verdict.findings,
            tenures: &self.verdict.tenures,
            problems: &self.verdict.problems,
            now: self.now,
        }
    }

    /// Judges by another regulation: only the rules that differ. Where either has several versions
    /// everything is judged.
    pub fn tried(&self, other: &Regulation) -> Tried<'a> {
        let ([own], [others]) = (self.regulation.versions(), other.versions()) else {
            return self.tried_whole(other);
        };
        let same = own.same_rules(others);
        if same.is_empty() || own.effective != others.effective {
            return self.tried_whole(other);
        }
        let moved: FxHashMap<u16, u16> = same
            .iter()
            .map(|(here, there)| (*here as u16, *there as u16))
            .collect();
        let kept = self.verdict.findings.iter().filter_map(|finding| {
            let entry = *moved.get(&finding.entry)?;
            Some(Finding {
                entry,
                ..finding.clone()
            })
        });
        let mut findings: Vec<Finding> = kept.collect();
        let differ = |place: usize| !same.iter().any(|(_, there)| *there == place);
        let enabled = others.entries.iter().enumerate();
        let judged = enabled
            .filter(|(place, entry)| entry.enabled && differ(*place))
            .count();
        if judged > 0 {
            let only = other.only(differ);
            let mut verdict = Judge::new(self.history, &only).judge(self.now, None);
            findings.append(&mut verdict.findings);
        }
        Tried {
            findings,
            tenures: Cow::Borrowed(&self.verdict.tenures),
            judged,
        }
    }

    fn tried_whole(&self, other: &Regulation) -> Tried<'a> {
        let verdict = Judge::new(self.history, other).judge(self.now, None);
        let entries = other.versions().iter().flat_map(|version| &version.entries);
        Tried {
            findings: verdict.findings,
            tenures: Cow::Owned(verdict.tenures),
            judged: entries.filter(|entry| entry.enabled).count(),
        }
    }

    /// What was tried, beside the history that it was tried on.
    pub fn audited_by<'t>(&self, other: &'t Regulation, tried: &'t Tried<'_>) -> Audited<'t>
    where
        'a: 't,
    {
        Audited {
            history: self.history,
            regulation: other,
            findings: &tried.findings,
            tenures: &tried.tenures,
            problems: &self.verdict.problems,
            now: self.now,
        }
    }
}

/// One regulation beside another.
pub struct Backtest<'a> {
    /// What the one in force finds.
    pub before: Side<'a>,
    /// What the other finds.
    pub after: Side<'a>,
    /// Findings that only the other has.
    pub appear: u64,
    /// Findings that only the one in force has.
    pub vanish: u64,
    /// Deals on which findings appear or vanish: how many of each, the most changed first.
    pub deals: Vec<(DealId, u64, u64)>,
    /// People whom only the other finds at fault.
    pub newly_hit: Vec<EmployeeId>,
    /// People whom only the one in force finds at fault.
    pub no_longer: Vec<EmployeeId>,
}

/// One of the two.
pub struct Side<'a> {
    /// What it was made of.
    pub audited: Audited<'a>,
    /// Its lights.
    pub lights: Lights,
    /// Its findings, counted; repetitions are left out.
    pub counts: Counts<'a>,
}

/// What names a finding: its rule, what it is held against, what about, and since when.
type Identity<'a> = (&'a str, DealId, EmployeeId, StageId, Subject, Instant);

fn identity<'a>(audited: &Audited<'a>, finding: &Finding) -> Identity<'a> {
    // A finding about a deal stays the same whoever has to answer for it in the end.
    let (employee, stage) = if finding.deal.is_none() {
        (finding.employee, finding.stage)
    } else {
        (EmployeeId::NONE, StageId::NONE)
    };
    let rule = audited.rule(finding);
    (
        rule,
        finding.deal,
        employee,
        stage,
        finding.subject,
        finding.start,
    )
}

impl<'a> Backtest<'a> {
    /// Compares what two regulations find in a period of one history.
    pub fn of(before: Audited<'a>, after: Audited<'a>, period: Period) -> Backtest<'a> {
        let all = |audited: &Audited<'a>| -> FxHashSet<Identity<'a>> {
            let findings = audited.within(period);
            findings.map(|finding| identity(audited, finding)).collect()
        };
        let (old, new) = (all(&before), all(&after));
        let mut deals: FxHashMap<DealId, (u64, u64)> = FxHashMap::default();
        let (mut appear, mut vanish) = (0, 0);
        for found in new.difference(&old) {
            appear += 1;
            deals.entry(found.1).or_default().0 += 1;
        }
        for found in old.difference(&new) {
            vanish += 1;
            deals.entry(found.1).or_default().1 += 1;
        }
        deals.remove(&DealId::NONE);
        let mut deals: Vec<(DealId, u64, u64)> = deals
            .into_iter()
            .map(|(deal, (appear, vanish))| (deal, appear, vanish))
            .collect();
        let id = |deal: &DealId| before.history.deals.get(deal.0);
        deals.sort_by(|a, b| {
            (b.1 + b.2)
                .cmp(&(a.1 + a.2))
                .then_with(|| id(&a.0).cmp(id(&b.0)))
        });
        let (before, after) = (Side::of(before, period), Side::of(after, period));
        Backtest {
            newly_hit: only_in(&after, &before),
            no_longer: only_in(&before, &after),
            before,
            after,
            appear,
            vanish,
            deals,
        }
    }

    /// Whether the two find the same, as grave, and show it in the same light.
    pub fn is_unchanged(&self) -> bool {
        let (before, after) = (&self.before, &self.after);
        let light = |side: &Side<'a>| side.audited.regulation.latest().light;
        self.appear == 0
            && self.vanish == 0
            && before.counts.rules == after.counts.rules
            && before.counts.stages == after.counts.stages
            && before.counts.people == after.counts.people
            && before.lights.company == after.lights.company
            && before.lights.people == after.lights.people
            && light(before) == light(after)
    }
}

impl<'a> Side<'a> {
    fn of(audited: Audited<'a>, period: Period) -> Side<'a> {
        let again = vec![false; audited.findings.len()];
        Side {
            lights: Lights::of(&audited, period),
            counts: Counts::of(&audited, period, None, &again),
            audited,
        }
    }
}

/// People at fault on one side only.
fn only_in(side: &Side<'_>, other: &Side<'_>) -> Vec<EmployeeId> {
    let people = side.counts.people.keys().copied();
    people
        .filter(|person| person.is_some() && !other.counts.people.contains_key(person))
        .collect()
}
