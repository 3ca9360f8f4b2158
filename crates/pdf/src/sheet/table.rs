//! Tables as data: cells as texts, the widths of the columns, the parts that stand on one page.

use report::table::{Cell, Column, Table};
use serde::Serialize;
use wording::one_line;

use super::{Maker, Rank, TITLE, broken, lamp_name};
use crate::plan::{self, INSET, Need, Plan};
use crate::words;

/// How wide a line of weeks is, in points.
const SPARK: f32 = 48.0;
/// How far a row stands in below the one that sums it up, in points.
const INDENT: f32 = 9.0;
/// A word of a heading is hyphenated rather than making its column wider than that, in its size.
const HEADING: f32 = 5.5;
/// The longest heading of a column, in letters: it stands on every page.
const LONGEST: usize = 80;
/// A heading of more than that wraps if what stands below is narrower.
const SHORT: f32 = 10.0;
/// What has more letters is no word that can be hyphenated.
const WORD: usize = 24;
/// A row of more lines than that may go over to the next page.
const TALL: f32 = 12.0;

/// A table, or such columns of it as stand side by side.
#[derive(Serialize)]
pub(super) struct Part {
    rank: Rank,
    title: String,
    mark: String,
    note: String,
    size: f32,
    widths: Vec<f32>,
    numeric: Vec<bool>,
    /// Whether a row may go over to the next page.
    breakable: bool,
    /// The words of the headings.
    head: Vec<Vec<Heading>>,
    /// Row after row.
    cells: Vec<Drawn>,
}

/// A word of a heading.
#[derive(Serialize)]
struct Heading {
    text: String,
    /// Whether it has to be hyphenated: others are not, however a line would be filled by it.
    long: bool,
}

/// A cell; most are only a text.
#[derive(Serialize)]
#[serde(untagged)]
enum Drawn {
    Plain(String),
    Rich {
        text: String,
        strong: bool,
        depth: usize,
        #[serde(skip_serializing_if = "Option::is_none")]
        lamp: Option<&'static str>,
        #[serde(skip_serializing_if = "Option::is_none")]
        to: Option<String>,
    },
    Spark {
        svg: String,
        alt: String,
    },
}

/// The parts of a table, and whether their pages are turned.
pub(super) fn parts(maker: &mut Maker<'_>, table: &Table) -> Vec<(bool, Part)> {
    let texts = texts(maker, table);
    let needs: Vec<Need> = (0..table.columns.len())
        .map(|at| need(maker, table, &texts, at))
        .collect();
    let plans = plan::plans(&needs);
    let of = plans.len();
    let part = |(at, plan): (usize, &Plan)| {
        let title = if of == 1 || table.title.is_empty() {
            table.title.clone()
        } else {
            let args = [
                ("title", one_line(&table.title, usize::MAX).into()),
                ("part", (at as i64 + 1).into()),
                ("parts", (of as i64).into()),
            ];
            words::text(maker.lang, "table-part", &args)
        };
        let part = Part {
            rank: maker.rank(TITLE, false),
            title: maker.short(&title, plan::UPRIGHT / 12.0),
            mark: maker.mark(&table.id),
            note: if at == 0 {
                maker.clean(&table.note, plan::UPRIGHT / 8.0)
            } else {
                String::new()
            },
            size: plan.size,
            widths: plan.widths.clone(),
            numeric: plan
                .columns
                .iter()
                .map(|at| table.columns[*at].numeric)
                .collect(),
            breakable: is_tall(maker, &texts, plan),
            head: head(maker, &table.columns, plan),
            cells: cells(maker, table, &texts, plan),
        };
        (plan.turned, part)
    };
    plans.iter().enumerate().map(part).collect()
}

/// The cells as texts, row after row; a table without rows has one that says so.
fn texts(maker: &Maker<'_>, table: &Table) -> Vec<Vec<String>> {
    let across = table.columns.len();
    if table.rows.is_empty() {
        return vec![vec![Cell::Empty.text(maker.lang); across]];
    }
    let text = |cell: &Cell| match cell {
        // It is drawn, or there is nothing to draw.
        Cell::Trend(_) => Cell::Empty.text(maker.lang),
        cell => one_line(&cell.text(maker.lang), usize::MAX),
    };
    let rows = table.rows.iter().map(|row| {
        let cells = (0..across).map(|at| text(row.cells.get(at).unwrap_or(&Cell::Empty)));
        cells.collect()
    });
    rows.collect()
}

