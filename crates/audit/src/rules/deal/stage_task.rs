//! `stage-task`

use crate::judge::{Deal, Holder, Shape, Signals, Start, Step, Stretches, Subject};
use crate::regulation::{Entry, Names, Severity, Word};
use crate::rules::declaration::{
    Both, Build, Declaration, Examples, Param, ParamKind, Texts, grace, limit,
};
use crate::rules::{DealJudge, DealRule};
use history::{ChannelId, StageId};
use worktime::Limit;

/// The rule.
pub(in crate::rules) static RULE: Declaration = Declaration {
    code: "stage-task",
    indicator: 2,
    severity: Severity::Violation,
    params: &[
        grace("15m"),
        Param {
            name: "tasks",
            kind: ParamKind::StageTaskTypes,
            help: Both {
                ru: "какая задача должна стоять на каком этапе",
                en: "which type of task must be set in which stage",
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
    build: Build::Deal(build),
};

fn build(entry: &Entry, names: &Names<'_>) -> Box<dyn DealRule> {
    let resolve = |(stage, types): &(Word, Vec<Word>)| {
        let types = types
            .iter()
            .map(|word| names.task_type(word))
            .filter(|kind| kind.is_some());
        (names.stage(stage), types.collect())
    };
    let tasks = entry.lists("tasks").iter().map(resolve).collect();
    Box::new(StageTask {
        grace: entry.limit("grace"),
        tasks,
    })
}

struct StageTask {
    grace: Limit,
    tasks: Vec<(StageId, Vec<ChannelId>)>,
}

impl DealRule for StageTask {
    fn listens(&self) -> Signals {
        Signals::ENTERED | Signals::TASK_ADDED | Signals::TASK_COMPLETED | Signals::TASK_REMOVED
    }

    fn limit(&self) -> Limit {
        self.grace
    }

    fn judge(&self) -> Box<dyn DealJudge + '_> {
        Box::new(Judge {
            rule: self,
            wanted: None,
            open: 0,
            done: false,
            waiting: None,
        })
    }
}

struct Judge<'r> {
    rule: &'r StageTask,
    /// The types of which a task is wanted in this stay.
    wanted: Option<&'r [ChannelId]>,
    /// How many of these are open.
    open: usize,
    /// One of them was completed during this stay.
    done: bool,
    waiting: Option<Start>,
}

impl DealJudge for Judge<'_> {
    fn step(&mut self, deal: &Deal<'_>, step: &Step, out: &mut Stretches<'_>) {
        if step.signals.any(Signals::ENTERED) {
            if let Some(start) = self.waiting.take() {
                out.owed(start, step.cure());
            }
            self.done = false;
            let named = self
                .rule
                .tasks
                .iter()
                .find(|(stage, _)| *stage == deal.stage);
            self.wanted = named
                .filter(|_| deal.is_open())
                .map(|(_, types)| types.as_slice());
            let Some(wanted) = self.wanted else { return };
            self.open = deal
                .tasks
                .iter()
                .filter(|task| task.open && wanted.contains(&task.kind))
                .count();
        } else {
            let Some(wanted) = self.wanted else { return };
            if !wanted.contains(&deal.tasks[step.task].kind) {
                return;
            }
            if step.signals.any(Signals::TASK_ADDED) {
                self.open += 1;
            } else {
                self.open -= 1;
                self.done |= step.signals.any(Signals::TASK_COMPLETED);
            }
        }
        let satisfied = self.done || self.open > 0;
        match self.waiting {
            None if !satisfied => self.waiting = Some(step.start()),
            Some(start) if satisfied => {
                self.waiting = None;
                out.owed(start, step.cure());
            }
            _ => {}
        }
    }

    fn end(&mut self, _: &Deal<'_>, out: &mut Stretches<'_>) {
        if let Some(start) = self.waiting.take() {
            out.owed(start, None);
        }
        self.wanted = None;
    }
}
