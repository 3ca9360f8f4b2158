//! What is compared with what, as the address says it.

use ::figures::Span;
use ::figures::compare::Pair;
use app::compare;
use jiff::civil::Date;
use serde::Deserialize;

use super::super::address::with;
use super::super::period::date;

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
            pair,
            version: &self.version,
        }
    }
}

/// The pairs that are offered, each by its message.
pub(super) fn offers(today: Date) -> [(&'static str, Pair); 4] {
    [
        ("compare-this-week", Pair::this_week(today)),
        ("compare-weeks", Pair::weeks(today)),
        ("compare-months", Pair::months(today)),
        ("compare-years", Pair::years(today)),
    ]
}

/// The dates of a pair as the fields of the form: before from, to, after from, to.
pub(super) fn dates(pair: Pair) -> [String; 4] {
    let text = |date: Option<Date>| date.map_or_else(String::new, |date| date.to_string());
    let ((from, to), (later, last)) = (pair.before.dates(), pair.after.dates());
    [text(from), text(to), text(later), text(last)]
}

/// A page about a pair.
pub(super) fn address(pair: Pair, path: &str, version: &str) -> String {
    let [before_from, before_to, after_from, after_to] = dates(pair);
    let parameters = [
        ("before_from", before_from.as_str()),
        ("before_to", &before_to),
        ("after_from", &after_from),
        ("after_to", &after_to),
        ("version", version),
    ];
    with(path, &parameters)
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date as day;

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
        ] = dates(pair);
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
