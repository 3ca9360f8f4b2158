//! The words of reports.

use std::sync::LazyLock;

use figures::Span;
use figures::light::Colour;
use jiff::civil::Date;
use wording::{Catalogue, Lang, Value};

/// The messages of reports in a language.
pub fn catalogue(lang: Lang) -> &'static Catalogue {
    static RU: LazyLock<Catalogue> = LazyLock::new(|| build(Lang::Ru));
    static EN: LazyLock<Catalogue> = LazyLock::new(|| build(Lang::En));
    match lang {
        Lang::Ru => &RU,
        Lang::En => &EN,
    }
}

fn build(lang: Lang) -> Catalogue {
    let (own, period) = match lang {
        Lang::Ru => (
            include_str!("../messages/ru.ftl"),
            include_str!("../messages/period.ru.ftl"),
        ),
        Lang::En => (
            include_str!("../messages/en.ftl"),
            include_str!("../messages/period.en.ftl"),
        ),
    };
    let sources = [wording::common_messages(lang), own, period];
    Catalogue::new(lang, &sources).expect("a test builds the catalogue in both languages")
}

/// A message.
pub(crate) fn text(lang: Lang, id: &str, args: &[(&str, Value<'_>)]) -> String {
    catalogue(lang).text(id, args)
}

/// A message without variables.
pub(crate) fn word(lang: Lang, id: &str) -> String {
    text(lang, id, &[])
}

/// A lamp: its shape and its word.
pub fn lamp(colour: Colour, lang: Lang) -> String {
    word(lang, lamp_id(colour))
}

/// A lamp's name among the messages, and its class on pages.
pub fn lamp_id(colour: Colour) -> &'static str {
    match colour {
        Colour::Green => "lamp-green",
        Colour::Yellow => "lamp-yellow",
        Colour::Red => "lamp-red",
        Colour::TooLittleData => "lamp-little-data",
    }
}

/// A span as people say it: «неделя 13 – 19 апр 2026».
pub fn span(span: Span, lang: Lang) -> String {
    let date = |date: Date| Value::Text(wording::date(date, lang).into());
    match span {
        Span::Week(_) => {
            let (from, to) = span.dates();
            let args = [
                ("from", date(from.unwrap_or(Date::MIN))),
                ("to", date(to.unwrap_or(Date::MAX))),
            ];
            text(lang, "span-week", &args)
        }
        Span::Month(first) => {
            let args = [
                ("month", Value::Count(i64::from(first.month()))),
                ("year", Value::Text(first.year().to_string().into())),
            ];
            text(lang, "span-month", &args)
        }
        Span::Dates(Some(from), Some(to)) => text(
            lang,
            "span-dates",
            &[("from", date(from)), ("to", date(to))],
        ),
        Span::Dates(Some(from), None) => text(lang, "span-since", &[("from", date(from))]),
        Span::Dates(None, Some(to)) => text(lang, "span-until", &[("to", date(to))]),
        Span::Dates(None, None) => word(lang, "span-ever"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_languages_have_the_same_messages_with_the_same_variables() {
        let (ru, en) = (catalogue(Lang::Ru), catalogue(Lang::En));
        assert_eq!(ru.ids(), en.ids());
        for id in ru.ids() {
            assert_eq!(ru.variables(id), en.variables(id), "{id}");
        }
    }
}
