//! A table of the mapping, read key by key, with the place of every word for messages.

use std::ops::Range;

use toml::Spanned;
use toml::de::{DeTable, DeValue};

use crate::{MappingError, MappingFault};

/// The text of a mapping, to tell places by.
#[derive(Clone, Copy)]
pub(super) struct Text<'a> {
    pub name: &'a str,
    pub text: &'a str,
}

impl Text<'_> {
    /// An error at a place of the text.
    pub fn error(&self, at: usize, fault: MappingFault) -> MappingError {
        let before = self.text.get(..at).unwrap_or(self.text);
        let line_start = before.rfind('\n').map_or(0, |i| i + 1);
        MappingError {
            file: self.name.to_owned(),
            line: before.matches('\n').count() + 1,
            column: before[line_start..].chars().count() + 1,
            fault,
        }
    }

    /// A word that stands for nothing, with the nearest known one.
    pub fn unknown<'k>(
        &self,
        at: usize,
        what: &'static str,
        word: &str,
        known: impl IntoIterator<Item = &'k str>,
    ) -> MappingError {
        let nearest = nearest(word, known);
        let word = word.to_owned();
        self.error(
            at,
            MappingFault::Unknown {
                what,
                word,
                nearest,
            },
        )
    }
}

/// The word of `known` that `word` most resembles, if it resembles any.
pub(crate) fn nearest<'k>(word: &str, known: impl IntoIterator<Item = &'k str>) -> Option<String> {
    let lower = word.to_lowercase();
    known
        .into_iter()
        .map(|candidate| {
            let score = strsim::normalized_damerau_levenshtein(&lower, &candidate.to_lowercase());
            (score, candidate)
        })
        .filter(|(score, _)| *score >= 0.5)
        .max_by(|a, b| a.0.total_cmp(&b.0))
        .map(|(_, candidate)| candidate.to_owned())
}

/// A value with its key and its place.
#[derive(Clone, Copy)]
pub(super) struct Item<'t> {
    pub text: Text<'t>,
    pub key: &'t str,
    pub value: &'t DeValue<'t>,
    pub at: usize,
}

impl<'t> Item<'t> {
    fn new(text: Text<'t>, key: &'t str, value: &'t Spanned<DeValue<'t>>) -> Item<'t> {
        Item {
            text,
            key,
            value: value.get_ref(),
            at: value.span().start,
        }
    }

    pub fn wrong_type(&self, expected: &'static str) -> MappingError {
        let found = match self.value {
            DeValue::String(_) => "a text",
            DeValue::Integer(_) | DeValue::Float(_) => "a number",
            DeValue::Boolean(_) => "true or false",
            DeValue::Datetime(_) => "a date",
            DeValue::Array(_) => "a list",
            DeValue::Table(_) => "a table",
        };
        let key = self.key.to_owned();
        self.text.error(
            self.at,
            MappingFault::WrongType {
                key,
                found,
                expected,
            },
        )
    }

    pub fn bad(&self, expected: impl Into<String>) -> MappingError {
        let value = match self.value {
            DeValue::String(text) => text.to_string(),
            other => format!("a {}", other.type_str()),
        };
        let (key, expected) = (self.key.to_owned(), expected.into());
        self.text.error(
            self.at,
            MappingFault::BadValue {
                key,
                value,
                expected,
            },
        )
    }

    pub fn contradiction(&self, message: impl Into<String>) -> MappingError {
        self.text
            .error(self.at, MappingFault::Contradiction(message.into()))
    }

    pub fn str(&self) -> Result<&'t str, MappingError> {
        self.value
            .as_str()
            .ok_or_else(|| self.wrong_type("a text in quotes"))
    }

    pub fn bool(&self) -> Result<bool, MappingError> {
        self.value
            .as_bool()
            .ok_or_else(|| self.wrong_type("true or false"))
    }

    pub fn number(&self) -> Result<f64, MappingError> {
        let text = match self.value {
            DeValue::Integer(number) => number.as_str(),
            DeValue::Float(number) => number.as_str(),
            _ => return Err(self.wrong_type("a number")),
        };
        text.replace('_', "")
            .parse()
            .map_err(|_| self.wrong_type("a plain number"))
    }

    /// The items of a list; a lone value is a list of one.
    pub fn list(&self) -> Vec<Item<'t>> {
        match self.value {
            DeValue::Array(array) => array
                .iter()
                .map(|value| Item::new(self.text, self.key, value))
                .collect(),
            _ => vec![*self],
        }
    }

    /// A text, or a list of texts.
    pub fn strings(&self) -> Result<Vec<&'t str>, MappingError> {
        self.list().iter().map(Item::str).collect()
    }

    /// The value as a table with these keys.
    pub fn section(&self, what: &'static str, known: &[&str]) -> Result<Section<'t>, MappingError> {
        let section = self.open_section(what)?;
        section.check(known)?;
        Ok(section)
    }

    /// The value as a table whose keys are free.
    pub fn open_section(&self, what: &'static str) -> Result<Section<'t>, MappingError> {
        match self.value {
            DeValue::Table(table) => Ok(Section {
                text: self.text,
                what,
                table,
                at: self.at,
            }),
            _ => Err(self.wrong_type("a table")),
        }
    }
}

/// A table of the mapping.
#[derive(Clone, Copy)]
pub(super) struct Section<'t> {
    pub text: Text<'t>,
    pub what: &'static str,
    table: &'t DeTable<'t>,
    pub at: usize,
}

