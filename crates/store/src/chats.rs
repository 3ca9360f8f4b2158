//! Group chats of companies.

use history::Instant;
use sqlx::AnyConnection;
use sqlx::any::AnyRow;

use crate::StoreError;
use crate::sql::{Columns, Sql};

/// What a group chat gets.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Gets {
    /// Reports of weeks and months.
    pub reports: bool,
    /// The note of the day.
    pub daily: bool,
    /// What is told at once.
    pub at_once: bool,
}

impl Default for Gets {
    fn default() -> Gets {
        Gets {
            reports: true,
            daily: false,
            at_once: false,
        }
    }
}

/// A group chat of a company.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Chat {
    /// The company.
    pub company: String,
    /// Its id: messages to it have this recipient.
    pub id: String,
    /// Its number at the messenger.
    pub chat: i64,
    /// The topic; none: the chat has none, or its general one.
    pub thread: Option<i64>,
    /// What it is called there.
    pub title: String,
    /// The group that it hears about; empty: the whole company.
    pub about: String,
    /// What it gets.
    pub gets: Gets,
    /// In which language.
    pub language: String,
    /// The person whose code linked it.
    pub linked_by: String,
    /// When it was linked.
    pub linked_at: Instant,
    /// When it was switched off.
    pub off_at: Option<Instant>,
    /// Why it was switched off; empty: somebody wished so.
    pub why: String,
}

fn read(row: &AnyRow) -> Result<Chat, StoreError> {
    Ok(Chat {
        company: row.text("company")?,
        id: row.text("id")?,
        chat: row.number("chat")?,
        thread: Some(row.number("thread")?).filter(|thread| *thread != 0),
        title: row.text("title")?,
        about: row.text("about")?,
        gets: Gets {
            reports: row.number("reports")? != 0,
            daily: row.number("daily")? != 0,
            at_once: row.number("at_once")? != 0,
        },
        language: row.text("language")?,
        linked_by: row.text("linked_by")?,
        linked_at: row.number("linked_at")?,
        off_at: row.number_or_none("off_at")?,
        why: row.text("why")?,
    })
}

/// Adds a chat.
pub async fn add(conn: &mut AnyConnection, chat: &Chat) -> Result<(), StoreError> {
    Sql::new(
        "INSERT INTO chats (company, id, chat, thread, title, linked_by, linked_at, about, \
         reports, daily, at_once, language) \
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)",
    )
    .with(&chat.company)
    .with(&chat.id)
    .with(chat.chat)
    .with(chat.thread.unwrap_or(0))
    .with(&chat.title)
    .with(&chat.linked_by)
    .with(chat.linked_at)
    .with(&chat.about)
    .with(i64::from(chat.gets.reports))
    .with(i64::from(chat.gets.daily))
    .with(i64::from(chat.gets.at_once))
    .with(&chat.language)
    .run(conn)
    .await?;
    Ok(())
}

/// Changes what a working chat is about, what it gets and in which language; whether it works.
pub async fn change(conn: &mut AnyConnection, chat: &Chat) -> Result<bool, StoreError> {
    let sql = Sql::new(
        "UPDATE chats SET about = $1, reports = $2, daily = $3, at_once = $4, language = $5 \
         WHERE company = $6 AND id = $7 AND off_at IS NULL",
    )
    .with(&chat.about)
    .with(i64::from(chat.gets.reports))
    .with(i64::from(chat.gets.daily))
    .with(i64::from(chat.gets.at_once))
    .with(&chat.language)
    .with(&chat.company)
    .with(&chat.id);
    Ok(sql.run(conn).await? > 0)
}

/// The chat of this id.
pub async fn get(
    conn: &mut AnyConnection,
    company: &str,
    id: &str,
) -> Result<Option<Chat>, StoreError> {
    let sql = Sql::new("SELECT * FROM chats WHERE company = $1 AND id = $2");
    let row = sql.with(company).with(id).optional(conn).await?;
    row.as_ref().map(read).transpose()
}

/// All chats of a company, the latest first.
pub async fn list(conn: &mut AnyConnection, company: &str) -> Result<Vec<Chat>, StoreError> {
    let sql = Sql::new("SELECT * FROM chats WHERE company = $1 ORDER BY linked_at DESC, id DESC");
    sql.with(company).read(conn, read).await
}

/// All working chats of this number at the messenger.
pub async fn of_number(conn: &mut AnyConnection, chat: i64) -> Result<Vec<Chat>, StoreError> {
    let sql = Sql::new("SELECT * FROM chats WHERE chat = $1 AND off_at IS NULL ORDER BY id");
    sql.with(chat).read(conn, read).await
}

/// Switches a chat off; whether it was on.
pub async fn switch_off(
    conn: &mut AnyConnection,
    company: &str,
    id: &str,
    why: &str,
    now: Instant,
) -> Result<bool, StoreError> {
    let sql = Sql::new(
        "UPDATE chats SET off_at = $1, why = $2 \
         WHERE company = $3 AND id = $4 AND off_at IS NULL",
    );
    let sql = sql.with(now).with(why).with(company).with(id);
    Ok(sql.run(conn).await? > 0)
}

/// Follows a chat to its new number.
pub async fn moved(conn: &mut AnyConnection, from: i64, to: i64) -> Result<(), StoreError> {
    let sql = Sql::new("UPDATE chats SET chat = $1 WHERE chat = $2");
    sql.with(to).with(from).run(conn).await?;
    Ok(())
}
