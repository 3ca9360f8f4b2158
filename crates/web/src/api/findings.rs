//! Findings: lists, single ones, and their past.

use app::Instant;
use app::life::finding::State as Standing;
use app::life::past::{self, Past};
use app::life::seen;
use audit::regulation::Severity;
use axum::extract::{Path, State};
use serde::{Deserialize, Serialize};
use store::findings::{Cursor, Filter};
use utoipa::{IntoParams, ToSchema};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use super::finding::{Finding, show, show_one};
use super::names::{SeverityName, StateName, read};
use super::{Language, some};
use crate::extract::{Caller, Json, Query};
use crate::loaded::Loaded;
use crate::paging::{Page, Paging};
use crate::problem::Problem;
use crate::state::AppState;

pub(crate) fn routes() -> OpenApiRouter<AppState> {
    OpenApiRouter::new()
        .routes(routes!(list))
        .routes(routes!(one))
        .routes(routes!(history))
}

/// Which findings. What is left out does not narrow.
#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
struct Which {
    /// Of this rule, by its name in the regulation.
    rule: Option<String>,
    /// `deal`, `client`, `employee`, `group`, `stage`, or `hand` for those made by hand.
    scope: Option<String>,
    /// Held against this employee.
    employee: Option<String>,
    /// Of this deal.
    deal: Option<String>,
    /// At this stage.
    stage: Option<String>,
    /// Of this severity by the rule.
    #[param(value_type = Option<SeverityName>)]
    severity: Option<String>,
    /// That stand here now.
    #[param(value_type = Option<StateName>)]
    state: Option<String>,
    /// `true`: that are neither cured, dismissed nor withdrawn; `false`: that are. Not together
    /// with `state`.
    open: Option<bool>,
    /// With the breach at this instant or later.
    from: Option<Instant>,
    /// With the breach before this instant.
    to: Option<Instant>,
}

impl Which {
    fn states(&self) -> Result<Vec<Standing>, Problem> {
        let all = || Standing::ALL.iter().copied();
        let closed = [Standing::Cured, Standing::Dismissed, Standing::Withdrawn];
        match (&self.state, self.open) {
            (None, None) => Ok(Vec::new()),
            (Some(state), None) => Ok(vec![read("state", state, all(), Standing::as_str)?]),
            (None, Some(false)) => Ok(closed.to_vec()),
            (None, Some(true)) => Ok(all().filter(|state| !closed.contains(state)).collect()),
            (Some(_), Some(_)) => {
                let message = "give one of `state` and `open`";
                Err(Problem::field("open", "unfit", message))
            }
        }
    }
}

/// Findings that one may see, the latest breach first. A page may be short, even empty, and still
/// have a next one. Whoever asks for what is held against them has been told of it.
#[utoipa::path(
    get, path = "/api/v1/findings", tag = "findings", operation_id = "findings",
    params(Paging, Which, Language),
    responses((status = 200, description = "A page of findings", body = Page<Finding>), Problem)
)]
async fn list(
    State(state): State<AppState>,
    Caller(actor): Caller,
    Query(paging): Query<Paging>,
    Query(which): Query<Which>,
    Query(language): Query<Language>,
) -> Result<Json<Page<Finding>>, Problem> {
    let (lang, states) = (language.lang()?, which.states()?);
    let all = || Severity::ALL.iter().copied();
    let severity = which.severity.as_deref();
    let severity = severity.map(|word| read("severity", word, all(), Severity::as_str));
    let employees = which.employee.as_deref().map(|employee| [employee]);
    let withdrawn = states.contains(&Standing::Withdrawn);
    let filter = Filter {
        rule: which.rule.as_deref(),
        scope: which.scope.as_deref(),
        employees: employees.as_ref().map(|employees| &employees[..]),
        deal: which.deal.as_deref(),
        stage: which.stage.as_deref(),
        stages: None,
        severity: severity.transpose()?.map(Severity::as_str),
        from: which.from,
        to: which.to,
        standing: (!states.is_empty() && !withdrawn).then_some(true),
        open: None,
    };
    let after: Option<(Instant, String)> = paging.after()?;
    let after = after.map(|(at, id)| Cursor { at, id });
    let limit = usize::try_from(paging.limit()?).unwrap_or_default();
    let loaded = Loaded::of(&state, &actor).await?;
    let page = seen::list(
        &state.store,
        &actor,
        loaded.office(),
        (&filter, &states),
        (after.as_ref(), limit),
        state.now(),
    )
    .await?;
    let items = show(&state, &actor, &loaded, page.findings, lang).await?;
    let next = page.next.map(|cursor| (cursor.at, cursor.id));
    Ok(Json(Page::until(items, next)))
}

