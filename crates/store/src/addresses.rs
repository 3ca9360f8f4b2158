//! How people are reached outside the program: one address a person and channel, in whichever of
//! their companies.

use history::Instant;
use sqlx::AnyConnection;
use sqlx::any::AnyRow;

use crate::StoreError;
use crate::sql::{Columns, Sql};

/// An address of a person.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Address {
    /// Whose.
    pub person: String,
    /// Of which channel, such as `telegram`.
    pub channel: String,
    /// The address, as the channel writes it.
    pub address: String,
    /// When its holder confirmed it; none: not yet.
    pub linked_at: Option<Instant>,
    /// When it was switched off; none: it was not.
    pub off_at: Option<Instant>,
    /// Why it was switched off; empty: its holder wished so.
    pub why: String,
}

impl Address {
    /// Whether messages go there.
    pub fn works(&self) -> bool {
        self.linked_at.is_some() && self.off_at.is_none()
    }
}

fn read(row: &AnyRow) -> Result<Address, StoreError> {
    Ok(Address {
        person: row.text("person")?,
        channel: row.text("channel")?,
        address: row.text("address")?,
        linked_at: row.number_or_none("linked_at")?,
        off_at: row.number_or_none("off_at")?,
        why: row.text("why")?,
    })
}

/// Sets a person's address of a channel in the place of the one before.
pub async fn set(conn: &mut AnyConnection, address: &Address) -> Result<(), StoreError> {
    Sql::new(
        "INSERT INTO addresses (person, channel, address, linked_at, off_at, why) \
         VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT (person, channel) DO UPDATE SET \
         address = excluded.address, linked_at = excluded.linked_at, \
         off_at = excluded.off_at, why = excluded.why",
    )
    .with(&address.person)
    .with(&address.channel)
    .with(&address.address)
    .with(address.linked_at)
    .with(address.off_at)
    .with(&address.why)
    .run(conn)
    .await?;
    Ok(())
}

/// A person's address of a channel, whether it works or not.
pub async fn get(
    conn: &mut AnyConnection,
    person: &str,
    channel: &str,
) -> Result<Option<Address>, StoreError> {
    let sql = Sql::new("SELECT * FROM addresses WHERE person = $1 AND channel = $2");
    let row = sql.with(person).with(channel).optional(conn).await?;
    row.as_ref().map(read).transpose()
}

/// All addresses of a person, by channel.
pub async fn of_person(conn: &mut AnyConnection, person: &str) -> Result<Vec<Address>, StoreError> {
    let sql = Sql::new("SELECT * FROM addresses WHERE person = $1 ORDER BY channel");
    sql.with(person).read(conn, read).await
}

/// Everybody whom an address of a channel belongs to, whether it works or not.
pub async fn holders(
    conn: &mut AnyConnection,
    channel: &str,
    address: &str,
) -> Result<Vec<Address>, StoreError> {
    let sql = Sql::new(
        "SELECT * FROM addresses WHERE channel = $1 AND address = $2 ORDER BY linked_at, person",
    );
    sql.with(channel).with(address).read(conn, read).await
}

/// Addresses of people admitted to a company that were switched off by what went wrong, the latest
/// first.
pub async fn broken(conn: &mut AnyConnection, company: &str) -> Result<Vec<Address>, StoreError> {
    let sql = Sql::new(
        "SELECT a.* FROM addresses a JOIN admissions m ON m.person = a.person \
         WHERE m.company = $1 AND a.off_at IS NOT NULL AND a.why <> '' \
         ORDER BY a.off_at DESC, a.person",
    );
    sql.with(company).read(conn, read).await
}

/// Switches an address off, where it still is this one; whether there was anything to switch off.
pub async fn switch_off(
    conn: &mut AnyConnection,
    (person, channel, address): (&str, &str, &str),
    why: &str,
    now: Instant,
) -> Result<bool, StoreError> {
    let sql = Sql::new(
        "UPDATE addresses SET off_at = $1, why = $2 \
         WHERE person = $3 AND channel = $4 AND address = $5 AND off_at IS NULL",
    );
    let sql = sql.with(now).with(why).with(person).with(channel);
    Ok(sql.with(address).run(conn).await? > 0)
}

/// Follows a chat to its new address.
pub async fn moved(
    conn: &mut AnyConnection,
    channel: &str,
    from: &str,
    to: &str,
) -> Result<(), StoreError> {
    let sql = Sql::new("UPDATE addresses SET address = $1 WHERE channel = $2 AND address = $3");
    sql.with(to).with(channel).with(from).run(conn).await?;
    Ok(())
}
