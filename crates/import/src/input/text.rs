//! Text files: which encoding, which delimiter, which rows.

use std::borrow::Cow;

use csv::{ReaderBuilder, StringRecord};
use encoding_rs::{Encoding, UTF_8, UTF_16BE, UTF_16LE, WINDOWS_1251};

use super::{CellRef, Cells, Header, Lines};
use crate::mapping::Source;

/// How much of a file is looked at to find its header and delimiter.
const START_BYTES: usize = 1 << 18;
/// How many rows the delimiter is judged by.
const JUDGED_ROWS: usize = 30;
/// Delimiters that are looked for.
const DELIMITERS: [u8; 4] = [b',', b';', b'\t', b'|'];

/// A text file, not yet decoded.
pub(crate) struct TextFile {
    bytes: Vec<u8>,
    encoding: &'static Encoding,
}

impl Cells for StringRecord {
    fn is_text(&self) -> bool {
        true
    }

    fn len(&self) -> usize {
        self.len()
    }

    fn cell(&self, column: usize) -> CellRef<'_> {
        match self.get(column) {
            None | Some("") => CellRef::Empty,
            Some(text) => CellRef::Text(text),
        }
    }
}

impl TextFile {
    pub fn new(bytes: Vec<u8>) -> TextFile {
        let encoding = detect(&bytes);
        TextFile { bytes, encoding }
    }

    /// The first characters, for telling what the file is.
    pub fn start(&self) -> Cow<'_, str> {
        let start = &self.bytes[..self.bytes.len().min(1024)];
        self.encoding.decode(start).0
    }

    /// The whole text; a page names its own encoding.
    pub fn web_page(&self) -> Cow<'_, str> {
        let start = self.start().to_lowercase();
        let label = start.find("charset=").map(|at| &start[at + 8..]);
        let label = label.map(|rest| rest.trim_start_matches(['"', '\'']));
        let end = |rest: &str| rest.find(|c: char| !c.is_ascii_alphanumeric() && c != '-');
        let named = label.and_then(|rest| {
            Encoding::for_label(&rest.as_bytes()[..end(rest).unwrap_or(rest.len())])
        });
        // A page that says UTF-8 and is not is read as what it is.
        let encoding = named.filter(|named| *named != UTF_8);
        encoding.unwrap_or(self.encoding).decode(&self.bytes).0
    }

    /// The whole text in the encoding found.
    pub fn decoded(&self) -> Cow<'_, str> {
        self.encoding.decode(&self.bytes).0
    }

    pub fn header(&self, source: &Source) -> Option<Header> {
        let encoding = source.format.encoding.unwrap_or(self.encoding);
        let start = &self.bytes[..self.bytes.len().min(START_BYTES)];
        let (text, encoding, _) = encoding.decode(start);
        let (text, _) = skip_lines(&text, source.skip_lines);
        let (text, delimiter) = delimiter(text, source.format.delimiter);
        let mut header = StringRecord::new();
        let mut reader = reader(text, delimiter);
        let found = reader.read_record(&mut header).unwrap_or(false);
        let mark = match delimiter {
            b'\t' => "tab".to_owned(),
            mark => format!("{:?}", char::from(mark).to_string()),
        };
        found.then(|| Header {
            names: header.iter().map(str::to_owned).collect(),
            form: format!("CSV, {}, {mark}", encoding.name().to_lowercase()),
        })
    }

    pub fn rows(&self, source: &Source, visit: &mut dyn FnMut(Lines, &dyn Cells, f64)) {
        let encoding = source.format.encoding.unwrap_or(self.encoding);
        let (decoded, _, _) = encoding.decode(&self.bytes);
        let (text, skipped) = skip_lines(&decoded, source.skip_lines);
        let (text, delimiter) = delimiter(text, source.format.delimiter);
        let named_mark = decoded.len() > text.len() && is_mark_line(&decoded);
        let before = skipped + u64::from(named_mark);
        let mut reader = reader(text, delimiter);
        let mut record = StringRecord::new();
        let mut is_header = true;
        // Text in memory is UTF-8 and cannot fail to be read.
        while reader.read_record(&mut record).unwrap_or(false) {
            if std::mem::take(&mut is_header) {
                continue;
            }
            let first = record.position().map_or(0, csv::Position::line);
            let lines = Lines {
                first: first + before,
                count: reader.position().line().saturating_sub(first),
            };
            let done = reader.position().byte() as f64 / text.len().max(1) as f64;
            visit(lines, &record, done);
        }
    }
}

fn reader(text: &str, delimiter: u8) -> csv::Reader<&[u8]> {
    ReaderBuilder::new()
        .has_headers(false)
        .flexible(true)
        .delimiter(delimiter)
        .from_reader(text.as_bytes())
}

