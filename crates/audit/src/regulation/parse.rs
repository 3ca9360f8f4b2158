//! From the text of a regulation file to a [`Version`], collecting all mistakes on the way.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use history::Role;
use jiff::civil::Date;
use toml::de::{DeTable, DeValue};
use worktime::{Calendar, Country, Hours, Limit, Shift, Zone};

use super::mistake::nearest;
use super::{ClockKind, Entry, Light, Mistake, Mistakes, Severity, Tell, Version, What, Word};
use crate::rules;

pub(super) type Spanned<'t> = toml::Spanned<DeValue<'t>>;

/// Collects mistakes while a file is read.
pub(super) struct Reader {
    pub mistakes: Vec<Mistake>,
}

/// A table of the file, with the name to call it by.
#[derive(Clone, Copy)]
pub(super) struct Table<'t> {
    pub table: &'t DeTable<'t>,
    pub name: &'t str,
}

impl<'t> Table<'t> {
    pub fn get(&self, key: &str) -> Option<&'t Spanned<'t>> {
        self.table.get(key)
    }
}

const TOP: &[&str] = &[
    "name",
    "timezone",
    "language",
    "effective",
    "talk_seconds",
    "calendar",
    "shift",
    "rule",
    "pipelines",
    "light",
];
const WEEKDAYS: [&str; 7] = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"];

pub(super) fn version(text: &str, file: &str) -> Result<Version, Mistakes> {
    let source: Arc<str> = text.into();
    let fail = |list| Mistakes {
        file: file.to_owned(),
        source: source.clone(),
        list,
    };
    let root = DeTable::parse(text.strip_prefix('\u{feff}').unwrap_or(text)).map_err(|error| {
        let what = What::Toml(error.message().to_owned());
        fail(vec![Mistake {
            what,
            place: error.span(),
        }])
    })?;
    let mut reader = Reader {
        mistakes: Vec::new(),
    };
    let top = Table {
        table: root.get_ref(),
        name: "",
    };
    reader.known_keys(top, TOP);
    let zone = reader.zone(top);
    let language = reader.word(top, "language").and_then(|(text, place)| {
        let lang = text.parse().ok();
        reader.or_bad(lang, "language", text, place, "`ru` or `en`")
    });
    let effective = reader.word(top, "effective").and_then(|(text, place)| {
        reader.or_bad(
            text.parse::<Date>().ok(),
            "effective",
            text,
            place,
            "a date like 2026-03-01",
        )
    });
    let (calendar, day_length_ms) = reader.calendar(top, &zone);
    let version = Version {
        file: file.to_owned(),
        name: reader
            .word(top, "name")
            .map(|(text, _)| text.to_owned())
            .unwrap_or_default(),
        language: language.unwrap_or(wording::Lang::Ru),
        effective,
        calendar: Arc::new(calendar),
        day_length_ms,
        talk_seconds: reader.count(top, "talk_seconds").unwrap_or(30),
        shifts: reader.shifts(top, &zone),
        robots: reader.robots(top),
        light: reader.light(top),
        entries: reader.entries(top),
        source: source.clone(),
        notes: Vec::new(),
        zone,
    };
    if !reader.mistakes.is_empty() {
        reader
            .mistakes
            .sort_by_key(|mistake| mistake.place.as_ref().map(|place| place.start));
        return Err(fail(reader.mistakes));
    }
    Ok(Version {
        notes: notes(&version),
        ..version
    })
}

/// What is no mistake but surprises.
fn notes(version: &Version) -> Vec<Mistake> {
    let mut notes = Vec::new();
    if version.calendar.week.iter().all(Hours::is_empty) {
        notes.push(Mistake::nowhere(What::NoHours));
    }
    notes
}

impl Reader {
    pub fn add(&mut self, place: std::ops::Range<usize>, what: What) {
        self.mistakes.push(Mistake::at(place, what));
    }

    pub fn bad(&mut self, key: &str, value: &Spanned<'_>, expected: &str) {
        let what = What::BadValue {
            key: key.to_owned(),
            value: show(value.get_ref()),
            expected: expected.to_owned(),
            nearest: None,
        };
        self.add(value.span(), what);
    }

