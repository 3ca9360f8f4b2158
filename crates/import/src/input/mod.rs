//! Files as tables of cells, whatever their form.

mod grid;
mod html;
mod sheet;
mod text;
mod xes;

use std::fs::File;
use std::io::Read;
use std::path::Path;

use jiff::civil::DateTime;

pub(crate) use grid::Grid;
pub(crate) use text::TextFile;

use crate::ImportError;
use crate::mapping::Source;

/// The largest file read, unpacked: a table beyond it is no export made by a person.
const MAX_BYTES: u64 = 8 << 30;

/// A cell as a file holds it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum CellRef<'a> {
    Empty,
    Text(&'a str),
    /// Only spreadsheets know numbers.
    Number(f64),
    Moment(DateTime),
    /// An error of the spreadsheet.
    Bad(&'a str),
}

/// One row of a table.
pub(crate) trait Cells {
    /// How many cells there are.
    fn len(&self) -> usize;
    /// The cell at a place; empty beyond the end.
    fn cell(&self, column: usize) -> CellRef<'_>;
    /// Whether it comes from a text file, which writes empty cells at the end too.
    fn is_text(&self) -> bool {
        false
    }
}

/// The line on which a row starts and how many lines it takes.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Lines {
    pub first: u64,
    pub count: u64,
}

/// What a file holds.
pub(crate) enum Content {
    Text(TextFile),
    /// Sheets of a spreadsheet, the table of a web page, the events of a log.
    Grids {
        form: &'static str,
        grids: Vec<Grid>,
    },
}

/// A table of a file, as some source would read it.
pub(crate) struct Header {
    pub names: Vec<String>,
    /// How the table is read, for the report.
    pub form: String,
}

/// A reason why the file is of no use; the import goes on without it.
pub(crate) struct Unreadable(pub String);

impl Content {
    /// Reads a file, by what it holds rather than by its name.
    pub fn open(path: &Path) -> Result<Result<Content, Unreadable>, ImportError> {
        let read = |error: std::io::Error| ImportError::Read {
            path: path.to_owned(),
            reason: error.to_string(),
        };
        let file = File::open(path).map_err(read)?;
        let mut bytes = Vec::new();
        file.take(MAX_BYTES).read_to_end(&mut bytes).map_err(read)?;
        if bytes.starts_with(&[0x1f, 0x8b]) {
            let mut unpacked = Vec::new();
            let packed = flate2::read::MultiGzDecoder::new(bytes.as_slice());
            if let Err(error) = packed.take(MAX_BYTES).read_to_end(&mut unpacked) {
                return Ok(Err(Unreadable(format!("it is no gzip file: {error}"))));
            }
            bytes = unpacked;
        }
        Ok(Content::of(bytes))
    }

    fn of(bytes: Vec<u8>) -> Result<Content, Unreadable> {
        if bytes.starts_with(b"PK\x03\x04") || bytes.starts_with(&[0xd0, 0xcf, 0x11, 0xe0]) {
            let grids = sheet::read(bytes)?;
            let form = "spreadsheet";
            return Ok(Content::Grids { form, grids });
        }
        let file = TextFile::new(bytes);
        let start = file.start().trim_start().to_lowercase();
        if html::is_html(&start) {
            let grids = html::read(&file.web_page());
            let form = "HTML table";
            return Ok(Content::Grids { form, grids });
        }
        if xes::is_xes(&start) {
            let grids = xes::read(&file.decoded())?;
            return Ok(Content::Grids { form: "XES", grids });
        }
        if start.starts_with("<?xml") {
            return Err(Unreadable(
                "it is XML of an unknown kind; save it as XLSX or CSV".into(),
            ));
        }
        Ok(Content::Text(file))
    }

    /// How many tables there are.
    pub fn parts(&self) -> usize {
        match self {
            Content::Text(_) => 1,
            Content::Grids { grids, .. } => grids.len(),
        }
    }

    /// The name of a table within the file; empty where there is only one.
    pub fn part_name(&self, part: usize) -> &str {
        match self {
            Content::Grids { grids, .. } if grids.len() > 1 => &grids[part].name,
            _ => "",
        }
    }

    /// Whether `source` may read this table, by the name of the sheet.
    pub fn fits_sheet(&self, part: usize, source: &Source) -> bool {
        match (self, &source.sheet) {
            (Content::Grids { grids, .. }, Some(sheet)) => {
                grids[part].name.to_lowercase() == sheet.to_lowercase()
            }
            _ => true,
        }
    }

    /// The header, read as `source` would; none where there is none.
    pub fn header(&self, part: usize, source: &Source) -> Option<Header> {
        match self {
            Content::Text(file) => file.header(source),
            Content::Grids { form, grids } => {
                let names = grids[part].header(source.skip_lines)?;
                let form = (*form).to_owned();
                Some(Header { names, form })
            }
        }
    }

    /// Every row after the header; `visit` is also told how much of the table is done (0 to 1).
    pub fn rows(
        &self,
        part: usize,
        source: &Source,
        visit: &mut dyn FnMut(Lines, &dyn Cells, f64),
    ) {
        match self {
            Content::Text(file) => file.rows(source, visit),
            Content::Grids { grids, .. } => grids[part].rows(source.skip_lines, visit),
        }
    }
}
