//! Clocks and instants in few words.

use std::collections::BTreeMap;
use std::sync::Arc;

use jiff::civil::{Date, DateTime};
use worktime::{Calendar, Clock, Country, Hours, Instant, Schedule, Shift, Zone};

pub const SECOND: i64 = 1_000;
pub const MINUTE: i64 = 60 * SECOND;
pub const HOUR: i64 = 60 * MINUTE;
pub const DAY: i64 = 24 * HOUR;

pub fn zone(name: &str) -> Zone {
    Zone::new(name).unwrap()
}

pub fn hours(text: &str) -> Hours {
    Hours::parse(&text.split_whitespace().collect::<Vec<_>>()).unwrap()
}

/// A calendar without holidays from seven texts such as `09:00-13:00 14:00-18:00`, Monday first.
pub fn calendar(zone_name: &str, week: [&str; 7]) -> Calendar {
    Calendar {
        zone: zone(zone_name),
        week: week.map(hours),
        country: None,
        exceptions: BTreeMap::new(),
    }
}

pub fn weekdays(zone_name: &str, day: &str) -> Calendar {
    calendar(zone_name, [day, day, day, day, day, "", ""])
}

pub fn daily(zone_name: &str, day: &str) -> Calendar {
    calendar(zone_name, [day; 7])
}

pub trait Changed: Sized {
    fn on(self, date: &str, text: &str) -> Self;
    fn russian(self) -> Self;
    fn clock(self) -> Clock;
}

impl Changed for Calendar {
    fn on(mut self, date: &str, text: &str) -> Calendar {
        self.exceptions.insert(day(date), hours(text));
        self
    }

    fn russian(mut self) -> Calendar {
        self.country = Some(Country::Russia);
        self
    }

    fn clock(self) -> Clock {
        Clock::new(Schedule::Company(Arc::new(self)))
    }
}

pub fn shift(zone_name: &str, pattern: &str, anchor: &str, text: &str) -> Shift {
    let (on, off) = Shift::parse_pattern(pattern).unwrap();
    Shift {
        zone: zone(zone_name),
        on,
        off,
        anchor: day(anchor),
        hours: hours(text),
    }
}

pub fn day(text: &str) -> Date {
    text.parse().unwrap()
}

/// The instant of `2026-11-23 16:00` in a zone.
pub fn at(zone_name: &str, text: &str) -> Instant {
    zone(zone_name).instant_from(text.parse::<DateTime>().unwrap())
}

/// An instant as the zone's clock shows it, to compare with readable text.
pub fn shown(zone_name: &str, t: Option<Instant>) -> String {
    t.map_or("never".to_owned(), |t| {
        zone(zone_name)
            .datetime(t)
            .strftime("%a %Y-%m-%d %H:%M")
            .to_string()
    })
}
