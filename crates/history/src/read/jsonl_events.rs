//! `events.jsonl`: one JSON object a line.

use std::borrow::Cow;
use std::collections::BTreeSet;
use std::fmt;
use std::io::BufRead;

use serde::Deserializer;
use serde::de::{DeserializeSeed, IgnoredAny, MapAccess, Visitor};

use super::csv_events::{amount_of, instant_of, kind_of, seq_of};
use super::lines::{Line, MAX_LINE_BYTES, next_line, skip_bom};
use crate::columns::shorten;
use crate::{Problems, Reason, Record};

/// Gives every event to `take`.
pub(crate) fn read(
    file: &str,
    mut input: impl BufRead,
    problems: &mut Problems,
    mut take: impl FnMut(&Record<'_>) -> Result<(), Reason>,
) -> std::io::Result<()> {
    skip_bom(&mut input)?;
    let mut unknown = BTreeSet::new();
    let mut buffer = Vec::new();
    for number in 1.. {
        buffer.clear();
        match next_line(&mut input, &mut buffer) {
            Ok(Line::Read) => {
                if let Err(reason) = take_line(&buffer, &mut unknown, &mut take) {
                    problems.add(file, Some(number), reason, true);
                }
            }
            Ok(Line::TooLong) => {
                let reason = format!("it is longer than {} MiB", MAX_LINE_BYTES >> 20);
                problems.add(file, Some(number), Reason::Unreadable(reason), true);
            }
            Ok(Line::End) => break,
            Err(error) => {
                problems.add(
                    file,
                    Some(number),
                    Reason::CutShort(error.to_string()),
                    false,
                );
                break;
            }
        }
    }
    for name in unknown {
        problems.add(file, None, Reason::UnknownColumn(name), false);
    }
    Ok(())
}

fn take_line(
    line: &[u8],
    unknown: &mut BTreeSet<String>,
    take: &mut impl FnMut(&Record<'_>) -> Result<(), Reason>,
) -> Result<(), Reason> {
    if line.iter().all(u8::is_ascii_whitespace) {
        return Ok(());
    }
    let text = std::str::from_utf8(line)
        .map_err(|_| Reason::Unreadable("it is not UTF-8 (save the file as UTF-8)".into()))?;
    let mut json = serde_json::Deserializer::from_str(text);
    let cells = Cells(unknown)
        .deserialize(&mut json)
        .and_then(|cells| json.end().map(|()| cells))
        .map_err(|error| Reason::Unreadable(format!("no JSON object of an event: {error}")))?;
    let [
        id,
        seq,
        deal,
        at,
        kind,
        actor,
        stage,
        employee,
        task,
        due,
        text,
        field,
        amount,
        client,
        channel,
    ] = &cells.0;
    let record = Record {
        id,
        seq: seq_of(seq)?,
        deal,
        at: instant_of("at", at)?.ok_or(Reason::Missing("at"))?,
        kind: kind_of(kind)?,
        actor,
        stage,
        employee,
        task,
        due: instant_of("due", due)?,
        text,
        field,
        amount: amount_of(amount)?,
        client,
        channel,
    };
    take(&record)
}

/// The values of an event's columns as text, in the order of [`super::csv_events::COLUMNS`].
struct Values<'a>([Cow<'a, str>; 15]);

/// Reads an object into [`Values`], noting unknown keys.
struct Cells<'u>(&'u mut BTreeSet<String>);

/// How many different unknown keys are worth telling about.
const MAX_UNKNOWN: usize = 100;

impl<'de> DeserializeSeed<'de> for Cells<'_> {
    type Value = Values<'de>;
    fn deserialize<D: Deserializer<'de>>(self, from: D) -> Result<Values<'de>, D::Error> {
        from.deserialize_map(self)
    }
}

impl<'de> Visitor<'de> for Cells<'_> {
    type Value = Values<'de>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object with the columns of an event")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Values<'de>, A::Error> {
        let mut values = Values(Default::default());
        while let Some(key) = map.next_key_seed(Cell)? {
            match super::csv_events::COLUMNS
                .iter()
                .position(|column| *column == key)
            {
                Some(column) => values.0[column] = map.next_value_seed(Cell)?,
                None => {
                    map.next_value::<IgnoredAny>()?;
                    if self.0.len() < MAX_UNKNOWN {
                        self.0.insert(shorten(&key));
                    }
                }
            }
        }
        Ok(values)
    }
}

/// A string, a number, or null, as text.
struct Cell;

impl<'de> DeserializeSeed<'de> for Cell {
    type Value = Cow<'de, str>;
    fn deserialize<D: Deserializer<'de>>(self, from: D) -> Result<Cow<'de, str>, D::Error> {
        from.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Cell {
    type Value = Cow<'de, str>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a text, a number or null")
    }
    fn visit_borrowed_str<E>(self, text: &'de str) -> Result<Self::Value, E> {
        Ok(Cow::Borrowed(text))
    }
    fn visit_str<E>(self, text: &str) -> Result<Self::Value, E> {
        Ok(Cow::Owned(text.to_owned()))
    }
    fn visit_string<E>(self, text: String) -> Result<Self::Value, E> {
        Ok(Cow::Owned(text))
    }
    fn visit_i64<E>(self, number: i64) -> Result<Self::Value, E> {
        Ok(Cow::Owned(number.to_string()))
    }
    fn visit_u64<E>(self, number: u64) -> Result<Self::Value, E> {
        Ok(Cow::Owned(number.to_string()))
    }
    fn visit_f64<E: serde::de::Error>(self, number: f64) -> Result<Self::Value, E> {
        if number.is_finite() {
            Ok(Cow::Owned(number.to_string()))
        } else {
            Err(E::custom("a number without bounds"))
        }
    }
    fn visit_unit<E>(self) -> Result<Self::Value, E> {
        Ok(Cow::Borrowed(""))
    }
    fn visit_bool<E: serde::de::Error>(self, _: bool) -> Result<Self::Value, E> {
        Err(E::custom(
            "true or false stands where a text or a number is expected",
        ))
    }
}
