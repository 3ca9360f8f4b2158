//! People: who they are everywhere, apart from any company.

use history::Instant;
use sqlx::AnyConnection;
use sqlx::any::AnyRow;

use crate::StoreError;
use crate::sql::{Columns, Sql};

/// Somebody who can come in.
#[derive(Clone, PartialEq, Eq)]
pub struct Person {
    /// The id.
    pub id: String,
    /// What they come in by, case-folded; nobody else has it.
    pub login: String,
    /// What they are called.
    pub name: String,
    /// The hash of the password as a PHC string; none until they have chosen one.
    pub password: Option<String>,
    /// The language that they read: `ru` or `en`.
    pub language: String,
    /// When they were added.
    pub created_at: Instant,
}

// The password's hash belongs into no log.
impl std::fmt::Debug for Person {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Person")
            .field("id", &self.id)
            .field("login", &self.login)
            .finish_non_exhaustive()
    }
}

fn read(row: &AnyRow) -> Result<Person, StoreError> {
    Ok(Person {
        id: row.text("id")?,
        login: row.text("login")?,
        name: row.text("name")?,
        password: Some(row.text("password")?).filter(|hash| !hash.is_empty()),
        language: row.text("language")?,
        created_at: row.number("created_at")?,
    })
}

/// Adds a person; false where somebody has the login already.
pub async fn add(conn: &mut AnyConnection, person: &Person) -> Result<bool, StoreError> {
    let added = Sql::new(
        "INSERT INTO persons (id, login, name, password, language, created_at) \
         VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT (login) DO NOTHING",
    )
    .with(&person.id)
    .with(&person.login)
    .with(&person.name)
    .with(person.password.as_deref().unwrap_or_default())
    .with(&person.language)
    .with(person.created_at);
    Ok(added.run(conn).await? == 1)
}

/// The person of this id.
pub async fn get(conn: &mut AnyConnection, id: &str) -> Result<Option<Person>, StoreError> {
    let sql = Sql::new("SELECT * FROM persons WHERE id = $1").with(id);
    sql.optional(conn).await?.as_ref().map(read).transpose()
}

/// The person of this case-folded login.
pub async fn by_login(conn: &mut AnyConnection, login: &str) -> Result<Option<Person>, StoreError> {
    let sql = Sql::new("SELECT * FROM persons WHERE login = $1").with(login);
    sql.optional(conn).await?.as_ref().map(read).transpose()
}

/// Whether there is anybody at all.
pub async fn any(conn: &mut AnyConnection) -> Result<bool, StoreError> {
    let sql = Sql::new("SELECT id FROM persons LIMIT 1");
    Ok(sql.optional(conn).await?.is_some())
}

/// Sets the hash of the password.
pub async fn set_password(
    conn: &mut AnyConnection,
    id: &str,
    password: &str,
) -> Result<(), StoreError> {
    let sql = Sql::new("UPDATE persons SET password = $1 WHERE id = $2");
    sql.with(password).with(id).run(conn).await?;
    Ok(())
}

/// Sets the language.
pub async fn set_language(
    conn: &mut AnyConnection,
    id: &str,
    language: &str,
) -> Result<(), StoreError> {
    let sql = Sql::new("UPDATE persons SET language = $1 WHERE id = $2");
    sql.with(language).with(id).run(conn).await?;
    Ok(())
}
