//! What a way out is asked to do.

use std::collections::HashMap;
use std::pin::Pin;
use std::sync::Arc;

use history::Instant;
use store::outbox::Message;
use store::{Connection, Store, StoreError};

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
    /// The store failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// A way out. It may do either half or both.
pub trait Channel: Send + Sync {
    /// What rows of the outbox call it.
    fn name(&self) -> &'static str;

    /// Carries a message outside. It may be asked to again for the same message: `key` is the
    /// same then, and never that of another one. Its future may be dropped at any point.
    fn deliver<'a>(
        &'a self,
        store: &'a Store,
        message: &'a Message,
        key: &'a str,
        now: Instant,
    ) -> Doing<'a, Result<(), Failure>> {
        let _ = (store, message, key, now);
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

    pub(crate) fn find(&self, name: &str) -> Result<&Arc<dyn Channel>, Failure> {
        // Perhaps a newer program put it: it waits for one that knows.
        let unknown = || Failure::Passing(format!("this program has no channel {name:?}"));
        self.0.get(name).ok_or_else(unknown)
    }
}
