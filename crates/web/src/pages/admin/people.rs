//! «Кто сюда входит?»: the people who are admitted, and inviting others.

use app::Fault;
use app::accounts::{self, Invitation, Invited, PersonShown};
use app::employees::{self, Roster};
use app::permissions::{Access, Deed};
use axum::Router;
use axum::body::Body;
use axum::extract::{Form as Sent, State};
use axum::http::{HeaderMap, Response, StatusCode};
use axum::routing::get;
use serde::Deserialize;
use wording::{Lang, Value as Word, one_line};
use worktime::Zone;

use super::{Told, accesses, faults, may, moment, none, origin, some};
use crate::extract::Query;
use crate::pages::address::{escape, with};
use crate::pages::form::{Choice, Field, Form};
use crate::pages::numbered::Pages;
use crate::pages::sheet::{Block, Sheet};
use crate::pages::table::{Cell, Download, Row, Table};
use crate::pages::{Member, Words};
use crate::problem::Problem;
use crate::state::AppState;

pub(super) fn routes() -> Router<AppState> {
    Router::new()
        .route("/admin/people", get(list))
        .route("/admin/people/new", get(ask).post(invite))
}

#[derive(Deserialize, Default)]
#[serde(default)]
struct Asked {
    show: String,
    access: String,
    q: String,
    page: usize,
}

impl Asked {
    fn wants(&self, one: &PersonShown) -> bool {
        let shown = match self.show.as_str() {
            "invited" => one.is_invited(),
            "untied" => one.is_untied(),
            "disabled" => one.disabled,
            _ => true,
        };
        let wanted = self.q.trim().to_lowercase();
        let named = [&one.name, &one.login];
        let named = named
            .iter()
            .any(|text| text.to_lowercase().contains(&wanted));
        let access = self.access.is_empty() || self.access == one.access.name();
        shown && named && access
    }

    fn path(&self) -> String {
        let filters = [
            ("show", &*self.show),
            ("access", &self.access),
            ("q", &self.q),
        ];
        with("/admin/people", &filters)
    }
}

/// The address of somebody's page.
pub(super) fn address(id: &str) -> String {
    format!("/admin/people/{}", escape(id))
}

/// How it stands with somebody's coming in.
pub(super) fn standing(words: Words, one: &PersonShown) -> String {
    words.text(match () {
        () if one.disabled => "admin-person-disabled",
        () if one.accepted_at.is_none() => "admin-person-invited",
        () => "admin-person-in",
    })
}

/// Which employee somebody is, and the groups that they lead thereby.
pub(super) fn employee_of(roster: &Roster, one: &PersonShown) -> (String, String) {
    let Some(id) = &one.employee else {
        return (String::new(), String::new());
    };
    let known = roster.employee(id).ok();
    let name = known.map_or(id.as_str(), |known| known.name());
    let led = roster.groups.iter().filter(|group| &group.lead == id);
    let led: Vec<&str> = match one.access {
        Access::Lead => led.map(|group| roster.group(&group.id)).collect(),
        _ => Vec::new(),
    };
    (name.to_owned(), led.join(", "))
}

async fn list(
    State(state): State<AppState>,
    member: Member,
    Query(asked): Query<Asked>,
    Query(download): Query<Download>,
    Query(told): Query<Told>,
) -> Result<Response<Body>, Problem> {
    let (actor, words) = (&member.actor, member.words());
    let mut people = accounts::everybody(&state.store, actor).await?;
    let roster = employees::roster(&state.audits, actor, state.now()).await?;
    people.retain(|one| asked.wants(one));
    people.sort_by_cached_key(|one| one.name.to_lowercase());
    let pages = Pages::of(asked.path(), asked.page, people.len(), super::SHOWN);
    let mut table = Table::new(&member, "people", words.text("people-title"))
        .column(words.text("admin-col-name"))
        .column(words.text("field-login"))
        .column(words.text("admin-col-access"))
        .column(words.text("admin-col-employee"))
        .column(words.text("admin-col-leads"))
        .column(words.text("admin-col-standing"))
        .column(words.text("admin-col-since"));
    let shown: Vec<&PersonShown> = match download.is_wanted() {
        true => people.iter().collect(),
        false => pages.part(&people).collect(),
    };
    for one in shown {
        table.push(row(words, &roster, one, &roster.zone));
    }
    if let Some(file) = download.answer(words, &[&table])? {
        return Ok(file);
    }
    let mut sheet = Sheet::new(member.page(words.text("people-title")))
        .told(&told.done)
        .with(Block::Lead(words.count("people-count", people.len())))
        .form(filter(words, &asked));
    if may(actor, Deed::ManagePeople) {
        let new = ("/admin/people/new".to_owned(), words.text("people-invite"));
        sheet = sheet.links(vec![new]);
    }
    let sheet = sheet.table(table, "people-empty").with(Block::Pages(pages));
    Ok(sheet.show())
}

fn row(words: Words, roster: &Roster, one: &PersonShown, zone: &Zone) -> Row {
    let (employee, leads) = employee_of(roster, one);
    let employee_href = one.employee.as_deref().map(super::employees::address);
    Row::of(vec![
        Cell::text(one_line(&one.name, 80)).to(address(&one.id)),
        some(&one.login),
        Cell::text(words.access(one.access)),
        some(&employee).to(employee_href.unwrap_or_default()),
        some(&leads),
        Cell::text(standing(words, one)),
        moment(zone, one.accepted_at.or(Some(one.invited_at))),
    ])
}