/// A finding that one may see. Whoever asks for what is held against them has been told of it.
#[utoipa::path(
    get, path = "/api/v1/findings/{id}", tag = "findings", operation_id = "finding",
    params(("id" = String, Path, description = "The finding"), Language),
    responses((status = 200, description = "The finding", body = Finding), Problem)
)]
async fn one(
    State(state): State<AppState>,
    Caller(actor): Caller,
    Path(id): Path<String>,
    Query(language): Query<Language>,
) -> Result<Json<Finding>, Problem> {
    let lang = language.lang()?;
    let loaded = Loaded::of(&state, &actor).await?;
    let seen = seen::see(&state.store, &actor, loaded.office(), &id, state.now()).await?;
    Ok(Json(show_one(&state, &actor, &loaded, seen, lang).await?))
}

/// What became of a finding so far; each list begins with the oldest. A `sequence` says how many
/// events of the company were known then.
#[derive(Serialize, ToSchema)]
struct History {
    /// What judging said of it; none of what was made by hand.
    states: Vec<FindingChange>,
    /// What people decided.
    decisions: Vec<Decision>,
    /// The way of what was made by hand, for quality control and its maker.
    steps: Vec<Step>,
}

/// A state of a finding, never changed once written.
#[derive(Serialize, ToSchema)]
struct FindingChange {
    sequence: i64,
    /// When it was written down.
    at: Instant,
    /// `raised`, `changed`, `moved`, `withdrawn` or `returned`.
    change: &'static str,
    /// The finding's values from then on.
    #[schema(value_type = Object)]
    values: serde_json::Value,
}

/// A decision on a finding.
#[derive(Serialize, ToSchema)]
struct Decision {
    sequence: i64,
    at: Instant,
    /// The person.
    #[serde(skip_serializing_if = "Option::is_none")]
    author: Option<String>,
    /// `told`, `acknowledged`, `cured`, `disputed`, `upheld`, `partly`, `dismissed`, `reopened` or
    /// `undone`: the person took back their decision before.
    made: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    cause: Option<String>,
    /// What was said with it; the channel, where it was told.
    #[serde(skip_serializing_if = "Option::is_none")]
    text: Option<String>,
}

/// A step on the way from the maker to the lead.
#[derive(Serialize, ToSchema)]
struct Step {
    at: Instant,
    /// The person; absent: the program.
    #[serde(skip_serializing_if = "Option::is_none")]
    author: Option<String>,
    /// `made`, `passed_on`, `exempted`, `delivered` or `read`.
    step: String,
    /// The finding's text, the reason, or the channel.
    #[serde(skip_serializing_if = "Option::is_none")]
    text: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    recommendation: Option<String>,
}

impl History {
    fn of(past: Past) -> History {
        let states = past.states.into_iter().map(|state| FindingChange {
            sequence: state.sequence,
            at: state.recorded_at,
            change: state.change.as_str(),
            values: serde_json::from_str(&state.state).unwrap_or_default(),
        });
        let decisions = past.decisions.into_iter().map(|decision| Decision {
            sequence: decision.sequence,
            at: decision.at,
            author: some(&decision.author),
            made: decision.made,
            cause: some(&decision.cause),
            text: some(&decision.text),
        });
        let steps = past.steps.into_iter().map(|step| Step {
            at: step.at,
            author: some(&step.author),
            step: step.step,
            text: some(&step.text),
            recommendation: some(&step.recommendation),
        });
        History {
            states: states.collect(),
            decisions: decisions.collect(),
            steps: steps.collect(),
        }
    }
}

/// What became of a finding so far.
#[utoipa::path(
    get, path = "/api/v1/findings/{id}/history", tag = "findings",
    operation_id = "finding_history",
    params(("id" = String, Path, description = "The finding")),
    responses((status = 200, description = "What became of it", body = History), Problem)
)]
async fn history(
    State(state): State<AppState>,
    Caller(actor): Caller,
    Path(id): Path<String>,
) -> Result<Json<History>, Problem> {
    let loaded = Loaded::of(&state, &actor).await?;
    let past = past::past(&state.store, &actor, loaded.office(), &id, state.now()).await?;
    Ok(Json(History::of(past)))
}
