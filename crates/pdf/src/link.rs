//! Where links lead: into the interface, or to another place of the document.

use std::collections::BTreeMap;

use report::document::is_inside;

use crate::PdfError;

/// The address of the interface, without a slash at its end.
pub(crate) fn base(text: &str) -> Result<&str, PdfError> {
    let known = ["http://", "https://"];
    let has_host = known
        .iter()
        .filter_map(|scheme| text.strip_prefix(scheme))
        .any(|rest| rest.starts_with(|c: char| c.is_alphanumeric() || c == '['));
    if has_host && text.chars().all(|c| c.is_ascii_graphic()) {
        Ok(text.trim_end_matches('/'))
    } else {
        Err(PdfError::Base(text.to_owned()))
    }
}

/// The places of a document that links may lead to, and where the interface is.
#[derive(Default)]
pub(crate) struct Places<'d> {
    base: Option<&'d str>,
    /// By the id of a block, the number of the place.
    marks: BTreeMap<&'d str, usize>,
}

impl<'d> Places<'d> {
    /// No places yet.
    pub(crate) fn new(base: Option<&'d str>) -> Places<'d> {
        Places {
            base,
            marks: BTreeMap::new(),
        }
    }

    /// Makes a block a place; where two have one id, the first is meant.
    pub(crate) fn add(&mut self, id: &'d str) {
        if !id.is_empty() {
            let next = self.marks.len();
            self.marks.entry(id).or_insert(next);
        }
    }

    /// The mark that a block gets, once: whoever asks takes it. Empty: none.
    pub(crate) fn mark(&self, id: &str, taken: &mut std::collections::BTreeSet<usize>) -> String {
        match self.marks.get(id) {
            Some(number) if taken.insert(*number) => format!("p{number}"),
            _ => String::new(),
        }
    }

    /// Where a link leads: an address, `#` with a mark, or nothing where it would lead out of the
    /// interface or nowhere.
    pub(crate) fn resolve(&self, to: &str) -> Option<String> {
        if !is_inside(to) {
            return None;
        }
        match to.strip_prefix('#') {
            Some(id) => self.marks.get(id).map(|number| format!("#p{number}")),
            None => self.base.map(|base| format!("{base}{to}")),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_has_a_scheme_and_a_host() {
        for good in ["http://10.0.0.1:8080", "https://svetofor.example.ru/qc"] {
            assert_eq!(base(good).ok(), Some(good));
        }
        assert_eq!(base("https://a.ru/").ok(), Some("https://a.ru"));
        for bad in [
            "",
            "svetofor.example.ru",
            "javascript:alert(1)",
            "https://",
            "http:// a",
        ] {
            assert!(base(bad).is_err(), "{bad}");
        }
    }

    #[test]
    fn links_stay_inside() {
        let mut places = Places::new(Some("https://a.ru"));
        places.add("lights");
        assert_eq!(
            places.resolve("/deals/7").as_deref(),
            Some("https://a.ru/deals/7")
        );
        assert_eq!(places.resolve("#lights").as_deref(), Some("#p0"));
        for nowhere in [
            "#rules",
            "//evil.example",
            "https://evil.example",
            "javascript:x",
            "",
        ] {
            assert_eq!(places.resolve(nowhere), None, "{nowhere}");
        }
        assert_eq!(Places::new(None).resolve("/deals/7"), None);
    }
}
