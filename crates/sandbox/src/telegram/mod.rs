//! An emulator of Telegram's Bot API: what the program calls of it, over HTTP, with its limits and its
//! ways to fail. A test speaks as people do and reads what they received.
//!
//! It holds calls to what Telegram does: only who began a chat is written to; markup must be whole;
//! texts, captions and buttons have their lengths; who is too fast waits; an update is given again
//! until a later one is asked for.

mod calls;
mod limits;
mod markup;

use std::collections::{BTreeMap, BTreeSet, VecDeque};
use std::net::SocketAddr;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use serde_json::{Value, json};
use tokio::sync::Notify;
use tokio::task::JoinHandle;

use limits::Limits;

/// The token of its only bot.
pub const TOKEN: &str = "4242:AAF-made-up_token-of-the-emulator";
/// The name of its only bot.
pub const BOT: &str = "svetofor_test_bot";

/// How the next call of a method fails.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Fault {
    /// Too many calls: come again in so many seconds.
    TooMany(u32),
    /// An error of this number with these words; it has no effect.
    Refused(u16, &'static str),
    /// An error of something in between, which speaks no JSON.
    Gateway,
    /// It has its effect, and the connection breaks before the answer.
    Unanswered,
    /// It has no effect, and the connection breaks.
    Broken,
    /// It has its effect and is never answered.
    Hangs,
}

/// A message that a chat received.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Received {
    /// The chat.
    pub chat: i64,
    /// The topic.
    pub thread: Option<i64>,
    /// Its number in the chat.
    pub message: i64,
    /// The method that it came by.
    pub method: String,
    /// What one reads, without markup.
    pub text: String,
    /// The same as it was sent.
    pub html: String,
    /// Rows of buttons: what stands on them, and what they mean.
    pub buttons: Vec<Vec<(String, String)>>,
    /// Files: name and bytes.
    pub files: Vec<(String, Vec<u8>)>,
    /// Whether it asks for an answer.
    pub asks: bool,
}

/// What a chat was told of a button that was pressed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Answered {
    /// The id of the pressing.
    pub id: String,
    /// The words.
    pub text: String,
    /// Whether they have to be closed.
    pub alert: bool,
}

#[derive(Default)]
struct State {
    updates: VecDeque<Value>,
    last_update: i64,
    last_message: i64,
    last_press: i64,
    /// Chats that may be written to, with the kind of each.
    chats: BTreeMap<i64, &'static str>,
    blocked: BTreeSet<i64>,
    moved: BTreeMap<i64, i64>,
    received: Vec<Received>,
    answered: Vec<Answered>,
    faults: VecDeque<(String, Fault)>,
    /// How many calls of each method came, whatever became of them.
    calls: BTreeMap<String, usize>,
    limits: Limits,
    language: &'static str,
}

/// What the emulator and its server share.
#[derive(Default)]
pub(in crate::telegram) struct Shared {
    state: Mutex<State>,
    news: Notify,
}

impl Shared {
    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// A Bot API on this machine; it ends with its value.
pub struct Emulator {
    shared: Arc<Shared>,
    address: SocketAddr,
    server: JoinHandle<()>,
}

impl Drop for Emulator {
    fn drop(&mut self) {
        self.server.abort();
    }
}

impl Emulator {
    /// Starts one whose limits hold for seconds of this length.
    ///
    /// # Errors
    /// Where no port is free.
    pub async fn start(second: Duration) -> std::io::Result<Emulator> {
        let shared = Arc::new(Shared::default());
        shared.state().limits.second = second;
        shared.state().language = "ru";
        let listener = tokio::net::TcpListener::bind(("127.0.0.1", 0)).await?;
        let address = listener.local_addr()?;
        let router = calls::router(shared.clone());
        let server = tokio::spawn(async move {
            // It is aborted; an error of its listener ends the test that waits for it.
            let _ = axum::serve(listener, router).await;
        });
        Ok(Emulator {
            shared,
            address,
            server,
        })
    }

    /// Its address, as a client wants it.
    pub fn api(&self) -> String {
        format!("http://{}", self.address)
    }

    /// The language of everybody's Telegram from now on.
    pub fn speak(&self, language: &'static str) {
        self.shared.state().language = language;
    }

    /// Somebody writes in their private chat; the number of the update.
    pub fn says(&self, user: i64, text: &str) -> i64 {
        self.write((user, None), user, text, None)
    }

    /// Somebody writes in a group, perhaps in a topic.
    pub fn says_in(&self, chat: i64, thread: Option<i64>, user: i64, text: &str) -> i64 {
        self.write((chat, thread), user, text, None)
    }

