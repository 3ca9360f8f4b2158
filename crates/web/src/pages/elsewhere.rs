//! Logging out wherever else one is logged in.

use app::accounts;
use axum::Router;
use axum::body::Body;
use axum::extract::{Form as Sent, State};
use axum::http::Response;
use axum::response::Redirect;
use axum::routing::get;

use super::form::Form;
use super::login::Plain;
use super::sheet::Sheet;
use super::{Page, Visitor};
use crate::problem::Problem;
use crate::state::AppState;

pub(super) fn routes() -> Router<AppState> {
    Router::new().route("/me/elsewhere", get(ask).post(log_out))
}

async fn ask(visitor: Visitor) -> Response<Body> {
    let words = visitor.words();
    let form = Form::doing("elsewhere", "/me/elsewhere", words.text("elsewhere-do")).or_to("/me");
    let page = Page::new(words, words.text("elsewhere-title"), Some(&visitor));
    Sheet::new(page).text("elsewhere-why").form(form).show()
}

async fn log_out(
    State(state): State<AppState>,
    visitor: Visitor,
    Sent(form): Sent<Plain>,
) -> Result<Redirect, Problem> {
    visitor.check(&form.form_token)?;
    accounts::log_out_elsewhere(&state.store, &visitor.identity, state.now()).await?;
    Ok(Redirect::to("/me?done=elsewhere"))
}
