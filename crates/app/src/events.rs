//! Taking events in, from a CRM or from any other system.

use history::{Instant, Reason, Record};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use store::events::{Keys, NewEvent};

use crate::actor::Actor;
use crate::audits::{Audits, Once};
use crate::error::{Error, Fault};
use crate::permissions::Deed;

/// Events that one batch may have.
pub const MOST_AT_ONCE: usize = 5_000;

/// An event that was not taken.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Refused {
    /// Its place in the batch, from 0.
    pub place: usize,
    /// Why.
    pub reason: String,
}

/// What became of a batch.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Receipt {
    /// Events that were new.
    pub added: u64,
    /// Events that stood already.
    pub known: u64,
    /// Events that are none.
    pub refused: Vec<Refused>,
}

/// Takes a batch of events in. When this returns, they are written down and judged. What is no
/// event is refused by itself and keeps none of the others out.
///
/// A batch sent again under the same `key` is answered as it was at first.
///
/// # Errors
/// Where the access does not allow it, the batch is too large, or `key` came with another batch.
pub async fn send(
    audits: &Audits,
    actor: &Actor,
    key: Option<&str>,
    records: &[Result<Record<'_>, Reason>],
    now: Instant,
) -> Result<Receipt, Error> {
    actor.reach(Deed::SendEvents)?;
    if records.len() > MOST_AT_ONCE {
        let message = format!(
            "{} events; send at most {MOST_AT_ONCE} at once",
            records.len()
        );
        return Err(Fault::new("events", "too_many", message).into());
    }
    let mut keys = Keys::new();
    let mut receipt = Receipt::default();
    let mut batch: Vec<NewEvent<'_>> = Vec::with_capacity(records.len());
    for (place, record) in records.iter().enumerate() {
        let event = record.clone().and_then(|record| keys.event(record));
        match event {
            Ok(event) => batch.push(event),
            Err(reason) => receipt.refused.push(Refused {
                place,
                reason: reason.to_string(),
            }),
        }
    }
    let hash = hash(&batch, &receipt.refused);
    let once = key.map(|key| Once { key, hash: &hash });
    let answer = |added, known| Receipt {
        added,
        known,
        refused: receipt.refused.clone(),
    };
    audits
        .add_events(&actor.company, &batch, once, answer, now)
        .await
}

/// What tells one batch from another.
fn hash(batch: &[NewEvent<'_>], refused: &[Refused]) -> String {
    let mut hasher = Sha256::new();
    for event in batch {
        hasher.update((event.key().len() as u64).to_le_bytes());
        hasher.update(event.key());
    }
    for one in refused {
        hasher.update((one.place as u64).to_le_bytes());
    }
    let digest = hasher.finalize();
    digest.iter().map(|byte| format!("{byte:02x}")).collect()
}