impl<'t> Section<'t> {
    /// The whole mapping.
    pub fn root(
        text: Text<'t>,
        table: &'t DeTable<'t>,
        known: &[&str],
    ) -> Result<Section<'t>, MappingError> {
        let section = Section {
            text,
            what: "the mapping",
            table,
            at: 0,
        };
        section.check(known)?;
        Ok(section)
    }

    fn check(&self, known: &[&str]) -> Result<(), MappingError> {
        let mut keys: Vec<_> = self.table.keys().collect();
        keys.sort_by_key(|key| key.span().start);
        for key in keys {
            let word: &str = key.get_ref();
            if !known.contains(&word) {
                let at = key.span().start;
                return Err(self.text.unknown(at, "key", word, known.iter().copied()));
            }
        }
        Ok(())
    }

    pub fn get(&self, key: &'t str) -> Option<Item<'t>> {
        let value = self.table.get(key)?;
        Some(Item::new(self.text, key, value))
    }

    pub fn need(&self, key: &'static str, needed: &'static str) -> Result<Item<'t>, MappingError> {
        self.get(key).ok_or_else(|| {
            let fault = MappingFault::Missing {
                key: key.to_owned(),
                place: self.what.to_owned(),
                needed,
            };
            self.text.error(self.at, fault)
        })
    }

    /// All entries in the order of the text, with the places of their keys.
    pub fn entries(&self) -> Vec<(Range<usize>, Item<'t>)> {
        let mut entries: Vec<_> = self
            .table
            .iter()
            .map(|(key, value)| (key.span(), Item::new(self.text, key.get_ref(), value)))
            .collect();
        entries.sort_by_key(|(span, _)| span.start);
        entries
    }

    pub fn str(&self, key: &'t str) -> Result<Option<&'t str>, MappingError> {
        self.get(key).map(|item| item.str()).transpose()
    }

    pub fn bool(&self, key: &'t str) -> Result<bool, MappingError> {
        self.get(key).map_or(Ok(false), |item| item.bool())
    }

    pub fn strings(&self, key: &'t str) -> Result<Vec<&'t str>, MappingError> {
        self.get(key).map_or(Ok(Vec::new()), |item| item.strings())
    }

    /// The tables of an array of tables (or a lone table).
    pub fn tables(&self, key: &'t str) -> Vec<Item<'t>> {
        self.get(key).map_or_else(Vec::new, |item| item.list())
    }
}
