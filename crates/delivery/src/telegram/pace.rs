//! How fast Telegram may be asked: 30 messages a second in all, one a second to a chat, 20 a minute
//! to a group.

use std::num::NonZeroU32;
use std::sync::Mutex;
use std::time::Duration;

use governor::{DefaultDirectRateLimiter, DefaultKeyedRateLimiter, Quota, RateLimiter};
use tokio::time::Instant;

/// Some at once and the rest evenly: in no window of a second or a minute more than is allowed.
/// (At most `burst + window / every`.)
const ALL: (u32, f64) = (15, 1.0 / 15.0);
const CHAT: (u32, f64) = (1, 1.0);
const GROUP: (u32, f64) = (10, 6.0);
/// How many chats may have been written to before those of long ago are forgotten.
const FORGET_FROM: usize = 1_000;

/// Keeps the pace that Telegram sets.
pub struct Pace {
    all: DefaultDirectRateLimiter,
    chats: DefaultKeyedRateLimiter<i64>,
    groups: DefaultKeyedRateLimiter<i64>,
    /// Before this instant nothing goes out: Telegram has said so.
    held: Mutex<Option<Instant>>,
}

fn quota((burst, every_s): (u32, f64), second: Duration) -> Quota {
    let every = second.mul_f64(every_s).max(Duration::from_nanos(1));
    let burst = NonZeroU32::new(burst).unwrap_or(NonZeroU32::MIN);
    let quota = Quota::with_period(every).unwrap_or(Quota::per_second(NonZeroU32::MIN));
    quota.allow_burst(burst)
}

impl Pace {
    /// The pace, for seconds of this length: only tests have shorter ones.
    pub fn new(second: Duration) -> Pace {
        Pace {
            all: RateLimiter::direct(quota(ALL, second)),
            chats: RateLimiter::keyed(quota(CHAT, second)),
            groups: RateLimiter::keyed(quota(GROUP, second)),
            held: Mutex::new(None),
        }
    }

    /// Waits until so many messages (at most ten) may go to a chat. Groups have negative numbers.
    pub async fn turn(&self, chat: i64, messages: usize) {
        let number = u32::try_from(messages.clamp(1, 10)).ok();
        let number = number.and_then(NonZeroU32::new).unwrap_or(NonZeroU32::MIN);
        if chat < 0 {
            // It has room for ten.
            let _ = self.groups.until_key_n_ready(&chat, number).await;
        }
        self.chats.until_key_ready(&chat).await;
        let _ = self.all.until_n_ready(number).await;
        if self.chats.len() > FORGET_FROM {
            self.chats.retain_recent();
            self.groups.retain_recent();
        }
        loop {
            let held = self.held.lock().map_or(None, |held| *held);
            match held.filter(|until| *until > Instant::now()) {
                Some(until) => tokio::time::sleep_until(until).await,
                None => return,
            }
        }
    }

    /// Lets nothing out for so long.
    pub fn hold(&self, wait: Duration) {
        let until = Instant::now() + wait;
        if let Ok(mut held) = self.held.lock() {
            *held = Some(held.map_or(until, |earlier| earlier.max(until)));
        }
    }
}

#[cfg(test)]
mod tests {
    use governor::clock::FakeRelativeClock;

    use super::*;

    /// Asks as fast as it can for two minutes; the most that went out within a window.
    fn most_within(limit: (u32, f64), window_ms: u64) -> usize {
        let clock = FakeRelativeClock::default();
        let quota = quota(limit, Duration::from_secs(1));
        let limiter = RateLimiter::direct_with_clock(quota, clock.clone());
        let mut sent = Vec::new();
        // It has rested, so that a burst is possible.
        clock.advance(Duration::from_secs(600));
        for ms in 0..120_000_u64 {
            while limiter.check().is_ok() {
                sent.push(ms);
            }
            clock.advance(Duration::from_millis(1));
        }
        let within = |from: &u64| {
            sent.iter()
                .filter(|at| (*from..from + window_ms).contains(at))
                .count()
        };
        sent.iter().map(within).max().unwrap_or(0)
    }

    #[test]
    fn no_window_has_more_than_is_allowed() {
        // The fifteenth of a second is no whole number of milliseconds, so one may be left.
        assert!((29..=30).contains(&most_within(ALL, 1_000)));
        assert_eq!(most_within(CHAT, 1_000), 1);
        assert_eq!(most_within(GROUP, 60_000), 20);
    }
}
