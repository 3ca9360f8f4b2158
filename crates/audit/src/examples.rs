//! Small histories written by hand: the examples of the rules, and a language for tests.
//!
//! A line is an event: the day of March 2026 (the 2nd is a Monday) and the local hour in
//! Moscow, the deal (or `-`), the kind, then `column=value` pairs; a value with spaces stands
//! in quotes. The last line may be `DAY HOUR now`; else everything is judged at the last event.
//!
//! ```text
//! 2 10:00 d1 created stage=new employee=anna
//! 2 10:40 d1 call_out employee=anna amount=75
//! 3 18:00 now
//! ```
//!
//! Anna, Boris and Elena sell, in one group; Clara, in the same group, is its lead, and Dmitry left
//! on the 1st of March. Elena is on leave from the 3rd to the 9th. A deal goes through `new`, `work`, `offer` to `won` or `lost`. Work is from
//! 9 to 18, Monday to Friday.

use std::collections::BTreeMap;

use history::{
    Absence, AbsenceKind, Account, Builder, Employee, GroupId, History, Instant, Kind, Membership,
    Record, Role, StageKind,
};
use jiff::civil::{Date, date};
use worktime::Zone;

use crate::judge::{Finding, Judge};
use crate::regulation::{Regulation, Version};

/// The head of the regulation that examples are judged by.
pub const REGULATION: &str = r#"
timezone = "Europe/Moscow"
[calendar.week]
mon = ["09:00-18:00"]
tue = ["09:00-18:00"]
wed = ["09:00-18:00"]
thu = ["09:00-18:00"]
fri = ["09:00-18:00"]
"#;

/// What is wrong with an example.
#[derive(Debug, thiserror::Error)]
#[error("line {line}: {reason}")]
pub struct ExampleError {
    /// The line, from 1.
    pub line: usize,
    /// Why it cannot be read.
    pub reason: String,
}

/// The regulation of an example: the common head and one rule with `settings`.
///
/// # Errors
/// Where the settings are no lines of an entry of that rule.
pub fn regulation(code: &str, settings: &str) -> Result<Regulation, crate::regulation::Mistakes> {
    let text = format!("{REGULATION}\n[[rule]]\nuse = \"{code}\"\n{settings}\n");
    let version = Version::parse(&text, "example.toml")?;
    Ok(Regulation::new(vec![version]).expect("one version is a regulation"))
}

/// Reads an example: the history, and the instant to judge it at.
///
/// # Errors
/// The first line that is no event.
pub fn read(text: &str) -> Result<(History, Instant), ExampleError> {
    let zone = Zone::new("Europe/Moscow").expect("the zone is bundled");
    let mut builder = world();
    let mut now = Instant::MIN;
    for (i, line) in text
        .lines()
        .map(str::trim)
        .enumerate()
        .filter(|(_, line)| !line.is_empty())
    {
        let fail = |reason: String| ExampleError {
            line: i + 1,
            reason,
        };
        let words = split(line);
        let [day, hour, rest @ ..] = &words[..] else {
            return Err(fail("no day and hour".into()));
        };
        let at = moment(&zone, day, hour)
            .ok_or_else(|| fail(format!("no day and hour: {day} {hour}")))?;
        if rest.first().is_some_and(|word| word == "now") {
            now = at;
            continue;
        }
        let event = columns(&zone, at, rest).map_err(fail)?;
        builder
            .event(&event.record())
            .map_err(|reason| fail(reason.to_string()))?;
        now = now.max(at);
    }
    Ok((builder.build(), now))
}

/// An event of an example as its line tells it.
#[derive(Clone, PartialEq, Debug)]
pub struct Told {
    /// When it happened.
    pub at: Instant,
    /// The deal's id.
    pub deal: String,
    /// What happened.
    pub kind: Kind,
    /// The other columns in the order of the line.
    pub columns: Vec<(String, String)>,
}

/// The events of an example in the order of its lines; what cannot be read is left out.
pub fn told(text: &str) -> Vec<Told> {
    let zone = Zone::new("Europe/Moscow").expect("the zone is bundled");
    let event = |line: &str| {
        let words = split(line);
        let [day, hour, deal, kind, pairs @ ..] = &words[..] else {
            return None;
        };
        let pair = |pair: &String| {
            let (column, value) = pair.split_once('=')?;
            Some((column.to_owned(), value.to_owned()))
        };
        Some(Told {
            at: moment(&zone, day, hour)?,
            deal: deal.clone(),
            kind: Kind::parse(kind)?,
            columns: pairs.iter().filter_map(pair).collect(),
        })
    };
    text.lines().map(str::trim).filter_map(event).collect()
}

/// What a day and an hour such as `4 12:00` stand for in an example.
pub fn deadline(text: &str) -> Option<Instant> {
    let zone = Zone::new("Europe/Moscow").expect("the zone is bundled");
    let (day, hour) = text.split_once(' ')?;
    moment(&zone, day, hour)
}

