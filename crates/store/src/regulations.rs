//! Versions of a company's regulation. Every text that was ever added is kept.

use history::Instant;
use sqlx::AnyConnection;
use sqlx::any::AnyRow;

use crate::sql::{Columns, Sql};
use crate::{StoreError, companies};

/// A version as somebody adds it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewVersion {
    /// First day, `2026-03-01`; empty: since ever.
    pub effective: String,
    /// Name of its file.
    pub file: String,
    /// The regulation.
    pub text: String,
    /// Who added it.
    pub author: String,
}

/// A version as the store keeps it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Version {
    /// Its place among all texts that the company ever added.
    pub number: i64,
    /// First day, `2026-03-01`; empty: since ever.
    pub effective: String,
    /// Name of its file.
    pub file: String,
    /// The regulation.
    pub text: String,
    /// Whether this row says that the version of this date no longer counts.
    pub withdrawn: bool,
    /// Who added it.
    pub author: String,
    /// When.
    pub added_at: Instant,
    /// The company's sequence at that time.
    pub sequence: i64,
}

/// Adds a version; one of the same effective date counts instead of the earlier one, whose text
/// stays in [`all`]. The same text once more adds nothing. Gives the version's number.
///
/// # Errors
/// Where a version of another date has this file name, or there is no such company.
pub async fn add(
    conn: &mut AnyConnection,
    company: &str,
    now: Instant,
    version: &NewVersion,
) -> Result<i64, StoreError> {
    let sequence = companies::lock(conn, company).await?;
    for other in list(conn, company).await? {
        let same_file = other.file == version.file;
        if other.effective == version.effective {
            if same_file && other.text == version.text {
                return Ok(other.number);
            }
        } else if same_file {
            return Err(StoreError::Taken {
                what: "version of the regulation in the file",
                id: version.file.clone(),
            });
        }
    }
    append(conn, company, now, sequence, version, false).await
}

/// Takes the version of an effective date out of force; its text stays in [`all`].
///
/// # Errors
/// Where no version of this date is in force.
pub async fn withdraw(
    conn: &mut AnyConnection,
    company: &str,
    now: Instant,
    effective: &str,
    author: &str,
) -> Result<i64, StoreError> {
    let sequence = companies::lock(conn, company).await?;
    let versions = list(conn, company).await?;
    let Some(found) = versions.into_iter().find(|v| v.effective == effective) else {
        return Err(StoreError::Missing {
            what: "version of the regulation effective from",
            id: effective.to_owned(),
        });
    };
    let version = NewVersion {
        effective: found.effective,
        file: found.file,
        text: String::new(),
        author: author.to_owned(),
    };
    append(conn, company, now, sequence, &version, true).await
}

async fn append(
    conn: &mut AnyConnection,
    company: &str,
    now: Instant,
    sequence: i64,
    version: &NewVersion,
    withdrawn: bool,
) -> Result<i64, StoreError> {
    let number = last(conn, company).await? + 1;
    Sql::new(
        "INSERT INTO regulations (company, number, effective, file, text, withdrawn, author, \
         added_at, sequence) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)",
    )
    .with(company)
    .with(number)
    .with(&version.effective)
    .with(&version.file)
    .with(&version.text)
    .with(withdrawn)
    .with(&version.author)
    .with(now)
    .with(sequence)
    .run(conn)
    .await?;
    Ok(number)
}

/// The number of the last text that was added or withdrawn; 0: there was none.
pub async fn last(conn: &mut AnyConnection, company: &str) -> Result<i64, StoreError> {
    Sql::new("SELECT COALESCE(MAX(number), 0) FROM regulations WHERE company = ")
        .bind(company)
        .number(conn)
        .await
}

const SELECT: &str = "SELECT number, effective, file, text, withdrawn, author, added_at, \
     sequence FROM regulations WHERE company = ";

fn read(row: &AnyRow) -> Result<Version, StoreError> {
    Ok(Version {
        number: row.number("number")?,
        effective: row.text("effective")?,
        file: row.text("file")?,
        text: row.text("text")?,
        withdrawn: row.flag("withdrawn")?,
        author: row.text("author")?,
        added_at: row.number("added_at")?,
        sequence: row.number("sequence")?,
    })
}

/// The versions in force, by effective date.
pub async fn list(conn: &mut AnyConnection, company: &str) -> Result<Vec<Version>, StoreError> {
    let mut last = std::collections::BTreeMap::new();
    for version in all(conn, company).await? {
        last.insert(version.effective.clone(), version);
    }
    Ok(last.into_values().filter(|v| !v.withdrawn).collect())
}

/// Every text that was ever added, and every withdrawal, in that order.
pub async fn all(conn: &mut AnyConnection, company: &str) -> Result<Vec<Version>, StoreError> {
    let sql = Sql::new(SELECT).bind(company).push(" ORDER BY number");
    sql.read(conn, read).await
}
