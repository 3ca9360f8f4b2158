//! Where everything is kept: SQLite by default, PostgreSQL where a URL says so; the same SQL for
//! both wherever they allow it.
//!
//! One file a noun, with free functions that take a connection and a company, so that a use
//! case puts several into one transaction. Every row belongs to a company. The crate must never
//! know who may see what, what a finding means, or HTTP.

mod engine;
mod error;
mod migrations;
mod place;
mod sql;
mod store;

pub mod addresses;
pub mod admissions;
pub mod artefacts;
pub mod backup;
pub mod bot;
pub mod chats;
pub mod checks;
pub mod companies;
pub mod decisions;
pub mod events;
pub mod exemptions;
pub mod findings;
pub mod goals;
pub mod handmade;
pub mod idempotency;
pub mod imports;
pub mod journal;
pub mod leases;
pub mod links;
pub mod notes;
pub mod notices;
pub mod outbox;
pub mod outlets;
pub mod pauses;
pub mod persons;
pub mod reference;
pub mod regulations;
pub mod reports;
pub mod reviews;
pub mod rulings;
pub mod saved;
pub mod sessions;
pub mod settings;
pub mod tellings;
#[cfg(feature = "testing")]
pub mod testing;
pub mod tokens;
pub mod troubles;
pub mod webhooks;

pub use engine::Hold;
pub use error::StoreError;
pub use place::Place;
pub use store::{Reader, Store, Tx, View};

/// A connection of either engine: what [`Tx`] and [`Reader`] lend to the functions here.
pub use sqlx::AnyConnection as Connection;

/// The longest id or key from outside, in bytes: what an index of PostgreSQL takes with room to
/// spare.
pub const MAX_NAME: usize = 500;

/// A new id: its text sorts by the time it was made.
pub fn new_id() -> String {
    uuid::Uuid::now_v7().to_string()
}
