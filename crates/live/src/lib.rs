//! The audit of a company that never stops: events and changes of people, absences and the
//! regulation come in, changed findings and the next instant to look come out.
//!
//! Pure, as the judge is: `now` is a parameter. It must never know a clock, a store, a network,
//! nor what people decided about a finding.
//!
//! A finding has an [`Identity`] that survives re-judging; within a company it has a number, by
//! which whoever keeps it knows it again ([`Live::row`]).

mod identity;
mod kept;
mod known;
mod live;
mod order;
mod row;
mod wakes;

pub use identity::{Identity, SCOPES};
pub use kept::{Kept, Stamp};
pub use known::{Change, What};
pub use live::{Live, Standing};
pub use row::{Row, Values};
