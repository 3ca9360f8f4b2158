use std::collections::HashMap;
use std::sync::Arc;

use store::outbox::{self, Claim, Counts, NewMessage};
use store::{Store, notices, on_both, testing};

on_both!(
    a_message_is_put_once,
    each_message_goes_to_one_worker,
    what_a_lost_worker_held_comes_back,
    a_message_is_tried_again_given_up_and_revived,
    what_is_held_is_renewed_or_given_back,
    what_failed_may_be_dropped_and_what_is_done_goes_later,
    a_notice_stands_once_and_is_read,
    what_was_begun_without_an_outcome_is_never_given_back,
    a_worker_takes_only_what_it_has_a_channel_for,
);

fn message(key: &str, due_at: i64) -> NewMessage<'_> {
    NewMessage {
        key,
        channel: "app",
        recipient: "p1",
        kind: "finding.raised",
        payload: "{}",
        due_at,
    }
}

async fn put(store: &Store, company: &str, key: &str, due_at: i64) -> Option<String> {
    let mut tx = store.begin().await.unwrap();
    let put = outbox::put(&mut tx, company, 0, message(key, due_at)).await;
    tx.commit().await.unwrap();
    put.unwrap()
}

async fn claim(store: &Store, worker: &str, now: i64, limit: i64) -> Vec<Claim> {
    let mut tx = store.begin().await.unwrap();
    let claims = outbox::claim(&mut tx, worker, &["app"], now, 100, limit).await;
    tx.commit().await.unwrap();
    claims.unwrap()
}

async fn counts(store: &Store, now: i64) -> [i64; 4] {
    let mut reader = store.reader().await.unwrap();
    let counts = outbox::counts(&mut reader, now).await.unwrap();
    let Counts {
        waiting,
        claimed,
        done,
        failed,
    } = counts;
    [waiting, claimed, done, failed]
}

async fn a_message_is_put_once(store: Arc<Store>) {
    let company = testing::company(&store, "one").await;
    let other = testing::company(&store, "other").await;
    let id = put(&store, &company, "k", 5).await.unwrap();
    assert_eq!(put(&store, &company, "k", 6).await, None);
    assert!(put(&store, &other, "k", 7).await.is_some());
    let mut tx = store.begin().await.unwrap();
    outbox::put(&mut tx, &company, 0, message("undone", 5))
        .await
        .unwrap();
    drop(tx);
    let mut reader = store.reader().await.unwrap();
    let found = outbox::find(&mut reader, &company, &id).await.unwrap();
    let found = found.unwrap();
    assert_eq!(
        (found.due_at, found.attempts, &*found.recipient),
        (5, 0, "p1")
    );
    assert_eq!(outbox::find(&mut reader, &other, &id).await.unwrap(), None);
    assert_eq!(
        outbox::next_due(&mut reader, &["app"]).await.unwrap(),
        Some(5)
    );
    drop(reader);
    assert_eq!(counts(&store, 0).await, [2, 0, 0, 0]);
}

async fn each_message_goes_to_one_worker(store: Arc<Store>) {
    let companies = [
        testing::company(&store, "one").await,
        testing::company(&store, "other").await,
    ];
    for number in 0..60 {
        put(&store, &companies[number % 2], &format!("k{number}"), 1).await;
    }
    let workers = (0..6).map(|worker| {
        let store = store.clone();
        tokio::spawn(async move {
            let mut mine = Vec::new();
            loop {
                let some = claim(&store, &format!("w{worker}"), 1, 3).await;
                assert!(some.len() <= 3);
                if some.is_empty() {
                    return mine;
                }
                mine.extend(some);
            }
        })
    });
    let mut seen: HashMap<String, usize> = HashMap::new();
    for worker in workers.collect::<Vec<_>>() {
        for claim in worker.await.unwrap() {
            *seen.entry(claim.message.id).or_default() += 1;
        }
    }
    assert_eq!(seen.len(), 60);
    assert!(seen.values().all(|times| *times == 1));
    assert_eq!(counts(&store, 1).await, [0, 60, 0, 0]);
}

