//! The rules that a regulation file uses.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use history::Role;
use toml::de::DeValue;

use super::mistake::nearest;
use super::parse::{Reader, Spanned, Table};
use super::{ClockKind, Entry, Expected, Severity, Tell, What};
use crate::rules::{self, Declaration};

/// Keys that every rule takes.
const COMMON: [&str; 9] = [
    "use",
    "name",
    "severity",
    "pipelines",
    "stages",
    "enabled",
    "roles",
    "tells",
    "clock",
];

impl Reader {
    pub(super) fn entries(&mut self, top: Table<'_>) -> Vec<Entry> {
        let mut entries: Vec<Entry> = Vec::new();
        let mut names = BTreeSet::new();
        for (table, place) in self.tables(top, "rule", "[rule]") {
            let Some(entry) = self.entry(table, place.clone()) else {
                continue;
            };
            if !names.insert(entry.name.clone()) {
                let value = table.get("name").or(table.get("use"));
                let place = value.map_or(place, |value| value.span());
                self.add(place, What::SameName(entry.name.clone()));
            }
            entries.push(entry);
        }
        entries
    }

    fn entry(&mut self, table: Table<'_>, place: Range<usize>) -> Option<Entry> {
        let rule = self.rule(table, &place)?;
        let mut known = COMMON.to_vec();
        known.extend(rule.params.iter().map(|param| param.name));
        self.known_keys(table, &known);
        let name = self.word(table, "name").map_or(rule.code, |(name, _)| name);
        let mut entry = Entry {
            rule,
            name: name.to_owned(),
            severity: rule.severity,
            enabled: self.flag(table, "enabled").unwrap_or(true),
            clock: ClockKind::Company,
            pipelines: self.words(table, "pipelines"),
            stages: self.words(table, "stages"),
            roles: table.get("roles").and_then(|value| self.roles(value)),
            tells: self.tells(table),
            values: BTreeMap::new(),
            line: self.source[..place.start].matches('\n').count() + 1,
        };
        if let Some(value) = table.get("severity") {
            let severity = self.one_of("severity", value, Severity::ALL, Severity::as_str);
            entry.severity = severity.unwrap_or(entry.severity);
        }
        if let Some(value) = table.get("clock") {
            let clock = self.one_of("clock", value, ClockKind::ALL, ClockKind::as_str);
            entry.clock = clock.unwrap_or(entry.clock);
            if entry.clock == ClockKind::Always && rules::COUNTS_WORKING_DAYS.contains(&rule.code) {
                self.add(value.span(), What::NoAlways(rule.code));
            }
        }
        self.values(table, &mut entry, place);
        Some(entry)
    }

    /// The rule that an entry uses.
    fn rule(&mut self, table: Table<'_>, place: &Range<usize>) -> Option<&'static Declaration> {
        if table.get("use").is_none() {
            self.missing(place.clone(), "use", table.name);
        }
        let (code, place) = self.word(table, "use")?;
        let rule = rules::find(code);
        if rule.is_none() {
            let what = What::UnknownId {
                thing: "rule",
                id: code.to_owned(),
                nearest: nearest(code, rules::RULES.iter().map(|rule| rule.code)),
            };
            self.add(place, what);
        }
        rule
    }

    fn roles(&mut self, value: &Spanned<'_>) -> Option<Vec<Role>> {
        let DeValue::Array(items) = value.get_ref() else {
            self.bad("roles", value, Expected::List);
            return None;
        };
        let read = |item| self.one_of("roles", item, Role::ALL, Role::as_str);
        Some(items.iter().filter_map(read).collect())
    }

    fn tells(&mut self, table: Table<'_>) -> BTreeMap<String, Tell> {
        let Some(table) = self.table(table, "tells", "tells") else {
            return BTreeMap::new();
        };
        self.known_keys(table, Tell::WHOM);
        let mut tells = BTreeMap::new();
        for (who, value) in table.table {
            if let Some(tell) = self.one_of(who.get_ref(), value, Tell::ALL, Tell::as_str) {
                tells.insert(who.get_ref().to_string(), tell);
            }
        }
        tells
    }
}
