//! The funnel: what becomes of deals, how long they stand where, how soon leads are answered, where
//! money hangs, what deals wait for, who loses them, and how much everybody has on their hands.

mod flow;
mod load;
mod losses;
mod money;
mod now;
mod part;
mod past;
mod speed;

use std::collections::BTreeMap;

use audit::judge::Finding;
use history::{DealId, PipelineId, StageId, StageKind};
use rustc_hash::FxHashSet;
use stats::Survival;

use crate::{Audited, Period};

pub use flow::{Cut, Flow, Lead, Stay};
pub use load::{Burden, Load, Loads};
pub use losses::{Against, Closing, Compared, Loser, Losses, Typical};
pub(crate) use money::HANGS;
pub use money::{Factors, Hung};
pub use now::{Now, Standing, Task, Wait};
pub use part::{Listed, Part};
pub use speed::{ANSWERED_WITHIN, Limits, Point, Quantile, REACHED_WITHIN, Response, Speed};

/// Confidence of intervals.
const CONFIDENCE: f64 = 0.95;

/// The rules whose lasting findings are asked for here: that a deal hangs, that a stage overflows,
/// that somebody is overloaded.
pub const RULES: [&str; 5] = [
    money::HANGS[0],
    money::HANGS[1],
    money::HANGS[2],
    OVERFLOWS,
    load::OVERLOAD,
];

/// The rule that says that a stage overflows.
const OVERFLOWS: &str = "stage-overflow";

/// The stages that overflow now, each with the finding that says so.
pub fn overflows<'a>(audited: &Audited<'a>) -> BTreeMap<StageId, &'a Finding> {
    let lasting = audited.findings.iter().filter(|finding| {
        finding.until.is_none() && audited.entry(finding).1.rule.code == OVERFLOWS
    });
    lasting.map(|finding| (finding.stage, finding)).collect()
}

/// The funnel of one pipeline.
#[derive(Clone, Debug)]
pub struct Funnel {
    /// The pipeline.
    pub pipeline: PipelineId,
    /// Distinct deals that entered any of its stages.
    pub deals: u64,
    /// Of these, those that were won after it.
    pub won: u64,
    /// Of these, those that stand in a lost stage of it now.
    pub lost: u64,
    /// Its open stages, in their order.
    pub stages: Vec<Stage>,
    /// How soon its leads were answered.
    pub speed: Speed,
}

/// An open stage of a funnel.
#[derive(Clone, Debug)]
pub struct Stage {
    /// The stage.
    pub stage: StageId,
    /// Distinct deals that entered it.
    pub entered: u64,
    /// Of these, those that went on: to a later open stage of the pipeline, or won.
    pub onward: u64,
    /// Of these, those that were won after it.
    pub won: u64,
    /// How long deals stand here, in working time.
    pub time: Time,
    /// Money of the deals that hang here now.
    pub hung: Hung,
}

/// How long stays last; those that are not over are counted as lasting at least so long.
#[derive(Clone, Debug, Default)]
pub struct Time {
    /// Stays.
    pub stays: u64,
    /// Of these, those that are not over.
    pub unfinished: u64,
    /// The median, in milliseconds; none where fewer than half are known to be over.
    pub median: Option<i64>,
    /// Its 95 % interval; an end is none where it is not known.
    pub median_interval: Option<(Option<i64>, Option<i64>)>,
    /// The mean up to the longest stay, in milliseconds.
    pub mean: Option<f64>,
}

impl Time {
    fn of(stays: &[&Stay]) -> Time {
        let durations: Vec<(i64, bool)> = stays
            .iter()
            .map(|stay| (stay.worked, stay.to.is_some()))
            .collect();
        let survival = Survival::new(&durations);
        let longest = survival.longest();
        Time {
            stays: stays.len() as u64,
            unfinished: stays.iter().filter(|stay| stay.to.is_none()).count() as u64,
            median: survival.median(),
            median_interval: survival.median_interval(CONFIDENCE),
            mean: longest.and_then(|longest| survival.restricted_mean(longest)),
        }
    }
}

