//! Charts as SVG: on a page they take their colours from it, as a picture they bring their own; and
//! they say in words what they draw.

use std::fmt::Write;

use serde::{Deserialize, Serialize};
use wording::{Lang, decimal, integer};

use crate::table::Colour;
use crate::words::text;

/// What a chart draws.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Chart {
    /// Values over time; the last line stands out.
    Lines {
        /// The names of the points in time, the oldest first.
        names: Vec<String>,
        /// The lines, each with a value for every point.
        lines: Vec<Line>,
        /// Limits of the light.
        limits: Vec<Limit>,
    },
    /// Counts side by side, such as those of weekdays.
    Columns(Vec<(String, u64)>),
    /// Values below each other, each with that of the period before.
    Bars(Vec<Bar>),
}

/// Values over time; none: too little data.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Line {
    /// Whose they are.
    pub name: String,
    /// One for every point in time.
    pub values: Vec<Option<f64>>,
}

/// A limit of the light.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Limit {
    /// The colour that it ends.
    pub colour: Colour,
    /// Where it lies.
    pub value: f64,
}

/// A value with that of the period before.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Bar {
    /// What it counts.
    pub name: String,
    /// How many.
    pub value: u64,
    /// How many there were before.
    pub before: Option<u64>,
}

/// What the style of a picture says: that of a page in daylight.
const PICTURE_STYLE: &str = "text{font-family:'PT Sans','Golos Text',Inter,'Noto Sans','DejaVu Sans',sans-serif;\
font-size:12px;fill:#1c1f23}.axis{fill:#5d6570}path{fill:none;stroke:#1f5fbf;stroke-width:2}\
.other path{stroke:#9aa3ad}circle,rect{fill:#1f5fbf}.other circle{fill:#9aa3ad}rect.before{fill:#c9ced6}\
.limit{stroke-dasharray:4 4;stroke:#1a7f37}.limit.yellow{stroke:#8a6100}";

const WIDTH: f64 = 720.0;

/// A drawing under way: its size and what is in it so far.
struct Drawing {
    width: f64,
    height: f64,
    body: String,
    said: String,
}

impl Chart {
    /// The chart for a page, whose style gives it its colours. `label` is its title.
    pub fn svg(&self, label: &str, lang: Lang) -> String {
        let drawing = self.draw(lang);
        format!(
            r#"<svg class="chart" viewBox="0 0 {w} {h}" style="max-width:{w}px" role="img" aria-label="{label}">{body}</svg>"#,
            w = drawing.width,
            h = drawing.height,
            label = escape(&format!("{label}. {}", drawing.said)),
            body = drawing.body,
        )
    }

    /// The chart in words.
    pub fn words(&self, lang: Lang) -> String {
        self.draw(lang).said
    }

