//! Ways out that some process has, as it says itself from time to time.

use history::Instant;
use sqlx::AnyConnection;

use crate::StoreError;
use crate::sql::{Columns, Sql};

/// A way out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Outlet {
    /// The channel.
    pub channel: String,
    /// Who writes there: a bot's name, a sender's address; empty: nobody in particular.
    pub name: String,
    /// When a process last said that it has it.
    pub seen_at: Instant,
}

/// Says that a process has a way out.
pub async fn seen(
    conn: &mut AnyConnection,
    channel: &str,
    name: &str,
    now: Instant,
) -> Result<(), StoreError> {
    let sql = Sql::new(
        "INSERT INTO outlets (channel, name, seen_at) VALUES ($1, $2, $3) \
         ON CONFLICT (channel) DO UPDATE SET name = excluded.name, seen_at = excluded.seen_at",
    );
    sql.with(channel).with(name).with(now).run(conn).await?;
    Ok(())
}

/// The ways out that some process has had since an instant, by channel.
pub async fn since(conn: &mut AnyConnection, from: Instant) -> Result<Vec<Outlet>, StoreError> {
    let sql = Sql::new("SELECT * FROM outlets WHERE seen_at >= $1 ORDER BY channel");
    let read = |row: &sqlx::any::AnyRow| {
        Ok(Outlet {
            channel: row.text("channel")?,
            name: row.text("name")?,
            seen_at: row.number("seen_at")?,
        })
    };
    sql.with(from).read(conn, read).await
}
