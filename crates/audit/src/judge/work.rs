//! Facts to the rules over clients, employees and groups, each key on its own.

use history::{GroupId, Instant};
use rayon::prelude::*;

use super::engine::{Judge, Part, Ready, Verdict, earlier};
use super::facts::Action;
use super::lists::Facts;
use super::order::client;
use super::{
    ClientFacts, Closing, Filter, Finding, GroupFacts, Raised, Scene, StageFacts, WorkFacts,
};
use crate::rules::Fact;

impl<'a> Judge<'a> {
    /// Judges what is not judged deal by deal.
    pub(super) fn judge_facts(
        &self,
        versions: &[&Ready<'a>],
        facts: &Facts,
        now: Instant,
        verdict: &mut Verdict,
    ) {
        for ready in versions {
            self.judge_clients(ready, facts, now, verdict);
            self.judge_stages(ready, facts, now, verdict);
            for part in &ready.employees {
                self.judge_employees(ready, part, facts, now, verdict);
            }
        }
        if versions.iter().any(|ready| !ready.groups.is_empty()) {
            self.judge_groups(versions, facts, now, verdict);
        }
    }

    /// What people did that belongs to no deal.
    pub(super) fn loose_actions(&self, versions: &[&Ready<'_>], now: Instant) -> Facts {
        let asked = |ready: &&Ready<'_>| {
            ready
                .employees
                .iter()
                .any(|part| part.rule.needs() == Fact::Actions)
        };
        let mut facts = Facts::default();
        if versions.iter().any(asked) {
            let loose = self
                .history
                .loose
                .iter()
                .filter(|event| event.at <= now && event.actor.is_some());
            facts.actions.extend(loose.map(|event| Action {
                at: event.at,
                employee: event.actor,
                stage: history::StageId::NONE,
            }));
        }
        facts
    }

    fn scene<'s>(
        &'s self,
        ready: &'s Ready<'a>,
        clock: crate::regulation::ClockKind,
        now: Instant,
    ) -> Scene<'s> {
        Scene::new(self.history, (ready.version, &ready.clocks), clock, now)
    }

    fn judge_employees(
        &self,
        ready: &Ready<'a>,
        part: &Part<'a, dyn crate::rules::EmployeeRule>,
        facts: &Facts,
        now: Instant,
        verdict: &mut Verdict,
    ) {
        let work = match part.rule.needs() {
            Fact::Actions => split(&facts.actions, |fact| fact.employee),
            Fact::Completions => split(&facts.completions, |fact| fact.employee),
            Fact::Closings => split(&facts.closings, |fact| fact.actor),
            Fact::Holdings => split(&facts.holdings, |fact| fact.employee),
            Fact::Waiting => split(&facts.waiting, |fact| fact.change.employee),
            Fact::Tasks => split(&facts.tasks, |fact| fact.change.employee),
        };
        let parts: Vec<Raised<'_>> = work
            .into_par_iter()
            .filter(|(employee, _)| employee.is_some())
            .map(|(employee, range)| {
                let mut work = WorkFacts::of(employee);
                match part.rule.needs() {
                    Fact::Actions => work.actions = &facts.actions[range],
                    Fact::Completions => work.completions = &facts.completions[range],
                    Fact::Closings => work.closings = &facts.closings[range],
                    Fact::Holdings => work.holdings = &facts.holdings[range],
                    Fact::Waiting => work.waiting = &facts.waiting[range],
                    Fact::Tasks => work.tasks = &facts.tasks[range],
                }
                self.judge_employee(ready, part, &work, now)
            })
            .collect();
        collect(parts, verdict);
    }

    /// Judges one employee by one rule.
    pub(super) fn judge_employee<'s>(
        &'s self,
        ready: &'s Ready<'a>,
        part: &'s Part<'a, dyn crate::rules::EmployeeRule>,
        work: &WorkFacts<'_>,
        now: Instant,
    ) -> Raised<'s> {
        let mut out = raised(ready, part.entry, &part.filter, now);
        let scene = self.scene(ready, part.clock, now);
        part.rule.judge(work, &part.filter, &scene, &mut out);
        out
    }

    fn judge_clients(&self, ready: &Ready<'a>, facts: &Facts, now: Instant, verdict: &mut Verdict) {
        if ready.clients.is_empty() {
            return;
        }
        let won = split(&facts.won, |stay| client(stay.client.0, stay.event.deal.0));
        let steps = split(&facts.steps, |step| {
            client(step.client.0, step.event.deal.0)
        });
        // There are many clients with little to say of each: what is said is put together.
        let parts: Vec<Vec<Raised<'_>>> = ready
            .clients
            .iter()
            .map(|part| {
                let out = || {
                    let scene = self.scene(ready, part.clock, now);
                    (scene, raised(ready, part.entry, &part.filter, now))
                };
                let judged = won
                    .par_iter()
                    .fold(out, |(scene, mut out), (client, range)| {
                        let place = steps.binary_search_by_key(client, |(key, _)| *key);
                        let steps = place.map_or(0..0, |place| steps[place].1.clone());
                        let facts = ClientFacts {
                            won: &facts.won[range.clone()],
                            steps: &facts.steps[steps],
                        };
                        part.rule.judge(&facts, &part.filter, &scene, &mut out);
                        (scene, out)
                    });
                judged.map(|(_, out)| out).collect()
            })
            .collect();
        collect(parts.into_iter().flatten(), verdict);
    }

    /// Judges one client by all rules of a version.
    pub(super) fn judge_client<'s>(
        &'s self,
        ready: &'s Ready<'a>,
        facts: &ClientFacts<'_>,
        now: Instant,
    ) -> Vec<Raised<'s>> {
        let rules = ready.clients.iter().map(|part| {
            let mut out = raised(ready, part.entry, &part.filter, now);
            let scene = self.scene(ready, part.clock, now);
            part.rule.judge(facts, &part.filter, &scene, &mut out);
            out
        });
        rules.collect()
    }

    fn judge_stages(&self, ready: &Ready<'a>, facts: &Facts, now: Instant, verdict: &mut Verdict) {
        if ready.stages.is_empty() {
            return;
        }
        let parts: Vec<Raised<'_>> = split(&facts.crowds, |change| change.stage)
            .into_par_iter()
            .flat_map_iter(|(stage, range)| {
                let changes = &facts.crowds[range];
                let facts = StageFacts { stage, changes };
                self.judge_stage(ready, &facts, now)
            })
            .collect();
        collect(parts, verdict);
    }

    /// Judges one stage by all rules of a version.
    pub(super) fn judge_stage<'s>(
        &'s self,
        ready: &'s Ready<'a>,
        facts: &StageFacts<'_>,
        now: Instant,
    ) -> Vec<Raised<'s>> {
        let rules = ready.stages.iter().map(|part| {
            let mut out = raised(ready, part.entry, &part.filter, now);
            let scene = self.scene(ready, part.clock, now);
            part.rule.judge(facts, &part.filter, &scene, &mut out);
            out
        });
        rules.collect()
    }

    fn judge_groups(
        &self,
        versions: &[&Ready<'a>],
        facts: &Facts,
        now: Instant,
        verdict: &mut Verdict,
    ) {
        for ready in versions {
            let closings = facts.closings.par_iter();
            self.judge_months(ready, closings.copied().collect(), now, verdict);
        }
    }

    /// Judges all groups by the months of `closings`, of which each is whole.
    pub(super) fn judge_months(
        &self,
        ready: &Ready<'a>,
        closings: Vec<Closing>,
        now: Instant,
        verdict: &mut Verdict,
    ) {
        let zone = &ready.version.zone;
        let group_of = |closing: &Closing| {
            let date = zone.date(closing.at);
            let people = &self.history.people;
            let group = people.membership(closing.responsible, date)?.group;
            group.is_some().then(|| (group, ready.month_of(closing.at)))
        };
        let mut keyed: Vec<((GroupId, i32), Closing)> = closings
            .into_par_iter()
            .filter_map(|closing| Some((group_of(&closing)?, closing)))
            .collect();
        keyed.par_sort_by_key(|(key, closing)| (*key, closing.at, closing.rank));
        let months = split(&keyed, |(key, _)| *key);
        let closings: Vec<Closing> = keyed.into_iter().map(|(_, closing)| closing).collect();
        let parts: Vec<Raised<'_>> = months
            .into_par_iter()
            .flat_map_iter(|((_, month), range)| {
                let facts = GroupFacts {
                    month,
                    start: ready.start_of_month(month),
                    closings: &closings[range],
                };
                let rules = ready.groups.iter().map(|part| {
                    let mut out = raised(ready, part.entry, &part.filter, now);
                    let scene = self.scene(ready, part.clock, now);
                    part.rule.judge(&facts, &part.filter, &scene, &mut out);
                    out
                });
                rules.collect::<Vec<_>>()
            })
            .collect();
        let found = verdict.findings.len();
        collect(parts, verdict);
        keep_first_of_month(&mut verdict.findings, found);
    }
}

