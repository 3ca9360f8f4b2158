//! From rows to events.

mod cases;
mod draft;
mod emit;
mod eval;
mod finish;
mod joins;
mod rows;

pub(crate) use draft::{Drafts, SeenStage};
pub(crate) use eval::{Env, Eval, Got, Raw, person, text_of};
pub(crate) use finish::{Final, finish};
pub(crate) use rows::{Built, build};

/// A row of some source: its table's place among the source's tables, and its own in it.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Default)]
pub(crate) struct RowRef {
    pub source: u32,
    pub table: u32,
    pub row: u32,
}
