//! `events.parquet`, row by row: texts whole, nothing interned.

use std::borrow::Cow;
use std::convert::Infallible;
use std::fs::File;
use std::io::Read;
use std::path::Path;

use arrow_array::{ArrayRef, RecordBatch};
use parquet::file::reader::ChunkReader;

use super::ReadError;
use super::csv_events::kind_of;
use super::folder::{io, open};
use super::parquet_events::{batches, guarded, load, places};
use super::parquet_values::{Amounts, Instants, amounts, instants, strings, whole_numbers};
use crate::{Problems, Reason, Record};

/// Gives every event to `take`, one row group after the other.
pub(super) fn read(
    path: &Path,
    file: &str,
    problems: &mut Problems,
    tell: &dyn Fn(u64),
    leave_out: &[&str],
    take: &mut impl FnMut(&Record<'_>) -> Result<(), Reason>,
) -> Result<(), ReadError> {
    let failed = |source| io(path, source);
    if file.ends_with(".parquet") {
        let input = || File::open(path).map_err(failed);
        return read_from(input, file, problems, tell, leave_out, take);
    }
    let mut bytes = Vec::new();
    open(path)?.read_to_end(&mut bytes).map_err(failed)?;
    let bytes = bytes::Bytes::from(bytes);
    let input = || Ok(bytes.clone());
    read_from(input, file, problems, tell, leave_out, take)
}

fn read_from<R: ChunkReader + 'static>(
    input: impl Fn() -> Result<R, ReadError>,
    file: &str,
    problems: &mut Problems,
    tell: &dyn Fn(u64),
    leave_out: &[&str],
    take: &mut impl FnMut(&Record<'_>) -> Result<(), Reason>,
) -> Result<(), ReadError> {
    let (metadata, unknown) = load(&input()?, file)?;
    for name in unknown {
        problems.add(file, None, Reason::UnknownColumn(name), false);
    }
    let columns = places(&metadata, leave_out);
    let (mut first, mut told) = (1u64, 0);
    for (number, group) in metadata.metadata().row_groups().iter().enumerate() {
        let mut next = first;
        let reader = input()?;
        let outcome = guarded(|| batches(reader, &metadata, number, &columns));
        let outcome = outcome.and_then(|mut batches| {
            // Only the decoder is guarded: where `take` breaks down, that is no fault of the file.
            while let Some(batch) = guarded(|| batches.next().transpose())? {
                add(&batch, file, &mut next, problems, take)?;
            }
            Ok(())
        });
        if let Err(reason) = outcome {
            let reason = Reason::CutShort(format!("row group {}: {reason}", number + 1));
            problems.add(file, Some(next), reason, false);
        }
        first = first.saturating_add(group.num_rows().max(0) as u64);
        told += group.compressed_size().max(0) as u64;
        tell(told);
    }
    Ok(())
}

fn add(
    batch: &RecordBatch,
    file: &str,
    next: &mut u64,
    problems: &mut Problems,
    take: &mut impl FnMut(&Record<'_>) -> Result<(), Reason>,
) -> Result<(), String> {
    let rows = Rows::of(batch);
    for row in 0..batch.num_rows() {
        let values = guarded(|| Ok::<_, Infallible>(rows.values(row)))?;
        let taken = values.and_then(|values| take(&values.record()));
        if let Err(reason) = taken {
            problems.add(file, Some(*next + row as u64), reason, true);
        }
    }
    *next += batch.num_rows() as u64;
    Ok(())
}

type Texts<'a> = Box<dyn Fn(usize) -> Option<Cow<'a, str>> + 'a>;

/// The columns of texts, in the order of [`Values::texts`].
const TEXTS: [&str; 11] = [
    "id", "deal", "kind", "actor", "stage", "employee", "task", "text", "field", "client",
    "channel",
];

/// The rows of a batch.
struct Rows<'a> {
    texts: [Option<Texts<'a>>; 11],
    seq: Option<Box<dyn Fn(usize) -> Option<i64> + 'a>>,
    at: Instants,
    due: Instants,
    amount: Amounts<'a>,
}

/// The values of a row.
struct Values<'a> {
    texts: [Cow<'a, str>; 11],
    seq: Option<i64>,
    kind: crate::Kind,
    at: i64,
    due: Option<i64>,
    amount: Option<f64>,
}

impl<'a> Rows<'a> {
    fn of(batch: &'a RecordBatch) -> Rows<'a> {
        let column = |name: &str| -> Option<&'a ArrayRef> { batch.column_by_name(name) };
        let rows = batch.num_rows();
        Rows {
            texts: TEXTS.map(|name| column(name).map(strings)),
            seq: column("seq").map(whole_numbers),
            at: instants(column("at"), rows),
            due: instants(column("due"), rows),
            amount: amounts(column("amount")),
        }
    }

    /// The values of a row, or the first thing that is wrong with it.
    fn values(&self, row: usize) -> Result<Values<'a>, Reason> {
        let texts = self.texts.each_ref().map(|column| {
            let text = column.as_ref().and_then(|column| column(row));
            text.unwrap_or_default()
        });
        let [_, deal, kind, _, stage, ..] = &texts;
        let kind = kind_of(kind)?.ok_or(Reason::Missing("kind"))?;
        if deal.is_empty() && !kind.may_lack_deal() {
            return Err(Reason::Missing("deal"));
        }
        if kind == crate::Kind::StageChanged && stage.is_empty() {
            return Err(Reason::Missing("stage"));
        }
        Ok(Values {
            kind,
            at: self.at.get("at", row)?.ok_or(Reason::Missing("at"))?,
            due: self.due.get("due", row)?,
            amount: self.amount.get(row)?,
            seq: self.seq.as_ref().and_then(|seq| seq(row)),
            texts,
        })
    }
}

impl Values<'_> {
    fn record(&self) -> Record<'_> {
        let [
            id,
            deal,
            _,
            actor,
            stage,
            employee,
            task,
            text,
            field,
            client,
            channel,
        ] = &self.texts;
        Record {
            id,
            seq: self.seq,
            deal,
            at: self.at,
            kind: Some(self.kind),
            actor,
            stage,
            employee,
            task,
            due: self.due,
            text,
            field,
            amount: self.amount,
            client,
            channel,
        }
    }
}
