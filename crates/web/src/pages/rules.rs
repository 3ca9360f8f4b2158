//! The rules of the company: what each is for, how to mend what it finds, and what it demands here.

use app::permissions::Deed;
use askama::Template;
use audit::document::{Example, indicator_title, told};
use audit::message::{catalogue, default_value};
use audit::regulation::describe_entry;
use axum::Router;
use axum::body::Body;
use axum::extract::{Path, State};
use axum::http::{Response, StatusCode};
use axum::routing::get;

use super::finding::Teller;
use super::table::{Cell, Download, Row, Table};
use super::{Member, Page, address, show};
use crate::extract::Query;
use crate::loaded::Loaded;
use crate::problem::Problem;
use crate::state::AppState;

pub(super) fn routes() -> Router<AppState> {
    Router::new()
        .route("/rules", get(list))
        .route("/rules/{name}", get(one))
}

#[derive(Template)]
#[template(path = "rules.html")]
struct RulesPage {
    page: Page,
    regulation: String,
    rules: Table,
}

async fn list(
    State(state): State<AppState>,
    member: Member,
    Query(download): Query<Download>,
) -> Result<Response<Body>, Problem> {
    member.actor.reach(Deed::ReadRegulation)?;
    let words = member.words();
    let loaded = Loaded::of(&state, &member.actor).await?;
    let teller = Teller::new(&loaded, &member, state.now());
    let version = teller.version();
    let enabled = version.entries.iter().filter(|entry| entry.enabled);
    let mut entries: Vec<_> = enabled.collect();
    entries.sort_by_key(|entry| entry.indicator());
    let mut rules = Table::new(&member, "rules", words.text("rules-title"))
        .column(words.text("col-rule"))
        .column(words.text("filter-severity"));
    for entries in entries.chunk_by(|a, b| a.indicator() == b.indicator()) {
        let indicator = indicator_title(catalogue(words.0), entries[0].indicator());
        rules.push(Row::sum(vec![Cell::text(indicator), Cell::text("")]));
        for entry in entries {
            let title = Cell::text(entry.title(words.0)).to(address::rule(&entry.name));
            let severity = Cell::severity(words, entry.severity);
            rules.push(Row::of(vec![title, severity]).below());
        }
    }
    if let Some(file) = download.answer(words, &[&rules])? {
        return Ok(file);
    }
    let shown = RulesPage {
        regulation: version.name.clone(),
        rules,
        page: member.page(words.text("rules-title")),
    };
    Ok(show(StatusCode::OK, &shown))
}

#[derive(Template)]
#[template(path = "rule.html")]
struct RulePage {
    page: Page,
    severity: &'static str,
    indicator: String,
    purpose: &'static str,
    mend: &'static str,
    /// What the regulation demands by it.
    demands: Vec<String>,
    /// The findings of this rule, for whoever may see some.
    findings: Option<String>,
    breaks: Example,
    keeps: Example,
    settings: &'static str,
    /// Name, value unless set, meaning.
    params: Vec<[String; 3]>,
}

async fn one(
    State(state): State<AppState>,
    member: Member,
    Path(name): Path<String>,
) -> Result<Response<Body>, Problem> {
    member.actor.reach(Deed::ReadRegulation)?;
    let lang = member.words().0;
    let loaded = Loaded::of(&state, &member.actor).await?;
    let teller = Teller::new(&loaded, &member, state.now());
    let absent = || Problem::new(crate::problem::Kind::NotFound, "there is no such rule");
    let (version, entry) = teller.entry(&name).ok_or_else(absent)?;
    let rule = entry.rule;
    let params = rule.params.iter().map(|param| {
        [
            param.name.to_owned(),
            default_value(param.kind),
            param.help.get(lang).to_owned(),
        ]
    });
    let sees = member.actor.whose(Deed::SeeFindings).is_ok();
    let shown = RulePage {
        page: member.page(entry.title(lang).to_owned()),
        severity: entry.severity.as_str(),
        indicator: indicator_title(catalogue(lang), entry.indicator()),
        purpose: rule.texts.purpose.get(lang),
        mend: rule.texts.mend.get(lang),
        demands: describe_entry(version, entry, lang),
        findings: sees.then(|| address::with("/findings", &[("rule", &name)])),
        breaks: told(rule, rule.examples.breaks, lang),
        keeps: told(rule, rule.examples.keeps, lang),
        settings: rule.examples.settings,
        params: params.collect(),
    };
    Ok(show(StatusCode::OK, &shown))
}
