//! Letters over the network to an emulator of Telegram.

use std::io::Write;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use delivery::telegram::{Client, Pace, TELEGRAM, TELEGRAM_GROUP, Telegram};
use delivery::{Channels, Settings};
use sandbox::telegram::{Emulator, Fault, Received, TOKEN};
use serde_json::json;
use store::addresses::{self, Address};
use store::artefacts::{self, NewArtefact};
use store::chats::{self, Chat};
use store::{Store, on_both};

use crate::office::{ANNA, Office, QUICK};

on_both!(
    a_letter_comes_with_its_pictures_files_and_buttons,
    foreign_words_are_no_markup_and_long_ones_come_in_parts,
    a_group_gets_it_in_its_topic_and_is_followed,
    who_is_too_fast_waits_and_nothing_is_repeated,
    who_blocked_the_bot_is_left_alone,
    an_outcome_that_nobody_knows_is_not_tried_again,
    what_had_no_effect_is_tried_again,
    the_limits_are_kept,
);

/// A second of the emulator, and a longer one of the pace: machines that are busy are late.
const SECOND: Duration = Duration::from_millis(50);
const PACE: Duration = Duration::from_millis(60);

const ANNA_CHAT: i64 = 42;
const GROUP: i64 = -1001;

struct Desk {
    office: Office,
    emulator: Emulator,
    client: Arc<Client>,
}

impl Desk {
    async fn new(store: Arc<Store>) -> Desk {
        let office = Office::new(store).await;
        let emulator = Emulator::start(SECOND).await.unwrap();
        let client = Client::new(TOKEN, &emulator.api(), Pace::new(PACE)).unwrap();
        let address = Address {
            person: ANNA.to_owned(),
            channel: TELEGRAM.to_owned(),
            address: ANNA_CHAT.to_string(),
            linked_at: Some(0),
            off_at: None,
            why: String::new(),
        };
        let chat = Chat {
            company: office.company.clone(),
            id: ANNA.to_owned(),
            chat: GROUP,
            thread: Some(7),
            title: "Продажи".to_owned(),
            linked_by: ANNA.to_owned(),
            ..Chat::default()
        };
        let mut tx = office.store.begin().await.unwrap();
        addresses::set(&mut tx, &address).await.unwrap();
        chats::add(&mut tx, &chat).await.unwrap();
        tx.commit().await.unwrap();
        emulator.opens(ANNA_CHAT);
        emulator.opens(GROUP);
        Desk {
            office,
            emulator,
            client: Arc::new(client),
        }
    }

    fn channels(&self) -> Channels {
        let origin = "https://qc.example.org";
        Channels::new()
            .with(Telegram::private(self.client.clone(), origin))
            .with(Telegram::groups(self.client.clone(), origin))
    }

    async fn artefact(&self, bytes: &[u8]) -> String {
        let file = NewArtefact {
            name: "file",
            media_type: "image/png",
            bytes,
        };
        let mut tx = self.office.store.begin().await.unwrap();
        let id = artefacts::add(&mut tx, &self.office.company, 0, file).await;
        tx.commit().await.unwrap();
        id.unwrap()
    }

    fn methods(&self, chat: i64) -> Vec<String> {
        let received = self.emulator.received(chat).into_iter();
        received.map(|one| one.method).collect()
    }
}

