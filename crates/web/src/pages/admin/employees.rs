//! «Кто у нас работает?»: the employees of the CRM and their groups.

use app::Fault;
use app::calendar::{self, Plan};
use app::employees::{self, Listed, Roster};
use axum::Router;
use axum::body::Body;
use axum::extract::{Form as Sent, Path, State};
use axum::http::Response;
use axum::response::{IntoResponse, Redirect};
use axum::routing::get;
use history::write::{EmployeeRow, GroupRow, MembershipRow};
use serde::Deserialize;
use wording::one_line;

use super::absences::absence_row;
use super::{Told, day, faults, manages, none, role_word, roles, some};
use crate::extract::Query;
use crate::pages::address::{escape, with};
use crate::pages::form::{Choice, Field, Form};
use crate::pages::numbered::Pages;
use crate::pages::sheet::{Block, Sheet};
use crate::pages::table::{Cell, Download, Row, Table, Value};
use crate::pages::{Member, Words};
use crate::problem::Problem;
use crate::state::AppState;

pub(super) fn routes() -> Router<AppState> {
    Router::new()
        .route("/admin/employees", get(list))
        .route("/admin/employees/new", get(ask).post(add))
        .route("/admin/employees/{id}", get(one).post(change))
}

/// The address of an employee's page.
pub(super) fn address(id: &str) -> String {
    format!("/admin/employees/{}", escape(id))
}

#[derive(Deserialize, Default)]
#[serde(default)]
struct Asked {
    show: String,
    group: String,
    shift: String,
    q: String,
    page: usize,
}

impl Asked {
    fn wants(&self, plan: &Plan, one: &Listed) -> bool {
        let shown = match self.show.as_str() {
            "all" => true,
            "left" => !one.is_active(),
            "groupless" => one.is_groupless(),
            "shiftless" => plan.lacks_shift_of(one),
            _ => one.is_active(),
        };
        let wanted = self.q.trim().to_lowercase();
        let named = one.name().to_lowercase().contains(&wanted) || one.id() == self.q.trim();
        let group = self.group.is_empty() || self.group == one.group;
        let shift = self.shift.is_empty() || self.shift == one.shift;
        shown && named && group && shift
    }

    fn path(&self) -> String {
        let filters = [
            ("show", &*self.show),
            ("group", &self.group),
            ("shift", &self.shift),
            ("q", &self.q),
        ];
        with("/admin/employees", &filters)
    }
}

/// Where somebody is today.
pub(super) fn today(words: Words, one: &Listed) -> String {
    let Some(away) = one.away else {
        return words.text(match one.works {
            _ if !one.is_active() => "admin-left",
            true => "group-here",
            false => "group-day-off",
        });
    };
    let kind = words.word("absence", away.kind.as_str());
    match away.last {
        Some(last) => {
            let date = wording::Value::Text(wording::date(last, words.0).into());
            words.say("group-until", &[("kind", kind.into()), ("date", date)])
        }
        None => kind,
    }
}

async fn list(
    State(state): State<AppState>,
    member: Member,
    Query(asked): Query<Asked>,
    Query(download): Query<Download>,
    Query(told): Query<Told>,
) -> Result<Response<Body>, Problem> {
    let (actor, words, now) = (&member.actor, member.words(), state.now());
    let roster = employees::roster(&state.audits, actor, now).await?;
    let (plan, _) = calendar::month(&state.audits, actor, None, now).await?;
    let wanted: Vec<&Listed> = roster
        .people
        .iter()
        .filter(|one| asked.wants(&plan, one))
        .collect();
    let pages = Pages::of(asked.path(), asked.page, wanted.len(), super::SHOWN);
    let mut people = Table::new(&member, "employees", words.text("employees-title"))
        .column(words.text("admin-col-employee"))
        .column(words.text("admin-col-group"))
        .column(words.text("admin-col-role"))
        .column(words.text("admin-col-shift"))
        .column(words.text("col-today"))
        .column(words.text("employees-hired"));
    let shown: Vec<&Listed> = match download.is_wanted() {
        true => wanted.clone(),
        false => pages.part(&wanted).copied().collect(),
    };
    for one in shown {
        people.push(row(words, &roster, one));
    }
    let groups = groups(&member, &roster, &asked);
    if let Some(file) = download.answer(words, &[&people, &groups])? {
        return Ok(file);
    }
    let mut sheet = Sheet::new(member.page(words.text("employees-title")))
        .told(&told.done)
        .with(Block::Lead(words.count("employees-count", wanted.len())))
        .form(filter(words, &roster, &plan, &asked));
    let manages = manages(actor);
    let to = |href: &str, word: &str| vec![(href.to_owned(), words.text(word))];
    if manages {
        sheet = sheet.links(to("/admin/employees/new", "employees-new"));
    }
    sheet = sheet
        .table(people, "employees-empty")
        .with(Block::Pages(pages))
        .heading("groups-title");
    if manages {
        sheet = sheet.links(to("/admin/employees/groups/new", "groups-new"));
    }
    Ok(sheet.table(groups, "groups-empty").show())
}

