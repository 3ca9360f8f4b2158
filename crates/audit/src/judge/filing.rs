//! How facts come about: a deal is walked, and each step filed.

use history::{ChannelId, DealId, EmployeeId, FieldId, Instant, StageId, StageKind};

use super::facts::{
    Action, Change, Closing, Completion, Crowding, NextStep, Rank, Standing, TaskChange, Tenure,
    Waiting, WonStay,
};
use super::lists::{Facts, Wanted};
use super::{Deal, EventRef, Signals, Step};

/// Files the facts of deals, one deal after the other.
pub(super) struct Filing {
    wanted: Wanted,
    pub facts: Facts,
    held: Option<(EmployeeId, StageId)>,
    waits: bool,
    waited: Option<(EmployeeId, StageId)>,
    /// When the deal was created, and where it came from.
    asked: (Instant, ChannelId),
    /// The stage in which the open deal stands, and its price.
    stands: Option<(StageId, Option<i64>)>,
    /// What is counted of each task, by its place: whose, due when, in which stage.
    counted: Vec<Option<(EmployeeId, Instant, StageId)>>,
    tenure: Option<(EmployeeId, Instant)>,
    first_closing: usize,
    first_waiting: usize,
    won: Option<WonStay>,
    has_won: bool,
    first_step: usize,
}

const MIN_LETTERS: u32 = 5;

impl Filing {
    /// What is filed is added to `facts`.
    pub fn new(wanted: Wanted, facts: Facts) -> Filing {
        Filing {
            wanted,
            facts,
            held: None,
            waits: false,
            waited: None,
            asked: (0, ChannelId::NONE),
            stands: None,
            counted: Vec::new(),
            tenure: None,
            first_closing: 0,
            first_waiting: 0,
            won: None,
            has_won: false,
            first_step: 0,
        }
    }

    pub fn step(
        &mut self,
        deal: &Deal<'_>,
        step: &Step,
        rank: Rank,
        robot: impl Fn(StageId) -> bool,
    ) {
        let at = step.event.at;
        let event = EventRef {
            deal: deal.id,
            index: step.index,
        };
        if self.wanted.actions && !is_beginning(step) {
            self.action(deal, step);
        }
        if self.wanted.completions && step.signals.any(Signals::TASK_COMPLETED) {
            self.completion(deal, step, rank);
        }
        if self.wanted.closings && step.signals.any(Signals::CLOSING) {
            self.facts.closings.push(Closing {
                at,
                rank,
                actor: step.event.actor,
                responsible: EmployeeId::NONE,
                event,
                from: step.stage_before,
                stage: deal.stage,
                lost: deal.kind == StageKind::Lost,
                reason: FieldId::NONE,
            });
        }
        if self.wanted.clients {
            self.next_step(deal, step, rank);
        }
        let moved = Signals::ENTERED | Signals::RESPONSIBLE | Signals::REMOVED;
        if self.wanted.tasks {
            self.tasks(deal, step, event);
        }
        if self.wanted.crowds {
            self.crowd(deal, step, event);
        }
        if step.signals.any(moved | Signals::ATTEMPT) {
            self.holding(deal, step, event, robot);
        }
    }

    fn action(&mut self, deal: &Deal<'_>, step: &Step) {
        let event = &step.event;
        let attempt = step.signals.any(Signals::ATTEMPT);
        let employee = if event.actor.is_none() && attempt {
            event.employee
        } else {
            event.actor
        };
        if employee.is_some() {
            self.facts.actions.push(Action {
                at: event.at,
                employee,
                stage: deal.stage,
            });
        }
    }

    fn completion(&mut self, deal: &Deal<'_>, step: &Step, rank: Rank) {
        let event = &step.event;
        if event.actor.is_some() && !deal.history.texts.is_junk(event.text, MIN_LETTERS) {
            self.facts.completions.push(Completion {
                at: event.at,
                rank,
                employee: event.actor,
                event: EventRef {
                    deal: deal.id,
                    index: step.index,
                },
                text: event.text,
                stage: deal.stage,
            });
        }
    }

    fn holding(
        &mut self,
        deal: &Deal<'_>,
        step: &Step,
        event: EventRef,
        robot: impl Fn(StageId) -> bool,
    ) {
        let at = step.event.at;
        let open = deal.is_open() && deal.removed.is_none();
        let holds = (open && deal.responsible.is_some()).then_some((deal.responsible, deal.stage));
        if self.wanted.holdings {
            let holdings = &mut self.facts.holdings;
            record(&mut self.held, holds, at, event, |change| {
                holdings.push(change)
            });
        }
        if self.wanted.waiting {
            self.waiting(step, open, holds, event);
        }
        if self.wanted.tenures {
            let tenure = holds
                .filter(|(_, stage)| !robot(*stage))
                .map(|(employee, _)| employee);
            if tenure != self.tenure.map(|(employee, _)| employee) {
                self.end_tenure(deal.id, at);
                self.tenure = tenure.map(|employee| (employee, at));
            }
        }
    }

    fn waiting(
        &mut self,
        step: &Step,
        open: bool,
        holds: Option<(EmployeeId, StageId)>,
        event: EventRef,
    ) {
        let attempt = step.signals.any(Signals::ATTEMPT);
        if step.signals.any(Signals::CREATED) {
            self.waits = open;
            self.asked = (step.event.at, step.event.channel);
        }
        self.waits &= open && !attempt;
        let (since, channel) = self.asked;
        let (waiting, waits) = (&mut self.facts.waiting, holds.filter(|_| self.waits));
        record(&mut self.waited, waits, step.event.at, event, |change| {
            waiting.push(Waiting {
                change,
                since,
                channel,
                // Told at the end of the deal, when all events of the instant are known.
                answered: (attempt && change.by < 0).then_some(Standing {
                    stage: StageId::NONE,
                    price: None,
                }),
            });
        });
    }