async fn a_letter_comes_with_its_pictures_files_and_buttons(store: Arc<Store>) {
    let desk = Desk::new(store).await;
    let office = &desk.office;
    let worker = office.work(desk.channels(), QUICK);
    let chart = desk.artefact(b"\x89PNG one").await;
    let picture = json!({ "artefact": chart, "name": "c.png", "media_type": "image/png" });
    let file = json!({ "artefact": chart, "name": "Отчёт.pdf", "media_type": "application/pdf" });
    let one = json!({
        "subject": "Новое замечание",
        "text": "Сделка «Окна»",
        "pictures": [picture],
        "attachments": [file],
        "buttons": [[{ "text": "Принять", "data": "ack:f1" }], [{ "text": "Оспорить", "data": "dispute:f1" }]],
        "link": "/findings/f1",
        "finding": "f1",
    });
    let id = office
        .put(TELEGRAM, "finding.raised", "one", &one.to_string())
        .await;
    office.until(&id, |message| message.done_at.is_some()).await;
    let got = desk.emulator.received(ANNA_CHAT);
    assert_eq!(desk.methods(ANNA_CHAT), ["sendPhoto", "sendDocument"]);
    let Received {
        text,
        html,
        buttons,
        files,
        ..
    } = &got[0];
    assert_eq!(
        text,
        "Новое замечание\n\nСделка «Окна»\n\nhttps://qc.example.org/findings/f1"
    );
    assert!(html.starts_with("<b>Новое замечание</b>"));
    assert_eq!(
        buttons[1],
        [("Оспорить".to_owned(), "dispute:f1".to_owned())]
    );
    assert_eq!(files[0].1, b"\x89PNG one");
    assert_eq!(got[1].files[0].0, "Отчёт.pdf");

    let many = json!({
        "subject": "s", "text": "t", "pictures": vec![picture; 3],
        "buttons": [[{ "text": "x", "data": "y" }]],
    });
    let id = office.put(TELEGRAM, "x", "many", &many.to_string()).await;
    let done = office.until(&id, |message| message.done_at.is_some()).await;
    worker.stop().await;
    let got = &desk.emulator.received(ANNA_CHAT)[2..];
    let methods: Vec<&str> = got.iter().map(|one| one.method.as_str()).collect();
    assert_eq!(methods, ["sendMessage", "sendMediaGroup"]);
    assert_eq!((got[0].buttons.len(), got[1].files.len()), (1, 3));
    assert_eq!((done.attempts, done.begun), (1, None));
}

async fn foreign_words_are_no_markup_and_long_ones_come_in_parts(store: Arc<Store>) {
    let desk = Desk::new(store).await;
    let office = &desk.office;
    let worker = office.work(desk.channels(), QUICK);
    let hostile = r#"<a href="http://evil.example">Окна</a> &lt; <script> </b> & "x""#;
    let letter = json!({ "subject": hostile, "text": hostile });
    let id = office
        .put(TELEGRAM, "x", "hostile", &letter.to_string())
        .await;
    office.until(&id, |message| message.done_at.is_some()).await;
    let got = desk.emulator.received(ANNA_CHAT);
    assert_eq!(got[0].text, format!("{hostile}\n\n{hostile}"));

    // Every sign takes several as an entity, and two units as Telegram counts.
    let paragraph = "<&>😀".repeat(100);
    let text = vec![paragraph.as_str(); 20].join("\n\n");
    let letter = json!({
        "subject": "s", "text": text, "buttons": [[{ "text": "x", "data": "y" }]],
    });
    let id = office.put(TELEGRAM, "x", "long", &letter.to_string()).await;
    office.until(&id, |message| message.done_at.is_some()).await;
    worker.stop().await;
    let got = &desk.emulator.received(ANNA_CHAT)[1..];
    assert!(got.len() > 1, "{}", got.len());
    for part in got {
        assert!(part.text.ends_with(&paragraph), "cut at a paragraph");
    }
    let all: Vec<&str> = got.iter().map(|part| part.text.as_str()).collect();
    assert_eq!(all.join("\n\n"), format!("s\n\n{text}"));
    let buttons: Vec<usize> = got.iter().map(|part| part.buttons.len()).collect();
    assert_eq!(buttons.iter().sum::<usize>(), 1);
    assert_eq!(buttons.last(), Some(&1));
}

async fn a_group_gets_it_in_its_topic_and_is_followed(store: Arc<Store>) {
    let desk = Desk::new(store).await;
    let office = &desk.office;
    let worker = office.work(desk.channels(), QUICK);
    let letter = r#"{"subject": "s", "text": "t"}"#;
    let id = office.put(TELEGRAM_GROUP, "x", "one", letter).await;
    office.until(&id, |message| message.done_at.is_some()).await;
    assert_eq!(desk.emulator.received(GROUP)[0].thread, Some(7));

    desk.emulator.moves(GROUP, -2002);
    for key in ["two", "three"] {
        let id = office.put(TELEGRAM_GROUP, "x", key, letter).await;
        office.until(&id, |message| message.done_at.is_some()).await;
    }
    assert_eq!(desk.emulator.received(-2002).len(), 2);
    // Twice where it was, once to find that out, twice where it is.
    assert_eq!(desk.emulator.calls("sendMessage"), 4);

    desk.emulator.kicks(-2002);
    let id = office.put(TELEGRAM_GROUP, "x", "four", letter).await;
    let failed = office
        .until(&id, |message| message.failed_at.is_some())
        .await;
    worker.stop().await;
    assert!(!failed.is_unknown());
    let mut reader = office.store.reader().await.unwrap();
    let chat = chats::get(&mut reader, &office.company, ANNA)
        .await
        .unwrap()
        .unwrap();
    assert!(
        chat.off_at.is_some() && chat.why.contains("kicked"),
        "{chat:?}"
    );
}

