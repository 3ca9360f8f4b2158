//! «Как мне сообщать?»: by which channels one is told besides the program, and when one is not to be
//! disturbed.

use app::Fault;
use app::telling::{self, Choice, OUTSIDE, Quiet};
use axum::Router;
use axum::body::Body;
use axum::extract::{Form as Sent, State};
use axum::http::{Response, StatusCode};
use axum::response::{IntoResponse, Redirect};
use axum::routing::get;
use serde::Deserialize;

use super::form::{Field, Form};
use super::sheet::Sheet;
use super::{Member, Words};
use crate::extract::Query;
use crate::problem::Problem;
use crate::state::AppState;

pub(super) fn routes() -> Router<AppState> {
    Router::new().route("/me/telling", get(show).post(save))
}

#[derive(Deserialize, Default)]
#[serde(default)]
struct Done {
    done: String,
}

/// What was typed.
#[derive(Deserialize, Default)]
#[serde(default)]
struct Typed {
    form_token: String,
    telegram: String,
    email: String,
    quiet: String,
}

impl Typed {
    fn of(choice: &Choice) -> Typed {
        let mark = |channel: &str| match choice.channels.contains(channel) {
            true => "on".to_owned(),
            false => String::new(),
        };
        Typed {
            form_token: String::new(),
            telegram: mark("telegram"),
            email: mark("email"),
            quiet: choice
                .quiet
                .map_or_else(String::new, |quiet| quiet.to_string()),
        }
    }

    fn choice(&self) -> Result<Choice, Vec<Fault>> {
        let quiet = Quiet::of_field(&self.quiet).map_err(|fault| vec![fault])?;
        let chosen = [&self.telegram, &self.email];
        let channels = OUTSIDE.into_iter().zip(chosen);
        Ok(Choice {
            channels: channels
                .filter(|(_, mark)| !mark.is_empty())
                .map(|(channel, _)| channel.to_owned())
                .collect(),
            quiet,
        })
    }

    fn form(&self, words: Words) -> Form {
        let mark = |name, label, value: &str| Field::mark(words, name, label, !value.is_empty());
        Form::doing("telling", "/me/telling", words.text("admin-save"))
            .with(mark("telegram", "telling-telegram", &self.telegram))
            .with(mark("email", "telling-email", &self.email))
            .with(Field::text(words, "quiet", "telling-quiet", &self.quiet).optional())
    }
}

fn page(member: &Member, form: Form) -> Sheet {
    let words = member.words();
    Sheet::new(member.page(words.text("telling-title")))
        .back("/me", "me-title")
        .lead("telling-about")
        .form(form)
        .links(vec![
            (
                "/me/telegram".to_owned(),
                words.text("reach-telegram-title"),
            ),
            ("/me/email".to_owned(), words.text("reach-email-title")),
            ("/notes".to_owned(), words.text("notes-title")),
        ])
}

async fn show(
    State(state): State<AppState>,
    member: Member,
    Query(asked): Query<Done>,
) -> Result<Response<Body>, Problem> {
    let choice = telling::choice(&state.store, &member.actor).await?;
    let form = Typed::of(&choice).form(member.words());
    Ok(page(&member, form).told(&asked.done).show())
}

async fn save(
    State(state): State<AppState>,
    member: Member,
    Sent(typed): Sent<Typed>,
) -> Result<Response<Body>, Problem> {
    member.visitor.check(&typed.form_token)?;
    match typed.choice() {
        Ok(choice) => {
            telling::choose(&state.store, &member.actor, &choice).await?;
            Ok(Redirect::to("/me/telling?done=saved").into_response())
        }
        Err(faults) => {
            let words = member.words();
            let form = typed.form(words).faulted(words, &faults);
            Ok(page(&member, form).show_as(StatusCode::UNPROCESSABLE_ENTITY))
        }
    }
}
