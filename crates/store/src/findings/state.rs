//! The states of a finding, never changed once written: what we knew, and when.

use std::collections::HashMap;

use history::Instant;
use sqlx::any::AnyRow;
use sqlx::{AnyConnection, Row};

use super::IDS;
use crate::sql::{Columns, Sql};
use crate::{StoreError, engine};

macro_rules! changes {
    ($($(#[$doc:meta])* $name:ident = $word:literal),* $(,)?) => {
        /// What happened to a finding.
        #[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
        pub enum Change { $($(#[$doc])* $name),* }

        impl Change {
            /// The word for it.
            pub fn as_str(self) -> &'static str {
                match self { $(Change::$name => $word),* }
            }

            /// The change that a word means.
            pub fn parse(word: &str) -> Option<Change> {
                match word { $($word => Some(Change::$name),)* _ => None }
            }
        }
    };
}

changes! {
    /// It was found.
    Raised = "raised",
    /// One of its values changed: it was cured, or is held against somebody else.
    Changed = "changed",
    /// A late event moved its start.
    Moved = "moved",
    /// It no longer follows from the facts.
    Withdrawn = "withdrawn",
    /// It follows from the facts again.
    Returned = "returned",
}

/// A state to be written down.
#[derive(Clone, Debug)]
pub struct NewState<'a> {
    /// The finding.
    pub finding: &'a str,
    /// The company's sequence at which it came about.
    pub sequence: i64,
    /// What happened.
    pub change: Change,
    /// The finding's values from then on, as JSON.
    pub state: &'a str,
}

/// A state that was written down.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct State {
    /// The finding.
    pub finding: String,
    /// Its place among the finding's states, from 1.
    pub number: i64,
    /// The company's sequence at which it came about.
    pub sequence: i64,
    /// When it was written down.
    pub recorded_at: Instant,
    /// What happened.
    pub change: Change,
    /// The finding's values from then on, as JSON.
    pub state: String,
}

/// Writes states down behind those that the findings have.
///
/// # Errors
/// Where there is no such finding.
pub async fn append_states(
    conn: &mut AnyConnection,
    company: &str,
    now: Instant,
    states: &[NewState<'_>],
) -> Result<(), StoreError> {
    let mut last: HashMap<String, i64> = HashMap::new();
    for some in states.chunks(IDS) {
        let rows = Sql::new("SELECT finding, MAX(number) FROM finding_states WHERE company = ")
            .bind(company)
            .push(" AND finding IN (")
            .list(some.iter().map(|state| state.finding))
            .push(") GROUP BY finding")
            .all(conn)
            .await?;
        for row in rows {
            last.insert(row.try_get(0)?, row.try_get(1)?);
        }
    }
    for rows in states.chunks(engine::rows_an_insert(conn)) {
        let mut sql = Sql::new(
            "INSERT INTO finding_states (company, finding, number, sequence, recorded_at, \
             change, state) VALUES ",
        );
        for (index, state) in rows.iter().enumerate() {
            let number = last.entry(state.finding.to_owned()).or_default();
            *number += 1;
            sql = sql.push(if index == 0 { "(" } else { ", (" });
            sql = sql.bind(company).push(", ").bind(state.finding);
            sql = sql.push(", ").bind(*number);
            sql = sql.push(", ").bind(state.sequence);
            sql = sql.push(", ").bind(now);
            sql = sql.push(", ").bind(state.change.as_str());
            sql = sql.push(", ").bind(state.state).push(")");
        }
        sql.run(conn).await?;
    }
    Ok(())
}

fn read(row: &AnyRow) -> Result<State, StoreError> {
    let change = row.text("change")?;
    Ok(State {
        finding: row.text("finding")?,
        number: row.number("number")?,
        sequence: row.number("sequence")?,
        recorded_at: row.number("recorded_at")?,
        change: Change::parse(&change).ok_or(StoreError::Unreadable {
            what: "change of a finding",
            value: change,
        })?,
        state: row.text("state")?,
    })
}

/// The states of a finding, the oldest first.
pub async fn states(
    conn: &mut AnyConnection,
    company: &str,
    finding: &str,
) -> Result<Vec<State>, StoreError> {
    let sql = Sql::new(
        "SELECT finding, number, sequence, recorded_at, change, state FROM finding_states \
         WHERE company = $1 AND finding = $2 ORDER BY number",
    );
    sql.with(company).with(finding).read(conn, read).await
}

/// The state that each finding had at an instant, as it was known then: of findings with ids
/// above `after`, at most `limit`, in the order of their ids. A finding that was not known yet is
/// left out.
pub async fn known_at(
    conn: &mut AnyConnection,
    company: &str,
    instant: Instant,
    after: &str,
    limit: i64,
) -> Result<Vec<State>, StoreError> {
    let sql = Sql::new(
        "SELECT s.finding, s.number, s.sequence, s.recorded_at, s.change, s.state \
         FROM finding_states s WHERE s.company = $1 AND s.finding > $2 AND s.number = \
         (SELECT MAX(t.number) FROM finding_states t WHERE t.company = s.company \
         AND t.finding = s.finding AND t.recorded_at <= $3) ORDER BY s.finding LIMIT $4",
    );
    let sql = sql.with(company).with(after).with(instant).with(limit);
    sql.read(conn, read).await
}
