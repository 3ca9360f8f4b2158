//! How workers share the outbox.

use history::Instant;
use sqlx::AnyConnection;

use super::{COLUMNS, Message, read};
use crate::sql::{Columns, Sql};
use crate::{StoreError, engine};

/// A message in a worker's hands until its lease ends. What the worker says of it afterwards
/// counts only while nobody else has taken it since.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Claim {
    /// The message; `attempts` counts this one.
    pub message: Message,
    worker: String,
}

/// Takes at most `limit` messages that are due, of all companies, for `lease` milliseconds.
/// No two workers get the same one. Commit before doing anything outside.
pub async fn claim(
    conn: &mut AnyConnection,
    worker: &str,
    now: Instant,
    lease: i64,
    limit: i64,
) -> Result<Vec<Claim>, StoreError> {
    // Made first and once: an `IN` over a list with a limit may be asked anew for each row.
    let text = format!(
        "WITH due AS MATERIALIZED (SELECT company, id FROM outbox WHERE done_at IS NULL \
         AND failed_at IS NULL AND due_at <= $1 AND claimed_until <= $1 \
         ORDER BY due_at, id LIMIT $2{}) \
         UPDATE outbox SET claimed_by = $3, claimed_until = $4, attempts = attempts + 1 \
         WHERE (company, id) IN (SELECT company, id FROM due) RETURNING {COLUMNS}",
        engine::skip_locked(conn)
    );
    let mut messages = Sql::new(&text)
        .with(now)
        .with(limit)
        .with(worker)
        .with(now.saturating_add(lease))
        .read(conn, read)
        .await?;
    messages.sort_by(|one, other| (one.due_at, &one.id).cmp(&(other.due_at, &other.id)));
    let worker = worker.to_owned();
    Ok(messages
        .into_iter()
        .map(|message| Claim {
            message,
            worker: worker.clone(),
        })
        .collect())
}

/// When the next message is due or comes back from a worker that is gone; none: never.
pub async fn next_due(conn: &mut AnyConnection) -> Result<Option<Instant>, StoreError> {
    let row = Sql::new(
        "SELECT MIN(CASE WHEN claimed_until > due_at THEN claimed_until ELSE due_at END) AS due \
         FROM outbox WHERE done_at IS NULL AND failed_at IS NULL",
    )
    .optional(conn)
    .await?;
    row.map_or(Ok(None), |row| row.number_or_none("due"))
}

/// Says that it is done; false where the claim no longer counts.
pub async fn done(
    conn: &mut AnyConnection,
    claim: &Claim,
    now: Instant,
) -> Result<bool, StoreError> {
    let sql = Sql::new("UPDATE outbox SET done_at = ").bind(now);
    while_held(sql.push(", error = ''"), claim, conn).await
}

/// Keeps it until this instant; false where the claim no longer counts.
pub async fn renew(
    conn: &mut AnyConnection,
    claim: &Claim,
    until: Instant,
) -> Result<bool, StoreError> {
    let sql = Sql::new("UPDATE outbox SET claimed_until = ").bind(until);
    while_held(sql, claim, conn).await
}

/// Gives it back as if it had not been taken; false where the claim no longer counts.
pub async fn give_back(conn: &mut AnyConnection, claim: &Claim) -> Result<bool, StoreError> {
    let sql =
        Sql::new("UPDATE outbox SET claimed_by = '', claimed_until = 0, attempts = attempts - 1");
    while_held(sql, claim, conn).await
}

/// Says what went wrong and when it is to be tried again; false where the claim no longer counts.
pub async fn retry(
    conn: &mut AnyConnection,
    claim: &Claim,
    due: Instant,
    error: &str,
) -> Result<bool, StoreError> {
    let sql = Sql::new("UPDATE outbox SET due_at = ").bind(due);
    let sql = sql.push(", claimed_by = '', claimed_until = 0, error = ");
    while_held(sql.bind(shorten(error)), claim, conn).await
}

/// Says what went wrong and that it is given up; false where the claim no longer counts.
pub async fn fail(
    conn: &mut AnyConnection,
    claim: &Claim,
    now: Instant,
    error: &str,
) -> Result<bool, StoreError> {
    let sql = Sql::new("UPDATE outbox SET failed_at = ").bind(now);
    let sql = sql.push(", error = ").bind(shorten(error));
    while_held(sql, claim, conn).await
}

async fn while_held(sql: Sql, claim: &Claim, conn: &mut AnyConnection) -> Result<bool, StoreError> {
    let touched = sql
        .push(" WHERE company = ")
        .bind(&claim.message.company)
        .push(" AND id = ")
        .bind(&claim.message.id)
        .push(" AND done_at IS NULL AND failed_at IS NULL AND claimed_by = ")
        .bind(&claim.worker)
        .push(" AND attempts = ")
        .bind(claim.message.attempts)
        .run(conn)
        .await?;
    Ok(touched > 0)
}

/// Enough of an error to understand it.
fn shorten(error: &str) -> &str {
    let end = error
        .char_indices()
        .nth(500)
        .map_or(error.len(), |(i, _)| i);
    &error[..end]
}
