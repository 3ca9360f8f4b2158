//! What is to be told, notes as they were sent, and pauses.

use std::sync::Arc;

use store::findings::{self, Finding};
use store::notes::{self, Note};
use store::pauses::{self, Pause};
use store::persons::{self, Person};
use store::tellings::{self, Telling};
use store::{Store, on_both, testing};

on_both!(
    a_finding_is_planned_and_told_once,
    a_note_stands_as_it_was_sent,
    pauses_hold_until_they_end,
    a_choice_gives_way_to_the_next,
);

async fn found(store: &Store, company: &str, ids: &[&str]) {
    let finding = |id: &&str| Finding {
        id: (*id).to_owned(),
        rule: "late".to_owned(),
        scope: "deal".to_owned(),
        scope_key: (*id).to_owned(),
        severity: "gross".to_owned(),
        standing: true,
        ..Finding::default()
    };
    let all: Vec<Finding> = ids.iter().map(finding).collect();
    let mut tx = store.begin().await.unwrap();
    findings::insert(&mut tx, company, &all).await.unwrap();
    tx.commit().await.unwrap();
}

async fn a_finding_is_planned_and_told_once(store: Arc<Store>) {
    let company = testing::company(&store, "one").await;
    found(&store, &company, &["a", "b"]).await;
    let mut tx = store.begin().await.unwrap();
    for _ in 0..2 {
        tellings::found(&mut tx, &company, 5, &["a", "b"])
            .await
            .unwrap();
    }
    let new = tellings::unplanned(&mut tx, &company, 10).await.unwrap();
    assert_eq!(new, [("a".to_owned(), 5), ("b".to_owned(), 5)]);
    let telling = |person: &str, due_at| Telling {
        finding: "a".to_owned(),
        person: person.to_owned(),
        instead_of: String::new(),
        put_at: 6,
        due_at,
    };
    let whom = [telling("anna", 7), telling("head", 9)];
    assert!(
        tellings::plan(&mut tx, &company, "a", &whom, 6)
            .await
            .unwrap()
    );
    assert!(
        !tellings::plan(&mut tx, &company, "a", &whom, 6)
            .await
            .unwrap()
    );
    // Found again it is not told again.
    tellings::found(&mut tx, &company, 6, &["a"]).await.unwrap();
    let new = tellings::unplanned(&mut tx, &company, 10).await.unwrap();
    assert_eq!(new, [("b".to_owned(), 5)]);
    assert_eq!(tellings::due(&mut tx, &company, 6).await.unwrap(), []);
    assert_eq!(
        tellings::due(&mut tx, &company, 8).await.unwrap(),
        whom[..1]
    );
    assert_eq!(tellings::due(&mut tx, &company, 9).await.unwrap(), whom);
    let which = ("a", "anna");
    assert!(
        tellings::settle(&mut tx, &company, which, "a", 10)
            .await
            .unwrap()
    );
    assert!(
        !tellings::settle(&mut tx, &company, which, "a", 11)
            .await
            .unwrap()
    );
    // What came to nothing was no message.
    assert!(
        tellings::settle(&mut tx, &company, ("a", "head"), "", 12)
            .await
            .unwrap()
    );
    assert_eq!(
        tellings::last(&mut tx, &company, "anna").await.unwrap(),
        Some(10)
    );
    assert_eq!(
        tellings::last(&mut tx, &company, "head").await.unwrap(),
        None
    );
    assert_eq!(tellings::due(&mut tx, &company, 20).await.unwrap(), []);
    let later = [telling("anna", 30)];
    let later = [Telling {
        finding: "b".to_owned(),
        ..later[0].clone()
    }];
    assert!(
        tellings::plan(&mut tx, &company, "b", &later, 20)
            .await
            .unwrap()
    );
    tellings::put_off(&mut tx, &company, ("b", "anna"), 40)
        .await
        .unwrap();
    assert_eq!(tellings::due(&mut tx, &company, 39).await.unwrap(), []);
    assert_eq!(tellings::due(&mut tx, &company, 40).await.unwrap().len(), 1);
    assert_eq!(tellings::purge(&mut tx, &company, 11).await.unwrap(), 2);
    tx.commit().await.unwrap();
}

fn note(id: &str, day: &str, subject: &str, sent_at: i64) -> Note {
    Note {
        id: id.to_owned(),
        person: "anna".to_owned(),
        day: day.to_owned(),
        reader: "employee".to_owned(),
        figures: "{}".to_owned(),
        language: "ru".to_owned(),
        subject: subject.to_owned(),
        text: "Замечаний нет".to_owned(),
        html: "<p>Замечаний нет</p>".to_owned(),
        sent_at,
        read_at: None,
    }
}

