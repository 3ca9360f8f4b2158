//! Tables as data: cells as texts, the widths of the columns, the parts that stand on one page.

use report::table::{Cell, Column, Table};
use serde::Serialize;
use wording::one_line;

use super::{Maker, broken, lamp_name};
use crate::plan::{self, INSET, Need, Plan};
use crate::words;

/// How wide a line of weeks is, in points.
const SPARK: f32 = 48.0;
/// How far a row stands in below the one that sums it up, in points.
const INDENT: f32 = 9.0;
/// A word of a heading is hyphenated rather than making its column wider than that, in its size.
const HEADING: f32 = 5.5;
/// What has more letters is no word that can be hyphenated.
const WORD: usize = 24;
/// A row of more lines than that may go over to the next page.
const TALL: f32 = 12.0;

/// A table, or such columns of it as stand side by side.
#[derive(Serialize)]
pub(super) struct Part {
    level: u8,
    title: String,
    mark: String,
    note: String,
    size: f32,
    widths: Vec<f32>,
    numeric: Vec<bool>,
    /// Whether a row may go over to the next page.
    breakable: bool,
    head: Vec<String>,
    /// Row after row.
    cells: Vec<Drawn>,
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
pub(super) fn parts(maker: &mut Maker<'_>, table: &Table, level: u8) -> Vec<(bool, Part)> {
    let texts: Vec<Vec<String>> = table
        .rows
        .iter()
        .map(|row| {
            let cell = |at: usize| row.cells.get(at).unwrap_or(&Cell::Empty);
            (0..table.columns.len())
                .map(|at| one_line(&cell(at).text(maker.lang), usize::MAX))
                .collect()
        })
        .collect();
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
            level,
            title: maker.clean(&title, plan::UPRIGHT / 12.0),
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

/// What a column needs.
fn need(maker: &Maker<'_>, table: &Table, texts: &[Vec<String>], at: usize) -> Need {
    let fonts = maker.fonts;
    let word = |text: &str| {
        let words = text.split([' ', '-']).map(|word| fonts.width(word));
        words.fold(0.0, f32::max)
    };
    let title = one_line(&table.columns[at].title, usize::MAX);
    let numeric = table.columns[at].numeric;
    let mut need = Need {
        // A heading wraps where it is longer than what stands below, and its words are hyphenated.
        natural: word(&title),
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

/// The headings of the columns. Words are hyphenated; what is too long to be a word is broken.
fn head(maker: &Maker<'_>, columns: &[Column], plan: &Plan) -> Vec<String> {
    let titles = plan.columns.iter().zip(&plan.widths);
    titles
        .map(|(at, width)| {
            let title = one_line(&columns[*at].title, usize::MAX);
            if title.split(' ').all(|word| word.chars().count() <= WORD) {
                title
            } else {
                broken(maker.fonts, title, (width - INSET) / plan.size)
            }
        })
        .collect()
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
    for (row, texts) in table.rows.iter().zip(texts) {
        for (at, width) in plan.columns.iter().zip(&plan.widths) {
            let depth = if *at == 0 { row.depth } else { 0 };
            let room = width - INSET - depth as f32 * INDENT;
            let text = broken(maker.fonts, texts[*at].clone(), room / plan.size);
            let (lamp, to) = match row.cells.get(*at) {
                Some(Cell::Trend(values)) if values.iter().any(Option::is_some) => {
                    let svg = report::chart::spark_picture(values);
                    cells.push(Drawn::Spark { svg, alt: text });
                    continue;
                }
                Some(Cell::Lamp(colour, _)) => (Some(lamp_name(*colour)), None),
                Some(Cell::Link(_, to)) => (None, maker.places.resolve(to)),
                _ => (None, None),
            };
            let plain = lamp.is_none() && to.is_none() && !row.strong && depth == 0;
            cells.push(if plain {
                Drawn::Plain(text)
            } else {
                Drawn::Rich {
                    text,
                    strong: row.strong,
                    depth,
                    lamp,
                    to,
                }
            });
        }
    }
    cells
}
