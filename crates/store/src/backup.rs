//! Copies of a whole store in one file, taken while it serves, and put back into an empty place.

use std::fs::File;
use std::path::{Path, PathBuf};

use sqlx::{AnyConnection, AssertSqlSafe, ConnectOptions, Connection, Executor};

use crate::engine::{self, APPLICATION_ID, Hold};
use crate::sql::{Columns, Sql};
use crate::{Place, StoreError, migrations};

/// Writes all of the store into a new file, as of one instant. The store may be serving in this
/// or another process.
///
/// # Errors
/// Where the file is there already or cannot be written, there is no store, or the store is
/// PostgreSQL's.
pub async fn backup(place: &Place, file: &Path) -> Result<(), StoreError> {
    let Place::Sqlite(store) = place else {
        return Err(StoreError::Backup(format!(
            "the store is in PostgreSQL, which has its own tool: pg_dump --format=custom --file={} \"$DATABASE_URL\"",
            file.display()
        )));
    };
    if !store.exists() {
        return Err(StoreError::NotThere {
            place: place.to_string(),
        });
    }
    refuse_existing(file)?;
    let part = Part::beside(file);
    let mut conn = engine::connect_alone(place).await?;
    let id = Sql::new("PRAGMA application_id").number(&mut conn).await?;
    if id != APPLICATION_ID {
        return Err(foreign(store, "it is a database of another program"));
    }
    let vacuum = Sql::new("VACUUM INTO ").bind(&*part.0.to_string_lossy());
    let written = vacuum.run(&mut conn).await;
    written.map_err(|error| engine::not_writable(file, error))?;
    conn.close().await?;
    part.settle(file)
}

/// Puts a backup into an empty place.
///
/// # Errors
/// Where the place is not empty or is being served, the file is no sound store or one of a newer
/// program, or the place is PostgreSQL's.
pub async fn restore(file: &Path, place: &Place) -> Result<(), StoreError> {
    let Place::Sqlite(store) = place else {
        return Err(StoreError::Backup(format!(
            "the store is in PostgreSQL, which has its own tool: pg_restore --exit-on-error --no-owner --dbname=\"$DATABASE_URL\" {}",
            file.display()
        )));
    };
    let _hold = Hold::take(place).await?;
    refuse_existing(store)?;
    if std::fs::metadata(beside(file, "-wal")).is_ok_and(|wal| wal.len() > 0) {
        return Err(foreign(
            file,
            "it is a copy of a file in use and lacks what stands in its -wal; make one with svetofor backup",
        ));
    }
    let part = Part::beside(store);
    std::fs::copy(file, &part.0).map_err(|error| {
        StoreError::Backup(format!(
            "cannot copy {} to {}: {error}",
            file.display(),
            part.0.display()
        ))
    })?;
    let checked = check(&part.0, file).await;
    // What the check may have left beside the copy.
    for end in ["-wal", "-shm"] {
        let _ = std::fs::remove_file(beside(&part.0, end));
    }
    checked?;
    part.settle(store)
}

/// Whether the copy is a sound store that this program understands. `shown`: what it is a copy of.
async fn check(copy: &Path, shown: &Path) -> Result<(), StoreError> {
    let options = engine::sqlite_options(copy, "rw")?;
    let mut conn = options
        .connect()
        .await
        .map_err(|error| foreign(shown, &error.to_string()))?;
    let result = check_open(&mut conn, shown).await;
    conn.close().await?;
    result
}

async fn check_open(conn: &mut AnyConnection, shown: &Path) -> Result<(), StoreError> {
    let no_store = |error: StoreError| foreign(shown, &error.to_string());
    let id = Sql::new("PRAGMA application_id").number(conn).await;
    if id.map_err(no_store)? != APPLICATION_ID {
        return Err(foreign(shown, "it is something else"));
    }
    // Reads all of it; the first line is "ok", or what is wrong.
    let rows = Sql::new("PRAGMA integrity_check(1)").all(conn).await;
    for row in rows.map_err(no_store)? {
        let text = row.text("integrity_check")?;
        if text != "ok" {
            return Err(foreign(shown, &format!("it is damaged: {text}")));
        }
    }
    let found = Sql::new("SELECT COALESCE(MAX(version), 0) FROM _sqlx_migrations");
    let found = found.number(conn).await.map_err(no_store)?;
    let known = migrations::known();
    if found > known {
        return Err(StoreError::Newer {
            place: shown.display().to_string(),
            found,
            known,
        });
    }
    // The copy is to be one file, whatever journal it was written with.
    conn.execute(AssertSqlSafe("PRAGMA journal_mode = DELETE"))
        .await?;
    Ok(())
}

fn foreign(path: &Path, reason: &str) -> StoreError {
    StoreError::Foreign {
        path: path.to_owned(),
        reason: reason.to_owned(),
    }
}

fn refuse_existing(file: &Path) -> Result<(), StoreError> {
    if file.symlink_metadata().is_err() {
        return Ok(());
    }
    Err(StoreError::Backup(format!(
        "{} is there already; nothing was overwritten, name another file or move it away",
        file.display()
    )))
}

fn beside(file: &Path, end: &str) -> PathBuf {
    let mut name = file.as_os_str().to_owned();
    name.push(end);
    PathBuf::from(name)
}

/// A file being written under another name. Dropped before it settles, it goes.
struct Part(PathBuf);

impl Part {
    fn beside(file: &Path) -> Part {
        Part(beside(file, &format!(".{}.part", std::process::id())))
    }

    /// Makes it last, then gives it its name.
    fn settle(self, file: &Path) -> Result<(), StoreError> {
        let settle = || {
            File::open(&self.0)?.sync_all()?;
            std::fs::rename(&self.0, file)?;
            match file.parent().filter(|path| !path.as_os_str().is_empty()) {
                Some(directory) => sync_directory(directory),
                None => sync_directory(Path::new(".")),
            }
        };
        settle().map_err(|error: std::io::Error| engine::not_writable(file, error))
    }
}

impl Drop for Part {
    fn drop(&mut self) {
        let _ = std::fs::remove_file(&self.0);
    }
}

/// A rename lasts once the directory is written; not every system lets one open it.
fn sync_directory(directory: &Path) -> std::io::Result<()> {
    if cfg!(unix) {
        File::open(directory)?.sync_all()?;
    }
    Ok(())
}
