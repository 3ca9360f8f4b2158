//! Facts that the walk over deals files under employees, groups and clients.

use history::{
    ChannelId, ClientId, DealId, EmployeeId, FieldId, Instant, StageId, StageKind, TextId,
};
use rustc_hash::FxHashSet;

use super::lists::{Facts, Wanted};
use super::{Deal, EventRef, Signals, Step};

/// Somebody did something in the CRM.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Action {
    /// When.
    pub at: Instant,
    /// Who.
    pub employee: EmployeeId,
    /// The deal's stage after it; none where it has no deal, or an unknown stage.
    pub stage: StageId,
}

/// A place among events of equal instants, of all deals.
pub type Rank = (i64, u32);

/// A task was completed with a result that says something.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Completion {
    /// When.
    pub at: Instant,
    /// Its place among equal instants.
    pub rank: Rank,
    /// By whom.
    pub employee: EmployeeId,
    /// The event.
    pub event: EventRef,
    /// The result.
    pub text: TextId,
    /// The deal's stage after it.
    pub stage: StageId,
}

/// A deal was won or lost, or went from one to the other.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Closing {
    /// When.
    pub at: Instant,
    /// Its place among equal instants.
    pub rank: Rank,
    /// Who did it.
    pub actor: EmployeeId,
    /// Who was responsible after all events of that instant.
    pub responsible: EmployeeId,
    /// The event.
    pub event: EventRef,
    /// The stage that it left.
    pub from: StageId,
    /// The stage that it entered.
    pub stage: StageId,
    /// Whether it is a loss.
    pub lost: bool,
    /// The reason after all events of that instant; none: no reason.
    pub reason: FieldId,
}

/// An open deal came to somebody (`+1`) or went (`-1`), in a stage.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Change {
    /// When.
    pub at: Instant,
    /// Whose.
    pub employee: EmployeeId,
    /// The stage.
    pub stage: StageId,
    /// `+1` or `-1`.
    pub by: i32,
    /// The event.
    pub event: EventRef,
}

/// A deal began to wait for the first contact attempt (`+1`) or waits no more (`-1`).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Waiting {
    /// The change.
    pub change: Change,
    /// When the deal was created.
    pub since: Instant,
    /// Where it came from.
    pub channel: ChannelId,
    /// It waits no more because of a contact attempt.
    pub answered: bool,
}

/// An open deal came to a stage (`+1`), went (`-1`), or changed its price.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Crowding {
    /// When.
    pub at: Instant,
    /// The stage.
    pub stage: StageId,
    /// `+1` or `-1`; a change of price is both, one after the other.
    pub by: i32,
    /// The deal's price, in hundredths; none: it is empty.
    pub price: Option<i64>,
    /// The event.
    pub event: EventRef,
}

/// The deals of one stage over time.
pub struct StageFacts<'a> {
    /// The stage.
    pub stage: StageId,
    /// What came and went, in order of time.
    pub changes: &'a [Crowding],
}

/// An open task on an open deal came to somebody's day, or went.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TaskChange {
    /// The change.
    pub change: Change,
    /// When the task is due.
    pub due: Instant,
}

/// A deal was open and in somebody's responsibility.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Tenure {
    /// Whose.
    pub employee: EmployeeId,
    /// The deal.
    pub deal: DealId,
    /// From when.
    pub from: Instant,
    /// Until when; `Instant::MAX`: still.
    pub to: Instant,
}

/// A stay of a deal in the won stages.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct WonStay {
    /// The client; none: the deal stands for itself.
    pub client: ClientId,
    /// The event that began it.
    pub event: EventRef,
    /// When it began.
    pub at: Instant,
    /// Who closed the deal.
    pub actor: EmployeeId,
    /// When, and by which event, it ended; none: it lasts.
    pub left: Option<(Instant, EventRef)>,
}

/// A change of what a client's next step could be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NextStep {
    /// The client; none: the deal stands for itself.
    pub client: ClientId,
    /// When.
    pub at: Instant,
    /// Its place among equal instants.
    pub rank: Rank,
    /// The event.
    pub event: EventRef,
    /// Whether the deal is open after it.
    pub open: bool,
    /// Whether an open task stands on the deal after it.
    pub task: bool,
    /// Whether the event adds a task.
    pub adds: bool,
}

/// All deals of one client.
pub struct ClientFacts<'a> {
    /// Stays in won stages.
    pub won: &'a [WonStay],
    /// What happened to tasks and stages, in order.
    pub steps: &'a [NextStep],
}

/// One employee's work, each list in order of time.
#[derive(Clone, Copy)]
pub struct WorkFacts<'a> {
    /// Whose.
    pub employee: EmployeeId,
    /// What was done.
    pub actions: &'a [Action],
    /// Task results.
    pub completions: &'a [Completion],
    /// Closings made by this person.
    pub closings: &'a [Closing],
    /// Open deals held.
    pub holdings: &'a [Change],
    /// Deals that wait for the first contact attempt.
    pub waiting: &'a [Waiting],
    /// Open tasks.
    pub tasks: &'a [TaskChange],
}

impl WorkFacts<'_> {
    /// Nothing, of an employee.
    pub(super) fn of(employee: EmployeeId) -> Self {
        WorkFacts {
            employee,
            actions: &[],
            completions: &[],
            closings: &[],
            holdings: &[],
            waiting: &[],
            tasks: &[],
        }
    }
}

/// The closings of one group in one calendar month, in order of time.
pub struct GroupFacts<'a> {
    /// The month, as months since 1970-01.
    pub month: i32,
    /// Its first instant.
    pub start: Instant,
    /// Closings of members.
    pub closings: &'a [Closing],
}

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
    won: Option<WonStay>,
    has_won: bool,
    first_step: usize,
}

const MIN_LETTERS: u32 = 5;

impl Filing {
    pub fn new(wanted: Wanted) -> Filing {
        Filing {
            wanted,
            facts: Facts::default(),
            held: None,
            waits: false,
            waited: None,
            asked: (0, ChannelId::NONE),
            stands: None,
            counted: Vec::new(),
            tenure: None,
            first_closing: 0,
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
                answered: attempt && change.by < 0,
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
        self.end_tenure(deal.id, Instant::MAX);
        if let Some(stay) = self.won.take() {
            self.facts.won.push(stay);
        }
        if deal.client.is_none() && !self.has_won {
            // A deal without a client matters to nobody's next step but its own.
            self.facts.steps.truncate(self.first_step);
        }
        self.first_closing = self.facts.closings.len();
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

/// Deals in work: distinct deals that were open and in each person's responsibility in a period.
pub fn deals_in_work(
    tenures: &[Tenure],
    period: (Instant, Instant),
) -> impl Iterator<Item = &Tenure> {
    let (from, to) = period;
    let mut seen = FxHashSet::default();
    tenures
        .iter()
        .filter(move |tenure| tenure.from.max(from) < tenure.to.min(to))
        .filter(move |tenure| seen.insert((tenure.employee, tenure.deal)))
}
