//! From the text of a regulation file to a [`Version`], collecting all mistakes on the way.

use std::collections::BTreeMap;
use std::ops::Range;
use std::sync::Arc;

use jiff::civil::Date;
use toml::de::{DeTable, DeValue};
use worktime::{Hours, Limit, LimitError};

use super::mistake::nearest;
use super::{Expected, Light, Mistake, Mistakes, Severity, Version, What, Word};

pub(super) type Spanned<'t> = toml::Spanned<DeValue<'t>>;

/// Collects mistakes while a file is read.
pub(super) struct Reader {
    pub source: Arc<str>,
    pub mistakes: Vec<Mistake>,
}

/// A table of the file, with the name to call it by: what stands between its outer brackets, so
/// `light`, and `[rule]` for `[[rule]]`.
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

/// From how many seconds on a call is a conversation, where the file does not say.
const TALK_SECONDS: u32 = 30;

pub(super) fn version(text: &str, file: &str) -> Result<Version, Mistakes> {
    // Places are counted without the byte order mark, in what is read as in what is shown.
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let mut reader = Reader {
        source: text.into(),
        mistakes: Vec::new(),
    };
    let root = match DeTable::parse(text) {
        Ok(root) => root,
        Err(error) => {
            let what = What::Toml(error.message().to_owned());
            let place = error.span();
            reader.mistakes.push(Mistake { what, place });
            return Err(reader.give_up(file));
        }
    };
    let top = Table {
        table: root.get_ref(),
        name: "",
    };
    reader.known_keys(top, TOP);
    let zone = reader.zone(top);
    let (calendar, day_length_ms) = reader.calendar(top, &zone);
    let name = reader.word(top, "name").map(|(text, _)| text.to_owned());
    let version = Version {
        file: file.to_owned(),
        name: name.unwrap_or_default(),
        language: reader.language(top).unwrap_or(wording::Lang::Ru),
        effective: reader.date(top, "effective"),
        calendar: Arc::new(calendar),
        day_length_ms,
        talk_seconds: reader.count(top, "talk_seconds").unwrap_or(TALK_SECONDS),
        shifts: reader.shifts(top, &zone),
        robots: reader.robots(top),
        light: reader.light(top),
        entries: reader.entries(top),
        source: reader.source.clone(),
        notes: Vec::new(),
        zone,
    };
    if !reader.mistakes.is_empty() {
        return Err(reader.give_up(file));
    }
    let notes = notes(&version);
    Ok(Version { notes, ..version })
}

/// What is no mistake but surprises.
fn notes(version: &Version) -> Vec<Mistake> {
    let mut notes = Vec::new();
    if version.calendar.week.iter().all(Hours::is_empty) {
        notes.push(Mistake::nowhere(What::NoHours));
    }
    notes
}

/// Mistakes.
impl Reader {
    fn give_up(mut self, file: &str) -> Mistakes {
        let start = |mistake: &Mistake| mistake.place.as_ref().map(|place| place.start);
        self.mistakes.sort_by_key(start);
        Mistakes {
            file: file.to_owned(),
            source: self.source,
            list: self.mistakes,
        }
    }

    pub fn add(&mut self, place: Range<usize>, what: What) {
        self.mistakes.push(Mistake::at(place, what));
    }

    pub fn bad(&mut self, key: &str, value: &Spanned<'_>, expected: Expected) {
        let what = What::BadValue {
            key: key.to_owned(),
            value: show(value.get_ref()),
            expected: Box::new(expected),
            nearest: None,
        };
        self.add(value.span(), what);
    }

    /// The value, or the mistake that there is none.
    pub fn or_bad<T>(
        &mut self,
        read: Option<T>,
        key: &str,
        value: &Spanned<'_>,
        expected: Expected,
    ) -> Option<T> {
        if read.is_none() {
            self.bad(key, value, expected);
        }
        read
    }