async fn what_a_lost_worker_held_comes_back(store: Arc<Store>) {
    let company = testing::company(&store, "one").await;
    put(&store, &company, "later", 3).await;
    put(&store, &company, "soon", 2).await;
    assert_eq!(claim(&store, "a", 1, 9).await, []);
    let lost = claim(&store, "a", 10, 9).await;
    let keys: Vec<&str> = lost.iter().map(|claim| &*claim.message.key).collect();
    assert_eq!(keys, ["soon", "later"]);
    assert_eq!(claim(&store, "b", 109, 9).await, []);
    let mut tx = store.begin().await.unwrap();
    assert_eq!(
        outbox::next_due(&mut tx, &["app"]).await.unwrap(),
        Some(110)
    );
    drop(tx);
    // The same worker, started again, is another one.
    let again = claim(&store, "a", 110, 9).await;
    assert_eq!(again.len(), 2);
    assert_eq!(again[0].message.attempts, 2);
    let mut tx = store.begin().await.unwrap();
    assert!(!outbox::done(&mut tx, &lost[0], 111).await.unwrap());
    assert!(!outbox::retry(&mut tx, &lost[0], 111, "").await.unwrap());
    assert!(!outbox::fail(&mut tx, &lost[0], 111, "").await.unwrap());
    assert!(outbox::done(&mut tx, &again[0], 111).await.unwrap());
    assert!(!outbox::done(&mut tx, &again[0], 111).await.unwrap());
    tx.commit().await.unwrap();
    assert_eq!(counts(&store, 111).await, [0, 1, 1, 0]);
}

async fn a_message_is_tried_again_given_up_and_revived(store: Arc<Store>) {
    let company = testing::company(&store, "one").await;
    let id = put(&store, &company, "k", 0).await.unwrap();
    let first = claim(&store, "a", 0, 1).await.remove(0);
    let long = "ошибка ".repeat(200);
    let mut tx = store.begin().await.unwrap();
    let due = 50;
    assert!(outbox::retry(&mut tx, &first, due, &long).await.unwrap());
    tx.commit().await.unwrap();
    assert_eq!(claim(&store, "a", due - 1, 1).await, []);
    let second = claim(&store, "b", due, 1).await.remove(0);
    assert_eq!(second.message.error.chars().count(), 500);
    let mut tx = store.begin().await.unwrap();
    assert!(
        outbox::fail(&mut tx, &second, due, "no such chat")
            .await
            .unwrap()
    );
    let failed = outbox::failed(&mut tx, &company, None, 9).await.unwrap();
    assert_eq!(failed.len(), 1);
    let after = Some((due, &*id));
    let behind = outbox::failed(&mut tx, &company, after, 9).await;
    assert_eq!(behind.unwrap(), []);
    assert_eq!((failed[0].attempts, &*failed[0].error), (2, "no such chat"));
    assert_eq!(outbox::failed(&mut tx, "other", None, 9).await.unwrap(), []);
    tx.commit().await.unwrap();
    assert_eq!(counts(&store, due).await, [0, 0, 0, 1]);
    assert_eq!(claim(&store, "b", i64::MAX, 1).await, []);
    let mut tx = store.begin().await.unwrap();
    assert!(outbox::revive(&mut tx, &company, &id, due).await.unwrap());
    assert!(!outbox::revive(&mut tx, &company, &id, due).await.unwrap());
    tx.commit().await.unwrap();
    assert_eq!(claim(&store, "b", due, 1).await.len(), 1);
}

async fn what_is_held_is_renewed_or_given_back(store: Arc<Store>) {
    let company = testing::company(&store, "one").await;
    put(&store, &company, "k", 0).await;
    let held = claim(&store, "a", 0, 1).await.remove(0);
    let mut tx = store.begin().await.unwrap();
    assert!(outbox::renew(&mut tx, &held, 150).await.unwrap());
    tx.commit().await.unwrap();
    assert_eq!(claim(&store, "b", 149, 1).await, []);
    let mut tx = store.begin().await.unwrap();
    assert!(outbox::give_back(&mut tx, &held).await.unwrap());
    assert!(!outbox::give_back(&mut tx, &held).await.unwrap());
    assert!(!outbox::renew(&mut tx, &held, 999).await.unwrap());
    tx.commit().await.unwrap();
    let next = claim(&store, "b", 149, 1).await.remove(0);
    assert_eq!(next.message.attempts, 1, "nobody had tried it");
}

