//! When which key has to be looked at again.

use std::collections::BTreeSet;

use audit::judge::Key;
use history::Instant;
use rustc_hash::FxHashMap;

/// A queue of keys by the instant at which each could change with no event.
#[derive(Default)]
pub(crate) struct Wakes {
    queue: BTreeSet<(Instant, Key)>,
    at: FxHashMap<Key, Instant>,
}

impl Wakes {
    /// Sets, or with none unsets, when a key wakes.
    pub fn set(&mut self, key: Key, at: Option<Instant>) {
        let before = match at {
            Some(at) => self.at.insert(key, at),
            None => self.at.remove(&key),
        };
        if let Some(before) = before {
            self.queue.remove(&(before, key));
        }
        if let Some(at) = at {
            self.queue.insert((at, key));
        }
    }

    /// The next instant at which a key wakes.
    pub fn next(&self) -> Option<Instant> {
        self.queue.first().map(|(at, _)| *at)
    }

    /// Takes out the keys that wake up to `now`.
    pub fn due(&mut self, now: Instant) -> Vec<Key> {
        let mut due = Vec::new();
        while let Some((at, key)) = self.queue.first().copied().filter(|(at, _)| *at <= now) {
            self.queue.remove(&(at, key));
            self.at.remove(&key);
            due.push(key);
        }
        due
    }
}
