//! What every deal went through: stays at stages, and leads with their first answers.

use std::collections::BTreeMap;

use audit::judge::{Deal, Filter, Signals, Step};
use history::{ChannelId, DealId, EmployeeId, History, Instant, PipelineId, StageId, StageKind};
use rayon::prelude::*;
use worktime::{Clock, Schedule};

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
}

impl Flow {
    /// Walks all deals.
    pub fn of(audited: &Audited<'_>) -> Flow {
        let deals = audited.history.timelines.deals() as u32;
        let starts: Vec<u32> = (0..deals).step_by(DEALS_AT_ONCE as usize).collect();
        let walker = Walker {
            history: audited.history,
            clock: company_clock(audited),
            robots: Filter::robots(audited.regulation.latest(), audited.history),
            talk_ms: i64::from(audited.regulation.latest().talk_seconds) * 1000,
            now: audited.now,
        };
        let parts: Vec<Flow> = starts
            .into_par_iter()
            .map(|from| walker.walk(from..deals.min(from + DEALS_AT_ONCE)))
            .collect();
        let mut flow = Flow::default();
        for mut part in parts {
            flow.stays.append(&mut part.stays);
            flow.leads.append(&mut part.leads);
        }
        flow
    }

    /// The stays of a deal, the oldest first.
    pub fn of_deal(&self, deal: DealId) -> &[Stay] {
        let from = self.stays.partition_point(|stay| stay.deal < deal);
        let rest = &self.stays[from..];
        &rest[..rest.partition_point(|stay| stay.deal == deal)]
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
        parts
    }
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

impl Walker<'_> {
    fn walk(&self, deals: std::ops::Range<u32>) -> Flow {
        let mut flow = Flow::default();
        let mut deal = Deal::new(self.history, self.talk_ms, &[]);
        for id in deals {
            let timeline = self.history.timelines.deal(DealId(id)).until(self.now);
            if timeline.is_empty() {
                continue;
            }
            let mut first = First::nothing();
            deal.walk(timeline, |deal, step| first.see(deal, step));
            self.stays(&deal, first.source, &mut flow.stays);
            if let Some(lead) = self.lead(&deal, &first) {
                flow.leads.push(lead);
            }
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
                    employee: deal.responsibles.at(from).unwrap_or(EmployeeId::NONE),
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

    fn lead(&self, deal: &Deal<'_>, first: &First) -> Option<Lead> {
        let (at, stage) = first.created?;
        let pipeline = self.history.pipelines.pipeline(stage)?;
        if !self.robots.stage(stage) {
            return None;
        }
        let end = first.closed.or(deal.removed.map(|(at, _)| at));
        Some(Lead {
            deal: deal.id,
            pipeline,
            cut: Cut {
                employee: deal.responsibles.at(at).unwrap_or(EmployeeId::NONE),
                source: first.source,
                at,
            },
            answered: first.attempt.map(|answer| self.clock.work(at, answer)),
            reached: first.reached.map(|reached| reached - at),
            waited: self.clock.work(at, end.unwrap_or(self.now)),
            given_up: first.attempt.is_none() && end.is_some(),
        })
    }
}

/// What happened to a deal first.
struct First {
    source: ChannelId,
    created: Option<(Instant, StageId)>,
    attempt: Option<Instant>,
    reached: Option<Instant>,
    closed: Option<Instant>,
}

impl First {
    fn nothing() -> First {
        First {
            source: ChannelId::NONE,
            created: None,
            attempt: None,
            reached: None,
            closed: None,
        }
    }

    fn see(&mut self, deal: &Deal<'_>, step: &Step) {
        let at = step.event.at;
        if step.signals.any(Signals::CREATED) {
            self.source = step.event.channel;
            self.created = deal.is_open().then_some((at, deal.stage));
        }
        if step.signals.any(Signals::ATTEMPT) {
            self.attempt.get_or_insert(at);
        }
        if step.signals.any(Signals::REACHED) {
            self.reached.get_or_insert(at);
        }
        if step.signals.any(Signals::CLOSED) {
            self.closed.get_or_insert(at);
        }
    }
}
