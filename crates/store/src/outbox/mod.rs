//! What is to be done outside or later: written in the transaction of the cause, done by workers,
//! at least once, and so that a crash loses nothing. A job that is no message goes the same way.
//!
//! What cannot be done twice without harm is marked as begun before it is done ([`begin`]). Where a
//! mark stands and its worker is gone, nobody knows the outcome: the message is given up with the
//! mark on it, and people decide.

mod claim;
mod unclaimed;

use history::Instant;
use sqlx::AnyConnection;
use sqlx::any::AnyRow;

use crate::sql::{Columns, Sql};
use crate::{StoreError, new_id};

pub use claim::{
    Claim, begin, claim, done, fail, give_back, next_due, reached, renew, retry, unknown,
};
pub use unclaimed::{Unclaimed, drop_unclaimed, give_up_unclaimed, unclaimed};

/// A message to be put.
#[derive(Clone, Copy, Debug)]
pub struct NewMessage<'a> {
    /// Names it in the company: putting it again does nothing.
    pub key: &'a str,
    /// How it goes out, such as `app` or `email`.
    pub channel: &'a str,
    /// The person that it is for.
    pub recipient: &'a str,
    /// What it is about, such as `finding.raised`.
    pub kind: &'a str,
    /// What is to be said, as JSON.
    pub payload: &'a str,
    /// Not before this instant.
    pub due_at: Instant,
}

/// The mark of something that may have gone out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Begun {
    /// When it was begun.
    pub at: Instant,
    /// By which worker.
    pub by: String,
}

/// A message in the outbox.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Message {
    /// The company.
    pub company: String,
    /// Its id.
    pub id: String,
    /// What names it in the company.
    pub key: String,
    /// How it goes out.
    pub channel: String,
    /// The person that it is for.
    pub recipient: String,
    /// What it is about.
    pub kind: String,
    /// What is to be said, as JSON.
    pub payload: String,
    /// When it was put.
    pub put_at: Instant,
    /// When it is to be tried next.
    pub due_at: Instant,
    /// How often it was tried.
    pub attempts: i64,
    /// When it was done.
    pub done_at: Option<Instant>,
    /// When it was given up.
    pub failed_at: Option<Instant>,
    /// What went wrong last; empty: nothing.
    pub error: String,
    /// That it was begun, and no outcome is known.
    pub begun: Option<Begun>,
    /// How many steps of it certainly went out, where it goes in several.
    pub step: i64,
}

impl Message {
    /// Whether it was given up because nobody knows what became of it.
    pub fn is_unknown(&self) -> bool {
        self.failed_at.is_some() && self.begun.is_some()
    }
}

/// Puts a message into the transaction of what causes it; its id, or none where one of this
/// key stands already.
pub async fn put(
    conn: &mut AnyConnection,
    company: &str,
    now: Instant,
    message: NewMessage<'_>,
) -> Result<Option<String>, StoreError> {
    let id = new_id();
    let put = Sql::new(
        "INSERT INTO outbox (company, id, key, channel, recipient, kind, payload, put_at, due_at) \
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9) ON CONFLICT (company, key) DO NOTHING",
    )
    .with(company)
    .with(&id)
    .with(message.key)
    .with(message.channel)
    .with(message.recipient)
    .with(message.kind)
    .with(message.payload)
    .with(now)
    .with(message.due_at)
    .run(conn)
    .await?;
    Ok((put > 0).then_some(id))
}

pub(crate) const COLUMNS: &str = "company, id, key, channel, recipient, kind, payload, put_at, \
     due_at, attempts, done_at, failed_at, error, begun_at, begun_by, step";

fn read(row: &AnyRow) -> Result<Message, StoreError> {
    let by = row.text("begun_by")?;
    let begun = row.number_or_none("begun_at")?;
    Ok(Message {
        company: row.text("company")?,
        id: row.text("id")?,
        key: row.text("key")?,
        channel: row.text("channel")?,
        recipient: row.text("recipient")?,
        kind: row.text("kind")?,
        payload: row.text("payload")?,
        put_at: row.number("put_at")?,
        due_at: row.number("due_at")?,
        attempts: row.number("attempts")?,
        done_at: row.number_or_none("done_at")?,
        failed_at: row.number_or_none("failed_at")?,
        error: row.text("error")?,
        begun: begun.map(|at| Begun { at, by }),
        step: row.number("step")?,
    })
}

/// The message of this id.
pub async fn find(
    conn: &mut AnyConnection,
    company: &str,
    id: &str,
) -> Result<Option<Message>, StoreError> {
    let sql = Sql::new("SELECT ")
        .push(COLUMNS)
        .push(" FROM outbox WHERE company = ");
    let sql = sql.bind(company).push(" AND id = ").bind(id);
    sql.optional(conn).await?.as_ref().map(read).transpose()
}

