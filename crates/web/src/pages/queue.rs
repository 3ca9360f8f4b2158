//! «Что передать дальше?»: findings made by hand that wait for the coordinator, each passed on,
//! reworded, left out or put off in its row.

use std::collections::BTreeMap;

use app::Error;
use app::accounts;
use app::life::by_hand::{self, Route};
use app::life::hand::Target;
use app::life::seen::{self, Seen};
use app::permissions::Deed;
use askama::Template;
use axum::Router;
use axum::body::Body;
use axum::extract::{Form, Path, State};
use axum::http::{Response, StatusCode};
use axum::response::Redirect;
use axum::routing::{get, post};
use serde::Deserialize;
use wording::{one_line, working_duration};

use super::address::{self, local, with};
use super::finding::{Shown, Teller};
use super::outcomes::Done;
use super::{Member, Page, show};
use crate::extract::Query;
use crate::loaded::Loaded;
use crate::problem::Problem;
use crate::state::AppState;

/// Findings on the page; the others come when these are done with.
const SHOWN: usize = 30;
/// How many may be put off at once: their ids stand in the address.
const PUT_OFF: usize = 40;

pub(super) fn routes() -> Router<AppState> {
    Router::new()
        .route("/queue", get(list))
        .route("/queue/findings/{id}", post(route))
}

/// A finding that waits.
struct Waiting {
    finding: Shown,
    /// Who made it, when, and how long it has been waiting.
    about: String,
    /// The event that it is pinned to, and its place on the deal's page.
    event: String,
    event_href: String,
    /// As the specialist wrote it.
    text: String,
    recommendation: String,
    /// The list without it.
    skip: String,
}

#[derive(Template)]
#[template(path = "queue.html")]
struct QueuePage {
    page: Page,
    done: Option<Done>,
    zone: String,
    count: String,
    waiting: Vec<Waiting>,
    /// How many were put off, and the list with them.
    put_off: String,
    all: &'static str,
    more: bool,
    /// This page's own address.
    next: String,
}

#[derive(Deserialize, Default)]
#[serde(default)]
struct Asked {
    /// Ids of findings that are put off, with commas between them.
    skip: String,
    done: String,
    way: String,
    refused: String,
}

impl Asked {
    fn skipped(&self) -> Vec<&str> {
        let ids = self.skip.split(',').filter(|id| !id.is_empty());
        ids.take(PUT_OFF).collect()
    }
}

async fn list(
    State(state): State<AppState>,
    member: Member,
    Query(asked): Query<Asked>,
) -> Result<Response<Body>, Problem> {
    let (now, actor, words) = (state.now(), &member.actor, member.words());
    actor.reach(Deed::PassOn)?;
    let names = accounts::names(&state.store, actor).await?;
    let loaded = Loaded::of(&state, actor).await?;
    let (office, teller) = (loaded.office(), Teller::new(&loaded, &member, now));
    let all = by_hand::waiting(&state.store, actor, office, now).await?;
    let skipped = asked.skipped();
    let (put_off, open): (Vec<&Seen>, Vec<&Seen>) = all
        .iter()
        .partition(|seen| skipped.contains(&seen.finding.id.as_str()));
    let waiting = open.iter().take(SHOWN);
    let waiting = waiting.map(|seen| one(&teller, seen, (&names, &asked.skip)));
    let shown = QueuePage {
        page: member.page(words.text("queue-title")),
        done: done(&state, &member, &teller, &asked).await,
        zone: teller.version().zone.name().to_owned(),
        count: words.count("queue-count", all.len()),
        more: open.len() > SHOWN,
        waiting: waiting.collect(),
        put_off: match put_off.len() {
            0 => String::new(),
            count => words.count("queue-put-off", count),
        },
        all: "/queue",
        next: with("/queue", &[("skip", &asked.skip)]),
    };
    Ok(show(StatusCode::OK, &shown))
}

