//! The traffic light: how many weighted findings there are per 100 deals in work.

use std::collections::BTreeMap;

use history::{DealId, EmployeeId, GroupId, History, Instant};
use jiff::civil::Date;
use rustc_hash::{FxHashMap, FxHashSet};
use serde::{Deserialize, Serialize};

use audit::judge::{Finding, Tenure};
use audit::regulation::{Light, Severity};

use crate::{Audited, Period};

/// Confidence of the interval beside a rate.
const CONFIDENCE: f64 = 0.9;

/// Whom figures are about.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum Who {
    /// The whole company.
    Company,
    /// The members of a group, each while they belong to it.
    Group(GroupId),
    /// One employee.
    Employee(EmployeeId),
}

/// What a light shows.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Colour {
    /// At most `green`.
    Green,
    /// At most `yellow`.
    Yellow,
    /// Above it.
    Red,
    /// Too few deals in work to tell.
    TooLittleData,
}

/// Findings of one person, group or company in a period, over the deals in work.
#[derive(Clone, Copy, Default, Debug, PartialEq)]
pub struct Tally {
    /// Distinct deals in work.
    pub deals: u64,
    /// All findings, by severity.
    pub findings: [u64; 3],
    /// Those that count: of one person's on one deal and day only the gravest.
    pub counted: [u64; 3],
}

impl Tally {
    /// Weighted findings per 100 deals in work; none where there is no deal.
    pub fn rate(&self, light: &Light) -> Option<f64> {
        let weighted: f64 = self
            .counted
            .iter()
            .zip(light.weights)
            .map(|(n, weight)| *n as f64 * weight)
            .sum();
        (self.deals > 0).then(|| 100.0 * weighted / self.deals as f64)
    }

    /// The 90 % interval of the rate.
    pub fn interval(&self, light: &Light) -> Option<(f64, f64)> {
        let counts: Vec<(u64, f64)> = self.counted.into_iter().zip(light.weights).collect();
        let hundreds = self.deals as f64 / 100.0;
        (self.deals > 0).then(|| stats::weighted_rate_interval(&counts, hundreds, CONFIDENCE))
    }

    /// The colour.
    pub fn colour(&self, light: &Light) -> Colour {
        match self.rate(light) {
            Some(rate) if self.deals >= u64::from(light.min_deals) => {
                if rate <= light.green {
                    Colour::Green
                } else if rate <= light.yellow {
                    Colour::Yellow
                } else {
                    Colour::Red
                }
            }
            _ => Colour::TooLittleData,
        }
    }

    /// Whether the interval straddles a threshold: the colour could as well be the next one.
    pub fn is_borderline(&self, light: &Light) -> bool {
        let straddles = |(low, high): (f64, f64)| {
            [light.green, light.yellow]
                .iter()
                .any(|threshold| low <= *threshold && *threshold < high)
        };
        self.colour(light) != Colour::TooLittleData && self.interval(light).is_some_and(straddles)
    }
}

/// For how many periods in a row a light has not been green, up to the last one.
#[derive(Clone, Copy, Default, PartialEq, Eq, Debug)]
pub struct Run {
    /// How many were yellow or red; 0: the last one was neither.
    pub length: usize,
    /// How many of these were red.
    pub red: usize,
}

impl Run {
    /// The run that the colours of some periods, the oldest first, end with. Where there was too
    /// little data to tell, it is interrupted.
    pub fn of(colours: impl DoubleEndedIterator<Item = Colour>) -> Run {
        let bad = |colour: &Colour| matches!(colour, Colour::Yellow | Colour::Red);
        let mut run = Run::default();
        for colour in colours.rev().take_while(bad) {
            run.length += 1;
            run.red += usize::from(colour == Colour::Red);
        }
        run
    }
}

/// The lights of everybody in a period.
#[derive(Clone, Debug, Default)]
pub struct Lights {
    /// The company, with findings that are held against nobody.
    pub company: Tally,
    /// By group.
    pub groups: BTreeMap<GroupId, Tally>,
    /// By employee.
    pub people: BTreeMap<EmployeeId, Tally>,
}

impl Lights {
    /// Theirs; whoever had neither a deal nor a finding has an empty one.
    pub fn whose(&self, who: Who) -> Tally {
        let known = match who {
            Who::Company => Some(&self.company),
            Who::Group(group) => self.groups.get(&group),
            Who::Employee(person) => self.people.get(&person),
        };
        known.copied().unwrap_or_default()
    }

    /// The lights over what of `period` lies up to the instant judged at. Local days and the group
    /// somebody belongs to are those of the latest version's zone.
    pub fn of(audited: &Audited<'_>, period: Period) -> Lights {
        let period = period.until(audited.now);
        let mut counting = Counting {
            history: audited.history,
            zone: audited.zone(),
            lights: Lights::default(),
            gravest: FxHashMap::default(),
        };
        counting.deals(audited.tenures, (period.from, period.to));
        for finding in audited.within(period) {
            counting.finding(finding, audited.severity(finding));
        }
        counting.finish()
    }
}

struct Counting<'a> {
    history: &'a History,
    zone: &'a worktime::Zone,
    lights: Lights,
    /// The gravest finding against a person on a deal on a local day.
    gravest: FxHashMap<(EmployeeId, u32, Date), (Severity, GroupId)>,
}

