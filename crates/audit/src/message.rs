//! Findings, demands and mistakes in words.
//!
//! A rule's message is a Fluent pattern; it may use
//!
//! - `$person`: whom it is held against, by name (a dash for nobody);
//! - `$responsible`: who answered for the deal at the breach, by name (a dash for nobody);
//! - `$deal`: the deal's title, else its id;
//! - `$stage`: the stage at the breach, by name;
//! - `$limit`: the limit that was broken, in words (`15 мин раб.`): the first of `limit`, `grace`,
//!   `norm` and `window` that is a duration, or what the stage or the field's value has of its own;
//! - `$rule`: what the regulation calls the rule: its own title, else the entry's name;
//! - `$since`: when the clock started, local;
//! - `$subject`: the task's text, the field's name, the stage's name, the local day or the month;
//! - `$proposal`: what a title could be, as the end of a sentence; nothing where none is known;
//! - `$count`: a number, by rule (attempts made, tasks, minutes).
//!
//! In Russian a limit ends with a full stop («15 мин раб.»): a sentence should not end with it.

mod mistake;

use std::sync::{LazyLock, RwLock};

use history::{DealId, EmployeeId, FieldId, History, Kind, StageId, TaskId};
use jiff::civil::Date;
use rustc_hash::FxHashMap;
use wording::{Catalogue, Lang, Value, one_line};
use worktime::Limit;

pub use mistake::mistake;

use crate::judge::{Evidence, Finding, Subject};
use crate::regulation::{ClockKind, Entry, ParamValue, Regulation, Version};
use crate::rules::{Declaration, ParamKind, RULES};

/// Characters of a foreign text shown within a sentence.
const SHOWN: usize = 60;

/// Says things about a history in one language.
pub struct Speaker<'a> {
    history: &'a History,
    regulation: &'a Regulation,
    catalogue: &'static Catalogue,
    forms: FxHashMap<&'static str, Form>,
    /// Limits already put into words: there are few, and many findings say each.
    limits: RwLock<FxHashMap<(u16, u16, Limit), String>>,
}

/// How a rule's message is made.
enum Form {
    /// Words and variables in a row: by far the most, and quickly said.
    Plain(Vec<Piece>),
    /// A pattern with a choice in it, and the variables it uses.
    Fluent(Vec<&'static str>),
}

/// A part of a plain message.
enum Piece {
    Words(&'static str),
    Variable(&'static str),
}

impl Form {
    fn of(pattern: &'static str, catalogue: &'static Catalogue, code: &str) -> Form {
        let mut pieces = Vec::new();
        let mut rest = pattern.trim();
        while let Some((words, tail)) = rest.split_once('{') {
            let variable = tail.split_once('}').and_then(|(inside, after)| {
                let name = inside.trim().strip_prefix('$')?;
                name.bytes()
                    .all(|b| b.is_ascii_lowercase())
                    .then_some((name, after))
            });
            let Some((name, after)) = variable else {
                return Form::Fluent(catalogue.variables(code));
            };
            pieces.extend([Piece::Words(words), Piece::Variable(name)]);
            rest = after;
        }
        if pattern.contains('\n') || rest.contains('}') {
            return Form::Fluent(catalogue.variables(code));
        }
        pieces.push(Piece::Words(rest));
        Form::Plain(pieces)
    }
}

/// All messages of the audit in a language: its own, one a rule, and the common words.
pub fn catalogue(lang: Lang) -> &'static Catalogue {
    static RU: LazyLock<Catalogue> = LazyLock::new(|| build(Lang::Ru));
    static EN: LazyLock<Catalogue> = LazyLock::new(|| build(Lang::En));
    match lang {
        Lang::Ru => &RU,
        Lang::En => &EN,
    }
}

fn build(lang: Lang) -> Catalogue {
    let rules: String = RULES
        .iter()
        .map(|rule| {
            let pattern = rule.texts.message.get(lang);
            format!("{} = {}\n", rule.code, pattern.replace('\n', "\n    "))
        })
        .collect();
    let (own, document) = match lang {
        Lang::Ru => (
            include_str!("../messages/ru.ftl"),
            include_str!("../messages/document.ru.ftl"),
        ),
        Lang::En => (
            include_str!("../messages/en.ftl"),
            include_str!("../messages/document.en.ftl"),
        ),
    };
    let sources = [wording::common_messages(lang), own, document, &rules];
    Catalogue::new(lang, &sources).expect("a test builds the catalogue in both languages")
}

impl<'a> Speaker<'a> {
    /// A speaker about the findings of a regulation on a history.
    pub fn new(history: &'a History, regulation: &'a Regulation, lang: Lang) -> Speaker<'a> {
        let catalogue = catalogue(lang);
        let form = |rule: &&'static Declaration| {
            let pattern = rule.texts.message.get(lang);
            (rule.code, Form::of(pattern, catalogue, rule.code))
        };
        Speaker {
            history,
            regulation,
            catalogue,
            forms: RULES.iter().map(form).collect(),
            limits: RwLock::default(),
        }
    }

