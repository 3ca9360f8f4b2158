//! `first-response`

use super::OneClock;
use crate::judge::{Deal, Holder, Shape, Signals, Start, Step, Stretches, Subject};
use crate::regulation::{Entry, Names, Severity};
use crate::rules::declaration::{
    Both, Build, Declaration, Examples, Param, ParamKind, Texts, grace, limit,
};
use crate::rules::{DealJudge, DealRule};
use worktime::Limit;

/// The rule.
pub(in crate::rules) static RULE: Declaration = Declaration {
    code: "first-response",
    indicator: 1,
    severity: Severity::Violation,
    params: &[limit(
        "15m",
        Both {
            ru: "за сколько рабочего времени должна быть первая попытка связаться",
            en: "working time within which the first contact attempt must come",
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
    Box::new(OneClock {
        limit: entry.limit("limit"),
        starts: Signals::CREATED,
        cures: Signals::ATTEMPT | Signals::CLOSED,
    })
}
