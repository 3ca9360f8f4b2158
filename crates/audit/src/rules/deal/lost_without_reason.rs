//! Finds lost deals without a reason that says something.

use history::{FieldId, Instant};
use worktime::Limit;

use super::{MIN_LETTERS, closer};
use crate::judge::{Deal, Holder, Shape, Signals, Start, Step, Stretches, Subject};
use crate::regulation::{Entry, Names, Severity};
use crate::rules::declaration::{
    Both, Build, Declaration, EXCEPT_REASONS, Examples, Param, ParamKind, Texts, grace,
};
use crate::rules::{DealJudge, DealRule};

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
        title: Both {
            ru: "Отказ без причины",
            en: "Loss without a reason",
        },
        purpose: Both {
            ru: "Причины отказов показывают, что менять в товаре, цене и разговоре. Отсчёт идёт \
                 с закрытия сделки в отказ, если с её последнего открытия не указана причина (а \
                 если регламент требует — и содержательный комментарий к ней); кончается он \
                 внятной причиной или уходом с этапов отказа.",
            en: "The reasons for losses show what to change in the product, the price and the \
                 conversation. The clock starts when a deal is lost and no reason has been given \
                 since it was last opened (with a comment that says something, where the \
                 regulation asks for one); it stops at a proper reason or when the deal leaves \
                 the lost stages.",
        },
        mend: Both {
            ru: "Укажите причину и одной фразой поясните, что сказал клиент. Спрашивайте о ней в \
                 последнем разговоре, пока клиент на связи.",
            en: "Give the reason, with a sentence on what the client said. Ask for it in the \
                 last conversation, while you still have the client on the line.",
        },
        message: Both {
            ru: "Причина отказа по сделке «{ $deal }» за { $limit } после закрытия ({ $since }) \
                 не указана или не пояснена.",
            en: "The deal “{ $deal }” was lost on { $since }, and within { $limit } the reason \
                 was not given or not explained.",
        },
    },
    examples: Examples {
        settings: "",
        breaks: r#"
2 10:00 d1 created stage=offer employee=anna text="Двери — Орлов, Клин"
4 12:00 d1 stage_changed stage=lost actor=anna
4 12:02 d1 loss_reason_set field="Дорого" text="-" actor=anna
4 15:00 now
"#,
        keeps: r#"
2 10:00 d1 created stage=offer employee=anna text="Двери — Орлов, Клин"
4 12:00 d1 stage_changed stage=lost actor=anna
4 12:02 d1 loss_reason_set field="Дорого" text="Нашёл такие же на 12 % дешевле" actor=anna
4 15:00 now
"#,
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
