//! CSV rows per RFC 4180, one at a time, able to go on after a broken line.

use std::collections::VecDeque;
use std::io::BufRead;

use csv_core::{ReadRecordResult, Reader};

use super::lines::{Line, MAX_LINE_BYTES, next_line};
use crate::Reason;

/// How much a quoted cell may run on over line ends before its opening quote counts as a
/// slip of the pen.
const MAX_ROW_BYTES: usize = 1 << 20;

/// A row of cells.
#[derive(Default)]
pub(crate) struct Row {
    bytes: Vec<u8>,
    ends: Vec<usize>,
    cells: usize,
    /// The line on which it begins, from 1.
    pub line: u64,
}

impl Row {
    pub fn len(&self) -> usize {
        self.cells
    }

    /// The `i`-th cell; empty past the end of a short row. None: not UTF-8.
    pub fn cell(&self, i: usize) -> Option<&str> {
        if i >= self.cells {
            return Some("");
        }
        let from = if i == 0 { 0 } else { self.ends[i - 1] };
        std::str::from_utf8(&self.bytes[from..self.ends[i]]).ok()
    }
}

/// What came of asking for a row.
pub(crate) enum Next {
    Row,
    /// A line that is no row.
    Bad {
        line: u64,
        reason: Reason,
    },
    End,
}

/// Reads rows from a stream.
pub(crate) struct Rows<R> {
    input: R,
    reader: Reader,
    /// Lines read but not used: those after an opening quote that nobody closed.
    waiting: VecDeque<Vec<u8>>,
    line: u64,
}

impl<R: BufRead> Rows<R> {
    pub fn new(mut input: R) -> std::io::Result<Rows<R>> {
        super::lines::skip_bom(&mut input)?;
        Ok(Rows {
            input,
            reader: Reader::new(),
            waiting: VecDeque::new(),
            line: 0,
        })
    }

    /// Reads the next row that is not blank into `row`.
    pub fn next(&mut self, row: &mut Row) -> std::io::Result<Next> {
        loop {
            let mut line = Vec::new();
            match self.take_line(&mut line)? {
                Line::End => return Ok(Next::End),
                Line::TooLong => return Ok(self.too_long()),
                Line::Read => {}
            }
            if line.iter().all(|b| matches!(b, b'\r' | b'\n')) {
                continue;
            }
            row.line = self.line;
            row.cells = 0;
            let mut filled = 0;
            self.reader.reset();
            if self.feed(&line, row, &mut filled) {
                return Ok(Next::Row);
            }
            return self.run_on(line.len(), row, filled);
        }
    }

    /// A quoted cell runs over the line's end: reads on until it closes. Where it never
    /// does, only the line that opened it is given up.
    fn run_on(
        &mut self,
        mut size: usize,
        row: &mut Row,
        mut filled: usize,
    ) -> std::io::Result<Next> {
        let mut used = Vec::new();
        while size <= MAX_ROW_BYTES {
            let mut line = Vec::new();
            if !matches!(self.take_line(&mut line)?, Line::Read) {
                break;
            }
            size += line.len();
            if self.feed(&line, row, &mut filled) {
                return Ok(Next::Row);
            }
            used.push(line);
        }
        self.line = row.line;
        for line in used.into_iter().rev() {
            self.waiting.push_front(line);
        }
        let reason = Reason::Unreadable("a quotation mark is opened and never closed".into());
        Ok(Next::Bad {
            line: row.line,
            reason,
        })
    }

    fn take_line(&mut self, line: &mut Vec<u8>) -> std::io::Result<Line> {
        let what = match self.waiting.pop_front() {
            Some(waiting) => {
                *line = waiting;
                Line::Read
            }
            None => next_line(&mut self.input, line)?,
        };
        if !matches!(what, Line::End) {
            self.line += 1;
        }
        if matches!(what, Line::Read) && line.last() != Some(&b'\n') {
            line.push(b'\n');
        }
        Ok(what)
    }

    fn too_long(&self) -> Next {
        let reason = Reason::Unreadable(format!("it is longer than {} MiB", MAX_LINE_BYTES >> 20));
        Next::Bad {
            line: self.line,
            reason,
        }
    }

    /// Gives the parser one more line; true: the row is complete.
    fn feed(&mut self, line: &[u8], row: &mut Row, filled: &mut usize) -> bool {
        let mut input = line;
        loop {
            if row.bytes.len() < *filled + input.len() + 64 {
                row.bytes
                    .resize((*filled + input.len() + 64).next_power_of_two(), 0);
            }
            if row.ends.len() < row.cells + 32 {
                row.ends.resize(row.cells + 64, 0);
            }
            let (result, read, written, cells) = self.reader.read_record(
                input,
                &mut row.bytes[*filled..],
                &mut row.ends[row.cells..],
            );
            input = &input[read..];
            *filled += written;
            row.cells += cells;
            match result {
                ReadRecordResult::Record => {
                    // A lone carriage return ends a row, too; what follows it is the next one.
                    if input.iter().any(|b| !matches!(b, b'\r' | b'\n')) {
                        self.waiting.push_front(input.to_vec());
                        self.line -= 1;
                    }
                    return true;
                }
                ReadRecordResult::InputEmpty | ReadRecordResult::End => return false,
                ReadRecordResult::OutputFull | ReadRecordResult::OutputEndsFull => {}
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Vec<String> {
        let mut rows = Rows::new(text.as_bytes()).unwrap();
        let mut row = Row::default();
        let mut out = Vec::new();
        loop {
            match rows.next(&mut row).unwrap() {
                Next::Row => {
                    let cells: Vec<_> = (0..row.len())
                        .map(|i| row.cell(i).unwrap().to_owned())
                        .collect();
                    out.push(format!("{}: {}", row.line, cells.join("|")));
                }
                Next::Bad { line, .. } => out.push(format!("{line}: bad")),
                Next::End => return out,
            }
        }
    }

    #[test]
    fn quotes_line_ends_and_a_byte_order_mark() {
        let rows = read("\u{feff}a,b\r\n\"x, \"\"y\"\"\nz\",2\n\n5\" pipe,3");
        assert_eq!(rows, ["1: a|b", "2: x, \"y\"\nz|2", "5: 5\" pipe|3"]);
    }

    #[test]
    fn an_unclosed_quote_costs_one_line() {
        let rows = read("a,b\n\"1,2\n3,4\n5,6\n");
        assert_eq!(rows, ["1: a|b", "2: bad", "3: 3|4", "4: 5|6"]);
    }

    #[test]
    fn a_lone_carriage_return_ends_a_row() {
        assert_eq!(read("a,b\r1,2\r3,4"), ["1: a|b", "1: 1|2", "1: 3|4"]);
    }
}
