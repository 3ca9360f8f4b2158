//! Rules, and how they stand with the people they judge.

use std::collections::BTreeMap;

use app::Instant;
use app::life::rule::{self, RuleStanding};
use audit::regulation::{Entry, Regulation, Severity, Version};
use axum::extract::{Path, State};
use axum::http::StatusCode;
use serde::{Deserialize, Serialize};
use store::rulings;
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;
use wording::Lang;

use super::names::SeverityName;
use super::share::Share;
use super::{Language, some};
use crate::extract::{Caller, Json, Query};
use crate::loaded::Loaded;
use crate::paging::Page;
use crate::problem::Problem;
use crate::state::AppState;

pub(crate) fn routes() -> OpenApiRouter<AppState> {
    OpenApiRouter::new()
        .routes(routes!(list))
        .routes(routes!(rulings_about))
        .routes(routes!(rule_on))
}

/// A rule of the regulation, and how it stands.
#[derive(Serialize, ToSchema)]
struct Rule {
    /// The name that its findings carry.
    name: String,
    /// The code of the rule that the regulation uses; `svetofor rule CODE` explains it.
    code: &'static str,
    title: String,
    #[schema(value_type = SeverityName)]
    severity: &'static str,
    /// The indicator that its findings belong to, from 1 to 10.
    indicator: u8,
    /// Whether the version of the regulation in force has it, and not switched off.
    in_force: bool,
    /// Whether it has fallen to advice: its findings are shown to the employee only, and left out
    /// of the figures.
    advice: bool,
    /// Decided disputes: those in which the finding stood,
    upheld: u64,
    /// stood one severity lower,
    partly: u64,
    /// and did not stand.
    dismissed: u64,
    /// The share of overturned findings: dismissed of all decided; absent below 20 decided.
    #[serde(skip_serializing_if = "Option::is_none")]
    overturned: Option<Share>,
    /// The last ruling about it.
    #[serde(skip_serializing_if = "Option::is_none")]
    ruling: Option<RulingShown>,
}

/// A ruling about a rule.
#[derive(Serialize, ToSchema)]
#[schema(as = RuleRuling)]
struct RulingShown {
    at: Instant,
    /// The person; absent: the program.
    #[serde(skip_serializing_if = "Option::is_none")]
    author: Option<String>,
    /// `fell`: too many of its findings were overturned; `advice`: a person keeps it as advice;
    /// `in_force`: a person put it back.
    ruling: String,
    /// Decided disputes at that time.
    upheld: i64,
    partly: i64,
    dismissed: i64,
    #[serde(skip_serializing_if = "Option::is_none")]
    text: Option<String>,
}

impl RulingShown {
    fn of(ruling: rulings::Ruling) -> RulingShown {
        RulingShown {
            at: ruling.at,
            author: some(&ruling.author),
            ruling: ruling.ruling,
            upheld: ruling.upheld,
            partly: ruling.partly,
            dismissed: ruling.dismissed,
            text: some(&ruling.text),
        }
    }
}

impl Rule {
    fn of(entry: &Entry, in_force: bool, standing: Option<RuleStanding>, lang: Lang) -> Rule {
        let tally = standing.as_ref().map(|standing| standing.tally);
        let tally = tally.unwrap_or_default();
        Rule {
            name: entry.name.clone(),
            code: entry.rule.code,
            title: entry.title(lang).to_owned(),
            severity: Severity::as_str(entry.severity),
            indicator: entry.indicator(),
            in_force,
            advice: standing.as_ref().is_some_and(|standing| standing.advice),
            upheld: tally.upheld,
            partly: tally.partly,
            dismissed: tally.dismissed,
            overturned: tally.overturned().map(Share::from),
            ruling: standing
                .and_then(|standing| standing.ruling)
                .map(RulingShown::of),
        }
    }
}

/// The version in force at an instant.
fn in_force(regulation: &Regulation, now: Instant) -> &Version {
    let versions = regulation.versions().iter().enumerate();
    let mut now = versions.filter(|(place, _)| {
        let (from, to) = regulation.in_force(*place);
        from <= now && now < to
    });
    now.next()
        .map_or(regulation.latest(), |(_, version)| version)
}

/// Every rule of the regulation in force, in its order, with the share of its findings that
/// disputes overturned; then rules of other versions that were disputed or ruled about.
#[utoipa::path(
    get, path = "/api/v1/rules", tag = "rules", operation_id = "rules", params(Language),
    responses((status = 200, description = "The rules; all of them", body = Page<Rule>), Problem)
)]
async fn list(
    State(state): State<AppState>,
    Caller(actor): Caller,
    Query(language): Query<Language>,
) -> Result<Json<Page<Rule>>, Problem> {
    let lang = language.lang()?;
    let standings = rule::standings(&state.store, &actor).await?.into_iter();
    let mut standings: BTreeMap<String, RuleStanding> = standings
        .map(|standing| (standing.rule.clone(), standing))
        .collect();
    let loaded = Loaded::of(&state, &actor).await?;
    let regulation = loaded.audit().live().regulation();
    let version = in_force(regulation, state.now());
    let mut rules = Vec::new();
    for entry in &version.entries {
        let standing = standings.remove(&entry.name);
        rules.push(Rule::of(entry, entry.enabled, standing, lang));
    }
    for version in regulation.versions().iter().rev() {
        for entry in &version.entries {
            if let Some(standing) = standings.remove(&entry.name) {
                rules.push(Rule::of(entry, false, Some(standing), lang));
            }
        }
    }
    Ok(Json(Page::whole(rules)))
}

/// All rulings about a rule, the oldest first.
#[utoipa::path(
    get, path = "/api/v1/rules/{name}/rulings", tag = "rules", operation_id = "rule_rulings",
    params(("name" = String, Path, description = "The rule's name in the regulation")),
    responses((status = 200, description = "Rulings", body = Page<RulingShown>), Problem)
)]
async fn rulings_about(
    State(state): State<AppState>,
    Caller(actor): Caller,
    Path(name): Path<String>,
) -> Result<Json<Page<RulingShown>>, Problem> {
    let rulings = rule::rulings_about(&state.store, &actor, &name).await?;
    let rulings = rulings.into_iter().map(RulingShown::of);
    Ok(Json(Page::whole(rulings.collect())))
}

/// A ruling to make about a rule.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct NewRuling {
    ruling: RulingName,
    /// Why.
    text: String,
}

/// What somebody rules about a rule.
#[derive(Clone, Copy, PartialEq, Eq, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
#[schema(as = Ruling)]
enum RulingName {
    /// It is kept as advice, or becomes advice.
    Advice,
    /// It is put back in force.
    InForce,
}

/// Keep a rule as advice, or put it back in force. Back in force it does not fall again on the same
/// evidence.
#[utoipa::path(
    post, path = "/api/v1/rules/{name}/ruling", tag = "rules", operation_id = "rule_rule",
    params(("name" = String, Path, description = "The rule's name in the regulation")),
    request_body = NewRuling,
    responses((status = 204, description = "It is so"), Problem)
)]
async fn rule_on(
    State(state): State<AppState>,
    Caller(actor): Caller,
    Path(name): Path<String>,
    Json(asked): Json<NewRuling>,
) -> Result<StatusCode, Problem> {
    let loaded = Loaded::of(&state, &actor).await?;
    let advice = asked.ruling == RulingName::Advice;
    let ruling = (advice, asked.text.as_str());
    let (office, now) = (loaded.office(), state.now());
    rule::rule_on(&state.store, &actor, office, &name, ruling, now).await?;
    Ok(StatusCode::NO_CONTENT)
}
