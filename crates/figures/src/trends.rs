//! Findings of each rule week by week.

use std::collections::BTreeMap;

use history::EmployeeId;

use crate::change::Change;
use crate::light::Lights;
use crate::{Audited, Span, TREND_WEEKS};

/// The findings of some weeks by rule, the oldest week first.
#[derive(Clone, Debug, Default)]
pub struct Trends<'a> {
    /// The weeks.
    pub weeks: Vec<Span>,
    /// Deals in work in each of them.
    pub deals: Vec<u64>,
    /// Findings in each of them.
    pub all: Vec<u64>,
    /// The same by rule.
    pub rules: BTreeMap<&'a str, Vec<u64>>,
}

impl<'a> Trends<'a> {
    /// The trends over the weeks up to that in which `span` ends: the company's, or one person's.
    pub fn of(audited: &Audited<'a>, span: Span, whose: Option<EmployeeId>) -> Trends<'a> {
        let zone = audited.zone();
        let weeks = span.weeks(TREND_WEEKS, zone, audited.now);
        let mut trends = Trends::default();
        for (place, week) in weeks.iter().enumerate() {
            let period = week.period(zone);
            let lights = Lights::of(audited, period);
            trends.deals.push(match whose {
                None => lights.company.deals,
                Some(person) => lights.people.get(&person).map_or(0, |tally| tally.deals),
            });
            let theirs = audited
                .within(period)
                .filter(|finding| whose.is_none_or(|person| finding.employee == person));
            let mut all = 0;
            for finding in theirs {
                let empty = || vec![0; weeks.len()];
                let rule = trends.rules.entry(audited.rule(finding));
                rule.or_insert_with(empty)[place] += 1;
                all += 1;
            }
            trends.all.push(all);
        }
        trends.weeks = weeks;
        trends
    }

    /// What changed from the last week but one to the last one, of counts over these weeks.
    pub fn change(&self, counts: &[u64]) -> Option<Change> {
        let last_two = |of: &[u64]| match of {
            [.., before, now] => Some((*before, *now)),
            _ => None,
        };
        Some(Change {
            findings: last_two(counts)?,
            deals: last_two(&self.deals)?,
        })
    }
}
