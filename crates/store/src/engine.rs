//! What SQLite and PostgreSQL do each in their own way. Nothing outside this file asks which
//! of them it is.

use std::fs::{DirBuilder, File};
use std::path::{Path, PathBuf};
use std::sync::Once;

use sqlx::any::{AnyConnectOptions, AnyPoolOptions};
use sqlx::{AnyConnection, AnyPool, ConnectOptions, Connection, Executor};

use crate::sql::Sql;
use crate::{Place, StoreError};

/// Marks a file of SQLite as ours: "SVET".
pub(crate) const APPLICATION_ID: i64 = 0x5356_4554;

/// WAL keeps readers and the writer out of each other's way; FULL makes a commit survive the
/// loss of power. The cache is small and the file is not mapped: every connection would do so for
/// itself, and what the system keeps of the file serves them all.
const PRAGMAS: &str = "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; \
     PRAGMA foreign_keys = ON; PRAGMA busy_timeout = 10000; \
     PRAGMA journal_size_limit = 67108864; PRAGMA cache_size = -8000;";

const READERS: u32 = 4;
const CONNECTIONS: u32 = 12;

/// The connections of an open store.
pub(crate) struct Pools {
    pub writer: AnyPool,
    pub reader: AnyPool,
    /// How a transaction that writes begins.
    pub begin: &'static str,
    /// How one begins that reads and sees no later write.
    pub view: &'static str,
}

/// Opens the connections to `place`; the file and its directory are made where they are missing.
pub(crate) async fn connect(place: &Place) -> Result<Pools, StoreError> {
    match place {
        Place::Sqlite(file) => connect_sqlite(file).await,
        Place::Postgres(url) => connect_postgres(place, url).await,
    }
}

async fn connect_sqlite(file: &Path) -> Result<Pools, StoreError> {
    make_directory(file)?;
    check_ours(file).await?;
    let options = sqlite_options(file, "rwc")?;
    let pool = |pragmas: String| {
        AnyPoolOptions::new()
            .max_lifetime(None)
            .idle_timeout(None)
            .after_connect(move |conn, _| {
                let pragmas = pragmas.clone();
                Box::pin(async move {
                    conn.execute(sqlx::AssertSqlSafe(pragmas)).await?;
                    Ok(())
                })
            })
    };
    let writing = format!("{PRAGMAS} PRAGMA application_id = {APPLICATION_ID};");
    let writer = pool(writing).max_connections(1);
    let writer = writer.connect_with(options.clone()).await;
    let writer = writer.map_err(|error| not_writable(file, error))?;
    let reader = pool(format!("{PRAGMAS} PRAGMA query_only = ON;")).max_connections(READERS);
    Ok(Pools {
        writer,
        reader: reader.connect_lazy_with(options),
        // Taken at once: a transaction that reads first and then wants to write would fail.
        begin: "BEGIN IMMEDIATE",
        view: "BEGIN",
    })
}

async fn connect_postgres(place: &Place, url: &str) -> Result<Pools, StoreError> {
    // A pool would try for half a minute and then not say what was wrong.
    connect_alone(place).await?.close().await?;
    let pool = AnyPoolOptions::new()
        .max_connections(CONNECTIONS)
        .connect_lazy_with(postgres_options(url)?);
    Ok(Pools {
        writer: pool.clone(),
        reader: pool,
        begin: "BEGIN",
        view: "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY",
    })
}

/// One connection of its own, outside the pools, to a place that is there.
pub(crate) async fn connect_alone(place: &Place) -> Result<AnyConnection, StoreError> {
    match place {
        Place::Sqlite(file) => {
            let options = sqlite_options(file, "rw")?;
            let conn = options.connect().await;
            conn.map_err(|error| not_writable(file, error))
        }
        Place::Postgres(url) => {
            let conn = postgres_options(url)?.connect().await;
            conn.map_err(|error| unreachable(place, error))
        }
    }
}

/// Keeps a second server off the same store for as long as it lives.
#[must_use]
pub struct Hold {
    by: HeldBy,
}

