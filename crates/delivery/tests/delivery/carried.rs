//! Delivered, tried again, given up, renewed, given back.

use std::sync::{Arc, Mutex};
use std::time::Duration;

use delivery::{
    Attempt, Channel, Channels, Doing, Failure, Inbox, JOBS, Job, Jobs, Settings, TOLD, Told,
};
use history::Instant;
use store::outbox::{self, Message};
use store::{Connection, Store, on_both};
use tokio::sync::Semaphore;

use crate::office::{ANNA, Office, QUICK};

on_both!(
    a_message_becomes_one_notice,
    a_message_about_findings_says_that_they_were_told,
    what_was_put_here_is_delivered_without_polling,
    a_failure_is_tried_again_later_each_time_and_then_seen,
    a_lasting_failure_is_not_tried_again,
    what_its_channel_cannot_write_is_not_done,
    a_message_that_ends_workers_is_given_up,
    a_slow_delivery_is_not_begun_twice,
    what_a_lost_worker_held_is_delivered_after_its_lease,
    who_lost_the_lease_marks_nothing,
    a_worker_that_stops_ends_what_it_began,
    a_worker_that_stops_gives_back_what_takes_too_long,
    a_job_is_found_by_its_kind,
    what_was_done_long_ago_goes_and_frees_its_key,
);

type Act = Box<dyn Fn(u32) -> Result<(), Failure> + Send + Sync>;

/// A way outside that notes what it was asked to carry, and waits until a test lets it go on.
#[derive(Clone)]
struct Outside {
    begun: Arc<Mutex<Vec<String>>>,
    go: Arc<Semaphore>,
    act: Arc<Act>,
}

impl Outside {
    fn new(act: impl Fn(u32) -> Result<(), Failure> + Send + Sync + 'static) -> Outside {
        Outside {
            begun: Arc::default(),
            go: Arc::new(Semaphore::new(Semaphore::MAX_PERMITS)),
            act: Arc::new(Box::new(act)),
        }
    }

    fn slow() -> Outside {
        Outside {
            go: Arc::new(Semaphore::new(0)),
            ..Outside::new(|_| Ok(()))
        }
    }

    fn channels(&self) -> Channels {
        Channels::new().with(Inbox).with(self.clone())
    }

    fn begun(&self) -> Vec<String> {
        self.begun.lock().unwrap().clone()
    }

    async fn until_begun(&self, times: usize) {
        for _ in 0..2_000 {
            if self.begun().len() >= times {
                return;
            }
            tokio::time::sleep(Duration::from_millis(5)).await;
        }
        panic!("not begun {times} times in ten seconds");
    }
}

impl Channel for Outside {
    fn name(&self) -> &'static str {
        "outside"
    }

    fn deliver<'a>(&'a self, attempt: Attempt<'a>) -> Doing<'a, Result<(), Failure>> {
        let key = attempt.id();
        assert_eq!(attempt.message.id, key);
        Box::pin(async move {
            let times = {
                let mut begun = self.begun.lock().unwrap();
                begun.push(key.to_owned());
                begun.len() as u32
            };
            self.go.acquire().await.unwrap().forget();
            (self.act)(times)
        })
    }
}

async fn a_message_becomes_one_notice(store: Arc<Store>) {
    let office = Office::new(store).await;
    let id = office
        .put("app", "rule.fell", "k", r#"{"rule": "r"}"#)
        .await;
    let worker = office.work(Channels::new().with(Inbox), QUICK);
    let done = office.until(&id, |message| message.done_at.is_some()).await;
    worker.stop().await;
    assert_eq!((done.attempts, done.error.as_str()), (1, ""));
    let notices = office.notices().await;
    assert_eq!(notices.len(), 1);
    let notice = &notices[0];
    assert_eq!((&*notice.kind, &*notice.outbox), ("rule.fell", &*id));
    assert_eq!(notice.payload, r#"{"rule": "r"}"#);
    let mut reader = office.store.reader().await.unwrap();
    let counts = outbox::counts(&mut reader, 0).await.unwrap();
    assert_eq!(counts.done, 1, "nothing follows a message about no finding");
}

async fn a_message_about_findings_says_that_they_were_told(store: Arc<Store>) {
    #[derive(Clone, Default)]
    struct Heard(Arc<Mutex<Vec<(String, Told)>>>);
    impl Job for Heard {
        fn kind(&self) -> &'static str {
            TOLD
        }
        fn run<'a>(
            &'a self,
            _: &'a Store,
            message: &'a Message,
            _: Instant,
        ) -> Doing<'a, Result<(), Failure>> {
            let told = (message.recipient.clone(), Told::of(message).unwrap());
            self.0.lock().unwrap().push(told);
            Box::pin(async { Ok(()) })
        }
    }
    let office = Office::new(store).await;
    let heard = Heard::default();
    let jobs = Jobs::new().with(heard.clone());
    let worker = office.work(Channels::new().with(Inbox).with(jobs), QUICK);
    let payload = r#"{"finding": "f1", "findings": ["f2"]}"#;
    let id = office.put("app", "finding.raised", "k", payload).await;
    let done = office.until(&id, |message| message.done_at.is_some()).await;
    while heard.0.lock().unwrap().is_empty() {
        tokio::time::sleep(Duration::from_millis(5)).await;
    }
    worker.stop().await;
    let told = Told {
        findings: vec!["f1".to_owned(), "f2".to_owned()],
        channel: "app".to_owned(),
        at: done.done_at.unwrap(),
    };
    assert_eq!(*heard.0.lock().unwrap(), [(ANNA.to_owned(), told)]);
    assert_eq!(office.notices().await.len(), 1, "a job is no notice");
}

