//! Links that work once: the setup at the first start, the choice of a password, an invitation.
//! Only their digests are kept.

use history::Instant;
use sqlx::AnyConnection;

use crate::StoreError;
use crate::sql::{Columns, Sql};

/// A link that works once.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Link {
    /// The digest of its secret.
    pub digest: String,
    /// What it is for.
    pub purpose: String,
    /// Whom it is for; nobody yet at the first start.
    pub person: Option<String>,
    /// The company it comes from; none at the first start.
    pub company: Option<String>,
    /// From when on it is dead.
    pub expires_at: Instant,
}

/// Adds a link.
pub async fn add(conn: &mut AnyConnection, link: &Link) -> Result<(), StoreError> {
    Sql::new(
        "INSERT INTO links (digest, purpose, person, company, expires_at) \
         VALUES ($1, $2, $3, $4, $5)",
    )
    .with(&link.digest)
    .with(&link.purpose)
    .with(link.person.as_deref().unwrap_or_default())
    .with(link.company.as_deref().unwrap_or_default())
    .with(link.expires_at)
    .run(conn)
    .await?;
    Ok(())
}

/// The link of this digest, if it is alive.
pub async fn get(
    conn: &mut AnyConnection,
    digest: &str,
    now: Instant,
) -> Result<Option<Link>, StoreError> {
    let sql =
        Sql::new("SELECT * FROM links WHERE digest = $1 AND used_at IS NULL AND expires_at > $2");
    let Some(row) = sql.with(digest).with(now).optional(conn).await? else {
        return Ok(None);
    };
    Ok(Some(Link {
        digest: row.text("digest")?,
        purpose: row.text("purpose")?,
        person: Some(row.text("person")?).filter(|id| !id.is_empty()),
        company: Some(row.text("company")?).filter(|id| !id.is_empty()),
        expires_at: row.number("expires_at")?,
    }))
}

/// Uses a link up; false where it is dead, so that of two who come at once one is late.
pub async fn spend(
    conn: &mut AnyConnection,
    digest: &str,
    now: Instant,
) -> Result<bool, StoreError> {
    let sql = Sql::new(
        "UPDATE links SET used_at = $1 \
         WHERE digest = $2 AND used_at IS NULL AND expires_at > $1",
    );
    Ok(sql.with(now).with(digest).run(conn).await? == 1)
}

/// Takes back the unused links of a purpose: all of them, or those for a person, or from a company.
pub async fn remove(
    conn: &mut AnyConnection,
    purpose: &str,
    person: Option<&str>,
    company: Option<&str>,
) -> Result<(), StoreError> {
    let mut sql = Sql::new("DELETE FROM links WHERE used_at IS NULL AND purpose = ").bind(purpose);
    if let Some(person) = person {
        sql = sql.push(" AND person = ").bind(person);
    }
    if let Some(company) = company {
        sql = sql.push(" AND company = ").bind(company);
    }
    sql.run(conn).await?;
    Ok(())
}
