use std::sync::Arc;

use store::reports::{self, Report, Which};
use store::{Store, on_both, testing};

on_both!(
    a_draft_gives_way_and_what_was_sent_stays,
    reports_are_listed_by_whose_they_are,
);

fn report(id: &str, scope: &str, subject: &str, from_day: &str) -> Report {
    Report {
        id: id.to_owned(),
        kind: "week".to_owned(),
        scope: scope.to_owned(),
        subject: subject.to_owned(),
        from_day: from_day.to_owned(),
        to_day: from_day.to_owned(),
        language: "ru".to_owned(),
        title: "Отчёт за неделю".to_owned(),
        made_at: 1,
        ..Report::default()
    }
}

async fn a_draft_gives_way_and_what_was_sent_stays(store: Arc<Store>) {
    let company = testing::company(&store, "one").await;
    let mut tx = store.begin().await.unwrap();
    let draft = |id| report(id, "company", "", "2026-04-06");
    reports::put(&mut tx, &company, &draft("1"), "{1}")
        .await
        .unwrap();
    reports::put(&mut tx, &company, &draft("2"), "{2}")
        .await
        .unwrap();
    assert_eq!(reports::get(&mut tx, &company, "1").await.unwrap(), None);
    let texts = r#"{"sum":"Хорошая неделя."}"#;
    let edited = reports::edit(&mut tx, &company, "2", texts, ("me", 5)).await;
    assert!(edited.unwrap());
    assert!(
        reports::send(&mut tx, &company, "2", ("me", 6))
            .await
            .unwrap()
    );
    // What went out stays as it was.
    assert!(
        !reports::send(&mut tx, &company, "2", ("other", 7))
            .await
            .unwrap()
    );
    let edited = reports::edit(&mut tx, &company, "2", "{}", ("other", 7)).await;
    assert!(!edited.unwrap());
    reports::put(&mut tx, &company, &draft("3"), "{3}")
        .await
        .unwrap();
    let sent = reports::get(&mut tx, &company, "2").await.unwrap().unwrap();
    assert_eq!(
        (sent.document.as_str(), sent.texts.as_str()),
        ("{2}", texts)
    );
    assert_eq!(
        (sent.report.sent_at, sent.report.sent_by.as_str()),
        (Some(6), "me")
    );
    assert_eq!(
        (sent.report.edited_at, sent.report.edited_by.as_str()),
        (Some(5), "me")
    );
    reports::add_file(&mut tx, &company, "2", ("pdf", "file"))
        .await
        .unwrap();
    let file = reports::file(&mut tx, &company, "2", "pdf").await.unwrap();
    assert_eq!(file.as_deref(), Some("file"));
    assert_eq!(
        reports::file(&mut tx, &company, "2", "xlsx").await.unwrap(),
        None
    );
}

async fn reports_are_listed_by_whose_they_are(store: Arc<Store>) {
    let company = testing::company(&store, "one").await;
    let other = testing::company(&store, "two").await;
    let mut tx = store.begin().await.unwrap();
    for (id, scope, subject, day) in [
        ("1", "company", "", "2026-04-06"),
        ("2", "group", "north", "2026-04-06"),
        ("3", "employee", "e1", "2026-04-13"),
        ("4", "employee", "e2", "2026-04-13"),
    ] {
        let report = report(id, scope, subject, day);
        reports::put(&mut tx, &company, &report, "{}")
            .await
            .unwrap();
    }
    reports::send(&mut tx, &company, "3", ("", 9))
        .await
        .unwrap();
    let theirs = Which {
        of: Some(vec![
            ("employee".to_owned(), "e1".to_owned()),
            ("group".to_owned(), "north".to_owned()),
        ]),
        ..Which::default()
    };
    let sent = Which {
        is_sent: true,
        ..theirs.clone()
    };
    let nobodys = Which {
        of: Some(Vec::new()),
        ..Which::default()
    };
    let week = Which {
        from_day: "2026-04-06".to_owned(),
        ..Which::default()
    };
    for (which, after, limit, expected) in [
        (&Which::default(), None, 10, &["4", "3", "2", "1"][..]),
        (&Which::default(), None, 2, &["4", "3"]),
        (
            &Which::default(),
            Some(("2026-04-13", "3")),
            10,
            &["2", "1"],
        ),
        (&theirs, None, 10, &["3", "2"]),
        (&sent, None, 10, &["3"]),
        (&nobodys, None, 10, &[]),
        (&week, None, 10, &["2", "1"]),
    ] {
        let page = reports::page(&mut tx, &company, which, after, limit).await;
        let ids: Vec<String> = page.unwrap().into_iter().map(|report| report.id).collect();
        assert_eq!(ids, expected, "{which:?}");
    }
    let page = reports::page(&mut tx, &other, &Which::default(), None, 10).await;
    assert!(page.unwrap().is_empty());
}