    /// Somebody answers a message of the bot in their private chat.
    pub fn replies(&self, user: i64, message: i64, text: &str) -> i64 {
        self.write((user, None), user, text, Some(message))
    }

    fn write(
        &self,
        (chat, thread): (i64, Option<i64>),
        user: i64,
        text: &str,
        to: Option<i64>,
    ) -> i64 {
        let kind = if chat < 0 { "supergroup" } else { "private" };
        let mut state = self.shared.state();
        state.chats.insert(chat, kind);
        state.last_message += 1;
        let mut message = json!({
            "message_id": state.last_message,
            "date": 0,
            "from": person(user, state.language),
            "chat": place(chat, kind),
            "text": text,
        });
        if let Some(thread) = thread {
            message["message_thread_id"] = json!(thread);
            message["is_topic_message"] = json!(true);
        }
        if let Some(to) = to {
            let from = json!({ "id": 4242, "is_bot": true, "first_name": "QC", "username": BOT });
            message["reply_to_message"] = json!({ "message_id": to, "date": 0, "from": from, "chat": place(chat, kind), "text": "" });
        }
        self.happens(state, json!({ "message": message }))
    }

    /// Somebody presses a button under a message; nothing holds `data` to what stands there. The
    /// number of the update.
    pub fn presses(&self, chat: i64, user: i64, message: i64, data: &str) -> i64 {
        let mut state = self.shared.state();
        state.last_press += 1;
        let kind = if chat < 0 { "supergroup" } else { "private" };
        let press = json!({
            "id": state.last_press.to_string(),
            "from": person(user, state.language),
            "chat_instance": "1",
            "message": { "message_id": message, "date": 0, "chat": place(chat, kind), "text": "" },
            "data": data,
        });
        self.happens(state, json!({ "callback_query": press }))
    }

    /// The bot is thrown out of a group.
    pub fn kicks(&self, chat: i64) -> i64 {
        let mut state = self.shared.state();
        state.blocked.insert(chat);
        let bot = json!({ "id": 4242, "is_bot": true, "first_name": "QC", "username": BOT });
        let change = json!({
            "chat": place(chat, "supergroup"),
            "from": person(1, state.language),
            "date": 0,
            "old_chat_member": { "status": "member", "user": bot },
            "new_chat_member": { "status": "kicked", "user": bot },
        });
        self.happens(state, json!({ "my_chat_member": change }))
    }

    /// Somebody blocks the bot.
    pub fn blocks(&self, user: i64) {
        self.shared.state().blocked.insert(user);
    }

    /// A group goes on under another number.
    pub fn moves(&self, from: i64, to: i64) {
        let mut state = self.shared.state();
        state.moved.insert(from, to);
        state.chats.insert(to, "supergroup");
    }

    /// Lets the bot write to a chat that nobody has written in yet.
    pub fn opens(&self, chat: i64) {
        let kind = if chat < 0 { "supergroup" } else { "private" };
        self.shared.state().chats.insert(chat, kind);
    }

    fn happens(&self, mut state: MutexGuard<'_, State>, mut update: Value) -> i64 {
        state.last_update += 1;
        let number = state.last_update;
        update["update_id"] = json!(number);
        state.updates.push_back(update);
        drop(state);
        self.shared.news.notify_waiters();
        number
    }

    /// The next call of this method fails so; several wait for several calls.
    pub fn fails(&self, method: &str, fault: Fault) {
        let mut state = self.shared.state();
        state.faults.push_back((method.to_owned(), fault));
    }

    /// What a chat has received, in order.
    pub fn received(&self, chat: i64) -> Vec<Received> {
        let state = self.shared.state();
        let there = state.received.iter().filter(|one| one.chat == chat);
        there.cloned().collect()
    }

    /// What was said of buttons that were pressed, in order.
    pub fn answered(&self) -> Vec<Answered> {
        self.shared.state().answered.clone()
    }

    /// How often a method was called, whatever became of it.
    pub fn calls(&self, method: &str) -> usize {
        let state = self.shared.state();
        state.calls.get(method).copied().unwrap_or(0)
    }

    /// How many updates nobody has confirmed.
    pub fn unread(&self) -> usize {
        self.shared.state().updates.len()
    }

    /// How many calls were refused for being too fast.
    pub fn overruns(&self) -> usize {
        self.shared.state().limits.overruns
    }
}

fn person(id: i64, language: &str) -> Value {
    json!({ "id": id, "is_bot": false, "first_name": "Имя", "language_code": language })
}

fn place(chat: i64, kind: &str) -> Value {
    match kind {
        "private" => json!({ "id": chat, "type": kind, "first_name": "Имя" }),
        _ => json!({ "id": chat, "type": kind, "title": "Отдел продаж" }),
    }
}
