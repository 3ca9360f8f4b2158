//! Pages, rendered here and usable without scripts: coming in, choosing a company, and who one is.

mod companies;
mod link;
mod login;
mod password;
mod start;
mod words;

use app::Fault;
use app::accounts::{self, Identity, Pass, Secret};
use askama::Template;
use axum::Router;
use axum::body::Body;
use axum::extract::FromRequestParts;
use axum::http::header::{ACCEPT_LANGUAGE, CACHE_CONTROL, CONTENT_TYPE, HeaderMap};
use axum::http::request::Parts;
use axum::http::{Response, StatusCode};
use axum::response::{Html, IntoResponse, Redirect};
use axum::routing::get;
use wording::Lang;

use crate::cookies;
use crate::problem::{Kind, Problem};
use crate::state::AppState;
pub(crate) use words::Words;

/// The routes.
pub(crate) fn routes() -> Router<AppState> {
    Router::new()
        .merge(start::routes())
        .merge(login::routes())
        .merge(link::routes())
        .merge(companies::routes())
        .merge(password::routes())
        .route("/assets/style.css", get(style))
        .route("/assets/icon.svg", get(icon))
}

async fn style() -> impl IntoResponse {
    asset(
        "text/css; charset=utf-8",
        include_str!("../../templates/style.css"),
    )
}

async fn icon() -> impl IntoResponse {
    asset("image/svg+xml", include_str!("../../templates/icon.svg"))
}

/// Something that is the same for everybody.
fn asset(kind: &'static str, text: &'static str) -> impl IntoResponse {
    let headers = [(CONTENT_TYPE, kind), (CACHE_CONTROL, "public, max-age=300")];
    (headers, text)
}

/// What every page has around it.
struct Page {
    words: Words,
    /// The title, which is the heading, too.
    title: String,
    /// Who reads it, if they are logged in.
    reader: Option<Reader>,
}

/// Who reads a page.
struct Reader {
    name: String,
    form_token: String,
}

impl Page {
    fn new(words: Words, title: String, visitor: Option<&Visitor>) -> Page {
        let reader = visitor.map(|visitor| Reader {
            name: visitor.identity.person.name.clone(),
            form_token: visitor.form_token(),
        });
        Page {
            words,
            title,
            reader,
        }
    }
}

/// A page as an answer.
fn show(status: StatusCode, page: &impl Template) -> Response<Body> {
    match page.render() {
        Ok(html) => (status, Html(html)).into_response(),
        Err(error) => Problem::inside(&error).into_response(),
    }
}

/// Somebody who is logged in. Others are sent to log in.
struct Visitor {
    identity: Identity,
    session: Secret,
}

impl Visitor {
    /// The one that a request's cookie names.
    async fn of(headers: &HeaderMap, state: &AppState) -> Result<Option<Visitor>, Problem> {
        let Some(session) = cookies::session(headers, &state.settings) else {
            return Ok(None);
        };
        let pass = Pass::Session(session.clone());
        let identity = accounts::come_in(&state.store, &pass, state.now()).await?;
        Ok(identity.map(|identity| Visitor { identity, session }))
    }

    fn words(&self) -> Words {
        Words(self.identity.person.language.parse().unwrap_or(Lang::Ru))
    }

    /// What a form of theirs carries, which no other site can know.
    fn form_token(&self) -> String {
        self.session.digest("form")
    }

    /// Refuses a form that was not made for them.
    fn check(&self, form_token: &str) -> Result<(), Problem> {
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
        match Visitor::of(&parts.headers, state).await {
            Ok(Some(visitor)) => Ok(visitor),
            Ok(None) => Err(Redirect::to("/login").into_response()),
            Err(problem) => Err(problem.into_response()),
        }
    }
}

/// The language that a browser asks for; Russian where it asks for neither.
pub(crate) fn lang_of(headers: &HeaderMap) -> Lang {
    let asked = headers
        .get(ACCEPT_LANGUAGE)
        .and_then(|value| value.to_str().ok());
    let mut wanted: Vec<(f32, Lang)> = Vec::new();
    for part in asked.unwrap_or_default().split(',').take(16) {
        let mut pieces = part.split(';');
        let tag = pieces
            .next()
            .unwrap_or_default()
            .trim()
            .to_ascii_lowercase();
        let lang = tag.split('-').next().and_then(|code| code.parse().ok());
        let quality = pieces.find_map(|piece| piece.trim().strip_prefix("q="));
        let quality = quality.map_or(1.0, |quality| quality.parse().unwrap_or(0.0));
        wanted.extend(lang.map(|lang| (quality, lang)));
    }
    // The first of the best.
    let best = wanted
        .iter()
        .copied()
        .rev()
        .max_by(|a, b| a.0.total_cmp(&b.0));
    best.filter(|(quality, _)| *quality > 0.0)
        .map_or(Lang::Ru, |(_, lang)| lang)
}

/// The language of the words of a form for people who are not logged in.
fn words_of(headers: &HeaderMap) -> Words {
    Words(lang_of(headers))
}

/// The faults of a form, by field.
struct Faults<'f>(&'f [Fault], Words);

impl Faults<'_> {
    /// What is wrong with a field; empty: nothing.
    fn of(&self, field: &str) -> String {
        let fault = self.0.iter().find(|fault| fault.field == field);
        fault.map_or_else(String::new, |fault| {
            self.1
                .text(&format!("fault-{}", fault.code.replace('_', "-")))
        })
    }
}

#[derive(Template)]
#[template(path = "problem.html")]
struct ProblemPage<'a> {
    page: Page,
    help: String,
    request: &'a str,
}

/// A problem as a page.
pub(crate) fn problem(problem: &Problem, request: &str, lang: Lang) -> Response<Body> {
    let words = Words(lang);
    let name = problem.kind().name();
    let page = Page::new(words, words.text(&format!("problem-{name}")), None);
    let help = words.text(&format!("problem-{name}-help"));
    let shown = ProblemPage {
        page,
        help,
        request,
    };
    show(problem.kind().status(), &shown)
}

#[cfg(test)]
mod tests {
    use axum::http::HeaderValue;

    use super::*;

    #[test]
    fn a_browser_says_what_it_wants_to_read() {
        for (asked, lang) in [
            ("", Lang::Ru),
            ("de", Lang::Ru),
            ("en", Lang::En),
            ("en-GB,en;q=0.9,ru;q=0.8", Lang::En),
            ("ru-RU,ru;q=0.9,en;q=0.8", Lang::Ru),
            ("en;q=0.5, ru;q=0.7", Lang::Ru),
            ("en;q=0", Lang::Ru),
            ("en;q=x", Lang::Ru),
            ("de, en, ru", Lang::En),
        ] {
            let mut headers = HeaderMap::new();
            headers.insert(ACCEPT_LANGUAGE, HeaderValue::from_static(asked));
            assert_eq!(lang_of(&headers), lang, "{asked}");
        }
    }
}
