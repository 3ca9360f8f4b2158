//! What was decided about rules that disputes overturned too often, never changed once written.

use history::Instant;
use sqlx::AnyConnection;
use sqlx::any::AnyRow;

use crate::sql::{Columns, Sql};
use crate::{StoreError, companies};

/// A ruling, with the verdicts that were counted at the time.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Ruling {
    /// The rule.
    pub rule: String,
    /// When.
    pub at: Instant,
    /// Which person; empty: the program.
    pub author: String,
    /// What: `fell`, `advice` or `in_force`.
    pub ruling: String,
    /// Findings that stood.
    pub upheld: i64,
    /// Findings that stood one severity lower.
    pub partly: i64,
    /// Findings that did not stand.
    pub dismissed: i64,
    /// What was said with it.
    pub text: String,
}

/// Writes a ruling down behind all others. Call [`companies::lock`] before reading what it follows.
pub async fn append(
    conn: &mut AnyConnection,
    company: &str,
    ruling: &Ruling,
) -> Result<(), StoreError> {
    companies::lock(conn, company).await?;
    let last = Sql::new("SELECT COALESCE(MAX(number), 0) FROM rulings WHERE company = ");
    let number = last.bind(company).number(conn).await? + 1;
    Sql::new(
        "INSERT INTO rulings (company, number, rule, at, author, ruling, upheld, partly, \
         dismissed, text) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)",
    )
    .with(company)
    .with(number)
    .with(&ruling.rule)
    .with(ruling.at)
    .with(&ruling.author)
    .with(&ruling.ruling)
    .with(ruling.upheld)
    .with(ruling.partly)
    .with(ruling.dismissed)
    .with(&ruling.text)
    .run(conn)
    .await
    .map(|_| ())
}

const COLUMNS: &str = "rule, at, author, ruling, upheld, partly, dismissed, text";

fn read(row: &AnyRow) -> Result<Ruling, StoreError> {
    Ok(Ruling {
        rule: row.text("rule")?,
        at: row.number("at")?,
        author: row.text("author")?,
        ruling: row.text("ruling")?,
        upheld: row.number("upheld")?,
        partly: row.number("partly")?,
        dismissed: row.number("dismissed")?,
        text: row.text("text")?,
    })
}

/// The last ruling about each rule that has one, by the rule's name; only about `rule` where one
/// is given.
pub async fn last(
    conn: &mut AnyConnection,
    company: &str,
    rule: Option<&str>,
) -> Result<Vec<Ruling>, StoreError> {
    let mut sql = Sql::new("SELECT ")
        .push(COLUMNS)
        .push(
            " FROM rulings WHERE number = (SELECT MAX(later.number) FROM rulings AS later \
             WHERE later.company = rulings.company AND later.rule = rulings.rule) \
             AND company = ",
        )
        .bind(company);
    if let Some(rule) = rule {
        sql = sql.push(" AND rule = ").bind(rule);
    }
    sql.push(" ORDER BY rule").read(conn, read).await
}

/// All rulings about a rule, the oldest first.
pub async fn of(
    conn: &mut AnyConnection,
    company: &str,
    rule: &str,
) -> Result<Vec<Ruling>, StoreError> {
    let sql = Sql::new("SELECT ").push(COLUMNS);
    let sql = sql.push(" FROM rulings WHERE company = ").bind(company);
    let sql = sql.push(" AND rule = ").bind(rule);
    sql.push(" ORDER BY number").read(conn, read).await
}
