//! «Куда уходят сообщения?»: group chats of the company, and people's addresses that stopped working.

use app::accounts;
use app::addresses::{self, TELEGRAM};
use app::chats::{self, Chat, Gets, Use};
use app::permissions::Deed;
use axum::Router;
use axum::body::Body;
use axum::extract::{Form as Sent, Path, State};
use axum::http::Response;
use axum::response::{IntoResponse, Redirect};
use axum::routing::get;
use serde::Deserialize;
use wording::one_line;

use super::{Plain, Told, confirm, faults, may, moment, some};
use crate::extract::Query;
use crate::loaded::Loaded;
use crate::pages::address::{escape, with};
use crate::pages::form::{Choice, Field, Form};
use crate::pages::sheet::{Block, Sheet};
use crate::pages::table::{Cell, Download, Row, Table};
use crate::pages::{Member, Words};
use crate::problem::Problem;
use crate::state::AppState;

const PAGE: &str = "/admin/chats";

pub(super) fn routes() -> Router<AppState> {
    Router::new()
        .route(PAGE, get(list).post(code))
        .route("/admin/chats/{id}", get(one).post(change))
        .route("/admin/chats/{id}/cut", get(ask_cut).post(cut))
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

/// Whom a chat hears about.
fn about(chat: &Chat, groups: &[Choice], words: Words) -> Cell {
    match groups.iter().find(|choice| choice.value == chat.about) {
        Some(choice) => Cell::text(choice.label.clone()),
        // Nothing goes there until somebody chooses another one.
        None => Cell::text(words.named("chats-about-gone", &one_line(&chat.about, 80))),
    }
}

/// What a chat gets, in words.
fn gets(gets: Gets, words: Words) -> String {
    let all = [
        (gets.daily, "chats-daily"),
        (gets.at_once, "chats-at-once"),
        (gets.reports, "chats-reports"),
    ];
    let chosen = all.into_iter().filter(|(is_on, _)| *is_on);
    let said: Vec<String> = chosen.map(|(_, word)| words.text(word)).collect();
    match said.is_empty() {
        true => words.text("chats-nothing"),
        false => said.join(", "),
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
        .column(words.text("chats-about"))
        .column(words.text("chats-gets"))
        .column(words.text("chats-by"))
        .column(words.text("chats-since"))
        .column(words.text("chats-state"));
    let loaded = Loaded::of(&state, &member.actor).await?;
    let groups = whom(&loaded, words);
    for chat in &all {
        let works = chat.off_at.is_none();
        let href = match works && manages {
            true => address(&chat.id),
            false => String::new(),
        };
        let state = match (works, chat.why.is_empty()) {
            (true, _) => words.text("chats-on"),
            (false, true) => words.text("chats-off"),
            (false, false) => words.named("chats-broken", &chat.why),
        };
        table.push(Row::of(vec![
            Cell::text(title(chat, &member)).to(href),
            about(chat, &groups, words),
            Cell::text(gets(chat.gets, words)),
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

/// What a chat is for, as it is typed.
#[derive(Deserialize, Default)]
#[serde(default)]
struct Typed {
    form_token: String,
    about: String,
    reports: String,
    daily: String,
    at_once: String,
    language: String,
}

impl Typed {
    fn of(chat: &Chat) -> Typed {
        let mark = |is_on: bool| if is_on { "on" } else { "" }.to_owned();
        Typed {
            form_token: String::new(),
            about: chat.about.clone(),
            reports: mark(chat.gets.reports),
            daily: mark(chat.gets.daily),
            at_once: mark(chat.gets.at_once),
            language: chat.language.clone(),
        }
    }

    fn wanted(&self) -> Use {
        Use {
            about: self.about.clone(),
            gets: Gets {
                reports: !self.reports.is_empty(),
                daily: !self.daily.is_empty(),
                at_once: !self.at_once.is_empty(),
            },
            language: self.language.clone(),
        }
    }

    fn form(&self, id: &str, groups: Vec<Choice>, words: Words) -> Form {
        let mark = |name, label, value: &str| Field::mark(words, name, label, !value.is_empty());
        let languages = [("ru", "Русский"), ("en", "English")];
        let languages = languages.map(|(code, name)| Choice::new(code, name));
        Form::doing("use", address(id), words.text("admin-save"))
            .with(Field::choice(
                words,
                "about",
                "chats-about",
                &self.about,
                groups,
            ))
            .with(mark("daily", "chats-gets-daily", &self.daily))
            .with(mark("at_once", "chats-gets-at-once", &self.at_once))
            .with(mark("reports", "chats-gets-reports", &self.reports))
            .with(Field::choice(
                words,
                "language",
                "chats-language",
                &self.language,
                languages.into(),
            ))
    }
}

/// Whom a chat may hear about.
fn whom(loaded: &Loaded, words: Words) -> Vec<Choice> {
    let people = &loaded.audit().live().history().people;
    let groups = (0u32..).zip(&people.groups);
    let groups =
        groups.map(|(id, group)| Choice::new(people.group_ids.get(id), one_line(&group.name, 80)));
    let company = Choice::new("", words.text("chats-about-company"));
    std::iter::once(company).chain(groups).collect()
}

fn address(id: &str) -> String {
    format!("{PAGE}/{}", escape(id))
}

fn page(chat: &Chat, member: &Member, form: Form) -> Sheet {
    let words = member.words();
    let cut = format!("{}/cut", address(&chat.id));
    Sheet::new(member.page(title(chat, member)))
        .back(PAGE, "chats-title")
        .text("chats-use-why")
        .form(form)
        .links(vec![(cut, words.text("chats-cut"))])
}

async fn one(
    State(state): State<AppState>,
    member: Member,
    Path(id): Path<String>,
) -> Result<Response<Body>, Problem> {
    let chat = chats::one(&state.store, &member.actor, &id).await?;
    let loaded = Loaded::of(&state, &member.actor).await?;
    let groups = whom(&loaded, member.words());
    let form = Typed::of(&chat).form(&id, groups, member.words());
    Ok(page(&chat, &member, form).show())
}

async fn change(
    State(state): State<AppState>,
    member: Member,
    Path(id): Path<String>,
    Sent(typed): Sent<Typed>,
) -> Result<Response<Body>, Problem> {
    member.visitor.check(&typed.form_token)?;
    let chat = chats::one(&state.store, &member.actor, &id).await?;
    let loaded = Loaded::of(&state, &member.actor).await?;
    let wanted = (id.as_str(), &typed.wanted());
    let office = loaded.office();
    match chats::change(&state.store, &member.actor, office, wanted, state.now()).await {
        Ok(()) => Ok(Redirect::to(&with(PAGE, &[("done", "saved")])).into_response()),
        Err(error) => {
            let (status, wrong) = faults(error)?;
            let words = member.words();
            let form = typed.form(&id, whom(&loaded, words), words);
            Ok(page(&chat, &member, form.faulted(words, &wrong)).show_as(status))
        }
    }
}

async fn ask_cut(
    State(state): State<AppState>,
    member: Member,
    Path(id): Path<String>,
) -> Result<Response<Body>, Problem> {
    let words = member.words();
    let chat = chats::one(&state.store, &member.actor, &id).await?;
    let own = address(&id);
    let form = Form::doing("cut", format!("{own}/cut"), words.text("chats-cut"));
    let asked = words.named("chats-cut-of", &title(&chat, &member));
    Ok(confirm(&member, asked, "chats-cut-why", form.or_to(own)).show())
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