/// At most `limit` messages of the company that were given up, behind `after` (instant and id of
/// the last of the page before), the latest first.
pub async fn failed(
    conn: &mut AnyConnection,
    company: &str,
    after: Option<(Instant, &str)>,
    limit: i64,
) -> Result<Vec<Message>, StoreError> {
    let sql = Sql::new("SELECT ")
        .push(COLUMNS)
        .push(" FROM outbox WHERE company = ");
    let mut sql = sql.bind(company).push(" AND failed_at IS NOT NULL");
    if let Some((failed_at, id)) = after {
        sql = sql.push(" AND (failed_at, id) < (").bind(failed_at);
        sql = sql.push(", ").bind(id).push(")");
    }
    let sql = sql
        .push(" ORDER BY failed_at DESC, id DESC LIMIT ")
        .bind(limit);
    sql.read(conn, read).await
}

/// At most `limit` messages of the company that failed and are to be tried again, those whose turn comes
/// first ahead.
pub async fn retrying(
    conn: &mut AnyConnection,
    company: &str,
    limit: i64,
) -> Result<Vec<Message>, StoreError> {
    let sql = Sql::new("SELECT ")
        .push(COLUMNS)
        .push(" FROM outbox WHERE company = ");
    sql.bind(company)
        .push(" AND done_at IS NULL AND failed_at IS NULL AND error <> ''")
        .push(" ORDER BY due_at, id LIMIT ")
        .bind(limit)
        .read(conn, read)
        .await
}

/// How many messages of the company were given up.
pub async fn count_failed(conn: &mut AnyConnection, company: &str) -> Result<i64, StoreError> {
    let sql = Sql::new("SELECT COUNT(*) FROM outbox WHERE failed_at IS NOT NULL AND company = ");
    sql.bind(company).number(conn).await
}

/// Tries a message that was given up once more; whether there was one. The attempts are counted from
/// the beginning; steps that certainly went out are not repeated.
pub async fn revive(
    conn: &mut AnyConnection,
    company: &str,
    id: &str,
    now: Instant,
) -> Result<bool, StoreError> {
    let touched = Sql::new(
        "UPDATE outbox SET failed_at = NULL, attempts = 0, due_at = $1, claimed_by = '', \
         claimed_until = 0, begun_at = NULL, begun_by = '' WHERE company = $2 AND id = $3 AND failed_at IS NOT NULL",
    )
    .with(now)
    .with(company)
    .with(id)
    .run(conn)
    .await?;
    Ok(touched > 0)
}

/// Drops a message that was given up: nobody tries it any more, and its key stays taken; whether
/// there was one.
pub async fn drop_failed(
    conn: &mut AnyConnection,
    company: &str,
    id: &str,
    now: Instant,
) -> Result<bool, StoreError> {
    let touched = Sql::new(
        "UPDATE outbox SET failed_at = NULL, done_at = $1 \
         WHERE company = $2 AND id = $3 AND failed_at IS NOT NULL",
    )
    .with(now)
    .with(company)
    .with(id)
    .run(conn)
    .await?;
    Ok(touched > 0)
}

/// Takes messages out that nobody has tried yet and whose keys begin so: what they were to say does
/// not hold any more. Their keys are free again. How many it took.
pub async fn recall(
    conn: &mut AnyConnection,
    company: &str,
    beginning: &str,
) -> Result<u64, StoreError> {
    let same = format!(" AND substr(key, 1, {}) = ", beginning.chars().count());
    Sql::new("DELETE FROM outbox WHERE done_at IS NULL AND failed_at IS NULL AND attempts = 0")
        .push(&same)
        .list([beginning])
        .push(" AND company = ")
        .bind(company)
        .run(conn)
        .await
}

/// Takes at most `limit` messages out that were done before this instant, of all companies; their
/// keys are free again. How many it took.
pub async fn purge(
    conn: &mut AnyConnection,
    before: Instant,
    limit: i64,
) -> Result<u64, StoreError> {
    Sql::new(
        "DELETE FROM outbox WHERE (company, id) IN (SELECT company, id FROM outbox \
         WHERE done_at < $1 ORDER BY done_at LIMIT $2)",
    )
    .with(before)
    .with(limit)
    .run(conn)
    .await
}

/// How many messages stand where.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    /// Neither done nor given up, and in no worker's hands.
    pub waiting: i64,
    /// In a worker's hands.
    pub claimed: i64,
    /// Done.
    pub done: i64,
    /// Given up.
    pub failed: i64,
}

/// How many messages of all companies stand where.
pub async fn counts(conn: &mut AnyConnection, now: Instant) -> Result<Counts, StoreError> {
    let rows = Sql::new(
        "SELECT CASE WHEN done_at IS NOT NULL THEN 'done' WHEN failed_at IS NOT NULL THEN 'failed' \
         WHEN claimed_until > $1 THEN 'claimed' ELSE 'waiting' END AS state, COUNT(*) AS number \
         FROM outbox GROUP BY 1",
    )
    .with(now)
    .all(conn)
    .await?;
    let mut counts = Counts::default();
    for row in rows {
        let number = row.number("number")?;
        match row.text("state")?.as_str() {
            "done" => counts.done = number,
            "failed" => counts.failed = number,
            "claimed" => counts.claimed = number,
            _ => counts.waiting = number,
        }
    }
    Ok(counts)
}
