//! `no-open-task`

use crate::judge::{Deal, Holder, Shape, Signals, Start, Step, Stretches, Subject};
use crate::regulation::{Entry, Names, Severity};
use crate::rules::declaration::{
    Both, Build, Declaration, Examples, Param, ParamKind, Texts, grace, limit,
};
use crate::rules::{DealJudge, DealRule};
use worktime::Limit;

/// The rule.
pub(in crate::rules) static RULE: Declaration = Declaration {
    code: "no-open-task",
    indicator: 4,
    severity: Severity::Gross,
    params: &[grace("15m")],
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
