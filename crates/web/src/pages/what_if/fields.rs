//! A rule's parameters as fields: from its declaration, and back to values.

use std::collections::BTreeMap;

use audit::regulation::edit::NewValue;
use audit::regulation::{Entry, ParamValue, Severity};
use audit::rules::ParamKind;
use wording::Lang;
use worktime::Limit;

use super::super::finding::Teller;
use super::{Asked, Words};

/// Something about a rule that can be moved.
pub(super) struct Knob {
    /// Its key in the rule, and within it.
    path: Vec<String>,
    now: Now,
}

/// What it is in the version in force.
enum Now {
    Limit(Limit),
    Whole(Option<u32>),
    Share(f64),
    Flag(bool),
    Choice(&'static str, Vec<&'static str>),
}

/// A field of the form.
pub(super) struct Field {
    /// Its name: `p.limit`.
    pub name: String,
    pub label: String,
    pub input: Input,
    /// What it is in the version in force, where it was moved; empty: it was not.
    pub was: String,
    /// The same page with half of it, and with twice as much; empty: it is no number.
    pub half: String,
    pub double: String,
}

/// How a field is filled in.
pub(super) enum Input {
    /// A number, with its unit where it is a duration.
    Number {
        value: String,
        /// A whole number, or one between 0 and 1.
        step: &'static str,
        most: String,
        /// The name of the unit's field, and units with whether they are chosen; empty: no unit.
        unit: String,
        units: Vec<(&'static str, String, bool)>,
    },
    /// One of some words.
    Choice(Vec<(String, String, bool)>),
}

/// Units of durations.
const UNITS: [&str; 4] = ["m", "h", "wd", "d"];

fn parts(limit: Limit) -> (u32, &'static str) {
    match limit {
        Limit::Minutes(n) => (n, "m"),
        Limit::Hours(n) => (n, "h"),
        Limit::WorkDays(n) => (n, "wd"),
        Limit::Days(n) => (n, "d"),
    }
}

/// Whether a rule has a duration to move.
pub(super) fn has_limit(entry: &Entry) -> bool {
    let mut params = entry.rule.params.iter();
    params.any(|param| matches!(param.kind, ParamKind::Limit(_)))
}

/// All that can be moved about a rule, its own parameters first.
pub(super) fn knobs(entry: &Entry) -> Vec<Knob> {
    let knob = |path: &[&str], now: Now| Knob {
        path: path.iter().map(|key| (*key).to_owned()).collect(),
        now,
    };
    let mut knobs = Vec::new();
    for param in entry.rule.params {
        let name = param.name;
        match (param.kind, entry.value(name)) {
            (_, ParamValue::Limit(limit)) => knobs.push(knob(&[name], Now::Limit(limit))),
            // A rule that is about another indicator finds the same.
            (ParamKind::Indicator, _) => {}
            (_, ParamValue::Count(count)) => knobs.push(knob(&[name], Now::Whole(Some(count)))),
            (ParamKind::CountIfGiven, _) => knobs.push(knob(&[name], Now::Whole(None))),
            (_, ParamValue::Share(share)) => knobs.push(knob(&[name], Now::Share(share))),
            (_, ParamValue::Flag(flag)) => knobs.push(knob(&[name], Now::Flag(flag))),
            (ParamKind::Choice(all), ParamValue::Choice(word)) => {
                knobs.push(knob(&[name], Now::Choice(word, all.to_vec())));
            }
            (_, ParamValue::Limits(limits)) => {
                for (stage, limit) in limits {
                    knobs.push(knob(&[name, &stage.text], Now::Limit(limit)));
                }
            }
            _ => {}
        }
    }
    let severities = Severity::ALL.iter().map(|severity| severity.as_str());
    let severities = Now::Choice(entry.severity.as_str(), severities.collect());
    knobs.push(knob(&["severity"], severities));
    knobs.push(knob(&["enabled"], Now::Flag(entry.enabled)));
    knobs
}

/// What else the rule can be given, which only the text changes: what each means.
pub(super) fn elsewhere(entry: &Entry, lang: Lang) -> Vec<String> {
    let knobs = knobs(entry);
    let known = |name: &str| knobs.iter().any(|knob| knob.path[0] == name);
    let params = entry.rule.params.iter();
    let params = params.filter(|param| !known(param.name));
    params
        .map(|param| param.help.get(lang).to_owned())
        .collect()
}

/// The values that were moved away from what they are.
pub(super) fn moved(
    entry: &Entry,
    values: &BTreeMap<String, String>,
) -> Vec<(Vec<String>, NewValue)> {
    let knobs = knobs(entry).into_iter();
    knobs
        .filter_map(|knob| {
            let new = knob.moved(values)?;
            Some((knob.path, new))
        })
        .collect()
}

impl Knob {
    fn name(&self) -> String {
        self.path.join(".")
    }

