//! The Russian production calendar against its source and against the official norms.

use std::path::PathBuf;

use jiff::civil::{Date, date};
use worktime::Clock;
use worktime::production_calendar::{self, DayKind, known_years};

use crate::support::*;

/// Forty hours a week, eight a day, with lunch.
fn forty_hours() -> Clock {
    weekdays("Europe/Moscow", "09:00-13:00 14:00-18:00")
        .russian()
        .clock()
}

fn norm(clock: &Clock, first: Date, last: Date) -> i64 {
    let zone = zone("Europe/Moscow");
    let work = clock.work(zone.start_of_day(first), zone.end_of_day(last));
    assert_eq!(work % HOUR, 0);
    work / HOUR
}

#[test]
fn month_norms_of_2019_are_the_official_ones() {
    let clock = forty_hours();
    let norms = (1..=12).map(|month| {
        let first = date(2019, month, 1);
        norm(&clock, first, first.last_of_month())
    });
    assert_eq!(
        norms.collect::<Vec<_>>(),
        [136, 159, 159, 175, 143, 151, 184, 176, 168, 184, 160, 175]
    );
}

#[test]
fn year_norms_are_the_official_ones() {
    let clock = forty_hours();
    let norms =
        known_years().map(|year| (year, norm(&clock, date(year, 1, 1), date(year, 12, 31))));
    let official = [
        (2013, 1970),
        (2014, 1970),
        (2015, 1971),
        (2016, 1974),
        (2017, 1973),
        (2018, 1970),
        (2019, 1970),
        (2020, 1749), // officially 1979: the non-working days with pay of this year and the next are days off here
        (2021, 1917), // officially 1972
        (2022, 1973),
        (2023, 1973),
        (2024, 1979),
        (2025, 1972),
        (2026, 1972),
    ];
    assert_eq!(norms.collect::<Vec<_>>(), official);
}

#[test]
fn the_table_equals_its_source() {
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../../shared/data/calendar_ru");
    if !folder.is_dir() {
        println!("left out: the source of the production calendar is not here");
        return;
    }
    for year in known_years() {
        let source =
            std::fs::read_to_string(folder.join(format!("xmlcalendar_ru_{year}.xml"))).unwrap();
        let mut d = date(year, 1, 1);
        while d.year() == year {
            assert_eq!(production_calendar::day(d), kind_in(&source, d), "{d}");
            d = d.tomorrow().unwrap();
        }
    }
}

/// What the source makes of a date: 1 is off, 2 shortened, 3 a working weekend day. A shortened
/// weekend day is coded 2.
fn kind_in(source: &str, d: Date) -> Option<DayKind> {
    let entry = format!("<day d=\"{:02}.{:02}\" t=\"", d.month(), d.day());
    let (_, rest) = source.split_once(&entry)?;
    let weekend = d.weekday().to_monday_zero_offset() > 4;
    match (&rest[..1], weekend) {
        ("1", _) => Some(DayKind::Off),
        ("2", false) => Some(DayKind::Shortened),
        ("2", true) => Some(DayKind::ShortenedWorking),
        ("3", true) => Some(DayKind::Working),
        other => panic!("{d}: {other:?}"),
    }
}

#[test]
fn a_working_weekend_day_has_the_hours_of_the_last_weekday_that_has_any() {
    let on = |week: [&str; 7], d| {
        calendar("Europe/Moscow", week)
            .russian()
            .hours_on(day(d))
            .into_owned()
    };
    // Saturday 27 April 2024 is worked, Saturday 2 November 2024 too, an hour shorter.
    let no_friday = ["09:00-18:00", "", "", "10:00-13:00 14:00-15:00", "", "", ""];
    assert_eq!(
        on(no_friday, "2024-04-27"),
        hours("10:00-13:00 14:00-15:00")
    );
    assert_eq!(on(no_friday, "2024-11-02"), hours("10:00-13:00"));
    // The week's own Saturday gives way.
    let own_saturday = ["", "", "", "", "09:00-16:00", "11:00-15:00", ""];
    assert_eq!(on(own_saturday, "2024-04-27"), hours("09:00-16:00"));
    assert_eq!(on(own_saturday, "2024-04-20"), hours("11:00-15:00"));
    // Where only weekends are worked there is no weekday to copy.
    let weekends = ["", "", "", "", "", "11:00-15:00", ""];
    assert_eq!(on(weekends, "2024-04-27"), hours("11:00-15:00"));
    assert_eq!(on(weekends, "2024-11-02"), hours("11:00-14:00"));
}

#[test]
fn a_holiday_closes_a_weekend_that_the_company_works() {
    let open = daily("Europe/Moscow", "10:00-20:00").russian();
    assert!(open.hours_on(day("2019-02-23")).is_empty()); // Saturday, a holiday
    assert_eq!(*open.hours_on(day("2019-02-24")), hours("10:00-20:00")); // Sunday, not one
}

#[test]
fn own_exceptions_win_over_the_law() {
    let own = weekdays("Europe/Moscow", "09:00-18:00")
        .russian()
        .on("2019-02-22", "09:00-18:00")
        .on("2019-05-01", "10:00-12:00");
    assert_eq!(*own.hours_on(day("2019-02-22")), hours("09:00-18:00"));
    assert_eq!(*own.hours_on(day("2019-05-01")), hours("10:00-12:00"));
    let closed = weekdays("Europe/Moscow", "09:00-18:00")
        .russian()
        .on("2024-04-27", "");
    assert!(closed.hours_on(day("2024-04-27")).is_empty());
}