enum HeldBy {
    /// The system lets go of the lock when the process ends, however it ends.
    File(#[allow(dead_code)] File),
    /// PostgreSQL lets go of it when the connection ends.
    Connection(Box<AnyConnection>),
}

impl Hold {
    /// Takes the store for this process. Comes before opening, so that a newer program does
    /// not change the tables under one that runs.
    ///
    /// # Errors
    /// Where another process holds it, or the place cannot be reached.
    pub async fn take(place: &Place) -> Result<Hold, StoreError> {
        let held = |by: String| StoreError::Held {
            place: place.to_string(),
            by,
        };
        match place {
            Place::Sqlite(file) => {
                make_directory(file)?;
                let path = lock_path(file);
                let lock = File::options()
                    .create(true)
                    .truncate(false)
                    .read(true)
                    .write(true)
                    .open(&path)
                    .map_err(|error| not_writable(&path, error))?;
                match lock.try_lock() {
                    Ok(()) => {}
                    Err(std::fs::TryLockError::WouldBlock) => {
                        let process = std::fs::read_to_string(&path).unwrap_or_default();
                        let number = process.trim().parse::<u32>();
                        return Err(held(
                            number.map_or_else(|_| String::new(), |id| format!(" (process {id})")),
                        ));
                    }
                    Err(std::fs::TryLockError::Error(error)) => {
                        return Err(not_writable(&path, error));
                    }
                }
                // Only for the message above.
                let _ = std::fs::write(&path, std::process::id().to_string());
                Ok(Hold {
                    by: HeldBy::File(lock),
                })
            }
            Place::Postgres(_) => {
                let mut conn = connect_alone(place).await?;
                let lock =
                    "SELECT CAST(CASE WHEN pg_try_advisory_lock($1) THEN 1 ELSE 0 END AS BIGINT)";
                if Sql::new(lock)
                    .with(APPLICATION_ID)
                    .number(&mut conn)
                    .await?
                    == 0
                {
                    return Err(held(String::new()));
                }
                Ok(Hold {
                    by: HeldBy::Connection(Box::new(conn)),
                })
            }
        }
    }
}

impl Hold {
    /// Lets go of it, so that who starts next finds it free: after the end of a process the server
    /// of PostgreSQL takes a moment to notice.
    pub async fn release(self) {
        if let HeldBy::Connection(mut conn) = self.by {
            let unlock =
                "SELECT CAST(CASE WHEN pg_advisory_unlock($1) THEN 1 ELSE 0 END AS BIGINT)";
            // Where it fails the connection is gone, and the lock with it.
            let _ = Sql::new(unlock)
                .with(APPLICATION_ID)
                .number(&mut conn)
                .await;
            let _ = conn.close().await;
        }
    }
}

/// How many rows one `INSERT` may have: SQLite looks `$n` up in a list.
pub(crate) fn rows_an_insert(conn: &AnyConnection) -> usize {
    if is_sqlite(conn) { 20 } else { 500 }
}

/// Asks for many rows as one text, a JSON list of lists: a driver that hands over row by row and
/// value by value takes longer than the text and its parsing. `rows` is a question that gives
/// `columns`, all of them texts and whole numbers.
pub(crate) fn as_one_text(conn: &AnyConnection, columns: &[&str], rows: &str) -> String {
    let columns = columns.join(", ");
    if is_sqlite(conn) {
        format!("SELECT json_group_array(json_array({columns})) FROM ({rows}) AS page")
    } else {
        format!(
            "SELECT CAST(COALESCE(json_agg(json_build_array({columns})), '[]') AS TEXT) \
             FROM ({rows}) AS page"
        )
    }
}

/// Asks for the events whose texts have words with all of these beginnings, which are letters and
/// digits alone: those learnt last before a place, so many at most. `columns` are those of `events`.
pub(crate) fn with_words(
    conn: &AnyConnection,
    company: &str,
    (columns, beginnings): (&str, &[String]),
    (before, limit): (i64, i64),
) -> Sql {
    let select = Sql::new("SELECT ").push(columns);
    if is_sqlite(conn) {
        let wanted: Vec<String> = beginnings
            .iter()
            .map(|word| format!("\"{word}\"*"))
            .collect();
        return select
            .push(" FROM event_words JOIN events ON events.company = event_words.company")
            .push(" AND events.received = event_words.received WHERE event_words MATCH ")
            .bind(&wanted.join(" "))
            .push(" AND event_words.company = ")
            .bind(company)
            .push(" AND event_words.received < ")
            .bind(before)
            .push(" ORDER BY event_words.rowid DESC LIMIT ")
            .bind(limit);
    }
    let wanted: Vec<String> = beginnings.iter().map(|word| format!("{word}:*")).collect();
    select
        .push(" FROM events WHERE company = ")
        .bind(company)
        .push(" AND events.text <> '' AND event_words(events.text) @@ to_tsquery('simple', ")
        .bind(&wanted.join(" & "))
        .push(") AND received < ")
        .bind(before)
        .push(" ORDER BY received DESC LIMIT ")
        .bind(limit)
}

/// A fraction as a text that gives the very same number again.
pub(crate) fn exactly(conn: &AnyConnection, column: &str) -> String {
    let text = if is_sqlite(conn) {
        format!("printf('%!.17g', {column})")
    } else {
        format!("CAST({column} AS TEXT)")
    };
    format!("CASE WHEN {column} IS NULL THEN NULL ELSE {text} END")
}

/// What a worker says when it picks rows that others may be picking too.
pub(crate) fn skip_locked(conn: &AnyConnection) -> &'static str {
    if is_sqlite(conn) {
        ""
    } else {
        " FOR UPDATE SKIP LOCKED"
    }
}

