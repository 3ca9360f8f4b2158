//! What whoever holds the store is asked to import by another process, and what came of it.
//!
//! One process holds a store, so nothing is shared out here: it takes one after the other, and
//! after a crash it, or its successor, begins again with what has not ended.

use history::Instant;
use sqlx::AnyConnection;
use sqlx::any::AnyRow;

use crate::sql::{Columns, Sql};
use crate::{StoreError, new_id};

/// An import that was asked for and has not ended.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Asked {
    /// The company.
    pub company: String,
    /// Its id.
    pub id: String,
    /// What is asked for, in the words of those who ask and answer.
    pub request: String,
    /// How often it was begun.
    pub begun: i64,
}

/// How far an import is.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct State {
    /// Grows while somebody sees to it.
    pub beats: i64,
    /// How much has been read.
    pub done: i64,
    /// Of how much; 0: not known yet.
    pub whole: i64,
    /// What came of it, once it has ended.
    pub answer: Option<String>,
}

/// Asks for an import; its id.
pub async fn put(
    conn: &mut AnyConnection,
    company: &str,
    now: Instant,
    request: &str,
) -> Result<String, StoreError> {
    let id = new_id();
    Sql::new("INSERT INTO imports (company, id, request, put_at) VALUES ($1, $2, $3, $4)")
        .with(company)
        .with(&id)
        .with(request)
        .with(now)
        .run(conn)
        .await?;
    Ok(id)
}

/// The import of any company that has waited longest.
pub async fn next(conn: &mut AnyConnection) -> Result<Option<Asked>, StoreError> {
    let row = Sql::new(
        "SELECT company, id, request, begun FROM imports WHERE ended_at IS NULL \
         ORDER BY id LIMIT 1",
    )
    .optional(conn)
    .await?;
    let Some(row) = row else { return Ok(None) };
    Ok(Some(Asked {
        company: row.text("company")?,
        id: row.text("id")?,
        request: row.text("request")?,
        begun: row.number("begun")?,
    }))
}

/// Counts that it is begun once more.
pub async fn begin(conn: &mut AnyConnection, asked: &Asked) -> Result<(), StoreError> {
    Sql::new("UPDATE imports SET begun = begun + 1 WHERE company = $1 AND id = $2")
        .with(&asked.company)
        .with(&asked.id)
        .run(conn)
        .await
        .map(|_| ())
}

/// Shows that somebody sees to all that wait, and how much of this one has been read.
pub async fn beat(
    conn: &mut AnyConnection,
    asked: &Asked,
    (done, whole): (i64, i64),
) -> Result<(), StoreError> {
    Sql::new(
        "UPDATE imports SET beats = beats + 1, done = CASE WHEN id = $1 THEN $2 ELSE done END, \
         whole = CASE WHEN id = $1 THEN $3 ELSE whole END WHERE ended_at IS NULL",
    )
    .with(&asked.id)
    .with(done)
    .with(whole)
    .run(conn)
    .await
    .map(|_| ())
}

/// Says what came of it.
pub async fn end(
    conn: &mut AnyConnection,
    asked: &Asked,
    now: Instant,
    answer: &str,
) -> Result<(), StoreError> {
    Sql::new("UPDATE imports SET ended_at = $1, answer = $2 WHERE company = $3 AND id = $4")
        .with(now)
        .with(answer)
        .with(&asked.company)
        .with(&asked.id)
        .run(conn)
        .await
        .map(|_| ())
}

/// How far it is; none where it was taken back.
pub async fn state(
    conn: &mut AnyConnection,
    company: &str,
    id: &str,
) -> Result<Option<State>, StoreError> {
    let row = Sql::new(
        "SELECT beats, done, whole, answer, ended_at FROM imports WHERE company = $1 AND id = $2",
    )
    .with(company)
    .with(id)
    .optional(conn)
    .await?;
    let Some(row) = row else { return Ok(None) };
    let ended = row.number_or_none("ended_at")?.is_some();
    Ok(Some(State {
        beats: row.number("beats")?,
        done: row.number("done")?,
        whole: row.number("whole")?,
        answer: ended.then(|| row.text("answer")).transpose()?,
    }))
}

/// An import as lists show it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Listed {
    /// Its id.
    pub id: String,
    /// What is asked for.
    pub request: String,
    /// When it was asked for.
    pub put_at: Instant,
    /// How far it is.
    pub state: State,
    /// When it ended; none: it has not.
    pub ended_at: Option<Instant>,
}

/// The imports of a company that are kept, the latest first.
pub async fn list(conn: &mut AnyConnection, company: &str) -> Result<Vec<Listed>, StoreError> {
    let sql = Sql::new(
        "SELECT id, request, put_at, beats, done, whole, answer, ended_at FROM imports \
         WHERE company = $1 ORDER BY id DESC",
    );
    let read = |row: &AnyRow| {
        let ended_at = row.number_or_none("ended_at")?;
        Ok(Listed {
            id: row.text("id")?,
            request: row.text("request")?,
            put_at: row.number("put_at")?,
            state: State {
                beats: row.number("beats")?,
                done: row.number("done")?,
                whole: row.number("whole")?,
                answer: ended_at.map(|_| row.text("answer")).transpose()?,
            },
            ended_at,
        })
    };
    sql.with(company).read(conn, read).await
}

/// Takes it out: its answer was read, or nobody waits for one any more.
pub async fn remove(conn: &mut AnyConnection, company: &str, id: &str) -> Result<(), StoreError> {
    Sql::new("DELETE FROM imports WHERE company = $1 AND id = $2")
        .with(company)
        .with(id)
        .run(conn)
        .await
        .map(|_| ())
}

/// Takes out what ended before this instant and nobody came back for; how many.
pub async fn forget(conn: &mut AnyConnection, before: Instant) -> Result<u64, StoreError> {
    Sql::new("DELETE FROM imports WHERE ended_at < $1")
        .with(before)
        .run(conn)
        .await
}
