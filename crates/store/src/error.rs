//! What can go wrong with a store, and what to do about it.

use std::path::PathBuf;

/// Why the store refuses, fails or cannot be opened.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// The place given is none.
    #[error("{0}")]
    Place(String),
    /// The data directory or the file in it does not let itself be written.
    #[error(
        "cannot write {}: {reason}; give the data directory to the user that runs svetofor, or name another one",
        path.display()
    )]
    NotWritable {
        /// The directory or file.
        path: PathBuf,
        /// What the system says.
        reason: String,
    },
    /// Another process serves this store.
    #[error(
        "another svetofor serves {place}{by}; stop that one first, or give this one a data directory of its own"
    )]
    Held {
        /// The store.
        place: String,
        /// ` (process 123)`, as far as known.
        by: String,
    },
    /// There is no store where one is to be read.
    #[error("there is no store at {place}; name the place that svetofor serves from")]
    NotThere {
        /// The place.
        place: String,
    },
    /// A newer program has changed the tables.
    #[error(
        "{place} was written by a newer svetofor (its tables are at version {found}, this program knows {known}); run that newer program, or restore an older backup"
    )]
    Newer {
        /// The store.
        place: String,
        /// Version of its tables.
        found: i64,
        /// The last version that this program knows.
        known: i64,
    },
    /// The tables are those of an older program, or there are none.
    #[error(
        "the tables in {place} are of version {found}, this program needs {known}; start `svetofor serve` of the same version on it, which brings them up to date"
    )]
    Older {
        /// The store.
        place: String,
        /// Version of its tables.
        found: i64,
        /// The version that this program knows.
        known: i64,
    },
    /// A migration that was run differs from the one in this program.
    #[error(
        "{place} was made by another build of svetofor (its tables differ at version {version}); run that build, or begin with an empty place"
    )]
    Altered {
        /// The store.
        place: String,
        /// The migration.
        version: i64,
    },
    /// A file that is no store of ours.
    #[error("{} is no svetofor store: {reason}", path.display())]
    Foreign {
        /// The file.
        path: PathBuf,
        /// How that shows.
        reason: String,
    },
    /// PostgreSQL does not answer, or does not let us in.
    #[error(
        "cannot open {place}: {reason}; check DATABASE_URL and that the server runs and admits this user"
    )]
    Unreachable {
        /// The address without its password.
        place: String,
        /// What the server or the network says.
        reason: String,
    },
    /// No connection became free in time.
    #[error("the store is busy: no connection became free in time; try again")]
    Busy,
    /// The disk is full.
    #[error(
        "the disk that holds the store is full; free some space, nothing half-written was kept"
    )]
    Full,
    /// A row that others refer to is not there.
    #[error("there is no {what} {id:?}")]
    Missing {
        /// What was looked for.
        what: &'static str,
        /// Its id.
        id: String,
    },
    /// Something that must be unique stands already.
    #[error("{what} {id:?} stands already")]
    Taken {
        /// What it is.
        what: &'static str,
        /// Its name.
        id: String,
    },
    /// A name too long for an index.
    #[error(
        "the {what} {start:?}… has {bytes} bytes; it may have at most {}",
        crate::MAX_NAME
    )]
    TooLong {
        /// What it is.
        what: &'static str,
        /// How it begins.
        start: String,
        /// Its length.
        bytes: usize,
    },
    /// A value in the store that this program does not understand.
    #[error("the store holds {value:?} as {what}, which this program does not know")]
    Unreadable {
        /// Table and column.
        what: &'static str,
        /// The value.
        value: String,
    },
    /// A backup or a restore that cannot be.
    #[error("{0}")]
    Backup(String),
    /// Anything else that the database says.
    #[error("the database refused: {0}")]
    Sql(#[source] sqlx::Error),
}

impl From<sqlx::Error> for StoreError {
    fn from(error: sqlx::Error) -> StoreError {
        if matches!(error, sqlx::Error::PoolTimedOut) {
            return StoreError::Busy;
        }
        let code = error.as_database_error().and_then(|error| error.code());
        let code = code.as_deref().unwrap_or_default();
        match code {
            // PostgreSQL: the disk is full; two transactions wait for each other.
            "53100" => return StoreError::Full,
            "40001" | "40P01" => return StoreError::Busy,
            _ => {}
        }
        // SQLite's codes are shorter; the last byte is the kind, what is above it details.
        let kind = code.parse::<u16>().ok().filter(|_| code.len() < 5);
        match kind.map(|code| code & 0xff) {
            Some(5 | 6) => StoreError::Busy,
            Some(13) => StoreError::Full,
            _ => StoreError::Sql(error),
        }
    }
}

impl StoreError {
    /// Refuses a name that an index of PostgreSQL might not take.
    pub(crate) fn if_long(what: &'static str, name: &str) -> Result<(), StoreError> {
        if name.len() <= crate::MAX_NAME {
            return Ok(());
        }
        Err(StoreError::TooLong {
            what,
            start: name.chars().take(30).collect(),
            bytes: name.len(),
        })
    }

    /// Whether a unique constraint refused the row.
    pub fn is_taken(&self) -> bool {
        match self {
            StoreError::Taken { .. } => true,
            StoreError::Sql(error) => error
                .as_database_error()
                .is_some_and(|error| error.is_unique_violation()),
            _ => false,
        }
    }
}
