//! Finds tasks that are moved to a later deadline again and again.

use super::task_doer;
use crate::judge::{Deal, Shape, Signals, Step, Stretches, Subject};
use crate::regulation::{Entry, Names, Severity};
use crate::rules::declaration::{Both, Build, Declaration, Examples, Param, ParamKind, Texts};
use crate::rules::{DealJudge, DealRule};

/// The rule.
pub(in crate::rules) static RULE: Declaration = Declaration {
    code: "postponed-task",
    indicator: 2,
    severity: Severity::Remark,
    params: &[Param {
        name: "times",
        kind: ParamKind::Count(3),
        help: Both {
            ru: "какой по счёту перенос на более поздний срок — уже замечание",
            en: "which move to a later deadline is one too many",
        },
    }],
    texts: Texts {
        title: Both {
            ru: "Повторный перенос задачи",
            en: "Repeatedly postponed task",
        },
        purpose: Both {
            ru: "Задача, которую раз за разом переносят, обычно уже не нужна или непосильна. \
                 Правило считает переносы одной задачи на более поздний срок и отмечает тот, на \
                 котором набралось заданное число; перенос на более ранний срок не считается.",
            en: "A task that is put off time after time is usually no longer needed, or too \
                 hard. The rule counts moves of one task to a later deadline and marks the one \
                 that makes up the set number; moves to an earlier deadline do not count.",
        },
        mend: Both {
            ru: "Сделайте задачу сегодня, замените её шагом попроще или удалите, если она больше \
                 не нужна. Ставьте срок, о котором договорились с клиентом, а не «на завтра» по \
                 привычке.",
            en: "Do the task today, replace it with a simpler step, or remove it if it is no \
                 longer needed. Set the date you agreed with the client, not “tomorrow” out of \
                 habit.",
        },
        message: Both {
            ru: "Задачу «{ $subject }» по сделке «{ $deal }» перенесли на более поздний срок уже \
                 { $count } { $count ->
                [few] раза
               *[other] раз
            }.",
            en: "The task “{ $subject }” on the deal “{ $deal }” has been moved to a later \
                 deadline { $count } { $count ->
                [one] time
               *[other] times
            }.",
        },
    },
    examples: Examples {
        settings: "",
        breaks: r#"
2 10:00 d1 created stage=work employee=anna text="Ворота — Зуев, Истра"
2 10:10 d1 task_added task=t1 employee=anna due="3 12:00" text="Отправить расчёт"
3 11:50 d1 task_moved task=t1 due="4 12:00" actor=anna
4 11:50 d1 task_moved task=t1 due="5 12:00" actor=anna
5 11:50 d1 task_moved task=t1 due="6 12:00" actor=anna
"#,
        keeps: r#"
2 10:00 d1 created stage=work employee=anna text="Ворота — Зуев, Истра"
2 10:10 d1 task_added task=t1 employee=anna due="3 12:00" text="Отправить расчёт"
3 11:50 d1 task_moved task=t1 due="4 12:00" actor=anna
4 11:30 d1 task_completed task=t1 actor=anna text="Расчёт отправлен, клиент ответит в пятницу"
"#,
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