    fn or_bad<T>(
        &mut self,
        value: Option<T>,
        key: &str,
        text: &str,
        place: std::ops::Range<usize>,
        expected: &str,
    ) -> Option<T> {
        if value.is_none() {
            let (key, value, expected) =
                (key.to_owned(), format!("\"{text}\""), expected.to_owned());
            self.add(
                place,
                What::BadValue {
                    key,
                    value,
                    expected,
                    nearest: None,
                },
            );
        }
        value
    }

    /// One word of a closed list.
    pub fn one_of<T: Copy>(
        &mut self,
        key: &str,
        value: &Spanned<'_>,
        choices: &[T],
        name: fn(T) -> &'static str,
    ) -> Option<T> {
        let text = value.get_ref().as_str().unwrap_or_default();
        let found = choices.iter().copied().find(|choice| name(*choice) == text);
        if found.is_none() {
            let names: Vec<_> = choices.iter().map(|choice| name(*choice)).collect();
            let what = What::BadValue {
                key: key.to_owned(),
                value: show(value.get_ref()),
                expected: names.join(", "),
                nearest: nearest(text, names.iter().copied()),
            };
            self.add(value.span(), what);
        }
        found
    }

    pub fn known_keys(&mut self, table: Table<'_>, known: &[&str]) {
        for key in table.table.keys() {
            let word: &str = key.get_ref();
            if !known.contains(&word) {
                let what = What::UnknownKey {
                    key: word.to_owned(),
                    table: table.name.to_owned(),
                    nearest: nearest(word, known.iter().copied()),
                };
                self.add(key.span(), what);
            }
        }
    }

