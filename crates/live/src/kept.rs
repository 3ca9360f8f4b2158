//! What whoever keeps the findings of an audit remembers of each.

use history::{Instant, Names};

/// What whoever keeps findings remembers of each, by its number. Judging never looks at it.
#[derive(Default)]
pub struct Kept {
    ids: Names,
    stamps: Vec<Stamp>,
}

/// When a finding was raised and when it last changed, as it was kept.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Stamp {
    /// How many events were received when it was raised.
    pub raised_seq: i64,
    /// How many events were received when it last changed.
    pub changed_seq: i64,
    /// When it was raised.
    pub raised_at: Instant,
    /// When it last changed.
    pub changed_at: Instant,
}

impl Kept {
    /// How many findings are kept.
    pub fn len(&self) -> usize {
        self.stamps.len()
    }

    /// Whether none is.
    pub fn is_empty(&self) -> bool {
        self.stamps.is_empty()
    }

    /// Remembers the next finding, in the order of their numbers. No two have one id.
    pub fn add(&mut self, id: &str, stamp: Stamp) {
        self.ids.intern(id);
        self.stamps.push(stamp);
    }

    /// Remembers that a finding changed.
    pub fn change(&mut self, number: u32, seq: i64, at: Instant) {
        if let Some(stamp) = self.stamps.get_mut(number as usize) {
            stamp.changed_seq = seq;
            stamp.changed_at = at;
        }
    }

    /// The id of a finding; empty: it is not kept.
    pub fn id(&self, number: u32) -> &str {
        self.ids.get(number)
    }

    /// The number of the finding of an id.
    pub fn number(&self, id: &str) -> Option<u32> {
        self.ids.find(id)
    }

    /// When a finding was raised and last changed.
    pub fn stamp(&self, number: u32) -> Stamp {
        self.stamps
            .get(number as usize)
            .copied()
            .unwrap_or_default()
    }
}
