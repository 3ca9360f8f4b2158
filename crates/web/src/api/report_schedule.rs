//! When reports are made and sent by themselves.

use app::reports::{self, Schedule};
use axum::extract::State;
use axum::http::StatusCode;
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

/// When reports are made and sent, in the zone of the regulation.
#[derive(Deserialize, Serialize, ToSchema)]
#[serde(default, deny_unknown_fields)]
#[schema(example = json!({ "weekly": true, "monthly": true, "make_at": "06:00", "send_at": "10:00" }))]
struct ReportSchedule {
    /// Whether every Monday there are reports of the week.
    weekly: bool,
    /// Whether on every first day of a month there are reports of the month.
    monthly: bool,
    /// Whether each group has one.
    groups: bool,
    /// Whether each employee has one.
    people: bool,
    /// At what time they are made.
    #[schema(example = "06:00", pattern = "^[0-9]{1,2}:[0-9]{2}$")]
    make_at: String,
    /// At what time of that day they are sent; until then their words can be changed.
    #[schema(example = "10:00", pattern = "^[0-9]{1,2}:[0-9]{2}$")]
    send_at: String,
    /// Whether they wait until somebody sends them.
    by_hand: bool,
    /// The language of their words: `ru` or `en`.
    #[schema(pattern = "^(ru|en)$")]
    language: String,
}

impl Default for ReportSchedule {
    fn default() -> ReportSchedule {
        ReportSchedule::of(Schedule::default())
    }
}

impl ReportSchedule {
    fn of(schedule: Schedule) -> ReportSchedule {
        ReportSchedule {
            weekly: schedule.weekly,
            monthly: schedule.monthly,
            groups: schedule.groups,
            people: schedule.people,
            make_at: schedule.make_at,
            send_at: schedule.send_at,
            by_hand: schedule.by_hand,
            language: schedule.language,
        }
    }

    fn schedule(self) -> Schedule {
        Schedule {
            weekly: self.weekly,
            monthly: self.monthly,
            groups: self.groups,
            people: self.people,
            make_at: self.make_at,
            send_at: self.send_at,
            by_hand: self.by_hand,
            language: self.language,
        }
    }
}

/// The schedule of the company's reports.
#[utoipa::path(
    get, path = "/api/v1/settings/reports", tag = "settings", operation_id = "report_schedule",
    responses((status = 200, description = "The schedule", body = ReportSchedule), Problem)
)]
async fn show(
    State(state): State<AppState>,
    Caller(actor): Caller,
) -> Result<Json<ReportSchedule>, Problem> {
    let schedule = reports::see(&state.store, &actor).await?;
    Ok(Json(ReportSchedule::of(schedule)))
}

/// Set all of it. What is left out gets its default.
#[utoipa::path(
    put, path = "/api/v1/settings/reports", tag = "settings",
    operation_id = "report_schedule_set",
    request_body = ReportSchedule,
    responses((status = 204, description = "It is so"), Problem)
)]
async fn change(
    State(state): State<AppState>,
    Caller(actor): Caller,
    Json(asked): Json<ReportSchedule>,
) -> Result<StatusCode, Problem> {
    let schedule = asked.schedule();
    reports::save(&state.store, &actor, &schedule, state.now()).await?;
    Ok(StatusCode::NO_CONTENT)
}
