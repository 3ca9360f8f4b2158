//! «Что было за неделю?»: reports of weeks and months: made, looked over, sent, and read.

use std::collections::BTreeMap;

use app::Fault;
use app::period_report::Whom;
use app::reports::{self, Form as Shape, Kept, Report};
use axum::Router;
use axum::body::Body;
use axum::extract::{Form as Sent, Path, State};
use axum::http::{Response, StatusCode};
use axum::response::Redirect;
use axum::routing::{get, post};
use figures::Span;
use jiff::civil::Date;
use report::document::Block as Part;
use serde::Deserialize;
use wording::one_line;

use super::address::with;
use super::form::{Choice, Field, Form};
use super::sheet::{Block, Sheet};
use super::table::{Cell, Row, Table, Value};
use super::{Member, Words};
use crate::extract::Query;
use crate::loaded::Loaded;
use crate::problem::Problem;
use crate::report_file;
use crate::state::AppState;

const PAGE: &str = "/reports";
/// Reports on one page.
const SHOWN: i64 = 50;

pub(super) fn routes() -> Router<AppState> {
    Router::new()
        .route(PAGE, get(list).post(make))
        .route("/reports/{id}", get(one))
        .route("/reports/{id}/texts", post(edit))
        .route("/reports/{id}/send", post(send))
        .route("/reports/{id}/{form}", get(file))
}

#[derive(Deserialize, Default)]
#[serde(default)]
struct Asked {
    after: String,
    done: String,
}

/// What is asked to be made.
#[derive(Deserialize, Default)]
#[serde(default)]
struct Making {
    form_token: String,
    kind: String,
    day: String,
    whom: String,
}

impl Making {
    /// The period that the day belongs to.
    fn span(&self) -> Result<Span, Fault> {
        let kind = match self.kind.as_str() {
            "" => "week",
            kind => kind,
        };
        reports::period(kind, &self.day)
    }

    fn whom(&self) -> Whom<'_> {
        match self.whom.split_once(':') {
            Some(("group", id)) => Whom::Group(id),
            Some(("employee", id)) => Whom::Employee(id),
            _ => Whom::Company,
        }
    }
}

async fn list(
    State(state): State<AppState>,
    member: Member,
    Query(asked): Query<Asked>,
) -> Result<Response<Body>, Problem> {
    shown(&state, &member, &asked, Vec::new(), None).await
}

async fn shown(
    state: &AppState,
    member: &Member,
    asked: &Asked,
    faults: Vec<Fault>,
    typed: Option<&Making>,
) -> Result<Response<Body>, Problem> {
    let (actor, words, now) = (&member.actor, member.words(), state.now());
    let after = asked.after.split_once('.');
    let all = reports::list(&state.audits, actor, after, SHOWN, now).await?;
    let loaded = Loaded::of(state, actor).await?;
    let zone = loaded.office().version().zone.clone();
    let mut table = Table::new(member, "reports", words.text("reports-title"))
        .column(words.text("reports-what"))
        .column(words.text("reports-days"))
        .column(words.text("reports-made"))
        .column(words.text("reports-state"));
    for report in &all {
        table.push(Row::of(vec![
            Cell::text(name(report, &loaded, words)).to(address(&report.id)),
            Cell::text(days(report, words)),
            Value::Moment(zone.datetime(report.made_at)).into(),
            state_of(report, &zone, words),
        ]));
    }
    let mut sheet = Sheet::new(member.page(words.text("reports-title")))
        .lead("reports-about")
        .told(&asked.done)
        .table(table, "reports-none");
    if let Some(last) = all.last().filter(|_| all.len() as i64 == SHOWN) {
        let after = format!("{}.{}", last.to_day, last.id);
        let href = with(PAGE, &[("after", &after)]);
        sheet = sheet.links(vec![(href, words.text("paging-earlier"))]);
    }
    let status = match faults.is_empty() {
        true => StatusCode::OK,
        false => StatusCode::UNPROCESSABLE_ENTITY,
    };
    if reports::writes(actor) {
        let week = Span::last_full_week(&zone, now).dates().0;
        let week = week.map_or_else(String::new, |day| day.to_string());
        let empty = Making {
            day: week,
            ..Making::default()
        };
        let form = making(&loaded, typed.unwrap_or(&empty), &faults, words);
        sheet = sheet.heading("reports-make").form(form);
    }
    Ok(sheet.show_as(status))
}

