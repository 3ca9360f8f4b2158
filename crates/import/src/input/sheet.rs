//! Spreadsheets: XLSX, XLSB, XLS, ODS.

use std::io::Cursor;
use std::panic::{AssertUnwindSafe, catch_unwind};

use calamine::{Data, DataRef, ExcelDateTime, Reader, Sheets, open_workbook_auto_from_rs};
use jiff::civil::DateTime;

use super::Unreadable;
use super::grid::{Grid, GridCell};
use crate::value::moment::{self, Moment};

/// No export has more columns; cells beyond are strays.
const MAX_COLUMNS: usize = 4096;

/// Every sheet with anything in it.
pub(super) fn read(bytes: Vec<u8>) -> Result<Vec<Grid>, Unreadable> {
    // A damaged file may bring the library to panic; the import outlives it.
    let read = catch_unwind(AssertUnwindSafe(|| sheets(bytes)));
    let grids = read.unwrap_or_else(|_| Err("it is damaged".into()));
    let grids = grids.map_err(|reason| {
        Unreadable(format!(
            "{reason}; open it in a spreadsheet program and save it as XLSX or CSV"
        ))
    })?;
    Ok(grids)
}

fn sheets(bytes: Vec<u8>) -> Result<Vec<Grid>, String> {
    let mut book = open_workbook_auto_from_rs(Cursor::new(bytes)).map_err(|e| e.to_string())?;
    let mut grids = Vec::new();
    for name in book.sheet_names() {
        let cells = match &mut book {
            // Cell by cell: one stray cell far away must not fill the memory with empty ones.
            Sheets::Xlsx(book) => {
                let reader = book.worksheet_cells_reader(&name);
                sparse(reader.map_err(|e| e.to_string())?)?
            }
            book => dense(book.worksheet_range(&name).map_err(|e| e.to_string())?),
        };
        if !cells.is_empty() {
            grids.push(Grid { name, cells });
        }
    }
    Ok(grids)
}

type Rows = Vec<(u64, Vec<GridCell>)>;

fn sparse<RS: std::io::Read + std::io::Seek>(
    mut reader: calamine::XlsxCellReader<'_, RS>,
) -> Result<Rows, String> {
    let mut rows: Rows = Vec::new();
    while let Some(cell) = reader.next_cell().map_err(|e| e.to_string())? {
        let (row, column) = cell.get_position();
        let (line, column) = (u64::from(row) + 1, column as usize);
        if column >= MAX_COLUMNS {
            continue;
        }
        if rows.last().is_none_or(|(last, _)| *last != line) {
            rows.push((line, Vec::new()));
        }
        if let Some((_, cells)) = rows.last_mut() {
            cells.resize(cells.len().max(column + 1), GridCell::Empty);
            cells[column] = grid_cell(&owned(cell.get_value()));
        }
    }
    Ok(rows)
}

fn owned(value: &DataRef<'_>) -> Data {
    match value {
        DataRef::SharedString(text) => Data::String((*text).to_owned()),
        other => Data::from(other.clone()),
    }
}

fn dense(range: calamine::Range<Data>) -> Rows {
    let start = range.start().unwrap_or((0, 0));
    let before = (start.1 as usize).min(MAX_COLUMNS);
    let row = |(i, cells): (usize, &[Data])| {
        let mut row = vec![GridCell::Empty; before];
        row.extend(cells.iter().take(MAX_COLUMNS).map(grid_cell));
        (u64::from(start.0) + i as u64 + 1, row)
    };
    range.rows().enumerate().map(row).collect()
}

fn grid_cell(value: &Data) -> GridCell {
    match value {
        Data::Empty => GridCell::Empty,
        Data::Int(number) => GridCell::Number(*number as f64),
        Data::Float(number) => GridCell::Number(*number),
        Data::String(text) | Data::DateTimeIso(text) | Data::DurationIso(text) => {
            GridCell::Text(text.clone())
        }
        Data::Bool(flag) => GridCell::Text(flag.to_string()),
        Data::DateTime(at) => moment_cell(*at),
        Data::Error(error) => GridCell::Bad(error.to_string()),
    }
}

/// Dates; lengths of time and times of day become seconds.
fn moment_cell(at: ExcelDateTime) -> GridCell {
    let days = at.as_f64();
    if at.is_duration() || days < 1.0 {
        return GridCell::Number((days * 86_400_000.0).round() / 1000.0);
    }
    let (year, month, day, hour, minute, second, milli) = at.to_ymd_hms_milli();
    let read = DateTime::new(
        year as i16,
        month as i8,
        day as i8,
        hour as i8,
        minute as i8,
        second as i8,
        i32::from(milli) * 1_000_000,
    );
    match (read, moment::from_excel_days(days)) {
        (Ok(at), _) => GridCell::Moment(at),
        (Err(_), Some(Moment::Local(at))) => GridCell::Moment(at),
        _ => GridCell::Number(days),
    }
}
