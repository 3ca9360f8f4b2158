//! How patient a dispatcher is.

/// How patient a dispatcher is; times are in milliseconds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Settings {
    /// For how long a claim holds unless it is renewed. After a crash others wait as long.
    pub lease_ms: i64,
    /// How often to look for what other processes put.
    pub poll_ms: i64,
    /// How many messages are in its hands at once.
    pub at_once: usize,
    /// How often a message is tried before it is given up.
    pub attempts: i64,
    /// The wait after the first failure, doubled after each further one; each wait is shortened
    /// by chance, by up to half of it, so that what failed together does not come back together.
    pub first_wait_ms: i64,
    /// The longest wait.
    pub longest_wait_ms: i64,
    /// How long what was done, and its key, is kept.
    pub keep_ms: i64,
    /// How long deliveries under way may take when it is told to stop; after that they are given
    /// back.
    pub last_moments_ms: i64,
}

const SECOND: i64 = 1_000;
const MINUTE: i64 = 60 * SECOND;
const DAY: i64 = 24 * 60 * MINUTE;

impl Default for Settings {
    /// Ten attempts within some nine hours: longer than a mail server is down, shorter than
    /// anybody waits to hear that it is.
    fn default() -> Settings {
        Settings {
            lease_ms: MINUTE,
            poll_ms: SECOND,
            at_once: 8,
            attempts: 10,
            first_wait_ms: MINUTE,
            longest_wait_ms: 360 * MINUTE,
            keep_ms: 90 * DAY,
            last_moments_ms: 10 * SECOND,
        }
    }
}

impl Settings {
    /// How long to wait after so many attempts; `chance` is from 0 to 1.
    pub(crate) fn wait_ms(&self, attempts: i64, chance: f64) -> i64 {
        let doublings = u32::try_from(attempts.saturating_sub(1)).unwrap_or(0);
        let factor = 1_i64.checked_shl(doublings.min(40)).unwrap_or(i64::MAX);
        let whole = self.first_wait_ms.saturating_mul(factor);
        let whole = whole.min(self.longest_wait_ms).max(0);
        whole - (whole as f64 / 2.0 * chance.clamp(0.0, 1.0)) as i64
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn waits_grow_up_to_the_longest_and_are_shortened_by_at_most_half() {
        let settings = Settings::default();
        let waits = [0, 1, 2, 3, 9, 10, 1_000].map(|n| settings.wait_ms(n, 0.0) / MINUTE);
        assert_eq!(waits, [1, 1, 2, 4, 256, 360, 360]);
        assert_eq!(settings.wait_ms(2, 1.0), MINUTE);
        assert_eq!(settings.wait_ms(2, 0.5), 90 * SECOND);
        let all: i64 = (1..settings.attempts)
            .map(|n| settings.wait_ms(n, 0.0))
            .sum();
        assert!((8 * 60 * MINUTE..10 * 60 * MINUTE).contains(&all));
    }
}
