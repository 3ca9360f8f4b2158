//! Taking an invitation.

use app::accounts::{self, Secret};
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::Response;
use serde::Deserialize;
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::cookies;
use crate::extract::{Address, Guest, Json};
use crate::problem::Problem;
use crate::state::AppState;

pub(crate) fn routes() -> OpenApiRouter<AppState> {
    OpenApiRouter::new()
        .routes(routes!(choose_password))
        .routes(routes!(join))
}

/// A link and the password to choose.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct LinkAndPassword {
    /// The last part of the link.
    link: String,
    /// At least 10 characters.
    password: String,
}

/// A link.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct InvitationLink {
    /// The last part of the link.
    link: String,
}

/// Choose a password by a link. The answer sets the cookie of a session.
#[utoipa::path(
    post, path = "/api/v1/invitations/password", tag = "session", operation_id = "choose_password",
    security(()), request_body = LinkAndPassword,
    responses((status = 204, description = "Chosen, and logged in"), Problem)
)]
async fn choose_password(
    State(state): State<AppState>,
    Address(address): Address,
    Json(asked): Json<LinkAndPassword>,
) -> Result<Response, Problem> {
    let link = Secret::shown(asked.link);
    state.limits.link(address)?;
    let (passwords, password, now) = (&state.passwords, &asked.password, state.now());
    let logged_in =
        accounts::choose_password(&state.store, passwords, &link, password, now).await?;
    let session = Some(&logged_in.session);
    Ok(cookies::with_session(
        StatusCode::NO_CONTENT,
        session,
        &state.settings,
    ))
}

/// Take an invitation to one more company, as the one who is logged in, and go there.
#[utoipa::path(
    post, path = "/api/v1/invitations/join", tag = "session", operation_id = "join",
    request_body = InvitationLink,
    responses((status = 204, description = "There"), Problem)
)]
async fn join(
    State(state): State<AppState>,
    Guest(guest): Guest,
    Json(asked): Json<InvitationLink>,
) -> Result<StatusCode, Problem> {
    let link = Secret::shown(asked.link);
    accounts::accept(&state.store, &guest, &link, state.now()).await?;
    Ok(StatusCode::NO_CONTENT)
}
