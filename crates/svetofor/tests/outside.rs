//! The server with what goes outside, set up by its environment.

#![cfg(unix)]
#![allow(clippy::unwrap_used)]

use std::io::{BufRead, BufReader};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::sync::Arc;
use std::time::Duration;

use sandbox::telegram::{Emulator, TOKEN};
use store::addresses::{self, Address};
use store::admissions::{self, Admission};
use store::outbox::{self, NewMessage};
use store::persons::{self, Person};
use store::{Place, Store, outlets, testing};

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

impl Drop for Running {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

#[test]
fn what_is_set_up_wrongly_is_said_and_no_secret_with_it() {
    let folder = tempfile::tempdir().unwrap();
    let refused = |variables: &[(&str, &str)]| {
        let mut serve = command(&["serve", "--listen", "127.0.0.1:0"], folder.path());
        serve.envs(variables.iter().copied()).stderr(Stdio::piped());
        let output = serve.output().unwrap();
        assert_eq!(output.status.code(), Some(2));
        String::from_utf8(output.stderr).unwrap()
    };
    let said = refused(&[("SVETOFOR_SMTP", "smtps://u:hidden@mail.example.org")]);
    assert!(
        said.contains("SVETOFOR_MAIL_FROM") && !said.contains("hidden"),
        "{said}"
    );
    let mail = [
        ("SVETOFOR_SMTP", "ftp://u:hidden@x"),
        ("SVETOFOR_MAIL_FROM", "qc@example.org"),
    ];
    let said = refused(&mail);
    assert!(
        said.contains("SVETOFOR_SMTP") && !said.contains("hidden"),
        "{said}"
    );
    let said = refused(&[("SVETOFOR_TELEGRAM_TOKEN", "42:hidden token")]);
    assert!(
        said.contains("SVETOFOR_TELEGRAM_TOKEN") && !said.contains("hidden"),
        "{said}"
    );
}

#[test]
fn a_server_listens_and_sends_in_telegram() {
    testing::on_postgres(|store| async move {
        let Place::Postgres(url) = store.place().clone() else {
            panic!("a store on PostgreSQL");
        };
        let company = company(&store).await;
        let emulator = Emulator::start(Duration::from_millis(20)).await.unwrap();
        emulator.opens(42);
        let id = put(&store, &company, "telegram").await;
        let waits = put(&store, &company, "email").await;

        let folder = tempfile::tempdir().unwrap();
        let mut serve = command(&["serve", "--listen", "127.0.0.1:0"], folder.path());
        serve
            .env("DATABASE_URL", &url)
            .env("SVETOFOR_TELEGRAM_TOKEN", TOKEN)
            .env("SVETOFOR_TELEGRAM_API", emulator.api());
        let mut server = Running(serve.spawn().unwrap());
        let mut line = String::new();
        let mut out = BufReader::new(server.0.stdout.take().unwrap());
        out.read_line(&mut line).unwrap();
        assert_ne!(line, "", "it has ended");
        std::thread::spawn(move || std::io::copy(&mut out, &mut std::io::sink()));

        emulator.says(77, "Здравствуйте");
        for _ in 0..400 {
            let heard = !emulator.received(77).is_empty();
            if heard && message(&store, &company, &id).await.done_at.is_some() {
                break;
            }
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
        let got = emulator.received(42);
        assert_eq!((got.len(), &*got[0].text), (1, "Записка\n\nНовых: 3"));
        assert!(emulator.received(77)[0].text.contains("не знаю, кто вы"));
        let mut reader = store.reader().await.unwrap();
        let known = outlets::since(&mut reader, 0).await.unwrap();
        drop(reader);
        let known: Vec<&str> = known.iter().map(|one| one.channel.as_str()).collect();
        assert_eq!(known, ["telegram", "webhook"]);
        // Nobody has e-mail: it waits, and nothing was tried.
        let waits = message(&store, &company, &waits).await;
        assert_eq!((waits.attempts, waits.failed_at), (0, None));
    });
}

async fn message(store: &Store, company: &str, id: &str) -> outbox::Message {
    let mut reader = store.reader().await.unwrap();
    let found = outbox::find(&mut reader, company, id).await.unwrap();
    found.unwrap()
}

async fn company(store: &Arc<Store>) -> String {
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
    let address = |channel: &str, address: &str| Address {
        person: anna.id.clone(),
        channel: channel.to_owned(),
        address: address.to_owned(),
        linked_at: Some(0),
        off_at: None,
        why: String::new(),
    };
    let mut tx = store.begin().await.unwrap();
    persons::add(&mut tx, &anna).await.unwrap();
    admissions::add(&mut tx, &admission).await.unwrap();
    for one in [
        address("telegram", "42"),
        address("email", "anna@example.org"),
    ] {
        addresses::set(&mut tx, &one).await.unwrap();
    }
    tx.commit().await.unwrap();
    company
}

async fn put(store: &Store, company: &str, channel: &str) -> String {
    let message = NewMessage {
        key: channel,
        channel,
        recipient: "p-anna",
        kind: "note",
        payload: r#"{"subject": "Записка", "text": "Новых: 3"}"#,
        due_at: 0,
    };
    let mut tx = store.begin().await.unwrap();
    let id = outbox::put(&mut tx, company, 0, message).await.unwrap();
    tx.commit().await.unwrap();
    id.unwrap()
}
