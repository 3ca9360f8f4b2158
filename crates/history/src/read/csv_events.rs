//! `events.csv`.

use std::io::BufRead;

use super::csv_rows::{Next, Row, Rows};
use super::instant::{self, parse_instant};
use crate::{Instant, Kind, Problems, Reason, Record};

/// The columns of an event, in the order of the format's description.
pub(crate) const COLUMNS: [&str; 15] = [
    "id", "seq", "deal", "at", "kind", "actor", "stage", "employee", "task", "due", "text",
    "field", "amount", "client", "channel",
];

/// Gives every event to `take`; returns false where there is not even a header.
pub(crate) fn read(
    file: &str,
    input: impl BufRead,
    problems: &mut Problems,
    mut take: impl FnMut(&Record<'_>) -> Result<(), Reason>,
) -> std::io::Result<bool> {
    let mut rows = Rows::new(input)?;
    let mut row = Row::default();
    let Some(places) = read_header(file, &mut rows, &mut row, &COLUMNS, problems)? else {
        return Ok(false);
    };
    loop {
        match rows.next(&mut row) {
            Ok(Next::End) => return Ok(true),
            Ok(Next::Bad { line, reason }) => problems.add(file, Some(line), reason, true),
            Ok(Next::Row) => {
                let taken = record(&row, &places).and_then(|record| take(&record));
                if let Err(reason) = taken {
                    problems.add(file, Some(row.line), reason, true);
                }
            }
            Err(error) => {
                problems.add(file, None, Reason::CutShort(error.to_string()), false);
                return Ok(true);
            }
        }
    }
}

/// Where each known column stands; unknown ones are reported.
pub(crate) fn read_header<R: BufRead, const N: usize>(
    file: &str,
    rows: &mut Rows<R>,
    row: &mut Row,
    columns: &[&str; N],
    problems: &mut Problems,
) -> std::io::Result<Option<[Option<usize>; N]>> {
    loop {
        match rows.next(row)? {
            Next::End => return Ok(None),
            Next::Bad { line, reason } => problems.add(file, Some(line), reason, true),
            Next::Row => break,
        }
    }
    let mut places = [None; N];
    for i in 0..row.len() {
        let name = row.cell(i).unwrap_or("\u{fffd}").trim();
        match columns.iter().position(|column| *column == name) {
            Some(column) if places[column].is_none() => places[column] = Some(i),
            _ => {
                let name = crate::columns::shorten(name);
                problems.add(file, Some(row.line), Reason::UnknownColumn(name), false);
            }
        }
    }
    Ok(Some(places))
}

/// The cell of a column; empty where the file has no such column.
pub(crate) fn cell<'a>(
    row: &'a Row,
    place: Option<usize>,
    column: &'static str,
) -> Result<&'a str, Reason> {
    match place {
        None => Ok(""),
        Some(place) => row.cell(place).ok_or_else(|| {
            Reason::Unreadable(format!("`{column}` is not UTF-8 (save the file as UTF-8)"))
        }),
    }
}

fn record<'a>(row: &'a Row, places: &[Option<usize>; 15]) -> Result<Record<'a>, Reason> {
    let get = |i: usize| cell(row, places[i], COLUMNS[i]);
    let kind = get(4)?;
    Ok(Record {
        id: get(0)?,
        seq: seq_of(get(1)?)?,
        deal: get(2)?,
        at: instant_of("at", get(3)?)?.ok_or(Reason::Missing("at"))?,
        kind: kind_of(kind)?,
        actor: get(5)?,
        stage: get(6)?,
        employee: get(7)?,
        task: get(8)?,
        due: instant_of("due", get(9)?)?,
        text: get(10)?,
        field: get(11)?,
        amount: amount_of(get(12)?)?,
        client: get(13)?,
        channel: get(14)?,
    })
}

pub(crate) fn kind_of(word: &str) -> Result<Option<Kind>, Reason> {
    if word.is_empty() {
        return Ok(None);
    }
    Kind::parse(word)
        .map(Some)
        .ok_or_else(|| Reason::bad("kind", word, "a kind of event such as `created`"))
}

pub(crate) fn instant_of(column: &'static str, text: &str) -> Result<Option<Instant>, Reason> {
    if text.is_empty() {
        return Ok(None);
    }
    parse_instant(text)
        .map(Some)
        .ok_or_else(|| Reason::bad(column, text, instant::EXPECTED))
}

pub(crate) fn amount_of(text: &str) -> Result<Option<f64>, Reason> {
    let text = text.trim();
    if text.is_empty() {
        return Ok(None);
    }
    text.parse()
        .map(Some)
        .map_err(|_| Reason::bad("amount", text, "a number like 1250.50"))
}

pub(crate) fn seq_of(text: &str) -> Result<Option<i64>, Reason> {
    let text = text.trim();
    if text.is_empty() {
        return Ok(None);
    }
    text.parse()
        .map(Some)
        .map_err(|_| Reason::bad("seq", text, "a whole number"))
}
