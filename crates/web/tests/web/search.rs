//! Search, and lists saved under names.

use std::sync::Arc;

use app::permissions::Access;
use history::{Kind, Record};
use store::Store;

use crate::app::{Answer, BEGIN, TestApp, Who};
use crate::pages_work::token;

store::on_both!(
    deals_people_and_texts_are_found,
    nothing_of_others_is_found,
    markup_is_found_as_text,
    a_list_is_saved_and_removed,
    a_list_that_cannot_be_is_refused,
    the_findings_of_a_filter_can_be_taken_away,
);

fn note<'a>(deal: &'a str, text: &'a str) -> Record<'a> {
    Record {
        deal,
        at: BEGIN - 1_000,
        kind: Some(Kind::NoteAdded),
        text,
        ..Record::default()
    }
}

fn created<'a>(deal: &'a str, employee: &'a str, title: &'a str) -> Record<'a> {
    Record {
        deal,
        at: BEGIN - 5_000,
        kind: Some(Kind::Created),
        stage: "new",
        employee,
        text: title,
        ..Record::default()
    }
}

/// A server with a deal of the employee and one of a colleague in no group.
async fn talked(store: Arc<Store>) -> TestApp {
    let app = TestApp::staffed(store).await;
    app.add(&[
        created("a1", "e-first", "Дубовая дверь"),
        created("b1", "o-first", "Дверь для склада"),
        note("a1", "Просит дверями заняться сегодня"),
        note("b1", "Секретная скидка на двери"),
    ])
    .await;
    app
}

async fn page(app: &TestApp, who: &Who, path: &str) -> String {
    app.get(path, who).await.is(200).text()
}

async fn deals_people_and_texts_are_found(store: Arc<Store>) {
    let app = talked(store).await;
    let director = app.of(Access::Director).await;
    let found = app
        .get("/api/v1/search?q=ДВЕРЬ", &director)
        .await
        .is(200)
        .json();
    let ids = |list: &str| -> Vec<String> {
        let items = found[list].as_array().expect("a list").iter();
        let id = |item: &serde_json::Value| {
            item["id"]
                .as_str()
                .or(item["deal"].as_str())
                .map(str::to_owned)
        };
        items.filter_map(id).collect()
    };
    assert_eq!(ids("deals"), ["b1", "a1"]);
    assert_eq!(ids("texts"), ["b1", "a1"]);
    // The id of a deal, and a name of an employee.
    let shown = page(&app, &director, "/search?q=a1").await;
    assert!(
        shown.contains("/deals/a1") && shown.contains("Дубовая дверь"),
        "{shown}"
    );
    let shown = page(&app, &director, "/search?q=сотрудник").await;
    assert!(shown.contains("Сотрудник e-first") && shown.contains("/findings?employee=e-first"));
    let shown = page(&app, &director, "/search?q=двери%20скидка").await;
    assert!(
        shown.contains("<mark>двери</mark>") && !shown.contains("/deals/a1"),
        "{shown}"
    );
    for (question, words) in [
        ("", "Напишите слово"),
        ("небывальщина", "Ничего не нашлось"),
    ] {
        let shown = page(&app, &director, &format!("/search?q={question}")).await;
        assert!(shown.contains(words), "{question}");
    }
    // Every page of who may look has a field for it.
    assert!(
        page(&app, &director, "/me")
            .await
            .contains("action=\"/search\"")
    );
}

async fn nothing_of_others_is_found(store: Arc<Store>) {
    let app = talked(store).await;
    for who in [app.of(Access::Employee).await, app.of(Access::Lead).await] {
        let shown = page(&app, &who, "/search?q=дверь").await;
        assert!(
            shown.contains("/deals/a1") && shown.contains("заняться"),
            "{shown}"
        );
        assert!(
            !shown.contains("/deals/b1") && !shown.contains("Секретная"),
            "{shown}"
        );
        assert!(!page(&app, &who, "/search?q=b1").await.contains("/deals/b1"));
        assert!(
            !page(&app, &who, "/search?q=сотрудник")
                .await
                .contains("o-first")
        );
    }
    let foreign = app.foreign(Access::Director).await;
    let shown = page(&app, &foreign, "/search?q=дверь").await;
    assert!(
        !shown.contains("/deals/a1") && !shown.contains("/deals/b1"),
        "{shown}"
    );
    let administrator = app.of(Access::Administrator).await;
    app.get("/search?q=дверь", &administrator).await.is(403);
    assert!(
        !page(&app, &administrator, "/me")
            .await
            .contains("action=\"/search\"")
    );
}

