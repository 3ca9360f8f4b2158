//! What every page has around it: the title, and for whoever is logged in their way around.

use app::permissions::Deed;
use askama::Template;
use axum::body::Body;
use axum::http::{Response, StatusCode};
use axum::response::{Html, IntoResponse};
use wording::Lang;

use super::Words;
use super::script;
use super::visitor::Visitor;
use super::way::Way;
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
    pub way: Way,
    /// Whether they may look for deals.
    pub searches: bool,
    /// The page's own address.
    pub path: String,
    /// The language that they do not read now.
    pub other_lang: Lang,
}

impl Page {
    pub fn new(words: Words, title: String, visitor: Option<&Visitor>) -> Page {
        Page {
            words,
            title,
            reader: visitor.map(|visitor| Reader::new(words, visitor)),
        }
    }

    /// Where its scripts are; none: they are not for those who are not logged in, or there are none.
    pub fn script(&self) -> Option<&'static str> {
        self.reader.as_ref().and_then(|_| script::address())
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
        Reader {
            name: visitor.identity.person.name.clone(),
            form_token: visitor.form_token(),
            company: here.map(|place| place.name.clone()).unwrap_or_default(),
            others: visitor.places.len() > 1,
            searches: actor.is_some_and(|actor| actor.whose(Deed::ReadHistory).is_ok()),
            way: actor.map_or_else(Way::default, |actor| Way::of(actor, path, words)),
            path: visitor.path.clone(),
            other_lang: match words.0 {
                Lang::Ru => Lang::En,
                Lang::En => Lang::Ru,
            },
        }
    }
}

/// A page as an answer.
pub(super) fn show(status: StatusCode, page: &impl Template) -> Response<Body> {
    match page.render() {
        Ok(html) => (status, Html(html)).into_response(),
        Err(error) => Problem::inside(&error).into_response(),
    }
}