async fn what_was_put_here_is_delivered_without_polling(store: Arc<Store>) {
    let office = Office::new(store).await;
    let never = Settings {
        poll_ms: 3_600_000,
        ..QUICK
    };
    let worker = office.work(Channels::new().with(Inbox), never);
    for key in ["first", "second", "third"] {
        let id = office.put("app", "x", key, "{}").await;
        office.until(&id, |message| message.done_at.is_some()).await;
    }
    worker.stop().await;
}

async fn a_failure_is_tried_again_later_each_time_and_then_seen(store: Arc<Store>) {
    let office = Office::new(store).await;
    let outside = Outside::new(|_| Err(Failure::Passing("no answer".to_owned())));
    let worker = office.work(outside.channels(), QUICK);
    let id = office.put("outside", "x", "k", "{}").await;
    for (attempt, longest) in [(1, 60_000), (2, 120_000)] {
        let message = office
            .until(&id, |message| message.due_at > office.now())
            .await;
        assert_eq!((message.attempts, &*message.error), (attempt, "no answer"));
        let wait = message.due_at - office.now();
        assert!((longest / 2..=longest).contains(&wait), "{wait}");
        office.pass(wait - 1);
        tokio::time::sleep(Duration::from_millis(20)).await;
        assert_eq!(outside.begun().len() as i64, attempt, "not before its time");
        office.pass(1);
    }
    let failed = office
        .until(&id, |message| message.failed_at.is_some())
        .await;
    assert_eq!((failed.attempts, &*failed.error), (3, "no answer"));
    assert_eq!(failed.done_at, None);

    // Somebody tries it again: from the beginning.
    let mut tx = office.store.begin().await.unwrap();
    assert!(
        outbox::revive(&mut tx, &office.company, &id, office.now())
            .await
            .unwrap()
    );
    tx.commit().await.unwrap();
    office
        .until(&id, |message| message.due_at > office.now())
        .await;
    worker.stop().await;
    assert_eq!(outside.begun(), vec![id; 4]);
}

async fn a_lasting_failure_is_not_tried_again(store: Arc<Store>) {
    let office = Office::new(store).await;
    let outside = Outside::new(|_| Err(Failure::Lasting("no such chat".to_owned())));
    let worker = office.work(outside.channels(), QUICK);
    let id = office.put("outside", "x", "k", "{}").await;
    let failed = office
        .until(&id, |message| message.failed_at.is_some())
        .await;
    assert_eq!((failed.attempts, &*failed.error), (1, "no such chat"));
    worker.stop().await;
}

async fn what_its_channel_cannot_write_is_not_done(store: Arc<Store>) {
    /// Writes a notice, and then something goes wrong.
    struct Clumsy;
    impl Channel for Clumsy {
        fn name(&self) -> &'static str {
            "clumsy"
        }
        fn settle<'a>(
            &'a self,
            conn: &'a mut Connection,
            message: &'a Message,
            now: Instant,
        ) -> Doing<'a, Result<(), Failure>> {
            Box::pin(async move {
                Inbox.settle(conn, message, now).await?;
                Err(Failure::Passing("dropped it".to_owned()))
            })
        }
    }
    let office = Office::new(store).await;
    let worker = office.work(Channels::new().with(Clumsy), QUICK);
    let id = office.put("clumsy", "x", "k", r#"{"finding": "f"}"#).await;
    let message = office.until(&id, |message| !message.error.is_empty()).await;
    worker.stop().await;
    assert_eq!((message.done_at, &*message.error), (None, "dropped it"));
    assert_eq!(office.notices().await, []);
    let mut reader = office.store.reader().await.unwrap();
    assert_eq!(
        outbox::counts(&mut reader, office.now())
            .await
            .unwrap()
            .waiting,
        1
    );
}

