//! Where things lie on the charts; templates draw them, and escape what is foreign.

use std::fmt::Write;

use ::figures::funnel::{Burden, Load, Loads, Point, Response};
use wording::{Value, decimal};

use super::super::Words;
use super::Teller;

/// The width and height of both charts, and what is left for the scales.
const WIDTH: f64 = 720.0;
const HEIGHT: f64 = 280.0;
const LEFT: f64 = 48.0;
const RIGHT: f64 = 24.0;
const TOP: f64 = 16.0;
const BOTTOM: f64 = 36.0;

const MINUTE: f64 = 60_000.0;
/// The curve ends after so much working time at the latest, and not before an hour.
const LONGEST: i64 = 40 * 60 * 60_000;
const SHORTEST: i64 = 60 * 60_000;
/// Points of a line at most.
const POINTS: usize = 240;
/// Minutes that the scale names.
const TICKS: [i64; 9] = [1, 5, 15, 30, 60, 120, 240, 480, 1440];

/// A line of a scale with its name.
pub(super) struct Tick {
    pub at: String,
    pub label: String,
}

/// The share of leads answered within a time.
pub(super) struct Curve {
    pub label: String,
    pub line: String,
    pub band: String,
    /// Everybody's, where somebody's is shown; empty: none.
    pub all: String,
    pub across: Vec<Tick>,
    pub up: Vec<Tick>,
    /// The limit of the regulation.
    pub limit: Option<Tick>,
    /// Whether there is a line at all.
    pub empty: bool,
}

fn place(value: f64) -> String {
    format!("{value:.1}")
}

/// How far up a share lies.
fn height(share: f64) -> f64 {
    TOP + (HEIGHT - TOP - BOTTOM) * (1.0 - share.clamp(0.0, 1.0))
}

impl Curve {
    pub fn of(
        words: Words,
        chosen: &Response,
        all: Option<&Response>,
        limit: Option<i64>,
    ) -> Curve {
        let points = chosen.curve(LONGEST, POINTS);
        let last = points.last().map_or(0, |point| point.time);
        let horizon = last.max(limit.unwrap_or(0)).clamp(SHORTEST, LONGEST);
        let behind = all.map(|all| all.curve(horizon, POINTS));
        // Minutes at the beginning matter as much as hours later.
        let scale = |ms: i64| (1.0 + ms.max(0) as f64 / MINUTE).ln();
        let width = WIDTH - LEFT - RIGHT;
        let across = |ms: i64| LEFT + width * scale(ms) / scale(horizon);
        let ticks = TICKS.into_iter().map(|minutes| minutes * 60_000);
        let ticks = ticks.filter(|ms| *ms <= horizon).map(|ms| Tick {
            at: place(across(ms)),
            label: minutes(words, ms / 60_000),
        });
        let up = [0.0, 0.25, 0.5, 0.75, 1.0].map(|share| Tick {
            at: place(height(share)),
            label: wording::percent(share, 0, words.0),
        });
        Curve {
            label: said(words, &points),
            line: steps(&points, &across, horizon, |point| point.share),
            band: band(&points, &across, horizon),
            all: behind.map_or_else(String::new, |points| {
                steps(&points, &across, horizon, |point| point.share)
            }),
            across: ticks.collect(),
            up: up.into(),
            limit: limit.filter(|limit| *limit <= horizon).map(|limit| Tick {
                at: place(across(limit)),
                label: words.text("speed-limit"),
            }),
            empty: points.is_empty(),
        }
    }
}

fn minutes(words: Words, minutes: i64) -> String {
    let (id, number) = match minutes < 60 {
        true => ("chart-minutes", minutes),
        false => ("chart-hours", minutes / 60),
    };
    words.say(id, &[("count", Value::Count(number))])
}

/// The curve in words: what share is answered within an hour of working time, and at the end.
fn said(words: Words, points: &[Point]) -> String {
    let by = |ms: i64| {
        let before = points.iter().rev().find(|point| point.time <= ms);
        wording::percent(before.map_or(0.0, |point| point.share), 0, words.0)
    };
    let args = [
        ("quarter", by(15 * 60_000).into()),
        ("hour", by(60 * 60_000).into()),
        ("end", by(i64::MAX).into()),
    ];
    words.say("speed-chart", &args)
}

/// A line that goes up in steps and on to the end.
fn steps(
    points: &[Point],
    across: &dyn Fn(i64) -> f64,
    horizon: i64,
    value: impl Fn(&Point) -> f64,
) -> String {
    let mut path = format!("M{} {}", place(LEFT), place(height(0.0)));
    for point in points.iter().filter(|point| point.time <= horizon) {
        let _ = write!(path, "H{}", place(across(point.time)));
        let _ = write!(path, "V{}", place(height(value(point))));
    }
    let _ = write!(path, "H{}", place(across(horizon)));
    path
}

