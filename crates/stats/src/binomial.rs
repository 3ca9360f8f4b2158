//! The exact binomial distribution.

use crate::normal::bounded;

/// P(X ≥ k) where X counts hits in `n` independent tries of chance `p`: the p-value of a one-sided
/// exact test for "more than chance".
///
/// 1 where k is 0, 0 where k is above `n`, exact where p is 0 or 1; a `p` outside 0..=1 is moved to
/// the nearer end, and no number gives no number. The smaller tail is summed from its largest term
/// on, so that it keeps its relative precision (about 1e-12) however small it is and up to `n` of
/// many millions. The first term is that of C. Loader, *Fast and Accurate Computation of Binomial
/// Probabilities* (2000), which avoids the cancellation of logarithms of factorials.
///
/// # Example: 12 lost of 20 where others lose 30 %
///
/// ```
/// let p = stats::binomial_tail(12, 20, 0.3);
/// assert!((p - 0.00514).abs() < 1e-5);
/// assert_eq!(stats::binomial_tail(1, 20, 0.0), 0.0); // others never lose: the slightest loss is beyond chance
/// assert_eq!(stats::binomial_tail(0, 20, 0.0), 1.0);
/// ```
pub fn binomial_tail(k: u64, n: u64, p: f64) -> f64 {
    let p = p.clamp(0.0, 1.0);
    if p.is_nan() {
        return p;
    }
    if k == 0 {
        return 1.0;
    }
    if k > n || p == 0.0 {
        return 0.0;
    }
    if p == 1.0 {
        return 1.0;
    }
    if k as f64 > n as f64 * p {
        upper_sum(k, n, p)
    } else {
        1.0 - lower_sum(k - 1, n, p)
    }
}

/// Whether [`binomial_tail`] is below a level: the same answer, sooner. Far from the level a few
/// terms of the sum decide.
///
/// ```
/// assert!(stats::binomial_tail_is_below(12, 20, 0.3, 0.01));
/// assert!(!stats::binomial_tail_is_below(7, 20, 0.3, 0.01));
/// ```
pub fn binomial_tail_is_below(k: u64, n: u64, p: f64, level: f64) -> bool {
    let summed_up = 0 < k && k <= n && 0.0 < p && p < 1.0 && k as f64 > n as f64 * p;
    if summed_up {
        let odds = p / (1.0 - p);
        let mut term = point(k, n, p);
        let mut sum = 0.0;
        for i in k..(k + EARLY_TERMS).min(n) {
            sum += term;
            // A margin for rounding: what is near the level is left to the whole sum.
            if sum > level * 1.000_001 {
                return false;
            }
            term *= (n - i) as f64 / (i + 1) as f64 * odds;
        }
    }
    binomial_tail(k, n, p) < level
}

/// Terms looked at before the whole sum is taken.
const EARLY_TERMS: u64 = 16;

/// P(X ≤ k), the other tail.
fn at_most(k: u64, n: u64, p: f64) -> f64 {
    // Misses are binomial too.
    if k >= n {
        1.0
    } else {
        binomial_tail(n - k, n, 1.0 - p)
    }
}

/// The counts between which a person of average chance `centre` stays with the given confidence in
/// `n` cases: exact limits of a funnel plot. `None` where `n` is 0 or the centre does not lie in
/// 0..=1.
///
/// Low is the least count with P(X ≤ low) ≥ α/2, high the least with P(X ≤ high) ≥ 1 − α/2, where α
/// = 1 − confidence: below low and above high lies at most α/2 each. D. J. Spiegelhalter, *Funnel
/// plots for comparing institutional performance* (2005). 95 % is a reason to look, 99.8 % to act:
/// of 400 comparisons a day 20 leave the former by chance, and 0.8 the latter.
///
/// ```
/// // Six to ten of ten are within chance where the average is 85 %.
/// assert_eq!(stats::funnel_limits(10, 0.85, 0.95), Some((6, 10)));
/// ```
pub fn funnel_limits(n: u64, centre: f64, confidence: f64) -> Option<(u64, u64)> {
    if n == 0 || !(0.0..=1.0).contains(&centre) {
        return None;
    }
    let tail = (1.0 - bounded(confidence)) / 2.0;
    let high_tail = least(n, |k| binomial_tail(k + 1, n, centre) <= tail);
    Some((least(n, |k| at_most(k, n, centre) >= tail), high_tail))
}

/// The least count up to `n` from which on something holds; `n` where it holds of none before.
pub(crate) fn least(n: u64, holds: impl Fn(u64) -> bool) -> u64 {
    let (mut from, mut to) = (0, n);
    while from < to {
        let middle = from + (to - from) / 2;
        if holds(middle) {
            to = middle;
        } else {
            from = middle + 1;
        }
    }
    from
}

/// Σ P(X = i) for i ≥ k, where k lies above the mean.
fn upper_sum(k: u64, n: u64, p: f64) -> f64 {
    let odds = p / (1.0 - p);
    let ratios = (k..n).map(|i| (n - i) as f64 / (i + 1) as f64 * odds);
    series(point(k, n, p), ratios)
}

/// Σ P(X = i) for i ≤ k, where k lies below the mean.
fn lower_sum(k: u64, n: u64, p: f64) -> f64 {
    let odds = (1.0 - p) / p;
    let ratios = (1..=k).rev().map(|i| i as f64 / (n - i + 1) as f64 * odds);
    series(point(k, n, p), ratios)
}

/// The sum of a series with falling ratios, until its terms no longer count.
fn series(first: f64, ratios: impl Iterator<Item = f64>) -> f64 {
    let mut sum = 1.0;
    let mut term = 1.0;
    for ratio in ratios {
        term *= ratio;
        if term < sum * 1e-18 {
            break;
        }
        sum += term;
    }
    (first * sum).min(1.0)
}

/// P(X = k) for 0 < p < 1, by Loader's saddle-point expansion.
fn point(k: u64, n: u64, p: f64) -> f64 {
    let (x, size, q) = (k as f64, n as f64, 1.0 - p);
    if k == 0 {
        return (size * (-p).ln_1p()).exp();
    }
    if k == n {
        return (size * p.ln()).exp();
    }
    let misses = size - x;
    let log = stirling_error(n)
        - stirling_error(k)
        - stirling_error(n - k)
        - deviance(x, size * p)
        - deviance(misses, size * q);
    log.exp() * (size / (std::f64::consts::TAU * x * misses)).sqrt()
}

/// ln n! − ln(√(2πn) (n/e)ⁿ), for n ≥ 1.
fn stirling_error(n: u64) -> f64 {
    let x = n as f64;
    if n <= 15 {
        let factorial: f64 = (1..=n).map(|i| i as f64).product();
        return factorial.ln() - (x + 0.5) * x.ln() + x - 0.5 * std::f64::consts::TAU.ln();
    }
    let x2 = x * x;
    (1.0 / 12.0
        - (1.0 / 360.0 - (1.0 / 1260.0 - (1.0 / 1680.0 - 1.0 / 1188.0 / x2) / x2) / x2) / x2)
        / x
}

/// x ln(x/m) + m − x, without cancellation where x is near m.
fn deviance(x: f64, m: f64) -> f64 {
    if (x - m).abs() >= 0.1 * (x + m) {
        return x * (x / m).ln() + m - x;
    }
    let v = (x - m) / (x + m);
    let mut sum = (x - m) * v;
    let mut power = 2.0 * x * v;
    for odd in (3..).step_by(2) {
        power *= v * v;
        let next = sum + power / f64::from(odd);
        if next == sum {
            break;
        }
        sum = next;
    }
    sum
}
