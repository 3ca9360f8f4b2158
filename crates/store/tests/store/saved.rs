use std::sync::Arc;

use store::persons::{self, Person};
use store::saved::{self, Saved};
use store::{Store, on_both, testing};

on_both!(a_saved_list_is_its_owners);

fn saved(id: &str, name: &str, query: &str) -> Saved {
    Saved {
        id: id.to_owned(),
        name: name.to_owned(),
        page: "/findings".to_owned(),
        query: query.to_owned(),
    }
}

async fn a_saved_list_is_its_owners(store: Arc<Store>) {
    let company = testing::company(&store, "one").await;
    let mut tx = store.begin().await.unwrap();
    for id in ["me", "other"] {
        let person = Person {
            id: id.to_owned(),
            name: id.to_owned(),
            login: format!("{id}@one"),
            password: None,
            language: "ru".to_owned(),
            created_at: 0,
        };
        assert!(persons::add(&mut tx, &person).await.unwrap());
    }
    let mine = (company.as_str(), "me");
    saved::put(&mut tx, mine, 1, &saved("1", "Грубые", "severity=gross"))
        .await
        .unwrap();
    saved::put(&mut tx, mine, 1, &saved("2", "Апрель", "from=2026-04-01"))
        .await
        .unwrap();
    // The same name again: the list gives way, its id stays.
    saved::put(
        &mut tx,
        mine,
        2,
        &saved("3", "Грубые", "severity=gross&open=yes"),
    )
    .await
    .unwrap();
    let all = saved::all(&mut tx, &company, "me").await.unwrap();
    let expected = [
        saved("2", "Апрель", "from=2026-04-01"),
        saved("1", "Грубые", "severity=gross&open=yes"),
    ];
    assert_eq!(all, expected);
    assert!(
        saved::all(&mut tx, &company, "other")
            .await
            .unwrap()
            .is_empty()
    );
    assert!(
        !saved::remove(&mut tx, (&company, "other"), "1")
            .await
            .unwrap()
    );
    assert!(saved::remove(&mut tx, mine, "1").await.unwrap());
    assert!(!saved::remove(&mut tx, mine, "1").await.unwrap());
    tx.commit().await.unwrap();
}
