//! Telegram: a small client of the Bot API, and the channels that send through it.
//!
//! The client knows the ten methods that the program calls. Of each failure it says whether the
//! call may have had its effect; nothing here repeats one that may have.

mod channel;
mod client;
mod cut;
mod pace;
mod update;

pub use channel::{TELEGRAM, TELEGRAM_GROUP, Telegram};
pub use client::{CallError, Client, Keyboard, Me, Place, Refusal, Sent, TELEGRAM_API};
pub use cut::{escape, parts};
pub use pace::{Pace, Turn};
pub use update::{Chat, Incoming, Member, Pressed, Update, User};
