//! All events of a company, one after the other.

use std::borrow::Cow;

use history::{Instant, Kind, Record};
use serde::Deserialize;
use sqlx::{AnyConnection, Row};

use super::{Event, key};
use crate::sql::Sql;
use crate::{StoreError, engine};

/// Events read at a time: what [`each`] holds in memory.
const PAGE: usize = 2_000;

/// A row of the table, in the order of [`columns`].
#[derive(Deserialize)]
struct Line<'a>(
    i64,
    Instant,
    #[serde(borrow)] Cow<'a, str>,
    Instant,
    #[serde(borrow)] Cow<'a, str>,
    #[serde(borrow)] Cow<'a, str>,
    #[serde(borrow)] Cow<'a, str>,
    #[serde(borrow)] Cow<'a, str>,
    #[serde(borrow)] Cow<'a, str>,
    #[serde(borrow)] Cow<'a, str>,
    Option<Instant>,
    #[serde(borrow)] Cow<'a, str>,
    #[serde(borrow)] Cow<'a, str>,
    #[serde(borrow)] Option<Cow<'a, str>>,
    #[serde(borrow)] Cow<'a, str>,
    #[serde(borrow)] Cow<'a, str>,
    Option<i64>,
);

const COLUMNS: [&str; 17] = [
    "received",
    "received_at",
    "key",
    "at",
    "kind",
    "deal",
    "actor",
    "stage",
    "employee",
    "task",
    "due",
    "text",
    "field",
    "amount",
    "client",
    "channel",
    "seq",
];

impl Line<'_> {
    fn event(&self) -> Result<Event<'_>, StoreError> {
        let unreadable = |what, value: &str| StoreError::Unreadable {
            what,
            value: value.to_owned(),
        };
        let kind = Kind::parse(&self.4).ok_or_else(|| unreadable("kind of an event", &self.4));
        let amount = self.13.as_deref().map(|amount| {
            let parsed = amount.parse::<f64>();
            parsed.map_err(|_| unreadable("amount of an event", amount))
        });
        Ok(Event {
            received: self.0,
            received_at: self.1,
            key: &self.2,
            record: Record {
                id: key::given(&self.2),
                at: self.3,
                kind: Some(kind?),
                deal: &self.5,
                actor: &self.6,
                stage: &self.7,
                employee: &self.8,
                task: &self.9,
                due: self.10,
                text: &self.11,
                field: &self.12,
                amount: amount.transpose()?,
                client: &self.14,
                channel: &self.15,
                seq: self.16,
            },
        })
    }
}

/// Gives `take` every event received after `after`, in the order received.
///
/// # Errors
/// What the store or `take` says; nothing is read after that.
pub async fn each(
    conn: &mut AnyConnection,
    company: &str,
    after: i64,
    mut take: impl FnMut(&Event<'_>) -> Result<(), StoreError>,
) -> Result<(), StoreError> {
    let amount = format!("{} AS amount", engine::exactly(conn, "amount"));
    let columns = COLUMNS.map(|column| if column == "amount" { &amount } else { column });
    let rows = format!(
        "SELECT {} FROM events WHERE company = $1 AND received > $2 ORDER BY received \
         LIMIT {PAGE}",
        columns.join(", ")
    );
    let text = engine::as_one_text(conn, &COLUMNS, &rows);
    let mut after = after;
    loop {
        let row = Sql::new(&text).with(company).with(after).one(conn).await?;
        let text: &str = row.try_get(0)?;
        let lines: Result<Vec<Line<'_>>, _> = serde_json::from_str(text);
        let mut lines = lines.map_err(|error| StoreError::Unreadable {
            what: "page of events",
            value: error.to_string(),
        })?;
        lines.sort_unstable_by_key(|line| line.0);
        for line in &lines {
            let event = line.event()?;
            take(&event)?;
            after = event.received;
        }
        if lines.len() < PAGE {
            return Ok(());
        }
    }
}
