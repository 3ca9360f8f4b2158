//! `crm-time`

use crate::regulation::{Entry, Names, Severity};
use crate::rules::declaration::{
    Both, Build, Declaration, EXCEPT_REASONS, Examples, Param, ParamKind, Texts, grace,
};

use super::{Ahead, Attendance, day_number};
use crate::judge::{Evidence, Filter, Raise, Raised, Scene, Subject, WorkFacts};
use crate::rules::{EmployeeRule, Fact};
use worktime::Limit;

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
                ru: "перерыв между действиями, который ещё считается работой (календарное время)",
                en: "a pause between actions that still counts as work (calendar time)",
            },
        },
        Param {
            name: "norm",
            kind: ParamKind::Limit("4h"),
            help: Both {
                ru: "сколько активного времени в CRM ждут за рабочий день",
                en: "active time in the CRM expected of a working day",
            },
        },
    ],
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
