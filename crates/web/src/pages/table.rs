//! Tables of pages: typed cells, each with the list that it counts. What is shown, and what is taken
//! away as CSV or XLSX, is the same table.

use audit::regulation::Severity;
use axum::body::Body;
use axum::http::Response;
use axum::http::header::{CACHE_CONTROL, CONTENT_DISPOSITION, CONTENT_TYPE};
use axum::response::IntoResponse;
use figures::light::Colour;
pub(super) use report::table::Cell as Value;
use report::{lamp_id, spark};
use serde::Deserialize;
use wording::Lang;

use super::address::{with, without};
use super::{Member, Words};
use crate::problem::Problem;

/// A table under a heading, which its place on the page gives it.
pub(super) struct Table {
    /// A word for it in addresses, such as `stages`; unique on its page.
    pub id: &'static str,
    /// What it is called in a file, and to those who cannot see it.
    pub title: String,
    pub columns: Vec<Column>,
    pub rows: Vec<Row>,
    /// The page that it stands on, with its filters.
    path: String,
}

pub(super) struct Column {
    pub title: String,
    pub numeric: bool,
}

/// A row of a table.
pub(super) struct Row {
    /// Whether it sums up the rows below it.
    strong: bool,
    /// How deep it stands below such a row.
    depth: u8,
    pub cells: Vec<Cell>,
}

/// A value, and where it leads.
pub(super) struct Cell {
    value: Value,
    /// The list that it counts, or the thing that it names; empty: none.
    pub href: String,
    /// What stands below it in small letters: its base, or what it was; not in files.
    pub small: String,
    /// How long its bar is, from 0 to 1; none: it has none.
    pub bar: Option<f64>,
    /// A lamp's shape before it; empty: none.
    pub sign: String,
    class: String,
    /// How dark it is, from 0 to 4.
    heat: u8,
}

impl From<Value> for Cell {
    fn from(value: Value) -> Cell {
        Cell {
            value,
            href: String::new(),
            small: String::new(),
            bar: None,
            sign: String::new(),
            class: String::new(),
            heat: 0,
        }
    }
}

impl Cell {
    /// A text.
    pub fn text(text: impl Into<String>) -> Cell {
        Value::Text(text.into()).into()
    }

    /// How grave something is: its sign and word.
    pub fn severity(words: Words, severity: Severity) -> Cell {
        let name = severity.as_str();
        let said = format!(
            "{} {}",
            words.word("sign", name),
            words.word("severity", name)
        );
        Cell {
            class: format!("severity {name}"),
            ..Cell::text(said)
        }
    }

    /// The same, leading to an address; empty: nowhere.
    pub fn to(self, href: impl Into<String>) -> Cell {
        let href = href.into();
        Cell { href, ..self }
    }

    /// The same, with small letters below.
    pub fn small(self, small: impl Into<String>) -> Cell {
        let small = small.into();
        Cell { small, ..self }
    }

    /// The same, with a bar as long as its part of the longest.
    pub fn bar(self, part: f64) -> Cell {
        let bar = Some(part.clamp(0.0, 1.0));
        Cell { bar, ..self }
    }

    /// The same in the colour and with the shape of a lamp.
    pub fn lit(self, colour: Colour) -> Cell {
        // Both languages have the same shapes.
        let lamp = report::lamp(colour, Lang::Ru);
        let shape = lamp.split_whitespace().next().unwrap_or_default();
        Cell {
            sign: format!("{shape}\u{a0}"),
            class: lamp_id(colour).to_owned(),
            ..self
        }
    }

    /// The same as a run of periods that ends with this colour: it must not be overlooked.
    pub fn run(self, last: Colour) -> Cell {
        Cell {
            class: format!("run {}", lamp_id(last)),
            ..self
        }
    }

    /// The same, if so made to stand out.
    pub fn strong(self, strong: bool) -> Cell {
        match strong {
            true => Cell {
                class: "strong".to_owned(),
                ..self
            },
            false => self,
        }
    }

    /// The same, as dark as its part of the most; nothing is not dark at all.
    pub fn heat(self, part: f64) -> Cell {
        let heat = (part.clamp(0.0, 1.0) * 4.0).ceil() as u8;
        Cell { heat, ..self }
    }

    /// The class of how dark it is, after that of its column.
    pub fn heat_class(&self) -> &'static str {
        ["", " heat-1", " heat-2", " heat-3", " heat-4"][usize::from(self.heat.min(4))]
    }

    /// The value as people read it.
    pub fn shown(&self, words: &Words) -> String {
        self.value.text(words.0)
    }

    /// Its small chart; empty: it is no trend.
    pub fn chart(&self, words: &Words) -> String {
        match &self.value {
            Value::Trend(values) if values.iter().any(Option::is_some) => {
                let said = self.value.text(words.0);
                let said = [("values", wording::Value::Text(said.into()))];
                spark(values, &words.say("trend-label", &said))
            }
            _ => String::new(),
        }
    }

    /// What a browser sorts it by where its text will not do: a number, or an instant as it is
    /// written in ISO 8601; empty: not known, which stands last.
    pub fn order(&self) -> Option<String> {
        let number = |number: f64| Some(number.to_string());
        match &self.value {
            Value::Empty => Some(String::new()),
            Value::Text(_) | Value::Link(..) => {
                let rank = |one: &Severity| self.class.ends_with(one.as_str());
                let rank = Severity::ALL.iter().position(rank);
                rank.map(|rank| rank.to_string())
            }
            Value::Count(count) => Some(count.to_string()),
            Value::Signed(signed) => Some(signed.to_string()),
            Value::Decimal(decimal) | Value::Range(decimal, _) => number(*decimal),
            Value::Money(hundredths, _) => Some(hundredths.to_string()),
            Value::Share(part, whole) => number(*part as f64 / *whole as f64),
            Value::Work(milliseconds) => Some(milliseconds.to_string()),
            Value::Lamp(colour, _) => Some(match colour {
                Colour::Green => "1".to_owned(),
                Colour::Yellow => "2".to_owned(),
                Colour::Red => "3".to_owned(),
                Colour::TooLittleData => String::new(),
            }),
            Value::Day(day) => Some(day.to_string()),
            Value::Moment(moment) => Some(moment.to_string()),
            Value::Trend(values) => {
                let last = values.iter().rev().find_map(|value| *value);
                Some(last.map_or_else(String::new, |last| last.to_string()))
            }
        }
    }

    /// The class of its lamp or severity; empty: it is neither.
    pub fn class(&self) -> &str {
        match self.value {
            Value::Lamp(colour, _) => lamp_id(colour),
            _ => &self.class,
        }
    }

    /// How long its bar is, in hundredths.
    pub fn length(&self) -> String {
        format!("{:.0}", self.bar.unwrap_or(0.0) * 100.0)
    }
}

