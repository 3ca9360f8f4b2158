//! Values of a rule's own parameters, read as its declaration says.

use std::ops::Range;

use regex::{Regex, RegexBuilder};
use toml::de::{DeTable, DeValue};

use super::expression::{FIELD, Fault, in_file};
use super::mistake::nearest;
use super::parse::{Reader, Spanned, Table};
use super::{Entry, Expected, Expression, ParamValue, Template, What, Word};
use crate::rules::{self, ParamKind};

impl Reader {
    /// Reads the parameters that the rule declares.
    pub(super) fn values(&mut self, table: Table<'_>, entry: &mut Entry, place: Range<usize>) {
        for param in entry.rule.params {
            if let Some(value) = table.get(param.name)
                && let Some(value) = self.value(param.name, param.kind, value)
            {
                entry.values.insert(param.name, value);
            }
        }
        let rule = entry.rule.code;
        for needs in crate::rules::cannot_do_without(rule) {
            if table
                .get(needs)
                .is_none_or(|value| is_empty(value.get_ref()))
            {
                self.add(place.clone(), What::RuleNeeds { rule, needs });
            }
        }
    }

    fn value(&mut self, key: &str, kind: ParamKind, value: &Spanned<'_>) -> Option<ParamValue> {
        match kind {
            ParamKind::Limit(_) => self.as_limit(key, value).map(ParamValue::Limit),
            ParamKind::Choice(words) => self
                .one_of(key, value, words, |word| word)
                .map(ParamValue::Choice),
            ParamKind::Count(_) | ParamKind::CountIfGiven => {
                self.as_count(key, value).map(ParamValue::Count)
            }
            ParamKind::Share(_) => self.as_share(key, value).map(ParamValue::Share),
            ParamKind::Flag(_) => self.as_flag(key, value).map(ParamValue::Flag),
            ParamKind::Pattern => self.pattern(key, value),
            ParamKind::Expression => self.expression(key, value).map(ParamValue::Expression),
            ParamKind::Text => {
                let text = value.get_ref().as_str().map(str::trim);
                let text = text.filter(|text| !text.is_empty());
                let text = self.or_bad(text, key, value, Expected::Text)?;
                Some(ParamValue::Text(text.to_owned()))
            }
            ParamKind::Indicator => {
                let number = self.as_count(key, value)?;
                let number = Some(number).filter(|number| (1..=10).contains(number));
                self.or_bad(number, key, value, Expected::Indicator)
                    .map(ParamValue::Count)
            }
            ParamKind::Template => {
                let template = value.get_ref().as_str().and_then(Template::parse);
                let template = self.or_bad(template, key, value, Expected::Template)?;
                Some(ParamValue::Template(template))
            }
            ParamKind::Stages
            | ParamKind::Fields
            | ParamKind::Reasons
            | ParamKind::Channels
            | ParamKind::TaskTypes
            | ParamKind::Texts(_) => self.as_words(key, value).map(ParamValue::Words),
            ParamKind::StageLimits => {
                let table = self.as_table(key, value)?;
                Some(ParamValue::Limits(
                    self.each(table, |reader, word, value| {
                        Some((word.clone(), reader.as_limit(&word.text, value)?))
                    }),
                ))
            }
            ParamKind::FieldLimits => self.field_limits(key, value),
            ParamKind::StageStages | ParamKind::StageTaskTypes | ParamKind::StageFields => {
                let table = self.as_table(key, value)?;
                Some(ParamValue::Lists(
                    self.each(table, |reader, word, value| {
                        Some((word.clone(), reader.as_words(&word.text, value)?))
                    }),
                ))
            }
        }
    }

    fn each<T>(
        &mut self,
        table: &DeTable<'_>,
        mut read: impl FnMut(&mut Reader, Word, &Spanned<'_>) -> Option<T>,
    ) -> Vec<T> {
        let mut all = Vec::new();
        for (key, value) in table {
            let word = Word {
                text: key.get_ref().to_string(),
                place: key.span(),
            };
            all.extend(read(self, word, value));
        }
        all
    }

    fn pattern(&mut self, key: &str, value: &Spanned<'_>) -> Option<ParamValue> {
        let text = value.get_ref().as_str().unwrap_or_default();
        if text.is_empty() {
            self.bad(key, value, Expected::Regex);
            return None;
        }
        match whole_match(text) {
            Ok(regex) => Some(ParamValue::Pattern(regex)),
            Err(error) => {
                let reason = error.to_string();
                let reason = reason.lines().last().unwrap_or_default();
                let reason = reason.strip_prefix("error: ").unwrap_or(reason);
                self.bad(key, value, Expected::RegexWithout(reason.to_owned()));
                None
            }
        }
    }

    fn expression(&mut self, key: &str, value: &Spanned<'_>) -> Option<Expression> {
        let text = value.get_ref().as_str();
        let text = self.or_bad(text, key, value, Expected::Text)?;
        let fault = match Expression::parse(text, rules::VARIABLES) {
            Ok(mut expression) => {
                expression.place = value.span();
                return Some(expression);
            }
            Err(fault) => fault,
        };
        let bad = |expected| What::BadValue {
            key: key.to_owned(),
            value: super::parse::show(value.get_ref()),
            expected: Box::new(expected),
            nearest: None,
        };
        let (place, what) = match fault {
            Fault::Syntax(at, fault) => (at..at + 1, bad(Expected::ExpressionWithout(fault))),
            Fault::NoFieldName(place) => (place, bad(Expected::FieldByName)),
            Fault::Now(place) => (place, What::NoNow),
            Fault::Unknown(place, word) => {
                let known = rules::VARIABLES.iter().copied().chain([FIELD]);
                let nearest = nearest(&word, known);
                (place, What::UnknownVariable { word, nearest })
            }
        };
        let place = in_file(&self.source, value.span(), place);
        self.add(place, what);
        None
    }

    fn field_limits(&mut self, key: &str, value: &Spanned<'_>) -> Option<ParamValue> {
        let table = self.as_table(key, value)?;
        let mut fields = self.each(table, |reader, word, value| {
            let values = reader.as_table(&word.text, value)?;
            let limits = reader.each(values, |reader, word, value| {
                let limit = reader.as_limit(&word.text, value)?;
                Some((word.text, limit))
            });
            Some((word, limits))
        });
        if fields.len() > 1 {
            self.bad(key, value, Expected::OneField);
        }
        Some(ParamValue::FieldLimits(fields.pop()))
    }
}

fn is_empty(value: &DeValue<'_>) -> bool {
    match value {
        DeValue::Array(items) => items.is_empty(),
        DeValue::Table(table) => table.is_empty(),
        _ => false,
    }
}

/// A regular expression that must match from the first character to the last.
fn whole_match(pattern: &str) -> Result<Regex, regex::Error> {
    const MAX_BYTES: usize = 1 << 20;
    // Compiled alone first: `a)|(b` must not pass for `(?:a)|(b)`.
    RegexBuilder::new(pattern).size_limit(MAX_BYTES).build()?;
    RegexBuilder::new(&format!(r"\A(?:{pattern})\z"))
        .size_limit(MAX_BYTES)
        .build()
}
