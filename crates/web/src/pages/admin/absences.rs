//! «Кого и когда нет?»: who is, was and will be away.

use app::employees::{self, Days, Listed, Roster, days_of};
use app::{Error, Fault, Instant};
use axum::Router;
use axum::body::Body;
use axum::extract::{Form as Sent, Path, State};
use axum::http::Response;
use axum::response::{IntoResponse, Redirect};
use axum::routing::get;
use history::AbsenceKind;
use history::read::parse_instant;
use history::write::AbsenceRow;
use serde::Deserialize;
use wording::one_line;

use super::people::employee_choices;
use super::{Plain, Told, confirm, day, faults, kind_word, manages, some};
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
        .route("/admin/absences", get(list))
        .route("/admin/absences/new", get(ask).post(add))
        .route("/admin/absences/{employee}/{from}", get(one).post(change))
        .route(
            "/admin/absences/{employee}/{from}/remove",
            get(ask_remove).post(remove),
        )
}

/// The address of an absence's page.
fn address(employee: &str, from: Instant) -> String {
    format!("/admin/absences/{}/{from}", escape(employee))
}

#[derive(Deserialize, Default)]
#[serde(default)]
struct Asked {
    show: String,
    page: usize,
}

/// When an absence is, seen from today.
#[derive(PartialEq, Eq, PartialOrd, Ord)]
enum When {
    Now,
    Coming,
    Past,
}

fn when(roster: &Roster, row: &AbsenceRow, now: Instant) -> When {
    let from = parse_instant(&row.from).unwrap_or(Instant::MIN);
    let ends = parse_instant(&row.to).unwrap_or(Instant::MAX);
    let tomorrow = roster.zone.end_of_day(roster.today);
    match () {
        () if from >= tomorrow => When::Coming,
        () if ends <= now => When::Past,
        () => When::Now,
    }
}

/// First day, last day and kind of an absence.
pub(super) fn absence_row(
    member: &Member,
    roster: &Roster,
    one: &Listed,
    row: &AbsenceRow,
) -> Vec<Cell> {
    let words = member.words();
    let days = days_of(row, &roster.zone);
    let at = parse_instant(&row.from).filter(|_| manages(&member.actor));
    let href = at.map_or_else(String::new, |at| address(one.id(), at));
    let last = match days.last.is_empty() {
        true => Cell::text(words.text("admin-until-unknown")),
        false => day(&days.last),
    };
    vec![
        day(&days.from).to(href),
        last,
        Cell::text(kind_word(words, &days.kind)),
    ]
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
    let of = |one| absences_of(one);
    let mut all: Vec<(When, Option<Instant>, &Listed, &AbsenceRow)> = roster
        .people
        .iter()
        .flat_map(of)
        .map(|(one, row)| (when(&roster, row, now), parse_instant(&row.from), one, row))
        .collect();
    all.retain(|(when, ..)| match asked.show.as_str() {
        "now" => *when == When::Now,
        "coming" => *when == When::Coming,
        "past" => *when == When::Past,
        _ => *when != When::Past,
    });
    all.sort_by(|a, b| (&a.0, a.1, a.2.name()).cmp(&(&b.0, b.1, b.2.name())));
    if asked.show == "past" {
        all.reverse();
    }
    let path = with("/admin/absences", &[("show", &asked.show)]);
    let pages = Pages::of(path, asked.page, all.len(), super::SHOWN);
    let mut table = Table::new(&member, "absences", words.text("absences-title"))
        .column(words.text("admin-col-employee"))
        .column(words.text("admin-col-from"))
        .column(words.text("admin-col-last"))
        .column(words.text("absences-why"))
        .column(words.text("admin-col-group"));
    let shown: Vec<_> = match download.is_wanted() {
        true => all.iter().collect(),
        false => pages.part(&all).collect(),
    };
    for (_, _, one, row) in shown {
        let name = Cell::text(one_line(one.name(), 80)).to(super::employees::address(one.id()));
        let mut cells = vec![name];
        cells.extend(absence_row(&member, &roster, one, row));
        cells.push(some(match one.group.as_str() {
            "" => "",
            group => roster.group(group),
        }));
        table.push(Row::of(cells));
    }
    if let Some(file) = download.answer(words, &[&table])? {
        return Ok(file);
    }
    let away = roster.people.iter().filter(|one| one.away.is_some());
    let mut sheet = Sheet::new(member.page(words.text("absences-title")))
        .told(&told.done)
        .with(Block::Lead(words.count("absences-today", away.count())))
        .form(filter(words, &asked));
    if manages(actor) {
        let new = ("/admin/absences/new".to_owned(), words.text("absences-new"));
        sheet = sheet.links(vec![new]);
    }
    Ok(sheet
        .table(table, "absences-empty")
        .with(Block::Pages(pages))
        .show())
}

