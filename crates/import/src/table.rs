//! A table in memory: only the columns that a source names, equal texts kept once.

use history::Names;
use jiff::civil::DateTime;

use crate::input::{CellRef, Cells, Content, Header, Lines};
use crate::mapping::Source;
use crate::mapping::nearest;
use crate::report::{Effect, FileReport, Problem, Problems, Reason};

/// A row over more lines than this is likely one with an open quotation mark.
const LIKELY_LINES: u64 = 200;

/// A cell; texts are interned in the table's `names`.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum Cell {
    Empty,
    Text(u32),
    Number(f64),
    Moment(DateTime),
}

/// A table of some source.
pub(crate) struct Table {
    /// Its name for messages.
    pub file: String,
    /// The headers of the source's columns, then of the rest where the source keeps it;
    /// the mapping's own name where the table has no such column.
    pub headers: Vec<String>,
    /// The line of each row.
    pub lines: Vec<u64>,
    cells: Vec<Cell>,
    names: Names,
}

/// A cell with its text.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum Entry<'t> {
    Empty,
    Text(&'t str),
    Number(f64),
    Moment(DateTime),
}

impl Table {
    /// How many rows there are.
    pub fn rows(&self) -> usize {
        self.lines.len()
    }

    /// How many columns there are, the rest counted.
    pub fn columns(&self) -> usize {
        self.headers.len()
    }

    pub fn entry(&self, row: usize, column: usize) -> Entry<'_> {
        match self.cells[row * self.headers.len() + column] {
            Cell::Empty => Entry::Empty,
            Cell::Text(text) => Entry::Text(self.names.get(text)),
            Cell::Number(number) => Entry::Number(number),
            Cell::Moment(at) => Entry::Moment(at),
        }
    }
}

/// A header as headers are compared: lower case, single spaces.
pub(crate) fn normal(header: &str) -> String {
    let words: Vec<&str> = header.split_whitespace().collect();
    words.join(" ").to_lowercase()
}

/// Where the columns of a source stand in a table.
pub(crate) struct Layout {
    /// For each column of the source its place, if the table has it.
    pub places: Vec<Option<usize>>,
}

impl Layout {
    pub fn of(source: &Source, names: &[String]) -> Layout {
        let names: Vec<String> = names.iter().map(|name| normal(name)).collect();
        let place = |header: &String| names.iter().position(|name| *name == normal(header));
        let columns = source.columns.iter();
        let places = columns
            .map(|column| column.headers.iter().find_map(place))
            .collect();
        Layout { places }
    }

    /// The columns by which the source is known and which the table lacks.
    pub fn lacks<'s>(&self, source: &'s Source) -> Vec<&'s str> {
        let missing = source
            .known_by
            .iter()
            .filter(|c| self.places[**c].is_none());
        missing
            .map(|c| source.columns[*c].headers[0].as_str())
            .collect()
    }

    /// How many columns of the source the table has.
    pub fn found(&self) -> usize {
        self.places.iter().flatten().count()
    }
}

/// Reads the table `part` of a file as `source` wants it; `used` tells of each of its columns
/// whether anything uses it.
pub(crate) fn read(
    content: &Content,
    part: usize,
    file: &str,
    source: &Source,
    used: &[bool],
    problems: &mut Problems,
    progress: &mut dyn FnMut(f64),
) -> (Table, FileReport) {
    let header = content.header(part, source).unwrap_or(Header {
        names: Vec::new(),
        form: String::new(),
    });
    let layout = Layout::of(source, &header.names);
    report_missing(file, source, &layout, &header.names, problems);
    let (rest, unused) = rest_columns(source, used, &layout, &header.names);

    let mut places = layout.places.clone();
    places.extend(rest.iter().map(|place| Some(*place)));
    let mut headers: Vec<String> = Vec::with_capacity(places.len());
    for (i, place) in places.iter().enumerate() {
        headers.push(match place {
            Some(place) => header.names[*place].trim().to_owned(),
            None => source.columns[i].name.clone(),
        });
    }
    let mut table = Table {
        file: file.to_owned(),
        headers,
        lines: Vec::new(),
        cells: Vec::new(),
        names: Names::new(),
    };
    let mut dropped = 0;
    content.rows(part, source, &mut |lines, cells, done| {
        let width = header.names.len();
        if check_row(file, lines, cells, width, problems) {
            table.add(lines.first, cells, &places, &source.reading.empty, problems);
        } else {
            dropped += 1;
        }
        progress(done);
    });
    let report = FileReport {
        file: file.to_owned(),
        source: Some(source.name.clone()),
        form: header.form,
        rows: table.rows() as u64 + dropped,
        dropped,
        unused_columns: unused,
        ..FileReport::default()
    };
    (table, report)
}

