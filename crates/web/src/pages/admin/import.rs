//! «Что загружается?»: imports of whole histories, and how to ask for one.

use app::import::{self, Asked};
use app::journal;
use app::permissions::Deed;
use axum::Router;
use axum::body::Body;
use axum::extract::State;
use axum::http::Response;
use axum::routing::get;
use wording::{Value as Word, one_line, percent};
use worktime::Zone;

use super::{moment, some};
use crate::extract::Query;
use crate::pages::sheet::{Block, Sheet};
use crate::pages::table::{Cell, Download, Row, Table};
use crate::pages::{Member, Words};
use crate::problem::Problem;
use crate::state::AppState;

/// Imports of the past that are shown.
const PAST: i64 = 20;

pub(super) fn routes() -> Router<AppState> {
    Router::new().route("/admin/import", get(show))
}

fn state_of(words: Words, one: &Asked) -> String {
    match (&one.answer, one.read) {
        (Some(answer), _) => one_line(&answer.said, 300),
        (None, Some((done, whole))) => {
            let part = percent(done as f64 / whole as f64, 0, words.0);
            words.say("import-read", &[("part", Word::Text(part.into()))])
        }
        (None, None) => words.text("import-waits"),
    }
}

fn asked_table(member: &Member, zone: &Zone, asked: &[Asked]) -> Table {
    let words = member.words();
    let mut table = Table::new(member, "imports", words.text("import-now"))
        .column(words.text("import-folder"))
        .column(words.text("import-asked"))
        .column(words.text("import-state"))
        .column(words.text("import-ended"));
    for one in asked {
        let aside = one.answer.as_ref().map_or(0, |answer| answer.aside.len());
        let aside = match aside {
            0 => String::new(),
            lines => words.count("import-aside", lines),
        };
        table.push(Row::of(vec![
            some(&one.folder),
            moment(zone, Some(one.at)),
            Cell::text(state_of(words, one)).small(aside),
            moment(zone, one.ended_at),
        ]));
    }
    table
}

async fn show(
    State(state): State<AppState>,
    member: Member,
    Query(download): Query<Download>,
) -> Result<Response<Body>, Problem> {
    let (actor, words) = (&member.actor, member.words());
    actor.reach(Deed::SendEvents)?;
    let zone = super::zone(&state, &member).await?;
    let asked = import::asked(&state.store, actor).await?;
    let done = journal::Filter {
        action: Some("company.import"),
        ..journal::Filter::default()
    };
    let past = journal::lines(&state.store, actor, done, None, PAST).await?;
    let now = asked_table(&member, &zone, &asked);
    let mut before =
        Table::new(&member, "past", words.text("import-past")).column(words.text("import-begun"));
    for line in &past {
        before.push(Row::of(vec![moment(&zone, Some(line.at))]));
    }
    if let Some(file) = download.answer(words, &[&now, &before])? {
        return Ok(file);
    }
    let command = [("company", Word::Text(actor.company.clone().into()))];
    let sheet = Sheet::new(member.page(words.text("import-title")))
        .text("import-why")
        .with(Block::Code(words.say("import-command", &command)))
        .text("import-how")
        .heading("import-now")
        .table(now, "import-none")
        .heading("import-past")
        .table(before, "import-never");
    Ok(sheet.show())
}
