//! Finds leads whose client was neither reached nor tried often enough.

use jiff::civil::Date;
use worktime::{Limit, Zone};

use crate::judge::{Deal, Signals, Start, Step, Stretches};
use crate::regulation::{Entry, Names, Severity};
use crate::rules::declaration::{
    Both, Build, Declaration, Examples, Param, ParamKind, Texts, limit,
};
use crate::rules::{DealJudge, DealRule};

/// The rule.
pub(in crate::rules) static RULE: Declaration = Declaration {
    code: "not-reached",
    indicator: 1,
    severity: Severity::Violation,
    params: &[
        limit(
            "1wd",
            Both {
                ru: "срок, за который клиента надо застать",
                en: "time within which the client must be reached",
            },
        ),
        Param {
            name: "attempts",
            kind: ParamKind::Count(3),
            help: Both {
                ru: "сколько попыток в разные половины дня тоже достаточно",
                en: "attempts in different halves of the day that will do as well",
            },
        },
    ],
    texts: Texts {
        title: Both {
            ru: "Клиента не застали",
            en: "Client not reached",
        },
        purpose: Both {
            ru: "Одна попытка — ещё не контакт: клиента важно застать, пока он ждёт. Отсчёт идёт \
                 с появления сделки на открытом этапе; достаточно разговора, сообщения от \
                 клиента, встречи или закрытия сделки, а если клиент не отвечает — заданного \
                 числа попыток в разные половины дня (граница — 13:00).",
            en: "One attempt is not contact yet: clients should be reached while they still \
                 expect it. The clock starts when a deal appears in an open stage; a \
                 conversation, a message from the client, a meeting or closing the deal will do, \
                 and where the client does not answer, so will a set number of attempts in \
                 different halves of the day (before and after 13:00).",
        },
        mend: Both {
            ru: "Попробуйте ещё раз в другую половину дня и другим способом: если не берут \
                 трубку, напишите. После каждого недозвона сразу ставьте задачу на следующую \
                 попытку.",
            en: "Try again in the other half of the day and by another way: write where nobody \
                 picks up. After every unanswered call set a task for the next attempt at once.",
        },
        message: Both {
            ru: "За { $limit } после появления сделки «{ $deal }» клиента не застали и не \
                 сделали достаточно попыток в разные половины дня.",
            en: "Within { $limit } after the deal “{ $deal }” appeared, the client was neither \
                 reached nor tried often enough at different times of day.",
        },
    },
    examples: Examples {
        settings: "",
        breaks: r#"
2 10:00 d1 created stage=new employee=anna text="Двери — Орлов, Клин"
2 10:10 d1 call_out employee=anna amount=0
2 10:35 d1 call_out employee=anna amount=0
3 12:00 now
"#,
        keeps: r#"
2 10:00 d1 created stage=new employee=anna text="Двери — Орлов, Клин"
2 10:10 d1 call_out employee=anna amount=0
2 15:20 d1 call_out employee=anna amount=95
3 12:00 now
"#,
    },
    build: Build::Deal(build),
};

/// The hour that parts a day into halves.
const NOON: i8 = 13;

fn build(entry: &Entry, names: &Names<'_>) -> Box<dyn DealRule> {
    let zone = names.zone.clone();
    Box::new(NotReached {
        limit: entry.limit("limit"),
        attempts: entry.count("attempts"),
        zone,
    })
}

struct NotReached {
    limit: Limit,
    attempts: u32,
    zone: Zone,
}

impl DealRule for NotReached {
    fn listens(&self) -> Signals {
        Signals::CREATED | Signals::ATTEMPT | Signals::REACHED | Signals::CLOSED
    }

    fn limit(&self) -> Limit {
        self.limit
    }

    fn judge(&self) -> Box<dyn DealJudge + '_> {
        Box::new(Judge {
            rule: self,
            waiting: None,
            halves: Vec::new(),
        })
    }
}

struct Judge<'r> {
    rule: &'r NotReached,
    waiting: Option<Start>,
    /// Half-days with an attempt, each once.
    halves: Vec<(Date, bool)>,
}

impl DealJudge for Judge<'_> {
    fn step(&mut self, deal: &Deal<'_>, step: &Step, out: &mut Stretches<'_>) {
        if step.signals.any(Signals::CREATED) {
            self.waiting = deal.is_open().then(|| step.start());
            self.halves.clear();
            return;
        }
        let Some(start) = self.waiting else { return };
        if step.signals.any(Signals::REACHED | Signals::CLOSED) || self.tried_enough(step) {
            self.waiting = None;
            out.owed(start, step.cure());
        }
    }

    fn end(&mut self, _: &Deal<'_>, out: &mut Stretches<'_>) {
        if let Some(start) = self.waiting.take() {
            out.owed(start, None);
        }
    }
}

impl Judge<'_> {
    fn tried_enough(&mut self, step: &Step) -> bool {
        let local = self.rule.zone.datetime(step.event.at);
        let half = (local.date(), local.hour() < NOON);
        if !self.halves.contains(&half) {
            self.halves.push(half);
        }
        self.halves.len() >= self.rule.attempts as usize
    }
}
