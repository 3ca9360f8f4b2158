//! When somebody may be told something: in their working hours, outside quiet hours.

use std::fmt;

use history::Instant;
use jiff::civil::{Date, Time};
use serde::de::Error;
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use worktime::{Clock, Zone};

use crate::error::Fault;

/// A stretch of the local day in which nobody is to be disturbed. It may run over midnight.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Quiet {
    from: Time,
    to: Time,
}

impl Quiet {
    /// From one time of the day to another; none where both are the same.
    pub fn new(from: Time, to: Time) -> Option<Quiet> {
        (from != to).then_some(Quiet { from, to })
    }

    /// The stretch that `22:00-08:00` means.
    pub fn parse(text: &str) -> Option<Quiet> {
        let (from, to) = text.split_once('-')?;
        Quiet::new(time(from)?, time(to)?)
    }

    /// The stretch that a field called `quiet` holds; none where it is empty.
    ///
    /// # Errors
    /// Where it is none.
    pub fn of_field(text: &str) -> Result<Option<Quiet>, Fault> {
        let said = "write a stretch such as 22:00-08:00";
        match text.trim() {
            "" => Ok(None),
            text => Quiet::parse(text)
                .map(Some)
                .ok_or_else(|| Fault::new("quiet", "quiet", said)),
        }
    }

    /// The first instant after the stretch that holds `at`; none: it is not in one.
    pub fn end(self, zone: &Zone, at: Instant) -> Option<Instant> {
        let local = zone.datetime(at);
        let (day, time) = (local.date(), local.time());
        let over_midnight = self.from > self.to;
        let day = match over_midnight {
            false if self.from <= time && time < self.to => day,
            true if time < self.to => day,
            true if self.from <= time => day.tomorrow().unwrap_or(day),
            _ => return None,
        };
        let end = day.to_datetime(self.to);
        // Where clocks go back its end comes twice.
        let ends = [zone.instant_from(end), zone.instant_to(end)];
        ends.into_iter().find(|end| *end > at)
    }
}

/// A time such as `09:30`.
pub(crate) fn time(text: &str) -> Option<Time> {
    let (hour, minute) = text.trim().split_once(':')?;
    Time::new(hour.parse().ok()?, minute.parse().ok()?, 0, 0).ok()
}

impl fmt::Display for Quiet {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let [from, to] = [self.from, self.to].map(|time| time.strftime("%H:%M").to_string());
        write!(f, "{from}-{to}")
    }
}

impl Serialize for Quiet {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        to.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Quiet {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Quiet, D::Error> {
        let text = String::deserialize(from)?;
        let read = Quiet::parse(&text);
        read.ok_or_else(|| D::Error::custom(format!("{text:?} is no time such as 22:00-08:00")))
    }
}

/// When somebody may be told something.
#[derive(Clone, Copy)]
pub struct Hours<'a> {
    /// Their working time.
    pub clock: &'a Clock,
    /// The company's zone.
    pub zone: &'a Zone,
    /// Quiet hours: the company's and their own.
    pub quiet: &'a [Quiet],
}

/// How far ahead an hour is looked for, in milliseconds.
const AHEAD: i64 = 60 * 86_400_000;

impl Hours<'_> {
    /// The first instant from `from` on at which they may be told something; none: there is none
    /// within 60 days.
    pub fn open(&self, from: Instant) -> Option<Instant> {
        let mut at = from;
        loop {
            let work = self.clock.add_work(at, 1)? - 1;
            if work - from > AHEAD {
                return None;
            }
            at = match self.quiet_until(work) {
                Some(end) => end,
                None => return Some(work),
            };
        }
    }

    /// The end of the quiet hours that hold `at`; none: it is not quiet then.
    fn quiet_until(&self, at: Instant) -> Option<Instant> {
        let ends = self
            .quiet
            .iter()
            .filter_map(|quiet| quiet.end(self.zone, at));
        ends.max()
    }

    /// When a note of a day is due: `after_start` milliseconds after their work begins or, where a
    /// time is set, at that time; never outside their hours. None: not on this day.
    pub fn note(&self, day: Date, at: Option<Time>, after_start: i64) -> Option<Instant> {
        let (begins, ends) = *self.clock.intervals_on(day).first()?;
        let wanted = match at {
            Some(time) => self.zone.instant_from(day.to_datetime(time)).max(begins),
            // Not after a first interval that is shorter.
            None => begins.saturating_add(after_start).min(ends - 1),
        };
        let due = self.open(wanted)?;
        (self.zone.date(due) == day).then_some(due)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    fn quiet(text: &str) -> Quiet {
        Quiet::parse(text).expect("a stretch")
    }

    #[test]
    fn quiet_hours_are_read_and_written() {
        assert_eq!(quiet("22:00-08:00").to_string(), "22:00-08:00");
        assert_eq!(quiet(" 9:05 - 10:00").to_string(), "09:05-10:00");
        for wrong in ["", "22:00", "22:00-22:00", "25:00-08:00", "a-b", "8-9"] {
            assert_eq!(Quiet::parse(wrong), None, "{wrong}");
        }
        let json = serde_json::to_string(&quiet("22:00-08:00")).expect("a text");
        assert_eq!(json, "\"22:00-08:00\"");
        assert!(serde_json::from_str::<Quiet>("\"soon\"").is_err());
    }

    #[test]
    fn quiet_hours_run_over_midnight() {
        let zone = Zone::new("Europe/Moscow").expect("a zone");
        let at = |day, hour, minute| zone.instant_from(date(2026, 4, day).at(hour, minute, 0, 0));
        let night = quiet("22:00-08:00");
        assert_eq!(night.end(&zone, at(14, 21, 59)), None);
        assert_eq!(night.end(&zone, at(14, 22, 0)), Some(at(15, 8, 0)));
        assert_eq!(night.end(&zone, at(15, 3, 0)), Some(at(15, 8, 0)));
        assert_eq!(night.end(&zone, at(15, 8, 0)), None);
        let lunch = quiet("12:30-13:30");
        assert_eq!(lunch.end(&zone, at(15, 13, 0)), Some(at(15, 13, 30)));
        assert_eq!(lunch.end(&zone, at(15, 14, 0)), None);
    }

    #[test]
    fn quiet_hours_end_also_where_clocks_change() {
        let zone = Zone::new("Europe/Berlin").expect("a zone");
        let hour = 3_600_000;
        // 2:30 comes twice on 25 October 2026; the night is an hour longer.
        let night = quiet("22:00-02:30");
        let midnight = zone.start_of_day(date(2026, 10, 25));
        assert_eq!(night.end(&zone, midnight), Some(midnight + 5 * hour / 2));
        let again = midnight + 3 * hour + hour / 4;
        assert_eq!(night.end(&zone, again), Some(midnight + 7 * hour / 2));
        // 2:30 does not come at all on 29 March 2026.
        let midnight = zone.start_of_day(date(2026, 3, 29));
        let end = night.end(&zone, midnight).expect("it is quiet");
        assert_eq!(zone.datetime(end), date(2026, 3, 29).at(3, 30, 0, 0));
    }
}
