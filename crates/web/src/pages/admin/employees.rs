//! «Кто у нас работает?»: the employees of the CRM and their groups.

use app::calendar::{self, Plan};
use app::employees::{self, Listed, Roster};
use axum::Router;
use axum::body::Body;
use axum::extract::State;
use axum::http::Response;
use axum::routing::get;
use history::write::GroupRow;
use serde::Deserialize;
use wording::one_line;

use super::{Told, day, manages, none, role_word, some};
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
    Router::new().route("/admin/employees", get(list))
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
