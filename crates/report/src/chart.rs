//! Charts as SVG: on a page they take their colours from it, as a picture they bring their own; and
//! they say in words what they draw.

use std::fmt::Write;

use serde::{Deserialize, Serialize};
use wording::{Lang, Value, decimal, integer};

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
/// The most bars below each other that stand on one page, and in one picture of a chat.
const BARS: usize = 28;
/// The most columns side by side; more go on below.
const COLUMNS: usize = 24;

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

    /// What it draws, in words, for those who do not see it.
    pub fn words(&self, lang: Lang) -> String {
        self.draw(lang).said
    }

    /// The chart as a picture of its own, with its colours and on white or, `on` none, on nothing.
    pub fn picture(&self, lang: Lang, on: Option<&str>) -> String {
        self.draw(lang).picture(on)
    }

    /// The chart in parts, each of which can be read on a page of its own; all have one scale.
    pub fn parts(&self, lang: Lang) -> Vec<Part> {
        let drawings = match self {
            Chart::Bars(bars) if bars.len() > BARS => {
                let size = bars.len().div_ceil(bars.len().div_ceil(BARS));
                let top = most(bars);
                let parts = bars.chunks(size);
                parts.map(|part| draw_bars(part, top, lang)).collect()
            }
            chart => vec![chart.draw(lang)],
        };
        let parts = drawings.into_iter();
        parts.map(Part).collect()
    }

    /// The chart as it is sent to a chat, where only a picture is seen: of many bars the first, with
    /// the sum of the others.
    pub fn brief(&self, lang: Lang) -> Chart {
        let Chart::Bars(bars) = self else {
            return self.clone();
        };
        if bars.len() <= BARS {
            return self.clone();
        }
        let (first, others) = bars.split_at(BARS - 1);
        let count = ("count", Value::Count(others.len() as i64));
        let rest = Bar {
            name: text(lang, "bars-others", &[count]),
            value: others.iter().map(|bar| bar.value).sum(),
            before: others.iter().map(|bar| bar.before).sum(),
        };
        Chart::Bars(first.iter().cloned().chain([rest]).collect())
    }

    fn draw(&self, lang: Lang) -> Drawing {
        match self {
            Chart::Lines {
                names,
                lines,
                limits,
            } => draw_lines(names, lines, limits, lang),
            Chart::Columns(counts) => draw_columns(counts, lang),
            Chart::Bars(bars) => draw_bars(bars, most(bars), lang),
        }
    }
}

/// A chart, or a part of it that stands on one page.
pub struct Part(Drawing);

impl Part {
    /// As [`Chart::picture`].
    pub fn picture(&self, on: Option<&str>) -> String {
        self.0.picture(on)
    }

    /// How wide and how high the picture is, in pixels.
    pub fn size(&self) -> (f64, f64) {
        (self.0.width, self.0.height)
    }

    /// What it draws, in words.
    pub fn words(&self) -> &str {
        &self.0.said
    }
}

