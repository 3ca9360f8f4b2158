//! Durations of which some have not ended: Kaplan–Meier.

use crate::binomial::{binomial_tail, least};
use crate::normal::bounded;
use crate::{Interval, wilson_of_share};

/// The Kaplan–Meier estimate of how long something lasts, from durations that ended and durations
/// that had not yet (censored).
///
/// S(t) = Π (1 − dᵢ/nᵢ) over the times tᵢ ≤ t at which some ended, dᵢ of the nᵢ that had lasted
/// until then. E. L. Kaplan, P. Meier, *Nonparametric Estimation from Incomplete Observations*,
/// JASA 53 (1958). Of equal durations those that ended come first.
///
/// Durations are whole numbers of any one unit, which all answers share.
///
/// # Example: leads of which some still wait
///
/// ```
/// use stats::Survival;
///
/// // Minutes to the first answer; two leads have waited for 30 and 200 minutes without one.
/// let waits = Survival::new(&[(5, true), (10, true), (30, false), (60, true), (200, false)]);
/// assert_eq!(waits.median(), Some(60)); // that of the answered alone would be 10
/// assert!((waits.ended_by(15).unwrap() - 0.4).abs() < 1e-12);
/// assert!((waits.ended_by(60).unwrap() - 0.7).abs() < 1e-12);
/// ```
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Survival {
    /// Ended or not, rising.
    times: Vec<i64>,
    steps: Vec<Step>,
}

/// A time at which some durations ended.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Step {
    /// The duration.
    pub time: i64,
    /// How many had lasted until then.
    pub at_risk: usize,
    /// How many of these ended then.
    pub ended: usize,
    /// The share that lasts longer.
    pub lasting: f64,
    /// Greenwood's Σ d / (n (n − d)) up to here; infinite where the last one ended.
    pub spread: f64,
}

impl Survival {
    /// The estimate from durations, each with whether it ended. Negative durations count as 0.
    pub fn new(durations: &[(i64, bool)]) -> Survival {
        let mut sorted: Vec<_> = durations
            .iter()
            .map(|(time, ended)| ((*time).max(0), !ended))
            .collect();
        sorted.sort_unstable();
        let mut steps: Vec<Step> = Vec::new();
        let (mut lasting, mut spread) = (1.0, 0.0);
        let mut gone = 0;
        for group in sorted.chunk_by(|a, b| a.0 == b.0) {
            let at_risk = sorted.len() - gone;
            let ended = group.iter().filter(|(_, censored)| !censored).count();
            gone += group.len();
            if ended > 0 {
                let left = (at_risk - ended) as f64;
                lasting *= left / at_risk as f64;
                spread += ended as f64 / (at_risk as f64 * left);
                steps.push(Step {
                    time: group[0].0,
                    at_risk,
                    ended,
                    lasting,
                    spread,
                });
            }
        }
        Survival {
            times: sorted.into_iter().map(|(time, _)| time).collect(),
            steps,
        }
    }

    /// The times at which some ended, rising.
    pub fn steps(&self) -> &[Step] {
        &self.steps
    }

    /// How many durations there are, ended or not.
    pub fn len(&self) -> usize {
        self.times.len()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.times.is_empty()
    }

    /// The longest duration, ended or not. Beyond it the estimate knows nothing unless all had
    /// ended by then.
    pub fn longest(&self) -> Option<i64> {
        self.times.last().copied()
    }

    /// The share that has ended within a time, 1 − S(t); `None` where it is not known: without
    /// durations, and beyond the longest one while some last.
    pub fn ended_by(&self, time: i64) -> Option<f64> {
        self.known(time)
            .then(|| self.at(time).map_or(0.0, |step| 1.0 - step.lasting))
    }

    /// The interval of [`Survival::ended_by`]: Wilson's with the effective size S(1 − S)/Var, where
    /// Var is Greenwood's variance.
    ///
    /// Without censoring the effective size is the number of durations, and this is Wilson's
    /// interval of a share. Where none or all have ended Greenwood's variance says nothing; then
    /// the number that had lasted until then serves, or the size before the last end. F. J. Dorey,
    /// E. L. Korn, *Effective sample sizes for confidence intervals for survival probabilities*,
    /// Statistics in Medicine 6 (1987).
    pub fn ended_by_interval(&self, time: i64, confidence: f64) -> Option<Interval> {
        let share = self.ended_by(time)?;
        wilson_of_share(share, self.effective_size(time)?, confidence)
    }