impl Counting<'_> {
    fn group(&self, employee: EmployeeId, at: Instant) -> GroupId {
        let membership = self.history.people.membership(employee, self.zone.date(at));
        membership.map_or(GroupId::NONE, |membership| membership.group)
    }

    fn deals(&mut self, tenures: &[Tenure], period: (Instant, Instant)) {
        let deals = self.history.deals.len();
        let mut people: FxHashSet<(EmployeeId, DealId)> = FxHashSet::default();
        let mut company = Deals::default();
        let mut groups: FxHashMap<GroupId, Deals> = FxHashMap::default();
        for tenure in tenures {
            let (from, to) = (tenure.from.max(period.0), tenure.to.min(period.1));
            if from >= to {
                continue;
            }
            if people.insert((tenure.employee, tenure.deal)) {
                self.lights.people.entry(tenure.employee).or_default().deals += 1;
            }
            company.insert(tenure.deal, deals);
            each_group(
                self.history,
                self.zone,
                tenure.employee,
                (from, to),
                |group| groups.entry(group).or_default().insert(tenure.deal, deals),
            );
        }
        self.lights.company.deals = company.count;
        for (group, deals) in groups {
            self.lights.groups.entry(group).or_default().deals = deals.count;
        }
    }

    fn finding(&mut self, finding: &Finding, severity: Severity) {
        let group = self.group(finding.employee, finding.at);
        self.each(finding.employee, group, |tally| {
            tally.findings[severity as usize] += 1
        });
        if finding.deal.is_none() {
            self.each(finding.employee, group, |tally| {
                tally.counted[severity as usize] += 1
            });
            return;
        }
        let key = (finding.employee, finding.deal.0, self.zone.date(finding.at));
        let gravest = self.gravest.entry(key).or_insert((severity, group));
        gravest.0 = gravest.0.max(severity);
    }

    fn each(&mut self, employee: EmployeeId, group: GroupId, add: impl Fn(&mut Tally)) {
        add(&mut self.lights.company);
        if employee.is_some() {
            add(self.lights.people.entry(employee).or_default());
        }
        if group.is_some() {
            add(self.lights.groups.entry(group).or_default());
        }
    }

    fn finish(mut self) -> Lights {
        for ((employee, ..), (severity, group)) in std::mem::take(&mut self.gravest) {
            self.each(employee, group, |tally| {
                tally.counted[severity as usize] += 1
            });
        }
        self.lights
    }
}

/// A set of deals, a bit each.
#[derive(Default)]
struct Deals {
    bits: Vec<u64>,
    count: u64,
}

impl Deals {
    /// Adds one of so many deals.
    fn insert(&mut self, deal: DealId, of: usize) {
        let (word, bit) = (deal.index() / 64, 1 << (deal.index() % 64));
        if self.bits.len() <= word {
            self.bits.resize((of / 64).max(word) + 1, 0);
        }
        self.count += u64::from(self.bits[word] & bit == 0);
        self.bits[word] |= bit;
    }
}

/// Calls `each` with the groups that somebody belongs to in a period, with some perhaps twice.
pub(crate) fn each_group(
    history: &History,
    zone: &worktime::Zone,
    employee: EmployeeId,
    (from, to): (Instant, Instant),
    mut each: impl FnMut(GroupId),
) {
    let Some(person) = history.people.get(employee) else {
        return;
    };
    let mut see = |group: GroupId| {
        if group.is_some() {
            each(group);
        }
    };
    if let [only] = &person.memberships[..]
        && (only.from, only.to) == (None, None)
    {
        return see(only.group);
    }
    let (first, last) = (zone.date(from), zone.date(to - 1));
    let changes = person.memberships.iter();
    let changes = changes.flat_map(|membership| [membership.from, membership.to]);
    let changes = changes
        .flatten()
        .filter(|date| first < *date && *date <= last);
    for date in std::iter::once(first).chain(changes) {
        if let Some(membership) = history.people.membership(employee, date) {
            see(membership.group);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_run_ends_with_the_last_period() {
        use Colour::{Green, Red, TooLittleData, Yellow};
        let run = |colours: &[Colour]| {
            let run = Run::of(colours.iter().copied());
            (run.length, run.red)
        };
        assert_eq!(run(&[]), (0, 0));
        assert_eq!(run(&[Red, Red, Green]), (0, 0));
        assert_eq!(run(&[Red, Green, Yellow, Red, Red]), (3, 2));
        assert_eq!(run(&[Red, TooLittleData, Yellow]), (1, 0));
        assert_eq!(run(&[Red, Red, TooLittleData]), (0, 0));
    }

    #[test]
    fn colour_rate_and_borderline() {
        let light = Light::default();
        let tally = |deals, counted| Tally {
            deals,
            findings: counted,
            counted,
        };
        assert_eq!(tally(4, [9, 9, 9]).colour(&light), Colour::TooLittleData);
        assert_eq!(tally(0, [1, 0, 0]).rate(&light), None);
        assert_eq!(tally(100, [10, 0, 0]).colour(&light), Colour::Green);
        assert_eq!(tally(100, [11, 0, 0]).colour(&light), Colour::Yellow);
        assert_eq!(tally(100, [16, 0, 1]).colour(&light), Colour::Red);
        assert!(tally(100, [10, 0, 0]).is_borderline(&light));
        assert!(!tally(100_000, [1_000, 0, 0]).is_borderline(&light));
    }
}
