//! «Когда делать отчёты?»: the schedule of weekly and monthly reports.

use app::permissions::Deed;
use app::reports::{self, Failed, Schedule};
use axum::Router;
use axum::body::Body;
use axum::extract::{Form as Sent, State};
use axum::http::Response;
use axum::response::{IntoResponse, Redirect};
use axum::routing::{get, post};
use serde::Deserialize;
use wording::one_line;

use super::{Plain, Told, faults, kept, may, moment};
use crate::extract::Query;
use crate::pages::form::{Choice, Field, Form};
use crate::pages::sheet::{Block, Sheet};
use crate::pages::table::{Cell, Row, Table, Value};
use crate::pages::{Member, Words};
use crate::problem::Problem;
use crate::state::AppState;

const PAGE: &str = "/admin/reports";

pub(super) fn routes() -> Router<AppState> {
    Router::new()
        .route(PAGE, get(show).post(save))
        .route("/admin/reports/retry", post(retry))
}

/// The schedule as it is typed.
#[derive(Deserialize, Default)]
#[serde(default)]
struct Typed {
    form_token: String,
    weekly: String,
    monthly: String,
    groups: String,
    people: String,
    make_at: String,
    send_at: String,
    by_hand: String,
    language: String,
}

impl Typed {
    fn of(schedule: &Schedule) -> Typed {
        let mark = |is_on: bool| if is_on { "on" } else { "" }.to_owned();
        Typed {
            form_token: String::new(),
            weekly: mark(schedule.weekly),
            monthly: mark(schedule.monthly),
            groups: mark(schedule.groups),
            people: mark(schedule.people),
            make_at: schedule.make_at.clone(),
            send_at: schedule.send_at.clone(),
            by_hand: mark(schedule.by_hand),
            language: schedule.language.clone(),
        }
    }

    fn schedule(&self) -> Schedule {
        Schedule {
            weekly: !self.weekly.is_empty(),
            monthly: !self.monthly.is_empty(),
            groups: !self.groups.is_empty(),
            people: !self.people.is_empty(),
            make_at: self.make_at.trim().to_owned(),
            send_at: self.send_at.trim().to_owned(),
            by_hand: !self.by_hand.is_empty(),
            language: self.language.clone(),
        }
    }

    fn form(&self, words: Words) -> Form {
        let mark = |name, label, value: &str| Field::mark(words, name, label, !value.is_empty());
        let languages = [("ru", "Русский"), ("en", "English")];
        let languages = languages.map(|(code, name)| Choice::new(code, name));
        let language = self.language.as_str();
        Form::doing("reports", PAGE, words.text("admin-save"))
            .with(mark("weekly", "schedule-weekly", &self.weekly))
            .with(mark("monthly", "schedule-monthly", &self.monthly))
            .with(mark("groups", "schedule-groups", &self.groups))
            .with(mark("people", "schedule-people", &self.people))
            .with(Field::text(
                words,
                "make_at",
                "schedule-make-at",
                &self.make_at,
            ))
            .with(Field::text(
                words,
                "send_at",
                "schedule-send-at",
                &self.send_at,
            ))
            .with(mark("by_hand", "schedule-by-hand", &self.by_hand))
            .with(Field::choice(
                words,
                "language",
                "schedule-language",
                language,
                languages.into(),
            ))
    }
}

