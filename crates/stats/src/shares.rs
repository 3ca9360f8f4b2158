//! Two shares beside each other.

/// Fisher's exact test: the chance that two shares lie at least as far apart as these, were there
/// no difference between them; each is hits of cases. Two-sided; `None` where there is nothing to
/// compare or hits exceed cases.
///
/// Given all hits, those of the first are hypergeometric. The chance is the sum over all outcomes
/// that are no likelier than what was seen. R. A. Fisher, *Statistical Methods for Research
/// Workers*, 5th edition (1934), §21.02. Unlike a test against a fixed share it takes the second
/// share for what it is: a sample, too.
///
/// # Example: 12 lost of 20, and 30 of 100
///
/// ```
/// let chance = stats::fisher((12, 20), (30, 100)).unwrap();
/// assert!((chance - 0.0189).abs() < 5e-5);
/// assert_eq!(stats::fisher((0, 5), (0, 7)), Some(1.0));
/// assert_eq!(stats::fisher((0, 0), (3, 7)), None);
/// ```
pub fn fisher(first: (u64, u64), second: (u64, u64)) -> Option<f64> {
    let ((hits, cases), (other_hits, others)) = (first, second);
    if cases == 0 || others == 0 || hits > cases || other_hits > others {
        return None;
    }
    let all = hits + other_hits;
    let (low, high) = (all.saturating_sub(others), all.min(cases));
    // How much likelier one hit more among the first is.
    let up = |k: u64| {
        let more = (all - k) as f64 * (cases - k) as f64;
        more / ((k + 1) as f64 * (others + k + 1 - all) as f64)
    };
    let middle = (all + 1) as f64 * (cases + 1) as f64 / (cases + others + 2) as f64;
    let mode = (middle as u64).clamp(low, high);
    // By the likeliest outcome, so that nothing overflows and only what is impossible vanishes.
    let mut weights = vec![(mode, 1.0)];
    let mut weight = 1.0;
    for k in mode..high {
        weight *= up(k);
        weights.push((k + 1, weight));
    }
    weight = 1.0;
    for k in (low..mode).rev() {
        weight /= up(k);
        weights.push((k, weight));
    }
    let seen = weights.iter().find(|(k, _)| *k == hits)?.1;
    // The small ones first. Equal chances differ by rounding.
    weights.sort_by(|a, b| a.1.total_cmp(&b.1));
    let sum = |limit: f64| {
        let counted = weights.iter().filter(|(_, weight)| *weight <= limit);
        counted.map(|(_, weight)| weight).sum::<f64>()
    };
    Some((sum(seen * (1.0 + 1e-9)) / sum(f64::INFINITY)).min(1.0))
}
