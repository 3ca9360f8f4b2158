//! What another regulation would have found.

use app::what_if::{self, Line, Tried, WhatIf};
use audit::regulation::Light;
use audit::regulation::edit::NewValue;
use axum::extract::State;
use figures::Span;
use figures::light::Tally;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;
use wording::Lang;

use super::figures::{CountShown, LightShown, count, light};
use super::{Language, some};
use crate::extract::{Caller, Json, Query};
use crate::problem::Problem;
use crate::state::AppState;

pub(crate) fn routes() -> OpenApiRouter<AppState> {
    OpenApiRouter::new().routes(routes!(ask))
}

/// What is tried: a whole text, or some keys of a rule of the version in force.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct WhatIfAsked {
    /// A regulation, in TOML.
    text: Option<String>,
    /// The name of a rule in force.
    #[schema(example = "first-response")]
    rule: Option<String>,
    /// Keys of this rule and their values: `limit`, `severity`, `enabled`, or `limits` with a value
    /// for each stage.
    #[serde(default)]
    #[schema(value_type = Object, example = json!({ "limit": "10m" }))]
    set: Map<String, Value>,
    /// The first day; the last year without `from` and `to`.
    #[schema(example = "2026-01-01")]
    from: Option<String>,
    /// The last day.
    to: Option<String>,
}

/// What would have been. The most that could have been found: people react to rules.
#[derive(Serialize, ToSchema)]
struct WouldBe {
    #[serde(skip_serializing_if = "Option::is_none")]
    from: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    to: Option<String>,
    /// Of the rules that differ, `before` is judged by the version in force alone: for a part of the
    /// time another one was in force.
    rejudged: bool,
    all: WouldCount,
    rules: Vec<WouldCountOf>,
    stages: Vec<WouldCountOf>,
    /// Whom it is held against, without a name nobody; empty where you see nobody's figures.
    employees: Vec<WouldCountOf>,
    /// The company's light.
    light: WouldLight,
    /// The lights of groups that change colour.
    groups: Vec<WouldLightOf>,
    /// The lights of employees that change colour.
    lights: Vec<WouldLightOf>,
}

/// Findings before and after.
#[derive(Serialize, ToSchema)]
struct WouldCount {
    before: CountShown,
    after: CountShown,
    /// Found after alone.
    new: u64,
    /// Found before alone.
    gone: u64,
}

/// Findings of a rule, a stage or an employee before and after.
#[derive(Serialize, ToSchema)]
struct WouldCountOf {
    /// The rule's name, or the id in the CRM; absent: none.
    #[serde(skip_serializing_if = "Option::is_none")]
    id: Option<String>,
    name: String,
    #[serde(flatten)]
    count: WouldCount,
}

/// A light before and after.
#[derive(Serialize, ToSchema)]
struct WouldLight {
    before: LightShown,
    after: LightShown,
}

/// The light of a group or an employee before and after.
#[derive(Serialize, ToSchema)]
struct WouldLightOf {
    id: String,
    name: String,
    #[serde(flatten)]
    light: WouldLight,
}

fn of_line(line: &Line) -> WouldCount {
    WouldCount {
        before: count(&line.before),
        after: count(&line.after),
        new: line.new,
        gone: line.gone,
    }
}

fn of_tally((before, after): (&Tally, &Tally), settings: [&Light; 2]) -> WouldLight {
    WouldLight {
        before: light(before, None, settings[0]),
        after: light(after, None, settings[1]),
    }
}