/// The form by which a report is made.
fn making(loaded: &Loaded, typed: &Making, faults: &[Fault], words: Words) -> Form {
    let people = &loaded.audit().live().history().people;
    let kinds = ["week", "month"].map(|kind| {
        let label = words.text(&format!("reports-kind-{kind}"));
        Choice::new(kind, label)
    });
    let mut whom = vec![Choice::new("company", words.text("reports-whom-company"))];
    for (id, group) in people.groups.iter().enumerate() {
        let name = one_line(&group.name, 80);
        let id = people.group_ids.get(id as u32);
        whom.push(Choice::new(format!("group:{id}"), name));
    }
    let ids = (0..people.ids.len() as u32).map(history::EmployeeId);
    let mut employees: Vec<Choice> = ids
        .map(|id| {
            let name = one_line(people.name(id), 80);
            Choice::new(format!("employee:{}", people.ids.get(id.0)), name)
        })
        .collect();
    employees.sort_by(|one, other| one.label.cmp(&other.label));
    whom.extend(employees);
    let kind = match typed.kind.as_str() {
        "" => "week",
        kind => kind,
    };
    let chosen = match typed.whom.as_str() {
        "" => "company",
        whom => whom,
    };
    let mut form = Form::doing("make", PAGE, words.text("reports-make-do"));
    form.fields = vec![
        Field::choice(words, "kind", "reports-kind", kind, kinds.into()),
        Field::day(words, "day", "reports-day", &typed.day),
        Field::choice(words, "whom", "reports-whom", chosen, whom),
    ];
    form.faulted(words, faults)
}

async fn make(
    State(state): State<AppState>,
    member: Member,
    Sent(asked): Sent<Making>,
) -> Result<Response<Body>, Problem> {
    member.visitor.check(&asked.form_token)?;
    let (actor, lang, now) = (&member.actor, member.words().0, state.now());
    let span = match asked.span() {
        Ok(span) => span,
        Err(fault) => {
            return shown(
                &state,
                &member,
                &Asked::default(),
                vec![fault],
                Some(&asked),
            )
            .await;
        }
    };
    let made = reports::make(&state.audits, actor, (asked.whom(), span), lang, now).await;
    match made {
        Ok(report) => Ok(to(&address(&report.id))),
        Err(app::Error::Invalid(faults)) => {
            shown(&state, &member, &Asked::default(), faults, Some(&asked)).await
        }
        Err(error) => Err(error.into()),
    }
}

fn to(address: &str) -> Response<Body> {
    use axum::response::IntoResponse;
    Redirect::to(address).into_response()
}

fn address(id: &str) -> String {
    format!("{PAGE}/{}", super::address::escape(id))
}

/// What a report is and whom it is on; its days stand beside it.
fn name(report: &Report, loaded: &Loaded, words: Words) -> String {
    let people = &loaded.audit().live().history().people;
    let subject = report.subject.as_str();
    let whom = match report.scope.as_str() {
        reports::GROUP => {
            let id = people.group_ids.find(subject);
            let group = id.and_then(|id| people.groups.get(id as usize));
            group.map_or(subject, |group| group.name.as_str())
        }
        reports::EMPLOYEE => {
            let id = people.ids.find(subject).map(history::EmployeeId);
            id.map_or(subject, |id| people.name(id))
        }
        _ => "",
    };
    let whom = match whom {
        "" if subject.is_empty() => words.text("reports-whom-company"),
        "" => subject.to_owned(),
        whom => one_line(whom, 80),
    };
    let kind = words.text(&format!("reports-name-{}", report.kind));
    format!("{kind}: {whom}")
}

fn days(report: &Report, words: Words) -> String {
    let day = |text: &str| {
        let day = text.parse::<Date>();
        day.map_or_else(|_| text.to_owned(), |day| wording::date(day, words.0))
    };
    format!("{} – {}", day(&report.from_day), day(&report.to_day))
}

/// Where a report stands: a draft, a draft with changed words, or sent and when.
fn state_of(report: &Report, zone: &worktime::Zone, words: Words) -> Cell {
    match (report.sent_at, report.edited_at) {
        (Some(sent), _) => {
            let sent = wording::moment(zone.datetime(sent), words.0);
            Cell::text(words.text("reports-sent")).small(sent)
        }
        (None, Some(_)) => Cell::text(words.text("reports-edited")),
        (None, None) => Cell::text(words.text("reports-draft")),
    }
}

