//! Opening, holding, backing up and restoring.

use std::path::Path;
use std::sync::Arc;

use store::backup::{backup, restore};
use store::{Hold, Place, Store, StoreError, companies, on_both, settings, testing};
use tempfile::TempDir;
use tokio::runtime::Runtime;

on_both!(
    a_second_server_is_refused_until_the_first_is_gone,
    a_store_is_opened_again_with_all_in_it,
    tables_of_a_newer_program_are_refused,
    a_store_is_read_beside_whoever_serves_it,
);

fn wait<T>(future: impl Future<Output = T>) -> T {
    Runtime::new().unwrap().block_on(future)
}

fn place(directory: &TempDir, name: &str) -> Place {
    Place::Sqlite(directory.path().join(name))
}

async fn a_second_server_is_refused_until_the_first_is_gone(store: Arc<Store>) {
    let hold = Hold::take(store.place()).await.unwrap();
    let Err(refused) = Hold::take(store.place()).await else {
        panic!("held twice");
    };
    let text = refused.to_string();
    assert!(matches!(refused, StoreError::Held { .. }), "{text}");
    assert!(text.starts_with("another svetofor serves "), "{text}");
    drop(hold);
    // PostgreSQL notices a moment later that the connection is gone.
    for _ in 0..100 {
        if Hold::take(store.place()).await.is_ok() {
            return;
        }
        tokio::time::sleep(std::time::Duration::from_millis(20)).await;
    }
    panic!("still held");
}

async fn a_store_is_opened_again_with_all_in_it(store: Arc<Store>) {
    let company = testing::company(&store, "one").await;
    let again = Store::open(store.place()).await.unwrap();
    let mut reader = again.reader().await.unwrap();
    let found = companies::find(&mut reader, &company).await.unwrap();
    assert_eq!(found.unwrap().name, "one");
    drop(reader);
    again.close().await;
    assert!(again.reader().await.is_err());
}

async fn a_store_is_read_beside_whoever_serves_it(store: Arc<Store>) {
    let _hold = Hold::take(store.place()).await.unwrap();
    let company = testing::company(&store, "one").await;
    let beside = Store::join(store.place()).await.unwrap();
    let mut view = beside.view().await.unwrap();
    let found = companies::find(&mut view, &company).await.unwrap();
    assert_eq!(found.unwrap().name, "one");
    drop(view);
    beside.close().await;

    // A reader changes no tables, whatever their version.
    for (change, newer) in [
        ("DELETE FROM _sqlx_migrations WHERE version > 1", false),
        ("UPDATE _sqlx_migrations SET version = 999", true),
    ] {
        let mut tx = store.begin().await.unwrap();
        sqlx::query(change).execute(&mut *tx).await.unwrap();
        tx.commit().await.unwrap();
        let Err(refused) = Store::join(store.place()).await else {
            panic!("read");
        };
        let as_told = match refused {
            StoreError::Newer { found, .. } => newer && found == 999,
            StoreError::Older { .. } => !newer,
            _ => false,
        };
        assert!(as_told, "{change}");
    }
    let mut tx = store.begin().await.unwrap();
    let gone = sqlx::query("DROP TABLE _sqlx_migrations");
    gone.execute(&mut *tx).await.unwrap();
    tx.commit().await.unwrap();
    let refused = Store::join(store.place()).await.err();
    assert!(matches!(refused, Some(StoreError::NotThere { .. })));
}

#[test]
fn where_there_is_no_store_none_is_made_by_joining() {
    let directory = TempDir::new().unwrap();
    let place = place(&directory, "none.db");
    let refused = wait(Store::join(&place)).err();
    assert!(matches!(refused, Some(StoreError::NotThere { .. })));
    assert!(directory.path().read_dir().unwrap().next().is_none());
}

