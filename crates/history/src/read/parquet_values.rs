//! The values of a decoded column, whatever its type: texts, instants, amounts.

use std::borrow::Cow;

use arrow_array::cast::AsArray;
use arrow_array::types::{
    Decimal128Type, Float32Type, Float64Type, Int32Type, Int64Type, TimestampMicrosecondType,
    TimestampMillisecondType, TimestampNanosecondType, TimestampSecondType,
};
use arrow_array::{Array, ArrayRef, PrimitiveArray};
use arrow_schema::{DataType, TimeUnit};

use super::csv_events::{amount_of, seq_of};
use super::instant::{self, in_range, parse_instant};
use super::parquet_batch::as_dictionary;
use crate::Reason;

/// The text of each row of a column of any plain type.
pub(super) fn strings<'c>(column: &'c ArrayRef) -> Box<dyn Fn(usize) -> Option<Cow<'c, str>> + 'c> {
    if let Some(dictionary) = as_dictionary(column) {
        let values = dictionary.values().as_string::<i32>();
        return Box::new(move |row| {
            (!dictionary.is_null(row))
                .then(|| values.value(dictionary.keys().value(row) as usize).into())
        });
    }
    match column.data_type() {
        DataType::Utf8 => {
            let values = column.as_string::<i32>();
            Box::new(move |row| (!values.is_null(row)).then(|| values.value(row).into()))
        }
        DataType::Binary => {
            let values = column.as_binary::<i32>();
            Box::new(move |row| {
                (!values.is_null(row)).then(|| String::from_utf8_lossy(values.value(row)))
            })
        }
        DataType::Int64 => {
            let values = column.as_primitive::<Int64Type>();
            Box::new(move |row| {
                (!values.is_null(row)).then(|| values.value(row).to_string().into())
            })
        }
        DataType::Int32 => {
            let values = column.as_primitive::<Int32Type>();
            Box::new(move |row| {
                (!values.is_null(row)).then(|| values.value(row).to_string().into())
            })
        }
        DataType::Float64 => {
            let values = column.as_primitive::<Float64Type>();
            Box::new(move |row| {
                (!values.is_null(row)).then(|| values.value(row).to_string().into())
            })
        }
        _ => Box::new(|_| None),
    }
}

/// Whole numbers; what is none reads as nothing.
pub(super) fn whole_numbers(column: &ArrayRef) -> Box<dyn Fn(usize) -> Option<i64> + '_> {
    let texts = strings(column);
    Box::new(move |row| texts(row).and_then(|text| seq_of(&text).ok().flatten()))
}

/// Instants of a batch; text is parsed, integers are milliseconds.
pub(super) struct Instants {
    pub(super) values: Vec<i64>,
    /// Texts that are no instants, by row.
    bad: Vec<(usize, String)>,
}

const NONE: i64 = i64::MIN;
const BAD: i64 = i64::MIN + 1;

impl Instants {
    pub(super) fn get(&self, column: &'static str, row: usize) -> Result<Option<i64>, Reason> {
        match self.values[row] {
            NONE => Ok(None),
            BAD => {
                let text = self
                    .bad
                    .iter()
                    .find(|(bad, _)| *bad == row)
                    .map_or("", |(_, text)| text);
                Err(Reason::bad(column, text, instant::EXPECTED))
            }
            at => Ok(Some(at)),
        }
    }
}