async fn who_is_too_fast_waits_and_nothing_is_repeated(store: Arc<Store>) {
    let desk = Desk::new(store).await;
    let office = &desk.office;
    let worker = office.work(desk.channels(), QUICK);
    let chart = desk.artefact(b"x").await;
    let letter = json!({
        "subject": "s", "text": "t",
        "attachments": [{ "artefact": chart, "name": "a" }, { "artefact": chart, "name": "b" }],
    });
    desk.emulator.fails("sendDocument", Fault::TooMany(1));
    let id = office.put(TELEGRAM, "x", "k", &letter.to_string()).await;
    let waits = office.until(&id, |message| !message.error.is_empty()).await;
    assert_eq!((waits.due_at - office.now(), waits.step), (1_000, 1));
    assert_eq!((waits.failed_at, waits.begun), (None, None));
    assert!(waits.error.contains("retry after 1"), "{}", waits.error);
    office.pass(1_000);
    office.until(&id, |message| message.done_at.is_some()).await;
    worker.stop().await;
    let got = desk.methods(ANNA_CHAT);
    assert_eq!(got, ["sendMessage", "sendDocument", "sendDocument"]);
}

async fn who_blocked_the_bot_is_left_alone(store: Arc<Store>) {
    let desk = Desk::new(store).await;
    let office = &desk.office;
    let worker = office.work(desk.channels(), QUICK);
    desk.emulator.blocks(ANNA_CHAT);
    let letter = r#"{"subject": "s", "text": "t"}"#;
    for key in ["one", "two"] {
        let id = office.put(TELEGRAM, "x", key, letter).await;
        let failed = office
            .until(&id, |message| message.failed_at.is_some())
            .await;
        assert_eq!((failed.attempts, failed.is_unknown()), (1, false));
    }
    worker.stop().await;
    assert_eq!(desk.emulator.calls("sendMessage"), 1);
    let mut reader = office.store.reader().await.unwrap();
    let address = addresses::get(&mut reader, ANNA, TELEGRAM)
        .await
        .unwrap()
        .unwrap();
    assert!(
        !address.works() && address.why.contains("blocked"),
        "{address:?}"
    );
}

async fn an_outcome_that_nobody_knows_is_not_tried_again(store: Arc<Store>) {
    let desk = Desk::new(store).await;
    let office = &desk.office;
    let worker = office.work(desk.channels(), QUICK);
    let letter = r#"{"subject": "s", "text": "t"}"#;
    for (key, fault) in [
        ("unanswered", Fault::Unanswered),
        ("broken", Fault::Broken),
        ("gateway", Fault::Gateway),
    ] {
        desk.emulator.fails("sendMessage", fault);
        let id = office.put(TELEGRAM, "x", key, letter).await;
        let lost = office
            .until(&id, |message| message.failed_at.is_some())
            .await;
        assert!(lost.is_unknown(), "{key}: {lost:?}");
    }
    office.pass(10 * QUICK.longest_wait_ms);
    tokio::time::sleep(Duration::from_millis(30)).await;
    worker.stop().await;
    assert_eq!(desk.emulator.calls("sendMessage"), 3);

    // A worker that is told to stop does not wait for an answer that never comes.
    desk.emulator.fails("sendMessage", Fault::Hangs);
    let at_once = Settings {
        last_moments_ms: 1,
        ..QUICK
    };
    let worker = office.work(desk.channels(), at_once);
    let id = office.put(TELEGRAM, "x", "hangs", letter).await;
    office.until(&id, |message| message.begun.is_some()).await;
    worker.stop().await;
    assert!(office.message(&id).await.is_unknown());
}

