//! The program as people and scripts run it.

// Helpers of tests may fail loudly too.
#![allow(clippy::unwrap_used)]

mod audit;
#[cfg(unix)]
mod beside;
#[cfg(unix)]
mod company;
#[cfg(unix)]
mod compare;
mod demo;
#[cfg(unix)]
mod demo_server;
#[cfg(unix)]
mod period;
mod regulation;
mod reports;
mod sandbox;
#[cfg(unix)]
mod serve;
#[cfg(unix)]
mod server;
mod support;
mod terminal;
