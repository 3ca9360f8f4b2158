//! A regulation in words.

use wording::{Catalogue, Lang, Value};
use worktime::{Calendar, Hours, Limit, Shift, production_calendar};

use super::{ClockKind, Entry, ParamValue, Severity, Tell, Version, Word};
use crate::message::{catalogue, limit_of, plain_limit};
use crate::rules::RULES;

/// Between what is said of one rule.
const APART: &str = " · ";

/// What a version demands, a line a demand: the frame, then the rules by indicator.
pub fn describe(version: &Version, lang: Lang) -> Vec<String> {
    let words = Words::of(version, lang);
    let mut lines = describe_frame(version, lang);
    let mut entries: Vec<&Entry> = version.entries.iter().collect();
    entries.sort_by_key(|entry| RULES.iter().position(|rule| rule.code == entry.rule.code));
    if entries.is_empty() {
        lines.push(words.say("demand-no-rules", &[]));
    }
    lines.extend(entries.into_iter().map(|entry| words.rule(entry)));
    lines
}

/// What a version demands apart from its rules, a line a demand: zone, hours, shifts, the light.
pub fn describe_frame(version: &Version, lang: Lang) -> Vec<String> {
    let frame = Words::of(version, lang).frame();
    frame.into_iter().map(|demand| demand.text()).collect()
}

/// What a version demands by one of its entries, a part each: the parameters, then where, by whose
/// time, how grave, and who is told.
pub fn describe_entry(version: &Version, entry: &Entry, lang: Lang) -> Vec<String> {
    let demands = Words::of(version, lang).demands(entry);
    demands.iter().map(Demand::text).collect()
}

/// One thing that a version demands.
pub(super) struct Demand {
    /// What it is about; the same in every version.
    pub key: String,
    /// What it is called; empty: what is said speaks for itself.
    pub label: String,
    /// What is demanded.
    pub said: String,
}

impl Demand {
    fn text(&self) -> String {
        match self.label.as_str() {
            "" => self.said.clone(),
            label => format!("{label}: {}", self.said),
        }
    }
}

/// A demand that speaks for itself.
fn plain(key: &str, said: String) -> Demand {
    Demand {
        key: key.to_owned(),
        label: String::new(),
        said,
    }
}

pub(super) struct Words<'v> {
    version: &'v Version,
    catalogue: &'static Catalogue,
    lang: Lang,
}

