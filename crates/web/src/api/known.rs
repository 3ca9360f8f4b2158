//! What was known at an instant.

use app::Instant;
use app::known::{self, Known};
use app::life::finding::State as Standing;
use axum::extract::State;
use serde::{Deserialize, Serialize};
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

/// When.
#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
struct When {
    /// The instant, in Unix milliseconds.
    known_at: Instant,
}

/// A finding as it was known at an instant.
#[derive(Serialize, ToSchema)]
struct KnownFinding {
    id: String,
    rule: String,
    /// What its rule judges as one.
    scope: String,
    /// The file of the version of the regulation that judged it.
    regulation: String,
    severity: String,
    /// Where it stood.
    #[schema(example = "acknowledged")]
    state: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    deal: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    employee: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    stage: Option<String>,
    /// The breach.
    at: Instant,
    /// When it was cured.
    #[serde(skip_serializing_if = "Option::is_none")]
    until: Option<Instant>,
    /// The deal's price at the breach, in hundredths.
    #[serde(skip_serializing_if = "Option::is_none")]
    amount: Option<i64>,
    /// How many of the company's events were known when it got these values.
    sequence: i64,
    /// When it got these values.
    recorded_at: Instant,
}

impl KnownFinding {
    fn of(known: Known) -> KnownFinding {
        let finding = known.finding;
        let state: Standing = known.state;
        KnownFinding {
            state: state.as_str(),
            deal: some(&finding.deal),
            employee: some(&finding.employee),
            stage: some(&finding.stage),
            id: finding.id,
            rule: finding.rule,
            scope: finding.scope,
            regulation: finding.regulation,
            severity: finding.severity,
            at: finding.at,
            until: finding.until,
            amount: finding.amount,
            sequence: known.sequence,
            recorded_at: known.recorded_at,
        }
    }
}

/// Findings as they were known at an instant, whatever was learned or decided since. A page may be
/// short and have a next one. Findings made by hand are not among them.
#[utoipa::path(
    get, path = "/api/v1/findings/known", tag = "findings", operation_id = "findings_known",
    params(When, Paging),
    responses((status = 200, description = "A page of findings", body = Page<KnownFinding>), Problem)
)]
async fn list(
    State(state): State<AppState>,
    Caller(actor): Caller,
    Query(when): Query<When>,
    Query(paging): Query<Paging>,
) -> Result<Json<Page<KnownFinding>>, Problem> {
    let after: String = paging.after()?.unwrap_or_default();
    let place = (after.as_str(), paging.limit()?);
    let (known, next) =
        known::known(&state.audits, &actor, when.known_at, place, state.now()).await?;
    let items = known.into_iter().map(KnownFinding::of).collect();
    Ok(Json(Page::from_parts(items, next.as_ref())))
}
