//! A group: what it is called and who leads it.

use app::Fault;
use app::employees::{self, Listed, Roster};
use axum::Router;
use axum::body::Body;
use axum::extract::{Form as Sent, Path, State};
use axum::http::Response;
use axum::response::{IntoResponse, Redirect};
use axum::routing::get;
use history::write::GroupRow;
use serde::Deserialize;
use wording::one_line;

use super::people::employee_choices;
use super::{Told, faults, manages, role_word, some};
use crate::extract::Query;
use crate::pages::Member;
use crate::pages::address::{escape, with};
use crate::pages::form::{Field, Form};
use crate::pages::sheet::Sheet;
use crate::pages::table::{Cell, Download, Row, Table};
use crate::problem::Problem;
use crate::state::AppState;

pub(super) fn routes() -> Router<AppState> {
    Router::new()
        .route("/admin/employees/groups/new", get(ask).post(add))
        .route("/admin/employees/groups/{id}", get(one).post(change))
}

/// The address of a group's page.
pub(super) fn address(id: &str) -> String {
    format!("/admin/employees/groups/{}", escape(id))
}

#[derive(Deserialize, Default)]
#[serde(default)]
struct Typed {
    form_token: String,
    id: String,
    name: String,
    lead: String,
}

impl Typed {
    fn row(&self, id: &str) -> GroupRow {
        GroupRow {
            id: id.trim().to_owned(),
            name: self.name.trim().to_owned(),
            lead: self.lead.clone(),
        }
    }

    fn fields(&self, form: Form, member: &Member, roster: &Roster) -> Form {
        let words = member.words();
        let leads = employee_choices(words, roster);
        form.with(Field::text(words, "name", "groups-name", &self.name))
            .with(Field::choice(
                words,
                "lead",
                "groups-lead",
                &self.lead,
                leads,
            ))
            .or_to("/admin/employees")
    }
}

async fn new_page(
    state: &AppState,
    member: &Member,
    typed: &Typed,
    faults: &[Fault],
) -> Result<Sheet, Problem> {
    let words = member.words();
    super::must_manage(&member.actor)?;
    let roster = employees::roster(&state.audits, &member.actor, state.now()).await?;
    let form = Form::doing(
        "group",
        "/admin/employees/groups/new",
        words.text("groups-add"),
    )
    .with(Field::text(words, "id", "groups-id", &typed.id));
    let form = typed.fields(form, member, &roster).faulted(words, faults);
    Ok(Sheet::new(member.page(words.text("groups-new")))
        .back("/admin/employees", "tab-employees")
        .form(form))
}

async fn ask(State(state): State<AppState>, member: Member) -> Result<Response<Body>, Problem> {
    Ok(new_page(&state, &member, &Typed::default(), &[])
        .await?
        .show())
}

async fn add(
    State(state): State<AppState>,
    member: Member,
    Sent(typed): Sent<Typed>,
) -> Result<Response<Body>, Problem> {
    member.visitor.check(&typed.form_token)?;
    let row = typed.row(&typed.id);
    let to = with(&address(&row.id), &[("done", "added")]);
    match employees::add_group(&state.audits, &member.actor, row, state.now()).await {
        Ok(()) => Ok(Redirect::to(&to).into_response()),
        Err(error) => {
            let (status, faults) = faults(error)?;
            let sheet = new_page(&state, &member, &typed, &faults).await?;
            Ok(sheet.show_as(status))
        }
    }
}

/// Whoever is in the group today.
fn members(member: &Member, roster: &Roster, id: &str) -> Table {
    let words = member.words();
    let mut table = Table::new(member, "members", words.text("groups-members"))
        .column(words.text("admin-col-employee"))
        .column(words.text("admin-col-role"))
        .column(words.text("admin-col-shift"))
        .column(words.text("col-today"));
    let members = roster.people.iter();
    for one in members.filter(|one| one.is_active() && one.group == id) {
        table.push(Row::of(vec![
            Cell::text(one_line(one.name(), 80)).to(super::employees::address(one.id())),
            some(&role_word(words, &one.role)),
            some(&one.shift),
            Cell::text(super::employees::today(words, one)),
        ]));
    }
    table
}

fn known<'a>(roster: &'a Roster, id: &str) -> Result<&'a GroupRow, app::Error> {
    let found = roster.groups.iter().find(|group| group.id == id);
    found.ok_or_else(|| app::Error::NotFound {
        what: "group",
        id: id.to_owned(),
    })
}

async fn one(
    State(state): State<AppState>,
    member: Member,
    Path(id): Path<String>,
    Query(told): Query<Told>,
    Query(download): Query<Download>,
) -> Result<Response<Body>, Problem> {
    let roster = employees::roster(&state.audits, &member.actor, state.now()).await?;
    let group = known(&roster, &id)?;
    let table = members(&member, &roster, &id);
    if let Some(file) = download.answer(member.words(), &[&table])? {
        return Ok(file);
    }
    let typed = Typed {
        name: group.name.clone(),
        lead: group.lead.clone(),
        ..Typed::default()
    };
    let sheet = page(&member, &roster, group, (&typed, &[]), table);
    Ok(sheet.told(&told.done).show())
}

fn page(
    member: &Member,
    roster: &Roster,
    group: &GroupRow,
    (typed, faults): (&Typed, &[Fault]),
    members: Table,
) -> Sheet {
    let words = member.words();
    let lead = roster.employee(&group.lead).map(Listed::name);
    let lead = match lead.unwrap_or(&group.lead) {
        "" => words.text("admin-none"),
        lead => one_line(lead, 80),
    };
    let facts = vec![
        (words.text("groups-id"), group.id.clone(), String::new()),
        (words.text("groups-lead"), lead, String::new()),
    ];
    let sheet = Sheet::new(member.page(one_line(roster.group(&group.id), 80)))
        .back("/admin/employees", "tab-employees")
        .with(crate::pages::sheet::Block::Facts(facts))
        .heading("groups-members")
        .table(members, "groups-nobody");
    if !manages(&member.actor) {
        return sheet;
    }
    let form = Form::doing("group", address(&group.id), words.text("admin-save"));
    let form = typed.fields(form, member, roster).faulted(words, faults);
    sheet.heading("groups-edit").form(form)
}

async fn change(
    State(state): State<AppState>,
    member: Member,
    Path(id): Path<String>,
    Sent(typed): Sent<Typed>,
) -> Result<Response<Body>, Problem> {
    member.visitor.check(&typed.form_token)?;
    super::must_manage(&member.actor)?;
    let roster = employees::roster(&state.audits, &member.actor, state.now()).await?;
    let group = known(&roster, &id)?;
    let row = typed.row(&group.id);
    match employees::set_group(&state.audits, &member.actor, row, state.now()).await {
        Ok(()) => Ok(Redirect::to(&with(&address(&id), &[("done", "saved")])).into_response()),
        Err(error) => {
            let (status, faults) = faults(error)?;
            let table = members(&member, &roster, &id);
            let sheet = page(&member, &roster, group, (&typed, &faults), table);
            Ok(sheet.show_as(status))
        }
    }
}