impl Drawing {
    fn picture(&self, on: Option<&str>) -> String {
        let ground = on.map_or(String::new(), |colour| {
            let colour = escape(colour);
            format!(r#"<rect width="100%" height="100%" style="fill:{colour}"/>"#)
        });
        format!(
            r#"<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {w} {h}" width="{w}" height="{h}"><style>{PICTURE_STYLE}</style>{ground}{body}</svg>"#,
            w = self.width,
            h = self.height,
            body = self.body,
        )
    }
}

/// The greatest value of some bars, now or before.
fn most(bars: &[Bar]) -> f64 {
    let values = bars.iter().flat_map(|bar| [Some(bar.value), bar.before]);
    values.flatten().max().unwrap_or(0).max(1) as f64
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
    // Of many points only so many are named and numbered as stand beside each other, the last among
    // them.
    let apart = |pixels: f64| (pixels / step).ceil().max(1.0) as usize;
    let (numbered, named) = (apart(28.0), apart(44.0).max(2));
    let mut said = Vec::new();
    for (i, one) in lines.iter().enumerate() {
        let is_last = i + 1 == lines.len();
        let class = if is_last { "main" } else { "other" };
        let _ = write!(out, r#"<g class="{class}">"#);
        line(&mut out, &one.values, place);
        points(
            &mut out,
            &one.values,
            place,
            is_last.then_some((lang, numbered)),
        );
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
        if (names.len() - 1 - i).is_multiple_of(named) {
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

/// A dot for each value; where a language is given with the number of every so-manieth, the last
/// among them.
fn points(
    out: &mut String,
    values: &[Option<f64>],
    place: impl Fn((usize, f64)) -> (f64, f64),
    numbered: Option<(Lang, usize)>,
) {
    for (i, value) in values.iter().enumerate() {
        let Some(value) = value else { continue };
        let (x, y) = place((i, *value));
        let _ = write!(out, r#"<circle cx="{x:.1}" cy="{y:.1}" r="3"/>"#);
        let is_numbered =
            |(_, every): &(Lang, usize)| (values.len() - 1 - i).is_multiple_of(*every);
        if let Some((lang, _)) = numbered.filter(is_numbered) {
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
    // Rows of one length, so that the last is not a stub.
    let rows = counts.len().div_ceil(COLUMNS).max(1);
    let across = counts.len().div_ceil(rows).max(1);
    let mut out = String::new();
    for (i, (name, count)) in counts.iter().enumerate() {
        let tall = *count as f64 / top * (HEIGHT - 36.0);
        let (below, beside) = (i / across, i % across);
        let bottom = HEIGHT * (below + 1) as f64;
        let (x, y) = (beside as f64 * COLUMN, bottom - 18.0 - tall);
        let middle = x + COLUMN / 2.0;
        let _ = write!(
            out,
            r#"<rect x="{:.1}" y="{y:.1}" width="{:.1}" height="{tall:.1}"/><text class="axis" x="{middle:.1}" y="{:.1}" text-anchor="middle">{}</text>"#,
            x + 4.0,
            COLUMN - 8.0,
            bottom - 4.0,
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
        width: COLUMN * across as f64,
        height: HEIGHT * counts.len().div_ceil(across).max(1) as f64,
        body: out,
        said: said.collect::<Vec<_>>().join("; "),
    }
}

fn draw_bars(bars: &[Bar], top: f64, lang: Lang) -> Drawing {
    const ROW: f64 = 30.0;
    const LEFT: f64 = 290.0;
    const LETTERS: usize = 44;
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

#[cfg(test)]
mod tests {
    use super::*;

    fn bars(count: u64) -> Vec<Bar> {
        let bar = |at| Bar {
            name: format!("Правило {at}"),
            value: 2 * count - at,
            before: Some(at),
        };
        (0..count).map(bar).collect()
    }

    #[test]
    fn many_bars_stand_on_several_pages_in_one_scale() {
        let few = Chart::Bars(bars(28));
        assert_eq!(few.parts(Lang::Ru).len(), 1);
        let parts = Chart::Bars(bars(60)).parts(Lang::Ru);
        assert_eq!(parts.len(), 3);
        // Of one size, each no higher than its width allows on a page.
        assert!(parts.iter().all(|part| part.size() == (720.0, 600.0)));
        // The first bar is the longest of all, and only there.
        let longest = |part: &Part| part.picture(None).contains(r#"width="340.0" height="12""#);
        let longest: Vec<bool> = parts.iter().map(longest).collect();
        assert_eq!(longest, [true, false, false]);
        let words: Vec<&str> = parts.iter().map(Part::words).collect();
        let whole = Chart::Bars(bars(60)).words(Lang::Ru);
        assert_eq!(words.join("; "), whole);
    }

    #[test]
    fn a_chat_gets_the_first_bars_and_the_sum_of_the_others() {
        let few = Chart::Bars(bars(28));
        assert_eq!(few.brief(Lang::Ru), few);
        let Chart::Bars(shown) = Chart::Bars(bars(60)).brief(Lang::Ru) else {
            panic!("bars");
        };
        assert_eq!(shown.len(), 28);
        let all: u64 = bars(60).iter().map(|bar| bar.value).sum();
        assert_eq!(shown.iter().map(|bar| bar.value).sum::<u64>(), all);
        assert_eq!(shown[27].name, "Остальные: 33");
    }

    #[test]
    fn many_columns_go_on_below() {
        let size = |count: u64| {
            let columns = (0..count).map(|at| (at.to_string(), at)).collect();
            let part = Chart::Columns(columns).parts(Lang::Ru);
            part[0].size()
        };
        assert_eq!(size(24), (24.0 * 28.0, 120.0));
        assert_eq!(size(31), (16.0 * 28.0, 240.0));
        assert_eq!(size(60), (20.0 * 28.0, 360.0));
    }

    #[test]
    fn of_many_weeks_some_are_named_the_last_among_them() {
        let line = Line {
            name: "Компания".to_owned(),
            values: (0..53).map(|at| Some(f64::from(at))).collect(),
        };
        let names: Vec<String> = (0..53).map(|at| format!("неделя-{at}-")).collect();
        let chart = Chart::Lines {
            names,
            lines: vec![line],
            limits: Vec::new(),
        };
        let picture = chart.picture(Lang::Ru, None);
        let named = picture.matches("неделя-").count();
        assert!((10..=16).contains(&named), "{named}");
        assert!(picture.contains("неделя-52-") && picture.contains(">52,0<"));
        assert!(!picture.contains("неделя-51-") && !picture.contains(">51,0<"));
    }
}
