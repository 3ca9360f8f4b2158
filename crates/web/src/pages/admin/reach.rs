//! «Telegram» and «Почта»: how one is reached outside the program.

use app::addresses::{self, Address, Code, EMAIL, Outlet, TELEGRAM};
use axum::Router;
use axum::body::Body;
use axum::extract::{Form as Sent, State};
use axum::http::Response;
use axum::response::{IntoResponse, Redirect};
use axum::routing::{get, post};
use serde::Deserialize;
use wording::one_line;

use super::{Plain, Told, faults};
use crate::extract::Query;
use crate::pages::Member;
use crate::pages::address::with;
use crate::pages::form::{Field, Form};
use crate::pages::sheet::{Block, Sheet};
use crate::problem::Problem;
use crate::state::AppState;

const TELEGRAM_PAGE: &str = "/me/telegram";
const EMAIL_PAGE: &str = "/me/email";

pub(super) fn routes() -> Router<AppState> {
    Router::new()
        .route(TELEGRAM_PAGE, get(telegram).post(telegram_code))
        .route("/me/telegram/cut", post(cut_telegram))
        .route(EMAIL_PAGE, get(email).post(ask_email))
        .route("/me/email/confirm", post(confirm_email))
        .route("/me/email/cut", post(cut_email))
}

/// What is known of one's address of a channel, and of the channel.
struct Reached {
    address: Option<Address>,
    outlet: Option<Outlet>,
    /// Since when it works, or stands.
    at: String,
}

impl Reached {
    async fn of(state: &AppState, member: &Member, channel: &str) -> Result<Reached, Problem> {
        let own = addresses::own(&state.store, &member.actor).await?;
        let address = own.into_iter().find(|one| one.channel == channel);
        let outlets = addresses::outlets(&state.store, state.now()).await?;
        let outlet = outlets.into_iter().find(|one| one.channel == channel);
        let at = address
            .as_ref()
            .and_then(|one| one.off_at.or(one.linked_at));
        let at = match at {
            Some(at) => {
                let zone = super::zone(state, member).await?;
                wording::moment(zone.datetime(at), member.words().0)
            }
            None => String::new(),
        };
        Ok(Reached {
            address,
            outlet,
            at,
        })
    }

    fn works(&self) -> bool {
        self.address.as_ref().is_some_and(Address::works)
    }

    /// Where it stands, as a page says it.
    fn told(&self, sheet: Sheet, member: &Member, channel: &str) -> Sheet {
        let words = member.words();
        let sheet = match self.outlet {
            Some(_) => sheet,
            None => sheet.with(Block::Alert(words.text(&format!("reach-{channel}-away")))),
        };
        let Some(address) = &self.address else {
            return sheet.text(&format!("reach-{channel}-none"));
        };
        let at = wording::Value::Text(self.at.clone().into());
        let state = match (address.works(), address.off_at, address.why.is_empty()) {
            (true, ..) => words.say("reach-on", &[("at", at)]),
            (false, None, _) => words.text("reach-waits"),
            (false, Some(_), true) => words.say("reach-cut", &[("at", at)]),
            (false, Some(_), false) => {
                let why = wording::Value::Text(one_line(&address.why, 200).into());
                words.say("reach-broken", &[("at", at), ("why", why)])
            }
        };
        let mut facts = vec![(words.text("reach-state"), state, String::new())];
        if channel == EMAIL {
            let shown = one_line(&address.address, 120);
            facts.push((words.text("reach-address"), shown, String::new()));
        }
        sheet.with(Block::Facts(facts))
    }
}

async fn telegram(
    State(state): State<AppState>,
    member: Member,
    Query(told): Query<Told>,
) -> Result<Response<Body>, Problem> {
    let words = member.words();
    let reached = Reached::of(&state, &member, TELEGRAM).await?;
    let sheet = Sheet::new(member.page(words.text("reach-telegram-title")))
        .told(&told.done)
        .back("/me", "me-title")
        .text("reach-telegram-why");
    let mut sheet = reached.told(sheet, &member, TELEGRAM);
    if reached.outlet.is_some() {
        let word = if reached.works() {
            "reach-telegram-other"
        } else {
            "reach-telegram-link"
        };
        sheet = sheet.form(Form::doing("code", TELEGRAM_PAGE, words.text(word)));
    }
    if reached.works() {
        let cut = Form::doing("cut", "/me/telegram/cut", words.text("reach-telegram-cut"));
        sheet = sheet.form(cut);
    }
    Ok(sheet.show())
}

