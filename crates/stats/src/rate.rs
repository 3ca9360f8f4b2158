//! Rates of weighted counts.

use statrs::distribution::{ContinuousCDF, Gamma};

use crate::Interval;
use crate::normal::{bounded, one_sided};

/// The interval of the rate Σ count × weight / exposure, where each count is Poisson: the gamma
/// method of Fay and Feuer.
///
/// With E the exposure, y = Σ cw / E the rate, v = Σ cw² / E² its variance, w the largest weight /
/// E, α = 1 − confidence and G(q; shape, scale) the quantile of the gamma distribution:
///
/// * lower end: G(α/2; y²/v, v/y), and 0 where y is 0;
/// * upper end: G(1 − α/2; (y + w)²/(v + w²), (v + w²)/(y + w)).
///
/// M. P. Fay, E. J. Feuer, *Confidence intervals for directly standardized rates: a method based on
/// the gamma distribution*, Statistics in Medicine 16 (1997). With equal weights it is the exact
/// interval of a Poisson count (Garwood 1936).
///
/// The largest weight counts even where its count is 0: list every weight that could have occurred.
/// With no count at all the upper end is still above 0, because nothing seen is not nothing
/// possible. Entries whose weight is not above 0 or not finite are left out; with no entry left the
/// rate is 0 and so are both ends. An exposure that is not above 0 tells nothing: (0, ∞).
///
/// # Example: findings of three gravities in 120 deals, per 100 deals
///
/// ```
/// let (low, high) = stats::weighted_rate_interval(&[(5, 1.0), (2, 3.0), (0, 10.0)], 1.2, 0.9);
/// assert_eq!(format!("{low:.1} < 9.2 < {high:.1}"), "3.7 < 9.2 < 34.9");
///
/// let (low, high) = stats::weighted_rate_interval(&[(0, 1.0), (0, 3.0), (0, 10.0)], 1.2, 0.9);
/// assert_eq!(format!("{low:.1} < {high:.1}"), "0.0 < 25.0"); // one grave finding was not excluded
/// ```
pub fn weighted_rate_interval(
    counts_and_weights: &[(u64, f64)],
    exposure: f64,
    confidence: f64,
) -> Interval {
    if exposure.is_nan() || exposure <= 0.0 {
        return (0.0, f64::INFINITY);
    }
    let entries = || {
        counts_and_weights
            .iter()
            .filter(|(_, weight)| *weight > 0.0 && weight.is_finite())
    };
    let largest = entries().map(|(_, weight)| *weight).fold(0.0, f64::max);
    if largest == 0.0 {
        return (0.0, 0.0);
    }
    // In units of the largest weight, so that no square overflows or vanishes.
    let (mut rate, mut variance) = (0.0, 0.0);
    for (count, weight) in entries() {
        let (count, weight) = (*count as f64, weight / largest);
        rate += count * weight;
        variance += count * weight * weight;
    }
    let tail = (1.0 - bounded(confidence)) / 2.0;
    let low = if rate > 0.0 {
        gamma_quantile(tail, rate, variance)
    } else {
        0.0
    };
    let high = gamma_quantile(1.0 - tail, rate + 1.0, variance + 1.0);
    let unit = largest / exposure;
    (low.min(rate) * unit, high.max(rate) * unit)
}

/// The quantile of the gamma distribution with this mean and variance.
fn gamma_quantile(q: f64, mean: f64, variance: f64) -> f64 {
    let scale = variance / mean;
    let shape = mean / scale;
    if !shape.is_finite() {
        // Counts of weights so small beside the largest that their variance is 0 to a float.
        return mean;
    }
    if shape > 1e6 {
        // Wilson and Hilferty (1931): a search would be slow here, and no nearer than this (2e-10).
        let root = 1.0 - 1.0 / (9.0 * shape) + one_sided(q) / (3.0 * shape.sqrt());
        return mean * root.powi(3);
    }
    let gamma = Gamma::new(shape, 1.0)
        .expect("the mean of counts is not below their variance: the shape is at least 1");
    scale * gamma.inverse_cdf(q)
}