async fn one(
    State(state): State<AppState>,
    member: Member,
    Path(id): Path<String>,
    Query(asked): Query<Asked>,
) -> Result<Response<Body>, Problem> {
    let (actor, words, now) = (&member.actor, member.words(), state.now());
    let kept = reports::open(&state.audits, actor, &id, now).await?;
    let loaded = Loaded::of(&state, actor).await?;
    let zone = &loaded.office().version().zone;
    let report = &kept.report;
    let moment = |at: app::Instant| wording::moment(zone.datetime(at), words.0);
    let mut facts = vec![
        fact(words.text("reports-days"), days(report, words)),
        fact(words.text("reports-made"), moment(report.made_at)),
    ];
    facts.extend(
        report
            .sent_at
            .map(|sent| fact(words.text("reports-sent"), moment(sent))),
    );
    let forms = Shape::ALL.map(|form| {
        let href = format!("{}/{}", address(&report.id), form.name());
        (href, words.text(&format!("reports-as-{}", form.name())))
    });
    let mut sheet = Sheet::new(member.page(one_line(&report.title, 160)))
        .back(PAGE, "reports-title")
        .told(&asked.done)
        .with(Block::Facts(facts));
    sheet = match report.files_gone_at {
        Some(at) => {
            let at = [("at", wording::Value::Text(moment(at).into()))];
            sheet.with(Block::Alert(words.say("reports-files-gone", &at)))
        }
        None => sheet.links(forms.into()),
    };
    let is_open = report.sent_at.is_none() && reports::writes(actor);
    sheet = match is_open {
        true => draft(sheet, &kept, words),
        false => read(sheet, &kept),
    };
    Ok(sheet.show())
}

fn fact(name: String, value: String) -> (String, String, String) {
    (name, value, String::new())
}

/// The words of a draft, to be changed, and the way out.
fn draft(sheet: Sheet, kept: &Kept, words: Words) -> Sheet {
    let mut form = Form::doing(
        "texts",
        format!("{}/texts", address(&kept.report.id)),
        words.text("reports-texts-save"),
    );
    for passage in kept.passages() {
        let text = passage.text().to_owned();
        let mut field = Field::passage(passage.id, passage.heading, &text);
        if passage.changed.is_some() {
            let was = ("name", passage.generated.as_str().into());
            field.hint = words.say("reports-text-was", &[was]);
        }
        form.fields.push(field);
    }
    let send = Form::doing(
        "send",
        format!("{}/send", address(&kept.report.id)),
        words.text("reports-send"),
    );
    let whom = format!("reports-goes-{}", kept.report.scope);
    sheet
        .heading("reports-send-title")
        .text(&whom)
        .form(send)
        .heading("reports-texts")
        .lead("reports-texts-about")
        .form(form)
}

/// The words of a report that stays as it is; figures and examples stand in its forms.
fn read(mut sheet: Sheet, kept: &Kept) -> Sheet {
    for block in kept.document().blocks {
        sheet = match block {
            Part::Heading { level: 1, text, .. } => sheet.with(Block::Heading(text)),
            Part::Text { text, .. } => {
                let words: String = text.iter().map(|run| run.text.as_str()).collect();
                sheet.with(Block::Text(words))
            }
            _ => sheet,
        };
    }
    sheet
}

async fn edit(
    State(state): State<AppState>,
    member: Member,
    Path(id): Path<String>,
    Sent(mut texts): Sent<BTreeMap<String, String>>,
) -> Result<Redirect, Problem> {
    member
        .visitor
        .check(&texts.remove("form_token").unwrap_or_default())?;
    reports::edit(&state.store, &member.actor, &id, &texts, state.now()).await?;
    Ok(Redirect::to(&with(&address(&id), &[("done", "texts")])))
}

#[derive(Deserialize)]
struct Sending {
    form_token: String,
}

async fn send(
    State(state): State<AppState>,
    member: Member,
    Path(id): Path<String>,
    Sent(form): Sent<Sending>,
) -> Result<Redirect, Problem> {
    member.visitor.check(&form.form_token)?;
    let press = state.press.clone();
    reports::send(&state.audits, &member.actor, &id, &*press, state.now()).await?;
    Ok(Redirect::to(&with(&address(&id), &[("done", "sent")])))
}

/// The report in a form: the page opens, everything else is saved.
async fn file(
    State(state): State<AppState>,
    member: Member,
    Path((id, form)): Path<(String, String)>,
) -> Result<Response<Body>, Problem> {
    let form = report_file::form(&form)?;
    let press = state.press.clone();
    let asked = (id.as_str(), form);
    let file = reports::file(&state.audits, &member.actor, asked, &*press, state.now()).await;
    match file {
        // The page of the report says so.
        Err(app::Error::FilesGone(id)) => Ok(to(&address(&id))),
        file => Ok(report_file::answer(form, file?)?),
    }
}
