//! Who one is, in which company, with which access.

use app::accounts;
use askama::Template;
use axum::Router;
use axum::body::Body;
use axum::extract::State;
use axum::http::{Response, StatusCode};
use axum::response::{IntoResponse, Redirect};
use axum::routing::get;

use super::{Page, Visitor, show};
use crate::problem::Problem;
use crate::state::AppState;

pub(super) fn routes() -> Router<AppState> {
    Router::new().route("/", get(start))
}

#[derive(Template)]
#[template(path = "start.html")]
struct StartPage {
    page: Page,
    company: String,
    login: String,
    access: String,
    access_help: String,
    employee: Option<String>,
    /// Whether there are other companies to go to.
    others: bool,
}

async fn start(State(state): State<AppState>, visitor: Visitor) -> Result<Response<Body>, Problem> {
    let places = accounts::companies(&state.store, &visitor.identity).await?;
    let Some(here) = places.iter().find(|place| place.current) else {
        return Ok(Redirect::to("/companies").into_response());
    };
    let words = visitor.words();
    let shown = StartPage {
        page: Page::new(
            words,
            words.named("start-title", &visitor.identity.person.name),
            Some(&visitor),
        ),
        company: here.name.clone(),
        login: visitor.identity.person.login.clone(),
        access: words.access(here.access),
        access_help: words.access_help(here.access),
        employee: here.employee.clone(),
        others: places.len() > 1,
    };
    Ok(show(StatusCode::OK, &shown))
}
