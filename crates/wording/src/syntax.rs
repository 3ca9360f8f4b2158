//! What Fluent texts define and what they refer to, read from the syntax tree before any message
//! is printed; so that a slip is told when the catalogue is built, not when a user meets it.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

use fluent_bundle::FluentResource;
use fluent_syntax::ast::PatternElement;
use fluent_syntax::ast::{CallArguments, Entry, Expression, InlineExpression, Pattern};
use fluent_syntax::parser::ParserError;

use crate::Lang;

/// The functions a message may call.
pub(crate) const FUNCTIONS: [&str; 1] = ["NUMBER"];

/// The texts do not make a catalogue; all that is wrong with them.
#[derive(Clone, PartialEq, Eq, Debug, thiserror::Error)]
pub struct CatalogueError {
    /// The language of the catalogue.
    pub lang: Lang,
    /// At least one problem, in the order of the texts.
    pub problems: Vec<Problem>,
}

impl fmt::Display for CatalogueError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "messages in `{}` cannot be used", self.lang)?;
        self.problems
            .iter()
            .try_for_each(|problem| write!(f, "; {problem}"))
    }
}

/// Something wrong with a Fluent text.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub struct Problem {
    /// The number of the text among those given, from 1.
    pub text: usize,
    /// The line in that text, from 1.
    pub line: usize,
    /// What is wrong, with the id it concerns.
    pub what: String,
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "text {}, line {}: {}", self.text, self.line, self.what)
    }
}

impl Problem {
    /// A problem at a byte of the source.
    pub(crate) fn at(text: usize, source: &str, byte: usize, what: String) -> Problem {
        let before = source.as_bytes().get(..byte).unwrap_or(source.as_bytes());
        let line = 1 + before.iter().filter(|byte| **byte == b'\n').count();
        Problem { text, line, what }
    }

    pub(crate) fn syntax(text: usize, source: &str, error: &ParserError) -> Problem {
        let entry = error
            .slice
            .clone()
            .and_then(|slice| source.get(slice))
            .unwrap_or_default();
        let entry = crate::one_line(entry.lines().next().unwrap_or_default(), 60);
        let mut reason = error.to_string();
        if let Some(first) = reason.get_mut(..1) {
            first.make_ascii_lowercase();
        }
        Problem::at(
            text,
            source,
            error.pos.start,
            format!("{reason}, in the entry `{entry}`"),
        )
    }
}

/// Finds an escape `\u` or `\U` whose digits break off at a letter that is not ASCII. The parser
/// (fluent-syntax 0.12) panics at one inside a literal instead of reporting it.
pub(crate) fn broken_escape(text: usize, source: &str) -> Option<Problem> {
    source.match_indices('\\').find_map(|(at, _)| {
        let rest = &source.as_bytes()[at + 1..];
        let wanted = match rest.first()? {
            b'u' => 4,
            b'U' => 6,
            _ => return None,
        };
        let digits = rest[1..]
            .iter()
            .take(wanted)
            .take_while(|b| b.is_ascii_hexdigit())
            .count();
        let broken = digits < wanted && rest.get(1 + digits).is_some_and(|b| !b.is_ascii());
        let what = format!("an escape has fewer than {wanted} hexadecimal digits");
        broken.then(|| Problem::at(text, source, at, what))
    })
}

/// The messages and terms of several texts by their key: `id`, `id.attribute`, `-term`,
/// `-term.attribute`.
#[derive(Default)]
pub(crate) struct Definitions<'a> {
    found: BTreeMap<String, Uses<'a>>,
    /// Where an id was first seen. A term and a message may not share one.
    seen: BTreeMap<String, (usize, usize)>,
    pub problems: Vec<Problem>,
}

/// What one pattern refers to.
#[derive(Default)]
struct Uses<'a> {
    text: usize,
    source: &'a str,
    variables: BTreeSet<&'a str>,
    /// Keys of messages and terms, each with the name as it stands in the source.
    references: Vec<(String, &'a str)>,
    functions: Vec<&'a str>,
}

impl<'a> Definitions<'a> {
    /// Reads the definitions of one more text.
    pub fn read(&mut self, text: usize, resource: &'a FluentResource) {
        let source = resource.source();
        for entry in resource.entries() {
            let (id, sigil, value, attributes) = match entry {
                Entry::Message(message) => (
                    message.id.name,
                    "",
                    message.value.as_ref(),
                    &message.attributes,
                ),
                Entry::Term(term) => (term.id.name, "-", Some(&term.value), &term.attributes),
                _ => continue,
            };
            if !self.is_new(text, source, id, id.to_owned()) {
                continue;
            }
            if let Some(value) = value {
                let uses = Uses::of(text, source, value);
                self.found.insert(format!("{sigil}{id}"), uses);
            }
            for attribute in attributes {
                let name = attribute.id.name;
                if self.is_new(text, source, name, format!("{id}.{name}")) {
                    let uses = Uses::of(text, source, &attribute.value);
                    self.found.insert(format!("{sigil}{id}.{name}"), uses);
                }
            }
        }
    }

