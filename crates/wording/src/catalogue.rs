//! Messages by id.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};

use fluent_bundle::concurrent::FluentBundle;
use fluent_bundle::types::{FluentNumber, FluentNumberOptions};
use fluent_bundle::{FluentArgs, FluentResource, FluentValue};
use unic_langid::langid;

use crate::Lang;
use crate::numbers::{NO_NUMBER, flexible, integer, round_to};
use crate::syntax::{CatalogueError, Definitions, FUNCTIONS, Problem, broken_escape};

/// Digits after the mark of a [`Value::Number`], spare zeros left out.
const DIGITS: usize = 2;
/// The most digits that a message may ask for.
const MOST_DIGITS: usize = 6;
/// From here on `f64` does not hold every whole number.
const EXACT: u64 = 1 << 53;

/// A value for a variable of a message.
#[derive(Clone, PartialEq, Debug)]
pub enum Value<'a> {
    /// A text, put in as it is. Make a foreign one harmless with [`crate::one_line`] first.
    Text(Cow<'a, str>),
    /// A whole number, which chooses the plural form and is printed as [`integer`] prints it.
    Count(i64),
    /// A number, rounded to at most two digits after the mark, also for choosing the plural form.
    /// For more digits, or for a fixed number of them, give the text of [`crate::decimal`].
    /// What is not finite is printed as «—».
    Number(f64),
}

impl<'a> From<&'a str> for Value<'a> {
    fn from(text: &'a str) -> Value<'a> {
        Value::Text(Cow::Borrowed(text))
    }
}

impl From<String> for Value<'_> {
    fn from(text: String) -> Self {
        Value::Text(Cow::Owned(text))
    }
}

impl From<i64> for Value<'_> {
    fn from(count: i64) -> Self {
        Value::Count(count)
    }
}

impl From<f64> for Value<'_> {
    fn from(number: f64) -> Self {
        Value::Number(number)
    }
}

/// A catalogue of Fluent messages in one language.
///
/// The texts are part of a program, not something a user types: what is wrong with them is told
/// when the catalogue is built, but nothing guards against a message made to be endless (Fluent
/// puts in 100 values at most).
///
/// Besides plain Fluent a message may call `NUMBER($n, useGrouping: "false")`, for a year, say,
/// and `NUMBER($n, minimumFractionDigits: 1, maximumFractionDigits: 1)`. Exact variants such as
/// `[0]` are for plain variables, not for a `NUMBER` with options.
pub struct Catalogue {
    lang: Lang,
    bundle: FluentBundle<FluentResource>,
    /// The messages and attributes, with the variables each needs.
    variables: BTreeMap<String, BTreeSet<String>>,
}

impl Catalogue {
    /// Builds a catalogue of Fluent texts.
    ///
    /// # Errors
    ///
    /// All errors of syntax, ids defined twice (in one text or in two), and references to
    /// messages, terms and functions that do not exist, each with its line.
    pub fn new(lang: Lang, sources: &[&str]) -> Result<Catalogue, CatalogueError> {
        let mut problems = Vec::new();
        let mut resources = Vec::new();
        for (text, source) in (1..).zip(sources) {
            let escape = broken_escape(text, source);
            let readable = if escape.is_some() { "" } else { source };
            problems.extend(escape);
            match FluentResource::try_new(readable.to_owned()) {
                Ok(resource) => resources.push(resource),
                Err((resource, errors)) => {
                    problems.extend(errors.iter().map(|e| Problem::syntax(text, source, e)));
                    resources.push(resource);
                }
            }
        }
        let mut definitions = Definitions::default();
        for (text, resource) in (1..).zip(&resources) {
            definitions.read(text, resource);
        }
        // Where an entry could not be read, what refers to it is not to blame.
        if problems.is_empty() {
            definitions.check();
        }
        problems.append(&mut definitions.problems);
        if !problems.is_empty() {
            problems.sort();
            return Err(CatalogueError { lang, problems });
        }
        let variables = definitions.variables();

        let mut bundle = match lang {
            Lang::Ru => FluentBundle::new_concurrent(vec![langid!("ru")]),
            Lang::En => FluentBundle::new_concurrent(vec![langid!("en")]),
        };
        match lang {
            Lang::Ru => bundle.set_formatter(Some(|value, _| print(value, Lang::Ru))),
            Lang::En => bundle.set_formatter(Some(|value, _| print(value, Lang::En))),
        }
        bundle.set_use_isolating(false);
        // The names are unique, as has just been checked; so none of these can be refused.
        for resource in resources {
            bundle.add_resource_overriding(resource);
        }
        for name in FUNCTIONS {
            let _ = bundle.add_function(name, number);
        }
        Ok(Catalogue {
            lang,
            bundle,
            variables,
        })
    }

