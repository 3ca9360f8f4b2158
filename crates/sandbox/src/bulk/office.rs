//! When people are at work.

use history::Instant;
use jiff::{SignedDuration, Timestamp};

use crate::SandboxError;
use crate::days::{Days, HOUR, MINUTE};

const OPENS: Instant = 9 * HOUR;
const CLOSES: Instant = 19 * HOUR;

/// The working days of the history and of the months after it.
pub(super) struct Office {
    pub days: Days,
    /// For each day the next working one, itself if it is one.
    next: Vec<u32>,
}

impl Office {
    pub fn new(from: Timestamp, until: Timestamp) -> Result<Office, SandboxError> {
        let days = Days::new(from, until + SignedDuration::from_hours(24 * 120))?;
        let mut next = vec![days.len() as u32 - 1; days.len()];
        for day in (0..days.len() - 1).rev() {
            next[day] = if days.get(day).office {
                day as u32
            } else {
                next[day + 1]
            };
        }
        Ok(Office { days, next })
    }

    /// Whether the day of `at` is a working one, and its hour of the day.
    pub fn hour(&self, at: Instant) -> (bool, usize) {
        let day = self.days.get(self.days.index(at));
        (day.office, ((at - day.midnight) / HOUR) as usize)
    }

    /// Whether people are at work at `at`.
    pub fn open(&self, at: Instant) -> bool {
        let day = self.days.get(self.days.index(at));
        day.office && (OPENS..CLOSES).contains(&(at - day.midnight))
    }

    /// The instant after so many minutes of work from `at`.
    pub fn after(&self, at: Instant, minutes: i64) -> Instant {
        let mut day = self.days.index(at);
        let mut time = at - self.days.get(day).midnight;
        let mut rest = minutes * MINUTE;
        loop {
            let working = self.next[day] as usize;
            if working != day {
                (day, time) = (working, OPENS);
            }
            time = time.max(OPENS);
            if time + rest < CLOSES || day + 1 >= self.days.len() {
                return self.days.get(day).midnight + time + rest;
            }
            rest -= (CLOSES - time).max(0);
            (day, time) = (day + 1, OPENS);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(text: &str) -> Instant {
        format!("{text}+03:00")
            .parse::<Timestamp>()
            .unwrap()
            .as_millisecond()
    }

    #[test]
    fn work_skips_nights_weekends_and_holidays() {
        let from = "2025-01-01T00:00:00+03:00".parse().unwrap();
        let office = Office::new(from, from).unwrap();
        for (start, minutes, end) in [
            ("2025-03-03T10:00:00", 30, "2025-03-03T10:30:00"),
            ("2025-03-03T18:50:00", 30, "2025-03-04T09:20:00"),
            ("2025-03-04T03:00:00", 5, "2025-03-04T09:05:00"),
            ("2025-03-14T18:30:00", 60, "2025-03-17T09:30:00"),
            ("2025-03-15T12:00:00", 0, "2025-03-17T09:00:00"),
            ("2025-01-01T12:00:00", 601, "2025-01-10T09:01:00"),
        ] {
            assert_eq!(office.after(at(start), minutes), at(end), "{start}");
        }
        assert!(office.open(at("2025-03-03T18:59:59")));
        assert!(!office.open(at("2025-03-03T19:00:00")));
    }

    #[test]
    fn time_that_runs_out_stays_on_the_last_day() {
        let from = "2025-01-01T00:00:00+03:00".parse().unwrap();
        let office = Office::new(from, from).unwrap();
        let late = office.after(at("2025-04-25T12:00:00"), 100_000);
        assert!(late > at("2025-04-25T12:00:00"));
    }
}