async fn what_had_no_effect_is_tried_again(store: Arc<Store>) {
    let desk = Desk::new(store).await;
    let office = &desk.office;
    let worker = office.work(desk.channels(), QUICK);
    let letter = r#"{"subject": "s", "text": "t"}"#;
    let faults = [
        Fault::Refused(500, "Internal Server Error"),
        Fault::Refused(401, "Unauthorized"),
    ];
    for (key, fault) in ["one", "two"].into_iter().zip(faults) {
        desk.emulator.fails("sendMessage", fault);
        let id = office.put(TELEGRAM, "x", key, letter).await;
        let waits = office.until(&id, |message| !message.error.is_empty()).await;
        assert_eq!((waits.failed_at, waits.begun), (None, None), "{key}");
        office.pass(waits.due_at - office.now());
        office.until(&id, |message| message.done_at.is_some()).await;
    }
    let long = json!({ "text": "t", "buttons": [[{ "text": "x", "data": "y".repeat(65) }]] });
    let id = office.put(TELEGRAM, "x", "long", &long.to_string()).await;
    let failed = office
        .until(&id, |message| message.failed_at.is_some())
        .await;
    assert_eq!(
        (failed.attempts, failed.is_unknown()),
        (1, false),
        "never by itself"
    );
    worker.stop().await;

    // Nobody is there: nothing was sent.
    let api = desk.emulator.api();
    drop(desk.emulator);
    tokio::time::sleep(Duration::from_millis(20)).await;
    let client = Client::new(TOKEN, &api, Pace::new(PACE)).unwrap();
    let channels = Channels::new().with(Telegram::private(Arc::new(client), ""));
    let worker = office.work(channels, QUICK);
    let id = office.put(TELEGRAM, "x", "away", letter).await;
    let waits = office.until(&id, |message| !message.error.is_empty()).await;
    worker.stop().await;
    assert_eq!((waits.failed_at, waits.begun), (None, None));
    assert!(!waits.error.contains("made-up_token"), "{}", waits.error);
}

async fn the_limits_are_kept(store: Arc<Store>) {
    let desk = Desk::new(store).await;
    let office = &desk.office;
    let letter = r#"{"subject": "s", "text": "t"}"#;
    let mut last = String::new();
    for number in 0..30 {
        let key = format!("p{number}");
        last = office.put(TELEGRAM, "x", &key, letter).await;
        if number < 25 {
            last = office
                .put(TELEGRAM_GROUP, "x", &format!("g{number}"), letter)
                .await;
        }
    }
    let settings = Settings {
        at_once: 16,
        ..QUICK
    };
    let worker = office.work(desk.channels(), settings);
    office
        .until(&last, |message| message.done_at.is_some())
        .await;
    while desk.emulator.received(ANNA_CHAT).len() + desk.emulator.received(GROUP).len() < 55 {
        tokio::time::sleep(Duration::from_millis(10)).await;
    }
    worker.stop().await;
    assert_eq!(desk.emulator.overruns(), 0);
    assert_eq!(desk.emulator.calls("sendMessage"), 55);
}

/// Everything that is logged, at its most talkative.
#[derive(Clone, Default)]
struct Log(Arc<Mutex<Vec<u8>>>);

impl Write for Log {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        self.0.lock().unwrap().extend_from_slice(bytes);
        Ok(bytes.len())
    }
    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

#[test]
fn the_token_stands_in_no_log_and_no_error() {
    let log = Log::default();
    let writer = log.clone();
    let subscriber = tracing_subscriber::fmt()
        .with_max_level(tracing_subscriber::filter::LevelFilter::TRACE)
        .with_writer(move || writer.clone())
        .finish();
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .unwrap();
    let hidden = "AAF-made-up_token";
    let mut said = Vec::new();
    tracing::subscriber::with_default(subscriber, || {
        runtime.block_on(async {
            let emulator = Emulator::start(SECOND).await.unwrap();
            let client = Client::new(TOKEN, &emulator.api(), Pace::new(PACE)).unwrap();
            said.push(format!("{client:?}"));
            client.me().await.unwrap();
            for fault in [
                Fault::Broken,
                Fault::Gateway,
                Fault::TooMany(3),
                Fault::Refused(403, "no"),
            ] {
                emulator.fails("getMe", fault);
                let error = client.me().await.unwrap_err();
                said.push(format!("{error} {error:?}"));
            }
            let api = emulator.api();
            drop(emulator);
            for api in [api.as_str(), "https://127.0.0.1:1", "http://host.invalid"] {
                let client = Client::new(TOKEN, api, Pace::new(PACE)).unwrap();
                let error = client.me().await.unwrap_err();
                said.push(format!("{error} {error:?}"));
            }
        });
    });
    let log = String::from_utf8(log.0.lock().unwrap().clone()).unwrap();
    assert!(log.len() > 100, "it logs at all");
    assert!(!log.contains(hidden), "the log has it");
    for said in said {
        assert!(!said.contains(hidden), "{said}");
    }
    for wrong in ["", "a b", "x\r\n"] {
        assert_eq!(
            Client::new(wrong, "http://x", Pace::new(PACE)).is_ok(),
            wrong == "x\r\n"
        );
    }
}
