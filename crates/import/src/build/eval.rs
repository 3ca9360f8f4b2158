//! What a value of the mapping is for a row.

use std::borrow::Cow;

use history::{Instant, Names};
use jiff::civil::{DateTime, Time};
use jiff::tz::TimeZone;

use super::RowRef;
use crate::assign::Sources;
use crate::mapping::{Change, Condition, Mapping, Piece, Place, Reading, Test, Value};
use crate::report::Reason;
use crate::table::{Entry, Table};
use crate::value::{self, duration, moment, number};

/// A value before it is known what it should be.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Raw<'a> {
    Empty,
    Text(Cow<'a, str>),
    Number(f64),
    Moment(DateTime),
    Created,
    Last,
}

/// A value and where it comes from.
#[derive(Clone, Debug)]
pub(crate) struct Got<'a> {
    pub raw: Raw<'a>,
    /// The column, for messages and for how it is to be read.
    pub place: Option<Place>,
    /// Time of day of a date without one.
    pub time: Option<Time>,
}

/// The row at hand and those found by the rule's joins.
#[derive(Clone, Debug)]
pub(crate) struct Env {
    pub row: RowRef,
    pub found: Vec<RowRef>,
    /// For `elapsed_since`.
    pub elapsed: Option<f64>,
}

impl Env {
    /// A row without any joins.
    pub fn of(row: RowRef) -> Env {
        Env {
            row,
            found: Vec::new(),
            elapsed: None,
        }
    }

    /// The same, with one more row found.
    pub fn with(&self, row: RowRef) -> Env {
        let mut env = self.clone();
        env.found.push(row);
        env
    }
}

/// Everything a value may need.
#[derive(Clone, Copy)]
pub(crate) struct Eval<'a> {
    pub mapping: &'a Mapping,
    pub sources: &'a Sources,
}