fn would_be(what_if: &WhatIf<'_>, lang: Lang) -> WouldBe {
    let (before, after) = (what_if.before, what_if.after);
    let history = after.audited.history;
    let (people, stages) = (&history.people, &history.pipelines);
    let settings = what_if.light_settings();
    let (from, to) = what_if.span.dates();
    let date = |date: Option<Date>| date.map(|date| date.to_string());
    let of = |id: &str, name: &str, line: &Line| WouldCountOf {
        id: some(id),
        name: name.to_owned(),
        count: of_line(line),
    };
    let group = |id: history::GroupId| people.groups.get(id.index()).map_or("", |one| &one.name);
    let lamp = |id: &str, name: &str, tallies: (&Tally, &Tally)| WouldLightOf {
        id: id.to_owned(),
        name: name.to_owned(),
        light: of_tally(tallies, settings),
    };
    let changed = what_if.changed_lights();
    WouldBe {
        from: date(from),
        to: date(to),
        rejudged: what_if.rejudged,
        all: of_line(&what_if.all()),
        rules: what_if
            .rules()
            .iter()
            .map(|(rule, line)| of(rule, what_if.title(rule, lang), line))
            .collect(),
        stages: what_if
            .stages()
            .iter()
            .map(|(id, line)| of(stages.stage_ids.get(id.0), stages.stage_name(*id), line))
            .collect(),
        employees: what_if
            .people()
            .iter()
            .map(|(id, line)| of(people.ids.get(id.0), people.name(*id), line))
            .collect(),
        light: of_tally((&before.lights.company, &after.lights.company), settings),
        groups: changed
            .groups
            .iter()
            .map(|(id, old, new)| lamp(people.group_ids.get(id.0), group(*id), (old, new)))
            .collect(),
        lights: changed
            .people
            .iter()
            .map(|(id, old, new)| lamp(people.ids.get(id.0), people.name(*id), (old, new)))
            .collect(),
    }
}

/// What is tried, as the body says it.
fn tried(asked: &WhatIfAsked) -> Result<Tried, Problem> {
    match (&asked.text, &asked.rule) {
        (Some(text), None) if asked.set.is_empty() => Ok(Tried::Text(text.clone())),
        (None, Some(rule)) => {
            let mut values = Vec::new();
            flat(&mut Vec::new(), &asked.set, &mut values)?;
            let rule = rule.clone();
            Ok(Tried::Values { rule, values })
        }
        _ => {
            let told = "give either `text`, or `rule` and `set`";
            Err(Problem::field("text", "unfit", told))
        }
    }
}

/// Keys and values, a path each.
fn flat(
    path: &mut Vec<String>,
    set: &Map<String, Value>,
    values: &mut Vec<(Vec<String>, NewValue)>,
) -> Result<(), Problem> {
    for (key, value) in set {
        path.push(key.clone());
        let new = match value {
            Value::String(text) => NewValue::Text(text.clone()),
            Value::Bool(flag) => NewValue::Flag(*flag),
            Value::Number(number) => match (number.as_i64(), number.as_f64()) {
                (Some(whole), _) => NewValue::Whole(whole),
                (None, Some(number)) => NewValue::Number(number),
                (None, None) => return Err(unfit()),
            },
            Value::Object(inner) if path.len() == 1 => {
                flat(path, inner, values)?;
                path.pop();
                continue;
            }
            _ => return Err(unfit()),
        };
        values.push((path.clone(), new));
        path.pop();
    }
    Ok(())
}

fn unfit() -> Problem {
    let told = "a text, a number, yes or no, or such values by stage";
    Problem::field("set", "unfit", told)
}

fn span(asked: &WhatIfAsked) -> Result<Option<Span>, Problem> {
    let date = |field: &'static str, text: &Option<String>| -> Result<Option<Date>, Problem> {
        let Some(text) = text else { return Ok(None) };
        let parsed = text.parse().map(Some);
        parsed.map_err(|_| Problem::field(field, "date", "a date like 2026-03-01"))
    };
    let (from, to) = (date("from", &asked.from)?, date("to", &asked.to)?);
    Ok((from.is_some() || to.is_some()).then(|| Span::days(from, to)))
}

/// Try another regulation on the last year: what it would have found, by rule, stage and employee,
/// and which lights would change. For whoever manages the regulation or sees everybody's figures.
#[utoipa::path(
    post, path = "/api/v1/regulation/what-if", tag = "regulation",
    operation_id = "regulation_what_if", params(Language), request_body = WhatIfAsked,
    responses((status = 200, description = "What would have been", body = WouldBe), Problem)
)]
async fn ask(
    State(state): State<AppState>,
    Caller(actor): Caller,
    Query(language): Query<Language>,
    Json(asked): Json<WhatIfAsked>,
) -> Result<Json<WouldBe>, Problem> {
    let lang = language.lang()?;
    let (tried, span) = (tried(&asked)?, span(&asked)?);
    let when = (lang, state.now());
    let read = |what_if: &WhatIf<'_>| would_be(what_if, lang);
    let asked = (&tried, span);
    Ok(Json(
        what_if::what_if(&state.audits, &actor, asked, when, read).await?,
    ))
}
