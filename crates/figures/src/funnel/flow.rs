//! What every deal went through: stays at stages, leads with their first answers, closings; and
//! what stands open now, with its tasks.

use std::collections::BTreeMap;

use audit::judge::{Deal, Filter};
use history::{
    ChannelId, DealId, EmployeeId, History, Instant, PipelineId, Pipelines, StageId, StageKind,
};
use rayon::prelude::*;
use worktime::{Clock, Schedule};

use super::losses::Closing;
use super::now::{Standing, TASKS_OF, Task, Wait};
use super::past::{Past, answered_for};
use crate::Audited;

/// Deals given to a thread at a time.
const DEALS_AT_ONCE: u32 = 2048;

/// What stays and leads are told apart by.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Cut {
    /// Who answered for the deal after all events of that instant.
    pub employee: EmployeeId,
    /// Where the deal came from.
    pub source: ChannelId,
    /// When it began.
    pub at: Instant,
}

/// A stay of a deal at a stage.
#[derive(Clone, Copy, Debug)]
pub struct Stay {
    /// The deal.
    pub deal: DealId,
    /// The stage.
    pub stage: StageId,
    /// What standing in it means.
    pub kind: StageKind,
    /// By whom, from where, and when it was entered.
    pub cut: Cut,
    /// When the deal left it, or was removed; none: it stands there.
    pub to: Option<Instant>,
    /// Who answered for the deal at its end; of a deal that stands there, who does now.
    pub answers: EmployeeId,
    /// Working time from its beginning to its end or to the instant of the audit, in milliseconds.
    pub worked: i64,
    /// Whether the deal later entered a later open stage of the pipeline, or a won one.
    pub onward: bool,
    /// Whether the deal later entered a won stage of the pipeline.
    pub won: bool,
    /// Whether the deal stands there now and is open.
    pub stands_open: bool,
    /// The deal's price when the stay was entered or, for the last one, now; in hundredths.
    pub price: Option<i64>,
}

/// A deal created in an open stage.
#[derive(Clone, Copy, Debug)]
pub struct Lead {
    /// The deal.
    pub deal: DealId,
    /// The pipeline it was created in.
    pub pipeline: PipelineId,
    /// To whom, from where, and when it came.
    pub cut: Cut,
    /// Working time to the first contact attempt, in milliseconds; none: not answered yet.
    pub answered: Option<i64>,
    /// Plain time until the client was reached, in milliseconds; none: not reached yet.
    pub reached: Option<i64>,
    /// Working time that a lead without an answer has waited: until it was closed or removed, else
    /// until the instant of the audit.
    pub waited: i64,
    /// Whether it was closed or removed without an answer: it will never get one.
    pub given_up: bool,
}

/// Everything that deals went through up to the instant of the audit.
#[derive(Clone, Default, Debug)]
pub struct Flow {
    /// Stays at stages of pipelines in which somebody works, deal by deal in the order of their
    /// numbers, each deal's in the order of time.
    pub stays: Vec<Stay>,
    /// Leads of those pipelines.
    pub leads: Vec<Lead>,
    /// Closings in those pipelines.
    pub closings: Vec<Closing>,
    /// Deals that stand open in them now.
    pub standing: Vec<Standing>,
    /// Tasks of deals in them: those open now, and those that were due in the last four weeks.
    pub tasks: Vec<Task>,
}

impl Flow {
    /// Walks all deals.
    pub fn of(audited: &Audited<'_>) -> Flow {
        let deals = audited.history.timelines.deals() as u32;
        let starts: Vec<u32> = (0..deals).step_by(DEALS_AT_ONCE as usize).collect();
        let walker = Walker::new(audited);
        let parts: Vec<Flow> = starts
            .into_par_iter()
            .map(|from| walker.walk(from..deals.min(from + DEALS_AT_ONCE)))
            .collect();
        let mut flow = Flow::default();
        for mut part in parts {
            flow.stays.append(&mut part.stays);
            flow.leads.append(&mut part.leads);
            flow.closings.append(&mut part.closings);
            flow.standing.append(&mut part.standing);
            flow.tasks.append(&mut part.tasks);
        }
        flow
    }

    /// Walks some deals anew, to which something has happened; they are in order, each once. All
    /// else stays as it was walked.
    pub fn follow(&mut self, audited: &Audited<'_>, deals: &[DealId]) {
        let walker = Walker::new(audited);
        for deal in deals {
            let walked = walker.walk(deal.0..deal.0 + 1);
            renew(&mut self.stays, *deal, walked.stays, |stay| stay.deal);
            renew(&mut self.leads, *deal, walked.leads, |lead| lead.deal);
            renew(&mut self.closings, *deal, walked.closings, |closing| {
                closing.deal
            });
            renew(&mut self.standing, *deal, walked.standing, |standing| {
                standing.deal
            });
            renew(&mut self.tasks, *deal, walked.tasks, |task| task.deal);
        }
    }

