//! «Куда уходят сообщения?»: group chats of the company, and people's addresses that stopped working.

use app::accounts;
use app::addresses::{self, TELEGRAM};
use app::chats::{self, Chat};
use app::permissions::Deed;
use axum::Router;
use axum::body::Body;
use axum::extract::{Form as Sent, Path, State};
use axum::http::Response;
use axum::response::Redirect;
use axum::routing::get;
use wording::one_line;

use super::{Plain, Told, confirm, may, moment, some};
use crate::extract::Query;
use crate::pages::Member;
use crate::pages::address::{escape, with};
use crate::pages::form::Form;
use crate::pages::sheet::{Block, Sheet};
use crate::pages::table::{Cell, Download, Row, Table};
use crate::problem::Problem;
use crate::state::AppState;

const PAGE: &str = "/admin/chats";

pub(super) fn routes() -> Router<AppState> {
    Router::new()
        .route(PAGE, get(list).post(code))
        .route("/admin/chats/{id}", get(ask_cut).post(cut))
}

/// A chat's title, with its topic where it has one.
fn title(chat: &Chat, member: &Member) -> String {
    let title = one_line(&chat.title, 80);
    match chat.thread {
        Some(thread) => {
            let number = wording::Value::Text(thread.to_string().into());
            let topic = member.words().say("chats-topic", &[("number", number)]);
            format!("{title}, {topic}")
        }
        None => title,
    }
}

async fn list(
    State(state): State<AppState>,
    member: Member,
    Query(download): Query<Download>,
    Query(told): Query<Told>,
) -> Result<Response<Body>, Problem> {
    let words = member.words();
    let all = chats::list(&state.store, &member.actor).await?;
    let zone = super::zone(&state, &member).await?;
    let people = accounts::everybody(&state.store, &member.actor).await?;
    let manages = may(&member.actor, Deed::ManageChats);
    let mut table = Table::new(&member, "chats", words.text("chats-title"))
        .column(words.text("chats-chat"))
        .column(words.text("chats-by"))
        .column(words.text("chats-since"))
        .column(words.text("chats-state"));
    for chat in &all {
        let works = chat.off_at.is_none();
        let href = match works && manages {
            true => format!("{PAGE}/{}", escape(&chat.id)),
            false => String::new(),
        };
        let state = match (works, chat.why.is_empty()) {
            (true, _) => words.text("chats-on"),
            (false, true) => words.text("chats-off"),
            (false, false) => words.named("chats-broken", &chat.why),
        };
        table.push(Row::of(vec![
            Cell::text(title(chat, &member)).to(href),
            some(chats::linked_by(chat, &people)),
            moment(&zone, Some(chat.linked_at)),
            Cell::text(state),
        ]));
    }
    let mut lost = Table::new(&member, "lost", words.text("chats-lost"))
        .column(words.text("jobs-whom"))
        .column(words.text("jobs-way"))
        .column(words.text("chats-lost-at"))
        .column(words.text("jobs-error"));
    for address in addresses::broken(&state.store, &member.actor).await? {
        let whose = people.iter().find(|one| one.id == address.person);
        lost.push(Row::of(vec![
            some(whose.map_or("", |one| &one.name)),
            Cell::text(words.text(&format!("channel-{}", address.channel))),
            moment(&zone, address.off_at),
            some(&address.why),
        ]));
    }
    if let Some(file) = download.answer(words, &[&table, &lost])? {
        return Ok(file);
    }
    let outlets = addresses::outlets(&state.store, state.now()).await?;
    let bot = outlets.iter().any(|one| one.channel == TELEGRAM);
    let mut sheet = Sheet::new(member.page(words.text("chats-title")))
        .told(&told.done)
        .text("chats-why");
    if !bot {
        sheet = sheet.with(Block::Alert(words.text("chats-no-bot")));
    }
    sheet = sheet.table(table, "chats-none");
    if manages && bot {
        sheet = sheet.form(Form::doing("code", PAGE, words.text("chats-link")));
    }
    Ok(sheet
        .heading("chats-lost")
        .text("chats-lost-why")
        .table(lost, "chats-lost-none")
        .show())
}

async fn code(
    State(state): State<AppState>,
    member: Member,
    Sent(form): Sent<Plain>,
) -> Result<Response<Body>, Problem> {
    member.visitor.check(&form.form_token)?;
    let words = member.words();
    let code = chats::code(&state.store, &member.actor, state.now()).await?;
    let outlets = addresses::outlets(&state.store, state.now()).await?;
    let bot = outlets.into_iter().find(|one| one.channel == TELEGRAM);
    let bot = bot.map(|bot| bot.name).unwrap_or_default();
    let sheet = Sheet::new(member.page(words.text("chats-code-title")))
        .back(PAGE, "chats-title")
        .with(Block::Text(
            words.named("chats-code-how", &format!("@{bot}")),
        ))
        .with(Block::Code(format!("/link@{bot} {}", code.shown())))
        .lead("reach-code-time");
    Ok(sheet.show())
}

async fn ask_cut(
    State(state): State<AppState>,
    member: Member,
    Path(id): Path<String>,
) -> Result<Response<Body>, Problem> {
    member.actor.reach(Deed::ManageChats)?;
    let words = member.words();
    let all = chats::list(&state.store, &member.actor).await?;
    let found = all.iter().find(|one| one.id == id && one.off_at.is_none());
    let chat = found.ok_or_else(|| app::Error::NotFound {
        what: "group chat that is on",
        id: id.clone(),
    })?;
    let form = Form::doing(
        "cut",
        format!("{PAGE}/{}", escape(&id)),
        words.text("chats-cut"),
    );
    let asked = words.named("chats-cut-of", &title(chat, &member));
    Ok(confirm(&member, asked, "chats-cut-why", form.or_to(PAGE)).show())
}

async fn cut(
    State(state): State<AppState>,
    member: Member,
    Path(id): Path<String>,
    Sent(form): Sent<Plain>,
) -> Result<Redirect, Problem> {
    member.visitor.check(&form.form_token)?;
    chats::cut(&state.store, &member.actor, &id, state.now()).await?;
    Ok(Redirect::to(&with(PAGE, &[("done", "cut")])))
}
