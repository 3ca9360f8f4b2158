//! The use cases: what people and programs can do with Svetofor, and the one table of who may.
//!
//! It must never know HTTP or HTML.
//!
//! A use case takes the [`Actor`] and `now`, asks [`permissions`] first, works in one transaction
//! of the store, and answers with plain values or an [`Error`].

pub mod accounts;
mod actor;
pub mod addresses;
pub mod audits;
mod beside;
pub mod calendar;
pub mod chats;
pub mod companies;
pub mod compare;
pub mod counts;
pub mod deal_list;
pub mod deals;
pub mod desk;
pub mod employees;
mod error;
pub mod events;
pub mod export;
pub mod figures;
pub mod goals;
pub mod import;
pub mod jobs;
pub mod journal;
pub mod keeping;
pub mod known;
pub mod life;
pub mod notices;
pub mod overview;
pub mod period_report;
pub mod permissions;
pub mod regulation;
pub mod reports;
pub mod reviews;
pub mod sales;
pub mod saved;
pub mod search;
pub mod tables;
pub mod telling;
pub mod upkeep;
pub mod webhooks;
pub mod what_if;

pub use actor::{Actor, Via};
pub use error::{Error, Fault};
/// Unix milliseconds, UTC.
pub use history::Instant;
