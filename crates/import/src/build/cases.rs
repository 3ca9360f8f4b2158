//! Event logs: the rows of a source case by case, each case in order.

use std::cmp::Ordering;

use super::RowRef;
use super::eval::{Eval, Got, Raw, text_of};
use crate::mapping::Source;
use crate::report::Reason;

/// What orders rows: instants and numbers first, then text.
#[derive(Clone, Debug, PartialEq)]
enum Key {
    Number(f64),
    Text(String),
}

impl Key {
    fn compare(&self, other: &Key) -> Ordering {
        match (self, other) {
            (Key::Number(a), Key::Number(b)) => a.total_cmp(b),
            (Key::Text(a), Key::Text(b)) => a.cmp(b),
            (Key::Number(_), Key::Text(_)) => Ordering::Less,
            (Key::Text(_), Key::Number(_)) => Ordering::Greater,
        }
    }
}

/// A row of a log and its place in its case.
#[derive(Clone, Copy, Debug)]
pub(super) struct CaseRow {
    pub row: RowRef,
    /// A number that rows of the same case share.
    pub case: u32,
    pub first: bool,
    pub last: bool,
}

impl CaseRow {
    /// A row of a source without cases: each is its own.
    pub fn alone(row: RowRef) -> CaseRow {
        CaseRow {
            row,
            case: 0,
            first: true,
            last: true,
        }
    }
}

/// A row that belongs to no case, or nowhere in it.
pub(super) struct Misfit {
    pub row: RowRef,
    pub column: usize,
    pub value: String,
    pub reason: Reason,
}

/// Puts `rows` in the order of their cases; a case stands where its first row stood.
pub(super) fn arrange(
    eval: &Eval<'_>,
    source: &Source,
    case: usize,
    rows: impl Iterator<Item = RowRef>,
) -> (Vec<CaseRow>, Vec<Misfit>) {
    let mut cases: std::collections::HashMap<String, u32> = std::collections::HashMap::new();
    let mut keyed: Vec<(u32, Vec<Key>, RowRef)> = Vec::new();
    let mut misfits = Vec::new();
    for row in rows {
        match keys(eval, source, case, row) {
            Ok((name, keys)) => {
                let next = cases.len() as u32;
                keyed.push((*cases.entry(name).or_insert(next), keys, row));
            }
            Err(misfit) => misfits.push(misfit),
        }
    }
    keyed.sort_by(|a, b| a.0.cmp(&b.0).then_with(|| compare(&a.1, &b.1)));
    let of = |i: usize| keyed.get(i).map(|(case, _, _)| *case);
    let arranged = keyed.iter().enumerate().map(|(i, (case, _, row))| CaseRow {
        row: *row,
        case: *case,
        first: i == 0 || of(i - 1) != Some(*case),
        last: of(i + 1) != Some(*case),
    });
    (arranged.collect(), misfits)
}

fn compare(a: &[Key], b: &[Key]) -> Ordering {
    let pairs = a.iter().zip(b);
    let differing = pairs
        .map(|(a, b)| a.compare(b))
        .find(|o| *o != Ordering::Equal);
    differing.unwrap_or(Ordering::Equal)
}

fn keys(
    eval: &Eval<'_>,
    source: &Source,
    case: usize,
    row: RowRef,
) -> Result<(String, Vec<Key>), Misfit> {
    let misfit = |column: usize, raw: &Raw<'_>, reason: Reason| Misfit {
        row,
        column,
        value: text_of(raw).into_owned(),
        reason,
    };
    let name = eval.cell(row, case);
    if name == Raw::Empty {
        return Err(misfit(case, &name, Reason::Missing));
    }
    let mut keys = Vec::with_capacity(source.order.len());
    for (i, &column) in source.order.iter().enumerate() {
        let raw = eval.cell(row, column);
        let got = Got {
            raw: raw.clone(),
            place: None,
            time: None,
        };
        let at = eval.instant(&got, row.source as usize).ok().flatten();
        keys.push(match (at, &raw) {
            (Some(at), _) => Key::Number(at as f64),
            // The first column of the order is the time: without it the row has no place.
            (None, Raw::Empty) if i == 0 => return Err(misfit(column, &raw, Reason::Missing)),
            (None, _) if i == 0 => return Err(misfit(column, &raw, Reason::BadDate)),
            (None, Raw::Number(number)) => Key::Number(*number),
            (None, raw) => match text_of(raw).parse() {
                Ok(number) => Key::Number(number),
                Err(_) => Key::Text(text_of(raw).into_owned()),
            },
        });
    }
    Ok((text_of(&name).into_owned(), keys))
}
