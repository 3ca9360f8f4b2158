//! An event as people of a made-up company live it, before it gets its ids.

use history::{Instant, Kind};

/// An event.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Entry {
    pub at: Instant,
    pub kind: Kind,
    pub deal: u64,
    pub actor: Option<usize>,
    pub employee: Option<usize>,
    pub stage: &'static str,
    pub task: u64,
    pub due: Option<Instant>,
    pub text: String,
    pub field: &'static str,
    pub amount: Option<f64>,
    pub client: String,
    pub channel: &'static str,
}

impl Entry {
    /// An event of which nothing more is known.
    pub fn new(deal: u64, at: Instant, kind: Kind) -> Entry {
        Entry {
            at,
            kind,
            deal,
            actor: None,
            employee: None,
            stage: "",
            task: 0,
            due: None,
            text: String::new(),
            field: "",
            amount: None,
            client: String::new(),
            channel: "",
        }
    }
}