/// The interval around the line.
fn band(points: &[Point], across: &dyn Fn(i64) -> f64, horizon: i64) -> String {
    let points: Vec<&Point> = points
        .iter()
        .filter(|point| point.time <= horizon)
        .collect();
    let (Some(first), Some(last)) = (points.first(), points.last()) else {
        return String::new();
    };
    let mut path = format!(
        "M{} {}",
        place(across(first.time)),
        place(height(first.interval.1))
    );
    for point in &points {
        let _ = write!(path, "H{}", place(across(point.time)));
        let _ = write!(path, "V{}", place(height(point.interval.1)));
    }
    let _ = write!(path, "H{}", place(across(horizon)));
    let _ = write!(path, "V{}", place(height(last.interval.0)));
    for pair in points.windows(2).rev() {
        let _ = write!(path, "H{}", place(across(pair[1].time)));
        let _ = write!(path, "V{}", place(height(pair[0].interval.0)));
    }
    let _ = write!(path, "H{}Z", place(across(first.time)));
    path
}

/// Somebody on the chart.
pub(super) struct Dot {
    pub x: String,
    pub y: String,
    /// Where their interval begins and ends.
    pub low: String,
    pub high: String,
    /// What their load comes to: shape and colour.
    pub burden: &'static str,
    pub sign: String,
    pub name: String,
    /// Whether the name stands left of the dot.
    pub left: bool,
    pub said: String,
}

/// Everybody's load and how much of it is overdue.
pub(super) struct Scatter {
    pub label: String,
    pub dots: Vec<Dot>,
    pub across: Vec<Tick>,
    pub up: Vec<Tick>,
    /// The median of the load.
    pub typical: Option<Tick>,
}

impl Scatter {
    pub fn of(teller: &Teller<'_>, loads: &Loads) -> Scatter {
        let (words, lang) = (teller.words, teller.words.0);
        let known: Vec<(&Load, f64, f64)> = loads
            .people
            .iter()
            .filter_map(|load| Some((load, load.deals_per_day()?, load.tasks.share()?)))
            .collect();
        let most = known.iter().map(|(_, deals, _)| *deals);
        let most = most.fold(1.0, f64::max) * 1.1;
        let across = |deals: f64| LEFT + (WIDTH - LEFT - RIGHT) * deals / most;
        let dot = |(load, deals, share): &(&Load, f64, f64)| {
            let (low, high) = load.tasks.interval().unwrap_or((*share, *share));
            let name = teller.person(load.employee);
            let args = [
                ("name", Value::Text(name.clone().into())),
                ("deals", decimal(*deals, 1, lang).into()),
                ("share", teller.percent(*share).into()),
                ("burden", words.word("burden", load.burden.as_str()).into()),
            ];
            Dot {
                x: place(across(*deals)),
                y: place(height(*share)),
                low: place(height(low)),
                high: place(height(high)),
                burden: load.burden.as_str(),
                sign: words.word("burden-sign", load.burden.as_str()),
                left: across(*deals) > WIDTH * 0.7,
                said: words.say("load-dot", &args),
                // Where many stand together only those who stand out are named.
                name: match known.len() > 12 && is_plain(load.burden) {
                    true => String::new(),
                    false => name,
                },
            }
        };
        let dots: Vec<Dot> = known.iter().map(dot).collect();
        let said: Vec<&str> = dots.iter().map(|dot| dot.said.as_str()).collect();
        let said = Value::Text(said.join("; ").into());
        let step = step(most);
        let ticks = (1..).map(|n| f64::from(n) * step);
        let ticks = ticks.take_while(|deals| *deals <= most).map(|deals| Tick {
            at: place(across(deals)),
            label: decimal(deals, 0, lang),
        });
        let up = [0.0, 0.25, 0.5, 0.75, 1.0].map(|share| Tick {
            at: place(height(share)),
            label: wording::percent(share, 0, lang),
        });
        Scatter {
            label: words.say("load-chart", &[("people", said)]),
            across: ticks.collect(),
            up: up.into(),
            typical: loads.typical.map(|typical| Tick {
                at: place(across(typical)),
                label: words.text("load-typical"),
            }),
            dots,
        }
    }
}

fn is_plain(burden: Burden) -> bool {
    matches!(burden, Burden::Even | Burden::TooLittleData)
}

/// A round step of which a scale has some five.
fn step(most: f64) -> f64 {
    let rough = (most / 5.0).max(1.0);
    let power = 10f64.powf(rough.log10().floor());
    let rounds = [1.0, 2.0, 5.0, 10.0].map(|round| round * power);
    rounds
        .into_iter()
        .find(|step| *step >= rough)
        .unwrap_or(rough)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn scales_have_round_steps() {
        for (most, expected) in [(0.5, 1.0), (7.0, 2.0), (22.0, 5.0), (60.0, 20.0)] {
            assert!((step(most) - expected).abs() < 1e-9, "{most}");
        }
    }
}
