//! A regulation: what is demanded of whom, in versions with a date each.

mod calendar;
mod compare;
mod difference;
pub mod edit;
mod entries;
mod expression;
mod fit;
mod mistake;
mod parse;
mod template;
mod values;
mod words;

use std::collections::BTreeMap;
use std::ops::Range;
use std::sync::Arc;

use history::{Instant, Role};
use jiff::civil::Date;
use regex::Regex;
use worktime::{Calendar, Limit, Shift, Zone};

use crate::rules::{Declaration, ParamKind, Scope};

pub use compare::{Difference, Fate, Moved, RuleDifference, compare};
pub use expression::Expression;
pub use fit::Names;
pub use mistake::{Expected, Mistake, Mistakes, What, nearest};
pub use template::Template;
pub use words::{describe, describe_entry, describe_frame};

/// How grave a finding is.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum Severity {
    /// To be mended, no more.
    Remark,
    /// A breach of the regulation.
    Violation,
    /// A gross breach.
    Gross,
}

impl Severity {
    /// All, the lightest first.
    pub const ALL: &'static [Severity] = &[Severity::Remark, Severity::Violation, Severity::Gross];

    /// The word for it in regulations and findings.
    pub fn as_str(self) -> &'static str {
        match self {
            Severity::Remark => "remark",
            Severity::Violation => "violation",
            Severity::Gross => "gross",
        }
    }
}

/// Whose working time a rule counts.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum ClockKind {
    /// The company's calendar.
    Company,
    /// The shift of the employee concerned, less absences.
    Responsible,
    /// Calendar time.
    Always,
}

impl ClockKind {
    /// All clocks.
    pub const ALL: &'static [ClockKind] = &[
        ClockKind::Company,
        ClockKind::Responsible,
        ClockKind::Always,
    ];

    /// The word for it in regulations.
    pub fn as_str(self) -> &'static str {
        match self {
            ClockKind::Company => "company",
            ClockKind::Responsible => "responsible",
            ClockKind::Always => "always",
        }
    }
}

/// How soon somebody is told.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Tell {
    /// At once, within working hours.
    Now,
    /// With the daily note.
    Daily,
    /// With the weekly report.
    Weekly,
    /// Not at all.
    Never,
}

impl Tell {
    /// All of them, the soonest first.
    pub const ALL: &'static [Tell] = &[Tell::Now, Tell::Daily, Tell::Weekly, Tell::Never];

    /// Who may be told, the nearest first.
    pub const WHOM: &'static [&'static str] =
        &["employee", "lead", "coordinator", "head", "director"];

    /// The word for it in regulations.
    pub fn as_str(self) -> &'static str {
        match self {
            Tell::Now => "now",
            Tell::Daily => "daily",
            Tell::Weekly => "weekly",
            Tell::Never => "never",
        }
    }
}

/// A word of a regulation and where it stands, so that a mistake in it can be shown.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Word {
    /// The word.
    pub text: String,
    /// Its bytes in the file; empty for a default.
    pub place: Range<usize>,
}

impl From<&str> for Word {
    fn from(text: &str) -> Word {
        Word {
            text: text.to_owned(),
            place: 0..0,
        }
    }
}

