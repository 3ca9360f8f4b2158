//! Pages of reports: who opens what, and a report from the form to the file.

use std::sync::Arc;

use app::permissions::Access;
use store::Store;

use crate::app::TestApp;
use crate::pages_work::{is_accessible, token};

store::on_both!(
    each_access_opens_the_pages_of_reports,
    a_report_is_made_read_and_taken_away,
    what_cannot_be_made_is_said_at_the_field,
    a_director_sets_the_schedule,
);

async fn each_access_opens_the_pages_of_reports(store: Arc<Store>) {
    use Access::*;
    let app = TestApp::staffed(store).await;
    for (access, open) in [
        (Employee, [200, 403]),
        (Lead, [200, 403]),
        (Coordinator, [200, 200]),
        (Specialist, [200, 403]),
        (Head, [200, 200]),
        (Director, [200, 200]),
        (Administrator, [403, 200]),
        (ClientManager, [403, 403]),
        (Interviewer, [403, 403]),
        (Shopper, [403, 403]),
    ] {
        let who = app.of(access).await;
        for (path, status) in ["/reports", "/admin/reports"].iter().zip(open) {
            let answer = app.get(path, &who).await;
            assert_eq!(answer.status.as_u16(), status, "{access:?} {path}");
            is_accessible(&answer.text(), path);
        }
    }
}

async fn a_report_is_made_read_and_taken_away(store: Arc<Store>) {
    let app = TestApp::staffed(store).await;
    app.finding().await;
    let specialist = app.of(Access::Specialist).await;
    let page = app.get("/reports", &specialist).await.is(200);
    let token = token(&page);
    let fields = [
        ("form_token", token.as_str()),
        ("kind", "week"),
        ("day", "2026-03-04"),
        ("whom", "company"),
    ];
    let made = app.form("/reports", &specialist, &fields).await.is(303);
    let path = made.header("location");
    let page = app.get(path, &specialist).await.is(200);
    is_accessible(&page.text(), path);
    let list = app.get("/reports", &specialist).await.is(200).text();
    assert!(list.contains(path), "{list}");
    let html = app.get(&format!("{path}/html"), &specialist).await.is(200);
    assert!(
        html.header("content-security-policy")
            .contains("default-src 'none'")
    );
    assert!(html.header("content-type").starts_with("text/html"));
    let book = app.get(&format!("{path}/xlsx"), &specialist).await.is(200);
    assert!(book.header("content-disposition").starts_with("attachment"));
    app.get(&format!("{path}/doc"), &specialist).await.is(404);
    // A draft is for those who write reports.
    let lead = app.of(Access::Lead).await;
    app.get(path, &lead).await.is(404);
    app.get(&format!("{path}/html"), &lead).await.is(404);
    let elsewhere = app.foreign(Access::Director).await;
    app.get(path, &elsewhere).await.is(404);
    app.get(&format!("{path}/xlsx"), &elsewhere).await.is(404);
    let forged = [("form_token", "x")];
    app.form(&format!("{path}/send"), &specialist, &forged)
        .await
        .is(403);
}

async fn what_cannot_be_made_is_said_at_the_field(store: Arc<Store>) {
    let app = TestApp::staffed(store).await;
    let head = app.of(Access::Head).await;
    let page = app.get("/reports", &head).await.is(200);
    let token = token(&page);
    let fields = |day, whom| {
        [
            ("form_token", token.as_str()),
            ("kind", "month"),
            ("day", day),
            ("whom", whom),
        ]
    };
    let wrong = app
        .form("/reports", &head, &fields("вчера", "company"))
        .await;
    let said = wrong.is(422).text();
    assert!(said.contains("Нужна дата"), "{said}");
    let future = app
        .form("/reports", &head, &fields("2126-03-01", "company"))
        .await;
    let said = future.is(422).text();
    assert!(said.contains("ещё не начался"), "{said}");
    let stranger = fields("2026-03-01", "employee:e-second");
    app.form("/reports", &head, &stranger).await.is(404);
}

async fn a_director_sets_the_schedule(store: Arc<Store>) {
    let app = TestApp::staffed(store).await;
    let director = app.of(Access::Director).await;
    let page = app.get("/admin/reports", &director).await.is(200);
    let token = token(&page);
    let fields = |send_at| {
        [
            ("form_token", token.as_str()),
            ("weekly", "on"),
            ("make_at", "07:00"),
            ("send_at", send_at),
            ("language", "ru"),
        ]
    };
    let saved = app
        .form("/admin/reports", &director, &fields("11:30"))
        .await;
    saved.is(303);
    let page = app.get("/admin/reports", &director).await.is(200).text();
    assert!(page.contains("11:30"), "{page}");
    let wrong = app
        .form("/admin/reports", &director, &fields("скоро"))
        .await;
    let said = wrong.is(422).text();
    assert!(said.contains("Время в часах и минутах"), "{said}");
    let coordinator = app.of(Access::Coordinator).await;
    app.form("/admin/reports", &coordinator, &fields("11:30"))
        .await
        .is(403);
}
