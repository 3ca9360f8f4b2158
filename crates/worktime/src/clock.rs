//! Working time between instants.

use std::fmt;
use std::sync::Arc;

use jiff::civil::Date;

use crate::absences::Absences;
use crate::schedule::merge;
use crate::windows::Windows;
use crate::{Instant, Schedule};

/// A measure of working time.
///
/// Working time is a set of half-open intervals `[from, to)` of instants: the hours of each date,
/// each end point turned into an instant by itself, overlaps counted once, absences taken out. All
/// lengths are whole milliseconds; nothing is rounded.
///
/// Cloning is cheap and shares what was compiled. A clock has no state that a question could
/// change: equal clocks give equal answers in any thread and in any order.
///
/// # Which method when
///
/// *How long did it take?* is [`Clock::work`]. *By when?* is [`Clock::add_work`]; a warning an hour
/// before a limit of four is `add_work(start, 3 h)`, not an hour before the breach, which may lie
/// in the night.
#[derive(Clone)]
pub struct Clock {
    base: Base,
    absences: Option<Arc<Absences>>,
}

/// Working time before absences are taken out.
#[derive(Clone)]
pub(crate) enum Base {
    Always,
    Scheduled(Arc<Windows>),
}

impl Base {
    #[inline]
    pub(crate) fn work(&self, a: Instant, b: Instant) -> i64 {
        match self {
            Base::Always => b.saturating_sub(a).max(0),
            Base::Scheduled(windows) => windows.work(a, b),
        }
    }

    /// For `d` > 0.
    #[inline]
    pub(crate) fn add(&self, a: Instant, d: i64) -> Option<Instant> {
        match self {
            Base::Always => a.checked_add(d),
            Base::Scheduled(windows) => windows.add(a, d),
        }
    }
}

impl Clock {
    /// Calendar time: every instant is working time.
    ///
    /// ```
    /// use worktime::Clock;
    ///
    /// let always = Clock::always();
    /// assert_eq!(always.work(1_000, 61_000), 60_000);
    /// assert_eq!(always.add_work(1_000, 60_000), Some(61_000));
    /// ```
    pub fn always() -> Clock {
        Clock {
            base: Base::Always,
            absences: None,
        }
    }

    /// The clock of a schedule. What it needs is compiled when it is first asked for, and kept:
    /// make one clock for all who share a schedule.
    pub fn new(schedule: Schedule) -> Clock {
        Clock {
            base: Base::Scheduled(Arc::new(Windows::new(&schedule))),
            absences: None,
        }
    }

    /// This clock less absences `[from, to)`; `None` is an absence that still lasts. The compiled
    /// schedule is shared.
    ///
    /// Absences may overlap; one that ends where it starts, or before, is none. They add to those
    /// that the clock has already.
    ///
    /// # Example: leave takes out working time only
    ///
    /// ```
    /// # use std::{collections::BTreeMap, sync::Arc};
    /// # use jiff::civil::date;
    /// # use worktime::{Calendar, Clock, Hours, Schedule, Zone};
    /// # let nine_to_six = Hours::parse(&["09:00-18:00"]).unwrap();
    /// # let mut week = [(); 7].map(|()| nine_to_six.clone());
    /// # week[5] = Hours::closed();
    /// # week[6] = Hours::closed();
    /// # let zone = Zone::new("Europe/Moscow").unwrap();
    /// # let calendar = Calendar { zone: zone.clone(), week, country: None, exceptions: BTreeMap::new() };
    /// # let clock = Clock::new(Schedule::Company(Arc::new(calendar)));
    /// // Monday to Friday, 09:00 to 18:00.
    /// let at = |day, hour| zone.instant_from(date(2026, 11, day).at(hour, 0, 0, 0));
    /// let hour = 3_600_000;
    ///
    /// // Away from Friday 15:00 to Monday 10:00: three hours of Friday and one of Monday.
    /// let away = clock.without(&[(at(20, 15), Some(at(23, 10)))]);
    /// assert_eq!(clock.work(at(20, 9), at(23, 18)), 18 * hour);
    /// assert_eq!(away.work(at(20, 9), at(23, 18)), 14 * hour);
    /// assert_eq!(away.add_work(at(20, 14), 2 * hour), Some(at(23, 11)));
    ///
    /// // Away and not back: what is not done by then is never due.
    /// let gone = clock.without(&[(at(20, 15), None)]);
    /// assert_eq!(gone.add_work(at(20, 14), hour), Some(at(20, 15)));
    /// assert_eq!(gone.add_work(at(20, 14), hour + 1), None);
    /// ```
    pub fn without(&self, absences: &[(Instant, Option<Instant>)]) -> Clock {
        let mut spans: Vec<_> = absences
            .iter()
            .map(|(from, to)| (*from, to.unwrap_or(Instant::MAX)))
            .collect();
        if let Some(earlier) = &self.absences {
            spans.extend_from_slice(earlier.spans());
        }
        let merged = Absences::new(&self.base, spans);
        let absences = (!merged.spans().is_empty()).then(|| Arc::new(merged));
        Clock {
            base: self.base.clone(),
            absences,
        }
    }

