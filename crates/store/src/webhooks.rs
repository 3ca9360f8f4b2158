//! Addresses of companies' own programs that messages are posted to.

use std::fmt;

use history::Instant;
use sqlx::AnyConnection;
use sqlx::any::AnyRow;

use crate::StoreError;
use crate::sql::{Columns, Sql};

/// A webhook.
#[derive(Clone, PartialEq, Eq)]
pub struct Webhook {
    /// The company.
    pub company: String,
    /// Its id: messages to it have this recipient.
    pub id: String,
    /// Where it is posted to.
    pub address: String,
    /// What it is signed with.
    pub secret: String,
    /// Who made it.
    pub made_by: String,
    /// When.
    pub made_at: Instant,
    /// When it was switched off.
    pub off_at: Option<Instant>,
    /// Why it was switched off; empty: somebody wished so.
    pub why: String,
}

// The secret belongs into no log, nor does the address, which may carry one.
impl fmt::Debug for Webhook {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Webhook")
            .field("company", &self.company)
            .field("id", &self.id)
            .finish_non_exhaustive()
    }
}

fn read(row: &AnyRow) -> Result<Webhook, StoreError> {
    Ok(Webhook {
        company: row.text("company")?,
        id: row.text("id")?,
        address: row.text("address")?,
        secret: row.text("secret")?,
        made_by: row.text("made_by")?,
        made_at: row.number("made_at")?,
        off_at: row.number_or_none("off_at")?,
        why: row.text("why")?,
    })
}

/// Adds a webhook.
pub async fn add(conn: &mut AnyConnection, webhook: &Webhook) -> Result<(), StoreError> {
    Sql::new(
        "INSERT INTO webhooks (company, id, address, secret, made_by, made_at) \
         VALUES ($1, $2, $3, $4, $5, $6)",
    )
    .with(&webhook.company)
    .with(&webhook.id)
    .with(&webhook.address)
    .with(&webhook.secret)
    .with(&webhook.made_by)
    .with(webhook.made_at)
    .run(conn)
    .await?;
    Ok(())
}

/// The webhook of this id.
pub async fn get(
    conn: &mut AnyConnection,
    company: &str,
    id: &str,
) -> Result<Option<Webhook>, StoreError> {
    let sql = Sql::new("SELECT * FROM webhooks WHERE company = $1 AND id = $2");
    let row = sql.with(company).with(id).optional(conn).await?;
    row.as_ref().map(read).transpose()
}

/// All webhooks of a company, the latest first.
pub async fn list(conn: &mut AnyConnection, company: &str) -> Result<Vec<Webhook>, StoreError> {
    let sql = Sql::new("SELECT * FROM webhooks WHERE company = $1 ORDER BY made_at DESC, id DESC");
    sql.with(company).read(conn, read).await
}

/// Gives a webhook another address; whether it is on.
pub async fn set_address(
    conn: &mut AnyConnection,
    company: &str,
    id: &str,
    address: &str,
) -> Result<bool, StoreError> {
    let sql = Sql::new(
        "UPDATE webhooks SET address = $1 WHERE company = $2 AND id = $3 AND off_at IS NULL",
    );
    let sql = sql.with(address).with(company).with(id);
    Ok(sql.run(conn).await? > 0)
}

/// Switches a webhook off; whether it was on.
pub async fn switch_off(
    conn: &mut AnyConnection,
    company: &str,
    id: &str,
    why: &str,
    now: Instant,
) -> Result<bool, StoreError> {
    let sql = Sql::new(
        "UPDATE webhooks SET off_at = $1, why = $2 \
         WHERE company = $3 AND id = $4 AND off_at IS NULL",
    );
    let sql = sql.with(now).with(why).with(company).with(id);
    Ok(sql.run(conn).await? > 0)
}
