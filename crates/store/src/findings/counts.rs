//! How many findings stand where, over all companies.

use sqlx::AnyConnection;

use crate::StoreError;
use crate::sql::{Columns, Sql};

/// How many findings stand where.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    /// They last, or have nothing to cure.
    pub standing: i64,
    /// Cured.
    pub cured: i64,
    /// They no longer follow from the facts.
    pub withdrawn: i64,
}

/// How many findings of all companies stand where.
pub async fn counts(conn: &mut AnyConnection) -> Result<Counts, StoreError> {
    let rows = Sql::new(
        "SELECT CASE WHEN standing = 0 THEN 'withdrawn' WHEN until IS NOT NULL THEN 'cured' \
         ELSE 'standing' END AS state, COUNT(*) AS number FROM findings GROUP BY 1",
    )
    .all(conn)
    .await?;
    let mut counts = Counts::default();
    for row in rows {
        let number = row.number("number")?;
        match row.text("state")?.as_str() {
            "withdrawn" => counts.withdrawn = number,
            "cured" => counts.cured = number,
            _ => counts.standing = number,
        }
    }
    Ok(counts)
}