fn one(
    teller: &Teller<'_>,
    seen: &Seen,
    (names, skip): (&BTreeMap<String, String>, &str),
) -> Waiting {
    let words = teller.words;
    let (maker, text, recommendation, event) = match &seen.hand {
        Some(hand) => (
            hand.maker.as_str(),
            hand.way.text.clone(),
            hand.way.recommendation.clone(),
            place(teller, seen, hand.target),
        ),
        None => Default::default(),
    };
    let name = names.get(maker).map_or("—", String::as_str);
    let since = seen.finding.raised_at;
    let waited = teller.office.clock("").work(since, teller.now);
    let about = [
        ("name", one_line(name, 60).into()),
        ("at", teller.moment(since).into()),
        ("waited", working_duration(waited, words.0).into()),
    ];
    let mut skipped = skip.to_owned();
    skipped.push(',');
    skipped.push_str(&seen.finding.id);
    let (event, event_href) = event;
    Waiting {
        finding: teller.finding(seen),
        about: words.say("queue-about", &about),
        event,
        event_href,
        text,
        recommendation,
        skip: with("/queue", &[("skip", skipped.trim_start_matches(','))]),
    }
}

/// What a finding is about, in words, and where it stands on its deal's page; no address: it is about
/// no deal.
fn place(teller: &Teller<'_>, seen: &Seen, target: Target) -> (String, String) {
    let (row, words) = (&seen.finding, teller.words);
    let about = words.word("target", target.as_str());
    let href = match teller.deal(&row.deal).1.is_empty() {
        true => String::new(),
        false => address::place(&row.deal, &row.id),
    };
    (format!("{about}, {}", teller.moment(row.at)), href)
}

/// What was just done.
async fn done(
    state: &AppState,
    member: &Member,
    teller: &Teller<'_>,
    asked: &Asked,
) -> Option<Done> {
    if asked.done.is_empty() {
        return None;
    }
    let (words, actor) = (teller.words, &member.actor);
    let seen = seen::see(&state.store, actor, teller.office, &asked.done, teller.now).await;
    let what = match (asked.refused.as_str(), asked.way.as_str()) {
        ("text" | "reason" | "conflict", _) => words.word("queue-refused", &asked.refused),
        (_, "exempt") => words.text("queue-exempted"),
        _ => words.text("queue-passed-on"),
    };
    let more = teller.finding(&seen.ok()?).message;
    Some(Done::plain(what, more, !asked.refused.is_empty()))
}

#[derive(Deserialize)]
struct Routing {
    form_token: String,
    /// `pass_on` or `exempt`.
    r#do: String,
    #[serde(default)]
    text: String,
    #[serde(default)]
    recommendation: String,
    #[serde(default)]
    reason: String,
    /// Where to go on.
    #[serde(default)]
    next: String,
}

/// Passes a finding on, or decides that nobody should pay attention, and goes back to the list.
async fn route(
    State(state): State<AppState>,
    member: Member,
    Path(id): Path<String>,
    Form(form): Form<Routing>,
) -> Result<Redirect, Problem> {
    member.visitor.check(&form.form_token)?;
    let way = match form.r#do.as_str() {
        "pass_on" => Route::PassOn {
            text: Some(form.text.trim().to_owned()),
            recommendation: Some(form.recommendation.trim().to_owned()),
        },
        "exempt" => Route::Exempt {
            reason: form.reason.trim().to_owned(),
        },
        _ => return Err(Problem::field("do", "unfit", "no such deed")),
    };
    let loaded = Loaded::of(&state, &member.actor).await?;
    let office = loaded.office();
    let routed = by_hand::route(
        &state.store,
        &member.actor,
        office,
        (&id, &way),
        state.now(),
    )
    .await;
    let refused = match routed {
        Ok(_) => "",
        Err(Error::Conflict(_)) => "conflict",
        Err(Error::Invalid(faults)) => match faults.first().map(|fault| fault.field) {
            Some("reason") => "reason",
            _ => "text",
        },
        Err(error) => return Err(error.into()),
    };
    let next = match local(&form.next) {
        "/" => "/queue",
        next => next,
    };
    let told = [
        ("done", id.as_str()),
        ("way", &form.r#do),
        ("refused", refused),
    ];
    Ok(Redirect::to(&with(next, &told)))
}
