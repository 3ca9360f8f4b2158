//! Where a store is.

use std::fmt;
use std::path::{Path, PathBuf};

use sqlx::any::AnyConnectOptions;

use crate::StoreError;

/// A file of SQLite, or a database of PostgreSQL.
#[derive(Clone, PartialEq, Eq)]
pub enum Place {
    /// The file.
    Sqlite(PathBuf),
    /// The URL; it may hold a password and is never shown.
    Postgres(String),
}

impl Place {
    /// The place that `DATABASE_URL` names; without it the file `svetofor.db` in `data`.
    ///
    /// # Errors
    /// Where the URL is none of PostgreSQL's.
    pub fn parse(database_url: Option<&str>, data: &Path) -> Result<Place, StoreError> {
        let Some(url) = database_url.map(str::trim).filter(|url| !url.is_empty()) else {
            return Ok(Place::Sqlite(data.join("svetofor.db")));
        };
        if !url.starts_with("postgres://") && !url.starts_with("postgresql://") {
            return Err(StoreError::Place(
                "DATABASE_URL must begin with postgres://; for SQLite leave it unset and give a data directory".to_owned(),
            ));
        }
        if url.parse::<AnyConnectOptions>().is_err() {
            return Err(StoreError::Place(
                "DATABASE_URL cannot be read; it has the form postgres://USER:PASSWORD@HOST:PORT/DATABASE, with special characters of the password written as %XX".to_owned(),
            ));
        }
        Ok(Place::Postgres(url.to_owned()))
    }
}

/// The place without its password.
impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Place::Sqlite(file) => write!(f, "{}", file.display()),
            Place::Postgres(url) => match url.parse::<AnyConnectOptions>() {
                Ok(options) => {
                    let url = options.database_url;
                    f.write_str("postgres://")?;
                    if !url.username().is_empty() {
                        write!(f, "{}@", url.username())?;
                    }
                    f.write_str(url.host_str().unwrap_or("localhost"))?;
                    if let Some(port) = url.port() {
                        write!(f, ":{port}")?;
                    }
                    f.write_str(url.path())
                }
                Err(_) => f.write_str("PostgreSQL"),
            },
        }
    }
}

impl fmt::Debug for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Place({self})")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn without_a_url_it_is_a_file_in_the_data_directory() {
        for url in [None, Some(""), Some("  ")] {
            let place = Place::parse(url, Path::new("data")).unwrap();
            assert_eq!(place, Place::Sqlite("data/svetofor.db".into()));
        }
    }

    #[test]
    fn a_password_is_never_shown() {
        let urls = [
            "postgres://u:s3cret@db:5433/svetofor",
            "postgresql://u:s3cret%40x@db/svetofor?password=s3cret&sslmode=require",
            "postgres://u@db/svetofor?password=s3cret",
        ];
        for url in urls {
            let place = Place::parse(Some(url), Path::new("data")).unwrap();
            let shown = format!("{place} {place:?}");
            assert!(!shown.contains("s3cret"), "{shown}");
            assert!(shown.contains("u@db"), "{shown}");
        }
        let unreadable = Place::Postgres("postgres://u:s3cret@db:x/y".to_owned());
        assert_eq!(unreadable.to_string(), "PostgreSQL");
    }

    #[test]
    fn a_url_of_something_else_is_refused_without_repeating_it() {
        for url in ["mysql://u:s3cret@db/x", "postgres://u:s3cret@db:port/x"] {
            let error = Place::parse(Some(url), Path::new("data")).unwrap_err();
            assert!(error.to_string().contains("DATABASE_URL"));
            assert!(!error.to_string().contains("s3cret"));
        }
    }
}
