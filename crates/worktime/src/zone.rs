//! Time zones: instants to local readings and back.

use jiff::Timestamp;
use jiff::civil::{Date, DateTime};
use jiff::tz::{AmbiguousOffset, TimeZone, TimeZoneDatabase, TimeZoneTransition};

use crate::Hours;

/// Unix milliseconds, UTC.
pub type Instant = i64;

/// Milliseconds in a minute.
pub(crate) const MINUTE_MS: i64 = 60_000;
/// Milliseconds in 24 hours.
pub(crate) const DAY_MS: i64 = 86_400_000;

/// A time zone of the IANA database that is built into the program.
///
/// The database of the machine is never asked, nor its own zone: the same question has the same
/// answer on every server. Cloning is cheap.
///
/// The range of instants is that of `jiff::Timestamp`, about the years −9999 to 9999. What lies
/// outside is moved to the nearer end of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Zone(TimeZone);

/// The name is not in the IANA database.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("unknown time zone `{0}`; names are those of the IANA database, such as `Europe/Moscow`")]
pub struct UnknownZone(pub String);

impl Zone {
    /// The zone with this IANA name; upper and lower case are one.
    ///
    /// # Errors
    ///
    /// When the name is not in the built-in database. `Etc/Unknown`, which is in it, is refused as
    /// well.
    ///
    /// ```
    /// use worktime::Zone;
    ///
    /// assert_eq!(Zone::new("europe/moscow").unwrap().name(), "Europe/Moscow");
    /// assert!(Zone::new("Moscow").is_err());
    /// ```
    pub fn new(iana: &str) -> Result<Zone, UnknownZone> {
        match TimeZoneDatabase::bundled().get(iana) {
            Ok(zone) if !zone.is_unknown() => Ok(Zone(zone)),
            _ => Err(UnknownZone(iana.to_owned())),
        }
    }

    /// UTC.
    pub fn utc() -> Zone {
        Zone(TimeZone::UTC)
    }

    /// The IANA name.
    pub fn name(&self) -> &str {
        self.0.iana_name().expect("a zone is made by its name only")
    }

    /// The local date at an instant.
    pub fn date(&self, t: Instant) -> Date {
        self.datetime(t).date()
    }

    /// The local date and time at an instant.
    ///
    /// # Example: an hour that comes twice
    ///
    /// ```
    /// use jiff::civil::date;
    /// use worktime::Zone;
    ///
    /// let berlin = Zone::new("Europe/Berlin").unwrap();
    /// let first = berlin.instant_from(date(2026, 10, 25).at(2, 30, 0, 0));
    /// let second = berlin.instant_to(date(2026, 10, 25).at(2, 30, 0, 0));
    /// assert_eq!(second - first, 3_600_000); // two instants, one reading
    /// assert_eq!(berlin.datetime(first), berlin.datetime(second));
    /// ```
    pub fn datetime(&self, t: Instant) -> DateTime {
        self.0.to_datetime(timestamp(t))
    }

    /// The first instant of the local date: midnight, or what the clock change made of it.
    ///
    /// A date that the zone left out (Samoa had no 30 December 2011) begins and ends at the same
    /// instant.
    ///
    /// # Example: no midnight
    ///
    /// ```
    /// use jiff::civil::date;
    /// use worktime::Zone;
    ///
    /// // Clocks went from 24:00 to 01:00.
    /// let zone = Zone::new("America/Sao_Paulo").unwrap();
    /// let start = zone.start_of_day(date(2018, 11, 4));
    /// assert_eq!(zone.datetime(start), date(2018, 11, 4).at(1, 0, 0, 0));
    ///
    /// // Clocks went from 23:30 to 00:30, so that the day begins half an hour late, not an hour.
    /// let zone = Zone::new("America/Toronto").unwrap();
    /// let start = zone.start_of_day(date(1919, 3, 31));
    /// assert_eq!(zone.datetime(start), date(1919, 3, 31).at(0, 30, 0, 0));
    /// ```
    pub fn start_of_day(&self, d: Date) -> Instant {
        let midnight = self
            .0
            .to_ambiguous_timestamp(d.to_datetime(jiff::civil::Time::midnight()));
        let in_gap = matches!(midnight.offset(), AmbiguousOffset::Gap { .. });
        let shifted = saturated(midnight.compatible(), d);
        if !in_gap {
            return shifted;
        }
        // The gap began before midnight or at it; the day starts where the gap ends, at the change
        // itself.
        let change = self
            .0
            .preceding(timestamp(shifted.saturating_add(1)))
            .next();
        change.map_or(shifted, |c| c.timestamp().as_millisecond())
    }

    /// The first instant of the next local date.
    ///
    /// # Example: days of 23 and 25 hours
    ///
    /// ```
    /// use jiff::civil::date;
    /// use worktime::Zone;
    ///
    /// let berlin = Zone::new("Europe/Berlin").unwrap();
    /// let hours = |d| (berlin.end_of_day(d) - berlin.start_of_day(d)) / 3_600_000;
    /// assert_eq!(hours(date(2026, 3, 28)), 24);
    /// assert_eq!(hours(date(2026, 3, 29)), 23);
    /// assert_eq!(hours(date(2026, 10, 25)), 25);
    /// ```
    pub fn end_of_day(&self, d: Date) -> Instant {
        d.tomorrow()
            .map_or_else(|_| last_instant(), |next| self.start_of_day(next))
    }