    /// The stays of a deal, the oldest first.
    pub fn of_deal(&self, deal: DealId) -> &[Stay] {
        let from = self.stays.partition_point(|stay| stay.deal < deal);
        let rest = &self.stays[from..];
        &rest[..rest.partition_point(|stay| stay.deal == deal)]
    }

    /// The part of it that a cut is let through by.
    pub fn only(&self, keep: impl Fn(&Cut) -> bool) -> Flow {
        fn kept<T: Copy>(all: &[T], keep: impl Fn(&T) -> bool) -> Vec<T> {
            all.iter().filter(|one| keep(one)).copied().collect()
        }
        Flow {
            stays: kept(&self.stays, |stay| keep(&stay.cut)),
            leads: kept(&self.leads, |lead| keep(&lead.cut)),
            closings: kept(&self.closings, |closing| keep(&closing.cut)),
            standing: kept(&self.standing, |standing| keep(&standing.cut)),
            tasks: kept(&self.tasks, |task| keep(&task.cut)),
        }
    }

    /// The part of it that one pipeline saw.
    pub fn of_pipeline(&self, pipelines: &Pipelines, pipeline: PipelineId) -> Flow {
        let here = |stage: StageId| pipelines.pipeline(stage) == Some(pipeline);
        let mut flow = self.clone();
        flow.stays.retain(|stay| here(stay.stage));
        flow.leads.retain(|lead| lead.pipeline == pipeline);
        flow.closings.retain(|closing| here(closing.to));
        flow.standing.retain(|standing| here(standing.stage));
        flow.tasks.retain(|task| here(task.stage));
        flow
    }

    /// The flow in parts: by employee, source, month or whatever a cut tells.
    pub fn split<K: Ord>(&self, key: impl Fn(&Cut) -> K) -> BTreeMap<K, Flow> {
        let mut parts: BTreeMap<K, Flow> = BTreeMap::new();
        for stay in &self.stays {
            parts.entry(key(&stay.cut)).or_default().stays.push(*stay);
        }
        for lead in &self.leads {
            parts.entry(key(&lead.cut)).or_default().leads.push(*lead);
        }
        for closing in &self.closings {
            let part = parts.entry(key(&closing.cut)).or_default();
            part.closings.push(*closing);
        }
        for standing in &self.standing {
            let part = parts.entry(key(&standing.cut)).or_default();
            part.standing.push(*standing);
        }
        for task in &self.tasks {
            parts.entry(key(&task.cut)).or_default().tasks.push(*task);
        }
        parts
    }
}

/// Puts what a deal has now in the stead of what it had; `all` are in the order of deals.
fn renew<T>(all: &mut Vec<T>, deal: DealId, new: Vec<T>, of: impl Fn(&T) -> DealId) {
    let from = all.partition_point(|one| of(one) < deal);
    let had = all[from..].partition_point(|one| of(one) == deal);
    all.splice(from..from + had, new);
}

/// The company's hours by the latest version; where it has none, plain time.
fn company_clock(audited: &Audited<'_>) -> Clock {
    let calendar = audited.regulation.latest().calendar.clone();
    let clock = Clock::new(Schedule::Company(calendar));
    if clock.add_work(audited.now, 1).is_none() {
        return Clock::always();
    }
    clock
}

struct Walker<'a> {
    history: &'a History,
    clock: Clock,
    robots: Filter<'a>,
    talk_ms: i64,
    now: Instant,
}

