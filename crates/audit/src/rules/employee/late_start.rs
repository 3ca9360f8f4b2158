//! Finds working days that begin in the CRM later than the hours do.

use worktime::Limit;

use super::{Ahead, Attendance, day_number};
use crate::judge::{Evidence, Filter, Raise, Raised, Scene, Subject, WorkFacts};
use crate::regulation::{Entry, Names, Severity};
use crate::rules::declaration::{Both, Build, Declaration, Examples, Texts, grace};
use crate::rules::{EmployeeRule, Fact};

/// The rule.
pub(in crate::rules) static RULE: Declaration = Declaration {
    code: "late-start",
    indicator: 10,
    severity: Severity::Remark,
    params: &[grace("30m")],
    texts: Texts {
        title: Both {
            ru: "Начало рабочего дня",
            en: "Start of the working day",
        },
        purpose: Both {
            ru: "Утром ждут ночные заявки и задачи на день. Отсчёт идёт с начала рабочих часов; \
                 достаточно одного действия в CRM не раньше чем за отсрочку до их начала и не \
                 позже отсрочки после него. Проверяются рабочие дни начиная с первого действия \
                 сотрудника.",
            en: "In the morning the leads of the night and the tasks of the day are waiting. The \
                 clock starts with the working hours; one action in the CRM is enough, no earlier \
                 than the grace before they begin and no later than the grace after. Working days \
                 are judged from the person's first action on.",
        },
        mend: Both {
            ru: "Начинайте день со списка задач и новых заявок. Если вас не было по уважительной \
                 причине, сообщите звеньевому: такое замечание можно оспорить.",
            en: "Begin the day with your tasks and the new leads. If you were away for a good \
                 reason, tell your team lead: such a finding can be disputed.",
        },
        message: Both {
            ru: "{ $person }: { $subject } за { $limit } от начала рабочих часов в CRM не было \
                 ни одного действия.",
            en: "{ $person }: no action in the CRM within { $limit } of the start of working \
                 hours on { $subject }.",
        },
    },
    examples: Examples {
        settings: "",
        breaks: r#"
2 09:10 d1 created stage=new employee=anna
2 09:12 d1 call_out employee=anna amount=60
3 10:20 d1 note_added actor=anna text="Клиент просит перенести замер"
"#,
        keeps: r#"
2 09:10 d1 created stage=new employee=anna
2 09:12 d1 call_out employee=anna amount=60
3 09:20 d1 note_added actor=anna text="Клиент просит перенести замер"
"#,
    },
    build: Build::Employee(build),
};

fn build(entry: &Entry, _: &Names<'_>) -> Box<dyn EmployeeRule> {
    Box::new(LateStart {
        grace: entry.limit("grace"),
    })
}

struct LateStart {
    grace: Limit,
}

impl EmployeeRule for LateStart {
    fn needs(&self) -> Fact {
        Fact::Actions
    }

    fn judge(
        &self,
        facts: &WorkFacts<'_>,
        filter: &Filter<'_>,
        scene: &Scene<'_>,
        out: &mut Raised<'_>,
    ) {
        let Some(attendance) = Attendance::of(facts, filter, scene) else {
            return;
        };
        let actions = &attendance.actions[..];
        let early = self.grace.plain_ms(scene.version.day_length_ms);
        let search = attendance.each_day(scene, facts.employee, |date, hours| {
            let start = hours[0].0;
            let Some(breach) = scene.time(facts.employee).breach(start, self.grace) else {
                return Ahead::Go;
            };
            let first = actions.partition_point(|at| *at < start.saturating_sub(early));
            let next = actions.get(first);
            if next.is_some_and(|at| *at <= breach) {
                return Ahead::Go;
            }
            let before = first.checked_sub(1).map(|i| actions[i]);
            out.push(Raise {
                until: next.copied(),
                evidence: before
                    .into_iter()
                    .chain(next.copied())
                    .map(Evidence::Action)
                    .collect::<Vec<Evidence>>(),
                ..Raise::against(
                    facts.employee,
                    Subject::Day(day_number(date)),
                    scene.version.zone.start_of_day(date),
                    breach,
                )
            });
            if breach > scene.now {
                Ahead::Seen
            } else {
                Ahead::Go
            }
        });
        search.into_iter().for_each(|at| out.wake(at));
    }
}
