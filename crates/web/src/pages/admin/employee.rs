//! An employee: what is kept of them, where they were when, and when they were away.

use app::Fault;
use app::calendar::{self, Plan};
use app::employees::{self, Listed, Roster};
use axum::Router;
use axum::body::Body;
use axum::extract::{Form as Sent, Path, State};
use axum::http::Response;
use axum::response::{IntoResponse, Redirect};
use axum::routing::get;
use history::write::{EmployeeRow, MembershipRow};
use serde::Deserialize;
use wording::one_line;

use super::absences::absence_row;
use super::employees::{address, group_choices, shift_choices, today};
use super::{Told, day, faults, manages, role_word, roles, some};
use crate::extract::Query;
use crate::pages::address::with;
use crate::pages::form::{Field, Form};
use crate::pages::sheet::{Block, Sheet};
use crate::pages::table::{Cell, Download, Row, Table};
use crate::pages::{Member, Words};
use crate::problem::Problem;
use crate::state::AppState;

pub(super) fn routes() -> Router<AppState> {
    Router::new()
        .route("/admin/employees/new", get(ask).post(add))
        .route("/admin/employees/{id}", get(one).post(change))
}

/// An employee as it is typed.
#[derive(Deserialize, Default)]
#[serde(default)]
struct Typed {
    form_token: String,
    id: String,
    name: String,
    group: String,
    role: String,
    shift: String,
    hired: String,
    left: String,
    active: String,
}

impl Typed {
    fn of(row: &EmployeeRow) -> Typed {
        let row = row.clone();
        Typed {
            form_token: String::new(),
            id: row.id,
            name: row.name,
            group: row.group,
            role: row.role,
            shift: row.shift,
            hired: row.hired,
            left: row.left,
            active: if row.active { "on" } else { "" }.to_owned(),
        }
    }

    fn row(&self) -> EmployeeRow {
        EmployeeRow {
            id: self.id.trim().to_owned(),
            name: self.name.trim().to_owned(),
            group: self.group.clone(),
            role: self.role.clone(),
            active: !self.active.is_empty(),
            shift: self.shift.clone(),
            hired: self.hired.clone(),
            left: self.left.clone(),
        }
    }

    fn fields(&self, form: Form, words: Words, roster: &Roster, plan: &Plan) -> Form {
        let (groups, shifts) = (group_choices(words, roster), shift_choices(words, plan));
        form.with(Field::text(words, "name", "employees-name", &self.name))
            .with(Field::choice(
                words,
                "group",
                "admin-col-group",
                &self.group,
                groups,
            ))
            .with(Field::choice(
                words,
                "role",
                "admin-col-role",
                &self.role,
                roles(words),
            ))
            .with(Field::choice(
                words,
                "shift",
                "admin-col-shift",
                &self.shift,
                shifts,
            ))
            .with(Field::day(words, "hired", "employees-hired", &self.hired).optional())
            .with(Field::mark(
                words,
                "active",
                "employees-active",
                !self.active.is_empty(),
            ))
            .with(Field::day(words, "left", "employees-left", &self.left).optional())
    }
}

async fn new_page(
    state: &AppState,
    member: &Member,
    typed: &Typed,
    faults: &[Fault],
) -> Result<Sheet, Problem> {
    let (words, actor, now) = (member.words(), &member.actor, state.now());
    super::must_manage(actor)?;
    let roster = employees::roster(&state.audits, actor, now).await?;
    let (plan, _) = calendar::month(&state.audits, actor, None, now).await?;
    let form = Form::doing(
        "employee",
        "/admin/employees/new",
        words.text("employees-add"),
    )
    .with(Field::text(words, "id", "employees-id", &typed.id));
    let form = typed
        .fields(form, words, &roster, &plan)
        .or_to("/admin/employees")
        .faulted(words, faults);
    Ok(Sheet::new(member.page(words.text("employees-new")))
        .back("/admin/employees", "tab-employees")
        .text("employees-new-why")
        .form(form))
}

async fn ask(State(state): State<AppState>, member: Member) -> Result<Response<Body>, Problem> {
    let typed = Typed {
        active: "on".to_owned(),
        role: "seller".to_owned(),
        ..Typed::default()
    };
    Ok(new_page(&state, &member, &typed, &[]).await?.show())
}

async fn add(
    State(state): State<AppState>,
    member: Member,
    Sent(typed): Sent<Typed>,
) -> Result<Response<Body>, Problem> {
    member.visitor.check(&typed.form_token)?;
    let row = typed.row();
    let to = with(&address(&row.id), &[("done", "added")]);
    match employees::add(&state.audits, &member.actor, row, state.now()).await {
        Ok(()) => Ok(Redirect::to(&to).into_response()),
        Err(error) => {
            let (status, faults) = faults(error)?;
            let sheet = new_page(&state, &member, &typed, &faults).await?;
            Ok(sheet.show_as(status))
        }
    }
}

async fn one(
    State(state): State<AppState>,
    member: Member,
    Path(id): Path<String>,
    Query(told): Query<Told>,
    Query(download): Query<Download>,
) -> Result<Response<Body>, Problem> {
    let roster = employees::roster(&state.audits, &member.actor, state.now()).await?;
    let typed = Typed::of(&roster.employee(&id)?.kept.employee);
    let one = roster.employee(&id)?;
    let places = places(&member, &roster, one);
    let absences = absences(&member, &roster, one);
    if let Some(file) = download.answer(member.words(), &[&places, &absences])? {
        return Ok(file);
    }
    let tables = [places, absences];
    let sheet = page(&state, &member, &roster, one, (&typed, &[]), tables).await?;
    Ok(sheet.told(&told.done).show())
}

