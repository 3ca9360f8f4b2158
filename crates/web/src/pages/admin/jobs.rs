//! «Что не удалось сделать?»: deliveries and jobs that were given up.

use std::collections::HashMap;

use app::accounts;
use app::jobs::{self, Message, Unclaimed};
use app::permissions::Deed;
use axum::Router;
use axum::body::Body;
use axum::extract::{Form as Sent, Path, State};
use axum::http::Response;
use axum::response::Redirect;
use axum::routing::{get, post};
use wording::one_line;
use worktime::Zone;

use super::{Plain, Told, confirm, may, moment, some};
use crate::extract::Query;
use crate::pages::address::{escape, with};
use crate::pages::form::Form;
use crate::pages::sheet::{Block, Sheet};
use crate::pages::table::{Cell, Download, Row, Table, Value};
use crate::pages::{Member, Words};
use crate::problem::Problem;
use crate::state::AppState;

/// Most that are shown: whoever has more has one cause to find first.
const MOST: i64 = 500;

pub(super) fn routes() -> Router<AppState> {
    Router::new()
        .route("/admin/jobs", get(list))
        .route(
            "/admin/jobs/waiting/{channel}",
            get(ask_drop_waiting).post(drop_waiting),
        )
        .route("/admin/jobs/{id}", get(one))
        .route("/admin/jobs/{id}/retry", post(retry))
        .route("/admin/jobs/{id}/drop", get(ask_drop).post(drop_it))
}

fn address(id: &str) -> String {
    format!("/admin/jobs/{}", escape(id))
}

/// What was to be done, in words; what we have no words for stays as it is written.
fn what(words: Words, message: &Message) -> String {
    let id = format!("job-{}", message.kind.replace(['.', '_'], "-"));
    match words.has(&id) {
        true => words.text(&id),
        false => message.kind.clone(),
    }
}

fn way(words: Words, channel: &str) -> String {
    let id = format!("channel-{channel}");
    match words.has(&id) {
        true => words.text(&id),
        false => channel.to_owned(),
    }
}

/// What went wrong; that the outcome is unknown comes first.
fn error(words: Words, message: &Message) -> String {
    match (message.is_unknown(), message.attempts) {
        (true, _) => format!("{} {}", words.text("jobs-unknown"), message.error),
        (false, 0) => words.text("jobs-never-taken"),
        (false, _) => message.error.clone(),
    }
}

/// The names of the company's people by their ids.
async fn names(state: &AppState, member: &Member) -> Result<HashMap<String, String>, Problem> {
    let people = accounts::everybody(&state.store, &member.actor).await?;
    Ok(people.into_iter().map(|one| (one.id, one.name)).collect())
}

async fn list(
    State(state): State<AppState>,
    member: Member,
    Query(told): Query<Told>,
    Query(download): Query<Download>,
) -> Result<Response<Body>, Problem> {
    let words = member.words();
    let failed = jobs::failed(&state.store, &member.actor, None, MOST).await?;
    let zone = super::zone(&state, &member).await?;
    let names = names(&state, &member).await?;
    let mut table = Table::new(&member, "jobs", words.text("jobs-title"))
        .column(words.text("jobs-what"))
        .column(words.text("jobs-way"))
        .column(words.text("jobs-whom"))
        .column(words.text("jobs-given-up"))
        .number(words.text("jobs-tries"))
        .column(words.text("jobs-error"));
    for message in &failed {
        let tries = u64::try_from(message.attempts).unwrap_or(0);
        table.push(Row::of(vec![
            Cell::text(what(words, message)).to(address(&message.id)),
            Cell::text(way(words, &message.channel)),
            some(names.get(&message.recipient).map_or("", |name| name)),
            moment(&zone, message.failed_at),
            Value::Count(tries).into(),
            some(&error(words, message)),
        ]));
    }
    if let Some(file) = download.answer(words, &[&table])? {
        return Ok(file);
    }
    let mut sheet = Sheet::new(member.page(words.text("jobs-title")))
        .told(&told.done)
        .text("jobs-why")
        .table(table, "jobs-none");
    let again = jobs::retrying(&state.store, &member.actor, MOST).await?;
    if !again.is_empty() {
        sheet = sheet
            .heading("jobs-again")
            .text("jobs-again-why")
            .table(retrying(&member, &zone, &names, &again), "jobs-none");
    }
    let lies = jobs::unclaimed(&state.store, &member.actor, state.now()).await?;
    if !lies.is_empty() {
        sheet = sheet
            .heading("jobs-lies")
            .text("jobs-lies-why")
            .table(lying(&member, &zone, &lies), "jobs-none");
    }
    Ok(sheet.show())
}

