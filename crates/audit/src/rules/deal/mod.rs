//! Rules over one deal's timeline.

pub(super) mod absent_responsible;
pub(super) mod custom;
pub(super) mod deal_lifetime;
pub(super) mod deal_title;
pub(super) mod far_task;
pub(super) mod first_response;
pub(super) mod handover_without_note;
pub(super) mod junk_task_result;
pub(super) mod lost_without_attempts;
pub(super) mod lost_without_reason;
pub(super) mod missed_call;
pub(super) mod no_open_task;
pub(super) mod no_responsible;
pub(super) mod not_reached;
pub(super) mod overdue_task;
pub(super) mod postponed_task;
pub(super) mod required_field;
pub(super) mod silent_deal;
pub(super) mod stage_order;
pub(super) mod stage_task;
pub(super) mod stuck_in_stage;
pub(super) mod unanswered_message;
pub(super) mod unlogged_call;

use worktime::Limit;

use super::{DealJudge, DealRule};
use crate::judge::{Deal, Holder, Signals, Start, Step, Stretches};

/// Letters that a text needs unless a rule says otherwise.
const MIN_LETTERS: u32 = 5;

/// A rule with one clock a deal: some signals start it while the deal is open, others stop it.
struct OneClock {
    limit: Limit,
    starts: Signals,
    cures: Signals,
}

impl DealRule for OneClock {
    fn listens(&self) -> Signals {
        self.starts | self.cures
    }

    fn limit(&self) -> Limit {
        self.limit
    }

    fn judge(&self) -> Box<dyn DealJudge + '_> {
        Box::new(OneClockJudge {
            rule: self,
            waiting: None,
        })
    }
}

struct OneClockJudge<'r> {
    rule: &'r OneClock,
    waiting: Option<Start>,
}

impl DealJudge for OneClockJudge<'_> {
    fn step(&mut self, deal: &Deal<'_>, step: &Step, out: &mut Stretches<'_>) {
        if step.signals.any(self.rule.cures)
            && let Some(start) = self.waiting.take()
        {
            out.owed(start, step.cure());
        }
        if step.signals.any(self.rule.starts) && deal.is_open() && self.waiting.is_none() {
            self.waiting = Some(step.start());
        }
    }

    fn end(&mut self, _: &Deal<'_>, out: &mut Stretches<'_>) {
        if let Some(start) = self.waiting.take() {
            out.owed(start, None);
        }
    }
}

/// Who closed the deal: the actor, else whoever is responsible.
fn closer(step: &Step) -> Holder {
    if step.event.actor.is_some() {
        Holder::Person(step.event.actor)
    } else {
        Holder::Responsible
    }
}

/// Who did it with a task: the actor, else the task's responsible.
fn task_doer(deal: &Deal<'_>, step: &Step) -> Holder {
    let actor = step.event.actor;
    Holder::Person(if actor.is_some() {
        actor
    } else {
        deal.tasks[step.task].employee
    })
}
