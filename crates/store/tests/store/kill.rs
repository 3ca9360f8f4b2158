//! Killed at any moment, a store keeps what it has acknowledged and nothing by halves.

use std::collections::HashMap;
use std::io::{BufRead, BufReader, Write};
use std::path::Path;
use std::process::{Child, ChildStdout, Command, Stdio};
use std::time::Duration;

use history::{Kind, Record};
use proptest::prelude::Rng;
use proptest::test_runner::{RngAlgorithm, TestRng};
use store::events::{self, Keys, Receipt};
use store::findings::{self, Change, Finding, NewState};
use store::outbox::{self, NewMessage};
use store::{Place, Store, companies, testing};

/// Names the directory to the process that is killed, and begins what it writes.
const DIRECTORY: &str = "SVETOFOR_TEST_KILL_DIRECTORY";
const ROUND: &str = "SVETOFOR_TEST_KILL_ROUND";

/// Rounds in which the writers are at work when the process is killed.
const ROUNDS: u32 = 54;
/// Rounds in which it may still be opening the store.
const EARLY: u32 = 10;

fn place(directory: &Path) -> Place {
    Place::Sqlite(directory.join("svetofor.db"))
}

#[test]
fn no_acknowledged_write_is_lost() {
    let directory = tempfile::tempdir().unwrap();
    let mut chance = TestRng::deterministic_rng(RngAlgorithm::ChaCha);
    let mut acknowledged = Vec::new();
    for round in 0..EARLY + ROUNDS {
        let (mut child, mut lines) = start(directory.path(), round);
        // At least one acknowledgement shows that the writers are at work.
        let wait_for = if round < EARLY {
            0
        } else {
            1 + chance.next_u32() % 30
        };
        for _ in 0..wait_for {
            acknowledged.push(next_line(&mut lines).expect("it writes until it is killed"));
        }
        let most = if round < EARLY { 40_000 } else { 4_000 };
        std::thread::sleep(Duration::from_micros(u64::from(chance.next_u32() % most)));
        child.kill().unwrap();
        child.wait().unwrap();
        // Acknowledged before the kill, read after it.
        acknowledged.extend(std::iter::from_fn(|| next_line(&mut lines)));
        check(directory.path(), &acknowledged);
    }
    assert!(acknowledged.len() > ROUNDS as usize);
}

fn start(directory: &Path, round: u32) -> (Child, BufReader<ChildStdout>) {
    let mut child = Command::new(std::env::current_exe().unwrap())
        .args(["kill::writes_until_killed", "--exact", "--nocapture"])
        .env(DIRECTORY, directory)
        .env(ROUND, round.to_string())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let lines = BufReader::new(child.stdout.take().unwrap());
    (child, lines)
}

/// The next acknowledgement; one cut off by the kill is none.
fn next_line(lines: &mut BufReader<ChildStdout>) -> Option<String> {
    loop {
        let mut line = String::new();
        if lines.read_line(&mut line).unwrap() == 0 || !line.ends_with('\n') {
            return None;
        }
        if let Some(said) = line.trim_end().strip_prefix("ack ") {
            return Some(said.to_owned());
        }
    }
}

/// Not a test: the process that is killed.
#[test]
fn writes_until_killed() {
    let Ok(directory) = std::env::var(DIRECTORY) else {
        return;
    };
    let round = std::env::var(ROUND).unwrap();
    let runtime = tokio::runtime::Runtime::new().unwrap();
    runtime.block_on(async {
        let store = Store::open(&place(Path::new(&directory))).await.unwrap();
        let mut reader = store.reader().await.unwrap();
        let list = companies::list(&mut reader).await.unwrap();
        drop(reader);
        let company = match list.into_iter().next() {
            Some(company) => company.id,
            None => testing::company(&store, "one").await,
        };
        tokio::join!(
            write_events(&store, &company, &round),
            write_findings(&store, &company, &round),
        );
    });
}

fn acknowledge(what: &str) {
    let mut out = std::io::stdout().lock();
    writeln!(out, "ack {what}").unwrap();
    out.flush().unwrap();
}

