//! The use cases of a finding's life, each on SQLite and on PostgreSQL.

// Helpers of tests may fail loudly too.
#![allow(clippy::unwrap_used)]

mod by_hand;
mod chats;
mod compare;
mod deal_list;
mod deciding;
mod exemptions;
mod figures;
mod live;
mod lost_deals;
mod memory;
mod office;
mod period_report;
mod reports;
mod reviews;
mod rules;
mod telling;
mod undo;
