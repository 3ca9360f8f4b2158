//! «Чем отличаются редакции?»: what two versions demand differently, in words and as texts.

use std::time::Duration;

use app::regulation::{self, Kept, Versions};
use askama::Template;
use audit::regulation::{Fate, Moved, Version, compare};
use axum::body::Body;
use axum::extract::State;
use axum::http::{Response, StatusCode};
use serde::Deserialize;
use similar::{ChangeTag, TextDiff};

use super::super::table::{Cell, Download, Row, Table};
use super::super::{Member, Page, Words, address, show};
use super::{Teller, find, version_of};
use crate::extract::Query;
use crate::problem::Problem;
use crate::state::AppState;

/// Lines shown around a change.
const AROUND: usize = 3;
/// The most lines shown.
const MOST: usize = 2000;
/// Texts that are compared for longer are compared less closely.
const LONGEST: Duration = Duration::from_millis(500);

#[derive(Template)]
#[template(path = "regulation_diff.html")]
struct DifferencePage {
    page: Page,
    fields: Vec<Field>,
    differences: Table,
    parts: Vec<Vec<Line>>,
}

/// The choice of one of the two.
struct Field {
    name: &'static str,
    label: String,
    /// Number, words, and whether it is chosen.
    choices: Vec<(String, String, bool)>,
}

#[derive(Deserialize, Default)]
#[serde(default)]
pub(super) struct Asked {
    from: String,
    to: String,
    #[serde(flatten)]
    download: Download,
}

pub(super) async fn show_difference(
    State(state): State<AppState>,
    member: Member,
    Query(asked): Query<Asked>,
) -> Result<Response<Body>, Problem> {
    let (now, words) = (state.now(), member.words());
    let versions = regulation::history(&state.audits, &member.actor, now).await?;
    let teller = Teller::new(&versions, words, now)?;
    let to = match asked.to.as_str() {
        "" => &versions.all[versions.current],
        number => find(&versions, number)?,
    };
    let from = match asked.from.as_str() {
        "" => before(&versions, to),
        number => find(&versions, number)?,
    };
    let differences = table(&member, &version_of(from)?, &version_of(to)?);
    if let Some(file) = asked.download.answer(words, &[&differences])? {
        return Ok(file);
    }
    let field = |name: &'static str, chosen: &Kept| Field {
        name,
        label: words.word("regulation-diff", name),
        choices: choices(&teller, chosen),
    };
    let shown = DifferencePage {
        page: member.page(words.text("regulation-diff-title")),
        fields: vec![field("from", from), field("to", to)],
        differences,
        parts: parts(&from.version.text, &to.version.text),
    };
    Ok(show(StatusCode::OK, &shown))
}

/// The text before another one; that one itself where it is the first.
fn before<'v>(versions: &'v Versions, to: &'v Kept) -> &'v Kept {
    let texts = versions.all.iter().filter(|kept| !kept.version.withdrawn);
    let mut earlier = texts.filter(|kept| kept.version.number < to.version.number);
    earlier.next_back().unwrap_or(to)
}

fn choices(teller: &Teller<'_>, chosen: &Kept) -> Vec<(String, String, bool)> {
    let texts = teller.versions.all.iter().enumerate().rev();
    let texts = texts.filter(|(_, kept)| !kept.version.withdrawn);
    let choice = |(place, kept): (usize, &Kept)| {
        let state = teller.words.word("regulation-state", teller.state(place));
        let label = match kept.version.number {
            0 => teller.words.text("regulation-starter"),
            _ => format!(
                "{}, {state} ({}, {})",
                teller.since(kept),
                teller.author(kept),
                teller.moment(kept.version.added_at)
            ),
        };
        let number = kept.version.number;
        (number.to_string(), label, number == chosen.version.number)
    };
    texts.map(choice).collect()
}

