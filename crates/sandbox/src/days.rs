//! The civil days of a stretch of time, in the company's zone.

use history::Instant;
use jiff::civil::{Date, Weekday};
use jiff::tz::TimeZone;
use jiff::{Timestamp, ToSpan};

use crate::SandboxError;

/// Where the made-up companies live.
pub(crate) const ZONE: &str = "Europe/Moscow";

pub(crate) const MINUTE: Instant = 60_000;
pub(crate) const HOUR: Instant = 60 * MINUTE;
pub(crate) const DAY: Instant = 24 * HOUR;

/// Days on which nobody works: month and day.
const HOLIDAYS: [(i8, i8); 14] = [
    (1, 1),
    (1, 2),
    (1, 3),
    (1, 4),
    (1, 5),
    (1, 6),
    (1, 7),
    (1, 8),
    (2, 23),
    (3, 8),
    (5, 1),
    (5, 9),
    (6, 12),
    (11, 4),
];

/// A day.
pub(crate) struct Day {
    pub date: Date,
    /// Its first instant.
    pub midnight: Instant,
    /// Monday to Friday, and no holiday.
    pub office: bool,
}

/// Days one after the other.
pub(crate) struct Days(Vec<Day>);

impl Days {
    /// The days that touch `from..=to`.
    pub fn new(from: Timestamp, to: Timestamp) -> Result<Days, SandboxError> {
        let zone = TimeZone::get(ZONE)?;
        let last = to.to_zoned(zone.clone()).date();
        let mut date = from.to_zoned(zone.clone()).date();
        let mut days = Vec::new();
        while date <= last {
            let weekend = matches!(date.weekday(), Weekday::Saturday | Weekday::Sunday);
            days.push(Day {
                date,
                midnight: date.to_zoned(zone.clone())?.timestamp().as_millisecond(),
                office: !weekend && !HOLIDAYS.contains(&(date.month(), date.day())),
            });
            date = date.checked_add(1.day())?;
        }
        Ok(Days(days))
    }

    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// A day by number; those before the first and after the last are these two.
    pub fn get(&self, day: usize) -> &Day {
        &self.0[day.min(self.0.len() - 1)]
    }

    /// The number of the day in which `at` lies.
    pub fn index(&self, at: Instant) -> usize {
        let last = self.0.len() - 1;
        // Days have 24 hours almost always; one step either way puts the guess right.
        let guess = (at - self.0[0].midnight).max(0) / DAY;
        let mut day = (guess as usize).min(last);
        while day > 0 && self.0[day].midnight > at {
            day -= 1;
        }
        while day < last && self.0[day + 1].midnight <= at {
            day += 1;
        }
        day
    }

    /// Milliseconds since the midnight before.
    pub fn time_of_day(&self, at: Instant) -> Instant {
        at - self.0[self.index(at)].midnight
    }

    /// The date of `at`.
    pub fn date(&self, at: Instant) -> Date {
        self.0[self.index(at)].date
    }
}
