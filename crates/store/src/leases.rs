//! What only one process does at a time.

use history::Instant;
use sqlx::AnyConnection;

use crate::StoreError;
use crate::sql::Sql;

/// Takes a lease, or renews it for its holder; false where somebody else has it until later than
/// `now`.
pub async fn take(
    conn: &mut AnyConnection,
    name: &str,
    holder: &str,
    now: Instant,
    until: Instant,
) -> Result<bool, StoreError> {
    let taken = Sql::new(
        "INSERT INTO leases (name, holder, until) VALUES ($1, $2, $3) \
         ON CONFLICT (name) DO UPDATE SET holder = excluded.holder, until = excluded.until \
         WHERE leases.holder = excluded.holder OR leases.until <= $4",
    )
    .with(name)
    .with(holder)
    .with(until)
    .with(now)
    .run(conn)
    .await?;
    Ok(taken > 0)
}

/// Lets others have it at once.
pub async fn give_back(
    conn: &mut AnyConnection,
    name: &str,
    holder: &str,
) -> Result<(), StoreError> {
    let sql = Sql::new("DELETE FROM leases WHERE name = $1 AND holder = $2");
    sql.with(name).with(holder).run(conn).await?;
    Ok(())
}
