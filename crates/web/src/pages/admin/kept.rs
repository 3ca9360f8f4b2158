//! «Сколько хранить файлы?»: the part of the page about reports that says how long files are kept.

use app::Fault;
use app::keeping::{self, Keeping};
use axum::Router;
use axum::body::Body;
use axum::extract::{Form as Sent, State};
use axum::http::Response;
use axum::response::{IntoResponse, Redirect};
use axum::routing::post;
use serde::Deserialize;

use super::faults;
use crate::pages::form::{Field, Form};
use crate::pages::{Member, Words};
use crate::problem::Problem;
use crate::state::AppState;

const PAGE: &str = "/admin/reports/kept";

pub(super) fn routes() -> Router<AppState> {
    Router::new().route(PAGE, post(save))
}

/// The settings as they are typed.
#[derive(Deserialize, Default)]
#[serde(default)]
struct Typed {
    form_token: String,
    report_days: String,
    attachment_days: String,
}

impl Typed {
    fn of(keeping: &Keeping) -> Typed {
        let reports = keeping.report_days.map(|days| days.to_string());
        Typed {
            form_token: String::new(),
            report_days: reports.unwrap_or_default(),
            attachment_days: keeping.attachment_days.to_string(),
        }
    }

    /// The settings, or everything that is wrong with them.
    fn keeping(&self) -> Result<Keeping, Vec<Fault>> {
        let mut faults = Vec::new();
        let mut number = |field: &'static str, text: &str| {
            let number = text.trim().parse::<u32>().ok();
            if number.is_none() {
                faults.push(Fault::new(field, "number", "a number"));
            }
            number.unwrap_or_default()
        };
        let reports = self.report_days.trim();
        let keeping = Keeping {
            report_days: match reports {
                "" => None,
                days => Some(number("report_days", days)),
            },
            attachment_days: number("attachment_days", &self.attachment_days),
        };
        match faults.is_empty() {
            true => Ok(keeping),
            false => Err(faults),
        }
    }

    fn form(&self, words: Words) -> Form {
        let text = |name, label, value| Field::text(words, name, label, value);
        Form::doing("kept", PAGE, words.text("admin-save"))
            .with(text("report_days", "kept-reports", &self.report_days).optional())
            .with(text(
                "attachment_days",
                "kept-attachments",
                &self.attachment_days,
            ))
    }
}

/// The form, as it is set.
pub(super) async fn form(state: &AppState, member: &Member) -> Result<Form, Problem> {
    let keeping = keeping::see(&state.store, &member.actor).await?;
    Ok(Typed::of(&keeping).form(member.words()))
}

async fn save(
    State(state): State<AppState>,
    member: Member,
    Sent(typed): Sent<Typed>,
) -> Result<Response<Body>, Problem> {
    member.visitor.check(&typed.form_token)?;
    let changed = match typed.keeping() {
        Ok(keeping) => keeping::save(&state.store, &member.actor, keeping, state.now()).await,
        Err(faults) => Err(app::Error::Invalid(faults)),
    };
    match changed {
        Ok(()) => Ok(Redirect::to("/admin/reports?done=saved").into_response()),
        Err(error) => {
            let (status, faults) = faults(error)?;
            let words = member.words();
            let form = typed.form(words).faulted(words, &faults);
            let sheet = super::reports::with_kept(&state, &member, form).await?;
            Ok(sheet.show_as(status))
        }
    }
}
