//! «Кому сейчас не сообщают?»: pauses of notices, of a person or of the whole company.

use app::Instant;
use app::telling::pauses;
use axum::Router;
use axum::body::Body;
use axum::extract::{Form as Sent, State};
use axum::http::{Response, StatusCode};
use axum::response::{IntoResponse, Redirect};
use axum::routing::{get, post};
use jiff::civil::Date;
use serde::Deserialize;
use wording::one_line;

use super::{Told, faults};
use crate::extract::Query;
use crate::loaded::Loaded;
use crate::pages::form::{Choice, Field, Form};
use crate::pages::sheet::{Block, Sheet};
use crate::pages::{Member, Words};
use crate::problem::Problem;
use crate::state::AppState;

pub(super) fn routes() -> Router<AppState> {
    Router::new()
        .route("/admin/pauses", get(show).post(make))
        .route("/admin/pauses/end", post(end))
}

/// A pause as it is typed.
#[derive(Deserialize, Default)]
#[serde(default)]
struct Typed {
    form_token: String,
    person: String,
    until: String,
    reason: String,
}

/// Which pause is to end.
#[derive(Deserialize)]
struct Ended {
    form_token: String,
    pause: String,
}

/// Everybody in a choice of people: an id is never this.
const COMPANY: &str = "*";

impl Typed {
    fn form(&self, words: Words, people: Vec<(String, String)>, company: bool) -> Form {
        let everybody = Choice::new(COMPANY, words.text("pauses-company"));
        let people = people.into_iter();
        let people = people.map(|(id, name)| Choice::new(id, one_line(&name, 80)));
        let choices: Vec<Choice> = people.chain(company.then_some(everybody)).collect();
        let first = choices.first().map(|one| one.value.clone());
        let chosen = match self.person.is_empty() {
            true => first.unwrap_or_default(),
            false => self.person.clone(),
        };
        Form::doing("pause", "/admin/pauses", words.text("pauses-make"))
            .with(Field::choice(
                words,
                "person",
                "pauses-whose",
                &chosen,
                choices,
            ))
            .with(Field::day(words, "until", "pauses-last", &self.until))
            .with(Field::text(words, "reason", "pauses-reason", &self.reason))
    }
}

async fn page(
    state: &AppState,
    member: &Member,
    typed: &Typed,
    wrong: &[app::Fault],
) -> Result<Sheet, Problem> {
    let (now, actor, words) = (state.now(), &member.actor, member.words());
    let loaded = Loaded::of(state, actor).await?;
    let office = loaded.office();
    let (people, company) = pauses::whom(&state.store, actor, office, now).await?;
    let holding = pauses::holding(&state.store, actor, office, now).await?;
    let zone = &office.version().zone;
    let mut sheet = Sheet::new(member.page(words.text("pauses-title"))).lead("pauses-about");
    if holding.is_empty() {
        sheet = sheet.text("pauses-none");
    }
    let mut ends = Vec::new();
    for pause in &holding {
        let known = people.iter().find(|(id, _)| *id == pause.person);
        let whose = match pause.person.as_str() {
            "" => words.text("pauses-company"),
            _ => known.map_or_else(String::new, |(_, name)| one_line(name, 80)),
        };
        let until = wording::moment(zone.datetime(pause.until()), words.0);
        let said = [
            ("whose", whose.into()),
            ("until", until.into()),
            ("reason", one_line(&pause.reason, 200).into()),
        ];
        sheet = sheet.with(Block::Text(words.say("pauses-one", &said)));
        if company || known.is_some() {
            let label = words.say("pauses-one", &said);
            ends.push(Choice::new(pause.id.clone(), label));
        }
    }
    if let Some(first) = ends.first() {
        let first = first.value.clone();
        let form = Form::doing("end", "/admin/pauses/end", words.text("pauses-end"));
        sheet = sheet.form(form.with(Field::choice(words, "pause", "pauses-which", &first, ends)));
    }
    let form = typed.form(words, people, company).faulted(words, wrong);
    Ok(sheet.heading("pauses-new").form(form))
}

async fn show(
    State(state): State<AppState>,
    member: Member,
    Query(told): Query<Told>,
) -> Result<Response<Body>, Problem> {
    let sheet = page(&state, &member, &Typed::default(), &[]).await?;
    Ok(sheet.told(&told.done).show())
}

async fn make(
    State(state): State<AppState>,
    member: Member,
    Sent(typed): Sent<Typed>,
) -> Result<Response<Body>, Problem> {
    member.visitor.check(&typed.form_token)?;
    let (now, actor) = (state.now(), &member.actor);
    let loaded = Loaded::of(&state, actor).await?;
    let until = last_instant(&loaded, &typed.until);
    let person = match typed.person.as_str() {
        COMPANY => "",
        person => person,
    };
    let made = match until {
        Some(until) => {
            let pause = (person, until, typed.reason.as_str());
            pauses::make(&state.store, actor, loaded.office(), pause, now).await
        }
        None => Err(app::Fault::new("until", "day", "a day").into()),
    };
    match made {
        Ok(_) => Ok(Redirect::to("/admin/pauses?done=saved").into_response()),
        Err(error) => {
            let (status, faults): (StatusCode, _) = faults(error)?;
            drop(loaded);
            Ok(page(&state, &member, &typed, &faults)
                .await?
                .show_as(status))
        }
    }
}

/// The end of a day as it is typed.
fn last_instant(loaded: &Loaded, day: &str) -> Option<Instant> {
    let day: Date = day.trim().parse().ok()?;
    Some(loaded.office().version().zone.end_of_day(day))
}

async fn end(
    State(state): State<AppState>,
    member: Member,
    Sent(typed): Sent<Ended>,
) -> Result<Response<Body>, Problem> {
    member.visitor.check(&typed.form_token)?;
    let loaded = Loaded::of(&state, &member.actor).await?;
    let office = loaded.office();
    pauses::end(
        &state.store,
        &member.actor,
        office,
        &typed.pause,
        state.now(),
    )
    .await?;
    Ok(Redirect::to("/admin/pauses?done=saved").into_response())
}
