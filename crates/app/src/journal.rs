//! The journal: who did what, for good. Every change notes itself in its own transaction.

use history::Instant;
use serde_json::{Map, Value, json};
use store::journal::{self, Entry};
use store::{Connection, Store};

use crate::actor::Actor;
use crate::error::Error;
use crate::permissions::Deed;

/// What is noted.
#[derive(Clone, Debug)]
pub struct Note {
    action: &'static str,
    object: String,
    details: Map<String, Value>,
}

impl Note {
    /// That something was done to an object of this id.
    pub fn new(action: &'static str, object: &str) -> Note {
        Note {
            action,
            object: object.to_string(),
            details: Map::new(),
        }
    }

    /// With a detail. Never a secret.
    pub fn with(mut self, key: &str, value: &str) -> Note {
        self.details.insert(key.to_string(), value.into());
        self
    }

    /// With a value that became another; nothing where it stayed.
    pub fn change(mut self, key: &str, old: &str, new: &str) -> Note {
        if old != new {
            let change = json!({ "from": old, "to": new });
            self.details.insert(key.to_string(), change);
        }
        self
    }
}

/// Notes what a person did in a company.
pub async fn note(
    conn: &mut Connection,
    company: &str,
    person: &str,
    note: Note,
    now: Instant,
) -> Result<(), Error> {
    let details = Value::Object(note.details).to_string();
    journal::add(conn, company, now, person, note.action, &note.object, &details).await?;
    Ok(())
}
