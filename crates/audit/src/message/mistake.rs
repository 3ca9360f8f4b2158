//! Mistakes of a regulation in words.

use wording::{Catalogue, Lang, Value, one_line};
use worktime::HoursError;

use super::{SHOWN, catalogue};
use crate::regulation::{Expected, What};

/// A message's id and its variables.
type Said = (&'static str, Vec<(&'static str, Value<'static>)>);

/// A mistake of a regulation in words.
pub fn mistake(what: &What, lang: Lang) -> String {
    let catalogue = catalogue(lang);
    let (id, args) = said(catalogue, what);
    let said = catalogue.text(id, &args);
    match nearest(what) {
        Some(near) => {
            let near = catalogue.text("mistake-nearest", &[("nearest", shown(near))]);
            format!("{said} {near}")
        }
        None => said,
    }
}

/// A foreign text made fit for a sentence.
fn shown(text: &str) -> Value<'static> {
    Value::Text(one_line(text, SHOWN * 4).into())
}

fn nearest(what: &What) -> Option<&String> {
    match what {
        What::UnknownKey { nearest, .. }
        | What::BadValue { nearest, .. }
        | What::UnknownVariable { nearest, .. }
        | What::UnknownId { nearest, .. } => nearest.as_ref(),
        _ => None,
    }
}

fn said(catalogue: &Catalogue, what: &What) -> Said {
    match what {
        What::Toml(error) => ("mistake-toml", vec![("error", shown(error))]),
        What::UnknownKey { key, table, .. } => {
            let id = in_table("mistake-unknown-key-top", "mistake-unknown-key", table);
            (id, vec![("key", shown(key)), ("table", shown(table))])
        }
        What::MissingKey { key, table } => {
            let id = in_table("mistake-missing-key-top", "mistake-missing-key", table);
            (id, vec![("key", shown(key)), ("table", shown(table))])
        }
        What::BadValue {
            key,
            value,
            expected,
            ..
        } => {
            let expected = self::expected(catalogue, expected);
            let args = vec![
                ("key", shown(key)),
                ("value", shown(value)),
                ("expected", Value::from(expected)),
            ];
            ("mistake-bad-value", args)
        }
        What::SameName(name) => ("mistake-same-name", vec![("name", shown(name))]),
        What::SameException(date) => ("mistake-same-exception", vec![("date", shown(date))]),
        What::UnknownId { thing, id, .. } => {
            let message = match *thing {
                "rule" => "mistake-unknown-rule",
                "pipeline" => "mistake-unknown-pipeline",
                "field" => "mistake-unknown-field",
                "shift" => "mistake-unknown-shift",
                _ => "mistake-unknown-stage",
            };
            (message, vec![("id", shown(id))])
        }
        What::NoAlways(rule) => ("mistake-no-always", vec![("rule", shown(rule))]),
        What::RuleNeeds { rule, needs } => {
            let args = vec![("rule", shown(rule)), ("needs", shown(needs))];
            ("mistake-rule-needs", args)
        }
        What::UnknownVariable { word, .. } => {
            ("mistake-unknown-variable", vec![("word", shown(word))])
        }
        What::NoNow => ("mistake-no-now", Vec::new()),
        What::NoHours => ("mistake-no-hours", Vec::new()),
        What::CalendarEnds(year) => {
            let year = shown(&year.to_string());
            ("mistake-calendar-ends", vec![("year", year)])
        }
        What::NoVersions => ("mistake-no-versions", Vec::new()),
        What::SameDate { first, second } => {
            let args = vec![("first", shown(first)), ("second", shown(second))];
            ("mistake-same-date", args)
        }
    }
}

/// The message about a key at the head of the file, or in a table.
fn in_table(top: &'static str, inside: &'static str, table: &str) -> &'static str {
    if table.is_empty() { top } else { inside }
}

/// What a key takes: the end of «…, а нужно: …».
fn expected(catalogue: &Catalogue, expected: &Expected) -> String {
    let (id, args): Said = match expected {
        Expected::Text => ("expected-text", Vec::new()),
        Expected::Flag => ("expected-flag", Vec::new()),
        Expected::Count => ("expected-count", Vec::new()),
        Expected::Number => ("expected-number", Vec::new()),
        Expected::Share => ("expected-share", Vec::new()),
        Expected::Duration => ("expected-duration", Vec::new()),
        Expected::ShorterDuration => ("expected-shorter-duration", Vec::new()),
        Expected::DayLength => ("expected-day-length", Vec::new()),
        Expected::Date => ("expected-date", Vec::new()),
        Expected::OneOf(choices) => {
            let choices = Value::from(choices.join(", "));
            ("expected-one-of", vec![("choices", choices)])
        }
        Expected::Zone => ("expected-zone", Vec::new()),
        Expected::Country => ("expected-country", Vec::new()),
        Expected::HoursList => ("expected-hours-list", Vec::new()),
        Expected::Hours(error) => {
            let (id, args) = hours(error);
            let reason = Value::from(catalogue.text(id, &args));
            ("expected-hours", vec![("reason", reason)])
        }
        Expected::ShiftPattern => ("expected-shift-pattern", Vec::new()),
        Expected::List => ("expected-list", Vec::new()),
        Expected::Table => ("expected-table", Vec::new()),
        Expected::Tables => ("expected-tables", Vec::new()),
        Expected::OneField => ("expected-one-field", Vec::new()),
        Expected::ExpressionWithout(fault) => {
            ("expected-expression-without", vec![("fault", shown(fault))])
        }
        Expected::FieldByName => ("expected-field-by-name", Vec::new()),
        Expected::Indicator => ("expected-indicator", Vec::new()),
        Expected::Template => ("expected-template", Vec::new()),
        Expected::Regex => ("expected-regex", Vec::new()),
        Expected::RegexWithout(fault) => ("expected-regex-without", vec![("fault", shown(fault))]),
        Expected::AtLeastGreen(green) => (
            "expected-at-least-green",
            vec![("green", Value::from(*green))],
        ),
        Expected::AtMostYellow(yellow) => (
            "expected-at-most-yellow",
            vec![("yellow", Value::from(*yellow))],
        ),
    };
    catalogue.text(id, &args)
}

/// Why a text is no interval of hours.
fn hours(error: &HoursError) -> Said {
    match error {
        HoursError::NotAnInterval(text) => ("hours-no-interval", vec![("text", shown(text))]),
        HoursError::NotATime { time, .. } => ("hours-no-time", vec![("time", shown(time))]),
        HoursError::StartsAtDayEnd(_) => ("hours-start-at-day-end", Vec::new()),
        HoursError::Empty(_) => ("hours-of-no-length", Vec::new()),
    }
}
