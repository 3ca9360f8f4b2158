//! A finding, small: who, what, when, and where its proof stands.

use history::{DealId, EmployeeId, Instant, StageId};

use super::Subject;

/// An event of a deal's timeline.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct EventRef {
    /// The deal.
    pub deal: DealId,
    /// The event's place in its timeline.
    pub index: u32,
}

/// What proves a finding.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Evidence {
    /// An event.
    Event(EventRef),
    /// Something the person did at this instant.
    Action(Instant),
}

/// A fault that was found.
#[derive(Clone, Debug, PartialEq)]
pub struct Finding {
    /// The version of the regulation, by its place.
    pub version: u16,
    /// The entry among the version's rules, by its place.
    pub entry: u16,
    /// The deal; none for findings about a person's work.
    pub deal: DealId,
    /// Whom it is held against; none: nobody.
    pub employee: EmployeeId,
    /// The stage of the deal at the breach.
    pub stage: StageId,
    /// What it is about within its scope.
    pub subject: Subject,
    /// When the clock started; with rule, scope and subject it names the finding.
    pub start: Instant,
    /// The breach.
    pub at: Instant,
    /// When it was cured; none: it lasts, or there is nothing to cure.
    pub until: Option<Instant>,
    /// The deal's price at the breach, in hundredths.
    pub amount: Option<i64>,
    /// A number for the message.
    pub count: u32,
    /// What proves it; see [`Finding::evidence`].
    pub proof: Proof,
}

/// The proof of a finding: one or two events of its deal stand in place, more on the heap.
#[derive(Clone, Debug, PartialEq)]
pub enum Proof {
    /// One event of the deal, by its place.
    One(u32),
    /// What started it and what ended it.
    Two(u32, u32),
    /// Anything.
    Many(Box<[Evidence]>),
}

impl Finding {
    /// What proves it, in order.
    pub fn evidence(&self) -> Vec<Evidence> {
        let event = |index: u32| {
            Evidence::Event(EventRef {
                deal: self.deal,
                index,
            })
        };
        match &self.proof {
            Proof::One(one) => vec![event(*one)],
            Proof::Two(one, two) => vec![event(*one), event(*two)],
            Proof::Many(many) => many.to_vec(),
        }
    }
}