async fn tables_of_a_newer_program_are_refused(store: Arc<Store>) {
    let mut tx = store.begin().await.unwrap();
    let newer = "INSERT INTO _sqlx_migrations (version, description, success, checksum, execution_time) \
         SELECT 999, 'later', success, checksum, 0 FROM _sqlx_migrations WHERE version = 1";
    sqlx::query(newer).execute(&mut *tx).await.unwrap();
    tx.commit().await.unwrap();
    let Err(error) = Store::open(store.place()).await else {
        panic!("opened");
    };
    let text = error.to_string();
    assert!(
        matches!(error, StoreError::Newer { found: 999, .. }),
        "{text}"
    );
}

#[test]
fn a_place_that_cannot_be_written_is_named() {
    let directory = TempDir::new().unwrap();
    let file = directory.path().join("file");
    std::fs::write(&file, "x").unwrap();
    let place = Place::Sqlite(file.join("svetofor.db"));
    for error in [
        wait(Store::open(&place)).map(|_| ()),
        wait(Hold::take(&place)).map(|_| ()),
    ] {
        let error = error.unwrap_err();
        assert!(matches!(error, StoreError::NotWritable { .. }), "{error}");
        assert!(error.to_string().contains(&*file.to_string_lossy()));
    }
}

#[test]
fn a_server_that_does_not_answer_is_named_without_its_password() {
    let place = Place::Postgres("postgres://u:s3cret@127.0.0.1:1/none".to_owned());
    for error in [
        wait(Store::open(&place)).map(|_| ()),
        wait(Hold::take(&place)).map(|_| ()),
    ] {
        let text = error.unwrap_err().to_string();
        assert!(text.contains("u@127.0.0.1:1/none"), "{text}");
        assert!(!text.contains("s3cret"), "{text}");
    }
}

#[test]
fn a_file_of_something_else_is_left_alone() {
    let directory = TempDir::new().unwrap();
    let text = directory.path().join("text.db");
    std::fs::write(
        &text,
        "not a database, but long enough to look like one".repeat(99),
    )
    .unwrap();
    let other = directory.path().join("other.db");
    wait(async {
        use sqlx::Connection;
        sqlx::any::install_default_drivers();
        let url = format!("sqlite://{}?mode=rwc", other.display());
        let mut conn = sqlx::AnyConnection::connect(&url).await.unwrap();
        sqlx::query("CREATE TABLE t (a TEXT)")
            .execute(&mut conn)
            .await
            .unwrap();
        conn.close().await.unwrap();
    });
    for file in [text, other] {
        let before = std::fs::read(&file).unwrap();
        let Err(error) = wait(Store::open(&Place::Sqlite(file.clone()))) else {
            panic!("opened");
        };
        assert!(matches!(error, StoreError::Foreign { .. }), "{error}");
        let into = place(&directory, "restored/svetofor.db");
        let error = wait(restore(&file, &into)).unwrap_err();
        assert!(matches!(error, StoreError::Foreign { .. }), "{error}");
        assert_eq!(std::fs::read(&file).unwrap(), before);
    }
}

#[test]
fn odd_names_of_directories_are_taken_as_they_are() {
    let directory = TempDir::new().unwrap();
    let place = place(&directory, "Мои данные?mode=ro#1 %41/svetofor.db");
    wait(async {
        let store = Store::open(&place).await.unwrap();
        testing::company(&store, "one").await;
        store.close().await;
    });
    let Place::Sqlite(file) = place else {
        unreachable!();
    };
    assert!(file.exists());
}

