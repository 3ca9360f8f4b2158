//! «Настройка»: people, employees, hours, settings, tokens, failed jobs and the journal. Findings and
//! figures are none of its business.

mod absences;
mod calendar;
mod chats;
mod employee;
mod employees;
mod groups;
mod import;
mod jobs;
mod journal;
mod kept;
mod overview;
mod pauses;
mod people;
mod person;
mod places;
mod reach;
mod reports;
mod settings;
mod shifts;
mod telling;
mod tokens;
mod webhooks;

use app::permissions::{Access, Deed, Reach};
use app::{Actor, Error, Fault, Instant};
use axum::Router;
use axum::http::{HeaderMap, StatusCode};
use history::{AbsenceKind, Role};
use serde::Deserialize;
use worktime::Zone;

use super::form::{Choice, Form};
use super::sheet::Sheet;
use super::table::{Cell, Value};
use super::{Member, Words};
use crate::loaded::Loaded;
use crate::problem::Problem;
use crate::state::AppState;

/// Rows on one page.
const SHOWN: usize = 50;

pub(super) fn routes() -> Router<AppState> {
    Router::new()
        .merge(overview::routes())
        .merge(people::routes())
        .merge(person::routes())
        .merge(employees::routes())
        .merge(employee::routes())
        .merge(places::routes())
        .merge(groups::routes())
        .merge(shifts::routes())
        .merge(absences::routes())
        .merge(calendar::routes())
        .merge(reports::routes())
        .merge(kept::routes())
        .merge(settings::routes())
        .merge(telling::routes())
        .merge(pauses::routes())
        .merge(tokens::routes())
        .merge(jobs::routes())
        .merge(journal::routes())
        .merge(import::routes())
        .merge(reach::routes())
        .merge(chats::routes())
        .merge(webhooks::routes())
}

/// What was just done, in the address.
#[derive(Deserialize, Default)]
#[serde(default)]
struct Told {
    done: String,
}

/// A form that carries nothing but its token.
#[derive(Deserialize)]
struct Plain {
    form_token: String,
}

/// What is wrong with a form, where that is what went wrong.
fn faults(error: Error) -> Result<(StatusCode, Vec<Fault>), Problem> {
    match error {
        Error::Invalid(faults) => Ok((StatusCode::UNPROCESSABLE_ENTITY, faults)),
        Error::Clash(fault) => Ok((StatusCode::CONFLICT, vec![fault])),
        other => Err(other.into()),
    }
}

/// A page that asks whether something is to be done that cannot be taken back so easily.
fn confirm(member: &Member, title: String, why: &str, form: Form) -> Sheet {
    Sheet::new(member.page(title)).text(why).form(form)
}

/// Whether somebody may change what is said of employees.
fn manages(actor: &Actor) -> bool {
    matches!(actor.reach(Deed::ManageEmployees), Ok(Reach::All))
}

/// Whether somebody may do something at all.
fn may(actor: &Actor, deed: Deed) -> bool {
    actor.reach(deed).is_ok()
}

/// The zone in which the company's days are.
async fn zone(state: &AppState, member: &Member) -> Result<Zone, Problem> {
    let loaded = Loaded::of(state, &member.actor).await?;
    Ok(loaded.office().version().zone.clone())
}

/// A moment in a cell.
fn moment(zone: &Zone, at: Option<Instant>) -> Cell {
    at.map_or(Value::Empty, |at| Value::Moment(zone.datetime(at)))
        .into()
}

/// A day in a cell; what is no date stays as it is written.
fn day(text: &str) -> Cell {
    match text.parse() {
        Ok(date) => Value::Day(date).into(),
        Err(_) => some(text),
    }
}

/// A text in a cell, or nothing.
fn some(text: &str) -> Cell {
    match text {
        "" => Value::Empty.into(),
        text => Cell::text(wording::one_line(text, 120)),
    }
}

/// Nothing to choose.
fn none(words: Words) -> Choice {
    Choice::new("", words.text("admin-none"))
}

fn accesses(words: Words) -> Vec<Choice> {
    let choice = |access: Access| Choice::new(access.name(), words.access(access));
    Access::ALL.into_iter().map(choice).collect()
}

fn roles(words: Words) -> Vec<Choice> {
    let choice = |role: &Role| Choice::new(role.as_str(), role_word(words, role.as_str()));
    let named = Role::ALL.iter().map(choice);
    std::iter::once(none(words)).chain(named).collect()
}

/// What a role is called; what is none stays as it is written.
fn role_word(words: Words, role: &str) -> String {
    match Role::parse(role) {
        Some(role) => words.word("admin-role", role.as_str()),
        None => role.to_owned(),
    }
}

/// What an absence is called.
fn kind_word(words: Words, kind: &str) -> String {
    match AbsenceKind::parse(kind) {
        Some(kind) => words.word("absence", kind.as_str()),
        None => kind.to_owned(),
    }
}

/// The address that people use, without a path.
fn origin(state: &AppState, headers: &HeaderMap) -> String {
    if let Some(origin) = state.settings.origin() {
        return origin.to_owned();
    }
    let host = headers
        .get(axum::http::header::HOST)
        .and_then(|host| host.to_str().ok());
    host.map_or_else(String::new, |host| format!("http://{host}"))
}

/// Refuses those who may not change what is said of employees, before they are asked anything.
fn must_manage(actor: &Actor) -> Result<(), Error> {
    match manages(actor) {
        true => Ok(()),
        false => Err(Error::Denied(Deed::ManageEmployees)),
    }
}

/// Where the regulation is, which says all hours and shifts.
fn regulation_link(words: Words) -> Vec<(String, String)> {
    vec![("/regulation".to_owned(), words.text("calendar-regulation"))]
}
