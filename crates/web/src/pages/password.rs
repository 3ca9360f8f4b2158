//! Changing one's password.

use app::accounts;
use app::{Error, Fault};
use askama::Template;
use axum::Router;
use axum::body::Body;
use axum::extract::{Form, State};
use axum::http::{Response, StatusCode};
use axum::response::{IntoResponse, Redirect};
use axum::routing::get;
use serde::Deserialize;

use super::{Faults, Page, Visitor, show};
use crate::extract::Address;
use crate::problem::{Kind, Problem};
use crate::state::AppState;

pub(super) fn routes() -> Router<AppState> {
    Router::new().route("/password", get(ask).post(change))
}

#[derive(Template)]
#[template(path = "password.html")]
struct PasswordPage<'a> {
    page: Page,
    login: String,
    form_token: String,
    faults: Faults<'a>,
}

#[derive(Deserialize)]
struct Asked {
    current: String,
    new: String,
    repeated: String,
    form_token: String,
}

fn page(visitor: &Visitor, faults: &[Fault]) -> Response<Body> {
    let words = visitor.words();
    let status = match faults {
        [] => StatusCode::OK,
        _ => Kind::Invalid.status(),
    };
    let shown = PasswordPage {
        page: Page::new(words, words.text("password-title"), Some(visitor)),
        login: visitor.identity.person.login.clone(),
        form_token: visitor.form_token(),
        faults: Faults(faults, words),
    };
    show(status, &shown)
}

async fn ask(visitor: Visitor) -> Response<Body> {
    page(&visitor, &[])
}

async fn change(
    State(state): State<AppState>,
    visitor: Visitor,
    Address(address): Address,
    Form(asked): Form<Asked>,
) -> Result<Response<Body>, Problem> {
    visitor.check(&asked.form_token)?;
    state
        .limits
        .login(&visitor.identity.person.login, address)?;
    if asked.new != asked.repeated {
        let fault = Fault::new("repeated", "password_differs", "not the same password");
        return Ok(page(&visitor, &[fault]));
    }
    let (identity, now) = (&visitor.identity, state.now());
    let (current, new) = (&asked.current, &asked.new);
    let changed =
        accounts::change_password(&state.store, &state.passwords, identity, current, new, now);
    match changed.await {
        Ok(()) => Ok(Redirect::to("/").into_response()),
        Err(Error::Invalid(faults)) => Ok(page(&visitor, &faults)),
        Err(error) => Err(error.into()),
    }
}
