//! Which period a page is about, and the ways to others.

use ::figures::{Audited, Span};
use jiff::civil::Date;
use serde::Deserialize;
use wording::Lang;

use super::Words;
use super::address::with;

/// The period as the address says it; what cannot be read says nothing.
#[derive(Deserialize, Default)]
#[serde(default)]
pub(super) struct Asked {
    pub week: String,
    pub month: String,
    pub from: String,
    pub to: String,
}

/// A date of an address; none: it says nothing.
pub(super) fn date(text: &str) -> Option<Date> {
    text.parse().ok()
}

/// A day without its year: `14 апр`.
pub(super) fn day(date: Date, lang: Lang) -> String {
    let whole = wording::date(date, lang);
    let day = whole.rsplit_once(' ');
    day.map_or(whole.clone(), |(day, _)| day.to_owned())
}

impl Asked {
    /// The period; none: what the page is about unless asked otherwise.
    pub fn span(&self) -> Option<Span> {
        let week = date(&self.week).map(Span::week_of);
        let month = date(&self.month).map(Span::month_of);
        let (from, to) = (date(&self.from), date(&self.to));
        let days = match (from, to) {
            (None, None) => None,
            (Some(from), Some(to)) if to < from => None,
            days => Some(Span::days(days.0, days.1)),
        };
        week.or(month).or(days)
    }
}

/// The period with the ways to others.
pub(super) struct Chooser {
    pub span: String,
    pub is_week: bool,
    pub is_month: bool,
    pub earlier: Option<String>,
    pub later: Option<String>,
    /// The week and the month that end with, or hold, the end of the period; empty: there is no
    /// choice.
    pub week: String,
    pub month: String,
}

impl Chooser {
    /// The ways from a period of a page, which has an address with its own filters.
    pub fn new(path: &str, audited: &Audited<'_>, span: Span, words: Words) -> Chooser {
        let today = audited.zone().date(audited.now);
        let address = |span| address(path, span);
        let (first, last) = span.dates();
        let anchor = last.or(first).unwrap_or(today).min(today);
        // What lies ahead has nothing to tell.
        let later = last.and_then(|last| last.tomorrow().ok());
        let later = later.filter(|next| *next <= today);
        Chooser {
            span: report::span(span, words.0),
            is_week: matches!(span, Span::Week(_)),
            is_month: matches!(span, Span::Month(_)),
            earlier: span.before().map(address),
            later: later.and_then(|next| match span {
                Span::Week(_) => Some(address(Span::week_of(next))),
                Span::Month(_) => Some(address(Span::month_of(next))),
                Span::Dates(..) => None,
            }),
            week: address(Span::week_of(anchor)),
            month: address(Span::month_of(anchor)),
        }
    }

    /// The same for a page that is about weeks only.
    pub fn weeks(path: &str, audited: &Audited<'_>, span: Span, words: Words) -> Chooser {
        Chooser {
            week: String::new(),
            month: String::new(),
            ..Chooser::new(path, audited, span, words)
        }
    }
}

/// The page of a period.
fn address(path: &str, span: Span) -> String {
    let text = |date: Option<Date>| date.map_or_else(String::new, |date| date.to_string());
    let (from, to) = span.dates();
    match span {
        Span::Week(monday) => with(path, &[("week", &monday.to_string())]),
        Span::Month(first) => with(path, &[("month", &first.to_string())]),
        Span::Dates(..) => with(path, &[("from", &text(from)), ("to", &text(to))]),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date as day;

    #[test]
    fn a_period_lives_in_the_address() {
        let asked = |week: &str, month: &str, from: &str, to: &str| {
            let [week, month, from, to] = [week, month, from, to].map(str::to_owned);
            Asked {
                week,
                month,
                from,
                to,
            }
            .span()
        };
        let week = Span::Week(day(2026, 4, 13));
        assert_eq!(asked("2026-04-15", "", "", ""), Some(week));
        assert_eq!(asked("", "", "2026-04-13", "2026-04-19"), Some(week));
        let month = Span::Month(day(2026, 4, 1));
        assert_eq!(asked("soon", "2026-04-15", "", ""), Some(month));
        assert_eq!(asked("", "", "2026-04-19", "2026-04-13"), None);
        assert_eq!(asked("", "", "", ""), None);
        for span in [week, month] {
            let path = address("/board", span);
            let (name, value) = path.split_once('=').expect("a parameter");
            let again = match name.ends_with("week") {
                true => asked(value, "", "", ""),
                false => asked("", value, "", ""),
            };
            assert_eq!(again, Some(span));
        }
    }
}
