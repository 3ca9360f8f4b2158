use std::sync::Arc;

use store::reviews::{self, Ending, Filter, Review};
use store::{Store, on_both, testing};

on_both!(a_case_is_in_one_hand, cases_are_read_by_pages);

fn review(id: &str, deal: &str, reviewer: &str, started_at: i64) -> Review {
    Review {
        id: id.to_owned(),
        kind: "deal".to_owned(),
        subject: deal.to_owned(),
        employee: "anna".to_owned(),
        reviewer: reviewer.to_owned(),
        chosen: "people".to_owned(),
        started_at,
        ..Review::default()
    }
}

const CLEAN: Ending<'static> = Ending {
    at: 100,
    outcome: "clean",
    found: 0,
    spent_ms: 40,
};

async fn start(store: &Store, company: &str, review: &Review) -> bool {
    let mut tx = store.begin().await.unwrap();
    let started = reviews::start(&mut tx, company, review).await.unwrap();
    tx.commit().await.unwrap();
    started
}

async fn finish(store: &Store, company: &str, id: &str, ending: Ending<'_>) -> bool {
    let mut tx = store.begin().await.unwrap();
    let finished = reviews::finish(&mut tx, company, id, ending).await.unwrap();
    tx.commit().await.unwrap();
    finished
}

async fn a_case_is_in_one_hand(store: Arc<Store>) {
    let company = testing::company(&store, "one").await;
    let other = testing::company(&store, "other").await;
    assert!(start(&store, &company, &review("a", "d1", "p1", 60)).await);
    // Neither does somebody else take the deal, nor the same person another one.
    assert!(!start(&store, &company, &review("b", "d1", "p2", 61)).await);
    assert!(!start(&store, &company, &review("c", "d2", "p1", 62)).await);
    assert!(start(&store, &other, &review("a", "d1", "p1", 60)).await);
    assert!(finish(&store, &company, "a", CLEAN).await);
    assert!(!finish(&store, &company, "a", CLEAN).await, "it is over");
    assert!(!finish(&store, &company, "nothing", CLEAN).await);
    assert!(start(&store, &company, &review("d", "d1", "p2", 120)).await);
    let mut reader = store.reader().await.unwrap();
    let a = reviews::find(&mut reader, &company, "a").await.unwrap();
    let a = a.unwrap();
    assert_eq!((a.outcome.as_str(), a.ended_at), ("clean", Some(100)));
    assert_eq!((a.spent_ms, a.found), (40, 0));
    let theirs = reviews::find(&mut reader, &other, "a").await.unwrap();
    assert_eq!(theirs.unwrap().ended_at, None);
}

async fn cases_are_read_by_pages(store: Arc<Store>) {
    let company = testing::company(&store, "one").await;
    for (n, reviewer) in ["p1", "p2", "p1", "p2"].into_iter().enumerate() {
        let (id, deal) = (format!("r{n}"), format!("d{n}"));
        let one = review(&id, &deal, reviewer, n as i64 * 10);
        assert!(start(&store, &company, &one).await);
        if n < 3 {
            assert!(finish(&store, &company, &id, CLEAN).await);
        }
    }
    let mut reader = store.reader().await.unwrap();
    let ids = |list: Vec<Review>| list.into_iter().map(|one| one.id).collect::<Vec<_>>();
    let everything = Filter::default();
    let first = reviews::page(&mut reader, &company, &everything, None, 3).await;
    assert_eq!(ids(first.unwrap()), ["r3", "r2", "r1"]);
    let second = reviews::page(&mut reader, &company, &everything, Some((10, "r1")), 3).await;
    assert_eq!(ids(second.unwrap()), ["r0"]);
    for (filter, expected) in [
        (
            Filter {
                reviewer: Some("p1"),
                ..everything
            },
            vec!["r0", "r2"],
        ),
        (
            Filter {
                in_hand: Some(true),
                ..everything
            },
            vec!["r3"],
        ),
        (
            Filter {
                in_hand: Some(false),
                subject: Some("d1"),
                ..everything
            },
            vec!["r1"],
        ),
        (
            Filter {
                from: Some(10),
                to: Some(30),
                ..everything
            },
            vec!["r1", "r2"],
        ),
        (
            Filter {
                employee: Some("boris"),
                ..everything
            },
            vec![],
        ),
        (
            Filter {
                outcome: Some("clean"),
                kind: Some("deal"),
                ..everything
            },
            vec!["r0", "r1", "r2"],
        ),
        (
            Filter {
                is_done: true,
                ..everything
            },
            vec!["r0", "r1", "r2"],
        ),
        (
            Filter {
                kind: Some("call"),
                ..everything
            },
            vec![],
        ),
    ] {
        let found = reviews::all(&mut reader, &company, &filter).await.unwrap();
        assert_eq!(ids(found), expected, "{filter:?}");
    }
}
