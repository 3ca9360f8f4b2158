//! Findings of a period counted by rule, stage, employee, severity, weekday and hour.

use std::collections::BTreeMap;

use audit::judge::Finding;
use history::{DealId, EmployeeId, Instant, StageId};
use rustc_hash::FxHashMap;

use crate::{Audited, Period};

/// Some findings of a period.
#[derive(Clone, Copy, Default, PartialEq, Eq, Debug)]
pub struct Count {
    /// All of them.
    pub findings: u64,
    /// By severity: remarks, violations, gross ones.
    pub severities: [u64; 3],
    /// Those that repeat what the same person had cured or acknowledged not long before.
    pub again: u64,
    /// The deals concerned and their prices.
    pub concerned: Concerned,
    /// All findings of the period before, where there is one.
    pub before: Option<u64>,
}

impl Count {
    /// The share among `all`; none where there is nothing.
    pub fn share(&self, all: &Count) -> Option<f64> {
        (all.findings > 0).then(|| self.findings as f64 / all.findings as f64)
    }
}

/// Distinct deals and the sum of their prices.
#[derive(Clone, Copy, Default, PartialEq, Eq, Debug)]
pub struct Concerned {
    /// How many.
    pub deals: u64,
    /// Each deal's price at its latest finding, in hundredths; an empty price is 0.
    pub sum: i64,
}

/// The deals that some findings concern, each counted once.
pub fn concerned<'f>(findings: impl IntoIterator<Item = &'f Finding>) -> Concerned {
    let findings = findings.into_iter();
    concerned_by(findings.map(|finding| (finding.deal, finding.at, finding.amount)))
}

/// The same of deals, each with when something was found and the price then, in hundredths.
pub fn concerned_by(
    findings: impl IntoIterator<Item = (DealId, Instant, Option<i64>)>,
) -> Concerned {
    let mut deals: FxHashMap<DealId, (Instant, i64)> = FxHashMap::default();
    let findings = findings.into_iter();
    for (deal, at, amount) in findings.filter(|(deal, ..)| deal.is_some()) {
        let latest = (at, amount.unwrap_or(0));
        let known = deals.entry(deal).or_insert(latest);
        *known = latest.max(*known);
    }
    let sum = deals
        .values()
        .fold(0i64, |sum, (_, amount)| sum.saturating_add(*amount));
    Concerned {
        deals: deals.len() as u64,
        sum,
    }
}

/// All counts of a period.
#[derive(Clone, Default, Debug)]
pub struct Counts<'a> {
    /// All findings.
    pub all: Count,
    /// By the rule's name.
    pub rules: BTreeMap<&'a str, Count>,
    /// By the stage at the breach; none: the finding is about no stage.
    pub stages: BTreeMap<StageId, Count>,
    /// By whom they are held against; none: nobody.
    pub people: BTreeMap<EmployeeId, Count>,
    /// By the local weekday of the breach, Monday first.
    pub weekdays: [u64; 7],
    /// By the local hour of the breach.
    pub hours: [u64; 24],
}

impl<'a> Counts<'a> {
    /// Counts the findings of `period`, with `before` beside them. `again` is that of
    /// [`crate::again`].
    pub fn of(
        audited: &Audited<'a>,
        period: Period,
        before: Option<Period>,
        again: &[bool],
    ) -> Counts<'a> {
        let around = audited.around(period);
        let chosen: Vec<(&Finding, bool)> = audited.findings[around.clone()]
            .iter()
            .zip(again.get(around).unwrap_or_default().iter().copied())
            .filter(|(finding, _)| period.holds(finding.at))
            .collect();
        let earlier: Option<Vec<&Finding>> = before.map(|period| audited.within(period).collect());
        Counts::of_found(audited, &chosen, earlier.as_deref())
    }

    /// Counts findings, each with whether it is a repetition, beside those of the period before.
    pub(crate) fn of_found(
        audited: &Audited<'a>,
        chosen: &[(&Finding, bool)],
        earlier: Option<&[&Finding]>,
    ) -> Counts<'a> {
        let ((all, rules), (stages, people)) = rayon::join(
            || {
                let rule = |finding: &Finding| audited.rule(finding);
                (count(audited, chosen), by(audited, chosen, earlier, rule))
            },
            || {
                let stage = |finding: &Finding| finding.stage;
                let person = |finding: &Finding| finding.employee;
                (
                    by(audited, chosen, earlier, stage),
                    by(audited, chosen, earlier, person),
                )
            },
        );
        let mut counts = Counts {
            all,
            rules,
            stages,
            people,
            ..Counts::default()
        };
        counts.all.before = earlier.map(|earlier| earlier.len() as u64);
        let zone = audited.zone();
        for (finding, _) in chosen {
            let local = zone.datetime(finding.at);
            let weekday = local.weekday().to_monday_zero_offset() as usize;
            counts.weekdays[weekday] += 1;
            counts.hours[local.hour() as usize] += 1;
        }
        counts
    }
}

fn count(audited: &Audited<'_>, findings: &[(&Finding, bool)]) -> Count {
    let mut severities = [0; 3];
    for (finding, _) in findings {
        severities[audited.severity(finding) as usize] += 1;
    }
    Count {
        findings: findings.len() as u64,
        severities,
        again: findings.iter().filter(|(_, again)| *again).count() as u64,
        concerned: concerned(findings.iter().map(|(finding, _)| *finding)),
        ..Count::default()
    }
}

/// Counts by a key; keys that only the period before has are listed with nothing.
fn by<K: Ord + Copy>(
    audited: &Audited<'_>,
    chosen: &[(&Finding, bool)],
    earlier: Option<&[&Finding]>,
    key: impl Fn(&Finding) -> K,
) -> BTreeMap<K, Count> {
    let mut parts: BTreeMap<K, Vec<(&Finding, bool)>> = BTreeMap::new();
    for one in chosen {
        parts.entry(key(one.0)).or_default().push(*one);
    }
    let mut counts: BTreeMap<K, Count> = parts
        .into_iter()
        .map(|(key, part)| (key, count(audited, &part)))
        .collect();
    if let Some(earlier) = earlier {
        counts.values_mut().for_each(|count| count.before = Some(0));
        for finding in earlier {
            let count = counts.entry(key(finding)).or_default();
            count.before = Some(count.before.unwrap_or(0) + 1);
        }
    }
    counts
}