    /// The language spoken.
    pub fn lang(&self) -> Lang {
        self.catalogue.lang()
    }

    /// The messages of the audit.
    pub fn catalogue(&self) -> &'static Catalogue {
        self.catalogue
    }

    /// The version that a finding was judged by, and the entry of its rule.
    pub fn entry(&self, finding: &Finding) -> (&'a Version, &'a Entry) {
        let version = &self.regulation.versions()[finding.version as usize];
        (version, &version.entries[finding.entry as usize])
    }

    /// The finding in one sentence.
    pub fn message(&self, finding: &Finding) -> String {
        let (_, entry) = self.entry(finding);
        if let Some(ParamValue::Text(own)) = entry.values.get("message") {
            return self.own_message(own, finding);
        }
        match &self.forms[entry.rule.code] {
            Form::Plain(pieces) => pieces.iter().fold(String::new(), |mut said, piece| {
                match piece {
                    Piece::Words(words) => said.push_str(words),
                    Piece::Variable(name) => said.push_str(&self.variable(finding, name)),
                }
                said
            }),
            Form::Fluent(names) => {
                let value = |name: &&'static str| match *name {
                    "count" => (*name, Value::Count(i64::from(finding.count))),
                    _ => (*name, Value::Text(self.variable(finding, name).into())),
                };
                let args: Vec<(&str, Value<'_>)> = names.iter().map(value).collect();
                self.catalogue.text(entry.rule.code, &args)
            }
        }
    }

    /// A message that the regulation words itself.
    fn own_message(&self, own: &str, finding: &Finding) -> String {
        let mut said = String::new();
        let mut rest = own;
        while let Some((words, tail)) = rest.split_once('{') {
            said.push_str(words);
            let known = |name: &&str| ["deal", "person", "stage", "limit", "since"].contains(name);
            let filled = tail.split_once('}').filter(|(name, _)| known(&name.trim()));
            match filled {
                Some((name, after)) => {
                    said.push_str(&self.variable(finding, name.trim()));
                    rest = after;
                }
                None => {
                    said.push('{');
                    rest = tail;
                }
            }
        }
        said.push_str(rest);
        one_line(&said, 8 * SHOWN)
    }

    fn rule_name<'e>(&self, entry: &'e Entry) -> &'e str {
        match entry.values.get("title") {
            Some(ParamValue::Text(own)) => own,
            _ => &entry.name,
        }
    }

    /// What a variable of a message stands for.
    fn variable(&self, finding: &Finding, name: &str) -> String {
        let (version, entry) = self.entry(finding);
        match name {
            "person" => self.person(finding.employee),
            "responsible" => self.person(self.responsible(finding)),
            "deal" => self.deal(finding.deal),
            "stage" => self.stage(finding.stage),
            "limit" => self.main_limit(finding),
            "rule" => one_line(self.rule_name(entry), SHOWN),
            "since" => self.moment(version, finding.start),
            "subject" => self.subject(entry, finding),
            "proposal" => self.proposal(entry, finding),
            "count" => wording::integer(i64::from(finding.count), self.lang()),
            _ => String::new(),
        }
    }

    /// What proves the finding: instant, kind of event, and text, as far as it has any.
    pub fn evidence(&self, finding: &Finding) -> Vec<(history::Instant, &'static str, String)> {
        let show = |evidence: &Evidence| match evidence {
            Evidence::Action(at) => (*at, "action", String::new()),
            Evidence::Event(event) => {
                let row = self
                    .history
                    .timelines
                    .deal(event.deal)
                    .event(event.index as usize);
                (
                    row.at,
                    row.kind.as_str(),
                    self.history.texts.get(row.text).to_owned(),
                )
            }
        };
        finding.evidence().iter().map(show).collect()
    }

    /// A person by name.
    pub fn person(&self, id: EmployeeId) -> String {
        if id.is_none() {
            return "—".to_owned();
        }
        one_line(self.history.people.name(id), SHOWN)
    }

    /// Who answered for the deal at the breach.
    fn responsible(&self, finding: &Finding) -> EmployeeId {
        let until = self.history.timelines.deal(finding.deal).until(finding.at);
        let created = until.iter().position(|event| event.kind == Kind::Created);
        let from_creation = until.iter().skip(created.unwrap_or(0));
        let changes = from_creation
            .filter(|event| event.kind == Kind::ResponsibleChanged || event.kind == Kind::Created);
        changes
            .last()
            .map_or(EmployeeId::NONE, |event| event.employee)
    }

    /// A stage by name.
    pub fn stage(&self, id: StageId) -> String {
        if id.is_none() {
            return "—".to_owned();
        }
        one_line(self.history.pipelines.stage_name(id), SHOWN)
    }

    /// A deal by its last title, else its id.
    pub fn deal(&self, id: DealId) -> String {
        if id.is_none() {
            return "—".to_owned();
        }
        let titles = self.history.timelines.deal(id).iter().filter(|event| {
            matches!(event.kind, Kind::Created | Kind::Renamed) && event.text.is_some()
        });
        let title = titles
            .last()
            .map(|event| self.history.texts.get(event.text));
        one_line(title.unwrap_or_else(|| self.history.deals.get(id.0)), SHOWN)
    }

    /// An instant as people read it, in the regulation's zone.
    pub fn moment(&self, version: &Version, at: history::Instant) -> String {
        wording::moment(version.zone.datetime(at), self.lang())
    }

    /// The limit that was broken: of several that a rule declares the first of these.
    fn main_limit(&self, finding: &Finding) -> String {
        let (version, entry) = self.entry(finding);
        let declared = |name: &&str| {
            let kind = entry.rule.param(name).map(|param| param.kind);
            matches!(kind, Some(ParamKind::Limit(_)))
        };
        let name = ["limit", "grace", "norm", "window"]
            .into_iter()
            .find(declared);
        let Some(name) = name else {
            return String::new();
        };
        let own = self.stage_limit(entry, finding);
        let length = own.unwrap_or_else(|| entry.limit(name));
        let key = (finding.version, finding.entry, length);
        let known = self
            .limits
            .read()
            .ok()
            .and_then(|limits| limits.get(&key).cloned());
        known.unwrap_or_else(|| {
            let said = limit_of(self.catalogue, version, entry, name, length);
            if let Ok(mut limits) = self.limits.write() {
                limits.insert(key, said.clone());
            }
            said
        })
    }

    /// The limit that the deal's stage, or a field's value at the breach, had of its own.
    fn stage_limit(&self, entry: &Entry, finding: &Finding) -> Option<Limit> {
        let given = |name| entry.rule.param(name).map(|_| entry.value(name));
        if let Some(ParamValue::FieldLimits(Some((field, values)))) = given("limits_by") {
            let events = self.history.timelines.deal(finding.deal).iter();
            let sets = events.filter(|event| {
                event.kind == Kind::FieldSet
                    && event.at <= finding.at
                    && self.history.fields.get(event.field().0) == field.text
            });
            let value = sets
                .last()
                .map_or("", |event| self.history.texts.get(event.text));
            if let Some((_, limit)) = values.into_iter().find(|(known, _)| known == value) {
                return Some(limit);
            }
        }
        let ParamValue::Limits(limits) = given("limits")? else {
            return None;
        };
        let id = self.history.pipelines.stage_ids.get(finding.stage.0);
        let own = limits.into_iter().find(|(word, _)| word.text == id);
        own.map(|(_, limit)| limit)
    }

    fn subject(&self, entry: &Entry, finding: &Finding) -> String {
        match finding.subject {
            Subject::Deal | Subject::Text(_) => String::new(),
            Subject::Task(task) => self.task(finding.deal, task),
            Subject::Field(field) => self.field(entry, field, finding.count),
            Subject::Stage(stage) => self.stage(stage),
            Subject::Day(day) => {
                let date = Date::constant(1970, 1, 1).checked_add(jiff::Span::new().days(day));
                date.map(|date| wording::date(date, self.lang()))
                    .unwrap_or_default()
            }
            Subject::Month(month) => {
                let year = 1970 + month.div_euclid(12);
                let args = [
                    ("month", Value::Count(i64::from(month.rem_euclid(12) + 1))),
                    ("year", Value::Text(year.to_string().into())),
                ];
                self.catalogue.text("month-of-year", &args)
            }
        }
    }

    /// The template of a title, filled with what is known of the deal at the breach: its fields
    /// named like a placeholder, and its client's id.
    fn proposal(&self, entry: &Entry, finding: &Finding) -> String {
        let ParamValue::Template(template) = entry.value("template") else {
            return String::new();
        };
        if let ParamValue::Pattern(_) = entry.value("pattern") {
            return String::new();
        }
        let history = self.history;
        let until = history.timelines.deal(finding.deal).until(finding.at);
        let field = |name: &str| {
            let sets = until.iter().filter(|event| {
                event.kind == Kind::FieldSet && history.fields.get(event.field().0) == name
            });
            let value = sets.last()?.text;
            value.is_some().then(|| history.texts.get(value).to_owned())
        };
        let client = || {
            let created = until.iter().find(|event| event.kind == Kind::Created)?;
            let client = created.client;
            client
                .is_some()
                .then(|| history.clients.get(client.0).to_owned())
        };
        let title = template
            .filled(|name| field(name).or_else(|| (name == "client").then(client).flatten()));
        let title = one_line(&title, 2 * SHOWN);
        let args = [("title", Value::Text(title.into()))];
        self.catalogue.text("proposed-title", &args)
    }

    fn task(&self, deal: DealId, task: TaskId) -> String {
        let events = self.history.timelines.deal(deal).iter();
        let mut added =
            events.filter(|event| event.kind == Kind::TaskAdded && event.task() == task);
        let text = added
            .next()
            .map_or("", |event| self.history.texts.get(event.text));
        one_line(
            if text.is_empty() {
                self.history.tasks.get(task.0)
            } else {
                text
            },
            SHOWN,
        )
    }

    /// A field by name; one that no event ever set is known to the regulation alone.
    fn field(&self, entry: &Entry, field: FieldId, ordinal: u32) -> String {
        if field.is_some() {
            return one_line(self.history.fields.get(field.0), SHOWN);
        }
        let ParamValue::Lists(lists) = entry.value("fields") else {
            return String::new();
        };
        let mut names = lists.iter().flat_map(|(_, names)| names);
        let name = names.nth(ordinal.saturating_sub(1) as usize);
        name.map(|name| one_line(&name.text, SHOWN))
            .unwrap_or_default()
    }
}

