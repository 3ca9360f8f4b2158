//! How many must be looked at.

use crate::normal::{one_sided, two_sided};

/// How many to draw to know a share to within ± `margin`; `None` where the share or the margin does
/// not lie in 0..=1, or the margin is 0.
///
/// n₀ = z² p(1−p) / margin², and in a finite population n₀ / (1 + (n₀ − 1)/N); rounded up. W. G.
/// Cochran, *Sampling Techniques*, 4. `share` is what one expects; 0.5 is the worst case.
///
/// # Example: a month's ten calls say little
///
/// ```
/// use stats::size_for_share;
///
/// assert_eq!(size_for_share(0.5, 0.05, 0.95, None), Some(385));
/// assert_eq!(size_for_share(0.5, 0.05, 0.95, Some(1000)), Some(278));
/// assert_eq!(size_for_share(0.5, 0.15, 0.95, Some(100)), Some(31));
/// ```
pub fn size_for_share(
    share: f64,
    margin: f64,
    confidence: f64,
    population: Option<u64>,
) -> Option<u64> {
    let valid = (0.0..=1.0).contains(&share) && margin <= 1.0;
    valid
        .then(|| size_for_mean(share * (1.0 - share), margin, confidence, population))
        .flatten()
}

/// [`size_for_share`] for a mean of known variance: a share has p(1−p), an NPS P + D − (P − D)².
///
/// `None` where the variance is negative or the margin not above 0, or either is no number. At
/// least 1, and not above the population.
pub fn size_for_mean(
    variance: f64,
    margin: f64,
    confidence: f64,
    population: Option<u64>,
) -> Option<u64> {
    let numbers = variance.is_finite() && margin.is_finite();
    if !numbers || variance < 0.0 || margin <= 0.0 {
        return None;
    }
    let z = two_sided(confidence);
    let unlimited = (z * z * variance / (margin * margin)).max(1.0);
    match population {
        None => Some(whole(unlimited)),
        Some(all) => Some(whole(unlimited / (1.0 + (unlimited - 1.0) / all as f64)).min(all)),
    }
}

/// How many are needed of each of two to tell their shares apart with a given power; `None` where
/// the shares are equal or not in 0..=1.
///
/// n = (z₁₋α⸝₂ + z_power)² · (p₁(1−p₁) + p₂(1−p₂)) / (p₁ − p₂)², two-sided, variances not pooled;
/// rounded up. J. L. Fleiss, *Statistical Methods for Rates and Proportions*, 3, without the
/// continuity correction.
///
/// ```
/// assert_eq!(stats::size_to_tell_shares_apart(0.85, 0.92, 0.95, 0.8), Some(323));
/// ```
pub fn size_to_tell_shares_apart(
    first: f64,
    second: f64,
    confidence: f64,
    power: f64,
) -> Option<u64> {
    let valid = (0.0..=1.0).contains(&first) && (0.0..=1.0).contains(&second);
    let variances = (first * (1.0 - first), second * (1.0 - second));
    valid
        .then(|| size_to_tell_means_apart(variances, first - second, confidence, power))
        .flatten()
}

/// [`size_to_tell_shares_apart`] for two means of known variances that lie `difference` apart.
///
/// `None` where the difference is 0, a variance negative, or any of them no number.
pub fn size_to_tell_means_apart(
    variances: (f64, f64),
    difference: f64,
    confidence: f64,
    power: f64,
) -> Option<u64> {
    let sum = variances.0 + variances.1;
    let numbers = sum.is_finite() && difference.is_finite();
    if !numbers || variances.0 < 0.0 || variances.1 < 0.0 || difference == 0.0 {
        return None;
    }
    let z = two_sided(confidence) + one_sided(power);
    Some(whole((z * z * sum / (difference * difference)).max(1.0)))
}

/// Rounds up; more than 64 bits hold is as many as they hold.
fn whole(size: f64) -> u64 {
    size.ceil() as u64
}