/// Events, with a message in the same transaction.
async fn write_events(store: &Store, company: &str, round: &str) {
    for number in 0.. {
        let name = format!("{round}-{number}");
        let mut keys = Keys::new();
        let ids: Vec<String> = (0..1 + number % 40)
            .map(|i| format!("{name}-{i}"))
            .collect();
        let events: Vec<_> = ids
            .iter()
            .map(|id| Record {
                id,
                deal: "d",
                kind: Some(Kind::NoteAdded),
                text: "заметка",
                ..Record::default()
            })
            .map(|record| keys.event(record).unwrap())
            .collect();
        let mut tx = store.begin().await.unwrap();
        let receipts = events::add(&mut tx, company, 0, &events).await.unwrap();
        let message = NewMessage {
            key: &name,
            channel: "app",
            recipient: "p",
            kind: "events",
            payload: "{}",
            due_at: 0,
        };
        outbox::put(&mut tx, company, 0, message).await.unwrap();
        tx.commit().await.unwrap();
        let Receipt::Added { received } = receipts[0] else {
            panic!("a new event is known");
        };
        acknowledge(&format!("events {name} {} {received}", ids.len()));
    }
}

/// A finding with its first state, then a change of both.
async fn write_findings(store: &Store, company: &str, round: &str) {
    for number in 0.. {
        let mut finding = Finding {
            id: format!("{round}-{number}"),
            scope: "deal".to_owned(),
            scope_key: round.to_owned(),
            start: number,
            standing: true,
            ..Finding::default()
        };
        let mut tx = store.begin().await.unwrap();
        let new = std::slice::from_ref(&finding);
        findings::insert(&mut tx, company, new).await.unwrap();
        note(&mut tx, company, &finding.id, Change::Raised).await;
        tx.commit().await.unwrap();
        acknowledge(&format!("raised {}", finding.id));

        finding.standing = false;
        let mut tx = store.begin().await.unwrap();
        let changed = std::slice::from_ref(&finding);
        findings::update(&mut tx, company, changed).await.unwrap();
        note(&mut tx, company, &finding.id, Change::Withdrawn).await;
        tx.commit().await.unwrap();
        acknowledge(&format!("withdrawn {}", finding.id));
    }
}

async fn note(tx: &mut store::Tx, company: &str, finding: &str, change: Change) {
    let state = NewState {
        finding,
        sequence: 0,
        change,
        state: "{}",
    };
    findings::append_states(tx, company, 0, &[state])
        .await
        .unwrap();
}

/// Everything acknowledged is there, nothing stands by halves, and the file is sound.
fn check(directory: &Path, acknowledged: &[String]) {
    let runtime = tokio::runtime::Runtime::new().unwrap();
    runtime.block_on(async {
        let store = Store::open(&place(directory)).await.unwrap();
        let mut reader = store.reader().await.unwrap();
        let sound: String = sqlx::query_scalar("PRAGMA integrity_check")
            .fetch_one(&mut *reader)
            .await
            .unwrap();
        assert_eq!(sound, "ok");
        let list = companies::list(&mut reader).await.unwrap();
        let Some(company) = list.into_iter().next() else {
            assert_eq!(acknowledged, [""; 0]);
            return;
        };

        let mut places = HashMap::new();
        let each = events::each(&mut reader, &company.id, 0, |event| {
            assert_eq!(event.received, places.len() as i64 + 1, "no holes");
            places.insert(event.key.to_owned(), event.received);
            Ok(())
        });
        each.await.unwrap();
        assert_eq!(company.sequence, places.len() as i64);
        let counts = outbox::counts(&mut reader, 0).await.unwrap();
        let batches = places.keys().filter(|key| key.ends_with("-0")).count();
        assert_eq!(counts.waiting, batches as i64, "a message for each batch");

        let all = findings::all(&mut reader, &company.id).await.unwrap();
        let found: HashMap<&str, &Finding> = all.iter().map(|f| (&*f.id, f)).collect();
        for line in acknowledged {
            let words: Vec<&str> = line.split(' ').collect();
            match words[..] {
                ["events", name, count, first] => {
                    let first: i64 = first.parse().unwrap();
                    for i in 0..count.parse().unwrap() {
                        let key = format!("{name}-{i}");
                        assert_eq!(places.get(&key), Some(&(first + i)), "{line}");
                    }
                }
                ["raised", id] => assert!(found.contains_key(id), "{line}"),
                ["withdrawn", id] => assert!(!found[id].standing, "{line}"),
                _ => panic!("{line}"),
            }
        }
        // The latest suffice: earlier ones were looked at in earlier rounds.
        for finding in all.iter().rev().take(20) {
            let states = findings::states(&mut reader, &company.id, &finding.id).await;
            let expected = if finding.standing { 1 } else { 2 };
            assert_eq!(states.unwrap().len(), expected, "{}", finding.id);
        }
        drop(reader);
        store.close().await;
    });
}
