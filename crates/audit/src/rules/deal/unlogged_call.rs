//! `unlogged-call`

use super::MIN_LETTERS;
use crate::judge::{Deal, Holder, Shape, Signals, Start, Step, Stretches, Subject};
use crate::regulation::{Entry, Names, Severity};
use crate::rules::declaration::{
    Both, Build, Declaration, Examples, Param, ParamKind, Texts, grace, limit,
};
use crate::rules::{DealJudge, DealRule};
use history::{EmployeeId, Instant};
use worktime::Limit;

/// The rule.
pub(in crate::rules) static RULE: Declaration = Declaration {
    code: "unlogged-call",
    indicator: 6,
    severity: Severity::Remark,
    params: &[grace("2h")],
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
