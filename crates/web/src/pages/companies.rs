//! Choosing the company to be in.

use app::accounts::{self, Place};
use askama::Template;
use axum::Router;
use axum::body::Body;
use axum::extract::{Form, State};
use axum::http::{Response, StatusCode};
use axum::response::Redirect;
use axum::routing::get;
use serde::Deserialize;

use super::{Page, Visitor, show};
use crate::problem::Problem;
use crate::state::AppState;

pub(super) fn routes() -> Router<AppState> {
    Router::new().route("/companies", get(ask).post(go))
}

#[derive(Template)]
#[template(path = "companies.html")]
struct CompaniesPage {
    page: Page,
    places: Vec<Place>,
    form_token: String,
}

#[derive(Deserialize)]
struct Chosen {
    company: String,
    form_token: String,
}

async fn ask(visitor: Visitor) -> Response<Body> {
    let words = visitor.words();
    let shown = CompaniesPage {
        page: Page::new(words, words.text("companies-title"), Some(&visitor)),
        places: visitor.places.clone(),
        form_token: visitor.form_token(),
    };
    show(StatusCode::OK, &shown)
}

async fn go(
    State(state): State<AppState>,
    visitor: Visitor,
    Form(form): Form<Chosen>,
) -> Result<Redirect, Problem> {
    visitor.check(&form.form_token)?;
    accounts::switch(&state.store, &visitor.identity, &form.company).await?;
    Ok(Redirect::to("/"))
}
