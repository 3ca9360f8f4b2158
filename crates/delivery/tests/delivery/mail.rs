//! Letters over the network to a mail server that is not ours. Without `SMTP_PYTHON`, which names a
//! Python that has aiosmtpd, there is none, and these tests do nothing; CI sets it.

use std::io::{BufRead, BufReader};
use std::process::{Child, Command, Stdio};
use std::sync::Arc;
use std::sync::mpsc::{Receiver, channel};
use std::time::Duration;

use delivery::{Channels, EMAIL, Mail};
use serde_json::{Value, json};
use store::addresses::{self, Address};
use store::artefacts::{self, NewArtefact};
use store::{Store, on_both};

use crate::office::{ANNA, Office, QUICK};

on_both!(
    a_letter_arrives_as_it_was_written,
    hostile_words_become_no_headers,
    who_says_later_is_asked_again_and_who_says_never_is_not,
    a_letter_without_an_answer_is_not_sent_again_by_itself,
    a_server_that_is_not_there_is_asked_again,
);

/// A mail server in a process of its own.
pub struct Server {
    child: Child,
    pub port: u16,
    letters: Receiver<Value>,
}

impl Server {
    fn start() -> Option<Server> {
        Server::speaking(&[])
    }

    /// One that is started with these arguments.
    pub fn speaking(arguments: &[&str]) -> Option<Server> {
        let python = std::env::var("SMTP_PYTHON").ok()?;
        let script = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/delivery/smtp.py");
        let mut child = Command::new(python)
            .arg(script)
            .args(arguments)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let mut lines = BufReader::new(child.stdout.take().unwrap()).lines();
        let port = lines
            .next()
            .expect("a port: is aiosmtpd installed?")
            .unwrap();
        let (send, letters) = channel();
        std::thread::spawn(move || {
            for line in lines.map_while(Result::ok) {
                let letter = serde_json::from_str(&line).expect("a letter as JSON");
                if send.send(letter).is_err() {
                    return;
                }
            }
        });
        Some(Server {
            child,
            port: port.parse().unwrap(),
            letters,
        })
    }

    /// The next letter that it takes.
    pub fn letter(&self) -> Value {
        let letter = self.letters.recv_timeout(Duration::from_secs(10));
        letter.expect("a letter within ten seconds")
    }

    pub fn nothing_more(&self) {
        let more = self.letters.recv_timeout(Duration::from_millis(300));
        assert!(more.is_err(), "{more:?}");
    }

    fn channels(&self, login: &str) -> Channels {
        let server = format!("smtp://{login}127.0.0.1:{}", self.port);
        let mail = Mail::new(
            &server,
            "Контроль <qc@example.org>",
            "https://qc.example.org",
        );
        Channels::new().with(mail.unwrap())
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// An office where Anna is reached at an address.
pub async fn office(store: Arc<Store>, address: &str) -> Office {
    let office = Office::new(store).await;
    let address = Address {
        person: ANNA.to_owned(),
        channel: EMAIL.to_owned(),
        address: address.to_owned(),
        linked_at: Some(0),
        off_at: None,
        why: String::new(),
    };
    let mut tx = office.store.begin().await.unwrap();
    addresses::set(&mut tx, &address).await.unwrap();
    tx.commit().await.unwrap();
    office
}

async fn artefact(office: &Office, bytes: &[u8]) -> String {
    let file = NewArtefact {
        name: "report",
        media_type: "application/pdf",
        bytes,
    };
    let mut tx = office.store.begin().await.unwrap();
    let id = artefacts::add(&mut tx, &office.company, 0, file)
        .await
        .unwrap();
    tx.commit().await.unwrap();
    id
}

fn header<'a>(letter: &'a Value, name: &str) -> Vec<&'a str> {
    let headers = letter["headers"].as_array().unwrap();
    let named = headers
        .iter()
        .filter(|one| one[0].as_str().unwrap().eq_ignore_ascii_case(name));
    named.map(|one| one[1].as_str().unwrap()).collect()
}