async fn telegram_code(
    State(state): State<AppState>,
    member: Member,
    Sent(form): Sent<Plain>,
) -> Result<Response<Body>, Problem> {
    member.visitor.check(&form.form_token)?;
    let words = member.words();
    let reached = Reached::of(&state, &member, TELEGRAM).await?;
    let code = addresses::telegram_code(&state.store, &member.actor, state.now()).await?;
    let bot = reached.outlet.map(|outlet| outlet.name).unwrap_or_default();
    let link = format!("https://t.me/{bot}?start={}", code.plain());
    let sheet = Sheet::new(member.page(words.text("reach-telegram-code-title")))
        .back(TELEGRAM_PAGE, "reach-telegram-title")
        .text("reach-telegram-code-how")
        .links(vec![(link, words.named("reach-telegram-open", &bot))])
        .text("reach-telegram-code-or")
        .with(Block::Code(format!("/start {}", code.shown())))
        .lead("reach-code-time");
    Ok(sheet.show())
}

async fn cut_telegram(
    state: State<AppState>,
    member: Member,
    form: Sent<Plain>,
) -> Result<Redirect, Problem> {
    cut(state, member, form, (TELEGRAM, TELEGRAM_PAGE)).await
}

async fn cut_email(
    state: State<AppState>,
    member: Member,
    form: Sent<Plain>,
) -> Result<Redirect, Problem> {
    cut(state, member, form, (EMAIL, EMAIL_PAGE)).await
}

async fn cut(
    State(state): State<AppState>,
    member: Member,
    Sent(form): Sent<Plain>,
    (channel, page): (&str, &str),
) -> Result<Redirect, Problem> {
    member.visitor.check(&form.form_token)?;
    addresses::cut(&state.store, &member.actor, channel, state.now()).await?;
    Ok(Redirect::to(&with(page, &[("done", "cut")])))
}

/// An address or a code as it was typed.
#[derive(Deserialize, Default)]
#[serde(default)]
struct Typed {
    form_token: String,
    address: String,
    code: String,
}

async fn email_page(
    state: &AppState,
    member: &Member,
    typed: &Typed,
    wrong: &[app::Fault],
) -> Result<Sheet, Problem> {
    let words = member.words();
    let reached = Reached::of(state, member, EMAIL).await?;
    let sheet = Sheet::new(member.page(words.text("reach-email-title")))
        .back("/me", "me-title")
        .text("reach-email-why");
    let mut sheet = reached.told(sheet, member, EMAIL);
    let waits = reached
        .address
        .as_ref()
        .is_some_and(|one| one.linked_at.is_none());
    if waits {
        let field = Field::text(words, "code", "reach-code", &typed.code);
        let confirm = Form::doing("confirm", "/me/email/confirm", words.text("reach-confirm"));
        sheet = sheet
            .heading("reach-confirm-title")
            .text("reach-confirm-how")
            .form(confirm.with(field).faulted(words, wrong));
    }
    if reached.outlet.is_some() {
        let field = Field::text(words, "address", "reach-email-address", &typed.address);
        let ask = Form::doing("address", EMAIL_PAGE, words.text("reach-email-send"));
        sheet = sheet
            .heading("reach-email-set")
            .form(ask.with(field).faulted(words, wrong));
    }
    if reached.works() {
        let cut = Form::doing("cut", "/me/email/cut", words.text("reach-email-cut"));
        sheet = sheet.form(cut);
    }
    Ok(sheet)
}

async fn email(
    State(state): State<AppState>,
    member: Member,
    Query(told): Query<Told>,
) -> Result<Response<Body>, Problem> {
    let sheet = email_page(&state, &member, &Typed::default(), &[]).await?;
    Ok(sheet.told(&told.done).show())
}

async fn ask_email(
    State(state): State<AppState>,
    member: Member,
    Sent(typed): Sent<Typed>,
) -> Result<Response<Body>, Problem> {
    member.visitor.check(&typed.form_token)?;
    let words = member.words();
    let letter = |code: &Code| {
        let code = wording::Value::Text(code.shown().into());
        let subject = words.text("reach-letter-subject");
        (subject, words.say("reach-letter", &[("code", code)]))
    };
    let asked = addresses::ask_email(
        &state.store,
        &member.actor,
        &typed.address,
        letter,
        state.now(),
    );
    match asked.await {
        Ok(()) => Ok(Redirect::to(&with(EMAIL_PAGE, &[("done", "letter")])).into_response()),
        Err(error) => {
            let (status, wrong) = faults(error)?;
            Ok(email_page(&state, &member, &typed, &wrong)
                .await?
                .show_as(status))
        }
    }
}

async fn confirm_email(
    State(state): State<AppState>,
    member: Member,
    Sent(typed): Sent<Typed>,
) -> Result<Response<Body>, Problem> {
    member.visitor.check(&typed.form_token)?;
    let code = Code::typed(&typed.code);
    match addresses::confirm_email(&state.store, &member.actor, &code, state.now()).await {
        Ok(()) => Ok(Redirect::to(&with(EMAIL_PAGE, &[("done", "linked")])).into_response()),
        Err(error) => {
            let (status, wrong) = faults(error)?;
            Ok(email_page(&state, &member, &typed, &wrong)
                .await?
                .show_as(status))
        }
    }
}
