//! Group chats that messages of the company go to.

use app::Instant;
use app::addresses::{self, ALIVE_MS, TELEGRAM};
use app::chats::{self, Chat, Gets, Use};
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::IntoResponse;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use super::some;
use crate::extract::{Caller, Json};
use crate::loaded::Loaded;
use crate::paging::Page;
use crate::problem::Problem;
use crate::state::AppState;

pub(crate) fn routes() -> OpenApiRouter<AppState> {
    OpenApiRouter::new()
        .routes(routes!(list))
        .routes(routes!(code))
        .routes(routes!(change, cut))
}

/// What a group chat is for.
#[derive(Serialize, Deserialize, ToSchema)]
#[schema(example = json!({
    "about": "north", "reports": true, "daily": true, "at_once": false, "language": "ru"
}))]
#[serde(deny_unknown_fields)]
struct ChatUse {
    /// The group that it hears about; absent: the whole company.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    about: Option<String>,
    /// Whether reports of weeks and months go there.
    reports: bool,
    /// Whether the note of the day goes there.
    daily: bool,
    /// Whether what is told at once goes there.
    at_once: bool,
    /// In which language, `ru` or `en`.
    #[schema(example = "ru")]
    language: String,
}

impl ChatUse {
    fn of(chat: &Chat) -> ChatUse {
        ChatUse {
            about: some(&chat.about),
            reports: chat.gets.reports,
            daily: chat.gets.daily,
            at_once: chat.gets.at_once,
            language: chat.language.clone(),
        }
    }

    fn wanted(self) -> Use {
        Use {
            about: self.about.unwrap_or_default(),
            gets: Gets {
                reports: self.reports,
                daily: self.daily,
                at_once: self.at_once,
            },
            language: self.language,
        }
    }
}

/// A group chat.
#[derive(Serialize, ToSchema)]
#[schema(as = Chat)]
struct ChatShown {
    id: String,
    /// What it is called at the messenger.
    #[schema(example = "Продажи")]
    title: String,
    /// Its topic that messages go to; absent: it has none, or its general one.
    #[serde(skip_serializing_if = "Option::is_none")]
    topic: Option<i64>,
    #[serde(rename = "use")]
    used_for: ChatUse,
    /// The person whose code linked it.
    linked_by: String,
    linked_at: Instant,
    /// Since when nothing goes there; absent: it works.
    #[serde(skip_serializing_if = "Option::is_none")]
    off_at: Option<Instant>,
    /// Why nothing goes there; absent: somebody wished so, or it works.
    #[serde(skip_serializing_if = "Option::is_none")]
    why: Option<String>,
}

impl ChatShown {
    fn of(chat: Chat) -> ChatShown {
        ChatShown {
            why: some(&chat.why),
            used_for: ChatUse::of(&chat),
            id: chat.id,
            title: chat.title,
            topic: chat.thread,
            linked_by: chat.linked_by,
            linked_at: chat.linked_at,
            off_at: chat.off_at,
        }
    }
}

/// A code by which a group chat is linked.
#[derive(Serialize, ToSchema)]
struct ChatCode {
    /// The code. It works once.
    #[schema(example = "ABCD-EFGH-JKLM")]
    code: String,
    /// From when on it is dead.
    expires_at: Instant,
    /// The name of the bot; absent: it does not run now.
    #[serde(skip_serializing_if = "Option::is_none")]
    bot: Option<String>,
}

/// Group chats of the company, the latest first. Whether names may stand in what they are told is set
/// at `/api/v1/settings/telling`.
#[utoipa::path(
    get, path = "/api/v1/chats", tag = "channels", operation_id = "chats",
    responses((status = 200, description = "Group chats", body = Page<ChatShown>), Problem)
)]
async fn list(
    State(state): State<AppState>,
    Caller(actor): Caller,
) -> Result<Json<Page<ChatShown>>, Problem> {
    let all = chats::list(&state.store, &actor).await?;
    let items = all.into_iter().map(ChatShown::of);
    Ok(Json(Page::whole(items.collect())))
}

/// Make a code to link a group chat with: whoever writes `/link@BOT CODE` in the group links it, and
/// the topic it is written in. Earlier codes of one's own are dead. For whoever is logged in, never
/// for a token.
#[utoipa::path(
    post, path = "/api/v1/chats/code", tag = "channels", operation_id = "chat_code",
    responses((status = 201, description = "The code", body = ChatCode), Problem)
)]
async fn code(
    State(state): State<AppState>,
    Caller(actor): Caller,
) -> Result<impl IntoResponse, Problem> {
    let now = state.now();
    let code = chats::code(&state.store, &actor, now).await?;
    let outlets = addresses::outlets(&state.store, now).await?;
    let bot = outlets.into_iter().find(|one| one.channel == TELEGRAM);
    let made = ChatCode {
        code: code.shown(),
        expires_at: now + ALIVE_MS,
        bot: bot.map(|bot| bot.name),
    };
    Ok((StatusCode::CREATED, Json(made)))
}

/// Change what a group chat is for. For whoever is logged in, never for a token.
#[utoipa::path(
    put, path = "/api/v1/chats/{id}", tag = "channels", operation_id = "chat_change",
    params(("id" = String, Path, description = "The chat's id here")),
    request_body = ChatUse,
    responses((status = 200, description = "As it is now", body = ChatShown), Problem)
)]
async fn change(
    State(state): State<AppState>,
    Caller(actor): Caller,
    Path(id): Path<String>,
    Json(wanted): Json<ChatUse>,
) -> Result<Json<ChatShown>, Problem> {
    let loaded = Loaded::of(&state, &actor).await?;
    let wanted = (id.as_str(), &wanted.wanted());
    chats::change(&state.store, &actor, loaded.office(), wanted, state.now()).await?;
    let chat = chats::one(&state.store, &actor, &id).await?;
    Ok(Json(ChatShown::of(chat)))
}

/// Cut a group chat: nothing goes there any more. For whoever is logged in, never for a token.
#[utoipa::path(
    delete, path = "/api/v1/chats/{id}", tag = "channels", operation_id = "chat_cut",
    params(("id" = String, Path, description = "The chat's id here")),
    responses((status = 204, description = "Cut"), Problem)
)]
async fn cut(
    State(state): State<AppState>,
    Caller(actor): Caller,
    Path(id): Path<String>,
) -> Result<StatusCode, Problem> {
    chats::cut(&state.store, &actor, &id, state.now()).await?;
    Ok(StatusCode::NO_CONTENT)
}
