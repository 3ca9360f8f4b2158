//! Findings made by hand: what they have besides their row in `findings`, and their way from the
//! specialist to the lead.

use history::Instant;
use sqlx::AnyConnection;
use sqlx::any::AnyRow;

use crate::sql::{Columns, Sql};
use crate::{StoreError, companies};

/// What a finding made by hand has of its own.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Handmade {
    /// The finding.
    pub finding: String,
    /// What it is about: `deal`, `call`, `chat` or `person`.
    pub target: String,
    /// The key of the event it is pinned to; empty: none.
    pub event: String,
    /// Which person made it.
    pub maker: String,
}

/// A step to be written down.
#[derive(Clone, Copy, Debug)]
pub struct NewStep<'a> {
    /// The finding.
    pub finding: &'a str,
    /// When.
    pub at: Instant,
    /// Which person; empty: the program.
    pub author: &'a str,
    /// What, such as `passed_on`.
    pub step: &'a str,
    /// The text that goes with it.
    pub text: &'a str,
    /// The recommendation that goes with it.
    pub recommendation: &'a str,
}

/// A step that was written down.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Step {
    /// Its place among all of the company.
    pub number: i64,
    /// The finding.
    pub finding: String,
    /// When.
    pub at: Instant,
    /// Which person; empty: the program.
    pub author: String,
    /// What.
    pub step: String,
    /// The text that goes with it.
    pub text: String,
    /// The recommendation that goes with it.
    pub recommendation: String,
}

/// Adds what a finding made by hand has of its own.
///
/// # Errors
/// Where there is no such finding.
pub async fn add(
    conn: &mut AnyConnection,
    company: &str,
    handmade: &Handmade,
) -> Result<(), StoreError> {
    Sql::new("INSERT INTO handmade (company, finding, target, event, maker) VALUES (")
        .list([
            company,
            &handmade.finding,
            &handmade.target,
            &handmade.event,
            &handmade.maker,
        ])
        .push(")")
        .run(conn)
        .await
        .map(|_| ())
}

/// Writes a step down behind all others. Call [`companies::lock`] before reading what it follows.
///
/// # Errors
/// Where there is no such finding made by hand.
pub async fn append(
    conn: &mut AnyConnection,
    company: &str,
    step: NewStep<'_>,
) -> Result<(), StoreError> {
    companies::lock(conn, company).await?;
    let last = Sql::new("SELECT COALESCE(MAX(number), 0) FROM handmade_steps WHERE company = ");
    let number = last.bind(company).number(conn).await? + 1;
    Sql::new(
        "INSERT INTO handmade_steps (company, number, finding, at, author, step, text, \
         recommendation) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)",
    )
    .with(company)
    .with(number)
    .with(step.finding)
    .with(step.at)
    .with(step.author)
    .with(step.step)
    .with(step.text)
    .with(step.recommendation)
    .run(conn)
    .await
    .map(|_| ())
}

fn read(row: &AnyRow) -> Result<Handmade, StoreError> {
    Ok(Handmade {
        finding: row.text("finding")?,
        target: row.text("target")?,
        event: row.text("event")?,
        maker: row.text("maker")?,
    })
}

/// All findings made by hand of the company.
pub async fn all(conn: &mut AnyConnection, company: &str) -> Result<Vec<Handmade>, StoreError> {
    let sql = Sql::new("SELECT finding, target, event, maker FROM handmade WHERE company = ");
    let sql = sql.bind(company).push(" ORDER BY finding");
    sql.read(conn, read).await
}

/// What the finding made by hand has of its own; none: the judge found it, or there is none.
pub async fn find(
    conn: &mut AnyConnection,
    company: &str,
    finding: &str,
) -> Result<Option<Handmade>, StoreError> {
    let sql = Sql::new("SELECT finding, target, event, maker FROM handmade WHERE company = ");
    let sql = sql.bind(company).push(" AND finding = ").bind(finding);
    sql.optional(conn).await?.as_ref().map(read).transpose()
}

/// The findings made by hand that nobody has passed on or exempted, the one made first first.
pub async fn waiting(conn: &mut AnyConnection, company: &str) -> Result<Vec<String>, StoreError> {
    let sql = Sql::new(
        "SELECT finding FROM handmade_steps WHERE step = 'made' AND NOT EXISTS \
         (SELECT 1 FROM handmade_steps AS later WHERE later.company = handmade_steps.company \
         AND later.finding = handmade_steps.finding \
         AND later.step IN ('passed_on', 'exempted')) AND company = ",
    );
    let sql = sql.bind(company).push(" ORDER BY number");
    sql.read(conn, |row| row.text("finding")).await
}

/// How many findings about a deal a person has made by hand since an instant.
pub async fn made(
    conn: &mut AnyConnection,
    company: &str,
    maker: &str,
    (deal, since): (&str, Instant),
) -> Result<i64, StoreError> {
    let sql = Sql::new(
        "SELECT COUNT(*) FROM handmade JOIN findings ON findings.company = handmade.company \
         AND findings.id = handmade.finding WHERE handmade.company = ",
    );
    let sql = sql.bind(company).push(" AND handmade.maker = ").bind(maker);
    let sql = sql.push(" AND findings.deal = ").bind(deal);
    let sql = sql.push(" AND findings.raised_at >= ").bind(since);
    sql.number(conn).await
}

/// The kinds of fault that findings made by hand name, at most `limit`, the commonest first.
pub async fn kinds(
    conn: &mut AnyConnection,
    company: &str,
    limit: i64,
) -> Result<Vec<String>, StoreError> {
    let sql = Sql::new("SELECT rule FROM findings WHERE scope = 'hand' AND company = ");
    let sql = sql.bind(company);
    let sql = sql.push(" GROUP BY rule ORDER BY COUNT(*) DESC, rule LIMIT ");
    sql.bind(limit).read(conn, |row| row.text("rule")).await
}

const STEPS: &str = "SELECT number, finding, at, author, step, text, recommendation \
     FROM handmade_steps WHERE company = ";

fn read_step(row: &AnyRow) -> Result<Step, StoreError> {
    Ok(Step {
        number: row.number("number")?,
        finding: row.text("finding")?,
        at: row.number("at")?,
        author: row.text("author")?,
        step: row.text("step")?,
        text: row.text("text")?,
        recommendation: row.text("recommendation")?,
    })
}

/// The steps of all findings made by hand, or of one; the oldest first.
pub async fn steps(
    conn: &mut AnyConnection,
    company: &str,
    finding: Option<&str>,
) -> Result<Vec<Step>, StoreError> {
    let mut sql = Sql::new(STEPS).bind(company);
    if let Some(finding) = finding {
        sql = sql.push(" AND finding = ").bind(finding);
    }
    sql.push(" ORDER BY number").read(conn, read_step).await
}

/// The steps behind the one of a number, the oldest first.
pub async fn steps_since(
    conn: &mut AnyConnection,
    company: &str,
    number: i64,
) -> Result<Vec<Step>, StoreError> {
    let sql = Sql::new(STEPS).bind(company);
    let sql = sql.push(" AND number > ").bind(number);
    sql.push(" ORDER BY number").read(conn, read_step).await
}
