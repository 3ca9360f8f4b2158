//! Finds deals without the task that their stage needs.

use history::{ChannelId, StageId};
use worktime::Limit;

use crate::judge::{Deal, Signals, Start, Step, Stretches};
use crate::regulation::{Entry, Names, Severity, Word};
use crate::rules::declaration::{
    Both, Build, Declaration, Examples, Param, ParamKind, Texts, grace,
};
use crate::rules::{DealJudge, DealRule};

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
                ru: "какая задача нужна на каком этапе",
                en: "which type of task is needed in which stage",
            },
        },
    ],
    texts: Texts {
        title: Both {
            ru: "Задача этапа",
            en: "Task of the stage",
        },
        purpose: Both {
            ru: "У каждого этапа есть главное действие, и задача нужного типа не даёт о нём \
                 забыть. Отсчёт идёт, пока сделка стоит на этапе, для которого регламент называет \
                 типы задач, а ни одной такой задачи нет открытой и ни одна не выполнена за это \
                 время; кончается он постановкой задачи, уходом с этапа или закрытием сделки.",
            en: "Every stage has its main step, and a task of the right type keeps it from being \
                 forgotten. The clock runs while a deal stands in a stage for which the \
                 regulation names task types and none of them is open or has been completed \
                 during the stay; it stops when such a task is set, or the deal leaves the stage \
                 or is closed.",
        },
        mend: Both {
            ru: "Поставьте задачу того типа, который назван для этапа. Делайте это сразу при \
                 переводе сделки, пока разговор свеж в памяти.",
            en: "Set a task of the type named for the stage. Do so right when you move the deal, \
                 while the conversation is fresh.",
        },
        message: Both {
            ru: "На этапе «{ $stage }» за { $limit } не появилась нужная для него задача по \
                 сделке «{ $deal }».",
            en: "The task that the stage “{ $stage }” needs was not set on the deal “{ $deal }” \
                 within { $limit }.",
        },
    },
    examples: Examples {
        settings: r#"tasks = { new = ["call"] }"#,
        breaks: r#"
2 10:00 d1 created stage=new employee=anna text="Двери — Орлов, Клин"
2 10:05 d1 task_added task=t1 employee=anna due="4 12:00" channel=mail text="Отправить каталог"
2 12:00 now
"#,
        keeps: r#"
2 10:00 d1 created stage=new employee=anna text="Двери — Орлов, Клин"
2 10:05 d1 task_added task=t1 employee=anna due="2 11:00" channel=call text="Уточнить размеры"
2 12:00 now
"#,
    },
    build: Build::Deal(build),
};

fn build(entry: &Entry, names: &Names<'_>) -> Box<dyn DealRule> {
    let resolve = |(stage, types): &(Word, Vec<Word>)| -> (StageId, Vec<ChannelId>) {
        let types = types
            .iter()
            .map(|word| names.task_type(word))
            .filter(|kind| kind.is_some());
        (names.stage(stage), types.collect())
    };
    let tasks = entry.lists("tasks");
    let tasks = tasks
        .iter()
        .map(resolve)
        .filter(|(stage, _)| stage.is_some())
        .collect();
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
