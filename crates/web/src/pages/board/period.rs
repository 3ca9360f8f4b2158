//! Which period the page is about, and the ways to others.

use ::figures::Span;
use app::figures::Figures;
use jiff::civil::Date;
use serde::Deserialize;

use super::super::Words;
use super::super::address::with;

/// The period as the address says it; what cannot be read says nothing.
#[derive(Deserialize, Default)]
#[serde(default)]
pub(super) struct Asked {
    week: String,
    month: String,
    from: String,
    to: String,
}

fn date(text: &str) -> Option<Date> {
    text.parse().ok()
}

impl Asked {
    /// The period; none: the last full week.
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
    /// The week and the month that end with, or hold, the end of the period.
    pub week: String,
    pub month: String,
}

impl Chooser {
    pub fn new(figures: &Figures<'_>, words: Words) -> Chooser {
        let (span, now) = (figures.span, figures.audited.now);
        let today = figures.audited.zone().date(now);
        let (first, last) = span.dates();
        let anchor = last.or(first).unwrap_or(today).min(today);
        // What lies ahead has nothing to tell.
        let later = last.and_then(|last| last.tomorrow().ok());
        let later = later.filter(|next| *next <= today);
        Chooser {
            span: report::span(span, words.0),
            is_week: matches!(span, Span::Week(_)),
            is_month: matches!(span, Span::Month(_)),
            earlier: figures.before.map(address),
            later: later.and_then(|next| match span {
                Span::Week(_) => Some(address(Span::week_of(next))),
                Span::Month(_) => Some(address(Span::month_of(next))),
                Span::Dates(..) => None,
            }),
            week: address(Span::week_of(anchor)),
            month: address(Span::month_of(anchor)),
        }
    }
}

/// The page of a period.
fn address(span: Span) -> String {
    let text = |date: Option<Date>| date.map_or_else(String::new, |date| date.to_string());
    let (from, to) = span.dates();
    match span {
        Span::Week(monday) => with("/board", &[("week", &monday.to_string())]),
        Span::Month(first) => with("/board", &[("month", &first.to_string())]),
        Span::Dates(..) => with("/board", &[("from", &text(from)), ("to", &text(to))]),
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
            let path = address(span);
            let (name, value) = path.split_once('=').expect("a parameter");
            let again = match name.ends_with("week") {
                true => asked(value, "", "", ""),
                false => asked("", value, "", ""),
            };
            assert_eq!(again, Some(span));
        }
    }
}