/// The text after so many lines, and how many there were.
fn skip_lines(text: &str, lines: usize) -> (&str, u64) {
    let mut rest = text;
    for skipped in 0..lines {
        match rest.find('\n') {
            Some(end) => rest = &rest[end + 1..],
            None => return ("", skipped as u64),
        }
    }
    (rest, lines as u64)
}

/// `sep=;`, which Excel writes before the header.
fn is_mark_line(text: &str) -> bool {
    text.len() > 4 && text.is_char_boundary(4) && text[..4].eq_ignore_ascii_case("sep=")
}

/// The text from the header on, and what parts its cells.
fn delimiter(text: &str, named: Option<u8>) -> (&str, u8) {
    if is_mark_line(text) {
        let mark = named.unwrap_or(text.as_bytes()[4]);
        let rest = text.find('\n').map_or("", |end| &text[end + 1..]);
        let usable = DELIMITERS.contains(&mark) || named.is_some();
        return (rest, if usable { mark } else { likely_delimiter(rest) });
    }
    let named = named.unwrap_or_else(|| likely_delimiter(text));
    (text, named)
}

/// The mark that cuts most rows into as many cells as the header.
fn likely_delimiter(text: &str) -> u8 {
    let score = |delimiter: u8| -> (usize, usize) {
        let mut record = StringRecord::new();
        let mut reader = reader(text, delimiter);
        let mut header = 0;
        let mut equal = 0;
        for i in 0..=JUDGED_ROWS {
            if !reader.read_record(&mut record).unwrap_or(false) {
                break;
            }
            match i {
                0 => header = record.len(),
                _ => equal += usize::from(record.len() == header),
            }
        }
        (if header > 1 { equal + 1 } else { 0 }, header)
    };
    let best = DELIMITERS.into_iter().rev().max_by_key(|d| score(*d));
    best.unwrap_or(b',')
}

/// The encoding of a text by its bytes: a mark at the start, UTF-16 by its zero bytes, UTF-8
/// where it is valid but for rare slips, else Windows-1251.
fn detect(bytes: &[u8]) -> &'static Encoding {
    if let Some((encoding, _)) = Encoding::for_bom(bytes) {
        return encoding;
    }
    let start = &bytes[..bytes.len().min(4096)];
    let zeros = |odd: usize| {
        start
            .iter()
            .skip(odd)
            .step_by(2)
            .filter(|b| **b == 0)
            .count()
    };
    let (even, odd) = (zeros(0), zeros(1));
    if even + odd > start.len() / 8 {
        return if odd > even { UTF_16LE } else { UTF_16BE };
    }
    let (mut good, mut bad) = (0usize, 0usize);
    for chunk in bytes.utf8_chunks() {
        good += chunk.valid().bytes().filter(|b| *b >= 0xc0).count();
        bad += chunk.invalid().len();
    }
    // Cyrillic in Windows-1251 is hardly ever valid UTF-8.
    if bad == 0 || good > bad * 10 {
        UTF_8
    } else {
        WINDOWS_1251
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn encodings_are_told_apart() {
        let text = "Название сделки;Бюджет\nОкна;1 000 ₽\n";
        assert_eq!(detect(text.as_bytes()), UTF_8);
        let (legacy, _, _) = WINDOWS_1251.encode("Название сделки;Бюджет\nОкна;1000\n");
        assert_eq!(detect(&legacy), WINDOWS_1251);
        let wide: Vec<u8> = text.encode_utf16().flat_map(u16::to_le_bytes).collect();
        assert_eq!(detect(&wide), UTF_16LE);
        let wide: Vec<u8> = text.encode_utf16().flat_map(u16::to_be_bytes).collect();
        assert_eq!(detect(&wide), UTF_16BE);
        let mut slip = text.repeat(10).into_bytes();
        slip.extend([0xff, b'\n']);
        assert_eq!(detect(&slip), UTF_8);
        assert_eq!(detect(b""), UTF_8);
        assert_eq!(detect(b"id,name\n1,x\n"), UTF_8);
    }

    #[test]
    fn delimiters_are_told_apart() {
        for (text, expected) in [
            ("a,b,c\n1,2,3\n", b','),
            (
                "ID;Бюджет, ₽;Этап\n1;1 000,50;Новый\n2;2 000,00;Новый\n",
                b';',
            ),
            ("a\tb,c\td\n1\t2,3\t4\n", b'\t'),
            ("a|b\n1|2\n", b'|'),
            ("один столбец\nзначение\n", b','),
            ("\"a;b\",c\n\"1;2\",3\n", b','),
        ] {
            assert_eq!(
                char::from(delimiter(text, None).1),
                char::from(expected),
                "{text}"
            );
        }
        assert_eq!(delimiter("sep=;\na;b\n", None), ("a;b\n", b';'));
    }
}