    /// The working time between two instants, in milliseconds; 0 where `b` is not after `a`.
    ///
    /// # Example: a weekend, a night, a clock change, an empty interval
    ///
    /// ```
    /// # use std::{collections::BTreeMap, sync::Arc};
    /// # use jiff::civil::date;
    /// # use worktime::{Calendar, Clock, Hours, Schedule, Zone};
    /// # let zone = Zone::new("Europe/Berlin").unwrap();
    /// # let clock_of = |weekday: &str, weekend: &[&str]| {
    /// #     let mut week = [(); 7].map(|()| Hours::parse(&[weekday]).unwrap());
    /// #     week[5] = Hours::parse(weekend).unwrap();
    /// #     week[6] = week[5].clone();
    /// #     let calendar = Calendar { zone: zone.clone(), week, country: None, exceptions: BTreeMap::new() };
    /// #     Clock::new(Schedule::Company(Arc::new(calendar)))
    /// # };
    /// let at = |month, day, hour| zone.instant_from(date(2026, month, day).at(hour, 0, 0, 0));
    /// let hour = 3_600_000;
    ///
    /// // Monday to Friday, 10:00 to 19:00.
    /// let office = clock_of("10:00-19:00", &[]);
    /// assert_eq!(office.work(at(11, 20, 18), at(11, 23, 11)), 2 * hour); // Friday evening to Monday morning
    /// assert_eq!(office.work(at(11, 23, 11), at(11, 23, 11)), 0);
    /// assert_eq!(office.work(at(11, 23, 12), at(11, 23, 11)), 0); // backwards is nothing, not less
    ///
    /// // Every night, 22:00 to 06:00.
    /// let night = clock_of("22:00-06:00", &["22:00-06:00"]);
    /// assert_eq!(night.work(at(11, 20, 12), at(11, 21, 12)), 8 * hour);
    /// assert_eq!(night.work(at(3, 28, 12), at(3, 29, 12)), 7 * hour); // clocks went forward
    /// assert_eq!(night.work(at(10, 24, 12), at(10, 25, 12)), 9 * hour); // clocks went back
    /// ```
    #[inline]
    pub fn work(&self, a: Instant, b: Instant) -> i64 {
        if b <= a {
            return 0;
        }
        match &self.absences {
            None => self.base.work(a, b),
            Some(absences) => absences.work(&self.base, a, b),
        }
    }

