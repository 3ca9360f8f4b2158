//! «Что мне сообщали?»: one's own notices, and daily notes, each exactly as it was sent.

use app::notices::{self, Notice};
use app::telling::facts::{Daily, Unhandled};
use app::telling::{self, Note, pauses};
use axum::Router;
use axum::body::Body;
use axum::extract::{Path, State};
use axum::http::Response;
use axum::routing::get;
use serde::Deserialize;
use wording::one_line;

use super::address::{self, with};
use super::sheet::{Block, Sheet};
use super::table::{Cell, Row, Table, Value};
use super::{Member, Words};
use crate::extract::Query;
use crate::loaded::Loaded;
use crate::problem::Problem;
use crate::state::AppState;

/// Notes on one page.
const SHOWN: i64 = 50;

pub(super) fn routes() -> Router<AppState> {
    Router::new()
        .route("/notes", get(list))
        .route("/notes/{id}", get(one))
}

#[derive(Deserialize, Default)]
#[serde(default)]
struct Asked {
    after: String,
}

impl Asked {
    fn after(&self) -> Option<(app::Instant, &str)> {
        let (at, id) = self.after.split_once('.')?;
        Some((at.parse().ok()?, id))
    }
}

async fn list(
    State(state): State<AppState>,
    member: Member,
    Query(asked): Query<Asked>,
) -> Result<Response<Body>, Problem> {
    let (now, actor, words) = (state.now(), &member.actor, member.words());
    let notes = telling::list(&state.store, actor, asked.after(), SHOWN).await?;
    let loaded = Loaded::of(&state, actor).await?;
    let office = loaded.office();
    let zone = &office.version().zone;
    let pauses = pauses::holding(&state.store, actor, office, now).await?;
    let own = pauses.iter().filter(|pause| pause.is_of(&actor.person));
    let moment = |at: app::Instant| Value::Moment(zone.datetime(at));
    let mut table = Table::new(&member, "notes", words.text("notes-title"))
        .column(words.text("notes-subject"))
        .column(words.text("notes-sent"))
        .column(words.text("notes-read"));
    for note in &notes {
        let href = format!("/notes/{}", note.id);
        table.push(Row::of(vec![
            Cell::text(one_line(&note.subject, 160)).to(href),
            moment(note.sent_at).into(),
            note.read_at.map_or(Value::Empty, moment).into(),
        ]));
    }
    let mut sheet = Sheet::new(member.page(words.text("notes-title"))).lead("notes-about");
    for pause in own {
        let until = wording::moment(zone.datetime(pause.until()), words.0);
        let said = [
            ("until", until.into()),
            ("reason", one_line(&pause.reason, 200).into()),
        ];
        sheet = sheet.with(Block::Alert(words.say("notes-paused", &said)));
    }
    let told = notices::list(&state.store, actor, false, None, SHOWN).await?;
    let told = told
        .iter()
        .filter(|notice| !notice.kind.starts_with("note."));
    let mut said = Table::new(&member, "notices", words.text("notices-title"))
        .column(words.text("notices-what"))
        .column(words.text("notices-when"));
    for notice in told {
        said.push(Row::of(vec![
            what(notice, words),
            moment(notice.made_at).into(),
        ]));
    }
    notices::read_all(&state.store, actor, now).await?;
    let mut links = Vec::new();
    if let Some(last) = notes.last().filter(|_| notes.len() as i64 == SHOWN) {
        let after = format!("{}.{}", last.sent_at, last.id);
        links.push((
            with("/notes", &[("after", &after)]),
            words.text("paging-earlier"),
        ));
    }
    links.push(("/me/telling".to_owned(), words.text("notes-choose")));
    sheet = sheet.table(table, "notes-none").heading("notices-title");
    Ok(sheet.table(said, "notices-none").links(links).show())
}

/// What a notice says, and where it leads.
fn what(notice: &Notice, words: Words) -> Cell {
    let payload: serde_json::Value = serde_json::from_str(&notice.payload).unwrap_or_default();
    let said = |key: &str| payload[key].as_str().unwrap_or_default();
    let kind = format!("job-{}", notice.kind.replace(['.', '_'], "-"));
    let subject = match said("subject") {
        "" if words.has(&kind) => words.text(&kind),
        "" => notice.kind.clone(),
        subject => one_line(subject, 160),
    };
    // Only what the program itself has put leads anywhere.
    let href = match (said("link"), said("finding")) {
        ("", "") => String::new(),
        ("", finding) => address::finding(finding),
        (link, _) if link.starts_with('/') && !link.starts_with("//") => link.to_owned(),
        _ => String::new(),
    };
    let cell = Cell::text(subject);
    let cell = if href.is_empty() { cell } else { cell.to(href) };
    cell.small(one_line(said("text"), 200))
}

async fn one(
    State(state): State<AppState>,
    member: Member,
    Path(id): Path<String>,
) -> Result<Response<Body>, Problem> {
    let (now, actor, words) = (state.now(), &member.actor, member.words());
    let note = telling::open(&state.store, actor, &id, now).await?;
    let mut sheet =
        Sheet::new(member.page(one_line(&note.subject, 160))).back("/notes", "notes-title");
    for line in note.text.lines().filter(|line| !line.is_empty()) {
        sheet = sheet.with(Block::Text(line.to_owned()));
    }
    let links = links(&note, words);
    if !links.is_empty() {
        sheet = sheet.heading("notes-open").links(links);
    }
    Ok(sheet.show())
}

/// The lists that a note counts, and the findings that it names.
fn links(note: &Note, words: Words) -> Vec<(String, String)> {
    let mut links = Vec::new();
    if let Ok(daily) = serde_json::from_str::<Daily>(&note.figures) {
        if let Some(found) = &daily.found {
            for (count, href, word) in [
                (found.new, &found.new_link, "notes-list-new"),
                (found.again, &found.again_link, "notes-list-again"),
                (found.mended, &found.mended_link, "notes-list-mended"),
                (
                    found.mended_of,
                    &found.mended_of_link,
                    "notes-list-mended-of",
                ),
                (found.open, &found.open_link, "notes-list-open"),
            ] {
                // A note of long ago has no lists of what was mended.
                if count > 0 && !href.is_empty() {
                    let count = usize::try_from(count).unwrap_or(usize::MAX);
                    links.push((href.clone(), words.count(word, count)));
                }
            }
        }
        if let Some(waits) = &daily.waits {
            for (count, href, word) in [
                (waits.to_pass_on, "/queue", "notes-list-queue"),
                (waits.disputes, "/disputes", "notes-list-disputes"),
            ] {
                if count > 0 {
                    let count = usize::try_from(count).unwrap_or(usize::MAX);
                    links.push((href.to_owned(), words.count(word, count)));
                }
            }
        }
        for person in &daily.people {
            links.push((person.link.clone(), person.name.clone()));
        }
        for worst in &daily.worst {
            let name = if worst.deal.is_empty() {
                &worst.rule
            } else {
                &worst.deal
            };
            links.push((address::finding(&worst.finding), one_line(name, 80)));
        }
    } else if let Ok(unhandled) = serde_json::from_str::<Unhandled>(&note.figures) {
        links.push(("/unhandled".to_owned(), words.text("tab-unhandled")));
        for left in unhandled.people.iter().filter(|left| !left.link.is_empty()) {
            links.push((left.link.clone(), left.name.clone()));
        }
    }
    links
}
