//! Findings, demands and mistakes in words.
//!
//! A rule's message is a Fluent pattern; it may use
//!
//! - `$person`: whom it is held against, by name (a dash for nobody);
//! - `$deal`: the deal's title, else its id;
//! - `$stage`: the stage at the breach, by name;
//! - `$limit`: the rule's `limit`, or its `grace`, in words (`15 мин раб.`);
//! - `$since`: when the clock started, local;
//! - `$subject`: the task's text, the field's name, the stage's name, or the local day;
//! - `$count`: a number, by rule (attempts made, tasks, minutes).

use history::{DealId, EmployeeId, FieldId, History, StageId, TaskId};
use jiff::civil::Date;
use wording::{Catalogue, Lang, Value, one_line};
use worktime::Limit;

use crate::judge::{Evidence, Finding, Subject};
use crate::regulation::{Entry, ParamValue, Regulation, Version, What};
use crate::rules::{ParamKind, RULES};

/// Characters of a foreign text shown within a sentence.
const SHOWN: usize = 60;

/// Says things about a history in one language.
pub struct Speaker<'a> {
    history: &'a History,
    regulation: &'a Regulation,
    catalogue: Catalogue,
}

/// All messages of the audit in a language.
pub fn catalogue(lang: Lang) -> Catalogue {
    let rules: String = RULES
        .iter()
        .map(|rule| {
            let pattern = rule.texts.message.get(lang);
            format!("{} = {}\n", rule.code, pattern.replace('\n', "\n    "))
        })
        .collect();
    let own = match lang {
        Lang::Ru => include_str!("../messages/ru.ftl"),
        Lang::En => include_str!("../messages/en.ftl"),
    };
    let sources = [wording::common_messages(lang), own, &rules];
    Catalogue::new(lang, &sources).expect("a test builds the catalogue in both languages")
}

