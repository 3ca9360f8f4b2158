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
    /// The rules that may find something else; none: all of them.
    differ: Option<FxHashSet<String>>,
}

impl Tried<'_> {
    /// Whether a rule of this name may find something else.
    fn differs(&self, rule: &str) -> bool {
        self.differ
            .as_ref()
            .is_none_or(|rules| rules.contains(rule))
    }
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
            marks: &[],
            tenures: &self.verdict.tenures,
            problems: &self.verdict.problems,
            now: self.now,
            in_order: false,
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
            findings.append(&mut Judge::new(self.history, &only).findings(self.now));
        }
        let gone = |place: usize| !same.iter().any(|(here, _)| *here == place);
        let here = own.entries.iter().enumerate();
        let here = here.filter(|(place, _)| gone(*place));
        let there = others.entries.iter().enumerate();
        let there = there.filter(|(place, _)| differ(*place));
        let names = here.chain(there).map(|(_, entry)| entry.name.clone());
        Tried {
            findings,
            tenures: Cow::Borrowed(&self.verdict.tenures),
            judged,
            differ: Some(names.collect()),
        }
    }

    fn tried_whole(&self, other: &Regulation) -> Tried<'a> {
        let verdict = Judge::new(self.history, other).judge(self.now, None);
        let entries = other.versions().iter().flat_map(|version| &version.entries);
        Tried {
            findings: verdict.findings,
            tenures: Cow::Owned(verdict.tenures),
            judged: entries.filter(|entry| entry.enabled).count(),
            differ: None,
        }
    }

    /// The figures that all others are held against: reckoned once for a period.
    pub fn side(&self, period: Period) -> Side<'a> {
        Side::of(self.audited(), period)
    }

    /// Holds what was tried against the figures of the regulation in force, of the same period.
    pub fn against<'t>(
        &self,
        before: &'t Side<'t>,
        other: &'t Regulation,
        tried: &'t Tried<'_>,
        period: Period,
    ) -> Backtest<'t>
    where
        'a: 't,
    {
        let after = Audited {
            history: self.history,
            regulation: other,
            findings: &tried.findings,
            marks: &[],
            tenures: &tried.tenures,
            problems: &self.verdict.problems,
            now: self.now,
            in_order: false,
        };
        Backtest::of(before, after, period, |rule| tried.differs(rule))
    }
}

/// One regulation beside another.
pub struct Backtest<'a> {
    /// What the one in force finds.
    pub before: &'a Side<'a>,
    /// What the other finds.
    pub after: Side<'a>,
    /// Findings that only the other has.
    pub appear: Vec<&'a Finding>,
    /// Findings that only the one in force has.
    pub vanish: Vec<&'a Finding>,
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
pub type Identity<'a> = (&'a str, DealId, EmployeeId, StageId, Subject, Instant);

/// What names a finding of a rule.
pub fn identity<'a>(rule: &'a str, finding: &Finding) -> Identity<'a> {
    // A finding about a deal stays the same whoever has to answer for it in the end.
    let (employee, stage) = if finding.deal.is_none() {
        (finding.employee, finding.stage)
    } else {
        (EmployeeId::NONE, StageId::NONE)
    };
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
    /// Compares what two regulations find in a period of one history; only rules that `differ`
    /// are compared finding by finding.
    pub fn of(
        before: &'a Side<'a>,
        after: Audited<'a>,
        period: Period,
        differ: impl Fn(&str) -> bool + Sync,
    ) -> Backtest<'a> {
        let chosen = |audited: &Audited<'a>| -> Vec<(Identity<'a>, &'a Finding)> {
            let findings = audited.within(period);
            let named = findings.map(|finding| (audited.rule(finding), finding));
            let chosen = named.filter(|(rule, _)| differ(rule));
            chosen
                .map(|(rule, finding)| (identity(rule, finding), finding))
                .collect()
        };
        let (after, (old, new)) = rayon::join(
            || Side::of(after, period),
            || (chosen(&before.audited), chosen(&after)),
        );
        let (appear, vanish) = (beyond(&new, &old), beyond(&old, &new));
        let mut deals: FxHashMap<DealId, (u64, u64)> = FxHashMap::default();
        for finding in &appear {
            deals.entry(finding.deal).or_default().0 += 1;
        }
        for finding in &vanish {
            deals.entry(finding.deal).or_default().1 += 1;
        }
        deals.remove(&DealId::NONE);
        let mut deals: Vec<(DealId, u64, u64)> = deals
            .into_iter()
            .map(|(deal, (appear, vanish))| (deal, appear, vanish))
            .collect();
        let id = |deal: &DealId| before.audited.history.deals.get(deal.0);
        deals.sort_by(|a, b| {
            (b.1 + b.2)
                .cmp(&(a.1 + a.2))
                .then_with(|| id(&a.0).cmp(id(&b.0)))
        });
        Backtest {
            newly_hit: only_in(&after, before),
            no_longer: only_in(before, &after),
            before,
            after,
            appear,
            vanish,
            deals,
        }
    }

    /// Whether the two find the same, as grave, and show it in the same light.
    pub fn is_unchanged(&self) -> bool {
        let (before, after) = (self.before, &self.after);
        let light = |side: &Side<'a>| side.audited.regulation.latest().light;
        self.appear.is_empty()
            && self.vanish.is_empty()
            && before.counts.rules == after.counts.rules
            && before.counts.stages == after.counts.stages
            && before.counts.people == after.counts.people
            && before.lights.company == after.lights.company
            && before.lights.people == after.lights.people
            && light(before) == light(after)
    }
}

/// The findings that one side has and the other has not; of several of one name those beyond the
/// other's number.
fn beyond<'a>(
    side: &[(Identity<'a>, &'a Finding)],
    other: &[(Identity<'a>, &'a Finding)],
) -> Vec<&'a Finding> {
    let mut left: FxHashMap<&Identity<'a>, u32> = FxHashMap::default();
    for (name, _) in other {
        *left.entry(name).or_default() += 1;
    }
    let mut is_beyond = |name: &Identity<'a>| match left.get_mut(name) {
        Some(count) if *count > 0 => {
            *count -= 1;
            false
        }
        _ => true,
    };
    let found = side.iter().filter(|(name, _)| is_beyond(name));
    found.map(|(_, finding)| *finding).collect()
}

impl<'a> Side<'a> {
    /// The figures of a period; repetitions are left out.
    pub fn of(audited: Audited<'a>, period: Period) -> Side<'a> {
        let again = vec![false; audited.findings.len()];
        let (lights, counts) = rayon::join(
            || Lights::of(&audited, period),
            || Counts::of(&audited, period, None, &again),
        );
        Side {
            audited,
            lights,
            counts,
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
