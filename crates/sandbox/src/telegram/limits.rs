//! How fast a bot may be.

use std::collections::{BTreeMap, VecDeque};
use std::time::Duration;

use tokio::time::Instant;

/// Messages a second in all, a second to a chat, a minute to a group.
const ALL: usize = 30;
const CHAT: usize = 1;
const GROUP: usize = 20;

/// What went out lately.
#[derive(Default)]
pub(super) struct Limits {
    /// How long a second is here.
    pub second: Duration,
    /// How many calls came too fast.
    pub overruns: usize,
    all: VecDeque<Instant>,
    chats: BTreeMap<i64, VecDeque<Instant>>,
    groups: BTreeMap<i64, VecDeque<Instant>>,
}

impl Limits {
    /// Counts messages to a chat; in how many seconds to come again where they are too many. A
    /// fifth of a window is left to what happens on the line.
    pub fn take(&mut self, chat: i64, messages: usize, now: Instant) -> Result<(), u32> {
        let second = self.second / 2;
        let group = chat < 0;
        let all = count(&mut self.all, now, second) + messages > ALL;
        let chats = self.chats.entry(chat).or_default();
        // An album is one call.
        let one = count(chats, now, second) + 1 > CHAT;
        let groups = self.groups.entry(chat).or_default();
        let many = group && count(groups, now, second * 60) + messages > GROUP;
        if all || one || many {
            self.overruns += 1;
            return Err(if many { 60 } else { 1 });
        }
        chats.push_back(now);
        for _ in 0..messages {
            self.all.push_back(now);
            groups.push_back(now);
        }
        Ok(())
    }
}

/// How many there were within the window.
fn count(sent: &mut VecDeque<Instant>, now: Instant, window: Duration) -> usize {
    while sent
        .front()
        .is_some_and(|at| now.duration_since(*at) >= window)
    {
        sent.pop_front();
    }
    sent.len()
}
