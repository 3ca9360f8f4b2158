//! Changes to the text of a regulation that leave everything else in it as it stands, comments and
//! spaces included.

use jiff::civil::Date;
use toml_edit::{DocumentMut, Formatted, InlineTable, Item, TableLike, Value};

/// What a key of an entry is to be.
#[derive(Clone, Debug, PartialEq)]
pub enum NewValue {
    /// A text, such as a duration.
    Text(String),
    /// A whole number.
    Whole(i64),
    /// A number.
    Number(f64),
    /// Yes or no.
    Flag(bool),
}

impl NewValue {
    fn toml(&self) -> Value {
        match self {
            NewValue::Text(text) => Value::String(Formatted::new(text.clone())),
            NewValue::Whole(number) => Value::Integer(Formatted::new(*number)),
            NewValue::Number(number) => Value::Float(Formatted::new(*number)),
            NewValue::Flag(flag) => Value::Boolean(Formatted::new(*flag)),
        }
    }
}

/// Sets a key of the entry of a name: `["limit"]`, or `["limits", "new"]` for a stage's own. None:
/// the text is no TOML, or has no such entry.
pub fn set(text: &str, rule: &str, path: &[&str], value: &NewValue) -> Option<String> {
    let mut document: DocumentMut = text.parse().ok()?;
    let rules = document.get_mut("rule")?;
    match rules {
        Item::ArrayOfTables(tables) => {
            let table = tables.iter_mut().find(|table| is_named(*table, rule))?;
            put(table, path, value)?;
        }
        Item::Value(Value::Array(tables)) => {
            let mut tables = tables.iter_mut().filter_map(Value::as_inline_table_mut);
            put(tables.find(|table| is_named(*table, rule))?, path, value)?;
        }
        _ => return None,
    }
    Some(document.to_string())
}

/// Sets the first day of a version; none: since ever. None where the text is no TOML.
pub fn set_effective(text: &str, date: Option<Date>) -> Option<String> {
    let mut document: DocumentMut = text.parse().ok()?;
    match date {
        Some(date) => {
            let value = NewValue::Text(date.to_string());
            put(document.as_table_mut(), &["effective"], &value)?;
        }
        None => {
            document.remove("effective");
        }
    }
    Some(document.to_string())
}

/// The first day that a text names; empty: since ever. None where the text is no TOML.
pub fn effective(text: &str) -> Option<String> {
    let document: DocumentMut = text.parse().ok()?;
    Some(match document.get("effective").and_then(Item::as_value) {
        Some(Value::String(text)) => text.value().clone(),
        Some(Value::Datetime(date)) => date.value().to_string(),
        _ => String::new(),
    })
}

fn is_named(table: &dyn TableLike, rule: &str) -> bool {
    let name = table.get("name").or(table.get("use"));
    name.and_then(Item::as_str) == Some(rule)
}

fn put(table: &mut dyn TableLike, path: &[&str], value: &NewValue) -> Option<()> {
    match path {
        [] => None,
        [key] => {
            let mut new = value.toml();
            match table.get_mut(key).and_then(Item::as_value_mut) {
                Some(old) => {
                    // A comment behind it belongs to it.
                    *new.decor_mut() = old.decor().clone();
                    *old = new;
                }
                None => {
                    table.insert(key, Item::Value(new));
                }
            }
            Some(())
        }
        [key, rest @ ..] => {
            if table.get(key).is_none() {
                table.insert(key, Item::Value(Value::InlineTable(InlineTable::new())));
            }
            put(table.get_mut(key)?.as_table_like_mut()?, rest, value)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: &str = "name = \"Окна\"   # чей он\n\n# Ответ\n[[rule]]\nuse = \"first-response\"\n\
        limit = \"15m\"    # дольше не ждут\n\n[[rule]]\nuse = \"stuck-in-stage\"\n\
        limits = { new = \"3d\" } # новые\n";

    fn text(value: &str) -> NewValue {
        NewValue::Text(value.to_owned())
    }

    #[test]
    fn only_the_value_changes() {
        let changed = set(TEXT, "first-response", &["limit"], &text("10m"));
        let expected = TEXT.replace("\"15m\"", "\"10m\"");
        assert_eq!(changed.as_deref(), Some(expected.as_str()));
        let changed = set(TEXT, "stuck-in-stage", &["limits", "new"], &text("5d"));
        assert_eq!(changed, Some(TEXT.replace("3d", "5d")));
        let same = set(TEXT, "first-response", &["limit"], &text("15m"));
        assert_eq!(same.as_deref(), Some(TEXT));
    }

    #[test]
    fn what_is_not_there_is_added_to_its_rule() {
        let off = NewValue::Flag(false);
        let changed = set(TEXT, "first-response", &["enabled"], &off).unwrap_or_default();
        let comment = "limit = \"15m\"    # дольше не ждут\nenabled = false\n";
        assert!(changed.contains(comment), "{changed}");
        let changed = set(TEXT, "stuck-in-stage", &["limits", "offer"], &text("2d"));
        let changed = changed.unwrap_or_default();
        assert!(
            changed.contains("new = \"3d\"") && changed.contains("offer = \"2d\""),
            "{changed}"
        );
        assert_eq!(set(TEXT, "far-task", &["limit"], &text("2d")), None);
        assert_eq!(set("x = [", "far-task", &["limit"], &text("2d")), None);
    }

    #[test]
    fn the_first_day_comes_moves_and_goes() {
        let date = |text: &str| text.parse().ok();
        let dated = set_effective(TEXT, date("2026-03-01")).unwrap_or_default();
        assert!(
            dated.contains("# чей он\neffective = \"2026-03-01\"\n"),
            "{dated}"
        );
        let moved = set_effective(&dated, date("2026-04-01"));
        assert_eq!(moved, Some(dated.replace("03-01", "04-01")));
        assert_eq!(set_effective(&dated, None).as_deref(), Some(TEXT));
        assert_eq!(effective(&dated).as_deref(), Some("2026-03-01"));
        assert_eq!(
            effective("effective = 2026-03-01").as_deref(),
            Some("2026-03-01")
        );
        assert_eq!(effective(TEXT).as_deref(), Some(""));
        assert_eq!(effective("x = ["), None);
    }
}
