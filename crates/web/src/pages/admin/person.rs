//! Somebody who is admitted: what they may do, who they are, a new link, shut out and back.

use app::accounts::{self, Change, PersonShown};
use app::employees;
use app::permissions::{Access, Deed};
use app::{Error, Fault};
use axum::Router;
use axum::body::Body;
use axum::extract::{Form as Sent, Path, State};
use axum::http::{HeaderMap, Response, StatusCode};
use axum::response::{IntoResponse, Redirect};
use axum::routing::get;
use serde::Deserialize;

use super::people::{address, employee_choices, employee_of, shown_once, standing};
use super::{Plain, Told, accesses, confirm, faults, may};
use crate::extract::Query;
use crate::pages::Member;
use crate::pages::address::with;
use crate::pages::form::{Field, Form};
use crate::pages::sheet::{Block, Sheet};
use crate::problem::Problem;
use crate::state::AppState;

pub(super) fn routes() -> Router<AppState> {
    Router::new()
        .route("/admin/people/{id}", get(one).post(change))
        .route("/admin/people/{id}/link", get(ask_link).post(new_link))
        .route("/admin/people/{id}/shut", get(ask_shut).post(shut))
        .route("/admin/people/{id}/open", get(ask_open).post(open))
}

#[derive(Deserialize, Default)]
#[serde(default)]
struct Typed {
    form_token: String,
    access: String,
    employee: String,
}

async fn one(
    State(state): State<AppState>,
    member: Member,
    Path(id): Path<String>,
    Query(told): Query<Told>,
) -> Result<Response<Body>, Problem> {
    let person = accounts::person(&state.store, &member.actor, &id).await?;
    let typed = Typed {
        access: person.access.name().to_owned(),
        employee: person.employee.clone().unwrap_or_default(),
        ..Typed::default()
    };
    let sheet = page(&state, &member, &person, &typed, &[]).await?;
    Ok(sheet.told(&told.done).show())
}

async fn page(
    state: &AppState,
    member: &Member,
    person: &PersonShown,
    typed: &Typed,
    faults: &[Fault],
) -> Result<Sheet, Problem> {
    let (words, actor) = (member.words(), &member.actor);
    let roster = employees::roster(&state.audits, actor, state.now()).await?;
    let (employee, leads) = employee_of(&roster, person);
    let when = |at| wording::moment(roster.zone.datetime(at), words.0);
    let fact = |word: &str, value: String| (words.text(word), value, String::new());
    let own = person.employee.as_deref().map(super::employees::address);
    let mut facts = vec![
        fact("field-login", person.login.clone()),
        fact("admin-col-access", words.access(person.access)),
        fact("admin-col-standing", standing(words, person)),
        fact("people-invited-at", when(person.invited_at)),
    ];
    if let Some(at) = person.accepted_at {
        facts.push(fact("people-accepted-at", when(at)));
    }
    if let Some(href) = own {
        facts.push((words.text("admin-col-employee"), employee, href));
    }
    if !leads.is_empty() {
        facts.push(fact("admin-col-leads", leads));
    }
    let sheet = Sheet::new(member.page(wording::one_line(&person.name, 80)))
        .back("/admin/people", "tab-people")
        .with(Block::Facts(facts));
    if !may(actor, Deed::ManagePeople) {
        return Ok(sheet);
    }
    let own = address(&person.id);
    let employees = employee_choices(words, &roster);
    let form = Form::doing("person", &*own, words.text("admin-save"))
        .with(Field::choice(
            words,
            "access",
            "people-access",
            &typed.access,
            accesses(words),
        ))
        .with(Field::choice(
            words,
            "employee",
            "people-employee",
            &typed.employee,
            employees,
        ))
        .faulted(words, faults);
    let to = |deed: &str, word: &str| (format!("{own}/{deed}"), words.text(word));
    let links = match (person.disabled, person.accepted_at) {
        (true, _) => vec![to("open", "people-open")],
        (false, None) => vec![to("link", "people-link-anew"), to("shut", "people-shut")],
        (false, Some(_)) => vec![
            to("link", "people-link-password"),
            to("shut", "people-shut"),
        ],
    };
    Ok(sheet
        .heading("people-may")
        .form(form)
        .heading("people-more")
        .links(links))
}

