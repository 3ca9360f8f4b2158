//! What the program told one.

use app::Instant;
use app::notices;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::extract::{Caller, Json, Query};
use crate::paging::{Page, Paging};
use crate::problem::Problem;
use crate::state::AppState;

pub(crate) fn routes() -> OpenApiRouter<AppState> {
    OpenApiRouter::new()
        .routes(routes!(list))
        .routes(routes!(unread))
        .routes(routes!(read_all))
        .routes(routes!(read))
}

/// Which notices.
#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
struct Filter {
    /// Only those that are not read.
    #[serde(default)]
    unread: bool,
}

/// Something that one was told.
#[derive(Serialize, ToSchema)]
struct Notice {
    id: String,
    /// When it was given.
    at: Instant,
    /// What it is about.
    #[schema(example = "finding.passed_on")]
    kind: String,
    /// What it says; what is in it depends on its kind.
    #[schema(value_type = Object)]
    payload: serde_json::Value,
    /// When it was read; absent: not yet.
    #[serde(skip_serializing_if = "Option::is_none")]
    read_at: Option<Instant>,
}

impl Notice {
    fn of(notice: notices::Notice) -> Notice {
        Notice {
            payload: serde_json::from_str(&notice.payload).unwrap_or_default(),
            id: notice.id,
            at: notice.made_at,
            kind: notice.kind,
            read_at: notice.read_at,
        }
    }
}

/// A number of notices.
#[derive(Serialize, ToSchema)]
struct NoticeCount {
    notices: u64,
}

/// My notices, the latest first.
#[utoipa::path(
    get, path = "/api/v1/notices", tag = "notices", operation_id = "notices",
    params(Paging, Filter),
    responses((status = 200, description = "A page of notices", body = Page<Notice>), Problem)
)]
async fn list(
    State(state): State<AppState>,
    Caller(actor): Caller,
    Query(paging): Query<Paging>,
    Query(filter): Query<Filter>,
) -> Result<Json<Page<Notice>>, Problem> {
    let after: Option<(Instant, String)> = paging.after()?;
    let after = after.as_ref().map(|(at, id)| (*at, id.as_str()));
    let (store, fetch) = (&state.store, paging.fetch()?);
    let list = notices::list(store, &actor, filter.unread, after, fetch).await?;
    let page = Page::new(&paging, list, |notice| (notice.made_at, notice.id.clone()))?;
    Ok(Json(page.map(Notice::of)))
}

/// How many of my notices I have not read.
#[utoipa::path(
    get, path = "/api/v1/notices/unread", tag = "notices", operation_id = "notices_unread",
    responses((status = 200, description = "How many", body = NoticeCount), Problem)
)]
async fn unread(
    State(state): State<AppState>,
    Caller(actor): Caller,
) -> Result<Json<NoticeCount>, Problem> {
    let unread = notices::unread(&state.store, &actor).await?;
    Ok(Json(NoticeCount {
        notices: unread.unsigned_abs(),
    }))
}

/// Mark a notice of mine as read. The first reading counts.
#[utoipa::path(
    post, path = "/api/v1/notices/{id}/read", tag = "notices", operation_id = "notice_read",
    params(("id" = String, Path, description = "The notice's id")),
    responses((status = 204, description = "Read"), Problem)
)]
async fn read(
    State(state): State<AppState>,
    Caller(actor): Caller,
    Path(id): Path<String>,
) -> Result<StatusCode, Problem> {
    notices::read(&state.store, &actor, &id, state.now()).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Mark all my notices as read.
#[utoipa::path(
    post, path = "/api/v1/notices/read", tag = "notices", operation_id = "notices_read",
    responses((status = 200, description = "How many were not read yet", body = NoticeCount), Problem)
)]
async fn read_all(
    State(state): State<AppState>,
    Caller(actor): Caller,
) -> Result<Json<NoticeCount>, Problem> {
    let notices = notices::read_all(&state.store, &actor, state.now()).await?;
    Ok(Json(NoticeCount { notices }))
}