fn filter(words: Words, asked: &Asked) -> Form {
    let shows = ["", "invited", "untied", "disabled"].map(|show| {
        let word = if show.is_empty() { "all" } else { show };
        Choice::new(show, words.word("people-show", word))
    });
    let any = Choice::new("", words.text("admin-any"));
    let accesses = std::iter::once(any).chain(accesses(words)).collect();
    Form::asking("filter", "/admin/people", words.text("admin-show"))
        .with(Field::choice(
            words,
            "show",
            "people-show",
            &asked.show,
            shows.into(),
        ))
        .with(Field::choice(
            words,
            "access",
            "admin-col-access",
            &asked.access,
            accesses,
        ))
        .with(Field::text(words, "q", "people-search", &asked.q).optional())
        .or_to("/admin/people")
}

/// An invitation as it is typed.
#[derive(Deserialize, Default)]
#[serde(default)]
struct Typed {
    form_token: String,
    login: String,
    name: String,
    access: String,
    employee: String,
    language: String,
}

/// The employees to choose from, those who have left last and marked.
pub(super) fn employee_choices(words: Words, roster: &Roster) -> Vec<Choice> {
    let mut people: Vec<_> = roster.people.iter().collect();
    people.sort_by_cached_key(|one| (!one.is_active(), one.name().to_lowercase()));
    let choice = |one: &&app::employees::Listed| {
        let name = one_line(one.name(), 80);
        let label = match one.is_active() {
            true => name,
            false => words.named("admin-has-left", &name),
        };
        Choice::new(one.id(), label)
    };
    let named = people.iter().map(choice);
    std::iter::once(none(words)).chain(named).collect()
}

fn form(words: Words, roster: &Roster, typed: &Typed) -> Form {
    let languages = vec![Choice::new("ru", "Русский"), Choice::new("en", "English")];
    let employees = employee_choices(words, roster);
    Form::doing(
        "invite",
        "/admin/people/new",
        words.text("people-invite-do"),
    )
    .with(Field::text(words, "login", "field-login", &typed.login))
    .with(Field::text(words, "name", "people-name", &typed.name))
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
    .with(Field::choice(
        words,
        "language",
        "people-language",
        &typed.language,
        languages,
    ))
    .or_to("/admin/people")
}

async fn page(
    state: &AppState,
    member: &Member,
    typed: &Typed,
    faults: &[Fault],
) -> Result<Sheet, Problem> {
    let words = member.words();
    member.actor.reach(Deed::ManagePeople)?;
    let roster = employees::roster(&state.audits, &member.actor, state.now()).await?;
    let form = form(words, &roster, typed).faulted(words, faults);
    Ok(Sheet::new(member.page(words.text("people-invite")))
        .back("/admin/people", "tab-people")
        .text("people-invite-why")
        .form(form))
}

async fn ask(State(state): State<AppState>, member: Member) -> Result<Response<Body>, Problem> {
    let typed = Typed {
        access: Access::Employee.name().to_owned(),
        language: member.words().code().to_owned(),
        ..Typed::default()
    };
    Ok(page(&state, &member, &typed, &[]).await?.show())
}

async fn invite(
    State(state): State<AppState>,
    member: Member,
    headers: HeaderMap,
    Sent(typed): Sent<Typed>,
) -> Result<Response<Body>, Problem> {
    member.visitor.check(&typed.form_token)?;
    let invited = match typed.invitation() {
        Ok(asked) => accounts::invite(&state.store, &member.actor, &asked, state.now()).await,
        Err(fault) => Err(fault.into()),
    };
    match invited {
        Ok(invited) => shown_once(&state, &member, &headers, &invited).await,
        Err(error) => {
            let (status, faults) = faults(error)?;
            let sheet = page(&state, &member, &typed, &faults).await?;
            Ok(sheet.show_as(status))
        }
    }
}

impl Typed {
    fn invitation(&self) -> Result<Invitation, Fault> {
        let unknown = || Fault::new("access", "no_such_access", "no such access");
        Ok(Invitation {
            login: self.login.clone(),
            name: self.name.clone(),
            access: Access::of_name(&self.access).ok_or_else(unknown)?,
            employee: Some(self.employee.clone()).filter(|id| !id.is_empty()),
            language: self.language.parse().unwrap_or(Lang::Ru),
        })
    }
}

/// The page that shows a link, which nothing shows again.
pub(super) async fn shown_once(
    state: &AppState,
    member: &Member,
    headers: &HeaderMap,
    invited: &Invited,
) -> Result<Response<Body>, Problem> {
    let words = member.words();
    let zone = super::zone(state, member).await?;
    let until = wording::moment(zone.datetime(invited.expires_at), words.0);
    let link = format!("{}/link/{}", origin(state, headers), invited.link.reveal());
    let said = words.say("people-link-why", &[("until", Word::Text(until.into()))]);
    let person = address(&invited.person.id);
    let sheet = Sheet::new(member.page(words.named("people-link-title", &invited.person.name)))
        .back("/admin/people", "tab-people")
        .with(Block::Text(said))
        .with(Block::Code(link))
        .links(vec![(person, words.text("people-link-done"))]);
    Ok(sheet.show_as(StatusCode::OK))
}
