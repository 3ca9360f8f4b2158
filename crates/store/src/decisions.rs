//! What people decided about findings, never changed once written.

use history::Instant;
use serde::Deserialize;
use sqlx::any::AnyRow;
use sqlx::{AnyConnection, Row};

use crate::sql::{Columns, Sql};
use crate::{StoreError, companies, engine, findings};

/// A decision to be written down.
#[derive(Clone, Copy, Debug)]
pub struct NewDecision<'a> {
    /// The finding.
    pub finding: &'a str,
    /// When.
    pub at: Instant,
    /// Which person; empty: the program.
    pub author: &'a str,
    /// What, such as `acknowledged`.
    pub made: &'a str,
    /// The cause that was given; empty: none.
    pub cause: &'a str,
    /// What was said with it.
    pub text: &'a str,
    /// The number of the decision that it takes back; none: it takes none back.
    pub takes_back: Option<i64>,
}

/// A decision that was written down.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Decision {
    /// Its place among all of the company.
    pub number: i64,
    /// The finding.
    pub finding: String,
    /// How many events of the company were received then.
    pub sequence: i64,
    /// When.
    pub at: Instant,
    /// Which person; empty: the program.
    pub author: String,
    /// What.
    pub made: String,
    /// The cause that was given; empty: none.
    pub cause: String,
    /// What was said with it.
    pub text: String,
}

/// Writes decisions down behind all others; the number of the last one. Call [`companies::lock`] before reading what they are
/// decided upon: then nobody decides in between.
///
/// # Errors
/// Where there is no such finding.
pub async fn append(
    conn: &mut AnyConnection,
    company: &str,
    decisions: &[NewDecision<'_>],
) -> Result<i64, StoreError> {
    let sequence = companies::lock(conn, company).await?;
    let last = Sql::new("SELECT COALESCE(MAX(number), 0) FROM decisions WHERE company = ");
    let mut number = last.bind(company).number(conn).await?;
    for rows in decisions.chunks(engine::rows_an_insert(conn)) {
        let mut sql = Sql::new(
            "INSERT INTO decisions (company, number, finding, sequence, at, author, move, \
             cause, text, takes_back) VALUES ",
        );
        for (index, decision) in rows.iter().enumerate() {
            number += 1;
            sql = sql.push(if index == 0 { "(" } else { ", (" });
            sql = sql.bind(company).push(", ").bind(number);
            sql = sql.push(", ").bind(decision.finding);
            sql = sql.push(", ").bind(sequence);
            sql = sql.push(", ").bind(decision.at).push(", ");
            let texts = [
                decision.author,
                decision.made,
                decision.cause,
                decision.text,
            ];
            sql = sql.list(texts).push(", ").bind(decision.takes_back);
            sql = sql.push(")");
        }
        sql.run(conn).await?;
    }
    Ok(number)
}

const SELECT: &str = "SELECT number, finding, sequence, at, author, move, cause, text \
     FROM decisions WHERE company = ";

fn read(row: &AnyRow) -> Result<Decision, StoreError> {
    Ok(Decision {
        number: row.number("number")?,
        finding: row.text("finding")?,
        sequence: row.number("sequence")?,
        at: row.number("at")?,
        author: row.text("author")?,
        made: row.text("move")?,
        cause: row.text("cause")?,
        text: row.text("text")?,
    })
}

/// That nothing takes the decision of a row of `$name` back.
macro_rules! holds {
    ($name:literal) => {
        concat!(
            " NOT EXISTS (SELECT 1 FROM decisions AS back WHERE back.company = ",
            $name,
            ".company AND back.takes_back = ",
            $name,
            ".number) "
        )
    };
}

/// All decisions of the company, the oldest first.
pub async fn all(conn: &mut AnyConnection, company: &str) -> Result<Vec<Decision>, StoreError> {
    let sql = Sql::new(SELECT).bind(company).push(" ORDER BY number");
    sql.read(conn, read).await
}

/// How many decisions [`since`] reads at most.
pub const PAGE: usize = 2_000;

/// The decisions behind the one of a number, the oldest first; at most [`PAGE`].
pub async fn since(
    conn: &mut AnyConnection,
    company: &str,
    number: i64,
) -> Result<Vec<Decision>, StoreError> {
    let columns = [
        "number", "finding", "sequence", "at", "author", "move", "cause", "text",
    ];
    let rows = format!(
        "SELECT {} FROM decisions WHERE company = $1 AND number > $2 ORDER BY number LIMIT {PAGE}",
        columns.join(", ")
    );
    let text = engine::as_one_text(conn, &columns, &rows);
    let row = Sql::new(&text).with(company).with(number).one(conn).await?;
    let lines: Result<Vec<Line>, _> = serde_json::from_str(row.try_get(0)?);
    let lines = lines.map_err(|error| StoreError::Unreadable {
        what: "page of decisions",
        value: error.to_string(),
    })?;
    let mut page: Vec<Decision> = lines.into_iter().map(Line::decision).collect();
    page.sort_unstable_by_key(|decision| decision.number);
    Ok(page)
}

/// A row of the table, in the order of its columns.
#[derive(Deserialize)]
struct Line(i64, String, i64, i64, String, String, String, String);

impl Line {
    fn decision(self) -> Decision {
        Decision {
            number: self.0,
            finding: self.1,
            sequence: self.2,
            at: self.3,
            author: self.4,
            made: self.5,
            cause: self.6,
            text: self.7,
        }
    }
}

/// How much was decided in a company: each number only ever grows, and what was decided has changed
/// only where one of them has.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Extent {
    /// The number of the last decision on a finding.
    pub decisions: i64,
    /// The number of the last step of a finding made by hand.
    pub steps: i64,
    /// The number of the last ruling about a rule.
    pub rulings: i64,
    /// How many exemptions were made.
    pub exemptions: i64,
    /// How many of them were ended early.
    pub ended: i64,
}

