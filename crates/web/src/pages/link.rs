//! What a link opens: the setup at the first start, the choice of a password, one more company.

use app::accounts::{self, Opened, Secret, SetUp};
use app::{Error, Fault};
use askama::Template;
use axum::Router;
use axum::body::Body;
use axum::extract::{Form, Path, State};
use axum::http::{HeaderMap, Response, StatusCode};
use axum::response::{IntoResponse, Redirect};
use axum::routing::get;
use serde::Deserialize;

use super::{Faults, Page, Visitor, Words, show, words_of};
use crate::cookies;
use crate::extract::Address;
use crate::problem::{Kind, Problem};
use crate::state::AppState;

pub(super) fn routes() -> Router<AppState> {
    Router::new().route("/link/{secret}", get(ask).post(take))
}

#[derive(Template)]
#[template(path = "setup.html")]
struct SetupPage<'a> {
    page: Page,
    form: &'a Taken,
    faults: Faults<'a>,
}

#[derive(Template)]
#[template(path = "choose.html")]
struct ChoosePage<'a> {
    page: Page,
    company: Option<String>,
    login: String,
    faults: Faults<'a>,
}

#[derive(Template)]
#[template(path = "join.html")]
struct JoinPage<'a> {
    page: Page,
    login: String,
    secret: &'a str,
    /// Whether the one who reads is the one who is invited.
    theirs: bool,
}

/// What any of the forms sends.
#[derive(Deserialize, Default)]
#[serde(default)]
struct Taken {
    company: String,
    timezone: String,
    name: String,
    login: String,
    password: String,
    repeated: String,
    form_token: String,
}

async fn ask(
    State(state): State<AppState>,
    Path(secret): Path<String>,
    headers: HeaderMap,
) -> Result<Response<Body>, Problem> {
    let opened = accounts::open(&state.store, &Secret::shown(&secret), state.now()).await?;
    let visitor = Visitor::of(&headers, "/", &state).await?;
    let form = Taken {
        timezone: "Europe/Moscow".to_string(),
        ..Taken::default()
    };
    let words = words_of(&headers);
    Ok(page(opened, &secret, words, &form, &[], visitor.as_ref()))
}

async fn take(
    State(state): State<AppState>,
    Path(secret): Path<String>,
    Address(address): Address,
    headers: HeaderMap,
    Form(form): Form<Taken>,
) -> Result<Response<Body>, Problem> {
    state.limits.link(address)?;
    let link = Secret::shown(&secret);
    let now = state.now();
    let opened = accounts::open(&state.store, &link, now).await?;
    let visitor = Visitor::of(&headers, "/", &state).await?;
    let words = words_of(&headers);
    if let Opened::Join { .. } = opened {
        let Some(visitor) = visitor else {
            return Ok(page(opened, &secret, words, &form, &[], None));
        };
        visitor.check(&form.form_token)?;
        accounts::accept(&state.store, &visitor.identity, &link, now).await?;
        return Ok(Redirect::to("/").into_response());
    }
    if form.password != form.repeated {
        let fault = Fault::new("repeated", "password_differs", "not the same password");
        return Ok(page(opened, &secret, words, &form, &[fault], None));
    }
    let passwords = &state.passwords;
    let done = match &opened {
        Opened::FirstStart => {
            let asked = form.set_up(words);
            accounts::set_up(&state.store, passwords, &link, &asked, now).await
        }
        _ => accounts::choose_password(&state.store, passwords, &link, &form.password, now).await,
    };
    match done {
        Ok(logged_in) => {
            let session = Some(&logged_in.session);
            Ok(cookies::with_session(
                Redirect::to("/"),
                session,
                &state.settings,
            ))
        }
        Err(Error::Invalid(faults)) => Ok(page(opened, &secret, words, &form, &faults, None)),
        Err(error) => Err(error.into()),
    }
}

impl Taken {
    fn set_up(&self, words: Words) -> SetUp {
        SetUp {
            company: self.company.clone(),
            timezone: self.timezone.clone(),
            name: self.name.clone(),
            login: self.login.clone(),
            password: self.password.clone(),
            language: words.0,
        }
    }
}

/// The page of what a link opens, with what is wrong with the form.
fn page(
    opened: Opened,
    secret: &str,
    words: Words,
    form: &Taken,
    faults: &[Fault],
    visitor: Option<&Visitor>,
) -> Response<Body> {
    let status = match faults {
        [] => StatusCode::OK,
        _ => Kind::Invalid.status(),
    };
    match opened {
        Opened::FirstStart => {
            let page = Page::new(words, words.text("setup-title"), None);
            let faults = Faults(faults, words);
            show(status, &SetupPage { page, form, faults })
        }
        Opened::Password { person, company } => {
            let words = Words(person.language.parse().unwrap_or(words.0));
            let shown = ChoosePage {
                page: Page::new(words, words.text("choose-title"), None),
                company,
                login: person.login,
                faults: Faults(faults, words),
            };
            show(status, &shown)
        }
        Opened::Join { login, company } => {
            let words = visitor.map_or(words, Visitor::words);
            let shown = JoinPage {
                page: Page::new(words, words.named("join-title", &company), visitor),
                theirs: visitor.is_some_and(|visitor| visitor.identity.person.login == login),
                login,
                secret,
            };
            show(status, &shown)
        }
    }
}
