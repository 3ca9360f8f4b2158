//! CSV rows per RFC 4180, one at a time, able to go on after a broken line.

use std::collections::VecDeque;
use std::io::BufRead;

use csv_core::{ReadRecordResult, Reader};

use super::lines::{Line, MAX_LINE_BYTES, next_line};
use crate::Reason;

/// How much a quoted cell may run on over line ends before its opening quote counts as a
/// slip of the pen.
const MAX_ROW_BYTES: usize = 1 << 20;

/// How much may be looked through in vain for closing quotes; good rows earn it anew. Without
/// such a bound a file of nothing but opening quotes would be read once for each of its lines.
const MOST_PATIENCE: usize = 8 * MAX_ROW_BYTES;

/// What every opening quote is given at least.
const LEAST_PATIENCE: usize = 4 << 10;

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
    waiting: VecDeque<Taken>,
    /// Why there is nothing after them.
    broken: Option<std::io::Error>,
    line: u64,
    patience: usize,
}

/// What comes next of the stream.
enum Taken {
    /// A line, and how much of it earlier rows have used.
    Line(Vec<u8>, usize),
    TooLong,
    End,
}

impl<R: BufRead> Rows<R> {
    pub fn new(mut input: R) -> std::io::Result<Rows<R>> {
        super::lines::skip_bom(&mut input)?;
        Ok(Rows {
            input,
            reader: Reader::new(),
            waiting: VecDeque::new(),
            broken: None,
            line: 0,
            patience: MOST_PATIENCE,
        })
    }

    /// Reads the next row that is not blank into `row`.
    pub fn next(&mut self, row: &mut Row) -> std::io::Result<Next> {
        loop {
            let (line, from) = match self.take_line()? {
                Taken::End => return Ok(Next::End),
                Taken::TooLong => return Ok(self.too_long()),
                Taken::Line(line, from) => (line, from),
            };
            if is_blank(&line[from..]) {
                continue;
            }
            row.line = self.line;
            row.cells = 0;
            let (mut filled, size) = (0, line.len() - from);
            self.reader.reset();
            if self.feed(line, from, row, &mut filled).is_none() {
                return Ok(Next::Row);
            }
            return Ok(self.run_on(size, row, filled));
        }
    }

    /// A quoted cell runs over the line's end: reads on until it closes. Where it never does, or
    /// another cell's opening quote seems to close it, only the line that opened it is given up.
    fn run_on(&mut self, mut size: usize, row: &mut Row, mut filled: usize) -> Next {
        let mut used = Vec::new();
        while size <= MAX_ROW_BYTES.min(self.patience) {
            match self.take_line() {
                Ok(Taken::Line(line, from)) if !closes_well(&line[from..]) => {
                    used.push(Taken::Line(line, from));
                    break;
                }
                Ok(Taken::Line(line, from)) => {
                    size += line.len() - from;
                    match self.feed(line, from, row, &mut filled) {
                        None => return Next::Row,
                        Some(line) => used.push(Taken::Line(line, from)),
                    }
                }
                Ok(Taken::TooLong) => {
                    used.push(Taken::TooLong);
                    break;
                }
                Ok(Taken::End) => break,
                Err(error) => {
                    self.broken = Some(error);
                    break;
                }
            }
        }
        self.patience = self.patience.saturating_sub(size).max(LEAST_PATIENCE);
        self.line = row.line;
        for taken in used.into_iter().rev() {
            self.waiting.push_front(taken);
        }
        let reason = Reason::Unreadable("a quotation mark is opened and never closed".into());
        Next::Bad {
            line: row.line,
            reason,
        }
    }

    fn take_line(&mut self) -> std::io::Result<Taken> {
        let taken = match self.waiting.pop_front() {
            Some(waiting) => waiting,
            None => self.read_line()?,
        };
        self.line += u64::from(!matches!(taken, Taken::End));
        Ok(taken)
    }