/// A parameter's value.
#[derive(Clone, Debug)]
pub enum ParamValue {
    /// A duration.
    Limit(Limit),
    /// A whole number.
    Count(u32),
    /// One of the words that the parameter takes.
    Choice(&'static str),
    /// A number between 0 and 1.
    Share(f64),
    /// Yes or no.
    Flag(bool),
    /// A regular expression that must match a whole text.
    Pattern(Regex),
    /// How a title is to be made.
    Template(Template),
    /// A condition.
    Expression(Expression),
    /// A text.
    Text(String),
    /// Nothing: it is not given, and there is no default.
    Absent,
    /// A list of ids or texts.
    Words(Vec<Word>),
    /// Id → duration.
    Limits(Vec<(Word, Limit)>),
    /// A field, and its values' durations.
    FieldLimits(Option<(Word, Vec<(String, Limit)>)>),
    /// Id → list of ids.
    Lists(Vec<(Word, Vec<Word>)>),
}

/// A rule as a regulation uses it.
#[derive(Clone)]
pub struct Entry {
    /// The rule.
    pub rule: &'static Declaration,
    /// The name findings carry.
    pub name: String,
    /// Severity of its findings.
    pub severity: Severity,
    /// Whether it is in force.
    pub enabled: bool,
    /// Whose time it counts.
    pub clock: ClockKind,
    /// Only in these pipelines; none: in all.
    pub pipelines: Option<Vec<Word>>,
    /// Only in these stages; none: in all.
    pub stages: Option<Vec<Word>>,
    /// Only against people of these roles; none: against anybody.
    pub roles: Option<Vec<Role>>,
    /// Who is told how soon (`employee`, `lead`, `head`).
    pub tells: BTreeMap<String, Tell>,
    /// Values given; others have their defaults.
    pub(crate) values: BTreeMap<&'static str, ParamValue>,
    /// The line of `[[rule]]`, from 1.
    pub line: usize,
}

impl Entry {
    /// The indicator that its findings belong to.
    pub fn indicator(&self) -> u8 {
        match self.values.get("indicator") {
            Some(ParamValue::Count(own)) => u8::try_from(*own).unwrap_or(self.rule.indicator),
            _ => self.rule.indicator,
        }
    }

    /// What to call it: by its own title, or by the rule's.
    pub fn title(&self, lang: wording::Lang) -> &str {
        match self.values.get("title") {
            Some(ParamValue::Text(own)) => own,
            _ => self.rule.texts.title.get(lang),
        }
    }

    /// The value of a declared parameter.
    pub fn value(&self, name: &str) -> ParamValue {
        if let Some(value) = self.values.get(name) {
            return value.clone();
        }
        let param = self
            .rule
            .param(name)
            .expect("rules ask for parameters that they declare");
        param.kind.default()
    }

    /// A duration.
    pub fn limit(&self, name: &str) -> Limit {
        match self.value(name) {
            ParamValue::Limit(limit) => limit,
            other => unreachable!("`{name}` is declared a duration, not {other:?}"),
        }
    }

    /// A whole number.
    pub fn count(&self, name: &str) -> u32 {
        match self.value(name) {
            ParamValue::Count(count) => count,
            other => unreachable!("`{name}` is declared a number, not {other:?}"),
        }
    }

    /// A whole number, where one is given.
    pub fn count_if_given(&self, name: &str) -> Option<u32> {
        match self.value(name) {
            ParamValue::Count(count) => Some(count),
            _ => None,
        }
    }

    /// One of the words that the parameter takes.
    pub fn choice(&self, name: &str) -> &'static str {
        match self.value(name) {
            ParamValue::Choice(word) => word,
            other => unreachable!("`{name}` is declared a choice, not {other:?}"),
        }
    }

    /// A share.
    pub fn share(&self, name: &str) -> f64 {
        match self.value(name) {
            ParamValue::Share(share) => share,
            other => unreachable!("`{name}` is declared a share, not {other:?}"),
        }
    }

    /// Yes or no.
    pub fn flag(&self, name: &str) -> bool {
        match self.value(name) {
            ParamValue::Flag(flag) => flag,
            other => unreachable!("`{name}` is declared a flag, not {other:?}"),
        }
    }

    /// A list of ids or texts.
    pub fn words(&self, name: &str) -> Vec<Word> {
        match self.value(name) {
            ParamValue::Words(words) => words,
            other => unreachable!("`{name}` is declared a list, not {other:?}"),
        }
    }

