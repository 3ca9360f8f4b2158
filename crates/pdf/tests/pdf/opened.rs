//! A PDF, read back by a library that has no part in making it.

use std::collections::BTreeMap;

use lopdf::{Dictionary, Object};

/// A PDF that was read.
pub struct Opened {
    file: lopdf::Document,
}

impl Opened {
    /// Reads a PDF.
    pub fn read(bytes: &[u8]) -> Opened {
        let file = lopdf::Document::load_mem(bytes).unwrap();
        Opened { file }
    }

    /// The text of each page, with ordinary spaces.
    pub fn pages(&self) -> Vec<String> {
        let pages = self.file.get_pages();
        let text = |page: &u32| self.file.extract_text(&[*page]).unwrap();
        pages
            .keys()
            .map(|page| wording::plain_spaces(&text(page)).replace('\u{200B}', ""))
            .collect()
    }

    /// All its text.
    pub fn text(&self) -> String {
        self.pages().concat()
    }

    /// The names of its fonts, and whether each is embedded.
    pub fn fonts(&self) -> BTreeMap<String, bool> {
        let dictionaries = self
            .file
            .objects
            .values()
            .filter_map(|object| object.as_dict().ok());
        let fonts = dictionaries.filter(|one| name(one, b"Type") == "FontDescriptor");
        fonts
            .map(|font| {
                let files = [&b"FontFile"[..], b"FontFile2", b"FontFile3"];
                let is_embedded = files.iter().any(|key| font.has(key));
                (name(font, b"FontName"), is_embedded)
            })
            .collect()
    }

    /// The language of its words.
    pub fn language(&self) -> String {
        let catalog = self.file.catalog().unwrap();
        let language = catalog.get(b"Lang").unwrap().as_str().unwrap();
        String::from_utf8_lossy(language).into_owned()
    }

    /// Something of what it says about itself.
    pub fn info(&self, key: &str) -> String {
        let info = self.file.trailer.get(b"Info").unwrap();
        let info = self.resolved(info).as_dict().unwrap();
        lopdf::decode_text_string(info.get(key.as_bytes()).unwrap()).unwrap()
    }

    /// Whether it can be listened to.
    pub fn is_tagged(&self) -> bool {
        let catalog = self.file.catalog().unwrap();
        let marked = catalog.get(b"MarkInfo").map(|info| self.resolved(info));
        let marked = marked
            .ok()
            .and_then(|info| info.as_dict().ok()?.get(b"Marked").ok());
        catalog.has(b"StructTreeRoot") && marked == Some(&Object::Boolean(true))
    }

    /// The addresses that its links lead to.
    pub fn addresses(&self) -> Vec<String> {
        let address = |action: &Dictionary| {
            let to = self.resolved(action.get(b"A").ok()?).as_dict().ok()?;
            let to = to.get(b"URI").ok()?.as_str().ok()?;
            Some(String::from_utf8_lossy(to).into_owned())
        };
        self.links().into_iter().filter_map(address).collect()
    }

    /// How many links lead to another place of it.
    pub fn links_inside(&self) -> usize {
        let inside = |link: &&Dictionary| {
            let action = link.get(b"A").ok().map(|to| self.resolved(to));
            let goes = action
                .and_then(|to| to.as_dict().ok())
                .is_some_and(|to| name(to, b"S") == "GoTo");
            goes || link.has(b"Dest")
        };
        self.links().iter().filter(|link| inside(link)).count()
    }

    fn links(&self) -> Vec<&Dictionary> {
        let pages = self.file.get_pages();
        let marks = pages
            .values()
            .flat_map(|page| self.file.get_page_annotations(*page).unwrap());
        marks
            .filter(|mark| name(mark, b"Subtype") == "Link")
            .collect()
    }

    /// The titles of its bookmarks.
    pub fn bookmarks(&self) -> Vec<String> {
        let toc = self.file.get_toc().unwrap();
        toc.toc.into_iter().map(|entry| entry.title).collect()
    }

    /// The pages that lie on their side.
    pub fn turned(&self) -> Vec<u32> {
        let pages = self.file.get_pages();
        let is_turned = |page: &Dictionary| {
            let side = page.get(b"MediaBox").unwrap().as_array().unwrap();
            side[2].as_float().unwrap() > side[3].as_float().unwrap()
        };
        let turned = pages
            .iter()
            .filter(|(_, id)| is_turned(self.file.get_dictionary(**id).unwrap()));
        turned.map(|(number, _)| *number).collect()
    }

    fn resolved<'a>(&'a self, object: &'a Object) -> &'a Object {
        self.file.dereference(object).unwrap().1
    }
}

/// A text without its spaces: where lines break is the layout's business.
pub fn squeezed(text: &str) -> String {
    let seen = |c: &char| !c.is_whitespace() && *c != '\u{200B}';
    text.chars().filter(seen).collect()
}

fn name(dictionary: &Dictionary, key: &[u8]) -> String {
    let name = dictionary
        .get(key)
        .and_then(Object::as_name)
        .unwrap_or_default();
    String::from_utf8_lossy(name).into_owned()
}
