//! `lost-without-attempts`

use super::closer;
use crate::judge::{Deal, Holder, Shape, Signals, Start, Step, Stretches, Subject};
use crate::regulation::{Entry, Names, Severity};
use crate::rules::declaration::{
    Both, Build, Declaration, EXCEPT_REASONS, Examples, Param, ParamKind, Texts,
};
use crate::rules::{DealJudge, DealRule};
use history::{FieldId, Instant, StageKind};

/// The rule.
pub(in crate::rules) static RULE: Declaration = Declaration {
    code: "lost-without-attempts",
    indicator: 9,
    severity: Severity::Violation,
    params: &[
        Param {
            name: "attempts",
            kind: ParamKind::Count(3),
            help: Both {
                ru: "сколько попыток связаться нужно до закрытия, если разговора не было",
                en: "contact attempts needed before closing where there was no conversation",
            },
        },
        EXCEPT_REASONS,
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
    build: Build::Deal(build),
};

fn build(entry: &Entry, names: &Names<'_>) -> Box<dyn DealRule> {
    let excepted = entry.words("except_reasons");
    Box::new(LostWithoutAttempts {
        attempts: entry.count("attempts"),
        excepted: excepted
            .iter()
            .map(|word| names.field(word))
            .filter(|id| id.is_some())
            .collect(),
    })
}

struct LostWithoutAttempts {
    attempts: u32,
    excepted: Vec<FieldId>,
}

impl DealRule for LostWithoutAttempts {
    fn listens(&self) -> Signals {
        Signals::LOST
    }

    fn excepts(&self, deal: &Deal<'_>, breach: Instant) -> bool {
        !self.excepted.is_empty()
            && deal
                .reasons
                .at(breach)
                .is_some_and(|reason| self.excepted.contains(&reason))
    }

    fn judge(&self) -> Box<dyn DealJudge + '_> {
        Box::new(Judge {
            attempts: self.attempts,
        })
    }
}

struct Judge {
    attempts: u32,
}

impl DealJudge for Judge {
    fn step(&mut self, deal: &Deal<'_>, step: &Step, out: &mut Stretches<'_>) {
        let from_open = step.kind_before == StageKind::Open;
        if from_open && !deal.conversation && deal.attempts < self.attempts {
            out.push(
                step.start(),
                None,
                closer(step),
                Shape::Momentary,
                Subject::Deal,
                deal.attempts,
            );
        }
    }

    fn end(&mut self, _: &Deal<'_>, _: &mut Stretches<'_>) {}
}
