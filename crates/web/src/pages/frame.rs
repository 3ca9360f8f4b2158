//! What every page has around it: the title, and for whoever is logged in their way around.

use app::Actor;
use app::permissions::{Access, Deed, Reach};
use askama::Template;
use axum::body::Body;
use axum::http::{Response, StatusCode};
use axum::response::{Html, IntoResponse};
use wording::Lang;

use super::Words;
use super::visitor::Visitor;
use crate::problem::Problem;

/// What every page has around it.
pub(super) struct Page {
    pub words: Words,
    /// The title, which is the heading, too.
    pub title: String,
    /// Who reads it, if they are logged in.
    pub reader: Option<Reader>,
}

/// Who reads a page.
pub(super) struct Reader {
    pub name: String,
    pub form_token: String,
    /// The company that they are in; empty: none yet.
    pub company: String,
    /// Whether there are other companies to go to.
    pub others: bool,
    /// Where they may go.
    pub tabs: Vec<Tab>,
    /// The page's own address.
    pub path: String,
    /// The language that they do not read now.
    pub other_lang: Lang,
}

/// A page that somebody may go to.
pub(super) struct Tab {
    pub href: &'static str,
    pub label: String,
    /// Whether they are there.
    pub here: bool,
}

impl Page {
    pub fn new(words: Words, title: String, visitor: Option<&Visitor>) -> Page {
        Page {
            words,
            title,
            reader: visitor.map(|visitor| Reader::new(words, visitor)),
        }
    }

    /// What the forms of the page carry.
    pub fn form_token(&self) -> &str {
        let token = self
            .reader
            .as_ref()
            .map(|reader| reader.form_token.as_str());
        token.unwrap_or_default()
    }
}

impl Reader {
    fn new(words: Words, visitor: &Visitor) -> Reader {
        let here = visitor.places.iter().find(|place| place.current);
        let path = visitor.path.split('?').next().unwrap_or_default();
        let actor = visitor.identity.actor.as_ref();
        let tab = |(href, id): (&'static str, &str)| Tab {
            href,
            label: words.text(id),
            here: path == href || path.starts_with(&format!("{href}/")),
        };
        Reader {
            name: visitor.identity.person.name.clone(),
            form_token: visitor.form_token(),
            company: here.map(|place| place.name.clone()).unwrap_or_default(),
            others: visitor.places.len() > 1,
            tabs: actor.map_or_else(Vec::new, |actor| tabs(actor).into_iter().map(tab).collect()),
            path: visitor.path.clone(),
            other_lang: match words.0 {
                Lang::Ru => Lang::En,
                Lang::En => Lang::Ru,
            },
        }
    }
}

/// The pages that somebody may open, in the order of their day.
fn tabs(actor: &Actor) -> Vec<(&'static str, &'static str)> {
    let reach = |deed| actor.reach(deed).unwrap_or(Reach::None);
    let sees = reach(Deed::SeeFindings);
    let is_employee = actor.employee.is_some();
    let tabs = [
        (reach(Deed::SeeFigures) == Reach::All, "/board", "tab-board"),
        (sees == Reach::Group && is_employee, "/group", "tab-group"),
        (sees != Reach::None && is_employee, "/mine", "tab-mine"),
        (
            reach(Deed::JudgeDispute) != Reach::None,
            "/disputes",
            "tab-disputes",
        ),
        (
            sees == Reach::All || (sees != Reach::None && is_employee),
            "/findings",
            "tab-findings",
        ),
        (
            reach(Deed::ReadRegulation) != Reach::None,
            "/rules",
            "tab-rules",
        ),
    ];
    let open = tabs.into_iter().filter(|(is_open, ..)| *is_open);
    open.map(|(_, href, id)| (href, id)).collect()
}

/// The page that somebody's day begins with.
pub(super) fn main_page(actor: &Actor) -> &'static str {
    let first = |wanted: &'static str| {
        tabs(actor)
            .iter()
            .any(|(href, _)| *href == wanted)
            .then_some(wanted)
    };
    let wanted = match actor.access {
        Access::Employee => first("/mine"),
        Access::Lead => first("/group"),
        _ => first("/board"),
    };
    wanted.unwrap_or("/me")
}

/// A page as an answer.
pub(super) fn show(status: StatusCode, page: &impl Template) -> Response<Body> {
    match page.render() {
        Ok(html) => (status, Html(html)).into_response(),
        Err(error) => Problem::inside(&error).into_response(),
    }
}
