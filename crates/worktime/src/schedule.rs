//! Whose hours hold on which date.

use std::borrow::Cow;
use std::sync::Arc;

use jiff::civil::Date;

use crate::zone::Readings;
use crate::{Calendar, Hours, Instant, Shift, Zone};

/// Whose hours hold from which date.
#[derive(Clone, Debug)]
pub enum Schedule {
    /// The company's calendar.
    Company(Arc<Calendar>),
    /// A shift.
    Shift(Arc<Shift>),
    /// One schedule after another, each from its date on and up to the next one's; before the first
    /// date the first one holds. Of two with one date the later in the list holds. An empty list is
    /// never any work.
    ///
    /// What starts on the last date of a schedule is finished under it, also after midnight.
    Dated(Vec<(Date, Schedule)>),
}

/// A schedule that does not change.
#[derive(Clone, Debug)]
pub(crate) enum Constant {
    Company(Arc<Calendar>),
    Shift(Arc<Shift>),
}

/// A stretch of dates under one schedule.
#[derive(Clone, Debug)]
pub(crate) struct Piece {
    pub(crate) first: Date,
    pub(crate) last: Date,
    pub(crate) hours: Constant,
}

impl Schedule {
    /// The schedule as stretches of dates, sorted, none of them overlapping.
    pub(crate) fn pieces(&self) -> Vec<Piece> {
        let mut starts = vec![Date::MIN];
        self.collect_starts(&mut starts);
        starts.sort_unstable();
        starts.dedup();
        let ends = starts[1..].iter().map(|d| {
            d.yesterday()
                .expect("a later start is after the first date")
        });
        let ends = ends.chain([Date::MAX]);
        let piece =
            |(first, last): (Date, Date)| self.on(first).map(|hours| Piece { first, last, hours });
        starts.iter().copied().zip(ends).filter_map(piece).collect()
    }

    fn collect_starts(&self, starts: &mut Vec<Date>) {
        if let Schedule::Dated(parts) = self {
            for (from, part) in parts {
                starts.push(*from);
                part.collect_starts(starts);
            }
        }
    }

    fn on(&self, d: Date) -> Option<Constant> {
        match self {
            Schedule::Company(calendar) => Some(Constant::Company(Arc::clone(calendar))),
            Schedule::Shift(shift) => Some(Constant::Shift(Arc::clone(shift))),
            Schedule::Dated(parts) => {
                let begun = parts
                    .iter()
                    .filter(|(from, _)| *from <= d)
                    .max_by_key(|(from, _)| *from);
                // Of equal keys `max_by_key` takes the last, `min_by_key` the first: hence the
                // reversal.
                let part = begun.or_else(|| parts.iter().rev().min_by_key(|(from, _)| *from));
                part.and_then(|(_, schedule)| schedule.on(d))
            }
        }
    }
}

impl Constant {
    pub(crate) fn zone(&self) -> &Zone {
        match self {
            Constant::Company(calendar) => &calendar.zone,
            Constant::Shift(shift) => &shift.zone,
        }
    }

    fn hours_on(&self, d: Date) -> Cow<'_, Hours> {
        match self {
            Constant::Company(calendar) => calendar.hours_on(d),
            Constant::Shift(shift) => shift.hours_on(d),
        }
    }

    /// Appends the intervals that start on a date, as instants. They may overlap.
    pub(crate) fn intervals_on(
        &self,
        d: Date,
        readings: &mut Readings<'_>,
        into: &mut Vec<(Instant, Instant)>,
    ) {
        readings.intervals(d, &self.hours_on(d), into);
    }
}

impl Piece {
    /// The first and the last date that may have hours.
    pub(crate) fn working_dates(&self) -> Option<(Date, Date)> {
        let (first, last) = match &self.hours {
            Constant::Company(calendar) => calendar.working_dates()?,
            Constant::Shift(shift) if shift.on == 0 || shift.hours.is_empty() => return None,
            Constant::Shift(_) => (Date::MIN, Date::MAX),
        };
        let (first, last) = (first.max(self.first), last.min(self.last));
        (first <= last).then_some((first, last))
    }
}

/// Sorts intervals and makes one of those that overlap or touch.
pub(crate) fn merge(intervals: &mut Vec<(Instant, Instant)>) {
    if !intervals.is_sorted() {
        intervals.sort_unstable();
    }
    intervals.dedup_by(|next, kept| {
        let joined = next.0 <= kept.1;
        if joined {
            kept.1 = kept.1.max(next.1);
        }
        joined
    });
}