impl<'a> Eval<'a> {
    pub fn table(&self, row: RowRef) -> &'a Table {
        &self.sources.tables[row.source as usize][row.table as usize].table
    }

    /// The line of a row in its table.
    pub fn line(&self, row: RowRef) -> u64 {
        self.table(row).lines[row.row as usize]
    }

    fn reading(&self, source: usize) -> &'a Reading {
        &self.mapping.sources[source].reading
    }

    fn zone(&self, source: usize) -> &'a TimeZone {
        let own = self.reading(source).zone.as_ref();
        own.unwrap_or(&self.mapping.zone)
    }

    /// The row that a place is in.
    pub fn row_of(&self, place: Place, env: &Env) -> RowRef {
        place.join.map_or(env.row, |join| env.found[join])
    }

    pub fn entry(&self, place: Place, env: &Env) -> Raw<'a> {
        let row = self.row_of(place, env);
        raw(self.table(row).entry(row.row as usize, place.column))
    }

    /// A column of a row without any joins.
    pub fn cell(&self, row: RowRef, column: usize) -> Raw<'a> {
        raw(self.table(row).entry(row.row as usize, column))
    }

    pub fn value(&self, value: &'a Value, env: &Env) -> Got<'a> {
        let plain = |raw| Got {
            raw,
            place: None,
            time: None,
        };
        match value {
            Value::Const(text) if text.is_empty() => plain(Raw::Empty),
            Value::Const(text) => plain(Raw::Text(Cow::Borrowed(text))),
            Value::Created => plain(Raw::Created),
            Value::Last => plain(Raw::Last),
            Value::Row => plain(Raw::Text(self.line(env.row).to_string().into())),
            Value::Elapsed(_) => plain(env.elapsed.map_or(Raw::Empty, Raw::Number)),
            Value::Column(place, change) => Got {
                raw: changed(self.entry(*place, env), change),
                place: Some(*place),
                time: change.time,
            },
            Value::Template(pieces, change) => {
                let (raw, place) = self.template(pieces, env);
                Got {
                    raw: changed(raw, change),
                    place,
                    time: change.time,
                }
            }
            Value::First(values) => {
                let mut last = plain(Raw::Empty);
                for value in values {
                    last = self.value(value, env);
                    if last.raw != Raw::Empty {
                        break;
                    }
                }
                last
            }
        }
    }

    /// A template of columns that are all empty is empty.
    fn template(&self, pieces: &[Piece], env: &Env) -> (Raw<'a>, Option<Place>) {
        let mut text = String::new();
        let mut place = None;
        let mut filled = false;
        for piece in pieces {
            match piece {
                Piece::Text(piece) => text.push_str(piece),
                Piece::Row => {
                    text.push_str(&self.line(env.row).to_string());
                    filled = true;
                }
                Piece::Column(at) => {
                    let raw = self.entry(*at, env);
                    filled |= raw != Raw::Empty;
                    place = place.or(Some(*at));
                    text.push_str(&text_of(&raw));
                }
            }
        }
        let constant = pieces.iter().all(|p| matches!(p, Piece::Text(_)));
        match text.trim() {
            "" => (Raw::Empty, place),
            _ if !filled && !constant => (Raw::Empty, place),
            trimmed => (Raw::Text(trimmed.to_owned().into()), place),
        }
    }

    /// The instant that a value means; `source` is whose dates it follows where the value
    /// names no column.
    pub fn instant(&self, got: &Got<'a>, source: usize) -> Result<Option<Instant>, Reason> {
        let source = got.place.map_or(source, |place| place.source);
        let reading = self.reading(source);
        let read = match &got.raw {
            Raw::Empty | Raw::Created | Raw::Last => return Ok(None),
            Raw::Moment(at) => Some(as_moment(*at)),
            raw => moment::parse(&text_of(raw), &reading.dates),
        };
        let at = read.and_then(|read| moment::to_instant(read, self.zone(source), got.time));
        at.map(Some).ok_or(Reason::BadDate)
    }

    /// The date that a value means.
    pub fn day(&self, got: &Got<'a>, source: usize) -> Option<jiff::civil::Date> {
        let at = self.instant(got, source).ok().flatten()?;
        let at = jiff::Timestamp::from_millisecond(at).ok()?;
        Some(at.to_zoned(self.zone(source).clone()).date())
    }

    /// An amount of money, and whether it could have been read otherwise.
    pub fn amount(&self, got: &Got<'a>, source: usize) -> Result<(Option<f64>, bool), Reason> {
        let source = got.place.map_or(source, |place| place.source);
        match &got.raw {
            Raw::Empty => Ok((None, false)),
            Raw::Number(number) => Ok((Some(*number), false)),
            Raw::Text(text) => {
                let read = number::parse(text, self.reading(source).decimal);
                let read = read.ok_or(Reason::BadNumber)?;
                Ok((Some(read.value), read.ambiguous))
            }
            _ => Err(Reason::BadNumber),
        }
    }

    /// Whether a row fits all conditions.
    pub fn fits<'c>(&self, conditions: impl IntoIterator<Item = &'c Condition>, env: &Env) -> bool {
        conditions.into_iter().all(|condition| {
            let raw = self.entry(condition.place, env);
            self.passes(&condition.test, &raw)
        })
    }

    fn passes(&self, test: &Test, raw: &Raw<'a>) -> bool {
        let lower = || text_of(raw).to_lowercase();
        let number = || match raw {
            Raw::Number(number) => Some(*number),
            Raw::Text(text) => number::parse(text, None)
                .map(|amount| amount.value)
                .or_else(|| duration::parse(text)),
            _ => None,
        };
        match test {
            Test::OneOf(words) => words.contains(&lower()),
            Test::NoneOf(words) => !words.contains(&lower()),
            Test::Matches(pattern) => pattern.is_match(&text_of(raw)),
            Test::Stage(kinds) => {
                let stage = text_of(raw);
                *raw != Raw::Empty && kinds.contains(&self.mapping.stages.kind("", &stage))
            }
            Test::Filled(filled) => (*raw != Raw::Empty) == *filled,
            Test::Above(least) => number().is_some_and(|n| n > *least),
            Test::AtMost(most) => number().is_some_and(|n| n <= *most),
            Test::All(tests) => tests.iter().all(|test| self.passes(test, raw)),
        }
    }
}

