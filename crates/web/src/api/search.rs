//! Deals, people and texts by words.

use app::Instant;
use app::search;
use axum::extract::State;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::extract::{Caller, Json, Query};
use crate::problem::Problem;
use crate::state::AppState;

pub(crate) fn routes() -> OpenApiRouter<AppState> {
    OpenApiRouter::new().routes(routes!(find))
}

/// What to look for.
#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
struct Question {
    /// Words, whose endings do not count, or the id of a deal.
    q: String,
}

/// What was found.
#[derive(Serialize, ToSchema)]
struct Found {
    deals: Vec<FoundDeal>,
    people: Vec<FoundPerson>,
    texts: Vec<FoundText>,
    /// Whether there may be more than what is told.
    more: bool,
}

#[derive(Serialize, ToSchema)]
struct FoundDeal {
    id: String,
    title: String,
    /// The stage it stands in.
    stage: String,
    /// The id of the employee who answers for it; empty: nobody.
    responsible: String,
}

#[derive(Serialize, ToSchema)]
struct FoundPerson {
    id: String,
    name: String,
}

/// A text of an event.
#[derive(Serialize, ToSchema)]
struct FoundText {
    /// The deal's id.
    deal: String,
    /// When the event happened.
    at: Instant,
    /// What happened.
    #[schema(example = "note_added")]
    kind: &'static str,
    /// The text around the first word found.
    text: String,
}

/// Look for deals, people and texts.
#[utoipa::path(
    get, path = "/api/v1/search", tag = "deals", operation_id = "search",
    params(Question),
    responses((status = 200, description = "What was found", body = Found), Problem)
)]
async fn find(
    State(state): State<AppState>,
    Caller(actor): Caller,
    Query(question): Query<Question>,
) -> Result<Json<Found>, Problem> {
    let found = search::search(&state.audits, &actor, &question.q, state.now()).await?;
    let deals = found.deals.into_iter().map(|deal| FoundDeal {
        id: deal.id,
        title: deal.title,
        stage: deal.stage,
        responsible: deal.responsible,
    });
    let people = found.people.into_iter().map(|person| FoundPerson {
        id: person.id,
        name: person.name,
    });
    let texts = found.texts.into_iter().map(|text| FoundText {
        deal: text.deal,
        at: text.at,
        kind: text.kind.as_str(),
        text: text.pieces.into_iter().map(|(piece, _)| piece).collect(),
    });
    Ok(Json(Found {
        deals: deals.collect(),
        people: people.collect(),
        texts: texts.collect(),
        more: found.more,
    }))
}
