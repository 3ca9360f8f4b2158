//! Finds open deals without any open task.

use worktime::Limit;

use crate::judge::{Deal, Signals, Start, Step, Stretches};
use crate::regulation::{Entry, Names, Severity};
use crate::rules::declaration::{Both, Build, Declaration, Examples, Texts, grace};
use crate::rules::{DealJudge, DealRule};

/// The rule.
pub(in crate::rules) static RULE: Declaration = Declaration {
    code: "no-open-task",
    indicator: 4,
    severity: Severity::Gross,
    params: &[grace("15m")],
    texts: Texts {
        title: Both {
            ru: "Сделка без задачи",
            en: "Deal without a task",
        },
        purpose: Both {
            ru: "Нет задачи — значит, работа с клиентом остановилась и о нём легко забыть. \
                 Отсчёт идёт, когда у открытой сделки нет ни одной открытой задачи: с её \
                 появления, возврата в работу, выполнения или удаления последней задачи. \
                 Кончается он постановкой задачи или закрытием сделки.",
            en: "Without a task the work with the client has stopped, and the client is easily \
                 forgotten. The clock starts when an open deal has no open task: at its creation, \
                 its reopening, or when its last task is completed or removed. It stops when a \
                 task is set or the deal is closed.",
        },
        mend: Both {
            ru: "Поставьте задачу на следующий шаг с датой, о которой договорились с клиентом. \
                 Закрывая задачу, сразу ставьте следующую.",
            en: "Set a task for the next step, with the date agreed with the client. When you \
                 complete a task, set the next one at once.",
        },
        message: Both {
            ru: "У сделки «{ $deal }» с { $since } нет ни одной открытой задачи, и за { $limit } \
                 её не поставили.",
            en: "The deal “{ $deal }” has had no open task since { $since }, and none was set \
                 within { $limit }.",
        },
    },
    examples: Examples {
        settings: "",
        breaks: r#"
2 10:00 d1 created stage=work employee=anna text="Кухня — Белова, Химки"
2 10:05 d1 task_added task=t1 employee=anna due="3 12:00" text="Обсудить проект"
3 11:40 d1 task_completed task=t1 actor=anna text="Проект нравится, думает над ценой"
3 15:00 now
"#,
        keeps: r#"
2 10:00 d1 created stage=work employee=anna text="Кухня — Белова, Химки"
2 10:05 d1 task_added task=t1 employee=anna due="3 12:00" text="Обсудить проект"
3 11:40 d1 task_completed task=t1 actor=anna text="Проект нравится, думает над ценой"
3 11:45 d1 task_added task=t2 employee=anna due="5 12:00" text="Узнать решение по цене"
3 15:00 now
"#,
    },
    build: Build::Deal(build),
};

fn build(entry: &Entry, _: &Names<'_>) -> Box<dyn DealRule> {
    Box::new(NoOpenTask {
        grace: entry.limit("grace"),
    })
}

struct NoOpenTask {
    grace: Limit,
}

impl DealRule for NoOpenTask {
    fn listens(&self) -> Signals {
        Signals::OPENED
            | Signals::CLOSED
            | Signals::TASK_ADDED
            | Signals::TASK_COMPLETED
            | Signals::TASK_REMOVED
    }

    fn limit(&self) -> Limit {
        self.grace
    }

    fn judge(&self) -> Box<dyn DealJudge + '_> {
        Box::new(Judge { waiting: None })
    }
}

struct Judge {
    waiting: Option<Start>,
}

impl DealJudge for Judge {
    fn step(&mut self, deal: &Deal<'_>, step: &Step, out: &mut Stretches<'_>) {
        let without = deal.is_open() && deal.open_tasks == 0;
        match self.waiting {
            None if without => self.waiting = Some(step.start()),
            Some(start) if !without => {
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
    }
}
