//! A report as a sequence of blocks, in the reader's language: what every form of it draws.
//!
//! A document is kept as JSON and read back exactly, so a report once sent can be drawn again, in any
//! form, whatever has become of the figures that it was made of.

mod markup;

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use wording::Lang;

use crate::chart::Chart;
use crate::table::{Colour, Table};

pub use markup::{Run, is_inside, marked, runs};

/// A report, ready to be drawn as a page, on paper, as a workbook or as a message.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Document {
    /// The language of its words: `ru` or `en`.
    pub lang: String,
    /// What it is, such as «Отчёт за неделю».
    pub title: String,
    /// Whose and of when.
    pub subtitle: String,
    /// By what it was made: regulation, instant, zone, what it is compared with. A line each.
    pub about: Vec<String>,
    /// What stands in it, in this order.
    pub blocks: Vec<Block>,
    /// Tables that a workbook alone shows: too long to be read.
    pub data: Vec<Table>,
}

/// A part of a document.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Block {
    /// A heading; level 1 is that of a chapter, 2 and 3 stand below it.
    Heading {
        /// 1, 2 or 3.
        level: u8,
        /// Its words.
        text: String,
        /// A word for it in addresses, unique in the document.
        id: String,
    },
    /// A paragraph.
    Text {
        /// Under which a specialist edits it; empty: it is not to be edited.
        id: String,
        /// Its words.
        text: Vec<Run>,
    },
    /// Figures that stand out, side by side.
    Cards(Vec<Card>),
    /// A table under its title.
    Table(Table),
    /// A chart under its title.
    Chart {
        /// A word for it in addresses and names of files, unique in the document.
        id: String,
        /// The question that it answers.
        title: String,
        /// How to read it; may be empty.
        note: String,
        /// What it draws.
        chart: Chart,
    },
    /// Points with their examples.
    List(Vec<Item>),
    /// On paper a new page begins.
    Break,
}

/// A figure that stands out.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Card {
    /// What it is.
    pub title: String,
    /// The figure with its unit.
    pub value: String,
    /// Its base, and what it was before.
    pub about: String,
    /// The lamp in whose colour it stands.
    pub lamp: Option<Colour>,
    /// Where its proof is; see [`Run::link`].
    pub link: Option<String>,
}

/// A point of a list.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Item {
    /// Under which a specialist edits it; empty: it is not to be edited.
    pub id: String,
    /// Its words.
    pub text: Vec<Run>,
    /// What it is backed by.
    pub examples: Vec<Example>,
}

/// A finding that backs a point.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Example {
    /// When, in the company's zone.
    pub moment: String,
    /// The deal; may be empty.
    pub deal: String,
    /// What happened.
    pub words: String,
    /// The finding in the interface; see [`Run::link`].
    pub link: Option<String>,
}

impl Document {
    /// The language of its words; of a code that nobody speaks it is Russian.
    pub fn lang(&self) -> Lang {
        self.lang.parse().unwrap_or(Lang::Ru)
    }

    /// The document as it is kept.
    ///
    /// # Errors
    /// Never of a document that this crate made: all its numbers are finite.
    pub fn to_json(&self) -> Result<String, serde_json::Error> {
        serde_json::to_string(self)
    }

    /// Reads a document that was kept: exactly the one that was written.
    ///
    /// # Errors
    /// Where the text is no document, or of a newer form.
    pub fn from_json(json: &str) -> Result<Document, serde_json::Error> {
        serde_json::from_str(json)
    }

    /// The tables among its blocks, in their order.
    pub fn tables(&self) -> impl Iterator<Item = &Table> {
        self.blocks.iter().filter_map(|block| match block {
            Block::Table(table) => Some(table),
            _ => None,
        })
    }

    /// The chart of an id, with its title.
    pub fn chart(&self, wanted: &str) -> Option<(&str, &Chart)> {
        self.blocks.iter().find_map(|block| match block {
            Block::Chart {
                id, title, chart, ..
            } if id == wanted => Some((title.as_str(), chart)),
            _ => None,
        })
    }

    /// The texts that a specialist may edit, by their ids, as [`marked`] writes them.
    pub fn texts(&self) -> BTreeMap<String, String> {
        let mut document = self.clone();
        let mut texts = BTreeMap::new();
        document.each_text(|id, text| {
            texts.insert(id.to_owned(), marked(text));
        });
        texts
    }

    /// The document with edited texts in the place of those of the same ids, as [`runs`] reads them;
    /// an id that no text has is passed over, and a text that is edited to nothing is left out.
    pub fn with_texts(&self, texts: &BTreeMap<String, String>) -> Document {
        let mut document = self.clone();
        document.each_text(|id, text| {
            if let Some(edited) = texts.get(id) {
                *text = runs(edited);
            }
        });
        for block in &mut document.blocks {
            if let Block::List(items) = block {
                items.retain(|item| !item.text.is_empty());
            }
        }
        document
            .blocks
            .retain(|block| !matches!(block, Block::Text { text, .. } if text.is_empty()));
        document
    }

    fn each_text(&mut self, mut see: impl FnMut(&str, &mut Vec<Run>)) {
        for block in &mut self.blocks {
            match block {
                Block::Text { id, text } if !id.is_empty() => see(id, text),
                Block::List(items) => items
                    .iter_mut()
                    .filter(|item| !item.id.is_empty())
                    .for_each(|item| see(&item.id, &mut item.text)),
                _ => {}
            }
        }
    }
}