fn row(words: Words, roster: &Roster, one: &Listed) -> Row {
    let group = match one.group.is_empty() {
        true => Value::Empty.into(),
        false => some(roster.group(&one.group)).to(super::groups::address(&one.group)),
    };
    Row::of(vec![
        Cell::text(one_line(one.name(), 80)).to(address(one.id())),
        group,
        some(&role_word(words, &one.role)),
        some(&one.shift),
        Cell::text(today(words, one)),
        day(&one.kept.employee.hired),
    ])
}

fn groups(member: &Member, roster: &Roster, asked: &Asked) -> Table {
    let words = member.words();
    let mut table = Table::new(member, "groups", words.text("groups-title"))
        .column(words.text("admin-col-group"))
        .column(words.text("groups-lead"))
        .number(words.text("groups-members"));
    let wanted = |group: &&GroupRow| asked.show != "leadless" || group.lead.is_empty();
    for group in roster.groups.iter().filter(wanted) {
        let members = roster.people.iter();
        let members = members.filter(|one| one.is_active() && one.group == group.id);
        let lead = roster.employee(&group.lead).map(Listed::name);
        let list = with("/admin/employees", &[("group", &group.id)]);
        table.push(Row::of(vec![
            some(roster.group(&group.id)).to(super::groups::address(&group.id)),
            some(lead.unwrap_or(&group.lead)),
            Cell::from(Value::Count(members.count() as u64)).to(list),
        ]));
    }
    table
}

fn filter(words: Words, roster: &Roster, plan: &Plan, asked: &Asked) -> Form {
    let shows = ["", "groupless", "leadless", "shiftless", "left", "all"].map(|show| {
        let word = if show.is_empty() { "active" } else { show };
        Choice::new(show, words.word("employees-show", word))
    });
    let mut groups = group_choices(words, roster);
    let mut shifts = shift_choices(words, plan);
    for first in [groups.first_mut(), shifts.first_mut()]
        .into_iter()
        .flatten()
    {
        first.label = words.text("admin-any");
    }
    Form::asking("filter", "/admin/employees", words.text("admin-show"))
        .with(Field::choice(
            words,
            "show",
            "people-show",
            &asked.show,
            shows.into(),
        ))
        .with(Field::choice(
            words,
            "group",
            "admin-col-group",
            &asked.group,
            groups,
        ))
        .with(Field::choice(
            words,
            "shift",
            "admin-col-shift",
            &asked.shift,
            shifts,
        ))
        .with(Field::text(words, "q", "employees-search", &asked.q).optional())
        .or_to("/admin/employees")
}

/// The groups to choose from, none first.
pub(super) fn group_choices(words: Words, roster: &Roster) -> Vec<Choice> {
    let choice = |group: &GroupRow| Choice::new(&group.id, one_line(roster.group(&group.id), 80));
    let named = roster.groups.iter().map(choice);
    std::iter::once(none(words)).chain(named).collect()
}

/// The shifts to choose from, the company's hours first.
pub(super) fn shift_choices(words: Words, plan: &Plan) -> Vec<Choice> {
    let hours = Choice::new("", words.text("shifts-none"));
    let named = plan.shifts.keys().map(|name| Choice::new(name, name));
    std::iter::once(hours).chain(named).collect()
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
