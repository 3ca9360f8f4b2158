//! Finds conversations after which nothing was written down.

use history::{EmployeeId, Instant};
use worktime::Limit;

use super::MIN_LETTERS;
use crate::judge::{Deal, Holder, Shape, Signals, Start, Step, Stretches, Subject};
use crate::regulation::{Entry, Names, Severity};
use crate::rules::declaration::{Both, Build, Declaration, Examples, Texts, grace};
use crate::rules::{DealJudge, DealRule};

/// The rule.
pub(in crate::rules) static RULE: Declaration = Declaration {
    code: "unlogged-call",
    indicator: 6,
    severity: Severity::Remark,
    params: &[grace("2h")],
    texts: Texts {
        title: Both {
            ru: "Разговор без записи",
            en: "Call without a note",
        },
        purpose: Both {
            ru: "О чём договорились по телефону, через день помнит только запись. Отсчёт идёт с \
                 каждого разговора (звонка не короче, чем задано в регламенте) и кончается \
                 содержательным примечанием или результатом задачи в этой сделке, кто бы их ни \
                 написал.",
            en: "What was agreed on the phone is remembered, a day later, by a note alone. The \
                 clock starts at every conversation (a call at least as long as the regulation \
                 says) and stops at a note or a task result on this deal that says something, \
                 whoever wrote it.",
        },
        mend: Both {
            ru: "Запишите итог разговора: что нужно клиенту, о чём договорились, какой следующий \
                 шаг. Делайте это сразу, как положили трубку.",
            en: "Write down the outcome: what the client needs, what was agreed, what comes \
                 next. Do it as soon as you hang up.",
        },
        message: Both {
            ru: "После разговора по сделке «{ $deal }» ({ $since }) за { $limit } не записано, о \
                 чём говорили.",
            en: "After the conversation on the deal “{ $deal }” ({ $since }), nothing was \
                 written down about it within { $limit }.",
        },
    },
    examples: Examples {
        settings: "",
        breaks: r#"
2 10:00 d1 created stage=work employee=anna text="Остекление дачи — Лапин, Руза"
2 11:00 d1 call_out employee=anna amount=240
2 15:00 now
"#,
        keeps: r#"
2 10:00 d1 created stage=work employee=anna text="Остекление дачи — Лапин, Руза"
2 11:00 d1 call_out employee=anna amount=240
2 11:10 d1 note_added actor=anna text="Согласовали цену, ждёт счёт до пятницы"
2 15:00 now
"#,
    },
    build: Build::Deal(build),
};

fn build(entry: &Entry, _: &Names<'_>) -> Box<dyn DealRule> {
    Box::new(UnloggedCall {
        grace: entry.limit("grace"),
    })
}

struct UnloggedCall {
    grace: Limit,
}

impl DealRule for UnloggedCall {
    fn listens(&self) -> Signals {
        Signals::CONVERSATION | Signals::NOTE | Signals::TASK_COMPLETED
    }

    fn limit(&self) -> Limit {
        self.grace
    }

    fn judge(&self) -> Box<dyn DealJudge + '_> {
        Box::new(Judge {
            waiting: Vec::new(),
            written: Instant::MIN,
        })
    }
}

struct Judge {
    /// Conversations without a text yet, each with who talked.
    waiting: Vec<(Start, EmployeeId)>,
    /// When the last text that says something was written.
    written: Instant,
}

impl Judge {
    fn say(&mut self, cure: Option<(Instant, u32)>, out: &mut Stretches<'_>) {
        for (start, employee) in self.waiting.drain(..) {
            let holder = if employee.is_some() {
                Holder::Person(employee)
            } else {
                Holder::ResponsibleAtStart
            };
            out.push(start, cure, holder, Shape::Limited, Subject::Deal, 0);
        }
    }
}

impl DealJudge for Judge {
    fn step(&mut self, deal: &Deal<'_>, step: &Step, out: &mut Stretches<'_>) {
        if step.signals.any(Signals::CONVERSATION) {
            // A text of the same instant counts wherever it stands.
            if self.written != step.event.at {
                self.waiting.push((step.start(), step.event.employee));
            }
        } else if !deal.history.texts.is_junk(step.event.text, MIN_LETTERS) {
            self.written = step.event.at;
            self.say(step.cure(), out);
        }
    }

    fn end(&mut self, _: &Deal<'_>, out: &mut Stretches<'_>) {
        self.say(None, out);
        self.written = Instant::MIN;
    }
}
