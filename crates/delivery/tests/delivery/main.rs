//! The outbox being emptied; each test runs on SQLite and on PostgreSQL.

#![allow(clippy::unwrap_used)]

mod begun;
mod carried;
mod killed;
mod mail;
mod office;
mod secure;
mod telegram;
mod webhook;