impl Row {
    /// A plain row.
    pub fn of(cells: Vec<Cell>) -> Row {
        Row {
            strong: false,
            depth: 0,
            cells,
        }
    }

    /// A row that sums up those below it.
    pub fn sum(cells: Vec<Cell>) -> Row {
        let strong = true;
        Row {
            strong,
            ..Row::of(cells)
        }
    }

    /// The same row, below a sum.
    pub fn below(self) -> Row {
        Row { depth: 1, ..self }
    }

    /// Its class.
    pub fn class(&self) -> &'static str {
        match (self.strong, self.depth) {
            (true, _) => "sum",
            (false, 0) => "",
            (false, _) => "within",
        }
    }
}

impl Table {
    /// A table without columns or rows, on the page that the member looks at.
    pub fn new(member: &Member, id: &'static str, title: impl Into<String>) -> Table {
        Table {
            id,
            title: title.into(),
            columns: Vec::new(),
            rows: Vec::new(),
            path: member.visitor.path.clone(),
        }
    }

    /// The same with a column of texts.
    pub fn column(self, title: impl Into<String>) -> Table {
        self.with(title, false)
    }

    /// The same with a column of numbers; the unit stands in its title.
    pub fn number(self, title: impl Into<String>) -> Table {
        self.with(title, true)
    }

    fn with(mut self, title: impl Into<String>, numeric: bool) -> Table {
        let title = title.into();
        self.columns.push(Column { title, numeric });
        self
    }

    /// Adds a row with a cell for every column.
    pub fn push(&mut self, row: Row) {
        debug_assert_eq!(row.cells.len(), self.columns.len(), "{}", self.id);
        self.rows.push(row);
    }

    /// Whether it has no rows.
    pub fn is_empty(&self) -> bool {
        self.rows.is_empty()
    }

    /// The class of the cells of a column.
    pub fn class(&self, column: &usize) -> &'static str {
        match self.columns.get(*column) {
            Some(column) if column.numeric => "n",
            _ => "",
        }
    }

    /// What a column is called.
    pub fn title_of(&self, column: &usize) -> &str {
        self.columns.get(*column).map_or("", |column| &column.title)
    }

    /// Where it can be taken away in a format.
    pub fn file(&self, format: &str) -> String {
        let path = without(&self.path, &["format", "table"]);
        with(&path, &[("format", format), ("table", self.id)])
    }

    fn of_report(&self) -> report::table::Table {
        let column = |column: &Column| report::table::Column {
            title: column.title.clone(),
            numeric: column.numeric,
        };
        let row = |row: &Row| report::table::Row {
            strong: row.strong,
            depth: usize::from(row.depth),
            cells: row.cells.iter().map(|cell| cell.value.clone()).collect(),
        };
        report::table::Table {
            id: self.id.to_owned(),
            title: self.title.clone(),
            note: String::new(),
            columns: self.columns.iter().map(column).collect(),
            rows: self.rows.iter().map(row).collect(),
        }
    }
}

/// Which table of the page is wanted as a file; nothing: the page itself.
#[derive(Deserialize, Default)]
#[serde(default)]
pub(super) struct Download {
    format: String,
    table: String,
}

impl Download {
    /// Whether a file is asked for, which holds all pages of a list.
    pub fn is_wanted(&self) -> bool {
        !self.format.is_empty()
    }

    /// The table that is asked for, as a file; none: the page is asked for.
    pub fn answer(
        &self,
        words: Words,
        tables: &[&Table],
    ) -> Result<Option<Response<Body>>, Problem> {
        let found = tables.iter().find(|table| table.id == self.table);
        let Some(table) = found else {
            return Ok(None);
        };
        let whole = table.of_report();
        let (kind, bytes) = match self.format.as_str() {
            "csv" => {
                let bytes =
                    report::csv(&whole, words.0).map_err(|error| Problem::inside(&error))?;
                ("text/csv; charset=utf-8", bytes)
            }
            "xlsx" => {
                let named = [(table.title.clone(), &whole)];
                let bytes = report::workbook(&named, words.0);
                let bytes = bytes.map_err(|error| Problem::inside(&error))?;
                let kind = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";
                (kind, bytes)
            }
            _ => return Ok(None),
        };
        let name = format!("attachment; filename=\"{}.{}\"", table.id, self.format);
        let headers = [
            (CONTENT_TYPE, kind.to_owned()),
            (CONTENT_DISPOSITION, name),
            (CACHE_CONTROL, "no-store".to_owned()),
        ];
        Ok(Some((headers, bytes).into_response()))
    }
}
