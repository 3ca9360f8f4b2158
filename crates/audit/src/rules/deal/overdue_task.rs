//! `overdue-task`

use crate::judge::{Deal, Holder, Shape, Signals, Start, Step, Stretches, Subject};
use crate::regulation::{Entry, Names, Severity};
use crate::rules::declaration::{
    Both, Build, Declaration, Examples, Param, ParamKind, Texts, grace, limit,
};
use crate::rules::{DealJudge, DealRule};
use history::{ChannelId, StageKind};
use worktime::Limit;

/// The rule.
pub(in crate::rules) static RULE: Declaration = Declaration {
    code: "overdue-task",
    indicator: 3,
    severity: Severity::Violation,
    params: &[
        grace("15m"),
        Param {
            name: "task_types",
            kind: ParamKind::TaskTypes,
            help: Both {
                ru: "только задачи этих типов; по умолчанию все",
                en: "only tasks of these types; all by default",
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
    let types = entry.words("task_types");
    let known = types
        .iter()
        .map(|word| names.task_type(word))
        .filter(|kind| kind.is_some());
    Box::new(OverdueTask {
        grace: entry.limit("grace"),
        types: (!types.is_empty()).then(|| known.collect()),
    })
}

struct OverdueTask {
    grace: Limit,
    types: Option<Vec<ChannelId>>,
}

impl DealRule for OverdueTask {
    fn listens(&self) -> Signals {
        Signals::OPENED
            | Signals::LOST
            | Signals::LEFT_LOST
            | Signals::TASK_ADDED
            | Signals::TASK_MOVED
            | Signals::TASK_COMPLETED
            | Signals::TASK_REMOVED
    }

    fn limit(&self) -> Limit {
        self.grace
    }

    fn judge(&self) -> Box<dyn DealJudge + '_> {
        Box::new(Judge {
            rule: self,
            running: Vec::new(),
        })
    }
}

struct Judge<'r> {
    rule: &'r OverdueTask,
    /// When each task's deadline began to count, by the task's place.
    running: Vec<Option<Start>>,
}

impl Judge<'_> {
    fn start(&mut self, deal: &Deal<'_>, place: usize, step: &Step) {
        let task = &deal.tasks[place];
        let judged = deal.ever_open && deal.kind != StageKind::Lost;
        if !judged
            || self
                .rule
                .types
                .as_ref()
                .is_some_and(|types| !types.contains(&task.kind))
        {
            return;
        }
        if self.running.len() <= place {
            self.running.resize(place + 1, None);
        }
        self.running[place] = Some(Start {
            at: task.due.max(step.event.at),
            index: step.index,
        });
    }

    fn stop(
        &mut self,
        deal: &Deal<'_>,
        place: usize,
        cure: Option<(i64, u32)>,
        out: &mut Stretches<'_>,
    ) {
        if let Some(start) = self.running.get_mut(place).and_then(Option::take) {
            let task = &deal.tasks[place];
            let (holder, subject) = (Holder::Person(task.employee), Subject::Task(task.id));
            out.push(start, cure, holder, Shape::Limited, subject, 0);
        }
    }
}

impl DealJudge for Judge<'_> {
    fn step(&mut self, deal: &Deal<'_>, step: &Step, out: &mut Stretches<'_>) {
        if step.task != usize::MAX {
            self.stop(deal, step.task, step.cure(), out);
            if deal.tasks[step.task].open {
                self.start(deal, step.task, step);
            }
            return;
        }
        if step.signals.any(Signals::LOST) {
            for place in 0..self.running.len() {
                self.stop(deal, place, step.cure(), out);
            }
        } else {
            for place in 0..deal.tasks.len() {
                if deal.tasks[place].open && !self.running.get(place).is_some_and(Option::is_some) {
                    self.start(deal, place, step);
                }
            }
        }
    }

    fn end(&mut self, deal: &Deal<'_>, out: &mut Stretches<'_>) {
        for place in 0..self.running.len() {
            self.stop(deal, place, None, out);
        }
        self.running.clear();
    }
}
