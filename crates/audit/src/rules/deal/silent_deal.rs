//! `silent-deal`

use crate::judge::{Deal, Holder, Shape, Signals, Start, Step, Stretches, Subject};
use crate::regulation::{Entry, Names, Severity};
use crate::rules::declaration::{
    Both, Build, Declaration, Examples, Param, ParamKind, Texts, grace, limit,
};
use crate::rules::{DealJudge, DealRule};
use worktime::Limit;

/// The rule.
pub(in crate::rules) static RULE: Declaration = Declaration {
    code: "silent-deal",
    indicator: 6,
    severity: Severity::Remark,
    params: &[limit(
        "5wd",
        Both {
            ru: "сколько сделка может жить без единого контакта",
            en: "how long a deal may go without any contact",
        },
    )],
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
    Box::new(SilentDeal {
        limit: entry.limit("limit"),
    })
}

struct SilentDeal {
    limit: Limit,
}

impl DealRule for SilentDeal {
    fn listens(&self) -> Signals {
        Signals::OPENED | Signals::CONTACT | Signals::CLOSED
    }

    fn limit(&self) -> Limit {
        self.limit
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
        if let Some(start) = self.waiting.take() {
            out.owed(start, step.cure());
        }
        if deal.is_open() {
            self.waiting = Some(step.start());
        }
    }

    fn end(&mut self, _: &Deal<'_>, out: &mut Stretches<'_>) {
        if let Some(start) = self.waiting.take() {
            out.owed(start, None);
        }
    }
}
