//! Shares.

use crate::Interval;
use crate::normal::two_sided;

/// The Wilson score interval of a share of `hits` in `n`; `None` where `n` is 0 or less than
/// `hits`.
///
/// With p the share and z the normal quantile: centre (p + z²/2n) / (1 + z²/n), half-width z / (1 +
/// z²/n) · √(p(1−p)/n + z²/4n²). E. B. Wilson, *Journal of the American Statistical Association* 22
/// (1927).
///
/// Unlike p ± z·√(p(1−p)/n) it is never empty of width at 0 and 1, stays within them, and keeps its
/// word for small `n`.
///
/// # Example: five of five is not certainty
///
/// ```
/// let (low, high) = stats::wilson(5, 5, 0.95).unwrap();
/// assert_eq!(format!("{:.1}-{:.1} %", low * 100.0, high * 100.0), "56.6-100.0 %");
/// assert_eq!(stats::wilson(0, 0, 0.95), None); // no answer is not "0 %"
/// ```
pub fn wilson(hits: u64, n: u64, confidence: f64) -> Option<Interval> {
    if hits > n {
        return None;
    }
    wilson_of_share(hits as f64 / n as f64, n as f64, confidence)
}

/// [`wilson`] for a share whose size need not be whole: the share of a weighted sample with its
/// effective size.
///
/// `None` where the share does not lie in 0..=1 or the size is not above 0.
pub fn wilson_of_share(share: f64, size: f64, confidence: f64) -> Option<Interval> {
    if !(0.0..=1.0).contains(&share) || size.is_nan() || size <= 0.0 {
        return None;
    }
    let z = two_sided(confidence);
    let z2 = z * z;
    let shrink = 1.0 + z2 / size;
    let centre = (share + z2 / (2.0 * size)) / shrink;
    let half = z / shrink * (share * (1.0 - share) / size + z2 / (4.0 * size * size)).sqrt();
    // At the ends one side is exact; rounding must not move the interval off the share.
    Some((
        (centre - half).clamp(0.0, share),
        (centre + half).clamp(share, 1.0),
    ))
}