async fn a_message_that_ends_workers_is_given_up(store: Arc<Store>) {
    let office = Office::new(store).await;
    let id = office.put("outside", "x", "k", "{}").await;
    // Three workers took it and were never heard of again.
    for _ in 0..3 {
        let mut tx = office.store.begin().await.unwrap();
        let claims = outbox::claim(&mut tx, "lost", &["outside", "app"], office.now(), 10, 1)
            .await
            .unwrap();
        assert_eq!(claims.len(), 1);
        tx.commit().await.unwrap();
        office.pass(10);
    }
    let outside = Outside::new(|_| Ok(()));
    let worker = office.work(outside.channels(), QUICK);
    let failed = office
        .until(&id, |message| message.failed_at.is_some())
        .await;
    worker.stop().await;
    assert!(failed.error.contains("begun 3 times"), "{}", failed.error);
    assert_eq!(outside.begun(), [""; 0]);
}

async fn a_slow_delivery_is_not_begun_twice(store: Arc<Store>) {
    let office = Office::new(store).await;
    let short = Settings {
        lease_ms: 90,
        ..QUICK
    };
    let outside = Outside::slow();
    let id = office.put("outside", "x", "k", "{}").await;
    let workers = [(); 2].map(|()| office.work(outside.channels(), short));
    outside.until_begun(1).await;
    // Three leases' time, in steps in which a lease can be renewed.
    for _ in 0..12 {
        office.pass(25);
        let renewed = office.now() + 90;
        for _ in 0..2_000 {
            if next_due(&office).await == renewed {
                break;
            }
            tokio::time::sleep(Duration::from_millis(5)).await;
        }
        assert_eq!(next_due(&office).await, renewed, "the lease is kept");
    }
    outside.go.add_permits(9);
    let done = office.until(&id, |message| message.done_at.is_some()).await;
    for worker in workers {
        worker.stop().await;
    }
    assert_eq!(done.attempts, 1);
    assert_eq!(outside.begun().len(), 1);
}

async fn next_due(office: &Office) -> Instant {
    let mut reader = office.store.reader().await.unwrap();
    outbox::next_due(&mut reader, &["outside", "app"])
        .await
        .unwrap()
        .unwrap()
}

async fn what_a_lost_worker_held_is_delivered_after_its_lease(store: Arc<Store>) {
    let office = Office::new(store).await;
    let id = office.put("app", "x", "k", "{}").await;
    let mut tx = office.store.begin().await.unwrap();
    outbox::claim(&mut tx, "lost", &["outside", "app"], office.now(), 500, 9)
        .await
        .unwrap();
    tx.commit().await.unwrap();
    let worker = office.work(Channels::new().with(Inbox), QUICK);
    office.pass(499);
    tokio::time::sleep(Duration::from_millis(20)).await;
    assert_eq!(office.message(&id).await.done_at, None);
    office.pass(1);
    let done = office.until(&id, |message| message.done_at.is_some()).await;
    worker.stop().await;
    assert_eq!(done.attempts, 2);
    assert_eq!(office.notices().await.len(), 1);
}

