//! A company's calendar: its week, the national calendar, its own exceptions.

use std::borrow::Cow;
use std::collections::BTreeMap;

use jiff::civil::{Date, Weekday};

use crate::production_calendar::{self, DayKind};
use crate::{Hours, Zone};

/// A country whose production calendar is built in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Country {
    /// Russia, see [`production_calendar`].
    Russia,
}

impl Country {
    /// The country of an ISO 3166 code; `RU` is the one there is. Upper and lower case are one.
    ///
    /// ```
    /// use worktime::Country;
    ///
    /// assert_eq!(Country::parse("RU"), Some(Country::Russia));
    /// assert_eq!(Country::parse("DE"), None);
    /// ```
    pub fn parse(code: &str) -> Option<Country> {
        code.eq_ignore_ascii_case("RU").then_some(Country::Russia)
    }
}

/// The hours of a company.
///
/// Where they differ, [`exceptions`](Calendar::exceptions) win over the national calendar, and that
/// over the week. There are no holidays by default.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Calendar {
    /// The zone of all hours.
    pub zone: Zone,
    /// The hours of each weekday, Monday first.
    pub week: [Hours; 7],
    /// Whose production calendar holds, if any.
    pub country: Option<Country>,
    /// The hours of particular dates; closed hours make a day off.
    pub exceptions: BTreeMap<Date, Hours>,
}

impl Calendar {
    /// The hours that start on a date.
    ///
    /// In the national calendar
    ///
    /// * a holiday is closed, whatever the week says;
    /// * a shortened day is [shortened by an hour](Hours::shortened_by_an_hour);
    /// * a working weekend day has the hours that the week gives to the last weekday (Monday to
    ///   Friday) before it that has any; where no weekday has, it keeps its own;
    /// * any other day, and any day outside the [known years](production_calendar::known_years),
    ///   has the hours of the week.
    ///
    /// # Example: the hard days
    ///
    /// ```
    /// use std::collections::BTreeMap;
    /// use jiff::civil::date;
    /// use worktime::{Calendar, Country, Hours, Zone};
    ///
    /// let hours = |text| Hours::parse(&[text]).unwrap();
    /// let (day, friday, off) = (hours("09:00-18:00"), hours("09:00-16:45"), Hours::closed());
    /// let calendar = Calendar {
    ///     zone: Zone::new("Europe/Moscow").unwrap(),
    ///     week: [day.clone(), day.clone(), day.clone(), day.clone(), friday, off.clone(), off],
    ///     country: Some(Country::Russia),
    ///     exceptions: BTreeMap::from([(date(2024, 5, 1), hours("10:00-14:00"))]),
    /// };
    /// let on = |d| calendar.hours_on(d).into_owned();
    ///
    /// assert_eq!(on(date(2024, 5, 9)), Hours::closed());           // Thursday, a holiday
    /// assert_eq!(on(date(2024, 5, 8)), hours("09:00-17:00"));      // Wednesday, shortened
    /// assert_eq!(on(date(2024, 4, 27)), hours("09:00-16:45"));     // Saturday, worked as a Friday
    /// assert_eq!(on(date(2024, 11, 2)), hours("09:00-15:45"));     // Saturday, worked and shortened
    /// assert_eq!(on(date(2024, 5, 1)), hours("10:00-14:00"));      // a holiday, but the company's own word wins
    /// assert_eq!(on(date(2024, 4, 20)), Hours::closed());          // any Saturday
    /// ```
    pub fn hours_on(&self, d: Date) -> Cow<'_, Hours> {
        if let Some(own) = self.exceptions.get(&d) {
            return Cow::Borrowed(own);
        }
        let usual = &self.week[usize::from(d.weekday().to_monday_zero_offset().unsigned_abs())];
        let national = match self.country {
            Some(Country::Russia) => production_calendar::day(d),
            None => None,
        };
        match national {
            None => Cow::Borrowed(usual),
            Some(DayKind::Off) => Cow::Owned(Hours::closed()),
            Some(DayKind::Shortened) => Cow::Owned(usual.shortened_by_an_hour()),
            Some(DayKind::Working) => Cow::Borrowed(self.weekend_worked(usual)),
            Some(DayKind::ShortenedWorking) => {
                Cow::Owned(self.weekend_worked(usual).shortened_by_an_hour())
            }
        }
    }

    fn weekend_worked<'c>(&'c self, usual: &'c Hours) -> &'c Hours {
        let friday = usize::from(Weekday::Friday.to_monday_zero_offset().unsigned_abs());
        self.week[..=friday]
            .iter()
            .rfind(|h| !h.is_empty())
            .unwrap_or(usual)
    }

    /// The first and the last date that may have hours; `None` when none may.
    pub(crate) fn working_dates(&self) -> Option<(Date, Date)> {
        if self.week.iter().any(|h| !h.is_empty()) {
            return Some((Date::MIN, Date::MAX));
        }
        // The national calendar cannot open a day here: it only moves hours of the week.
        let mut open = self
            .exceptions
            .iter()
            .filter(|(_, h)| !h.is_empty())
            .map(|(d, _)| *d);
        let first = open.next()?;
        Some((first, open.next_back().unwrap_or(first)))
    }
}
