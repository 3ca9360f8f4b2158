//! What is compared with what, as the address says it.

use ::figures::Span;
use app::compare;
use jiff::ToSpan;
use jiff::civil::Date;
use serde::Deserialize;

use super::super::address::with;
use super::super::period::date;

/// Days on either side of a date, at most.
const AROUND: i32 = 28;

/// The state of the page; what cannot be read says nothing.
#[derive(Deserialize, Default, Clone)]
#[serde(default)]
pub(super) struct Asked {
    before_from: String,
    before_to: String,
    after_from: String,
    after_to: String,
    /// The date before and after which to compare.
    pub around: String,
    /// The version that judges.
    pub version: String,
    /// Which of the findings are wanted as a list: `before` or `after`, and what about.
    pub side: String,
    pub rule: String,
    pub employee: String,
    pub group: String,
    pub stage: String,
    pub no_stage: String,
    pub page: usize,
}

/// Two periods beside each other.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) struct Pair {
    pub before: Span,
    pub after: Span,
}

/// The days from one date to another.
fn days(from: &str, to: &str) -> Option<Span> {
    let (from, to) = (date(from)?, date(to)?);
    (from <= to).then(|| Span::days(Some(from), Some(to)))
}

impl Asked {
    /// The periods; unless asked otherwise the last full week and the one before.
    pub fn pair(&self, today: Date) -> Pair {
        let before = days(&self.before_from, &self.before_to);
        let after = days(&self.after_from, &self.after_to);
        match (before, after, date(&self.around)) {
            (Some(before), Some(after), _) => Pair { before, after },
            (None, Some(after), None) => Pair {
                before: after.before().unwrap_or(after),
                after,
            },
            (_, _, Some(around)) => Pair::around(around, today),
            _ => Pair::weeks(today),
        }
    }

    /// What the use case is asked.
    pub fn wanted<'a>(&'a self, pair: Pair) -> compare::Asked<'a> {
        compare::Asked {
            before: pair.before,
            after: pair.after,
            version: &self.version,
        }
    }
}

impl Pair {
    fn of(before: Option<Span>, after: Span) -> Pair {
        let before = before.unwrap_or(after);
        Pair { before, after }
    }

    /// The last full week and the one before.
    pub fn weeks(today: Date) -> Pair {
        let after = Span::week_of(today).before();
        let after = after.unwrap_or(Span::week_of(today));
        Pair::of(after.before(), after)
    }

    /// This week up to today, and the same days of the last one.
    fn this_week(today: Date) -> Pair {
        let (monday, _) = Span::week_of(today).dates();
        let earlier = |date: Date| date.checked_sub(7.days()).ok();
        let before = Span::days(monday.and_then(earlier), earlier(today));
        Pair::of(Some(before), Span::days(monday, Some(today)))
    }

    /// The last full month and the one before.
    fn months(today: Date) -> Pair {
        let after = Span::month_of(today).before();
        let after = after.unwrap_or(Span::month_of(today));
        Pair::of(after.before(), after)
    }

    /// The last full month and the same one a year ago.
    fn years(today: Date) -> Pair {
        let after = Pair::months(today).after;
        let first = after.dates().0.unwrap_or(today);
        let before = first.checked_sub(1.year()).ok().map(Span::month_of);
        Pair::of(before, after)
    }

    /// As many days before a date as there are since then, up to four weeks.
    pub fn around(date: Date, today: Date) -> Pair {
        let since = date.until(today).map_or(0, |span| span.get_days()) + 1;
        let length = since.clamp(1, AROUND);
        let from = date.saturating_sub(length.days());
        let to = date.saturating_add((length - 1).days());
        let eve = date.saturating_sub(1.day());
        Pair {
            before: Span::days(Some(from), Some(eve)),
            after: Span::days(Some(date), Some(to)),
        }
    }

