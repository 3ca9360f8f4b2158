//! `missed-call`

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
    code: "missed-call",
    indicator: 1,
    severity: Severity::Violation,
    params: &[limit(
        "15m",
        Both {
            ru: "за сколько рабочего времени надо перезвонить или написать",
            en: "working time within which to call or write back",
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
        starts: Signals::MISSED_CALL,
        cures: Signals::ATTEMPT | Signals::CLOSED,
    })
}