#[test]
fn a_backup_taken_while_serving_is_restored_into_an_empty_place() {
    let directory = TempDir::new().unwrap();
    let (here, there) = (
        place(&directory, "here/svetofor.db"),
        place(&directory, "there/svetofor.db"),
    );
    let file = directory.path().join("it's a backup");
    wait(async {
        let hold = Hold::take(&here).await.unwrap();
        let store = Store::open(&here).await.unwrap();
        let company = testing::company(&store, "one").await;
        // A transaction under way neither hinders the backup nor is in it.
        let mut tx = store.begin().await.unwrap();
        settings::set(&mut tx, &company, "late", "1").await.unwrap();
        backup(&here, &file).await.unwrap();
        tx.commit().await.unwrap();

        let error = backup(&here, &file).await.unwrap_err().to_string();
        assert!(error.contains("is there already"), "{error}");
        restore(&file, &there).await.unwrap();
        let error = restore(&file, &there).await.unwrap_err().to_string();
        assert!(error.contains("is there already"), "{error}");
        let served = restore(&file, &here).await.unwrap_err();
        assert!(matches!(served, StoreError::Held { .. }), "{served}");

        let restored = Store::open(&there).await.unwrap();
        let mut reader = restored.reader().await.unwrap();
        assert!(
            companies::find(&mut reader, &company)
                .await
                .unwrap()
                .is_some()
        );
        assert_eq!(settings::all(&mut reader, &company).await.unwrap().len(), 0);
        drop(hold);
    });
    let left: Vec<_> = files(directory.path())
        .into_iter()
        .filter(|name| name.ends_with(".part"))
        .collect();
    assert_eq!(left, [""; 0]);
}

fn files(directory: &Path) -> Vec<String> {
    let mut names = Vec::new();
    for entry in std::fs::read_dir(directory).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            names.extend(files(&path));
        }
        names.push(path.display().to_string());
    }
    names
}

#[test]
fn a_damaged_or_half_copied_backup_is_refused() {
    let directory = TempDir::new().unwrap();
    let here = place(&directory, "here/svetofor.db");
    let file = directory.path().join("backup.db");
    wait(async {
        let store = Store::open(&here).await.unwrap();
        testing::company(&store, "one").await;
        backup(&here, &file).await.unwrap();
    });
    let bytes = std::fs::read(&file).unwrap();
    let mut torn = bytes.clone();
    let middle = bytes.len() / 2;
    torn[middle..middle + 4096].fill(0xAA);
    let damaged = [torn, bytes[..middle].to_vec(), Vec::new()];
    for (number, bytes) in damaged.into_iter().enumerate() {
        std::fs::write(&file, bytes).unwrap();
        let there = place(&directory, "there/svetofor.db");
        let error = wait(restore(&file, &there)).unwrap_err();
        assert!(
            matches!(error, StoreError::Foreign { .. }),
            "{number}: {error}"
        );
        let Place::Sqlite(path) = there else {
            unreachable!();
        };
        assert!(!path.exists());
    }
    let error = wait(restore(&directory.path().join("none"), &here)).unwrap_err();
    assert!(error.to_string().contains("is there already"), "{error}");
    // Copied without its log, a file in use lacks the latest.
    let Place::Sqlite(used) = &here else {
        unreachable!();
    };
    std::fs::write(format!("{}-wal", used.display()), "x").unwrap();
    let error = wait(restore(used, &place(&directory, "there/svetofor.db"))).unwrap_err();
    assert!(error.to_string().contains("-wal"), "{error}");
}

#[test]
fn nothing_to_back_up_is_said_and_nothing_made() {
    let directory = TempDir::new().unwrap();
    let here = place(&directory, "none/svetofor.db");
    let file = directory.path().join("backup.db");
    let error = wait(backup(&here, &file)).unwrap_err().to_string();
    assert!(error.starts_with("there is no store at "), "{error}");
    assert_eq!(files(directory.path()), [""; 0]);
}

#[test]
fn postgresql_names_its_own_tools() {
    let place = Place::Postgres("postgres://u:s3cret@db/svetofor".to_owned());
    let file = Path::new("svetofor.dump");
    let errors = [
        (
            wait(backup(&place, file)),
            "pg_dump --format=custom --file=svetofor.dump \"$DATABASE_URL\"",
        ),
        (
            wait(restore(file, &place)),
            "pg_restore --exit-on-error --no-owner --dbname=\"$DATABASE_URL\" svetofor.dump",
        ),
    ];
    for (error, command) in errors {
        let text = error.unwrap_err().to_string();
        assert!(text.ends_with(command), "{text}");
        assert!(!text.contains("s3cret"));
    }
}
