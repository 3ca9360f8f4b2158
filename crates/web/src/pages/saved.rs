//! Lists with their filters under names: shown above a list, saved and removed there.

use app::saved;
use axum::Router;
use axum::extract::{Form, Path, State};
use axum::response::Redirect;
use axum::routing::post;
use serde::Deserialize;

use super::Member;
use super::address::{local, with};
use crate::problem::Problem;
use crate::state::AppState;

pub(super) fn routes() -> Router<AppState> {
    Router::new()
        .route("/saved", post(save))
        .route("/saved/{id}/remove", post(remove))
}

/// The saved lists of a page, for its top.
pub(super) struct Lists {
    pub lists: Vec<List>,
    /// The page's filters as they are now; empty: none.
    pub query: String,
    pub page: &'static str,
    /// Whether they could not be saved.
    pub bad: bool,
}

/// A saved list.
pub(super) struct List {
    pub id: String,
    pub name: String,
    pub href: String,
    /// Whether it is the one that is shown.
    pub here: bool,
}

impl Lists {
    /// Those of a page whose address with its filters is `here`.
    pub async fn of(
        state: &AppState,
        member: &Member,
        page: &'static str,
        here: &str,
    ) -> Result<Lists, Problem> {
        let all = saved::all(&state.store, &member.actor).await?;
        let own = all.into_iter().filter(|saved| saved.page == page);
        let lists = own.map(|saved| {
            let href = format!("{page}?{}", saved.query);
            List {
                here: href == here,
                id: saved.id,
                name: saved.name,
                href,
            }
        });
        let (_, query) = here.split_once('?').unwrap_or_default();
        Ok(Lists {
            lists: lists.collect(),
            query: query.to_owned(),
            page,
            bad: member.visitor.path.ends_with("saved=bad"),
        })
    }

    /// Whether the list that is shown can be saved.
    pub fn can_save(&self) -> bool {
        !self.query.is_empty() && self.lists.iter().all(|list| !list.here)
    }
}

#[derive(Deserialize)]
struct Saving {
    form_token: String,
    page: String,
    query: String,
    name: String,
}

async fn save(
    State(state): State<AppState>,
    member: Member,
    Form(form): Form<Saving>,
) -> Result<Redirect, Problem> {
    member.visitor.check(&form.form_token)?;
    let page = local(&form.page);
    let address = format!("{page}?{}", form.query);
    let back = local(&address);
    let asked = (page, form.query.as_str());
    let saved = saved::save(&state.store, &member.actor, asked, &form.name, state.now());
    match saved.await {
        Ok(()) => Ok(Redirect::to(back)),
        Err(app::Error::Invalid(_)) => Ok(Redirect::to(&with(back, &[("saved", "bad")]))),
        Err(error) => Err(error.into()),
    }
}

#[derive(Deserialize)]
struct Removing {
    form_token: String,
    next: String,
}

async fn remove(
    State(state): State<AppState>,
    member: Member,
    Path(id): Path<String>,
    Form(form): Form<Removing>,
) -> Result<Redirect, Problem> {
    member.visitor.check(&form.form_token)?;
    saved::remove(&state.store, &member.actor, &id).await?;
    Ok(Redirect::to(local(&form.next)))
}