async fn a_note_stands_as_it_was_sent(store: Arc<Store>) {
    let company = testing::company(&store, "one").await;
    let other = testing::company(&store, "two").await;
    let mut tx = store.begin().await.unwrap();
    let first = note("1", "2026-04-14", "Заметка", 10);
    assert!(notes::add(&mut tx, &company, &first).await.unwrap());
    let again = note("2", "2026-04-14", "Другая", 11);
    assert!(!notes::add(&mut tx, &company, &again).await.unwrap());
    // Of days with nothing to say only that they were seen to.
    let empty = note("3", "2026-04-15", "", 20);
    assert!(notes::add(&mut tx, &company, &empty).await.unwrap());
    let last = notes::last(&mut tx, &company).await.unwrap();
    assert_eq!(last.len(), 1);
    assert_eq!(
        (last[0].made.as_str(), last[0].sent.as_str()),
        ("2026-04-15", "2026-04-14")
    );
    let third = note("4", "2026-04-16", "Заметка", 30);
    assert!(notes::add(&mut tx, &company, &third).await.unwrap());
    let page = notes::page(&mut tx, &company, "anna", None, 1)
        .await
        .unwrap();
    assert_eq!(page, std::slice::from_ref(&third));
    let after = Some((30, "4"));
    let page = notes::page(&mut tx, &company, "anna", after, 9)
        .await
        .unwrap();
    assert_eq!(page, std::slice::from_ref(&first));
    assert_eq!(
        notes::find(&mut tx, &company, "1").await.unwrap(),
        Some(first)
    );
    assert_eq!(notes::find(&mut tx, &other, "1").await.unwrap(), None);
    let unread = notes::unread(&mut tx, &company, 0).await.unwrap();
    assert_eq!(unread, [("anna".to_owned(), 10), ("anna".to_owned(), 30)]);
    for now in [40, 50] {
        notes::mark_read(&mut tx, &company, ("anna", "1"), now)
            .await
            .unwrap();
    }
    notes::mark_read(&mut tx, &company, ("boris", "4"), 40)
        .await
        .unwrap();
    let read = notes::find(&mut tx, &company, "1").await.unwrap().unwrap();
    assert_eq!(read.read_at, Some(40));
    let unread = notes::unread(&mut tx, &company, 0).await.unwrap();
    assert_eq!(unread, [("anna".to_owned(), 30)]);
    tx.commit().await.unwrap();
}

async fn pauses_hold_until_they_end(store: Arc<Store>) {
    let company = testing::company(&store, "one").await;
    let mut tx = store.begin().await.unwrap();
    let pause = Pause {
        id: "1".to_owned(),
        person: "anna".to_owned(),
        from_at: 10,
        until_at: 20,
        reason: "учёба".to_owned(),
        author: "head".to_owned(),
        ..Pause::default()
    };
    pauses::add(&mut tx, &company, &pause).await.unwrap();
    assert!(pause.is_of("anna") && !pause.is_of("boris"));
    let holds = [9, 10, 19, 20].map(|at| pause.holds(at));
    assert_eq!(holds, [false, true, true, false]);
    assert_eq!(
        pauses::since(&mut tx, &company, 19).await.unwrap(),
        std::slice::from_ref(&pause)
    );
    assert_eq!(pauses::since(&mut tx, &company, 20).await.unwrap(), []);
    assert!(
        pauses::end(&mut tx, &company, "1", "head", 15)
            .await
            .unwrap()
    );
    assert!(
        !pauses::end(&mut tx, &company, "1", "head", 16)
            .await
            .unwrap()
    );
    let ended = pauses::find(&mut tx, &company, "1").await.unwrap().unwrap();
    assert_eq!((ended.until(), ended.holds(15)), (15, false));
    assert_eq!(ended.ended_by, "head");
    tx.commit().await.unwrap();
}

async fn a_choice_gives_way_to_the_next(store: Arc<Store>) {
    let company = testing::company(&store, "one").await;
    let mut tx = store.begin().await.unwrap();
    let person = Person {
        id: "anna".to_owned(),
        name: "anna".to_owned(),
        login: "anna@one".to_owned(),
        password: None,
        language: "ru".to_owned(),
        created_at: 0,
    };
    assert!(persons::add(&mut tx, &person).await.unwrap());
    assert_eq!(
        tellings::choice(&mut tx, &company, "anna").await.unwrap(),
        None
    );
    for value in ["{}", r#"{"channels":["email"]}"#] {
        tellings::choose(&mut tx, &company, "anna", value)
            .await
            .unwrap();
        let kept = tellings::choice(&mut tx, &company, "anna").await.unwrap();
        assert_eq!(kept.as_deref(), Some(value));
    }
    tx.commit().await.unwrap();
}
