use std::sync::Arc;

use store::imports::{self, Asked, State};
use store::{Store, on_both, testing};

on_both!(
    an_import_is_asked_for_seen_to_and_answered,
    what_nobody_comes_back_for_is_forgotten,
);

async fn put(store: &Store, company: &str, request: &str) -> String {
    let mut tx = store.begin().await.unwrap();
    let id = imports::put(&mut tx, company, 1, request).await.unwrap();
    tx.commit().await.unwrap();
    id
}

async fn an_import_is_asked_for_seen_to_and_answered(store: Arc<Store>) {
    let one = testing::company(&store, "one").await;
    let other = testing::company(&store, "other").await;
    let first = put(&store, &one, "a").await;
    let second = put(&store, &other, "b").await;
    let mut tx = store.begin().await.unwrap();
    let asked = imports::next(&mut tx).await.unwrap().unwrap();
    let expected = Asked {
        company: one.clone(),
        id: first.clone(),
        request: "a".to_owned(),
        begun: 0,
    };
    assert_eq!(asked, expected);
    imports::begin(&mut tx, &asked).await.unwrap();
    imports::beat(&mut tx, &asked, (5, 9)).await.unwrap();
    // Begun and not ended, it comes first again.
    let again = imports::next(&mut tx).await.unwrap().unwrap();
    assert_eq!((&again.id, again.begun), (&first, 1));

    imports::end(&mut tx, &asked, 7, "done").await.unwrap();
    let state = |beats, done, whole, answer: Option<&str>| State {
        beats,
        done,
        whole,
        answer: answer.map(str::to_owned),
    };
    let read = imports::state(&mut tx, &one, &first).await.unwrap();
    assert_eq!(read, Some(state(1, 5, 9, Some("done"))));
    // Whoever waits behind it sees that somebody is at work.
    let read = imports::state(&mut tx, &other, &second).await.unwrap();
    assert_eq!(read, Some(state(1, 0, 0, None)));
    assert_eq!(imports::state(&mut tx, &one, &second).await.unwrap(), None);
    let next = imports::next(&mut tx).await.unwrap().unwrap();
    assert_eq!(next.id, second);

    let list = imports::list(&mut tx, &one).await.unwrap();
    let listed = |one: &imports::Listed| (one.id.clone(), one.put_at, one.ended_at);
    let expected = vec![(first.clone(), 1, Some(7))];
    assert_eq!(list.iter().map(listed).collect::<Vec<_>>(), expected);

    imports::remove(&mut tx, &other, &second).await.unwrap();
    assert_eq!(imports::next(&mut tx).await.unwrap(), None);
    tx.commit().await.unwrap();
}

async fn what_nobody_comes_back_for_is_forgotten(store: Arc<Store>) {
    let company = testing::company(&store, "one").await;
    let id = put(&store, &company, "a").await;
    let mut tx = store.begin().await.unwrap();
    // What has not ended is kept, however long ago it was asked for.
    assert_eq!(imports::forget(&mut tx, 100).await.unwrap(), 0);
    let asked = imports::next(&mut tx).await.unwrap().unwrap();
    imports::end(&mut tx, &asked, 7, "x").await.unwrap();
    assert_eq!(imports::forget(&mut tx, 7).await.unwrap(), 0);
    assert_eq!(imports::forget(&mut tx, 8).await.unwrap(), 1);
    assert_eq!(imports::state(&mut tx, &company, &id).await.unwrap(), None);
    tx.commit().await.unwrap();
}
