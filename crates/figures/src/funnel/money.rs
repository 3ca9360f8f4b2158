//! Hung money: what the stuck, silent and taskless deals of a stage may be worth.

use history::{DealId, Instant, PipelineId, StageId};
use rustc_hash::{FxHashMap, FxHashSet};

use super::Flow;
use crate::{Audited, Period};

/// Rules whose lasting findings say that a deal hangs.
pub(crate) const HANGS: [&str; 3] = ["stuck-in-stage", "silent-deal", "no-open-task"];
/// Over how long the share of deals that are won is taken, in milliseconds: 90 days.
const WINDOW: i64 = 90 * 86_400_000;

/// The time over which the share of deals that are won is taken.
pub(super) fn reached(now: Instant) -> Period {
    Period {
        from: now.saturating_sub(WINDOW).saturating_add(1),
        to: now.saturating_add(1),
    }
}

/// The money that hangs at a stage, with both its factors.
#[derive(Clone, Copy, Default, PartialEq, Debug)]
pub struct Hung {
    /// Deals that hang.
    pub deals: u64,
    /// The sum of their prices, in hundredths; an empty one is the pipeline's median won price.
    pub sum: i64,
    /// Of the deals, those whose price was empty or 0.
    pub guessed: u64,
    /// Deals that reached the stage in the last 90 days, and those of them that were won.
    pub reached: (u64, u64),
}

impl Hung {
    /// The share of deals that are won; none where no deal reached the stage.
    pub fn chance(&self) -> Option<f64> {
        let (reached, won) = self.reached;
        (reached > 0).then(|| won as f64 / reached as f64)
    }

    /// Sum × chance, in hundredths, rounded to whole units: it is an estimate. None where the
    /// chance is not known.
    pub fn money(&self) -> Option<i64> {
        let (reached, won) = (i128::from(self.reached.0), i128::from(self.reached.1));
        // In whole numbers, rounded half up, so that no order of adding matters.
        let units = |whole: i128| (2 * whole * won + 100 * reached).div_euclid(200 * reached);
        (reached > 0).then(|| (100 * units(i128::from(self.sum))) as i64)
    }
}

/// What hung money is reckoned with: the whole company's, whatever part is looked at.
pub struct Factors {
    hanging: FxHashSet<DealId>,
    /// The price of a deal that stands somewhere, in hundredths.
    prices: FxHashMap<DealId, i64>,
    median: FxHashMap<PipelineId, i64>,
    reached: FxHashMap<StageId, (u64, u64)>,
    pipelines: FxHashMap<StageId, PipelineId>,
}

impl Factors {
    /// The factors at the instant of the audit.
    pub fn of(audited: &Audited<'_>, flow: &Flow) -> Factors {
        let lasting = audited.findings.iter().filter(|finding| {
            finding.until.is_none()
                && HANGS.contains(&audited.entry(finding).1.rule.code)
                && finding.deal.is_some()
        });
        let mut factors = Factors {
            hanging: lasting.map(|finding| finding.deal).collect(),
            prices: FxHashMap::default(),
            median: FxHashMap::default(),
            reached: FxHashMap::default(),
            pipelines: FxHashMap::default(),
        };
        let mut won: FxHashMap<PipelineId, Vec<i64>> = FxHashMap::default();
        let mut seen = FxHashSet::default();
        let window = reached(audited.now);
        for stay in &flow.stays {
            let Some(pipeline) = audited.history.pipelines.pipeline(stay.stage) else {
                continue;
            };
            factors.pipelines.insert(stay.stage, pipeline);
            if stay.stands_open {
                factors.prices.insert(stay.deal, stay.price.unwrap_or(0));
            }
            if let Some(price) = stay.price.filter(|price| *price > 0)
                && stay.kind == history::StageKind::Won
                && stay.to.is_none()
            {
                won.entry(pipeline).or_default().push(price);
            }
            if window.holds(stay.cut.at) && seen.insert((stay.stage, stay.deal)) {
                let reached = factors.reached.entry(stay.stage).or_default();
                reached.0 += 1;
                reached.1 += u64::from(stay.won);
            }
        }
        let medians = won
            .into_iter()
            .map(|(pipeline, prices)| (pipeline, median(prices)));
        factors.median = medians.collect();
        factors
    }

    /// Whether a lasting finding says that a deal hangs, if it stands in an open stage.
    pub fn hangs(&self, deal: DealId) -> bool {
        self.hanging.contains(&deal)
    }

    /// The median price of the deals won in a pipeline, in hundredths.
    pub fn median_won(&self, pipeline: PipelineId) -> Option<i64> {
        self.median.get(&pipeline).copied()
    }

    /// The money of those of the deals standing at a stage that hang.
    pub fn hung(&self, stage: StageId, standing: impl Iterator<Item = DealId>) -> Hung {
        let median = self
            .pipelines
            .get(&stage)
            .and_then(|pipeline| self.median_won(*pipeline));
        let mut hung = Hung {
            reached: self.reached.get(&stage).copied().unwrap_or_default(),
            ..Hung::default()
        };
        for deal in standing.filter(|deal| self.hangs(*deal)) {
            let price = self.prices.get(&deal).copied().unwrap_or(0);
            hung.deals += 1;
            hung.guessed += u64::from(price == 0);
            let price = if price == 0 {
                median.unwrap_or(0)
            } else {
                price
            };
            hung.sum = hung.sum.saturating_add(price);
        }
        hung
    }
}

/// The middle price; of an even number the mean of the two in the middle, rounded down.
fn median(mut prices: Vec<i64>) -> i64 {
    prices.sort_unstable();
    let (low, high) = (prices[(prices.len() - 1) / 2], prices[prices.len() / 2]);
    low + (high - low) / 2
}
