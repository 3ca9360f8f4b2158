//! Quantiles of the standard normal distribution.

use statrs::distribution::{ContinuousCDF, Normal};

/// A confidence moved into the range in which its quantiles are finite.
pub(crate) fn bounded(confidence: f64) -> f64 {
    // The comparison is false for what is no number, too.
    if confidence > 0.0 {
        confidence.min(1.0 - 1e-12)
    } else {
        0.0
    }
}

/// The quantile between which and its negative the middle `confidence` of the distribution lies:
/// 1.96 for 95 %.
pub(crate) fn two_sided(confidence: f64) -> f64 {
    one_sided(0.5 + bounded(confidence) / 2.0)
}

/// The quantile below which a share of the distribution lies: 0.84 for 80 %.
pub(crate) fn one_sided(share: f64) -> f64 {
    Normal::standard().inverse_cdf(bounded(share).max(1e-12))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quantiles_are_those_of_the_tables() {
        assert!((two_sided(0.95) - 1.959_963_984_540_054).abs() < 1e-12);
        assert!((two_sided(0.998) - 3.090_232_306_167_813_5).abs() < 1e-11);
        assert!((one_sided(0.8) - 0.841_621_233_572_914_3).abs() < 1e-12);
    }

    #[test]
    fn impossible_confidences_are_moved_to_the_nearer_end() {
        assert!(two_sided(0.0).abs() < 1e-15);
        assert!(two_sided(-3.0).abs() < 1e-15);
        assert!(two_sided(f64::NAN).abs() < 1e-15);
        assert!(two_sided(1.0).is_finite() && two_sided(7.0) > 7.0);
    }
}
