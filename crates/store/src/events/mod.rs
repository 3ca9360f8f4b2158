//! Events: what happened, in the order in which we learned it.

mod each;
mod key;
mod load;
mod search;

use history::{Instant, Kind, Record};
use sqlx::any::AnyRow;
use sqlx::{AnyConnection, Row};

use crate::sql::{Columns, Sql};
use crate::{StoreError, companies, engine};

pub use each::each;
pub use key::{Keys, NewEvent, check};
pub use load::{Loaded, load};
pub use search::{WORDS, search, words};

/// What became of an event that was handed in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Receipt {
    /// It is new: its place in the order of the company's events, from 1 on without holes.
    Added {
        /// Its place.
        received: i64,
    },
    /// It stands already, at this place.
    Known {
        /// Its place.
        received: i64,
    },
}

/// Adds events in their order; those that stand already add nothing. One receipt for each.
///
/// # Errors
/// Where there is no such company.
pub async fn add(
    conn: &mut AnyConnection,
    company: &str,
    now: Instant,
    events: &[NewEvent<'_>],
) -> Result<Vec<Receipt>, StoreError> {
    // From here on nobody else adds events to the company before this transaction ends.
    let last = companies::lock(conn, company).await?;
    let mut places = known(conn, company, events).await?;
    let mut next = last + 1;
    let mut new = Vec::new();
    let mut receipts = Vec::with_capacity(events.len());
    for event in events {
        if let Some(&received) = places.get(event.key()) {
            receipts.push(Receipt::Known { received });
            continue;
        }
        places.insert(event.key().to_owned(), next);
        receipts.push(Receipt::Added { received: next });
        new.push((next, event));
        next += 1;
    }
    for rows in new.chunks(engine::rows_an_insert(conn)) {
        insert(conn, company, now, rows).await?;
    }
    companies::next_sequence(conn, company, next - 1 - last).await?;
    Ok(receipts)
}

/// How many keys one question may have.
const KEYS: usize = 200;

async fn known(
    conn: &mut AnyConnection,
    company: &str,
    events: &[NewEvent<'_>],
) -> Result<std::collections::HashMap<String, i64>, StoreError> {
    let mut places = std::collections::HashMap::new();
    for some in events.chunks(KEYS) {
        let rows = Sql::new("SELECT key, received FROM events WHERE company = ")
            .bind(company)
            .push(" AND key IN (")
            .list(some.iter().map(NewEvent::key))
            .push(")")
            .all(conn)
            .await?;
        for row in rows {
            places.insert(row.try_get(0)?, row.try_get(1)?);
        }
    }
    Ok(places)
}

async fn insert(
    conn: &mut AnyConnection,
    company: &str,
    now: Instant,
    rows: &[(i64, &NewEvent<'_>)],
) -> Result<(), StoreError> {
    let mut sql = Sql::new(
        "INSERT INTO events (company, received, key, at, kind, deal, actor, stage, employee, \
         task, due, text, field, amount, client, channel, seq, received_at) VALUES ",
    );
    for (index, (received, event)) in rows.iter().enumerate() {
        let record = event.record();
        sql = sql.push(if index == 0 { "(" } else { ", (" });
        sql = sql.bind(company).push(",").bind(*received).push(",");
        sql = sql.bind(event.key()).push(",").bind(record.at).push(",");
        sql = sql.bind(record.kind.map_or("", Kind::as_str));
        let ids = [record.deal, record.actor, record.stage, record.employee];
        for id in ids.into_iter().chain([record.task]) {
            sql = sql.push(",").bind(id);
        }
        sql = sql.push(",").bind(record.due);
        sql = sql.push(",").bind(record.text);
        sql = sql.push(",").bind(record.field);
        sql = sql.push(",").bind(record.amount);
        sql = sql.push(",").bind(record.client);
        sql = sql.push(",").bind(record.channel);
        sql = sql.push(",").bind(record.seq).push(",").bind(now).push(")");
    }
    sql.run(conn).await.map(|_| ())
}

/// A row of the table of events; [`Row::event`] reads it.
pub struct Stored(AnyRow);

/// An event as the store keeps it.
#[derive(Clone, Debug, PartialEq)]
pub struct Event<'r> {
    /// Its place in the order of the company's events.
    pub received: i64,
    /// When we learned it.
    pub received_at: Instant,
    /// What names it in the company, also where it came without an id.
    pub key: &'r str,
    /// The event; its `id` is empty where it came without one.
    pub record: Record<'r>,
}

/// What [`Stored::event`] reads.
const COLUMNS: &str = "events.received, received_at, key, at, kind, deal, actor, stage, employee, \
     task, due, events.text, field, amount, client, channel, seq";

impl Stored {
    /// The event in it.
    ///
    /// # Errors
    /// Where its kind is one that this program does not know.
    pub fn event(&self) -> Result<Event<'_>, StoreError> {
        let row = &self.0;
        let key: &str = row.try_get(2)?;
        let kind: &str = row.try_get(4)?;
        let known = Kind::parse(kind);
        Ok(Event {
            received: row.try_get(0)?,
            received_at: row.try_get(1)?,
            key,
            record: Record {
                id: key::given(key),
                at: row.try_get(3)?,
                kind: Some(known.ok_or_else(|| StoreError::Unreadable {
                    what: "kind of an event",
                    value: kind.to_owned(),
                })?),
                deal: row.try_get(5)?,
                actor: row.try_get(6)?,
                stage: row.try_get(7)?,
                employee: row.try_get(8)?,
                task: row.try_get(9)?,
                due: row.try_get(10)?,
                text: row.try_get(11)?,
                field: row.try_get(12)?,
                amount: row.try_get(13)?,
                client: row.try_get(14)?,
                channel: row.try_get(15)?,
                seq: row.try_get(16)?,
            },
        })
    }
}

/// The events of a deal in the order of its timeline.
pub async fn of_deal(
    conn: &mut AnyConnection,
    company: &str,
    deal: &str,
) -> Result<Vec<Stored>, StoreError> {
    let rows = Sql::new("SELECT ")
        .push(COLUMNS)
        .push(" FROM events WHERE company = ")
        .bind(company)
        .push(" AND deal = ")
        .bind(deal)
        .push(" ORDER BY at, COALESCE(seq, 0), received")
        .all(conn)
        .await?;
    Ok(rows.into_iter().map(Stored).collect())
}

/// When the company last received an event; none: never.
pub async fn last_received(
    conn: &mut AnyConnection,
    company: &str,
) -> Result<Option<Instant>, StoreError> {
    let sql = Sql::new("SELECT received_at FROM events WHERE company = ");
    let sql = sql.bind(company).push(" ORDER BY received DESC LIMIT 1");
    let row = sql.optional(conn).await?;
    row.map(|row| row.number("received_at")).transpose()
}
