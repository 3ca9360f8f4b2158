use std::sync::Arc;

use store::findings::{self, Change, Filter, Finding, NewState};
use store::{Store, StoreError, on_both, testing};

on_both!(
    findings_come_back_as_they_were_given,
    an_identity_stands_once,
    states_are_appended_in_order,
    pages_hold_every_finding_once,
    what_was_known_is_told_as_of_then,
);

fn finding(number: i64) -> Finding {
    Finding {
        id: format!("f{number:03}"),
        rule: format!("rule-{}", number % 3),
        scope: "deal".to_owned(),
        scope_key: format!("d{}", number % 5),
        subject: "task:1".to_owned(),
        start: number,
        regulation: "base.toml".to_owned(),
        severity: ["remark", "violation", "gross"][(number % 3) as usize].to_owned(),
        deal: format!("d{}", number % 5),
        employee: format!("e{}", number % 4),
        stage: format!("s{}", number % 2),
        // Several with the same breach.
        at: number / 7,
        until: (number % 2 == 0).then_some(number + 1_000),
        amount: (number % 3 == 0).then_some(-number),
        count: number,
        standing: number % 6 != 0,
        raised_seq: 1,
        changed_seq: 2,
        raised_at: 3,
        changed_at: 4,
        ..Finding::default()
    }
}

async fn filled(store: &Store, count: i64) -> (String, Vec<Finding>) {
    let company = testing::company(store, "one").await;
    let other = testing::company(store, "other").await;
    let all: Vec<Finding> = (0..count).map(finding).collect();
    let mut tx = store.begin().await.unwrap();
    findings::insert(&mut tx, &company, &all).await.unwrap();
    findings::insert(&mut tx, &other, &all).await.unwrap();
    tx.commit().await.unwrap();
    (company, all)
}

async fn findings_come_back_as_they_were_given(store: Arc<Store>) {
    let (company, mut all) = filled(&store, 50).await;
    let mut tx = store.begin().await.unwrap();
    assert_eq!(findings::all(&mut tx, &company).await.unwrap(), all);
    let changed = Finding {
        until: Some(9),
        amount: None,
        standing: false,
        start: -1,
        severity: "gross".to_owned(),
        ..all[7].clone()
    };
    findings::update(&mut tx, &company, std::slice::from_ref(&changed))
        .await
        .unwrap();
    all[7] = changed;
    let unknown = findings::update(&mut tx, &company, &[finding(500)]).await;
    assert!(matches!(unknown, Err(StoreError::Missing { .. })));
    assert_eq!(findings::all(&mut tx, &company).await.unwrap(), all);
    let found = findings::find(&mut tx, &company, "f007").await.unwrap();
    assert_eq!(found.as_ref(), Some(&all[7]));
    assert_eq!(findings::find(&mut tx, "none", "f007").await.unwrap(), None);
    let some = findings::some(&mut tx, &company, &["f009", "f001", "f009", "none"]).await;
    assert_eq!(some.unwrap(), [all[1].clone(), all[9].clone()]);
}

async fn an_identity_stands_once(store: Arc<Store>) {
    let (company, all) = filled(&store, 1).await;
    let same = Finding {
        id: "another".to_owned(),
        ..all[0].clone()
    };
    let mut tx = store.begin().await.unwrap();
    let error = findings::insert(&mut tx, &company, std::slice::from_ref(&same)).await;
    assert!(error.unwrap_err().is_taken());
    drop(tx);
    let mut tx = store.begin().await.unwrap();
    let second = Finding { ordinal: 1, ..same };
    findings::insert(&mut tx, &company, &[second])
        .await
        .unwrap();
    tx.commit().await.unwrap();
}

async fn states_are_appended_in_order(store: Arc<Store>) {
    let (company, _) = filled(&store, 30).await;
    let state = |finding, sequence, change, state| NewState {
        finding,
        sequence,
        change,
        state,
    };
    let mut tx = store.begin().await.unwrap();
    let first = [
        state("f001", 1, Change::Raised, "{}"),
        state("f002", 1, Change::Raised, "{}"),
        state("f001", 1, Change::Changed, "{\"until\":1}"),
    ];
    findings::append_states(&mut tx, &company, 10, &first)
        .await
        .unwrap();
    let later = [
        state("f001", 2, Change::Moved, "{}"),
        state("f001", 2, Change::Withdrawn, "{}"),
        state("f001", 3, Change::Returned, "{}"),
    ];
    findings::append_states(&mut tx, &company, 20, &later)
        .await
        .unwrap();
    tx.commit().await.unwrap();
    let mut reader = store.reader().await.unwrap();
    let states = findings::states(&mut reader, &company, "f001").await;
    let states = states.unwrap();
    let shown: Vec<_> = states
        .iter()
        .map(|s| (s.number, s.sequence, s.recorded_at, s.change))
        .collect();
    let expected = [
        (1, 1, 10, Change::Raised),
        (2, 1, 10, Change::Changed),
        (3, 2, 20, Change::Moved),
        (4, 2, 20, Change::Withdrawn),
        (5, 3, 20, Change::Returned),
    ];
    assert_eq!(shown, expected);
    assert_eq!(states[1].state, "{\"until\":1}");
    drop(reader);
    let mut tx = store.begin().await.unwrap();
    let stray = [state("none", 1, Change::Raised, "{}")];
    let refused = findings::append_states(&mut tx, &company, 30, &stray).await;
    assert!(refused.is_err());
}

