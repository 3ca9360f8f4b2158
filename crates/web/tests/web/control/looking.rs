//! Deals to look at, and the time that takes.

use std::sync::Arc;

use app::permissions::Access;
use serde_json::json;
use store::Store;

use super::{DAY, HOUR, created, done, form, send};
use crate::app::{BEGIN, TestApp};

store::on_both!(a_deal_is_taken_looked_at_and_the_next_one_comes,);

async fn a_deal_is_taken_looked_at_and_the_next_one_comes(store: Arc<Store>) {
    let app = TestApp::staffed(store).await;
    send(
        &app,
        json!([
            created("e1", "e-first", BEGIN - DAY),
            created("o1", "o-first", BEGIN - DAY),
        ]),
    )
    .await;
    let specialist = app.of(Access::Specialist).await;
    let queue = app.get("/queue/deals", &specialist).await.is(200).text();
    assert!(queue.contains("Ждут 3 сделки"), "{queue}");
    let only = app
        .get("/queue/deals?employee=o-first&order=chance", &specialist)
        .await;
    let only = only.is(200).text();
    assert!(only.contains("Ждёт 1 сделка") && only.contains("Только сделки"));
    let csv = app
        .get("/queue/deals?format=csv&table=shares", &specialist)
        .await;
    assert!(csv.is(200).text().contains("Сотрудник e-first"));

    let (page, to) = done(&app, &specialist, "/queue/deals", &[("deal", "e1")]).await;
    assert_eq!(to, "/deals/e1");
    assert!(page.contains("Смотрите с") && page.contains("Замечаний вы пока не добавили"));
    let (_, after) = page.split_once("/queue/reviews/").expect("a form");
    let id = after.split('"').next().expect("an id").to_owned();
    let head = app.of(Access::Head).await;
    let (page, _) = done(&app, &head, "/queue/deals", &[("deal", "e1")]).await;
    assert!(page.contains("уже смотрит коллега"), "{page}");
    let (page, _) = done(&app, &specialist, "/queue/deals", &[("deal", "o1")]).await;
    assert!(page.contains("сначала закончите"), "{page}");

    let path = format!("/queue/reviews/{id}");
    app.pass(3 * HOUR);
    let silent = [("do", "done"), ("deal", "e1"), ("minutes", "")];
    let (page, _) = done(&app, &specialist, &path, &silent).await;
    assert!(
        page.contains("напишите, сколько минут вы смотрели"),
        "{page}"
    );
    let finish = [("do", "next"), ("deal", "e1"), ("minutes", "12")];
    form(&app, &head, &path, &finish).await.is(404);
    let (page, to) = done(&app, &specialist, &path, &finish).await;
    assert!(to == "/deals/o1" || to == "/deals/d-first", "{to}");
    assert!(page.contains("Контроль посмотрел: замечаний нет") == (to == "/deals/e1"));
    let looked = app.get("/deals/e1", &head).await.is(200).text();
    assert!(
        looked.contains("Контроль посмотрел: замечаний нет"),
        "{looked}"
    );
    assert!(looked.contains("12\u{a0}мин"), "{looked}");
    let employee = app.of(Access::Employee).await;
    let theirs = app.get("/deals/e1", &employee).await.is(200).text();
    assert!(!theirs.contains("Контроль посмотрел") && !theirs.contains("/queue"));

    for (who, others) in [(&head, true), (&specialist, true)] {
        let times = app.get("/queue/time", who).await.is(200).text();
        assert!(times.contains("12,0"), "{times}");
        assert_eq!(times.contains("Имя specialist@first"), others);
        let list = app
            .get("/queue/done?outcome=clean&employee=e-first", who)
            .await;
        let list = list.is(200).text();
        assert!(list.contains("href=\"/deals/e1\"") && list.contains("замечаний нет"));
    }
    for (who, cases) in [
        (&head, 2),
        (&specialist, 2),
        (&app.foreign(Access::Head).await, 0),
    ] {
        let list = app.get("/api/v1/reviews", who).await.is(200).json();
        assert_eq!(
            list["items"].as_array().map(Vec::len),
            Some(cases),
            "{list}"
        );
    }
    let list = app.get("/api/v1/reviews?limit=1", &head).await;
    let last = list.is(200).json();
    assert_eq!(last["items"].as_array().map(Vec::len), Some(1));
    assert!(last["next"].is_string(), "{last}");
    let none = app
        .get("/queue/done?employee=o-first&outcome=done", &head)
        .await;
    assert!(none.is(200).text().contains("Таких просмотров нет"));
}
