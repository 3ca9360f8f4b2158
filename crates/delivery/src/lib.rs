//! Empties the outbox: what is to be told to somebody goes out through channels, once.
//!
//! It must never know rules or permissions; what to tell, and whom, is decided before.
