//! What typst may see of the world: one template, one document, our fonts. No file, no package, no
//! day.

use std::sync::LazyLock;

use typst::diag::{FileError, FileResult};
use typst::foundations::{Bytes, Datetime, Duration};
use typst::syntax::{FileId, RootedPath, Source, VirtualPath, VirtualRoot};
use typst::text::{Font, FontBook};
use typst::utils::LazyHash;
use typst::{Library, LibraryExt, World};

use crate::fonts::Fonts;

/// The template, which reads the document.
static TEMPLATE: LazyLock<Source> =
    LazyLock::new(|| Source::new(id("/report.typ"), include_str!("report.typ").to_owned()));
/// The document, as JSON.
static DATA: LazyLock<FileId> = LazyLock::new(|| id("/report.json"));
static LIBRARY: LazyLock<LazyHash<Library>> =
    LazyLock::new(|| LazyHash::new(<Library as LibraryExt>::default()));

fn id(path: &str) -> FileId {
    let path = VirtualPath::new(path).expect("a plain name is a path");
    RootedPath::new(VirtualRoot::Project, path).intern()
}

/// A template, a document and fonts, laid out for typst.
pub(crate) struct Desk<'f> {
    fonts: &'f Fonts,
    data: Bytes,
}

impl<'f> Desk<'f> {
    /// `data`: the document as JSON, see [`crate::sheet`].
    pub(crate) fn new(fonts: &'f Fonts, data: Vec<u8>) -> Desk<'f> {
        Desk {
            fonts,
            data: Bytes::new(data),
        }
    }
}

impl World for Desk<'_> {
    fn library(&self) -> &LazyHash<Library> {
        &LIBRARY
    }

    fn book(&self) -> &LazyHash<FontBook> {
        self.fonts.book()
    }

    fn main(&self) -> FileId {
        TEMPLATE.id()
    }

    fn source(&self, id: FileId) -> FileResult<Source> {
        if id == TEMPLATE.id() {
            Ok(TEMPLATE.clone())
        } else {
            Err(FileError::AccessDenied)
        }
    }

    fn file(&self, id: FileId) -> FileResult<Bytes> {
        if id == *DATA {
            Ok(self.data.clone())
        } else {
            Err(FileError::AccessDenied)
        }
    }

    fn font(&self, index: usize) -> Option<Font> {
        self.fonts.get(index)
    }

    fn today(&self, _: Option<Duration>) -> Option<Datetime> {
        None
    }
}
