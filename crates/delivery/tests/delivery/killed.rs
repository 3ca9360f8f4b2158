//! Workers are killed at any moment, or stopped, while others put messages: nothing is lost, and
//! nothing stands twice.
//!
//! On PostgreSQL the workers are processes and get SIGKILL; SQLite has one process, so there they
//! are tasks that are dropped wherever they are.

use std::collections::{BTreeMap, BTreeSet};
use std::io::{BufRead, BufReader, Write};
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdout, Command, Stdio};
use std::sync::Arc;
use std::time::{Duration, Instant as Stopwatch};

use delivery::{Attempt, Channel, Channels, Clock, Dispatcher, Doing, Failure, Inbox, Settings};
use store::outbox::{self, Counts, NewMessage};
use store::{Place, Store, notices, testing};

use crate::office::{ANNA, company};

/// Names the database to a process that is killed, and the file of what it carried outside.
const DATABASE: &str = "SVETOFOR_TEST_WORKER_DATABASE";
const CARRIED: &str = "SVETOFOR_TEST_WORKER_CARRIED";

/// How often a worker is killed.
const KILLS: u32 = 24;
/// Messages that are put before each kill, by each writer.
const EACH: u32 = 64;
const WRITERS: u32 = 3;

/// What a lost worker held comes back soon; few messages are given up for having been lost often.
const SETTINGS: Settings = Settings {
    lease_ms: 400,
    poll_ms: 20,
    at_once: 8,
    attempts: 60,
    first_wait_ms: 5,
    longest_wait_ms: 40,
    keep_ms: i64::MAX,
    last_moments_ms: 5_000,
};

#[test]
fn one_worker_killed_at_work_loses_nothing() {
    testing::on_postgres(|store| processes(store, 1));
}

#[test]
fn three_workers_killed_at_work_lose_nothing() {
    testing::on_postgres(|store| processes(store, 3));
}

#[test]
fn workers_dropped_at_work_lose_nothing() {
    testing::on_sqlite(tasks);
}

/// A way outside that writes to a file what it carries, and fails now and then.
struct Outside(PathBuf);

impl Channel for Outside {
    fn name(&self) -> &'static str {
        "outside"
    }

    fn deliver<'a>(&'a self, attempt: Attempt<'a>) -> Doing<'a, Result<(), Failure>> {
        Box::pin(async move {
            let key = attempt.id();
            if attempt.message.attempts == 1 && key.ends_with('7') {
                return Err(Failure::Passing("the line is bad".to_owned()));
            }
            write_line(&self.0, key)
        })
    }
}

/// A line is written at once, so what several processes write does not mix.
fn write_line(file: &Path, line: &str) -> Result<(), Failure> {
    let failed = |error: std::io::Error| Failure::Passing(error.to_string());
    let mut file = std::fs::File::options()
        .append(true)
        .create(true)
        .open(file)
        .map_err(failed)?;
    file.write_all(format!("{line}\n").as_bytes())
        .map_err(failed)
}

/// A way outside whose other side cannot tell repetitions apart.
struct Once(PathBuf);

impl Channel for Once {
    fn name(&self) -> &'static str {
        "once"
    }

    fn deliver<'a>(&'a self, attempt: Attempt<'a>) -> Doing<'a, Result<(), Failure>> {
        Box::pin(async move {
            attempt.begin().await?;
            // Kills come at any point of it.
            tokio::time::sleep(Duration::from_millis(2)).await;
            write_line(&self.0, &format!("once {}", attempt.id()))?;
            tokio::time::sleep(Duration::from_millis(2)).await;
            Ok(())
        })
    }
}

fn dispatcher(store: Arc<Store>, carried: &Path) -> Dispatcher {
    let channels = Channels::new()
        .with(Inbox)
        .with(Outside(carried.to_owned()))
        .with(Once(carried.to_owned()));
    Dispatcher::new(store, channels, SETTINGS, "worker", clock())
}

/// The time that passes in the test and in its processes alike.
#[expect(clippy::disallowed_methods, reason = "leases are between processes")]
fn clock() -> Clock {
    use std::time::{SystemTime, UNIX_EPOCH};
    Arc::new(|| {
        let passed = SystemTime::now().duration_since(UNIX_EPOCH).unwrap();
        i64::try_from(passed.as_millis()).unwrap()
    })
}

/// Not a test: the process that is killed.
#[test]
fn works_until_killed() {
    let Ok(database) = std::env::var(DATABASE) else {
        return;
    };
    let carried = PathBuf::from(std::env::var(CARRIED).unwrap());
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .worker_threads(2)
        .enable_all()
        .build()
        .unwrap();
    runtime.block_on(async {
        let store = Store::join(&Place::Postgres(database)).await.unwrap();
        println!("\nat work");
        let dispatcher = dispatcher(Arc::new(store), &carried);
        dispatcher.run(std::future::pending()).await;
    });
}

/// A worker process.
struct Process {
    child: Child,
    lines: BufReader<ChildStdout>,
}

impl Process {
    fn start(place: &Place, carried: &Path) -> Process {
        let Place::Postgres(database) = place else {
            panic!("processes share a store on PostgreSQL only");
        };
        let mut child = Command::new(std::env::current_exe().unwrap())
            .args(["killed::works_until_killed", "--exact", "--nocapture"])
            .env(DATABASE, database)
            .env(CARRIED, carried)
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let lines = BufReader::new(child.stdout.take().unwrap());
        Process { child, lines }
    }

    /// Waits until it has the store open.
    fn at_work(&mut self) {
        let mut line = String::new();
        while line.trim_end() != "at work" {
            line.clear();
            assert!(
                self.lines.read_line(&mut line).unwrap() > 0,
                "it ended by itself"
            );
        }
    }
}

