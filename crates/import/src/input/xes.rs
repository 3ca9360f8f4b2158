//! Event logs in XES: one row an event, with the attributes of its trace as `case:…`.

use std::collections::HashMap;

use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};

use super::Unreadable;
use super::grid::{Grid, GridCell};

/// Whether a text in lower case starts like an event log.
pub(super) fn is_xes(start: &str) -> bool {
    start.starts_with("<log") || (start.starts_with("<?xml") && start.contains("<log"))
}

/// The whole log as one table.
///
/// A log that ends in the middle is read up to there; only one that is no XML is refused.
pub(super) fn read(text: &str) -> Result<Vec<Grid>, Unreadable> {
    let mut log = Log::default();
    let mut reader = Reader::from_str(text);
    loop {
        match reader.read_event() {
            Ok(Event::Start(tag)) => log.open(&tag, true),
            Ok(Event::Empty(tag)) => log.open(&tag, false),
            Ok(Event::End(tag)) => log.close(tag.name().as_ref()),
            Ok(Event::Eof) => break,
            Ok(_) => {}
            Err(error) if log.rows.is_empty() => {
                return Err(Unreadable(format!("it is no readable XML: {error}")));
            }
            Err(_) => break,
        }
    }
    Ok(vec![log.into_grid()])
}

#[derive(Default)]
struct Log {
    /// Names of columns and their places.
    columns: HashMap<String, usize>,
    header: Vec<String>,
    rows: Vec<Vec<GridCell>>,
    trace: Vec<(usize, String)>,
    event: Option<Vec<(usize, String)>>,
    in_trace: bool,
    /// How deep inside attributes that themselves have attributes.
    depth: usize,
}

impl Log {
    fn open(&mut self, tag: &BytesStart<'_>, has_end: bool) {
        match tag.name().as_ref() {
            "trace" => {
                self.in_trace = has_end;
                self.trace.clear();
            }
            "event" if has_end => self.event = Some(Vec::new()),
            "string" | "date" | "int" | "float" | "boolean" | "id" => {
                if self.depth == 0 {
                    self.attribute(tag);
                }
                self.depth += usize::from(has_end);
            }
            "list" | "container" => self.depth += usize::from(has_end),
            _ => {}
        }
    }

    fn close(&mut self, name: &str) {
        match name {
            "trace" => self.in_trace = false,
            "event" => {
                self.depth = 0;
                if let Some(event) = self.event.take() {
                    self.add_row(event);
                }
            }
            "string" | "date" | "int" | "float" | "boolean" | "id" | "list" | "container" => {
                self.depth = self.depth.saturating_sub(1)
            }
            _ => {}
        }
    }

    fn attribute(&mut self, tag: &BytesStart<'_>) {
        if !self.in_trace {
            return;
        }
        let value_of = |name: &str| -> Option<String> {
            let attribute = tag.try_get_attribute(name).ok()??;
            let text = quick_xml::escape::unescape(&attribute.value);
            Some(text.map_or_else(|_| attribute.value.to_string(), |text| text.into_owned()))
        };
        let (Some(key), Some(value)) = (value_of("key"), value_of("value")) else {
            return;
        };
        match self.event.is_some() {
            true => {
                let column = self.column(key);
                if let Some(event) = &mut self.event {
                    event.push((column, value));
                }
            }
            false => {
                let column = self.column(format!("case:{key}"));
                self.trace.push((column, value));
            }
        }
    }

    fn column(&mut self, name: String) -> usize {
        if let Some(column) = self.columns.get(&name) {
            return *column;
        }
        let column = self.header.len();
        self.header.push(name.clone());
        self.columns.insert(name, column);
        column
    }

    fn add_row(&mut self, event: Vec<(usize, String)>) {
        let mut row = vec![GridCell::Empty; self.header.len()];
        for (column, value) in self.trace.iter().cloned().chain(event) {
            row[column] = GridCell::Text(value);
        }
        self.rows.push(row);
    }

    /// The rows; a row's line is its event's number, the header standing first.
    fn into_grid(self) -> Grid {
        let header = self.header.into_iter().map(GridCell::Text).collect();
        let mut cells = vec![(1, header)];
        let numbered = self.rows.into_iter().enumerate();
        cells.extend(numbered.map(|(i, row)| (i as u64 + 2, row)));
        Grid {
            name: String::new(),
            cells,
        }
    }
}
