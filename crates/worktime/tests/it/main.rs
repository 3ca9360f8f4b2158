//! The tests of working time, in one program.

#![expect(
    clippy::unwrap_used,
    reason = "a test that cannot go on should stop there"
)]

mod hostile;
mod laws;
mod model;
mod national;
mod support;
mod traps;
mod vectors;
