//! One decoded batch of a Parquet file into a table's columns.

use std::sync::{Arc, Mutex, MutexGuard};

use arrow_array::cast::AsArray;
use arrow_array::types::Int32Type;
use arrow_array::{Array, ArrayRef, DictionaryArray, RecordBatch};
use arrow_schema::DataType;

use super::csv_events::kind_of;
use super::parquet_values::{Instants, amounts, instants, strings, whole_numbers};
use crate::columns::{
    Interners, Object, first_of_its_id, keeps_value, object_of, shorten, value_of,
};
use crate::{Kind, Names, Problems, Reason, Table, TextId, Texts};

/// The tables of names, each behind a lock of its own: row groups are decoded side by side.
#[derive(Default)]
pub(crate) struct SharedNames {
    deals: Mutex<Names>,
    employees: Mutex<Names>,
    stages: Mutex<Names>,
    tasks: Mutex<Names>,
    fields: Mutex<Names>,
    channels: Mutex<Names>,
    clients: Mutex<Names>,
    events: Mutex<Names>,
    texts: Mutex<Texts>,
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    // A decoder that broke down leaves names that are still whole: interning is its last step.
    mutex
        .lock()
        .unwrap_or_else(|poisoned| poisoned.into_inner())
}

impl SharedNames {
    pub fn new(names: Interners) -> SharedNames {
        SharedNames {
            deals: Mutex::new(names.deals),
            employees: Mutex::new(names.employees),
            stages: Mutex::new(names.stages),
            tasks: Mutex::new(names.tasks),
            fields: Mutex::new(names.fields),
            channels: Mutex::new(names.channels),
            clients: Mutex::new(names.clients),
            events: Mutex::new(names.events),
            texts: Mutex::new(names.texts),
        }
    }

    pub fn into_inner(self) -> Interners {
        fn open<T>(mutex: Mutex<T>) -> T {
            mutex
                .into_inner()
                .unwrap_or_else(|poisoned| poisoned.into_inner())
        }
        Interners {
            deals: open(self.deals),
            employees: open(self.employees),
            stages: open(self.stages),
            tasks: open(self.tasks),
            fields: open(self.fields),
            channels: open(self.channels),
            clients: open(self.clients),
            events: open(self.events),
            texts: open(self.texts),
        }
    }
}

/// Marks a text whose excerpt depends on the kind of its event.
const LONG: u32 = u32::MAX - 1;
const LONG_BYTES: usize = 400;

/// Rows for which room is made at once: a file may claim any number.
const MOST_ROWS: usize = 1 << 22;

/// A row group on its way into a table.
pub(crate) struct Group<'a> {
    file: &'a str,
    pub next_row: u64,
    pub table: Table,
    pub problems: Problems,
    columns: [Remapped; 8],
    texts: Remapped,
    kinds: (Option<ArrayRef>, Vec<Result<Kind, Unkind>>),
}

/// The ids of one column's rows, and the dictionary they were translated from.
#[derive(Default)]
struct Remapped {
    dictionary: Option<ArrayRef>,
    map: Vec<u32>,
    rows: Vec<u32>,
    /// The file has no such column.
    absent: bool,
}

/// Columns of interned ids, as places in [`Group::columns`].
const DEAL: usize = 0;
const ACTOR: usize = 1;
const STAGE: usize = 2;
const EMPLOYEE: usize = 3;
const TASK: usize = 4;
const FIELD: usize = 5;
const CLIENT: usize = 6;
const CHANNEL: usize = 7;
const ID_COLUMNS: [&str; 8] = [
    "deal", "actor", "stage", "employee", "task", "field", "client", "channel",
];