    fn read_line(&mut self) -> std::io::Result<Taken> {
        if let Some(error) = self.broken.take() {
            return Err(error);
        }
        let mut line = Vec::new();
        Ok(match next_line(&mut self.input, &mut line)? {
            Line::End => Taken::End,
            Line::TooLong => Taken::TooLong,
            Line::Read => {
                if line.last() != Some(&b'\n') {
                    line.push(b'\n');
                }
                Taken::Line(line, 0)
            }
        })
    }

    fn too_long(&self) -> Next {
        let reason = Reason::Unreadable(format!("it is longer than {} MiB", MAX_LINE_BYTES >> 20));
        Next::Bad {
            line: self.line,
            reason,
        }
    }

    /// Gives the parser one more line, from a place in it on. None: the row is complete; else
    /// the line is given back.
    fn feed(
        &mut self,
        line: Vec<u8>,
        from: usize,
        row: &mut Row,
        filled: &mut usize,
    ) -> Option<Vec<u8>> {
        let mut input = &line[from..];
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
                ReadRecordResult::Record => break,
                ReadRecordResult::InputEmpty | ReadRecordResult::End => return Some(line),
                ReadRecordResult::OutputFull | ReadRecordResult::OutputEndsFull => {}
            }
        }
        self.patience = MOST_PATIENCE.min(self.patience + 4 * *filled);
        // A lone carriage return ends a row, too; what follows it is the next one.
        if !is_blank(input) {
            let from = line.len() - input.len();
            self.waiting.push_front(Taken::Line(line, from));
            self.line -= 1;
        }
        None
    }
}

/// Whether the cell that is open where the line begins is still open at its end, or closes as
/// cells do: before a comma or a line's end.
fn closes_well(mut line: &[u8]) -> bool {
    while let Some(quote) = line.iter().position(|b| *b == b'"') {
        match line.get(quote + 1) {
            Some(b'"') => line = &line[quote + 2..],
            after => return matches!(after, None | Some(b',' | b'\r' | b'\n')),
        }
    }
    true
}

fn is_blank(line: &[u8]) -> bool {
    line.iter().all(|b| matches!(b, b'\r' | b'\n'))
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
    fn two_unclosed_quotes_cost_two_lines() {
        let rows = read("a,b\n1,\"2\n3,4\n5,\"6\n7,\"8\"\"\n\"9\n");
        assert_eq!(
            rows,
            ["1: a|b", "2: bad", "3: 3|4", "4: bad", "5: bad", "6: bad"]
        );
        let rows = read("a,b\n1,\"2\n\"\"3\n4\",5\n");
        assert_eq!(rows, ["1: a|b", "2: 1|2\n\"3\n4|5"]);
    }

    #[test]
    fn a_lone_carriage_return_ends_a_row() {
        assert_eq!(read("a,b\r1,2\r3,4"), ["1: a|b", "1: 1|2", "1: 3|4"]);
    }

    #[test]
    fn a_line_that_is_too_long_is_named_though_a_quote_is_open() {
        let long = "x".repeat(MAX_LINE_BYTES + 1);
        let rows = read(&format!("a,b\n\"1,2\n3,4\n{long}\n5,6\n"));
        assert_eq!(rows, ["1: a|b", "2: bad", "3: 3|4", "4: bad", "5: 5|6"]);
    }

    #[test]
    fn what_was_read_before_the_stream_broke_is_kept() {
        let broken = std::io::Error::other("no more");
        let text = "a,b\n\"1,2\n3,4\n5,6\n".as_bytes();
        let stream = std::io::BufReader::new(std::io::Read::chain(text, Broken(Some(broken))));
        let mut rows = Rows::new(stream).unwrap();
        let mut row = Row::default();
        let mut lines = Vec::new();
        while let Ok(next) = rows.next(&mut row) {
            lines.push(matches!(next, Next::Row));
        }
        assert_eq!(lines, [true, false, true, true]);
    }

    struct Broken(Option<std::io::Error>);

    impl std::io::Read for Broken {
        fn read(&mut self, _: &mut [u8]) -> std::io::Result<usize> {
            self.0.take().map_or(Ok(0), Err)
        }
    }
}