    /// The earliest instant b with `work(a, b)` ≥ d, where d is in milliseconds; `a` itself where d
    /// is not above 0; `None` where that much working time never comes.
    ///
    /// The answer stands at the end of an interval rather than at the start of the next: two hours
    /// from Monday 16:00 in a day that ends at 18:00 are over on Monday at 18:00, not on Tuesday at
    /// 08:00. `work(a, add_work(a, d))` is exactly d.
    ///
    /// # Example: the end of the day, the start outside the hours, no hours at all
    ///
    /// ```
    /// # use std::{collections::BTreeMap, sync::Arc};
    /// # use jiff::civil::date;
    /// # use worktime::{Calendar, Clock, Hours, Schedule, Zone};
    /// # let day = Hours::parse(&["08:00-18:00"]).unwrap();
    /// # let mut week = [(); 7].map(|()| day.clone());
    /// # week[5] = Hours::closed();
    /// # week[6] = Hours::closed();
    /// # let zone = Zone::utc();
    /// # let calendar = Calendar { zone: zone.clone(), week, country: None, exceptions: BTreeMap::new() };
    /// # let mut empty = calendar.clone();
    /// # empty.week = [(); 7].map(|()| Hours::closed());
    /// # let clock = Clock::new(Schedule::Company(Arc::new(calendar)));
    /// // Monday to Friday, 08:00 to 18:00.
    /// let at = |day, hour| zone.instant_from(date(2026, 11, day).at(hour, 0, 0, 0));
    /// let hour = 3_600_000;
    ///
    /// assert_eq!(clock.add_work(at(23, 16), 2 * hour), Some(at(23, 18))); // Monday, not Tuesday
    /// assert_eq!(clock.add_work(at(23, 17), 4 * hour), Some(at(24, 11)));
    /// assert_eq!(clock.add_work(at(21, 12), hour), Some(at(23, 9))); // Saturday to Monday
    /// assert_eq!(clock.add_work(at(21, 12), 0), Some(at(21, 12))); // nothing to wait for
    ///
    /// let nobody = Clock::new(Schedule::Company(Arc::new(empty))); // a week without hours
    /// assert_eq!(nobody.add_work(at(23, 16), 1), None);
    /// ```
    #[inline]
    pub fn add_work(&self, a: Instant, d: i64) -> Option<Instant> {
        if d <= 0 {
            return Some(a);
        }
        match &self.absences {
            None => self.base.add(a, d),
            Some(absences) => absences.add(&self.base, a, d),
        }
    }

    /// Whether an instant is working time. The start of an interval is, its end is not.
    pub fn is_working(&self, t: Instant) -> bool {
        let open = match &self.base {
            Base::Always => true,
            Base::Scheduled(windows) => windows.is_working(t),
        };
        open && !self.absences.as_ref().is_some_and(|a| a.contains(t))
    }

    /// The intervals `[from, to)` that start on a local date, less absences: sorted, apart, one
    /// where several overlap or touch.
    ///
    /// An interval over midnight belongs to the date on which it starts, all of it, also what an
    /// absence leaves of it after midnight. Empty for [`Clock::always`], which knows no dates.
    ///
    /// ```
    /// # use std::sync::Arc;
    /// # use jiff::civil::date;
    /// # use worktime::{Clock, Hours, Schedule, Shift, Zone};
    /// let zone = Zone::new("Europe/Moscow").unwrap();
    /// let hours = Hours::parse(&["22:00-06:00"]).unwrap();
    /// let shift = Shift { zone: zone.clone(), on: 1, off: 1, anchor: date(2026, 1, 1), hours };
    /// let clock = Clock::new(Schedule::Shift(Arc::new(shift)));
    ///
    /// let at = |day, hour| zone.instant_from(date(2026, 1, day).at(hour, 0, 0, 0));
    /// assert_eq!(clock.intervals_on(date(2026, 1, 1)), [(at(1, 22), at(2, 6))]);
    /// assert_eq!(clock.intervals_on(date(2026, 1, 2)), []); // worked until 06:00, but nothing starts
    ///
    /// let away = clock.without(&[(at(2, 0), Some(at(2, 5)))]);
    /// assert_eq!(away.intervals_on(date(2026, 1, 1)), [(at(1, 22), at(2, 0)), (at(2, 5), at(2, 6))]);
    /// ```
    pub fn intervals_on(&self, d: Date) -> Vec<(Instant, Instant)> {
        let Base::Scheduled(windows) = &self.base else {
            return Vec::new();
        };
        let mut intervals = Vec::new();
        let pieces = windows.pieces();
        let piece = pieces[pieces.partition_point(|p| p.last < d)..].first();
        if let Some(piece) = piece.filter(|p| p.first <= d) {
            piece
                .hours
                .intervals_on(d, &mut piece.hours.zone().readings(), &mut intervals);
        }
        merge(&mut intervals);
        match &self.absences {
            None => intervals,
            Some(absences) => absences.cut(&intervals),
        }
    }
}

impl fmt::Debug for Clock {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut shown = f.debug_struct("Clock");
        match &self.base {
            Base::Always => shown.field("schedule", &"always"),
            Base::Scheduled(windows) => shown.field("schedule", &windows.pieces()),
        };
        let absences = self.absences.as_ref().map_or(&[][..], |a| a.spans());
        shown.field("absences", &absences).finish()
    }
}
