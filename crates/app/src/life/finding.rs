//! Where a finding stands: a function of its facts and of what people decided, and of nothing else.

use audit::regulation::Severity;
use history::Instant;

use super::decision::{Cause, Decision, Move, MoveKind, Outcome};
use super::dispute::Term;
use super::refused::{Refused, Why};

/// What judging says of a finding, by the ids of the CRM; empty: none.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Facts<'a> {
    /// The name of its rule; the kind, where it was made by hand.
    pub rule: &'a str,
    /// The deal.
    pub deal: &'a str,
    /// Whom it is held against.
    pub employee: &'a str,
    /// The stage at the breach.
    pub stage: &'a str,
    /// How grave it is by its rule.
    pub severity: Severity,
    /// The breach.
    pub at: Instant,
    /// When the facts cured it.
    pub until: Option<Instant>,
    /// Whether the facts no longer give it.
    pub withdrawn: bool,
    /// The person who made it by hand.
    pub maker: &'a str,
    /// Whether it was made by hand.
    pub by_hand: bool,
    /// Whether it was made by hand and has not been passed on.
    pub held: bool,
}

/// Somebody who wants to make a move.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Who<'a> {
    /// The person.
    pub person: &'a str,
    /// The employee of the CRM that the person is; empty: none.
    pub employee: &'a str,
}

/// A dispute.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Dispute {
    /// Who began it.
    pub by: String,
    /// When.
    pub at: Instant,
    /// How it ended, who judged it, and when.
    pub verdict: Option<(Outcome, String, Instant)>,
}

/// What people's decisions come to.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Life {
    /// When the person first saw it, in any channel.
    pub told: Option<Instant>,
    /// Since when it is acknowledged, and the cause last given.
    pub acknowledged: Option<(Instant, Cause)>,
    /// When it was marked as cured.
    pub marked: Option<Instant>,
    /// The dispute since the last reopening.
    pub dispute: Option<Dispute>,
    /// When it was last reopened.
    pub reopened: Option<Instant>,
    /// What it was before the last decision, which can be taken back.
    before: Option<Box<Life>>,
}

/// The one word for where a finding stands.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum State {
    /// Nobody has told the person.
    New,
    /// The person has seen it.
    Told,
    /// The person agrees.
    Acknowledged,
    /// A dispute waits for its judge.
    Disputed,
    /// The judge let it stand.
    Upheld,
    /// The judge let it stand one severity lower.
    Partly,
    /// The judge dismissed it.
    Dismissed,
    /// It was mended.
    Cured,
    /// The facts no longer give it.
    Withdrawn,
}

impl State {
    /// Every state.
    pub const ALL: &'static [State] = &[
        State::New,
        State::Told,
        State::Acknowledged,
        State::Disputed,
        State::Upheld,
        State::Partly,
        State::Dismissed,
        State::Cured,
        State::Withdrawn,
    ];

    /// The word for it.
    pub fn as_str(self) -> &'static str {
        match self {
            State::New => "new",
            State::Told => "told",
            State::Acknowledged => "acknowledged",
            State::Disputed => "disputed",
            State::Upheld => "upheld",
            State::Partly => "partly",
            State::Dismissed => "dismissed",
            State::Cured => "cured",
            State::Withdrawn => "withdrawn",
        }
    }

    /// The state that `word` means.
    pub fn parse(word: &str) -> Option<State> {
        State::ALL
            .iter()
            .copied()
            .find(|state| state.as_str() == word)
    }
}