impl<'a> Speaker<'a> {
    /// A speaker about the findings of a regulation on a history.
    pub fn new(history: &'a History, regulation: &'a Regulation, lang: Lang) -> Speaker<'a> {
        Speaker {
            history,
            regulation,
            catalogue: catalogue(lang),
        }
    }

    /// The language spoken.
    pub fn lang(&self) -> Lang {
        self.catalogue.lang()
    }

    /// The messages of the audit.
    pub fn catalogue(&self) -> &Catalogue {
        &self.catalogue
    }

    /// The version that a finding was judged by, and the entry of its rule.
    pub fn entry(&self, finding: &Finding) -> (&'a Version, &'a Entry) {
        let version = &self.regulation.versions()[finding.version as usize];
        (version, &version.entries[finding.entry as usize])
    }

    /// The finding in one sentence.
    pub fn message(&self, finding: &Finding) -> String {
        let (version, entry) = self.entry(finding);
        let args = [
            ("person", Value::Text(self.person(finding.employee).into())),
            ("deal", Value::Text(self.deal(finding.deal).into())),
            ("stage", Value::Text(self.stage(finding.stage).into())),
            ("limit", Value::Text(self.main_limit(entry).into())),
            (
                "since",
                Value::Text(self.moment(version, finding.start).into()),
            ),
            ("subject", Value::Text(self.subject(entry, finding).into())),
            ("count", Value::Count(i64::from(finding.count))),
        ];
        self.catalogue.text(entry.rule.code, &args)
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
        finding.evidence.as_slice().iter().map(show).collect()
    }

    /// A person by name.
    pub fn person(&self, id: EmployeeId) -> String {
        if id.is_none() {
            return "—".to_owned();
        }
        one_line(self.history.people.name(id), SHOWN)
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
            matches!(event.kind, history::Kind::Created | history::Kind::Renamed)
                && event.text.is_some()
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

    fn main_limit(&self, entry: &Entry) -> String {
        let declared = |name| {
            entry
                .rule
                .param(name)
                .is_some_and(|param| matches!(param.kind, ParamKind::Limit(_)))
        };
        let name = ["limit", "grace", "norm", "window"]
            .into_iter()
            .find(|name| declared(name));
        name.map(|name| limit(&self.catalogue, entry.limit(name)))
            .unwrap_or_default()
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
                format!(
                    "{:02}.{}",
                    month.rem_euclid(12) + 1,
                    1970 + month.div_euclid(12)
                )
            }
        }
    }

    fn task(&self, deal: DealId, task: TaskId) -> String {
        let events = self.history.timelines.deal(deal).iter();
        let mut added =
            events.filter(|event| event.kind == history::Kind::TaskAdded && event.task() == task);
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

/// A limit in words.
pub fn limit(catalogue: &Catalogue, limit: Limit) -> String {
    let (id, count) = match limit {
        Limit::Minutes(n) => ("limit-minutes", n),
        Limit::Hours(n) => ("limit-hours", n),
        Limit::WorkDays(n) => ("limit-work-days", n),
        Limit::Days(n) => ("limit-days", n),
    };
    catalogue.text(id, &[("count", Value::Count(i64::from(count)))])
}

/// A mistake of a regulation in words.
pub fn mistake(what: &What, lang: Lang) -> String {
    let text = |text: &str| Value::Text(one_line(text, SHOWN * 4).into());
    let mut args: Vec<(&str, Value<'_>)> = Vec::new();
    let (id, near) = match what {
        What::Toml(error) => {
            args.push(("error", text(error)));
            ("mistake-toml", None)
        }
        What::UnknownKey {
            key,
            table,
            nearest,
        } => {
            args.extend([("key", text(key)), ("table", text(table))]);
            (
                if table.is_empty() {
                    "mistake-unknown-key-top"
                } else {
                    "mistake-unknown-key"
                },
                nearest.as_ref(),
            )
        }
        What::MissingKey { key, table } => {
            args.extend([("key", text(key)), ("table", text(table))]);
            (
                if table.is_empty() {
                    "mistake-missing-key-top"
                } else {
                    "mistake-missing-key"
                },
                None,
            )
        }
        What::BadValue {
            key,
            value,
            expected,
            nearest,
        } => {
            args.extend([
                ("key", text(key)),
                ("value", text(value)),
                ("expected", text(expected)),
            ]);
            ("mistake-bad-value", nearest.as_ref())
        }
        What::SameName(name) => {
            args.push(("name", text(name)));
            ("mistake-same-name", None)
        }
        What::SameException(date) => {
            args.push(("date", text(date)));
            ("mistake-same-exception", None)
        }
        What::UnknownId { thing, id, nearest } => {
            args.extend([("id", text(id))]);
            let message = match *thing {
                "rule" => "mistake-unknown-rule",
                "pipeline" => "mistake-unknown-pipeline",
                "field" => "mistake-unknown-field",
                "shift" => "mistake-unknown-shift",
                _ => "mistake-unknown-stage",
            };
            (message, nearest.as_ref())
        }
        What::NoAlways(rule) => {
            args.push(("rule", text(rule)));
            ("mistake-no-always", None)
        }
        What::RuleNeeds { rule, needs } => {
            args.extend([("rule", text(rule)), ("needs", text(needs))]);
            ("mistake-rule-needs", None)
        }
        What::NoHours => ("mistake-no-hours", None),
        What::CalendarEnds(year) => {
            args.push(("year", text(&year.to_string())));
            ("mistake-calendar-ends", None)
        }
        What::NoVersions => ("mistake-no-versions", None),
        What::SameDate { first, second } => {
            args.extend([("first", text(first)), ("second", text(second))]);
            ("mistake-same-date", None)
        }
    };
    let catalogue = catalogue(lang);
    let said = catalogue.text(id, &args);
    match near {
        Some(near) => format!(
            "{said} {}",
            catalogue.text("mistake-nearest", &[("nearest", text(near))])
        ),
        None => said,
    }
}
