//! Finds completed tasks whose result says nothing.

use super::task_doer;
use crate::judge::{Deal, Shape, Signals, Step, Stretches, Subject};
use crate::regulation::{Entry, Names, Severity};
use crate::rules::declaration::{Both, Build, Declaration, Examples, Param, ParamKind, Texts};
use crate::rules::{DealJudge, DealRule};

/// The rule.
pub(in crate::rules) static RULE: Declaration = Declaration {
    code: "junk-task-result",
    indicator: 5,
    severity: Severity::Remark,
    params: &[Param {
        name: "min_letters",
        kind: ParamKind::Count(5),
        help: Both {
            ru: "сколько букв должно быть в результате",
            en: "letters that a result must have",
        },
    }],
    texts: Texts {
        title: Both {
            ru: "Пустой результат задачи",
            en: "Task result that says nothing",
        },
        purpose: Both {
            ru: "Результат задачи пишут для того, кто откроет сделку завтра: для коллеги на \
                 подмене или для себя через месяц. Правило смотрит на каждую выполненную задачу и \
                 отмечает результат, из которого ничего не понять: пустой, короче заданного числа \
                 букв, «ок», «готово» или одну букву много раз.",
            en: "A task's result is written for whoever opens the deal tomorrow: a colleague who \
                 stands in, or yourself in a month. The rule looks at every completed task and \
                 marks a result from which nothing can be understood: empty, shorter than so many \
                 letters, “ok”, “done”, or one letter over and over.",
        },
        mend: Both {
            ru: "Допишите в сделке, что сделано, что ответил клиент и о чём договорились. \
                 Записывайте итог сразу, не закрывая карточку: это меньше минуты.",
            en: "Add to the deal what was done, what the client said and what was agreed. Write \
                 the outcome down at once, before closing the card: it takes less than a minute.",
        },
        message: Both {
            ru: "По результату задачи «{ $subject }» в сделке «{ $deal }» не понять, чем она \
                 кончилась.",
            en: "The result of the task “{ $subject }” on the deal “{ $deal }” does not tell how \
                 it ended.",
        },
    },
    examples: Examples {
        settings: "",
        breaks: r#"
2 10:00 d1 created stage=work employee=anna text="Ворота — Зуев, Истра"
2 10:05 d1 task_added task=t1 employee=anna due="3 12:00" text="Позвонить по расчёту"
3 11:00 d1 task_completed task=t1 actor=anna text="+"
"#,
        keeps: r#"
2 10:00 d1 created stage=work employee=anna text="Ворота — Зуев, Истра"
2 10:05 d1 task_added task=t1 employee=anna due="3 12:00" text="Позвонить по расчёту"
3 11:00 d1 task_completed task=t1 actor=anna text="Расчёт устроил, замер в четверг в 11:00"
"#,
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
