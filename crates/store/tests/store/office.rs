//! Settings, the journal, and requests that were answered already.

use std::sync::Arc;

use store::idempotency::{self, Seen};
use store::journal::{self, Filter, NewLine};
use store::{Store, on_both, settings, testing};

on_both!(
    a_setting_is_set_changed_and_removed,
    the_journal_is_paged_and_narrowed,
    a_request_is_answered_once,
    requests_at_once_do_the_work_once,
);

async fn a_setting_is_set_changed_and_removed(store: Arc<Store>) {
    let company = testing::company(&store, "one").await;
    let other = testing::company(&store, "other").await;
    let mut tx = store.begin().await.unwrap();
    for value in ["1", "{\"a\":2}"] {
        settings::set(&mut tx, &company, "a", value).await.unwrap();
    }
    settings::set(&mut tx, &company, "b", "null").await.unwrap();
    let found = settings::get(&mut tx, &company, "a").await.unwrap();
    assert_eq!(found.as_deref(), Some("{\"a\":2}"));
    assert_eq!(settings::get(&mut tx, &other, "a").await.unwrap(), None);
    assert_eq!(settings::all(&mut tx, &company).await.unwrap().len(), 2);
    assert!(settings::remove(&mut tx, &company, "a").await.unwrap());
    assert!(!settings::remove(&mut tx, &company, "a").await.unwrap());
    assert_eq!(settings::all(&mut tx, &company).await.unwrap().len(), 1);
}

async fn the_journal_is_paged_and_narrowed(store: Arc<Store>) {
    let company = testing::company(&store, "one").await;
    let other = testing::company(&store, "other").await;
    let mut tx = store.begin().await.unwrap();
    let mut ids = Vec::new();
    for number in 0..5 {
        let line = NewLine {
            at: number / 2,
            actor: "p1",
            action: "finding.dispute",
            object: if number % 2 == 0 {
                "finding:1"
            } else {
                "finding:2"
            },
            details: "{}",
        };
        ids.push(journal::add(&mut tx, &company, line).await.unwrap());
        journal::add(&mut tx, &other, line).await.unwrap();
    }
    let mut shown: Vec<journal::Line> = Vec::new();
    loop {
        let after = shown.last().map(|line| (line.at, &*line.id));
        let page = journal::page(&mut tx, &company, Filter::default(), after, 2).await;
        let page = page.unwrap();
        if page.is_empty() {
            break;
        }
        shown.extend(page);
    }
    ids.reverse();
    let shown: Vec<_> = shown.into_iter().map(|line| line.id).collect();
    assert_eq!(shown, ids);
    let narrowed = [
        (
            Filter {
                object: Some("finding:2"),
                ..Filter::default()
            },
            2,
        ),
        (
            Filter {
                actor: Some("p1"),
                ..Filter::default()
            },
            5,
        ),
        (
            Filter {
                actor: Some(""),
                ..Filter::default()
            },
            0,
        ),
        (
            Filter {
                action: Some("finding.dispute"),
                ..Filter::default()
            },
            5,
        ),
        (
            Filter {
                action: Some("finding.cure"),
                ..Filter::default()
            },
            0,
        ),
        (
            Filter {
                from: Some(1),
                to: Some(2),
                ..Filter::default()
            },
            2,
        ),
    ];
    for (filter, count) in narrowed {
        let page = journal::page(&mut tx, &company, filter, None, 9).await;
        assert_eq!(page.unwrap().len(), count, "{filter:?}");
    }
}

async fn a_request_is_answered_once(store: Arc<Store>) {
    let company = testing::company(&store, "one").await;
    let other = testing::company(&store, "other").await;
    let take = async |company: &str, hash: &str| {
        let mut tx = store.begin().await.unwrap();
        let seen = idempotency::take(&mut tx, company, 5, "k", hash).await;
        let seen = seen.unwrap();
        if seen == Seen::New {
            idempotency::answer(&mut tx, company, "k", "done")
                .await
                .unwrap();
        }
        tx.commit().await.unwrap();
        seen
    };
    assert_eq!(take(&company, "h").await, Seen::New);
    assert_eq!(take(&company, "h").await, Seen::Answered("done".to_owned()));
    assert_eq!(take(&company, "other").await, Seen::Different);
    assert_eq!(take(&other, "other").await, Seen::New);
    assert_eq!(idempotency::forget(&store, 5).await.unwrap(), 0);
    assert_eq!(idempotency::forget(&store, 6).await.unwrap(), 2);
    assert_eq!(take(&company, "other").await, Seen::New);
}

async fn requests_at_once_do_the_work_once(store: Arc<Store>) {
    let company = testing::company(&store, "one").await;
    let requests = (0..8).map(|number| {
        let (store, company) = (store.clone(), company.clone());
        tokio::spawn(async move {
            let mut tx = store.begin().await.unwrap();
            let seen = idempotency::take(&mut tx, &company, 5, "k", "h").await;
            let seen = seen.unwrap();
            if seen == Seen::New {
                tokio::task::yield_now().await;
                let answer = format!("{number}");
                idempotency::answer(&mut tx, &company, "k", &answer)
                    .await
                    .unwrap();
                tx.commit().await.unwrap();
            }
            seen
        })
    });
    let mut new = 0;
    for request in requests.collect::<Vec<_>>() {
        match request.await.unwrap() {
            Seen::New => new += 1,
            Seen::Answered(answer) => assert!(!answer.is_empty()),
            Seen::Different => panic!("the same request"),
        }
    }
    assert_eq!(new, 1);
}
