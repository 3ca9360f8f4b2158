//! A mapping as it is used: names resolved to places, patterns compiled.
//!
//! `docs/import.en.md` describes the language for those who write mappings.

mod parse;
mod rules;
mod section;
mod settings;
mod sources;
mod uses;
mod values;

use std::collections::HashMap;

use encoding_rs::Encoding;
use history::{Account, Kind, Role, StageKind};
use jiff::civil::Time;
use jiff::tz::TimeZone;
use regex::Regex;
pub(crate) use section::nearest;

use crate::MappingError;
use crate::value::moment::DateFormat;

/// A mapping, ready for use: which table is which and what becomes of its rows.
#[derive(Clone, Debug)]
pub struct Mapping {
    pub(crate) account: Account,
    pub(crate) zone: TimeZone,
    pub(crate) sources: Vec<Source>,
    pub(crate) joins: Vec<Join>,
    /// Rows that are left out on purpose.
    pub(crate) set_aside: Vec<RowRule>,
    /// Rows that somebody should look at.
    pub(crate) notices: Vec<RowRule>,
    pub(crate) events: Vec<EventRule>,
    pub(crate) stages: Stages,
    pub(crate) people: PeopleRules,
}

impl Mapping {
    /// Reads a mapping; `name` is how messages call the file.
    ///
    /// # Errors
    /// The first mistake, with its place in the text and, for a misspelt word, the nearest
    /// known one.
    pub fn parse(text: &str, name: &str) -> Result<Mapping, MappingError> {
        parse::mapping(text, name)
    }

    /// The account that the history will be of.
    pub fn account(&self) -> &Account {
        &self.account
    }

    /// The same mapping for an account with another name.
    #[must_use]
    pub fn with_name(mut self, name: &str) -> Mapping {
        self.account.name = name.to_owned();
        self
    }

    /// The same mapping for an account with another currency (ISO 4217).
    #[must_use]
    pub fn with_currency(mut self, currency: &str) -> Mapping {
        self.account.currency = currency.to_owned();
        self
    }

    /// The same mapping for an account in another time zone; dates without a zone of their
    /// own are read in it. None where there is no such zone.
    pub fn with_timezone(mut self, timezone: &str) -> Option<Mapping> {
        self.zone = TimeZone::get(timezone).ok()?;
        self.account.timezone = timezone.to_owned();
        Some(self)
    }
}

/// A kind of table.
#[derive(Clone, Debug)]
pub(crate) struct Source {
    pub name: String,
    /// Patterns of file names; empty: any name.
    pub files: Vec<Regex>,
    /// Columns without which a table is not of this source.
    pub known_by: Vec<usize>,
    pub optional: bool,
    pub format: TextFormat,
    pub sheet: Option<String>,
    pub skip_lines: usize,
    pub reading: Reading,
    /// Columns whose values together stand in one row only.
    pub unique: Vec<usize>,
    /// The column that names the case, for event logs; rows are taken case by case.
    pub case: Option<usize>,
    /// The columns that order the rows of a case.
    pub order: Vec<usize>,
    pub columns: Vec<Column>,
    /// Whether columns that the mapping does not name are read too.
    pub rest: bool,
}

/// How the text of a file is cut into cells.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct TextFormat {
    /// None: found out.
    pub encoding: Option<&'static Encoding>,
    /// None: found out.
    pub delimiter: Option<u8>,
}

/// How the cells of a source are understood.
#[derive(Clone, Debug)]
pub(crate) struct Reading {
    pub dates: Vec<DateFormat>,
    /// Zone of dates that name none; none: the account's.
    pub zone: Option<TimeZone>,
    pub decimal: Option<char>,
    /// Words that mean "nothing", in lower case.
    pub empty: Vec<String>,
}

/// A column under the mapping's own name.
#[derive(Clone, Debug)]
pub(crate) struct Column {
    pub name: String,
    /// The headers it may have, the first that is there counts.
    pub headers: Vec<String>,
    pub optional: bool,
}

/// How rows of one source find rows of another.
#[derive(Clone, Debug)]
pub(crate) struct Join {
    pub name: String,
    pub from: usize,
    /// What a row of `from` searches for.
    pub key: Value,
    pub to: usize,
    /// What a row of `to` is found by.
    pub on: Value,
    pub pick: Pick,
    /// Of the row that searches and of the rows found: the latter must not be later.
    pub not_later: Option<(usize, usize)>,
}

/// Which of several rows found is taken.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Pick {
    All,
    First,
    Latest,
    Only,
}

/// A column of the row at hand, or of a row found by a join.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) struct Place {
    /// The join's place in the rule's list; none: the row at hand.
    pub join: Option<usize>,
    pub source: usize,
    pub column: usize,
}

/// What an event's column is filled with.
#[derive(Clone, Debug)]
pub(crate) enum Value {
    Const(String),
    Column(Place, Box<Change>),
    /// The first of them that is not empty.
    First(Vec<Value>),
    Template(Vec<Piece>, Box<Change>),
    /// The instant at which the deal was created.
    Created,
    /// The instant of the deal's last event.
    Last,
    /// The number of the row in its file.
    Row,
    /// Seconds since an earlier row of the case.
    Elapsed(Box<Elapsed>),
}

impl Value {
    /// Whether it is, or may fall back to, a value such as `wanted` finds.
    pub fn mentions(&self, wanted: fn(&Value) -> bool) -> bool {
        match self {
            Value::First(values) => values.iter().any(|value| value.mentions(wanted)),
            value => wanted(value),
        }
    }
}

