//! Findings made by hand, and their way past the coordinator.

use app::life::by_hand::{self, Route};
use app::life::hand::{Draft, Target};
use audit::regulation::Severity;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::IntoResponse;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use super::Language;
use super::finding::{Finding, show, show_one};
use super::moment::Moment;
use super::names::{SeverityName, TargetName, read};
use crate::extract::{Caller, Json, Query};
use crate::loaded::Loaded;
use crate::paging::Page;
use crate::problem::Problem;
use crate::state::AppState;

pub(crate) fn routes() -> OpenApiRouter<AppState> {
    OpenApiRouter::new()
        .routes(routes!(make))
        .routes(routes!(waiting))
        .routes(routes!(route))
}

/// A finding to make by hand.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct NewFinding {
    /// What it is about. A deal, a call and a chat need `deal`, a call and a chat `event` too, a
    /// person needs `employee`.
    #[schema(value_type = TargetName)]
    target: String,
    /// The deal; empty: none.
    #[serde(default)]
    deal: String,
    /// The employee whom it is held against; empty: nobody.
    #[serde(default)]
    employee: String,
    /// The kind of fault, in words of your own; at most 500 bytes.
    kind: String,
    #[schema(value_type = SeverityName)]
    severity: String,
    /// When it happened.
    at: Moment,
    /// What is wrong; at most 10000 bytes.
    text: String,
    /// What to do about it; empty: nothing said.
    #[serde(default)]
    recommendation: String,
    /// The `key` of the event of the deal that it is pinned to; empty: none.
    #[serde(default)]
    event: String,
}

impl NewFinding {
    fn draft(self) -> Result<Draft, Problem> {
        let (targets, severities) = (Target::ALL.iter(), Severity::ALL.iter());
        Ok(Draft {
            target: read("target", &self.target, targets.copied(), Target::as_str)?,
            deal: self.deal,
            employee: self.employee,
            kind: self.kind,
            severity: read(
                "severity",
                &self.severity,
                severities.copied(),
                Severity::as_str,
            )?,
            at: self.at.of_field("at")?,
            text: self.text,
            recommendation: self.recommendation,
            event: self.event,
        })
    }
}

/// A finding that was made by hand.
#[derive(Serialize, ToSchema)]
struct Made {
    id: String,
}

/// Make a finding by hand. It goes to the coordinator first, unless the company has set that it
/// goes straight to the person and their lead.
#[utoipa::path(
    post, path = "/api/v1/findings", tag = "findings", operation_id = "finding_make",
    request_body = NewFinding,
    responses((status = 201, description = "It is made", body = Made), Problem)
)]
async fn make(
    State(state): State<AppState>,
    Caller(actor): Caller,
    Json(asked): Json<NewFinding>,
) -> Result<impl IntoResponse, Problem> {
    let draft = asked.draft()?;
    let loaded = Loaded::of(&state, &actor).await?;
    let office = loaded.office();
    let made = by_hand::make(&state.store, &actor, office, &draft, state.now()).await?;
    Ok((StatusCode::CREATED, Json(Made { id: made.id })))
}

/// Findings made by hand that wait for the coordinator, the one made first first; all of them.
#[utoipa::path(
    get, path = "/api/v1/findings/waiting", tag = "findings", operation_id = "findings_waiting",
    params(Language),
    responses((status = 200, description = "Those that wait", body = Page<Finding>), Problem)
)]
async fn waiting(
    State(state): State<AppState>,
    Caller(actor): Caller,
    Query(language): Query<Language>,
) -> Result<Json<Page<Finding>>, Problem> {
    let lang = language.lang()?;
    let loaded = Loaded::of(&state, &actor).await?;
    let (office, now) = (loaded.office(), state.now());
    let waiting = by_hand::waiting(&state.store, &actor, office, now).await?;
    let items = show(&state, &actor, &loaded, waiting, lang).await?;
    Ok(Json(Page::whole(items)))
}

/// What the coordinator does with a finding made by hand.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct NewRoute {
    /// `pass_on`: to the person and their lead; `exempt`: nobody should pay attention to it.
    #[schema(value_type = RouteName)]
    to: RouteName,
    /// With `pass_on`: the finding in other words; absent: in those of its maker.
    text: Option<String>,
    /// With `pass_on`: another recommendation; absent: that of its maker.
    recommendation: Option<String>,
    /// With `exempt`, which needs it: why nobody should pay attention.
    reason: Option<String>,
}

impl NewRoute {
    fn way(self) -> Result<Route, Problem> {
        let unfit = |field, owner: &str| {
            let message = format!("goes with `{owner}` only");
            Err(Problem::field(field, "unfit", message))
        };
        match self.to {
            RouteName::PassOn if self.reason.is_some() => unfit("reason", "exempt"),
            RouteName::PassOn => Ok(Route::PassOn {
                text: self.text,
                recommendation: self.recommendation,
            }),
            RouteName::Exempt if self.text.is_some() => unfit("text", "pass_on"),
            RouteName::Exempt if self.recommendation.is_some() => {
                unfit("recommendation", "pass_on")
            }
            RouteName::Exempt => Ok(Route::Exempt {
                reason: self.reason.unwrap_or_default(),
            }),
        }
    }
}

/// A way past the coordinator.
#[derive(Clone, Copy, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
#[schema(as = FindingRoute)]
enum RouteName {
    PassOn,
    Exempt,
}

/// Pass a finding made by hand on, perhaps in other words, or exempt it.
#[utoipa::path(
    post, path = "/api/v1/findings/{id}/route", tag = "findings", operation_id = "finding_route",
    params(("id" = String, Path, description = "The finding"), Language),
    request_body = NewRoute,
    responses((status = 200, description = "The finding from now on", body = Finding), Problem)
)]
async fn route(
    State(state): State<AppState>,
    Caller(actor): Caller,
    Path(id): Path<String>,
    Query(language): Query<Language>,
    Json(asked): Json<NewRoute>,
) -> Result<Json<Finding>, Problem> {
    let lang = language.lang()?;
    let way = asked.way()?;
    let loaded = Loaded::of(&state, &actor).await?;
    let (office, now) = (loaded.office(), state.now());
    let seen = by_hand::route(&state.store, &actor, office, (&id, &way), now).await?;
    Ok(Json(show_one(&state, &actor, &loaded, seen, lang).await?))
}
