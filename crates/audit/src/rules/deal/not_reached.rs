//! `not-reached`

use crate::judge::{Deal, Holder, Shape, Signals, Start, Step, Stretches, Subject};
use crate::regulation::{Entry, Names, Severity};
use crate::rules::declaration::{
    Both, Build, Declaration, Examples, Param, ParamKind, Texts, grace, limit,
};
use crate::rules::{DealJudge, DealRule};
use jiff::civil::Date;
use worktime::{Limit, Zone};

/// The rule.
pub(in crate::rules) static RULE: Declaration = Declaration {
    code: "not-reached",
    indicator: 1,
    severity: Severity::Violation,
    params: &[
        limit(
            "1wd",
            Both {
                ru: "за сколько рабочего времени клиента надо застать",
                en: "working time within which the client must be reached",
            },
        ),
        Param {
            name: "attempts",
            kind: ParamKind::Count(3),
            help: Both {
                ru: "столько попыток в разные половины дня тоже достаточно",
                en: "so many attempts in different halves of days will do as well",
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
