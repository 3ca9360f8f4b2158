//! A page of findings.

use history::Instant;
use sqlx::AnyConnection;

use super::{Finding, read, select};
use crate::StoreError;
use crate::sql::Sql;

/// Which findings; what is none or empty does not narrow.
#[derive(Clone, Debug, Default)]
pub struct Filter<'a> {
    /// Of this rule.
    pub rule: Option<&'a str>,
    /// Of this scope.
    pub scope: Option<&'a str>,
    /// Held against one of these people. An empty list: nobody's, so no finding at all.
    pub employees: Option<&'a [&'a str]>,
    /// Of this deal.
    pub deal: Option<&'a str>,
    /// At this stage.
    pub stage: Option<&'a str>,
    /// At one of these stages. An empty list: at none, so no finding at all.
    pub stages: Option<&'a [&'a str]>,
    /// Of this severity.
    pub severity: Option<&'a str>,
    /// With the breach at this instant or later.
    pub from: Option<Instant>,
    /// With the breach before this instant.
    pub to: Option<Instant>,
    /// Only those that stand, or only the withdrawn.
    pub standing: Option<bool>,
    /// Only those not cured, or only the cured.
    pub open: Option<bool>,
}

/// Where the next page begins: the place of the last finding of this one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cursor {
    /// Its breach.
    pub at: Instant,
    /// Its id.
    pub id: String,
}

impl Finding {
    /// Its place in the order of pages.
    pub fn cursor(&self) -> Cursor {
        Cursor {
            at: self.at,
            id: self.id.clone(),
        }
    }
}

/// At most `limit` findings behind `after`, the latest breach first.
pub async fn page(
    conn: &mut AnyConnection,
    company: &str,
    filter: &Filter<'_>,
    after: Option<&Cursor>,
    limit: i64,
) -> Result<Vec<Finding>, StoreError> {
    let mut sql = narrow(select().bind(company), filter);
    if let Some(after) = after {
        sql = sql.push(" AND (at, id) < (").bind(after.at);
        sql = sql.push(", ").bind(&after.id).push(")");
    }
    let sql = sql.push(" ORDER BY at DESC, id DESC LIMIT ").bind(limit);
    sql.read(conn, read).await
}

/// How many findings there are of a filter.
pub async fn count(
    conn: &mut AnyConnection,
    company: &str,
    filter: &Filter<'_>,
) -> Result<i64, StoreError> {
    let sql = Sql::new("SELECT COUNT(*) FROM findings WHERE company = ").bind(company);
    narrow(sql, filter).number(conn).await
}

fn narrow(mut sql: Sql, filter: &Filter<'_>) -> Sql {
    let equal = [
        (" AND rule = ", filter.rule),
        (" AND scope = ", filter.scope),
        (" AND deal = ", filter.deal),
        (" AND stage = ", filter.stage),
        (" AND severity = ", filter.severity),
    ];
    for (text, value) in equal {
        if let Some(value) = value {
            sql = sql.push(text).bind(value);
        }
    }
    let among = [
        (" AND employee IN (", filter.employees),
        (" AND stage IN (", filter.stages),
    ];
    for (text, values) in among {
        sql = match values {
            None => sql,
            Some([]) => sql.push(" AND 1 = 0"),
            Some(values) => sql.push(text).list(values.iter().copied()).push(")"),
        };
    }
    if let Some(from) = filter.from {
        sql = sql.push(" AND at >= ").bind(from);
    }
    if let Some(to) = filter.to {
        sql = sql.push(" AND at < ").bind(to);
    }
    if let Some(standing) = filter.standing {
        sql = sql.push(" AND standing = ").bind(standing);
    }
    match filter.open {
        Some(true) => sql.push(" AND until IS NULL"),
        Some(false) => sql.push(" AND until IS NOT NULL"),
        None => sql,
    }
}
