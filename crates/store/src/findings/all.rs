//! All findings of a company.

use serde::Deserialize;
use sqlx::{AnyConnection, Row};

use super::{COLUMNS, Finding};
use crate::sql::Sql;
use crate::{StoreError, engine};

/// Findings read at a time.
const PAGE: usize = 2_000;

/// A row of the table, in the order of [`COLUMNS`].
#[derive(Deserialize)]
struct Line(
    String,
    String,
    String,
    String,
    String,
    i64,
    i64,
    String,
    String,
    String,
    String,
    String,
    i64,
    Option<i64>,
    Option<i64>,
    i64,
    i64,
    i64,
    i64,
    i64,
    i64,
);

impl Line {
    fn finding(self) -> Finding {
        Finding {
            id: self.0,
            rule: self.1,
            scope: self.2,
            scope_key: self.3,
            subject: self.4,
            start: self.5,
            ordinal: self.6,
            regulation: self.7,
            severity: self.8,
            deal: self.9,
            employee: self.10,
            stage: self.11,
            at: self.12,
            until: self.13,
            amount: self.14,
            count: self.15,
            standing: self.16 != 0,
            raised_seq: self.17,
            changed_seq: self.18,
            raised_at: self.19,
            changed_at: self.20,
        }
    }
}

/// All findings of the company, also withdrawn ones, in the order of their ids.
pub async fn all(conn: &mut AnyConnection, company: &str) -> Result<Vec<Finding>, StoreError> {
    let mut all = Vec::new();
    each(conn, company, |finding| all.push(finding)).await?;
    Ok(all)
}

/// Calls `take` with all findings of the company, also withdrawn ones, in the order of their ids;
/// only a few thousand of them are in memory at a time.
pub async fn each(
    conn: &mut AnyConnection,
    company: &str,
    mut take: impl FnMut(Finding),
) -> Result<(), StoreError> {
    let rows = format!(
        "SELECT {COLUMNS} FROM findings WHERE company = $1 AND id > $2 ORDER BY id LIMIT {PAGE}"
    );
    let columns: Vec<&str> = COLUMNS.split(", ").collect();
    let text = engine::as_one_text(conn, &columns, &rows);
    let mut after = String::new();
    loop {
        let row = Sql::new(&text).with(company).with(&after).one(conn).await?;
        let lines: Result<Vec<Line>, _> = serde_json::from_str(row.try_get(0)?);
        let lines = lines.map_err(|error| StoreError::Unreadable {
            what: "page of findings",
            value: error.to_string(),
        })?;
        let count = lines.len();
        let mut some: Vec<Finding> = lines.into_iter().map(Line::finding).collect();
        some.sort_unstable_by(|one, other| one.id.cmp(&other.id));
        if let Some(last) = some.last() {
            after.clone_from(&last.id);
        }
        some.into_iter().for_each(&mut take);
        if count < PAGE {
            return Ok(());
        }
    }
}
