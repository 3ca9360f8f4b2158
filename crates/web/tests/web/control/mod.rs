//! The pages of quality control: what waits to be passed on, deals to look at, the time that takes,
//! exemptions, and the deal's page with its form.

mod by_hand;
mod exemptions;
mod looking;
mod timeline;

use std::sync::Arc;

use app::permissions::{Access, Scope};
use serde_json::{Value, json};
use store::Store;

use crate::app::{Answer, BEGIN, TestApp, Who};

store::on_both!(
    each_access_opens_the_pages_of_control,
    words_of_others_stay_text,
);

const HOUR: i64 = 3_600_000;
const DAY: i64 = 24 * HOUR;

async fn send(app: &TestApp, events: Value) {
    let (_, crm) = app.token(Access::Administrator, &[Scope::Events]).await;
    let body = json!({ "events": events });
    app.post("/api/v1/events", &crm, body).await.is(200);
}

fn created(deal: &str, employee: &str, at: i64) -> Value {
    json!({ "id": format!("c-{deal}"), "deal": deal, "at": at, "kind": "created", "stage": "new",
        "employee": employee, "text": format!("Сделка {deal}"), "amount": 1000 })
}

fn token(page: &str) -> String {
    let (_, after) = page
        .split_once("name=\"form_token\" value=\"")
        .expect("a form");
    after.split('"').next().expect("a value").to_owned()
}

/// Sends a form with the reader's token.
async fn form(app: &TestApp, who: &Who, path: &str, fields: &[(&str, &str)]) -> Answer {
    let token = token(&app.get("/me", who).await.is(200).text());
    let mut all = vec![("form_token", token.as_str())];
    all.extend(fields);
    app.form(path, who, &all).await
}

/// Sends a form and follows the redirect; the page, and its address.
async fn done(app: &TestApp, who: &Who, path: &str, fields: &[(&str, &str)]) -> (String, String) {
    let answer = form(app, who, path, fields).await.is(303);
    let to = answer.header("location").to_owned();
    let page = to.split('#').next().expect("an address");
    let page = app.get(page, who).await.is(200).text();
    assert!(!page.contains('⟨'), "a word is missing: {page}");
    (page, to)
}

/// The number of the event of a page that has a text, by which forms name it.
fn number(page: &str, text: &str) -> String {
    let (before, _) = page.split_once(text).expect("the text");
    let (_, after) = before.rsplit_once("data-event=\"").expect("an event");
    after.split('"').next().expect("a number").to_owned()
}

async fn each_access_opens_the_pages_of_control(store: Arc<Store>) {
    let app = TestApp::staffed(store).await;
    let pages = [
        "/queue",
        "/queue/deals",
        "/queue/done",
        "/queue/time",
        "/exemptions",
    ];
    use Access::*;
    for (access, open) in [
        (Employee, [403, 403, 403, 403, 200]),
        (Lead, [403, 403, 403, 403, 200]),
        (Coordinator, [200, 200, 200, 200, 200]),
        (Specialist, [403, 200, 200, 200, 200]),
        (Head, [200, 200, 200, 200, 200]),
        (Director, [200, 200, 200, 200, 200]),
        (Administrator, [403, 403, 403, 403, 403]),
        (ClientManager, [403, 403, 403, 403, 403]),
        (Interviewer, [403, 403, 403, 403, 403]),
        (Shopper, [403, 403, 403, 403, 403]),
    ] {
        let who = app.of(access).await;
        for (path, status) in pages.iter().zip(open) {
            let answer = app.get(path, &who).await;
            assert_eq!(answer.status.as_u16(), status, "{access:?} {path}");
            crate::pages_work::is_accessible(&answer.text(), path);
        }
        // What the pages do is refused likewise.
        let deals = open[1] == 200;
        let taken = form(&app, &who, "/queue/deals", &[("deal", "d-first")]).await;
        assert_eq!(
            taken.status.as_u16(),
            if deals { 303 } else { 403 },
            "{access:?}"
        );
        let back = form(
            &app,
            &who,
            "/queue/reviews/none",
            &[("do", "back"), ("deal", "x")],
        )
        .await;
        assert_eq!(
            back.status.as_u16(),
            if deals { 404 } else { 403 },
            "{access:?}"
        );
        let passes = open[0] == 200;
        let passed = form(&app, &who, "/queue/findings/none", &[("do", "pass_on")]).await;
        assert_eq!(
            passed.status.as_u16(),
            if passes { 404 } else { 403 },
            "{access:?}"
        );
        let made = form(&app, &who, "/exemptions", &[("reason", "x")]).await;
        assert_eq!(
            made.status.as_u16(),
            if passes { 422 } else { 403 },
            "{access:?}"
        );
        let ended = form(&app, &who, "/exemptions/none", &[("reason", "x")]).await;
        assert_eq!(
            ended.status.as_u16(),
            if passes { 404 } else { 403 },
            "{access:?}"
        );
    }
    let foreign = app.foreign(Access::Director).await;
    for path in pages {
        let page = app.get(path, &foreign).await.is(200).text();
        assert!(!page.contains("-first"), "{path}");
        app.get(path, &Who::Nobody).await.is(303);
    }
    let taken = form(&app, &foreign, "/queue/deals", &[("deal", "d-first")]).await;
    taken.is(404);
    // A form that is not theirs does nothing.
    let head = app.of(Access::Head).await;
    for path in ["/queue/deals", "/exemptions", "/deals/d-first/findings"] {
        let fields = [("form_token", "x"), ("deal", "d-first"), ("reason", "x")];
        app.form(path, &head, &fields).await.is(403);
    }
}

async fn words_of_others_stay_text(store: Arc<Store>) {
    let app = TestApp::staffed(store).await;
    let evil = "<img src=x onerror=alert(1)>\"'&";
    send(
        &app,
        json!([
            { "id": "x1", "deal": evil, "at": BEGIN - DAY, "kind": "created", "stage": evil, "employee": "e-first",
                "text": evil, "client": evil, "channel": evil },
            { "id": "x2", "deal": evil, "at": BEGIN - HOUR, "kind": "task_added", "task": "t", "due": BEGIN, "text": evil,
                "employee": "e-first", "channel": evil },
        ]),
    )
    .await;
    let deal: String = evil.bytes().map(|byte| format!("%{byte:02X}")).collect();
    let head = app.of(Access::Head).await;
    let path = format!("/deals/{deal}");
    let written = [
        ("kind", evil),
        ("severity", "gross"),
        ("text", evil),
        ("recommendation", evil),
    ];
    let (page, _) = done(&app, &head, &format!("{path}/findings"), &written).await;
    let asked = [("deal", evil), ("reason", evil), ("until", "2026-05-01")];
    let (exempted, _) = done(&app, &head, "/exemptions", &asked).await;
    let queue = app.get("/queue", &head).await.is(200).text();
    let (_, _) = done(&app, &head, "/queue/deals", &[("deal", evil)]).await;
    let deals = app.get("/queue/deals", &head).await.is(200).text();
    let adding = app
        .get(&format!("{path}?add=yes"), &head)
        .await
        .is(200)
        .text();
    let looked = app.get("/queue/done", &head).await.is(200).text();
    for page in [page, exempted, queue, deals, adding, looked] {
        assert!(page.contains("&#60;img src=x"), "{page}");
        assert!(
            !page.contains("<img") && !page.contains(" onerror=alert(1)>"),
            "{page}"
        );
    }
}