/// What failed and is tried again by itself.
fn retrying(
    member: &Member,
    zone: &Zone,
    names: &HashMap<String, String>,
    again: &[Message],
) -> Table {
    let words = member.words();
    let mut table = Table::new(member, "again", words.text("jobs-again"))
        .column(words.text("jobs-what"))
        .column(words.text("jobs-way"))
        .column(words.text("jobs-whom"))
        .number(words.text("jobs-tries"))
        .column(words.text("jobs-next"))
        .column(words.text("jobs-error"));
    for message in again {
        let tries = u64::try_from(message.attempts).unwrap_or(0);
        table.push(Row::of(vec![
            Cell::text(what(words, message)),
            Cell::text(way(words, &message.channel)),
            some(names.get(&message.recipient).map_or("", |name| name)),
            Value::Count(tries).into(),
            moment(zone, Some(message.due_at)),
            Cell::text(one_line(&message.error, 500)),
        ]));
    }
    table
}

/// What nobody takes, by channel; whoever may drop it is led there.
fn lying(member: &Member, zone: &Zone, lies: &[Unclaimed]) -> Table {
    let words = member.words();
    let drops = may(&member.actor, Deed::ManageJobs);
    let mut table = Table::new(member, "lies", words.text("jobs-lies"))
        .column(words.text("jobs-way"))
        .number(words.text("jobs-lies-number"))
        .column(words.text("jobs-lies-since"))
        .column(words.text("jobs-lies-until"));
    for one in lies {
        let number = u64::try_from(one.number).unwrap_or(0);
        let href = match drops {
            true => waiting(&one.channel),
            false => String::new(),
        };
        let until = one.since.saturating_add(jobs::GIVE_UP_MS);
        table.push(Row::of(vec![
            Cell::text(way(words, &one.channel)).to(href),
            Value::Count(number).into(),
            moment(zone, Some(one.since)),
            moment(zone, Some(until)),
        ]));
    }
    table
}

/// Where what waits in a channel is dropped.
fn waiting(channel: &str) -> String {
    format!("/admin/jobs/waiting/{}", escape(channel))
}

async fn ask_drop_waiting(
    State(state): State<AppState>,
    member: Member,
    Path(channel): Path<String>,
) -> Result<Response<Body>, Problem> {
    member.actor.reach(Deed::ManageJobs)?;
    let words = member.words();
    let lies = jobs::unclaimed(&state.store, &member.actor, state.now()).await?;
    let found = lies.iter().find(|one| one.channel == channel);
    let one = found.ok_or_else(|| app::Error::NotFound {
        what: "channel in which something waits",
        id: channel.clone(),
    })?;
    let form = Form::doing("drop", waiting(&channel), words.text("jobs-lies-drop"));
    let args = [
        ("count", wording::Value::Count(one.number)),
        ("way", wording::Value::Text(way(words, &channel).into())),
    ];
    let title = words.say("jobs-lies-drop-of", &args);
    let form = form.or_to("/admin/jobs");
    Ok(confirm(&member, title, "jobs-lies-drop-why", form).show())
}

