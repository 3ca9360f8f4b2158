//! «Что лежит без ответа?»: notes not read and findings not answered for some working days, by person.

use app::telling::unhandled;
use axum::Router;
use axum::body::Body;
use axum::extract::State;
use axum::http::Response;
use axum::routing::get;

use super::Member;
use super::sheet::{Block, Sheet};
use super::table::{Cell, Download, Row, Table, Value};
use crate::extract::Query;
use crate::loaded::Loaded;
use crate::problem::Problem;
use crate::state::AppState;

pub(super) fn routes() -> Router<AppState> {
    Router::new().route("/unhandled", get(show))
}

async fn show(
    State(state): State<AppState>,
    member: Member,
    Query(download): Query<Download>,
) -> Result<Response<Body>, Problem> {
    let words = member.words();
    let found = unhandled::see(&state.audits, &member.actor, state.now()).await?;
    let loaded = Loaded::of(&state, &member.actor).await?;
    let zone = &loaded.office().version().zone;
    let since = |at: Option<app::Instant>| {
        Cell::from(at.map_or(Value::Empty, |at| Value::Moment(zone.datetime(at))))
    };
    let mut table = Table::new(&member, "unhandled", words.text("unhandled-title"))
        .column(words.text("col-employee"))
        .number(words.text("unhandled-findings"))
        .column(words.text("unhandled-since"))
        .number(words.text("unhandled-notes"))
        .column(words.text("unhandled-since"));
    for left in &found.people {
        let findings = Cell::from(Value::Count(left.findings));
        let findings = match left.findings {
            0 => findings,
            _ => findings.to(left.link()),
        };
        table.push(Row::of(vec![
            Cell::text(&left.name),
            findings,
            since(left.findings_since),
            Value::Count(left.notes).into(),
            since(left.notes_since),
        ]));
    }
    if let Some(file) = download.answer(words, &[&table])? {
        return Ok(file);
    }
    let days = usize::try_from(found.days).unwrap_or(usize::MAX);
    let sheet = Sheet::new(member.page(words.text("unhandled-title")))
        .with(Block::Lead(words.count("unhandled-about", days)))
        .table(table, "unhandled-none");
    Ok(sheet.show())
}
