//! `won-without-next`

use crate::regulation::{Entry, Names, Severity};
use crate::rules::declaration::{
    Both, Build, Declaration, EXCEPT_REASONS, Examples, Param, ParamKind, Texts, grace,
};

use crate::judge::{
    ClientFacts, Evidence, Filter, NextStep, Raise, Raised, Scene, Subject, WonStay,
};
use crate::rules::ClientRule;
use history::{DealId, Instant};
use rustc_hash::FxHashMap;
use worktime::Limit;

/// The rule.
pub(in crate::rules) static RULE: Declaration = Declaration {
    code: "won-without-next",
    indicator: 4,
    severity: Severity::Violation,
    params: &[grace("15m")],
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
    build: Build::Client(build),
};

fn build(entry: &Entry, _: &Names<'_>) -> Box<dyn ClientRule> {
    Box::new(WonWithoutNext {
        grace: entry.limit("grace"),
    })
}

struct WonWithoutNext {
    grace: Limit,
}

/// Which of a client's deals have a next step.
#[derive(Default)]
struct NextSteps {
    /// Open, and with an open task, by deal.
    deals: FxHashMap<DealId, (bool, bool)>,
    /// How many are both.
    ready: usize,
}

impl NextSteps {
    fn take(&mut self, step: &NextStep) {
        let now = (step.open, step.task);
        let before = self.deals.insert(step.event.deal, now).unwrap_or_default();
        self.ready += usize::from(now == (true, true));
        self.ready -= usize::from(before == (true, true));
    }

    /// A task is open on the won deal itself, or on another deal that is open.
    fn any_for(&self, won: DealId) -> bool {
        self.ready > 0 || self.deals.get(&won).is_some_and(|(_, task)| *task)
    }
}

impl ClientRule for WonWithoutNext {
    fn judge(
        &self,
        facts: &ClientFacts<'_>,
        filter: &Filter<'_>,
        scene: &Scene<'_>,
        out: &mut Raised<'_>,
    ) {
        let mut next = NextSteps::default();
        let mut won = facts.won.iter().peekable();
        let mut waiting: Vec<&WonStay> = Vec::new();
        for instant in facts.steps.chunk_by(|a, b| a.at == b.at) {
            let at = instant[0].at;
            for step in instant {
                next.take(step);
                if step.adds {
                    waiting.retain(|stay| {
                        let cures = step.open || step.event.deal == stay.event.deal;
                        if cures {
                            self.say(stay, Some(step), filter, scene, out);
                        }
                        !cures
                    });
                }
            }
            while let Some(stay) = won.next_if(|stay| stay.at == at) {
                // A task added later in this very instant is in time.
                let place = instant
                    .iter()
                    .position(|step| step.event == stay.event)
                    .unwrap_or(0);
                let added = instant[place..]
                    .iter()
                    .any(|step| step.adds && (step.open || step.event.deal == stay.event.deal));
                if !added && !next.any_for(stay.event.deal) {
                    waiting.push(stay);
                }
            }
        }
        for stay in waiting {
            self.say(stay, None, filter, scene, out);
        }
    }
}

impl WonWithoutNext {
    fn say(
        &self,
        stay: &WonStay,
        added: Option<&NextStep>,
        filter: &Filter<'_>,
        scene: &Scene<'_>,
        out: &mut Raised<'_>,
    ) {
        let cure: Option<(Instant, _)> = match (added.map(|step| (step.at, step.event)), stay.left)
        {
            (Some(added), Some(left)) => Some(if left.0 < added.0 { left } else { added }),
            (added, left) => added.or(left),
        };
        let deal = scene.deal(stay.event.deal);
        let responsible = |at| {
            deal.responsibles
                .at(at)
                .unwrap_or(history::EmployeeId::NONE)
        };
        let person = if stay.actor.is_some() {
            stay.actor
        } else {
            responsible(stay.at)
        };
        let Some(breach) = scene.time(person).breach(stay.at, self.grace) else {
            return;
        };
        if cure.is_some_and(|(at, _)| at <= breach) {
            return;
        }
        let stage = deal.stages.at(breach).unwrap_or(history::StageId::NONE);
        if !filter.stage(stage) {
            return;
        }
        let employee = if stay.actor.is_some() {
            stay.actor
        } else {
            responsible(breach)
        };
        let events = std::iter::once(stay.event).chain(cure.map(|(_, event)| event));
        out.push(Raise {
            deal: stay.event.deal,
            stage,
            amount: deal.prices.at(breach),
            until: cure.map(|(at, _)| at),
            evidence: events.map(Evidence::Event).collect(),
            ..Raise::against(employee, Subject::Deal, stay.at, breach)
        });
    }
}
