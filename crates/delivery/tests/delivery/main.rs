//! The outbox being emptied; each test runs on SQLite and on PostgreSQL.

#![allow(clippy::unwrap_used)]

mod carried;
mod killed;
mod office;
