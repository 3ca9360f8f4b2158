//! `task-pileup`

use crate::regulation::{Entry, Names, Severity};
use crate::rules::declaration::{
    Both, Build, Declaration, EXCEPT_REASONS, Examples, Param, ParamKind, Texts, grace,
};

use std::collections::BTreeMap;

use history::Instant;
use jiff::civil::Date;

use super::{day_number, starting_on};
use crate::judge::{Evidence, Filter, Raise, Raised, Scene, Subject, WorkFacts};
use crate::rules::{EmployeeRule, Fact};

/// The rule.
pub(in crate::rules) static RULE: Declaration = Declaration {
    code: "task-pileup",
    indicator: 2,
    severity: Severity::Remark,
    params: &[Param {
        name: "limit",
        kind: ParamKind::Count(40),
        help: Both {
            ru: "сколько задач на один день посильно одному человеку",
            en: "tasks due on one day that one person can handle",
        },
    }],
    texts: Texts {
        title: Both { ru: "", en: "" },
        purpose: Both { ru: "", en: "" },
        mend: Both { ru: "", en: "" },
        message: Both { ru: "", en: "" },
    },
    examples: Examples {
        settings: "",
        breaks: "",
        keeps: "",
    },
    build: Build::Employee(build),
};

fn build(entry: &Entry, _: &Names<'_>) -> Box<dyn EmployeeRule> {
    Box::new(TaskPileup {
        limit: entry.count("limit"),
    })
}

struct TaskPileup {
    limit: u32,
}

/// The tasks due on one local day.
struct Day {
    tasks: i64,
    /// Work starts on it.
    working: bool,
    ends: Instant,
    since: Option<(Instant, Evidence)>,
}

impl Day {
    fn of(date: Date, facts: &WorkFacts<'_>, scene: &Scene<'_>) -> Day {
        let clock = scene.clocks.less_absences(scene.clock, facts.employee);
        Day {
            tasks: 0,
            working: !starting_on(clock, scene, date).is_empty(),
            ends: scene.version.zone.end_of_day(date),
            since: None,
        }
    }
}

impl EmployeeRule for TaskPileup {
    fn needs(&self) -> Fact {
        Fact::Tasks
    }

    fn judge(
        &self,
        facts: &WorkFacts<'_>,
        filter: &Filter<'_>,
        scene: &Scene<'_>,
        out: &mut Raised<'_>,
    ) {
        let zone = &scene.version.zone;
        let mut days: BTreeMap<Date, Day> = BTreeMap::new();
        let mut say = |date: Date,
                       ends: Instant,
                       (start, event): (Instant, Evidence),
                       cure: Option<(Instant, Evidence)>| {
            let cured = cure.filter(|(at, _)| *at < ends);
            out.push(Raise {
                until: Some(cured.map_or(ends, |(at, _)| at)),
                count: self.limit,
                evidence: std::iter::once(event)
                    .chain(cured.map(|(_, event)| event))
                    .collect(),
                ..Raise::against(facts.employee, Subject::Day(day_number(date)), start, start)
            });
        };
        for instant in facts.tasks.chunk_by(|a, b| a.change.at == b.change.at) {
            let dates: Vec<Date> = instant.iter().map(|task| zone.date(task.due)).collect();
            for (task, date) in instant
                .iter()
                .zip(&dates)
                .filter(|(task, _)| filter.stage(task.change.stage))
            {
                let day = days
                    .entry(*date)
                    .or_insert_with(|| Day::of(*date, facts, scene));
                day.tasks += i64::from(task.change.by);
            }
            for (task, date) in instant.iter().zip(dates) {
                let Some(day) = days.get_mut(&date) else {
                    continue;
                };
                let here = (task.change.at, Evidence::Event(task.change.event));
                match day.since {
                    None if day.working
                        && day.tasks > i64::from(self.limit)
                        && here.0 < day.ends =>
                    {
                        day.since = Some(here);
                    }
                    Some(start) if day.tasks <= i64::from(self.limit) => {
                        day.since = None;
                        say(date, day.ends, start, Some(here));
                    }
                    _ => {}
                }
            }
        }
        for (date, day) in days {
            if let Some(start) = day.since {
                say(date, day.ends, start, None);
            }
        }
    }
}
