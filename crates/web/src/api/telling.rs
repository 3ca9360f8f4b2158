//! How one wants to be told, and how the company has its people told.

use std::collections::BTreeSet;

use app::telling::{self, Choice, Quiet, Settings};
use axum::extract::State;
use axum::http::StatusCode;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use super::names::OutsideName;
use crate::extract::{Caller, Json};
use crate::problem::Problem;
use crate::state::AppState;

pub(crate) fn routes() -> OpenApiRouter<AppState> {
    OpenApiRouter::new()
        .routes(routes!(own, choose))
        .routes(routes!(show, change))
}

/// How one wants to be told.
#[derive(Default, Deserialize, Serialize, ToSchema)]
#[serde(default, deny_unknown_fields)]
#[schema(example = json!({ "channels": ["telegram"], "quiet": "20:00-09:00" }))]
struct MyTelling {
    /// By which channels, besides the program itself.
    #[schema(value_type = Vec<OutsideName>)]
    channels: BTreeSet<String>,
    /// When one is not to be disturbed, besides the company's quiet hours; empty: at no other time.
    #[schema(
        example = "20:00-09:00",
        pattern = r"^([0-9]{1,2}:[0-9]{2}-[0-9]{1,2}:[0-9]{2})?$"
    )]
    quiet: String,
}

/// How the company has its people told.
#[derive(Deserialize, Serialize, ToSchema)]
#[serde(default, deny_unknown_fields)]
#[schema(example = json!({ "quiet": "21:00-08:00", "note_at": "09:15", "window": 20 }))]
struct TellingSettings {
    /// When nobody is disturbed, whatever their working hours; empty: working hours are enough.
    #[schema(
        example = "21:00-08:00",
        pattern = r"^([0-9]{1,2}:[0-9]{2}-[0-9]{1,2}:[0-9]{2})?$"
    )]
    quiet: String,
    /// At what time of the day notes go out; empty: `note_after`.
    #[schema(example = "09:30", pattern = "^([0-9]{1,2}:[0-9]{2})?$")]
    note_at: String,
    /// How many minutes after the beginning of one's work the note goes out.
    #[schema(minimum = 0, maximum = 600)]
    note_after: u32,
    /// For how many minutes after a message at once everything else waits, to be one message.
    #[schema(minimum = 1, maximum = 240)]
    window: u32,
    /// What was breached more hours ago is not told at once any more; the note has it.
    #[schema(minimum = 1, maximum = 240)]
    within: u32,
    /// Whether group chats are told names.
    chat_names: bool,
    /// After how many working days of a person the director hears of what they leave lying.
    #[schema(minimum = 1, maximum = 30)]
    unhandled_after: u32,
}

impl Default for TellingSettings {
    fn default() -> TellingSettings {
        TellingSettings::of(Settings::default())
    }
}

/// A stretch of quiet hours as it is written; empty: none.
fn written(quiet: Option<Quiet>) -> String {
    quiet.map_or_else(String::new, |quiet| quiet.to_string())
}

impl TellingSettings {
    fn of(settings: Settings) -> TellingSettings {
        TellingSettings {
            quiet: written(settings.quiet),
            note_at: settings.note_at,
            note_after: settings.note_after,
            window: settings.window,
            within: settings.within,
            chat_names: settings.chat_names,
            unhandled_after: settings.unhandled_after,
        }
    }

    fn settings(self) -> Result<Settings, app::Error> {
        Ok(Settings {
            quiet: Quiet::of_field(&self.quiet)?,
            note_at: self.note_at,
            note_after: self.note_after,
            window: self.window,
            within: self.within,
            chat_names: self.chat_names,
            unhandled_after: self.unhandled_after,
        })
    }
}

/// How I am told.
#[utoipa::path(
    get, path = "/api/v1/me/telling", tag = "me", operation_id = "my_telling",
    responses((status = 200, description = "What I chose", body = MyTelling), Problem)
)]
async fn own(
    State(state): State<AppState>,
    Caller(actor): Caller,
) -> Result<Json<MyTelling>, Problem> {
    let choice = telling::choice(&state.store, &actor).await?;
    Ok(Json(MyTelling {
        channels: choice.channels,
        quiet: written(choice.quiet),
    }))
}

/// Choose how I am told: all of it. A channel works once its address does
/// (`/api/v1/me/addresses`). For whoever is logged in, never for a token.
#[utoipa::path(
    put, path = "/api/v1/me/telling", tag = "me", operation_id = "my_telling_set",
    request_body = MyTelling,
    responses((status = 204, description = "It is so"), Problem)
)]
async fn choose(
    State(state): State<AppState>,
    Caller(actor): Caller,
    Json(asked): Json<MyTelling>,
) -> Result<StatusCode, Problem> {
    let choice = Choice {
        quiet: Quiet::of_field(&asked.quiet).map_err(app::Error::from)?,
        channels: asked.channels,
    };
    telling::choose(&state.store, &actor, &choice).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// What the company has set about telling its people.
#[utoipa::path(
    get, path = "/api/v1/settings/telling", tag = "settings", operation_id = "telling_settings",
    responses((status = 200, description = "The settings", body = TellingSettings), Problem)
)]
async fn show(
    State(state): State<AppState>,
    Caller(actor): Caller,
) -> Result<Json<TellingSettings>, Problem> {
    let settings = telling::see(&state.store, &actor).await?;
    Ok(Json(TellingSettings::of(settings)))
}

/// Set all of it. What is left out gets its default.
#[utoipa::path(
    put, path = "/api/v1/settings/telling", tag = "settings",
    operation_id = "telling_settings_set",
    request_body = TellingSettings,
    responses((status = 204, description = "It is so"), Problem)
)]
async fn change(
    State(state): State<AppState>,
    Caller(actor): Caller,
    Json(asked): Json<TellingSettings>,
) -> Result<StatusCode, Problem> {
    telling::save(&state.store, &actor, &asked.settings()?, state.now()).await?;
    Ok(StatusCode::NO_CONTENT)
}
