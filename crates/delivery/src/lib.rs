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
//! - **Outside: at least once where repetitions can be told apart.** A process may die after a message
//!   went out and before its row was marked. The row's id is a key that stays the same at every
//!   attempt; [`Webhooks`] pass it on, and whoever receives it can leave out what it has.
//! - **Outside: at most once by itself where they cannot.** [`Mail`] and [`Telegram`] mark the row right
//!   before what cannot be taken back ([`Attempt::begin`]). Where no outcome follows, because the
//!   process died or the line broke, the row stands as given up with the mark on it: its outcome is
//!   unknown, and people send it again or drop it.
//! - **Jobs** are rows of the channel [`JOBS`]: their `kind` names the [`Job`], the payload carries
//!   ids. A job may be begun twice and must be safe to; it finds its work in the store.
//! - **Failures are seen.** What fails is tried again after a growing wait; after
//!   [`Settings::attempts`] it is given up, stays in the outbox with its error, and waits for
//!   somebody to try it again or drop it. So does a row that several processes died at.
//! - **Keys** stay taken for [`Settings::keep_ms`] after a row was done: until then the same message
//!   is not put again.
//!
//! A dispatcher takes only rows of the channels that it has; a row of a channel that nobody has waits,
//! and [`store::outbox::unclaimed`] tells of it. Slow services get a dispatcher of their own, so that
//! they keep nothing else waiting.
//!
//! Whoever puts a row in the same process wakes the dispatcher by committing; rows of other
//! processes are found every [`Settings::poll_ms`].
//!
//! Leases compare the clocks of machines: keep these within a few seconds of each other.

mod carry;
mod channel;
mod dispatcher;
mod http;
mod inbox;
mod jobs;
mod letter;
mod mail;
mod settings;
pub mod telegram;
mod told;
mod webhook;

pub use channel::{Attempt, Channel, Channels, Clock, Doing, Failure};
pub use dispatcher::Dispatcher;
pub use inbox::Inbox;
pub use jobs::{JOBS, Job, Jobs};
pub use letter::{Attached, Button, Letter};
pub use mail::{EMAIL, Mail, MailError};
pub use settings::Settings;
pub use telegram::Telegram;
pub use told::{TOLD, Told};
pub use webhook::{WEBHOOK, Webhooks};
