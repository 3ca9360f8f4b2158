//! Findings, and every state that they have had.

mod all;
mod counts;
mod page;
mod state;

use history::Instant;
use sqlx::AnyConnection;
use sqlx::any::AnyRow;

use crate::sql::{Columns, Sql};
use crate::{StoreError, engine};

pub use all::{all, each};
pub use counts::{Counts, counts};
pub use page::{Cursor, Filter, count, page};
pub use state::{Change, NewState, State, append_states, known_at, states};

/// A finding as the store keeps it: an id and what it names, then what may change.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Finding {
    /// Its id; a person's decision refers to it.
    pub id: String,
    /// Name of the rule.
    pub rule: String,
    /// What is judged as one: `deal`, `client`, `employee`, `group`, `stage`, or `hand`.
    pub scope: String,
    /// Which deal, client and so on.
    pub scope_key: String,
    /// What it is about within its scope, such as `task:ID`; empty: the scope itself.
    pub subject: String,
    /// Start of what is judged.
    pub start: Instant,
    /// Its place among findings that are the same in all of the above.
    pub ordinal: i64,
    /// File of the version of the regulation that it was judged by.
    pub regulation: String,
    /// `remark`, `violation` or `gross`.
    pub severity: String,
    /// The deal, or empty.
    pub deal: String,
    /// Whom it is held against, or empty.
    pub employee: String,
    /// The stage of the deal at the breach, or empty.
    pub stage: String,
    /// The breach.
    pub at: Instant,
    /// When it was cured; none: it lasts, or there is nothing to cure.
    pub until: Option<Instant>,
    /// The deal's price at the breach, in hundredths.
    pub amount: Option<i64>,
    /// A number for the message.
    pub count: i64,
    /// Whether it follows from the facts; else it is withdrawn.
    pub standing: bool,
    /// The company's sequence when it was raised.
    pub raised_seq: i64,
    /// The company's sequence when it last changed.
    pub changed_seq: i64,
    /// When it was raised.
    pub raised_at: Instant,
    /// When it last changed.
    pub changed_at: Instant,
}

pub(crate) const COLUMNS: &str = "id, rule, scope, scope_key, subject, start, ordinal, \
     regulation, severity, deal, employee, stage, at, until, amount, count, standing, \
     raised_seq, changed_seq, raised_at, changed_at";

pub(crate) fn read(row: &AnyRow) -> Result<Finding, StoreError> {
    Ok(Finding {
        id: row.text("id")?,
        rule: row.text("rule")?,
        scope: row.text("scope")?,
        scope_key: row.text("scope_key")?,
        subject: row.text("subject")?,
        start: row.number("start")?,
        ordinal: row.number("ordinal")?,
        regulation: row.text("regulation")?,
        severity: row.text("severity")?,
        deal: row.text("deal")?,
        employee: row.text("employee")?,
        stage: row.text("stage")?,
        at: row.number("at")?,
        until: row.number_or_none("until")?,
        amount: row.number_or_none("amount")?,
        count: row.number("count")?,
        standing: row.flag("standing")?,
        raised_seq: row.number("raised_seq")?,
        changed_seq: row.number("changed_seq")?,
        raised_at: row.number("raised_at")?,
        changed_at: row.number("changed_at")?,
    })
}

fn select() -> Sql {
    Sql::new("SELECT ")
        .push(COLUMNS)
        .push(" FROM findings WHERE company = ")
}

/// The finding of this id.
pub async fn find(
    conn: &mut AnyConnection,
    company: &str,
    id: &str,
) -> Result<Option<Finding>, StoreError> {
    let sql = select().bind(company).push(" AND id = ").bind(id);
    sql.optional(conn).await?.as_ref().map(read).transpose()
}

/// How many ids one question may have.
const IDS: usize = 200;

/// The findings of these ids, in the order of their ids; unknown ones are left out.
pub async fn some(
    conn: &mut AnyConnection,
    company: &str,
    ids: &[&str],
) -> Result<Vec<Finding>, StoreError> {
    let mut found = Vec::with_capacity(ids.len());
    for ids in ids.chunks(IDS) {
        let sql = select().bind(company).push(" AND id IN (");
        let sql = sql.list(ids.iter().copied()).push(")");
        found.extend(sql.read(conn, read).await?);
    }
    found.sort_by(|one, other| one.id.cmp(&other.id));
    found.dedup_by(|one, other| one.id == other.id);
    Ok(found)
}

