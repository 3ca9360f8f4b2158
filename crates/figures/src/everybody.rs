//! What was measured of the company, of each group and of each employee in a period. The findings are
//! walked once for all of them, however many they are.

use std::collections::BTreeMap;

use audit::judge::Finding;
use history::{DealId, EmployeeId, GroupId, Instant};
use rayon::prelude::*;
use rustc_hash::FxHashMap;

use crate::deals::{Closed, Closings};
use crate::funnel::{Factors, Flow, Funnel, Hung, Speed, funnels};
use crate::light::{Lights, Tally, Who};
use crate::proofs::Proofs;
use crate::sides::{Sides, sides};
use crate::{
    Audited, Change, Counts, Indicators, Options, Period, Report, WorkedOff, again, worked_off,
};

/// What was measured of everybody in a period.
pub struct Everybody<'a> {
    /// The figures of the company and the lights of all.
    pub report: Report<'a>,
    /// What was measured of each of those who had a deal in work or a finding in the period or in the
    /// one before.
    pub measured: BTreeMap<Who, Measured<'a>>,
    /// What was worked off in the period, by whom it was held against.
    pub worked: BTreeMap<Who, WorkedOff>,
}

/// What was measured of the company, of a group or of an employee.
#[derive(Default)]
pub struct Measured<'a> {
    /// Findings counted.
    pub counts: Counts<'a>,
    /// The ten indicators.
    pub indicators: Indicators,
    /// Those of the period before.
    pub indicators_before: Option<Indicators>,
    /// What changed of all findings since the period before, by one version of the regulation.
    pub change: Option<Change>,
    /// The same by rule; the base are their own deals in work.
    pub rules: BTreeMap<&'a str, Change>,
    /// Deals that they closed in the period.
    pub closed: Closings,
    /// Those of the period before.
    pub closed_before: Option<Closings>,
    /// Their funnels over [`Report::funnel_span`].
    pub funnels: Vec<Funnel>,
    /// The money of their deals that hang now.
    pub hung: Money,
    /// Strong sides and growth zones.
    pub sides: Sides<'a>,
}

/// Money that hangs, over all stages.
#[derive(Clone, Copy, Default, PartialEq, Eq, Debug)]
pub struct Money {
    /// Deals that hang.
    pub deals: u64,
    /// The sum of their prices, in hundredths.
    pub sum: i64,
    /// What they may be worth: sum × share of deals won, in hundredths; stages whose share is not
    /// known are left out.
    pub worth: i64,
}

impl Money {
    fn add(&mut self, hung: &Hung) {
        self.deals += hung.deals;
        self.sum = self.sum.saturating_add(hung.sum);
        self.worth = self.worth.saturating_add(hung.money().unwrap_or(0));
    }
}

impl Measured<'_> {
    /// How soon their leads were answered, over all pipelines: leads, and those answered within
    /// each of [`crate::funnel::ANSWERED_WITHIN`].
    pub fn speed(&self) -> Speed {
        let mut all = Speed::default();
        for speed in self.funnels.iter().map(|funnel| &funnel.speed) {
            all.leads += speed.leads;
            all.unanswered += speed.unanswered;
            for (all, one) in all.answered.iter_mut().zip(speed.answered) {
                *all += one;
            }
        }
        all
    }
}

impl<'a> Everybody<'a> {
    /// Measures everybody. `alone` is that of [`Report::of`], `flow` the flow of the same audit.
    pub fn of(
        audited: Audited<'a>,
        alone: Option<Audited<'a>>,
        options: Options,
        flow: &Flow,
    ) -> Everybody<'a> {
        let again = again(&audited);
        let report = Report::made(audited, alone, options, (flow, &again));
        let before = report.before.map(|span| span.period(audited.zone()));
        let periods = (report.period, before);
        let found = split(&audited, periods, &again);
        let compared = alone.map(|alone| Compared::of(alone, periods));
        let mut measured: BTreeMap<Who, Measured<'a>> = found
            .par_iter()
            .map(|(who, found)| {
                let earlier = before.map(|_| &found.before[..]);
                let mut measured = measure(&report, *who, found, earlier);
                if let Some(compared) = &compared {
                    (measured.change, measured.rules) = compared.changes(*who);
                }
                (*who, measured)
            })
            .collect();
        sell(&report, flow, before, &mut measured);
        let proofs = Proofs::of(&report, flow);
        let all = &measured;
        let everyone: Vec<Who> = all.keys().copied().collect();
        let known: Vec<(Who, Sides<'a>)> = everyone
            .into_par_iter()
            .map(|who| {
                let found = found.get(&who).map_or(&[][..], |found| &found.now);
                (who, sides(&report, all, who, found, &proofs))
            })
            .collect();
        for (who, sides) in known {
            measured.entry(who).or_default().sides = sides;
        }
        let worked = worked_off(&report.audited, report.period);
        Everybody {
            report,
            measured,
            worked,
        }
    }

