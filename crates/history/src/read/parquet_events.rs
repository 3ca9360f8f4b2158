//! `events.parquet`: columns are taken over as they are, dictionaries are interned once.

use std::collections::BTreeSet;
use std::fs::File;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use arrow_schema::{DataType, Field, Schema};
use parquet::arrow::ProjectionMask;
use parquet::arrow::arrow_reader::{
    ArrowReaderMetadata, ArrowReaderOptions, ParquetRecordBatchReader,
    ParquetRecordBatchReaderBuilder,
};
use parquet::errors::ParquetError;
use parquet::file::reader::ChunkReader;
use rayon::prelude::*;

use super::ReadError;
use super::csv_events::COLUMNS;
use super::folder::{io, open};
use super::parquet_batch::{Group, SharedNames};
use crate::columns::Interners;
use crate::{Problems, Reason, Table};

/// Rows decoded at a time: small enough to stay in the cache between columns.
const BATCH_ROWS: usize = 1 << 15;

/// Reads all row groups, several at a time, into a table each.
pub(crate) fn read(
    path: &Path,
    file: &str,
    names: &mut Interners,
    problems: &mut Problems,
    tell: &(dyn Fn(u64) + Sync),
    leave_out: &[&str],
) -> Result<Vec<Table>, ReadError> {
    if file.ends_with(".parquet") {
        // Each reader opens the file for itself: clones of a handle would share its position.
        let input = || File::open(path).map_err(|source| io(path, source));
        return read_from(input, file, names, problems, tell, leave_out);
    }
    let mut bytes = Vec::new();
    open(path)?
        .read_to_end(&mut bytes)
        .map_err(|source| io(path, source))?;
    let bytes = bytes::Bytes::from(bytes);
    read_from(|| Ok(bytes.clone()), file, names, problems, tell, leave_out)
}

fn read_from<R: ChunkReader + Send + 'static>(
    input: impl Fn() -> Result<R, ReadError> + Sync,
    file: &str,
    names: &mut Interners,
    problems: &mut Problems,
    tell: &(dyn Fn(u64) + Sync),
    leave_out: &[&str],
) -> Result<Vec<Table>, ReadError> {
    let (metadata, unknown) = load(&input()?, file)?;
    for name in unknown {
        problems.add(file, None, Reason::UnknownColumn(name), false);
    }
    let groups = metadata.metadata().row_groups();
    let mut first_rows = Vec::with_capacity(groups.len());
    let mut rows = 1u64;
    for group in groups {
        first_rows.push(rows);
        rows = rows.saturating_add(group.num_rows().max(0) as u64);
    }

    let columns = places(&metadata, leave_out);
    let has_ids = metadata
        .schema()
        .fields()
        .iter()
        .any(|field| field.name() == "id");
    let shared = SharedNames::new(std::mem::take(names));
    let done = AtomicU64::new(0);
    let read_one = |group: usize| -> Result<(Table, Problems), ReadError> {
        let reader = input()?;
        let part = read_group(
            reader,
            &metadata,
            (group, &columns),
            file,
            first_rows[group],
            &shared,
        );
        let bytes = groups[group].compressed_size().max(0) as u64;
        tell(done.fetch_add(bytes, Ordering::Relaxed) + bytes);
        Ok(part)
    };
    // Which of two events with one id came first is told by their order alone.
    let parts: Result<Vec<_>, ReadError> = if has_ids {
        (0..groups.len()).map(read_one).collect()
    } else {
        (0..groups.len())
            .into_par_iter()
            .with_max_len(1)
            .map(read_one)
            .collect()
    };
    *names = shared.into_inner();
    let mut tables = Vec::new();
    for (table, found) in parts? {
        tables.push(table);
        problems.append(found);
    }
    Ok(tables)
}

