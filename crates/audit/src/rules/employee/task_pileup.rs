//! Finds working days on which more tasks of one person are due than can be done.

use history::Instant;
use jiff::civil::Date;
use rustc_hash::FxHashMap;

use super::{day_number, starting_on};
use crate::judge::{Evidence, Filter, Raise, Raised, Scene, Subject, WorkFacts};
use crate::regulation::{Entry, Names, Severity};
use crate::rules::declaration::{Both, Build, Declaration, Examples, Param, ParamKind, Texts};
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
            ru: "сколько задач на день посильно одному человеку",
            en: "tasks due on one day that one person can handle",
        },
    }],
    texts: Texts {
        title: Both {
            ru: "Слишком много задач на день",
            en: "Too many tasks for one day",
        },
        purpose: Both {
            ru: "Если на день назначено больше, чем можно сделать, часть задач заведомо \
                 пропадёт. Правило считает открытые задачи сотрудника по открытым сделкам со \
                 сроком в один рабочий день; замечание длится с момента, когда их стало больше \
                 лимита, до возвращения к лимиту или до конца этого дня.",
            en: "When more is due on a day than can be done, some of it is bound to be lost. The \
                 rule counts a person's open tasks on open deals that are due on one working day; \
                 a finding lasts from the moment they exceed the limit until they are back at it \
                 or the day ends.",
        },
        mend: Both {
            ru: "Разложите задачи по дням: первыми оставьте те, что обещаны клиентам. Когда \
                 ставите новую задачу, посмотрите, сколько их уже на этот день.",
            en: "Spread the tasks over several days, keeping first those promised to clients. \
                 When you set a new task, look how many that day already has.",
        },
        message: Both {
            ru: "{ $person }: на { $subject } назначено больше { $count } { $count ->
                [one] задачи
               *[other] задач
            }, за день столько не сделать.",
            en: "{ $person } has more than { $count } { $count ->
                [one] task
               *[other] tasks
            } due on { $subject }, which is more than a day can hold.",
        },
    },
    examples: Examples {
        settings: "limit = 2",
        breaks: r#"
2 10:00 d1 created stage=work employee=anna
2 10:00 d2 created stage=work employee=anna
2 10:00 d3 created stage=work employee=anna
2 10:05 d1 task_added task=t1 employee=anna due="4 10:00" text="Позвонить"
2 10:06 d2 task_added task=t2 employee=anna due="4 12:00" text="Отправить договор"
2 10:07 d3 task_added task=t3 employee=anna due="4 15:00" text="Напомнить об оплате"
"#,
        keeps: r#"
2 10:00 d1 created stage=work employee=anna
2 10:00 d2 created stage=work employee=anna
2 10:00 d3 created stage=work employee=anna
2 10:05 d1 task_added task=t1 employee=anna due="4 10:00" text="Позвонить"
2 10:06 d2 task_added task=t2 employee=anna due="4 12:00" text="Отправить договор"
2 10:07 d3 task_added task=t3 employee=anna due="5 15:00" text="Напомнить об оплате"
"#,
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
        let mut days: FxHashMap<Date, Day> = FxHashMap::default();
        let mut dates = Vec::new();
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
            dates.clear();
            dates.extend(instant.iter().map(|task| zone.date(task.due)));
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
            for (task, date) in instant.iter().zip(&dates) {
                let date = *date;
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
