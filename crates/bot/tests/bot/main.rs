//! The bot, over the network to an emulator of Telegram; each test runs on SQLite and on PostgreSQL.

#![allow(clippy::unwrap_used)]

mod desk;
mod speaks;