    fn crowd(&mut self, deal: &Deal<'_>, step: &Step, event: EventRef) {
        let counted = Signals::ENTERED | Signals::REMOVED | Signals::PRICE;
        if !step.signals.any(counted) {
            return;
        }
        let at = step.event.at;
        let open = deal.is_open() && deal.removed.is_none();
        let stands = open.then(|| (deal.stage, deal.prices.at(at).flatten()));
        if self.stands == stands {
            return;
        }
        for (stood, by) in [
            (std::mem::replace(&mut self.stands, stands), -1),
            (stands, 1),
        ] {
            self.facts
                .crowds
                .extend(stood.map(|(stage, price)| Crowding {
                    at,
                    stage,
                    by,
                    price,
                    event,
                }));
        }
    }

    fn end_tenure(&mut self, deal: DealId, to: Instant) {
        if let Some((employee, from)) = self.tenure.take()
            && from < to
        {
            self.facts.tenures.push(Tenure {
                employee,
                deal,
                from,
                to,
            });
        }
    }

    fn tasks(&mut self, deal: &Deal<'_>, step: &Step, event: EventRef) {
        if step.task != usize::MAX {
            self.count_task(deal, step.task, step.event.at, event);
        } else if step.signals.any(Signals::ENTERED | Signals::REMOVED) {
            for place in 0..deal.tasks.len() {
                self.count_task(deal, place, step.event.at, event);
            }
        }
    }

    fn count_task(&mut self, deal: &Deal<'_>, place: usize, at: Instant, event: EventRef) {
        let task = &deal.tasks[place];
        let counts =
            task.open && task.employee.is_some() && deal.is_open() && deal.removed.is_none();
        let now = counts.then_some((task.employee, task.due, deal.stage));
        if self.counted.len() <= place {
            self.counted.resize(place + 1, None);
        }
        let before = std::mem::replace(&mut self.counted[place], now);
        if before == now {
            return;
        }
        for (counted, by) in [(before, -1), (now, 1)] {
            if let Some((employee, due, stage)) = counted {
                let change = Change {
                    at,
                    employee,
                    stage,
                    by,
                    event,
                };
                self.facts.tasks.push(TaskChange { change, due });
            }
        }
    }

    fn next_step(&mut self, deal: &Deal<'_>, step: &Step, rank: Rank) {
        let task_events = Signals::TASK_ADDED | Signals::TASK_COMPLETED | Signals::TASK_REMOVED;
        if !step
            .signals
            .any(task_events | Signals::ENTERED | Signals::REMOVED)
        {
            return;
        }
        let (at, event) = (
            step.event.at,
            EventRef {
                deal: deal.id,
                index: step.index,
            },
        );
        if step.signals.any(Signals::WON) && deal.ever_open {
            let actor = step.event.actor;
            self.won = Some(WonStay {
                client: deal.client,
                event,
                at,
                actor,
                left: None,
            });
            self.has_won = true;
        } else if (deal.kind != StageKind::Won || deal.removed.is_some())
            && let Some(stay) = self.won.take()
        {
            self.facts.won.push(WonStay {
                left: Some((at, event)),
                ..stay
            });
        }
        let here = deal.removed.is_none();
        self.facts.steps.push(NextStep {
            client: deal.client,
            at,
            rank,
            event,
            open: here && deal.is_open(),
            task: here && deal.open_tasks > 0,
            adds: step.signals.any(Signals::TASK_ADDED),
        });
    }

    /// The deal's timeline is over.
    pub fn end(&mut self, deal: &Deal<'_>) {
        for closing in &mut self.facts.closings[self.first_closing..] {
            closing.responsible = deal.responsibles.at(closing.at).unwrap_or(EmployeeId::NONE);
            closing.reason = deal.reasons.at(closing.at).unwrap_or(FieldId::NONE);
        }
        for waiting in &mut self.facts.waiting[self.first_waiting..] {
            if let Some(answered) = &mut waiting.answered {
                let at = waiting.change.at;
                answered.stage = deal.stages.at(at).unwrap_or(StageId::NONE);
                answered.price = deal.prices.at(at).flatten();
            }
        }
        self.end_tenure(deal.id, Instant::MAX);
        if let Some(stay) = self.won.take() {
            self.facts.won.push(stay);
        }
        if deal.client.is_none() && !self.has_won {
            // A deal without a client matters to nobody's next step but its own.
            self.facts.steps.truncate(self.first_step);
        }
        self.first_closing = self.facts.closings.len();
        self.first_waiting = self.facts.waiting.len();
        self.first_step = self.facts.steps.len();
        self.held = None;
        self.waits = false;
        self.waited = None;
        self.stands = None;
        self.counted.clear();
        self.has_won = false;
    }
}

/// Whether the step is only the beginning of a deal without `created`, and no event yet.
fn is_beginning(step: &Step) -> bool {
    step.signals.any(Signals::BEGUN) && !step.signals.any(Signals::CREATED)
}

fn record(
    before: &mut Option<(EmployeeId, StageId)>,
    now: Option<(EmployeeId, StageId)>,
    at: Instant,
    event: EventRef,
    mut file: impl FnMut(Change),
) {
    if *before == now {
        return;
    }
    for (held, by) in [(std::mem::replace(before, now), -1), (now, 1)] {
        if let Some((employee, stage)) = held {
            file(Change {
                at,
                employee,
                stage,
                by,
                event,
            });
        }
    }
}