impl Ready<'_> {
    /// The calendar month of an instant, as months since 1970-01.
    pub(super) fn month_of(&self, at: Instant) -> i32 {
        let date = self.version.zone.date(at);
        i32::from(date.year() - 1970) * 12 + i32::from(date.month()) - 1
    }

    /// The first instant of a month.
    pub(super) fn start_of_month(&self, month: i32) -> Instant {
        let first = jiff::civil::Date::new(
            (1970 + month.div_euclid(12)) as i16,
            month.rem_euclid(12) as i8 + 1,
            1,
        );
        first.map_or(Instant::MIN, |first| self.version.zone.start_of_day(first))
    }
}

/// The runs of equal keys in a sorted list.
fn split<T, K: PartialEq>(sorted: &[T], key: impl Fn(&T) -> K) -> Vec<(K, std::ops::Range<usize>)> {
    let mut runs = Vec::new();
    let mut from = 0;
    for run in sorted.chunk_by(|a, b| key(a) == key(b)) {
        runs.push((key(&run[0]), from..from + run.len()));
        from += run.len();
    }
    runs
}

fn raised<'f>(ready: &Ready<'_>, entry: u16, filter: &'f Filter<'f>, now: Instant) -> Raised<'f> {
    Raised {
        findings: Vec::new(),
        wake_up: None,
        version: ready.place,
        entry,
        in_force: ready.in_force,
        now,
        filter,
    }
}

pub(super) fn collect<'f>(parts: impl IntoIterator<Item = Raised<'f>>, verdict: &mut Verdict) {
    for part in parts {
        verdict.findings.extend(part.findings);
        verdict.wake_up = earlier(verdict.wake_up, part.wake_up);
    }
}

/// Of the findings from place `from` on, keeps one a rule, person and month: the earliest.
/// Somebody who changed group in the month was compared with two.
fn keep_first_of_month(findings: &mut Vec<Finding>, from: usize) {
    let mut added = findings.split_off(from);
    added.sort_by_key(|finding| (finding.entry, finding.employee, finding.start, finding.at));
    added.dedup_by_key(|finding| (finding.entry, finding.employee, finding.start));
    findings.append(&mut added);
}
