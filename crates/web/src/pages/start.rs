//! The first page, which sends everybody to where their day begins; who one is, in which company,
//! with which access; and in which language one reads.

use app::accounts;
use askama::Template;
use axum::Router;
use axum::body::Body;
use axum::extract::{Form, State};
use axum::http::{Response, StatusCode};
use axum::response::{IntoResponse, Redirect};
use axum::routing::{get, post};
use serde::Deserialize;

use super::address::local;
use super::way::main_page;
use super::{Member, Page, Visitor, show};
use crate::extract::Query;
use crate::problem::Problem;
use crate::state::AppState;

pub(super) fn routes() -> Router<AppState> {
    Router::new()
        .route("/", get(begin))
        .route("/me", get(start))
        .route("/language", post(read_in))
}

#[derive(Template)]
#[template(path = "start.html")]
struct StartPage {
    page: Page,
    company: String,
    name: String,
    login: String,
    access: String,
    access_help: String,
    employee: Option<String>,
    /// Whether there are other companies to go to.
    others: bool,
    /// Whether one has just logged out elsewhere.
    told: bool,
}

/// What was just done.
#[derive(Deserialize, Default)]
#[serde(default)]
struct Told {
    done: String,
}

async fn begin(member: Member) -> Redirect {
    Redirect::to(main_page(&member.actor))
}

#[derive(Deserialize)]
struct Reading {
    language: String,
    #[serde(default)]
    next: String,
    form_token: String,
}

async fn read_in(
    State(state): State<AppState>,
    visitor: Visitor,
    Form(form): Form<Reading>,
) -> Result<Redirect, Problem> {
    visitor.check(&form.form_token)?;
    let language = form.language.parse();
    let language = language.map_err(|_| Problem::field("language", "language", "`ru` or `en`"))?;
    accounts::set_language(&state.store, &visitor.identity, language).await?;
    Ok(Redirect::to(local(&form.next)))
}

async fn start(visitor: Visitor, Query(told): Query<Told>) -> Response<Body> {
    let Some(here) = visitor.places.iter().find(|place| place.current) else {
        return Redirect::to("/companies").into_response();
    };
    let words = visitor.words();
    let shown = StartPage {
        page: Page::new(words, words.text("me-title"), Some(&visitor)),
        company: here.name.clone(),
        name: visitor.identity.person.name.clone(),
        login: visitor.identity.person.login.clone(),
        access: words.access(here.access),
        access_help: words.access_help(here.access),
        employee: here.employee.clone(),
        others: visitor.places.len() > 1,
        told: told.done == "elsewhere",
    };
    show(StatusCode::OK, &shown)
}
