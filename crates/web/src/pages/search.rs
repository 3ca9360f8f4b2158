//! «Что нашлось?»: deals, people and texts by words.

use app::search::{self, Found, FoundText};
use askama::Template;
use axum::Router;
use axum::body::Body;
use axum::extract::State;
use axum::http::{Response, StatusCode};
use axum::routing::get;
use serde::Deserialize;
use wording::one_line;

use super::address::{self, with};
use super::finding::Teller;
use super::{Member, Page, show};
use crate::extract::Query;
use crate::loaded::Loaded;
use crate::problem::Problem;
use crate::state::AppState;

pub(super) fn routes() -> Router<AppState> {
    Router::new().route("/search", get(find))
}

/// A line that leads somewhere.
struct Line {
    href: String,
    title: String,
    /// What stands beside it.
    about: String,
    /// The text found, in pieces, and whether each is one of the words.
    pieces: Vec<(String, bool)>,
}

#[derive(Template)]
#[template(path = "search.html")]
struct SearchPage {
    page: Page,
    question: String,
    zone: String,
    deals: Vec<Line>,
    people: Vec<Line>,
    texts: Vec<Line>,
    more: bool,
}

#[derive(Deserialize, Default)]
#[serde(default)]
struct Asked {
    q: String,
}

async fn find(
    State(state): State<AppState>,
    member: Member,
    Query(asked): Query<Asked>,
) -> Result<Response<Body>, Problem> {
    let (now, actor, words) = (state.now(), &member.actor, member.words());
    let found = search::search(&state.audits, actor, &asked.q, now).await?;
    let loaded = Loaded::of(&state, actor).await?;
    let teller = Teller::new(&loaded, &member, now);
    let shown = SearchPage {
        page: member.page(words.text("search-title")),
        zone: teller.version().zone.name().to_owned(),
        deals: deals(&found, &teller),
        people: people(&found),
        texts: found.texts.iter().map(|text| line(text, &teller)).collect(),
        more: found.more,
        question: asked.q,
    };
    Ok(show(StatusCode::OK, &shown))
}

fn deals(found: &Found, teller: &Teller<'_>) -> Vec<Line> {
    let line = |deal: &search::FoundDeal| Line {
        href: address::deal(&deal.id),
        title: title(teller, &deal.title, &deal.id),
        about: [
            one_line(&deal.stage, 60),
            teller.employee(&deal.responsible),
        ]
        .into_iter()
        .filter(|part| !part.is_empty())
        .collect::<Vec<_>>()
        .join(" · "),
        pieces: Vec::new(),
    };
    found.deals.iter().map(line).collect()
}

fn people(found: &Found) -> Vec<Line> {
    let line = |person: &search::FoundPerson| Line {
        href: with("/findings", &[("employee", &person.id)]),
        title: one_line(&person.name, 80),
        about: String::new(),
        pieces: Vec::new(),
    };
    found.people.iter().map(line).collect()
}

fn line(text: &FoundText, teller: &Teller<'_>) -> Line {
    let kind = teller.words.text(&format!("kind-{}", text.kind.as_str()));
    Line {
        href: address::deal(&text.deal),
        title: title(teller, &text.title, &text.deal),
        about: format!("{kind}, {}", teller.moment(text.at)),
        pieces: text.pieces.clone(),
    }
}

/// What a deal is called.
fn title(teller: &Teller<'_>, title: &str, id: &str) -> String {
    match title.is_empty() {
        true => format!("{} {}", teller.words.text("deal-title"), one_line(id, 80)),
        false => one_line(title, 120),
    }
}
