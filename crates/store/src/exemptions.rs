//! Decisions not to pay attention to some findings for some time: never deleted.

use history::Instant;
use sqlx::AnyConnection;
use sqlx::any::AnyRow;

use crate::StoreError;
use crate::sql::{Columns, Sql};

/// An exemption. What of rule, deal, employee and stage is empty does not narrow.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Exemption {
    /// Its id.
    pub id: String,
    /// Name of a rule.
    pub rule: String,
    /// A deal.
    pub deal: String,
    /// An employee.
    pub employee: String,
    /// A stage.
    pub stage: String,
    /// Why.
    pub reason: String,
    /// Which person made it.
    pub author: String,
    /// When it was made.
    pub made_at: Instant,
    /// The first breach it covers.
    pub from: Instant,
    /// The first breach that it no longer covers.
    pub until: Instant,
    /// When it was ended early.
    pub ended_at: Option<Instant>,
    /// Which person ended it.
    pub ended_by: String,
    /// Why it was ended.
    pub ended_why: String,
}

/// Adds an exemption that has not ended.
pub async fn add(
    conn: &mut AnyConnection,
    company: &str,
    exemption: &Exemption,
) -> Result<(), StoreError> {
    Sql::new(
        "INSERT INTO exemptions (company, id, rule, deal, employee, stage, reason, author, \
         made_at, from_at, until_at) VALUES (",
    )
    .list([
        company,
        &exemption.id,
        &exemption.rule,
        &exemption.deal,
        &exemption.employee,
        &exemption.stage,
        &exemption.reason,
        &exemption.author,
    ])
    .push(", ")
    .list([exemption.made_at, exemption.from, exemption.until])
    .push(")")
    .run(conn)
    .await
    .map(|_| ())
}

/// Ends an exemption early; whether it had not ended so before.
pub async fn end(
    conn: &mut AnyConnection,
    company: &str,
    id: &str,
    now: Instant,
    author: &str,
    why: &str,
) -> Result<bool, StoreError> {
    let touched = Sql::new(
        "UPDATE exemptions SET ended_at = $1, ended_by = $2, ended_why = $3 \
         WHERE company = $4 AND id = $5 AND ended_at IS NULL",
    )
    .with(now)
    .with(author)
    .with(why)
    .with(company)
    .with(id)
    .run(conn)
    .await?;
    Ok(touched > 0)
}

const SELECT: &str = "SELECT id, rule, deal, employee, stage, reason, author, made_at, from_at, \
     until_at, ended_at, ended_by, ended_why FROM exemptions WHERE company = ";

fn read(row: &AnyRow) -> Result<Exemption, StoreError> {
    Ok(Exemption {
        id: row.text("id")?,
        rule: row.text("rule")?,
        deal: row.text("deal")?,
        employee: row.text("employee")?,
        stage: row.text("stage")?,
        reason: row.text("reason")?,
        author: row.text("author")?,
        made_at: row.number("made_at")?,
        from: row.number("from_at")?,
        until: row.number("until_at")?,
        ended_at: row.number_or_none("ended_at")?,
        ended_by: row.text("ended_by")?,
        ended_why: row.text("ended_why")?,
    })
}

/// All exemptions of the company, the one made first first.
pub async fn all(conn: &mut AnyConnection, company: &str) -> Result<Vec<Exemption>, StoreError> {
    let sql = Sql::new(SELECT).bind(company);
    sql.push(" ORDER BY made_at, id").read(conn, read).await
}

/// The exemption of this id.
pub async fn find(
    conn: &mut AnyConnection,
    company: &str,
    id: &str,
) -> Result<Option<Exemption>, StoreError> {
    let sql = Sql::new(SELECT).bind(company).push(" AND id = ").bind(id);
    sql.optional(conn).await?.as_ref().map(read).transpose()
}
