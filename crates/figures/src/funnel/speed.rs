//! How soon leads are answered and reached, with those that never were in the base.

use audit::judge::Filter;
use history::{PipelineId, StageId, StageKind};
use stats::{Interval, Survival, wilson};

use super::{CONFIDENCE, Lead};
use crate::Audited;

/// Within how many working minutes a lead is answered.
pub const ANSWERED_WITHIN: [i64; 3] = [5, 15, 60];
/// Within how many hours of plain time a client is reached: an hour, a day, four days.
pub const REACHED_WITHIN: [i64; 3] = [1, 24, 96];

const MINUTE: i64 = 60_000;
const HOUR: i64 = 60 * MINUTE;

/// How soon leads were answered.
#[derive(Clone, Debug, Default)]
pub struct Speed {
    /// All leads: the base of every share.
    pub leads: u64,
    /// Leads with no contact attempt so far.
    pub unanswered: u64,
    /// Answered within each of [`ANSWERED_WITHIN`].
    pub answered: [u64; 3],
    /// Reached within each of [`REACHED_WITHIN`].
    pub reached: [u64; 3],
    /// The median working time to the first contact attempt, in milliseconds, with the unanswered
    /// counted as waiting; none where fewer than half are known to be answered.
    pub median: Option<i64>,
}

impl Speed {
    pub(super) fn of(leads: &[&Lead]) -> Speed {
        let within = |limit: i64, time: fn(&Lead) -> Option<i64>| {
            let hits = leads
                .iter()
                .filter(|lead| time(lead).is_some_and(|time| time <= limit));
            hits.count() as u64
        };
        Speed {
            leads: leads.len() as u64,
            unanswered: leads.iter().filter(|lead| lead.answered.is_none()).count() as u64,
            answered: ANSWERED_WITHIN.map(|minutes| within(minutes * MINUTE, |lead| lead.answered)),
            reached: REACHED_WITHIN.map(|hours| within(hours * HOUR, |lead| lead.reached)),
            median: waits(leads).median(),
        }
    }

    /// The 95 % interval of a share of the leads.
    pub fn interval(&self, hits: u64) -> Option<Interval> {
        wilson(hits, self.leads, CONFIDENCE)
    }
}

/// How long leads wait for their first answer, in working time.
fn waits(leads: &[&Lead]) -> Survival {
    let waits: Vec<(i64, bool)> = leads
        .iter()
        .map(|lead| match lead.answered {
            Some(time) => (time, true),
            // Closed without an answer: it waits for ever.
            None if lead.given_up => (i64::MAX, false),
            None => (lead.waited, false),
        })
        .collect();
    Survival::new(&waits)
}

/// Within what time the regulation wants leads answered, by pipeline.
#[derive(Clone, Debug, Default)]
pub struct Limits(Vec<Option<i64>>);

