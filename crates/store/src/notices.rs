//! What the program tells a person within itself.

use history::Instant;
use sqlx::AnyConnection;
use sqlx::any::AnyRow;

use crate::sql::{Columns, Sql};
use crate::{StoreError, new_id};

/// A notice to be given.
#[derive(Clone, Copy, Debug)]
pub struct NewNotice<'a> {
    /// Whom it is for.
    pub person: &'a str,
    /// What it is about, such as `finding.raised`.
    pub kind: &'a str,
    /// What it says, as JSON.
    pub payload: &'a str,
    /// The message of the outbox that it delivers: delivered again, it stands once.
    pub outbox: &'a str,
}

/// A notice that was given.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Notice {
    /// Its id.
    pub id: String,
    /// Whom it is for.
    pub person: String,
    /// When it was given.
    pub made_at: Instant,
    /// What it is about.
    pub kind: String,
    /// What it says, as JSON.
    pub payload: String,
    /// The message of the outbox that it delivers.
    pub outbox: String,
    /// When the person read it.
    pub read_at: Option<Instant>,
}

/// Gives a notice; its id, or none where that of this message stands already.
pub async fn add(
    conn: &mut AnyConnection,
    company: &str,
    now: Instant,
    notice: NewNotice<'_>,
) -> Result<Option<String>, StoreError> {
    let id = new_id();
    let added = Sql::new(
        "INSERT INTO notices (company, id, person, made_at, kind, payload, outbox) \
         VALUES ($1, $2, $3, $4, $5, $6, $7) ON CONFLICT (company, outbox) DO NOTHING",
    )
    .with(company)
    .with(&id)
    .with(notice.person)
    .with(now)
    .with(notice.kind)
    .with(notice.payload)
    .with(notice.outbox)
    .run(conn)
    .await?;
    Ok((added > 0).then_some(id))
}

/// At most `limit` notices of a person behind `after` (instant and id of the last of the page
/// before), the latest first; only those not read where `unread`.
pub async fn page(
    conn: &mut AnyConnection,
    company: &str,
    person: &str,
    unread: bool,
    after: Option<(Instant, &str)>,
    limit: i64,
) -> Result<Vec<Notice>, StoreError> {
    let mut sql = Sql::new("SELECT id, person, made_at, kind, payload, outbox, read_at")
        .push(" FROM notices WHERE company = ")
        .bind(company)
        .push(" AND person = ")
        .bind(person);
    if unread {
        sql = sql.push(" AND read_at IS NULL");
    }
    if let Some((made_at, id)) = after {
        sql = sql.push(" AND (made_at, id) < (").bind(made_at);
        sql = sql.push(", ").bind(id).push(")");
    }
    let sql = sql
        .push(" ORDER BY made_at DESC, id DESC LIMIT ")
        .bind(limit);
    sql.read(conn, read).await
}

fn read(row: &AnyRow) -> Result<Notice, StoreError> {
    Ok(Notice {
        id: row.text("id")?,
        person: row.text("person")?,
        made_at: row.number("made_at")?,
        kind: row.text("kind")?,
        payload: row.text("payload")?,
        outbox: row.text("outbox")?,
        read_at: row.number_or_none("read_at")?,
    })
}

/// Whether there is a notice of this id for the person.
pub async fn is_of(
    conn: &mut AnyConnection,
    company: &str,
    person: &str,
    id: &str,
) -> Result<bool, StoreError> {
    let sql = "SELECT COUNT(*) FROM notices WHERE company = $1 AND id = $2 AND person = $3";
    let sql = Sql::new(sql).with(company).with(id).with(person);
    Ok(sql.number(conn).await? > 0)
}

/// How many notices the person has not read.
pub async fn unread(
    conn: &mut AnyConnection,
    company: &str,
    person: &str,
) -> Result<i64, StoreError> {
    let sql = Sql::new(
        "SELECT COUNT(*) FROM notices WHERE company = $1 AND person = $2 AND read_at IS NULL",
    );
    sql.with(company).with(person).number(conn).await
}

/// Marks a notice of the person as read, or all where no id is given; how many were not yet.
pub async fn mark_read(
    conn: &mut AnyConnection,
    company: &str,
    person: &str,
    id: Option<&str>,
    now: Instant,
) -> Result<u64, StoreError> {
    let mut sql = Sql::new("UPDATE notices SET read_at = ")
        .bind(now)
        .push(" WHERE company = ")
        .bind(company)
        .push(" AND person = ")
        .bind(person)
        .push(" AND read_at IS NULL");
    if let Some(id) = id {
        sql = sql.push(" AND id = ").bind(id);
    }
    sql.run(conn).await
}
