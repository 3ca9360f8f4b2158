//! What quality control looks at, case by case, and the time it takes.

use history::Instant;
use sqlx::AnyConnection;
use sqlx::any::AnyRow;

use crate::StoreError;
use crate::sql::{Columns, Sql};

/// A case that somebody looks at, or has looked at.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Review {
    /// Its id.
    pub id: String,
    /// What is looked at, such as `deal`.
    pub kind: String,
    /// Which deal.
    pub subject: String,
    /// The employee whose work it is.
    pub employee: String,
    /// The person who looks.
    pub reviewer: String,
    /// How the case was come by: an order of the queue, or `own`.
    pub chosen: String,
    /// When it was taken.
    pub started_at: Instant,
    /// When it was finished; none: it is in hand.
    pub ended_at: Option<Instant>,
    /// What came of it; empty: it is in hand.
    pub outcome: String,
    /// How many findings were made on the way.
    pub found: i64,
    /// How long it took, in milliseconds.
    pub spent_ms: i64,
}

/// Takes a case; false where the person has another one in hand, or somebody has this one.
pub async fn start(
    conn: &mut AnyConnection,
    company: &str,
    review: &Review,
) -> Result<bool, StoreError> {
    let added = Sql::new(
        "INSERT INTO reviews (company, id, kind, subject, employee, reviewer, chosen, started_at) \
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8) ON CONFLICT DO NOTHING",
    )
    .with(company)
    .with(&review.id)
    .with(&review.kind)
    .with(&review.subject)
    .with(&review.employee)
    .with(&review.reviewer)
    .with(&review.chosen)
    .with(review.started_at)
    .run(conn)
    .await?;
    Ok(added > 0)
}

/// How a case is finished.
#[derive(Clone, Copy, Debug)]
pub struct Ending<'a> {
    /// When.
    pub at: Instant,
    /// What came of it.
    pub outcome: &'a str,
    /// How many findings were made on the way.
    pub found: i64,
    /// How long it took, in milliseconds.
    pub spent_ms: i64,
}

/// Finishes a case; false where it is not in hand.
pub async fn finish(
    conn: &mut AnyConnection,
    company: &str,
    id: &str,
    ending: Ending<'_>,
) -> Result<bool, StoreError> {
    let touched = Sql::new(
        "UPDATE reviews SET ended_at = $1, outcome = $2, found = $3, spent_ms = $4 \
         WHERE company = $5 AND id = $6 AND ended_at IS NULL",
    )
    .with(ending.at)
    .with(ending.outcome)
    .with(ending.found)
    .with(ending.spent_ms)
    .with(company)
    .with(id)
    .run(conn)
    .await?;
    Ok(touched > 0)
}

/// Which cases; what is none does not narrow.
#[derive(Clone, Copy, Debug, Default)]
pub struct Filter<'a> {
    /// Of this kind.
    pub kind: Option<&'a str>,
    /// Of this subject.
    pub subject: Option<&'a str>,
    /// Of this person's looking.
    pub reviewer: Option<&'a str>,
    /// Of this employee's work.
    pub employee: Option<&'a str>,
    /// With this outcome.
    pub outcome: Option<&'a str>,
    /// Taken at this instant or later.
    pub from: Option<Instant>,
    /// Taken before this instant.
    pub to: Option<Instant>,
    /// Only those in hand, or only the finished.
    pub in_hand: Option<bool>,
    /// Only those that were looked at to the end.
    pub is_done: bool,
}

fn select(company: &str, filter: &Filter<'_>) -> Sql {
    let mut sql = Sql::new(
        "SELECT id, kind, subject, employee, reviewer, chosen, started_at, ended_at, outcome, \
         found, spent_ms FROM reviews WHERE company = ",
    )
    .bind(company);
    let equal = [
        (" AND kind = ", filter.kind),
        (" AND subject = ", filter.subject),
        (" AND reviewer = ", filter.reviewer),
        (" AND employee = ", filter.employee),
        (" AND outcome = ", filter.outcome),
    ];
    for (text, value) in equal {
        if let Some(value) = value {
            sql = sql.push(text).bind(value);
        }
    }
    if let Some(from) = filter.from {
        sql = sql.push(" AND started_at >= ").bind(from);
    }
    if let Some(to) = filter.to {
        sql = sql.push(" AND started_at < ").bind(to);
    }
    if filter.is_done {
        sql = sql.push(" AND outcome IN ('clean', 'found')");
    }
    match filter.in_hand {
        Some(true) => sql.push(" AND ended_at IS NULL"),
        Some(false) => sql.push(" AND ended_at IS NOT NULL"),
        None => sql,
    }
}

fn read(row: &AnyRow) -> Result<Review, StoreError> {
    Ok(Review {
        id: row.text("id")?,
        kind: row.text("kind")?,
        subject: row.text("subject")?,
        employee: row.text("employee")?,
        reviewer: row.text("reviewer")?,
        chosen: row.text("chosen")?,
        started_at: row.number("started_at")?,
        ended_at: row.number_or_none("ended_at")?,
        outcome: row.text("outcome")?,
        found: row.number("found")?,
        spent_ms: row.number("spent_ms")?,
    })
}

/// All cases of a filter, the one taken first first.
pub async fn all(
    conn: &mut AnyConnection,
    company: &str,
    filter: &Filter<'_>,
) -> Result<Vec<Review>, StoreError> {
    let sql = select(company, filter).push(" ORDER BY started_at, id");
    sql.read(conn, read).await
}

/// At most `limit` cases behind `after` (start and id of the last of the page before), the one
/// taken last first.
pub async fn page(
    conn: &mut AnyConnection,
    company: &str,
    filter: &Filter<'_>,
    after: Option<(Instant, &str)>,
    limit: i64,
) -> Result<Vec<Review>, StoreError> {
    let mut sql = select(company, filter);
    if let Some((started_at, id)) = after {
        sql = sql.push(" AND (started_at, id) < (").bind(started_at);
        sql = sql.push(", ").bind(id).push(")");
    }
    let sql = sql.push(" ORDER BY started_at DESC, id DESC LIMIT ");
    sql.bind(limit).read(conn, read).await
}

/// The case of this id.
pub async fn find(
    conn: &mut AnyConnection,
    company: &str,
    id: &str,
) -> Result<Option<Review>, StoreError> {
    let sql = select(company, &Filter::default());
    let sql = sql.push(" AND id = ").bind(id);
    sql.optional(conn).await?.as_ref().map(read).transpose()
}
