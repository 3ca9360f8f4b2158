use std::sync::Arc;

use store::{Store, StoreError, companies, on_both, testing};

on_both!(
    numbers_of_a_company_have_no_holes,
    a_company_is_added_once_and_changed,
    what_is_not_committed_is_not_there,
    a_snapshot_sees_no_later_write,
);

async fn numbers_of_a_company_have_no_holes(store: Arc<Store>) {
    let one = testing::company(&store, "one").await;
    let other = testing::company(&store, "other").await;
    let mut tasks = Vec::new();
    for number in 0..20 {
        let (store, one) = (store.clone(), one.clone());
        tasks.push(tokio::spawn(async move {
            let mut tx = store.begin().await.unwrap();
            let first = companies::next_sequence(&mut tx, &one, 3).await.unwrap();
            // One that is undone gives its numbers back.
            if number % 4 == 0 {
                tx.rollback().await.unwrap();
                None
            } else {
                tx.commit().await.unwrap();
                Some(first)
            }
        }));
    }
    let mut firsts = Vec::new();
    for task in tasks {
        firsts.extend(task.await.unwrap());
    }
    assert_eq!(firsts.len(), 15);
    firsts.sort_unstable();
    let expected: Vec<i64> = (0..firsts.len() as i64).map(|n| 3 * n + 1).collect();
    assert_eq!(firsts, expected);
    let mut reader = store.reader().await.unwrap();
    let last = 3 * firsts.len() as i64;
    assert_eq!(companies::sequence(&mut reader, &one).await.unwrap(), last);
    assert_eq!(companies::sequence(&mut reader, &other).await.unwrap(), 0);
}

async fn a_company_is_added_once_and_changed(store: Arc<Store>) {
    let id = testing::company(&store, "ООО «Ромашка»\0").await;
    let mut tx = store.begin().await.unwrap();
    let found = companies::find(&mut tx, &id).await.unwrap().unwrap();
    assert_eq!(found.name, "ООО «Ромашка»\u{fffd}");
    let error = companies::add(&mut tx, &found).await.unwrap_err();
    assert!(error.is_taken(), "{error}");
    companies::update(&mut tx, &id, "Ромашка", "Asia/Omsk", "KZT")
        .await
        .unwrap();
    let error = companies::update(&mut tx, "none", "", "", "")
        .await
        .unwrap_err();
    assert!(matches!(
        error,
        StoreError::Missing {
            what: "company",
            ..
        }
    ));
    let error = companies::sequence(&mut tx, "none").await.unwrap_err();
    assert_eq!(error.to_string(), "there is no company \"none\"");
    tx.commit().await.unwrap();
    let mut reader = store.reader().await.unwrap();
    let all = companies::list(&mut reader).await.unwrap();
    assert_eq!(all.len(), 1);
    assert_eq!(
        (&*all[0].name, &*all[0].timezone, &*all[0].currency),
        ("Ромашка", "Asia/Omsk", "KZT")
    );
}

async fn what_is_not_committed_is_not_there(store: Arc<Store>) {
    let id = testing::company(&store, "one").await;
    let mut tx = store.begin().await.unwrap();
    companies::update(&mut tx, &id, "other", "UTC", "EUR")
        .await
        .unwrap();
    drop(tx);
    let mut reader = store.reader().await.unwrap();
    let found = companies::find(&mut reader, &id).await.unwrap().unwrap();
    assert_eq!(found.name, "one");
    store.ping().await.unwrap();
}

async fn a_snapshot_sees_no_later_write(store: Arc<Store>) {
    testing::company(&store, "one").await;
    let mut view = store.view().await.unwrap();
    testing::company(&store, "two").await;
    assert_eq!(companies::list(&mut view).await.unwrap().len(), 1);
    drop(view);
    let mut view = store.view().await.unwrap();
    assert_eq!(companies::list(&mut view).await.unwrap().len(), 2);
    // It cannot write either, and neither can a reader of SQLite.
    assert!(companies::next_sequence(&mut view, "x", 1).await.is_err());
}
