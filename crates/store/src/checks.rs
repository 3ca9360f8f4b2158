//! The checks of lost deals, one for each loss.

use std::collections::BTreeSet;

use history::Instant;
use sqlx::AnyConnection;
use sqlx::any::AnyRow;

use crate::StoreError;
use crate::sql::{Columns, Sql};

/// A check.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Check {
    /// Its id.
    pub id: String,
    /// The deal.
    pub deal: String,
    /// When it was lost.
    pub lost_at: Instant,
    /// Into which stage.
    pub stage: String,
    /// Who was responsible then; empty: nobody.
    pub responsible: String,
    /// The employee who leads and gets the check; empty: the head.
    pub addressee: String,
    /// What the timeline tells, as JSON.
    pub facts: String,
    /// When the check was opened.
    pub opened_at: Instant,
    /// `open`, `moot` or the verdict.
    pub status: String,
    /// When it was closed.
    pub closed_at: Option<Instant>,
    /// Which person closed it; empty: the program.
    pub closed_by: String,
    /// The answers, as JSON; empty: none yet.
    pub answers: String,
    /// What was said with the verdict.
    pub comment: String,
}

/// Opens a check; false where this loss has one already.
pub async fn open(
    conn: &mut AnyConnection,
    company: &str,
    check: &Check,
) -> Result<bool, StoreError> {
    let added = Sql::new(
        "INSERT INTO checks (company, id, deal, lost_at, stage, responsible, addressee, facts, \
         opened_at, status) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10) \
         ON CONFLICT (company, deal, lost_at) DO NOTHING",
    )
    .with(company)
    .with(&check.id)
    .with(&check.deal)
    .with(check.lost_at)
    .with(&check.stage)
    .with(&check.responsible)
    .with(&check.addressee)
    .with(&check.facts)
    .with(check.opened_at)
    .with(&check.status)
    .run(conn)
    .await?;
    Ok(added > 0)
}

/// How a check is closed.
#[derive(Clone, Copy, Debug)]
pub struct Closing<'a> {
    /// `moot` or the verdict.
    pub status: &'a str,
    /// When.
    pub at: Instant,
    /// Which person; empty: the program.
    pub author: &'a str,
    /// The answers, as JSON; empty: none.
    pub answers: &'a str,
    /// What was said with it.
    pub comment: &'a str,
}

/// Closes a check; false where it is not open.
pub async fn close(
    conn: &mut AnyConnection,
    company: &str,
    id: &str,
    closing: Closing<'_>,
) -> Result<bool, StoreError> {
    let touched = Sql::new(
        "UPDATE checks SET status = $1, closed_at = $2, closed_by = $3, answers = $4, \
         comment = $5 WHERE company = $6 AND id = $7 AND status = 'open'",
    )
    .with(closing.status)
    .with(closing.at)
    .with(closing.author)
    .with(closing.answers)
    .with(closing.comment)
    .with(company)
    .with(id)
    .run(conn)
    .await?;
    Ok(touched > 0)
}

const COLUMNS: &str = "id, deal, lost_at, stage, responsible, addressee, facts, opened_at, \
     status, closed_at, closed_by, answers, comment";

fn read(row: &AnyRow) -> Result<Check, StoreError> {
    Ok(Check {
        id: row.text("id")?,
        deal: row.text("deal")?,
        lost_at: row.number("lost_at")?,
        stage: row.text("stage")?,
        responsible: row.text("responsible")?,
        addressee: row.text("addressee")?,
        facts: row.text("facts")?,
        opened_at: row.number("opened_at")?,
        status: row.text("status")?,
        closed_at: row.number_or_none("closed_at")?,
        closed_by: row.text("closed_by")?,
        answers: row.text("answers")?,
        comment: row.text("comment")?,
    })
}

fn select(company: &str) -> Sql {
    let sql = Sql::new("SELECT ").push(COLUMNS);
    sql.push(" FROM checks WHERE company = ").bind(company)
}

/// The check of this id.
pub async fn find(
    conn: &mut AnyConnection,
    company: &str,
    id: &str,
) -> Result<Option<Check>, StoreError> {
    let sql = select(company).push(" AND id = ").bind(id);
    sql.optional(conn).await?.as_ref().map(read).transpose()
}

/// The checks of a deal, by loss.
pub async fn of(
    conn: &mut AnyConnection,
    company: &str,
    deal: &str,
) -> Result<Vec<Check>, StoreError> {
    let sql = select(company).push(" AND deal = ").bind(deal);
    sql.push(" ORDER BY lost_at").read(conn, read).await
}

/// The deals that have an open check.
pub async fn open_deals(
    conn: &mut AnyConnection,
    company: &str,
) -> Result<BTreeSet<String>, StoreError> {
    let sql = Sql::new("SELECT deal FROM checks WHERE status = 'open' AND company = ");
    let deals = sql.bind(company).read(conn, |row| row.text("deal")).await?;
    Ok(deals.into_iter().collect())
}

/// Which checks; what is none does not narrow.
#[derive(Clone, Copy, Debug, Default)]
pub struct Filter<'a> {
    /// Of this status.
    pub status: Option<&'a str>,
    /// Of deals that one of these people lost. An empty list: nobody's, so no check at all.
    pub responsible: Option<&'a [&'a str]>,
}

/// At most `limit` checks behind `after` (loss and id of the last of the page before), the latest
/// loss first.
pub async fn page(
    conn: &mut AnyConnection,
    company: &str,
    filter: Filter<'_>,
    after: Option<(Instant, &str)>,
    limit: i64,
) -> Result<Vec<Check>, StoreError> {
    let mut sql = select(company);
    if let Some(status) = filter.status {
        sql = sql.push(" AND status = ").bind(status);
    }
    if let Some(people) = filter.responsible {
        sql = if people.is_empty() {
            sql.push(" AND 1 = 0")
        } else {
            let sql = sql.push(" AND responsible IN (");
            sql.list(people.iter().copied()).push(")")
        };
    }
    if let Some((lost_at, id)) = after {
        sql = sql.push(" AND (lost_at, id) < (").bind(lost_at);
        sql = sql.push(", ").bind(id).push(")");
    }
    let sql = sql.push(" ORDER BY lost_at DESC, id DESC LIMIT ");
    sql.bind(limit).read(conn, read).await
}

/// Who was responsible, and the status: of all checks that have a verdict.
pub async fn verdicts(
    conn: &mut AnyConnection,
    company: &str,
) -> Result<Vec<(String, String)>, StoreError> {
    let sql = Sql::new("SELECT responsible, status FROM checks WHERE company = ").bind(company);
    let sql = sql.push(" AND status NOT IN ('open', 'moot') ORDER BY lost_at, id");
    sql.read(conn, |row| {
        Ok((row.text("responsible")?, row.text("status")?))
    })
    .await
}