async fn a_letter_arrives_as_it_was_written(store: Arc<Store>) {
    let Some(server) = Server::start() else {
        return;
    };
    let office = office(store, "anna@example.org").await;
    let report = artefact(&office, b"%PDF-1.7 made up").await;
    let chart = artefact(&office, b"\x89PNG made up").await;
    let letter = json!({
        "subject": "Записка за 14 апреля",
        "text": "Новых замечаний: 3\n.\nСделка «Окна» стоит",
        "html": format!("<p>Новых: <b>3</b></p><img src=\"cid:{chart}\">"),
        "attachments": [{ "artefact": report, "name": "Отчёт за апрель.pdf", "media_type": "application/pdf" }],
        "pictures": [{ "artefact": chart, "name": "chart.png", "media_type": "image/png" }],
        "buttons": [[{ "text": "Принять", "data": "ack:f1" }]],
        "link": "/mine",
    });
    let worker = office.work(server.channels("qc:p%3Aw@"), QUICK);
    let id = office.put(EMAIL, "note", "k", &letter.to_string()).await;
    let done = office.until(&id, |message| message.done_at.is_some()).await;
    worker.stop().await;
    assert_eq!((done.attempts, done.begun), (1, None));
    let got = server.letter();
    assert_eq!(got["defects"], json!([]));
    assert_eq!(got["ascii"], json!(true));
    assert_eq!(
        (&got["from"], &got["to"]),
        (&json!("qc@example.org"), &json!(["anna@example.org"]))
    );
    assert_eq!(
        (&got["subject"], &got["user"]),
        (&json!("Записка за 14 апреля"), &json!("qc"))
    );
    assert_eq!(header(&got, "Message-ID"), [format!("<{id}@example.org>")]);
    assert_eq!(header(&got, "From"), ["Контроль <qc@example.org>"]);
    assert_eq!(header(&got, "Auto-Submitted"), ["auto-generated"]);
    assert_eq!(header(&got, "Date").len(), 1);
    assert_eq!(header(&got, "List-Unsubscribe"), [""; 0]);
    assert_eq!(
        got["kinds"],
        json!([
            "multipart/mixed",
            "multipart/alternative",
            "multipart/related"
        ])
    );
    let parts = got["parts"].as_array().unwrap();
    let kinds: Vec<&str> = parts
        .iter()
        .map(|part| part["type"].as_str().unwrap())
        .collect();
    assert_eq!(
        kinds,
        ["text/plain", "text/html", "image/png", "application/pdf"]
    );
    let text = parts[0]["text"].as_str().unwrap().replace("\r\n", "\n");
    assert_eq!(
        text,
        "Новых замечаний: 3\n.\nСделка «Окна» стоит\n\nhttps://qc.example.org/mine\n"
    );
    assert_eq!(
        (&parts[2]["id"], &parts[2]["inline"]),
        (&json!(format!("<{chart}>")), &json!(true))
    );
    assert_eq!(parts[3]["file"], "Отчёт за апрель.pdf");
    assert_eq!(parts[3]["text"], "255044462d312e37206d616465207570");
    server.nothing_more();
}

async fn hostile_words_become_no_headers(store: Arc<Store>) {
    let Some(server) = Server::start() else {
        return;
    };
    let office = office(store, "anna@example.org").await;
    let file = artefact(&office, b"x").await;
    let letter = json!({
        "subject": "Сделка\r\nBcc: all@example.org\r\n\r\n<script>",
        "text": "t",
        "attachments": [{ "artefact": file, "name": "a\r\nX-Evil: 1\".pdf", "media_type": "text/x\r\nX-Evil: 2" }],
    });
    let worker = office.work(server.channels(""), QUICK);
    let id = office.put(EMAIL, "note", "k", &letter.to_string()).await;
    office.until(&id, |message| message.done_at.is_some()).await;
    worker.stop().await;
    let got = server.letter();
    assert_eq!(got["subject"], "Сделка Bcc: all@example.org <script>");
    assert_eq!(got["to"], json!(["anna@example.org"]));
    assert_eq!(header(&got, "Bcc"), [""; 0]);
    assert_eq!(header(&got, "X-Evil"), [""; 0]);
    let parts = got["parts"].as_array().unwrap();
    assert_eq!(parts.len(), 2, "{parts:?}");
    assert_eq!(parts[1]["file"], "a X-Evil: 1_.pdf");
    assert_eq!(parts[1]["type"], "application/pdf", "as it was kept");
}

