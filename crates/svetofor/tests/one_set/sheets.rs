//! A report as a workbook, read back from its bytes.

use std::io::Cursor;

use calamine::{Data, Range, Reader, Xlsx};
use report::table::{Cell, Table};
use wording::Lang;

/// The rows below the title of a table: note, blank, headings.
const HEAD: usize = 4;

/// The sheets of a workbook.
pub struct Book(Vec<Range<Data>>);

impl Book {
    /// Reads a workbook.
    pub fn read(bytes: Vec<u8>) -> Book {
        let mut book: Xlsx<_> = calamine::open_workbook_from_rs(Cursor::new(bytes)).unwrap();
        Book(book.worksheets().into_iter().map(|(_, all)| all).collect())
    }

    /// Compares a table with its place in the workbook, cell by cell; how many were compared.
    pub fn compare(&self, table: &Table, lang: Lang) -> usize {
        let is_title =
            |cell: Option<&Data>| matches!(cell, Some(Data::String(said)) if *said == table.title);
        let places = self.0.iter().flat_map(|sheet| {
            let rows = 0..sheet.height();
            rows.filter(move |row| is_title(sheet.get((*row, 0))))
                .map(move |row| (sheet, row))
        });
        // Tables of one title are told apart by what stands in them.
        let mut places = places.map(|(sheet, row)| differences(table, sheet, row + HEAD, lang));
        let least = places.by_ref().min_by_key(Vec::len);
        let least = least.unwrap_or_else(|| panic!("the workbook has no «{}»", table.title));
        assert_eq!(least, Vec::<String>::new(), "{}", table.id);
        table.rows.iter().map(|row| row.cells.len()).sum()
    }
}

/// Where a table and the rows of a sheet from one on are not the same.
fn differences(table: &Table, sheet: &Range<Data>, from: usize, lang: Lang) -> Vec<String> {
    let mut found = Vec::new();
    for (at, row) in table.rows.iter().enumerate() {
        let mut place = 0;
        for (column, cell) in row.cells.iter().enumerate() {
            let own = |more: usize| sheet.get((from + at, place + more)).unwrap_or(&Data::Empty);
            if !is_same(cell, &own, lang) {
                found.push(format!(
                    "row {at}, column {column}: {cell:?} is {:?}",
                    own(0)
                ));
            }
            place += width(table, column);
        }
    }
    found
}

/// How many columns of a sheet a column of a table has.
fn width(table: &Table, column: usize) -> usize {
    let cells = table.rows.iter().filter_map(|row| row.cells.get(column));
    let widths = cells.map(|cell| match cell {
        Cell::Range(..) => 2,
        Cell::Trend(values) => values.len(),
        _ => 1,
    });
    widths.max().unwrap_or(1)
}

fn is_same<'d>(cell: &Cell, own: &dyn Fn(usize) -> &'d Data, lang: Lang) -> bool {
    let is_number = |at: usize, wanted: f64| match own(at) {
        Data::Float(number) => (number - wanted).abs() < 1e-9,
        Data::Int(number) => (*number as f64 - wanted).abs() < 1e-9,
        _ => false,
    };
    let is_text = |wanted: &str| match own(0) {
        // What begins like a formula has an apostrophe before it.
        Data::String(text) => text.strip_prefix('\'').unwrap_or(text) == wanted,
        Data::Empty => wanted.is_empty(),
        _ => false,
    };
    match cell {
        Cell::Empty => *own(0) == Data::Empty,
        Cell::Text(text) | Cell::Link(text, _) => is_text(text),
        Cell::Count(count) => is_number(0, *count as f64),
        Cell::Signed(number) => is_number(0, *number as f64),
        Cell::Decimal(number) => is_number(0, *number),
        Cell::Range(low, high) => is_number(0, *low) && is_number(1, *high),
        Cell::Money(hundredths, _) => is_number(0, *hundredths as f64 / 100.0),
        Cell::Share(part, whole) => is_number(0, *part as f64 / *whole as f64),
        Cell::Work(ms) => is_number(0, *ms as f64 / 3_600_000.0),
        Cell::Lamp(..) => is_text(&cell.text(lang)),
        Cell::Day(_) | Cell::Moment(_) => matches!(own(0), Data::DateTime(_)),
        Cell::Trend(values) => values.iter().enumerate().all(|(at, value)| match value {
            Some(value) => is_number(at, *value),
            None => *own(at) == Data::Empty,
        }),
    }
}