    /// The pairs that are offered, each by its message.
    pub fn offers(today: Date) -> [(&'static str, Pair); 4] {
        [
            ("compare-this-week", Pair::this_week(today)),
            ("compare-weeks", Pair::weeks(today)),
            ("compare-months", Pair::months(today)),
            ("compare-years", Pair::years(today)),
        ]
    }

    /// The dates as the fields of the form: before from, to, after from, to.
    pub fn dates(self) -> [String; 4] {
        let text = |date: Option<Date>| date.map_or_else(String::new, |date| date.to_string());
        let ((from, to), (later, last)) = (self.before.dates(), self.after.dates());
        [text(from), text(to), text(later), text(last)]
    }

    /// How many days each has.
    pub fn lengths(self) -> [i64; 2] {
        [self.before, self.after].map(|span| match span.dates() {
            (Some(from), Some(to)) => {
                let days = from.until(to).map_or(0, |span| span.get_days());
                i64::from(days) + 1
            }
            _ => 0,
        })
    }

    /// A page about this pair.
    pub fn address(self, path: &str, version: &str) -> String {
        let [before_from, before_to, after_from, after_to] = self.dates();
        let parameters = [
            ("before_from", before_from.as_str()),
            ("before_to", &before_to),
            ("after_from", &after_from),
            ("after_to", &after_to),
            ("version", version),
        ];
        with(path, &parameters)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date as day;

    fn span(from: Date, to: Date) -> Span {
        Span::days(Some(from), Some(to))
    }

    #[test]
    fn the_offers_lie_side_by_side() {
        // A Thursday.
        let today = day(2026, 3, 5);
        let [this, weeks, months, years] = Pair::offers(today).map(|(_, pair)| pair);
        assert_eq!(this.after, span(day(2026, 3, 2), today));
        assert_eq!(this.before, span(day(2026, 2, 23), day(2026, 2, 26)));
        assert_eq!(weeks.after, Span::Week(day(2026, 2, 23)));
        assert_eq!(weeks.before, Span::Week(day(2026, 2, 16)));
        assert_eq!(months.after, Span::Month(day(2026, 2, 1)));
        assert_eq!(months.before, Span::Month(day(2026, 1, 1)));
        assert_eq!(years.after, months.after);
        assert_eq!(years.before, Span::Month(day(2025, 2, 1)));
    }

    #[test]
    fn both_sides_of_a_date_are_of_one_length() {
        let around = |date| Pair::around(date, day(2026, 3, 5));
        // Five days have passed, today among them.
        let short = around(day(2026, 3, 1));
        assert_eq!(short.before, span(day(2026, 2, 24), day(2026, 2, 28)));
        assert_eq!(short.after, span(day(2026, 3, 1), day(2026, 3, 5)));
        let long = around(day(2026, 1, 1));
        assert_eq!(long.lengths(), [28, 28]);
        assert_eq!(long.after, span(day(2026, 1, 1), day(2026, 1, 28)));
        // Ahead of today there is nothing to compare; the page says so.
        assert_eq!(around(day(2026, 4, 1)).lengths(), [1, 1]);
    }

    #[test]
    fn what_the_address_says_comes_first() {
        let today = day(2026, 3, 5);
        let mut asked = Asked::default();
        assert_eq!(asked.pair(today), Pair::weeks(today));
        let pair = Pair::years(today);
        [
            asked.before_from,
            asked.before_to,
            asked.after_from,
            asked.after_to,
        ] = pair.dates();
        asked.around = "2026-01-01".to_owned();
        assert_eq!(asked.pair(today), pair);
        asked.before_to = "soon".to_owned();
        assert_eq!(asked.pair(today), Pair::around(day(2026, 1, 1), today));
        asked.around = String::new();
        assert_eq!(asked.pair(today).before, Span::Month(day(2026, 1, 1)));
        asked.after_to = "2026-01-01".to_owned();
        assert_eq!(asked.pair(today), Pair::weeks(today));
    }
}
