//! Finds working days with little active time in the CRM.

use worktime::Limit;

use super::{Ahead, Attendance, day_number};
use crate::judge::{Evidence, Filter, Raise, Raised, Scene, Subject, WorkFacts};
use crate::regulation::{Entry, Names, Severity};
use crate::rules::declaration::{Both, Build, Declaration, Examples, Param, ParamKind, Texts};
use crate::rules::{EmployeeRule, Fact};

/// The rule.
pub(in crate::rules) static RULE: Declaration = Declaration {
    code: "crm-time",
    indicator: 10,
    severity: Severity::Remark,
    params: &[
        Param {
            name: "pause",
            kind: ParamKind::Limit("15m"),
            help: Both {
                ru: "перерыв между действиями, который ещё считается работой",
                en: "a pause between actions that still counts as work",
            },
        },
        Param {
            name: "norm",
            kind: ParamKind::Limit("4h"),
            help: Both {
                ru: "норма активного времени в CRM за рабочий день",
                en: "norm of active time in the CRM on a working day",
            },
        },
    ],
    texts: Texts {
        title: Both {
            ru: "Время в CRM",
            en: "Time in the CRM",
        },
        purpose: Both {
            ru: "Кто ведёт клиентов в CRM, тот действует в ней большую часть дня. Правило \
                 складывает за рабочий день время между действиями сотрудника, если перерыв между \
                 ними не больше заданного, и в конце дня сравнивает сумму с нормой.",
            en: "Whoever looks after clients in the CRM acts in it for most of the day. The rule \
                 adds up, over a working day, the time between a person's actions where the pause \
                 between them is not too long, and compares the sum with the norm at the end of \
                 the day.",
        },
        mend: Both {
            ru: "Отмечайте звонки, сообщения и результаты в CRM сразу, а не вечером. Если день \
                 прошёл на встречах или в дороге, расскажите об этом звеньевому: такое замечание \
                 можно оспорить.",
            en: "Enter calls, messages and results in the CRM at once, not in the evening. If \
                 you spent the day in meetings or on the road, tell your team lead: such a \
                 finding can be disputed.",
        },
        message: Both {
            ru: "{ $person }: { $subject } активного времени в CRM — { $count } мин при норме \
                 { $limit }.",
            en: "{ $person } was active in the CRM for { $count } min on { $subject }; the norm \
                 is { $limit }.",
        },
    },
    examples: Examples {
        settings: r#"norm = "1h""#,
        breaks: r#"
2 10:00 d1 created stage=work employee=anna
2 10:00 d1 note_added actor=anna text="Начала разбирать заявку"
2 10:12 d1 call_out employee=anna amount=120
2 10:20 d1 note_added actor=anna text="Нужен замер, адрес записала"
2 16:30 d1 message_out employee=anna text="Замер завтра в 11"
3 09:00 now
"#,
        keeps: r#"
2 10:00 d1 created stage=work employee=anna
2 10:00 d1 note_added actor=anna text="Начала разбирать заявку"
2 10:15 d1 call_out employee=anna amount=120
2 10:30 d1 note_added actor=anna text="Нужен замер, адрес записала"
2 10:45 d1 message_out employee=anna text="Замер завтра в 11"
2 11:00 d1 note_added actor=anna text="Клиент подтвердил время"
3 09:00 now
"#,
    },
    build: Build::Employee(build),
};

const MINUTE_MS: i64 = 60_000;

fn build(entry: &Entry, _: &Names<'_>) -> Box<dyn EmployeeRule> {
    Box::new(CrmTime {
        pause: entry.limit("pause"),
        norm: entry.limit("norm"),
    })
}

struct CrmTime {
    pause: Limit,
    norm: Limit,
}

impl EmployeeRule for CrmTime {
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
        let zone = &scene.version.zone;
        let pause = self.pause.calendar_ms(scene.version.day_length_ms);
        let norm = self.norm.plain_ms(scene.version.day_length_ms);
        let mut rest = &attendance.actions[..];
        let search = attendance.each_day(scene, facts.employee, |date, _| {
            let (begins, ends) = (zone.start_of_day(date), zone.end_of_day(date));
            rest = &rest[rest.partition_point(|at| *at < begins)..];
            let today = &rest[..rest.partition_point(|at| *at < ends)];
            let gaps = today.windows(2).map(|pair| pair[1] - pair[0]);
            let active: i64 = gaps.filter(|gap| *gap <= pause).sum();
            if active < norm {
                let proof = [today.first(), today.last().filter(|_| today.len() > 1)];
                out.push(Raise {
                    count: (active / MINUTE_MS) as u32,
                    evidence: proof
                        .into_iter()
                        .flatten()
                        .map(|at| Evidence::Action(*at))
                        .collect(),
                    ..Raise::against(facts.employee, Subject::Day(day_number(date)), begins, ends)
                });
            }
            if ends > scene.now && active < norm {
                Ahead::Seen
            } else {
                Ahead::Go
            }
        });
        search.into_iter().for_each(|at| out.wake(at));
    }
}
