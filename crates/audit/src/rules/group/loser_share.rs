//! `loser-share`

use super::{Hit, PARAMS, Share};
use crate::regulation::{Entry, Names, Severity};
use crate::rules::GroupRule;
use crate::rules::declaration::{Both, Build, Declaration, Examples, Param, ParamKind, Texts};

/// The rule.
pub(in crate::rules) static RULE: Declaration = Declaration {
    code: "loser-share",
    indicator: 9,
    severity: Severity::Violation,
    params: &[PARAMS[0], PARAMS[1], PARAMS[2]],
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
    build: Build::Group(build),
};

fn build(entry: &Entry, names: &Names<'_>) -> Box<dyn GroupRule> {
    Share::new(Hit::Lost, entry, names)
}