    /// Lists by id.
    pub fn lists(&self, name: &str) -> Vec<(Word, Vec<Word>)> {
        match self.value(name) {
            ParamValue::Lists(lists) => lists,
            other => unreachable!("`{name}` is declared a table of lists, not {other:?}"),
        }
    }
}

/// The traffic light's settings.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Light {
    /// Weights of remark, violation, gross.
    pub weights: [f64; 3],
    /// Weighted findings per 100 deals in work, at most, for green.
    pub green: f64,
    /// The same for yellow.
    pub yellow: f64,
    /// Fewer deals in work: too little data.
    pub min_deals: u32,
}

impl Default for Light {
    fn default() -> Light {
        Light {
            weights: [1.0, 3.0, 10.0],
            green: 10.0,
            yellow: 25.0,
            min_deals: 5,
        }
    }
}

/// One version of a regulation: one file.
#[derive(Clone)]
pub struct Version {
    /// The file it was read from.
    pub file: String,
    /// Its name.
    pub name: String,
    /// All local dates and hours are in this zone.
    pub zone: Zone,
    /// The language of its texts.
    pub language: wording::Lang,
    /// From which day on it is in force; none: since ever.
    pub effective: Option<Date>,
    /// The company's hours.
    pub calendar: Arc<Calendar>,
    /// What `1wd` is worth, in milliseconds.
    pub day_length_ms: i64,
    /// From how many seconds on a call is a conversation.
    pub talk_seconds: u32,
    /// Shifts by name.
    pub shifts: BTreeMap<String, Arc<Shift>>,
    /// Pipelines in which nobody works.
    pub robots: Vec<Word>,
    /// The traffic light.
    pub light: Light,
    /// The rules.
    pub entries: Vec<Entry>,
    /// The file's text, to show mistakes in.
    pub source: Arc<str>,
    /// What is no mistake but should be known.
    pub notes: Vec<Mistake>,
}

/// A regulation: its versions, the oldest first.
#[derive(Clone)]
pub struct Regulation {
    versions: Vec<Version>,
}

impl Regulation {
    /// Puts versions in order.
    ///
    /// # Errors
    /// Where there is none, or two begin on the same day.
    pub fn new(mut versions: Vec<Version>) -> Result<Regulation, Mistake> {
        versions.sort_by_key(|version| version.effective);
        if versions.is_empty() {
            return Err(Mistake::nowhere(What::NoVersions));
        }
        for pair in versions.windows(2) {
            if pair[0].effective == pair[1].effective {
                let (first, second) = (pair[0].file.clone(), pair[1].file.clone());
                return Err(Mistake::nowhere(What::SameDate { first, second }));
            }
        }
        Ok(Regulation { versions })
    }

    /// The versions, the oldest first.
    pub fn versions(&self) -> &[Version] {
        &self.versions
    }

    /// The latest version alone, in force since ever: two periods are compared by one version.
    pub fn latest_alone(&self) -> Regulation {
        alone(self.latest())
    }

    /// One of the versions alone, in force since ever, by its place; none: there is no such place.
    pub fn alone(&self, version: usize) -> Option<Regulation> {
        self.versions.get(version).map(alone)
    }

    /// The instants from which and until which a version is in force.
    pub fn in_force(&self, version: usize) -> (Instant, Instant) {
        let begin = |version: &Version| {
            version
                .effective
                .map_or(Instant::MIN, |date| version.zone.start_of_day(date))
        };
        let until = self.versions.get(version + 1).map_or(Instant::MAX, begin);
        (begin(&self.versions[version]), until)
    }

