//! Findings as people and programs read them.

pub mod import_report;
pub mod jsonl;
pub mod jsonl_compare;
pub mod table;

use comfy_table::{CellAlignment, ContentArrangement, LineStyle, Table, TableStyle};

/// A line under the header, none between rows.
const STYLE: TableStyle =
    TableStyle::new().header_separator(LineStyle::none().fill('─').junction('─'));

/// A table without borders, numbers of some columns on the right.
pub fn plain_table(header: &[String], right: &[usize]) -> Table {
    let mut table = Table::new();
    table.load_style(STYLE);
    table.set_content_arrangement(ContentArrangement::Disabled);
    table.set_header(header);
    for column in right {
        if let Some(column) = table.column_mut(*column) {
            column.set_cell_alignment(CellAlignment::Right);
        }
    }
    table
}

/// A table of a report for the terminal.
pub fn drawn(table: &report::table::Table, lang: wording::Lang) -> String {
    let header: Vec<String> = table
        .columns
        .iter()
        .map(|column| column.title.clone())
        .collect();
    let numeric = table.columns.iter().enumerate();
    let right: Vec<usize> = numeric
        .filter(|(_, column)| column.numeric)
        .map(|(i, _)| i)
        .collect();
    let mut plain = plain_table(&header, &right);
    for row in &table.rows {
        plain.add_row(row.cells.iter().map(|cell| cell.text(lang)));
    }
    format!("{}\n{}\n{plain}\n", table.title, table.note)
}