    /// What it is moved to; none: it stands where it stood.
    fn moved(&self, values: &BTreeMap<String, String>) -> Option<NewValue> {
        let name = self.name();
        let said = values.get(&format!("p.{name}"))?.trim().replace(',', ".");
        match &self.now {
            Now::Limit(now) => {
                let unit = values.get(&format!("u.{name}")).map(String::as_str);
                let new = match unit {
                    Some(unit) => format!("{said}{unit}"),
                    None if said.bytes().all(|c| c.is_ascii_digit()) => {
                        format!("{said}{}", parts(*now).1)
                    }
                    None => said.clone(),
                };
                (!said.is_empty() && new != now.to_string()).then_some(NewValue::Text(new))
            }
            Now::Whole(now) => {
                let new = said.parse().ok().map(NewValue::Whole);
                let same = now.is_some_and(|now| new == Some(NewValue::Whole(now.into())));
                new.filter(|_| !same)
            }
            Now::Share(now) => {
                let new: f64 = said.parse().ok()?;
                (new != *now).then_some(NewValue::Number(new))
            }
            Now::Flag(now) => {
                let new = said.parse().ok()?;
                (new != *now).then_some(NewValue::Flag(new))
            }
            Now::Choice(now, _) => (said != *now).then_some(NewValue::Text(said)),
        }
    }
}

impl Field {
    pub fn of(
        knob: &Knob,
        entry: &Entry,
        values: &BTreeMap<String, String>,
        (teller, asked): (&Teller<'_>, &Asked),
    ) -> Field {
        let words = teller.words;
        let (path, name) = (&knob.path, knob.name());
        let said = values.get(&format!("p.{name}")).cloned();
        let label = match (path.as_slice(), entry.rule.param(&path[0])) {
            ([_, stage], _) => words.named("what-if-stage-limit", &stage_name(teller, stage)),
            (_, Some(param)) => param.help.get(words.0).to_owned(),
            (_, None) => words.word("what-if", &path[0]),
        };
        let unit = values.get(&format!("u.{name}")).map(String::as_str);
        let input = input(knob, (said.as_deref(), unit), words);
        let was = knob.moved(values).map(|_| shown(&knob.now, words));
        let [half, double] = match knob.now {
            Now::Limit(_) | Now::Whole(Some(_)) => {
                nearby(&input).map(|value| asked.with_value(&entry.name, &name, &value, &input))
            }
            _ => [String::new(), String::new()],
        };
        Field {
            name: format!("p.{name}"),
            label,
            input,
            was: was.unwrap_or_default(),
            half,
            double,
        }
    }
}

fn stage_name(teller: &Teller<'_>, id: &str) -> String {
    match teller.stage(id) {
        name if name.is_empty() => id.to_owned(),
        name => name,
    }
}

fn input(knob: &Knob, (said, unit): (Option<&str>, Option<&str>), words: Words) -> Input {
    let number = |now: String, step: &'static str, most: &str| Input::Number {
        value: said.map_or(now, str::to_owned),
        step,
        most: most.to_owned(),
        unit: String::new(),
        units: Vec::new(),
    };
    match &knob.now {
        Now::Limit(limit) => {
            let (count, own) = parts(*limit);
            let unit = unit.filter(|unit| UNITS.contains(unit)).unwrap_or(own);
            let units = UNITS.map(|one| (one, words.word("what-if-unit", one), one == unit));
            Input::Number {
                value: said.map_or_else(|| count.to_string(), str::to_owned),
                step: "1",
                most: String::new(),
                unit: format!("u.{}", knob.name()),
                units: units.to_vec(),
            }
        }
        Now::Whole(count) => number(count.map_or(String::new(), |n| n.to_string()), "1", ""),
        Now::Share(share) => number(share.to_string(), "0.005", "1"),
        Now::Flag(flag) => {
            let flag = said.and_then(|said| said.parse().ok()).unwrap_or(*flag);
            let choice = |value: bool| {
                let label = words.word("what-if-flag", if value { "yes" } else { "no" });
                (value.to_string(), label, value == flag)
            };
            Input::Choice(vec![choice(true), choice(false)])
        }
        Now::Choice(word, all) => {
            let chosen = said.unwrap_or(word);
            let choice = |word: &&'static str| {
                let label = choice_word(words, word);
                ((*word).to_owned(), label, *word == chosen)
            };
            Input::Choice(all.iter().map(choice).collect())
        }
    }
}

/// What a word of a regulation is called.
fn choice_word(words: Words, word: &str) -> String {
    let severity = Severity::ALL.iter().find(|one| one.as_str() == word);
    match severity {
        Some(severity) => words.word("severity", severity.as_str()),
        None => words.word("what-if-choice", word),
    }
}

/// A value as people read it.
fn shown(now: &Now, words: Words) -> String {
    match now {
        Now::Limit(limit) => {
            let (count, unit) = parts(*limit);
            format!("{count} {}", words.word("what-if-unit", unit))
        }
        Now::Whole(count) => count.map_or_else(|| "—".to_owned(), |count| count.to_string()),
        Now::Share(share) => wording::decimal(*share, 3, words.0),
        Now::Flag(flag) => words.word("what-if-flag", if *flag { "yes" } else { "no" }),
        Now::Choice(word, _) => choice_word(words, word),
    }
}

/// Half of a number, and twice as much; empty: it is none.
fn nearby(input: &Input) -> [String; 2] {
    let Input::Number { value, .. } = input else {
        return [String::new(), String::new()];
    };
    match value.parse::<u32>() {
        Ok(number) if number > 0 => {
            let half = (number > 1).then(|| (number / 2).to_string());
            [
                half.unwrap_or_default(),
                number.saturating_mul(2).to_string(),
            ]
        }
        _ => [String::new(), String::new()],
    }
}

impl Asked {
    /// The address with another value of one field; empty: there is no value.
    fn with_value(&self, rule: &str, name: &str, value: &str, input: &Input) -> String {
        if value.is_empty() {
            return String::new();
        }
        let (key, unit_key) = (format!("p.{name}"), format!("u.{name}"));
        let mut others = vec![("rule", rule), ("of", rule), (key.as_str(), value)];
        if let Input::Number { units, .. } = input
            && let Some((unit, ..)) = units.iter().find(|(_, _, chosen)| *chosen)
        {
            others.push((&unit_key, unit));
        }
        self.address("/regulation/what-if", &others)
    }
}
