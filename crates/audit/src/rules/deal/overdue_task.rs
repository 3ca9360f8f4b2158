//! Finds tasks that are neither done nor moved by their deadline.

use history::{ChannelId, StageKind};
use worktime::Limit;

use crate::judge::{Deal, Holder, Shape, Signals, Start, Step, Stretches, Subject};
use crate::regulation::{Entry, Names, Severity};
use crate::rules::declaration::{
    Both, Build, Declaration, Examples, Param, ParamKind, Texts, grace,
};
use crate::rules::{DealJudge, DealRule};

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
                ru: "только задачи этих типов (если не указаны — всех)",
                en: "only tasks of these types (all where none are named)",
            },
        },
    ],
    texts: Texts {
        title: Both {
            ru: "Просроченная задача",
            en: "Overdue task",
        },
        purpose: Both {
            ru: "Просроченная задача — обещание клиенту, которое не сдержали или забыли \
                 отметить. Отсчёт идёт со срока открытой задачи (если её поставили задним числом \
                 — с момента постановки) и кончается её выполнением, переносом или удалением либо \
                 уходом сделки в отказ; в выигранной сделке задачи тоже проверяются.",
            en: "An overdue task is a promise to a client that was not kept, or not ticked off. \
                 The clock starts at the deadline of an open task (or when it was set, if that \
                 was later) and stops when it is completed, moved or removed, or the deal is \
                 lost; tasks on won deals are judged too.",
        },
        mend: Both {
            ru: "Выполните задачу и запишите результат, а если не успеваете — перенесите её и \
                 напишите почему. Начинайте день со списка задач и ставьте сроки, которые вам по \
                 силам.",
            en: "Do the task and write down the result, or, if you cannot, move it and say why. \
                 Begin the day with your list of tasks, and set deadlines that you can keep.",
        },
        message: Both {
            ru: "Задача «{ $subject }» по сделке «{ $deal }» за { $limit } после срока не \
                 выполнена и не перенесена (отсчёт с { $since }).",
            en: "The task “{ $subject }” on the deal “{ $deal }” was neither done nor moved \
                 within { $limit } after its deadline (counted from { $since }).",
        },
    },
    examples: Examples {
        settings: "",
        breaks: r#"
2 10:00 d1 created stage=work employee=anna text="Балкон — Седов, Мытищи"
2 10:05 d1 task_added task=t1 employee=anna due="3 12:00" text="Согласовать дату замера"
3 15:00 d1 task_completed task=t1 actor=anna text="Замер в четверг в 11:00"
"#,
        keeps: r#"
2 10:00 d1 created stage=work employee=anna text="Балкон — Седов, Мытищи"
2 10:05 d1 task_added task=t1 employee=anna due="3 12:00" text="Согласовать дату замера"
3 11:30 d1 task_completed task=t1 actor=anna text="Замер в четверг в 11:00"
"#,
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
