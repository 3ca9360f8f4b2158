//! The journal: who did what, for good. Every change notes itself in its own transaction.

use history::Instant;
use serde_json::{Map, Value, json};
pub use store::journal::Line;
use store::journal::{self, NewLine};
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
    /// That something was done, such as `person.invite`, to an object, such as `person:ID`.
    pub fn new(action: &'static str, kind: &str, id: &str) -> Note {
        Note {
            action,
            object: format!("{kind}:{id}"),
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
    let line = NewLine {
        at: now,
        actor: person,
        action: note.action,
        object: &note.object,
        details: &details,
    };
    journal::add(conn, company, line).await?;
    Ok(())
}

/// Lines of the company's journal, the latest first, behind the instant and id of the last one
/// seen; of one object where it is named.
pub async fn lines(
    store: &Store,
    actor: &Actor,
    object: Option<&str>,
    after: Option<(Instant, &str)>,
    limit: i64,
) -> Result<Vec<Line>, Error> {
    actor.reach(Deed::SeeJournal)?;
    let mut reader = store.reader().await?;
    Ok(journal::page(&mut reader, &actor.company, object, after, limit).await?)
}