async fn what_failed_may_be_dropped_and_what_is_done_goes_later(store: Arc<Store>) {
    let company = testing::company(&store, "one").await;
    let id = put(&store, &company, "k", 0).await.unwrap();
    let held = claim(&store, "a", 0, 1).await.remove(0);
    let mut tx = store.begin().await.unwrap();
    assert!(
        !outbox::drop_failed(&mut tx, &company, &id, 5)
            .await
            .unwrap()
    );
    assert!(outbox::fail(&mut tx, &held, 5, "no").await.unwrap());
    assert!(!outbox::drop_failed(&mut tx, "other", &id, 6).await.unwrap());
    assert!(
        outbox::drop_failed(&mut tx, &company, &id, 6)
            .await
            .unwrap()
    );
    assert!(!outbox::revive(&mut tx, &company, &id, 7).await.unwrap());
    tx.commit().await.unwrap();
    assert_eq!(
        put(&store, &company, "k", 8).await,
        None,
        "its key is taken"
    );
    for number in 0..4 {
        put(&store, &company, &format!("k{number}"), 10).await;
    }
    let claims = claim(&store, "a", 10, 3).await;
    let mut tx = store.begin().await.unwrap();
    for (at, claim) in (20..).zip(&claims) {
        assert!(outbox::done(&mut tx, claim, at).await.unwrap());
    }
    assert_eq!(outbox::purge(&mut tx, 21, 1).await.unwrap(), 1);
    assert_eq!(outbox::purge(&mut tx, 21, 9).await.unwrap(), 1);
    assert_eq!(outbox::purge(&mut tx, 21, 9).await.unwrap(), 0);
    tx.commit().await.unwrap();
    assert_eq!(counts(&store, 999).await, [1, 0, 2, 0]);
    assert!(put(&store, &company, "k", 30).await.is_some());
}

async fn a_notice_stands_once_and_is_read(store: Arc<Store>) {
    let company = testing::company(&store, "one").await;
    let other = testing::company(&store, "other").await;
    let mut tx = store.begin().await.unwrap();
    let mut ids = Vec::new();
    for (outbox, person, at) in [("o1", "p1", 1), ("o2", "p1", 2), ("o3", "p2", 3)] {
        let notice = notices::NewNotice {
            person,
            kind: "finding.raised",
            payload: "{}",
            outbox,
        };
        let id = notices::add(&mut tx, &company, at, notice).await.unwrap();
        ids.push(id.unwrap());
        let again = notices::add(&mut tx, &company, at, notice).await.unwrap();
        assert_eq!(again, None);
    }
    let page = notices::page(&mut tx, &company, "p1", false, None, 1).await;
    let page = page.unwrap();
    assert_eq!((&page[0].id, page[0].read_at), (&ids[1], None));
    let after = Some((page[0].made_at, &*page[0].id));
    let page = notices::page(&mut tx, &company, "p1", false, after, 9).await;
    assert_eq!(page.unwrap().len(), 1);
    // Nobody reads another's notice, nor one of another company.
    for (company, person) in [(&company, "p2"), (&other, "p1")] {
        let touched = notices::mark_read(&mut tx, company, person, Some(&ids[1]), 9).await;
        assert_eq!(touched.unwrap(), 0);
        let is = notices::is_of(&mut tx, company, person, &ids[1]).await;
        assert!(!is.unwrap());
    }
    assert!(
        notices::is_of(&mut tx, &company, "p1", &ids[1])
            .await
            .unwrap()
    );
    let touched = notices::mark_read(&mut tx, &company, "p1", Some(&ids[1]), 9).await;
    assert_eq!(touched.unwrap(), 1);
    assert_eq!(notices::unread(&mut tx, &company, "p1").await.unwrap(), 1);
    let page = notices::page(&mut tx, &company, "p1", true, None, 9).await;
    assert_eq!(page.unwrap()[0].id, ids[0]);
    let touched = notices::mark_read(&mut tx, &company, "p1", None, 10).await;
    assert_eq!(touched.unwrap(), 1);
    let page = notices::page(&mut tx, &company, "p1", false, None, 9).await;
    let read: Vec<_> = page.unwrap().iter().map(|notice| notice.read_at).collect();
    assert_eq!(read, [Some(9), Some(10)], "the first reading counts");
    assert_eq!(notices::unread(&mut tx, &company, "p2").await.unwrap(), 1);
}