    /// The least time by which half have ended; `None` where fewer than half are known to end.
    pub fn median(&self) -> Option<i64> {
        self.quantile(0.5)
    }

    /// The least time by which a share of 0..=1 has ended; `None` where that much is not known to
    /// end. The share 0 is reached at once.
    pub fn quantile(&self, share: f64) -> Option<i64> {
        if share <= 0.0 {
            return (!self.is_empty()).then_some(0);
        }
        // Products of quotients miss round shares by a hair.
        let lasting = 1.0 - share + 1e-9;
        self.steps
            .iter()
            .find(|step| step.lasting <= lasting)
            .map(|step| step.time)
    }

    /// The interval of the median by order statistics; an end is `None` where it is not known, as
    /// the upper one is while too many last.
    ///
    /// With n durations of which all ended it is the pair of durations with the ranks of
    /// [`median_ranks`]. With censoring the ranks are those of the effective size at the median (at
    /// the last step where the median is not known), rounded down, and ends are the quantiles rank
    /// / effective size. `None` in place of the pair where there are too few durations for the
    /// confidence.
    ///
    /// ```
    /// use stats::Survival;
    ///
    /// let hours = Survival::new(&[1, 2, 3, 4, 5, 6, 7, 8, 9, 10].map(|time| (time, true)));
    /// assert_eq!(hours.median_interval(0.95), Some((Some(2), Some(9))));
    /// let few = Survival::new(&[1, 2, 3, 4, 5].map(|time| (time, true)));
    /// assert_eq!(few.median_interval(0.95), None);
    /// ```
    pub fn median_interval(&self, confidence: f64) -> Option<(Option<i64>, Option<i64>)> {
        let at = self
            .median()
            .or_else(|| self.steps.last().map(|step| step.time))?;
        // Rounding must not cost a whole number its last unit.
        let size = (self.effective_size(at)? + 1e-6).floor();
        let (low, high) = median_ranks(size as u64, confidence)?;
        let time = |rank: u64| self.quantile(rank as f64 / size);
        Some((time(low), time(high)))
    }

    /// The interval of [`Survival::quantile`] by order statistics, as [`Survival::median_interval`]
    /// makes it; an end is `None` where it is not known, be it that too many last or that there are
    /// too few durations for the confidence. `None` where none has ended.
    ///
    /// ```
    /// use stats::Survival;
    ///
    /// let hours: Vec<(i64, bool)> = (1..=30).map(|time| (time, true)).collect();
    /// let hours = Survival::new(&hours);
    /// assert_eq!(hours.quantile_interval(0.5, 0.95), Some((Some(10), Some(21))));
    /// // Of thirty none need lie above the upper tenth.
    /// assert_eq!(hours.quantile_interval(0.9, 0.95), Some((Some(23), None)));
    /// ```
    pub fn quantile_interval(
        &self,
        share: f64,
        confidence: f64,
    ) -> Option<(Option<i64>, Option<i64>)> {
        let at = self
            .quantile(share)
            .or_else(|| self.steps.last().map(|step| step.time))?;
        let size = (self.effective_size(at)? + 1e-6).floor();
        let (low, high) = quantile_ranks(size as u64, share, confidence);
        let time = |rank: Option<u64>| rank.and_then(|rank| self.quantile(rank as f64 / size));
        Some((time(low), time(high)))
    }

