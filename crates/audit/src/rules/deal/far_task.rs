//! Finds tasks with a deadline too far ahead.

use worktime::Limit;

use crate::judge::{Deal, Holder, Shape, Signals, Start, Step, Stretches, Subject};
use crate::regulation::{Entry, Names, Severity};
use crate::rules::declaration::{Both, Build, Declaration, Examples, Texts, limit};
use crate::rules::{DealJudge, DealRule};

/// The rule.
pub(in crate::rules) static RULE: Declaration = Declaration {
    code: "far-task",
    indicator: 2,
    severity: Severity::Remark,
    params: &[limit(
        "30d",
        Both {
            ru: "на сколько вперёд можно поставить задачу",
            en: "how far ahead a task may be set",
        },
    )],
    texts: Texts {
        title: Both {
            ru: "Задача на далёкий срок",
            en: "Task set far ahead",
        },
        purpose: Both {
            ru: "Задача на далёкую дату часто значит, что о следующем шаге не договорились. \
                 Правило смотрит на каждую постановку и каждый перенос задачи открытой сделки: от \
                 этого момента до срока должно быть не больше заданного. Замечание снимают \
                 перенос на близкий срок, выполнение или удаление задачи и закрытие сделки.",
            en: "A task for a distant date often means that no next step was agreed. The rule \
                 looks at every setting and moving of a task on an open deal: from that moment to \
                 the deadline there must not be more than allowed. Moving the task nearer, \
                 completing or removing it, or closing the deal ends the finding.",
        },
        mend: Both {
            ru: "Поставьте ближайший шаг раньше: хватит и короткого сообщения, чтобы клиент вас \
                 не забыл. О дате следующего контакта договаривайтесь сразу в разговоре.",
            en: "Set a nearer step: even a short message keeps you in the client's mind. Agree \
                 on the date of the next contact while you are talking.",
        },
        message: Both {
            ru: "Задача «{ $subject }» по сделке «{ $deal }» поставлена дальше чем на { $limit } \
                 вперёд.",
            en: "The task “{ $subject }” on the deal “{ $deal }” is set more than { $limit } \
                 ahead.",
        },
    },
    examples: Examples {
        settings: r#"limit = "14d""#,
        breaks: r#"
2 10:00 d1 created stage=work employee=anna text="Остекление дачи — Лапин, Руза"
2 10:30 d1 task_added task=t1 employee=anna due="27 12:00" text="Узнать, решили ли"
"#,
        keeps: r#"
2 10:00 d1 created stage=work employee=anna text="Остекление дачи — Лапин, Руза"
2 10:30 d1 task_added task=t1 employee=anna due="12 12:00" text="Узнать, решили ли"
"#,
    },
    build: Build::Deal(build),
};

fn build(entry: &Entry, _: &Names<'_>) -> Box<dyn DealRule> {
    Box::new(FarTask {
        limit: entry.limit("limit"),
    })
}

struct FarTask {
    limit: Limit,
}

impl DealRule for FarTask {
    fn listens(&self) -> Signals {
        Signals::TASK_ADDED
            | Signals::TASK_MOVED
            | Signals::TASK_COMPLETED
            | Signals::TASK_REMOVED
            | Signals::CLOSED
    }

    fn judge(&self) -> Box<dyn DealJudge + '_> {
        Box::new(Judge {
            rule: self,
            far: Vec::new(),
        })
    }
}

struct Judge<'r> {
    rule: &'r FarTask,
    /// Far deadlines that stand, by their task's place.
    far: Vec<Vec<Start>>,
}

impl Judge<'_> {
    fn cure(
        &mut self,
        deal: &Deal<'_>,
        place: usize,
        cure: Option<(i64, u32)>,
        out: &mut Stretches<'_>,
    ) {
        let Some(far) = self.far.get_mut(place).filter(|far| !far.is_empty()) else {
            return;
        };
        let task = &deal.tasks[place];
        let (holder, subject) = (Holder::Person(task.employee), Subject::Task(task.id));
        for start in far.drain(..) {
            out.push(start, cure, holder, Shape::Standing, subject, 0);
        }
    }

    fn cure_all(&mut self, deal: &Deal<'_>, cure: Option<(i64, u32)>, out: &mut Stretches<'_>) {
        for place in 0..self.far.len() {
            self.cure(deal, place, cure, out);
        }
        self.far.clear();
    }
}

impl DealJudge for Judge<'_> {
    fn step(&mut self, deal: &Deal<'_>, step: &Step, out: &mut Stretches<'_>) {
        if step.signals.any(Signals::CLOSED) {
            return self.cure_all(deal, step.cure(), out);
        }
        if step
            .signals
            .any(Signals::TASK_COMPLETED | Signals::TASK_REMOVED)
        {
            return self.cure(deal, step.task, step.cure(), out);
        }
        let task = &deal.tasks[step.task];
        let furthest = out
            .time(task.employee)
            .breach(step.event.at, self.rule.limit);
        if furthest.is_none_or(|furthest| task.due <= furthest) {
            self.cure(deal, step.task, step.cure(), out);
        } else if deal.is_open() {
            if self.far.len() <= step.task {
                self.far.resize_with(step.task + 1, Vec::new);
            }
            self.far[step.task].push(step.start());
        }
    }

    fn end(&mut self, deal: &Deal<'_>, out: &mut Stretches<'_>) {
        self.cure_all(deal, None, out);
    }
}
