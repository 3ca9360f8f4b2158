use std::sync::Arc;

use store::regulations::{self, NewVersion};
use store::{Store, StoreError, companies, on_both, testing};

on_both!(
    versions_are_listed_by_date_and_old_texts_are_kept,
    a_withdrawn_version_is_out_of_force,
);

fn version(effective: &str, file: &str, text: &str) -> NewVersion {
    NewVersion {
        effective: effective.to_owned(),
        file: file.to_owned(),
        text: text.to_owned(),
        author: "p1".to_owned(),
    }
}

async fn versions_are_listed_by_date_and_old_texts_are_kept(store: Arc<Store>) {
    let company = testing::company(&store, "one").await;
    let other = testing::company(&store, "other").await;
    let mut tx = store.begin().await.unwrap();
    let march = version("2026-03-01", "march.toml", "limit = \"1h\"");
    let first = regulations::add(&mut tx, &company, 10, &march).await;
    assert_eq!(first.unwrap(), 1);
    companies::next_sequence(&mut tx, &company, 5)
        .await
        .unwrap();
    let base = version("", "base.toml", "first");
    regulations::add(&mut tx, &company, 20, &base)
        .await
        .unwrap();
    let again = regulations::add(&mut tx, &company, 30, &march).await;
    assert_eq!(again.unwrap(), 1, "the same text adds nothing");
    let changed = version("2026-03-01", "march.toml", "limit = \"2h\"");
    let third = regulations::add(&mut tx, &company, 40, &changed).await;
    assert_eq!(third.unwrap(), 3);
    let clash = version("2026-04-01", "march.toml", "other");
    let error = regulations::add(&mut tx, &company, 50, &clash).await;
    let error = error.unwrap_err();
    assert!(error.is_taken(), "{error}");
    regulations::add(&mut tx, &other, 60, &clash).await.unwrap();
    tx.commit().await.unwrap();

    let mut reader = store.reader().await.unwrap();
    let list = regulations::list(&mut reader, &company).await.unwrap();
    let shown: Vec<_> = list
        .iter()
        .map(|v| (v.number, &*v.effective, &*v.text, v.added_at, v.sequence))
        .collect();
    let expected = [
        (2, "", "first", 20, 5),
        (3, "2026-03-01", "limit = \"2h\"", 40, 5),
    ];
    assert_eq!(shown, expected);
    let all = regulations::all(&mut reader, &company).await.unwrap();
    assert_eq!(all.len(), 3);
    assert_eq!((&*all[0].text, all[0].sequence), ("limit = \"1h\"", 0));
    let list = regulations::list(&mut reader, &other).await.unwrap();
    assert_eq!(list.len(), 1);
}

async fn a_withdrawn_version_is_out_of_force(store: Arc<Store>) {
    let company = testing::company(&store, "one").await;
    let mut tx = store.begin().await.unwrap();
    let planned = version("2026-05-01", "may.toml", "planned");
    regulations::add(&mut tx, &company, 1, &planned)
        .await
        .unwrap();
    regulations::withdraw(&mut tx, &company, 2, "2026-05-01", "p2")
        .await
        .unwrap();
    assert!(
        regulations::list(&mut tx, &company)
            .await
            .unwrap()
            .is_empty()
    );
    let error = regulations::withdraw(&mut tx, &company, 3, "2026-05-01", "p2").await;
    assert!(matches!(error, Err(StoreError::Missing { .. })));
    // Its file name is free again, and it may come back.
    let later = version("2026-06-01", "may.toml", "planned");
    regulations::add(&mut tx, &company, 4, &later)
        .await
        .unwrap();
    regulations::withdraw(&mut tx, &company, 5, "2026-06-01", "p2")
        .await
        .unwrap();
    regulations::add(&mut tx, &company, 6, &planned)
        .await
        .unwrap();
    let list = regulations::list(&mut tx, &company).await.unwrap();
    assert_eq!(list.len(), 1);
    assert_eq!(
        (&*list[0].effective, &*list[0].text),
        ("2026-05-01", "planned")
    );
    assert_eq!(regulations::all(&mut tx, &company).await.unwrap().len(), 5);
}
