//! Decisions on findings, one at a time or many at once.

use app::life::decide::{self, Asked};
use app::life::decision::{Cause, Move, MoveKind, Outcome};
use app::life::undo;
use axum::Extension;
use axum::extract::{Path, State};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use super::Language;
use super::finding::{Finding, show, show_one};
use super::names::{CauseName, MoveName, OutcomeName, moves, read};
use crate::extract::{Caller, Json, Query};
use crate::loaded::Loaded;
use crate::log::RequestId;
use crate::problem::{Problem, ProblemShown};
use crate::state::AppState;

pub(crate) fn routes() -> OpenApiRouter<AppState> {
    OpenApiRouter::new()
        .routes(routes!(one))
        .routes(routes!(many))
        .routes(routes!(take_back))
}

/// A decision to make on a finding.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct NewDecision {
    /// What; `allowed` of the finding says what is possible.
    #[serde(rename = "move")]
    #[schema(value_type = MoveName)]
    made: String,
    /// Why it happened: with `acknowledge`, which needs it.
    #[schema(value_type = Option<CauseName>)]
    cause: Option<String>,
    /// The verdict: with `decide`, which needs it.
    #[schema(value_type = Option<OutcomeName>)]
    outcome: Option<String>,
    /// What is said with it; `dispute` and `decide` need it. At most 10000 bytes.
    #[serde(default)]
    text: String,
}

impl NewDecision {
    fn asked(self) -> Result<Asked, Problem> {
        let kind = read("move", &self.made, moves(), MoveKind::as_str)?;
        let needed = |field, given: Option<String>| {
            let message = format!("`{}` needs it", kind.as_str());
            given.ok_or_else(|| Problem::field(field, "missing", message))
        };
        let (cause, outcome) = (self.cause, self.outcome);
        for (field, given, owner) in [
            ("cause", &cause, MoveKind::Acknowledge),
            ("outcome", &outcome, MoveKind::Decide),
        ] {
            if given.is_some() && kind != owner {
                let message = format!("goes with `{}` only", owner.as_str());
                return Err(Problem::field(field, "unfit", message));
            }
        }
        let made = match kind {
            MoveKind::Tell => Move::Told,
            MoveKind::Acknowledge => {
                let (word, all) = (needed("cause", cause)?, Cause::ALL.iter().copied());
                Move::Acknowledged(read("cause", &word, all, Cause::as_str)?)
            }
            MoveKind::Cure => Move::Cured,
            MoveKind::Dispute => Move::Disputed,
            MoveKind::Decide => {
                let (word, all) = (needed("outcome", outcome)?, Outcome::ALL.iter().copied());
                Move::Decided(read("outcome", &word, all, Outcome::as_str)?)
            }
            MoveKind::Reopen => Move::Reopened,
            MoveKind::Undo => Move::Undone,
        };
        Ok(Asked {
            made,
            text: self.text,
        })
    }
}

/// Decide on a finding: acknowledge it with its cause, mark it as cured, dispute it, judge the
/// dispute, or reopen it. Where the finding is not where the decision begins, the answer is 409 and
/// says what is possible.
#[utoipa::path(
    post, path = "/api/v1/findings/{id}/decisions", tag = "findings",
    operation_id = "finding_decide",
    params(("id" = String, Path, description = "The finding"), Language),
    request_body = NewDecision,
    responses((status = 200, description = "The finding from now on", body = Finding), Problem)
)]
async fn one(
    State(state): State<AppState>,
    Caller(actor): Caller,
    Path(id): Path<String>,
    Query(language): Query<Language>,
    Json(decision): Json<NewDecision>,
) -> Result<Json<Finding>, Problem> {
    let (lang, asked) = (language.lang()?, decision.asked()?);
    let loaded = Loaded::of(&state, &actor).await?;
    let office = loaded.office();
    let seen = decide::decide(&state.store, &actor, office, &id, &asked, state.now()).await?;
    Ok(Json(show_one(&state, &actor, &loaded, seen, lang).await?))
}

/// Take back one's own last decision on a finding, within 10 seconds: the finding stands where it
/// stood before, and nobody is told of the decision. Later, or where somebody has decided since, the
/// answer is 409.
#[utoipa::path(
    post, path = "/api/v1/findings/{id}/decisions/undo", tag = "findings",
    operation_id = "finding_undo",
    params(("id" = String, Path, description = "The finding"), Language),
    responses((status = 200, description = "The finding from now on", body = Finding), Problem)
)]
async fn take_back(
    State(state): State<AppState>,
    Caller(actor): Caller,
    Path(id): Path<String>,
    Query(language): Query<Language>,
) -> Result<Json<Finding>, Problem> {
    let lang = language.lang()?;
    let loaded = Loaded::of(&state, &actor).await?;
    let (office, now) = (loaded.office(), state.now());
    let seen = undo::undo(&state.store, &actor, office, &id, now).await?;
    Ok(Json(show_one(&state, &actor, &loaded, seen, lang).await?))
}

/// The same decision on many findings.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct NewDecisions {
    /// The findings.
    #[schema(max_items = 500)]
    findings: Vec<String>,
    decision: NewDecision,
}

/// What became of a decision on many findings, in the order of the request.
#[derive(Serialize, ToSchema)]
struct Decided {
    results: Vec<Outcomes>,
}

/// What became of it on one finding: it, or why not.
#[derive(Serialize, ToSchema)]
#[schema(as = DecisionResult)]
struct Outcomes {
    /// The finding's id, as it was sent.
    id: String,
    /// The finding from now on.
    #[serde(skip_serializing_if = "Option::is_none")]
    finding: Option<Finding>,
    /// Why the decision was not made.
    #[serde(skip_serializing_if = "Option::is_none")]
    problem: Option<ProblemShown>,
}

/// Make the same decision on many findings, each for itself: what one refuses does not touch the
/// others.
#[utoipa::path(
    post, path = "/api/v1/findings/decisions", tag = "findings",
    operation_id = "findings_decide",
    params(Language), request_body = NewDecisions,
    responses((status = 200, description = "A result each", body = Decided), Problem)
)]
async fn many(
    State(state): State<AppState>,
    Caller(actor): Caller,
    Extension(request): Extension<RequestId>,
    Query(language): Query<Language>,
    Json(asked): Json<NewDecisions>,
) -> Result<Json<Decided>, Problem> {
    let (lang, decision) = (language.lang()?, asked.decision.asked()?);
    let ids: Vec<&str> = asked.findings.iter().map(String::as_str).collect();
    let loaded = Loaded::of(&state, &actor).await?;
    let (office, now) = (loaded.office(), state.now());
    let decided = decide::decide_many(&state.store, &actor, office, &ids, &decision, now).await?;
    let (mut seen, mut problems) = (Vec::new(), Vec::new());
    for result in decided {
        match result {
            Ok(one) => {
                seen.push(one);
                problems.push(None);
            }
            Err(error) => problems.push(Some(Problem::from(error))),
        }
    }
    let mut shown = show(&state, &actor, &loaded, seen, lang).await?.into_iter();
    let results = asked.findings.into_iter().zip(problems);
    let results = results.map(|(id, problem)| Outcomes {
        id,
        finding: problem.is_none().then(|| shown.next()).flatten(),
        problem: problem.map(|problem| problem.shown(&request.to_string())),
    });
    Ok(Json(Decided {
        results: results.collect(),
    }))
}
