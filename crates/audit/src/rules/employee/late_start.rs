//! `late-start`

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
    code: "late-start",
    indicator: 10,
    severity: Severity::Remark,
    params: &[grace("30m")],
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
