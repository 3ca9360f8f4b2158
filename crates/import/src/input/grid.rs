//! A table that is in memory already: a sheet, a web page's table, an event log.

use jiff::civil::DateTime;

use super::{CellRef, Cells, Lines};

/// A cell that owns its text.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum GridCell {
    Empty,
    Text(String),
    Number(f64),
    Moment(DateTime),
    Bad(String),
}

/// Rows with the lines they stand on.
#[derive(Clone, Debug, Default)]
pub(crate) struct Grid {
    pub name: String,
    pub cells: Vec<(u64, Vec<GridCell>)>,
}

impl Cells for Vec<GridCell> {
    fn len(&self) -> usize {
        self.as_slice().len()
    }

    fn cell(&self, column: usize) -> CellRef<'_> {
        match self.get(column) {
            None | Some(GridCell::Empty) => CellRef::Empty,
            Some(GridCell::Text(text)) => CellRef::Text(text),
            Some(GridCell::Number(number)) => CellRef::Number(*number),
            Some(GridCell::Moment(at)) => CellRef::Moment(*at),
            Some(GridCell::Bad(error)) => CellRef::Bad(error),
        }
    }
}

impl Grid {
    fn rows_from(&self, skip_lines: usize) -> impl Iterator<Item = &(u64, Vec<GridCell>)> {
        let wanted = move |(line, cells): &&(u64, Vec<GridCell>)| {
            let filled = cells.iter().any(|cell| *cell != GridCell::Empty);
            *line > skip_lines as u64 && filled
        };
        self.cells.iter().filter(wanted)
    }

    /// The first row with anything in it.
    pub fn header(&self, skip_lines: usize) -> Option<Vec<String>> {
        let (_, cells) = self.rows_from(skip_lines).next()?;
        let name = |cell: &GridCell| match cell {
            GridCell::Text(text) => text.clone(),
            GridCell::Number(number) => number.to_string(),
            _ => String::new(),
        };
        Some(cells.iter().map(name).collect())
    }

    pub fn rows(&self, skip_lines: usize, visit: &mut dyn FnMut(Lines, &dyn Cells, f64)) {
        let all = self.cells.len() as f64;
        for (i, (line, cells)) in self.rows_from(skip_lines).skip(1).enumerate() {
            let lines = Lines {
                first: *line,
                count: 1,
            };
            visit(lines, cells, i as f64 / all);
        }
    }
}
