//! Empties the outbox: what is to be told to somebody goes out through channels, once.
//!
//! It must never know rules or permissions; what to tell, and whom, is decided before.
//!
//! # What is promised
//!
//! Whoever causes something puts a row into the outbox, in the transaction of the cause. A
//! [`Dispatcher`] claims rows that are due with a lease, hands each to the [`Channel`] that the row
//! names, and marks it done. It keeps renewing the lease while the channel is at work, so a slow
//! delivery is not begun a second time by somebody else; where a process dies, its leases end and
//! others take the rows over.
//!
//! - **Within the store: exactly once.** What a channel writes in [`Channel::settle`] stands in the
//!   transaction that marks the row as done. [`Inbox`], the program's own channel, works so.
//! - **Outside: at least once.** A process may die after an e-mail went out and before its row was
//!   marked. [`Channel::deliver`] therefore gets the row's id as a key that stays the same at every
//!   attempt; a channel passes it on to whatever can tell repetitions apart (a `Message-ID`, an
//!   idempotency header).
//! - **Jobs** are rows of the channel [`JOBS`]: their `kind` names the [`Job`], the payload carries
//!   ids. A job may be begun twice and must be safe to; it finds its work in the store.
//! - **Failures are seen.** What fails is tried again after a growing wait; after
//!   [`Settings::attempts`] it is given up, stays in the outbox with its error, and waits for
//!   somebody to try it again or drop it. So does a row that several processes died at.
//! - **Keys** stay taken for [`Settings::keep_ms`] after a row was done: until then the same message
//!   is not put again.
//!
//! Whoever puts a row in the same process wakes the dispatcher by committing; rows of other
//! processes are found every [`Settings::poll_ms`].
//!
//! Leases compare the clocks of machines: keep these within a few seconds of each other.

mod carry;
mod channel;
mod dispatcher;
mod inbox;
mod jobs;
mod settings;
mod told;

pub use channel::{Channel, Channels, Doing, Failure};
pub use dispatcher::{Clock, Dispatcher};
pub use inbox::Inbox;
pub use jobs::{JOBS, Job, Jobs};
pub use settings::Settings;
pub use told::{TOLD, Told};
