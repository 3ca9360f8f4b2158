//! What was begun and has no outcome: never sent again by itself, wherever it broke off.

use std::sync::{Arc, Mutex};
use std::time::Duration;

use delivery::{Attempt, Channel, Channels, Doing, Failure, Settings};
use history::Instant;
use store::outbox::{self, Message};
use store::{Connection, Store, on_both};
use tokio::sync::Semaphore;

use crate::office::{Office, QUICK};

on_both!(
    a_worker_that_is_gone_leaves_an_unknown_outcome,
    a_worker_that_stops_leaves_an_unknown_outcome,
    what_cannot_be_marked_is_not_sent_again,
    steps_that_went_out_are_not_repeated,
    who_is_told_to_come_again_comes_then,
);

/// Takes a message, marks it as begun, sends it, and goes on when a test lets it.
#[derive(Clone)]
struct Once {
    sent: Arc<Mutex<Vec<i64>>>,
    go: Arc<Semaphore>,
    steps: i64,
    breaks_at: i64,
    settles: bool,
}

impl Once {
    fn new() -> Once {
        Once {
            sent: Arc::default(),
            go: Arc::new(Semaphore::new(Semaphore::MAX_PERMITS)),
            steps: 1,
            breaks_at: -1,
            settles: true,
        }
    }

    fn sent(&self) -> Vec<i64> {
        self.sent.lock().unwrap().clone()
    }

    async fn until_sent(&self, number: usize) {
        for _ in 0..2_000 {
            if self.sent().len() >= number {
                return;
            }
            tokio::time::sleep(Duration::from_millis(5)).await;
        }
        panic!("not in ten seconds");
    }
}

impl Channel for Once {
    fn name(&self) -> &'static str {
        "once"
    }

    fn deliver<'a>(&'a self, attempt: Attempt<'a>) -> Doing<'a, Result<(), Failure>> {
        Box::pin(async move {
            let done = attempt.message.step;
            for step in done..self.steps {
                if step > done {
                    attempt.reached(step).await?;
                }
                if step == self.breaks_at && attempt.message.attempts == 1 {
                    let said = "come again".to_owned();
                    return Err(Failure::Later {
                        wait_ms: 7_000,
                        said,
                    });
                }
                attempt.begin().await?;
                self.sent.lock().unwrap().push(step);
                self.go.acquire().await.unwrap().forget();
            }
            Ok(())
        })
    }

    fn settle<'a>(
        &'a self,
        _: &'a mut Connection,
        _: &'a Message,
        _: Instant,
    ) -> Doing<'a, Result<(), Failure>> {
        Box::pin(async move {
            match self.settles {
                true => Ok(()),
                false => Err(Failure::Passing("the disk is full".to_owned())),
            }
        })
    }
}

fn channels(once: &Once) -> Channels {
    Channels::new().with(once.clone())
}

async fn a_worker_that_is_gone_leaves_an_unknown_outcome(store: Arc<Store>) {
    let office = Office::new(store).await;
    let slow = Once {
        go: Arc::new(Semaphore::new(0)),
        ..Once::new()
    };
    let id = office.put("once", "x", "k", "{}").await;
    let gone = {
        let dispatcher = delivery::Dispatcher::new(
            office.store.clone(),
            channels(&slow),
            QUICK,
            "gone",
            office.clock(),
        );
        tokio::spawn(dispatcher.run(std::future::pending()))
    };
    slow.until_sent(1).await;
    gone.abort();
    let _ = gone.await;
    let held = office.message(&id).await;
    assert_eq!(held.begun.as_ref().unwrap().at, 1_000);

    let quick = Once::new();
    let worker = office.work(channels(&quick), QUICK);
    tokio::time::sleep(Duration::from_millis(30)).await;
    assert_eq!(
        office.message(&id).await.failed_at,
        None,
        "its lease has not ended"
    );
    office.pass(QUICK.lease_ms);
    let lost = office
        .until(&id, |message| message.failed_at.is_some())
        .await;
    assert!(lost.is_unknown());
    let begun = lost.begun.unwrap();
    assert!(
        begun.at == 1_000 && begun.by.starts_with("gone "),
        "{begun:?}"
    );
    assert!(
        lost.error.contains("may have been delivered"),
        "{}",
        lost.error
    );
    office.pass(10 * QUICK.longest_wait_ms);
    tokio::time::sleep(Duration::from_millis(30)).await;
    assert_eq!(quick.sent(), [0; 0]);

    // Somebody has looked and sends it again.
    let mut tx = office.store.begin().await.unwrap();
    let revived = outbox::revive(&mut tx, &office.company, &id, office.now()).await;
    assert!(revived.unwrap());
    tx.commit().await.unwrap();
    office.until(&id, |message| message.done_at.is_some()).await;
    worker.stop().await;
    assert_eq!(quick.sent(), [0]);
}

async fn a_worker_that_stops_leaves_an_unknown_outcome(store: Arc<Store>) {
    let office = Office::new(store).await;
    let slow = Once {
        go: Arc::new(Semaphore::new(0)),
        ..Once::new()
    };
    let at_once = Settings {
        last_moments_ms: 1,
        ..QUICK
    };
    let id = office.put("once", "x", "k", "{}").await;
    let worker = office.work(channels(&slow), at_once);
    slow.until_sent(1).await;
    worker.stop().await;
    let lost = office.message(&id).await;
    assert!(lost.is_unknown(), "{lost:?}");
    assert!(lost.error.contains("stopped"), "{}", lost.error);
}

async fn what_cannot_be_marked_is_not_sent_again(store: Arc<Store>) {
    let office = Office::new(store).await;
    let once = Once {
        settles: false,
        ..Once::new()
    };
    let worker = office.work(channels(&once), QUICK);
    let id = office.put("once", "x", "k", "{}").await;
    let lost = office
        .until(&id, |message| message.failed_at.is_some())
        .await;
    worker.stop().await;
    assert!(lost.is_unknown(), "{lost:?}");
    assert!(lost.error.contains("the disk is full"), "{}", lost.error);
    assert_eq!(once.sent(), [0]);
}

async fn steps_that_went_out_are_not_repeated(store: Arc<Store>) {
    let office = Office::new(store).await;
    let once = Once {
        steps: 4,
        breaks_at: 2,
        ..Once::new()
    };
    let worker = office.work(channels(&once), QUICK);
    let id = office.put("once", "x", "k", "{}").await;
    let waits = office.until(&id, |message| !message.error.is_empty()).await;
    assert_eq!((waits.step, waits.begun), (2, None));
    office.pass(waits.due_at - office.now());
    office.until(&id, |message| message.done_at.is_some()).await;
    worker.stop().await;
    assert_eq!(once.sent(), [0, 1, 2, 3]);
}

async fn who_is_told_to_come_again_comes_then(store: Arc<Store>) {
    let office = Office::new(store).await;
    let once = Once {
        breaks_at: 0,
        ..Once::new()
    };
    let worker = office.work(channels(&once), QUICK);
    let id = office.put("once", "x", "k", "{}").await;
    let waits = office.until(&id, |message| !message.error.is_empty()).await;
    worker.stop().await;
    assert_eq!((waits.due_at, &*waits.error), (8_000, "come again"));
}