/// A piece of a template.
#[derive(Clone, Debug)]
pub(crate) enum Piece {
    Text(String),
    Column(Place),
    Row,
}

/// What is done to the text of a cell before it is used.
#[derive(Clone, Debug, Default)]
pub(crate) struct Change {
    /// The part of the text that counts: the first group, or the whole match.
    pub extract: Option<Regex>,
    /// Only the digits, the last so many of them: telephone numbers.
    pub digits: Option<usize>,
    /// By value in lower case.
    pub map: HashMap<String, String>,
    /// For values that are not in `map`.
    pub otherwise: Option<String>,
    /// Time of day of a date without one.
    pub time: Option<Time>,
}

/// Time since the last row of the case that fits `since` and has the same `same`.
#[derive(Clone, Debug)]
pub(crate) struct Elapsed {
    pub since: Vec<Condition>,
    pub same: Vec<Place>,
    pub at: usize,
}

/// What a row must be like.
#[derive(Clone, Debug)]
pub(crate) struct Condition {
    pub place: Place,
    pub test: Test,
}

/// What a value must be like.
#[derive(Clone, Debug)]
pub(crate) enum Test {
    /// One of these, in lower case.
    OneOf(Vec<String>),
    /// None of these, in lower case.
    NoneOf(Vec<String>),
    Matches(Regex),
    /// A stage of this kind.
    Stage(Vec<StageKind>),
    Filled(bool),
    Above(f64),
    AtMost(f64),
    All(Vec<Test>),
}

/// Rows of a kind, and what there is to say of them.
#[derive(Clone, Debug)]
pub(crate) struct RowRule {
    pub source: usize,
    pub when: Vec<Condition>,
    pub because: String,
}

/// What becomes of the rows of a source.
#[derive(Clone, Debug)]
pub(crate) struct EventRule {
    pub source: usize,
    pub kind: Kind,
    pub joins: Vec<usize>,
    pub when: Vec<Condition>,
    /// Only the first row of a case, or only the others.
    pub first: Option<bool>,
    /// Only the last row of a case, or only the others.
    pub last: Option<bool>,
    /// Only rows where this column differs from the case's previous row of this rule.
    pub changed: Option<usize>,
    pub each: Each,
    pub at: Value,
    pub deal: Option<Value>,
    pub actor: Option<Value>,
    pub stage: Option<Value>,
    pub pipeline: Option<Value>,
    pub employee: Option<Value>,
    pub task: Option<Value>,
    pub due: Option<Value>,
    pub text: Option<Value>,
    pub field: Option<Value>,
    pub amount: Option<Value>,
    pub client: Option<Value>,
    pub channel: Option<Value>,
    pub early: Early,
}

/// Whether one row makes an event for each of several columns.
#[derive(Clone, Debug)]
pub(crate) enum Each {
    Row,
    Columns(Vec<usize>),
    /// Every column that the mapping does not name.
    Rest,
}

/// What becomes of an event that lies before its deal's creation.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Early {
    Drop,
    /// It is put at the creation.
    Clamp,
    Keep,
}

/// Pipelines and the meaning of stages.
#[derive(Clone, Debug)]
pub(crate) struct Stages {
    pub pipeline: String,
    pub pipeline_name: String,
    pub won: Words,
    pub lost: Words,
    /// Whether a stage that is not listed is reported.
    pub report_unlisted: bool,
    pub listed: Vec<ListedStage>,
}

/// A stage that the mapping describes.
#[derive(Clone, Debug)]
pub(crate) struct ListedStage {
    pub id: String,
    pub pipeline: Option<String>,
    pub name: String,
    pub kind: Option<StageKind>,
    /// Comes after the stages that are not listed.
    pub at_end: bool,
}

/// Words in lower case, and patterns.
#[derive(Clone, Debug, Default)]
pub(crate) struct Words {
    pub exact: Vec<String>,
    pub patterns: Vec<Regex>,
}

impl Words {
    /// Whether `word` is among them.
    pub fn has(&self, word: &str) -> bool {
        let lower = word.trim().to_lowercase();
        self.exact.contains(&lower) || self.patterns.iter().any(|p| p.is_match(word.trim()))
    }
}

impl Stages {
    /// The description of a stage, if the mapping has one.
    pub fn find(&self, pipeline: &str, stage: &str) -> Option<usize> {
        let lower = stage.to_lowercase();
        self.listed.iter().position(|listed| {
            listed.id.to_lowercase() == lower
                && listed
                    .pipeline
                    .as_deref()
                    .is_none_or(|p| p.to_lowercase() == pipeline.to_lowercase())
        })
    }

    /// What standing in a stage means, in whatever pipeline.
    pub fn kind(&self, pipeline: &str, stage: &str) -> StageKind {
        let listed = self.find(pipeline, stage).and_then(|i| self.listed[i].kind);
        match listed {
            Some(kind) => kind,
            None if self.won.has(stage) => StageKind::Won,
            None if self.lost.has(stage) => StageKind::Lost,
            None => StageKind::Open,
        }
    }
}

/// Who people are.
#[derive(Clone, Debug)]
pub(crate) struct PeopleRules {
    pub role: Role,
    /// Names behind which there is nobody.
    pub nobody: Words,
    pub table: Option<PeopleTable>,
}

/// A source that lists the people.
#[derive(Clone, Debug)]
pub(crate) struct PeopleTable {
    pub source: usize,
    pub id: Value,
    pub name: Option<Value>,
    pub group: Option<Value>,
    pub lead: Option<Value>,
    pub role: Option<Value>,
    pub active: Option<Value>,
    pub shift: Option<Value>,
    pub hired: Option<Value>,
    pub left: Option<Value>,
}
