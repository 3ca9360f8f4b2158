//! Daily notes, exactly as they were sent: one a person a day, one a group chat a day.

use history::Instant;
use sqlx::AnyConnection;
use sqlx::any::AnyRow;

use crate::StoreError;
use crate::sql::{Columns, Sql};

/// The reader of a note that a group chat was told.
pub const CHAT: &str = "chat";

/// A note.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Note {
    /// Its id.
    pub id: String,
    /// Whom it was sent to: a person, or a group chat.
    pub person: String,
    /// The local day on which, `2026-04-14`.
    pub day: String,
    /// Whom it is written for: `employee`, `lead` …, or [`CHAT`].
    pub reader: String,
    /// Its facts, as JSON.
    pub figures: String,
    /// The language it was written in.
    pub language: String,
    /// The subject; empty: there was nothing to say, and nothing was sent.
    pub subject: String,
    /// The whole as plain text.
    pub text: String,
    /// The same as HTML.
    pub html: String,
    /// When it was sent.
    pub sent_at: Instant,
    /// When it was read.
    pub read_at: Option<Instant>,
}

/// Keeps a note; false where the person has one of this day.
pub async fn add(conn: &mut AnyConnection, company: &str, note: &Note) -> Result<bool, StoreError> {
    let added = Sql::new(
        "INSERT INTO notes (company, id, person, day, reader, figures, language, subject, text, \
         html, sent_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11) \
         ON CONFLICT (company, person, day) DO NOTHING",
    )
    .with(company)
    .with(&note.id)
    .with(&note.person)
    .with(&note.day)
    .with(&note.reader)
    .with(&note.figures)
    .with(&note.language)
    .with(&note.subject)
    .with(&note.text)
    .with(&note.html)
    .with(note.sent_at)
    .run(conn)
    .await?;
    Ok(added > 0)
}

const COLUMNS: &str =
    "id, person, day, reader, figures, language, subject, text, html, sent_at, read_at";

fn read(row: &AnyRow) -> Result<Note, StoreError> {
    Ok(Note {
        id: row.text("id")?,
        person: row.text("person")?,
        day: row.text("day")?,
        reader: row.text("reader")?,
        figures: row.text("figures")?,
        language: row.text("language")?,
        subject: row.text("subject")?,
        text: row.text("text")?,
        html: row.text("html")?,
        sent_at: row.number("sent_at")?,
        read_at: row.number_or_none("read_at")?,
    })
}

fn select(company: &str) -> Sql {
    let sql = Sql::new("SELECT ").push(COLUMNS);
    sql.push(" FROM notes WHERE company = ").bind(company)
}

/// The note of this id.
pub async fn find(
    conn: &mut AnyConnection,
    company: &str,
    id: &str,
) -> Result<Option<Note>, StoreError> {
    let sql = select(company).push(" AND id = ").bind(id);
    sql.optional(conn).await?.as_ref().map(read).transpose()
}

/// At most `limit` notes that were sent to a person behind `after` (instant and id of the last of
/// the page before), the latest first.
pub async fn page(
    conn: &mut AnyConnection,
    company: &str,
    person: &str,
    after: Option<(Instant, &str)>,
    limit: i64,
) -> Result<Vec<Note>, StoreError> {
    let mut sql = select(company)
        .push(" AND subject <> '' AND person = ")
        .bind(person);
    if let Some((sent_at, id)) = after {
        sql = sql.push(" AND (sent_at, id) < (").bind(sent_at);
        sql = sql.push(", ").bind(id).push(")");
    }
    let sql = sql
        .push(" ORDER BY sent_at DESC, id DESC LIMIT ")
        .bind(limit);
    sql.read(conn, read).await
}

/// The days of a person's last notes.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Last {
    /// The person.
    pub person: String,
    /// The last day for which a note was made, also where there was nothing to say.
    pub made: String,
    /// The last day on which one was sent; empty: none was.
    pub sent: String,
}

/// The days of everybody's last notes.
pub async fn last(conn: &mut AnyConnection, company: &str) -> Result<Vec<Last>, StoreError> {
    let sql = Sql::new(
        "SELECT person, MAX(day) AS made, MAX(CASE WHEN subject <> '' THEN day ELSE '' END) \
         AS sent FROM notes WHERE company = ",
    );
    let sql = sql.bind(company).push(" GROUP BY person");
    sql.read(conn, |row| {
        Ok(Last {
            person: row.text("person")?,
            made: row.text("made")?,
            sent: row.text("sent")?,
        })
    })
    .await
}

/// The notes that were sent to people and not read yet: person and when, the oldest first; those sent
/// from `since` on.
pub async fn unread(
    conn: &mut AnyConnection,
    company: &str,
    since: Instant,
) -> Result<Vec<(String, Instant)>, StoreError> {
    let sql = Sql::new(
        "SELECT person, sent_at FROM notes WHERE company = $1 AND subject <> '' \
         AND read_at IS NULL AND sent_at >= $2 AND reader <> $3 ORDER BY sent_at, id",
    );
    let sql = sql.with(company).with(since).with(CHAT);
    sql.read(conn, |row| {
        Ok((row.text("person")?, row.number("sent_at")?))
    })
    .await
}

/// Marks a note of the person as read; the first reading counts.
pub async fn mark_read(
    conn: &mut AnyConnection,
    company: &str,
    (person, id): (&str, &str),
    now: Instant,
) -> Result<(), StoreError> {
    Sql::new(
        "UPDATE notes SET read_at = $1 WHERE company = $2 AND person = $3 AND id = $4 \
         AND read_at IS NULL",
    )
    .with(now)
    .with(company)
    .with(person)
    .with(id)
    .run(conn)
    .await
    .map(|_| ())
}