    /// The chart as a picture of its own, with its colours and on white or, `on` none, on nothing.
    pub fn picture(&self, lang: Lang, on: Option<&str>) -> String {
        let drawing = self.draw(lang);
        let ground = on.map_or(String::new(), |colour| {
            let colour = escape(colour);
            format!(r#"<rect width="100%" height="100%" style="fill:{colour}"/>"#)
        });
        format!(
            r#"<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {w} {h}" width="{w}" height="{h}"><style>{PICTURE_STYLE}</style>{ground}{body}</svg>"#,
            w = drawing.width,
            h = drawing.height,
            body = drawing.body,
        )
    }

    /// How wide and how high the picture is, in pixels.
    pub fn size(&self, lang: Lang) -> (f64, f64) {
        let drawing = self.draw(lang);
        (drawing.width, drawing.height)
    }

    fn draw(&self, lang: Lang) -> Drawing {
        match self {
            Chart::Lines {
                names,
                lines,
                limits,
            } => draw_lines(names, lines, limits, lang),
            Chart::Columns(counts) => draw_columns(counts, lang),
            Chart::Bars(bars) => draw_bars(bars, lang),
        }
    }
}

/// A line of values so small that it stands in a row of a table; gaps where there is no value.
pub fn spark(values: &[Option<f64>], label: &str) -> String {
    format!(
        r#"<svg class="spark" viewBox="0 0 {SPARK_WIDTH} {SPARK_HEIGHT}" width="{SPARK_WIDTH}" height="{SPARK_HEIGHT}" role="img" aria-label="{}">{}</svg>"#,
        escape(label),
        draw_spark(values),
    )
}

/// The same as a picture of its own, with its colours, on nothing.
pub fn spark_picture(values: &[Option<f64>]) -> String {
    format!(
        r#"<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {SPARK_WIDTH} {SPARK_HEIGHT}" width="{SPARK_WIDTH}" height="{SPARK_HEIGHT}"><style>{PICTURE_STYLE}</style>{}</svg>"#,
        draw_spark(values),
    )
}

const SPARK_WIDTH: f64 = 84.0;
const SPARK_HEIGHT: f64 = 20.0;

fn draw_spark(values: &[Option<f64>]) -> String {
    let top = top(values.iter().flatten().copied());
    let step = SPARK_WIDTH / (values.len().max(2) - 1) as f64;
    let place = |(i, value): (usize, f64)| {
        let y = SPARK_HEIGHT - 2.0 - value / top * (SPARK_HEIGHT - 4.0);
        (2.0 + i as f64 * (step - 4.0 / 11.0), y)
    };
    let mut out = String::new();
    line(&mut out, values, place);
    if let Some((i, Some(last))) = values.iter().copied().enumerate().next_back() {
        let (x, y) = place((i, last));
        let _ = write!(out, r#"<circle cx="{x:.1}" cy="{y:.1}" r="2"/>"#);
    }
    out
}

fn draw_lines(names: &[String], lines: &[Line], limits: &[Limit], lang: Lang) -> Drawing {
    const HEIGHT: f64 = 200.0;
    const LEFT: f64 = 44.0;
    const BOTTOM: f64 = 24.0;
    // The right end has room for the names of the lines where there are several.
    let right = if lines.len() > 1 { 150.0 } else { 24.0 };
    let all = lines.iter().flat_map(|line| line.values.iter().flatten());
    let yellow = limits.iter().map(|limit| limit.value);
    let top = 1.12 * top(all.copied().chain(yellow));
    let step = (WIDTH - LEFT - right) / (names.len().max(2) - 1) as f64;
    let height = |value: f64| (HEIGHT - BOTTOM) * (1.0 - value / top) + 8.0;
    let place =
        |(i, value): (usize, f64)| (LEFT + i as f64 * step, height(value).min(HEIGHT - BOTTOM));
    let mut out = String::new();
    for limit in limits {
        let class = match limit.colour {
            Colour::Green => "green",
            _ => "yellow",
        };
        let y = height(limit.value);
        let number = decimal(limit.value, 0, lang);
        let _ = write!(
            out,
            r#"<line class="limit {class}" x1="{LEFT}" x2="{}" y1="{y:.1}" y2="{y:.1}"/><text x="{}" y="{:.1}" text-anchor="end">{number}</text>"#,
            WIDTH - right + 16.0,
            LEFT - 8.0,
            y + 4.0,
        );
    }
    let mut said = Vec::new();
    for (i, one) in lines.iter().enumerate() {
        let is_last = i + 1 == lines.len();
        let class = if is_last { "main" } else { "other" };
        let _ = write!(out, r#"<g class="{class}">"#);
        line(&mut out, &one.values, place);
        points(&mut out, &one.values, place, is_last.then_some(lang));
        let end = one.values.iter().enumerate().rev();
        let end = end.filter_map(|(i, value)| value.map(|value| (i, value)));
        if let (Some(end), true) = (end.into_iter().next(), lines.len() > 1) {
            let (x, y) = place(end);
            let name = escape(&one.name);
            let _ = write!(
                out,
                r#"<text class="axis" x="{:.1}" y="{:.1}">{name}</text>"#,
                x + 10.0,
                y + 16.0
            );
        }
        out.push_str("</g>");
        said.push(in_words(one, lines.len() > 1, lang));
    }
    for (i, name) in names.iter().enumerate() {
        if i % 2 == (names.len() + 1) % 2 {
            let x = LEFT + i as f64 * step;
            let _ = write!(
                out,
                r#"<text class="axis" x="{x:.1}" y="{:.1}" text-anchor="middle">{}</text>"#,
                HEIGHT - 4.0,
                escape(name),
            );
        }
    }
    Drawing {
        width: WIDTH,
        height: HEIGHT,
        body: out,
        said: said.join(" "),
    }
}

/// A dot for each value, with the number where `lang` is given.
fn points(
    out: &mut String,
    values: &[Option<f64>],
    place: impl Fn((usize, f64)) -> (f64, f64),
    lang: Option<Lang>,
) {
    for (i, value) in values.iter().enumerate() {
        let Some(value) = value else { continue };
        let (x, y) = place((i, *value));
        let _ = write!(out, r#"<circle cx="{x:.1}" cy="{y:.1}" r="3"/>"#);
        if let Some(lang) = lang {
            let number = decimal(*value, 1, lang);
            let y = (y - 8.0).max(10.0);
            let _ = write!(
                out,
                r#"<text x="{x:.1}" y="{y:.1}" text-anchor="middle">{number}</text>"#
            );
        }
    }
}

fn in_words(line: &Line, named: bool, lang: Lang) -> String {
    let said = line
        .values
        .iter()
        .map(|value| value.map_or_else(|| "—".to_owned(), |value| decimal(value, 1, lang)));
    let values = said.collect::<Vec<_>>().join("; ");
    let said = text(lang, "trend-text", &[("values", values.into())]);
    if named {
        format!("{}: {said}.", line.name)
    } else {
        said
    }
}

fn draw_columns(counts: &[(String, u64)], lang: Lang) -> Drawing {
    const HEIGHT: f64 = 120.0;
    const COLUMN: f64 = 28.0;
    let most = counts.iter().map(|(_, count)| *count).max();
    let top = most.unwrap_or(0).max(1) as f64;
    let mut out = String::new();
    for (i, (name, count)) in counts.iter().enumerate() {
        let tall = *count as f64 / top * (HEIGHT - 36.0);
        let (x, y) = (i as f64 * COLUMN, HEIGHT - 18.0 - tall);
        let middle = x + COLUMN / 2.0;
        let _ = write!(
            out,
            r#"<rect x="{:.1}" y="{y:.1}" width="{:.1}" height="{tall:.1}"/><text class="axis" x="{middle:.1}" y="{:.1}" text-anchor="middle">{}</text>"#,
            x + 4.0,
            COLUMN - 8.0,
            HEIGHT - 4.0,
            escape(name),
        );
        if *count > 0 {
            let number = integer(*count as i64, lang);
            let _ = write!(
                out,
                r#"<text x="{middle:.1}" y="{:.1}" text-anchor="middle">{number}</text>"#,
                y - 4.0
            );
        }
    }
    let said = counts
        .iter()
        .map(|(name, n)| format!("{name}: {}", integer(*n as i64, lang)));
    Drawing {
        width: COLUMN * counts.len() as f64,
        height: HEIGHT,
        body: out,
        said: said.collect::<Vec<_>>().join("; "),
    }
}

fn draw_bars(bars: &[Bar], lang: Lang) -> Drawing {
    const ROW: f64 = 30.0;
    const LEFT: f64 = 290.0;
    const LETTERS: usize = 44;
    let values = bars.iter().flat_map(|bar| [Some(bar.value), bar.before]);
    let top = values.flatten().max().unwrap_or(0).max(1) as f64;
    let long = |value: u64| value as f64 / top * (WIDTH - LEFT - 90.0);
    let mut out = String::new();
    let mut said = Vec::new();
    for (i, bar) in bars.iter().enumerate() {
        let y = i as f64 * ROW;
        let name = escape(&wording::one_line(&bar.name, LETTERS));
        let number = integer(bar.value as i64, lang);
        let was = bar.before.map(|before| {
            let before = integer(before as i64, lang);
            text(lang, "card-was", &[("rate", before.into())])
        });
        let _ = write!(
            out,
            r#"<text x="{}" y="{:.1}" text-anchor="end">{name}</text><rect x="{LEFT}" y="{:.1}" width="{:.1}" height="12"/>"#,
            LEFT - 10.0,
            y + 17.0,
            y + 4.0,
            long(bar.value),
        );
        if let Some(before) = bar.before {
            let _ = write!(
                out,
                r#"<rect class="before" x="{LEFT}" y="{:.1}" width="{:.1}" height="6"/>"#,
                y + 17.0,
                long(before),
            );
        }
        let end = LEFT + long(bar.value.max(bar.before.unwrap_or(0))) + 8.0;
        let beside = was.as_deref().map_or(String::new(), |was| {
            format!(r#" <tspan class="axis">{}</tspan>"#, escape(was))
        });
        let _ = write!(
            out,
            r#"<text x="{end:.1}" y="{:.1}">{number}{beside}</text>"#,
            y + 18.0
        );
        let was = was.map_or(String::new(), |was| format!(" ({was})"));
        said.push(format!("{}: {number}{was}", bar.name));
    }
    Drawing {
        width: WIDTH,
        height: ROW * bars.len() as f64,
        body: out,
        said: said.join("; "),
    }
}

fn top(values: impl Iterator<Item = f64>) -> f64 {
    values.fold(1e-9, f64::max)
}

/// A line through the values that are there.
fn line(out: &mut String, values: &[Option<f64>], place: impl Fn((usize, f64)) -> (f64, f64)) {
    let mut path = String::new();
    let mut pen_down = false;
    for (i, value) in values.iter().enumerate() {
        let Some(value) = value else {
            pen_down = false;
            continue;
        };
        let (x, y) = place((i, *value));
        let _ = write!(path, "{}{x:.1} {y:.1}", if pen_down { "L" } else { "M" });
        pen_down = true;
    }
    if !path.is_empty() {
        let _ = write!(out, r#"<path d="{path}"/>"#);
    }
}

fn escape(text: &str) -> String {
    // A character that XML does not allow would spoil the whole picture.
    let allowed = |c: &char| !c.is_control() && !matches!(c, '\u{fffe}' | '\u{ffff}');
    let text: String = text.chars().filter(allowed).collect();
    text.replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('>', "&gt;")
        .replace('"', "&quot;")
}
