//! Who did what in the company.

use app::Instant;
use app::journal::{self, Line};
use axum::extract::State;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::extract::{Caller, Json, Query};
use crate::paging::{Page, Paging};
use crate::problem::Problem;
use crate::state::AppState;

pub(crate) fn routes() -> OpenApiRouter<AppState> {
    OpenApiRouter::new().routes(routes!(list))
}

/// Which lines of the journal.
#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
struct Filter {
    /// Only what was done to this, such as `person:ID`.
    object: Option<String>,
    /// Only by this person; empty: the program.
    actor: Option<String>,
    /// Only this deed, such as `person.invite`.
    action: Option<String>,
    /// Only from this instant on.
    from: Option<Instant>,
    /// Only before this one.
    to: Option<Instant>,
}

/// Something that was done.
#[derive(Serialize, ToSchema)]
struct JournalLine {
    id: String,
    at: Instant,
    /// The person who did it; absent: the program.
    #[serde(skip_serializing_if = "Option::is_none")]
    actor: Option<String>,
    /// What was done.
    #[schema(example = "person.invite")]
    action: String,
    /// To what.
    #[schema(example = "person:ID")]
    object: String,
    /// More about it.
    #[schema(value_type = Object)]
    details: serde_json::Value,
}

impl JournalLine {
    fn of(line: Line) -> JournalLine {
        JournalLine {
            details: serde_json::from_str(&line.details).unwrap_or_default(),
            id: line.id,
            at: line.at,
            actor: Some(line.actor).filter(|actor| !actor.is_empty()),
            action: line.action,
            object: line.object,
        }
    }
}

/// What was done, the latest first.
#[utoipa::path(
    get, path = "/api/v1/journal", tag = "journal", operation_id = "journal",
    params(Paging, Filter),
    responses((status = 200, description = "A page of lines", body = Page<JournalLine>), Problem)
)]
async fn list(
    State(state): State<AppState>,
    Caller(actor): Caller,
    Query(paging): Query<Paging>,
    Query(filter): Query<Filter>,
) -> Result<Json<Page<JournalLine>>, Problem> {
    let after: Option<(Instant, String)> = paging.after()?;
    let after = after.as_ref().map(|(at, id)| (*at, id.as_str()));
    let wanted = journal::Filter {
        object: filter.object.as_deref(),
        actor: filter.actor.as_deref(),
        action: filter.action.as_deref(),
        from: filter.from,
        to: filter.to,
    };
    let lines = journal::lines(&state.store, &actor, wanted, after, paging.fetch()?).await?;
    let page = Page::new(&paging, lines, |line| (line.at, line.id.clone()))?;
    Ok(Json(page.map(JournalLine::of)))
}