impl<'a> Walker<'a> {
    fn new(audited: &Audited<'a>) -> Walker<'a> {
        Walker {
            history: audited.history,
            clock: company_clock(audited),
            robots: Filter::robots(audited.regulation.latest(), audited.history),
            talk_ms: i64::from(audited.regulation.latest().talk_seconds) * 1000,
            now: audited.now,
        }
    }

    fn walk(&self, deals: std::ops::Range<u32>) -> Flow {
        let mut flow = Flow::default();
        let mut deal = Deal::new(self.history, self.talk_ms, &[]);
        for id in deals {
            let timeline = self.history.timelines.deal(DealId(id)).until(self.now);
            if timeline.is_empty() {
                continue;
            }
            let mut past = Past::nothing();
            deal.walk(timeline, |deal, step| past.see(deal, step));
            self.stays(&deal, past.source, &mut flow.stays);
            flow.leads.extend(self.lead(&deal, &past));
            self.closings(&deal, &past, &mut flow.closings);
            flow.standing.extend(self.standing(&deal, &past));
            self.tasks(&deal, &past, &mut flow.tasks);
        }
        flow
    }

    fn stays(&self, deal: &Deal<'_>, source: ChannelId, stays: &mut Vec<Stay>) {
        let entered = deal.stages.changes();
        let pipelines = &self.history.pipelines;
        for (i, (from, stage)) in entered.iter().copied().enumerate() {
            if !self.robots.stage(stage) {
                continue;
            }
            let left = entered.get(i + 1).map(|(at, _)| *at);
            let to = left.or(deal.removed.map(|(at, _)| at));
            let later = &entered[i + 1..];
            let pipeline = pipelines.pipeline(stage);
            let won = |stage: &StageId| {
                pipelines.kind(*stage) == StageKind::Won && pipelines.pipeline(*stage) == pipeline
            };
            let further = |other: &StageId| {
                let (Some(here), Some(there)) = (pipelines.get(stage), pipelines.get(*other))
                else {
                    return false;
                };
                there.pipeline == here.pipeline
                    && there.kind == StageKind::Open
                    && there.sort > here.sort
            };
            let kind = pipelines.kind(stage);
            stays.push(Stay {
                deal: deal.id,
                stage,
                kind,
                cut: Cut {
                    employee: answered_for(deal, from),
                    source,
                    at: from,
                },
                to,
                answers: deal
                    .responsibles
                    .at(to.unwrap_or(self.now))
                    .unwrap_or(EmployeeId::NONE),
                worked: self.clock.work(from, to.unwrap_or(self.now)),
                onward: later.iter().any(|(_, stage)| won(stage) || further(stage)),
                won: later.iter().any(|(_, stage)| won(stage)),
                stands_open: to.is_none() && kind == StageKind::Open,
                price: deal.prices.at(left.map_or(self.now, |_| from)).flatten(),
            });
        }
    }

    fn lead(&self, deal: &Deal<'_>, past: &Past) -> Option<Lead> {
        let (at, stage) = past.created?;
        let pipeline = self.history.pipelines.pipeline(stage)?;
        if !self.robots.stage(stage) {
            return None;
        }
        let end = past.closed.or(deal.removed.map(|(at, _)| at));
        Some(Lead {
            deal: deal.id,
            pipeline,
            cut: Cut {
                employee: answered_for(deal, at),
                source: past.source,
                at,
            },
            answered: past.attempt.map(|answer| self.clock.work(at, answer)),
            reached: past.reached.map(|reached| reached - at),
            waited: self.clock.work(at, end.unwrap_or(self.now)),
            given_up: past.attempt.is_none() && end.is_some(),
        })
    }

    fn closings(&self, deal: &Deal<'_>, past: &Past, closings: &mut Vec<Closing>) {
        // A deal that was never open was never worked on.
        let worked = past
            .closings
            .iter()
            .filter_map(|closed| Some((closed, closed.opened?)));
        for (closed, opened) in worked.filter(|(closed, _)| self.robots.stage(closed.to)) {
            closings.push(Closing {
                deal: deal.id,
                from: closed.from,
                to: closed.to,
                lost: closed.lost,
                cut: Cut {
                    employee: answered_for(deal, closed.at),
                    source: past.source,
                    at: closed.at,
                },
                reason: closed.reason,
                worked: self.clock.work(opened, closed.at),
                attempts: closed.attempts,
                price: deal.prices.at(closed.at).flatten(),
            });
        }
    }

    fn standing(&self, deal: &Deal<'_>, past: &Past) -> Option<Standing> {
        let stands = deal.is_open() && deal.removed.is_none() && self.robots.stage(deal.stage);
        let (since, _) = *deal.stages.changes().last().filter(|_| stands)?;
        let open = deal.tasks.iter().filter(|task| task.open);
        let overdue = open.clone().filter(|task| task.due < self.now).count() as u32;
        let open = open.count() as u32;
        let moved = deal.stages.changes().len() > 1;
        Some(Standing {
            deal: deal.id,
            stage: deal.stage,
            cut: Cut {
                employee: deal.responsible,
                source: past.source,
                at: since,
            },
            price: deal.prices.at(self.now).flatten(),
            tasks: open,
            overdue,
            wait: if past.attempt.is_none() && !moved {
                Wait::FirstAnswer
            } else if past.client_waits.is_some() {
                Wait::Client
            } else if overdue > 0 {
                Wait::OverdueTask
            } else if open > 0 {
                Wait::Task
            } else {
                Wait::Nothing
            },
        })
    }

    fn tasks(&self, deal: &Deal<'_>, past: &Past, tasks: &mut Vec<Task>) {
        if !self.robots.stage(deal.stage) {
            return;
        }
        let stands = deal.is_open() && deal.removed.is_none();
        let recent = self.now.saturating_sub(TASKS_OF)..=self.now;
        for (place, task) in deal.tasks.iter().enumerate() {
            let open = task.open && stands;
            if open || (recent.contains(&task.due) && !past.is_dropped(place)) {
                tasks.push(Task {
                    deal: deal.id,
                    stage: deal.stage,
                    cut: Cut {
                        employee: task.employee,
                        source: past.source,
                        at: task.due,
                    },
                    open,
                });
            }
        }
    }
}
