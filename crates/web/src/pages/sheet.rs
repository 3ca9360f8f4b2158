//! A page made of plain blocks: headings, facts, tables, forms. For pages that need no drawing of
//! their own.

use askama::Template;
use axum::body::Body;
use axum::http::{Response, StatusCode};

use super::form::{Form, Input};
use super::numbered::Pages;
use super::table::Table;
use super::{Page, show};

/// A piece of a page.
pub(super) enum Block {
    /// Small grey words.
    Lead(String),
    /// A paragraph.
    Text(String),
    /// A heading.
    Heading(String),
    /// What is known of the thing that the page is about: word, value, where it leads.
    Facts(Vec<(String, String, String)>),
    /// A table; what is said in its place where it is empty.
    Table(Box<Table>, String),
    /// The pages of a list.
    Pages(Pages),
    /// A form.
    Form(Form),
    /// Ways to go on: address and words.
    Links(Vec<(String, String)>),
    /// Something to be copied as it is.
    Code(String),
    /// Something that must not be overlooked.
    Alert(String),
    /// The days of a month.
    Month(Vec<Vec<Option<Cell>>>, Vec<String>),
}

/// A day of a month.
pub(super) struct Cell {
    /// The number of the day.
    pub day: String,
    /// Its class.
    pub class: &'static str,
    /// Its hours.
    pub hours: String,
    /// What is special about it.
    pub note: String,
}

/// A page made of blocks.
#[derive(Template)]
#[template(path = "sheet.html")]
pub(super) struct Sheet {
    page: Page,
    told: String,
    /// Where one comes from: address and words.
    back: Option<(String, String)>,
    blocks: Vec<Block>,
}

impl Sheet {
    pub fn new(page: Page) -> Sheet {
        Sheet {
            page,
            told: String::new(),
            back: None,
            blocks: Vec::new(),
        }
    }

    /// The same, telling what was just done; an unknown word says nothing.
    pub fn told(mut self, done: &str) -> Sheet {
        let id = format!("done-sheet-{done}");
        if self.page.words.has(&id) {
            self.told = self.page.words.text(&id);
        }
        self
    }

    /// The same with a way back.
    pub fn back(mut self, href: impl Into<String>, message: &str) -> Sheet {
        self.back = Some((href.into(), self.page.words.text(message)));
        self
    }

    /// The same with a block more.
    pub fn with(mut self, block: Block) -> Sheet {
        self.blocks.push(block);
        self
    }

    /// The same with a heading, which is a message.
    pub fn heading(self, message: &str) -> Sheet {
        let said = self.page.words.text(message);
        self.with(Block::Heading(said))
    }

    /// The same with small grey words, which are a message.
    pub fn lead(self, message: &str) -> Sheet {
        let said = self.page.words.text(message);
        self.with(Block::Lead(said))
    }

    /// The same with a paragraph, which is a message.
    pub fn text(self, message: &str) -> Sheet {
        let said = self.page.words.text(message);
        self.with(Block::Text(said))
    }

    /// The same with a table; the message stands in its place where it is empty.
    pub fn table(self, table: Table, empty: &str) -> Sheet {
        let empty = self.page.words.text(empty);
        self.with(Block::Table(Box::new(table), empty))
    }

    /// The same with a form.
    pub fn form(self, form: Form) -> Sheet {
        self.with(Block::Form(form))
    }

    /// The same with ways to go on.
    pub fn links(self, links: Vec<(String, String)>) -> Sheet {
        match links.is_empty() {
            true => self,
            false => self.with(Block::Links(links)),
        }
    }

    /// The page as an answer.
    pub fn show(&self) -> Response<Body> {
        self.show_as(StatusCode::OK)
    }

    /// The page as an answer of a status.
    pub fn show_as(&self, status: StatusCode) -> Response<Body> {
        show(status, self)
    }
}
