//! What one person has in hand: open deals with what they may be worth, and what was won.

use std::cmp::Reverse;

use audit::judge::{Deal, Filter, Signals};
use audit::regulation::Severity;
use history::{DealId, EmployeeId, Instant, PipelineId, StageId, StageKind, TextId};
use rustc_hash::{FxHashMap, FxHashSet};

use crate::funnel::{Factors, Flow, HANGS, funnels};
use crate::{Audited, Period};

/// From how many deals on a share is told.
pub const ENOUGH: u64 = 20;
/// For how many days before the audit shares are taken.
pub const DAYS: i64 = 90;

const DAY: i64 = 86_400_000;

/// A share of deals that are won, with its base.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Chance {
    /// Deals that were won.
    pub won: u64,
    /// Of those that reached the stage, the ones that are not closed yet included.
    pub reached: u64,
    /// Whether it is that of the whole pipeline, because too few deals reached the stage.
    pub of_pipeline: bool,
}

impl Chance {
    /// A price times the share, in hundredths, rounded to whole units: it is an estimate.
    pub fn of(self, price: i64) -> i64 {
        let (won, reached) = (i128::from(self.won), i128::from(self.reached.max(1)));
        // In whole numbers, rounded half up, so that no order of adding matters.
        let units = (2 * i128::from(price) * won + 100 * reached).div_euclid(200 * reached);
        (100 * units) as i64
    }
}

/// What share of the deals at each stage of a company is won: of all its people together.
#[derive(Clone, Default, Debug)]
pub struct Chances {
    stages: FxHashMap<StageId, (u64, u64)>,
    pipelines: FxHashMap<PipelineId, (u64, u64)>,
    medians: FxHashMap<PipelineId, i64>,
}

impl Chances {
    /// The shares of the deals that came to a stage in the [`DAYS`] before the audit.
    pub fn of(audited: &Audited<'_>, flow: &Flow) -> Chances {
        let period = Period {
            from: audited.now.saturating_sub(DAYS * DAY - 1),
            to: audited.now.saturating_add(1),
        };
        let factors = Factors::of(audited, flow);
        let mut chances = Chances::default();
        for funnel in funnels(audited, flow, &factors, period) {
            let pipeline = funnel.pipeline;
            chances
                .pipelines
                .insert(pipeline, (funnel.won, funnel.deals));
            if let Some(median) = factors.median_won(pipeline) {
                chances.medians.insert(pipeline, median);
            }
            for stage in funnel.stages {
                chances
                    .stages
                    .insert(stage.stage, (stage.won, stage.entered));
            }
        }
        chances
    }

    /// The share of a stage: its own or, where fewer than [`ENOUGH`] deals reached it, that of its
    /// pipeline; none: they are too few there, too.
    pub fn at(&self, stage: StageId, pipeline: Option<PipelineId>) -> Option<Chance> {
        let chance = |of: Option<&(u64, u64)>, of_pipeline| {
            let (won, reached) = *of?;
            (reached >= ENOUGH).then_some(Chance {
                won,
                reached,
                of_pipeline,
            })
        };
        let whole = || chance(self.pipelines.get(&pipeline?), true);
        chance(self.stages.get(&stage), false).or_else(whole)
    }
}

/// An open deal of somebody, as it stands.
#[derive(Clone, PartialEq, Debug)]
pub struct OpenDeal {
    /// The deal.
    pub deal: DealId,
    /// Its stage, and since when it stands there.
    pub stage: StageId,
    /// Since when.
    pub since: Instant,
    /// Its price, in hundredths; where it is empty or 0, the median of the deals won in the pipeline.
    pub price: Option<i64>,
    /// Whether its own price is empty or 0.
    pub guessed: bool,
    /// The last contact: an attempt of ours, or a sign of the client's.
    pub contact: Option<Instant>,
    /// The last attempt of ours.
    pub attempt: Option<Instant>,
    /// Since when the client waits for an answer.
    pub waits: Option<Instant>,
    /// The open task that is due first, and what is to be done.
    pub task: Option<(Instant, TextId)>,
    /// Whether a lasting finding says that the deal hangs.
    pub hangs: bool,
    /// How many findings about it last, and the gravest of them.
    pub lasting: (u64, Option<Severity>),
    /// What share of such deals is won; none: too few came so far to tell.
    pub chance: Option<Chance>,
    /// Price times chance, in hundredths; none: one of them is not known.
    pub worth: Option<i64>,
}

impl OpenDeal {
    /// Whether somebody has to look at it before an instant: a task is due, the client waits, or
    /// something that was found lasts.
    pub fn needs_a_hand(&self, before: Instant) -> bool {
        self.task.is_some_and(|(due, _)| due < before) || self.waits.is_some() || self.lasting.0 > 0
    }
}