    /// What was measured of them; none: they had neither a deal in work nor a finding.
    pub fn measured(&self, who: Who) -> Option<&Measured<'a>> {
        self.measured.get(&who)
    }

    /// The employees with figures who belong to a group at the end of the period, or to none.
    pub fn members(&self, group: GroupId) -> Vec<EmployeeId> {
        let people = self.measured.keys().filter_map(|who| match who {
            Who::Employee(person) => Some(*person),
            _ => None,
        });
        people
            .filter(|person| self.report.group_at_end(*person) == group)
            .collect()
    }
}

/// The group that somebody belongs to at an instant; none: no group.
pub(crate) fn group_at(audited: &Audited<'_>, person: EmployeeId, at: Instant) -> GroupId {
    let people = &audited.history.people;
    let membership = people.membership(person, audited.zone().date(at));
    membership.map_or(GroupId::NONE, |membership| membership.group)
}

/// The findings of somebody: those of the period, each with whether it is a repetition, and those of
/// the period before.
#[derive(Default)]
pub(crate) struct Found<'a> {
    pub now: Vec<(&'a Finding, bool)>,
    pub before: Vec<&'a Finding>,
}

/// The findings of two periods by whom they are held against; whoever had a deal in work is listed,
/// too.
fn split<'a>(
    audited: &Audited<'a>,
    (period, before): (Period, Option<Period>),
    again: &[bool],
) -> BTreeMap<Who, Found<'a>> {
    let mut found: FxHashMap<Who, Found<'a>> = FxHashMap::default();
    for (place, finding) in audited.findings.iter().enumerate() {
        let is_now = period.holds(finding.at);
        if !is_now && !before.is_some_and(|before| before.holds(finding.at)) {
            continue;
        }
        let again = again.get(place).copied().unwrap_or(false);
        let mut add = |who: Who| {
            let found = found.entry(who).or_default();
            match is_now {
                true => found.now.push((finding, again)),
                false => found.before.push(finding),
            }
        };
        add(Who::Company);
        if finding.employee.is_some() {
            add(Who::Employee(finding.employee));
            let group = audited.group(finding);
            if group.is_some() {
                add(Who::Group(group));
            }
        }
    }
    found.entry(Who::Company).or_default();
    found.into_iter().collect()
}

fn measure<'a>(
    report: &Report<'a>,
    who: Who,
    found: &Found<'a>,
    earlier: Option<&[&Finding]>,
) -> Measured<'a> {
    let audited = &report.audited;
    let deals = report.lights.whose(who);
    let deals_before = report.lights_before.as_ref().map(|all| all.whose(who));
    let counts = match who {
        Who::Company => report.counts.clone(),
        _ => Counts::of_found(audited, &found.now, earlier),
    };
    let (change, rules) = match &deals_before {
        Some(before) => changes(&counts, before, &deals),
        None => (None, BTreeMap::new()),
    };
    let now = found.now.iter().map(|(finding, _)| *finding);
    Measured {
        indicators: Indicators::of(audited, now, deals.deals),
        indicators_before: deals_before.map(|tally| {
            Indicators::of(audited, earlier.into_iter().flatten().copied(), tally.deals)
        }),
        counts,
        change,
        rules,
        ..Measured::default()
    }
}

type RuleChanges<'a> = (Option<Change>, BTreeMap<&'a str, Change>);

/// What changed in somebody's findings, of all and of each rule.
fn changes<'a>(counts: &Counts<'a>, before: &Tally, now: &Tally) -> RuleChanges<'a> {
    let change = |count: &crate::Count| Change {
        findings: (count.before.unwrap_or(0), count.findings),
        deals: (before.deals, now.deals),
    };
    let rules = counts.rules.iter();
    let rules = rules.map(|(rule, count)| (*rule, change(count))).collect();
    (Some(change(&counts.all)), rules)
}

