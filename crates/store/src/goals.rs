//! What people are to reach: never deleted.

use history::Instant;
use sqlx::AnyConnection;
use sqlx::any::AnyRow;

use crate::StoreError;
use crate::sql::{Columns, Sql};

/// A goal: for a person and a measure at most one is in force.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Goal {
    /// Its id.
    pub id: String,
    /// Whose it is.
    pub employee: String,
    /// What is measured: `light` or `rule`.
    pub measure: String,
    /// The rule, where its findings are counted; else empty.
    pub rule: String,
    /// At most so much: hundredths of a rate, or findings a month.
    pub at_most: i64,
    /// What was said with it.
    pub text: String,
    /// Which person set it.
    pub author: String,
    /// When.
    pub set_at: Instant,
    /// When it was let go of, or another took its place; none: it is in force.
    pub ended_at: Option<Instant>,
    /// Which person ended it.
    pub ended_by: String,
}

/// Adds a goal that is in force.
///
/// # Errors
/// Where another one of the same person and measure is in force; see [`StoreError::is_taken`].
pub async fn add(conn: &mut AnyConnection, company: &str, goal: &Goal) -> Result<(), StoreError> {
    Sql::new(
        "INSERT INTO goals (company, id, employee, measure, rule, at_most, text, author, set_at) \
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)",
    )
    .with(company)
    .with(&goal.id)
    .with(&goal.employee)
    .with(&goal.measure)
    .with(&goal.rule)
    .with(goal.at_most)
    .with(&goal.text)
    .with(&goal.author)
    .with(goal.set_at)
    .run(conn)
    .await
    .map(|_| ())
}

/// Ends a goal; whether it was in force.
pub async fn end(
    conn: &mut AnyConnection,
    company: &str,
    id: &str,
    now: Instant,
    author: &str,
) -> Result<bool, StoreError> {
    let touched = Sql::new(
        "UPDATE goals SET ended_at = $1, ended_by = $2 \
         WHERE company = $3 AND id = $4 AND ended_at IS NULL",
    )
    .with(now)
    .with(author)
    .with(company)
    .with(id)
    .run(conn)
    .await?;
    Ok(touched > 0)
}

fn read(row: &AnyRow) -> Result<Goal, StoreError> {
    Ok(Goal {
        id: row.text("id")?,
        employee: row.text("employee")?,
        measure: row.text("measure")?,
        rule: row.text("rule")?,
        at_most: row.number("at_most")?,
        text: row.text("text")?,
        author: row.text("author")?,
        set_at: row.number("set_at")?,
        ended_at: row.number_or_none("ended_at")?,
        ended_by: row.text("ended_by")?,
    })
}

fn select(company: &str) -> Sql {
    let sql = Sql::new(
        "SELECT id, employee, measure, rule, at_most, text, author, set_at, ended_at, ended_by \
         FROM goals WHERE company = ",
    );
    sql.bind(company)
}

/// The goals in force, by person, measure and rule.
pub async fn in_force(conn: &mut AnyConnection, company: &str) -> Result<Vec<Goal>, StoreError> {
    let sql = select(company).push(" AND ended_at IS NULL ORDER BY employee, measure, rule");
    sql.read(conn, read).await
}

/// The goal of this id.
pub async fn find(
    conn: &mut AnyConnection,
    company: &str,
    id: &str,
) -> Result<Option<Goal>, StoreError> {
    let sql = select(company).push(" AND id = ").bind(id);
    sql.optional(conn).await?.as_ref().map(read).transpose()
}