    /// The instant of a local reading that starts something.
    ///
    /// A reading that the clock change left out moves forward by the gap; of one that comes twice
    /// the first is meant.
    ///
    /// ```
    /// use jiff::civil::date;
    /// use worktime::Zone;
    ///
    /// let berlin = Zone::new("Europe/Berlin").unwrap();
    /// let skipped = berlin.instant_from(date(2026, 3, 29).at(2, 10, 0, 0));
    /// assert_eq!(berlin.datetime(skipped), date(2026, 3, 29).at(3, 10, 0, 0));
    /// ```
    pub fn instant_from(&self, reading: DateTime) -> Instant {
        saturated(
            self.0.to_ambiguous_timestamp(reading).compatible(),
            reading.date(),
        )
    }

    /// The instant of a local reading that ends something.
    ///
    /// As [`Zone::instant_from`], but of a reading that comes twice the second is meant: who works
    /// until 02:30 on the night when 02:30 comes twice works through the first one.
    pub fn instant_to(&self, reading: DateTime) -> Instant {
        saturated(
            self.0.to_ambiguous_timestamp(reading).later(),
            reading.date(),
        )
    }

    /// A reader for many readings in rising order.
    pub(crate) fn readings(&self) -> Readings<'_> {
        Readings {
            zone: self,
            from: 0,
            to: 0,
            offset: None,
        }
    }
}

fn first_instant() -> Instant {
    Timestamp::MIN.as_millisecond()
}

fn last_instant() -> Instant {
    Timestamp::MAX.as_millisecond()
}

/// The nearest instant that `jiff` can hold.
pub(crate) fn timestamp(t: Instant) -> Timestamp {
    Timestamp::from_millisecond(t).unwrap_or(if t < 0 {
        Timestamp::MIN
    } else {
        Timestamp::MAX
    })
}

fn saturated(found: Result<Timestamp, jiff::Error>, date: Date) -> Instant {
    let nearest = if date.year() < 0 {
        Timestamp::MIN
    } else {
        Timestamp::MAX
    };
    let floor = found
        .unwrap_or(nearest)
        .as_nanosecond()
        .div_euclid(1_000_000);
    Instant::try_from(floor).expect("the range of Timestamp in milliseconds fits 64 bits")
}

/// The reading so many minutes after midnight of a date, as the clock on the wall would show it;
/// `None` past the last date.
fn reading(d: Date, minute: u16) -> Option<DateTime> {
    let mut day = d;
    for _ in 0..minute / 1440 {
        day = day.tomorrow().ok()?;
    }
    let minute =
        i8::try_from(minute % 60).and_then(|m| i8::try_from(minute / 60 % 24).map(|h| (h, m)));
    let (hour, minute) = minute.expect("hours below 24 and minutes below 60 fit");
    Some(day.at(hour, minute, 0, 0))
}

/// Days from 1970-01-01.
pub(crate) fn day_number(d: Date) -> i64 {
    d.duration_since(Date::constant(1970, 1, 1))
        .as_secs()
        .div_euclid(86_400)
}

/// The date so many days from 1970-01-01, or the nearest that `jiff` can hold.
pub(crate) fn date_of(day: i64) -> Date {
    let day = day.clamp(day_number(Date::MIN), day_number(Date::MAX));
    let days = jiff::SignedDuration::from_hours(24 * day);
    Date::constant(1970, 1, 1)
        .checked_add(days)
        .expect("the day was clamped to the range of dates")
}

/// Converts local readings, remembering the stretch in which the last one fell: away from clock
/// changes it costs a subtraction.
pub(crate) struct Readings<'z> {
    zone: &'z Zone,
    /// The stretch of local milliseconds (days × 24 h + time of day) for which `offset` was found.
    from: i64,
    to: i64,
    /// Milliseconds that local time is ahead of UTC; `None` near a clock change, where every
    /// reading is asked for.
    offset: Option<i64>,
}

impl Readings<'_> {
    /// A reading is at most 26 hours from its instant, and a change moves the clock by at most 24
    /// hours or so.
    const MARGIN_MS: i64 = 4 * DAY_MS;

    /// Appends the intervals of a date as instants, each end turned by itself. They may overlap: a
    /// clock change can make them.
    pub(crate) fn intervals(&mut self, d: Date, hours: &Hours, into: &mut Vec<(Instant, Instant)>) {
        let midnight = day_number(d) * DAY_MS;
        for (from, to) in hours.spans() {
            let from = self.instant(d, midnight, *from, Zone::instant_from);
            let to = self.instant(d, midnight, *to, Zone::instant_to);
            if from < to {
                into.push((from, to));
            }
        }
    }

    fn instant(
        &mut self,
        d: Date,
        midnight: i64,
        minute: u16,
        ask: fn(&Zone, DateTime) -> Instant,
    ) -> Instant {
        let local = midnight + i64::from(minute) * MINUTE_MS;
        if !(self.from..self.to).contains(&local) {
            self.find(local);
        }
        match self.offset {
            Some(offset) => local - offset,
            None => reading(d, minute).map_or_else(last_instant, |r| ask(self.zone, r)),
        }
    }

    /// Finds the stretch around `local`, read as if it were an instant: the margin makes up for the
    /// difference. The ends of time count as changes.
    fn find(&mut self, local: i64) {
        let (at, tz) = (timestamp(local), &self.zone.0);
        let instant = |change: TimeZoneTransition<'_>| change.timestamp().as_millisecond();
        let before = tz.preceding(timestamp(local + 1000)).next();
        let before = before.map_or_else(first_instant, instant);
        let after = tz.following(at).next().map_or_else(last_instant, instant);
        let (calm_from, calm_to) = (before + Self::MARGIN_MS, after - Self::MARGIN_MS);
        if (calm_from..calm_to).contains(&local) {
            (self.from, self.to) = (calm_from, calm_to);
            self.offset = Some(i64::from(tz.to_offset(at).seconds()) * 1000);
        } else {
            let calm = if local < calm_from { calm_from } else { after };
            (self.from, self.to) = (local, calm.min(after));
            self.offset = None;
        }
    }
}
