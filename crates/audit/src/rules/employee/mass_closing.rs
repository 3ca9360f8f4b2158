//! `mass-closing`

use crate::regulation::{Entry, Names, Severity};
use crate::rules::declaration::{
    Both, Build, Declaration, EXCEPT_REASONS, Examples, Param, ParamKind, Texts, grace,
};

use crate::judge::{Closing, Evidence, Filter, Raise, Raised, Scene, Subject, WorkFacts};
use crate::rules::{EmployeeRule, Fact};
use history::FieldId;
use worktime::Limit;

/// The rule.
pub(in crate::rules) static RULE: Declaration = Declaration {
    code: "mass-closing",
    indicator: 9,
    severity: Severity::Gross,
    params: &[
        Param {
            name: "times",
            kind: ParamKind::Count(10),
            help: Both {
                ru: "сколько закрытий подряд — уже уборка, а не работа",
                en: "closings in a row that are tidying, not work",
            },
        },
        Param {
            name: "window",
            kind: ParamKind::Limit("60m"),
            help: Both {
                ru: "за какое время (календарное)",
                en: "within which time (calendar time)",
            },
        },
        EXCEPT_REASONS,
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

fn build(entry: &Entry, names: &Names<'_>) -> Box<dyn EmployeeRule> {
    let excepted = entry.words("except_reasons");
    Box::new(MassClosing {
        times: entry.count("times").max(1) as usize,
        window: entry.limit("window"),
        excepted: excepted
            .iter()
            .map(|word| names.field(word))
            .filter(|id| id.is_some())
            .collect(),
    })
}

struct MassClosing {
    times: usize,
    window: Limit,
    excepted: Vec<FieldId>,
}

impl EmployeeRule for MassClosing {
    fn needs(&self) -> Fact {
        Fact::Closings
    }

    fn judge(
        &self,
        facts: &WorkFacts<'_>,
        filter: &Filter<'_>,
        scene: &Scene<'_>,
        out: &mut Raised<'_>,
    ) {
        let window = self.window.calendar_ms(scene.version.day_length_ms);
        let counts = |closing: &&Closing| {
            let excepted = closing.reason.is_some() && self.excepted.contains(&closing.reason);
            closing.lost && !excepted && filter.stage(closing.stage)
        };
        // Closings since the last burst ended; in a burst, its own.
        let mut recent: Vec<&Closing> = Vec::new();
        let mut burst: Option<usize> = None;
        for closing in facts.closings.iter().filter(counts) {
            if burst.is_some()
                && recent
                    .last()
                    .is_some_and(|last| closing.at - last.at > window)
            {
                self.say(facts, &recent, burst.take(), out);
                recent.clear();
            }
            recent.push(closing);
            let enough = recent.len() >= self.times;
            if burst.is_none()
                && enough
                && closing.at - recent[recent.len() - self.times].at <= window
            {
                recent.drain(..recent.len() - self.times);
                burst = Some(self.times - 1);
            }
        }
        self.say(facts, &recent, burst, out);
    }
}

impl MassClosing {
    fn say(
        &self,
        facts: &WorkFacts<'_>,
        closings: &[&Closing],
        burst: Option<usize>,
        out: &mut Raised<'_>,
    ) {
        let Some(opened_by) = burst else { return };
        out.push(Raise {
            count: closings.len() as u32,
            evidence: closings
                .iter()
                .map(|closing| Evidence::Event(closing.event))
                .collect(),
            ..Raise::against(
                facts.employee,
                Subject::Deal,
                closings[0].at,
                closings[opened_by].at,
            )
        });
    }
}
