//! Tables of typed cells: what every form of a report draws.

use jiff::civil::{Date, DateTime};
use serde::{Deserialize, Serialize};
use wording::{Lang, decimal, integer, money, one_line, percent, working_duration};

use crate::words::{lamp, text};

/// A table under a heading.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Table {
    /// A word for it in addresses and tests, such as `lights`.
    pub id: String,
    /// The question that it answers.
    pub title: String,
    /// How to read it; may be empty.
    pub note: String,
    /// The columns.
    pub columns: Vec<Column>,
    /// The rows, each with a cell for every column.
    pub rows: Vec<Row>,
}

/// A column.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Column {
    /// Its heading, with the unit.
    pub title: String,
    /// Whether it holds numbers, which stand to the right.
    pub numeric: bool,
}

/// A row.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Row {
    /// Whether it sums up the rows below.
    pub strong: bool,
    /// How deep it stands below such a row.
    pub depth: usize,
    /// Its cells.
    pub cells: Vec<Cell>,
}

/// A lamp's colour; it always has a shape and a word, too.
pub use figures::light::Colour;

/// A value with its kind.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Cell {
    /// Nothing to show: not known or not defined.
    Empty,
    /// A text.
    Text(String),
    /// A text that leads to a place on the page.
    Link(String, String),
    /// A number of things.
    Count(u64),
    /// A difference of numbers of things.
    Signed(i64),
    /// A number with one digit after the point.
    Decimal(f64),
    /// From one number to another, each with one digit.
    Range(f64, f64),
    /// Money in hundredths of the currency.
    Money(i64, String),
    /// A part of a whole.
    Share(u64, u64),
    /// Working time in milliseconds.
    Work(i64),
    /// A lamp, and whether it stands on a border.
    Lamp(Colour, bool),
    /// A day.
    Day(Date),
    /// A moment in the company's zone.
    Moment(DateTime),
    /// Values over the last weeks; none: too little data.
    Trend(Vec<Option<f64>>),
}

impl Cell {
    /// A count, or nothing.
    pub fn count(value: Option<u64>) -> Cell {
        value.map_or(Cell::Empty, Cell::Count)
    }

    /// A number, or nothing.
    pub fn decimal(value: Option<f64>) -> Cell {
        value.map_or(Cell::Empty, Cell::Decimal)
    }

    /// A part of a whole; nothing of nothing is empty.
    pub fn share(part: u64, whole: u64) -> Cell {
        if whole == 0 {
            return Cell::Empty;
        }
        Cell::Share(part, whole)
    }

    /// The cell as people read it.
    pub fn text(&self, lang: Lang) -> String {
        match self {
            Cell::Empty => "—".to_owned(),
            Cell::Text(text) | Cell::Link(text, _) => text.clone(),
            Cell::Count(count) => integer(*count as i64, lang),
            Cell::Signed(number) if *number > 0 => format!("+{}", integer(*number, lang)),
            Cell::Signed(number) => integer(*number, lang),
            Cell::Decimal(number) => decimal(*number, 1, lang),
            Cell::Range(low, high) => {
                format!("{}–{}", decimal(*low, 1, lang), decimal(*high, 1, lang))
            }
            Cell::Money(hundredths, currency) => money(*hundredths, currency, lang),
            Cell::Share(part, whole) => percent(*part as f64 / *whole as f64, 0, lang),
            Cell::Work(ms) => working_duration(*ms, lang),
            Cell::Lamp(colour, border) => {
                let lamp = lamp(*colour, lang);
                if *border {
                    format!("{lamp}, {}", text(lang, "borderline", &[]))
                } else {
                    lamp
                }
            }
            Cell::Day(day) => wording::date(*day, lang),
            Cell::Moment(moment) => wording::moment(*moment, lang),
            Cell::Trend(values) => {
                let shown = values.iter().map(|value| {
                    value.map_or_else(|| "—".to_owned(), |value| decimal(value, 1, lang))
                });
                shown.collect::<Vec<_>>().join(" ")
            }
        }
    }
}

/// The longest name shown in a cell.
const NAME: usize = 48;

/// A foreign name, fit for a cell.
pub(crate) fn name(text: &str) -> Cell {
    Cell::Text(one_line(text, NAME))
}

/// A row of cells without anything special.
pub(crate) fn row(cells: Vec<Cell>) -> Row {
    Row {
        strong: false,
        depth: 0,
        cells,
    }
}