/// Whether a prepared statement takes parameters of any type.
pub(crate) fn has_untyped_parameters(conn: &AnyConnection) -> bool {
    is_sqlite(conn)
}

fn is_sqlite(conn: &AnyConnection) -> bool {
    conn.backend_name() == "SQLite"
}

/// How to open a file of SQLite; `mode` as its URLs have it.
pub(crate) fn sqlite_options(file: &Path, mode: &str) -> Result<AnyConnectOptions, StoreError> {
    install_drivers();
    let path = std::path::absolute(file).map_err(|error| not_writable(file, error))?;
    let Some(path) = path.to_str() else {
        return Err(not_writable(file, "its path is not UTF-8"));
    };
    let mut url = String::from("sqlite://");
    for byte in path.bytes() {
        if byte.is_ascii_alphanumeric() || b"/._-~".contains(&byte) {
            url.push(char::from(byte));
        } else {
            url.push_str(&format!("%{byte:02X}"));
        }
    }
    let url = format!("{url}?mode={mode}");
    url.parse().map_err(|error| not_writable(file, error))
}

fn postgres_options(url: &str) -> Result<AnyConnectOptions, StoreError> {
    install_drivers();
    let refused = |_| StoreError::Place("DATABASE_URL cannot be read".to_owned());
    url.parse().map_err(refused)
}

fn install_drivers() {
    static ONCE: Once = Once::new();
    ONCE.call_once(sqlx::any::install_default_drivers);
}

/// Refuses a file that something else has filled.
async fn check_ours(file: &Path) -> Result<(), StoreError> {
    if std::fs::metadata(file).map_or(0, |found| found.len()) == 0 {
        return Ok(());
    }
    let foreign = |reason: String| StoreError::Foreign {
        path: file.to_owned(),
        reason,
    };
    let options = sqlite_options(file, "rw")?;
    let mut conn = options
        .connect()
        .await
        .map_err(|error| not_writable(file, error))?;
    let id = Sql::new("PRAGMA application_id").number(&mut conn).await;
    let id = id.map_err(|error| foreign(error.to_string()))?;
    let tables = Sql::new("SELECT COUNT(*) FROM sqlite_schema")
        .number(&mut conn)
        .await?;
    if id == APPLICATION_ID || (id == 0 && tables == 0) {
        Ok(())
    } else {
        Err(foreign("it is a database of another program".to_owned()))
    }
}

/// The directory is for us alone: a store holds passwords' hashes and clients' addresses.
pub(crate) fn make_directory(file: &Path) -> Result<(), StoreError> {
    let Some(directory) = file.parent().filter(|path| !path.as_os_str().is_empty()) else {
        return Ok(());
    };
    let mut builder = DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder
        .create(directory)
        .map_err(|error| not_writable(directory, error))
}

/// The file whose lock [`Hold`] takes.
fn lock_path(file: &Path) -> PathBuf {
    file.with_extension("lock")
}

pub(crate) fn not_writable(path: &Path, reason: impl ToString) -> StoreError {
    StoreError::NotWritable {
        path: path.to_owned(),
        reason: reason.to_string(),
    }
}

fn unreachable(place: &Place, error: sqlx::Error) -> StoreError {
    StoreError::Unreachable {
        place: place.to_string(),
        reason: error.to_string(),
    }
}
