//! The companies whose work is judged.

use history::Instant;
use sqlx::AnyConnection;
use sqlx::any::AnyRow;

use crate::StoreError;
use crate::sql::{Columns, Sql};

/// A company.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Company {
    /// Its id.
    pub id: String,
    /// Name shown to people.
    pub name: String,
    /// IANA name of its time zone.
    pub timezone: String,
    /// ISO 4217.
    pub currency: String,
    /// When it was made.
    pub created_at: Instant,
    /// How many of its events were received; see [`sequence`].
    pub sequence: i64,
}

/// Adds a company of which nothing was received yet.
///
/// # Errors
/// Where its id stands already.
pub async fn add(conn: &mut AnyConnection, company: &Company) -> Result<(), StoreError> {
    let added =
        Sql::new("INSERT INTO companies (id, name, timezone, currency, created_at) VALUES (")
            .list([
                &company.id,
                &company.name,
                &company.timezone,
                &company.currency,
            ])
            .push(", ")
            .bind(company.created_at)
            .push(") ON CONFLICT DO NOTHING")
            .run(conn)
            .await?;
    if added == 0 {
        return Err(StoreError::Taken {
            what: "company",
            id: company.id.clone(),
        });
    }
    Ok(())
}

/// Changes a company's name, zone and currency.
///
/// # Errors
/// Where there is none of this id.
pub async fn update(
    conn: &mut AnyConnection,
    company: &str,
    name: &str,
    timezone: &str,
    currency: &str,
) -> Result<(), StoreError> {
    let touched =
        Sql::new("UPDATE companies SET name = $1, timezone = $2, currency = $3 WHERE id = $4")
            .with(name)
            .with(timezone)
            .with(currency)
            .with(company)
            .run(conn)
            .await?;
    if touched == 0 {
        return Err(missing(company));
    }
    Ok(())
}

const SELECT: &str = "SELECT id, name, timezone, currency, created_at, sequence FROM companies";

fn read(row: &AnyRow) -> Result<Company, StoreError> {
    Ok(Company {
        id: row.text("id")?,
        name: row.text("name")?,
        timezone: row.text("timezone")?,
        currency: row.text("currency")?,
        created_at: row.number("created_at")?,
        sequence: row.number("sequence")?,
    })
}

/// The company of this id.
pub async fn find(conn: &mut AnyConnection, company: &str) -> Result<Option<Company>, StoreError> {
    let row = Sql::new(SELECT).push(" WHERE id = ").bind(company);
    row.optional(conn).await?.as_ref().map(read).transpose()
}

/// All companies, by name.
pub async fn list(conn: &mut AnyConnection) -> Result<Vec<Company>, StoreError> {
    let sql = Sql::new(SELECT).push(" ORDER BY name, id");
    sql.read(conn, read).await
}

/// How many events of the company were received: what a state, a decision or a version of the
/// regulation names as the point at which it was made.
///
/// # Errors
/// Where there is no such company.
pub async fn sequence(conn: &mut AnyConnection, company: &str) -> Result<i64, StoreError> {
    let row = Sql::new("SELECT sequence FROM companies WHERE id = ").bind(company);
    let row = row.optional(conn).await?;
    row.ok_or_else(|| missing(company))?.number("sequence")
}

/// Takes `count` numbers of the company's sequence and gives the first. Other transactions that
/// write to the company wait until this one ends, so the numbers have no holes.
///
/// # Errors
/// Where there is no such company.
pub async fn next_sequence(
    conn: &mut AnyConnection,
    company: &str,
    count: i64,
) -> Result<i64, StoreError> {
    let row =
        Sql::new("UPDATE companies SET sequence = sequence + $1 WHERE id = $2 RETURNING sequence")
            .with(count)
            .with(company)
            .optional(conn)
            .await?;
    let last = row.ok_or_else(|| missing(company))?.number("sequence")?;
    Ok(last - count + 1)
}

/// Keeps other transactions that write to the company waiting until this one ends; the
/// company's sequence.
///
/// # Errors
/// Where there is no such company.
pub async fn lock(conn: &mut AnyConnection, company: &str) -> Result<i64, StoreError> {
    Ok(next_sequence(conn, company, 0).await? - 1)
}

pub(crate) fn missing(company: &str) -> StoreError {
    StoreError::Missing {
        what: "company",
        id: company.to_owned(),
    }
}
