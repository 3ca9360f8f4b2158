//! What an event means for a deal, as a set of flags that rules listen to.

use std::ops::{BitOr, BitOrAssign};

/// A set of meanings.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Signals(u32);

macro_rules! signals {
    ($($(#[$doc:meta])* $name:ident = $bit:literal),* $(,)?) => {
        impl Signals {
            $($(#[$doc])* pub const $name: Signals = Signals(1 << $bit);)*
        }
    };
}

signals! {
    /// The deal begins: with `created`, or with its first event where there is none.
    BEGUN = 0,
    /// The deal begins with a `created` event.
    CREATED = 1,
    /// The deal becomes open: at its beginning or from a closed stage.
    OPENED = 2,
    /// The deal leaves the open stages for a won or lost one.
    CLOSED = 3,
    /// Any closing: from open to won or lost, from won to lost, from lost to won.
    CLOSING = 4,
    /// The deal enters a stage: at its beginning or from another one.
    ENTERED = 5,
    /// The deal enters the lost stages from an open or won one.
    LOST = 6,
    /// The deal enters the won stages from an open or lost one.
    WON = 7,
    /// The deal leaves the lost stages.
    LEFT_LOST = 8,
    /// Another responsible, or none.
    RESPONSIBLE = 9,
    /// Another title.
    RENAMED = 10,
    /// A field is set or cleared.
    FIELD = 11,
    /// A loss reason is given.
    REASON = 12,
    /// A task is added.
    TASK_ADDED = 13,
    /// An open task gets another deadline.
    TASK_MOVED = 14,
    /// An open task is completed.
    TASK_COMPLETED = 15,
    /// An open task is removed.
    TASK_REMOVED = 16,
    /// An incoming call that nobody answered.
    MISSED_CALL = 17,
    /// A message from the client.
    MESSAGE_IN = 18,
    /// A note is written.
    NOTE = 19,
    /// A contact attempt.
    ATTEMPT = 20,
    /// The client was reached.
    REACHED = 21,
    /// A conversation.
    CONVERSATION = 22,
    /// A contact attempt, or an incoming call or message.
    CONTACT = 23,
    /// The deal is removed.
    REMOVED = 24,
    /// Another price, or none.
    PRICE = 25,
}

impl Signals {
    /// No meaning at all.
    pub const NONE: Signals = Signals(0);

    /// Whether the two sets share a meaning.
    #[inline]
    pub fn any(self, of: Signals) -> bool {
        self.0 & of.0 != 0
    }

    /// Both sets together, where a constant is needed.
    pub const fn and(self, other: Signals) -> Signals {
        Signals(self.0 | other.0)
    }
}

impl BitOr for Signals {
    type Output = Signals;
    fn bitor(self, other: Signals) -> Signals {
        self.and(other)
    }
}

impl BitOrAssign for Signals {
    fn bitor_assign(&mut self, other: Signals) {
        self.0 |= other.0;
    }
}

/// Which rules listen to which signals: 64 rules a set, for each signal a bit a rule. A rule is
/// known by its place.
#[derive(Default)]
pub(super) struct Listeners {
    sets: Vec<[u64; u32::BITS as usize]>,
    rules: usize,
}

impl Listeners {
    /// Adds the next rule.
    pub fn add(&mut self, listens: Signals) {
        let (set, bit) = (self.rules / 64, self.rules % 64);
        self.sets.resize(set + 1, [0; u32::BITS as usize]);
        ones(listens.0.into(), |signal| {
            self.sets[set][signal] |= 1 << bit
        });
        self.rules += 1;
    }

    /// Names the rules that listen to any of the signals, in order.
    #[inline]
    pub fn to(&self, signals: Signals, mut name: impl FnMut(usize)) {
        for (set, by_signal) in self.sets.iter().enumerate() {
            let mut listening = 0;
            ones(signals.0.into(), |signal| listening |= by_signal[signal]);
            ones(listening, |bit| name(set * 64 + bit));
        }
    }
}

/// Calls `each` with the place of every bit that is set.
#[inline]
fn ones(mut bits: u64, mut each: impl FnMut(usize)) {
    while bits != 0 {
        each(bits.trailing_zeros() as usize);
        bits &= bits - 1;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_rule_hears_what_it_listens_to_and_in_order() {
        let both = Signals::WON | Signals::PRICE;
        let all: Vec<Signals> = [Signals::WON, Signals::NOTE, both, Signals::NONE].repeat(40);
        let mut listeners = Listeners::default();
        all.iter().for_each(|listens| listeners.add(*listens));
        for signals in [Signals::WON, Signals::NOTE | Signals::PRICE, Signals::LOST] {
            let mut named = Vec::new();
            listeners.to(signals, |place| named.push(place));
            let listen = |place: &usize| signals.any(all[*place]);
            assert_eq!(named, (0..all.len()).filter(listen).collect::<Vec<_>>());
        }
    }
}