impl Life {
    /// What decisions come to, in whatever order they are given: their sequence orders them.
    pub fn of<'d>(decisions: impl IntoIterator<Item = &'d Decision>) -> Life {
        let mut decisions: Vec<&Decision> = decisions.into_iter().collect();
        decisions.sort_by_key(|decision| decision.sequence);
        let mut life = Life::default();
        for decision in decisions {
            life.take(decision);
        }
        life
    }

    /// Adds a decision that is later than all so far.
    pub fn take(&mut self, decision: &Decision) {
        let at = decision.at;
        if !matches!(decision.made, Move::Told | Move::Undone) {
            self.before = None;
            self.before = Some(Box::new(self.clone()));
        }
        match decision.made {
            // A channel may report late, so the earliest instant holds.
            Move::Told => self.told = Some(self.told.map_or(at, |told| told.min(at))),
            Move::Acknowledged(cause) => {
                let since = self.acknowledged.map_or(at, |(since, _)| since);
                self.acknowledged = Some((since, cause));
            }
            Move::Cured => self.marked = Some(at),
            Move::Disputed => {
                self.acknowledged = None;
                self.dispute = Some(Dispute {
                    by: decision.author.clone(),
                    at,
                    verdict: None,
                });
            }
            Move::Decided(outcome) => {
                if let Some(dispute) = &mut self.dispute {
                    dispute.verdict = Some((outcome, decision.author.clone(), at));
                }
            }
            Move::Reopened => {
                *self = Life {
                    told: self.told,
                    reopened: Some(at),
                    before: self.before.take(),
                    ..Life::default()
                };
            }
            // Whoever has seen the finding goes on having seen it.
            Move::Undone => {
                if let Some(before) = self.before.take() {
                    let told = self.told;
                    *self = Life { told, ..*before };
                }
            }
        }
    }

    /// The outcome of the dispute, where it has one.
    pub fn outcome(&self) -> Option<Outcome> {
        let verdict = self.dispute.as_ref()?.verdict.as_ref()?;
        Some(verdict.0)
    }

    /// Whether a dispute waits for its judge.
    pub fn is_disputed(&self) -> bool {
        let waits = |dispute: &Dispute| dispute.verdict.is_none();
        self.dispute.as_ref().is_some_and(waits)
    }

    /// The one word for where the finding stands.
    pub fn state(&self, facts: &Facts<'_>) -> State {
        if facts.withdrawn {
            return State::Withdrawn;
        }
        if self.is_disputed() {
            return State::Disputed;
        }
        let outcome = self.outcome();
        if outcome == Some(Outcome::Dismissed) {
            return State::Dismissed;
        }
        if facts.until.or(self.marked).is_some() {
            return State::Cured;
        }
        if self.acknowledged.is_some() {
            return State::Acknowledged;
        }
        match outcome {
            Some(Outcome::Partly) => State::Partly,
            Some(_) => State::Upheld,
            None if self.told.is_some() => State::Told,
            None => State::New,
        }
    }

    /// Until when, that instant included, the finding may be disputed; none: no deadline runs,
    /// because it was not delivered or the person never works.
    pub fn deadline(&self, term: &Term<'_>) -> Option<Instant> {
        let told = self.told?;
        term.deadline(self.reopened.map_or(told, |reopened| reopened.max(told)))
    }

    /// Whether somebody may make a move now.
    ///
    /// # Errors
    ///
    /// When the finding's state or the part that somebody has in it forbids the move. The error
    /// says what is allowed.
    pub fn check(
        &self,
        facts: &Facts<'_>,
        who: Who<'_>,
        made: Move,
        now: Instant,
        term: &Term<'_>,
    ) -> Result<(), Refused> {
        let same = |(_, cause): (Instant, Cause)| made == Move::Acknowledged(cause);
        let why = if self.acknowledged.is_some_and(same) {
            Some(Why::AlreadyAcknowledged)
        } else {
            self.objection(facts, who, made.kind(), now, self.deadline(term))
        };
        why.map_or(Ok(()), |why| {
            let allowed = self.allowed(facts, who, now, term);
            Err(Refused { why, allowed })
        })
    }

    /// The moves that somebody may make now.
    pub fn allowed(
        &self,
        facts: &Facts<'_>,
        who: Who<'_>,
        now: Instant,
        term: &Term<'_>,
    ) -> Vec<MoveKind> {
        let (kinds, deadline) = (MoveKind::ALL.iter().copied(), self.deadline(term));
        kinds
            .filter(|kind| self.objection(facts, who, *kind, now, deadline).is_none())
            .collect()
    }

    fn objection(
        &self,
        facts: &Facts<'_>,
        who: Who<'_>,
        kind: MoveKind,
        now: Instant,
        deadline: Option<Instant>,
    ) -> Option<Why> {
        if facts.withdrawn {
            return Some(Why::Withdrawn);
        }
        if facts.held {
            return Some(Why::Held);
        }
        let own = !facts.employee.is_empty() && who.employee == facts.employee;
        let disputer = self.dispute.as_ref().map(|dispute| dispute.by.as_str());
        let passed = deadline.filter(|deadline| *deadline < now);
        let dismissed = self.outcome() == Some(Outcome::Dismissed);
        match kind {
            MoveKind::Tell => self.told.map(|_| Why::AlreadyTold),
            // A life does not tell who decided last.
            MoveKind::Undo => Some(Why::NothingToUndo),
            MoveKind::Decide => match disputer {
                _ if !self.is_disputed() => Some(Why::NotDisputed),
                Some(by) if by == who.person => Some(Why::OwnDispute),
                _ if own => Some(Why::HeldAgainstYou),
                _ if facts.maker == who.person => Some(Why::MadeByYou),
                _ => None,
            },
            _ if self.is_disputed() => Some(Why::DisputeWaits),
            MoveKind::Reopen => {
                let settled = [
                    self.marked,
                    self.acknowledged.map(|(since, _)| since),
                    passed,
                ];
                let settled = settled.iter().any(Option::is_some) || self.outcome().is_some();
                match disputer {
                    _ if !settled => Some(Why::NothingToReopen),
                    _ if own => Some(Why::HeldAgainstYou),
                    Some(by) if by == who.person => Some(Why::OwnDispute),
                    _ => None,
                }
            }
            _ if dismissed => Some(Why::Dismissed),
            MoveKind::Acknowledge => None,
            MoveKind::Cure => {
                let cured = facts.until.or(self.marked);
                cured.map(|_| Why::AlreadyCured)
            }
            MoveKind::Dispute => match self.outcome() {
                Some(_) => Some(Why::AlreadyDecided),
                None => passed.map(Why::TooLate),
            },
        }
    }
}
