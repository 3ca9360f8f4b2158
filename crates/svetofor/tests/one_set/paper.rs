//! A report on paper, read back from its bytes by the tags by which it is listened to.

use std::collections::BTreeMap;

use lopdf::{Dictionary, Document, Object, ObjectId};

use crate::Cells;

/// What a PDF says.
pub struct Paper {
    /// Its tables in their order, each with its rows without the headings.
    pub tables: Vec<Cells>,
    /// All its words in their order, with those that pictures say.
    pub words: String,
}

impl Paper {
    /// Reads a PDF.
    pub fn read(bytes: &[u8]) -> Paper {
        let file = Document::load_mem(bytes).unwrap();
        let mut marked = BTreeMap::new();
        for page in file.get_pages().into_values() {
            mark(&file, page, &mut marked);
        }
        let reader = Reader { file, marked };
        let root = reader.file.catalog().unwrap().get(b"StructTreeRoot");
        let root = reader.dictionary(root.unwrap()).unwrap();
        let mut tables = Vec::new();
        reader.each(root, None, &mut |element, page| {
            if matches!(element.get(b"S").and_then(Object::as_name), Ok(b"Table")) {
                tables.push(reader.rows(element, page));
            }
        });
        Paper {
            tables,
            words: reader.words(root, None),
        }
    }
}

/// A piece of content: the page it is on, and its number there.
type Piece = (ObjectId, i64);

struct Reader {
    file: Document,
    /// The words of each piece.
    marked: BTreeMap<Piece, String>,
}

impl Reader {
    fn dictionary<'a>(&'a self, object: &'a Object) -> Option<&'a Dictionary> {
        self.file.dereference(object).ok()?.1.as_dict().ok()
    }

    /// What stands below an element, with the page that it is on where it is not said again.
    fn below<'a>(
        &'a self,
        element: &'a Dictionary,
        page: Option<ObjectId>,
    ) -> (Vec<&'a Object>, Option<ObjectId>) {
        let own = element.get(b"Pg").and_then(Object::as_reference).ok();
        let kids = element.get(b"K").map(|kids| self.file.dereference(kids));
        let kids = match kids {
            Ok(Ok((_, Object::Array(kids)))) => kids.iter().collect(),
            Ok(Ok((_, kid))) => vec![kid],
            _ => Vec::new(),
        };
        (kids, own.or(page))
    }

    /// Shows every element below one.
    fn each<'a>(
        &'a self,
        element: &'a Dictionary,
        page: Option<ObjectId>,
        see: &mut dyn FnMut(&'a Dictionary, Option<ObjectId>),
    ) {
        see(element, page);
        let (kids, page) = self.below(element, page);
        for kid in kids.into_iter().filter_map(|kid| self.dictionary(kid)) {
            self.each(kid, page, see);
        }
    }

    /// The rows of a table that have a cell besides headings.
    fn rows(&self, table: &Dictionary, page: Option<ObjectId>) -> Cells {
        let mut rows: Cells = Vec::new();
        self.each(table, page, &mut |element, page| match element
            .get(b"S")
            .and_then(Object::as_name)
        {
            Ok(b"TR") => rows.push(Vec::new()),
            Ok(b"TD") => {
                let words = self.words(element, page);
                rows.last_mut().unwrap().push(words);
            }
            _ => {}
        });
        rows.retain(|row| !row.is_empty());
        rows
    }

    /// The words of an element: of a picture those that stand for it.
    fn words(&self, element: &Dictionary, page: Option<ObjectId>) -> String {
        if let Ok(said) = element.get(b"Alt") {
            return lopdf::decode_text_string(said).unwrap();
        }
        let (kids, page) = self.below(element, page);
        let mut words = String::new();
        for kid in kids {
            match kid {
                Object::Integer(number) => words += self.piece(page, *number),
                kid => {
                    let Some(kid) = self.dictionary(kid) else {
                        continue;
                    };
                    match kid.get(b"MCID").and_then(Object::as_i64) {
                        Ok(number) => {
                            let own = kid.get(b"Pg").and_then(Object::as_reference).ok();
                            words += self.piece(own.or(page), number);
                        }
                        Err(_) => words += &self.words(kid, page),
                    }
                }
            }
            words.push(' ');
        }
        words
    }

    fn piece(&self, page: Option<ObjectId>, number: i64) -> &str {
        let words = self.marked.get(&(page.unwrap(), number));
        words.map_or("", String::as_str)
    }
}

/// A stretch of content that is under way.
struct Stretch {
    number: Option<i64>,
    /// Whether other words stand for what it draws.
    is_told: bool,
}

/// Reads the words of each piece of a page.
fn mark(file: &Document, page: ObjectId, marked: &mut BTreeMap<Piece, String>) {
    let fonts = file.get_page_fonts(page).unwrap();
    let mut encodings = BTreeMap::new();
    for (name, font) in &fonts {
        encodings.insert(name.as_slice(), font.get_font_encoding(file).unwrap());
    }
    let mut open: Vec<Stretch> = Vec::new();
    let mut encoding = None;
    for step in file.get_and_decode_page_content(page).unwrap().operations {
        let mut said = String::new();
        match step.operator.as_str() {
            "BMC" | "BDC" => {
                let about = step.operands.last().and_then(|one| one.as_dict().ok());
                let get = |key: &[u8]| about.and_then(|about| about.get(key).ok());
                if let Some(told) = get(b"ActualText") {
                    said = lopdf::decode_text_string(told).unwrap();
                }
                open.push(Stretch {
                    number: get(b"MCID").and_then(|number| number.as_i64().ok()),
                    is_told: get(b"ActualText").is_some(),
                });
            }
            "EMC" => {
                open.pop();
            }
            "Tf" => encoding = encodings.get(step.operands[0].as_name().unwrap()),
            "Tj" | "TJ" if !open.iter().any(|stretch| stretch.is_told) => {
                let strings = step.operands.iter().flat_map(|operand| match operand {
                    Object::Array(parts) => parts.iter().collect(),
                    one => vec![one],
                });
                for string in strings.filter_map(|one| one.as_str().ok()) {
                    said += &Document::decode_text(encoding.unwrap(), string).unwrap();
                }
            }
            _ => {}
        }
        let number = open.iter().rev().find_map(|stretch| stretch.number);
        if let Some(number) = number.filter(|_| !said.is_empty()) {
            marked.entry((page, number)).or_default().push_str(&said);
        }
    }
}
