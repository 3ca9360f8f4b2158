//! Typesetting: a report as a PDF, and its charts as pictures for chats.
//!
//! [`typeset`] puts a [`Document`] on pages of A4: running head, page numbers, contents where it is
//! long, bookmarks, tables whose headings stand on every page, charts as vectors, links to the
//! interface, embedded fonts, tags for those who listen to it. [`picture`] makes a PNG of a chart.
//!
//! What is foreign reaches typst as data alone, read by a template that never changes; no text of a
//! document is ever typst code. The same document gives the same bytes: there is no clock here, no
//! disk, no network, and no font of the machine.
//!
//! The crate must never know what a report is about, nor reckon or word anything of it.

#[cfg(test)]
mod fallback;
mod fonts;
mod link;
mod picture;
mod plan;
mod sheet;
mod words;
mod world;

use jiff::Timestamp;
use report::document::Document;
use typst::foundations::{Datetime, Smart};
use typst_layout::PagedDocument;
use typst_pdf::{PdfOptions, PdfStandards};

use crate::fonts::Fonts;
use crate::world::Desk;

pub use picture::picture;

/// What a document on paper needs besides itself.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Options {
    /// When it was made, as its metadata tell.
    pub made_at: Timestamp,
    /// Where the interface is, such as `https://svetofor.example.ru`; none: links into it are only
    /// words.
    pub base: Option<String>,
}

/// Why there is no document or picture.
#[derive(Debug, thiserror::Error)]
pub enum PdfError {
    /// The address of the interface is none that a link can lead to.
    #[error("«{0}» is no address of an interface: it must begin with http:// or https://")]
    Base(String),
    /// The typesetter refused the document; this is a fault of this crate.
    #[error("the document «{title}» could not be typeset: {reason}")]
    Typeset {
        /// The title of the document.
        title: String,
        /// What the typesetter says.
        reason: String,
    },
    /// What is to be a picture is no SVG.
    #[error("the chart is no SVG that can be drawn: {0}")]
    Svg(String),
    /// A picture of such a size is not made.
    #[error(
        "a picture of {width} × {height} pixels is not made: at most {most} a side, and at least 1"
    )]
    Size {
        /// Its width.
        width: u32,
        /// Its height.
        height: u32,
        /// The longest side.
        most: u32,
    },
}

/// The document as a PDF.
///
/// # Errors
/// [`PdfError::Base`] where links would lead nowhere; [`PdfError::Typeset`] never for a document that
/// this crate knows how to draw, whatever its texts are.
pub fn typeset(document: &Document, options: &Options) -> Result<Vec<u8>, PdfError> {
    typeset_in(Fonts::embedded(), document, options)
}

fn typeset_in(fonts: &Fonts, document: &Document, options: &Options) -> Result<Vec<u8>, PdfError> {
    let base = options.base.as_deref().map(link::base).transpose()?;
    let failed = |reason: String| PdfError::Typeset {
        title: document.title.clone(),
        reason,
    };
    let sheet = sheet::sheet(document, fonts, base);
    let data = serde_json::to_vec(&sheet).map_err(|error| failed(error.to_string()))?;
    let desk = Desk::new(fonts, data);
    let pages = typst::compile::<PagedDocument>(&desk).output;
    let bytes = pages.and_then(|pages| typst_pdf::pdf(&pages, &pdf_options(document, options)));
    // What was reckoned for one document serves no other, and would only be held.
    comemo::evict(0);
    bytes.map_err(|reasons| {
        failed(
            reasons
                .first()
                .map_or_else(String::new, |reason| reason.message.to_string()),
        )
    })
}

/// A document with more cells than that has no tags: they would make four fifths of it, and many
/// megabytes.
const TAGGED: usize = 10_000;

fn cells(document: &Document) -> usize {
    let tables = document.tables();
    tables
        .map(|table| table.rows.len() * table.columns.len())
        .sum()
}

fn pdf_options(document: &Document, options: &Options) -> PdfOptions {
    let made = options.made_at.to_zoned(jiff::tz::TimeZone::UTC).datetime();
    let made = Datetime::from_ymd_hms(
        made.year().into(),
        made.month().unsigned_abs(),
        made.day().unsigned_abs(),
        made.hour().unsigned_abs(),
        made.minute().unsigned_abs(),
        made.second().unsigned_abs(),
    );
    PdfOptions {
        ident: Smart::Custom(format!(
            "{}\n{}\n{}",
            document.title, document.subtitle, options.made_at
        )),
        creator: Smart::Custom(Some("Svetofor".to_owned())),
        timestamp: made.map(typst_pdf::Timestamp::new_utc),
        page_ranges: None,
        standards: PdfStandards::default(),
        tagged: cells(document) <= TAGGED,
        pretty: false,
    }
}