fn report_missing(
    file: &str,
    source: &Source,
    layout: &Layout,
    names: &[String],
    problems: &mut Problems,
) {
    for (column, place) in source.columns.iter().zip(&layout.places) {
        if place.is_some() || column.optional {
            continue;
        }
        let tried = column.headers.join(" | ");
        let near = nearest(&column.headers[0], names.iter().map(String::as_str));
        let value = match near {
            Some(near) => format!("{tried} (the table has {near:?})"),
            None => tried,
        };
        problems.add(&Problem {
            file,
            line: None,
            column: &column.name,
            value: &value,
            reason: Reason::ColumnMissing,
            effect: Effect::Kept,
        });
    }
}

/// The columns that are read without a name in the mapping, and the headers nothing uses.
fn rest_columns(
    source: &Source,
    used: &[bool],
    layout: &Layout,
    names: &[String],
) -> (Vec<usize>, Vec<String>) {
    let mut rest = Vec::new();
    let mut unused = Vec::new();
    for (place, name) in names.iter().enumerate() {
        let named = layout.places.iter().position(|of| *of == Some(place));
        match named {
            Some(column) if used[column] => {}
            None if source.rest && !name.trim().is_empty() => rest.push(place),
            _ if name.trim().is_empty() => {}
            _ => unused.push(name.trim().to_owned()),
        }
    }
    (rest, unused)
}

/// Whether a row can be trusted; what is odd about it is reported.
fn check_row(
    file: &str,
    lines: Lines,
    cells: &dyn Cells,
    width: usize,
    problems: &mut Problems,
) -> bool {
    let mut odd = |value: String, reason: Reason, effect: Effect| {
        problems.add(&Problem {
            file,
            line: Some(lines.first),
            column: "",
            value: &value,
            reason,
            effect,
        });
    };
    if lines.count > LIKELY_LINES {
        let value = format!("{} lines", lines.count);
        odd(value, Reason::RowRunsOn, Effect::Kept);
    }
    let counts = format!("{} instead of {width}", cells.len());
    let stray = (width..cells.len()).any(|i| match cells.cell(i) {
        CellRef::Empty => false,
        CellRef::Text(text) => !text.trim().is_empty(),
        _ => true,
    });
    if stray {
        // A mark within a text was taken for the end of a cell: nothing after it is sure.
        odd(counts, Reason::RowTooLong, Effect::RowDropped);
        return false;
    }
    // Spreadsheets leave the empty cells at the end away.
    if cells.len() < width && cells.is_text() {
        odd(counts, Reason::RowTooShort, Effect::Kept);
    }
    true
}

impl Table {
    fn add(
        &mut self,
        line: u64,
        cells: &dyn Cells,
        places: &[Option<usize>],
        empty: &[String],
        problems: &mut Problems,
    ) {
        for (i, place) in places.iter().enumerate() {
            let cell = place.map_or(CellRef::Empty, |place| cells.cell(place));
            let cell = match cell {
                CellRef::Empty => Cell::Empty,
                CellRef::Number(number) => Cell::Number(number),
                CellRef::Moment(at) => Cell::Moment(at),
                CellRef::Text(text) => self.text_cell(line, i, text, empty, problems),
                CellRef::Bad(error) => {
                    let (reason, effect) = (Reason::CellError, Effect::ValueDropped);
                    self.odd(line, i, error, reason, effect, problems);
                    Cell::Empty
                }
            };
            self.cells.push(cell);
        }
        self.lines.push(line);
    }

    fn text_cell(
        &mut self,
        line: u64,
        column: usize,
        text: &str,
        empty: &[String],
        problems: &mut Problems,
    ) -> Cell {
        if text.contains('\u{fffd}') {
            self.odd(
                line,
                column,
                text,
                Reason::Undecodable,
                Effect::Kept,
                problems,
            );
        }
        let text = text.trim();
        if text.is_empty() || empty.iter().any(|word| *word == text.to_lowercase()) {
            return Cell::Empty;
        }
        Cell::Text(self.names.intern(text))
    }

    fn odd(
        &self,
        line: u64,
        column: usize,
        value: &str,
        reason: Reason,
        effect: Effect,
        problems: &mut Problems,
    ) {
        problems.add(&Problem {
            file: &self.file,
            line: Some(line),
            column: &self.headers[column],
            value,
            reason,
            effect,
        });
    }
}
