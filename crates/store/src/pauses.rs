//! When nobody is told anything: a person, or the whole company. Never deleted.

use history::Instant;
use sqlx::AnyConnection;
use sqlx::any::AnyRow;

use crate::StoreError;
use crate::sql::{Columns, Sql};

/// A pause of notices.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Pause {
    /// Its id.
    pub id: String,
    /// Whose notices; empty: the whole company's.
    pub person: String,
    /// From when.
    pub from_at: Instant,
    /// Until when.
    pub until_at: Instant,
    /// Why.
    pub reason: String,
    /// Which person made it.
    pub author: String,
    /// When somebody ended it before its time.
    pub ended_at: Option<Instant>,
    /// Which person.
    pub ended_by: String,
}

impl Pause {
    /// Until when it holds: its end, or the earlier one that somebody gave it.
    pub fn until(&self) -> Instant {
        self.ended_at
            .map_or(self.until_at, |ended| ended.min(self.until_at))
    }

    /// Whether it holds at an instant.
    pub fn holds(&self, at: Instant) -> bool {
        self.from_at <= at && at < self.until()
    }

    /// Whether it is about this person's notices.
    pub fn is_of(&self, person: &str) -> bool {
        self.person.is_empty() || self.person == person
    }
}

/// Adds a pause.
pub async fn add(conn: &mut AnyConnection, company: &str, pause: &Pause) -> Result<(), StoreError> {
    Sql::new(
        "INSERT INTO pauses (company, id, person, from_at, until_at, reason, author) \
         VALUES ($1, $2, $3, $4, $5, $6, $7)",
    )
    .with(company)
    .with(&pause.id)
    .with(&pause.person)
    .with(pause.from_at)
    .with(pause.until_at)
    .with(&pause.reason)
    .with(&pause.author)
    .run(conn)
    .await
    .map(|_| ())
}

/// Ends a pause before its time; false where it does not hold.
pub async fn end(
    conn: &mut AnyConnection,
    company: &str,
    id: &str,
    author: &str,
    now: Instant,
) -> Result<bool, StoreError> {
    let touched = Sql::new(
        "UPDATE pauses SET ended_at = $1, ended_by = $2 WHERE company = $3 AND id = $4 \
         AND ended_at IS NULL AND until_at > $1",
    )
    .with(now)
    .with(author)
    .with(company)
    .with(id)
    .run(conn)
    .await?;
    Ok(touched > 0)
}

fn read(row: &AnyRow) -> Result<Pause, StoreError> {
    Ok(Pause {
        id: row.text("id")?,
        person: row.text("person")?,
        from_at: row.number("from_at")?,
        until_at: row.number("until_at")?,
        reason: row.text("reason")?,
        author: row.text("author")?,
        ended_at: row.number_or_none("ended_at")?,
        ended_by: row.text("ended_by")?,
    })
}

/// The pauses that lasted at `since` or began later, the first first.
pub async fn since(
    conn: &mut AnyConnection,
    company: &str,
    since: Instant,
) -> Result<Vec<Pause>, StoreError> {
    let sql = Sql::new(
        "SELECT id, person, from_at, until_at, reason, author, ended_at, ended_by FROM pauses \
         WHERE company = $1 AND until_at > $2 ORDER BY from_at, id",
    );
    let sql = sql.with(company).with(since);
    sql.read(conn, read).await
}

/// The pause of this id.
pub async fn find(
    conn: &mut AnyConnection,
    company: &str,
    id: &str,
) -> Result<Option<Pause>, StoreError> {
    let sql = Sql::new(
        "SELECT id, person, from_at, until_at, reason, author, ended_at, ended_by FROM pauses \
         WHERE company = $1 AND id = $2",
    );
    let sql = sql.with(company).with(id);
    sql.optional(conn).await?.as_ref().map(read).transpose()
}
