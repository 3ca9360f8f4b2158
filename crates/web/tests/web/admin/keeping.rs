//! Failures, the journal, settings and imports.

use std::sync::Arc;

use app::permissions::Access;
use serde_json::json;
use store::Store;

use super::{DAY, at, done, send};
use crate::app::{BEGIN, TestApp};

store::on_both!(
    a_failed_job_is_tried_again_or_dropped,
    the_journal_is_narrowed_and_taken_away,
    what_is_agreed_on_can_be_changed,
    imports_are_shown_to_administrators,
);

async fn a_failed_job_is_tried_again_or_dropped(store: Arc<Store>) {
    let app = TestApp::staffed(store).await;
    let (first, second) = (app.failed_job().await, app.failed_job().await);
    let admin = app.of(Access::Administrator).await;
    let list = app.get("/admin/jobs", &admin).await.is(200).text();
    for told in [
        "Новое замечание",
        "письмом",
        "Имя lead@first",
        "no such address",
    ] {
        assert!(list.contains(told), "{told}: {list}");
    }
    // What was to be said is nobody's business here.
    assert!(!list.contains("secret"));
    let director = app.of(Access::Director).await;
    let seen = app
        .get(&format!("/admin/jobs/{first}"), &director)
        .await
        .is(200)
        .text();
    assert!(
        seen.contains("no such address") && !seen.contains("/retry\""),
        "{seen}"
    );
    send(&app, &director, &format!("/admin/jobs/{first}/retry"), &[])
        .await
        .is(403);
    let foreign = app.foreign(Access::Administrator).await;
    send(&app, &foreign, &format!("/admin/jobs/{first}/retry"), &[])
        .await
        .is(404);

    let page = done(&app, &admin, &format!("/admin/jobs/{first}/retry"), &[]).await;
    assert!(
        page.contains("новая попытка") && !page.contains(&first),
        "{page}"
    );
    let ask = app
        .get(&format!("/admin/jobs/{second}/drop"), &admin)
        .await
        .is(200);
    assert!(ask.text().contains("не будет доставлено никогда"));
    let page = done(&app, &admin, &format!("/admin/jobs/{second}/drop"), &[]).await;
    assert!(page.contains("Сбоев нет"), "{page}");
    app.get(&format!("/admin/jobs/{first}"), &admin)
        .await
        .is(404);
}

async fn the_journal_is_narrowed_and_taken_away(store: Arc<Store>) {
    let app = TestApp::staffed(store).await;
    let (admin, head) = (
        app.of(Access::Administrator).await,
        app.of(Access::Head).await,
    );
    let fields = [("id", "n1"), ("name", "=Новый"), ("active", "on")];
    done(&app, &head, "/admin/employees/new", &fields).await;
    for number in 0..60 {
        app.pass(1000);
        let name = format!("Токен {number}");
        let body = json!({ "name": name, "scopes": ["read"] });
        app.post("/api/v1/tokens", &admin, body).await.is(201);
    }
    app.pass(2 * DAY);
    let finding = app.finding().await;
    let path = format!("/api/v1/findings/{finding}/decisions");
    let cause = json!({ "move": "acknowledge", "cause": "overload" });
    app.post(&path, &app.of(Access::Director).await, cause)
        .await
        .is(200);

    let page = app.get("/admin/journal", &admin).await.is(200).text();
    assert!(page.contains("замечание признано"), "{page}");
    // An administrator learns that something was done with a finding, and no more.
    assert!(!page.contains(&finding) && !page.contains("overload"));
    let told = "/api/v1/journal?action=finding.acknowledge";
    let told = app.get(told, &admin).await.is(200).json();
    assert_eq!(told["items"][0]["details"], json!({}));
    // All of it is walked, and a file holds all of it.
    let earlier = page.split("after=").nth(1).expect("an earlier page");
    let earlier = format!(
        "/admin/journal?after={}",
        earlier.split('"').next().expect("an end")
    );
    let second = app.get(&earlier, &admin).await.is(200).text();
    assert!(
        second.contains("Токен 0") || second.contains("сотрудник изменён"),
        "{second}"
    );
    let file = app
        .get("/admin/journal?format=csv&table=journal", &admin)
        .await
        .is(200);
    assert_eq!(file.text().matches("токен создан").count(), 60);
    app.get("/admin/journal?format=xlsx&table=journal", &admin)
        .await
        .is(200);

    let only = |query: &str| format!("/admin/journal?{query}");
    let by_head = only(&format!("person={}", at("head@first")));
    let by_head = app.get(&by_head, &admin).await.text();
    let body = |page: &str| page.split("<tbody>").nth(1).unwrap_or_default().to_owned();
    assert!(body(&by_head).contains("сотрудник изменён"), "{by_head}");
    assert!(!body(&by_head).contains("токен создан"));
    let made = app.get(&only("action=token.make"), &admin).await.text();
    assert!(body(&made).contains("токен создан") && !body(&made).contains("изменён"));
    let late = app.get(&only("from=2026-03-04"), &admin).await.text();
    assert!(body(&late).contains("признано") && !body(&late).contains("токен создан"));
    let early = app.get(&only("last=2026-03-02"), &admin).await.text();
    assert!(!body(&early).contains("признано") && body(&early).contains("токен создан"));
    let none = app.get(&only("action=job.drop"), &admin).await.text();
    assert!(none.contains("Таких записей нет"), "{none}");
    let odd = app.get(&only("from=вчера"), &admin).await.is(200).text();
    assert!(odd.contains("Нужна дата"), "{odd}");
    let program = app.get(&only("person=program"), &admin).await.text();
    assert!(body(&program).contains("сама программа"));

    let foreign = app.foreign(Access::Administrator).await;
    let theirs = app.get("/admin/journal", &foreign).await.is(200).text();
    assert!(!body(&theirs).contains("токен создан"));
    let asked = format!(
        "/api/v1/journal?action=employee.set&actor={}",
        at("head@first")
    );
    let lines = app.get(&asked, &admin).await.is(200).json();
    assert_eq!(lines["items"].as_array().map(Vec::len), Some(1));
}

