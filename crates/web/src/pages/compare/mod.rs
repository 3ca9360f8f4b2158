//! «Что изменилось?»: any two periods beside each other, judged by one version of the regulation.

mod asked;
mod list;
mod tables;

use app::compare::{self, Comparison};
use app::permissions::{Deed, Reach};
use askama::Template;
use axum::Router;
use axum::body::Body;
use axum::extract::State;
use axum::http::{Response, StatusCode};
use axum::routing::get;
use jiff::civil::Date;
use wording::{Value, one_line};

use super::change;
use super::field::{Field, Offer};
use super::lists::Lists;
use super::table::{Download, Table};
use super::{Member, Page, Words, show};
use crate::extract::Query;
use crate::loaded::Loaded;
use crate::problem::Problem;
use crate::state::AppState;
use ::figures::compare::Pair;
use asked::Asked;
use tables::Tables;

pub(super) fn routes() -> Router<AppState> {
    Router::new()
        .route("/compare", get(compared))
        .route("/compare/findings", get(list::findings))
}

/// A pair of periods that is offered.
struct Offered {
    label: String,
    href: String,
    chosen: bool,
}

/// What stands above the tables.
struct Head {
    /// The periods in words.
    spans: [String; 2],
    /// What the company's change tells, and how sure that is.
    told: String,
    sure: String,
    /// By which version both are judged.
    version: String,
    /// What should be known before reading on.
    warnings: Vec<String>,
    zone: String,
}

#[derive(Template)]
#[template(path = "compare.html")]
struct ComparePage {
    page: Page,
    offers: Vec<Offered>,
    dates: [String; 4],
    around: String,
    versions: Option<Field>,
    head: Head,
    people: Table,
    rules: Table,
    stages: Table,
}

/// The company's day, and the versions of its regulation in force.
struct Ground {
    today: Date,
    versions: Vec<Offer>,
}

/// Only for whoever sees figures of the whole company.
async fn ground(state: &AppState, member: &Member) -> Result<Ground, Problem> {
    match member.actor.reach(Deed::SeeFigures)? {
        Reach::All => {}
        _ => return Err(app::Error::Denied(Deed::SeeFigures).into()),
    }
    let words = member.words();
    let loaded = Loaded::of(state, &member.actor).await?;
    let regulation = loaded.audit().live().regulation();
    let versions = regulation.versions().iter().map(|version| {
        let since = match version.effective {
            None => words.text("compare-since-ever"),
            Some(date) => words.named("compare-since", &wording::date(date, words.0)),
        };
        let name = one_line(&version.name, 60);
        (compare::name_of(version), format!("{name}, {since}"))
    });
    Ok(Ground {
        today: regulation.latest().zone.date(state.now()),
        versions: versions.collect(),
    })
}

async fn compared(
    State(state): State<AppState>,
    member: Member,
    Query(asked): Query<Asked>,
    Query(download): Query<Download>,
) -> Result<Response<Body>, Problem> {
    let (now, words) = (state.now(), member.words());
    let ground = ground(&state, &member).await?;
    let pair = asked.pair(ground.today);
    let sees = Lists::of(&member.actor).sees_findings();
    let read = |found: &Comparison<'_>| {
        let version = compare::name_of(found.version);
        let list = match sees {
            true => asked::address(pair, "/compare/findings", &version),
            false => String::new(),
        };
        let tables = Tables::new(found, &member, list);
        let versions = ground.versions.clone();
        ComparePage {
            page: member.page(words.text("compare-title")),
            offers: offers(pair, &asked.version, ground.today, words),
            dates: asked::dates(pair),
            around: asked.around.clone(),
            versions: (versions.len() > 1)
                .then(|| Field::one_of(words, "version", &version, versions)),
            head: head(found, pair, ground.today, words),
            people: tables.people(),
            rules: tables.rules(),
            stages: tables.stages(),
        }
    };
    let asked_for = asked.wanted(pair);
    let shown = compare::compare(&state.audits, &member.actor, asked_for, now, read).await?;
    let tables = [&shown.people, &shown.rules, &shown.stages];
    if let Some(file) = download.answer(words, &tables)? {
        return Ok(file);
    }
    Ok(show(StatusCode::OK, &shown))
}

fn offers(pair: Pair, version: &str, today: Date, words: Words) -> Vec<Offered> {
    let offers = asked::offers(today).into_iter();
    let offered = offers.map(|(label, offer)| Offered {
        label: words.text(label),
        href: asked::address(offer, "/compare", version),
        chosen: offer == pair,
    });
    offered.collect()
}

fn head(found: &Comparison<'_>, pair: Pair, today: Date, words: Words) -> Head {
    let [before, after] = pair.lengths();
    let mut warnings = Vec::new();
    if found.sides.changes.is_none() {
        warnings.push(words.text("compare-overlap"));
    } else if pair.is_uneven() {
        let of = [
            ("before", Value::Count(before)),
            ("after", Value::Count(after)),
        ];
        warnings.push(words.say("compare-lengths", &of));
    }
    if found
        .sides
        .spans
        .iter()
        .any(|span| span.dates().1 > Some(today))
    {
        warnings.push(words.text("compare-not-over"));
    }
    if found.is_rejudged {
        warnings.push(words.text("compare-rejudged"));
    }
    let company = found.sides.changes.as_ref().and_then(|all| all.company);
    let told = company.map(|change| change::told(words, &change));
    let since = match found.version.effective {
        None => words.text("compare-since-ever"),
        Some(date) => words.named("compare-since", &wording::date(date, words.0)),
    };
    let version = format!("{}, {since}", one_line(&found.version.name, 60));
    Head {
        spans: found.sides.spans.map(|span| report::span(span, words.0)),
        told: told
            .as_ref()
            .map_or_else(|| words.text("compare-not-told"), |told| told.shown(&words)),
        sure: told.map_or_else(String::new, |told| told.small),
        version: words.named("compare-version", &version),
        warnings,
        zone: found.sides.audited.zone().name().to_owned(),
    }
}
