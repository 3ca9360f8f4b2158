use std::sync::Arc;

use history::{Kind, Record};
use store::events::{self, Keys, Receipt};
use store::{Store, on_both, testing};

fn full<'a>() -> Record<'a> {
    Record {
        id: "",
        seq: Some(7),
        deal: "d1",
        at: 1_700_000_000_123,
        kind: Some(Kind::TaskAdded),
        actor: "a",
        stage: "s",
        employee: "e",
        task: "t",
        due: Some(-5),
        text: "перезвонить\0",
        field: "f",
        amount: Some(0.1),
        client: "c",
        channel: "ch",
    }
}

fn bare<'a>(deal: &'a str, at: i64) -> Record<'a> {
    Record {
        deal,
        at,
        kind: Some(Kind::NoteAdded),
        ..Record::default()
    }
}

on_both!(
    an_event_comes_back_as_it_was_given,
    the_same_batch_twice_adds_nothing,
);

async fn an_event_comes_back_as_it_was_given(store: Arc<Store>) {
    let company = testing::company(&store, "one").await;
    // Amounts present and absent through the same statement, as PostgreSQL prepares it.
    let mut given = Vec::new();
    for (index, amount) in [
        None,
        Some(0.1),
        Some(1e9),
        None,
        Some(-0.0),
        Some(0.1 + 0.2),
        Some(1.0 / 3.0e7),
    ]
    .into_iter()
    .enumerate()
    {
        given.push(Record {
            amount,
            at: index as i64,
            ..full()
        });
        given.push(Record {
            amount,
            at: index as i64,
            seq: None,
            due: None,
            ..full()
        });
    }
    for id in ["x", "#x", "##x", "#", "ид\0"] {
        given.push(Record { id, ..full() });
    }
    for record in &given {
        let event = Keys::new().event(record.clone()).unwrap();
        let mut tx = store.begin().await.unwrap();
        events::add(&mut tx, &company, 99, &[event]).await.unwrap();
        tx.commit().await.unwrap();
    }
    let mut reader = store.reader().await.unwrap();
    let mut count = 0;
    events::each(&mut reader, &company, 0, |event| {
        let mut expected = given[count].clone();
        expected.text = "перезвонить\u{fffd}";
        if expected.id == "ид\0" {
            expected.id = "ид\u{fffd}";
        }
        assert_eq!(event.record, expected);
        assert_eq!((event.received, event.received_at), (count as i64 + 1, 99));
        count += 1;
        Ok(())
    })
    .await
    .unwrap();
    assert_eq!(count, given.len());
    let deal = events::of_deal(&mut reader, &company, "d1").await.unwrap();
    let ats: Vec<i64> = deal
        .iter()
        .map(|row| row.event().unwrap().record.at)
        .collect();
    assert_eq!(deal.len(), given.len());
    assert!(ats.is_sorted());
}

async fn the_same_batch_twice_adds_nothing(store: Arc<Store>) {
    let company = testing::company(&store, "one").await;
    let other = testing::company(&store, "other").await;
    let batch = || {
        let mut keys = Keys::new();
        let records = [
            bare("d1", 1),
            bare("d1", 1),
            Record {
                id: "a",
                ..bare("d2", 2)
            },
            Record {
                id: "a",
                ..bare("d3", 3)
            },
            bare("d1", 1),
        ];
        records.map(|record| keys.event(record).unwrap())
    };
    let add = async |company: &str| {
        let mut tx = store.begin().await.unwrap();
        let receipts = events::add(&mut tx, company, 5, &batch()).await.unwrap();
        tx.commit().await.unwrap();
        receipts
    };
    let added = |received| Receipt::Added { received };
    let known = |received| Receipt::Known { received };
    let first = vec![added(1), added(2), added(3), known(3), added(4)];
    assert_eq!(add(&company).await, first);
    assert_eq!(
        add(&company).await,
        vec![known(1), known(2), known(3), known(3), known(4)]
    );
    // Another company has events of its own.
    assert_eq!(add(&other).await, first);
}
