//! Pauses: nobody is told, judging goes on.

use app::Instant;
use app::telling::pauses::{self, Pause};
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::IntoResponse;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use super::moment::Moment;
use super::some;
use crate::extract::{Caller, Json};
use crate::loaded::Loaded;
use crate::paging::Page;
use crate::problem::Problem;
use crate::state::AppState;

pub(crate) fn routes() -> OpenApiRouter<AppState> {
    OpenApiRouter::new()
        .routes(routes!(list, make))
        .routes(routes!(end))
}

/// A pause of somebody's messages, or of everybody's.
#[derive(Serialize, ToSchema)]
#[schema(as = Pause)]
struct PauseShown {
    id: String,
    /// Whose messages; absent: the whole company's.
    #[serde(skip_serializing_if = "Option::is_none")]
    person: Option<String>,
    /// From when.
    from: Instant,
    /// Until when.
    until: Instant,
    #[schema(example = "отпуск")]
    reason: String,
    /// The person who made it.
    author: String,
}

impl PauseShown {
    fn of(pause: Pause) -> PauseShown {
        PauseShown {
            until: pause.until(),
            person: some(&pause.person),
            id: pause.id,
            from: pause.from_at,
            reason: pause.reason,
            author: pause.author,
        }
    }
}

/// The pauses that hold and concern me: the company's, my own, and those of people whose messages I
/// may pause.
#[utoipa::path(
    get, path = "/api/v1/pauses", tag = "telling", operation_id = "pauses",
    responses((status = 200, description = "Pauses", body = Page<PauseShown>), Problem)
)]
async fn list(
    State(state): State<AppState>,
    Caller(actor): Caller,
) -> Result<Json<Page<PauseShown>>, Problem> {
    let loaded = Loaded::of(&state, &actor).await?;
    let holding = pauses::holding(&state.store, &actor, loaded.office(), state.now()).await?;
    let items = holding.into_iter().map(PauseShown::of);
    Ok(Json(Page::whole(items.collect())))
}

/// A pause to make: of a person, or of the company.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({ "person": "PERSON", "until": "2026-03-05", "reason": "учёба" }))]
struct NewPause {
    /// Whose messages.
    person: Option<String>,
    /// Everybody's instead.
    #[serde(default)]
    company: bool,
    /// The last day, such as `2026-03-05`, in the zone of the regulation; or the instant of its end.
    /// It lies ahead, at most a year.
    until: Moment,
    /// Why; at most 2000 bytes.
    #[schema(min_length = 1)]
    reason: String,
}

impl NewPause {
    /// Whose messages, as the use case names them.
    fn whose(&self) -> Result<&str, Problem> {
        match (self.person.as_deref(), self.company) {
            (Some(person), false) if !person.is_empty() => Ok(person),
            (None, true) => Ok(""),
            _ => {
                let told =
                    "name a person, or say `\"company\": true` to pause everybody's messages";
                Err(Problem::field("person", "missing", told))
            }
        }
    }

    /// When it ends.
    fn end(&self, loaded: &Loaded) -> Result<Instant, Problem> {
        if let Moment::Text(text) = &self.until
            && let Ok(day) = text.parse::<Date>()
        {
            return Ok(loaded.office().version().zone.end_of_day(day));
        }
        self.until.of_field("until")
    }
}

/// Pause messages from now on. What is found meanwhile is in the first note afterwards.
#[utoipa::path(
    post, path = "/api/v1/pauses", tag = "telling", operation_id = "pause_make",
    request_body = NewPause,
    responses((status = 201, description = "The pause", body = PauseShown), Problem)
)]
async fn make(
    State(state): State<AppState>,
    Caller(actor): Caller,
    Json(asked): Json<NewPause>,
) -> Result<impl IntoResponse, Problem> {
    let loaded = Loaded::of(&state, &actor).await?;
    let pause = (asked.whose()?, asked.end(&loaded)?, asked.reason.as_str());
    let made = pauses::make(&state.store, &actor, loaded.office(), pause, state.now()).await?;
    Ok((StatusCode::CREATED, Json(PauseShown::of(made))))
}

/// End a pause before its time.
#[utoipa::path(
    delete, path = "/api/v1/pauses/{id}", tag = "telling", operation_id = "pause_end",
    params(("id" = String, Path, description = "The pause")),
    responses((status = 204, description = "It holds no longer"), Problem)
)]
async fn end(
    State(state): State<AppState>,
    Caller(actor): Caller,
    Path(id): Path<String>,
) -> Result<StatusCode, Problem> {
    let loaded = Loaded::of(&state, &actor).await?;
    pauses::end(&state.store, &actor, loaded.office(), &id, state.now()).await?;
    Ok(StatusCode::NO_CONTENT)
}