impl<'v> Words<'v> {
    pub fn of(version: &'v Version, lang: Lang) -> Words<'v> {
        Words {
            version,
            catalogue: catalogue(lang),
            lang,
        }
    }

    fn say(&self, id: &str, args: &[(&str, Value<'_>)]) -> String {
        self.catalogue.text(id, args)
    }

    /// A message with one variable.
    fn with(&self, id: &str, name: &str, value: impl Into<String>) -> String {
        self.say(id, &[(name, Value::from(value.into()))])
    }

    fn number(&self, number: f64) -> String {
        let written = number.to_string();
        let digits = written
            .split_once('.')
            .map_or(0, |(_, digits)| digits.len());
        wording::decimal(number, digits, self.lang)
    }
}

/// The frame.
impl Words<'_> {
    pub fn frame(&self) -> Vec<Demand> {
        let version = self.version;
        let mut frame = vec![plain(
            "name",
            if version.name.is_empty() {
                self.say("demand-no-name", &[])
            } else {
                self.with("demand-name", "name", version.name.as_str())
            },
        )];
        if let Some(date) = version.effective {
            let said = self.with("demand-effective", "date", wording::date(date, self.lang));
            frame.push(plain("effective", said));
        }
        let zone = self.with("demand-zone", "zone", version.zone.name());
        frame.push(plain("zone", zone));
        self.calendar(&version.calendar, &mut frame);
        let day = Limit::WorkDays(1);
        let day = plain_limit(self.catalogue, day, version.day_length_ms);
        let day = self.with("demand-day-length", "length", day);
        frame.push(plain("day-length", day));
        let shifts = version.shifts.iter();
        frame.extend(
            shifts.map(|(name, shift)| plain(&format!("shift {name}"), self.shift(name, shift))),
        );
        let talk = wording::integer(version.talk_seconds.into(), self.lang);
        frame.push(plain("talk", self.with("demand-talk", "seconds", talk)));
        if !version.robots.is_empty() {
            let said = self.with("demand-robots", "pipelines", list(&version.robots));
            frame.push(plain("robots", said));
        }
        frame.push(plain("light", self.light()));
        frame
    }

    fn calendar(&self, calendar: &Calendar, frame: &mut Vec<Demand>) {
        let week = self.week(&calendar.week);
        let week = if week.is_empty() {
            self.say("demand-no-week", &[])
        } else {
            self.with("demand-week", "week", week)
        };
        frame.push(plain("week", week));
        let country = if calendar.country.is_some() {
            let last = production_calendar::known_years().end().to_string();
            self.with("demand-country", "year", last)
        } else {
            self.say("demand-no-country", &[])
        };
        frame.push(plain("country", country));
        if !calendar.exceptions.is_empty() {
            let count = Value::Count(calendar.exceptions.len() as i64);
            let said = self.say("demand-exceptions", &[("count", count)]);
            frame.push(plain("exceptions", said));
        }
    }

    /// Runs of days with the same hours: «пн–чт 09:00–18:00; пт 09:00–16:45».
    fn week(&self, week: &[Hours; 7]) -> String {
        let days: Vec<(usize, &Hours)> = (1..).zip(week).collect();
        let runs = days.chunk_by(|(_, a), (_, b)| a == b);
        let open = runs.filter_map(|run| {
            let ((first, hours), (last, _)) = (run.first()?, run.last()?);
            let name = |day: &usize| self.say(&format!("weekday-short-{day}"), &[]);
            let name = if first == last {
                name(first)
            } else {
                format!("{}–{}", name(first), name(last))
            };
            (!hours.is_empty()).then(|| format!("{name} {}", self.hours(hours)))
        });
        open.collect::<Vec<_>>().join("; ")
    }

    /// Intervals; a short gap between two of them is lunch.
    fn hours(&self, hours: &Hours) -> String {
        /// The longest gap that is still lunch, in minutes.
        const LUNCH: u16 = 120;
        let span = |(from, to): (u16, u16)| format!("{}–{}", time(from), time(to));
        match hours.spans() {
            [(from, noon), (after, to)] if noon < after && after - noon <= LUNCH => {
                let (hours, lunch) = (span((*from, *to)), span((*noon, *after)));
                let args = [("hours", Value::from(hours)), ("lunch", Value::from(lunch))];
                self.say("demand-lunch", &args)
            }
            spans => {
                let spans: Vec<String> = spans.iter().map(|it| span(*it)).collect();
                spans.join(", ")
            }
        }
    }

    fn shift(&self, name: &str, shift: &Shift) -> String {
        let args = [
            ("name", Value::from(name)),
            ("on", Value::Count(shift.on.into())),
            ("off", Value::Count(shift.off.into())),
            ("date", Value::from(wording::date(shift.anchor, self.lang))),
            ("hours", Value::from(self.hours(&shift.hours))),
        ];
        self.say("demand-shift", &args)
    }

    fn light(&self) -> String {
        let light = self.version.light;
        let [remark, violation, gross] = light.weights.map(|weight| self.number(weight));
        let args = [
            ("green", Value::from(self.number(light.green))),
            ("yellow", Value::from(self.number(light.yellow))),
            ("remark", Value::from(remark)),
            ("violation", Value::from(violation)),
            ("gross", Value::from(gross)),
            ("deals", Value::Count(light.min_deals.into())),
        ];
        self.say("demand-light", &args)
    }
}

/// The rules.
impl Words<'_> {
    fn rule(&self, entry: &Entry) -> String {
        let rule = entry.rule;
        let (title, indicator) = (entry.title(self.lang), entry.indicator());
        let mut parts = vec![if entry.name == rule.code {
            format!("{indicator}. {title}")
        } else {
            format!("{indicator}. {title} ({})", entry.name)
        }];
        parts.extend(self.demands(entry).iter().map(Demand::text));
        parts.join(APART)
    }

    pub fn demands(&self, entry: &Entry) -> Vec<Demand> {
        if !entry.enabled {
            return vec![plain("off", self.say("demand-off", &[]))];
        }
        let rule = entry.rule;
        let mut parts = Vec::new();
        // The title and the indicator stand at the head.
        let said = ["title", "indicator"];
        for param in rule
            .params
            .iter()
            .filter(|param| !said.contains(&param.name))
        {
            if let Some(value) = self.value(entry, param.name) {
                parts.push(Demand {
                    key: param.name.to_owned(),
                    label: param.help.get(self.lang).to_owned(),
                    said: value,
                });
            }
        }
        parts.extend(self.places(entry));
        parts.extend(self.clock(entry.clock).map(|said| plain("clock", said)));
        parts.push(plain("severity", self.severity(entry.severity)));
        parts.extend(self.tells(entry).map(|said| plain("tells", said)));
        parts
    }

    /// A parameter's value; none where it says nothing.
    fn value(&self, entry: &Entry, name: &str) -> Option<String> {
        let limit = |limit| limit_of(self.catalogue, self.version, entry, name, limit);
        let rows = |rows: Vec<String>| (!rows.is_empty()).then(|| rows.join("; "));
        match entry.value(name) {
            ParamValue::Limit(length) => Some(limit(length)),
            ParamValue::Count(count) => Some(wording::integer(count.into(), self.lang)),
            ParamValue::Choice(word) => Some(word.to_owned()),
            ParamValue::Share(share) => Some(self.number(share)),
            ParamValue::Flag(true) => Some(self.say("demand-yes", &[])),
            ParamValue::Flag(false) => Some(self.say("demand-no", &[])),
            ParamValue::Pattern(regex) => Some(as_written(regex.as_str()).to_owned()),
            ParamValue::Template(template) => Some(template.as_str().to_owned()),
            ParamValue::Expression(when) => Some(wording::one_line(when.as_str(), 300)),
            ParamValue::Text(text) => Some(wording::one_line(&text, 300)),
            ParamValue::Absent | ParamValue::FieldLimits(None) => None,
            ParamValue::Words(words) => (!words.is_empty()).then(|| list(&words)),
            ParamValue::Limits(limits) => {
                let row =
                    |(id, length): &(Word, Limit)| format!("{} → {}", id.text, limit(*length));
                rows(limits.iter().map(row).collect())
            }
            ParamValue::FieldLimits(Some((field, limits))) => {
                let row = |(value, length): &(String, Limit)| {
                    format!("{} = {value} → {}", field.text, limit(*length))
                };
                rows(limits.iter().map(row).collect())
            }
            ParamValue::Lists(lists) => {
                let row =
                    |(id, words): &(Word, Vec<Word>)| format!("{} → {}", id.text, list(words));
                rows(lists.iter().map(row).collect())
            }
        }
    }

    /// Where the rule looks, and of whom it is held against.
    fn places(&self, entry: &Entry) -> Vec<Demand> {
        let named = [
            ("demand-pipelines", "pipelines", &entry.pipelines),
            ("demand-stages", "stages", &entry.stages),
        ];
        let mut places: Vec<Demand> = named
            .into_iter()
            .filter_map(|(id, name, words)| {
                Some(plain(name, self.with(id, name, list(words.as_ref()?))))
            })
            .collect();
        if let Some(roles) = &entry.roles {
            let role = |role: &history::Role| self.say(&format!("role-{}", role.as_str()), &[]);
            let roles: Vec<String> = roles.iter().map(role).collect();
            let said = self.with("demand-roles", "roles", roles.join(", "));
            places.push(plain("roles", said));
        }
        places
    }

    fn clock(&self, clock: ClockKind) -> Option<String> {
        match clock {
            ClockKind::Company => None,
            ClockKind::Responsible => Some(self.say("demand-clock-responsible", &[])),
            ClockKind::Always => Some(self.say("demand-clock-always", &[])),
        }
    }

    fn severity(&self, severity: Severity) -> String {
        self.say(&format!("severity-{}", severity.as_str()), &[])
    }

    fn tells(&self, entry: &Entry) -> Option<String> {
        let told = |who: &&'static str| {
            let tell: &Tell = entry.tells.get(*who)?;
            let soon = self.say(&format!("tell-{}", tell.as_str()), &[]);
            Some(self.with(&format!("tell-to-{who}"), "soon", soon))
        };
        let told: Vec<String> = Tell::WHOM.iter().filter_map(told).collect();
        (!told.is_empty()).then(|| self.with("demand-tells", "told", told.join(", ")))
    }
}

fn list(words: &[Word]) -> String {
    let texts: Vec<&str> = words.iter().map(|word| word.text.as_str()).collect();
    texts.join(", ")
}

/// A pattern as the file has it: the reader anchors it at both ends.
fn as_written(pattern: &str) -> &str {
    let inner = pattern
        .strip_prefix(r"\A(?:")
        .and_then(|rest| rest.strip_suffix(r")\z"));
    inner.unwrap_or(pattern)
}

/// A minute after midnight; 24:00 is the end of the day, later ones belong to the night after.
fn time(minute: u16) -> String {
    /// Minutes of a day.
    const DAY: u16 = 24 * 60;
    let minute = if minute > DAY { minute - DAY } else { minute };
    format!("{:02}:{:02}", minute / 60, minute % 60)
}