/// Two periods of everybody, judged by one version of the regulation.
struct Compared<'a> {
    audited: Audited<'a>,
    found: BTreeMap<Who, Found<'a>>,
    lights: Option<[Lights; 2]>,
}

impl<'a> Compared<'a> {
    fn of(audited: Audited<'a>, (period, before): (Period, Option<Period>)) -> Compared<'a> {
        Compared {
            found: split(&audited, (period, before), &[]),
            lights: before.map(|before| [before, period].map(|one| Lights::of(&audited, one))),
            audited,
        }
    }

    fn changes(&self, who: Who) -> RuleChanges<'a> {
        let Some([before, now]) = &self.lights else {
            return (None, BTreeMap::new());
        };
        let none = Found::default();
        let found = self.found.get(&who).unwrap_or(&none);
        let counts = Counts::of_found(&self.audited, &found.now, Some(&found.before));
        changes(&counts, &before.whose(who), &now.whose(who))
    }
}

/// Adds what everybody sold, what hangs with them and their funnels. Whoever had a deal and no finding
/// is listed from here on.
fn sell<'a>(
    report: &Report<'a>,
    flow: &Flow,
    before: Option<Period>,
    measured: &mut BTreeMap<Who, Measured<'a>>,
) {
    let audited = &report.audited;
    let closed = Closed::of(audited, flow, report.period);
    let closed_before = before.map(|period| Closed::of(audited, flow, period));
    let groups = report.lights.groups.keys().map(|id| Who::Group(*id));
    let people = report.lights.people.keys().map(|id| Who::Employee(*id));
    for who in groups.chain(people) {
        let before = report.lights_before.as_ref().map(|all| all.whose(who));
        measured.entry(who).or_insert_with(|| {
            let now = report.lights.whose(who);
            let none = Counts::default();
            Measured {
                counts: Counts::of_found(audited, &[], before.map(|_| &[][..])),
                indicators: Indicators::of(audited, [], now.deals),
                indicators_before: before.map(|before| Indicators::of(audited, [], before.deals)),
                change: before.and_then(|before| changes(&none, &before, &now).0),
                ..Measured::default()
            }
        });
    }
    let factors = Factors::of(audited, flow);
    let period = report.funnel_span.period(audited.zone());
    let mut by_group = flow.split(|cut| group_at(audited, cut.employee, cut.at));
    let hung = hung(audited, flow, &factors);
    for (who, measured) in measured.iter_mut() {
        measured.closed = closed.whose(*who);
        measured.closed_before = closed_before.as_ref().map(|closed| closed.whose(*who));
        measured.hung = hung.get(who).copied().unwrap_or_default();
        measured.funnels = match who {
            Who::Company => report.funnels.clone(),
            Who::Employee(person) => {
                let known = report.funnels_by_person.get(person);
                known.cloned().unwrap_or_default()
            }
            Who::Group(group) => match by_group.remove(group) {
                Some(flow) => funnels(audited, &flow, &factors, period),
                None => Vec::new(),
            },
        };
    }
}

/// The money that hangs with everybody now, by who answers for the deals and the group they are in.
fn hung(audited: &Audited<'_>, flow: &Flow, factors: &Factors) -> BTreeMap<Who, Money> {
    let mut standing: FxHashMap<(Who, history::StageId), Vec<DealId>> = FxHashMap::default();
    let stays = flow.stays.iter().filter(|stay| stay.stands_open);
    for stay in stays.filter(|stay| factors.hangs(stay.deal)) {
        let mut add = |who| {
            standing
                .entry((who, stay.stage))
                .or_default()
                .push(stay.deal)
        };
        add(Who::Company);
        if stay.answers.is_some() {
            add(Who::Employee(stay.answers));
            let group = group_at(audited, stay.answers, audited.now);
            if group.is_some() {
                add(Who::Group(group));
            }
        }
    }
    let mut hung: BTreeMap<Who, Money> = BTreeMap::new();
    for ((who, stage), deals) in standing {
        let money = factors.hung(stage, deals.into_iter());
        hung.entry(who).or_default().add(&money);
    }
    hung
}
