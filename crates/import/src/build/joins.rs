//! Rows of one source found by rows of another.

use std::collections::HashMap;

use super::eval::{Env, Eval, Raw, text_of};
use super::{Got, RowRef};
use crate::mapping::{Join, Pick};
use crate::report::Reason;

/// A search that finds more rows than this has found no key but a default value.
const MAX_FOUND: usize = 1_000;

/// For one join: rows by what they are searched by.
pub(crate) struct Index {
    rows: HashMap<String, Vec<Found>>,
}

#[derive(Clone, Copy)]
struct Found {
    row: RowRef,
    /// The instant of `since`, where the join has one and the row too.
    since: Option<i64>,
}

impl Index {
    pub fn build(eval: &Eval<'_>, join: &Join) -> Index {
        let mut rows: HashMap<String, Vec<Found>> = HashMap::new();
        for (t, loaded) in eval.sources.tables[join.to].iter().enumerate() {
            for row in 0..loaded.table.rows() {
                let row = RowRef {
                    source: join.to as u32,
                    table: t as u32,
                    row: row as u32,
                };
                let key = eval.value(&join.on, &Env::of(row)).raw;
                if key == Raw::Empty {
                    continue;
                }
                let since = join
                    .not_later
                    .and_then(|(_, column)| instant(eval, row, join.to, column));
                let key = text_of(&key).into_owned();
                rows.entry(key).or_default().push(Found { row, since });
            }
        }
        Index { rows }
    }

    /// The rows that a row finds; the reason and the value searched for where there is none.
    pub fn find(
        &self,
        eval: &Eval<'_>,
        join: &Join,
        searcher: RowRef,
    ) -> Result<Vec<RowRef>, (Reason, String)> {
        let key = eval.value(&join.key, &Env::of(searcher)).raw;
        if key == Raw::Empty {
            return Err((Reason::JoinKeyEmpty, String::new()));
        }
        let key = text_of(&key).into_owned();
        let Some(rows) = self.rows.get(&key) else {
            return Err((Reason::JoinNotFound, key));
        };
        let mut fitting = rows.clone();
        if let Some((time, _)) = join.not_later {
            let at = instant(eval, searcher, join.from, time);
            let Some(at) = at else {
                return Err((Reason::BadDate, key));
            };
            fitting.retain(|found| found.since.is_none_or(|since| since <= at));
            if fitting.is_empty() {
                return Err((Reason::JoinTooEarly, key));
            }
        }
        match join.pick {
            Pick::All if fitting.len() > MAX_FOUND => return Err((Reason::JoinSeveral, key)),
            Pick::All => {}
            Pick::First => fitting.truncate(1),
            Pick::Only if fitting.len() > 1 => return Err((Reason::JoinSeveral, key)),
            Pick::Only => {}
            Pick::Latest => {
                // Of equal ones the last in the file.
                let latest = fitting.iter().max_by_key(|found| found.since).copied();
                fitting = latest.into_iter().collect();
            }
        }
        Ok(fitting.into_iter().map(|found| found.row).collect())
    }
}

/// The instant in a column, if there is a readable one.
pub(super) fn instant(eval: &Eval<'_>, row: RowRef, source: usize, column: usize) -> Option<i64> {
    let got = Got {
        raw: eval.cell(row, column),
        place: None,
        time: None,
    };
    eval.instant(&got, source).ok().flatten()
}