impl Drop for Process {
    fn drop(&mut self) {
        self.child.kill().unwrap();
        self.child.wait().unwrap();
    }
}

async fn processes(store: Arc<Store>, workers: usize) {
    let directory = tempfile::tempdir().unwrap();
    let carried = directory.path().join("carried");
    let company = company(&store).await;
    let start = || Process::start(store.place(), &carried);
    let mut running: Vec<Process> = (0..workers).map(|_| start()).collect();
    let mut put = BTreeSet::new();
    for round in 0..KILLS {
        let writers = write(&store, &company, round);
        let victim = rand::random_range(0..workers);
        // At work, so that the kill hits it there; the first ones may hit it at any point.
        if round >= 4 {
            running[victim].at_work();
        }
        tokio::time::sleep(Duration::from_micros(rand::random_range(0..45_000))).await;
        running[victim] = start();
        for writer in writers {
            put.extend(writer.await.unwrap());
        }
    }
    until_empty(&store).await;
    drop(running);
    check(&store, &company, &put, &carried).await;
}

async fn tasks(store: Arc<Store>) {
    let directory = tempfile::tempdir().unwrap();
    let carried = directory.path().join("carried");
    let company = company(&store).await;
    let start = || tokio::spawn(dispatcher(store.clone(), &carried).run(std::future::pending()));
    let mut running: Vec<_> = (0..3).map(|_| start()).collect();
    let mut put = BTreeSet::new();
    for round in 0..KILLS {
        let writers = write(&store, &company, round);
        tokio::time::sleep(Duration::from_micros(rand::random_range(0..45_000))).await;
        let victim = rand::random_range(0..running.len());
        running[victim].abort();
        running[victim] = start();
        for writer in writers {
            put.extend(writer.await.unwrap());
        }
    }
    until_empty(&store).await;
    for task in running {
        task.abort();
    }
    check(&store, &company, &put, &carried).await;
}

type Writer = tokio::task::JoinHandle<Vec<String>>;

/// Writers that put messages, some into transactions that are undone; the ids of those that stand.
fn write(store: &Arc<Store>, company: &str, round: u32) -> Vec<Writer> {
    let writer = |writer: u32| {
        let (store, company) = (store.clone(), company.to_owned());
        tokio::spawn(async move {
            let mut ids = Vec::new();
            for batch in 0..EACH / 8 {
                let mut tx = store.begin().await.unwrap();
                let mut some = Vec::new();
                for number in 0..8 {
                    let message = NewMessage {
                        key: &format!("{round}-{writer}-{batch}-{number}"),
                        channel: ["outside", "once", "app", "app"][number % 4],
                        recipient: ANNA,
                        kind: "test",
                        payload: "{}",
                        due_at: 0,
                    };
                    let put = outbox::put(&mut tx, &company, 0, message).await.unwrap();
                    some.push(put.unwrap());
                }
                if batch % 5 == 3 {
                    tx.rollback().await.unwrap();
                } else {
                    tx.commit().await.unwrap();
                    ids.extend(some);
                }
            }
            ids
        })
    };
    (0..WRITERS).map(writer).collect()
}

async fn counts(store: &Store) -> Counts {
    let mut reader = store.reader().await.unwrap();
    outbox::counts(&mut reader, 0).await.unwrap()
}

async fn until_empty(store: &Store) {
    let begun = Stopwatch::now();
    loop {
        let counts = counts(store).await;
        if counts.waiting + counts.claimed == 0 {
            return;
        }
        assert!(begun.elapsed() < Duration::from_secs(60), "{counts:?}");
        tokio::time::sleep(Duration::from_millis(25)).await;
    }
}

async fn check(store: &Store, company: &str, put: &BTreeSet<String>, carried: &Path) {
    let counts = counts(store).await;
    assert_eq!(counts.failed + counts.done, put.len() as i64);
    let mut reader = store.reader().await.unwrap();
    let page = notices::page(&mut reader, company, ANNA, false, None, i64::MAX).await;
    let mut notices: BTreeMap<String, u32> = BTreeMap::new();
    for notice in page.unwrap() {
        *notices.entry(notice.outbox).or_default() += 1;
    }
    let carried = std::fs::read_to_string(carried).unwrap();
    let mut times: BTreeMap<&str, u32> = BTreeMap::new();
    for line in carried.lines() {
        *times.entry(line).or_default() += 1;
    }
    let (mut again, mut in_app, mut unknown) = (0, 0, 0);
    for id in put {
        let message = outbox::find(&mut reader, company, id)
            .await
            .unwrap()
            .unwrap();
        let noticed = notices.get(id).copied().unwrap_or(0);
        let carried = |line: &str| times.get(line).copied().unwrap_or(0);
        assert!(
            message.failed_at.is_none() || message.is_unknown(),
            "{message:?}"
        );
        match &*message.channel {
            "app" => {
                assert_eq!(noticed, 1, "{message:?}");
                again += u32::from(message.attempts > 1);
                in_app += 1;
            }
            "once" => {
                let sent = carried(&format!("once {id}"));
                // What is marked as delivered went out; of the rest nobody knows. Nothing went twice.
                let possible = if message.is_unknown() { 0..=1 } else { 1..=1 };
                assert!(possible.contains(&sent), "{sent} {message:?}");
                unknown += u32::from(message.is_unknown());
            }
            _ => assert!(noticed == 0 && carried(id) > 0, "{message:?}"),
        }
    }
    assert_eq!(notices.len(), in_app, "nothing that was undone");
    assert!(again > 0, "the kills hit nobody at work");
    assert!(unknown > 0, "the kills hit nothing that was begun");
}
