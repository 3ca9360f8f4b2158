//! Exemptions: "do not pay attention to this", for some time.

use std::collections::BTreeMap;

use ::figures::Count;
use app::Instant;
use app::life::exempt::{self, Asked, Kept};
use app::life::exemption::Scope;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::IntoResponse;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use super::figures::{CountShown, count};
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

/// An exemption. It covers the findings that fit all that it names.
#[derive(Serialize, ToSchema)]
struct Exemption {
    id: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    rule: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    deal: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    employee: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    stage: Option<String>,
    reason: String,
    /// The person who made it.
    author: String,
    made_at: Instant,
    /// The first breach that it covers.
    from: Instant,
    /// The first breach that it no longer covers, unless it was ended before.
    until: Instant,
    /// When it was ended early.
    #[serde(skip_serializing_if = "Option::is_none")]
    ended_at: Option<Instant>,
    /// The person who ended it.
    #[serde(skip_serializing_if = "Option::is_none")]
    ended_by: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    ended_why: Option<String>,
}

impl Exemption {
    fn of(kept: Kept) -> Exemption {
        Exemption {
            rule: some(&kept.rule),
            deal: some(&kept.deal),
            employee: some(&kept.employee),
            stage: some(&kept.stage),
            ended_by: some(&kept.ended_by),
            ended_why: some(&kept.ended_why),
            id: kept.id,
            reason: kept.reason,
            author: kept.author,
            made_at: kept.made_at,
            from: kept.from,
            until: kept.until,
            ended_at: kept.ended_at,
        }
    }
}

/// An exemption with how much it hides.
#[derive(Serialize, ToSchema)]
struct ExemptionShown {
    #[serde(flatten)]
    exemption: Exemption,
    /// What it hides of the findings that one may see, of all time; what it hides of a period is in
    /// the figures of that period.
    hides: CountShown,
}

/// The exemptions that one may see, the one made first first; all of them, also those that are over.
#[utoipa::path(
    get, path = "/api/v1/exemptions", tag = "exemptions", operation_id = "exemptions",
    responses((status = 200, description = "Exemptions", body = Page<ExemptionShown>), Problem)
)]
async fn list(
    State(state): State<AppState>,
    Caller(actor): Caller,
) -> Result<Json<Page<ExemptionShown>>, Problem> {
    let now = state.now();
    let loaded = Loaded::of(&state, &actor).await?;
    let kept = exempt::list(&state.store, &actor, loaded.office(), now).await?;
    drop(loaded);
    let hidden: BTreeMap<String, Count> = app::figures::hidden(&state.audits, &actor, now).await?;
    let nothing = Count::default();
    let items = kept.into_iter().map(|kept| ExemptionShown {
        hides: count(hidden.get(&kept.id).unwrap_or(&nothing)),
        exemption: Exemption::of(kept),
    });
    Ok(Json(Page::whole(items.collect())))
}

/// An exemption to make. It names at least one of rule, deal, employee and stage.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct NewExemption {
    /// The name of a rule of the regulation; empty: any.
    #[serde(default)]
    rule: String,
    /// A deal; empty: any.
    #[serde(default)]
    deal: String,
    /// An employee; empty: anybody.
    #[serde(default)]
    employee: String,
    /// A stage; empty: any.
    #[serde(default)]
    stage: String,
    /// Why nobody should pay attention; at most 10000 bytes.
    reason: String,
    /// The first breach that it covers; absent: those from now on.
    from: Option<Moment>,
    /// The first breach that it no longer covers; after now.
    until: Moment,
}

/// Make an exemption: what it covers leaves the figures at once and is counted beside them.
#[utoipa::path(
    post, path = "/api/v1/exemptions", tag = "exemptions", operation_id = "exemption_make",
    request_body = NewExemption,
    responses((status = 201, description = "The exemption", body = Exemption), Problem)
)]
async fn make(
    State(state): State<AppState>,
    Caller(actor): Caller,
    Json(asked): Json<NewExemption>,
) -> Result<impl IntoResponse, Problem> {
    let from = asked.from.as_ref();
    let asked = Asked {
        from: from.map(|from| from.of_field("from")).transpose()?,
        until: asked.until.of_field("until")?,
        scope: Scope {
            rule: asked.rule,
            deal: asked.deal,
            employee: asked.employee,
            stage: asked.stage,
        },
        reason: asked.reason,
    };
    let loaded = Loaded::of(&state, &actor).await?;
    let office = loaded.office();
    let kept = exempt::make(&state.store, &actor, office, &asked, state.now()).await?;
    Ok((StatusCode::CREATED, Json(Exemption::of(kept))))
}

/// Why an exemption ends.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct EndExemption {
    reason: String,
}

/// End an exemption early. What lies before goes on being covered.
#[utoipa::path(
    post, path = "/api/v1/exemptions/{id}/end", tag = "exemptions",
    operation_id = "exemption_end",
    params(("id" = String, Path, description = "The exemption")), request_body = EndExemption,
    responses((status = 200, description = "The exemption", body = Exemption), Problem)
)]
async fn end(
    State(state): State<AppState>,
    Caller(actor): Caller,
    Path(id): Path<String>,
    Json(asked): Json<EndExemption>,
) -> Result<Json<Exemption>, Problem> {
    let loaded = Loaded::of(&state, &actor).await?;
    let (office, why) = (loaded.office(), (id.as_str(), asked.reason.as_str()));
    let kept = exempt::end(&state.store, &actor, office, why, state.now()).await?;
    Ok(Json(Exemption::of(kept)))
}
