//! What names an event, so that handing it in again adds nothing.

use std::collections::HashMap;

use history::{Kind, Reason, Record};
use sha2::{Digest, Sha256};

use crate::MAX_NAME;

/// An event to be added: a record that was checked, and its key.
#[derive(Clone, Debug)]
pub struct NewEvent<'a> {
    record: Record<'a>,
    key: String,
}

impl<'a> NewEvent<'a> {
    /// What names it in the company.
    pub fn key(&self) -> &str {
        &self.key
    }

    /// The record.
    pub fn record(&self) -> &Record<'a> {
        &self.record
    }
}

/// Gives events their keys: the id where there is one, else a hash of all columns with the
/// ordinal among identical rows. One `Keys` serves one import or one batch: what it has seen is
/// what the ordinals count, so the same rows get the same keys when they come again.
#[derive(Default)]
pub struct Keys {
    seen: HashMap<u128, u32>,
}

impl Keys {
    /// Keys for an import or a batch that begins.
    pub fn new() -> Keys {
        Keys::default()
    }

    /// The event that a record is.
    ///
    /// # Errors
    /// The reason why the record is no event of a history, or cannot be kept.
    pub fn event<'a>(&mut self, record: Record<'a>) -> Result<NewEvent<'a>, Reason> {
        check(&record)?;
        let key = if record.id.is_empty() {
            let hash = hash(&record);
            let ordinal = self.seen.entry(hash).or_default();
            let key = format!("#{hash:032x}-{ordinal}");
            *ordinal += 1;
            key
        } else if record.id.starts_with('#') {
            format!("#{}", clean(record.id))
        } else {
            clean(record.id)
        };
        Ok(NewEvent { record, key })
    }
}

/// Whether a record can be an event of the store.
///
/// # Errors
/// The reason why it is no event of a history, or cannot be kept.
pub fn check(record: &Record<'_>) -> Result<(), Reason> {
    record.check()?;
    let ids = [
        ("id", record.id),
        ("deal", record.deal),
        ("actor", record.actor),
        ("stage", record.stage),
        ("employee", record.employee),
        ("task", record.task),
        ("field", record.field),
        ("client", record.client),
        ("channel", record.channel),
    ];
    for (column, id) in ids {
        if id.len() > MAX_NAME {
            return Err(Reason::bad(column, id, "at most 500 bytes"));
        }
    }
    Ok(())
}

/// The id that an event of this key came with; empty where it came without.
pub(super) fn given(key: &str) -> &str {
    match key.strip_prefix('#') {
        None => key,
        Some(rest) if rest.starts_with('#') => rest,
        Some(_) => "",
    }
}

/// A text as the store keeps it.
fn clean(text: &str) -> String {
    text.replace('\0', "\u{fffd}")
}

fn hash(record: &Record<'_>) -> u128 {
    let mut hasher = Sha256::new();
    let kind = record.kind.map_or("", Kind::as_str);
    let texts = [
        record.deal,
        kind,
        record.actor,
        record.stage,
        record.employee,
        record.task,
        record.text,
        record.field,
        record.client,
        record.channel,
    ];
    // Each text behind its length, so that no two records share their bytes.
    for text in texts {
        let text = clean(text);
        hasher.update((text.len() as u64).to_le_bytes());
        hasher.update(text);
    }
    // Adding zero makes one of the two zeros, as a file may write them.
    let amount = record.amount.map(|amount| (amount + 0.0).to_bits() as i64);
    for number in [Some(record.at), record.due, amount, record.seq] {
        hasher.update([u8::from(number.is_some())]);
        hasher.update(number.unwrap_or_default().to_le_bytes());
    }
    let digest = hasher.finalize();
    let mut half = [0; 16];
    half.copy_from_slice(&digest[..16]);
    u128::from_be_bytes(half)
}
