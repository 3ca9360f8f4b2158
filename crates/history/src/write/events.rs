//! The list of events, in each of its forms.

use std::fs::File;
use std::io::{BufWriter, Write};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use arrow_array::builder::{Float64Builder, StringDictionaryBuilder, TimestampMillisecondBuilder};
use arrow_array::types::Int32Type;
use arrow_array::{ArrayRef, RecordBatch};
use arrow_schema::{DataType, Field, Schema, TimeUnit};
use jiff::Timestamp;
use parquet::arrow::ArrowWriter;
use parquet::basic::Compression;
use parquet::file::properties::WriterProperties;
use serde::Serialize;

use super::WriteError;
use super::tables::failed;
use crate::{Instant, Record};

/// The form of a list of events.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Format {
    /// `events.csv`
    Csv,
    /// `events.jsonl`
    Jsonl,
    /// `events.parquet`
    Parquet,
}

impl Format {
    /// The form that a person means by `word`.
    pub fn parse(word: &str) -> Option<Format> {
        match word {
            "csv" => Some(Format::Csv),
            "jsonl" => Some(Format::Jsonl),
            "parquet" => Some(Format::Parquet),
            _ => None,
        }
    }

    fn file_name(self) -> &'static str {
        match self {
            Format::Csv => "events.csv",
            Format::Jsonl => "events.jsonl",
            Format::Parquet => "events.parquet",
        }
    }
}

/// Writes events one after the other.
pub struct EventWriter {
    path: PathBuf,
    form: Form,
}

enum Form {
    Csv(Box<csv::Writer<File>>),
    /// With ids and seqs.
    Whole(Box<csv::Writer<File>>),
    Jsonl(BufWriter<File>),
    Parquet(Box<ParquetForm>),
}

/// An event as CSV and JSON carry it.
#[derive(Serialize)]
struct Line<'a> {
    #[serde(skip_serializing_if = "str::is_empty")]
    deal: &'a str,
    at: String,
    kind: &'a str,
    #[serde(skip_serializing_if = "str::is_empty")]
    actor: &'a str,
    #[serde(skip_serializing_if = "str::is_empty")]
    stage: &'a str,
    #[serde(skip_serializing_if = "str::is_empty")]
    employee: &'a str,
    #[serde(skip_serializing_if = "str::is_empty")]
    task: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    due: Option<String>,
    #[serde(skip_serializing_if = "str::is_empty")]
    text: &'a str,
    #[serde(skip_serializing_if = "str::is_empty")]
    field: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    amount: Option<f64>,
    #[serde(skip_serializing_if = "str::is_empty")]
    client: &'a str,
    #[serde(skip_serializing_if = "str::is_empty")]
    channel: &'a str,
}

const CSV_HEADER: [&str; 13] = [
    "deal", "at", "kind", "actor", "stage", "employee", "task", "due", "text", "field", "amount",
    "client", "channel",
];

impl EventWriter {
    /// Creates the list in `folder`.
    pub fn create(folder: &Path, format: Format) -> Result<EventWriter, WriteError> {
        let path = folder.join(format.file_name());
        let file = File::create(&path).map_err(|error| failed(&path, error))?;
        let form = match format {
            Format::Csv => {
                let mut writer = csv::Writer::from_writer(file);
                writer
                    .write_record(CSV_HEADER)
                    .map_err(|error| failed(&path, error))?;
                Form::Csv(Box::new(writer))
            }
            Format::Jsonl => Form::Jsonl(BufWriter::new(file)),
            Format::Parquet => {
                let form = ParquetForm::new(file).map_err(|error| failed(&path, error))?;
                Form::Parquet(Box::new(form))
            }
        };
        Ok(EventWriter { path, form })
    }

    /// Creates `events.csv` in `folder`, with the columns `id` and `seq`.
    pub fn whole(folder: &Path) -> Result<EventWriter, WriteError> {
        let path = folder.join(Format::Csv.file_name());
        let file = File::create(&path).map_err(|error| failed(&path, error))?;
        let mut writer = csv::Writer::from_writer(file);
        let header = ["id", "seq"].into_iter().chain(CSV_HEADER);
        writer
            .write_record(header)
            .map_err(|error| failed(&path, error))?;
        let form = Form::Whole(Box::new(writer));
        Ok(EventWriter { path, form })
    }

    /// Writes an event. But for [`EventWriter::whole`], `id` and `seq` are not written: the order
    /// of the file tells.
    pub fn write(&mut self, record: &Record<'_>) -> Result<(), WriteError> {
        let result = match &mut self.form {
            Form::Csv(writer) => write_csv(writer, record).map_err(|error| error.to_string()),
            Form::Whole(writer) => write_whole(writer, record).map_err(|error| error.to_string()),
            Form::Jsonl(writer) => write_json(writer, record).map_err(|error| error.to_string()),
            Form::Parquet(form) => form.write(record).map_err(|error| error.to_string()),
        };
        result.map_err(|error| failed(&self.path, error))
    }

    /// Writes what is still held back and closes the file.
    pub fn finish(self) -> Result<(), WriteError> {
        let result = match self.form {
            Form::Csv(mut writer) | Form::Whole(mut writer) => {
                writer.flush().map_err(|error| error.to_string())
            }
            Form::Jsonl(mut writer) => writer.flush().map_err(|error| error.to_string()),
            Form::Parquet(form) => form.finish().map_err(|error| error.to_string()),
        };
        result.map_err(|error| failed(&self.path, error))
    }
}

