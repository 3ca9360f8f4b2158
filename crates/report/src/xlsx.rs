//! A report as a workbook: a sheet a section, numbers as numbers.

use audit::message::Speaker;
use figures::Report;
use rust_xlsxwriter::{ExcelDateTime, Format, FormatAlign, Workbook, Worksheet};
use wording::Lang;

use crate::document::Document;
use crate::section::sections;
use crate::table::{Cell, Table};
use crate::words::{catalogue, lamp, word};

/// Why a workbook could not be made.
#[derive(Debug, thiserror::Error)]
#[error("the workbook cannot be made: {0}")]
pub struct XlsxError(#[from] rust_xlsxwriter::XlsxError);

/// The report as the bytes of an XLSX file.
///
/// # Errors
/// Where a limit of the format is exceeded.
pub fn xlsx(report: &Report<'_>, speaker: &Speaker<'_>) -> Result<Vec<u8>, XlsxError> {
    let mut book = Workbook::new();
    let looks = Looks::new();
    let tables = sections(report, speaker);
    let many = tables.iter().filter(|table| table.id == "funnel").count() > 1;
    let mut funnels = 0;
    for table in &tables {
        let sheet = book.add_worksheet();
        let mut name = word(speaker.lang(), &format!("sheet-{}", table.id));
        if table.id == "funnel" && many {
            funnels += 1;
            name = format!("{name} {funnels}");
        }
        sheet.set_name(name)?;
        write(sheet, table, &looks, speaker.lang())?;
    }
    Ok(book.save_to_buffer()?)
}

/// Tables as the bytes of an XLSX file: a sheet for each, under these names.
///
/// # Errors
/// Where a limit of the format is exceeded.
pub fn workbook(tables: &[(String, &Table)], lang: Lang) -> Result<Vec<u8>, XlsxError> {
    let mut book = Workbook::new();
    let looks = Looks::new();
    for (at, (name, table)) in tables.iter().enumerate() {
        let sheet = book.add_worksheet();
        sheet.set_name(sheet_name(at + 1, name))?;
        write(sheet, table, &looks, lang)?;
    }
    Ok(book.save_to_buffer()?)
}

/// The tables of a document as the bytes of an XLSX file: a sheet for each kind of table, with those of
/// one kind below each other, and one for each table that a workbook alone shows.
///
/// # Errors
/// Where a limit of the format is exceeded.
pub fn book(document: &Document) -> Result<Vec<u8>, XlsxError> {
    let lang = document.lang();
    let mut kinds: Vec<(&str, Vec<&Table>)> = Vec::new();
    for table in document.tables().chain(&document.data) {
        let kind = kind_of(&table.id);
        match kinds.iter_mut().find(|(known, _)| *known == kind) {
            Some((_, tables)) => tables.push(table),
            None => kinds.push((kind, vec![table])),
        }
    }
    let mut book = Workbook::new();
    let looks = Looks::new();
    for (at, (kind, tables)) in kinds.iter().enumerate() {
        let sheet = book.add_worksheet();
        let name = match catalogue(lang).has(&format!("sheet-{kind}")) {
            true => word(lang, &format!("sheet-{kind}")),
            false => sheet_name(at + 1, kind),
        };
        sheet.set_name(name)?;
        let mut row = 0;
        for table in tables {
            row = write_at(sheet, row, table, &looks, lang)? + 2;
        }
        if tables.len() == 1 {
            sheet.set_freeze_panes(4, 1)?;
        }
        sheet.set_landscape();
        sheet.set_print_fit_to_pages(1, 0);
    }
    Ok(book.save_to_buffer()?)
}

/// The kind of a table: its id without the number that tells it from others.
fn kind_of(id: &str) -> &str {
    let number = id.rsplit_once('-');
    let number = number.filter(|(_, last)| last.bytes().all(|byte| byte.is_ascii_digit()));
    number.map_or(id, |(kind, _)| kind)
}

/// A name that a sheet may have: short, without the signs that the format forbids, and with its
/// number where two could be the same.
fn sheet_name(number: usize, name: &str) -> String {
    let plain = |c: &char| !"[]:*?/\\'".contains(*c) && !c.is_control();
    let short: String = name.chars().filter(plain).take(26).collect();
    match number {
        1 if !short.trim().is_empty() => short,
        _ => format!("{number} {short}"),
    }
}

struct Looks {
    title: Format,
    note: Format,
    head: Format,
    number: Format,
    money: Format,
    share: Format,
    text: Format,
    day: Format,
    moment: Format,
}

impl Looks {
    fn new() -> Looks {
        Looks {
            title: Format::new().set_bold().set_font_size(14),
            note: Format::new().set_font_color("#666666"),
            head: Format::new()
                .set_bold()
                .set_text_wrap()
                .set_align(FormatAlign::Top),
            number: Format::new().set_num_format("#,##0.0"),
            money: Format::new().set_num_format("#,##0.00"),
            share: Format::new().set_num_format("0%"),
            text: Format::new(),
            day: Format::new().set_num_format("dd.mm.yyyy"),
            moment: Format::new().set_num_format("dd.mm.yyyy hh:mm"),
        }
    }
}

fn write(sheet: &mut Worksheet, table: &Table, looks: &Looks, lang: Lang) -> Result<(), XlsxError> {
    write_at(sheet, 0, table, looks, lang)?;
    sheet.set_freeze_panes(4, 1)?;
    sheet.set_landscape();
    sheet.set_print_fit_to_pages(1, 0);
    Ok(())
}

/// Writes a table from a row on: title, note, a blank row, headings, rows. The row after it.
fn write_at(
    sheet: &mut Worksheet,
    from: u32,
    table: &Table,
    looks: &Looks,
    lang: Lang,
) -> Result<u32, XlsxError> {
    sheet.write_with_format(from, 0, harmless(&table.title), &looks.title)?;
    sheet.write_with_format(from + 1, 0, harmless(&table.note), &looks.note)?;
    let mut place = 0;
    let mut places = Vec::new();
    for (i, column) in table.columns.iter().enumerate() {
        places.push(place);
        let heading = format!("{}{}", column.title, unit(table, i, lang));
        sheet.write_with_format(from + 3, place, harmless(&heading), &looks.head)?;
        sheet.set_column_width(place, if i == 0 { 44.0 } else { 14.0 })?;
        place += width(table, i);
    }
    for (i, row) in table.rows.iter().enumerate() {
        for (cell, place) in row.cells.iter().zip(&places) {
            put(sheet, (from + i as u32 + 4, *place), cell, looks, lang)?;
        }
    }
    Ok(from + table.rows.len() as u32 + 4)
}

/// The unit of a column, which its numbers lack here.
pub(crate) fn unit(table: &Table, column: usize, lang: Lang) -> String {
    let mut cells = table.rows.iter().filter_map(|row| row.cells.get(column));
    cells
        .find_map(|cell| match cell {
            Cell::Work(_) => Some(format!(", {}", word(lang, "unit-working-hours"))),
            Cell::Money(_, currency) => Some(format!(", {currency}")),
            _ => None,
        })
        .unwrap_or_default()
}

/// How many columns of the file a column of the table takes: an interval two, a trend one a week.
pub(crate) fn width(table: &Table, column: usize) -> u16 {
    let cells = table.rows.iter().filter_map(|row| row.cells.get(column));
    cells
        .map(|cell| match cell {
            Cell::Range(..) => 2,
            Cell::Trend(values) => values.len() as u16,
            _ => 1,
        })
        .max()
        .unwrap_or(1)
}

fn put(
    sheet: &mut Worksheet,
    (row, column): (u32, u16),
    cell: &Cell,
    looks: &Looks,
    lang: Lang,
) -> Result<(), XlsxError> {
    match cell {
        Cell::Empty => {}
        Cell::Text(text) | Cell::Link(text, _) => {
            sheet.write_with_format(row, column, harmless(text), &looks.text)?;
        }
        Cell::Count(count) => {
            sheet.write(row, column, *count as f64)?;
        }
        Cell::Signed(number) => {
            sheet.write(row, column, *number as f64)?;
        }
        Cell::Decimal(number) => {
            sheet.write_with_format(row, column, *number, &looks.number)?;
        }
        Cell::Range(low, high) => {
            sheet.write_with_format(row, column, *low, &looks.number)?;
            sheet.write_with_format(row, column + 1, *high, &looks.number)?;
        }
        Cell::Money(hundredths, _) => {
            let units = *hundredths as f64 / 100.0;
            sheet.write_with_format(row, column, units, &looks.money)?;
        }
        Cell::Share(part, whole) => {
            let share = *part as f64 / *whole as f64;
            sheet.write_with_format(row, column, share, &looks.share)?;
        }
        // Hours, as everybody can go on reckoning with them.
        Cell::Work(ms) => {
            let hours = *ms as f64 / 3_600_000.0;
            sheet.write_with_format(row, column, hours, &looks.number)?;
        }
        Cell::Lamp(colour, _) => {
            let said = match cell {
                Cell::Lamp(_, true) => cell.text(lang),
                _ => lamp(*colour, lang),
            };
            sheet.write(row, column, said)?;
        }
        Cell::Day(day) => {
            let (year, month, of_month) = (day.year(), day.month(), day.day());
            let day = ExcelDateTime::from_ymd(year.unsigned_abs(), month as u8, of_month as u8)?;
            sheet.write_with_format(row, column, &day, &looks.day)?;
        }
        Cell::Moment(moment) => {
            let (day, time) = (moment.date(), moment.time());
            let (year, month, of_month) = (day.year(), day.month(), day.day());
            let day = ExcelDateTime::from_ymd(year.unsigned_abs(), month as u8, of_month as u8)?;
            let moment =
                day.and_hms(time.hour() as u16, time.minute() as u8, time.second() as u8)?;
            sheet.write_with_format(row, column, &moment, &looks.moment)?;
        }
        Cell::Trend(values) => {
            for (i, value) in values.iter().enumerate() {
                if let Some(value) = value {
                    let place = column + i as u16;
                    sheet.write_with_format(row, place, *value, &looks.number)?;
                }
            }
        }
    }
    Ok(())
}

/// A text that a spreadsheet will not take for a formula: `=`, `+`, `-` and `@` at its beginning,
/// also after blanks, get an apostrophe before them.
pub(crate) fn harmless(text: &str) -> String {
    match text.trim_start().chars().next() {
        Some('=' | '+' | '-' | '@') => format!("'{text}"),
        _ if text.starts_with(['\t', '\r', '\n']) => format!("'{text}"),
        _ => text.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::harmless;

    #[test]
    fn formulas_are_made_harmless() {
        assert_eq!(harmless("=1+1"), "'=1+1");
        assert_eq!(harmless(" @SUM(A1)"), "' @SUM(A1)");
        assert_eq!(harmless("+7 900"), "'+7 900");
        assert_eq!(harmless("-5"), "'-5");
        assert_eq!(harmless("Кухня = 3 м"), "Кухня = 3 м");
    }
}
