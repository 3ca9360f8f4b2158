//! A table as CSV: the numbers of the workbook, for whoever goes on reckoning elsewhere.
//!
//! UTF-8 with its mark, so that spreadsheets do not guess the encoding. In Russian fields are parted
//! by semicolons and decimals by commas, as spreadsheets there expect; in English by commas and
//! points.

use wording::Lang;

use crate::table::{Cell, Table};
use crate::xlsx::{harmless, unit, width};

/// The table as a CSV file.
///
/// # Errors
/// Where the writer of the format fails.
pub fn csv(table: &Table, lang: Lang) -> Result<Vec<u8>, csv::Error> {
    let delimiter = match lang {
        Lang::Ru => b';',
        Lang::En => b',',
    };
    let file = b"\xef\xbb\xbf".to_vec();
    let mut out = csv::WriterBuilder::new()
        .delimiter(delimiter)
        .from_writer(file);
    let mut heads = Vec::new();
    for (at, column) in table.columns.iter().enumerate() {
        heads.push(harmless(&format!(
            "{}{}",
            column.title,
            unit(table, at, lang)
        )));
        heads.extend((1..width(table, at)).map(|_| String::new()));
    }
    out.write_record(&heads)?;
    for row in &table.rows {
        let mut fields = Vec::with_capacity(heads.len());
        for (at, cell) in row.cells.iter().enumerate() {
            let end = fields.len() + usize::from(width(table, at));
            put(&mut fields, cell, lang);
            fields.resize(end, String::new());
        }
        out.write_record(&fields)?;
    }
    out.into_inner()
        .map_err(|error| csv::Error::from(error.into_error()))
}

fn put(fields: &mut Vec<String>, cell: &Cell, lang: Lang) {
    let number = |value: f64, digits: usize| {
        let plain = format!("{value:.digits$}");
        match lang {
            Lang::Ru => plain.replace('.', ","),
            Lang::En => plain,
        }
    };
    match cell {
        Cell::Empty => fields.push(String::new()),
        Cell::Text(text) | Cell::Link(text, _) => fields.push(harmless(text)),
        Cell::Count(count) => fields.push(count.to_string()),
        Cell::Signed(count) => fields.push(count.to_string()),
        Cell::Decimal(value) => fields.push(number(*value, 1)),
        Cell::Range(low, high) => fields.extend([number(*low, 1), number(*high, 1)]),
        Cell::Money(hundredths, _) => fields.push(number(*hundredths as f64 / 100.0, 2)),
        Cell::Share(part, whole) => fields.push(number(*part as f64 / *whole as f64, 4)),
        Cell::Work(ms) => fields.push(number(*ms as f64 / 3_600_000.0, 2)),
        Cell::Lamp(..) => fields.push(cell.text(lang)),
        Cell::Day(day) => fields.push(day.to_string()),
        Cell::Moment(moment) => fields.push(moment.strftime("%Y-%m-%d %H:%M").to_string()),
        Cell::Trend(values) => {
            let value = |value: &Option<f64>| value.map_or_else(String::new, |v| number(v, 1));
            fields.extend(values.iter().map(value));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::table::{Column, row};

    #[test]
    fn numbers_are_numbers_and_formulas_harmless() {
        let column = |title: &str| Column {
            title: title.to_owned(),
            numeric: true,
        };
        let table = Table {
            id: "deals".to_owned(),
            title: String::new(),
            note: String::new(),
            columns: ["Сделка", "Сумма", "Доля", "От и до", "Сколько"]
                .map(column)
                .into(),
            rows: vec![row(vec![
                Cell::Text("=1+1; \"дверь\"".into()),
                Cell::Money(123_456_789, "RUB".into()),
                Cell::Share(1, 3),
                Cell::Range(1.0, 2.5),
                Cell::Count(12_345),
            ])],
        };
        let text = |lang| String::from_utf8(csv(&table, lang).expect("a file")).expect("a text");
        assert_eq!(
            text(Lang::Ru),
            "\u{feff}Сделка;Сумма, RUB;Доля;От и до;;Сколько\n\
             \"'=1+1; \"\"дверь\"\"\";1234567,89;0,3333;1,0;2,5;12345\n"
        );
        assert!(text(Lang::En).contains(",1234567.89,0.3333,1.0,2.5,12345"));
    }
}
