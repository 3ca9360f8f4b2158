//! Where an employee is from when to when: group, role and shift by days.

use app::calendar;
use app::employees;
use app::{Error, Fault};
use axum::Router;
use axum::body::Body;
use axum::extract::{Form as Sent, Path, State};
use axum::http::Response;
use axum::response::{IntoResponse, Redirect};
use axum::routing::get;
use history::write::MembershipRow;
use jiff::civil::Date;
use serde::Deserialize;

use super::employees::{address as employee_address, group_choices, shift_choices};
use super::{Plain, confirm, faults, roles};
use crate::pages::Member;
use crate::pages::address::{escape, with};
use crate::pages::form::{Field, Form};
use crate::pages::sheet::Sheet;
use crate::problem::Problem;
use crate::state::AppState;

/// Names a membership without a first day in an address.
const SINCE_EVER: &str = "since-ever";

pub(super) fn routes() -> Router<AppState> {
    Router::new()
        .route("/admin/employees/{id}/places/new", get(ask).post(add))
        .route("/admin/employees/{id}/places/{from}", get(one).post(change))
        .route(
            "/admin/employees/{id}/places/{from}/remove",
            get(ask_remove).post(remove),
        )
}

/// The address of a membership's page.
pub(super) fn address(employee: &str, from: &str) -> String {
    let from = if from.is_empty() { SINCE_EVER } else { from };
    format!("{}/places/{}", employee_address(employee), escape(from))
}

/// The last day of a membership; empty: none.
pub(super) fn last_day(to: &str) -> String {
    let date = to.parse::<Date>().ok();
    let last = date.and_then(|date| date.yesterday().ok());
    last.map_or_else(|| to.to_owned(), |last| last.to_string())
}

/// A membership as it is typed: people write the last day, not the one after it.
#[derive(Clone, Deserialize, Default)]
#[serde(default)]
struct Typed {
    form_token: String,
    from: String,
    last: String,
    group: String,
    role: String,
    shift: String,
}

impl Typed {
    fn of(row: &MembershipRow) -> Typed {
        Typed {
            form_token: String::new(),
            from: row.from.clone(),
            last: last_day(&row.to),
            group: row.group.clone(),
            role: row.role.clone(),
            shift: row.shift.clone(),
        }
    }

    fn row(&self, employee: &str) -> MembershipRow {
        let last = self.last.parse::<Date>().ok();
        let to = last.and_then(|last| last.tomorrow().ok());
        MembershipRow {
            employee: employee.to_owned(),
            group: self.group.clone(),
            role: self.role.clone(),
            shift: self.shift.clone(),
            from: self.from.clone(),
            to: to.map_or_else(|| self.last.clone(), |to| to.to_string()),
        }
    }
}

/// The use case speaks of the day after the last; the form of the last day.
fn of_the_form(faults: Vec<Fault>) -> Vec<Fault> {
    let field = |fault: Fault| match fault.field {
        "to" => Fault {
            field: "last",
            ..fault
        },
        _ => fault,
    };
    faults.into_iter().map(field).collect()
}

async fn page(
    state: &AppState,
    member: &Member,
    (employee, from): (&str, Option<&str>),
    typed: &Typed,
    faults: &[Fault],
) -> Result<Sheet, Problem> {
    let (words, actor, now) = (member.words(), &member.actor, state.now());
    super::must_manage(actor)?;
    let roster = employees::roster(&state.audits, actor, now).await?;
    let (plan, _) = calendar::month(&state.audits, actor, None, now).await?;
    let name = roster.employee(employee)?.name().to_owned();
    let (groups, shifts) = (group_choices(words, &roster), shift_choices(words, &plan));
    let (action, title, button) = match from {
        None => (
            format!("{}/places/new", employee_address(employee)),
            "places-new-of",
            "places-add",
        ),
        Some(from) => (address(employee, from), "places-of", "admin-save"),
    };
    let form = Form::doing("place", &*action, words.text(button))
        .with(Field::day(words, "from", "places-from", &typed.from).optional())
        .with(Field::day(words, "last", "places-last", &typed.last).optional())
        .with(Field::choice(
            words,
            "group",
            "admin-col-group",
            &typed.group,
            groups,
        ))
        .with(Field::choice(
            words,
            "role",
            "admin-col-role",
            &typed.role,
            roles(words),
        ))
        .with(Field::choice(
            words,
            "shift",
            "admin-col-shift",
            &typed.shift,
            shifts,
        ))
        .or_to(employee_address(employee))
        .faulted(words, faults);
    let sheet = Sheet::new(member.page(words.named(title, &name))).form(form);
    Ok(match from {
        None => sheet,
        Some(_) => {
            let remove = (format!("{action}/remove"), words.text("places-remove"));
            sheet.links(vec![remove])
        }
    })
}

