//! `postponed-task`

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
    code: "postponed-task",
    indicator: 2,
    severity: Severity::Remark,
    params: &[Param {
        name: "times",
        kind: ParamKind::Count(3),
        help: Both {
            ru: "который по счёту перенос на более поздний срок уже замечание",
            en: "which move to a later deadline counts",
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
    Box::new(PostponedTask {
        times: entry.count("times"),
    })
}

struct PostponedTask {
    times: u32,
}

impl DealRule for PostponedTask {
    fn listens(&self) -> Signals {
        Signals::TASK_MOVED
    }

    fn judge(&self) -> Box<dyn DealJudge + '_> {
        Box::new(Judge {
            times: self.times,
            moves: Vec::new(),
        })
    }
}

struct Judge {
    times: u32,
    /// Moves to a later deadline, by the task's place.
    moves: Vec<u32>,
}

impl DealJudge for Judge {
    fn step(&mut self, deal: &Deal<'_>, step: &Step, out: &mut Stretches<'_>) {
        let task = &deal.tasks[step.task];
        if task.due <= step.due_before {
            return;
        }
        if self.moves.len() <= step.task {
            self.moves.resize(step.task + 1, 0);
        }
        self.moves[step.task] += 1;
        if self.moves[step.task] == self.times {
            let (doer, subject) = (task_doer(deal, step), Subject::Task(task.id));
            out.push(
                step.start(),
                None,
                doer,
                Shape::Momentary,
                subject,
                self.times,
            );
        }
    }

    fn end(&mut self, _: &Deal<'_>, _: &mut Stretches<'_>) {
        self.moves.clear();
    }
}
