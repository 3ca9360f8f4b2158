//! Workers as processes, and the server that does their work itself.

#![cfg(unix)]
#![allow(clippy::unwrap_used)]

use std::io::{BufRead, BufReader};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::sync::Arc;
use std::time::Duration;

use store::admissions::{self, Admission};
use store::outbox::{self, NewMessage};
use store::persons::{self, Person};
use store::{Place, Store, notices, testing};

fn command(args: &[&str], data: &Path) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_svetofor"));
    command
        .args(args)
        .args(["--lang", "en", "--data"])
        .arg(data)
        .env_remove("DATABASE_URL")
        .env_remove("RUST_LOG")
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::null());
    command
}

/// A process that runs; it is ended with the test.
struct Running(Child);

impl Running {
    /// Starts it and waits for its first line.
    fn start(mut command: Command) -> Running {
        let mut child = command.spawn().unwrap();
        let mut line = String::new();
        let mut out = BufReader::new(child.stdout.take().unwrap());
        out.read_line(&mut line).unwrap();
        assert_ne!(line, "", "it has ended");
        // Whoever writes to a pipe that nobody reads is ended by that.
        std::thread::spawn(move || std::io::copy(&mut out, &mut std::io::sink()));
        Running(child)
    }

    /// Tells it to stop, and waits for that.
    fn stop(mut self) {
        let id = self.0.id().to_string();
        assert!(Command::new("kill").arg(&id).status().unwrap().success());
        assert_eq!(self.0.wait().unwrap().code(), Some(0));
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

#[test]
fn on_sqlite_a_worker_is_refused_and_says_who_works() {
    let folder = tempfile::tempdir().unwrap();
    let mut worker = command(&["worker"], folder.path());
    let output = worker.stderr(Stdio::piped()).output().unwrap();
    let err = String::from_utf8(output.stderr).unwrap();
    assert_eq!(output.status.code(), Some(2), "{err}");
    assert!(err.contains("`svetofor serve` itself"), "{err}");
    assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 0);
}

#[test]
fn what_was_put_is_delivered_by_a_server_or_by_workers() {
    testing::on_postgres(|store| async move {
        let Place::Postgres(url) = store.place().clone() else {
            panic!("a store on PostgreSQL");
        };
        let folder = tempfile::tempdir().unwrap();
        let start = |args: &[&str]| {
            let mut command = command(args, folder.path());
            command.env("DATABASE_URL", &url);
            Running::start(command)
        };
        let company = company(&store).await;
        let serve = ["serve", "--listen", "127.0.0.1:0"];

        let server = start(&serve);
        put(&store, &company, "by the server").await;
        until_delivered(&store, &company, 1).await;
        server.stop();

        let server = start(&[&serve[..], &["--no-worker"]].concat());
        put(&store, &company, "by a worker").await;
        let workers = [start(&["worker"]), start(&["worker"])];
        until_delivered(&store, &company, 2).await;
        workers.into_iter().for_each(Running::stop);
        server.stop();
    });
}

#[test]
fn the_server_imports_and_leaves_that_to_no_worker() {
    testing::on_postgres(|store| async move {
        let Place::Postgres(url) = store.place().clone() else {
            panic!("a store on PostgreSQL");
        };
        let company = testing::company(&store, "one").await;
        let history = tempfile::tempdir().unwrap();
        let put = |name: &str, text: &str| std::fs::write(history.path().join(name), text).unwrap();
        put(
            "account.json",
            r#"{"name": "One", "timezone": "Europe/Moscow", "currency": "RUB"}"#,
        );
        put(
            "events.csv",
            "deal,at,kind\nd1,2026-03-02T10:00:00+03:00,created\n",
        );
        let folder = tempfile::tempdir().unwrap();
        let on_postgres = |args: &[&str]| {
            let mut command = command(args, folder.path());
            command.env("DATABASE_URL", &url);
            command
        };
        let serve = ["serve", "--listen", "127.0.0.1:0", "--no-worker"];
        let server = Running::start(on_postgres(&serve));
        let worker = Running::start(on_postgres(&["worker"]));
        let path = history.path().to_str().unwrap();
        let import = || {
            let mut import = on_postgres(&["company", "import", &company, path]);
            let output = import.stderr(Stdio::piped()).output().unwrap();
            let said = [output.stdout, output.stderr].concat();
            String::from_utf8(said).unwrap()
        };
        let said = import();
        assert!(said.contains("1 event was new, 0 known"), "{said}");
        let said = import();
        assert!(said.contains("0 events were new, 1 known"), "{said}");
        worker.stop();
        server.stop();
    });
}

async fn company(store: &Store) -> String {
    let company = testing::company(store, "one").await;
    let anna = Person {
        id: "p-anna".to_owned(),
        login: "anna".to_owned(),
        name: "Анна".to_owned(),
        password: None,
        language: "ru".to_owned(),
        created_at: 0,
    };
    let admission = Admission {
        company: company.clone(),
        person: anna.id.clone(),
        access: "employee".to_owned(),
        employee: None,
        disabled: false,
        created_at: 0,
        accepted_at: Some(0),
    };
    let mut tx = store.begin().await.unwrap();
    persons::add(&mut tx, &anna).await.unwrap();
    admissions::add(&mut tx, &admission).await.unwrap();
    tx.commit().await.unwrap();
    company
}

async fn put(store: &Store, company: &str, key: &str) {
    let message = NewMessage {
        key,
        channel: "app",
        recipient: "p-anna",
        kind: "test",
        // There is no such finding: what follows has nothing to do.
        payload: r#"{"finding": "f1"}"#,
        due_at: 0,
    };
    let mut tx = store.begin().await.unwrap();
    outbox::put(&mut tx, company, 0, message).await.unwrap();
    tx.commit().await.unwrap();
}

/// Waits until there are so many notices and nothing else to do.
async fn until_delivered(store: &Arc<Store>, company: &str, notices: i64) {
    for _ in 0..400 {
        let mut reader = store.reader().await.unwrap();
        let counts = outbox::counts(&mut reader, 0).await.unwrap();
        if (counts.waiting, counts.claimed) == (0, 0) {
            assert_eq!(counts.failed, 0);
            let unread = notices::unread(&mut reader, company, "p-anna").await;
            assert_eq!(unread.unwrap(), notices);
            return;
        }
        drop(reader);
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
    panic!("not in twenty seconds");
}
