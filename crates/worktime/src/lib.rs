//! Working time: how much of it lies between two instants, and when so much of it will have passed.
//!
//! The crate knows time zones with their clock changes, weekly hours with breaks and nights, the
//! Russian production calendar, a company's own exceptions, shift patterns, and absences. It must
//! never know what the time is for: no events, no deals, no rules, no people. It asks no clock, no
//! disk and no network, nor the zone of the machine it runs on; every answer follows from its
//! arguments.
//!
//! # The model
//!
//! * An [`Instant`] is a point on the time axis, in Unix milliseconds. A [`Zone`] turns it into a
//!   local reading and back.
//! * [`Hours`] are the working hours of one day as the clock on the wall shows them. A [`Calendar`]
//!   or a [`Shift`] says which date has which, a [`Schedule`] which of these holds when.
//! * A [`Clock`] measures working time under a schedule. [`Clock::work`] and [`Clock::add_work`]
//!   are what everything else is for.
//! * A [`Limit`] is a length with its unit, as people write it: `15m`, `2h`, `3wd`, `7d`.
//!
//! # The hard dates
//!
//! * **Clock changes.** Both ends of an interval are turned into instants by themselves. A reading
//!   that does not exist moves forward by the gap; of one that comes twice a start means the first
//!   and an end the second. So a night shift of eight hours lasts seven or nine. Intervals that
//!   come to overlap count once.
//! * **Midnight.** Intervals are half-open and a day ends at 24:00, not a minute or a millisecond
//!   before. An interval over midnight belongs to the date on which it starts.
//! * **Holidays.** Own exceptions win over the national calendar, which wins over the week; shifts
//!   know neither. Years that the national calendar does not know have no holidays.
//! * **Nothing to wait for.** The end of no time at all is its start; the end of more working time
//!   than ever comes is `None`.
//! * **The ends of time.** Instants may be any number. Outside the range of `jiff::Timestamp` (the
//!   years −9999 to 9999) there is no working time on any clock but [`Clock::always`].
//!
//! ```
//! use std::collections::BTreeMap;
//! use std::sync::Arc;
//!
//! use jiff::civil::date;
//! use worktime::{Calendar, Clock, Country, Hours, Schedule, Zone};
//!
//! let day = Hours::parse(&["09:00-13:00", "14:00-18:00"])?;
//! let (mut week, zone) = ([(); 7].map(|()| day.clone()), Zone::new("Europe/Moscow")?);
//! week[5..].fill(Hours::closed());
//! let calendar = Calendar { zone: zone.clone(), week, country: Some(Country::Russia), exceptions: BTreeMap::new() };
//! let clock = Clock::new(Schedule::Company(Arc::new(calendar)));
//!
//! // Wednesday 30 April 2025 ends an hour earlier; Thursday and Friday are holidays.
//! let asked = zone.instant_from(date(2025, 4, 30).at(16, 30, 0, 0));
//! let due = clock.add_work(asked, 3_600_000).unwrap();
//! assert_eq!(zone.datetime(due), date(2025, 5, 5).at(9, 30, 0, 0));
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

mod absences;
mod calendar;
mod clock;
mod hours;
mod limit;
pub mod production_calendar;
mod schedule;
mod shift;
mod windows;
mod zone;

pub use calendar::{Calendar, Country};
pub use clock::Clock;
pub use hours::{Hours, HoursError};
pub use limit::{Limit, LimitError};
pub use schedule::Schedule;
pub use shift::{PatternError, Shift};
pub use zone::{Instant, UnknownZone, Zone};
