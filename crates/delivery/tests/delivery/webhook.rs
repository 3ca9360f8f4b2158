//! Letters over the network to a program that is not ours.

use std::sync::{Arc, Mutex};

use axum::Router;
use axum::body::Bytes;
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode};
use axum::routing::post;
use delivery::{Channels, WEBHOOK, Webhooks};
use serde_json::{Value, json};
use store::webhooks::{self, Webhook};
use store::{Store, on_both};

use crate::office::{ANNA, Office, QUICK};

on_both!(
    a_letter_is_posted_signed_and_named,
    what_fails_is_tried_again_and_what_is_gone_is_switched_off,
    addresses_of_our_networks_are_not_called,
);

/// What it was posted: headers and body.
type Posted = Vec<(HeaderMap, String)>;

/// A program that answers what it is told to, then 204.
#[derive(Clone, Default)]
struct Program {
    posted: Arc<Mutex<Posted>>,
    answers: Arc<Mutex<Vec<u16>>>,
}

impl Program {
    async fn start(&self) -> String {
        let listener = tokio::net::TcpListener::bind(("127.0.0.1", 0))
            .await
            .unwrap();
        let port = listener.local_addr().unwrap().port();
        let router = Router::new()
            .route("/hook", post(Program::take))
            .with_state(self.clone());
        tokio::spawn(async move { axum::serve(listener, router).await });
        format!("http://127.0.0.1:{port}/hook?key=hidden")
    }

    async fn take(
        State(program): State<Program>,
        headers: HeaderMap,
        body: Bytes,
    ) -> (StatusCode, [(&'static str, &'static str); 2]) {
        let body = String::from_utf8(body.to_vec()).unwrap();
        program.posted.lock().unwrap().push((headers, body));
        let mut answers = program.answers.lock().unwrap();
        let status = if answers.is_empty() {
            204
        } else {
            answers.remove(0)
        };
        let headers = [
            ("retry-after", "7"),
            ("location", "http://169.254.169.254/"),
        ];
        (StatusCode::from_u16(status).unwrap(), headers)
    }

    fn posted(&self) -> Posted {
        self.posted.lock().unwrap().clone()
    }
}

async fn add(office: &Office, address: &str) {
    let webhook = Webhook {
        company: office.company.clone(),
        id: ANNA.to_owned(),
        address: address.to_owned(),
        secret: "key".to_owned(),
        made_by: ANNA.to_owned(),
        made_at: 0,
        off_at: None,
        why: String::new(),
    };
    let mut tx = office.store.begin().await.unwrap();
    webhooks::add(&mut tx, &webhook).await.unwrap();
    tx.commit().await.unwrap();
}

fn channels(allow_private: bool) -> Channels {
    let origin = "https://qc.example.org";
    Channels::new().with(Webhooks::new(allow_private, origin).unwrap())
}

const LETTER: &str = r#"{"subject": "Записка", "text": "t", "link": "/mine", "finding": "f1"}"#;

async fn a_letter_is_posted_signed_and_named(store: Arc<Store>) {
    let office = Office::new(store).await;
    let program = Program::default();
    add(&office, &program.start().await).await;
    let worker = office.work(channels(true), QUICK);
    let id = office.put(WEBHOOK, "note", "k", LETTER).await;
    office.until(&id, |message| message.done_at.is_some()).await;
    worker.stop().await;
    let (headers, body) = program.posted().remove(0);
    let read: Value = serde_json::from_str(&body).unwrap();
    let letter = json!({
        "subject": "Записка", "text": "t", "link": "https://qc.example.org/mine", "finding": "f1",
    });
    let whole = json!({
        "id": id, "company": office.company, "kind": "note", "at": 1_000, "letter": letter,
    });
    assert_eq!(read, whole);
    let header = |name: &str| headers[name].to_str().unwrap().to_owned();
    assert_eq!(header("idempotency-key"), id);
    assert_eq!(header("content-type"), "application/json");
    let signature = header("svetofor-signature");
    let (time, digest) = signature.split_once(",v1=").unwrap();
    assert_eq!((time, digest.len()), ("t=1", 64));
}

async fn what_fails_is_tried_again_and_what_is_gone_is_switched_off(store: Arc<Store>) {
    let office = Office::new(store).await;
    let program = Program::default();
    *program.answers.lock().unwrap() = vec![500, 429, 204, 302, 410];
    add(&office, &program.start().await).await;
    let worker = office.work(channels(true), QUICK);
    let id = office.put(WEBHOOK, "note", "k", LETTER).await;
    let waits = office.until(&id, |message| !message.error.is_empty()).await;
    assert!(
        waits.error.contains("500") && !waits.error.contains("hidden"),
        "{}",
        waits.error
    );
    office.pass(waits.due_at - office.now());
    let waits = office
        .until(&id, |message| message.error.contains("429"))
        .await;
    assert_eq!(waits.due_at - office.now(), 7_000);
    office.pass(7_000);
    office.until(&id, |message| message.done_at.is_some()).await;
    let keys: Vec<String> = program
        .posted()
        .iter()
        .map(|(headers, _)| headers["idempotency-key"].to_str().unwrap().to_owned())
        .collect();
    assert_eq!(keys, vec![id; 3]);

    for (key, said) in [
        ("redirected", "redirections"),
        ("gone", "410"),
        ("off", "switched off"),
    ] {
        let id = office.put(WEBHOOK, "note", key, LETTER).await;
        let failed = office
            .until(&id, |message| message.failed_at.is_some())
            .await;
        assert!(failed.error.contains(said), "{}", failed.error);
        assert_eq!((failed.attempts, failed.is_unknown()), (1, false));
    }
    worker.stop().await;
    assert_eq!(program.posted().len(), 5);
    let mut reader = office.store.reader().await.unwrap();
    let webhook = webhooks::get(&mut reader, &office.company, ANNA)
        .await
        .unwrap();
    assert!(webhook.unwrap().off_at.is_some());
}

async fn addresses_of_our_networks_are_not_called(store: Arc<Store>) {
    let program = Program::default();
    let address = program.start().await;
    let office = Office::new(store).await;
    let worker = office.work(channels(false), QUICK);
    let by_name = address.replace("127.0.0.1", "localhost");
    let mapped = address.replace("127.0.0.1", "[::ffff:127.0.0.1]");
    let number = address.replace("127.0.0.1", "2130706433");
    for (at, address) in [address, by_name, mapped, number].iter().enumerate() {
        let mut tx = office.store.begin().await.unwrap();
        let webhook = Webhook {
            company: office.company.clone(),
            id: format!("w{at}"),
            address: address.clone(),
            secret: "key".to_owned(),
            made_by: ANNA.to_owned(),
            made_at: 0,
            off_at: None,
            why: String::new(),
        };
        webhooks::add(&mut tx, &webhook).await.unwrap();
        let message = store::outbox::NewMessage {
            key: address,
            channel: WEBHOOK,
            recipient: &webhook.id,
            kind: "note",
            payload: LETTER,
            due_at: 0,
        };
        let put = store::outbox::put(&mut tx, &office.company, 0, message).await;
        tx.commit().await.unwrap();
        let id = put.unwrap().unwrap();
        let refused = office.until(&id, |message| !message.error.is_empty()).await;
        assert!(
            refused.error.contains("does not allow"),
            "{address}: {}",
            refused.error
        );
    }
    worker.stop().await;
    assert_eq!(program.posted().len(), 0);
}
