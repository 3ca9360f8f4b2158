//! Checks of lost deals.

use app::Instant;
use app::life::lost::check::{Answer, Question, Reply, Status, Verdict};
use app::life::lost::work::{self, Asked, Seen};
use axum::extract::{Path, State};
use history::{EmployeeId, History, StageId};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use super::lost_facts::FactsShown;
use super::names::{QuestionName, VerdictName, read};
use super::share::Share;
use super::some;
use crate::extract::{Caller, Json, Query};
use crate::loaded::Loaded;
use crate::paging::{Page, Paging};
use crate::problem::Problem;
use crate::state::AppState;

pub(crate) fn routes() -> OpenApiRouter<AppState> {
    OpenApiRouter::new()
        .routes(routes!(list))
        .routes(routes!(returned))
        .routes(routes!(one, decide))
}

/// The check of a lost deal.
#[derive(Serialize, ToSchema)]
struct Check {
    id: String,
    deal: String,
    lost_at: Instant,
    /// The stage that the deal was lost into.
    #[serde(skip_serializing_if = "Option::is_none")]
    stage: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    stage_name: Option<String>,
    /// Who answered for the deal at the loss.
    #[serde(skip_serializing_if = "Option::is_none")]
    responsible: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    responsible_name: Option<String>,
    /// The lead who is to answer it; absent: the head is.
    #[serde(skip_serializing_if = "Option::is_none")]
    addressee: Option<String>,
    opened_at: Instant,
    /// `open`, `closed_rightly`, `back_to_work`, or `moot`: the deal was lost no longer before
    /// anybody decided.
    status: &'static str,
    facts: FactsShown,
    /// Empty where there are none yet.
    answers: Vec<AnswerShown>,
    #[serde(skip_serializing_if = "Option::is_none")]
    closed_at: Option<Instant>,
    /// The person who closed it; absent: the program.
    #[serde(skip_serializing_if = "Option::is_none")]
    closed_by: Option<String>,
    /// What was said with the verdict.
    #[serde(skip_serializing_if = "Option::is_none")]
    comment: Option<String>,
    /// Whether whoever asks may decide it now.
    may_decide: bool,
}

/// The answer to a question.
#[derive(Deserialize, Serialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = Answer)]
struct AnswerShown {
    /// Was everything done to sell; were the objections handled; was the advice right; after no
    /// answer, were there so many attempts, at these hours; can the client be revived with another
    /// product or other terms?
    #[schema(value_type = QuestionName)]
    question: Question,
    reply: ReplyName,
    /// What is said with it.
    #[serde(default)]
    text: String,
}

/// What is answered.
#[derive(Clone, Copy, Deserialize, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
#[schema(as = Reply)]
enum ReplyName {
    Yes,
    No,
    /// The question does not fit the deal.
    NotApplicable,
}

impl AnswerShown {
    fn of(answer: Answer) -> AnswerShown {
        AnswerShown {
            question: answer.question,
            reply: match answer.reply {
                Reply::Yes => ReplyName::Yes,
                Reply::No => ReplyName::No,
                Reply::NotApplicable => ReplyName::NotApplicable,
            },
            text: answer.text,
        }
    }

    fn answer(self) -> Answer {
        Answer {
            question: self.question,
            reply: match self.reply {
                ReplyName::Yes => Reply::Yes,
                ReplyName::No => Reply::No,
                ReplyName::NotApplicable => Reply::NotApplicable,
            },
            text: self.text,
        }
    }
}

impl Check {
    fn of(seen: Seen, history: &History) -> Check {
        let check = seen.check;
        let stage = history.pipelines.stage_ids.find(&check.stage);
        let stage = stage.map(|stage| history.pipelines.stage_name(StageId(stage)));
        Check {
            stage_name: stage.map(str::to_owned),
            responsible_name: name(history, &check.responsible),
            stage: some(&check.stage),
            responsible: some(&check.responsible),
            addressee: some(&check.addressee),
            closed_by: some(&check.closed_by),
            comment: some(&check.comment),
            id: check.id,
            deal: check.deal,
            lost_at: check.lost_at,
            opened_at: check.opened_at,
            status: seen.status.as_str(),
            facts: seen.facts.into(),
            answers: seen.answers.into_iter().map(AnswerShown::of).collect(),
            closed_at: check.closed_at,
            may_decide: seen.may_decide,
        }
    }
}

fn name(history: &History, employee: &str) -> Option<String> {
    let known = history.people.ids.find(employee)?;
    Some(history.people.name(EmployeeId(known)).to_owned())
}

/// Which checks.
#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
struct Which {
    /// Of this status: `open`, `closed_rightly`, `back_to_work` or `moot`.
    #[param(pattern = "^(open|closed_rightly|back_to_work|moot)$")]
    status: Option<String>,
}

