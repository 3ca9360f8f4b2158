//! Who comes to a page.

use app::Actor;
use app::accounts::{self, Identity, Pass, Place, Secret};
use axum::body::Body;
use axum::extract::FromRequestParts;
use axum::http::Response;
use axum::http::header::HeaderMap;
use axum::http::request::Parts;
use axum::response::{IntoResponse, Redirect};
use wording::Lang;

use super::Words;
use super::address::{escape, local};
use super::frame::Page;
use crate::cookies;
use crate::problem::{Kind, Problem};
use crate::state::AppState;

/// Somebody who is logged in. Others are sent to log in.
pub(crate) struct Visitor {
    pub identity: Identity,
    /// The companies that they can come in to.
    pub places: Vec<Place>,
    /// The address that they ask for.
    pub path: String,
    session: Secret,
}

impl Visitor {
    /// The one that a request's cookie names.
    pub async fn of(
        headers: &HeaderMap,
        path: &str,
        state: &AppState,
    ) -> Result<Option<Visitor>, Problem> {
        let Some(session) = cookies::session(headers, &state.settings) else {
            return Ok(None);
        };
        let pass = Pass::Session(session.clone());
        let Some(identity) = accounts::come_in(&state.store, &pass, state.now()).await? else {
            return Ok(None);
        };
        Ok(Some(Visitor {
            places: accounts::companies(&state.store, &identity).await?,
            path: local(path).to_owned(),
            identity,
            session,
        }))
    }

    pub fn words(&self) -> Words {
        Words(self.identity.person.language.parse().unwrap_or(Lang::Ru))
    }

    /// What a form of theirs carries, which no other site can know.
    pub fn form_token(&self) -> String {
        self.session.digest("form")
    }

    /// Refuses a form that was not made for them.
    pub fn check(&self, form_token: &str) -> Result<(), Problem> {
        match form_token == self.form_token() {
            true => Ok(()),
            false => Err(Problem::new(
                Kind::Denied,
                "the form is not yours; load the page anew",
            )),
        }
    }
}

impl FromRequestParts<AppState> for Visitor {
    type Rejection = Response<Body>;

    async fn from_request_parts(
        parts: &mut Parts,
        state: &AppState,
    ) -> Result<Visitor, Response<Body>> {
        let path = parts.uri.path_and_query().map_or("/", |path| path.as_str());
        match Visitor::of(&parts.headers, path, state).await {
            Ok(Some(visitor)) => Ok(visitor),
            Ok(None) => {
                // Whoever followed a link to a page gets there after the login.
                let next = local(path);
                let to = match next == "/" || parts.method != axum::http::Method::GET {
                    true => "/login".to_owned(),
                    false => format!("/login?next={}", escape(next)),
                };
                Err(Redirect::to(&to).into_response())
            }
            Err(problem) => Err(problem.into_response()),
        }
    }
}

/// Somebody who is logged in and in a company. Others are sent to choose one.
pub(super) struct Member {
    pub visitor: Visitor,
    pub actor: Actor,
}

impl Member {
    pub fn words(&self) -> Words {
        self.visitor.words()
    }

    /// A page for them.
    pub fn page(&self, title: String) -> Page {
        Page::new(self.words(), title, Some(&self.visitor))
    }
}

impl FromRequestParts<AppState> for Member {
    type Rejection = Response<Body>;

    async fn from_request_parts(
        parts: &mut Parts,
        state: &AppState,
    ) -> Result<Member, Response<Body>> {
        let visitor = Visitor::from_request_parts(parts, state).await?;
        match visitor.identity.actor.clone() {
            Some(actor) => Ok(Member { visitor, actor }),
            None => Err(Redirect::to("/companies").into_response()),
        }
    }
}