/// The file's schema with texts as dictionaries, and the columns the format does not know.
pub(super) fn load<R: ChunkReader>(
    input: &R,
    file: &str,
) -> Result<(ArrowReaderMetadata, BTreeSet<String>), ReadError> {
    let malformed = |reason: String| ReadError::Malformed {
        file: file.to_owned(),
        reason,
    };
    let options = || ArrowReaderOptions::new().with_skip_arrow_metadata(true);
    let plain = guarded(|| ArrowReaderMetadata::load(input, options()))
        .map_err(|reason| malformed(format!("no readable Parquet file: {reason}")))?;
    let mut unknown = BTreeSet::new();
    let mut fields = Vec::new();
    for field in plain.schema().fields() {
        if !COLUMNS.contains(&field.name().as_str()) {
            unknown.insert(crate::columns::shorten(field.name()));
        }
        fields.push(match field.data_type() {
            DataType::Utf8 => {
                let texts =
                    DataType::Dictionary(Box::new(DataType::Int32), Box::new(DataType::Utf8));
                Arc::new(Field::new(field.name(), texts, field.is_nullable()))
            }
            _ => field.clone(),
        });
    }
    for needed in ["deal", "at", "kind"] {
        if !fields.iter().any(|field| field.name() == needed) {
            return Err(malformed(format!("it has no column `{needed}`")));
        }
    }
    let schema = Arc::new(Schema::new(fields));
    let metadata = guarded(|| {
        ArrowReaderMetadata::try_new(plain.metadata().clone(), options().with_schema(schema))
    });
    Ok((metadata.map_err(malformed)?, unknown))
}

/// Reads some columns of one row group; what was decoded before an error is kept.
fn read_group<R: ChunkReader + 'static>(
    input: R,
    metadata: &ArrowReaderMetadata,
    group: (usize, &[usize]),
    file: &str,
    first_row: u64,
    names: &SharedNames,
) -> (Table, Problems) {
    let (group, columns) = group;
    let rows = metadata.metadata().row_group(group).num_rows();
    let mut state = Group::new(file, first_row, rows.max(0) as usize);
    let result = guarded(|| -> Result<(), ParquetError> {
        for batch in batches(input, metadata, group, columns)? {
            state.add(&batch?, names);
        }
        Ok(())
    });
    if let Err(reason) = result {
        let reason = Reason::CutShort(format!("row group {}: {reason}", group + 1));
        state
            .problems
            .add(file, Some(state.next_row), reason, false);
    }
    (state.table, state.problems)
}

/// The batches of some columns of one row group.
pub(super) fn batches<R: ChunkReader + 'static>(
    input: R,
    metadata: &ArrowReaderMetadata,
    group: usize,
    columns: &[usize],
) -> Result<ParquetRecordBatchReader, ParquetError> {
    let columns = columns.iter().copied();
    ParquetRecordBatchReaderBuilder::new_with_metadata(input, metadata.clone())
        .with_row_groups(vec![group])
        .with_projection(ProjectionMask::roots(metadata.parquet_schema(), columns))
        .with_batch_size(BATCH_ROWS)
        .build()
}

/// The columns of the file that are wanted, by their places.
pub(super) fn places(metadata: &ArrowReaderMetadata, leave_out: &[&str]) -> Vec<usize> {
    let fields = metadata.parquet_schema().root_schema().get_fields();
    let wanted = |name: &str| COLUMNS.contains(&name) && !leave_out.contains(&name);
    let all = 0..fields.len();
    all.filter(|i| wanted(fields[*i].name())).collect()
}

/// Runs a decoder that may refuse, or break down, on hostile bytes.
pub(super) fn guarded<T, E: std::fmt::Display>(
    decode: impl FnOnce() -> Result<T, E>,
) -> Result<T, String> {
    match catch_unwind(AssertUnwindSafe(decode)) {
        Ok(result) => result.map_err(|error| error.to_string()),
        Err(_) => Err("the decoder gave up on it".to_owned()),
    }
}
