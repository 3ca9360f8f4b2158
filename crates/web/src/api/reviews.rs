//! What quality control has looked at, and how long that took.

use app::Instant;
use app::reviews::{Case, Outcome, work};
use axum::extract::State;
use serde::{Deserialize, Serialize};
use store::reviews::Filter;
use utoipa::{IntoParams, ToSchema};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use super::some;
use crate::extract::{Caller, Json, Query};
use crate::paging::{Page, Paging};
use crate::problem::Problem;
use crate::state::AppState;

pub(crate) fn routes() -> OpenApiRouter<AppState> {
    OpenApiRouter::new().routes(routes!(list))
}

/// Something that quality control looks at, or has looked at.
#[derive(Serialize, ToSchema)]
struct Review {
    id: String,
    /// What is looked at: `deal`.
    kind: &'static str,
    /// Which deal.
    subject: String,
    /// Whose work it was when it was taken.
    #[serde(skip_serializing_if = "Option::is_none")]
    employee: Option<String>,
    /// The person who looks.
    reviewer: String,
    /// How it was come by: an order of the queue (`people`, `chance`, `money`, `lost`), or `own`.
    chosen: String,
    started_at: Instant,
    /// Absent while it is in hand, as are the outcome and the time.
    #[serde(skip_serializing_if = "Option::is_none")]
    ended_at: Option<Instant>,
    /// `clean`, `found` or `put_back`.
    #[serde(skip_serializing_if = "Option::is_none")]
    outcome: Option<&'static str>,
    /// How many findings were made on the way.
    found: i64,
    /// How long it took, in milliseconds of plain time.
    #[serde(skip_serializing_if = "Option::is_none")]
    spent_ms: Option<i64>,
}

impl Review {
    fn of(case: Case) -> Review {
        let row = case.row;
        Review {
            kind: case.kind.as_str(),
            outcome: case.outcome.map(Outcome::as_str),
            employee: some(&row.employee),
            spent_ms: row.ended_at.map(|_| row.spent_ms),
            id: row.id,
            subject: row.subject,
            reviewer: row.reviewer,
            chosen: row.chosen,
            started_at: row.started_at,
            ended_at: row.ended_at,
            found: row.found,
        }
    }
}

/// Which reviews.
#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
struct Which {
    /// Of this person's looking.
    reviewer: Option<String>,
    /// Of this employee's work.
    employee: Option<String>,
    /// Taken at this instant or later, in Unix milliseconds.
    from: Option<Instant>,
    /// Taken before this instant.
    to: Option<Instant>,
}

/// What quality control has looked at and looks at now, the one taken last first: all, or what one
/// has looked at oneself.
#[utoipa::path(
    get, path = "/api/v1/reviews", tag = "findings", operation_id = "reviews",
    params(Paging, Which),
    responses((status = 200, description = "A page of reviews", body = Page<Review>), Problem)
)]
async fn list(
    State(state): State<AppState>,
    Caller(actor): Caller,
    Query(paging): Query<Paging>,
    Query(which): Query<Which>,
) -> Result<Json<Page<Review>>, Problem> {
    let filter = Filter {
        reviewer: which.reviewer.as_deref(),
        employee: which.employee.as_deref(),
        from: which.from,
        to: which.to,
        ..Filter::default()
    };
    let after: Option<(Instant, String)> = paging.after()?;
    let after = after.as_ref().map(|(at, id)| (*at, id.as_str()));
    let found = work::list(&state.store, &actor, filter, (after, paging.fetch()?)).await?;
    let page = Page::new(&paging, found, |case| {
        (case.row.started_at, case.row.id.clone())
    })?;
    Ok(Json(page.map(Review::of)))
}