/// How much was decided in a company by now.
pub async fn extent(conn: &mut AnyConnection, company: &str) -> Result<Extent, StoreError> {
    let last =
        |table: &str| format!("COALESCE((SELECT MAX(number) FROM {table} WHERE company = $1), 0)");
    let count = |what: &str| format!("(SELECT COUNT({what}) FROM exemptions WHERE company = $1)");
    let sql = Sql::new(&format!(
        "SELECT {} AS decisions, {} AS steps, {} AS rulings, {} AS exemptions, {} AS ended",
        last("decisions"),
        last("handmade_steps"),
        last("rulings"),
        count("*"),
        count("ended_at")
    ));
    let row = sql.with(company).one(conn).await?;
    Ok(Extent {
        decisions: row.number("decisions")?,
        steps: row.number("steps")?,
        rulings: row.number("rulings")?,
        exemptions: row.number("exemptions")?,
        ended: row.number("ended")?,
    })
}

/// How many ids one question may have.
const IDS: usize = 200;

/// The decisions on these findings, the oldest first.
pub async fn of(
    conn: &mut AnyConnection,
    company: &str,
    findings: &[&str],
) -> Result<Vec<Decision>, StoreError> {
    let mut found = Vec::new();
    for ids in findings.chunks(IDS) {
        let sql = Sql::new(SELECT).bind(company).push(" AND finding IN (");
        let sql = sql.list(ids.iter().copied()).push(")");
        found.extend(sql.read(conn, read).await?);
    }
    found.sort_by_key(|decision| decision.number);
    found.dedup_by_key(|decision| decision.number);
    Ok(found)
}

/// The findings whose dispute waits for its judge, the one disputed first first.
pub async fn waiting(conn: &mut AnyConnection, company: &str) -> Result<Vec<String>, StoreError> {
    let sql = Sql::new(concat!(
        "SELECT finding FROM decisions WHERE move = 'disputed' AND",
        holds!("decisions"),
        "AND NOT EXISTS (SELECT 1 FROM decisions AS later \
         WHERE later.company = decisions.company \
         AND later.finding = decisions.finding AND later.number > decisions.number \
         AND later.move IN ('upheld', 'partly', 'dismissed', 'reopened') AND",
        holds!("later"),
        ") AND company = "
    ));
    let sql = sql.bind(company).push(" ORDER BY number");
    sql.read(conn, |row| row.text("finding")).await
}

/// The findings against some people that were cured, or acknowledged or marked as cured by a
/// decision, at an instant from `from` to `to`, both included.
pub async fn settled(
    conn: &mut AnyConnection,
    company: &str,
    employees: &[&str],
    (from, to): (Instant, Instant),
) -> Result<Vec<findings::Finding>, StoreError> {
    if employees.is_empty() {
        return Ok(Vec::new());
    }
    let sql = Sql::new("SELECT ")
        .push(findings::COLUMNS)
        .push(" FROM findings WHERE company = ")
        .bind(company)
        .push(" AND standing = 1 AND employee IN (")
        .list(employees.iter().copied())
        .push(") AND at < ")
        .bind(to)
        .push(" AND ((until >= ")
        .bind(from)
        .push(" AND until <= ")
        .bind(to)
        .push(
            ") OR EXISTS (SELECT 1 FROM decisions WHERE decisions.company = findings.company \
             AND decisions.finding = findings.id \
             AND decisions.move IN ('acknowledged', 'cured') AND",
        )
        .push(holds!("decisions"))
        .push("AND decisions.at >= ")
        .bind(from)
        .push(" AND decisions.at <= ")
        .bind(to)
        .push(")) ORDER BY id");
    sql.read(conn, findings::read).await
}

/// How often a dispute about a rule's findings ended in a way.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Verdicts {
    /// The rule.
    pub rule: String,
    /// `upheld`, `partly` or `dismissed`.
    pub outcome: String,
    /// How often.
    pub count: i64,
}

/// The verdicts that were not lifted by a reopening, counted by rule and outcome; only of `rule`
/// where one is given. Findings made by hand have no rule.
pub async fn verdicts(
    conn: &mut AnyConnection,
    company: &str,
    rule: Option<&str>,
) -> Result<Vec<Verdicts>, StoreError> {
    let mut sql = Sql::new(concat!(
        "SELECT findings.rule, decisions.move, COUNT(*) AS number FROM decisions \
         JOIN findings ON findings.company = decisions.company \
         AND findings.id = decisions.finding AND findings.scope <> 'hand' \
         WHERE decisions.move IN ('upheld', 'partly', 'dismissed') AND",
        holds!("decisions"),
        "AND NOT EXISTS (SELECT 1 FROM decisions AS later \
         WHERE later.company = decisions.company \
         AND later.finding = decisions.finding AND later.number > decisions.number \
         AND later.move = 'reopened' AND",
        holds!("later"),
        ") AND decisions.company = "
    ))
    .bind(company);
    if let Some(rule) = rule {
        sql = sql.push(" AND findings.rule = ").bind(rule);
    }
    let sql = sql.push(" GROUP BY findings.rule, decisions.move ORDER BY 1, 2");
    sql.read(conn, |row| {
        Ok(Verdicts {
            rule: row.text("rule")?,
            outcome: row.text("move")?,
            count: row.number("number")?,
        })
    })
    .await
}