/// Adds findings.
///
/// # Errors
/// Where one of the same id or identity stands already; see [`StoreError::is_taken`].
pub async fn insert(
    conn: &mut AnyConnection,
    company: &str,
    findings: &[Finding],
) -> Result<(), StoreError> {
    for rows in findings.chunks(engine::rows_an_insert(conn)) {
        let mut sql = Sql::new("INSERT INTO findings (company, ")
            .push(COLUMNS)
            .push(") VALUES ");
        for (index, finding) in rows.iter().enumerate() {
            sql = sql.push(if index == 0 { "(" } else { ", (" });
            sql = sql.bind(company);
            for text in [
                &finding.id,
                &finding.rule,
                &finding.scope,
                &finding.scope_key,
                &finding.subject,
            ] {
                sql = sql.push(", ").bind(text);
            }
            sql = sql.push(", ").bind(finding.start);
            sql = sql.push(", ").bind(finding.ordinal);
            for text in [
                &finding.regulation,
                &finding.severity,
                &finding.deal,
                &finding.employee,
                &finding.stage,
            ] {
                sql = sql.push(", ").bind(text);
            }
            sql = sql.push(", ").bind(finding.at);
            sql = sql.push(", ").bind(finding.until);
            sql = sql.push(", ").bind(finding.amount);
            sql = sql.push(", ").bind(finding.count);
            sql = sql.push(", ").bind(finding.standing);
            for number in [
                finding.raised_seq,
                finding.changed_seq,
                finding.raised_at,
                finding.changed_at,
            ] {
                sql = sql.push(", ").bind(number);
            }
            sql = sql.push(")");
        }
        sql.run(conn).await?;
    }
    Ok(())
}

/// Makes room for findings that change their identity to take one another's place.
pub async fn set_aside(
    conn: &mut AnyConnection,
    company: &str,
    ids: &[&str],
) -> Result<(), StoreError> {
    for ids in ids.chunks(IDS) {
        // No finding has an ordinal below 0 but these, until `update` gives them theirs; those of
        // one place have different ones already.
        let sql = Sql::new("UPDATE findings SET ordinal = -1 - ordinal WHERE company = ");
        let sql = sql.bind(company).push(" AND id IN (");
        sql.list(ids.iter().copied()).push(")").run(conn).await?;
    }
    Ok(())
}

/// Writes all columns but the id, and when it was raised, of findings that stand already.
///
/// # Errors
/// Where one of them is not there, or its new identity is that of another.
pub async fn update(
    conn: &mut AnyConnection,
    company: &str,
    findings: &[Finding],
) -> Result<(), StoreError> {
    for finding in findings {
        let touched = Sql::new(
            "UPDATE findings SET rule = $1, scope = $2, scope_key = $3, subject = $4, \
             start = $5, ordinal = $6, regulation = $7, severity = $8, deal = $9, \
             employee = $10, stage = $11, at = $12, until = $13, amount = $14, count = $15, \
             standing = $16, changed_seq = $17, changed_at = $18 \
             WHERE company = $19 AND id = $20",
        )
        .with(&finding.rule)
        .with(&finding.scope)
        .with(&finding.scope_key)
        .with(&finding.subject)
        .with(finding.start)
        .with(finding.ordinal)
        .with(&finding.regulation)
        .with(&finding.severity)
        .with(&finding.deal)
        .with(&finding.employee)
        .with(&finding.stage)
        .with(finding.at)
        .with(finding.until)
        .with(finding.amount)
        .with(finding.count)
        .with(finding.standing)
        .with(finding.changed_seq)
        .with(finding.changed_at)
        .with(company)
        .with(&finding.id)
        .run(conn)
        .await?;
        if touched == 0 {
            return Err(StoreError::Missing {
                what: "finding",
                id: finding.id.clone(),
            });
        }
    }
    Ok(())
}