/// The findings of an example.
///
/// # Errors
/// Where the settings or a line cannot be read.
pub fn judge(
    code: &str,
    settings: &str,
    text: &str,
) -> Result<Vec<Finding>, Box<dyn std::error::Error>> {
    let regulation = regulation(code, settings)?;
    let (history, now) = read(text)?;
    Ok(Judge::new(&history, &regulation).judge(now, None).findings)
}

fn world() -> Builder {
    let mut builder = Builder::new(Account {
        name: "Example".into(),
        timezone: "Europe/Moscow".into(),
        currency: "RUB".into(),
    });
    let group = builder.group("north", "Север");
    let people = [
        ("anna", "Анна", Role::Seller, None),
        ("boris", "Борис", Role::Seller, None),
        ("clara", "Клара", Role::Lead, None),
        ("dmitry", "Дмитрий", Role::Seller, Some(date(2026, 3, 1))),
    ];
    for (id, name, role, left) in people {
        builder
            .employee(id, employee(name, role, group, left))
            .expect("the names differ");
    }
    let zone = Zone::new("Europe/Moscow").expect("the zone is bundled");
    let leave = Absence {
        from: zone.start_of_day(date(2026, 3, 3)),
        to: Some(zone.start_of_day(date(2026, 3, 10))),
        kind: AbsenceKind::Vacation,
    };
    let elena = Employee {
        absences: vec![leave],
        ..employee("Елена", Role::Seller, group, None)
    };
    builder.employee("elena", elena).expect("the names differ");
    let stages = [
        ("new", "Новая", StageKind::Open),
        ("work", "В работе", StageKind::Open),
        ("offer", "Предложение", StageKind::Open),
        ("won", "Продано", StageKind::Won),
        ("lost", "Отказ", StageKind::Lost),
    ];
    for (id, name, kind) in stages {
        builder
            .stage("sales", id, name, kind)
            .expect("the stages differ");
    }
    builder
}

fn employee(name: &str, role: Role, group: GroupId, left: Option<Date>) -> Employee {
    let membership = Membership {
        group,
        role: Some(role),
        shift: None,
        from: None,
        to: None,
    };
    Employee {
        name: name.to_owned(),
        active: left.is_none(),
        hired: None,
        left,
        memberships: vec![membership],
        absences: Vec::new(),
    }
}

fn moment(zone: &Zone, day: &str, hour: &str) -> Option<Instant> {
    let (hours, minutes) = hour.split_once(':')?;
    let date = Date::new(2026, 3, day.parse().ok()?).ok()?;
    let time = jiff::civil::Time::new(hours.parse().ok()?, minutes.parse().ok()?, 0, 0).ok()?;
    Some(zone.instant_from(date.to_datetime(time)))
}

/// Words by spaces; a part in quotes holds together.
fn split(line: &str) -> Vec<String> {
    let mut words = vec![String::new()];
    let mut quoted = false;
    for letter in line.chars() {
        match letter {
            '"' => quoted = !quoted,
            ' ' if !quoted => words.push(String::new()),
            _ => words
                .last_mut()
                .expect("there is a first word")
                .push(letter),
        }
    }
    words.retain(|word| !word.is_empty());
    words
}

/// An event with texts of its own.
struct Line {
    at: Instant,
    kind: Kind,
    due: Option<Instant>,
    amount: Option<f64>,
    columns: BTreeMap<&'static str, String>,
}

const TEXT_COLUMNS: [&str; 9] = [
    "deal", "actor", "stage", "employee", "task", "text", "field", "client", "channel",
];

fn columns(zone: &Zone, at: Instant, words: &[String]) -> Result<Line, String> {
    let [deal, kind, pairs @ ..] = words else {
        return Err("a deal and a kind are missing".into());
    };
    let kind = Kind::parse(kind).ok_or_else(|| format!("no kind of event: {kind}"))?;
    let mut line = Line {
        at,
        kind,
        due: None,
        amount: None,
        columns: BTreeMap::new(),
    };
    if deal != "-" {
        line.columns.insert("deal", deal.clone());
    }
    for pair in pairs {
        let (column, value) = pair
            .split_once('=')
            .ok_or_else(|| format!("no column=value: {pair}"))?;
        if column == "due" {
            let (day, hour) = value
                .split_once(' ')
                .ok_or_else(|| format!("no day and hour: {value}"))?;
            line.due = moment(zone, day, hour);
        } else if column == "amount" {
            line.amount = value.parse().ok();
        } else {
            let known = TEXT_COLUMNS.iter().find(|known| **known == column);
            line.columns.insert(
                known.ok_or_else(|| format!("no column: {column}"))?,
                value.to_owned(),
            );
        }
    }
    Ok(line)
}

impl Line {
    fn record(&self) -> Record<'_> {
        let get = |column: &str| self.columns.get(column).map_or("", String::as_str);
        Record {
            id: "",
            seq: None,
            deal: get("deal"),
            at: self.at,
            kind: Some(self.kind),
            actor: get("actor"),
            stage: get("stage"),
            employee: get("employee"),
            task: get("task"),
            due: self.due,
            text: get("text"),
            field: get("field"),
            amount: self.amount,
            client: get("client"),
            channel: get("channel"),
        }
    }
}