/// Where somebody was when.
fn places(member: &Member, roster: &Roster, one: &Listed) -> Table {
    let words = member.words();
    let mut table = Table::new(member, "places", words.text("places-title"))
        .column(words.text("admin-col-from"))
        .column(words.text("admin-col-last"))
        .column(words.text("admin-col-group"))
        .column(words.text("admin-col-role"))
        .column(words.text("admin-col-shift"));
    let manages = manages(&member.actor);
    let mut rows: Vec<&MembershipRow> = one.kept.memberships.iter().collect();
    rows.sort_by(|a, b| b.from.cmp(&a.from));
    for row in rows {
        let from = match row.from.is_empty() {
            true => Cell::text(words.text("admin-since-ever")),
            false => day(&row.from),
        };
        let href = super::places::address(one.id(), &row.from);
        let last = match super::places::last_day(&row.to) {
            last if last.is_empty() => Cell::text(words.text("admin-until-now")),
            last => day(&last),
        };
        table.push(Row::of(vec![
            from.to(if manages { href } else { String::new() }),
            last,
            some(if row.group.is_empty() {
                ""
            } else {
                roster.group(&row.group)
            }),
            some(&role_word(words, &row.role)),
            some(&row.shift),
        ]));
    }
    table
}

/// When somebody was or will be away.
fn absences(member: &Member, roster: &Roster, one: &Listed) -> Table {
    let words = member.words();
    let mut table = Table::new(member, "absences", words.text("absences-title"))
        .column(words.text("admin-col-from"))
        .column(words.text("admin-col-last"))
        .column(words.text("absences-why"));
    let mut rows: Vec<_> = one.kept.absences.iter().collect();
    rows.sort_by_cached_key(|row| std::cmp::Reverse(history::read::parse_instant(&row.from)));
    for row in rows {
        table.push(Row::of(absence_row(member, roster, one, row)));
    }
    table
}

async fn page(
    state: &AppState,
    member: &Member,
    roster: &Roster,
    one: &Listed,
    (typed, faults): (&Typed, &[Fault]),
    [places, absences]: [Table; 2],
) -> Result<Sheet, Problem> {
    let (words, actor) = (member.words(), &member.actor);
    let (plan, _) = calendar::month(&state.audits, actor, None, state.now()).await?;
    let fact = |word: &str, value: String| (words.text(word), value, String::new());
    let or_none = |text: &str| match text {
        "" => words.text("admin-none"),
        text => text.to_owned(),
    };
    let shift = match one.shift.is_empty() {
        true => words.text("shifts-none"),
        false => one.shift.clone(),
    };
    let group = match one.group.is_empty() {
        true => (
            words.text("admin-col-group"),
            words.text("admin-none"),
            String::new(),
        ),
        false => {
            let name = roster.group(&one.group).to_owned();
            (
                words.text("admin-col-group"),
                name,
                super::groups::address(&one.group),
            )
        }
    };
    let facts = vec![
        fact("employees-id", one.id().to_owned()),
        group,
        fact("admin-col-role", or_none(&role_word(words, &one.role))),
        fact("admin-col-shift", shift),
        fact("col-today", today(words, one)),
    ];
    let own = address(one.id());
    let mut sheet = Sheet::new(member.page(one_line(one.name(), 80)))
        .back("/admin/employees", "tab-employees")
        .with(Block::Facts(facts));
    let manages = manages(actor);
    let new_absence = with("/admin/absences/new", &[("employee", one.id())]);
    let to = |href: String, word: &str| vec![(href, words.text(word))];
    sheet = sheet.heading("absences-title");
    if manages {
        sheet = sheet.links(to(new_absence, "absences-new"));
    }
    sheet = sheet
        .table(absences, "absences-none")
        .heading("places-title")
        .lead("places-why");
    if manages {
        sheet = sheet.links(to(format!("{own}/places/new"), "places-new"));
    }
    sheet = sheet.table(places, "places-none");
    if manages {
        let form = Form::doing("employee", own, words.text("admin-save"));
        let form = typed
            .fields(form, words, roster, &plan)
            .faulted(words, faults);
        sheet = sheet
            .heading("employees-edit")
            .lead("employees-edit-why")
            .form(form);
    }
    Ok(sheet)
}

async fn change(
    State(state): State<AppState>,
    member: Member,
    Path(id): Path<String>,
    Sent(typed): Sent<Typed>,
) -> Result<Response<Body>, Problem> {
    member.visitor.check(&typed.form_token)?;
    super::must_manage(&member.actor)?;
    let now = state.now();
    let roster = employees::roster(&state.audits, &member.actor, now).await?;
    let one = roster.employee(&id)?;
    let row = EmployeeRow {
        id: id.clone(),
        ..typed.row()
    };
    match employees::set(&state.audits, &member.actor, row, now).await {
        Ok(()) => Ok(Redirect::to(&with(&address(&id), &[("done", "saved")])).into_response()),
        Err(error) => {
            let (status, faults) = faults(error)?;
            let tables = [
                places(&member, &roster, one),
                absences(&member, &roster, one),
            ];
            let sheet = page(&state, &member, &roster, one, (&typed, &faults), tables).await?;
            Ok(sheet.show_as(status))
        }
    }
}