async fn markup_is_found_as_text(store: Arc<Store>) {
    let app = talked(store).await;
    let evil = "вот <img src=x onerror=alert(1)> зло";
    app.add(&[created("c1", "e-first", evil), note("c1", evil)])
        .await;
    let employee = app.of(Access::Employee).await;
    let shown = page(&app, &employee, "/search?q=onerror").await;
    assert!(
        shown.contains("/deals/c1") && !shown.contains("<img"),
        "{shown}"
    );
    let shown = page(&app, &employee, "/search?q=%22%3E%3Csvg%3E").await;
    assert!(!shown.contains("<svg>"), "{shown}");
}

async fn save(app: &TestApp, who: &Who, query: &str, name: &str) -> Answer {
    let token = token(&app.get("/me", who).await.is(200));
    let fields = [
        ("form_token", token.as_str()),
        ("page", "/findings"),
        ("query", query),
        ("name", name),
    ];
    app.form("/saved", who, &fields).await.is(303)
}

async fn a_list_is_saved_and_removed(store: Arc<Store>) {
    let app = talked(store).await;
    let employee = app.of(Access::Employee).await;
    let shown = page(&app, &employee, "/findings?severity=gross").await;
    assert!(shown.contains("Сохранить этот отбор"));
    let saved = save(&app, &employee, "severity=gross", "Грубые").await;
    assert_eq!(saved.header("location"), "/findings?severity=gross");
    let shown = page(&app, &employee, "/findings?severity=gross").await;
    assert!(
        shown.contains("aria-current=\"page\">Грубые</a>"),
        "{shown}"
    );
    assert!(!shown.contains("Сохранить этот отбор"));
    // It is nobody else's, also not by its id.
    let lead = app.of(Access::Lead).await;
    assert!(!page(&app, &lead, "/findings").await.contains("Грубые"));
    let (_, after) = shown.split_once("action=\"/saved/").expect("a form");
    let id = after.split('/').next().expect("an id");
    let path = format!("/saved/{id}/remove");
    let others = token(&app.get("/me", &lead).await);
    let next = ("next", "/findings");
    app.form(&path, &lead, &[("form_token", &others), next])
        .await
        .is(404);
    let own = token(&app.get("/me", &employee).await);
    app.form(&path, &employee, &[("form_token", "x"), next])
        .await
        .is(403);
    app.form(&path, &employee, &[("form_token", &own), next])
        .await
        .is(303);
    assert!(!page(&app, &employee, "/findings").await.contains("Грубые"));
}

async fn a_list_that_cannot_be_is_refused(store: Arc<Store>) {
    let app = talked(store).await;
    let employee = app.of(Access::Employee).await;
    let refused = save(&app, &employee, "severity=gross", " ").await;
    assert_eq!(
        refused.header("location"),
        "/findings?severity=gross&saved=bad"
    );
    let shown = page(&app, &employee, "/findings?severity=gross&saved=bad").await;
    assert!(shown.contains("Отбор не сохранён"), "{shown}");
    for number in 0..app::saved::MOST {
        save(
            &app,
            &employee,
            "severity=gross",
            &format!("Отбор {number}"),
        )
        .await;
    }
    let refused = save(&app, &employee, "severity=gross", "Лишний").await;
    assert!(refused.header("location").ends_with("saved=bad"));
    // One that is there may change.
    let changed = save(&app, &employee, "severity=remark", "Отбор 0").await;
    assert_eq!(changed.header("location"), "/findings?severity=remark");
}

async fn the_findings_of_a_filter_can_be_taken_away(store: Arc<Store>) {
    let app = talked(store).await;
    let deals: Vec<String> = (0..60).map(|number| format!("=many{number}")).collect();
    let many: Vec<Record<'_>> = deals
        .iter()
        .map(|deal| created(deal, "e-first", deal))
        .collect();
    app.add(&many).await;
    app.pass(3 * 24 * 3_600_000);
    app.state.audits.tick(app.state.now()).await;
    let employee = app.of(Access::Employee).await;
    let path = "/findings?rule=no-open-task&format=csv&table=findings";
    let file = app.get(path, &employee).await.is(200);
    assert_eq!(file.header("content-type"), "text/csv; charset=utf-8");
    let text = file.text();
    // More than a page of the list, all of them the reader's own, and none a formula.
    assert!(text.lines().count() > 60, "{}", text.lines().count());
    assert!(
        text.contains("'=many7") && !text.contains(";=many"),
        "{text}"
    );
    assert!(
        !text.contains("o-first") && !text.contains("склада"),
        "{text}"
    );
    let book = app
        .get(&path.replace("csv", "xlsx"), &employee)
        .await
        .is(200);
    assert!(book.body.starts_with(b"PK"));
}