impl<'a> Group<'a> {
    pub fn new(file: &'a str, first_row: u64, rows: usize) -> Group<'a> {
        Group {
            file,
            next_row: first_row,
            table: Table::with_room(rows.min(MOST_ROWS)),
            problems: Problems::default(),
            columns: Default::default(),
            texts: Remapped::default(),
            kinds: (None, Vec::new()),
        }
    }

    /// Takes over a batch; rows that are no events are reported and left out.
    pub fn add(&mut self, batch: &RecordBatch, names: &SharedNames) {
        let rows = batch.num_rows();
        let interners = [
            &names.deals,
            &names.employees,
            &names.stages,
            &names.employees,
            &names.tasks,
            &names.fields,
            &names.clients,
            &names.channels,
        ];
        for ((column, name), names) in self.columns.iter_mut().zip(ID_COLUMNS).zip(interners) {
            column.fill(batch.column_by_name(name), rows, names, Names::intern);
        }
        self.texts.fill(
            batch.column_by_name("text"),
            rows,
            &names.texts,
            |texts, text| {
                if text.len() > LONG_BYTES {
                    LONG
                } else {
                    texts.keep_excerpt(text).0
                }
            },
        );
        let kinds = self.kinds_of(batch, rows);
        let at = instants(batch.column_by_name("at"), rows);
        let due = instants(batch.column_by_name("due"), rows);
        let amount = amounts(batch.column_by_name("amount"));
        let seq = batch.column_by_name("seq").map(whole_numbers);
        let ids = batch.column_by_name("id").map(strings);
        let mut values = Vec::with_capacity(rows);
        let mut dropped = Vec::new();
        for row in 0..rows {
            let checked = self.check(row, &kinds, &at).and_then(|kind| {
                let value = value_of(kind, due.get("due", row)?, amount.get(row)?)?;
                if let Some(ids) = &ids {
                    first_of_its_id(&mut lock(&names.events), &ids(row).unwrap_or_default())?;
                }
                Ok(value)
            });
            values.push(checked.unwrap_or_else(|reason| {
                let line = self.next_row + row as u64;
                self.problems.add(self.file, Some(line), reason, true);
                dropped.push(row);
                0
            }));
        }
        self.next_row += rows as u64;
        let long = self.texts.rows.contains(&LONG);
        if let Some(texts) = batch.column_by_name("text").filter(|_| long).map(strings) {
            for row in 0..rows {
                if self.texts.rows[row] == LONG
                    && let Ok(kind) = kinds.get(row)
                {
                    let text = texts(row).unwrap_or_default();
                    self.texts.rows[row] = long_text(kind, &text, &names.texts).0;
                }
            }
        }
        let kept = Kept { rows, dropped };
        if let Some(seq) = &seq {
            let seq = |row| seq(row).unwrap_or(0);
            self.table.seq.extend(kept.iter().map(seq));
        }
        self.take(&kept, &kinds, &at, &values);
    }

    /// Takes the kept rows over, column by column.
    fn take(&mut self, kept: &Kept, kinds: &Kinds, at: &Instants, values: &[i64]) {
        let columns = &mut self.table.columns;
        let id = |column: usize| self.columns[column].rows.as_slice();
        kept.copy(id(DEAL), &mut self.table.deal);
        kept.copy(&at.values, &mut columns.at);
        kept.copy(values, &mut columns.value);
        kept.copy(&self.texts.rows, &mut columns.text);
        let plain = [
            (ACTOR, &mut columns.actor),
            (EMPLOYEE, &mut columns.employee),
            (CHANNEL, &mut columns.channel),
            (CLIENT, &mut columns.client),
        ];
        for (column, to) in plain {
            if !self.columns[column].absent {
                kept.copy(id(column), to);
            }
        }
        let (stage, task, field) = (id(STAGE), id(TASK), id(FIELD));
        for row in kept.iter() {
            let Ok(kind) = kinds.0[row] else { continue };
            columns.kind.push(kind);
            columns.object.push(match object_of(kind) {
                Object::Stage => stage[row],
                Object::Task => task[row],
                Object::Field => field[row],
                Object::None => u32::MAX,
            });
        }
    }

    /// Whether a row is an event at all, and which and when.
    #[inline]
    fn check(&self, row: usize, kinds: &Kinds, at: &Instants) -> Result<Kind, Reason> {
        let kind = kinds.get(row)?;
        if self.columns[DEAL].rows[row] == u32::MAX && !kind.may_lack_deal() {
            return Err(Reason::Missing("deal"));
        }
        if kind == Kind::StageChanged && self.columns[STAGE].rows[row] == u32::MAX {
            return Err(Reason::Missing("stage"));
        }
        at.get("at", row)?.ok_or(Reason::Missing("at"))?;
        Ok(kind)
    }

    /// The kind of each row; a dictionary is parsed once.
    fn kinds_of(&mut self, batch: &RecordBatch, rows: usize) -> Kinds {
        let Some(column) = batch.column_by_name("kind") else {
            return Kinds(vec![Err(Unkind::Missing); rows]);
        };
        let parse = |word: &str| match Kind::parse(word) {
            Some(kind) => Ok(kind),
            None if word.is_empty() => Err(Unkind::Missing),
            None => Err(Unkind::Unknown(shorten(word).into())),
        };
        let Some(dictionary) = as_dictionary(column) else {
            let words = strings(column);
            return Kinds(
                (0..rows)
                    .map(|row| parse(&words(row).unwrap_or_default()))
                    .collect(),
            );
        };
        let known = self.kinds.0.as_ref();
        if !known.is_some_and(|known| Arc::ptr_eq(known, dictionary.values())) {
            let words = dictionary.values().as_string::<i32>();
            let kinds = words.iter().map(|word| parse(word.unwrap_or(""))).collect();
            self.kinds = (Some(dictionary.values().clone()), kinds);
        }
        let keys = dictionary.keys();
        let kind = |row: usize| {
            let known = self
                .kinds
                .1
                .get(keys.value(row) as usize)
                .filter(|_| !keys.is_null(row));
            known.cloned().unwrap_or(Err(Unkind::Missing))
        };
        Kinds((0..rows).map(kind).collect())
    }
}

/// The rows of a batch that are events.
struct Kept {
    rows: usize,
    dropped: Vec<usize>,
}

impl Kept {
    fn iter(&self) -> impl Iterator<Item = usize> + '_ {
        let mut dropped = self.dropped.iter().peekable();
        (0..self.rows).filter(move |row| dropped.next_if_eq(&row).is_none())
    }

