//! Limits as a regulation writes them: `15m`, `2h`, `3wd`, `7d`.

use std::fmt;

use crate::zone::{DAY_MS, MINUTE_MS};
use crate::{Clock, Instant};

const HOUR_MS: i64 = 60 * MINUTE_MS;

/// A duration with its unit. It is written as one whole number and one unit.
///
/// The unit says what passes: `m`, `h` and `wd` are working time, `d` is calendar time.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Limit {
    /// `15m`: minutes of working time.
    Minutes(u32),
    /// `2h`: hours of working time.
    Hours(u32),
    /// `3wd`: working days. How long one is, the regulation says.
    WorkDays(u32),
    /// `7d`: days of calendar time, 24 hours each. A day is not "until tomorrow at the same time":
    /// clock changes do not touch it.
    Days(u32),
}

/// A text that is no limit.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum LimitError {
    /// Not a whole number and one of the four units.
    #[error("`{0}` is not a limit; write a whole number and one unit: `15m`, `2h`, `3wd` or `7d`")]
    NotALimit(String),
    /// Longer than a hundred years.
    #[error("`{0}` is longer than a hundred years")]
    TooLong(String),
}

impl Limit {
    /// A hundred years: no sum of an instant and a limit can overflow.
    const MAX_DAYS: u32 = 36_525;

    /// Reads a limit such as `15m`.
    ///
    /// # Errors
    ///
    /// When the text is not a whole number followed at once by `m`, `h`, `wd` or `d`, or when it is
    /// more than 36 525 days of 24 hours (36 525 for `wd` too).
    ///
    /// ```
    /// use worktime::Limit;
    ///
    /// assert_eq!(Limit::parse("15m").unwrap(), Limit::Minutes(15));
    /// assert_eq!(Limit::parse("60m").unwrap().to_string(), "60m"); // as it was written, not `1h`
    /// assert!(Limit::parse("1.5h").is_err());
    /// assert!(Limit::parse("1h 30m").is_err());
    /// assert!(Limit::parse("999999999d").is_err());
    /// ```
    pub fn parse(text: &str) -> Result<Limit, LimitError> {
        let digits = text.bytes().take_while(u8::is_ascii_digit).count();
        let (number, unit) = text.split_at(digits);
        let (limit, per_day): (fn(u32) -> Limit, u32) = match unit {
            "m" => (Limit::Minutes, 24 * 60),
            "h" => (Limit::Hours, 24),
            "wd" => (Limit::WorkDays, 1),
            "d" => (Limit::Days, 1),
            _ => return Err(LimitError::NotALimit(text.to_owned())),
        };
        if number.is_empty() {
            return Err(LimitError::NotALimit(text.to_owned()));
        }
        let bounded = number
            .parse()
            .ok()
            .filter(|n| *n <= Self::MAX_DAYS * per_day);
        bounded
            .map(limit)
            .ok_or_else(|| LimitError::TooLong(text.to_owned()))
    }

    /// The instant at which the limit is over on a clock: `add_work(start, limit)`, and for `d` so
    /// many times 24 hours later, whatever the clock. `None` where that much working time never
    /// comes. `day_length_ms` is what `1wd` is worth, in milliseconds.
    ///
    /// # Example: an hour of work, a working day, a day
    ///
    /// ```
    /// # use std::{collections::BTreeMap, sync::Arc};
    /// # use jiff::civil::date;
    /// # use worktime::{Calendar, Clock, Hours, Limit, Schedule, Zone};
    /// # let day = Hours::parse(&["09:00-13:00", "14:00-18:00"]).unwrap();
    /// # let mut week = [(); 7].map(|()| day.clone());
    /// # week[5] = Hours::closed();
    /// # week[6] = Hours::closed();
    /// # let zone = Zone::utc();
    /// # let calendar = Calendar { zone: zone.clone(), week, country: None, exceptions: BTreeMap::new() };
    /// # let clock = Clock::new(Schedule::Company(Arc::new(calendar)));
    /// // Monday to Friday, 09:00-13:00 and 14:00-18:00; a working day is eight hours.
    /// let at = |day, hour| zone.instant_from(date(2026, 11, day).at(hour, 0, 0, 0));
    /// let eight_hours = 8 * 3_600_000;
    /// let breach = |limit| Limit::parse(limit).unwrap().breach(&clock, at(20, 12), eight_hours);
    ///
    /// assert_eq!(breach("0m"), Some(at(20, 12)));
    /// assert_eq!(breach("2h"), Some(at(20, 15))); // over lunch
    /// assert_eq!(breach("1wd"), Some(at(23, 12))); // Friday noon to Monday noon
    /// assert_eq!(breach("1d"), Some(at(21, 12))); // Saturday noon
    /// ```
    pub fn breach(&self, clock: &Clock, start: Instant, day_length_ms: i64) -> Option<Instant> {
        let length = self.plain_ms(day_length_ms);
        match self {
            Limit::Days(_) => start.checked_add(length),
            Limit::Minutes(_) | Limit::Hours(_) | Limit::WorkDays(_) => {
                clock.add_work(start, length)
            }
        }
    }