    /// The mean of durations cut at a horizon: the area under S(t) from 0 to it. `None` where S is
    /// not known so far; [`Survival::longest`] is the farthest horizon that always is.
    ///
    /// A mean without a horizon does not exist while some last: it would depend on the longest of
    /// them.
    ///
    /// ```
    /// use stats::Survival;
    ///
    /// let stays = Survival::new(&[(2, true), (4, false), (6, true), (8, false)]);
    /// assert_eq!(stays.restricted_mean(6), Some(2.0 + 4.0 * 0.75));
    /// assert_eq!(stays.restricted_mean(9), None);
    /// ```
    pub fn restricted_mean(&self, horizon: i64) -> Option<f64> {
        if !self.known(horizon) {
            return None;
        }
        let (mut area, mut since, mut lasting) = (0.0, 0, 1.0);
        for step in self.steps.iter().take_while(|step| step.time < horizon) {
            area += lasting * (step.time - since) as f64;
            (since, lasting) = (step.time, step.lasting);
        }
        Some(area + lasting * (horizon.max(0) - since) as f64)
    }

    /// The last step up to a time.
    fn at(&self, time: i64) -> Option<&Step> {
        self.steps[..self.steps.partition_point(|step| step.time <= time)].last()
    }

    fn known(&self, time: i64) -> bool {
        let all_ended = self.steps.last().is_some_and(|step| step.lasting == 0.0);
        self.longest()
            .is_some_and(|longest| time <= longest || all_ended)
    }

    fn effective_size(&self, time: i64) -> Option<f64> {
        let reached = &self.steps[..self.steps.partition_point(|step| step.time <= time)];
        if let Some(step) = reached.iter().rfind(|step| step.lasting > 0.0) {
            // S(1 − S) by Greenwood's variance S² Σ. Where all have ended the last step before that
            // serves.
            return Some((1.0 - step.lasting) / (step.lasting * step.spread));
        }
        // None has ended yet, or all at one time.
        let until = reached.first().map_or(time, |step| step.time);
        let lasted = self.times.len() - self.times.partition_point(|t| *t < until);
        (lasted > 0).then_some(lasted as f64)
    }
}

/// The ranks (from 1) of the ordered sample between which the median lies with at least the given
/// confidence; `None` where even the whole range does not suffice.
///
/// Low is the greatest rank with P(X < low) ≤ α/2 for X of the binomial distribution with chance ½;
/// high = n + 1 − low.
///
/// ```
/// assert_eq!(stats::median_ranks(100, 0.95), Some((40, 61)));
/// assert_eq!(stats::median_ranks(5, 0.95), None);
/// ```
pub fn median_ranks(n: u64, confidence: f64) -> Option<(u64, u64)> {
    let tail = (1.0 - bounded(confidence)) / 2.0;
    // By symmetry P(X < low) = P(X ≥ n + 1 − low).
    let beyond = n.checked_add(1)?;
    let high = least(beyond, |rank| binomial_tail(rank, n, 0.5) <= tail);
    (high <= n).then(|| (beyond - high, high))
}

/// The ranks (from 1) of the ordered sample between which the quantile of a share lies with at
/// least the given confidence, at most half of the rest on either side; `None` where the sample
/// has no such rank.
///
/// Low is the greatest rank with P(X < low) ≤ α/2, high the least one with P(X ≥ high) ≤ α/2, for X
/// of the binomial distribution with the share for its chance. For a half they are those of
/// [`median_ranks`].
///
/// ```
/// assert_eq!(stats::quantile_ranks(100, 0.5, 0.95), (Some(40), Some(61)));
/// assert_eq!(stats::quantile_ranks(100, 0.9, 0.95), (Some(84), Some(96)));
/// assert_eq!(stats::quantile_ranks(10, 0.9, 0.95), (Some(7), None));
/// ```
pub fn quantile_ranks(n: u64, share: f64, confidence: f64) -> (Option<u64>, Option<u64>) {
    let tail = (1.0 - bounded(confidence)) / 2.0;
    let Some(beyond) = n.checked_add(1) else {
        return (None, None);
    };
    // P(X < rank) is the chance of more than n − rank misses.
    let too_high = least(beyond, |rank| {
        binomial_tail(beyond - rank, n, 1.0 - share) > tail
    });
    let high = least(beyond, |rank| binomial_tail(rank, n, share) <= tail);
    let low = too_high.checked_sub(1).filter(|low| *low > 0);
    (low, Some(high).filter(|high| *high <= n))
}