async fn change(
    State(state): State<AppState>,
    member: Member,
    Path(id): Path<String>,
    Sent(typed): Sent<Typed>,
) -> Result<Response<Body>, Problem> {
    member.visitor.check(&typed.form_token)?;
    let asked = match Access::of_name(&typed.access) {
        Some(access) => Ok(Change {
            access: Some(access),
            employee: Some(typed.employee.clone()),
            disabled: None,
        }),
        None => Err(Fault::new("access", "no_such_access", "no such access").into()),
    };
    let changed = match asked {
        Ok(asked) => accounts::change(&state.store, &member.actor, &id, &asked, state.now()).await,
        Err(error) => Err(error),
    };
    match changed {
        Ok(_) => Ok(Redirect::to(&with(&address(&id), &[("done", "saved")])).into_response()),
        Err(error) => {
            let (status, faults) = faults(error)?;
            let person = accounts::person(&state.store, &member.actor, &id).await?;
            let sheet = page(&state, &member, &person, &typed, &faults).await?;
            Ok(sheet.show_as(status))
        }
    }
}

/// Something that is asked once more before it is done.
struct Question {
    /// The word of its address.
    deed: &'static str,
    title: &'static str,
    why: &'static str,
    button: &'static str,
}

const LINK: Question = Question {
    deed: "link",
    title: "people-link-of",
    why: "people-link-ask",
    button: "people-link-do",
};
const SHUT: Question = Question {
    deed: "shut",
    title: "people-shut-of",
    why: "people-shut-why",
    button: "people-shut-do",
};
const OPEN: Question = Question {
    deed: "open",
    title: "people-open-of",
    why: "people-open-why",
    button: "people-open-do",
};

impl Question {
    async fn page(
        &self,
        state: &AppState,
        member: &Member,
        id: &str,
        faults: &[Fault],
    ) -> Result<Sheet, Problem> {
        let words = member.words();
        member.actor.reach(Deed::ManagePeople)?;
        let person = accounts::person(&state.store, &member.actor, id).await?;
        let own = address(&person.id);
        let action = format!("{own}/{}", self.deed);
        let form = Form::doing(self.deed, action, words.text(self.button))
            .or_to(own)
            .faulted(words, faults);
        let title = words.named(self.title, &person.name);
        Ok(confirm(member, title, self.why, form))
    }

    async fn answer<T>(
        &self,
        state: &AppState,
        member: &Member,
        id: &str,
        done: Result<T, Error>,
    ) -> Result<Result<T, Response<Body>>, Problem> {
        match done {
            Ok(done) => Ok(Ok(done)),
            Err(error) => {
                let (status, faults): (StatusCode, _) = faults(error)?;
                let sheet = self.page(state, member, id, &faults).await?;
                Ok(Err(sheet.show_as(status)))
            }
        }
    }
}

async fn ask_link(
    State(state): State<AppState>,
    member: Member,
    Path(id): Path<String>,
) -> Result<Response<Body>, Problem> {
    Ok(LINK.page(&state, &member, &id, &[]).await?.show())
}

async fn new_link(
    State(state): State<AppState>,
    member: Member,
    Path(id): Path<String>,
    headers: HeaderMap,
    Sent(form): Sent<Plain>,
) -> Result<Response<Body>, Problem> {
    member.visitor.check(&form.form_token)?;
    let made = accounts::new_link(&state.store, &member.actor, &id, state.now()).await;
    match LINK.answer(&state, &member, &id, made).await? {
        Ok(invited) => shown_once(&state, &member, &headers, &invited).await,
        Err(page) => Ok(page),
    }
}

async fn ask_shut(
    State(state): State<AppState>,
    member: Member,
    Path(id): Path<String>,
) -> Result<Response<Body>, Problem> {
    Ok(SHUT.page(&state, &member, &id, &[]).await?.show())
}

async fn ask_open(
    State(state): State<AppState>,
    member: Member,
    Path(id): Path<String>,
) -> Result<Response<Body>, Problem> {
    Ok(OPEN.page(&state, &member, &id, &[]).await?.show())
}

async fn shut(
    state: State<AppState>,
    member: Member,
    id: Path<String>,
    form: Sent<Plain>,
) -> Result<Response<Body>, Problem> {
    set_disabled(state, member, id, form, true).await
}

async fn open(
    state: State<AppState>,
    member: Member,
    id: Path<String>,
    form: Sent<Plain>,
) -> Result<Response<Body>, Problem> {
    set_disabled(state, member, id, form, false).await
}

async fn set_disabled(
    State(state): State<AppState>,
    member: Member,
    Path(id): Path<String>,
    Sent(form): Sent<Plain>,
    disabled: bool,
) -> Result<Response<Body>, Problem> {
    member.visitor.check(&form.form_token)?;
    let asked = Change {
        disabled: Some(disabled),
        ..Change::default()
    };
    let changed = accounts::change(&state.store, &member.actor, &id, &asked, state.now()).await;
    let (question, done) = match disabled {
        true => (&SHUT, "shut"),
        false => (&OPEN, "open"),
    };
    match question.answer(&state, &member, &id, changed).await? {
        Ok(_) => Ok(Redirect::to(&with(&address(&id), &[("done", done)])).into_response()),
        Err(page) => Ok(page),
    }
}