/// Checks of lost deals that one may see, the latest loss first.
#[utoipa::path(
    get, path = "/api/v1/checks", tag = "checks", operation_id = "checks",
    params(Paging, Which),
    responses((status = 200, description = "A page of checks", body = Page<Check>), Problem)
)]
async fn list(
    State(state): State<AppState>,
    Caller(actor): Caller,
    Query(paging): Query<Paging>,
    Query(which): Query<Which>,
) -> Result<Json<Page<Check>>, Problem> {
    let decided = Verdict::ALL.iter().map(|verdict| Status::Decided(*verdict));
    let all = [Status::Open, Status::Moot].into_iter().chain(decided);
    let status = which.status.as_deref();
    let status = status.map(|word| read("status", word, all, Status::as_str));
    let after: Option<(Instant, String)> = paging.after()?;
    let after = after.as_ref().map(|(at, id)| (*at, id.as_str()));
    let loaded = Loaded::of(&state, &actor).await?;
    let found = work::list(
        &state.store,
        &actor,
        loaded.office(),
        status.transpose()?,
        (after, paging.fetch()?),
        state.now(),
    )
    .await?;
    let page = Page::new(&paging, found, |seen| {
        (seen.check.lost_at, seen.check.id.clone())
    })?;
    let history = loaded.audit().live().history();
    Ok(Json(page.map(|seen| Check::of(seen, history))))
}

/// The check of a lost deal, with its facts filled in.
#[utoipa::path(
    get, path = "/api/v1/checks/{id}", tag = "checks", operation_id = "check",
    params(("id" = String, Path, description = "The check")),
    responses((status = 200, description = "The check", body = Check), Problem)
)]
async fn one(
    State(state): State<AppState>,
    Caller(actor): Caller,
    Path(id): Path<String>,
) -> Result<Json<Check>, Problem> {
    let loaded = Loaded::of(&state, &actor).await?;
    let seen = work::see(&state.store, &actor, loaded.office(), &id, state.now()).await?;
    Ok(Json(Check::of(seen, loaded.audit().live().history())))
}

/// A verdict on a lost deal.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct NewVerdict {
    /// One answer to each of the five questions.
    answers: Vec<AnswerShown>,
    #[schema(value_type = VerdictName)]
    verdict: Verdict,
    /// What is said with it.
    #[serde(default)]
    comment: String,
}

/// Answer the questions of a check and say whether the deal was closed rightly or goes back to work.
#[utoipa::path(
    post, path = "/api/v1/checks/{id}", tag = "checks", operation_id = "check_decide",
    params(("id" = String, Path, description = "The check")), request_body = NewVerdict,
    responses((status = 200, description = "The check from now on", body = Check), Problem)
)]
async fn decide(
    State(state): State<AppState>,
    Caller(actor): Caller,
    Path(id): Path<String>,
    Json(asked): Json<NewVerdict>,
) -> Result<Json<Check>, Problem> {
    let asked = Asked {
        answers: asked.answers.into_iter().map(AnswerShown::answer).collect(),
        verdict: asked.verdict,
        comment: asked.comment,
    };
    let loaded = Loaded::of(&state, &actor).await?;
    let (office, now) = (loaded.office(), state.now());
    let seen = work::decide(&state.store, &actor, office, (&id, &asked), now).await?;
    Ok(Json(Check::of(seen, loaded.audit().live().history())))
}

/// How many of somebody's lost deals went back to work.
#[derive(Serialize, ToSchema)]
struct Returned {
    /// Who answered for the deals at their loss; absent: nobody.
    #[serde(skip_serializing_if = "Option::is_none")]
    employee: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    employee_name: Option<String>,
    #[serde(flatten)]
    share: Share,
}

/// The share of decided lost deals that went back to work, by who answered for them; of those whose
/// checks one may see.
#[utoipa::path(
    get, path = "/api/v1/checks/returned", tag = "checks", operation_id = "checks_returned",
    responses((status = 200, description = "Shares", body = Page<Returned>), Problem)
)]
async fn returned(
    State(state): State<AppState>,
    Caller(actor): Caller,
) -> Result<Json<Page<Returned>>, Problem> {
    let loaded = Loaded::of(&state, &actor).await?;
    let shares = work::returned(&state.store, &actor, loaded.office(), state.now()).await?;
    let history = loaded.audit().live().history();
    let items = shares.into_iter().map(|(employee, share)| Returned {
        employee: some(&employee),
        employee_name: name(history, &employee),
        share: share.into(),
    });
    Ok(Json(Page::whole(items.collect())))
}
