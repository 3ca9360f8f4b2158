//! The company's regulation.

use app::Instant;
use app::regulation::{self, Checked, Kept};
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::IntoResponse;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use super::{Language, some};
use crate::extract::{Caller, Json, Query};
use crate::problem::Problem;
use crate::state::AppState;

pub(crate) fn routes() -> OpenApiRouter<AppState> {
    OpenApiRouter::new()
        .routes(routes!(list, add))
        .routes(routes!(check))
        .routes(routes!(withdraw))
}

/// Which versions.
#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
struct Which {
    /// Every text there ever was, not only those that count.
    #[serde(default)]
    all: bool,
}

/// A version of the regulation.
#[derive(Serialize, ToSchema)]
struct Version {
    /// Its first day, such as `2026-03-01`; absent: since ever.
    #[serde(skip_serializing_if = "Option::is_none")]
    effective: Option<String>,
    /// What findings name it by.
    file: String,
    /// The regulation, in TOML.
    text: String,
    /// Whether it counts; else another text took its place, or it was withdrawn.
    counts: bool,
    /// Who put it in force; absent: it is the starter.
    #[serde(skip_serializing_if = "Option::is_none")]
    author: Option<String>,
    added_at: Instant,
}

impl Version {
    fn of(kept: Kept) -> Version {
        let version = kept.version;
        Version {
            effective: some(&version.effective),
            author: some(&version.author),
            file: version.file,
            text: version.text,
            counts: kept.counts,
            added_at: version.added_at,
        }
    }
}

/// A text of a regulation, in TOML.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct Text {
    text: String,
}

/// What a text demands.
#[derive(Serialize, ToSchema)]
struct Demands {
    /// Its first day, such as `2026-03-01`; absent: since ever.
    #[serde(skip_serializing_if = "Option::is_none")]
    effective: Option<String>,
    /// What it demands, in words.
    words: Vec<String>,
    /// What is no mistake but should be known, such as a field that no deal has had yet.
    notes: Vec<String>,
}

impl Demands {
    fn of(checked: Checked) -> Demands {
        Demands {
            effective: some(&checked.effective),
            words: checked.words,
            notes: checked.notes,
        }
    }
}

/// The versions of the regulation, the earliest first.
#[utoipa::path(
    get, path = "/api/v1/regulation", tag = "regulation", operation_id = "regulation",
    params(Which),
    responses((status = 200, description = "The versions", body = Vec<Version>), Problem)
)]
async fn list(
    State(state): State<AppState>,
    Caller(actor): Caller,
    Query(which): Query<Which>,
) -> Result<Json<Vec<Version>>, Problem> {
    let versions = regulation::versions(&state.audits, &actor, which.all).await?;
    Ok(Json(versions.into_iter().map(Version::of).collect()))
}

/// Put a version in force, from the date in it on. One of the same date gives way; findings are
/// judged anew.
#[utoipa::path(
    post, path = "/api/v1/regulation", tag = "regulation", operation_id = "regulation_add",
    params(Language), request_body = Text,
    responses((status = 201, description = "What it demands", body = Demands), Problem)
)]
async fn add(
    State(state): State<AppState>,
    Caller(actor): Caller,
    Query(language): Query<Language>,
    Json(asked): Json<Text>,
) -> Result<impl IntoResponse, Problem> {
    let (lang, now) = (language.lang()?, state.now());
    let text = (asked.text.as_str(), None);
    let checked = regulation::add(&state.audits, &actor, text, lang, now).await?;
    Ok((StatusCode::CREATED, Json(Demands::of(checked))))
}

/// Check a text without putting it in force: what it demands, or each mistake with its line.
#[utoipa::path(
    post, path = "/api/v1/regulation/check", tag = "regulation",
    operation_id = "regulation_check", params(Language), request_body = Text,
    responses((status = 200, description = "What it demands", body = Demands), Problem)
)]
async fn check(
    State(state): State<AppState>,
    Caller(actor): Caller,
    Query(language): Query<Language>,
    Json(asked): Json<Text>,
) -> Result<Json<Demands>, Problem> {
    let when = (language.lang()?, state.now());
    let checked = regulation::check(&state.audits, &actor, &asked.text, when).await?;
    Ok(Json(Demands::of(checked)))
}

/// Take a version out of force. Its text stays.
#[utoipa::path(
    delete, path = "/api/v1/regulation/{effective}", tag = "regulation",
    operation_id = "regulation_withdraw",
    params(("effective" = String, Path,
        description = "The version's first day, or `since-ever`", example = "2026-03-01")),
    responses((status = 204, description = "It is out of force"), Problem)
)]
async fn withdraw(
    State(state): State<AppState>,
    Caller(actor): Caller,
    Path(effective): Path<String>,
) -> Result<StatusCode, Problem> {
    regulation::withdraw(&state.audits, &actor, &effective, state.now()).await?;
    Ok(StatusCode::NO_CONTENT)
}
