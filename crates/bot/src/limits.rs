//! How often somebody may ask.

use std::num::NonZeroU32;
use std::time::Duration;

use governor::{DefaultKeyedRateLimiter, Quota, RateLimiter};

/// Some at once, then one in so many seconds.
const SPEAK: (u32, u64) = (10, 3);
const CODES: (u32, u64) = (5, 180);
/// How many people may have written before those of long ago are forgotten.
const FORGET_FROM: usize = 10_000;

/// Who has asked how often.
pub(crate) struct Limits {
    speak: DefaultKeyedRateLimiter<i64>,
    codes: DefaultKeyedRateLimiter<i64>,
}

fn limiter((burst, every_s): (u32, u64)) -> DefaultKeyedRateLimiter<i64> {
    let burst = NonZeroU32::new(burst).unwrap_or(NonZeroU32::MIN);
    let quota = Quota::with_period(Duration::from_secs(every_s));
    let quota = quota.unwrap_or(Quota::per_second(NonZeroU32::MIN));
    RateLimiter::keyed(quota.allow_burst(burst))
}

fn may(limiter: &DefaultKeyedRateLimiter<i64>, user: i64) -> bool {
    if limiter.len() > FORGET_FROM {
        limiter.retain_recent();
    }
    limiter.check_key(&user).is_ok()
}

impl Limits {
    pub fn new() -> Limits {
        Limits {
            speak: limiter(SPEAK),
            codes: limiter(CODES),
        }
    }

    /// Whether somebody may ask for something now.
    pub fn may_speak(&self, user: i64) -> bool {
        may(&self.speak, user)
    }

    /// Whether somebody may try a code now.
    pub fn may_try_code(&self, user: i64) -> bool {
        may(&self.codes, user)
    }
}
