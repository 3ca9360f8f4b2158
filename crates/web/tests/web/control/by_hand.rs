//! Findings made by hand on the deal's page, and passed on.

use std::sync::Arc;

use app::permissions::Access;
use serde_json::json;
use store::Store;

use super::{DAY, HOUR, created, done, form, number, send};
use crate::app::{BEGIN, TestApp};

store::on_both!(
    a_finding_is_added_in_its_place_and_passed_on,
    what_cannot_be_added_is_told_beside_the_form,
    nobody_adds_to_what_is_not_theirs,
);

async fn a_finding_is_added_in_its_place_and_passed_on(store: Arc<Store>) {
    let app = TestApp::staffed(store).await;
    let call = json!({ "id": "call1", "deal": "d-first", "at": BEGIN - 2 * HOUR, "kind": "call_out",
        "actor": "e-first", "amount": 65, "text": "Разговор о цене" });
    let note = json!({ "id": "note1", "deal": "d-first", "at": BEGIN - HOUR, "kind": "note_added",
        "actor": "e-first", "text": "Позже" });
    send(&app, json!([call, note])).await;
    let specialist = app.of(Access::Specialist).await;
    let page = app.get("/deals/d-first", &specialist).await.is(200).text();
    let event = number(&page, "Разговор о цене");
    let adding = format!("/deals/d-first?event={event}&add=yes");
    assert!(
        page.contains(&format!("{}#add", adding.replace('&', "&#38;"))),
        "{page}"
    );
    let page = app.get(&adding, &specialist).await.is(200).text();
    crate::pages_work::is_accessible(&page, &adding);
    // The form stands below its event, and the actor is chosen.
    let (above, below) = page.split_once("id=\"add\"").expect("the form");
    assert!(above.contains("Разговор о цене") && below.contains("Позже"));
    assert!(
        below.contains("<option value=\"e-first\" selected>"),
        "{below}"
    );
    let written = [
        ("event", event.as_str()),
        ("kind", "Тон"),
        ("severity", "violation"),
        ("employee", "e-first"),
        ("text", "Перебивает клиента"),
        ("recommendation", "Дослушать"),
    ];
    let (page, to) = done(&app, &specialist, "/deals/d-first/findings", &written).await;
    let id = to.split("#f-").nth(1).expect("its place").to_owned();
    assert!(page.contains("Дальше его передаст ответственный за контроль"));
    let (above, below) = page
        .split_once(&format!("id=\"f-{id}\""))
        .expect("it is there");
    assert!(above.contains("Разговор о цене") && below.contains("Позже"));
    assert!(below.contains("Перебивает клиента"));

    let employee = app.of(Access::Employee).await;
    let theirs = app.get("/deals/d-first", &employee).await.is(200).text();
    assert!(!theirs.contains("Перебивает клиента"), "it is held");

    let coordinator = app.of(Access::Coordinator).await;
    app.pass(HOUR);
    let queue = app.get("/queue", &coordinator).await.is(200).text();
    assert!(queue.contains("Имя specialist@first") && queue.contains("Ждёт 1 замечание"));
    assert!(queue.contains("Звонок, "), "{queue}");
    let place = format!("/deals/d-first?finding={id}#f-{id}");
    assert!(
        queue.contains(&place.replace('#', "&#35;")) || queue.contains(&place),
        "{queue}"
    );
    // What is skipped waits on another page.
    let skipped = app.get(&format!("/queue?skip={id}"), &coordinator).await;
    let skipped = skipped.is(200).text();
    assert!(skipped.contains("Пропущено 1 замечание") && !skipped.contains("Перебивает"));

    let path = format!("/queue/findings/{id}");
    let empty = [("do", "pass_on"), ("text", " ")];
    let (page, _) = done(&app, &coordinator, &path, &empty).await;
    assert!(page.contains("напишите, что увидит сотрудник"), "{page}");
    let (page, _) = done(&app, &coordinator, &path, &[("do", "exempt")]).await;
    assert!(
        page.contains("напишите, почему не обращать внимания"),
        "{page}"
    );
    let reworded = [
        ("do", "pass_on"),
        ("text", "Дослушивайте клиента"),
        ("recommendation", ""),
        ("next", "https://evil.example/"),
    ];
    let (page, to) = done(&app, &coordinator, &path, &reworded).await;
    assert!(
        page.contains("Передано:") && page.contains("Всё передано"),
        "{page}"
    );
    assert!(to.starts_with("/queue?"), "{to}");
    let (page, _) = done(&app, &coordinator, &path, &reworded).await;
    assert!(page.contains("уже закончили"), "{page}");
    let theirs = app.get("/deals/d-first", &employee).await.is(200).text();
    assert!(theirs.contains("Дослушивайте клиента") && !theirs.contains("Перебивает"));
    // From the finding back to its place, and to an exemption of its like for those who may.
    let finding = format!("/findings/{id}");
    let page = app.get(&finding, &employee).await.is(200).text();
    assert!(page.contains(&format!("/deals/d-first?finding={id}")));
    assert!(!page.contains("/exemptions?"));
    let page = app.get(&finding, &coordinator).await.is(200).text();
    assert!(
        page.contains("/exemptions?deal=d-first&#38;employee=e-first"),
        "{page}"
    );
}