    pub fn missing(&mut self, place: Range<usize>, key: &'static str, table: &str) {
        let table = table.to_owned();
        self.add(place, What::MissingKey { key, table });
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
}

/// Values under a key of a table; none where the key is missing or the value is a mistake.
impl Reader {
    /// A text, and its place.
    pub fn word<'t>(&mut self, table: Table<'t>, key: &str) -> Option<(&'t str, Range<usize>)> {
        let value = table.get(key)?;
        let text = value.get_ref().as_str();
        let text = self.or_bad(text, key, value, Expected::Text)?;
        Some((text, value.span()))
    }

    /// What a text stands for.
    pub fn parsed<T>(
        &mut self,
        table: Table<'_>,
        key: &str,
        parse: impl FnOnce(&str) -> Option<T>,
        expected: Expected,
    ) -> Option<T> {
        let (text, _) = self.word(table, key)?;
        self.or_bad(parse(text), key, table.get(key)?, expected)
    }

    /// A date, in quotes or without.
    pub fn date(&mut self, table: Table<'_>, key: &str) -> Option<Date> {
        let value = table.get(key)?;
        let date = match value.get_ref() {
            DeValue::String(text) => text.parse().ok(),
            DeValue::Datetime(moment) if moment.time.is_none() => moment.to_string().parse().ok(),
            _ => None,
        };
        self.or_bad(date, key, value, Expected::Date)
    }

    pub fn count(&mut self, table: Table<'_>, key: &str) -> Option<u32> {
        self.as_count(key, table.get(key)?)
    }

    fn number(&mut self, table: Table<'_>, key: &str) -> Option<f64> {
        let value = table.get(key)?;
        let number = as_number(value.get_ref()).filter(|number| *number >= 0.0);
        self.or_bad(number, key, value, Expected::Number)
    }

    pub fn flag(&mut self, table: Table<'_>, key: &str) -> Option<bool> {
        self.as_flag(key, table.get(key)?)
    }

    pub fn words(&mut self, table: Table<'_>, key: &str) -> Option<Vec<Word>> {
        self.as_words(key, table.get(key)?)
    }

    /// A table; `name` is what to call it.
    pub fn table<'t>(&mut self, table: Table<'t>, key: &str, name: &'t str) -> Option<Table<'t>> {
        let table = self.as_table(key, table.get(key)?)?;
        Some(Table { table, name })
    }

    /// The tables of an array of tables such as `[[rule]]`.
    pub fn tables<'t>(
        &mut self,
        table: Table<'t>,
        key: &str,
        name: &'t str,
    ) -> Vec<(Table<'t>, Range<usize>)> {
        let Some(value) = table.get(key) else {
            return Vec::new();
        };
        let DeValue::Array(items) = value.get_ref() else {
            self.bad(key, value, Expected::Tables);
            return Vec::new();
        };
        let mut tables = Vec::new();
        for item in items.iter() {
            match item.get_ref() {
                DeValue::Table(table) => tables.push((Table { table, name }, item.span())),
                _ => self.bad(key, item, Expected::Tables),
            }
        }
        tables
    }

    fn language(&mut self, top: Table<'_>) -> Option<wording::Lang> {
        let value = top.get("language")?;
        self.one_of("language", value, &wording::Lang::ALL, wording::Lang::code)
    }
}