    fn copy<T: Copy>(&self, from: &[T], to: &mut Vec<T>) {
        if self.dropped.is_empty() {
            to.extend_from_slice(from);
        } else {
            to.extend(self.iter().map(|row| from[row]));
        }
    }
}

/// Why a word is no kind of event.
#[derive(Clone)]
enum Unkind {
    Missing,
    Unknown(Arc<str>),
}

/// The kinds of a batch's rows.
struct Kinds(Vec<Result<Kind, Unkind>>);

impl Kinds {
    #[inline]
    fn get(&self, row: usize) -> Result<Kind, Reason> {
        match &self.0[row] {
            Ok(kind) => Ok(*kind),
            Err(Unkind::Missing) => Err(Reason::Missing("kind")),
            Err(Unkind::Unknown(word)) => {
                Err(kind_of(word).err().unwrap_or(Reason::Missing("kind")))
            }
        }
    }
}

fn long_text(kind: Kind, text: &str, texts: &Mutex<Texts>) -> TextId {
    let mut texts = lock(texts);
    if keeps_value(kind) {
        texts.keep_value(text)
    } else {
        texts.keep_excerpt(text)
    }
}

pub(super) fn as_dictionary(column: &ArrayRef) -> Option<&DictionaryArray<Int32Type>> {
    let dictionary = column
        .as_any()
        .downcast_ref::<DictionaryArray<Int32Type>>()?;
    (dictionary.values().data_type() == &DataType::Utf8).then_some(dictionary)
}

impl Remapped {
    /// Translates a column's rows into interned ids; none where it is null or missing. The
    /// names are locked once, and only where the batch brings a dictionary not seen before.
    fn fill<T>(
        &mut self,
        column: Option<&ArrayRef>,
        rows: usize,
        names: &Mutex<T>,
        intern: impl Fn(&mut T, &str) -> u32,
    ) {
        self.rows.clear();
        let Some(column) = column else {
            self.absent = true;
            self.rows.resize(rows, u32::MAX);
            return;
        };
        let Some(dictionary) = as_dictionary(column) else {
            let value = strings(column);
            let names = &mut *lock(names);
            let id = |row| value(row).map_or(u32::MAX, |text| intern(names, &text));
            self.rows.extend((0..rows).map(id));
            return;
        };
        let known = self.dictionary.as_ref();
        if !known.is_some_and(|known| Arc::ptr_eq(known, dictionary.values())) {
            let names = &mut *lock(names);
            let values = dictionary.values().as_string::<i32>();
            let id = |text: Option<&str>| text.map_or(u32::MAX, |text| intern(names, text));
            self.map.clear();
            self.map.extend(values.iter().map(id));
            self.dictionary = Some(dictionary.values().clone());
        }
        let keys = dictionary.keys();
        let map = &self.map;
        let id = |key: i32| map.get(key as usize).copied().unwrap_or(u32::MAX);
        match keys.nulls() {
            None => self.rows.extend(keys.values().iter().map(|key| id(*key))),
            Some(nulls) => self.rows.extend(
                keys.values()
                    .iter()
                    .zip(nulls)
                    .map(|(key, some)| if some { id(*key) } else { u32::MAX }),
            ),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::csv_events::COLUMNS;
    use super::*;

    #[test]
    fn every_id_column_is_a_column_of_the_format() {
        assert!(ID_COLUMNS.iter().all(|name| COLUMNS.contains(name)));
        assert_eq!(
            (ID_COLUMNS[ACTOR], ID_COLUMNS[EMPLOYEE]),
            ("actor", "employee")
        );
    }
}
