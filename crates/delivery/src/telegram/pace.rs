//! How fast Telegram may be asked: 30 messages a second in all, one a second to a chat, 20 a minute
//! to a group.
//!
//! What counts is when a message leaves, not when it was allowed to: between the two stands the mark
//! that it was begun, and writing that takes a while. So a chat has its [`Turn`] first, and leaves in
//! it.

use std::collections::{HashMap, VecDeque};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use tokio::sync::OwnedMutexGuard;
use tokio::time::Instant;

/// Messages a second in all, calls a second to a chat, messages a minute to a group.
const ALL: usize = 30;
const CHAT: usize = 1;
const GROUP: usize = 20;
const MINUTE: u32 = 60;
/// How many chats may have been written to before those of long ago are forgotten.
const FORGET_FROM: usize = 1_000;

/// Keeps the pace that Telegram sets.
pub struct Pace {
    second: Duration,
    left: Mutex<Left>,
}

/// What has left, and who is about to leave.
#[derive(Default)]
struct Left {
    all: VecDeque<Instant>,
    chats: HashMap<i64, Chat>,
    /// Before this instant nothing leaves: Telegram has said so.
    held: Option<Instant>,
}

#[derive(Default)]
struct Chat {
    turn: Arc<tokio::sync::Mutex<()>>,
    calls: VecDeque<Instant>,
    messages: VecDeque<Instant>,
}

/// When there is room for `more` besides what left within the window; none: now.
fn room(
    left: &mut VecDeque<Instant>,
    window: Duration,
    most: usize,
    more: usize,
    now: Instant,
) -> Option<Instant> {
    while left.front().is_some_and(|at| *at + window <= now) {
        left.pop_front();
    }
    let over = (left.len() + more)
        .checked_sub(most)
        .filter(|over| *over > 0)?;
    left.get(over - 1).map(|at| *at + window)
}

impl Left {
    /// When so many messages may leave for a chat; none: now.
    fn free(
        &mut self,
        chat: i64,
        messages: usize,
        second: Duration,
        now: Instant,
    ) -> Option<Instant> {
        let held = self.held.filter(|until| *until > now);
        let all = room(&mut self.all, second, ALL, messages, now);
        let there = self.chats.entry(chat).or_default();
        let calls = room(&mut there.calls, second, CHAT, 1, now);
        let group = match chat < 0 {
            true => room(&mut there.messages, second * MINUTE, GROUP, messages, now),
            false => None,
        };
        held.into_iter().chain(all).chain(calls).chain(group).max()
    }

    fn leave(&mut self, chat: i64, messages: usize, now: Instant) {
        let there = self.chats.entry(chat).or_default();
        there.calls.push_back(now);
        for _ in 0..messages {
            self.all.push_back(now);
            if chat < 0 {
                there.messages.push_back(now);
            }
        }
    }

    fn forget(&mut self, second: Duration, now: Instant) {
        if self.chats.len() > FORGET_FROM {
            let recent = |left: &VecDeque<Instant>| {
                left.back().is_some_and(|at| *at + second * MINUTE > now)
            };
            self.chats
                .retain(|_, chat| Arc::strong_count(&chat.turn) > 1 || recent(&chat.calls));
        }
    }
}

/// A chat's turn: nothing else leaves for the chat until it is dropped.
pub struct Turn<'a> {
    pace: &'a Pace,
    chat: i64,
    messages: usize,
    _turn: OwnedMutexGuard<()>,
}

impl Turn<'_> {
    /// Lets it leave, which is now but for what left for other chats meanwhile.
    pub async fn leave(&self) {
        self.pace.wait(self.chat, self.messages, true).await;
    }
}

impl Pace {
    /// The pace, for seconds of this length: only tests have shorter ones.
    pub fn new(second: Duration) -> Pace {
        Pace {
            second,
            left: Mutex::default(),
        }
    }

    fn left(&self) -> MutexGuard<'_, Left> {
        self.left.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Waits until so many messages (at most ten) may leave for a chat. Groups have negative
    /// numbers.
    pub async fn turn(&self, chat: i64, messages: usize) -> Turn<'_> {
        let turn = self.left().chats.entry(chat).or_default().turn.clone();
        let turn = turn.lock_owned().await;
        let messages = messages.clamp(1, 10);
        self.wait(chat, messages, false).await;
        Turn {
            pace: self,
            chat,
            messages,
            _turn: turn,
        }
    }

    async fn wait(&self, chat: i64, messages: usize, leaves: bool) {
        loop {
            let free = {
                let (mut left, now) = (self.left(), Instant::now());
                let free = left.free(chat, messages, self.second, now);
                if free.is_none() && leaves {
                    left.leave(chat, messages, now);
                    left.forget(self.second, now);
                }
                free
            };
            match free {
                Some(at) => tokio::time::sleep_until(at).await,
                None => return,
            }
        }
    }

    /// Lets nothing leave for so long.
    pub fn hold(&self, wait: Duration) {
        let until = Instant::now() + wait;
        let mut left = self.left();
        left.held = Some(left.held.map_or(until, |earlier| earlier.max(until)));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const SECOND: Duration = Duration::from_secs(1);

    /// Leaves for these chats in turn, as soon as it may, so often; the instants of each leaving,
    /// with how many messages it was.
    fn as_fast_as_it_may(
        chats: &[i64],
        messages: usize,
        times: usize,
    ) -> Vec<(i64, Duration, usize)> {
        let begin = Instant::now();
        let (mut left, mut now) = (Left::default(), begin);
        let mut sent = Vec::new();
        for chat in chats.iter().copied().cycle().take(times) {
            while let Some(at) = left.free(chat, messages, SECOND, now) {
                assert!(at > now, "it waits for something");
                now = at;
            }
            left.leave(chat, messages, now);
            sent.push((chat, now - begin, messages));
        }
        sent
    }

    /// The most messages within any window.
    fn most(sent: &[(i64, Duration, usize)], window: Duration) -> usize {
        let within = |from: Duration| {
            let those = sent
                .iter()
                .filter(|(_, at, _)| (from..from + window).contains(at));
            those.map(|(.., messages)| messages).sum()
        };
        sent.iter().map(|(_, at, _)| within(*at)).max().unwrap_or(0)
    }

    #[test]
    fn no_window_has_more_than_is_allowed_and_none_less_than_it_could() {
        let many: Vec<i64> = (1..=500).collect();
        let sent = as_fast_as_it_may(&many, 1, 500);
        assert_eq!(most(&sent, SECOND), ALL);
        assert_eq!(sent.last().map(|last| last.1), Some(SECOND * 16));
        let sent = as_fast_as_it_may(&[7], 1, 50);
        assert_eq!((most(&sent, SECOND), sent[49].1), (CHAT, SECOND * 49));
        let sent = as_fast_as_it_may(&[-7], 1, 100);
        assert_eq!(
            (most(&sent, SECOND), most(&sent, SECOND * MINUTE)),
            (CHAT, GROUP)
        );
        let albums = as_fast_as_it_may(&[-7], 10, 10);
        assert_eq!(most(&albums, SECOND * MINUTE), GROUP);
    }

    #[test]
    fn nothing_leaves_while_telegram_said_so() {
        let (mut left, now) = (Left::default(), Instant::now());
        left.held = Some(now + SECOND * 7);
        assert_eq!(left.free(1, 1, SECOND, now), Some(now + SECOND * 7));
        assert_eq!(left.free(1, 1, SECOND, now + SECOND * 7), None);
    }
}
