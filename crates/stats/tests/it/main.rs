//! The tests of the statistics, in one program.

#![expect(
    clippy::unwrap_used,
    reason = "a test that cannot go on should stop there"
)]

mod exact;
mod laws;
mod worked;
