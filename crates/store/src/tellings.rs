//! Findings that are to be told at once, whom they were told, and how people want to be told.

use history::Instant;
use sqlx::AnyConnection;

use crate::sql::{Columns, Sql};
use crate::{StoreError, engine};

/// A finding that is to be told to a person.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Telling {
    /// The finding.
    pub finding: String,
    /// Whom it is told to.
    pub person: String,
    /// The employee in whose place they hear of it; empty: for themselves.
    pub instead_of: String,
    /// When that was settled.
    pub put_at: Instant,
    /// Not before this instant.
    pub due_at: Instant,
}

/// Puts findings that are to be told at once, whomever they concern.
pub async fn found(
    conn: &mut AnyConnection,
    company: &str,
    now: Instant,
    findings: &[&str],
) -> Result<(), StoreError> {
    for some in findings.chunks(engine::rows_an_insert(conn)) {
        let mut sql = Sql::new(
            "INSERT INTO tellings (company, finding, person, instead_of, put_at, due_at) VALUES ",
        );
        for (index, finding) in some.iter().enumerate() {
            sql = sql.push(if index == 0 { "(" } else { ", (" });
            sql = sql.bind(company).push(", ").bind(*finding);
            sql = sql.push(", '', '', ").bind(now);
            sql = sql.push(", ").bind(now).push(")");
        }
        let sql = sql.push(" ON CONFLICT (company, finding, person) DO NOTHING");
        sql.run(conn).await?;
    }
    Ok(())
}

/// At most `limit` findings of which it is not settled whom they are told to, with when they were
/// put, the oldest first.
pub async fn unplanned(
    conn: &mut AnyConnection,
    company: &str,
    limit: i64,
) -> Result<Vec<(String, Instant)>, StoreError> {
    let sql = Sql::new(
        "SELECT finding, put_at FROM tellings WHERE company = $1 AND person = '' \
         AND settled_at IS NULL ORDER BY due_at, finding LIMIT $2",
    );
    sql.with(company)
        .with(limit)
        .read(conn, |row| {
            Ok((row.text("finding")?, row.number("put_at")?))
        })
        .await
}

/// Settles whom a finding is told to, and when; false where that was settled before.
pub async fn plan(
    conn: &mut AnyConnection,
    company: &str,
    finding: &str,
    tellings: &[Telling],
    now: Instant,
) -> Result<bool, StoreError> {
    let settled = Sql::new(
        "UPDATE tellings SET settled_at = $1 WHERE company = $2 AND finding = $3 \
         AND person = '' AND settled_at IS NULL",
    );
    let touched = settled.with(now).with(company).with(finding);
    if touched.run(conn).await? == 0 {
        return Ok(false);
    }
    for telling in tellings {
        Sql::new(
            "INSERT INTO tellings (company, finding, person, instead_of, put_at, due_at) \
             VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT (company, finding, person) DO NOTHING",
        )
        .with(company)
        .with(finding)
        .with(&telling.person)
        .with(&telling.instead_of)
        .with(now)
        .with(telling.due_at)
        .run(conn)
        .await?;
    }
    Ok(true)
}

/// What is due to be told by `now`, by person and the oldest first.
pub async fn due(
    conn: &mut AnyConnection,
    company: &str,
    now: Instant,
) -> Result<Vec<Telling>, StoreError> {
    let sql = Sql::new(
        "SELECT finding, person, instead_of, put_at, due_at FROM tellings \
         WHERE company = $1 AND settled_at IS NULL AND person <> '' AND due_at <= $2 \
         ORDER BY person, due_at, finding",
    );
    let sql = sql.with(company).with(now);
    sql.read(conn, |row| {
        Ok(Telling {
            finding: row.text("finding")?,
            person: row.text("person")?,
            instead_of: row.text("instead_of")?,
            put_at: row.number("put_at")?,
            due_at: row.number("due_at")?,
        })
    })
    .await
}

/// When somebody was last told something at once; none: never.
pub async fn last(
    conn: &mut AnyConnection,
    company: &str,
    person: &str,
) -> Result<Option<Instant>, StoreError> {
    let sql = Sql::new(
        "SELECT MAX(settled_at) AS told FROM tellings WHERE company = $1 AND person = $2 \
         AND settled_at IS NOT NULL AND message <> ''",
    );
    let row = sql.with(company).with(person).optional(conn).await?;
    row.map_or(Ok(None), |row| row.number_or_none("told"))
}

/// Settles that a finding was told to a person with the message of this key (empty: there was nothing
/// to say any more); false where it was settled before.
pub async fn settle(
    conn: &mut AnyConnection,
    company: &str,
    (finding, person): (&str, &str),
    message: &str,
    now: Instant,
) -> Result<bool, StoreError> {
    let sql = Sql::new(
        "UPDATE tellings SET settled_at = $1, message = $2 WHERE company = $3 AND finding = $4 \
         AND person = $5 AND settled_at IS NULL",
    );
    let sql = sql.with(now).with(message).with(company);
    Ok(sql.with(finding).with(person).run(conn).await? > 0)
}

/// Puts off what is to be told to a person until an instant.
pub async fn put_off(
    conn: &mut AnyConnection,
    company: &str,
    (finding, person): (&str, &str),
    due: Instant,
) -> Result<(), StoreError> {
    Sql::new(
        "UPDATE tellings SET due_at = $1 WHERE company = $2 AND finding = $3 AND person = $4 \
         AND settled_at IS NULL",
    )
    .with(due)
    .with(company)
    .with(finding)
    .with(person)
    .run(conn)
    .await
    .map(|_| ())
}

/// Takes out what was settled before this instant; how many rows.
pub async fn purge(
    conn: &mut AnyConnection,
    company: &str,
    before: Instant,
) -> Result<u64, StoreError> {
    let sql = Sql::new("DELETE FROM tellings WHERE company = $1 AND settled_at < $2");
    sql.with(company).with(before).run(conn).await
}

/// How somebody wants to be told, as JSON; none: they have not said.
pub async fn choice(
    conn: &mut AnyConnection,
    company: &str,
    person: &str,
) -> Result<Option<String>, StoreError> {
    let sql = Sql::new("SELECT value FROM telling_choices WHERE company = $1 AND person = $2");
    let row = sql.with(company).with(person).optional(conn).await?;
    row.map(|row| row.text("value")).transpose()
}

/// Writes down how somebody wants to be told.
pub async fn choose(
    conn: &mut AnyConnection,
    company: &str,
    person: &str,
    value: &str,
) -> Result<(), StoreError> {
    Sql::new(
        "INSERT INTO telling_choices (company, person, value) VALUES ($1, $2, $3) \
         ON CONFLICT (company, person) DO UPDATE SET value = excluded.value",
    )
    .with(company)
    .with(person)
    .with(value)
    .run(conn)
    .await
    .map(|_| ())
}
