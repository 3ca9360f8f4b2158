//! `lost-reason-share`

use super::{Hit, PARAMS, Share};
use crate::regulation::{Entry, Names, Severity};
use crate::rules::GroupRule;
use crate::rules::declaration::{Both, Build, Declaration, Examples, Param, ParamKind, Texts};

/// The rule.
pub(in crate::rules) static RULE: Declaration = Declaration {
    code: "lost-reason-share",
    indicator: 9,
    severity: Severity::Violation,
    params: &[
        PARAMS[0],
        PARAMS[1],
        PARAMS[2],
        Param {
            name: "reasons",
            kind: ParamKind::Reasons,
            help: Both {
                ru: "причины, доля которых сравнивается",
                en: "the reasons whose share is compared",
            },
        },
    ],
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
    let reasons = entry.words("reasons");
    let known = reasons
        .iter()
        .map(|word| names.field(word))
        .filter(|reason| reason.is_some());
    Share::new(Hit::LostFor(known.collect()), entry, names)
}
