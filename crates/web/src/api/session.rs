//! Logging in and out, and going from company to company.

use app::accounts::{self, Pass};
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::Response;
use serde::Deserialize;
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use super::me::Me;
use crate::cookies;
use crate::extract::{Address, Guest, Json};
use crate::problem::Problem;
use crate::state::AppState;

pub(crate) fn routes() -> OpenApiRouter<AppState> {
    OpenApiRouter::new()
        .routes(routes!(log_in, log_out))
        .routes(routes!(switch))
}

/// Login and password.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct Login {
    login: String,
    password: String,
}

/// Where to go.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct Switch {
    /// The company's id.
    company: String,
}

/// Log in. The answer sets the cookie of the session.
#[utoipa::path(
    post, path = "/api/v1/session", tag = "session", operation_id = "log_in", security(()),
    request_body = Login,
    responses(
        (status = 200, description = "Logged in", body = Me),
        Problem,
    )
)]
async fn log_in(
    State(state): State<AppState>,
    Address(address): Address,
    Json(asked): Json<Login>,
) -> Result<Response, Problem> {
    state.limits.login(&asked.login, address)?;
    let (login, password) = (&asked.login, &asked.password);
    let now = state.now();
    let logged_in = accounts::log_in(&state.store, &state.passwords, login, password, now).await?;
    let pass = Pass::Session(logged_in.session.clone());
    let identity = accounts::come_in(&state.store, &pass, now).await?;
    let identity = identity.ok_or_else(Problem::unauthenticated)?;
    let answer = Json(Me::of(&identity));
    Ok(cookies::with_session(
        answer,
        Some(&logged_in.session),
        &state.settings,
    ))
}

/// Log out.
#[utoipa::path(
    delete, path = "/api/v1/session", tag = "session", operation_id = "log_out",
    responses(
        (status = 204, description = "Logged out"),
        Problem,
    )
)]
async fn log_out(State(state): State<AppState>, Guest(guest): Guest) -> Result<Response, Problem> {
    accounts::log_out(&state.store, &guest).await?;
    Ok(cookies::with_session(
        StatusCode::NO_CONTENT,
        None,
        &state.settings,
    ))
}

/// Go over to another of my companies, without a new login.
#[utoipa::path(
    post, path = "/api/v1/session/company", tag = "session", operation_id = "switch_company",
    request_body = Switch,
    responses(
        (status = 204, description = "There"),
        Problem,
    )
)]
async fn switch(
    State(state): State<AppState>,
    Guest(guest): Guest,
    Json(asked): Json<Switch>,
) -> Result<StatusCode, Problem> {
    accounts::switch(&state.store, &guest, &asked.company).await?;
    Ok(StatusCode::NO_CONTENT)
}
