//! The store's tests, one file a noun; each runs on SQLite and on PostgreSQL.

#![allow(clippy::unwrap_used)]

mod companies;
mod events;
mod findings;
mod life;
mod office;
mod outbox;
mod reference;
mod regulations;
