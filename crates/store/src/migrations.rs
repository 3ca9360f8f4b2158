//! The tables, version by version. A migration that was released never changes.

use std::borrow::Cow;
use std::cmp::Ordering;

use sqlx::migrate::{MigrateError, Migration, MigrationType, Migrator};
use sqlx::{AnyConnection, AnyPool, SqlSafeStr};

use crate::sql::Sql;
use crate::{Place, StoreError};

/// The text of a migration.
enum Text {
    /// For both engines.
    Both(&'static str),
    /// For SQLite, and for PostgreSQL: what they have no common word for.
    Each(&'static str, &'static str),
}

use Text::{Both, Each};

const MIGRATIONS: &[(i64, &str, Text)] = &[
    (1, "core", Both(include_str!("../migrations/0001_core.sql"))),
    (
        2,
        "access",
        Both(include_str!("../migrations/0002_access.sql")),
    ),
    (3, "life", Both(include_str!("../migrations/0003_life.sql"))),
    (
        4,
        "imports",
        Both(include_str!("../migrations/0004_imports.sql")),
    ),
    (
        5,
        "goals",
        Both(include_str!("../migrations/0005_goals.sql")),
    ),
    (
        6,
        "reviews",
        Both(include_str!("../migrations/0006_reviews.sql")),
    ),
    (
        7,
        "saved",
        Both(include_str!("../migrations/0007_saved.sql")),
    ),
    (
        8,
        "search",
        Each(
            include_str!("../migrations/0008_search.sqlite.sql"),
            include_str!("../migrations/0008_search.postgres.sql"),
        ),
    ),
    (
        9,
        "delivery",
        Each(
            concat!(
                include_str!("../migrations/0009_delivery.sql"),
                include_str!("../migrations/0009_artefacts.sqlite.sql"),
            ),
            concat!(
                include_str!("../migrations/0009_delivery.sql"),
                include_str!("../migrations/0009_artefacts.postgres.sql"),
            ),
        ),
    ),
    (
        10,
        "telling",
        Both(include_str!("../migrations/0010_telling.sql")),
    ),
    (
        11,
        "reports",
        Both(include_str!("../migrations/0011_reports.sql")),
    ),
    (
        12,
        "outside",
        Both(include_str!("../migrations/0012_outside.sql")),
    ),
];

/// The version of the tables that this program writes.
pub(crate) fn known() -> i64 {
    MIGRATIONS.last().map_or(0, |(version, ..)| *version)
}

/// Brings the tables to the version of this program.
pub(crate) async fn run(pool: &AnyPool, place: &Place) -> Result<(), StoreError> {
    let migrations = MIGRATIONS
        .iter()
        .map(|(version, name, text)| {
            let name = Cow::Borrowed(*name);
            let text = match (text, place) {
                (Both(text), _) | (Each(text, _), Place::Sqlite(_)) => *text,
                (Each(_, text), Place::Postgres(_)) => *text,
            };
            let text = text.into_sql_str();
            Migration::new(*version, name, MigrationType::Simple, text, false)
        })
        .collect();
    let migrator = Migrator::with_migrations(migrations);
    migrator.run(pool).await.map_err(|error| match error {
        MigrateError::VersionMissing(found) => StoreError::Newer {
            place: place.to_string(),
            found,
            known: known(),
        },
        MigrateError::VersionMismatch(version) => StoreError::Altered {
            place: place.to_string(),
            version,
        },
        MigrateError::Execute(error) | MigrateError::ExecuteMigration(error, _) => error.into(),
        other => StoreError::Sql(sqlx::Error::Migrate(Box::new(other))),
    })
}

/// Whether the tables are those of this program.
pub(crate) async fn check(conn: &mut AnyConnection, place: &Place) -> Result<(), StoreError> {
    let found = Sql::new("SELECT COALESCE(MAX(version), 0) FROM _sqlx_migrations");
    let found = match found.number(conn).await {
        // There are no tables at all.
        Err(StoreError::Sql(sqlx::Error::Database(_))) => 0,
        found => found?,
    };
    let (place, known) = (place.to_string(), known());
    match found.cmp(&known) {
        Ordering::Equal => Ok(()),
        Ordering::Less if found == 0 => Err(StoreError::NotThere { place }),
        Ordering::Less => Err(StoreError::Older {
            place,
            found,
            known,
        }),
        Ordering::Greater => Err(StoreError::Newer {
            place,
            found,
            known,
        }),
    }
}