fn absences_of(one: &Listed) -> impl Iterator<Item = (&Listed, &AbsenceRow)> {
    one.kept.absences.iter().map(move |row| (one, row))
}

fn filter(words: Words, asked: &Asked) -> Form {
    let shows = ["", "now", "coming", "past"].map(|show| {
        let word = if show.is_empty() { "all" } else { show };
        Choice::new(show, words.word("absences-show", word))
    });
    Form::asking("filter", "/admin/absences", words.text("admin-show")).with(Field::choice(
        words,
        "show",
        "people-show",
        &asked.show,
        shows.into(),
    ))
}

/// An absence as it is typed.
#[derive(Deserialize, Default)]
#[serde(default)]
struct Typed {
    form_token: String,
    employee: String,
    from: String,
    last: String,
    kind: String,
}

impl Typed {
    fn days(&self) -> Days {
        Days {
            from: self.from.clone(),
            last: self.last.clone(),
            kind: self.kind.clone(),
        }
    }

    fn fields(&self, form: Form, words: Words) -> Form {
        let kinds = [
            AbsenceKind::Vacation,
            AbsenceKind::Sick,
            AbsenceKind::Trip,
            AbsenceKind::Other,
        ];
        let kind =
            |kind: AbsenceKind| Choice::new(kind.as_str(), words.word("absence", kind.as_str()));
        let kinds = kinds.into_iter().map(kind).collect();
        form.with(Field::choice(
            words,
            "kind",
            "absences-why",
            &self.kind,
            kinds,
        ))
        .with(Field::day(words, "from", "absences-from", &self.from))
        .with(Field::day(words, "last", "absences-last", &self.last).optional())
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
    let employees = employee_choices(words, &roster);
    let form = Form::doing("absence", "/admin/absences/new", words.text("absences-add")).with(
        Field::choice(
            words,
            "employee",
            "absences-who",
            &typed.employee,
            employees,
        ),
    );
    let form = typed
        .fields(form, words)
        .or_to("/admin/absences")
        .faulted(words, faults);
    Ok(Sheet::new(member.page(words.text("absences-new")))
        .back("/admin/absences", "tab-absences")
        .text("absences-new-why")
        .form(form))
}

#[derive(Deserialize, Default)]
#[serde(default)]
struct Of {
    employee: String,
}

async fn ask(
    State(state): State<AppState>,
    member: Member,
    Query(of): Query<Of>,
) -> Result<Response<Body>, Problem> {
    let typed = Typed {
        employee: of.employee,
        kind: AbsenceKind::Vacation.as_str().to_owned(),
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
    let (actor, days) = (&member.actor, typed.days());
    let added = match typed.employee.as_str() {
        "" => Err(Fault::new("employee", "missing", "it says who").into()),
        employee => employees::away(&state.audits, actor, employee, &days, state.now()).await,
    };
    match added {
        Ok(()) => Ok(done("added").into_response()),
        Err(error) => {
            let (status, faults) = faults(error)?;
            let sheet = new_page(&state, &member, &typed, &faults).await?;
            Ok(sheet.show_as(status))
        }
    }
}

fn done(what: &str) -> Redirect {
    Redirect::to(&with("/admin/absences", &[("done", what)]))
}

async fn page(
    state: &AppState,
    member: &Member,
    (employee, from): (&str, Instant),
    typed: &Typed,
    faults: &[Fault],
) -> Result<Sheet, Problem> {
    let words = member.words();
    super::must_manage(&member.actor)?;
    let roster = employees::roster(&state.audits, &member.actor, state.now()).await?;
    let name = roster.employee(employee)?.name().to_owned();
    let own = address(employee, from);
    let form = Form::doing("absence", &*own, words.text("admin-save"));
    let form = typed
        .fields(form, words)
        .or_to("/admin/absences")
        .faulted(words, faults);
    Ok(Sheet::new(member.page(words.named("absences-of", &name)))
        .back("/admin/absences", "tab-absences")
        .text("absences-of-why")
        .form(form)
        .links(vec![(
            format!("{own}/remove"),
            words.text("absences-remove"),
        )]))
}

async fn one(
    State(state): State<AppState>,
    member: Member,
    Path((employee, from)): Path<(String, Instant)>,
) -> Result<Response<Body>, Problem> {
    super::must_manage(&member.actor)?;
    let days = standing(&state, &member, &employee, from).await?;
    let typed = Typed {
        from: days.from,
        last: days.last,
        kind: days.kind,
        ..Typed::default()
    };
    let sheet = page(&state, &member, (&employee, from), &typed, &[]).await?;
    Ok(sheet.show())
}

async fn standing(
    state: &AppState,
    member: &Member,
    employee: &str,
    from: Instant,
) -> Result<Days, Problem> {
    let roster = employees::roster(&state.audits, &member.actor, state.now()).await?;
    let rows = &roster.employee(employee)?.kept.absences;
    let found = rows
        .iter()
        .find(|row| parse_instant(&row.from) == Some(from));
    let missing = || Error::NotFound {
        what: "absence from then on",
        id: from.to_string(),
    };
    Ok(days_of(found.ok_or_else(missing)?, &roster.zone))
}

async fn change(
    State(state): State<AppState>,
    member: Member,
    Path((employee, from)): Path<(String, Instant)>,
    Sent(typed): Sent<Typed>,
) -> Result<Response<Body>, Problem> {
    member.visitor.check(&typed.form_token)?;
    let (actor, now, days) = (&member.actor, state.now(), typed.days());
    let of = (&*employee, from);
    match employees::replace_absence(&state.audits, actor, of, Some(&days), now).await {
        Ok(()) => Ok(done("saved").into_response()),
        Err(error) => {
            let (status, faults) = faults(error)?;
            let sheet = page(&state, &member, of, &typed, &faults).await?;
            Ok(sheet.show_as(status))
        }
    }
}

async fn ask_remove(
    State(state): State<AppState>,
    member: Member,
    Path((employee, from)): Path<(String, Instant)>,
) -> Result<Response<Body>, Problem> {
    let words = member.words();
    super::must_manage(&member.actor)?;
    standing(&state, &member, &employee, from).await?;
    let own = address(&employee, from);
    let form = Form::doing(
        "remove",
        format!("{own}/remove"),
        words.text("admin-remove"),
    );
    let title = words.text("absences-remove");
    Ok(confirm(&member, title, "absences-remove-why", form.or_to(own)).show())
}

async fn remove(
    State(state): State<AppState>,
    member: Member,
    Path((employee, from)): Path<(String, Instant)>,
    Sent(form): Sent<Plain>,
) -> Result<Redirect, Problem> {
    member.visitor.check(&form.form_token)?;
    let (actor, now) = (&member.actor, state.now());
    employees::replace_absence(&state.audits, actor, (&employee, from), None, now).await?;
    Ok(done("removed"))
}
