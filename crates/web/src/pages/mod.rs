//! Pages, rendered here and usable without scripts. Each answers one question; one file a page.
//!
//! # Adding a page
//!
//! 1. A file here with its handlers and a `routes()`, named in [`routes`]; a template.
//! 2. A handler takes a [`Member`] (who reads, in which company), calls use cases, which decide who
//!    may, and shows a template that extends `layout.html`. A form carries the page's form token,
//!    does its work by POST and answers with a redirect to where the result is seen.
//! 3. Its words in both languages in `messages/{ru,en}/NAME.ftl`; its place in `way.rs`; its line in
//!    the tests. Rules of style that no other page has: `templates/styles/NAME.css`, named in
//!    [`STYLE`].

mod act;
mod address;
mod admin;
mod board;
mod calls;
mod change;
mod companies;
mod compare;
mod deal;
mod deals;
mod disputes;
mod elsewhere;
mod exemptions;
mod field;
mod finding;
mod findings;
mod findings_file;
mod form;
mod frame;
mod goals;
mod group;
mod hands;
mod light;
mod link;
mod lists;
mod login;
mod looked;
mod lost;
mod me_telling;
mod meeting;
mod mine;
mod month;
mod names;
mod notes;
mod numbered;
mod outcomes;
mod password;
mod paused;
mod period;
mod person;
mod pipelines;
mod queue;
mod regulation;
mod reports;
mod reviews;
mod rules;
mod sales;
mod saved;
mod script;
mod search;
mod sheet;
mod spent;
mod start;
mod table;
mod trends;
mod unhandled;
mod visitor;
mod way;
mod what_if;
mod words;

use app::Fault;
use askama::Template;
use axum::Router;
use axum::body::Body;
use axum::http::Response;
use axum::http::header::{ACCEPT_LANGUAGE, CACHE_CONTROL, CONTENT_TYPE, HeaderMap};
use axum::response::IntoResponse;
use axum::routing::get;
use wording::Lang;

use crate::problem::Problem;
use crate::state::AppState;
use frame::{Page, show};
use visitor::Member;
pub(crate) use visitor::Visitor;
pub(crate) use words::Words;

/// The routes.
pub(crate) fn routes() -> Router<AppState> {
    Router::new()
        .merge(start::routes())
        .merge(login::routes())
        .merge(link::routes())
        .merge(companies::routes())
        .merge(password::routes())
        .merge(board::routes())
        .merge(mine::routes())
        .merge(month::routes())
        .merge(notes::routes())
        .merge(me_telling::routes())
        .merge(unhandled::routes())
        .merge(calls::routes())
        .merge(group::routes())
        .merge(person::routes())
        .merge(meeting::routes())
        .merge(findings::routes())
        .merge(queue::routes())
        .merge(reports::routes())
        .merge(reviews::routes())
        .merge(looked::routes())
        .merge(spent::routes())
        .merge(disputes::routes())
        .merge(exemptions::routes())
        .merge(finding::routes())
        .merge(deal::routes())
        .merge(deals::routes())
        .merge(trends::routes())
        .merge(pipelines::routes())
        .merge(compare::routes())
        .merge(rules::routes())
        .merge(admin::routes())
        .merge(elsewhere::routes())
        .merge(script::routes())
        .merge(search::routes())
        .merge(saved::routes())
        .merge(regulation::routes())
        .merge(what_if::routes())
        .merge(sales::routes())
        .merge(lost::routes())
        .route("/assets/style.css", get(style))
        .route("/assets/icon.svg", get(icon))
}

/// The rules of style: what all pages share, then what single pages add.
const STYLE: &str = concat!(
    include_str!("../../templates/style.css"),
    include_str!("../../templates/styles/search.css"),
    include_str!("../../templates/styles/table.css"),
    include_str!("../../templates/styles/people.css"),
    include_str!("../../templates/styles/deal.css"),
    include_str!("../../templates/styles/control.css"),
    include_str!("../../templates/styles/board.css"),
    include_str!("../../templates/styles/compare.css"),
    include_str!("../../templates/styles/admin.css"),
    include_str!("../../templates/styles/scripts.css"),
    include_str!("../../templates/styles/regulation.css"),
    include_str!("../../templates/styles/sales.css"),
);

async fn style() -> impl IntoResponse {
    asset("text/css; charset=utf-8", STYLE)
}

async fn icon() -> impl IntoResponse {
    asset("image/svg+xml", include_str!("../../templates/icon.svg"))
}

/// Something that is the same for everybody.
fn asset(kind: &'static str, text: &'static str) -> impl IntoResponse {
    let headers = [(CONTENT_TYPE, kind), (CACHE_CONTROL, "public, max-age=300")];
    (headers, text)
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

/// A problem as a page, for whoever is logged in with their way around.
pub(crate) fn problem(
    problem: &Problem,
    request: &str,
    lang: Lang,
    visitor: Option<&Visitor>,
) -> Response<Body> {
    let words = visitor.map_or(Words(lang), Visitor::words);
    let name = problem.kind().name();
    let page = Page::new(words, words.text(&format!("problem-{name}")), visitor);
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