impl Limits {
    /// Those of the latest version: of each pipeline that of the first `first-response` that
    /// looks at any of its open stages.
    pub fn of(audited: &Audited<'_>) -> Limits {
        let (version, history) = (audited.regulation.latest(), audited.history);
        let entries = version.entries.iter();
        let entries = entries.filter(|entry| entry.enabled && entry.rule.code == "first-response");
        let known: Vec<(Filter<'_>, i64)> = entries
            .map(|entry| {
                let limit = entry.limit("limit").plain_ms(version.day_length_ms);
                (Filter::new(entry, version, history), limit)
            })
            .collect();
        let pipelines = &history.pipelines;
        let limit = |pipeline: usize| {
            let stages = pipelines.stages.iter().enumerate();
            let open: Vec<StageId> = stages
                .filter(|(_, stage)| {
                    stage.kind == StageKind::Open && stage.pipeline.0 as usize == pipeline
                })
                .map(|(id, _)| StageId(id as u32))
                .collect();
            let looks = |filter: &Filter<'_>| open.iter().any(|stage| filter.stage(*stage));
            let found = known.iter().find(|(filter, _)| looks(filter));
            found.map(|(_, limit)| *limit)
        };
        Limits((0..pipelines.pipelines.len()).map(limit).collect())
    }

    /// That of a pipeline, in milliseconds of working time; none: the regulation asks for none.
    pub fn get(&self, pipeline: PipelineId) -> Option<i64> {
        self.0.get(pipeline.0 as usize).copied().flatten()
    }

    /// The one limit of these pipelines; none where they differ or have none.
    pub fn one(&self, pipelines: impl IntoIterator<Item = PipelineId>) -> Option<i64> {
        let mut limits = pipelines.into_iter().filter_map(|one| self.get(one));
        let first = limits.next()?;
        limits.all(|limit| limit == first).then_some(first)
    }

    /// Whether a lead was answered within its limit; none where it has none.
    pub fn is_in_time(&self, lead: &Lead) -> Option<bool> {
        let limit = self.get(lead.pipeline)?;
        Some(lead.answered.is_some_and(|time| time <= limit))
    }
}

/// A time by which a share of leads is answered.
#[derive(Clone, Copy, Default, PartialEq, Eq, Debug)]
pub struct Quantile {
    /// The time in milliseconds; none where that many are not known to be answered.
    pub time: Option<i64>,
    /// Its 95 % interval; an end is none where it is not known.
    pub interval: (Option<i64>, Option<i64>),
}

/// A point of the curve: the share answered within a time.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct Point {
    /// The time in milliseconds.
    pub time: i64,
    /// The share answered by then.
    pub share: f64,
    /// Its 95 % interval.
    pub interval: Interval,
}

/// How soon some leads are answered, with those that wait still in it.
#[derive(Clone, Debug, Default)]
pub struct Response {
    /// All leads.
    pub leads: u64,
    /// Of these, those without an answer so far.
    pub unanswered: u64,
    /// Those answered within the regulation's limit, of those that have one.
    pub in_time: (u64, u64),
    waits: Survival,
}

impl Response {
    /// Of some leads.
    pub fn of<'l>(leads: impl IntoIterator<Item = &'l Lead>, limits: &Limits) -> Response {
        let leads: Vec<&Lead> = leads.into_iter().collect();
        let limited = leads.iter().filter_map(|lead| limits.is_in_time(lead));
        let limited: Vec<bool> = limited.collect();
        Response {
            leads: leads.len() as u64,
            unanswered: leads.iter().filter(|lead| lead.answered.is_none()).count() as u64,
            in_time: (
                limited.iter().filter(|in_time| **in_time).count() as u64,
                limited.len() as u64,
            ),
            waits: waits(&leads),
        }
    }

    /// The 95 % interval of the share answered in time.
    pub fn in_time_interval(&self) -> Option<Interval> {
        wilson(self.in_time.0, self.in_time.1, CONFIDENCE)
    }

    /// The time by which a share of 0..=1 is answered.
    pub fn quantile(&self, share: f64) -> Quantile {
        let interval = self.waits.quantile_interval(share, CONFIDENCE);
        Quantile {
            time: self.waits.quantile(share),
            interval: interval.unwrap_or_default(),
        }
    }

    /// The share answered within each time at which one was, up to a horizon; beyond the last
    /// point it stays as it is there. At most `most` points: of more only some are told.
    pub fn curve(&self, horizon: i64, most: usize) -> Vec<Point> {
        let steps = self.waits.steps();
        let steps = &steps[..steps.partition_point(|step| step.time <= horizon)];
        let every = steps.len().div_ceil(most.max(1)).max(1);
        let last = steps.len().saturating_sub(1);
        let told = steps.iter().enumerate();
        let told = told.filter(|(i, _)| i % every == 0 || *i == last);
        told.filter_map(|(_, step)| {
            Some(Point {
                time: step.time,
                share: 1.0 - step.lasting,
                interval: self.waits.ended_by_interval(step.time, CONFIDENCE)?,
            })
        })
        .collect()
    }
}
