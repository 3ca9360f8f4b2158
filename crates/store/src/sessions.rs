//! Sessions: who is logged in. Only digests of session ids are kept.

use history::Instant;
use sqlx::AnyConnection;

use crate::StoreError;
use crate::sql::{Columns, Sql};

/// A session of somebody who is logged in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Session {
    /// The digest of its id.
    pub digest: String,
    /// Whose it is.
    pub person: String,
    /// The company they are in, once they have chosen.
    pub company: Option<String>,
    /// When it began.
    pub created_at: Instant,
    /// When it was last used, to within some minutes.
    pub seen_at: Instant,
}

/// Begins a session.
pub async fn add(conn: &mut AnyConnection, session: &Session) -> Result<(), StoreError> {
    Sql::new(
        "INSERT INTO sessions (digest, person, company, created_at, seen_at) \
         VALUES ($1, $2, $3, $4, $5)",
    )
    .with(&session.digest)
    .with(&session.person)
    .with(session.company.as_deref().unwrap_or_default())
    .with(session.created_at)
    .with(session.seen_at)
    .run(conn)
    .await?;
    Ok(())
}

/// The session of this digest.
pub async fn get(conn: &mut AnyConnection, digest: &str) -> Result<Option<Session>, StoreError> {
    let sql = Sql::new("SELECT * FROM sessions WHERE digest = $1").with(digest);
    let Some(row) = sql.optional(conn).await? else {
        return Ok(None);
    };
    Ok(Some(Session {
        digest: row.text("digest")?,
        person: row.text("person")?,
        company: Some(row.text("company")?).filter(|id| !id.is_empty()),
        created_at: row.number("created_at")?,
        seen_at: row.number("seen_at")?,
    }))
}

/// Notes that a session was used.
pub async fn set_seen(
    conn: &mut AnyConnection,
    digest: &str,
    seen_at: Instant,
) -> Result<(), StoreError> {
    let sql = Sql::new("UPDATE sessions SET seen_at = $1 WHERE digest = $2");
    sql.with(seen_at).with(digest).run(conn).await?;
    Ok(())
}

/// Goes over to another company.
pub async fn set_company(
    conn: &mut AnyConnection,
    digest: &str,
    company: &str,
) -> Result<(), StoreError> {
    let sql = Sql::new("UPDATE sessions SET company = $1 WHERE digest = $2");
    sql.with(company).with(digest).run(conn).await?;
    Ok(())
}

/// Ends a session.
pub async fn remove(conn: &mut AnyConnection, digest: &str) -> Result<(), StoreError> {
    let sql = Sql::new("DELETE FROM sessions WHERE digest = $1");
    sql.with(digest).run(conn).await?;
    Ok(())
}

/// Ends all sessions of a person, but for one where its digest is given.
pub async fn remove_others(
    conn: &mut AnyConnection,
    person: &str,
    but: Option<&str>,
) -> Result<u64, StoreError> {
    Sql::new("DELETE FROM sessions WHERE person = $1 AND digest <> $2")
        .with(person)
        .with(but.unwrap_or_default())
        .run(conn)
        .await
}

/// Clears away sessions that were last used, or begun, too long ago.
pub async fn remove_old(
    conn: &mut AnyConnection,
    seen_before: Instant,
    created_before: Instant,
) -> Result<u64, StoreError> {
    Sql::new("DELETE FROM sessions WHERE seen_at <= $1 OR created_at <= $2")
        .with(seen_before)
        .with(created_before)
        .run(conn)
        .await
}
