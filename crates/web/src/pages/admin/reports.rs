//! «Когда делать отчёты?»: the schedule of weekly and monthly reports.

use app::permissions::Deed;
use app::reports::{self, Schedule};
use axum::Router;
use axum::body::Body;
use axum::extract::{Form as Sent, State};
use axum::http::Response;
use axum::response::{IntoResponse, Redirect};
use axum::routing::get;
use serde::Deserialize;

use super::{Told, faults, may};
use crate::extract::Query;
use crate::pages::form::{Choice, Field, Form};
use crate::pages::sheet::{Block, Sheet};
use crate::pages::{Member, Words};
use crate::problem::Problem;
use crate::state::AppState;

const PAGE: &str = "/admin/reports";

pub(super) fn routes() -> Router<AppState> {
    Router::new().route(PAGE, get(show).post(save))
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

fn page(member: &Member, form: Form) -> Sheet {
    let words = member.words();
    let sheet = Sheet::new(member.page(words.text("schedule-title")));
    match may(&member.actor, Deed::ManageSettings) {
        true => sheet.lead("schedule-about").form(form),
        false => {
            let fields = form.fields.into_iter();
            let facts = fields.map(|field| {
                let value = field.said(words);
                (field.label, value, String::new())
            });
            sheet.with(Block::Facts(facts.collect()))
        }
    }
}

async fn show(
    State(state): State<AppState>,
    member: Member,
    Query(told): Query<Told>,
) -> Result<Response<Body>, Problem> {
    let schedule = reports::see(&state.store, &member.actor).await?;
    let form = Typed::of(&schedule).form(member.words());
    Ok(page(&member, form).told(&told.done).show())
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
            Ok(page(&member, form).show_as(status))
        }
    }
}
