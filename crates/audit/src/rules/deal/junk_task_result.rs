//! `junk-task-result`

use super::task_doer;
use crate::judge::{Deal, Holder, Shape, Signals, Start, Step, Stretches, Subject};
use crate::regulation::{Entry, Names, Severity};
use crate::rules::declaration::{
    Both, Build, Declaration, Examples, Param, ParamKind, Texts, grace, limit,
};
use crate::rules::{DealJudge, DealRule};
use worktime::Limit;

/// The rule.
pub(in crate::rules) static RULE: Declaration = Declaration {
    code: "junk-task-result",
    indicator: 5,
    severity: Severity::Remark,
    params: &[Param {
        name: "min_letters",
        kind: ParamKind::Count(5),
        help: Both {
            ru: "сколько букв нужно, чтобы результат что-то говорил",
            en: "letters that a result needs to say anything",
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
    build: Build::Deal(build),
};

fn build(entry: &Entry, _: &Names<'_>) -> Box<dyn DealRule> {
    Box::new(JunkTaskResult {
        min_letters: entry.count("min_letters"),
    })
}

struct JunkTaskResult {
    min_letters: u32,
}

impl DealRule for JunkTaskResult {
    fn listens(&self) -> Signals {
        Signals::TASK_COMPLETED
    }

    fn judge(&self) -> Box<dyn DealJudge + '_> {
        Box::new(Judge {
            min_letters: self.min_letters,
        })
    }
}

struct Judge {
    min_letters: u32,
}

impl DealJudge for Judge {
    fn step(&mut self, deal: &Deal<'_>, step: &Step, out: &mut Stretches<'_>) {
        if deal
            .history
            .texts
            .is_junk(step.event.text, self.min_letters)
        {
            let subject = Subject::Task(deal.tasks[step.task].id);
            out.push(
                step.start(),
                None,
                task_doer(deal, step),
                Shape::Momentary,
                subject,
                0,
            );
        }
    }

    fn end(&mut self, _: &Deal<'_>, _: &mut Stretches<'_>) {}
}
