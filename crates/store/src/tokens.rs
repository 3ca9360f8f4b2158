//! Tokens by which programs come in. Only their digests are kept.

use history::Instant;
use sqlx::AnyConnection;
use sqlx::any::AnyRow;

use crate::StoreError;
use crate::sql::{Columns, Sql};

/// A token of a person in a company.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Token {
    /// The company.
    pub company: String,
    /// The id.
    pub id: String,
    /// Who made it and whose access it narrows.
    pub person: String,
    /// What it is for, in its maker's words.
    pub name: String,
    /// The digest of its secret.
    pub digest: String,
    /// What it is good for: names of scopes with spaces between.
    pub scopes: String,
    /// When it was made.
    pub created_at: Instant,
    /// When it was last used, to within some minutes.
    pub used_at: Option<Instant>,
    /// When it was revoked.
    pub revoked_at: Option<Instant>,
}

fn read(row: &AnyRow) -> Result<Token, StoreError> {
    Ok(Token {
        company: row.text("company")?,
        id: row.text("id")?,
        person: row.text("person")?,
        name: row.text("name")?,
        digest: row.text("digest")?,
        scopes: row.text("scopes")?,
        created_at: row.number("created_at")?,
        used_at: row.number_or_none("used_at")?,
        revoked_at: row.number_or_none("revoked_at")?,
    })
}

/// Adds a token.
pub async fn add(conn: &mut AnyConnection, token: &Token) -> Result<(), StoreError> {
    Sql::new(
        "INSERT INTO tokens (company, id, person, name, digest, scopes, created_at) \
         VALUES ($1, $2, $3, $4, $5, $6, $7)",
    )
    .with(&token.company)
    .with(&token.id)
    .with(&token.person)
    .with(&token.name)
    .with(&token.digest)
    .with(&token.scopes)
    .with(token.created_at)
    .run(conn)
    .await?;
    Ok(())
}

/// The token of this digest, of whichever company: it is how a token says who comes.
pub async fn by_digest(
    conn: &mut AnyConnection,
    digest: &str,
) -> Result<Option<Token>, StoreError> {
    let sql = Sql::new("SELECT * FROM tokens WHERE digest = $1").with(digest);
    sql.optional(conn).await?.as_ref().map(read).transpose()
}

/// The token of this id.
pub async fn get(
    conn: &mut AnyConnection,
    company: &str,
    id: &str,
) -> Result<Option<Token>, StoreError> {
    let sql = Sql::new("SELECT * FROM tokens WHERE company = $1 AND id = $2")
        .with(company)
        .with(id);
    sql.optional(conn).await?.as_ref().map(read).transpose()
}

/// Tokens of a company, of one person where one is named, in the order they were made.
pub async fn list(
    conn: &mut AnyConnection,
    company: &str,
    person: Option<&str>,
    after: &str,
    limit: i64,
) -> Result<Vec<Token>, StoreError> {
    let mut sql = Sql::new("SELECT * FROM tokens WHERE company = ").bind(company);
    if let Some(person) = person {
        sql = sql.push(" AND person = ").bind(person);
    }
    let sql = sql.push(" AND id > ").bind(after);
    let sql = sql.push(" ORDER BY id LIMIT ").bind(limit);
    sql.read(conn, read).await
}

/// Notes that a token was used.
pub async fn set_used(
    conn: &mut AnyConnection,
    company: &str,
    id: &str,
    used_at: Instant,
) -> Result<(), StoreError> {
    let sql = Sql::new("UPDATE tokens SET used_at = $1 WHERE company = $2 AND id = $3");
    sql.with(used_at).with(company).with(id).run(conn).await?;
    Ok(())
}

/// Revokes a token; false where that was done before.
pub async fn revoke(
    conn: &mut AnyConnection,
    company: &str,
    id: &str,
    revoked_at: Instant,
) -> Result<bool, StoreError> {
    let sql = Sql::new(
        "UPDATE tokens SET revoked_at = $1 \
         WHERE company = $2 AND id = $3 AND revoked_at IS NULL",
    );
    Ok(sql
        .with(revoked_at)
        .with(company)
        .with(id)
        .run(conn)
        .await?
        == 1)
}
