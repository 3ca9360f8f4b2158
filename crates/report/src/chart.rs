//! Charts as SVG: they take their colours from the page, and say in words what they draw.

use std::fmt::Write;

use audit::regulation::Light;
use wording::{Lang, decimal, integer};

use crate::words::text;

/// A line of values so small that it stands in a row of a table; gaps where there is no value.
pub fn spark(values: &[Option<f64>], label: &str) -> String {
    const WIDTH: f64 = 84.0;
    const HEIGHT: f64 = 20.0;
    let top = top(values.iter().flatten().copied());
    let step = WIDTH / (values.len().max(2) - 1) as f64;
    let place = |(i, value): (usize, f64)| {
        let y = HEIGHT - 2.0 - value / top * (HEIGHT - 4.0);
        (2.0 + i as f64 * (step - 4.0 / 11.0), y)
    };
    let mut out = format!(
        r#"<svg class="spark" viewBox="0 0 {WIDTH} {HEIGHT}" width="{WIDTH}" height="{HEIGHT}" role="img" aria-label="{}">"#,
        escape(label)
    );
    line(&mut out, values, place);
    if let Some((i, Some(last))) = values.iter().copied().enumerate().next_back() {
        let (x, y) = place((i, last));
        let _ = write!(out, r#"<circle cx="{x:.1}" cy="{y:.1}" r="2"/>"#);
    }
    out.push_str("</svg>");
    out
}

/// The line of the company over the weeks, with the limits of the light.
pub fn trend(weeks: &[(String, Option<f64>)], light: &Light, lang: Lang) -> String {
    const WIDTH: f64 = 720.0;
    const HEIGHT: f64 = 200.0;
    const LEFT: f64 = 44.0;
    const BOTTOM: f64 = 24.0;
    let values: Vec<Option<f64>> = weeks.iter().map(|(_, value)| *value).collect();
    let top = 1.12 * top(values.iter().flatten().copied().chain([light.yellow]));
    let step = (WIDTH - LEFT - 24.0) / (weeks.len().max(2) - 1) as f64;
    let height = |value: f64| (HEIGHT - BOTTOM) * (1.0 - value / top) + 8.0;
    let place =
        |(i, value): (usize, f64)| (LEFT + i as f64 * step, height(value).min(HEIGHT - BOTTOM));
    let said: Vec<String> = values
        .iter()
        .map(|value| value.map_or_else(|| "—".to_owned(), |value| decimal(value, 1, lang)))
        .collect();
    let label = text(lang, "trend-text", &[("values", said.join("; ").into())]);
    let mut out = format!(
        r#"<svg class="chart" viewBox="0 0 {WIDTH} {HEIGHT}" role="img" aria-label="{}">"#,
        escape(&label)
    );
    for (limit, class) in [(light.green, "green"), (light.yellow, "yellow")] {
        let y = height(limit);
        let number = decimal(limit, 0, lang);
        let _ = write!(
            out,
            r#"<line class="limit {class}" x1="{LEFT}" x2="{}" y1="{y:.1}" y2="{y:.1}"/><text x="{}" y="{:.1}" text-anchor="end">{number}</text>"#,
            WIDTH - 8.0,
            LEFT - 8.0,
            y + 4.0,
        );
    }
    line(&mut out, &values, place);
    for (i, (week, value)) in weeks.iter().enumerate() {
        let (x, y) = place((i, value.unwrap_or(0.0)));
        if value.is_some() {
            let _ = write!(
                out,
                r#"<circle cx="{x:.1}" cy="{y:.1}" r="3"/><text x="{x:.1}" y="{:.1}" text-anchor="middle">{}</text>"#,
                (y - 8.0).max(10.0),
                said[i],
            );
        }
        if i % 2 == (weeks.len() + 1) % 2 {
            let _ = write!(
                out,
                r#"<text class="axis" x="{x:.1}" y="{:.1}" text-anchor="middle">{}</text>"#,
                HEIGHT - 4.0,
                escape(week),
            );
        }
    }
    out.push_str("</svg>");
    out
}

/// Columns of counts under their names.
pub fn columns(counts: &[(String, u64)], label: &str, lang: Lang) -> String {
    const HEIGHT: f64 = 120.0;
    const COLUMN: f64 = 28.0;
    let width = COLUMN * counts.len() as f64;
    let top = counts
        .iter()
        .map(|(_, count)| *count)
        .max()
        .unwrap_or(0)
        .max(1) as f64;
    let said: Vec<String> = counts
        .iter()
        .map(|(name, n)| format!("{name}: {}", integer(*n as i64, lang)))
        .collect();
    let mut out = format!(
        r#"<svg class="chart" viewBox="0 0 {width} {HEIGHT}" style="max-width:{width}px" role="img" aria-label="{}">"#,
        escape(&format!("{label}. {}", said.join("; ")))
    );
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
    out.push_str("</svg>");
    out
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
    let _ = write!(out, r#"<path d="{path}"/>"#);
}

fn escape(text: &str) -> String {
    text.replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('>', "&gt;")
        .replace('"', "&quot;")
}