async fn what_is_agreed_on_can_be_changed(store: Arc<Store>) {
    let app = TestApp::staffed(store).await;
    let director = app.of(Access::Director).await;
    let called = [
        ("name", "Окна Новые"),
        ("timezone", "Europe/Nowhere"),
        ("currency", "rub"),
    ];
    let page = send(&app, &director, "/admin/companies/account", &called)
        .await
        .is(422)
        .text();
    assert!(
        page.contains("Нужно название пояса") && page.contains("value=\"Окна Новые\""),
        "{page}"
    );
    let called = [
        ("name", "Окна Новые"),
        ("timezone", "Asia/Omsk"),
        ("currency", "rub"),
    ];
    let page = done(&app, &director, "/admin/companies/account", &called).await;
    assert!(
        page.contains("Сохранено.") && page.contains("Asia/Omsk"),
        "{page}"
    );
    let set = app
        .get("/api/v1/settings/company", &director)
        .await
        .is(200)
        .json();
    let expected = json!({ "name": "Окна Новые", "timezone": "Asia/Omsk", "currency": "RUB" });
    assert_eq!(set, expected);

    let life = |dispute: &'static str, advice: &'static str, days: &'static str| {
        [
            ("dispute", dispute),
            ("verdict", "2wd"),
            ("advice_from", advice),
            ("lost_deals_to", "lead"),
            ("lost_deals_within_days", days),
            ("objections", "дорого\n\n  скидк "),
        ]
    };
    for (fields, fault) in [
        (life("скоро", "30", "14"), "Число и единица"),
        (life("3wd", "сто", "14"), "Нужно число"),
        (life("3wd", "130", "14"), "Доля — от 0 до 100"),
        (life("3wd", "30", "-1"), "Нужно число"),
    ] {
        let page = send(&app, &director, "/admin/companies/life", &fields)
            .await
            .is(422);
        let page = page.text();
        assert!(page.contains(fault) && page.contains("скидк"), "{page}");
    }
    done(
        &app,
        &director,
        "/admin/companies/life",
        &life("3wd", "12,5", "7"),
    )
    .await;
    let set = app
        .get("/api/v1/settings/life", &director)
        .await
        .is(200)
        .json();
    assert_eq!(set["dispute"], "3wd");
    assert_eq!(set["advice_from"], 0.125);
    assert_eq!(set["objections"], json!(["дорого", "скидк"]));

    // A head sees it and changes nothing.
    let head = app.of(Access::Head).await;
    let page = app.get("/admin/companies", &head).await.is(200).text();
    assert!(
        page.contains("3wd") && !page.contains("/admin/companies/life"),
        "{page}"
    );
    send(
        &app,
        &head,
        "/admin/companies/life",
        &life("1wd", "30", "7"),
    )
    .await
    .is(403);
    send(&app, &head, "/admin/companies/account", &called)
        .await
        .is(403);
}

async fn imports_are_shown_to_administrators(store: Arc<Store>) {
    let app = TestApp::staffed(store).await;
    let admin = app.of(Access::Administrator).await;
    let page = app.get("/admin/import", &admin).await.is(200).text();
    assert!(page.contains("Сейчас ничего не загружается"), "{page}");
    let mut tx = app.state.store.begin().await.expect("a transaction");
    let request = json!({ "folder": "/srv/<b>crm", "versions": [], "lang": "ru" }).to_string();
    let put = store::imports::put(&mut tx, &app.company, BEGIN, &request).await;
    put.expect("put");
    tx.commit().await.expect("a commit");
    let page = app.get("/admin/import", &admin).await.is(200).text();
    assert!(
        page.contains("ждёт очереди") && !page.contains("<b>crm"),
        "{page}"
    );
    let foreign = app.foreign(Access::Administrator).await;
    let page = app.get("/admin/import", &foreign).await.is(200).text();
    assert!(page.contains("Сейчас ничего не загружается"));
}
