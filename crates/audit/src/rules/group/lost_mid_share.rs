//! `lost-mid-share`

use super::{Hit, PARAMS, Share};
use crate::regulation::{Entry, Names, Severity};
use crate::rules::GroupRule;
use crate::rules::declaration::{Both, Build, Declaration, Examples, Param, ParamKind, Texts};

/// The rule.
pub(in crate::rules) static RULE: Declaration = Declaration {
    code: "lost-mid-share",
    indicator: 9,
    severity: Severity::Violation,
    params: &[
        PARAMS[0],
        PARAMS[1],
        PARAMS[2],
        Param {
            name: "stages_mid",
            kind: ParamKind::Stages,
            help: Both {
                ru: "этапы середины воронки, с которых закрывать сделку подозрительно",
                en: "stages in the middle of the pipeline from which losing a deal is suspicious",
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
    let stages = entry.words("stages_mid");
    let known = stages
        .iter()
        .map(|word| names.stage(word))
        .filter(|stage| stage.is_some());
    Share::new(Hit::LostFrom(known.collect()), entry, names)
}