    /// Columns of events that none of the rules in force asks for: reading can leave them out.
    pub fn unused_columns(&self) -> Vec<&'static str> {
        let entries = || {
            self.versions
                .iter()
                .flat_map(|version| &version.entries)
                .filter(|entry| entry.enabled)
        };
        let asks = |entry: &Entry, placeholder: &str, variable: &str| {
            entry.values.values().any(|value| match value {
                ParamValue::Template(template) => template.asks_for(placeholder),
                ParamValue::Expression(when) => when.names(variable),
                _ => false,
            })
        };
        let clients = entries()
            .any(|entry| entry.rule.scope() == Scope::Client || asks(entry, "client", "client"));
        let types = |entry: &Entry| {
            let kinds = entry
                .rule
                .params
                .iter()
                .filter(|param| entry.values.contains_key(param.name));
            kinds.into_iter().any(|param| {
                matches!(
                    param.kind,
                    ParamKind::TaskTypes | ParamKind::StageTaskTypes | ParamKind::Channels
                )
            })
        };
        let mut unused = Vec::new();
        unused.extend((!clients).then_some("client"));
        unused.extend(
            (!entries().any(|entry| types(entry) || asks(entry, "", "source")))
                .then_some("channel"),
        );
        unused
    }

    /// The fields that must be filled in, and others that rules name in lists: a finding can be
    /// about one that no event has named yet.
    pub fn fields(&self) -> Vec<&str> {
        let entries = self.versions.iter().flat_map(|version| &version.entries);
        let mut fields: Vec<&str> = Vec::new();
        for entry in entries {
            for param in entry.rule.params {
                let words = match (param.kind, entry.values.get(param.name)) {
                    (ParamKind::Fields, Some(ParamValue::Words(words))) => vec![words],
                    (ParamKind::StageFields, Some(ParamValue::Lists(lists))) => {
                        lists.iter().map(|(_, words)| words).collect()
                    }
                    _ => Vec::new(),
                };
                fields.extend(words.into_iter().flatten().map(|word| word.text.as_str()));
            }
        }
        fields
    }

    /// The last version: its settings hold for what is asked of the whole.
    pub fn latest(&self) -> &Version {
        self.versions
            .last()
            .expect("a regulation has at least one version")
    }
}

fn alone(version: &Version) -> Regulation {
    let version = Version {
        effective: None,
        ..version.clone()
    };
    Regulation {
        versions: vec![version],
    }
}

impl Version {
    /// Reads a version from the text of a file.
    ///
    /// # Errors
    /// All mistakes found, each with its place.
    pub fn parse(text: &str, file: &str) -> Result<Version, Mistakes> {
        parse::version(text, file)
    }

    /// The national calendar ends before `at`: for later dates only weekends are known.
    pub fn calendar_ends_before(&self, at: Instant) -> Option<What> {
        self.calendar.country?;
        let last = *worktime::production_calendar::known_years().end();
        (self.zone.date(at).year() > last).then_some(What::CalendarEnds(last))
    }
}

/// The starter regulation in Russian, commented; `svetofor` judges by it where no other is given.
pub const STARTER: &str = include_str!("../../../../regulations/starter.ru.toml");

/// The starter regulation with its comments in a language; it demands the same in each.
pub fn starter(lang: wording::Lang) -> &'static str {
    match lang {
        wording::Lang::Ru => STARTER,
        wording::Lang::En => include_str!("../../../../regulations/starter.en.toml"),
    }
}

/// Regulations made ready for a kind of company, in Russian: names and texts. Each says at its head
/// whom it is for.
pub const READY: &[(&str, &str)] = &[
    (
        "reon-ten-indicators",
        include_str!("../../../../regulations/reon-ten-indicators.ru.toml"),
    ),
    (
        "synergy-association",
        include_str!("../../../../regulations/synergy-association.ru.toml"),
    ),
    (
        "zolotarev-workshop",
        include_str!("../../../../regulations/zolotarev-workshop.ru.toml"),
    ),
];

/// The ready regulation of a name; `starter` is the [`starter`] in the language asked for.
pub fn ready(name: &str, lang: wording::Lang) -> Option<&'static str> {
    if name == "starter" {
        return Some(starter(lang));
    }
    let found = READY.iter().find(|(known, _)| *known == name);
    found.map(|(_, text)| *text)
}
