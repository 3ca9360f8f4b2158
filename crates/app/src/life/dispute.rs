//! How long a finding may be disputed.

use history::Instant;
use worktime::{Clock, Limit};

/// The time for a dispute, as it runs for one person.
#[derive(Clone, Copy, Debug)]
pub struct Term<'a> {
    /// How long: `2wd` are two working days of the person.
    pub limit: Limit,
    /// The person's working time, less absences.
    pub clock: &'a Clock,
    /// What a working day is worth, in milliseconds.
    pub day_length_ms: i64,
}

impl Term<'_> {
    /// The last instant at which what was told at `told` may be disputed; none: the person never
    /// works so long.
    pub fn deadline(&self, told: Instant) -> Option<Instant> {
        self.limit.breach(self.clock, told, self.day_length_ms)
    }
}