/// What could not be made or sent; nothing where all went well.
async fn failures(state: &AppState, member: &Member, sheet: Sheet) -> Result<Sheet, Problem> {
    let words = member.words();
    let failed = reports::failures(&state.audits, &member.actor, state.now()).await?;
    if failed.is_empty() {
        return Ok(sheet);
    }
    let zone = super::zone(state, member).await?;
    let mut table = Table::new(member, "failed", words.text("schedule-failed"))
        .column(words.text("reports-what"))
        .column(words.text("jobs-error"))
        .number(words.text("jobs-tries"))
        .column(words.text("schedule-failed-at"))
        .column(words.text("schedule-next"));
    for one in &failed {
        let tries = u64::try_from(one.tries).unwrap_or(0);
        let next = match one.next_at {
            Some(_) => moment(&zone, one.next_at),
            None => Cell::text(words.text("schedule-next-never")),
        };
        table.push(Row::of(vec![
            Cell::text(what(one, words)),
            Cell::text(one_line(&one.why, 300)),
            Value::Count(tries).into(),
            moment(&zone, Some(one.failed_at)),
            next,
        ]));
    }
    let sheet = sheet
        .heading("schedule-failed")
        .text("schedule-failed-why")
        .table(table, "jobs-none");
    let again = "/admin/reports/retry";
    let tried = failed.iter().any(|one| one.next_at.is_some());
    Ok(match tried && may(&member.actor, Deed::ManageSettings) {
        true => sheet.form(Form::doing("retry", again, words.text("schedule-retry"))),
        false => sheet,
    })
}

/// What could not be done: a report that cannot be sent, or the reports of a period.
fn what(failed: &Failed, words: Words) -> String {
    match &failed.report {
        Some(report) => words.named("schedule-not-sent", &report.title),
        None => {
            let day = failed.from_day.parse();
            let day = day.map_or(failed.from_day.clone(), |day| wording::date(day, words.0));
            words.named(&format!("schedule-not-made-{}", failed.kind), &day)
        }
    }
}

async fn retry(
    State(state): State<AppState>,
    member: Member,
    Sent(form): Sent<Plain>,
) -> Result<Redirect, Problem> {
    member.visitor.check(&form.form_token)?;
    reports::try_again(&state.audits, &member.actor, state.now()).await?;
    Ok(Redirect::to("/admin/reports?done=reports-retried"))
}

/// The page: the schedule, what could not be done, how long files are kept.
async fn page(
    state: &AppState,
    member: &Member,
    (schedule, kept): (Form, Form),
) -> Result<Sheet, Problem> {
    let words = member.words();
    let sheet = Sheet::new(member.page(words.text("schedule-title")));
    let sheet = failures(state, member, sheet).await?;
    if may(&member.actor, Deed::ManageSettings) {
        return Ok(sheet
            .lead("schedule-about")
            .form(schedule)
            .heading("kept-title")
            .lead("kept-why")
            .form(kept));
    }
    let said = |form: Form| {
        let fields = form.fields.into_iter();
        let facts = fields.map(|field| {
            let value = field.said(words);
            (field.label, value, String::new())
        });
        Block::Facts(facts.collect())
    };
    Ok(sheet
        .with(said(schedule))
        .heading("kept-title")
        .with(said(kept)))
}

/// The page with what somebody typed of how long files are kept.
pub(super) async fn with_kept(
    state: &AppState,
    member: &Member,
    kept: Form,
) -> Result<Sheet, Problem> {
    let schedule = reports::see(&state.store, &member.actor).await?;
    let form = Typed::of(&schedule).form(member.words());
    page(state, member, (form, kept)).await
}

async fn show(
    State(state): State<AppState>,
    member: Member,
    Query(told): Query<Told>,
) -> Result<Response<Body>, Problem> {
    let kept = kept::form(&state, &member).await?;
    let sheet = with_kept(&state, &member, kept).await?;
    Ok(sheet.told(&told.done).show())
}

async fn save(
    State(state): State<AppState>,
    member: Member,
    Sent(typed): Sent<Typed>,
) -> Result<Response<Body>, Problem> {
    member.visitor.check(&typed.form_token)?;
    let schedule = typed.schedule();
    match reports::save(&state.store, &member.actor, &schedule, state.now()).await {
        Ok(()) => Ok(Redirect::to("/admin/reports?done=saved").into_response()),
        Err(error) => {
            let (status, faults) = faults(error)?;
            let words = member.words();
            let form = typed.form(words).faulted(words, &faults);
            let kept = kept::form(&state, &member).await?;
            let sheet = page(&state, &member, (form, kept)).await?;
            Ok(sheet.show_as(status))
        }
    }
}
