//! «Какие программы получают сообщения?»: webhooks.

use app::permissions::Deed;
use app::webhooks;
use axum::Router;
use axum::body::Body;
use axum::extract::{Form as Sent, Path, State};
use axum::http::Response;
use axum::response::{IntoResponse, Redirect};
use axum::routing::{get, post};
use serde::Deserialize;

use super::{Plain, Told, confirm, faults, may, moment, some};
use crate::extract::Query;
use crate::pages::Member;
use crate::pages::address::{escape, with};
use crate::pages::form::{Field, Form};
use crate::pages::sheet::{Block, Sheet};
use crate::pages::table::{Cell, Download, Row, Table};
use crate::problem::Problem;
use crate::state::AppState;

const PAGE: &str = "/admin/webhooks";

pub(super) fn routes() -> Router<AppState> {
    Router::new()
        .route(PAGE, get(list).post(add))
        .route("/admin/webhooks/{id}", get(one).post(switch_off))
        .route("/admin/webhooks/{id}/address", post(change))
        .route("/admin/webhooks/{id}/test", post(test))
}

/// An address as it was typed.
#[derive(Deserialize, Default)]
#[serde(default)]
struct Typed {
    form_token: String,
    address: String,
}

async fn page(
    state: &AppState,
    member: &Member,
    download: &Download,
    (typed, wrong): (&Typed, &[app::Fault]),
) -> Result<Result<Sheet, Response<Body>>, Problem> {
    let words = member.words();
    let all = webhooks::list(&state.store, &member.actor).await?;
    let zone = super::zone(state, member).await?;
    let manages = may(&member.actor, Deed::ManageChats);
    let mut table = Table::new(member, "webhooks", words.text("webhooks-title"))
        .column(words.text("webhooks-host"))
        .column(words.text("webhooks-since"))
        .column(words.text("chats-state"));
    for webhook in &all {
        let works = webhook.off_at.is_none();
        let href = match works && manages {
            true => format!("{PAGE}/{}", escape(&webhook.id)),
            false => String::new(),
        };
        let state = match (works, webhook.why.is_empty()) {
            (true, _) => words.text("chats-on"),
            (false, true) => words.text("chats-off"),
            (false, false) => words.named("chats-broken", &webhook.why),
        };
        table.push(Row::of(vec![
            some(&webhooks::host(webhook)).to(href),
            moment(&zone, Some(webhook.made_at)),
            Cell::text(state),
        ]));
    }
    if let Some(file) = download.answer(words, &[&table])? {
        return Ok(Err(file));
    }
    let mut sheet = Sheet::new(member.page(words.text("webhooks-title")))
        .text("webhooks-why")
        .table(table, "webhooks-none");
    if manages {
        let field = Field::text(words, "address", "webhooks-address", &typed.address);
        let form = Form::doing("add", PAGE, words.text("webhooks-add")).with(field);
        sheet = sheet
            .heading("webhooks-new")
            .form(form.faulted(words, wrong));
    }
    Ok(Ok(sheet))
}

async fn list(
    State(state): State<AppState>,
    member: Member,
    Query(download): Query<Download>,
    Query(told): Query<Told>,
) -> Result<Response<Body>, Problem> {
    let nothing = (&Typed::default(), &[][..]);
    Ok(match page(&state, &member, &download, nothing).await? {
        Ok(sheet) => sheet.told(&told.done).show(),
        Err(file) => file,
    })
}

async fn add(
    State(state): State<AppState>,
    member: Member,
    Sent(typed): Sent<Typed>,
) -> Result<Response<Body>, Problem> {
    member.visitor.check(&typed.form_token)?;
    let words = member.words();
    match webhooks::add(&state.store, &member.actor, &typed.address, state.now()).await {
        Ok(webhook) => {
            let title = words.named("webhooks-made-title", &webhooks::host(&webhook));
            let sheet = Sheet::new(member.page(title))
                .back(PAGE, "webhooks-title")
                .text("webhooks-made-why")
                .with(Block::Code(webhook.secret.clone()))
                .text("webhooks-made-how");
            Ok(sheet.show())
        }
        Err(error) => {
            let (status, wrong) = faults(error)?;
            let page = page(&state, &member, &Download::default(), (&typed, &wrong)).await?;
            Ok(page.map_or_else(|file| file, |sheet| sheet.show_as(status)))
        }
    }
}

async fn one(
    State(state): State<AppState>,
    member: Member,
    Path(id): Path<String>,
) -> Result<Response<Body>, Problem> {
    let sheet = single(&state, &member, &id, (&Typed::default(), &[])).await?;
    Ok(sheet.show())
}

/// A webhook that is on, and what can be done with it.
async fn single(
    state: &AppState,
    member: &Member,
    id: &str,
    (typed, wrong): (&Typed, &[app::Fault]),
) -> Result<Sheet, Problem> {
    member.actor.reach(Deed::ManageChats)?;
    let words = member.words();
    let all = webhooks::list(&state.store, &member.actor).await?;
    let found = all.iter().find(|one| one.id == id && one.off_at.is_none());
    let webhook = found.ok_or_else(|| app::Error::NotFound {
        what: "webhook that is on",
        id: id.to_owned(),
    })?;
    let own = format!("{PAGE}/{}", escape(id));
    let test = Form::doing("test", format!("{own}/test"), words.text("webhooks-test"));
    let field = Field::text(words, "address", "webhooks-address", &typed.address);
    let change = Form::doing(
        "change",
        format!("{own}/address"),
        words.text("webhooks-change"),
    );
    let off = Form::doing("off", own, words.text("webhooks-off")).or_to(PAGE);
    let title = words.named("webhooks-of", &webhooks::host(webhook));
    Ok(confirm(member, title, "webhooks-test-why", test)
        .back(PAGE, "webhooks-title")
        .text("webhooks-change-why")
        .form(change.with(field).faulted(words, wrong))
        .text("webhooks-off-why")
        .form(off))
}

async fn change(
    State(state): State<AppState>,
    member: Member,
    Path(id): Path<String>,
    Sent(typed): Sent<Typed>,
) -> Result<Response<Body>, Problem> {
    member.visitor.check(&typed.form_token)?;
    let (actor, address, now) = (&member.actor, &typed.address, state.now());
    match webhooks::change(&state.store, actor, &id, address, now).await {
        Ok(_) => Ok(Redirect::to(&with(PAGE, &[("done", "saved")])).into_response()),
        Err(error) => {
            let (status, wrong) = faults(error)?;
            let sheet = single(&state, &member, &id, (&typed, &wrong)).await?;
            Ok(sheet.show_as(status))
        }
    }
}

async fn test(
    State(state): State<AppState>,
    member: Member,
    Path(id): Path<String>,
    Sent(form): Sent<Plain>,
) -> Result<Redirect, Problem> {
    member.visitor.check(&form.form_token)?;
    webhooks::test(&state.store, &member.actor, &id, state.now()).await?;
    Ok(Redirect::to(&with(PAGE, &[("done", "webhook-tested")])))
}

async fn switch_off(
    State(state): State<AppState>,
    member: Member,
    Path(id): Path<String>,
    Sent(form): Sent<Plain>,
) -> Result<Redirect, Problem> {
    member.visitor.check(&form.form_token)?;
    webhooks::switch_off(&state.store, &member.actor, &id, state.now()).await?;
    Ok(Redirect::to(&with(PAGE, &[("done", "cut")])))
}
