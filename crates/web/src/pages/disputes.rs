//! «Какие споры ждут решения?»: disputes with what was said, to be decided in place.

use std::collections::HashMap;

use app::accounts;
use app::life::decide;
use app::life::decision::Move;
use app::life::seen;
use app::permissions::Deed;
use askama::Template;
use axum::Router;
use axum::body::Body;
use axum::extract::State;
use axum::http::{Response, StatusCode};
use axum::routing::get;
use serde::Deserialize;
use wording::{Value, one_line, working_duration};

use super::finding::{Outcomes, Shown, Teller};
use super::outcomes::Done;
use super::{Member, Page, show};
use crate::extract::Query;
use crate::loaded::Loaded;
use crate::problem::Problem;
use crate::state::AppState;

/// Disputes on the page; the others come when these are decided.
const SHOWN: usize = 50;
/// Characters of what was said.
const LONG: usize = 4000;

pub(super) fn routes() -> Router<AppState> {
    Router::new().route("/disputes", get(list))
}

/// A dispute that waits.
struct Dispute {
    finding: Shown,
    /// Who disputes, since when, and how long that has been waiting.
    about: String,
    /// Why the finding is wrong, as they say.
    said: String,
}

#[derive(Template)]
#[template(path = "disputes.html")]
struct DisputesPage {
    page: Page,
    done: Option<Done>,
    zone: String,
    disputes: Vec<Dispute>,
    more: bool,
}

#[derive(Deserialize, Default)]
#[serde(default)]
struct Asked {
    #[serde(flatten)]
    outcomes: Outcomes,
}

async fn list(
    State(state): State<AppState>,
    member: Member,
    Query(asked): Query<Asked>,
) -> Result<Response<Body>, Problem> {
    let (now, actor, words) = (state.now(), &member.actor, member.words());
    actor.reach(Deed::JudgeDispute)?;
    let loaded = Loaded::of(&state, actor).await?;
    let (office, teller) = (loaded.office(), Teller::new(&loaded, &member, now));
    let mut waiting = seen::disputed(&state.store, actor, office, now).await?;
    let more = waiting.len() > SHOWN;
    waiting.truncate(SHOWN);
    let people = accounts::people(&state.store, actor, "", 1000).await?;
    let names: HashMap<&str, &str> = people
        .iter()
        .map(|person| (person.id.as_str(), person.name.as_str()))
        .collect();
    let mut disputes = Vec::new();
    for seen in &waiting {
        let id = &seen.finding.id;
        let made = decide::decisions_on(&state.store, actor, office, id, now).await?;
        let last = made.iter().rev().find(|made| made.made == Move::Disputed);
        let Some(last) = last else {
            continue;
        };
        let name = names.get(last.author.as_str()).copied().unwrap_or("—");
        let waited = office.clock("").work(last.at, now);
        let about = [
            ("name", Value::Text(one_line(name, 60).into())),
            ("at", teller.moment(last.at).into()),
            ("waited", working_duration(waited, words.0).into()),
        ];
        disputes.push(Dispute {
            finding: teller.finding(seen),
            about: words.say("dispute-about", &about),
            said: one_line(&last.text, LONG),
        });
    }
    let shown = DisputesPage {
        page: member.page(words.text("disputes-title")),
        done: asked.outcomes.told(&state, actor, &teller).await,
        zone: teller.version().zone.name().to_owned(),
        disputes,
        more,
    };
    Ok(show(StatusCode::OK, &shown))
}