/// The open deals that somebody answers for, those of the pipelines of robots left out, in no
/// particular order. Of `audited` the findings about these deals are looked at, whoever they are held
/// against.
pub fn in_hand(audited: &Audited<'_>, chances: &Chances, employee: EmployeeId) -> Vec<OpenDeal> {
    let now = audited.now;
    let tenures = audited.tenures.iter();
    let own = tenures.filter(|one| one.employee == employee && one.from <= now && now < one.to);
    let deals: FxHashSet<DealId> = own.map(|tenure| tenure.deal).collect();
    let mut found: FxHashMap<DealId, (bool, u64, Option<Severity>)> = FxHashMap::default();
    for finding in audited.findings {
        if finding.until.is_none() && deals.contains(&finding.deal) {
            let known = found.entry(finding.deal).or_default();
            known.0 |= HANGS.contains(&audited.entry(finding).1.rule.code);
            known.1 += 1;
            known.2 = known.2.max(Some(audited.severity(finding)));
        }
    }
    let version = audited.regulation.latest();
    let robots = Filter::robots(version, audited.history);
    let talk_ms = i64::from(version.talk_seconds) * 1000;
    let mut walked = Deal::new(audited.history, talk_ms, &[]);
    let mut open = Vec::with_capacity(deals.len());
    for id in deals {
        let mut touch = Touch::default();
        let timeline = audited.history.timelines.deal(id).until(now);
        walked.walk(timeline, |_, step| touch.see(step.event.at, step.signals));
        let is_own = walked.responsible == employee;
        if is_own && walked.is_open() && walked.removed.is_none() && robots.stage(walked.stage) {
            let (hangs, count, gravest) = found.get(&id).copied().unwrap_or_default();
            open.push(OpenDeal {
                hangs,
                lasting: (count, gravest),
                ..standing(audited, chances, &walked, touch)
            });
        }
    }
    open
}

fn standing(audited: &Audited<'_>, chances: &Chances, deal: &Deal<'_>, touch: Touch) -> OpenDeal {
    let pipeline = audited.history.pipelines.pipeline(deal.stage);
    let own = deal.prices.at(audited.now).flatten();
    let own = own.filter(|price| *price > 0);
    let median = || chances.medians.get(&pipeline?).copied();
    let price = own.or_else(median);
    let chance = chances.at(deal.stage, pipeline);
    let open = deal.tasks.iter().filter(|task| task.open);
    let task = open.min_by_key(|task| (task.due, task.id));
    OpenDeal {
        deal: deal.id,
        stage: deal.stage,
        since: deal
            .stages
            .changes()
            .last()
            .map_or(deal.begun_at, |last| last.0),
        price,
        guessed: own.is_none(),
        contact: touch.contact,
        attempt: touch.attempt,
        waits: touch.waits,
        task: task.map(|task| (task.due, task.text)),
        hangs: false,
        lasting: (0, None),
        chance,
        worth: price.zip(chance).map(|(price, chance)| chance.of(price)),
    }
}

/// When somebody last heard of whom.
#[derive(Default)]
struct Touch {
    contact: Option<Instant>,
    attempt: Option<Instant>,
    waits: Option<Instant>,
}

impl Touch {
    fn see(&mut self, at: Instant, signals: Signals) {
        if signals.any(Signals::CONTACT) {
            self.contact = Some(at);
        }
        if signals.any(Signals::ATTEMPT) {
            self.attempt = Some(at);
            self.waits = None;
        } else if signals.any(Signals::MISSED_CALL | Signals::MESSAGE_IN) {
            self.waits.get_or_insert(at);
        }
    }
}

/// Puts deals in the order in which they are worth a call: those that were tried since `today` last,
/// else the one worth most first, of equal ones the one without contact for longest.
pub fn call_order(audited: &Audited<'_>, deals: &mut [OpenDeal], today: Instant) {
    let id = |deal: &OpenDeal| audited.history.deals.get(deal.deal.0).to_owned();
    deals.sort_by_cached_key(|deal| {
        let tried = deal.attempt.is_some_and(|at| today <= at);
        let worth = Reverse(deal.worth.unwrap_or(-1));
        let contact = deal.contact.unwrap_or(Instant::MIN);
        (tried, worth, contact, id(deal))
    });
}

/// A deal that somebody won.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Won {
    /// The deal.
    pub deal: DealId,
    /// When.
    pub at: Instant,
    /// Its price now, in hundredths.
    pub price: Option<i64>,
    /// Whether they answer for it still.
    pub is_theirs: bool,
}

/// The deals that were won in a period by who answered for them then, and are won still, the latest
/// first; those of the pipelines of robots left out.
pub fn won(audited: &Audited<'_>, employee: EmployeeId, period: Period) -> Vec<Won> {
    let tenures = audited.tenures.iter();
    let own = tenures.filter(|one| one.employee == employee && one.to >= period.from);
    let deals: FxHashSet<DealId> = own.map(|tenure| tenure.deal).collect();
    let robots = Filter::robots(audited.regulation.latest(), audited.history);
    let mut walked = Deal::new(audited.history, i64::MAX, &[]);
    let mut won = Vec::new();
    for id in deals {
        let mut last = None;
        let timeline = audited.history.timelines.deal(id).until(audited.now);
        walked.walk(timeline, |deal, step| {
            if step.signals.any(Signals::WON) {
                last = Some((step.event.at, deal.responsible));
            }
        });
        let stands = walked.kind == StageKind::Won && walked.removed.is_none();
        if let Some((at, by)) = last
            && stands
            && by == employee
            && period.holds(at)
            && robots.stage(walked.stage)
        {
            won.push(Won {
                deal: id,
                at,
                price: walked.prices.at(audited.now).flatten(),
                is_theirs: walked.responsible == employee,
            });
        }
    }
    won.sort_by_key(|one| (Reverse(one.at), one.deal));
    won
}