pub(super) fn instants(column: Option<&ArrayRef>, rows: usize) -> Instants {
    let mut out = Instants {
        values: Vec::with_capacity(rows),
        bad: Vec::new(),
    };
    let Some(column) = column else {
        out.values.resize(rows, NONE);
        return out;
    };
    macro_rules! take {
        ($type:ty, $to_ms:expr) => {{
            let values = column.as_primitive::<$type>();
            for (row, value) in values.iter().enumerate() {
                let Some(value) = value else {
                    out.values.push(NONE);
                    continue;
                };
                let to_ms: fn(i64) -> Option<i64> = $to_ms;
                out.values
                    .push(to_ms(value).and_then(in_reach).unwrap_or_else(|| {
                        out.bad.push((row, value.to_string()));
                        BAD
                    }));
            }
        }};
    }
    match column.data_type() {
        DataType::Timestamp(TimeUnit::Second, _) => {
            take!(TimestampSecondType, |s| s.checked_mul(1000))
        }
        DataType::Timestamp(TimeUnit::Millisecond, _)
            if column.null_count() == 0 && within_reach(column) =>
        {
            let values = column.as_primitive::<TimestampMillisecondType>().values();
            out.values.extend_from_slice(values);
        }
        DataType::Timestamp(TimeUnit::Millisecond, _) => take!(TimestampMillisecondType, Some),
        DataType::Timestamp(TimeUnit::Microsecond, _) => {
            take!(TimestampMicrosecondType, |us| Some(us.div_euclid(1_000)));
        }
        DataType::Timestamp(TimeUnit::Nanosecond, _) => {
            take!(TimestampNanosecondType, |ns| Some(ns.div_euclid(1_000_000)));
        }
        DataType::Int64 => take!(Int64Type, Some),
        _ => {
            let texts = strings(column);
            for row in 0..rows {
                out.values
                    .push(match texts(row).filter(|text| !text.is_empty()) {
                        None => NONE,
                        Some(text) => parse_instant(&text).unwrap_or_else(|| {
                            out.bad.push((row, text.into_owned()));
                            BAD
                        }),
                    });
            }
        }
    }
    out
}

/// Whether every instant of a column is of a year that matters.
fn within_reach(column: &ArrayRef) -> bool {
    let values = column.as_primitive::<TimestampMillisecondType>().values();
    values.iter().all(|ms| (0..YEAR_3000).contains(ms))
}

const YEAR_3000: i64 = 32_503_680_000_000;

/// Like [`in_range`], with the years that matter decided by two comparisons.
fn in_reach(ms: i64) -> Option<i64> {
    if (0..YEAR_3000).contains(&ms) {
        Some(ms)
    } else {
        in_range(ms)
    }
}

/// Amounts of a batch.
pub(super) enum Amounts<'a> {
    None,
    Plain(&'a PrimitiveArray<Float64Type>),
    Numbers(Box<dyn Fn(usize) -> Option<f64> + 'a>),
    Texts(Box<dyn Fn(usize) -> Option<Cow<'a, str>> + 'a>),
}

impl Amounts<'_> {
    pub(super) fn get(&self, row: usize) -> Result<Option<f64>, Reason> {
        match self {
            Amounts::None => Ok(None),
            Amounts::Plain(values) => Ok((!values.is_null(row)).then(|| values.value(row))),
            Amounts::Numbers(value) => Ok(value(row)),
            Amounts::Texts(text) => amount_of(&text(row).unwrap_or_default()),
        }
    }
}

pub(super) fn amounts(column: Option<&ArrayRef>) -> Amounts<'_> {
    let Some(column) = column else {
        return Amounts::None;
    };
    match column.data_type() {
        DataType::Float64 => Amounts::Plain(column.as_primitive::<Float64Type>()),
        DataType::Float32 => {
            let values = column.as_primitive::<Float32Type>();
            Amounts::Numbers(Box::new(move |row| {
                (!values.is_null(row)).then(|| values.value(row).into())
            }))
        }
        DataType::Int64 => {
            let values = column.as_primitive::<Int64Type>();
            Amounts::Numbers(Box::new(move |row| {
                (!values.is_null(row)).then(|| values.value(row) as f64)
            }))
        }
        DataType::Decimal128(_, scale) => {
            let values = column.as_primitive::<Decimal128Type>();
            let unit = 10f64.powi(i32::from(*scale));
            Amounts::Numbers(Box::new(move |row| {
                (!values.is_null(row)).then(|| values.value(row) as f64 / unit)
            }))
        }
        _ => Amounts::Texts(strings(column)),
    }
}