/// What a column needs.
fn need(maker: &Maker<'_>, table: &Table, texts: &[Vec<String>], at: usize) -> Need {
    let fonts = maker.fonts;
    let word = |text: &str| {
        let words = text.split([' ', '-']).map(|word| fonts.width(word));
        words.fold(0.0, f32::max)
    };
    let title = one_line(&table.columns[at].title, LONGEST);
    let numeric = table.columns[at].numeric;
    let whole = fonts.width(&title);
    let mut need = Need {
        // A long heading wraps, and its words are hyphenated where there is no room for them.
        natural: if whole <= SHORT { whole } else { word(&title) },
        least: word(&title).min(HEADING),
        numeric,
    };
    for (row, texts) in table.rows.iter().zip(texts) {
        let indent = if at == 0 { row.depth as f32 } else { 0.0 };
        let whole = fonts.width(&texts[at]);
        let (natural, least) = match row.cells.get(at) {
            Some(Cell::Trend(_)) => (SPARK / 8.0, SPARK / 8.0),
            Some(Cell::Lamp(..)) => (whole, whole),
            _ if numeric => (whole, whole),
            _ => (whole, word(&texts[at])),
        };
        need.natural = need.natural.max(natural + indent);
        need.least = need.least.max(least + indent);
    }
    need
}

/// The headings of the columns. What is too long to be a word that can be hyphenated is broken.
fn head(maker: &Maker<'_>, columns: &[Column], plan: &Plan) -> Vec<Vec<Heading>> {
    let heading = |(at, width): (&usize, &f32)| {
        let room = (width - INSET) / plan.size;
        let title = one_line(&columns[*at].title, LONGEST);
        let words = title.split(' ').map(|word| Heading {
            long: maker.fonts.width(word) > room,
            text: if word.chars().count() > WORD {
                broken(maker.fonts, word.to_owned(), room)
            } else {
                word.to_owned()
            },
        });
        words.collect()
    };
    plan.columns.iter().zip(&plan.widths).map(heading).collect()
}

/// Whether some row has so many lines that it may have to go over to the next page.
fn is_tall(maker: &Maker<'_>, texts: &[Vec<String>], plan: &Plan) -> bool {
    texts.iter().any(|row| {
        plan.columns
            .iter()
            .zip(&plan.widths)
            .any(|(at, width)| maker.fonts.width(&row[*at]) * plan.size > (width - INSET) * TALL)
    })
}

fn cells(maker: &Maker<'_>, table: &Table, texts: &[Vec<String>], plan: &Plan) -> Vec<Drawn> {
    let mut cells = Vec::new();
    for (number, texts) in texts.iter().enumerate() {
        let row = table.rows.get(number);
        let row_depth = row.map_or(0, |row| row.depth);
        for (at, width) in plan.columns.iter().zip(&plan.widths) {
            let depth = if *at == 0 { row_depth } else { 0 };
            let room = width - INSET - depth as f32 * INDENT;
            let text = broken(maker.fonts, texts[*at].clone(), room / plan.size);
            let value = row.and_then(|row| row.cells.get(*at));
            let strong = row.is_some_and(|row| row.strong);
            cells.push(drawn(maker, value, text, strong, depth));
        }
    }
    cells
}

fn drawn(
    maker: &Maker<'_>,
    value: Option<&Cell>,
    text: String,
    strong: bool,
    depth: usize,
) -> Drawn {
    let (lamp, to) = match value {
        Some(cell @ Cell::Trend(values)) if values.iter().any(Option::is_some) => {
            return Drawn::Spark {
                svg: report::chart::spark_picture(values),
                alt: cell.text(maker.lang),
            };
        }
        Some(Cell::Lamp(colour, _)) => (Some(lamp_name(*colour)), None),
        Some(Cell::Link(_, to)) => (None, maker.places.resolve(to)),
        _ => (None, None),
    };
    if lamp.is_none() && to.is_none() && !strong && depth == 0 {
        return Drawn::Plain(text);
    }
    Drawn::Rich {
        text,
        strong,
        depth,
        lamp,
        to,
    }
}
