//! Who is told what, and how soon.
//!
//! Three steps, each safe to do again and by several processes at once, because what was done
//! stands in the store before the next looks:
//!
//! - **At once** ([`plan`], `at_once`). A finding that is to be told at once gets a row in the
//!   transaction that raises it. [`round`] settles whom it concerns and when, and sends what is
//!   due: one message a person and window, whatever it holds.
//! - **With the daily note** (`daily`). Half an hour after somebody's work begins they get one note
//!   with the figures of the pages, kept as it was sent ([`list`], [`open`]).
//! - **To the director** ([`unhandled`]): what has lain for three working days.
//!
//! Nothing reaches anybody outside their working hours ([`Hours`]) or during a pause ([`pauses`]).
//! What is told in words is made by the crate `notes`; [`send`] puts it into the outbox.
//!
//! A group chat gets its note and what is told at once by the same steps, in the hours of whoever leads
//! the group that it hears about.

mod at_once;
mod chats;
mod daily;
mod hours;
mod kept;
mod outside;
pub mod pauses;
mod people;
mod plan;
mod round;
mod said;
mod send;
mod settings;
pub mod unhandled;

/// The facts of notes, and the letters that they become.
pub use ::notes as facts;
pub use ::notes::{Letter, Site};
pub use hours::{Hours, Quiet};
pub use kept::{list, open};
pub use outside::{OUTSIDE_JOB, outside};
pub use plan::{Planned, Recipient, Tells, Whom, plan};
pub use round::{keep_telling, round};
pub use send::{Message, send};
pub use settings::{Choice, OUTSIDE, Settings, choice, choose, save, see};
pub use store::notes::Note;

pub(crate) use at_once::concerns;
pub(crate) use chats::{Chats, send_to_chat};
pub(crate) use hours::time;
pub(crate) use outside::follow;
pub(crate) use people::{Reader, readers};
pub(crate) use settings::load as settings;