/// The funnels of all pipelines that somebody works in, in their order: of the stays and leads in
/// `flow` that begin in `period`. Money hangs at the instant of the audit, whatever the period.
pub fn funnels(
    audited: &Audited<'_>,
    flow: &Flow,
    factors: &Factors,
    period: Period,
) -> Vec<Funnel> {
    let pipelines = &audited.history.pipelines;
    let mut stays: BTreeMap<PipelineId, Vec<&Stay>> = BTreeMap::new();
    for stay in &flow.stays {
        if let Some(pipeline) = pipelines.pipeline(stay.stage) {
            stays.entry(pipeline).or_default().push(stay);
        }
    }
    stays
        .into_iter()
        .filter_map(|(pipeline, all)| {
            let leads: Vec<&Lead> = flow
                .leads
                .iter()
                .filter(|lead| lead.pipeline == pipeline && period.holds(lead.cut.at))
                .collect();
            let entered: Vec<&Stay> = all
                .iter()
                .copied()
                .filter(|stay| period.holds(stay.cut.at))
                .collect();
            let standing = all.iter().any(|stay| stay.stands_open);
            if entered.is_empty() && !standing {
                return None;
            }
            let lost: Vec<&Stay> = all
                .iter()
                .copied()
                .filter(|stay| stay.to.is_none() && stay.kind == StageKind::Lost)
                .collect();
            let deals = distinct(&entered);
            Some(Funnel {
                pipeline,
                deals: deals.len() as u64,
                won: distinct_of(&entered, |stay| stay.won),
                lost: lost
                    .iter()
                    .filter(|stay| deals.contains(&stay.deal))
                    .count() as u64,
                stages: open_stages(audited, pipeline)
                    .into_iter()
                    .map(|stage| stage_of(stage, &all, &entered, factors))
                    .collect(),
                speed: Speed::of(&leads),
            })
        })
        .collect()
}

/// The money that hangs at each open stage where any deal does, pipeline by pipeline in the order of
/// the stages.
pub fn hung_by_stage(
    audited: &Audited<'_>,
    flow: &Flow,
    factors: &Factors,
) -> Vec<(StageId, Hung)> {
    let mut standing: BTreeMap<StageId, Vec<DealId>> = BTreeMap::new();
    for stay in flow.stays.iter().filter(|stay| stay.stands_open) {
        standing.entry(stay.stage).or_default().push(stay.deal);
    }
    let pipelines = &audited.history.pipelines;
    let mut hung: Vec<(StageId, Hung)> = standing
        .into_iter()
        .map(|(stage, deals)| (stage, factors.hung(stage, deals.into_iter())))
        .filter(|(_, hung)| hung.deals > 0)
        .collect();
    hung.sort_by_key(|(id, _)| {
        let listed = pipelines.get(*id);
        (listed.map(|stage| (stage.pipeline, stage.sort)), *id)
    });
    hung
}

/// The open stages of a pipeline, in their order.
pub fn open_stages(audited: &Audited<'_>, pipeline: PipelineId) -> Vec<StageId> {
    let listed = audited.history.pipelines.stages.iter().enumerate();
    let mut stages: Vec<(i64, u32)> = listed
        .filter(|(_, stage)| stage.pipeline == pipeline && stage.kind == StageKind::Open)
        .map(|(id, stage)| (stage.sort, id as u32))
        .collect();
    stages.sort_unstable();
    stages.into_iter().map(|(_, id)| StageId(id)).collect()
}

fn stage_of(stage: StageId, all: &[&Stay], entered: &[&Stay], factors: &Factors) -> Stage {
    let here: Vec<&Stay> = entered
        .iter()
        .copied()
        .filter(|stay| stay.stage == stage)
        .collect();
    let standing = all
        .iter()
        .filter(|stay| stay.stage == stage && stay.stands_open);
    Stage {
        stage,
        entered: distinct(&here).len() as u64,
        onward: distinct_of(&here, |stay| stay.onward),
        won: distinct_of(&here, |stay| stay.won),
        time: Time::of(&here),
        hung: factors.hung(stage, standing.map(|stay| stay.deal)),
    }
}

fn distinct(stays: &[&Stay]) -> FxHashSet<DealId> {
    stays.iter().map(|stay| stay.deal).collect()
}

fn distinct_of(stays: &[&Stay], which: impl Fn(&Stay) -> bool) -> u64 {
    let chosen = stays.iter().filter(|stay| which(stay));
    chosen
        .map(|stay| stay.deal)
        .collect::<FxHashSet<DealId>>()
        .len() as u64
}