/// RFC 3339 in UTC with milliseconds.
fn rfc3339(at: Instant) -> String {
    Timestamp::from_millisecond(at).map_or_else(|_| at.to_string(), |at| format!("{at:.3}"))
}

fn kind_word(record: &Record<'_>) -> &'static str {
    record.kind.map_or("", |kind| kind.as_str())
}

fn write_whole(writer: &mut csv::Writer<File>, record: &Record<'_>) -> Result<(), csv::Error> {
    let seq = record.seq.map(|seq| seq.to_string()).unwrap_or_default();
    writer.write_field(record.id)?;
    writer.write_field(seq)?;
    write_csv(writer, record)
}

fn write_csv(writer: &mut csv::Writer<File>, record: &Record<'_>) -> Result<(), csv::Error> {
    let due = record.due.map(rfc3339).unwrap_or_default();
    let amount = record
        .amount
        .map(|amount| amount.to_string())
        .unwrap_or_default();
    writer.write_record([
        record.deal,
        &rfc3339(record.at),
        kind_word(record),
        record.actor,
        record.stage,
        record.employee,
        record.task,
        &due,
        record.text,
        record.field,
        &amount,
        record.client,
        record.channel,
    ])
}

fn write_json(writer: &mut BufWriter<File>, record: &Record<'_>) -> std::io::Result<()> {
    let line = Line {
        deal: record.deal,
        at: rfc3339(record.at),
        kind: kind_word(record),
        actor: record.actor,
        stage: record.stage,
        employee: record.employee,
        task: record.task,
        due: record.due.map(rfc3339),
        text: record.text,
        field: record.field,
        amount: record.amount,
        client: record.client,
        channel: record.channel,
    };
    serde_json::to_writer(&mut *writer, &line)?;
    writer.write_all(b"\n")
}

/// Rows of one row group: its dictionaries stay small enough to be kept as dictionaries.
const GROUP_ROWS: usize = 1 << 20;
/// Rows handed to the encoder at a time.
const BATCH_ROWS: usize = 1 << 16;

struct ParquetForm {
    writer: ArrowWriter<File>,
    schema: Arc<Schema>,
    rows: usize,
    at: TimestampMillisecondBuilder,
    due: TimestampMillisecondBuilder,
    amount: Float64Builder,
    texts: [StringDictionaryBuilder<Int32Type>; 10],
}

const TEXT_COLUMNS: [&str; 10] = [
    "deal", "kind", "actor", "stage", "employee", "task", "text", "field", "client", "channel",
];

impl ParquetForm {
    fn new(file: File) -> Result<ParquetForm, parquet::errors::ParquetError> {
        let instant = DataType::Timestamp(TimeUnit::Millisecond, Some("UTC".into()));
        let text = DataType::Dictionary(Box::new(DataType::Int32), Box::new(DataType::Utf8));
        let mut fields = vec![
            Field::new("at", instant.clone(), false),
            Field::new("due", instant, true),
            Field::new("amount", DataType::Float64, true),
        ];
        fields.extend(
            TEXT_COLUMNS
                .iter()
                .map(|name| Field::new(*name, text.clone(), true)),
        );
        let schema = Arc::new(Schema::new(fields));
        let properties = WriterProperties::builder()
            .set_compression(Compression::SNAPPY)
            .set_max_row_group_row_count(Some(GROUP_ROWS))
            .set_dictionary_page_size_limit(16 << 20)
            .build();
        Ok(ParquetForm {
            writer: ArrowWriter::try_new(file, schema.clone(), Some(properties))?,
            schema,
            rows: 0,
            at: TimestampMillisecondBuilder::new().with_timezone("UTC"),
            due: TimestampMillisecondBuilder::new().with_timezone("UTC"),
            amount: Float64Builder::new(),
            texts: std::array::from_fn(|_| StringDictionaryBuilder::new()),
        })
    }

    fn write(&mut self, record: &Record<'_>) -> Result<(), parquet::errors::ParquetError> {
        self.at.append_value(record.at);
        self.due.append_option(record.due);
        self.amount.append_option(record.amount);
        let texts = [
            record.deal,
            kind_word(record),
            record.actor,
            record.stage,
            record.employee,
            record.task,
            record.text,
            record.field,
            record.client,
            record.channel,
        ];
        for (builder, text) in self.texts.iter_mut().zip(texts) {
            builder.append_option((!text.is_empty()).then_some(text));
        }
        self.rows += 1;
        if self.rows == BATCH_ROWS {
            self.hand_over()
        } else {
            Ok(())
        }
    }

    fn hand_over(&mut self) -> Result<(), parquet::errors::ParquetError> {
        let mut columns: Vec<ArrayRef> = vec![
            Arc::new(self.at.finish()),
            Arc::new(self.due.finish()),
            Arc::new(self.amount.finish()),
        ];
        columns.extend(
            self.texts
                .iter_mut()
                .map(|builder| Arc::new(builder.finish()) as ArrayRef),
        );
        self.rows = 0;
        self.writer
            .write(&RecordBatch::try_new(self.schema.clone(), columns)?)
    }

    fn finish(mut self) -> Result<(), parquet::errors::ParquetError> {
        self.hand_over()?;
        self.writer.close().map(|_| ())
    }
}
