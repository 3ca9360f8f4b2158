//! A company's settings, each a piece of JSON under its key.

use std::collections::BTreeMap;

use sqlx::AnyConnection;

use crate::StoreError;
use crate::sql::{Columns, Sql};

/// The value of a setting.
pub async fn get(
    conn: &mut AnyConnection,
    company: &str,
    key: &str,
) -> Result<Option<String>, StoreError> {
    let sql = Sql::new("SELECT value FROM settings WHERE company = $1 AND key = $2");
    let row = sql.with(company).with(key).optional(conn).await?;
    row.map(|row| row.text("value")).transpose()
}

/// All settings of the company.
pub async fn all(
    conn: &mut AnyConnection,
    company: &str,
) -> Result<BTreeMap<String, String>, StoreError> {
    let sql = Sql::new("SELECT key, value FROM settings WHERE company = ").bind(company);
    let pairs = sql.read(conn, |row| Ok((row.text("key")?, row.text("value")?)));
    Ok(pairs.await?.into_iter().collect())
}

/// Sets a setting to a piece of JSON.
pub async fn set(
    conn: &mut AnyConnection,
    company: &str,
    key: &str,
    value: &str,
) -> Result<(), StoreError> {
    Sql::new(
        "INSERT INTO settings (company, key, value) VALUES ($1, $2, $3) \
         ON CONFLICT (company, key) DO UPDATE SET value = excluded.value",
    )
    .with(company)
    .with(key)
    .with(value)
    .run(conn)
    .await
    .map(|_| ())
}

/// Takes a setting away; whether there was one.
pub async fn remove(
    conn: &mut AnyConnection,
    company: &str,
    key: &str,
) -> Result<bool, StoreError> {
    let sql = Sql::new("DELETE FROM settings WHERE company = $1 AND key = $2");
    Ok(sql.with(company).with(key).run(conn).await? > 0)
}
