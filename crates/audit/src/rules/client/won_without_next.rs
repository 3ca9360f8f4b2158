//! Finds sales after which no next step with the client is planned.

use history::{DealId, Instant};
use rustc_hash::FxHashMap;
use worktime::Limit;

use crate::judge::{
    ClientFacts, Evidence, Filter, NextStep, Raise, Raised, Scene, Subject, WonStay,
};
use crate::regulation::{Entry, Names, Severity};
use crate::rules::ClientRule;
use crate::rules::declaration::{Both, Build, Declaration, Examples, Texts, grace};

/// The rule.
pub(in crate::rules) static RULE: Declaration = Declaration {
    code: "won-without-next",
    indicator: 4,
    severity: Severity::Violation,
    params: &[grace("15m")],
    texts: Texts {
        title: Both {
            ru: "После продажи нет следующего шага",
            en: "No next step after a sale",
        },
        purpose: Both {
            ru: "Кто уже купил, купит снова, если с ним продолжают говорить. Отсчёт идёт с \
                 перехода сделки на выигранный этап, если ни на ней, ни на другой открытой сделке \
                 этого клиента нет открытой задачи; кончается он постановкой такой задачи или \
                 возвратом сделки в работу.",
            en: "Those who have bought will buy again if somebody keeps talking to them. The \
                 clock starts when a deal enters a won stage while neither it nor another open \
                 deal of the same client has an open task; it stops when such a task is set or \
                 the deal is reopened.",
        },
        mend: Both {
            ru: "Поставьте задачу: узнать, всё ли хорошо, попросить отзыв, предложить \
                 обслуживание. Делайте это вместе с закрытием сделки.",
            en: "Set a task: ask whether all is well, ask for a review, offer maintenance. Do it \
                 together with closing the deal.",
        },
        message: Both {
            ru: "Сделка «{ $deal }» выиграна ({ $since }), а задачу на следующий шаг с клиентом \
                 за { $limit } не поставили.",
            en: "The deal “{ $deal }” was won on { $since }, and no task for a next step with \
                 the client was set within { $limit }.",
        },
    },
    examples: Examples {
        settings: "",
        breaks: r#"
2 10:00 d1 created stage=offer employee=anna client=c1 text="Окна — Иванова, Тверь"
4 12:00 d1 stage_changed stage=won actor=anna
4 15:00 now
"#,
        keeps: r#"
2 10:00 d1 created stage=offer employee=anna client=c1 text="Окна — Иванова, Тверь"
4 12:00 d1 stage_changed stage=won actor=anna
4 12:05 d1 task_added task=t1 employee=anna due="20 12:00" text="Спросить, как стоят окна"
4 15:00 now
"#,
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
        let responsible = |at| {
            let deal = scene.deal(stay.event.deal, scene.now);
            let responsible = deal.responsibles.at(at);
            responsible.unwrap_or(history::EmployeeId::NONE)
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
        let deal = scene.deal(stay.event.deal, scene.now);
        let stage = deal.stages.at(breach).unwrap_or(history::StageId::NONE);
        if !filter.stage(stage) {
            return;
        }
        let employee = if stay.actor.is_some() {
            stay.actor
        } else {
            let responsible = deal.responsibles.at(breach);
            responsible.unwrap_or(history::EmployeeId::NONE)
        };
        let events = std::iter::once(stay.event).chain(cure.map(|(_, event)| event));
        out.push(Raise {
            deal: stay.event.deal,
            stage,
            amount: deal.prices.at(breach).flatten(),
            until: cure.map(|(at, _)| at),
            evidence: events.map(Evidence::Event).collect(),
            ..Raise::against(employee, Subject::Deal, stay.at, breach)
        });
    }
}