async fn who_lost_the_lease_marks_nothing(store: Arc<Store>) {
    let office = Office::new(store).await;
    let outside = Outside::slow();
    let id = office.put("outside", "x", "k", r#"{"finding": "f"}"#).await;
    let worker = office.work(outside.channels(), QUICK);
    outside.until_begun(1).await;
    // It was held up for so long that somebody else took it.
    let mut taken = 0;
    // The worker may renew its lease in the moment between.
    while taken == 0 {
        office.pass(QUICK.lease_ms);
        let mut tx = office.store.begin().await.unwrap();
        let other = outbox::claim(
            &mut tx,
            "other",
            &["outside", "app"],
            office.now(),
            500_000,
            1,
        )
        .await;
        taken = other.unwrap().len();
        tx.commit().await.unwrap();
    }
    outside.go.add_permits(9);
    worker.stop().await;
    let message = office.message(&id).await;
    assert_eq!((message.done_at, message.attempts), (None, 2));
    let mut reader = office.store.reader().await.unwrap();
    let counts = outbox::counts(&mut reader, office.now()).await.unwrap();
    assert_eq!((counts.claimed, counts.waiting), (1, 0), "nothing follows");
}

async fn a_worker_that_stops_ends_what_it_began(store: Arc<Store>) {
    let office = Office::new(store).await;
    let outside = Outside::slow();
    let mut ids = Vec::new();
    for key in 0..9 {
        ids.push(office.put("outside", "x", &key.to_string(), "{}").await);
    }
    let worker = office.work(outside.channels(), QUICK);
    outside.until_begun(QUICK.at_once).await;
    let go = outside.go.clone();
    let stops = tokio::spawn(worker.stop());
    tokio::time::sleep(Duration::from_millis(20)).await;
    go.add_permits(99);
    stops.await.unwrap();
    let mut reader = office.store.reader().await.unwrap();
    let counts = outbox::counts(&mut reader, office.now()).await.unwrap();
    assert_eq!((counts.done, counts.waiting, counts.claimed), (4, 5, 0));
    assert_eq!(outside.begun().len(), 4, "it takes nothing more");
}

async fn a_worker_that_stops_gives_back_what_takes_too_long(store: Arc<Store>) {
    let office = Office::new(store).await;
    let outside = Outside::slow();
    let id = office.put("outside", "x", "k", "{}").await;
    let impatient = Settings {
        last_moments_ms: 5,
        ..QUICK
    };
    let worker = office.work(outside.channels(), impatient);
    outside.until_begun(1).await;
    worker.stop().await;
    let mut tx = office.store.begin().await.unwrap();
    let next = outbox::claim(&mut tx, "next", &["outside", "app"], office.now(), 10, 9)
        .await
        .unwrap();
    assert_eq!((&next[0].message.id, next[0].message.attempts), (&id, 1));
}

async fn a_job_is_found_by_its_kind(store: Arc<Store>) {
    #[derive(Clone, Default)]
    struct Sync(Arc<Mutex<Vec<String>>>);
    impl Job for Sync {
        fn kind(&self) -> &'static str {
            "sync"
        }
        fn run<'a>(
            &'a self,
            _: &'a Store,
            message: &'a Message,
            _: Instant,
        ) -> Doing<'a, Result<(), Failure>> {
            self.0.lock().unwrap().push(message.payload.clone());
            Box::pin(async { Ok(()) })
        }
    }
    let office = Office::new(store).await;
    let sync = Sync::default();
    let known = office.put(JOBS, "sync", "k1", r#"{"account": "a"}"#).await;
    let unknown = office.put(JOBS, "dance", "k2", "{}").await;
    let jobs = Jobs::new().with(sync.clone());
    let worker = office.work(Channels::new().with(jobs), QUICK);
    office
        .until(&known, |message| message.done_at.is_some())
        .await;
    let waits = office
        .until(&unknown, |message| !message.error.is_empty())
        .await;
    worker.stop().await;
    assert!(waits.error.contains("dance"), "{}", waits.error);
    assert_eq!(*sync.0.lock().unwrap(), [r#"{"account": "a"}"#]);
}

async fn what_was_done_long_ago_goes_and_frees_its_key(store: Arc<Store>) {
    let office = Office::new(store).await;
    let worker = office.work(Channels::new().with(Inbox), QUICK);
    let id = office.put("app", "x", "k", "{}").await;
    office.until(&id, |message| message.done_at.is_some()).await;
    worker.stop().await;
    office.pass(QUICK.keep_ms);
    let worker = office.work(Channels::new().with(Inbox), QUICK);
    let other = office.put("app", "x", "other", "{}").await;
    office
        .until(&other, |message| message.done_at.is_some())
        .await;
    worker.stop().await;
    assert_eq!(
        office.message(&id).await.key,
        "k",
        "not a millisecond early"
    );
    office.pass(1);
    let worker = office.work(Channels::new().with(Inbox), QUICK);
    let third = office.put("app", "x", "third", "{}").await;
    office
        .until(&third, |message| message.done_at.is_some())
        .await;
    worker.stop().await;
    office.put("app", "x", "k", "{}").await;
    let mut reader = office.store.reader().await.unwrap();
    let gone = outbox::find(&mut reader, &office.company, &id)
        .await
        .unwrap();
    assert_eq!(gone, None);
    drop(reader);
    assert_eq!(office.notices().await.len(), 3, "notices stay");
}
