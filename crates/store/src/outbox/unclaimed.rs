//! What nobody takes: no worker has the channel, or none works.

use history::Instant;
use sqlx::AnyConnection;

use crate::StoreError;
use crate::sql::{Columns, Sql};

/// What is due and no worker has ever taken.
const UNCLAIMED: &str = "done_at IS NULL AND failed_at IS NULL AND attempts = 0 AND due_at < ";

/// Messages of one channel that nobody has taken.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unclaimed {
    /// The channel.
    pub channel: String,
    /// How many.
    pub number: i64,
    /// Since when the first of them is due.
    pub since: Instant,
}

/// What of the company was due before this instant and no worker has taken, by channel: no worker
/// has the channel, or none works.
pub async fn unclaimed(
    conn: &mut AnyConnection,
    company: &str,
    before: Instant,
) -> Result<Vec<Unclaimed>, StoreError> {
    let sql =
        Sql::new("SELECT channel, COUNT(*) AS number, MIN(due_at) AS since FROM outbox WHERE ")
            .push(UNCLAIMED)
            .bind(before)
            .push(" AND company = ")
            .bind(company)
            .push(" GROUP BY channel ORDER BY channel");
    sql.read(conn, |row| {
        Ok(Unclaimed {
            channel: row.text("channel")?,
            number: row.number("number")?,
            since: row.number("since")?,
        })
    })
    .await
}

/// Drops what of a channel was due before this instant and no worker has taken: nobody tries it any
/// more, and its keys stay taken. How many it dropped.
pub async fn drop_unclaimed(
    conn: &mut AnyConnection,
    company: &str,
    channel: &str,
    before: Instant,
    now: Instant,
) -> Result<u64, StoreError> {
    let sql = Sql::new("UPDATE outbox SET done_at = ").bind(now);
    let sql = sql.push(" WHERE ").push(UNCLAIMED).bind(before);
    let sql = sql.push(" AND company = ").bind(company);
    sql.push(" AND channel = ").bind(channel).run(conn).await
}

/// Gives up what was due before this instant and no worker has taken, of all companies, except in these
/// channels. `why` is what is said of it. How many it gave up.
pub async fn give_up_unclaimed(
    conn: &mut AnyConnection,
    except: &[&str],
    before: Instant,
    why: &str,
    now: Instant,
) -> Result<u64, StoreError> {
    let sql = Sql::new("UPDATE outbox SET failed_at = ").bind(now);
    let sql = sql.push(", error = ").bind(why).push(" WHERE ");
    let sql = sql.push(UNCLAIMED).bind(before);
    let sql = sql.push(" AND channel NOT IN (''");
    let named = except.iter();
    named
        .fold(sql, |sql, channel| sql.push(", ").bind(*channel))
        .push(")")
        .run(conn)
        .await
}