/// Seconds talked.
pub(super) fn seconds(raw: &Raw<'_>) -> Result<Option<f64>, Reason> {
    match raw {
        Raw::Empty => Ok(None),
        Raw::Number(number) if *number >= 0.0 => Ok(Some(*number)),
        Raw::Text(text) => duration::parse(text).map(Some).ok_or(Reason::BadDuration),
        _ => Err(Reason::BadDuration),
    }
}

fn raw(entry: Entry<'_>) -> Raw<'_> {
    match entry {
        Entry::Empty => Raw::Empty,
        Entry::Text(text) => Raw::Text(Cow::Borrowed(text)),
        Entry::Number(number) => Raw::Number(number),
        Entry::Moment(at) => Raw::Moment(at),
    }
}

/// A date cell of a spreadsheet at midnight is a date without a time.
fn as_moment(at: DateTime) -> moment::Moment {
    if at.time() == Time::midnight() {
        moment::Moment::Day(at.date())
    } else {
        moment::Moment::Local(at)
    }
}

/// A value as text: what it would look like in a text file.
pub(crate) fn text_of<'t>(raw: &'t Raw<'_>) -> Cow<'t, str> {
    match raw {
        Raw::Text(text) => Cow::Borrowed(text),
        Raw::Number(number) if number.fract() == 0.0 && number.abs() < 1e22 => {
            format!("{number:.0}").into()
        }
        Raw::Number(number) => number.to_string().into(),
        Raw::Moment(at) => at.to_string().into(),
        Raw::Empty | Raw::Created | Raw::Last => Cow::Borrowed(""),
    }
}

/// Whether an id has lost digits on its way.
pub(super) fn has_lost_digits(raw: &Raw<'_>) -> bool {
    match raw {
        Raw::Number(number) => number.abs() > value::EXACT_UP_TO,
        Raw::Text(text) => value::is_mangled_id(text),
        _ => false,
    }
}

fn changed<'a>(raw: Raw<'a>, change: &'a Change) -> Raw<'a> {
    let cuts = change.extract.is_some() || change.digits.is_some();
    let maps = !change.map.is_empty() || change.otherwise.is_some();
    if !(cuts || maps) || raw == Raw::Empty {
        return raw;
    }
    let mut text: Cow<'a, str> = match raw {
        Raw::Text(text) => text,
        other => text_of(&other).into_owned().into(),
    };
    if let Some(pattern) = &change.extract {
        let part = pattern
            .captures(&text)
            .and_then(|found| found.get(1).or(found.get(0)));
        text = part.map_or("", |part| part.as_str()).to_owned().into();
    }
    if let Some(count) = change.digits {
        let digits: Vec<char> = text.chars().filter(char::is_ascii_digit).collect();
        let from = digits.len().saturating_sub(count);
        text = digits[from..].iter().collect::<String>().into();
    }
    if maps {
        let mapped = change.map.get(&text.trim().to_lowercase());
        if let Some(to) = mapped.or(change.otherwise.as_ref()) {
            text = Cow::Borrowed(to);
        }
    }
    match text.trim().is_empty() {
        true => Raw::Empty,
        false => Raw::Text(text),
    }
}

/// Names of people, with single spaces.
pub(crate) fn person(names: &mut Names, eval: &Eval<'_>, raw: &Raw<'_>) -> u32 {
    let text = text_of(raw);
    let words: Vec<&str> = text.split_whitespace().collect();
    let name = words.join(" ");
    if eval.mapping.people.nobody.has(&name) {
        return u32::MAX;
    }
    names.intern(&name)
}
