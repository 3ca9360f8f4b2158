//! Weighted means, and shares drawn towards the average.

/// Σ weight × value / Σ weight; `None` where there is no weight, or a weight is negative or no
/// number.
///
/// With weights 1 / chance of being drawn it is the estimate of Horvitz and Thompson (in Hájek's
/// form) of the mean of all, which repairs what a targeted selection bends.
///
/// # Example: targeted picks
///
/// ```
/// // 20 risky calls, half of them good, 15 reviewed; 80 others, 95 % good, 5 reviewed.
/// let reviewed = [(0.5, 15.0), (0.95, 5.0)];
/// assert!((stats::weighted_mean(&reviewed).unwrap() - 0.6125).abs() < 1e-12); // as if all calls were like these
/// let by_chance = [(0.5, 15.0 * 20.0 / 15.0), (0.95, 5.0 * 80.0 / 5.0)];
/// assert!((stats::weighted_mean(&by_chance).unwrap() - 0.86).abs() < 1e-12); // what is true of all
/// ```
pub fn weighted_mean(values_and_weights: &[(f64, f64)]) -> Option<f64> {
    let total = total_weight(values_and_weights.iter().map(|(_, weight)| *weight))?;
    Some(
        values_and_weights
            .iter()
            .filter(|(_, weight)| *weight > 0.0)
            .map(|(value, weight)| value * weight)
            .sum::<f64>()
            / total,
    )
}

/// (Σ w)² / Σ w²: how many equal observations tell as much as a weighted sample. `None` as for
/// [`weighted_mean`].
///
/// L. Kish, *Survey Sampling* (1965).
///
/// ```
/// let weights = [1.0, 1.0, 1.0, 1.0, 1.0, 1.0, 1.0, 1.0, 10.0, 10.0];
/// assert!((stats::effective_size(&weights).unwrap() - 3.77).abs() < 0.005); // not 10
/// ```
pub fn effective_size(weights: &[f64]) -> Option<f64> {
    let total = total_weight(weights.iter().copied())?;
    Some(total * total / weights.iter().map(|w| w * w).sum::<f64>())
}

fn total_weight(weights: impl Iterator<Item = f64> + Clone) -> Option<f64> {
    let good = weights.clone().all(|w| w >= 0.0 && w.is_finite());
    let total: f64 = weights.sum();
    (good && total > 0.0).then_some(total)
}

/// A share drawn towards a prior one: (hits + size × prior) / (n + size), for ranking people of
/// whom little is known.
///
/// `prior_size` is how many cases the prior is worth. `None` where there is neither a case nor a
/// prior, `hits` exceed `n`, or a number is impossible. It is the posterior mean under a beta
/// prior.
///
/// # Example: five of five is not better than anybody
///
/// ```
/// let shrunk = |hits, n| stats::shrunk_share(hits, n, 0.85, 20.0).unwrap();
/// assert_eq!(format!("{:.2}", shrunk(5, 5)), "0.88");
/// assert_eq!(format!("{:.2}", shrunk(60, 100)), "0.64");
/// ```
pub fn shrunk_share(hits: u64, n: u64, prior: f64, prior_size: f64) -> Option<f64> {
    let size = n as f64 + prior_size;
    let possible =
        hits <= n && (0.0..=1.0).contains(&prior) && prior_size >= 0.0 && size.is_finite();
    (possible && size > 0.0).then(|| (hits as f64 + prior_size * prior) / size)
}