/// Values wherever they stand.
impl Reader {
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
                nearest: nearest(text, names.iter().copied()),
                expected: Box::new(Expected::OneOf(names)),
            };
            self.add(value.span(), what);
        }
        found
    }

    pub fn as_count(&mut self, key: &str, value: &Spanned<'_>) -> Option<u32> {
        let count = match value.get_ref() {
            DeValue::Integer(number) => {
                u32::from_str_radix(&number.as_str().replace('_', ""), number.radix()).ok()
            }
            _ => None,
        };
        self.or_bad(count, key, value, Expected::Count)
    }

    pub fn as_share(&mut self, key: &str, value: &Spanned<'_>) -> Option<f64> {
        let share = as_number(value.get_ref()).filter(|share| (0.0..=1.0).contains(share));
        self.or_bad(share, key, value, Expected::Share)
    }

    pub fn as_flag(&mut self, key: &str, value: &Spanned<'_>) -> Option<bool> {
        self.or_bad(value.get_ref().as_bool(), key, value, Expected::Flag)
    }

    pub fn as_limit(&mut self, key: &str, value: &Spanned<'_>) -> Option<Limit> {
        let text = value.get_ref().as_str().unwrap_or_default();
        match Limit::parse(text) {
            Ok(limit) => Some(limit),
            Err(error) => {
                let expected = match error {
                    LimitError::NotALimit(_) => Expected::Duration,
                    LimitError::TooLong(_) => Expected::ShorterDuration,
                };
                self.bad(key, value, expected);
                None
            }
        }
    }

    pub fn as_words(&mut self, key: &str, value: &Spanned<'_>) -> Option<Vec<Word>> {
        let DeValue::Array(items) = value.get_ref() else {
            self.bad(key, value, Expected::List);
            return None;
        };
        let mut words = Vec::new();
        for item in items.iter() {
            match item.get_ref() {
                DeValue::String(text) => words.push(Word {
                    text: text.to_string(),
                    place: item.span(),
                }),
                _ => self.bad(key, item, Expected::Text),
            }
        }
        Some(words)
    }

    /// The table under a key, each of its keys a word.
    pub fn as_table<'t>(&mut self, key: &str, value: &'t Spanned<'t>) -> Option<&'t DeTable<'t>> {
        self.or_bad(value.get_ref().as_table(), key, value, Expected::Table)
    }
}

/// Small parts of the file.
impl Reader {
    fn robots(&mut self, top: Table<'_>) -> Vec<Word> {
        let Some(table) = self.table(top, "pipelines", "pipelines") else {
            return Vec::new();
        };
        self.known_keys(table, &["robot"]);
        self.words(table, "robot").unwrap_or_default()
    }

    fn light(&mut self, top: Table<'_>) -> Light {
        let mut light = Light::default();
        let Some(table) = self.table(top, "light", "light") else {
            return light;
        };
        self.known_keys(table, &["weights", "green", "yellow", "min_deals"]);
        if let Some(weights) = self.table(table, "weights", "light.weights") {
            let names: BTreeMap<&str, usize> = Severity::ALL
                .iter()
                .enumerate()
                .map(|(i, severity)| (severity.as_str(), i))
                .collect();
            self.known_keys(weights, &names.keys().copied().collect::<Vec<_>>());
            for (name, i) in names {
                light.weights[i] = self.number(weights, name).unwrap_or(light.weights[i]);
            }
        }
        light.green = self.number(table, "green").unwrap_or(light.green);
        light.yellow = self.number(table, "yellow").unwrap_or(light.yellow);
        light.min_deals = self.count(table, "min_deals").unwrap_or(light.min_deals);
        if light.yellow < light.green {
            // One of the two stands in the file: the defaults are in order.
            let key = ["yellow", "green"]
                .into_iter()
                .find(|key| table.get(key).is_some());
            if let Some((key, value)) = key.and_then(|key| Some((key, table.get(key)?))) {
                let expected = match key {
                    "yellow" => Expected::AtLeastGreen(light.green),
                    _ => Expected::AtMostYellow(light.yellow),
                };
                self.bad(key, value, expected);
            }
        }
        light
    }
}

pub(super) fn as_number(value: &DeValue<'_>) -> Option<f64> {
    let text = match value {
        DeValue::Integer(number) if number.radix() == 10 => number.as_str(),
        DeValue::Float(number) => number.as_str(),
        _ => return None,
    };
    let number: f64 = text.replace('_', "").parse().ok()?;
    number.is_finite().then_some(number)
}

/// A value as it stands in the file, shortened.
pub(super) fn show(value: &DeValue<'_>) -> String {
    /// The most characters of a text that are repeated in a mistake.
    const SHOWN: usize = 60;
    match value {
        DeValue::String(text) => format!("\"{}\"", text.chars().take(SHOWN).collect::<String>()),
        DeValue::Integer(number) => number.to_string(),
        DeValue::Float(number) => number.to_string(),
        DeValue::Boolean(flag) => flag.to_string(),
        DeValue::Datetime(date) => date.to_string(),
        DeValue::Array(_) => "[…]".to_owned(),
        DeValue::Table(_) => "{…}".to_owned(),
    }
}
