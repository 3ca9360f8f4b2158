//! Regulations with every rule there is and parameters at random.

use std::fmt::Write;

use audit::regulation::{Regulation, Severity, Version};
use audit::rules::{Declaration, Param, ParamKind, RULES};
use history::Role;
use proptest::collection::vec;
use proptest::option;
use proptest::prelude::*;

/// A regulation in the making.
#[derive(Clone, Debug)]
pub struct Demands {
    zone: &'static str,
    week: &'static str,
    exception: Option<&'static str>,
    talk_seconds: u32,
    robots: bool,
    /// One for each rule, then some for rules that stand there a second time.
    entries: Vec<Knobs>,
}

/// How the parameters of an entry are turned.
#[derive(Clone, Debug)]
struct Knobs {
    limits: [&'static str; 3],
    count: u32,
    share: f64,
    flag: bool,
    clock: &'static str,
    severity: Option<Severity>,
    pipelines: Option<&'static str>,
    stages: Option<&'static str>,
    roles: Option<Role>,
    left_out: bool,
}

const ZONES: [&str; 5] = [
    "Europe/Moscow",
    "Europe/Berlin",
    "America/New_York",
    "Asia/Kolkata",
    "UTC",
];
const WEEKS: [&str; 4] = [
    r#"mon = ["09:00-18:00"]
tue = ["09:00-13:00", "14:00-18:00"]
wed = ["09:00-18:00"]
thu = ["09:00-18:00"]
fri = ["09:00-16:45"]"#,
    r#"mon = ["00:00-24:00"]
tue = ["00:00-24:00"]
wed = ["00:00-24:00"]
thu = ["00:00-24:00"]
fri = ["00:00-24:00"]
sat = ["00:00-24:00"]
sun = ["00:00-24:00"]"#,
    r#"tue = ["22:00-06:00"]
sat = ["10:00-11:00", "20:00-02:30"]"#,
    "",
];
const LIMITS: [&str; 9] = ["0m", "15m", "45m", "2h", "9h", "1wd", "3wd", "1d", "4d"];
const SHIFTS: &str = r#"
[shift.three]
pattern = "3/3"
anchor = "2026-03-01"
hours = ["10:00-20:00"]
[shift.night]
pattern = "2/1"
anchor = "2026-03-04"
hours = ["00:00-03:30", "21:00-24:00"]
"#;

/// Every rule, and some a second time.
pub fn entries() -> usize {
    RULES.len() + 6
}

fn knobs() -> impl Strategy<Value = Knobs> {
    let limit = || prop::sample::select(&LIMITS[..]);
    let clock = prop::sample::select(vec!["company", "company", "responsible", "always"]);
    (
        [limit(), limit(), limit()],
        // Small numbers: what they limit is small, too.
        prop_oneof![0..4u32, 0..2u32],
        prop::sample::select(vec![0.01, 0.3, 1.0]),
        any::<bool>(),
        clock,
        option::of(prop::sample::select(Severity::ALL)),
        option::weighted(
            0.15,
            prop::sample::select(vec![r#""sales""#, r#""warm", "couriers""#, r#""unknown""#]),
        ),
        option::weighted(
            0.15,
            prop::sample::select(vec![r#""new", "lost", "w-won""#, r#""offer", "won""#]),
        ),
        option::weighted(0.1, prop::sample::select(Role::ALL)),
    )
        .prop_map(
            |(limits, count, share, flag, clock, severity, pipelines, stages, roles)| Knobs {
                limits,
                count,
                share,
                flag,
                clock,
                severity,
                pipelines,
                stages,
                roles,
                left_out: false,
            },
        )
}

pub fn demands() -> impl Strategy<Value = Demands> {
    (
        prop::sample::select(&ZONES[..]),
        // Most companies work on weekdays; some never.
        prop::sample::select(vec![0, 0, 0, 1, 2, 3]),
        option::of(prop::sample::select(vec!["[]", r#"["12:00-15:00"]"#])),
        0..60u32,
        any::<bool>(),
        vec(knobs(), entries()),
    )
        .prop_map(
            |(zone, week, exception, talk_seconds, robots, entries)| Demands {
                zone,
                week: WEEKS[week],
                exception,
                talk_seconds,
                robots,
                entries,
            },
        )
}

impl Demands {
    /// Whether a pipeline is one in which nobody works.
    pub fn is_robot(&self, pipeline: &str) -> bool {
        self.robots && pipeline == "couriers"
    }

    pub fn regulation(&self) -> Regulation {
        self.starting_on(&[])
    }

    /// Only some of the rules.
    pub fn some(&self, places: &[bool]) -> Regulation {
        let mut demands = self.clone();
        let mut places = places.iter();
        for knobs in &mut demands.entries {
            knobs.left_out = !places.next().copied().unwrap_or(false);
        }
        demands.regulation()
    }

    /// The same demands in versions: one from the beginning on, one from each of the dates.
    pub fn starting_on(&self, dates: &[jiff::civil::Date]) -> Regulation {
        let text = self.text();
        let later = dates
            .iter()
            .map(|date| format!("effective = {date}\n{text}"));
        let versions = std::iter::once(text.clone()).chain(later);
        let parse = |text: String| {
            Version::parse(&text, "laws.toml")
                .unwrap_or_else(|mistakes| panic!("{mistakes}\n{text}"))
        };
        Regulation::new(versions.map(parse).collect()).expect("the dates differ")
    }

    /// The file.
    fn text(&self) -> String {
        let mut text = format!(
            "timezone = \"{}\"\ntalk_seconds = {}\n[calendar]\nday_length = \"8h\"\n\
             [calendar.week]\n{}\n{SHIFTS}",
            self.zone, self.talk_seconds, self.week
        );
        if let Some(hours) = self.exception {
            let exception = "[[calendar.exception]]\ndate = 2026-03-05\n";
            let _ = writeln!(text, "{exception}hours = {hours}");
        }
        if self.robots {
            text.push_str("[pipelines]\nrobot = [\"couriers\"]\n");
        }
        let entries = self.entries.iter().enumerate();
        for (place, knobs) in entries.filter(|(_, knobs)| !knobs.left_out) {
            knobs.write(&mut text, RULES[place % RULES.len()], place / RULES.len());
        }
        text
    }
}

/// Rules over working days, which have no other clock than working time.
const WORKING_DAYS: [&str; 3] = ["task-pileup", "crm-time", "late-start"];

impl Knobs {
    fn write(&self, text: &mut String, rule: &Declaration, again: usize) {
        let code = rule.code;
        let mut line = |words: std::fmt::Arguments<'_>| {
            let _ = writeln!(text, "{words}");
        };
        line(format_args!("[[rule]]\nuse = \"{code}\""));
        if again > 0 {
            line(format_args!("name = \"{code}-{again}\""));
        }
        if !(self.clock == "always" && WORKING_DAYS.contains(&code)) {
            line(format_args!("clock = \"{}\"", self.clock));
        }
        if let Some(severity) = self.severity {
            line(format_args!("severity = \"{}\"", severity.as_str()));
        }
        if let Some(pipelines) = self.pipelines {
            line(format_args!("pipelines = [{pipelines}]"));
        }
        if let Some(stages) = self.stages {
            line(format_args!("stages = [{stages}]"));
        }
        if let Some(role) = self.roles {
            line(format_args!("roles = [\"{}\"]", role.as_str()));
        }
        for (place, param) in rule.params.iter().enumerate() {
            let name = param.name;
            if let Some(value) = self.value(place, param) {
                line(format_args!("{name} = {value}"));
            }
        }
    }

    fn value(&self, place: usize, param: &Param) -> Option<String> {
        let limits = self.limits.map(|limit| format!("\"{limit}\""));
        let limit = &limits[place % 3];
        Some(match param.kind {
            ParamKind::Limit(_) => limit.clone(),
            ParamKind::CountIfGiven => return self.flag.then(|| self.count.to_string()),
            ParamKind::Choice(words) => format!("\"{}\"", words[self.count as usize % words.len()]),
            ParamKind::Count(_) => self.count.to_string(),
            ParamKind::Share(_) => self.share.to_string(),
            ParamKind::Flag(_) => self.flag.to_string(),
            ParamKind::Pattern => return self.flag.then(|| "'.+ — .+'".to_owned()),
            ParamKind::Expression if self.flag => {
                r#"'open_tasks == 0 && (price < 100 || field["Бюджет"] == "ок")'"#.to_owned()
            }
            ParamKind::Expression => {
                r#"'attempts < 2 && stage in ["new", "work", "unlisted"] && (client == "" || source != "" || notes + messages_in > 0)'"#
                    .to_owned()
            }
            ParamKind::Text => return self.flag.then(|| "'{deal}: {limit}'".to_owned()),
            ParamKind::Indicator => (self.count % 10 + 1).to_string(),
            ParamKind::Template => {
                return self
                    .count
                    .is_multiple_of(2)
                    .then(|| "'{Бюджет} — {client}, {city}'".to_owned());
            }
            ParamKind::Stages => r#"["new", "work", "unlisted"]"#.to_owned(),
            ParamKind::Fields => r#"["Бюджет", "Никогда"]"#.to_owned(),
            ParamKind::Reasons if param.name == "except_reasons" => {
                return self.flag.then(|| "[\"Передумал\"]".to_owned());
            }
            ParamKind::Reasons => r#"["Дорого", "Никогда"]"#.to_owned(),
            ParamKind::Channels if self.flag => r#"["mail", "chat"]"#.to_owned(),
            ParamKind::Channels => "[]".to_owned(),
            ParamKind::TaskTypes if self.flag => r#"["call", "visit"]"#.to_owned(),
            ParamKind::TaskTypes => "[]".to_owned(),
            ParamKind::Texts(_) => r#"["Договорились о замере "]"#.to_owned(),
            ParamKind::StageLimits => format!("{{ work = {limit}, c-road = {limit} }}"),
            ParamKind::FieldLimits if self.flag => {
                let [_, one, other] = limits;
                format!(
                    "{{ \"Бюджет\" = {{ \"ок\" = {one}, \"договорились о замере\" = {other} }} }}"
                )
            }
            ParamKind::FieldLimits => "{}".to_owned(),
            ParamKind::StageStages => {
                r#"{ new = ["work"], work = ["offer"], w-new = [] }"#.to_owned()
            }
            ParamKind::StageTaskTypes => {
                r#"{ new = ["call"], offer = ["mail", "call"], work = ["visit"], won = ["call"] }"#
                    .to_owned()
            }
            ParamKind::StageFields => {
                r#"{ offer = ["Бюджет", "Никогда"], won = ["ИНН"], lost = ["Бюджет"] }"#.to_owned()
            }
        })
    }
}