    /// The least that can lie between a start and its breach, in milliseconds: working time never
    /// passes faster than time.
    ///
    /// It lets a caller skip the clock while too little time has passed for any breach.
    pub fn at_least(&self, day_length_ms: i64) -> i64 {
        self.plain_ms(day_length_ms)
    }

    /// The limit as plain time, in milliseconds: `1wd` is `day_length_ms`, `1d` is 24 hours.
    ///
    /// For parameters that are plain time whatever their unit, such as the grace of a late start.
    pub fn plain_ms(&self, day_length_ms: i64) -> i64 {
        match self {
            Limit::Minutes(n) => i64::from(*n) * MINUTE_MS,
            Limit::Hours(n) => i64::from(*n) * HOUR_MS,
            Limit::WorkDays(n) => i64::from(*n).saturating_mul(day_length_ms.max(0)),
            Limit::Days(n) => i64::from(*n) * DAY_MS,
        }
    }

    /// [`Limit::plain_ms`] under the name that suits windows and pauses, which are calendar time
    /// whatever their unit.
    pub fn calendar_ms(&self, day_length_ms: i64) -> i64 {
        self.plain_ms(day_length_ms)
    }
}

impl fmt::Display for Limit {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Limit::Minutes(n) => write!(f, "{n}m"),
            Limit::Hours(n) => write!(f, "{n}h"),
            Limit::WorkDays(n) => write!(f, "{n}wd"),
            Limit::Days(n) => write!(f, "{n}d"),
        }
    }
}

impl std::str::FromStr for Limit {
    type Err = LimitError;

    fn from_str(text: &str) -> Result<Limit, LimitError> {
        Limit::parse(text)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_written_is_printed_back() {
        for text in [
            "0m",
            "15m",
            "60m",
            "2h",
            "3wd",
            "7d",
            "36525d",
            "36525wd",
            "876600h",
            "52596000m",
        ] {
            assert_eq!(Limit::parse(text).unwrap().to_string(), text);
        }
        assert_eq!("007d".parse(), Ok(Limit::Days(7)));
    }

    #[test]
    fn refuses_what_is_no_limit() {
        for text in [
            "", "m", "15", "-1m", "+1m", " 1m", "1 m", "1.5h", "1w", "1D", "1h30m", "1дн", "١m",
        ] {
            assert_eq!(
                Limit::parse(text),
                Err(LimitError::NotALimit(text.to_owned())),
                "{text}"
            );
        }
        for text in [
            "36526d",
            "36526wd",
            "876601h",
            "52596001m",
            "99999999999999999999m",
        ] {
            assert_eq!(
                Limit::parse(text),
                Err(LimitError::TooLong(text.to_owned())),
                "{text}"
            );
        }
    }

    #[test]
    fn hostile_lengths_of_a_day_do_not_overflow() {
        let limit = Limit::WorkDays(Limit::MAX_DAYS);
        assert_eq!(limit.plain_ms(Instant::MAX), Instant::MAX);
        assert_eq!(limit.plain_ms(-1), 0);
        assert_eq!(
            limit.breach(&Clock::always(), 0, Instant::MAX),
            Some(Instant::MAX)
        );
        assert_eq!(limit.breach(&Clock::always(), 1, Instant::MAX), None);
        assert_eq!(
            Limit::Days(1).breach(&Clock::always(), Instant::MAX, 0),
            None
        );
    }
}
