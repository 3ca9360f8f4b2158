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