async fn ask(
    State(state): State<AppState>,
    member: Member,
    Path(id): Path<String>,
) -> Result<Response<Body>, Problem> {
    super::must_manage(&member.actor)?;
    let roster = employees::roster(&state.audits, &member.actor, state.now()).await?;
    let one = roster.employee(&id)?;
    let typed = Typed {
        from: roster.today.to_string(),
        group: one.group.clone(),
        role: one.role.clone(),
        shift: one.shift.clone(),
        ..Typed::default()
    };
    let sheet = page(&state, &member, (&id, None), &typed, &[]).await?;
    Ok(sheet.show())
}

async fn add(
    State(state): State<AppState>,
    member: Member,
    Path(id): Path<String>,
    Sent(typed): Sent<Typed>,
) -> Result<Response<Body>, Problem> {
    member.visitor.check(&typed.form_token)?;
    let placed = employees::place(&state.audits, &member.actor, typed.row(&id), state.now());
    answer(&state, &member, (&id, None), &typed, placed.await).await
}

async fn answer(
    state: &AppState,
    member: &Member,
    (id, from): (&str, Option<&str>),
    typed: &Typed,
    done: Result<(), Error>,
) -> Result<Response<Body>, Problem> {
    match done {
        Ok(()) => {
            let to = with(&employee_address(id), &[("done", "saved")]);
            Ok(Redirect::to(&to).into_response())
        }
        Err(error) => {
            let (status, faults) = faults(error)?;
            let faults = of_the_form(faults);
            let sheet = page(state, member, (id, from), typed, &faults).await?;
            Ok(sheet.show_as(status))
        }
    }
}

/// The first day of a membership as it is kept.
fn kept(from: &str) -> &str {
    if from == SINCE_EVER { "" } else { from }
}

async fn standing(
    state: &AppState,
    member: &Member,
    id: &str,
    from: &str,
) -> Result<MembershipRow, Problem> {
    super::must_manage(&member.actor)?;
    let roster = employees::roster(&state.audits, &member.actor, state.now()).await?;
    let rows = &roster.employee(id)?.kept.memberships;
    let found = rows.iter().find(|row| row.from == kept(from));
    let missing = || Error::NotFound {
        what: "membership from that day on",
        id: from.to_owned(),
    };
    Ok(found.cloned().ok_or_else(missing)?)
}

async fn one(
    State(state): State<AppState>,
    member: Member,
    Path((id, from)): Path<(String, String)>,
) -> Result<Response<Body>, Problem> {
    let typed = Typed::of(&standing(&state, &member, &id, &from).await?);
    let place = (&*id, Some(kept(&from)));
    Ok(page(&state, &member, place, &typed, &[]).await?.show())
}

async fn change(
    State(state): State<AppState>,
    member: Member,
    Path((id, from)): Path<(String, String)>,
    Sent(typed): Sent<Typed>,
) -> Result<Response<Body>, Problem> {
    member.visitor.check(&typed.form_token)?;
    let (actor, from) = (&member.actor, kept(&from));
    let row = Some(typed.row(&id));
    let changed = employees::replace_place(&state.audits, actor, (&id, from), row, state.now());
    answer(&state, &member, (&id, Some(from)), &typed, changed.await).await
}

async fn ask_remove(
    State(state): State<AppState>,
    member: Member,
    Path((id, from)): Path<(String, String)>,
) -> Result<Response<Body>, Problem> {
    let words = member.words();
    standing(&state, &member, &id, &from).await?;
    let own = address(&id, kept(&from));
    let form = Form::doing(
        "remove",
        format!("{own}/remove"),
        words.text("admin-remove"),
    )
    .or_to(own);
    let title = words.text("places-remove");
    Ok(confirm(&member, title, "places-remove-why", form).show())
}

async fn remove(
    State(state): State<AppState>,
    member: Member,
    Path((id, from)): Path<(String, String)>,
    Sent(form): Sent<Plain>,
) -> Result<Redirect, Problem> {
    member.visitor.check(&form.form_token)?;
    let place = (&*id, kept(&from));
    employees::replace_place(&state.audits, &member.actor, place, None, state.now()).await?;
    Ok(Redirect::to(&with(
        &employee_address(&id),
        &[("done", "removed")],
    )))
}
