//! What the Bot API tells of what people do, as far as the program listens.

use serde::Deserialize;

/// Something that happened.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct Update {
    /// Its number; they grow.
    pub update_id: i64,
    /// Somebody wrote.
    pub message: Option<Incoming>,
    /// Somebody pressed a button.
    pub callback_query: Option<Pressed>,
    /// What the bot may do in a chat has changed.
    pub my_chat_member: Option<Member>,
}

/// Somebody.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct User {
    /// Their number.
    pub id: i64,
    /// Whether it is a program.
    pub is_bot: bool,
    /// What they are called.
    pub first_name: String,
    /// The name by which they are found; empty: none.
    pub username: String,
    /// The language of their Telegram, such as `ru`.
    pub language_code: String,
}

/// A chat.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct Chat {
    /// Its number; groups have negative ones.
    pub id: i64,
    /// `private`, `group`, `supergroup` or `channel`.
    #[serde(rename = "type")]
    pub kind: String,
    /// What a group is called.
    pub title: String,
}

impl Chat {
    /// Whether one person alone is there.
    pub fn is_private(&self) -> bool {
        self.kind == "private"
    }
}

/// A message that somebody wrote, or that stands where a button was pressed.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct Incoming {
    /// Its number in the chat.
    pub message_id: i64,
    /// The topic.
    pub message_thread_id: Option<i64>,
    /// Who wrote it; nobody in channels.
    pub from: Option<User>,
    /// Where.
    pub chat: Chat,
    /// What; empty: a picture, a voice …
    pub text: String,
    /// What it answers.
    pub reply_to_message: Option<Box<Incoming>>,
    /// The group goes on under this number.
    pub migrate_to_chat_id: Option<i64>,
}

/// A button that was pressed.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct Pressed {
    /// What an answer names.
    pub id: String,
    /// Who pressed it.
    pub from: User,
    /// Under which message; none: it is too old.
    pub message: Option<Incoming>,
    /// What the button means.
    pub data: String,
}

/// A change of what the bot may do in a chat.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct Member {
    /// The chat.
    pub chat: Chat,
    /// What it is from now on.
    pub new_chat_member: Standing,
}

/// What somebody is in a chat.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct Standing {
    /// `member`, `administrator`, `left`, `kicked` …
    pub status: String,
}

impl Member {
    /// Whether the bot can write there no longer.
    pub fn is_out(&self) -> bool {
        matches!(self.new_chat_member.status.as_str(), "left" | "kicked")
    }
}
