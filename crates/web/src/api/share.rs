//! Shares with their uncertainty.

use app::life::share;
use serde::Serialize;
use utoipa::ToSchema;

/// A share with its base and its interval.
#[derive(Serialize, ToSchema)]
pub(crate) struct Share {
    /// How many.
    hits: u64,
    /// Of how many.
    of: u64,
    /// From 0 to 1.
    share: f64,
    /// The 95 % interval of the share (Wilson).
    interval: (f64, f64),
}

impl From<share::Share> for Share {
    fn from(share: share::Share) -> Share {
        Share {
            hits: share.hits,
            of: share.of,
            share: share.share,
            interval: share.interval,
        }
    }
}
