//! The store's tests, one file a noun; each runs on SQLite and on PostgreSQL.

mod companies;
mod events;
mod findings;
mod reference;
mod regulations;
