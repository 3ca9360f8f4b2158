//! The REST API: one file a noun, one line here.

mod addresses;
mod by_hand;
mod chats;
mod checks;
mod companies;
mod company;
mod deals;
mod decisions;
mod document;
mod employees;
mod events;
mod exemptions;
mod figures;
mod finding;
mod findings;
mod goals;
mod invitations;
mod jobs;
mod journal;
mod known;
mod life_settings;
mod lost_facts;
mod me;
mod moment;
mod names;
mod notes;
mod notices;
mod pauses;
mod people;
mod regulation;
mod report_schedule;
mod reports;
mod reviews;
mod rules;
mod search;
mod session;
mod share;
mod tables;
mod telling;
mod tokens;
mod webhooks;
mod what_if;

use utoipa_axum::router::OpenApiRouter;
use wording::Lang;

use crate::problem::Problem;
use crate::state::AppState;

/// All routes of the API, with their description.
pub(crate) fn routes() -> OpenApiRouter<AppState> {
    OpenApiRouter::with_openapi(document::head())
        .merge(document::routes())
        .merge(session::routes())
        .merge(me::routes())
        .merge(companies::routes())
        .merge(people::routes())
        .merge(invitations::routes())
        .merge(tokens::routes())
        .merge(journal::routes())
        .merge(known::routes())
        .merge(tables::routes())
        .merge(notices::routes())
        .merge(notes::routes())
        .merge(telling::routes())
        .merge(pauses::routes())
        .merge(addresses::routes())
        .merge(chats::routes())
        .merge(webhooks::routes())
        .merge(jobs::routes())
        .merge(events::routes())
        .merge(deals::routes())
        .merge(search::routes())
        .merge(figures::routes())
        .merge(employees::routes())
        .merge(regulation::routes())
        .merge(what_if::routes())
        .merge(findings::routes())
        .merge(decisions::routes())
        .merge(by_hand::routes())
        .merge(reviews::routes())
        .merge(reports::routes())
        .merge(report_schedule::routes())
        .merge(exemptions::routes())
        .merge(rules::routes())
        .merge(checks::routes())
        .merge(life_settings::routes())
        .merge(goals::routes())
        .merge(company::routes())
}

/// In which language to say something.
#[derive(serde::Deserialize, utoipa::IntoParams)]
#[into_params(parameter_in = Query)]
pub(crate) struct Language {
    /// `ru` (if absent) or `en`.
    #[param(pattern = "^(ru|en)$")]
    language: Option<String>,
}

impl Language {
    fn lang(&self) -> Result<Lang, Problem> {
        self.language.as_deref().map_or(Ok(Lang::Ru), language)
    }
}

/// A text, where there is one.
fn some(text: &str) -> Option<String> {
    (!text.is_empty()).then(|| text.to_owned())
}

/// The language of a code.
fn language(code: &str) -> Result<Lang, Problem> {
    let language = code.parse();
    language.map_err(|_| Problem::field("language", "language", "`ru` or `en`"))
}