async fn what_cannot_be_added_is_told_beside_the_form(store: Arc<Store>) {
    let app = TestApp::staffed(store).await;
    let specialist = app.of(Access::Specialist).await;
    let path = "/deals/d-first/findings";
    let written = [
        ("kind", " "),
        ("severity", "gross"),
        ("text", "Долго <b>молчал</b>"),
    ];
    let refused = form(&app, &specialist, path, &written).await.is(422).text();
    assert!(
        refused.contains("Напишите коротко, что не так"),
        "{refused}"
    );
    assert!(
        refused.contains("Долго &#60;b&#62;молчал"),
        "nothing is lost"
    );
    assert!(refused.contains("<option value=\"gross\" selected>"));
    for (field, value) in [("severity", "awful"), ("event", "77777")] {
        let mut wrong = vec![("kind", "Тон"), ("text", "Да"), ("severity", "gross")];
        wrong.retain(|(name, _)| *name != field);
        wrong.push((field, value));
        form(&app, &specialist, path, &wrong).await.is(422);
    }
    let waiting = app.get("/queue", &app.of(Access::Head).await).await.text();
    assert!(waiting.contains("Ничего не ждёт"), "nothing was made");
}

async fn nobody_adds_to_what_is_not_theirs(store: Arc<Store>) {
    let app = TestApp::staffed(store).await;
    send(&app, json!([created("o1", "o-first", BEGIN - DAY)])).await;
    let written = [
        ("kind", "Тон"),
        ("severity", "remark"),
        ("text", "Да"),
        ("employee", "e-first"),
    ];
    for (access, own, others) in [
        (Access::Employee, 403, 403),
        (Access::Lead, 303, 404),
        (Access::Administrator, 403, 403),
        (Access::ClientManager, 303, 303),
        (Access::Shopper, 403, 403),
    ] {
        let who = app.of(access).await;
        for (deal, status) in [("d-first", own), ("o1", others)] {
            let path = format!("/deals/{deal}/findings");
            let answer = form(&app, &who, &path, &written).await;
            assert_eq!(answer.status.as_u16(), status, "{access:?} {deal}");
        }
        let page = app.get("/deals/d-first?add=yes", &who).await.text();
        assert_eq!(page.contains("id=\"add\""), own == 303, "{access:?}");
    }
    // A lead names nobody of another group.
    let lead = app.of(Access::Lead).await;
    let wrong = [
        ("kind", "Тон"),
        ("severity", "remark"),
        ("text", "Да"),
        ("employee", "o-first"),
    ];
    form(&app, &lead, "/deals/d-first/findings", &wrong)
        .await
        .is(403);
    let foreign = app.foreign(Access::Director).await;
    form(&app, &foreign, "/deals/d-first/findings", &written)
        .await
        .is(404);
}
