//! A share with its uncertainty.

/// Confidence of the interval beside a share.
const CONFIDENCE: f64 = 0.95;

/// A share with its base and its interval.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct Share {
    /// How many.
    pub hits: u64,
    /// Of how many.
    pub of: u64,
    /// The share.
    pub share: f64,
    /// Its Wilson interval at 95 %.
    pub interval: stats::Interval,
}

impl Share {
    /// The share of `hits` in `of`; none where there is nothing.
    pub fn of(hits: u64, of: u64) -> Option<Share> {
        let interval = stats::wilson(hits, of, CONFIDENCE)?;
        Some(Share {
            hits,
            of,
            share: hits as f64 / of as f64,
            interval,
        })
    }
}
