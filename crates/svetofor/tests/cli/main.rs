//! The program as people and scripts run it.

// Helpers of tests may fail loudly too.
#![allow(clippy::unwrap_used)]

mod audit;
mod demo;
mod regulation;
mod reports;
mod sandbox;
mod support;
mod terminal;
