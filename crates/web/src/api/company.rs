//! What the company is called and reckons in.

use app::companies;
use axum::extract::State;
use axum::http::StatusCode;
use history::Account;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::extract::{Caller, Json};
use crate::problem::Problem;
use crate::state::AppState;

pub(crate) fn routes() -> OpenApiRouter<AppState> {
    OpenApiRouter::new().routes(routes!(show, change))
}

/// The company's name, zone and currency.
#[derive(Deserialize, Serialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct CompanyAccount {
    name: String,
    /// The IANA name of a time zone. Hours and days are those of the regulation's zone.
    #[schema(example = "Europe/Moscow")]
    timezone: String,
    /// ISO 4217.
    #[schema(example = "RUB")]
    currency: String,
}

/// The company's name, zone and currency.
#[utoipa::path(
    get, path = "/api/v1/settings/company", tag = "settings", operation_id = "company_settings",
    responses((status = 200, description = "What is set", body = CompanyAccount), Problem)
)]
async fn show(
    State(state): State<AppState>,
    Caller(actor): Caller,
) -> Result<Json<CompanyAccount>, Problem> {
    let account = companies::account(&state.store, &actor).await?;
    Ok(Json(CompanyAccount {
        name: account.name,
        timezone: account.timezone,
        currency: account.currency,
    }))
}

/// Change the company's name, zone and currency.
#[utoipa::path(
    put, path = "/api/v1/settings/company", tag = "settings",
    operation_id = "company_settings_set",
    request_body = CompanyAccount,
    responses((status = 204, description = "It is so"), Problem)
)]
async fn change(
    State(state): State<AppState>,
    Caller(actor): Caller,
    Json(asked): Json<CompanyAccount>,
) -> Result<StatusCode, Problem> {
    let account = Account {
        name: asked.name,
        timezone: asked.timezone,
        currency: asked.currency,
    };
    companies::set_account(&state.audits, &actor, &account, state.now()).await?;
    Ok(StatusCode::NO_CONTENT)
}
