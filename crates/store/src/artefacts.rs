//! Files that were made once and are shown or sent as they were: reports, pictures.

use history::Instant;
use sqlx::AnyConnection;
use sqlx::any::AnyRow;

use crate::sql::{Columns, Sql};
use crate::{StoreError, new_id};

/// A file to be kept.
#[derive(Clone, Copy, Debug)]
pub struct NewArtefact<'a> {
    /// What it is called, as a file.
    pub name: &'a str,
    /// What it is, such as `application/pdf`.
    pub media_type: &'a str,
    /// What is in it.
    pub bytes: &'a [u8],
}

/// A file that is kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Artefact {
    /// Its id.
    pub id: String,
    /// What it is called.
    pub name: String,
    /// What it is.
    pub media_type: String,
    /// What is in it.
    pub bytes: Vec<u8>,
    /// When it was made.
    pub made_at: Instant,
}

fn read(row: &AnyRow) -> Result<Artefact, StoreError> {
    Ok(Artefact {
        id: row.text("id")?,
        name: row.text("name")?,
        media_type: row.text("media_type")?,
        bytes: row.bytes("bytes")?,
        made_at: row.number("made_at")?,
    })
}

/// Keeps a file; its id.
pub async fn add(
    conn: &mut AnyConnection,
    company: &str,
    now: Instant,
    artefact: NewArtefact<'_>,
) -> Result<String, StoreError> {
    let id = new_id();
    Sql::new(
        "INSERT INTO artefacts (company, id, name, media_type, bytes, made_at) \
         VALUES ($1, $2, $3, $4, $5, $6)",
    )
    .with(company)
    .with(&id)
    .with(artefact.name)
    .with(artefact.media_type)
    .with(artefact.bytes)
    .with(now)
    .run(conn)
    .await?;
    Ok(id)
}

/// The file of this id.
pub async fn get(
    conn: &mut AnyConnection,
    company: &str,
    id: &str,
) -> Result<Option<Artefact>, StoreError> {
    let sql = Sql::new("SELECT * FROM artefacts WHERE company = $1 AND id = $2");
    let row = sql.with(company).with(id).optional(conn).await?;
    row.as_ref().map(read).transpose()
}

/// Takes at most `limit` files out that were made before this instant and are none of a report's; how
/// many it took.
pub async fn remove_loose(
    conn: &mut AnyConnection,
    company: &str,
    before: Instant,
    limit: i64,
) -> Result<u64, StoreError> {
    Sql::new(
        "DELETE FROM artefacts WHERE company = $1 AND id IN (SELECT id FROM artefacts AS old \
         WHERE company = $1 AND made_at < $2 AND NOT EXISTS (SELECT 1 FROM report_files AS kept \
         WHERE kept.company = old.company AND kept.artefact = old.id) ORDER BY made_at LIMIT $3)",
    )
    .with(company)
    .with(before)
    .with(limit)
    .run(conn)
    .await
}
