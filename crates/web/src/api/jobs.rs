//! Deliveries and jobs that were given up.

use app::Instant;
use app::jobs::{self, Message};
use axum::extract::{Path, State};
use axum::http::StatusCode;
use serde::Serialize;
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::extract::{Caller, Json, Query};
use crate::paging::{Page, Paging};
use crate::problem::Problem;
use crate::state::AppState;

pub(crate) fn routes() -> OpenApiRouter<AppState> {
    OpenApiRouter::new()
        .routes(routes!(failed))
        .routes(routes!(retry))
        .routes(routes!(drop))
}

/// A delivery or a job that was given up. What it says is not shown here: it may be about
/// findings, which whoever mends deliveries need not see.
#[derive(Serialize, ToSchema)]
struct FailedJob {
    id: String,
    /// How it was to go out; `job` where it is no message.
    #[schema(example = "app")]
    channel: String,
    /// What it is about.
    #[schema(example = "finding.passed_on")]
    kind: String,
    /// The person it was for; absent: nobody.
    #[serde(skip_serializing_if = "Option::is_none")]
    recipient: Option<String>,
    /// When it was put.
    put_at: Instant,
    /// When it was given up.
    failed_at: Instant,
    /// How often it was tried.
    attempts: i64,
    /// What went wrong last.
    error: String,
    /// Whether nobody knows what became of it: it may have been delivered, and trying again may
    /// repeat it.
    outcome_unknown: bool,
    /// When it was begun; absent: its outcome is known.
    #[serde(skip_serializing_if = "Option::is_none")]
    begun_at: Option<Instant>,
    /// By which worker it was begun; absent: its outcome is known.
    #[serde(skip_serializing_if = "Option::is_none")]
    begun_by: Option<String>,
}

impl FailedJob {
    fn of(message: Message) -> FailedJob {
        FailedJob {
            outcome_unknown: message.is_unknown(),
            begun_at: message.begun.as_ref().map(|begun| begun.at),
            begun_by: message.begun.as_ref().map(|begun| begun.by.clone()),
            failed_at: message.failed_at.unwrap_or_default(),
            recipient: Some(message.recipient).filter(|person| !person.is_empty()),
            id: message.id,
            channel: message.channel,
            kind: message.kind,
            put_at: message.put_at,
            attempts: message.attempts,
            error: message.error,
        }
    }
}

/// Deliveries and jobs that were given up, the latest first.
#[utoipa::path(
    get, path = "/api/v1/jobs/failed", tag = "jobs", operation_id = "failed_jobs",
    params(Paging),
    responses((status = 200, description = "A page of them", body = Page<FailedJob>), Problem)
)]
async fn failed(
    State(state): State<AppState>,
    Caller(actor): Caller,
    Query(paging): Query<Paging>,
) -> Result<Json<Page<FailedJob>>, Problem> {
    let after: Option<(Instant, String)> = paging.after()?;
    let after = after.as_ref().map(|(at, id)| (*at, id.as_str()));
    let list = jobs::failed(&state.store, &actor, after, paging.fetch()?).await?;
    let key = |job: &Message| (job.failed_at.unwrap_or_default(), job.id.clone());
    let page = Page::new(&paging, list, key)?;
    Ok(Json(page.map(FailedJob::of)))
}

/// Try a delivery or job again that was given up, from the beginning.
#[utoipa::path(
    post, path = "/api/v1/jobs/{id}/retry", tag = "jobs", operation_id = "job_retry",
    params(("id" = String, Path, description = "The job's id")),
    responses((status = 204, description = "It will be tried again"), Problem)
)]
async fn retry(
    State(state): State<AppState>,
    Caller(actor): Caller,
    Path(id): Path<String>,
) -> Result<StatusCode, Problem> {
    jobs::retry(&state.store, &actor, &id, state.now()).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Drop a delivery or job that was given up: nobody tries it any more.
#[utoipa::path(
    delete, path = "/api/v1/jobs/{id}", tag = "jobs", operation_id = "job_drop",
    params(("id" = String, Path, description = "The job's id")),
    responses((status = 204, description = "Dropped"), Problem)
)]
async fn drop(
    State(state): State<AppState>,
    Caller(actor): Caller,
    Path(id): Path<String>,
) -> Result<StatusCode, Problem> {
    jobs::drop(&state.store, &actor, &id, state.now()).await?;
    Ok(StatusCode::NO_CONTENT)
}