    /// A text, or a date written without quotes.
    pub fn word<'t>(
        &mut self,
        table: Table<'t>,
        key: &str,
    ) -> Option<(&'t str, std::ops::Range<usize>)> {
        let value = table.get(key)?;
        match value.get_ref() {
            DeValue::String(text) => Some((text, value.span())),
            _ => {
                self.bad(key, value, "a text in quotes");
                None
            }
        }
    }

    pub fn count(&mut self, table: Table<'_>, key: &str) -> Option<u32> {
        let value = table.get(key)?;
        let count = self.as_count(value.get_ref());
        if count.is_none() {
            self.bad(key, value, "a whole number, 0 or more");
        }
        count
    }

    pub fn as_count(&self, value: &DeValue<'_>) -> Option<u32> {
        let DeValue::Integer(number) = value else {
            return None;
        };
        u32::from_str_radix(&number.as_str().replace('_', ""), number.radix()).ok()
    }

    pub fn as_number(&self, value: &DeValue<'_>) -> Option<f64> {
        let text = match value {
            DeValue::Integer(number) if number.radix() == 10 => number.as_str(),
            DeValue::Float(number) => number.as_str(),
            _ => return None,
        };
        text.replace('_', "")
            .parse()
            .ok()
            .filter(|number: &f64| number.is_finite())
    }

    fn number(&mut self, table: Table<'_>, key: &str) -> Option<f64> {
        let value = table.get(key)?;
        let number = self
            .as_number(value.get_ref())
            .filter(|number| *number >= 0.0);
        if number.is_none() {
            self.bad(key, value, "a number, 0 or more");
        }
        number
    }

    pub fn as_limit(&mut self, key: &str, value: &Spanned<'_>) -> Option<Limit> {
        let limit = value
            .get_ref()
            .as_str()
            .and_then(|text| Limit::parse(text).ok());
        if limit.is_none() {
            self.bad(
                key,
                value,
                "a duration: a whole number and one of m, h, wd, d, like \"15m\" or \"2wd\"",
            );
        }
        limit
    }

    pub fn as_words(&mut self, key: &str, value: &Spanned<'_>) -> Option<Vec<Word>> {
        let DeValue::Array(items) = value.get_ref() else {
            self.bad(key, value, "a list of texts: [\"…\", \"…\"]");
            return None;
        };
        let mut words = Vec::new();
        for item in items.iter() {
            match item.get_ref() {
                DeValue::String(text) => words.push(Word {
                    text: text.to_string(),
                    place: item.span(),
                }),
                _ => self.bad(key, item, "a text in quotes"),
            }
        }
        Some(words)
    }

    /// The table under a key, each of its keys a word.
    pub fn as_table<'t>(&mut self, key: &str, value: &'t Spanned<'t>) -> Option<&'t DeTable<'t>> {
        match value.get_ref() {
            DeValue::Table(table) => Some(table),
            _ => {
                self.bad(key, value, "a table: { \"…\" = … }");
                None
            }
        }
    }

    fn zone(&mut self, top: Table<'_>) -> Zone {
        let Some((text, place)) = self.word(top, "timezone") else {
            if top.get("timezone").is_none() {
                let what = What::MissingKey {
                    key: "timezone",
                    table: String::new(),
                };
                self.mistakes.push(Mistake::nowhere(what));
            }
            return Zone::utc();
        };
        let zone = Zone::new(text).ok();
        self.or_bad(
            zone,
            "timezone",
            text,
            place,
            "an IANA time zone like \"Europe/Moscow\"",
        )
        .unwrap_or_else(Zone::utc)
    }

    fn hours(&mut self, key: &str, value: &Spanned<'_>) -> Hours {
        let Some(words) = self.as_words(key, value) else {
            return Hours::closed();
        };
        let spans: Vec<&str> = words.iter().map(|word| word.text.as_str()).collect();
        Hours::parse(&spans).unwrap_or_else(|error| {
            self.bad(
                key,
                value,
                &format!("hours like [\"09:00-13:00\", \"14:00-18:00\"] ({error})"),
            );
            Hours::closed()
        })
    }

    fn calendar(&mut self, top: Table<'_>, zone: &Zone) -> (Calendar, i64) {
        const EIGHT_HOURS_MS: i64 = 8 * 3_600_000;
        let mut calendar = Calendar {
            zone: zone.clone(),
            week: std::array::from_fn(|_| Hours::closed()),
            country: None,
            exceptions: BTreeMap::new(),
        };
        let Some(table) = top
            .get("calendar")
            .and_then(|value| self.as_table("calendar", value))
        else {
            return (calendar, EIGHT_HOURS_MS);
        };
        let table = Table {
            table,
            name: "calendar",
        };
        self.known_keys(table, &["country", "day_length", "week", "exception"]);
        if let Some((code, place)) = self.word(table, "country") {
            calendar.country = self.or_bad(Country::parse(code), "country", code, place, "\"RU\"");
        }
        let day_length = table.get("day_length").and_then(|value| {
            let limit = self.as_limit("day_length", value);
            if limit.is_some_and(|limit| !matches!(limit, Limit::Minutes(_) | Limit::Hours(_))) {
                self.bad("day_length", value, "hours or minutes, like \"8h\"");
            }
            limit
        });
        if let Some(week) = table
            .get("week")
            .and_then(|value| self.as_table("week", value))
        {
            let week = Table {
                table: week,
                name: "calendar.week",
            };
            self.known_keys(week, &WEEKDAYS);
            for (day, name) in calendar.week.iter_mut().zip(WEEKDAYS) {
                if let Some(value) = week.get(name) {
                    *day = self.hours(name, value);
                }
            }
        }
        self.exceptions(table, &mut calendar.exceptions);
        let day_length = day_length.map_or(EIGHT_HOURS_MS, |limit| limit.plain_ms(EIGHT_HOURS_MS));
        (calendar, day_length)
    }

    /// The tables of an array of tables such as `[[rule]]`.
    fn tables<'t>(
        &mut self,
        table: Table<'t>,
        key: &str,
    ) -> Vec<(&'t DeTable<'t>, std::ops::Range<usize>)> {
        let Some(value) = table.get(key) else {
            return Vec::new();
        };
        let DeValue::Array(items) = value.get_ref() else {
            self.bad(key, value, "tables headed by double brackets");
            return Vec::new();
        };
        let mut tables = Vec::new();
        for item in items.iter() {
            match item.get_ref() {
                DeValue::Table(table) => tables.push((table, item.span())),
                _ => self.bad(key, item, "a table headed by double brackets"),
            }
        }
        tables
    }

    fn exceptions(&mut self, calendar: Table<'_>, exceptions: &mut BTreeMap<Date, Hours>) {
        for (table, place) in self.tables(calendar, "exception") {
            let table = Table {
                table,
                name: "calendar.exception",
            };
            self.known_keys(table, &["date", "hours"]);
            let hours = table.get("hours").map(|value| self.hours("hours", value));
            let date = self.word(table, "date").and_then(|(text, place)| {
                self.or_bad(
                    text.parse::<Date>().ok(),
                    "date",
                    text,
                    place,
                    "a date like \"2026-12-31\"",
                )
            });
            let mut missing = |key| {
                let what = What::MissingKey {
                    key,
                    table: "calendar.exception".into(),
                };
                self.add(place.clone(), what);
            };
            if table.get("date").is_none() {
                missing("date");
            }
            if hours.is_none() {
                missing("hours");
            }
            if let (Some(date), Some(hours)) = (date, hours)
                && exceptions.insert(date, hours).is_some()
            {
                self.add(place, What::SameException(date.to_string()));
            }
        }
    }

    fn shifts(&mut self, top: Table<'_>, zone: &Zone) -> BTreeMap<String, Arc<Shift>> {
        let mut shifts = BTreeMap::new();
        let Some(all) = top
            .get("shift")
            .and_then(|value| self.as_table("shift", value))
        else {
            return shifts;
        };
        for (name, value) in all {
            let label = format!("shift.{}", name.get_ref());
            let Some(table) = self.as_table(&label, value) else {
                continue;
            };
            let table = Table {
                table,
                name: &label,
            };
            self.known_keys(table, &["pattern", "anchor", "hours"]);
            for key in ["pattern", "anchor", "hours"] {
                if table.get(key).is_none() {
                    self.add(
                        value.span(),
                        What::MissingKey {
                            key,
                            table: label.clone(),
                        },
                    );
                }
            }
            let pattern = self.word(table, "pattern").and_then(|(text, place)| {
                let pattern = Shift::parse_pattern(text).ok();
                self.or_bad(
                    pattern,
                    "pattern",
                    text,
                    place,
                    "days on / days off, like \"3/3\"",
                )
            });
            let anchor = self.word(table, "anchor").and_then(|(text, place)| {
                self.or_bad(
                    text.parse().ok(),
                    "anchor",
                    text,
                    place,
                    "the first day on, like \"2026-01-01\"",
                )
            });
            let hours = table.get("hours").map(|value| self.hours("hours", value));
            if let (Some((on, off)), Some(anchor), Some(hours)) = (pattern, anchor, hours) {
                let shift = Shift {
                    zone: zone.clone(),
                    on,
                    off,
                    anchor,
                    hours,
                };
                shifts.insert(name.get_ref().to_string(), Arc::new(shift));
            }
        }
        shifts
    }

    fn robots(&mut self, top: Table<'_>) -> Vec<Word> {
        let table = top
            .get("pipelines")
            .and_then(|value| self.as_table("pipelines", value));
        let Some(table) = table else {
            return Vec::new();
        };
        let table = Table {
            table,
            name: "pipelines",
        };
        self.known_keys(table, &["robot"]);
        table
            .get("robot")
            .and_then(|value| self.as_words("robot", value))
            .unwrap_or_default()
    }

    fn light(&mut self, top: Table<'_>) -> Light {
        let mut light = Light::default();
        let Some(table) = top
            .get("light")
            .and_then(|value| self.as_table("light", value))
        else {
            return light;
        };
        let table = Table {
            table,
            name: "light",
        };
        self.known_keys(table, &["weights", "green", "yellow", "min_deals"]);
        if let Some(weights) = table
            .get("weights")
            .and_then(|value| self.as_table("weights", value))
        {
            let weights = Table {
                table: weights,
                name: "light.weights",
            };
            let names: Vec<&str> = Severity::ALL
                .iter()
                .map(|severity| severity.as_str())
                .collect();
            self.known_keys(weights, &names);
            for (weight, name) in light.weights.iter_mut().zip(names) {
                *weight = self.number(weights, name).unwrap_or(*weight);
            }
        }
        light.green = self.number(table, "green").unwrap_or(light.green);
        light.yellow = self.number(table, "yellow").unwrap_or(light.yellow);
        light.min_deals = self.count(table, "min_deals").unwrap_or(light.min_deals);
        if light.yellow < light.green
            && let Some(value) = table.get("yellow").or(table.get("green"))
        {
            self.bad(
                "yellow",
                value,
                &format!("at least `green`, which is {}", light.green),
            );
        }
        light
    }

    fn entries(&mut self, top: Table<'_>) -> Vec<Entry> {
        let mut entries: Vec<Entry> = Vec::new();
        let mut names = BTreeSet::new();
        for (table, place) in self.tables(top, "rule") {
            let Some(entry) = self.entry(
                Table {
                    table,
                    name: "rule",
                },
                place.clone(),
            ) else {
                continue;
            };
            if !names.insert(entry.name.clone()) {
                let place = table.get("name").map_or(place, |name| name.span());
                self.add(place, What::SameName(entry.name.clone()));
            }
            entries.push(entry);
        }
        entries
    }

    fn entry(&mut self, table: Table<'_>, place: std::ops::Range<usize>) -> Option<Entry> {
        let Some((code, code_place)) = self.word(table, "use") else {
            if table.get("use").is_none() {
                self.add(
                    place,
                    What::MissingKey {
                        key: "use",
                        table: "rule".into(),
                    },
                );
            }
            return None;
        };
        let Some(rule) = rules::find(code) else {
            let what = What::UnknownId {
                thing: "rule",
                id: code.to_owned(),
                nearest: nearest(code, rules::RULES.iter().map(|rule| rule.code)),
            };
            self.add(code_place, what);
            return None;
        };
        let mut known = vec![
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
        known.extend(rule.params.iter().map(|param| param.name));
        self.known_keys(table, &known);
        let mut entry = Entry {
            rule,
            name: self
                .word(table, "name")
                .map_or(code, |(name, _)| name)
                .to_owned(),
            severity: rule.severity,
            enabled: true,
            clock: ClockKind::Company,
            pipelines: table
                .get("pipelines")
                .and_then(|value| self.as_words("pipelines", value)),
            stages: table
                .get("stages")
                .and_then(|value| self.as_words("stages", value)),
            roles: table.get("roles").and_then(|value| self.roles(value)),
            tells: BTreeMap::new(),
            values: BTreeMap::new(),
            line: 0,
        };
        if let Some(value) = table.get("severity") {
            let severity = self.one_of("severity", value, Severity::ALL, Severity::as_str);
            entry.severity = severity.unwrap_or(entry.severity);
        }
        if let Some(value) = table.get("enabled") {
            match value.get_ref() {
                DeValue::Boolean(enabled) => entry.enabled = *enabled,
                _ => self.bad("enabled", value, "true or false"),
            }
        }
        if let Some(value) = table.get("clock") {
            let clock = self.one_of("clock", value, ClockKind::ALL, ClockKind::as_str);
            entry.clock = clock.unwrap_or(entry.clock);
            if entry.clock == ClockKind::Always && rules::COUNTS_WORKING_DAYS.contains(&rule.code) {
                self.add(value.span(), What::NoAlways(rule.code));
            }
        }
        self.tells(table, &mut entry);
        self.values(table, &mut entry, place);
        Some(entry)
    }

    fn roles(&mut self, value: &Spanned<'_>) -> Option<Vec<Role>> {
        let DeValue::Array(items) = value.get_ref() else {
            self.bad("roles", value, "a list of roles: [\"seller\", \"lead\"]");
            return None;
        };
        let read = |item| self.one_of("roles", item, Role::ALL, Role::as_str);
        Some(items.iter().filter_map(read).collect())
    }

    fn tells(&mut self, table: Table<'_>, entry: &mut Entry) {
        let tells = table
            .get("tells")
            .and_then(|value| self.as_table("tells", value));
        let Some(tells) = tells else { return };
        self.known_keys(
            Table {
                table: tells,
                name: "tells",
            },
            &["employee", "lead", "coordinator", "head", "director"],
        );
        for (who, value) in tells {
            let words = [Tell::Now, Tell::Daily, Tell::Weekly, Tell::Never];
            let name = |tell| match tell {
                Tell::Now => "now",
                Tell::Daily => "daily",
                Tell::Weekly => "weekly",
                Tell::Never => "never",
            };
            if let Some(tell) = self.one_of(who.get_ref(), value, &words, name) {
                entry.tells.insert(who.get_ref().to_string(), tell);
            }
        }
    }
}

/// A value as it stands in the file, shortened.
pub(super) fn show(value: &DeValue<'_>) -> String {
    match value {
        DeValue::String(text) => format!("\"{}\"", text.chars().take(60).collect::<String>()),
        DeValue::Integer(number) => number.to_string(),
        DeValue::Float(number) => number.to_string(),
        DeValue::Boolean(flag) => flag.to_string(),
        DeValue::Datetime(date) => date.to_string(),
        DeValue::Array(_) => "[…]".to_owned(),
        DeValue::Table(_) => "{…}".to_owned(),
    }
}
