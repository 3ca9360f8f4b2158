//! Periods: local days, ISO weeks and months, with the one before each.

use history::Instant;
use jiff::ToSpan;
use jiff::civil::{Date, ISOWeekDate, Weekday};
use worktime::Zone;

/// Instants from `from` up to, but not including, `to`.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub struct Period {
    /// The first instant.
    pub from: Instant,
    /// The first instant after it.
    pub to: Instant,
}

impl Period {
    /// All time.
    pub const EVER: Period = Period {
        from: Instant::MIN,
        to: Instant::MAX,
    };

    /// Whether an instant lies within.
    pub fn holds(self, at: Instant) -> bool {
        self.from <= at && at < self.to
    }

    /// What of it lies up to and including `now`.
    pub fn until(self, now: Instant) -> Period {
        Period {
            from: self.from,
            to: self.to.min(now.saturating_add(1)),
        }
    }
}

/// Local dates that a figure is asked for.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum Span {
    /// The ISO week that begins on this Monday.
    Week(Date),
    /// The month that begins on this first.
    Month(Date),
    /// From one date to another, both included; none: open on that side.
    Dates(Option<Date>, Option<Date>),
}

impl Span {
    /// The ISO week of a date.
    pub fn week_of(date: Date) -> Span {
        let since = date.weekday().since(Weekday::Monday);
        Span::Week(date.saturating_sub(i32::from(since).days()))
    }

    /// The month of a date.
    pub fn month_of(date: Date) -> Span {
        Span::Month(date.first_of_month())
    }

    /// The days from one date to another, both included: a week or a month where they are just that,
    /// so that what came before is a week or a month, too.
    pub fn days(from: Option<Date>, to: Option<Date>) -> Span {
        let (Some(first), Some(last)) = (from, to) else {
            return Span::Dates(from, to);
        };
        let same = |span: &Span| span.dates() == (Some(first), Some(last));
        [Span::week_of(first), Span::month_of(first)]
            .into_iter()
            .find(same)
            .unwrap_or(Span::Dates(from, to))
    }

    /// The week that a text such as `2026-W15` means.
    pub fn parse_week(text: &str) -> Option<Span> {
        let (year, week) = text.trim().split_once("-W")?;
        let (year, week) = (year.parse().ok()?, week.parse().ok()?);
        let monday = ISOWeekDate::new(year, week, Weekday::Monday).ok()?;
        Some(Span::Week(monday.date()))
    }

    /// The month that a text such as `2026-04` means.
    pub fn parse_month(text: &str) -> Option<Span> {
        let first = format!("{}-01", text.trim());
        (text.trim().len() == 7).then(|| first.parse().ok().map(Span::Month))?
    }

    /// The last month that is over at `now`.
    pub fn last_full_month(zone: &Zone, now: Instant) -> Span {
        Span::month_of(zone.date(now.saturating_add(1)))
            .before()
            .unwrap_or(Span::Dates(None, None))
    }

    /// The last ISO week that is over at `now`: what a report is about unless asked otherwise.
    pub fn last_full_week(zone: &Zone, now: Instant) -> Span {
        // A week that ends with this very instant is over.
        Span::week_of(zone.date(now.saturating_add(1)))
            .before()
            .unwrap_or(Span::Dates(None, None))
    }

    /// Its first and last date.
    pub fn dates(self) -> (Option<Date>, Option<Date>) {
        match self {
            Span::Week(monday) => (Some(monday), Some(monday.saturating_add(6.days()))),
            Span::Month(first) => (Some(first), Some(first.last_of_month())),
            Span::Dates(from, to) => (from, to),
        }
    }

    /// The span of the same kind just before: the week before a week, the month before a month, as
    /// many days before some days. None: it has no beginning or no end.
    pub fn before(self) -> Option<Span> {
        match self {
            Span::Week(monday) => Some(Span::Week(monday.checked_sub(7.days()).ok()?)),
            Span::Month(first) => Some(Span::month_of(first.yesterday().ok()?)),
            Span::Dates(Some(from), Some(to)) => {
                let days = from.until(to).ok()?.get_days() + 1;
                let shifted = |date: Date| date.checked_sub(days.days()).ok();
                Some(Span::Dates(Some(shifted(from)?), Some(shifted(to)?)))
            }
            Span::Dates(..) => None,
        }
    }

