//! Many events at once, without keeping anybody waiting.

use history::Instant;

use super::{NewEvent, Receipt, add};
use crate::{Store, StoreError};

/// How many events one transaction of a load adds: about 10 ms of SQLite's only writer.
const ROWS: usize = 200;

/// What a load has done.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Loaded {
    /// Events that were new.
    pub added: u64,
    /// Events that stood already.
    pub known: u64,
}

/// Adds any number of events in short transactions, so that other writers come in between.
/// Where it is broken off, what was added stays, and loading the same again adds the rest.
///
/// # Errors
/// What `events` gives as an error, or what the store says.
pub async fn load<'a, E: From<StoreError>>(
    store: &Store,
    company: &str,
    now: Instant,
    events: impl IntoIterator<Item = Result<NewEvent<'a>, E>>,
) -> Result<Loaded, E> {
    let mut loaded = Loaded::default();
    let mut some = Vec::with_capacity(ROWS);
    let mut events = events.into_iter();
    loop {
        for event in events.by_ref().take(ROWS) {
            some.push(event?);
        }
        if some.is_empty() {
            return Ok(loaded);
        }
        let mut tx = store.begin().await?;
        let receipts = add(&mut tx, company, now, &some).await?;
        tx.commit().await?;
        for receipt in receipts {
            match receipt {
                Receipt::Added { .. } => loaded.added += 1,
                Receipt::Known { .. } => loaded.known += 1,
            }
        }
        some.clear();
    }
}
