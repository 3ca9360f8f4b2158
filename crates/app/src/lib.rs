//! The use cases: what people and programs can do with Svetofor, and the one table of who may.
//!
//! It must never know HTTP or HTML.

pub mod life;
