//! What is gathered of a deal while its timeline is walked.

use audit::judge::{Deal, Signals, Step};
use history::{ChannelId, EmployeeId, FieldId, Instant, Kind, StageId, StageKind};

/// A closing as it happened.
pub(super) struct Closed {
    pub at: Instant,
    /// The stage that the deal left.
    pub from: StageId,
    /// The stage that it entered.
    pub to: StageId,
    pub lost: bool,
    /// The last reason since the deal was opened, or given while it was lost.
    pub reason: FieldId,
    /// When the deal was opened last; none: never.
    pub opened: Option<Instant>,
    /// Contact attempts since then.
    pub attempts: u32,
}

/// What happened to a deal.
pub(super) struct Past {
    pub source: ChannelId,
    /// When and in which open stage it was created.
    pub created: Option<(Instant, StageId)>,
    /// The first contact attempt.
    pub attempt: Option<Instant>,
    /// When the client was first reached.
    pub reached: Option<Instant>,
    /// The first closing out of an open stage.
    pub closed: Option<Instant>,
    pub closings: Vec<Closed>,
    /// Since when the client has been waiting for an answer.
    pub client_waits: Option<Instant>,
    /// Tasks that were taken away undone, by their place.
    pub dropped: Vec<usize>,
    opened: Option<Instant>,
}

impl Past {
    pub fn nothing() -> Past {
        Past {
            source: ChannelId::NONE,
            created: None,
            attempt: None,
            reached: None,
            closed: None,
            closings: Vec::new(),
            client_waits: None,
            dropped: Vec::new(),
            opened: None,
        }
    }

    pub fn see(&mut self, deal: &Deal<'_>, step: &Step) {
        let (at, signals) = (step.event.at, step.signals);
        if signals.any(Signals::CREATED) {
            self.source = step.event.channel;
            self.created = deal.is_open().then_some((at, deal.stage));
        }
        if signals.any(Signals::OPENED) {
            self.opened = Some(at);
        }
        if signals.any(Signals::ATTEMPT) {
            self.attempt.get_or_insert(at);
            self.client_waits = None;
        }
        if signals.any(Signals::MESSAGE_IN | Signals::MISSED_CALL) {
            self.client_waits.get_or_insert(at);
        }
        if signals.any(Signals::REACHED) {
            self.reached.get_or_insert(at);
        }
        if signals.any(Signals::CLOSED) {
            self.closed.get_or_insert(at);
        }
        if signals.any(Signals::CLOSING) {
            self.close(deal, step);
        }
        if step.event.kind == Kind::LossReasonSet && deal.kind == StageKind::Lost {
            // It is often given after the move.
            let last = self.closings.last_mut().filter(|last| last.lost);
            if let Some(last) = last {
                last.reason = step.event.field();
            }
        }
        if signals.any(Signals::TASK_REMOVED) {
            self.dropped.push(step.task);
        }
    }

    fn close(&mut self, deal: &Deal<'_>, step: &Step) {
        self.closings.push(Closed {
            at: step.event.at,
            from: step.stage_before,
            to: deal.stage,
            lost: deal.kind == StageKind::Lost,
            reason: deal.reason.map_or(FieldId::NONE, |(reason, _)| reason),
            opened: self.opened,
            attempts: deal.attempts,
        });
    }

    /// Whether a task was taken away undone.
    pub fn is_dropped(&self, task: usize) -> bool {
        self.dropped.contains(&task)
    }
}

/// Who answered after all events of an instant.
pub(super) fn answered_for(deal: &Deal<'_>, at: Instant) -> EmployeeId {
    deal.responsibles.at(at).unwrap_or(EmployeeId::NONE)
}
