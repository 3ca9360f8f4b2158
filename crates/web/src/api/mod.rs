//! The REST API: one file a noun, one line here.

mod companies;
mod document;
mod invitations;
mod jobs;
mod journal;
mod me;
mod names;
mod notices;
mod people;
mod session;
mod tokens;

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
        .merge(notices::routes())
        .merge(jobs::routes())
}

/// The language of a code.
fn language(code: &str) -> Result<Lang, Problem> {
    let language = code.parse();
    language.map_err(|_| Problem::field("language", "language", "`ru` or `en`"))
}
