//! What a company may set about the life of its findings.

use app::life::settings::{self, Checker, Settings};
use axum::extract::State;
use axum::http::StatusCode;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;
use worktime::Limit;

use crate::extract::{Caller, Json};
use crate::problem::Problem;
use crate::state::AppState;

pub(crate) fn routes() -> OpenApiRouter<AppState> {
    OpenApiRouter::new().routes(routes!(show, change))
}

/// Settings about the life of findings.
#[derive(Deserialize, Serialize, ToSchema)]
#[serde(default, deny_unknown_fields)]
struct LifeSettings {
    /// How long a finding may be disputed, in the person's working time from delivery on: `30m`,
    /// `4h`, `2wd` (working days) or `3d` (times 24 hours).
    #[schema(example = "2wd", pattern = "^[0-9]+(m|h|d|wd)$")]
    dispute: String,
    /// How long a dispute may wait for its verdict, in the company's working time.
    #[schema(example = "2wd", pattern = "^[0-9]+(m|h|d|wd)$")]
    verdict: String,
    /// From which share of overturned findings on (the lower bound of its interval) a rule falls to
    /// advice.
    #[schema(minimum = 0, maximum = 1)]
    advice_from: f64,
    /// Whether findings made by hand go past the coordinator.
    skip_coordinator: bool,
    lost_deals_to: CheckerName,
    /// How many days after its loss a deal still gets a check.
    #[schema(maximum = 3650)]
    lost_deals_within_days: u32,
    /// Beginnings of words by which a note is taken for an objection.
    #[schema(max_items = 200)]
    objections: Vec<String>,
}

/// Who gets the check of a lost deal.
#[derive(Clone, Copy, Deserialize, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
#[schema(as = Checker)]
enum CheckerName {
    /// The head.
    Head,
    /// The lead of the responsible's group; the head, where the responsible is the lead, or there
    /// is none.
    Lead,
}

impl Default for LifeSettings {
    fn default() -> LifeSettings {
        LifeSettings::of(Settings::default())
    }
}

impl LifeSettings {
    fn of(settings: Settings) -> LifeSettings {
        LifeSettings {
            dispute: settings.dispute.to_string(),
            verdict: settings.verdict.to_string(),
            advice_from: settings.advice_from,
            skip_coordinator: settings.skip_coordinator,
            lost_deals_to: match settings.lost_deals_to {
                Checker::Head => CheckerName::Head,
                Checker::Lead => CheckerName::Lead,
            },
            lost_deals_within_days: settings.lost_deals_within_days,
            objections: settings.objections,
        }
    }

    fn settings(self) -> Result<Settings, Problem> {
        let limit = |field, text: &str| {
            let unfit =
                |error: worktime::LimitError| Problem::field(field, "unfit", error.to_string());
            Limit::parse(text).map_err(unfit)
        };
        Ok(Settings {
            dispute: limit("dispute", &self.dispute)?,
            verdict: limit("verdict", &self.verdict)?,
            advice_from: self.advice_from,
            skip_coordinator: self.skip_coordinator,
            lost_deals_to: match self.lost_deals_to {
                CheckerName::Head => Checker::Head,
                CheckerName::Lead => Checker::Lead,
            },
            lost_deals_within_days: self.lost_deals_within_days,
            objections: self.objections,
        })
    }
}

/// What the company has set about the life of findings.
#[utoipa::path(
    get, path = "/api/v1/settings/life", tag = "settings", operation_id = "life_settings",
    responses((status = 200, description = "The settings", body = LifeSettings), Problem)
)]
async fn show(
    State(state): State<AppState>,
    Caller(actor): Caller,
) -> Result<Json<LifeSettings>, Problem> {
    let settings = settings::see(&state.store, &actor).await?;
    Ok(Json(LifeSettings::of(settings)))
}

/// Set all of it. What is left out gets its default.
#[utoipa::path(
    put, path = "/api/v1/settings/life", tag = "settings", operation_id = "life_settings_set",
    request_body = LifeSettings,
    responses((status = 204, description = "It is so"), Problem)
)]
async fn change(
    State(state): State<AppState>,
    Caller(actor): Caller,
    Json(asked): Json<LifeSettings>,
) -> Result<StatusCode, Problem> {
    settings::save(&state.store, &actor, &asked.settings()?, state.now()).await?;
    Ok(StatusCode::NO_CONTENT)
}
