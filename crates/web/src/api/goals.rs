//! What people are to reach, and how far they are.

use ::figures::goal::{Progress, Reached};
use app::Instant;
use app::goals::{self, Asked, Goal};
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::IntoResponse;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use super::some;
use crate::extract::{Caller, Json, Query};
use crate::loaded::Loaded;
use crate::paging::Page;
use crate::problem::Problem;
use crate::state::AppState;

pub(crate) fn routes() -> OpenApiRouter<AppState> {
    OpenApiRouter::new()
        .routes(routes!(list, set))
        .routes(routes!(end))
}

/// A goal: at most so much of a measure.
#[derive(Serialize, ToSchema)]
#[schema(as = Goal)]
struct GoalShown {
    id: String,
    employee: String,
    /// `light`: the rate of the light in a month; `rule`: the findings of a rule in a month.
    measure: String,
    /// The rule, where its findings are counted.
    #[serde(skip_serializing_if = "Option::is_none")]
    rule: Option<String>,
    /// At most so much: hundredths of the rate, or findings.
    at_most: i64,
    #[serde(skip_serializing_if = "Option::is_none")]
    text: Option<String>,
    /// The person who set it.
    author: String,
    set_at: Instant,
}

impl GoalShown {
    fn of(goal: Goal) -> GoalShown {
        GoalShown {
            rule: some(&goal.rule),
            text: some(&goal.text),
            id: goal.id,
            employee: goal.employee,
            measure: goal.measure,
            at_most: goal.at_most,
            author: goal.author,
            set_at: goal.set_at,
        }
    }
}

/// A goal with how far its person is.
#[derive(Serialize, ToSchema)]
struct GoalProgress {
    #[serde(flatten)]
    goal: GoalShown,
    /// Where the month that lasts stands: `kept`, `missed` or `too_little_data`.
    reached: &'static str,
    /// The months up to now, the oldest first; the last one lasts still.
    months: Vec<Month>,
}

/// A month of a measure.
#[derive(Serialize, ToSchema)]
#[schema(as = GoalMonth)]
struct Month {
    /// Its first day.
    #[schema(value_type = String, format = Date)]
    from: String,
    /// The measure, in the unit of `at_most`; absent: too little data.
    #[serde(skip_serializing_if = "Option::is_none")]
    value: Option<i64>,
    /// The deals in work that it rests on.
    deals: u64,
}

impl GoalProgress {
    fn of((goal, progress): (Goal, Progress)) -> GoalProgress {
        let months = progress.months.iter().map(|month| Month {
            from: month
                .span
                .dates()
                .0
                .map_or_else(String::new, |date| date.to_string()),
            value: month.value,
            deals: month.deals,
        });
        GoalProgress {
            goal: GoalShown::of(goal),
            reached: match progress.reached {
                Reached::Kept => "kept",
                Reached::Missed => "missed",
                Reached::TooLittleData => "too_little_data",
            },
            months: months.collect(),
        }
    }
}

/// Which goals.
#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
struct Which {
    /// Of this employee only.
    employee: Option<String>,
}

/// The goals in force that one may see, with how far each is.
#[utoipa::path(
    get, path = "/api/v1/goals", tag = "goals", operation_id = "goals", params(Which),
    responses((status = 200, description = "Goals", body = Page<GoalProgress>), Problem)
)]
async fn list(
    State(state): State<AppState>,
    Caller(actor): Caller,
    Query(which): Query<Which>,
) -> Result<Json<Page<GoalProgress>>, Problem> {
    let employee = which.employee.as_deref();
    let goals = goals::goals(&state.audits, &actor, employee, state.now()).await?;
    let items = goals.into_iter().map(GoalProgress::of);
    Ok(Json(Page::whole(items.collect())))
}

/// A goal to set.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct NewGoal {
    /// Whose it is to be; nobody sets their own.
    employee: String,
    /// The rule whose findings of a month are counted; absent: the rate of the light.
    rule: Option<String>,
    /// At most so much: findings, or hundredths of the rate.
    #[schema(minimum = 0)]
    at_most: i64,
    /// What is said with it; at most 2000 bytes.
    #[serde(default)]
    text: String,
}

/// Set a goal. One of the same person and measure gives way to it.
#[utoipa::path(
    post, path = "/api/v1/goals", tag = "goals", operation_id = "goal_set",
    request_body = NewGoal,
    responses((status = 201, description = "The goal", body = GoalShown), Problem)
)]
async fn set(
    State(state): State<AppState>,
    Caller(actor): Caller,
    Json(asked): Json<NewGoal>,
) -> Result<impl IntoResponse, Problem> {
    let asked = Asked {
        employee: asked.employee,
        rule: asked.rule,
        at_most: asked.at_most,
        text: asked.text,
    };
    let loaded = Loaded::of(&state, &actor).await?;
    let office = loaded.office();
    let goal = goals::set(&state.store, &actor, office, &asked, state.now()).await?;
    Ok((StatusCode::CREATED, Json(GoalShown::of(goal))))
}

/// Let a goal go.
#[utoipa::path(
    delete, path = "/api/v1/goals/{id}", tag = "goals", operation_id = "goal_end",
    params(("id" = String, Path, description = "The goal")),
    responses((status = 204, description = "It is in force no longer"), Problem)
)]
async fn end(
    State(state): State<AppState>,
    Caller(actor): Caller,
    Path(id): Path<String>,
) -> Result<StatusCode, Problem> {
    let loaded = Loaded::of(&state, &actor).await?;
    goals::end(&state.store, &actor, loaded.office(), &id, state.now()).await?;
    Ok(StatusCode::NO_CONTENT)
}
