//! `lost-without-reason`

use super::{MIN_LETTERS, closer};
use crate::judge::{Deal, Holder, Shape, Signals, Start, Step, Stretches, Subject};
use crate::regulation::{Entry, Names, Severity};
use crate::rules::declaration::{
    Both, Build, Declaration, EXCEPT_REASONS, Examples, Param, ParamKind, Texts, grace,
};
use crate::rules::{DealJudge, DealRule};
use history::{FieldId, Instant};
use worktime::Limit;

/// The rule.
pub(in crate::rules) static RULE: Declaration = Declaration {
    code: "lost-without-reason",
    indicator: 9,
    severity: Severity::Violation,
    params: &[
        grace("15m"),
        Param {
            name: "comment",
            kind: ParamKind::Flag(true),
            help: Both {
                ru: "нужен ли к причине содержательный комментарий",
                en: "whether the reason needs a comment that says something",
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
    Box::new(LostWithoutReason {
        grace: entry.limit("grace"),
        comment: entry.flag("comment"),
        excepted: excepted
            .iter()
            .map(|word| names.field(word))
            .filter(|id| id.is_some())
            .collect(),
    })
}

struct LostWithoutReason {
    grace: Limit,
    comment: bool,
    excepted: Vec<FieldId>,
}

impl LostWithoutReason {
    fn explained(&self, deal: &Deal<'_>) -> bool {
        deal.reason.is_some_and(|(reason, comment)| {
            reason.is_some() && !(self.comment && deal.history.texts.is_junk(comment, MIN_LETTERS))
        })
    }
}

impl DealRule for LostWithoutReason {
    fn listens(&self) -> Signals {
        Signals::LOST | Signals::LEFT_LOST | Signals::REASON
    }

    fn limit(&self) -> Limit {
        self.grace
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
            rule: self,
            waiting: None,
        })
    }
}

struct Judge<'r> {
    rule: &'r LostWithoutReason,
    waiting: Option<(Start, Holder)>,
}

impl DealJudge for Judge<'_> {
    fn step(&mut self, deal: &Deal<'_>, step: &Step, out: &mut Stretches<'_>) {
        let explained = self.rule.explained(deal);
        if step.signals.any(Signals::LOST) {
            self.waiting = (deal.ever_open && !explained).then(|| (step.start(), closer(step)));
        } else if (explained || step.signals.any(Signals::LEFT_LOST))
            && let Some((start, holder)) = self.waiting.take()
        {
            out.push(start, step.cure(), holder, Shape::Limited, Subject::Deal, 0);
        }
    }

    fn end(&mut self, _: &Deal<'_>, out: &mut Stretches<'_>) {
        if let Some((start, holder)) = self.waiting.take() {
            out.push(start, None, holder, Shape::Limited, Subject::Deal, 0);
        }
    }
}