/// A limit in words, as working time.
pub fn limit(catalogue: &Catalogue, limit: Limit) -> String {
    let (id, count) = match limit {
        Limit::Minutes(n) => ("limit-minutes", n),
        Limit::Hours(n) => ("limit-hours", n),
        Limit::WorkDays(n) => ("limit-work-days", n),
        Limit::Days(n) => ("limit-days", n),
    };
    catalogue.text(id, &[("count", Value::Count(i64::from(count)))])
}

/// A limit in words, as plain time.
pub fn plain_limit(catalogue: &Catalogue, limit: Limit, day_length_ms: i64) -> String {
    match limit {
        Limit::Days(_) => self::limit(catalogue, limit),
        _ => wording::duration(limit.plain_ms(day_length_ms), catalogue.lang()),
    }
}

/// A limit of a rule in words: windows, pauses, active time, and everything on the clock
/// `always` are plain time.
pub(crate) fn limit_of(
    catalogue: &Catalogue,
    version: &Version,
    entry: &Entry,
    name: &str,
    length: Limit,
) -> String {
    let plain = ["window", "pause", "norm"].contains(&name) || entry.clock == ClockKind::Always;
    if plain {
        plain_limit(catalogue, length, version.day_length_ms)
    } else {
        limit(catalogue, length)
    }
}

/// The default of a parameter, as a regulation would write it; a dash where there is none.
pub fn default_value(kind: ParamKind) -> String {
    match kind {
        ParamKind::Limit(default) => format!("\"{default}\""),
        ParamKind::Count(default) => default.to_string(),
        ParamKind::Choice(words) => words
            .first()
            .map_or_else(String::new, |word| format!("\"{word}\"")),
        ParamKind::Share(default) => default.to_string(),
        ParamKind::Flag(default) => default.to_string(),
        ParamKind::Texts(default) => {
            let quoted: Vec<String> = default.iter().map(|text| format!("\"{text}\"")).collect();
            format!("[{}]", quoted.join(", "))
        }
        _ => "—".to_owned(),
    }
}
