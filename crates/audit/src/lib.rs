//! The judge: a history and a written regulation in, true findings out.
//!
//! [`regulation`] reads what is demanded, [`rules`] holds one file a rule, [`judge`] walks the
//! timelines. Judging is pure: `now` is a parameter, and an event after it does not exist. The
//! crate must never know a clock, a disk, a network or a store; nor what a finding costs
//! anybody, that is for the figures.

pub mod document;
pub mod examples;
pub mod judge;
pub mod message;
pub mod regulation;
pub mod rules;
