//! Statistics of counts, shares, durations and marks: every number with its uncertainty.
//!
//! The crate knows formulas. It must never know what is counted: no events, no rules, no people, no
//! thresholds of anybody's regulation. It draws no random numbers and asks no clock, so the same
//! figures always give the same answer.
//!
//! # Conventions
//!
//! * What is undefined is `None`, never 0: the share of nothing, the mean of no weight, the
//!   agreement of raters who had no choice.
//! * Shares, scores and marks lie in 0..=1, an NPS in −1..=1. Percent and points are a matter of
//!   display, and so is rounding.
//! * An [`Interval`] is its lower and its upper end. A confidence such as `0.95` lies between 0 and
//!   1; what lies outside, or is no number, is moved to the nearer end.
//! * Each function names its formula and where it comes from.

mod agreement;
mod binomial;
mod mean;
mod normal;
mod nps;
mod proportion;
mod rate;
mod sample;
mod scorecard;
mod shares;
mod survival;

pub use agreement::{Agreement, Distance, MIN_UNITS, alpha};
pub use binomial::{binomial_tail, binomial_tail_is_below, funnel_limits};
pub use mean::{effective_size, shrunk_share, weighted_mean};
pub use nps::{Nps, finite_population_correction};
pub use proportion::{wilson, wilson_of_share};
pub use rate::weighted_rate_interval;
pub use sample::{
    size_for_mean, size_for_share, size_to_tell_means_apart, size_to_tell_shares_apart,
};
pub use scorecard::{Card, Gate, Item, Tally};
pub use shares::fisher;
pub use survival::{Step, Survival, median_ranks, quantile_ranks};

/// The lower and the upper end.
pub type Interval = (f64, f64);
