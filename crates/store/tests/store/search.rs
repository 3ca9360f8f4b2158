use std::sync::Arc;

use history::{Kind, Record};
use store::events::{self, Keys};
use store::{Store, on_both, testing};

on_both!(
    texts_are_found_by_the_beginnings_of_words,
    the_latest_come_first_page_by_page,
    another_company_is_another_world,
    hostile_texts_and_questions_are_texts,
);

async fn add(store: &Store, company: &str, texts: &[&str]) {
    let mut keys = Keys::new();
    let batch: Vec<_> = texts
        .iter()
        .enumerate()
        .map(|(at, text)| {
            let record = Record {
                deal: "d1",
                at: at as i64,
                kind: Some(Kind::NoteAdded),
                text,
                ..Record::default()
            };
            keys.event(record).unwrap()
        })
        .collect();
    let mut tx = store.begin().await.unwrap();
    events::add(&mut tx, company, 0, &batch).await.unwrap();
    tx.commit().await.unwrap();
}

/// The texts of the events with these words.
async fn found(store: &Store, company: &str, words: &[&str]) -> Vec<String> {
    let words: Vec<String> = words.iter().map(|word| (*word).to_owned()).collect();
    let mut reader = store.reader().await.unwrap();
    let (rows, more) = events::search(&mut reader, company, &words, None, 100)
        .await
        .unwrap();
    assert_eq!(more, None);
    let texts = rows
        .iter()
        .map(|row| row.event().unwrap().record.text.to_owned());
    texts.collect()
}

async fn texts_are_found_by_the_beginnings_of_words(store: Arc<Store>) {
    let company = testing::company(&store, "one").await;
    let texts = [
        "Клиент хочет двери со стеклом",
        "ЁЛКА и дверь: почта petrov@mail.ru, тел. +7 (900) 123-45-67",
        "Door with glass, https://example.com/catalogue?id=55",
        "",
    ];
    add(&store, &company, &texts).await;
    assert_eq!(
        found(&store, &company, &["двер"]).await,
        [texts[1], texts[0]]
    );
    assert_eq!(
        found(&store, &company, &["ДВЕРИ", "стекло"]).await,
        [texts[0]]
    );
    assert_eq!(found(&store, &company, &["елка"]).await, [texts[1]]);
    assert_eq!(found(&store, &company, &["ёлка"]).await, [texts[1]]);
    assert_eq!(found(&store, &company, &["mail"]).await, [texts[1]]);
    assert_eq!(
        found(&store, &company, &["petrov@mail.ru"]).await,
        [texts[1]]
    );
    assert_eq!(found(&store, &company, &["123"]).await, [texts[1]]);
    assert_eq!(
        found(&store, &company, &["catalogue", "55"]).await,
        [texts[2]]
    );
    assert!(found(&store, &company, &["верь"]).await.is_empty());
    assert!(found(&store, &company, &[]).await.is_empty());
    assert!(found(&store, &company, &["!?"]).await.is_empty());
}

async fn the_latest_come_first_page_by_page(store: Arc<Store>) {
    let company = testing::company(&store, "one").await;
    let texts: Vec<String> = (0..25).map(|number| format!("дверь {number}")).collect();
    let texts: Vec<&str> = texts.iter().map(String::as_str).collect();
    add(&store, &company, &texts).await;
    let words = ["дверь".to_owned()];
    let mut reader = store.reader().await.unwrap();
    let (mut before, mut seen) = (None, Vec::new());
    loop {
        let page = events::search(&mut reader, &company, &words, before, 10);
        let (rows, more) = page.await.unwrap();
        seen.extend(rows.iter().map(|row| row.event().unwrap().record.at));
        before = more;
        if before.is_none() {
            break;
        }
    }
    assert_eq!(seen, (0..25).rev().collect::<Vec<i64>>());
}

async fn another_company_is_another_world(store: Arc<Store>) {
    let one = testing::company(&store, "one").await;
    let other = testing::company(&store, "other").await;
    add(&store, &one, &["секрет"]).await;
    assert!(found(&store, &other, &["секрет"]).await.is_empty());
}

async fn hostile_texts_and_questions_are_texts(store: Arc<Store>) {
    let company = testing::company(&store, "one").await;
    let huge = "слово ".repeat(300_000);
    let texts = [
        "\" OR 1=1 --",
        "a & b | !c :* <-> (",
        "NEAR(x y) AND NOT z",
        huge.as_str(),
    ];
    add(&store, &company, &texts).await;
    assert_eq!(found(&store, &company, &["\" OR", "1=1"]).await, [texts[0]]);
    assert_eq!(found(&store, &company, &["a & b", ":*"]).await, [texts[1]]);
    assert_eq!(found(&store, &company, &["near", "not"]).await, [texts[2]]);
    assert_eq!(found(&store, &company, &["слово"]).await.len(), 1);
    assert!(
        found(&store, &company, &["'; DROP TABLE events; --"])
            .await
            .is_empty()
    );
}