async fn drop_waiting(
    State(state): State<AppState>,
    member: Member,
    Path(channel): Path<String>,
    Sent(form): Sent<Plain>,
) -> Result<Redirect, Problem> {
    member.visitor.check(&form.form_token)?;
    jobs::drop_waiting(&state.store, &member.actor, &channel, state.now()).await?;
    Ok(Redirect::to(&with("/admin/jobs", &[("done", "dropped")])))
}

async fn one(
    State(state): State<AppState>,
    member: Member,
    Path(id): Path<String>,
) -> Result<Response<Body>, Problem> {
    let words = member.words();
    let message = jobs::one(&state.store, &member.actor, &id).await?;
    let zone = super::zone(&state, &member).await?;
    let names = names(&state, &member).await?;
    let when = |at| wording::moment(zone.datetime(at), words.0);
    let fact = |word: &str, value: String| (words.text(word), value, String::new());
    let mut facts = vec![
        fact("jobs-way", way(words, &message.channel)),
        fact("jobs-put", when(message.put_at)),
    ];
    if let Some(name) = names.get(&message.recipient) {
        facts.push(fact("jobs-whom", one_line(name, 80)));
    }
    if let Some(at) = message.failed_at {
        facts.push(fact("jobs-given-up", when(at)));
    }
    facts.push(fact(
        "jobs-tries",
        wording::integer(message.attempts, words.0),
    ));
    if let Some(begun) = &message.begun {
        facts.push(fact("jobs-begun", when(begun.at)));
        facts.push(fact("jobs-begun-by", one_line(&begun.by, 120)));
    }
    let mut sheet = Sheet::new(member.page(what(words, &message)))
        .back("/admin/jobs", "tab-jobs")
        .with(Block::Facts(facts));
    if message.is_unknown() {
        sheet = sheet.with(Block::Alert(words.text("jobs-unknown-why")));
    }
    let mut sheet = sheet
        .heading("jobs-error")
        .with(Block::Code(one_line(&error(words, &message), 2000)));
    if may(&member.actor, Deed::ManageJobs) {
        let own = address(&id);
        let (button, why) = match message.is_unknown() {
            true => ("jobs-send-again", "jobs-send-again-why"),
            false => ("jobs-retry", "jobs-retry-why"),
        };
        let retry = Form::doing("retry", format!("{own}/retry"), words.text(button));
        sheet = sheet
            .text(why)
            .form(retry)
            .links(vec![(format!("{own}/drop"), words.text("jobs-drop"))]);
    }
    Ok(sheet.show())
}

async fn retry(
    State(state): State<AppState>,
    member: Member,
    Path(id): Path<String>,
    Sent(form): Sent<Plain>,
) -> Result<Redirect, Problem> {
    member.visitor.check(&form.form_token)?;
    jobs::retry(&state.store, &member.actor, &id, state.now()).await?;
    Ok(Redirect::to(&with("/admin/jobs", &[("done", "retried")])))
}

async fn ask_drop(
    State(state): State<AppState>,
    member: Member,
    Path(id): Path<String>,
) -> Result<Response<Body>, Problem> {
    let words = member.words();
    member.actor.reach(Deed::ManageJobs)?;
    let message = jobs::one(&state.store, &member.actor, &id).await?;
    let own = address(&id);
    let form = Form::doing("drop", format!("{own}/drop"), words.text("jobs-drop-do")).or_to(own);
    let title = words.named("jobs-drop-of", &what(words, &message));
    Ok(confirm(&member, title, "jobs-drop-why", form).show())
}

async fn drop_it(
    State(state): State<AppState>,
    member: Member,
    Path(id): Path<String>,
    Sent(form): Sent<Plain>,
) -> Result<Redirect, Problem> {
    member.visitor.check(&form.form_token)?;
    jobs::drop(&state.store, &member.actor, &id, state.now()).await?;
    Ok(Redirect::to(&with("/admin/jobs", &[("done", "dropped")])))
}
