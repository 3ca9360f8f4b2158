//! Webhooks: addresses of the company's own programs that its messages are posted to.

use app::Instant;
use app::webhooks;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::IntoResponse;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use super::some;
use crate::extract::{Caller, Json};
use crate::paging::Page;
use crate::problem::Problem;
use crate::state::AppState;

pub(crate) fn routes() -> OpenApiRouter<AppState> {
    OpenApiRouter::new()
        .routes(routes!(list, add))
        .routes(routes!(change, off))
        .routes(routes!(test))
}

/// A webhook, without its key and without the address, which may hold a secret, too.
#[derive(Serialize, ToSchema)]
struct Webhook {
    id: String,
    /// The host that messages are posted to.
    #[schema(example = "example.ru")]
    host: String,
    /// The person who added it.
    made_by: String,
    made_at: Instant,
    /// Since when nothing is posted there; absent: it works.
    #[serde(skip_serializing_if = "Option::is_none")]
    off_at: Option<Instant>,
    /// Why nothing is posted there; absent: somebody wished so, or it works.
    #[serde(skip_serializing_if = "Option::is_none")]
    why: Option<String>,
}

impl Webhook {
    fn of(webhook: webhooks::Webhook) -> Webhook {
        Webhook {
            host: webhooks::host(&webhook),
            why: some(&webhook.why),
            id: webhook.id,
            made_by: webhook.made_by,
            made_at: webhook.made_at,
            off_at: webhook.off_at,
        }
    }
}

/// Where messages are to be posted to.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({ "address": "https://example.ru/hook" }))]
struct WebhookAddress {
    /// A whole address without a user's name, by HTTP or HTTPS; at most 2000 bytes.
    #[schema(max_length = 2000)]
    address: String,
}

/// A webhook that was added.
#[derive(Serialize, ToSchema)]
struct WebhookAdded {
    #[serde(flatten)]
    webhook: Webhook,
    /// The key that messages are signed with. It is shown this once.
    secret: String,
}

/// Webhooks of the company, the latest first.
#[utoipa::path(
    get, path = "/api/v1/webhooks", tag = "channels", operation_id = "webhooks",
    responses((status = 200, description = "Webhooks", body = Page<Webhook>), Problem)
)]
async fn list(
    State(state): State<AppState>,
    Caller(actor): Caller,
) -> Result<Json<Page<Webhook>>, Problem> {
    let all = webhooks::list(&state.store, &actor).await?;
    let items = all.into_iter().map(Webhook::of);
    Ok(Json(Page::whole(items.collect())))
}

/// Add a webhook. The answer holds the key that its messages are signed with. At most 20 are on at
/// a time. For whoever is logged in, never for a token.
#[utoipa::path(
    post, path = "/api/v1/webhooks", tag = "channels", operation_id = "webhook_add",
    request_body = WebhookAddress,
    responses((status = 201, description = "Added; keep its key", body = WebhookAdded), Problem)
)]
async fn add(
    State(state): State<AppState>,
    Caller(actor): Caller,
    Json(asked): Json<WebhookAddress>,
) -> Result<impl IntoResponse, Problem> {
    let added = webhooks::add(&state.store, &actor, &asked.address, state.now()).await?;
    let added = WebhookAdded {
        secret: added.secret.clone(),
        webhook: Webhook::of(added),
    };
    Ok((StatusCode::CREATED, Json(added)))
}

/// Give a webhook another address. Its key stays. For whoever is logged in, never for a token.
#[utoipa::path(
    patch, path = "/api/v1/webhooks/{id}", tag = "channels", operation_id = "webhook_change",
    params(("id" = String, Path, description = "The webhook")),
    request_body = WebhookAddress,
    responses((status = 200, description = "As it is now", body = Webhook), Problem)
)]
async fn change(
    State(state): State<AppState>,
    Caller(actor): Caller,
    Path(id): Path<String>,
    Json(asked): Json<WebhookAddress>,
) -> Result<Json<Webhook>, Problem> {
    let (address, now) = (&asked.address, state.now());
    let changed = webhooks::change(&state.store, &actor, &id, address, now).await?;
    Ok(Json(Webhook::of(changed)))
}

/// Switch a webhook off for good. For whoever is logged in, never for a token.
#[utoipa::path(
    delete, path = "/api/v1/webhooks/{id}", tag = "channels", operation_id = "webhook_off",
    params(("id" = String, Path, description = "The webhook")),
    responses((status = 204, description = "Nothing is posted there any more"), Problem)
)]
async fn off(
    State(state): State<AppState>,
    Caller(actor): Caller,
    Path(id): Path<String>,
) -> Result<StatusCode, Problem> {
    webhooks::switch_off(&state.store, &actor, &id, state.now()).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Try a webhook: a test message is posted there. Where it does not arrive, `/api/v1/jobs/failed`
/// says why. For whoever is logged in, never for a token.
#[utoipa::path(
    post, path = "/api/v1/webhooks/{id}/test", tag = "channels", operation_id = "webhook_test",
    params(("id" = String, Path, description = "The webhook")),
    responses((status = 204, description = "The message is on its way"), Problem)
)]
async fn test(
    State(state): State<AppState>,
    Caller(actor): Caller,
    Path(id): Path<String>,
) -> Result<StatusCode, Problem> {
    webhooks::test(&state.store, &actor, &id, state.now()).await?;
    Ok(StatusCode::NO_CONTENT)
}
