//! The store's tests, one file a noun; each runs on SQLite and on PostgreSQL.

#![allow(clippy::unwrap_used)]

mod access;
mod companies;
mod delivery;
mod events;
mod findings;
mod imports;
mod keys;
mod kill;
mod life;
mod load;
mod office;
mod outbox;
mod places;
mod reference;
mod regulations;
mod reports;
mod reviews;
mod saved;
mod search;
mod telling;
