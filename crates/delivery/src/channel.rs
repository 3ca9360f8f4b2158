//! What a way out is asked to do.

use std::collections::HashMap;
use std::pin::Pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use history::Instant;
use store::outbox::{self, Claim, Message};
use store::{Connection, Store, StoreError, admissions};

/// Tells the time.
pub type Clock = Arc<dyn Fn() -> Instant + Send + Sync>;

/// Something that takes a while.
pub type Doing<'a, T> = Pin<Box<dyn Future<Output = T> + Send + 'a>>;

/// Why a delivery did not come off.
#[derive(Debug, thiserror::Error)]
pub enum Failure {
    /// It may come off later: the other side is down, busy, or slow.
    #[error("{0}")]
    Passing(String),
    /// It never will: there is no such address, or the payload makes no sense.
    #[error("{0}")]
    Lasting(String),
    /// The other side says when to come again.
    #[error("{said}")]
    Later {
        /// In how many milliseconds.
        wait_ms: i64,
        /// What it said.
        said: String,
    },
    /// It may have come off: what was begun ([`Attempt::begin`]) has no outcome that we know.
    #[error("{0}")]
    Unknown(String),
    /// Another worker has the message.
    #[error("another worker has the message")]
    Elsewhere,
    /// The store failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// An attempt to carry a message outside.
pub struct Attempt<'a> {
    /// The store.
    pub store: &'a Store,
    /// The message; its `step` counts what earlier attempts certainly got out.
    pub message: &'a Message,
    /// When the attempt began.
    pub now: Instant,
    claim: &'a Claim,
    begun: &'a AtomicBool,
    clock: &'a Clock,
}

impl<'a> Attempt<'a> {
    pub(crate) fn new(
        store: &'a Store,
        claim: &'a Claim,
        begun: &'a AtomicBool,
        clock: &'a Clock,
    ) -> Attempt<'a> {
        Attempt {
            store,
            message: &claim.message,
            now: clock(),
            claim,
            begun,
            clock,
        }
    }

    /// What names the message at every attempt, and never another one.
    pub fn id(&self) -> &'a str {
        &self.message.id
    }

    /// Refuses a message to somebody who is not admitted to its company any more: what was put for
    /// them before is not for them now.
    ///
    /// # Errors
    /// Where they are not, or the store fails.
    pub(crate) async fn must_be_admitted(&self) -> Result<(), Failure> {
        let (company, person) = (&self.message.company, &self.message.recipient);
        let mut reader = self.store.reader().await?;
        let found = admissions::get(&mut reader, company, person).await?;
        match found.is_some_and(|admission| !admission.disabled) {
            true => Ok(()),
            false => Err(Failure::Lasting(format!(
                "nobody of the id {person:?} is admitted to the company"
            ))),
        }
    }

    /// Says, for good, that from here on the other side may have it. A channel whose other side
    /// cannot tell repetitions apart calls it right before what cannot be taken back: where no
    /// outcome follows, because the process dies or the line breaks, the message is not sent again
    /// by itself. What the channel then answers is the outcome, except [`Failure::Unknown`].
    ///
    /// # Errors
    /// Where the store fails, or the message is no longer this worker's. Nothing must go out then.
    pub async fn begin(&self) -> Result<(), Failure> {
        let mut tx = self.store.begin().await?;
        let held = outbox::begin(&mut tx, self.claim, (self.clock)()).await?;
        tx.commit().await?;
        self.begun.store(true, Ordering::SeqCst);
        held.then_some(()).ok_or(Failure::Elsewhere)
    }

    /// Says that so many steps of it went out: they are not repeated.
    ///
    /// # Errors
    /// Where it cannot be noted: whether the last step went out is unknown then.
    pub async fn reached(&self, step: i64) -> Result<(), Failure> {
        let noted = async {
            let mut tx = self.store.begin().await?;
            let held = outbox::reached(&mut tx, self.claim, step).await?;
            tx.commit().await?;
            Ok::<_, StoreError>(held)
        };
        match noted.await {
            Ok(true) => {
                self.begun.store(false, Ordering::SeqCst);
                Ok(())
            }
            Ok(false) => Err(Failure::Elsewhere),
            Err(error) => Err(Failure::Unknown(format!(
                "a part of it went out, but that could not be noted: {error}"
            ))),
        }
    }
}

/// A way out. It may do either half or both.
pub trait Channel: Send + Sync {
    /// What rows of the outbox call it.
    fn name(&self) -> &'static str;

    /// Carries a message outside. It may be asked to again for the same message, unless the attempt
    /// before was begun and has no outcome. Its future may be dropped at any point.
    fn deliver<'a>(&'a self, attempt: Attempt<'a>) -> Doing<'a, Result<(), Failure>> {
        let _ = attempt;
        Box::pin(async { Ok(()) })
    }

    /// Writes what belongs to the delivery into the transaction that marks the message as done.
    fn settle<'a>(
        &'a self,
        conn: &'a mut Connection,
        message: &'a Message,
        now: Instant,
    ) -> Doing<'a, Result<(), Failure>> {
        let _ = (conn, message, now);
        Box::pin(async { Ok(()) })
    }
}

/// The channels that a dispatcher knows, by name.
#[derive(Clone, Default)]
pub struct Channels(HashMap<&'static str, Arc<dyn Channel>>);

impl Channels {
    /// None yet.
    pub fn new() -> Channels {
        Channels::default()
    }

    /// And this one.
    pub fn with(mut self, channel: impl Channel + 'static) -> Channels {
        self.0.insert(channel.name(), Arc::new(channel));
        self
    }

    /// Their names.
    pub(crate) fn names(&self) -> Vec<&'static str> {
        let mut names: Vec<_> = self.0.keys().copied().collect();
        names.sort_unstable();
        names
    }

    pub(crate) fn find(&self, name: &str) -> Result<&Arc<dyn Channel>, Failure> {
        let unknown = || Failure::Passing(format!("this worker has no channel {name:?}"));
        self.0.get(name).ok_or_else(unknown)
    }
}
