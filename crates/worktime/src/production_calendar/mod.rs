//! The production calendar of Russia: holidays, moved days off, days shortened by an hour.
//!
//! The dates are facts of law. They were taken from the public collection `xmlcalendar/data`, years
//! 2013 to 2026. The "non-working days with pay" that decrees of 2020 and 2021 introduced count as
//! days off here, as they do in that collection. The table lists days off in law, not observances:
//! a professional holiday or a memorial day is not in it.

mod table;

use std::ops::RangeInclusive;

use jiff::civil::Date;

/// What the law makes of a date.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum DayKind {
    /// A day off: a holiday, or a weekday made free in exchange for another day.
    Off,
    /// A weekday shortened by an hour, as a rule the eve of a holiday.
    Shortened,
    /// A Saturday or Sunday that is worked.
    Working,
    /// A Saturday or Sunday that is worked and shortened by an hour.
    ShortenedWorking,
}

/// What the law makes of a date; `None` for an ordinary day and for a year that the table does not
/// know.
///
/// # Example: a working Saturday that is shortened is no day off
///
/// ```
/// use jiff::civil::date;
/// use worktime::production_calendar::{DayKind, day};
///
/// assert_eq!(day(date(2024, 11, 2)), Some(DayKind::ShortenedWorking)); // a Saturday
/// assert_eq!(day(date(2024, 12, 28)), Some(DayKind::Working));
/// assert_eq!(day(date(2019, 2, 22)), Some(DayKind::Shortened));
/// assert_eq!(day(date(2020, 4, 15)), Some(DayKind::Off)); // a non-working day with pay
/// assert_eq!(day(date(2019, 2, 24)), None); // an ordinary Sunday
/// assert_eq!(day(date(2031, 1, 1)), None); // not known yet
/// ```
pub fn day(date: Date) -> Option<DayKind> {
    let year = usize::try_from(date.year() - table::FIRST_YEAR).ok()?;
    let days = table::YEARS.get(year)?;
    let key = u16::from(date.month().unsigned_abs()) * 100 + u16::from(date.day().unsigned_abs());
    let (from, _, kind) = days[days.partition_point(|(_, to, _)| *to < key)..].first()?;
    (*from <= key).then_some(*kind)
}

/// The years that the table knows. Outside them no date is a holiday.
pub fn known_years() -> RangeInclusive<i16> {
    let years = i16::try_from(table::YEARS.len()).expect("the table has few years");
    table::FIRST_YEAR..=table::FIRST_YEAR + years - 1
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_is_sorted_and_its_kinds_fit_their_weekdays() {
        for (days, year) in table::YEARS.iter().zip(known_years()) {
            let mut before = 0;
            for (from, to, kind) in *days {
                assert!(before < *from && from <= to, "{year} {from}");
                before = *to;
                for key in [*from, *to] {
                    let [month, day] = [key / 100, key % 100].map(|n| i8::try_from(n).unwrap());
                    let weekend = Date::new(year, month, day)
                        .unwrap()
                        .weekday()
                        .to_monday_zero_offset()
                        > 4;
                    match kind {
                        DayKind::Off => {}
                        DayKind::Shortened => assert!(!weekend, "{year} {key}"),
                        DayKind::Working | DayKind::ShortenedWorking => {
                            assert!(weekend, "{year} {key}")
                        }
                    }
                }
            }
        }
    }
}
