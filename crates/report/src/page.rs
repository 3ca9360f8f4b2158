//! A document as one page that needs nothing but itself: it opens from an e-mail, prints, and works
//! without scripts.

use askama::Template;
use wording::{Lang, Value, integer};

use crate::chart::{Chart, spark};
use crate::document::{Block, Card, Document};
use crate::links;
use crate::table::{Cell, Row, Table};
use crate::words::{lamp_id, text};

/// How a page leads to what is not on it.
#[derive(Clone, Copy, Debug, Default)]
pub struct Look<'l> {
    /// Where the interface is, such as `https://svetofor.example.org`; empty: on the same site. None:
    /// not known, and no link leads there.
    pub base: Option<&'l str>,
    /// What stands before the name of a picture that is sent beside the page, such as `cid:`: many
    /// mail programs show no others. None: charts are drawn on the page itself.
    pub pictures: Option<&'l str>,
}

/// The document as a page.
pub fn page(document: &Document, look: &Look<'_>) -> String {
    let page = Page {
        document,
        look: *look,
        lang: document.lang(),
    };
    page.render().expect("writing into a string cannot fail")
}

#[derive(Template)]
#[template(path = "document.html")]
struct Page<'d> {
    document: &'d Document,
    look: Look<'d>,
    lang: Lang,
}

impl Page<'_> {
    fn to(&self, link: &Option<String>) -> Option<String> {
        links::absolute(link.as_deref()?, self.look.base)
    }

    fn link(&self, to: &str) -> Option<String> {
        links::absolute(to, self.look.base)
    }

    fn lamp(&self, card: &Card) -> &'static str {
        card.lamp.map_or("", lamp_id)
    }

    fn text(&self, cell: &Cell) -> String {
        cell.text(self.lang)
    }

    /// The base of a share.
    fn hint(&self, cell: &Cell) -> String {
        let Cell::Share(part, whole) = cell else {
            return String::new();
        };
        let count = |n: &u64| Value::Text(integer(*n as i64, self.lang).into());
        let args = [("part", count(part)), ("whole", count(whole))];
        text(self.lang, "part-of-whole", &args)
    }

    fn class(&self, cell: &Cell, column: &usize, table: &Table) -> &'static str {
        let numeric = table.columns.get(*column).is_some_and(|one| one.numeric);
        match cell {
            Cell::Lamp(colour, _) => lamp_id(*colour),
            _ if numeric => "n",
            _ => "",
        }
    }

    fn row_class(&self, row: &Row) -> String {
        let strong = if row.strong { "strong " } else { "" };
        format!("{strong}depth{}", row.depth)
    }

    fn column<'t>(&self, table: &'t Table, column: &usize) -> &'t str {
        let column = table.columns.get(*column);
        column.map_or("", |column| &column.title)
    }

    fn spark(&self, cell: &Cell) -> String {
        match cell {
            Cell::Trend(values) => spark(values, &cell.text(self.lang)),
            _ => String::new(),
        }
    }

    fn svg(&self, chart: &Chart, title: &str) -> String {
        chart.svg(title, self.lang)
    }

    fn words(&self, chart: &Chart) -> String {
        chart.words(self.lang)
    }

    /// The tag of a heading: that of the page is the first.
    fn level(&self, level: &u8) -> u8 {
        (level + 1).clamp(2, 4)
    }
}
