//! Judging: timelines and a regulation in, findings out. Pure: `now` is a parameter.

mod clocks;
mod deal;
mod engine;
mod facts;
mod filed;
mod filing;
mod filter;
mod finding;
mod ledger;
mod lists;
mod order;
mod raised;
mod signals;
mod stretch;
mod work;

pub use clocks::Clocks;
pub use deal::{Deal, Step, Task, TimelineProblems, Trail};
pub use engine::{Judge, Verdict};
pub use facts::{
    Action, Change, ClientFacts, Closing, Completion, Crowding, GroupFacts, NextStep, Rank,
    StageFacts, Standing, TaskChange, Tenure, Waiting, WonStay, WorkFacts, deals_in_work,
};
pub use filter::Filter;
pub use finding::{EventRef, Evidence, Finding, Proof};
pub use ledger::{Filed, Key, Ledger, Opening, Refiled};
pub use raised::{Raise, Raised, Scene};
pub use signals::Signals;
pub use stretch::{Holder, NO_EVENT, Shape, Start, Stretch, Stretches, Subject};
