//! What the schedule of reports tried and could not do. It goes once it is done.

use history::Instant;
use sqlx::AnyConnection;

use crate::StoreError;
use crate::sql::{Columns, Sql};

/// Something that could not be done.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Trouble {
    /// What was tried, such as `make` or `send`.
    pub deed: String,
    /// With what: a period, or the id of a report.
    pub subject: String,
    /// How often it was tried in vain.
    pub tries: i64,
    /// What was in the way the last time.
    pub why: String,
    /// When that was.
    pub failed_at: Instant,
    /// Not tried again before this instant.
    pub next_at: Instant,
}

/// Notes that something could not be done; what was known of it before gives way.
pub async fn note(
    conn: &mut AnyConnection,
    company: &str,
    trouble: &Trouble,
) -> Result<(), StoreError> {
    Sql::new(
        "INSERT INTO report_troubles (company, deed, subject, tries, why, failed_at, next_at) \
         VALUES ($1, $2, $3, $4, $5, $6, $7) ON CONFLICT (company, deed, subject) \
         DO UPDATE SET tries = excluded.tries, why = excluded.why, \
         failed_at = excluded.failed_at, next_at = excluded.next_at",
    )
    .with(company)
    .with(&trouble.deed)
    .with(&trouble.subject)
    .with(trouble.tries)
    .with(&trouble.why)
    .with(trouble.failed_at)
    .with(trouble.next_at)
    .run(conn)
    .await
    .map(|_| ())
}

/// What could not be done in a company, the latest first.
pub async fn list(conn: &mut AnyConnection, company: &str) -> Result<Vec<Trouble>, StoreError> {
    let sql = Sql::new(
        "SELECT deed, subject, tries, why, failed_at, next_at FROM report_troubles \
         WHERE company = $1 ORDER BY failed_at DESC, deed, subject",
    );
    let read = |row: &sqlx::any::AnyRow| {
        Ok(Trouble {
            deed: row.text("deed")?,
            subject: row.text("subject")?,
            tries: row.number("tries")?,
            why: row.text("why")?,
            failed_at: row.number("failed_at")?,
            next_at: row.number("next_at")?,
        })
    };
    sql.with(company).read(conn, read).await
}

/// Takes out what is done.
pub async fn remove(
    conn: &mut AnyConnection,
    company: &str,
    (deed, subject): (&str, &str),
) -> Result<(), StoreError> {
    let sql =
        Sql::new("DELETE FROM report_troubles WHERE company = $1 AND deed = $2 AND subject = $3");
    let sql = sql.with(company).with(deed).with(subject);
    sql.run(conn).await.map(|_| ())
}

/// Lets everything be tried again from `now` on; how much waits for that.
pub async fn hurry(
    conn: &mut AnyConnection,
    company: &str,
    now: Instant,
) -> Result<u64, StoreError> {
    let sql = Sql::new("UPDATE report_troubles SET next_at = $1 WHERE company = $2");
    sql.with(now).with(company).run(conn).await
}

/// Takes out what failed last before this instant: nobody tries it any more.
pub async fn forget(
    conn: &mut AnyConnection,
    company: &str,
    before: Instant,
) -> Result<u64, StoreError> {
    let sql = Sql::new("DELETE FROM report_troubles WHERE company = $1 AND failed_at < $2");
    sql.with(company).with(before).run(conn).await
}
