//! Requests that were answered already, so that one sent again is answered alike and does
//! nothing.

use history::Instant;
use sqlx::AnyConnection;

use crate::sql::{Columns, Sql};
use crate::{Store, StoreError};

/// What is known of a request with a key.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Seen {
    /// It is new and now taken: do the work and [`answer`] in the same transaction.
    New,
    /// The same request was answered with this.
    Answered(String),
    /// Another request had this key.
    Different,
}

/// Takes the key of a request for this transaction; another one with the same key waits until
/// it ends.
///
/// # Errors
/// Where the key is too long.
pub async fn take(
    conn: &mut AnyConnection,
    company: &str,
    now: Instant,
    key: &str,
    request_hash: &str,
) -> Result<Seen, StoreError> {
    StoreError::if_long("idempotency key", key)?;
    let taken = Sql::new(
        "INSERT INTO idempotency (company, key, request_hash, response, made_at) \
         VALUES ($1, $2, $3, '', $4) ON CONFLICT (company, key) DO NOTHING",
    )
    .with(company)
    .with(key)
    .with(request_hash)
    .with(now)
    .run(conn)
    .await?;
    if taken > 0 {
        return Ok(Seen::New);
    }
    let row =
        Sql::new("SELECT request_hash, response FROM idempotency WHERE company = $1 AND key = $2")
            .with(company)
            .with(key)
            .optional(conn)
            .await?;
    match row {
        Some(row) if row.text("request_hash")? == request_hash => {
            Ok(Seen::Answered(row.text("response")?))
        }
        Some(_) => Ok(Seen::Different),
        // Forgotten between the two statements.
        None => Err(StoreError::Busy),
    }
}

/// Keeps the answer of a request whose key was taken in this transaction.
pub async fn answer(
    conn: &mut AnyConnection,
    company: &str,
    key: &str,
    response: &str,
) -> Result<(), StoreError> {
    Sql::new("UPDATE idempotency SET response = $1 WHERE company = $2 AND key = $3")
        .with(response)
        .with(company)
        .with(key)
        .run(conn)
        .await
        .map(|_| ())
}

/// How many rows one transaction forgets.
const ROWS: i64 = 500;

/// Forgets the requests of all companies answered before this instant, in short transactions;
/// how many.
pub async fn forget(store: &Store, before: Instant) -> Result<u64, StoreError> {
    let mut forgotten = 0;
    loop {
        let mut tx = store.begin().await?;
        let some = Sql::new(
            "DELETE FROM idempotency WHERE (company, key) IN \
             (SELECT company, key FROM idempotency WHERE made_at < $1 LIMIT $2)",
        )
        .with(before)
        .with(ROWS)
        .run(&mut tx)
        .await?;
        tx.commit().await?;
        forgotten += some;
        if some == 0 {
            return Ok(forgotten);
        }
    }
}
