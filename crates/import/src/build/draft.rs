//! Events before they are put in order.

use history::{Kind, Names};

use super::RowRef;
use crate::mapping::Early;

/// When an event happened.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum When {
    At(i64),
    /// When its deal was created.
    Created,
    /// When the last of its deal's other events happened.
    Last,
}

/// An event; texts are interned in [`Drafts::names`], `u32::MAX` is none.
#[derive(Clone, Debug)]
pub(crate) struct Draft {
    pub at: When,
    pub kind: Kind,
    pub deal: u32,
    pub actor: u32,
    pub stage: u32,
    pub employee: u32,
    pub task: u32,
    pub due: Option<When>,
    pub text: u32,
    pub field: u32,
    pub amount: Option<f64>,
    pub client: u32,
    pub channel: u32,
    pub early: Early,
    pub from: RowRef,
}

/// What is known of a stage from the events that enter it.
#[derive(Clone, Debug)]
pub(crate) struct SeenStage {
    /// As events name it.
    pub id: String,
    pub pipeline: String,
    /// As the table names it.
    pub stage: String,
    /// Place of the row that named it first.
    pub from: RowRef,
}

/// All events of an import so far.
#[derive(Default)]
pub(crate) struct Drafts {
    pub events: Vec<Draft>,
    pub names: Names,
    pub stages: Vec<SeenStage>,
    /// By the stage's id in `names`.
    pub stage_of: std::collections::HashMap<u32, usize>,
    /// Ids of people in `names`, each with the row that named it first.
    pub people: std::collections::HashMap<u32, RowRef>,
}
