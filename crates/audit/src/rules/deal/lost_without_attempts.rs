//! Finds deals given up after too few attempts to reach the client.

use history::{FieldId, Instant, StageKind};

use super::closer;
use crate::judge::{Deal, Shape, Signals, Step, Stretches, Subject};
use crate::regulation::{Entry, Names, Severity};
use crate::rules::declaration::{
    Both, Build, Declaration, EXCEPT_REASONS, Examples, Param, ParamKind, Texts,
};
use crate::rules::{DealJudge, DealRule};

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
        title: Both {
            ru: "Отказ без попыток связаться",
            en: "Loss without attempts",
        },
        purpose: Both {
            ru: "Недозвон — ещё не отказ: клиент мог быть занят. Правило смотрит на закрытие \
                 открытой сделки в отказ: с её последнего открытия должен быть хотя бы один \
                 разговор или заданное число попыток связаться.",
            en: "A call that nobody picked up is no refusal: the client may have been busy. The \
                 rule looks at open deals being lost: since the deal was last opened there must \
                 have been a conversation or a set number of contact attempts.",
        },
        mend: Both {
            ru: "Верните сделку в работу и попробуйте застать клиента в другое время или другим \
                 способом. Закрывайте в отказ после разговора или после всех попыток.",
            en: "Reopen the deal and try the client at another time or by another way. Give a \
                 deal up after a conversation, or after all the attempts.",
        },
        message: Both {
            ru: "Сделка «{ $deal }» закрыта в отказ без единого разговора и { $count ->
                [0] без попыток связаться
                [one] всего после { $count } попытки связаться
               *[other] всего после { $count } попыток связаться
            }.",
            en: "The deal “{ $deal }” was lost without a single conversation and { $count ->
                [0] without any contact attempt
                [one] after only { $count } contact attempt
               *[other] after only { $count } contact attempts
            }.",
        },
    },
    examples: Examples {
        settings: "",
        breaks: r#"
2 10:00 d1 created stage=new employee=anna text="Балкон — Седов, Мытищи"
2 10:10 d1 call_out employee=anna amount=0
2 10:15 d1 stage_changed stage=lost actor=anna
"#,
        keeps: r#"
2 10:00 d1 created stage=new employee=anna text="Балкон — Седов, Мытищи"
2 10:10 d1 call_out employee=anna amount=0
2 16:40 d1 call_out employee=anna amount=0
3 12:15 d1 message_out employee=anna text="Не дозвонились вам, удобно ли говорить?"
5 12:00 d1 stage_changed stage=lost actor=anna
"#,
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
