//! Lists with their filters that somebody has saved under a name.

use history::Instant;
use sqlx::AnyConnection;

use crate::StoreError;
use crate::sql::{Columns, Sql};

/// A saved list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Saved {
    /// Its id.
    pub id: String,
    /// What its owner calls it.
    pub name: String,
    /// The page, such as `/findings`.
    pub page: String,
    /// The filters as the address has them, without the question mark.
    pub query: String,
}

/// Keeps a list under its name on its page; what was there under the same name gives way.
pub async fn put(
    conn: &mut AnyConnection,
    (company, person): (&str, &str),
    now: Instant,
    saved: &Saved,
) -> Result<(), StoreError> {
    Sql::new(
        "INSERT INTO saved (company, person, id, name, page, query, created_at) \
         VALUES ($1, $2, $3, $4, $5, $6, $7) \
         ON CONFLICT (company, person, page, name) DO UPDATE SET query = excluded.query",
    )
    .with(company)
    .with(person)
    .with(&saved.id)
    .with(&saved.name)
    .with(&saved.page)
    .with(&saved.query)
    .with(now)
    .run(conn)
    .await
    .map(|_| ())
}

/// A person's saved lists, by page and name.
pub async fn all(
    conn: &mut AnyConnection,
    company: &str,
    person: &str,
) -> Result<Vec<Saved>, StoreError> {
    let sql = Sql::new(
        "SELECT id, name, page, query FROM saved WHERE company = $1 AND person = $2 \
         ORDER BY page, name",
    );
    let saved = sql.with(company).with(person).read(conn, |row| {
        Ok(Saved {
            id: row.text("id")?,
            name: row.text("name")?,
            page: row.text("page")?,
            query: row.text("query")?,
        })
    });
    saved.await
}

/// Forgets a person's saved list; whether there was one.
pub async fn remove(
    conn: &mut AnyConnection,
    (company, person): (&str, &str),
    id: &str,
) -> Result<bool, StoreError> {
    let sql = Sql::new("DELETE FROM saved WHERE company = $1 AND person = $2 AND id = $3");
    let removed = sql.with(company).with(person).with(id).run(conn).await?;
    Ok(removed > 0)
}
