//! Who did what, never changed once written.

use history::Instant;
use sqlx::AnyConnection;
use sqlx::any::AnyRow;

use crate::sql::{Columns, Sql};
use crate::{StoreError, new_id};

/// A line to be written.
#[derive(Clone, Copy, Debug)]
pub struct NewLine<'a> {
    /// When it was done.
    pub at: Instant,
    /// Who did it: a person's id; empty: the program.
    pub actor: &'a str,
    /// What was done, such as `regulation.add`.
    pub action: &'a str,
    /// To what, such as `finding:ID`.
    pub object: &'a str,
    /// More about it, as JSON.
    pub details: &'a str,
}

/// A line that was written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Line {
    /// Its id.
    pub id: String,
    /// When it was done.
    pub at: Instant,
    /// Who did it; empty: the program.
    pub actor: String,
    /// What was done.
    pub action: String,
    /// To what.
    pub object: String,
    /// More about it, as JSON.
    pub details: String,
}

/// Which lines are wanted.
#[derive(Clone, Copy, Debug, Default)]
pub struct Filter<'a> {
    /// Only about this object.
    pub object: Option<&'a str>,
    /// Only by this person; empty: the program.
    pub actor: Option<&'a str>,
    /// Only this deed.
    pub action: Option<&'a str>,
    /// Only from this instant on.
    pub from: Option<Instant>,
    /// Only before this one.
    pub to: Option<Instant>,
}

/// Writes a line; its id.
pub async fn add(
    conn: &mut AnyConnection,
    company: &str,
    line: NewLine<'_>,
) -> Result<String, StoreError> {
    let id = new_id();
    Sql::new(
        "INSERT INTO journal (company, id, at, actor, action, object, details) \
         VALUES ($1, $2, $3, $4, $5, $6, $7)",
    )
    .with(company)
    .with(&id)
    .with(line.at)
    .with(line.actor)
    .with(line.action)
    .with(line.object)
    .with(line.details)
    .run(conn)
    .await?;
    Ok(id)
}

/// At most `limit` lines behind `after` (instant and id of the last line of the page before),
/// the latest first; only those of the filter.
pub async fn page(
    conn: &mut AnyConnection,
    company: &str,
    filter: Filter<'_>,
    after: Option<(Instant, &str)>,
    limit: i64,
) -> Result<Vec<Line>, StoreError> {
    let mut sql = Sql::new("SELECT id, at, actor, action, object, details FROM journal")
        .push(" WHERE company = ")
        .bind(company);
    let named = [
        (" AND object = ", filter.object),
        (" AND actor = ", filter.actor),
        (" AND action = ", filter.action),
    ];
    for (column, value) in named {
        if let Some(value) = value {
            sql = sql.push(column).bind(value);
        }
    }
    for (bound, at) in [(" AND at >= ", filter.from), (" AND at < ", filter.to)] {
        if let Some(at) = at {
            sql = sql.push(bound).bind(at);
        }
    }
    if let Some((at, id)) = after {
        sql = sql.push(" AND (at, id) < (").bind(at).push(", ");
        sql = sql.bind(id).push(")");
    }
    let sql = sql.push(" ORDER BY at DESC, id DESC LIMIT ").bind(limit);
    sql.read(conn, read).await
}

fn read(row: &AnyRow) -> Result<Line, StoreError> {
    Ok(Line {
        id: row.text("id")?,
        at: row.number("at")?,
        actor: row.text("actor")?,
        action: row.text("action")?,
        object: row.text("object")?,
        details: row.text("details")?,
    })
}
