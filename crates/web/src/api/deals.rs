//! Deals and what happened in them.

use app::Instant;
use app::deals;
use axum::extract::{Path, State};
use history::Kind;
use serde::Serialize;
use store::events::Event;
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use super::names::KindName;
use super::some;
use crate::extract::{Caller, Json};
use crate::problem::Problem;
use crate::state::AppState;

pub(crate) fn routes() -> OpenApiRouter<AppState> {
    OpenApiRouter::new().routes(routes!(show))
}

/// A deal as it stands, with its events in the order of time.
#[derive(Serialize, ToSchema)]
struct Deal {
    id: String,
    title: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    client: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    stage: Option<String>,
    /// The stage's name.
    stage_name: String,
    /// The employee who answers for it.
    #[serde(skip_serializing_if = "Option::is_none")]
    responsible: Option<String>,
    /// Its price, in hundredths.
    #[serde(skip_serializing_if = "Option::is_none")]
    price: Option<i64>,
    begun_at: Instant,
    #[serde(skip_serializing_if = "Option::is_none")]
    removed_at: Option<Instant>,
    events: Vec<DealEvent>,
}

/// Something that happened in a deal.
#[derive(Serialize, ToSchema)]
struct DealEvent {
    /// Names the event: a finding made by hand is pinned to it.
    key: String,
    at: Instant,
    /// When we learned it.
    received_at: Instant,
    #[schema(value_type = KindName)]
    kind: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    actor: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    stage: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    employee: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    task: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    due: Option<Instant>,
    #[serde(skip_serializing_if = "Option::is_none")]
    text: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    field: Option<String>,
    /// Money in units of the currency, or seconds talked.
    #[serde(skip_serializing_if = "Option::is_none")]
    amount: Option<f64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    channel: Option<String>,
}

impl DealEvent {
    fn of(event: &Event<'_>) -> DealEvent {
        let record = &event.record;
        DealEvent {
            key: event.key.to_owned(),
            at: record.at,
            received_at: event.received_at,
            kind: record.kind.map_or("", Kind::as_str),
            actor: some(record.actor),
            stage: some(record.stage),
            employee: some(record.employee),
            task: some(record.task),
            due: record.due,
            text: some(record.text),
            field: some(record.field),
            amount: record.amount,
            channel: some(record.channel),
        }
    }
}

/// A deal of somebody whose deals one may see.
#[utoipa::path(
    get, path = "/api/v1/deals/{id}", tag = "deals", operation_id = "deal",
    params(("id" = String, Path, description = "The deal's id in the CRM")),
    responses((status = 200, description = "The deal", body = Deal), Problem)
)]
async fn show(
    State(state): State<AppState>,
    Caller(actor): Caller,
    Path(id): Path<String>,
) -> Result<Json<Deal>, Problem> {
    let (deal, events) =
        deals::deal(&state.audits, &actor, &id, state.now(), DealEvent::of).await?;
    Ok(Json(Deal {
        id: deal.id,
        title: deal.title,
        client: some(&deal.client),
        stage: some(&deal.stage.0),
        stage_name: deal.stage.1,
        responsible: some(&deal.responsible),
        price: deal.price,
        begun_at: deal.begun_at,
        removed_at: deal.removed_at,
        events,
    }))
}
