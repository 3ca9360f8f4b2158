//! What deal rules say: from when until when something was owed.

use history::{EmployeeId, FieldId, Instant};

use super::Clocks;
use crate::regulation::ClockKind;
use crate::rules::Time;

/// Whom a finding is held against.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Holder {
    /// Whoever is responsible at the breach.
    Responsible,
    /// Whoever was responsible when it started.
    ResponsibleAtStart,
    /// Whoever was last responsible up to the breach.
    LastResponsible,
    /// This person, or nobody.
    Person(EmployeeId),
}

/// How a stretch becomes a finding.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Shape {
    /// The rule's limit runs from the start; a cure after the breach ends the finding.
    Limited,
    /// As `Limited`, but what comes after the breach cures nothing.
    OnlyInTime,
    /// The start is the breach; the finding lasts until the cure.
    Standing,
    /// The start is the breach; there is nothing to cure.
    Momentary,
}

/// In place of the event of a cure that needs none: time alone brings it.
pub const NO_EVENT: u32 = u32::MAX;

/// What a finding is about, where a rule can have several on one deal.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum Subject {
    /// The deal itself.
    Deal,
    /// One of the deal's tasks.
    Task(history::TaskId),
    /// A field.
    Field(FieldId),
    /// A stage (of an employee-level finding).
    Stage(history::StageId),
    /// A local day, as days since 1970-01-01.
    Day(i32),
    /// A calendar month, as months since 1970-01.
    Month(i32),
    /// A text (of copied results), by hash.
    Text(u64),
}

/// Something owed from `start` on.
#[derive(Clone, Copy, Debug)]
pub struct Stretch {
    /// The rule's place among the version's deal rules.
    pub rule: u16,
    /// When the clock starts.
    pub start: Instant,
    /// The event that started it.
    pub start_index: u32,
    /// What satisfied it, and by which event ([`NO_EVENT`]: by none); none: nothing so far. One
    /// that time brings may lie after the instant judged at.
    pub cure: Option<(Instant, u32)>,
    /// Whom it is held against.
    pub holder: Holder,
    /// How it becomes a finding.
    pub shape: Shape,
    /// What it is about.
    pub subject: Subject,
    /// A number for the message.
    pub count: u32,
}

/// Where deal rules put what they say.
pub struct Stretches<'a> {
    pub(super) list: Vec<Stretch>,
    pub(super) clocks: &'a Clocks,
    pub(super) clock: ClockKind,
    /// The rule that speaks.
    pub(super) rule: u16,
    /// The least that lies between its start and its breach.
    pub(super) floor: i64,
}

impl Stretches<'_> {
    /// Time on the rule's clock, as it runs for a person.
    pub fn time(&self, person: EmployeeId) -> Time<'_> {
        self.clocks.time(self.clock, person)
    }

    /// Something was owed and satisfied, or is owed still.
    #[inline]
    pub fn owed(&mut self, start: Start, cure: Option<(Instant, u32)>) {
        self.push(
            start,
            cure,
            Holder::Responsible,
            Shape::Limited,
            Subject::Deal,
            0,
        );
    }

    /// As [`Stretches::owed`], with everything said.
    #[inline]
    pub fn push(
        &mut self,
        start: Start,
        cure: Option<(Instant, u32)>,
        holder: Holder,
        shape: Shape,
        subject: Subject,
        count: u32,
    ) {
        // Working time never passes faster than time: most cures come too early for a breach.
        if let Some((cured, _)) = cure
            && cured <= start.at.saturating_add(self.floor)
        {
            return;
        }
        let (rule, start_index) = (self.rule, start.index);
        let start = start.at;
        self.list.push(Stretch {
            rule,
            start,
            start_index,
            cure,
            holder,
            shape,
            subject,
            count,
        });
    }
}

/// The instant and the event that started a stretch.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Start {
    /// When.
    pub at: Instant,
    /// By which event.
    pub index: u32,
}

impl super::Step {
    /// This step as a start.
    pub fn start(&self) -> Start {
        Start {
            at: self.event.at,
            index: self.index,
        }
    }

    /// This step as a cure.
    pub fn cure(&self) -> Option<(Instant, u32)> {
        Some((self.event.at, self.index))
    }
}
