//! Loading many events keeps nobody waiting and holds few in memory.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicI64, Ordering};

use history::{Kind, Record};
use store::events::{self, Keys, Loaded};
use store::{Store, StoreError, companies, on_both, settings, testing};

on_both!(
    a_small_write_comes_in_between,
    a_load_broken_off_goes_on_where_it_was,
);

const EVENTS: i64 = 8_000;

fn record(at: i64) -> Record<'static> {
    Record {
        deal: "d",
        at,
        kind: Some(Kind::NoteAdded),
        text: "заметка",
        ..Record::default()
    }
}

async fn a_small_write_comes_in_between(store: Arc<Store>) {
    let company = testing::company(&store, "one").await;
    let pulled = Arc::new(AtomicI64::new(0));
    let ended = Arc::new(AtomicBool::new(false));
    let load = tokio::spawn({
        let (store, company) = (store.clone(), company.clone());
        let (pulled, ended) = (pulled.clone(), ended.clone());
        async move {
            let mut keys = Keys::new();
            let events = (0..EVENTS).map(|at| {
                pulled.fetch_add(1, Ordering::SeqCst);
                let event = keys.event(record(at));
                event.map_err(|reason| Failed(reason.to_string()))
            });
            let loaded = events::load(&store, &company, 0, events);
            let loaded = loaded.await;
            ended.store(true, Ordering::SeqCst);
            loaded.unwrap()
        }
    });
    let mut between = 0;
    while !ended.load(Ordering::SeqCst) {
        let before = pulled.load(Ordering::SeqCst);
        let mut tx = store.begin().await.unwrap();
        let value = between.to_string();
        settings::set(&mut tx, &company, "n", &value).await.unwrap();
        let written = companies::sequence(&mut tx, &company).await.unwrap();
        tx.commit().await.unwrap();
        assert!(
            before - written <= 1_000,
            "{before} read, {written} written"
        );
        if (1..EVENTS).contains(&written) {
            between += 1;
        }
    }
    let loaded = load.await.unwrap();
    assert_eq!((loaded.added, loaded.known), (EVENTS as u64, 0));
    // About one for each transaction of the load, where the processor is ours.
    assert!(between >= 4, "{between} writes came in between");
}

#[derive(Debug)]
struct Failed(String);

impl From<StoreError> for Failed {
    fn from(error: StoreError) -> Failed {
        Failed(error.to_string())
    }
}

async fn a_load_broken_off_goes_on_where_it_was(store: Arc<Store>) {
    let company = testing::company(&store, "one").await;
    let load = async |until: i64| {
        let mut keys = Keys::new();
        let events = (0..2_000).map(|number| {
            if number == until {
                return Err(Failed("line 1234 cannot be read".to_owned()));
            }
            // Every row stands twice.
            let event = keys.event(record(number / 2));
            event.map_err(|reason| Failed(reason.to_string()))
        });
        events::load(&store, &company, 0, events).await
    };
    let error = load(1_234).await.unwrap_err();
    assert_eq!(error.0, "line 1234 cannot be read");
    let mut reader = store.reader().await.unwrap();
    let first = companies::sequence(&mut reader, &company).await.unwrap();
    assert!((1..=1_234).contains(&first), "{first}");
    let loaded = load(-1).await.unwrap();
    let expected = Loaded {
        added: 2_000 - first as u64,
        known: first as u64,
    };
    assert_eq!(loaded, expected);
    let loaded = load(-1).await.unwrap();
    assert_eq!((loaded.added, loaded.known), (0, 2_000));
}
