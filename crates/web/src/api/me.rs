//! Oneself.

use app::accounts;
use app::permissions::Access;
use axum::extract::State;
use axum::http::StatusCode;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use super::names::AccessName;
use crate::extract::{Address, Guest, Json};
use crate::problem::Problem;
use crate::state::AppState;

pub(crate) fn routes() -> OpenApiRouter<AppState> {
    OpenApiRouter::new()
        .routes(routes!(show, change))
        .routes(routes!(change_password))
}

/// Who one is, and in which company.
#[derive(Serialize, ToSchema)]
pub(crate) struct Me {
    /// The person's id.
    id: String,
    login: String,
    name: String,
    /// The language that they read: `ru` or `en`.
    language: String,
    /// The company they are in; absent until they choose one.
    #[serde(skip_serializing_if = "Option::is_none")]
    company: Option<String>,
    /// What they may do there.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<AccessName>)]
    access: Option<Access>,
    /// The employee who they are there.
    #[serde(skip_serializing_if = "Option::is_none")]
    employee: Option<String>,
    /// The groups that they lead.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    groups: Vec<String>,
}

impl Me {
    pub(crate) fn of(guest: &accounts::Identity) -> Me {
        let actor = guest.actor.as_ref();
        Me {
            id: guest.person.id.clone(),
            login: guest.person.login.clone(),
            name: guest.person.name.clone(),
            language: guest.person.language.clone(),
            company: actor.map(|actor| actor.company.clone()),
            access: actor.map(|actor| actor.access),
            employee: actor.and_then(|actor| actor.employee.clone()),
            groups: actor.map_or_else(Vec::new, |actor| actor.groups.iter().cloned().collect()),
        }
    }
}

/// What to change of oneself.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct MeChange {
    /// The language to read: `ru` or `en`.
    #[schema(pattern = "^(ru|en)$")]
    language: String,
}

/// A new password.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct PasswordChange {
    /// The present password.
    current: String,
    /// The new one: at least 10 characters.
    new: String,
}

/// Who I am.
#[utoipa::path(
    get, path = "/api/v1/me", tag = "me", operation_id = "me",
    responses(
        (status = 200, description = "Who comes, and in which company", body = Me),
        Problem,
    )
)]
async fn show(Guest(guest): Guest) -> Json<Me> {
    Json(Me::of(&guest))
}

/// Change what language I read.
#[utoipa::path(
    patch, path = "/api/v1/me", tag = "me", operation_id = "me_change",
    request_body = MeChange,
    responses(
        (status = 204, description = "Changed"),
        Problem,
    )
)]
async fn change(
    State(state): State<AppState>,
    Guest(guest): Guest,
    Json(asked): Json<MeChange>,
) -> Result<StatusCode, Problem> {
    let language = super::language(&asked.language)?;
    accounts::set_language(&state.store, &guest, language).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Change my password. All my other sessions end.
#[utoipa::path(
    post, path = "/api/v1/me/password", tag = "me", operation_id = "me_password",
    request_body = PasswordChange,
    responses(
        (status = 204, description = "Changed"),
        Problem,
    )
)]
async fn change_password(
    State(state): State<AppState>,
    Guest(guest): Guest,
    Address(address): Address,
    Json(asked): Json<PasswordChange>,
) -> Result<StatusCode, Problem> {
    state.limits.login(&guest.person.login, address)?;
    let (current, new) = (&asked.current, &asked.new);
    let now = state.now();
    accounts::change_password(&state.store, &state.passwords, &guest, current, new, now).await?;
    Ok(StatusCode::NO_CONTENT)
}
