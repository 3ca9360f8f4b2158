//! What the bot must not forget: how far it has read, and which question waits for a text.

use history::Instant;
use sqlx::AnyConnection;

use crate::StoreError;
use crate::sql::{Columns, Sql};

/// The first update that a bot has not dealt with; none: it has never read.
pub async fn next_update(conn: &mut AnyConnection, bot: &str) -> Result<Option<i64>, StoreError> {
    let sql = Sql::new("SELECT next_update FROM bot_read WHERE bot = $1").with(bot);
    let row = sql.optional(conn).await?;
    row.map(|row| row.number("next_update")).transpose()
}

/// Notes that every update before this one was dealt with.
pub async fn set_next_update(
    conn: &mut AnyConnection,
    bot: &str,
    next: i64,
) -> Result<(), StoreError> {
    let sql = Sql::new(
        "INSERT INTO bot_read (bot, next_update) VALUES ($1, $2) \
         ON CONFLICT (bot) DO UPDATE SET next_update = excluded.next_update",
    );
    sql.with(bot).with(next).run(conn).await?;
    Ok(())
}

/// A question of the bot that is to be answered with a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Question {
    /// The chat that it was asked in.
    pub chat: i64,
    /// The number of its message there.
    pub message: i64,
    /// The company of the finding.
    pub company: String,
    /// The finding that it is about.
    pub finding: String,
    /// When it was asked.
    pub asked_at: Instant,
}

/// Notes a question.
pub async fn ask(conn: &mut AnyConnection, question: &Question) -> Result<(), StoreError> {
    Sql::new(
        "INSERT INTO bot_questions (chat, message, company, finding, asked_at) \
         VALUES ($1, $2, $3, $4, $5) ON CONFLICT (chat, message) DO NOTHING",
    )
    .with(question.chat)
    .with(question.message)
    .with(&question.company)
    .with(&question.finding)
    .with(question.asked_at)
    .run(conn)
    .await?;
    Ok(())
}

/// The question that a message asked.
pub async fn question(
    conn: &mut AnyConnection,
    chat: i64,
    message: i64,
) -> Result<Option<Question>, StoreError> {
    let sql = Sql::new("SELECT * FROM bot_questions WHERE chat = $1 AND message = $2");
    let row = sql.with(chat).with(message).optional(conn).await?;
    let read = |row: sqlx::any::AnyRow| {
        Ok(Question {
            chat,
            message,
            company: row.text("company")?,
            finding: row.text("finding")?,
            asked_at: row.number("asked_at")?,
        })
    };
    row.map(read).transpose()
}

/// Forgets a question that was answered, and those older than an instant.
pub async fn forget(
    conn: &mut AnyConnection,
    (chat, message): (i64, i64),
    before: Instant,
) -> Result<(), StoreError> {
    let sql =
        Sql::new("DELETE FROM bot_questions WHERE (chat = $1 AND message = $2) OR asked_at < $3");
    sql.with(chat).with(message).with(before).run(conn).await?;
    Ok(())
}