    /// Its instants in a zone.
    pub fn period(self, zone: &Zone) -> Period {
        let (from, to) = self.dates();
        Period {
            from: from.map_or(Instant::MIN, |date| zone.start_of_day(date)),
            to: to.map_or(Instant::MAX, |date| zone.end_of_day(date)),
        }
    }

    /// The `count` ISO weeks that end with the one in which this span ends (in which `now` lies,
    /// where it has no end), the oldest first.
    pub fn weeks(self, count: usize, zone: &Zone, now: Instant) -> Vec<Span> {
        let last = self.dates().1.unwrap_or_else(|| zone.date(now));
        let mut weeks: Vec<Span> =
            std::iter::successors(Some(Span::week_of(last)), |week| week.before())
                .take(count)
                .collect();
        weeks.reverse();
        weeks
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn weeks_and_months_before() {
        assert_eq!(
            Span::week_of(date(2026, 4, 19)),
            Span::Week(date(2026, 4, 13))
        );
        assert_eq!(
            Span::week_of(date(2026, 4, 13)),
            Span::Week(date(2026, 4, 13))
        );
        assert_eq!(
            Span::month_of(date(2026, 3, 31)).before(),
            Some(Span::Month(date(2026, 2, 1)))
        );
        let days = Span::Dates(Some(date(2026, 3, 1)), Some(date(2026, 3, 10)));
        let before = Span::Dates(Some(date(2026, 2, 19)), Some(date(2026, 2, 28)));
        assert_eq!(days.before(), Some(before));
        assert_eq!(Span::Dates(None, Some(date(2026, 3, 1))).before(), None);
    }

    #[test]
    fn days_that_are_a_week_or_a_month() {
        let days = |from, to| Span::days(Some(from), Some(to));
        let monday = date(2026, 4, 13);
        assert_eq!(days(monday, date(2026, 4, 19)), Span::Week(monday));
        let first = date(2026, 2, 1);
        assert_eq!(days(first, date(2026, 2, 28)), Span::Month(first));
        let plain = Span::Dates(Some(first), Some(date(2026, 2, 27)));
        assert_eq!(days(first, date(2026, 2, 27)), plain);
    }

    #[test]
    fn weeks_and_months_by_name() {
        let week = Span::Week(date(2026, 4, 6));
        assert_eq!(Span::parse_week("2026-W15"), Some(week));
        assert_eq!(
            Span::parse_week(" 2026-W53 "),
            Some(Span::Week(date(2026, 12, 28)))
        );
        for wrong in [
            "2026-W54", "2025-W53", "2026-15", "2026-W", "2026-W0", "W15", "",
        ] {
            assert_eq!(Span::parse_week(wrong), None, "{wrong}");
        }
        let month = Span::Month(date(2026, 4, 1));
        assert_eq!(Span::parse_month("2026-04"), Some(month));
        for wrong in ["2026-13", "2026-4", "2026-04-01", "2026", "апрель", ""] {
            assert_eq!(Span::parse_month(wrong), None, "{wrong}");
        }
    }

    #[test]
    fn the_last_full_week_is_over() {
        let zone = Zone::new("Europe/Moscow").unwrap();
        let at = |date: Date| zone.start_of_day(date);
        let week = |now| Span::last_full_week(&zone, now);
        // Sunday's last millisecond ends the week; the one before does not.
        assert_eq!(
            week(at(date(2026, 4, 20)) - 1),
            Span::Week(date(2026, 4, 13))
        );
        assert_eq!(
            week(at(date(2026, 4, 20)) - 2),
            Span::Week(date(2026, 4, 6))
        );
        assert_eq!(week(at(date(2026, 4, 20))), Span::Week(date(2026, 4, 13)));
    }

    #[test]
    fn twelve_weeks_end_with_the_last_one() {
        let zone = Zone::utc();
        let weeks = Span::Week(date(2026, 4, 13)).weeks(12, &zone, 0);
        assert_eq!(weeks.len(), 12);
        assert_eq!(weeks[11], Span::Week(date(2026, 4, 13)));
        assert_eq!(weeks[0], Span::Week(date(2026, 1, 26)));
    }
}
