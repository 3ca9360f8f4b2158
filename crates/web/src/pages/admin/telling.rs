//! «Кому и когда сообщать?»: the company's quiet hours, the time of notes, what group chats are told.

use app::Fault;
use app::permissions::Deed;
use app::telling::{self, Quiet, Settings};
use axum::Router;
use axum::body::Body;
use axum::extract::{Form as Sent, State};
use axum::http::Response;
use axum::response::{IntoResponse, Redirect};
use axum::routing::get;
use serde::Deserialize;

use super::{Told, faults, may};
use crate::extract::Query;
use crate::pages::form::{Field, Form};
use crate::pages::sheet::{Block, Sheet};
use crate::pages::{Member, Words};
use crate::problem::Problem;
use crate::state::AppState;

pub(super) fn routes() -> Router<AppState> {
    Router::new().route("/admin/telling", get(show).post(save))
}

/// The settings as they are typed.
#[derive(Deserialize, Default)]
#[serde(default)]
struct Typed {
    form_token: String,
    quiet: String,
    note_at: String,
    note_after: String,
    window: String,
    within: String,
    chat_names: String,
    unhandled_after: String,
}

impl Typed {
    fn of(settings: &Settings) -> Typed {
        let quiet = settings.quiet.map(|quiet| quiet.to_string());
        Typed {
            form_token: String::new(),
            quiet: quiet.unwrap_or_default(),
            note_at: settings.note_at.clone(),
            note_after: settings.note_after.to_string(),
            window: settings.window.to_string(),
            within: settings.within.to_string(),
            chat_names: if settings.chat_names { "on" } else { "" }.to_owned(),
            unhandled_after: settings.unhandled_after.to_string(),
        }
    }

    /// The settings, or everything that is wrong with them.
    fn settings(&self) -> Result<Settings, Vec<Fault>> {
        let mut faults = Vec::new();
        let quiet = Quiet::of_field(&self.quiet).unwrap_or_else(|fault| {
            faults.push(fault);
            None
        });
        let mut number = |field: &'static str, text: &str| {
            let number = text.trim().parse::<u32>();
            if number.is_err() {
                faults.push(Fault::new(field, "number", "a number"));
            }
            number.unwrap_or_default()
        };
        let settings = Settings {
            quiet,
            note_at: self.note_at.trim().to_owned(),
            note_after: number("note_after", &self.note_after),
            window: number("window", &self.window),
            within: number("within", &self.within),
            chat_names: !self.chat_names.is_empty(),
            unhandled_after: number("unhandled_after", &self.unhandled_after),
        };
        match faults.is_empty() {
            true => Ok(settings),
            false => Err(faults),
        }
    }

    fn form(&self, words: Words) -> Form {
        let text = |name, label, value| Field::text(words, name, label, value);
        let names = !self.chat_names.is_empty();
        Form::doing("telling", "/admin/telling", words.text("admin-save"))
            .with(text("quiet", "telling-company-quiet", &self.quiet).optional())
            .with(text("note_at", "telling-note-at", &self.note_at).optional())
            .with(text("note_after", "telling-note-after", &self.note_after))
            .with(text("window", "telling-window", &self.window))
            .with(text("within", "telling-within", &self.within))
            .with(text(
                "unhandled_after",
                "telling-unhandled",
                &self.unhandled_after,
            ))
            .with(Field::mark(
                words,
                "chat_names",
                "telling-chat-names",
                names,
            ))
    }
}

fn page(member: &Member, form: Form) -> Sheet {
    let words = member.words();
    let sheet = Sheet::new(member.page(words.text("telling-company-title")));
    match may(&member.actor, Deed::ManageSettings) {
        true => sheet.lead("telling-company-about").form(form),
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
    let settings = telling::see(&state.store, &member.actor).await?;
    let form = Typed::of(&settings).form(member.words());
    Ok(page(&member, form).told(&told.done).show())
}

async fn save(
    State(state): State<AppState>,
    member: Member,
    Sent(typed): Sent<Typed>,
) -> Result<Response<Body>, Problem> {
    member.visitor.check(&typed.form_token)?;
    member.actor.reach(Deed::ManageSettings)?;
    let changed = match typed.settings() {
        Ok(settings) => telling::save(&state.store, &member.actor, &settings, state.now()).await,
        Err(faults) => Err(app::Error::Invalid(faults)),
    };
    match changed {
        Ok(()) => Ok(Redirect::to("/admin/telling?done=saved").into_response()),
        Err(error) => {
            let (status, faults) = faults(error)?;
            let words = member.words();
            let form = typed.form(words).faulted(words, &faults);
            Ok(page(&member, form).show_as(status))
        }
    }
}
