//! The hours of the company as its regulation says them: the week, the days of a month, the shifts.

use std::collections::BTreeMap;
use std::ops::RangeInclusive;
use std::sync::Arc;

use history::Instant;
use jiff::civil::Date;
use worktime::production_calendar::{self, DayKind};
use worktime::{Hours, Shift, Zone};

use crate::actor::Actor;
use crate::audits::Audits;
use crate::error::Error;
use crate::permissions::Deed;

/// The company's hours by the latest version of its regulation.
#[derive(Clone, Debug)]
pub struct Plan {
    /// The zone of all days and hours.
    pub zone: Zone,
    /// Today, there.
    pub today: Date,
    /// From when on the version holds; none: since ever.
    pub effective: Option<Date>,
    /// The hours of each weekday, Monday first.
    pub week: [Hours; 7],
    /// What a working day is worth in limits, in milliseconds.
    pub day_length_ms: i64,
    /// The years of the production calendar that are known; none: it does not hold.
    pub known: Option<RangeInclusive<i16>>,
    /// The shifts by name.
    pub shifts: BTreeMap<String, Arc<Shift>>,
}

/// A day of the company.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Day {
    /// The date.
    pub date: Date,
    /// The hours that start on it.
    pub hours: Hours,
    /// What the law makes of it.
    pub law: Option<DayKind>,
    /// Whether the regulation has a word of its own for it.
    pub own: bool,
}

/// The company's hours, and the days of the month that holds a date.
///
/// # Errors
/// Where the access does not allow it.
pub async fn month(
    audits: &Audits,
    actor: &Actor,
    of: Option<Date>,
    now: Instant,
) -> Result<(Plan, Vec<Day>), Error> {
    actor.reach(Deed::ReadRegulation)?;
    let audit = audits.read(&actor.company, now).await?;
    let version = audit.live().regulation().latest();
    let calendar = &version.calendar;
    let today = version.zone.date(now);
    let first = of.unwrap_or(today).first_of_month();
    let mut days = Vec::with_capacity(31);
    let mut date = first;
    while date.month() == first.month() && days.len() < 31 {
        let law = calendar
            .country
            .and_then(|_| production_calendar::day(date));
        days.push(Day {
            date,
            hours: calendar.hours_on(date).into_owned(),
            law,
            own: calendar.exceptions.contains_key(&date),
        });
        let Ok(next) = date.tomorrow() else { break };
        date = next;
    }
    let plan = Plan {
        today,
        zone: version.zone.clone(),
        effective: version.effective,
        week: calendar.week.clone(),
        day_length_ms: version.day_length_ms,
        known: calendar.country.map(|_| production_calendar::known_years()),
        shifts: version.shifts.clone(),
    };
    Ok((plan, days))
}