async fn find(store: &Store, company: &str, id: &str) -> outbox::Message {
    let mut reader = store.reader().await.unwrap();
    let found = outbox::find(&mut reader, company, id).await.unwrap();
    found.unwrap()
}

async fn what_was_begun_without_an_outcome_is_never_given_back(store: Arc<Store>) {
    let company = testing::company(&store, "one").await;
    let id = put(&store, &company, "k", 0).await.unwrap();
    let lost = claim(&store, "lost", 1, 9).await.remove(0);
    let mut tx = store.begin().await.unwrap();
    // A step that went out is behind it, the next one is not.
    assert!(outbox::begin(&mut tx, &lost, 2).await.unwrap());
    assert!(outbox::reached(&mut tx, &lost, 1).await.unwrap());
    assert!(
        !outbox::unknown(&mut tx, &lost, 2, "not begun")
            .await
            .unwrap()
    );
    assert!(outbox::begin(&mut tx, &lost, 3).await.unwrap());
    assert!(!outbox::give_back(&mut tx, &lost).await.unwrap());
    tx.commit().await.unwrap();

    let next = claim(&store, "next", 500, 9).await.remove(0);
    let begun = next.message.begun.clone().unwrap();
    assert_eq!((begun.at, &*begun.by, next.message.step), (3, "lost", 1));
    let mut tx = store.begin().await.unwrap();
    assert!(
        !outbox::begin(&mut tx, &lost, 501).await.unwrap(),
        "it lost it"
    );
    assert!(
        outbox::unknown(&mut tx, &next, 502, "who knows")
            .await
            .unwrap()
    );
    tx.commit().await.unwrap();
    let message = find(&store, &company, &id).await;
    assert!(message.is_unknown());
    assert_eq!(
        (message.failed_at, &*message.error),
        (Some(502), "who knows")
    );
    assert_eq!(claim(&store, "next", i64::MAX - 100, 9).await, []);

    // People send it again: from where it broke off.
    let mut tx = store.begin().await.unwrap();
    assert!(outbox::revive(&mut tx, &company, &id, 600).await.unwrap());
    tx.commit().await.unwrap();
    let again = claim(&store, "next", 601, 9).await.remove(0).message;
    assert_eq!((again.begun, again.step, again.attempts), (None, 1, 1));
}

async fn a_worker_takes_only_what_it_has_a_channel_for(store: Arc<Store>) {
    let company = testing::company(&store, "one").await;
    put(&store, &company, "k", 5).await.unwrap();
    let mut tx = store.begin().await.unwrap();
    let others = ["email", "telegram"];
    let claims = outbox::claim(&mut tx, "w", &others, 10, 100, 9).await;
    assert_eq!(claims.unwrap(), []);
    assert_eq!(outbox::next_due(&mut tx, &others).await.unwrap(), None);
    assert_eq!(
        outbox::next_due(&mut tx, &["email", "app"]).await.unwrap(),
        Some(5)
    );
    let waits = outbox::unclaimed(&mut tx, &company, 10).await.unwrap();
    assert_eq!(waits.len(), 1);
    assert_eq!(
        (&*waits[0].channel, waits[0].number, waits[0].since),
        ("app", 1, 5)
    );
    assert_eq!(outbox::unclaimed(&mut tx, &company, 5).await.unwrap(), []);
}