    fn is_new(&mut self, text: usize, source: &str, name: &str, id: String) -> bool {
        let mut problem = Problem::at(text, source, offset(source, name), String::new());
        if let Some((first, line)) = self.seen.get(&id) {
            problem.what =
                format!("the id `{id}` is defined twice, first in text {first}, line {line}");
            self.problems.push(problem);
            return false;
        }
        if FUNCTIONS.contains(&id.as_str()) {
            problem.what = format!("the id `{id}` is the name of a function");
            self.problems.push(problem);
            return false;
        }
        self.seen.insert(id, (problem.text, problem.line));
        true
    }

    /// Finds references to what is defined nowhere.
    pub fn check(&mut self) {
        for (key, uses) in &self.found {
            let wanted = uses
                .references
                .iter()
                .map(|(wanted, name)| (wanted.as_str(), *name));
            let missing = wanted.filter(|(wanted, _)| !self.found.contains_key(*wanted));
            let functions = uses.functions.iter().map(|name| (*name, *name));
            let unknown = functions.filter(|(name, _)| !FUNCTIONS.contains(name));
            for (wanted, name) in missing.chain(unknown) {
                let what = format!("`{key}` refers to `{wanted}`, which is defined nowhere");
                let byte = offset(uses.source, name);
                self.problems
                    .push(Problem::at(uses.text, uses.source, byte, what));
            }
        }
    }

    /// The messages with the variables that each needs, those of the messages it refers to
    /// included. Terms are left out: they do not see the variables of the message around them.
    pub fn variables(&self) -> BTreeMap<String, BTreeSet<String>> {
        let messages = self.found.keys().filter(|key| !key.starts_with('-'));
        messages
            .map(|key| (key.clone(), self.variables_of(key)))
            .collect()
    }

    fn variables_of(&self, key: &str) -> BTreeSet<String> {
        let mut variables = BTreeSet::new();
        let mut visited = BTreeSet::new();
        let mut waiting = vec![key];
        while let Some(key) = waiting.pop() {
            let Some(uses) = self.found.get(key) else {
                continue;
            };
            if visited.insert(key) && !key.starts_with('-') {
                variables.extend(uses.variables.iter().map(|name| (*name).to_owned()));
                waiting.extend(uses.references.iter().map(|(key, _)| key.as_str()));
            }
        }
        variables
    }
}

impl<'a> Uses<'a> {
    fn of(text: usize, source: &'a str, pattern: &Pattern<&'a str>) -> Uses<'a> {
        let mut uses = Uses {
            text,
            source,
            ..Uses::default()
        };
        uses.pattern(pattern);
        uses
    }

    fn pattern(&mut self, pattern: &Pattern<&'a str>) {
        for element in &pattern.elements {
            if let PatternElement::Placeable { expression } = element {
                self.expression(expression);
            }
        }
    }

    fn expression(&mut self, expression: &Expression<&'a str>) {
        match expression {
            Expression::Inline(inline) => self.inline(inline),
            Expression::Select { selector, variants } => {
                self.inline(selector);
                variants
                    .iter()
                    .for_each(|variant| self.pattern(&variant.value));
            }
        }
    }

    fn inline(&mut self, inline: &InlineExpression<&'a str>) {
        match inline {
            InlineExpression::StringLiteral { .. } | InlineExpression::NumberLiteral { .. } => {}
            InlineExpression::VariableReference { id } => {
                self.variables.insert(id.name);
            }
            InlineExpression::FunctionReference { id, arguments } => {
                self.functions.push(id.name);
                self.arguments(arguments);
            }
            InlineExpression::MessageReference { id, attribute } => {
                let attribute = attribute.as_ref().map(|attribute| attribute.name);
                self.references.push((key("", id.name, attribute), id.name));
            }
            InlineExpression::TermReference {
                id,
                attribute,
                arguments,
            } => {
                let attribute = attribute.as_ref().map(|attribute| attribute.name);
                self.references
                    .push((key("-", id.name, attribute), id.name));
                arguments
                    .iter()
                    .for_each(|arguments| self.arguments(arguments));
            }
            InlineExpression::Placeable { expression } => self.expression(expression),
        }
    }

    fn arguments(&mut self, arguments: &CallArguments<&'a str>) {
        let named = arguments.named.iter().map(|argument| &argument.value);
        arguments
            .positional
            .iter()
            .chain(named)
            .for_each(|argument| self.inline(argument));
    }
}

fn key(sigil: &str, id: &str, attribute: Option<&str>) -> String {
    match attribute {
        Some(attribute) => format!("{sigil}{id}.{attribute}"),
        None => format!("{sigil}{id}"),
    }
}

/// Where in its source a part of it stands.
fn offset(source: &str, part: &str) -> usize {
    part.as_ptr().addr().wrapping_sub(source.as_ptr().addr())
}
