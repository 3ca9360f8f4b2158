//! The check of a lost deal: opened when a deal is lost, filled in from its timeline, answered by
//! the head.

pub mod check;
pub mod facts;
pub mod work;