async fn who_says_later_is_asked_again_and_who_says_never_is_not(store: Arc<Store>) {
    let Some(server) = Server::start() else {
        return;
    };
    let office = office(store, "grey@example.org").await;
    let worker = office.work(server.channels(""), QUICK);
    let id = office
        .put(EMAIL, "note", "grey", r#"{"subject": "s", "text": "t"}"#)
        .await;
    let waits = office.until(&id, |message| !message.error.is_empty()).await;
    assert_eq!((waits.failed_at, waits.begun), (None, None));
    assert!(waits.error.contains("451"), "{}", waits.error);
    assert!(waits.due_at > office.now());
    office.pass(waits.due_at - office.now());
    let done = office.until(&id, |message| message.done_at.is_some()).await;
    assert_eq!(done.attempts, 2);
    server.letter();

    let refused = r#"{"subject": "s", "text": "t", "to": "refused@example.org"}"#;
    let id = office.put(EMAIL, "note", "refused", refused).await;
    let failed = office
        .until(&id, |message| message.failed_at.is_some())
        .await;
    assert_eq!((failed.attempts, failed.is_unknown()), (1, false));
    assert!(
        failed.error.contains("nobody of this name"),
        "{}",
        failed.error
    );

    let full = r#"{"subject": "s", "text": "t", "to": "full@example.org"}"#;
    let id = office.put(EMAIL, "note", "full", full).await;
    let waits = office.until(&id, |message| !message.error.is_empty()).await;
    assert_eq!((waits.failed_at, waits.begun), (None, None), "it said no");

    for (key, to) in [("none", "no address"), ("split", "a@b\r\nRCPT TO:<x@y>")] {
        let letter = json!({ "subject": "s", "text": "t", "to": to });
        let id = office.put(EMAIL, "note", key, &letter.to_string()).await;
        let failed = office
            .until(&id, |message| message.failed_at.is_some())
            .await;
        assert!(
            failed.error.contains("no e-mail address"),
            "{}",
            failed.error
        );
    }
    worker.stop().await;
    assert_eq!(server.letter()["to"], json!(["full@example.org"]));
    server.nothing_more();
}

async fn a_letter_without_an_answer_is_not_sent_again_by_itself(store: Arc<Store>) {
    let Some(server) = Server::start() else {
        return;
    };
    let office = office(store, "silent@example.org").await;
    let worker = office.work(server.channels(""), QUICK);
    let id = office
        .put(EMAIL, "note", "k", r#"{"subject": "s", "text": "t"}"#)
        .await;
    let lost = office
        .until(&id, |message| message.failed_at.is_some())
        .await;
    assert!(lost.is_unknown(), "{lost:?}");
    assert_eq!(lost.attempts, 1);
    server.letter();
    office.pass(1_000_000);
    server.nothing_more();
    worker.stop().await;
}

async fn a_server_that_is_not_there_is_asked_again(store: Arc<Store>) {
    let Some(server) = Server::start() else {
        return;
    };
    let office = office(store, "anna@example.org").await;
    // It is there, but this password is wrong: somebody will mend that.
    let worker = office.work(server.channels("qc:hidden@"), QUICK);
    let id = office
        .put(EMAIL, "note", "k", r#"{"subject": "s", "text": "t"}"#)
        .await;
    let waits = office.until(&id, |message| !message.error.is_empty()).await;
    worker.stop().await;
    assert_eq!((waits.failed_at, waits.begun), (None, None));
    assert!(!waits.error.contains("hidden"), "{}", waits.error);
    // It offers no encryption, which is asked for: nothing is said in the clear.
    let address = format!("smtp://127.0.0.1:{}?tls=required", server.port);
    let mail = Mail::new(&address, "qc@example.org", "").unwrap();
    let worker = office.work(Channels::new().with(mail), QUICK);
    office.pass(60_000);
    let waits = office
        .until(&id, |message| {
            message.attempts == 2 && message.due_at > office.now()
        })
        .await;
    worker.stop().await;
    assert_eq!((waits.failed_at, waits.begun), (None, None));
    server.nothing_more();
    // Nobody is there; this was the last attempt.
    let channels = server.channels("");
    drop(server);
    let worker = office.work(channels, QUICK);
    office.pass(120_000);
    let failed = office
        .until(&id, |message| message.failed_at.is_some())
        .await;
    worker.stop().await;
    assert_eq!((failed.attempts, failed.is_unknown()), (3, false));
}
