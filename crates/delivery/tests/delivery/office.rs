//! A company with somebody to tell, and a clock that tests move.

use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};
use std::time::Duration;

use delivery::{Channels, Clock, Dispatcher, Settings};
use store::admissions::{self, Admission};
use store::notices::{self, Notice};
use store::outbox::{self, Message, NewMessage};
use store::persons::{self, Person};
use store::{Store, testing};
use tokio::sync::oneshot;
use tokio::task::JoinHandle;

/// Somebody in every company here.
pub const ANNA: &str = "p-anna";

/// Settings for those who do not wait.
pub const QUICK: Settings = Settings {
    lease_ms: 60_000,
    poll_ms: 5,
    at_once: 4,
    attempts: 3,
    first_wait_ms: 60_000,
    longest_wait_ms: 3_600_000,
    keep_ms: 1_000_000,
    last_moments_ms: 10_000,
};

pub struct Office {
    pub store: Arc<Store>,
    pub company: String,
    now: Arc<AtomicI64>,
}

/// A dispatcher at work.
pub struct Worker {
    stop: oneshot::Sender<()>,
    task: JoinHandle<()>,
}

impl Worker {
    pub async fn stop(self) {
        self.stop.send(()).unwrap();
        self.task.await.unwrap();
    }
}

impl Office {
    pub async fn new(store: Arc<Store>) -> Office {
        let company = company(&store).await;
        Office {
            store,
            company,
            now: Arc::new(AtomicI64::new(1_000)),
        }
    }

    pub fn now(&self) -> i64 {
        self.now.load(Ordering::SeqCst)
    }

    pub fn pass(&self, ms: i64) {
        self.now.fetch_add(ms, Ordering::SeqCst);
    }

    pub fn clock(&self) -> Clock {
        let now = self.now.clone();
        Arc::new(move || now.load(Ordering::SeqCst))
    }

    pub fn work(&self, channels: Channels, settings: Settings) -> Worker {
        let store = self.store.clone();
        let dispatcher = Dispatcher::new(store, channels, settings, "w", self.clock());
        let (stop, stopped) = oneshot::channel::<()>();
        let task = tokio::spawn(dispatcher.run(async {
            let _ = stopped.await;
        }));
        Worker { stop, task }
    }

    pub async fn put(&self, channel: &str, kind: &str, key: &str, payload: &str) -> String {
        let mut tx = self.store.begin().await.unwrap();
        let message = NewMessage {
            key,
            channel,
            recipient: ANNA,
            kind,
            payload,
            due_at: self.now(),
        };
        let put = outbox::put(&mut tx, &self.company, self.now(), message).await;
        tx.commit().await.unwrap();
        put.unwrap().unwrap()
    }

    pub async fn message(&self, id: &str) -> Message {
        let mut reader = self.store.reader().await.unwrap();
        let found = outbox::find(&mut reader, &self.company, id).await;
        found.unwrap().unwrap()
    }

    /// The message once it is as wished.
    pub async fn until(&self, id: &str, wish: impl Fn(&Message) -> bool) -> Message {
        for _ in 0..2_000 {
            let message = self.message(id).await;
            if wish(&message) {
                return message;
            }
            tokio::time::sleep(Duration::from_millis(5)).await;
        }
        panic!("not in ten seconds: {:?}", self.message(id).await);
    }

    pub async fn notices(&self) -> Vec<Notice> {
        let mut reader = self.store.reader().await.unwrap();
        let page = notices::page(&mut reader, &self.company, ANNA, false, None, 99).await;
        page.unwrap()
    }
}

/// A company to which Anna is admitted.
pub async fn company(store: &Store) -> String {
    let company = testing::company(store, "one").await;
    let anna = Person {
        id: ANNA.to_owned(),
        login: ANNA.to_owned(),
        name: "Анна".to_owned(),
        password: None,
        language: "ru".to_owned(),
        created_at: 0,
    };
    let admission = Admission {
        company: company.clone(),
        person: ANNA.to_owned(),
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
