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

/// Takes at most `limit` messages of these channels that are due, of all companies, for `lease`
/// milliseconds. No two workers get the same one. Commit before doing anything outside.
pub async fn claim(
    conn: &mut AnyConnection,
    worker: &str,
    channels: &[&str],
    now: Instant,
    lease: i64,
    limit: i64,
) -> Result<Vec<Claim>, StoreError> {
    // Made first and once: an `IN` over a list with a limit may be asked anew for each row.
    let sql = Sql::new("WITH due AS MATERIALIZED (SELECT company, id FROM outbox WHERE ");
    let mut messages = waiting(sql, channels)
        .push(" AND due_at <= ")
        .bind(now)
        .push(" AND claimed_until <= ")
        .bind(now)
        .push(" ORDER BY due_at, id LIMIT ")
        .bind(limit)
        .push(engine::skip_locked(conn))
        .push(") UPDATE outbox SET claimed_by = ")
        .bind(worker)
        .push(", claimed_until = ")
        .bind(now.saturating_add(lease))
        .push(", attempts = attempts + 1 WHERE (company, id) IN (SELECT company, id FROM due)")
        .push(" RETURNING ")
        .push(COLUMNS)
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

/// What of these channels is neither done nor given up. The list is as long at every call of a
/// worker, so the statement may be kept prepared.
fn waiting(sql: Sql, channels: &[&str]) -> Sql {
    let sql = sql.push("done_at IS NULL AND failed_at IS NULL AND channel IN (''");
    let named = channels.iter();
    named
        .fold(sql, |sql, channel| sql.push(", ").bind(*channel))
        .push(")")
}

/// When the next message of these channels is due or comes back from a worker that is gone; none:
/// never.
pub async fn next_due(
    conn: &mut AnyConnection,
    channels: &[&str],
) -> Result<Option<Instant>, StoreError> {
    let sql = Sql::new(
        "SELECT MIN(CASE WHEN claimed_until > due_at THEN claimed_until ELSE due_at END) AS due \
         FROM outbox WHERE ",
    );
    let row = waiting(sql, channels).optional(conn).await?;
    row.map_or(Ok(None), |row| row.number_or_none("due"))
}

/// Says that from here on the other side may have it; false where the claim no longer counts.
/// Commit before doing it.
pub async fn begin(
    conn: &mut AnyConnection,
    claim: &Claim,
    now: Instant,
) -> Result<bool, StoreError> {
    let sql = Sql::new("UPDATE outbox SET begun_at = ").bind(now);
    let sql = sql.push(", begun_by = ").bind(&claim.worker);
    while_held(sql, claim, conn).await
}

/// Says that so many steps of it went out, and that what was begun has its outcome; false where the
/// claim no longer counts.
pub async fn reached(
    conn: &mut AnyConnection,
    claim: &Claim,
    step: i64,
) -> Result<bool, StoreError> {
    let sql = Sql::new("UPDATE outbox SET begun_at = NULL, begun_by = '', step = ").bind(step);
    while_held(sql, claim, conn).await
}

/// Says that it is done; false where the claim no longer counts.
pub async fn done(
    conn: &mut AnyConnection,
    claim: &Claim,
    now: Instant,
) -> Result<bool, StoreError> {
    let sql = Sql::new("UPDATE outbox SET done_at = ").bind(now);
    let sql = sql.push(", error = '', begun_at = NULL, begun_by = ''");
    while_held(sql, claim, conn).await
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

/// Gives it back as if it had not been taken; false where the claim no longer counts, or it was
/// begun.
pub async fn give_back(conn: &mut AnyConnection, claim: &Claim) -> Result<bool, StoreError> {
    let sql =
        Sql::new("UPDATE outbox SET claimed_by = '', claimed_until = 0, attempts = attempts - 1");
    held(sql, claim)
        .push(" AND begun_at IS NULL")
        .run(conn)
        .await
        .map(|touched| touched > 0)
}

/// Says what went wrong and when it is to be tried again; false where the claim no longer counts.
pub async fn retry(
    conn: &mut AnyConnection,
    claim: &Claim,
    due: Instant,
    error: &str,
) -> Result<bool, StoreError> {
    let sql = Sql::new("UPDATE outbox SET due_at = ").bind(due);
    let sql = sql.push(", claimed_by = '', claimed_until = 0, begun_at = NULL, begun_by = ''");
    while_held(sql.push(", error = ").bind(shorten(error)), claim, conn).await
}

/// Says what went wrong and that it is given up; false where the claim no longer counts.
pub async fn fail(
    conn: &mut AnyConnection,
    claim: &Claim,
    now: Instant,
    error: &str,
) -> Result<bool, StoreError> {
    let sql = Sql::new("UPDATE outbox SET failed_at = ").bind(now);
    let sql = sql.push(", begun_at = NULL, begun_by = '', error = ");
    while_held(sql.bind(shorten(error)), claim, conn).await
}

/// Gives it up because nobody knows what became of it: the mark of its beginning stays. False where
/// the claim no longer counts, or it was not begun.
pub async fn unknown(
    conn: &mut AnyConnection,
    claim: &Claim,
    now: Instant,
    error: &str,
) -> Result<bool, StoreError> {
    let sql = Sql::new("UPDATE outbox SET failed_at = ").bind(now);
    let sql = sql.push(", error = ").bind(shorten(error));
    held(sql, claim)
        .push(" AND begun_at IS NOT NULL")
        .run(conn)
        .await
        .map(|touched| touched > 0)
}

async fn while_held(sql: Sql, claim: &Claim, conn: &mut AnyConnection) -> Result<bool, StoreError> {
    Ok(held(sql, claim).run(conn).await? > 0)
}

fn held(sql: Sql, claim: &Claim) -> Sql {
    sql.push(" WHERE company = ")
        .bind(&claim.message.company)
        .push(" AND id = ")
        .bind(&claim.message.id)
        .push(" AND done_at IS NULL AND failed_at IS NULL AND claimed_by = ")
        .bind(&claim.worker)
        .push(" AND attempts = ")
        .bind(claim.message.attempts)
}

/// Enough of an error to understand it.
fn shorten(error: &str) -> &str {
    let end = error
        .char_indices()
        .nth(500)
        .map_or(error.len(), |(i, _)| i);
    &error[..end]
}