type Holds = fn(&Finding) -> bool;

async fn pages_hold_every_finding_once(store: Arc<Store>) {
    let (company, all) = filled(&store, 60).await;
    let mut reader = store.reader().await.unwrap();
    let (employees, nobody) = (["e1", "e3"], []);
    let filters: [(Filter<'_>, Holds); 8] = [
        (Filter::default(), |_| true),
        (
            Filter {
                scope: Some("hand"),
                ..Filter::default()
            },
            |f| f.scope == "hand",
        ),
        (
            Filter {
                rule: Some("rule-1"),
                standing: Some(true),
                ..Filter::default()
            },
            |f| f.rule == "rule-1" && f.standing,
        ),
        (
            Filter {
                employees: Some(&employees),
                open: Some(true),
                ..Filter::default()
            },
            |f| (f.employee == "e1" || f.employee == "e3") && f.until.is_none(),
        ),
        (
            Filter {
                employees: Some(&nobody),
                ..Filter::default()
            },
            |_| false,
        ),
        (
            Filter {
                deal: Some("d2"),
                open: Some(false),
                ..Filter::default()
            },
            |f| f.deal == "d2" && f.until.is_some(),
        ),
        (
            Filter {
                stage: Some("s1"),
                severity: Some("gross"),
                standing: Some(false),
                ..Filter::default()
            },
            |f| f.stage == "s1" && f.severity == "gross" && !f.standing,
        ),
        (
            Filter {
                from: Some(2),
                to: Some(5),
                ..Filter::default()
            },
            |f| (2..5).contains(&f.at),
        ),
    ];
    for (filter, holds) in filters {
        let mut expected: Vec<Finding> = all.iter().filter(|f| holds(f)).cloned().collect();
        expected.sort_by(|a, b| (b.at, &b.id).cmp(&(a.at, &a.id)));
        let count = findings::count(&mut reader, &company, &filter).await;
        assert_eq!(count.unwrap(), expected.len() as i64);
        for limit in [1, 4, 100] {
            let mut shown: Vec<Finding> = Vec::new();
            loop {
                let after = shown.last().map(Finding::cursor);
                let page = findings::page(&mut reader, &company, &filter, after.as_ref(), limit);
                let page = page.await.unwrap();
                assert!(page.len() as i64 <= limit);
                if page.is_empty() {
                    break;
                }
                shown.extend(page);
            }
            assert_eq!(shown, expected, "{filter:?} {limit}");
        }
    }
}

async fn what_was_known_is_told_as_of_then(store: Arc<Store>) {
    let (company, all) = filled(&store, 5).await;
    let mut tx = store.begin().await.unwrap();
    for (now, change) in [
        (10, Change::Raised),
        (20, Change::Changed),
        (30, Change::Withdrawn),
    ] {
        let count = if now == 10 { 4 } else { 2 };
        let states = all[..count].iter().map(|finding| NewState {
            finding: &finding.id,
            sequence: now,
            change,
            state: "{}",
        });
        let states: Vec<_> = states.collect();
        let appended = findings::append_states(&mut tx, &company, now, &states).await;
        appended.unwrap();
    }
    let mut known = async |instant, after: &str, limit| {
        let states = findings::known_at(&mut tx, &company, instant, after, limit).await;
        let states = states.unwrap().into_iter();
        states
            .map(|state| (state.finding, state.recorded_at))
            .collect::<Vec<_>>()
    };
    let told = |list: &[(usize, i64)]| {
        let list = list.iter();
        list.map(|(n, at)| (all[*n].id.clone(), *at))
            .collect::<Vec<_>>()
    };
    assert_eq!(known(9, "", 10).await, []);
    assert_eq!(
        known(19, "", 10).await,
        told(&[(0, 10), (1, 10), (2, 10), (3, 10)])
    );
    assert_eq!(
        known(25, "", 10).await,
        told(&[(0, 20), (1, 20), (2, 10), (3, 10)])
    );
    assert_eq!(known(99, "", 1).await, told(&[(0, 30)]));
    assert_eq!(known(99, &all[0].id, 2).await, told(&[(1, 30), (2, 10)]));
}
