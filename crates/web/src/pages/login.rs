//! Logging in and out.

use app::accounts;
use askama::Template;
use axum::body::Body;
use axum::extract::{Form, State};
use axum::http::{HeaderMap, Response, StatusCode};
use axum::response::{IntoResponse, Redirect};
use axum::routing::{get, post};
use axum::{Router, extract};
use serde::Deserialize;

use super::address::local;
use super::{Page, Visitor, Words, show, words_of};
use crate::cookies;
use crate::extract::Address;
use crate::problem::{Kind, Problem};
use crate::state::AppState;

pub(super) fn routes() -> Router<AppState> {
    Router::new()
        .route("/login", get(ask).post(log_in))
        .route("/logout", post(log_out))
}

#[derive(Template)]
#[template(path = "login.html")]
struct LoginPage {
    page: Page,
    login: String,
    /// Where to go afterwards.
    next: String,
    error: String,
}

#[derive(Deserialize)]
struct Asked {
    #[serde(default)]
    next: String,
}

#[derive(Deserialize)]
struct Login {
    login: String,
    password: String,
    #[serde(default)]
    next: String,
}

#[derive(Deserialize)]
pub(super) struct Plain {
    pub form_token: String,
}

fn page(words: Words, login: &str, next: &str, error: &str) -> LoginPage {
    LoginPage {
        page: Page::new(words, words.text("login-title"), None),
        login: login.to_string(),
        next: next.to_string(),
        error: error.to_string(),
    }
}

async fn ask(
    State(state): State<AppState>,
    extract::Query(asked): extract::Query<Asked>,
    headers: HeaderMap,
) -> Result<Response<Body>, Problem> {
    let next = local(&asked.next);
    if Visitor::of(&headers, "/login", &state).await?.is_some() {
        return Ok(Redirect::to(next).into_response());
    }
    Ok(show(
        StatusCode::OK,
        &page(words_of(&headers), "", next, ""),
    ))
}

async fn log_in(
    State(state): State<AppState>,
    Address(address): Address,
    headers: HeaderMap,
    Form(asked): Form<Login>,
) -> Result<Response<Body>, Problem> {
    let words = words_of(&headers);
    let (login, password) = (&asked.login, &asked.password);
    let next = local(&asked.next);
    let refused = |problem: Problem, words: Words| {
        let id = match problem.kind() {
            Kind::Unauthenticated => "login-wrong",
            Kind::TooMany => "login-too-many",
            _ => return Err(problem),
        };
        Ok(show(
            problem.kind().status(),
            &page(words, login, next, &words.text(id)),
        ))
    };
    if let Err(problem) = state.limits.login(login, address) {
        return refused(problem, words);
    }
    let now = state.now();
    match accounts::log_in(&state.store, &state.passwords, login, password, now).await {
        Ok(logged_in) => {
            let session = Some(&logged_in.session);
            Ok(cookies::with_session(
                Redirect::to(next),
                session,
                &state.settings,
            ))
        }
        Err(error) => refused(error.into(), words),
    }
}

async fn log_out(
    State(state): State<AppState>,
    visitor: Visitor,
    Form(form): Form<Plain>,
) -> Result<Response<Body>, Problem> {
    visitor.check(&form.form_token)?;
    accounts::log_out(&state.store, &visitor.identity).await?;
    Ok(cookies::with_session(
        Redirect::to("/login"),
        None,
        &state.settings,
    ))
}