    /// The language of the messages.
    pub fn lang(&self) -> Lang {
        self.lang
    }

    /// Whether there is a message with this id. An attribute is called `id.attribute`, here and
    /// in the other methods.
    pub fn has(&self, id: &str) -> bool {
        self.variables.contains_key(id)
    }

    /// The message with its variables put in.
    ///
    /// Never fails and never adds bidi isolation marks. A missing message gives `⟨id⟩`, a missing
    /// variable `{$name}` and, where it should choose a variant, the default one.
    pub fn text(&self, id: &str, args: &[(&str, Value<'_>)]) -> String {
        let (name, attribute) = match id.split_once('.') {
            Some((name, attribute)) => (name, Some(attribute)),
            None => (id, None),
        };
        let pattern = self
            .bundle
            .get_message(name)
            .and_then(|message| match attribute {
                Some(attribute) => message.get_attribute(attribute).map(|found| found.value()),
                None => message.value(),
            });
        let Some(pattern) = pattern else {
            return format!("⟨{id}⟩");
        };
        let args: FluentArgs<'_> = args
            .iter()
            .map(|(name, value)| (*name, argument(value, self.lang)))
            .collect();
        // What Fluent reports here, a missing variable, is seen in the text.
        self.bundle
            .format_pattern(pattern, Some(&args), &mut Vec::new())
            .into_owned()
    }

    /// The ids of all messages and attributes, sorted.
    pub fn ids(&self) -> Vec<&str> {
        self.variables.keys().map(String::as_str).collect()
    }

    /// The names of the variables that a message uses in any of its variants, itself or through
    /// messages it refers to, sorted. None for a missing id.
    pub fn variables(&self, id: &str) -> Vec<&str> {
        self.variables
            .get(id)
            .into_iter()
            .flatten()
            .map(String::as_str)
            .collect()
    }
}

impl std::fmt::Debug for Catalogue {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let messages = self.variables.len();
        f.debug_struct("Catalogue")
            .field("lang", &self.lang)
            .field("messages", &messages)
            .finish()
    }
}

fn argument<'a>(value: &'a Value<'_>, lang: Lang) -> FluentValue<'a> {
    match value {
        Value::Text(text) => FluentValue::from(text.as_ref()),
        Value::Count(n) if n.unsigned_abs() < EXACT => FluentValue::from(*n),
        Value::Count(n) => huge(*n, lang),
        Value::Number(x) if x.is_finite() => FluentValue::from(round_to(*x, DIGITS)),
        Value::Number(_) => FluentValue::from(NO_NUMBER),
    }
}

/// Fluent counts in `f64`, which would change the last digits of such a number. So it is given one
/// with the same ending, which is all that a plural form depends on, and the text to print in the
/// place of a currency, which nothing here uses otherwise.
fn huge(n: i64, lang: Lang) -> FluentValue<'static> {
    let ending = (n.unsigned_abs() % 1000 + 1000) as f64;
    let options = FluentNumberOptions {
        currency: Some(integer(n, lang)),
        ..FluentNumberOptions::default()
    };
    FluentValue::Number(FluentNumber::new(ending, options))
}

/// Prints a number inside a message; leaves the rest to Fluent.
fn print(value: &FluentValue<'_>, lang: Lang) -> Option<String> {
    let FluentValue::Number(number) = value else {
        return None;
    };
    let options = &number.options;
    if let Some(text) = &options.currency {
        return Some(text.clone());
    }
    let least = options.minimum_fraction_digits.unwrap_or(0);
    let most = options.maximum_fraction_digits.unwrap_or(DIGITS);
    Some(flexible(
        number.value,
        least,
        most,
        options.use_grouping,
        lang,
    ))
}

/// The function `NUMBER` of the messages. Fluent's own would let a message bring in a currency or
/// so many digits that choosing the plural form overflows.
fn number<'a>(positional: &[FluentValue<'a>], named: &FluentArgs<'_>) -> FluentValue<'a> {
    let Some(FluentValue::Number(number)) = positional.first() else {
        // A text in the place of a number is printed as it is.
        return positional.first().cloned().unwrap_or(FluentValue::Error);
    };
    let mut number = number.clone();
    let digits = |name| match named.get(name) {
        Some(FluentValue::Number(digits)) => Some((digits.value as usize).min(MOST_DIGITS)),
        _ => None,
    };
    if let Some(least) = digits("minimumFractionDigits") {
        number.options.minimum_fraction_digits = Some(least);
    }
    if let Some(most) = digits("maximumFractionDigits") {
        number.value = round_to(number.value, most);
        number.options.maximum_fraction_digits = Some(most);
    }
    if let Some(FluentValue::String(grouping)) = named.get("useGrouping") {
        number.options.use_grouping = grouping != "false";
    }
    FluentValue::Number(number)
}

#[cfg(test)]
mod tests;
