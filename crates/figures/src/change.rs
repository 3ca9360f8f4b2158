//! Two periods beside each other: what changed, and what may as well be chance.

use std::collections::BTreeMap;

use history::{EmployeeId, GroupId, StageId};

use crate::counts::Counts;
use crate::light::{Lights, Tally};

/// A number of findings over a base, in two periods.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct Change {
    /// Findings before and after.
    pub findings: (u64, u64),
    /// Deals in work before and after.
    pub deals: (u64, u64),
}

/// What a change tells.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Told {
    /// One of the periods has no deals in work.
    TooLittleData,
    /// It may as well be chance.
    Chance,
    /// Chance makes such a change in less than one case of twenty: worth a look.
    Look,
    /// Chance makes it in less than two cases of a thousand.
    Sure,
}

/// Below this chance a change is worth a look: the usual 95 %.
pub(crate) const LOOK: f64 = 0.05;
/// Below this it is sure, also where many are compared: 99.8 %, as in D. Spiegelhalter, *Funnel
/// plots for comparing institutional performance*, Statistics in Medicine 24 (2005).
pub(crate) const SURE: f64 = 0.002;

impl Change {
    /// Findings per 100 deals in work before and after; none without a deal.
    pub fn rates(&self) -> (Option<f64>, Option<f64>) {
        let rate =
            |findings: u64, deals: u64| (deals > 0).then(|| 100.0 * findings as f64 / deals as f64);
        (
            rate(self.findings.0, self.deals.0),
            rate(self.findings.1, self.deals.1),
        )
    }

    /// The chance of a change at least as great, were the rate the same in both periods: two-sided
    /// and exact, from the binomial distribution of the later findings among all of them, given
    /// the deals in work. J. Przyborowski, H. Wilenski, *Homogeneity of results in testing samples
    /// from Poisson series*, Biometrika 31 (1940). None where a period has no deals.
    pub fn chance(&self) -> Option<f64> {
        if self.deals.0 == 0 || self.deals.1 == 0 {
            return None;
        }
        let all = self.findings.0 + self.findings.1;
        let share = self.deals.1 as f64 / (self.deals.0 + self.deals.1) as f64;
        let more = stats::binomial_tail(self.findings.1, all, share);
        let fewer = stats::binomial_tail(self.findings.0, all, 1.0 - share);
        Some((2.0 * more.min(fewer)).min(1.0))
    }

    /// What it tells.
    pub fn told(&self) -> Told {
        match self.chance() {
            None => Told::TooLittleData,
            Some(chance) if chance < SURE => Told::Sure,
            Some(chance) if chance < LOOK => Told::Look,
            Some(_) => Told::Chance,
        }
    }

    /// Whether the rate fell.
    pub fn fell(&self) -> bool {
        let (before, after) = self.rates();
        before > after
    }
}

/// Changes between two periods judged by one version of the regulation.
#[derive(Clone, Debug, Default)]
pub struct Changes<'a> {
    /// The company.
    pub company: Option<Change>,
    /// By group.
    pub groups: BTreeMap<GroupId, Change>,
    /// By person.
    pub people: BTreeMap<EmployeeId, Change>,
    /// By rule; the base is all deals in work.
    pub rules: BTreeMap<&'a str, Change>,
    /// By stage; the base is all deals in work.
    pub stages: BTreeMap<StageId, Change>,
}

/// What changed between the lights and counts of two periods; `counts` are those of the later one
/// with the findings of the earlier one beside them.
pub fn changes<'a>(before: &Lights, after: &Lights, counts: &Counts<'a>) -> Changes<'a> {
    let all = |tally: &Tally| tally.findings.iter().sum::<u64>();
    let change = |a: Option<&Tally>, b: Option<&Tally>| {
        let none = Tally::default();
        let (a, b) = (a.unwrap_or(&none), b.unwrap_or(&none));
        Change {
            findings: (all(a), all(b)),
            deals: (a.deals, b.deals),
        }
    };
    let company = change(Some(&before.company), Some(&after.company));
    let counted = |count: &crate::Count| Change {
        findings: (count.before.unwrap_or(0), count.findings),
        deals: company.deals,
    };
    Changes {
        company: Some(company),
        groups: both(&before.groups, &after.groups)
            .map(|id| (id, change(before.groups.get(&id), after.groups.get(&id))))
            .collect(),
        people: both(&before.people, &after.people)
            .map(|id| (id, change(before.people.get(&id), after.people.get(&id))))
            .collect(),
        rules: counts
            .rules
            .iter()
            .map(|(rule, count)| (*rule, counted(count)))
            .collect(),
        stages: counts
            .stages
            .iter()
            .map(|(stage, count)| (*stage, counted(count)))
            .collect(),
    }
}

/// The keys of two maps.
fn both<K: Ord + Copy, V>(a: &BTreeMap<K, V>, b: &BTreeMap<K, V>) -> impl Iterator<Item = K> {
    let keys: std::collections::BTreeSet<K> = a.keys().chain(b.keys()).copied().collect();
    keys.into_iter()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn change(findings: (u64, u64), deals: (u64, u64)) -> Change {
        Change { findings, deals }
    }

    #[test]
    fn change_or_chance() {
        // 8 of 8 findings in one of two equal periods: 2 · 2⁻⁸.
        let chance = change((8, 0), (50, 50)).chance().unwrap();
        assert!((chance - 2.0 / 256.0).abs() < 1e-12);
        assert_eq!(change((8, 0), (50, 50)).told(), Told::Look);
        assert_eq!(change((5, 3), (50, 50)).told(), Told::Chance);
        assert_eq!(change((40, 5), (50, 50)).told(), Told::Sure);
        assert_eq!(change((4, 5), (0, 50)).told(), Told::TooLittleData);
        assert_eq!(change((0, 0), (50, 50)).told(), Told::Chance);
        // Twice the findings on twice the deals is no change.
        assert_eq!(change((50, 100), (100, 200)).told(), Told::Chance);
    }
}
