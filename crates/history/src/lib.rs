//! What happened in a CRM: people, pipelines and an append-only list of events,
//! frozen into columns with one slice per deal (a *timeline*).
//!
//! Files of the history format are read and written here ([`read`], [`write`]); the rest of
//! the crate is plain data. It must never know what is right or wrong: no rule, no calendar,
//! no `now`. A reader keeps every good line and names every bad one ([`Problem`]).

mod builder;
mod columns;
mod event;
mod history;
mod ids;
mod names;
mod people;
mod pipelines;
mod problems;
pub mod read;
mod reference;
mod texts;
mod timelines;
pub mod write;

pub use builder::Builder;
pub use columns::{Columns, Table};
pub use event::{Event, Kind, Record};
pub use history::{Account, History};
pub use ids::{ChannelId, ClientId, DealId, EmployeeId, FieldId, GroupId, StageId, TaskId, TextId};
pub use names::Names;
pub use people::{Absence, AbsenceKind, Employee, Group, Membership, People, Role};
pub use pipelines::{Pipeline, PipelineId, Pipelines, Stage, StageKind};
pub use problems::{Problem, Problems, Reason};
pub use reference::{Reference, Renumbered};
pub use texts::{TextFacts, Texts, folded_hash};
pub use timelines::{Timeline, Timelines};

/// Unix milliseconds, UTC.
pub type Instant = i64;