/// What two versions demand differently, a demand a row.
pub(super) fn table(member: &Member, before: &Version, after: &Version) -> Table {
    let words = member.words();
    let title = |id: &str| words.text(&format!("regulation-col-{id}"));
    let mut table = Table::new(member, "differences", words.text("regulation-differences"))
        .column(title("rule"))
        .column(title("what"))
        .column(title("before"))
        .column(title("after"));
    let difference = compare(before, after, words.0);
    let frame = words.text("regulation-frame");
    for moved in &difference.frame {
        table.push(row(Cell::text(&*frame), moved, words));
    }
    for rule in &difference.rules {
        let known = rule.fate != Fate::Removed;
        let href = match known {
            true => address::rule(&rule.rule),
            false => String::new(),
        };
        let name = || Cell::text(&*rule.title).to(&*href);
        let fate = match rule.fate {
            Fate::Added => "added",
            Fate::Removed => "removed",
            Fate::SwitchedOn => "on",
            Fate::SwitchedOff => "off",
            Fate::Changed => "",
        };
        if !fate.is_empty() {
            let fate = words.word("regulation-fate", fate);
            let empty = || Cell::from(super::super::table::Value::Empty);
            table.push(Row::of(vec![name(), Cell::text(fate), empty(), empty()]));
        }
        // Of what is gone nobody needs every demand.
        if !matches!(rule.fate, Fate::Removed | Fate::SwitchedOff) {
            rule.parts
                .iter()
                .for_each(|moved| table.push(row(name(), moved, words)));
        }
    }
    table
}

fn row(name: Cell, moved: &Moved, words: Words) -> Row {
    let what = match moved.label.as_str() {
        "" => words.text("regulation-demand"),
        label => label.to_owned(),
    };
    let said = |said: &str| match said {
        "" => Cell::from(super::super::table::Value::Empty),
        said => Cell::text(said),
    };
    let (before, after) = (said(&moved.before), said(&moved.after));
    Row::of(vec![name, Cell::text(what), before, after])
}

/// A line of two texts.
pub(super) struct Line {
    /// Its number in the earlier and the later text; empty: it is not there.
    pub old: String,
    pub new: String,
    /// `ins`, `del` or nothing.
    pub class: &'static str,
    pub sign: &'static str,
    pub text: String,
}

/// The parts of two texts in which they differ, with the lines around.
pub(super) fn parts(before: &str, after: &str) -> Vec<Vec<Line>> {
    let (before, after) = (before.replace("\r\n", "\n"), after.replace("\r\n", "\n"));
    let diff = TextDiff::configure()
        .timeout(LONGEST)
        .diff_lines(&before, &after);
    let number = |index: Option<usize>| index.map_or_else(String::new, |n| (n + 1).to_string());
    let mut left = MOST;
    let mut parts = Vec::new();
    for group in diff.grouped_ops(AROUND) {
        let changes = group.iter().flat_map(|op| diff.iter_changes(op));
        let lines = changes.take(left).map(|change| {
            let (class, sign) = match change.tag() {
                ChangeTag::Equal => ("", " "),
                ChangeTag::Insert => ("ins", "+"),
                ChangeTag::Delete => ("del", "−"),
            };
            Line {
                old: number(change.old_index()),
                new: number(change.new_index()),
                class,
                sign,
                text: change.value().trim_end_matches('\n').to_owned(),
            }
        });
        let lines: Vec<Line> = lines.collect();
        left -= lines.len();
        if !lines.is_empty() {
            parts.push(lines);
        }
    }
    parts
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_differs_is_shown_with_its_numbers() {
        let before: String = (1..=20).map(|n| format!("строка {n}\n")).collect();
        let after = before
            .replace("строка 10\n", "другая\n")
            .replace("строка 20\n", "");
        let parts = parts(&before, &after.replace('\n', "\r\n"));
        let said = |part: &[Line]| -> Vec<String> {
            let changed = part.iter().filter(|line| !line.class.is_empty());
            let said = |line: &Line| {
                let Line {
                    old,
                    new,
                    sign,
                    text,
                    ..
                } = line;
                format!("{old}|{new}|{sign}{text}")
            };
            changed.map(said).collect()
        };
        assert_eq!(parts.len(), 2);
        assert_eq!(said(&parts[0]), ["10||−строка 10", "|10|+другая"]);
        assert_eq!(said(&parts[1]), ["20||−строка 20"]);
        assert_eq!(parts[0].len(), 2 + 2 * AROUND);
    }
}
