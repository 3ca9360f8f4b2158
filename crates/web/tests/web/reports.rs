//! Pages of reports: who opens what, and a report from the form to the file.

use std::sync::Arc;

use app::accounts::actor_of;
use app::keeping;
use app::period_report::Whom;
use app::permissions::Access;
use app::reports::{self, NoPress, Press, Printed};
use app::{Actor, Instant};
use figures::Span;
use report::document::Document;
use store::Store;

use crate::app::{TestApp, person};
use crate::pages_work::{is_accessible, token};

store::on_both!(
    each_access_opens_the_pages_of_reports,
    a_report_is_made_read_and_taken_away,
    what_cannot_be_made_is_said_at_the_field,
    a_director_sets_the_schedule,
    a_director_sets_how_long_files_are_kept,
    a_report_that_cannot_be_sent_is_shown_with_the_next_try,
    a_report_without_files_says_so,
);

const HOUR: i64 = 3_600_000;

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

async fn a_director_sets_how_long_files_are_kept(store: Arc<Store>) {
    let app = TestApp::staffed(store).await;
    let director = app.of(Access::Director).await;
    let page = app.get("/admin/reports", &director).await.is(200);
    let token = token(&page);
    let fields = |reports, attachments| {
        [
            ("form_token", token.as_str()),
            ("report_days", reports),
            ("attachment_days", attachments),
        ]
    };
    let path = "/admin/reports/kept";
    app.form(path, &director, &fields("1825", "500"))
        .await
        .is(303);
    let page = app.get("/admin/reports", &director).await.is(200).text();
    assert!(page.contains("1825") && page.contains("500"), "{page}");
    app.form(path, &director, &fields("", "500")).await.is(303);
    for wrong in [fields("", "7"), fields("год", "500")] {
        let said = app.form(path, &director, &wrong).await.is(422).text();
        is_accessible(&said, path);
        assert!(said.contains("От 400 до 3650"), "{said}");
    }
    let coordinator = app.of(Access::Coordinator).await;
    app.form(path, &coordinator, &fields("", "500"))
        .await
        .is(403);
    app.form(path, &director, &[("form_token", "x")])
        .await
        .is(403);
}

/// The week in which the finding of [`TestApp::finding`] lies, and some hour after it.
async fn monday(app: &TestApp) -> Instant {
    app.finding().await;
    app.pass(14 * 24 * HOUR);
    app.state.now()
}

async fn a_report_that_cannot_be_sent_is_shown_with_the_next_try(store: Arc<Store>) {
    let app = TestApp::staffed(store).await;
    let now = monday(&app).await;
    let press = NoPress::default();
    reports::round(&app.state.audits, &app.company, &press, now)
        .await
        .expect("looked");
    let director = app.of(Access::Director).await;
    let page = app.get("/admin/reports", &director).await.is(200).text();
    is_accessible(&page, "/admin/reports");
    assert!(
        page.contains("Не отправлен: ") && page.contains("sets nothing in type"),
        "{page}"
    );
    let overview = app.get("/admin", &director).await.is(200).text();
    assert!(
        overview.contains("Отчёты, которые не получилось"),
        "{overview}"
    );
    let coordinator = app.of(Access::Coordinator).await;
    let page = app.get("/admin/reports", &coordinator).await.is(200).text();
    assert!(
        page.contains("Не отправлен: ") && !page.contains("Попробовать сейчас"),
        "{page}"
    );
    let page = app.get("/admin/reports", &director).await.is(200);
    let fields = [("form_token", &*token(&page))];
    let again = "/admin/reports/retry";
    app.form(again, &coordinator, &fields).await.is(403);
    app.form(again, &director, &fields).await.is(303);
}

async fn actor(app: &TestApp, login: &str) -> Actor {
    let mut reader = app.state.store.reader().await.expect("a reader");
    let found = actor_of(&mut reader, &app.company, &person(login)).await;
    found.expect("read").expect("somebody")
}

/// Sets everything in type as nothing.
struct Blank;

impl Press for Blank {
    fn base(&self) -> &str {
        ""
    }

    fn pdf(&self, _: &Document, _: Instant) -> Printed {
        Ok(Vec::new())
    }

    fn picture(&self, _: &Document, _: &str) -> Printed {
        Ok(Vec::new())
    }
}

async fn a_report_without_files_says_so(store: Arc<Store>) {
    let app = TestApp::staffed(store).await;
    let now = monday(&app).await;
    let (audits, store) = (&app.state.audits, &app.state.store);
    let specialist = actor(&app, "specialist@first").await;
    let zone = worktime::Zone::new("Europe/Moscow").expect("a zone");
    let asked = (Whom::Company, Span::last_full_week(&zone, now));
    let lang = wording::Lang::Ru;
    let report = reports::make(audits, &specialist, asked, lang, now).await;
    let report = report.expect("made");
    reports::send(audits, &specialist, &report.id, &Blank, now)
        .await
        .expect("sent");
    let kept = keeping::Keeping {
        report_days: Some(400),
        ..keeping::Keeping::default()
    };
    let director = actor(&app, "director@first").await;
    keeping::save(store, &director, kept, now)
        .await
        .expect("saved");
    let path = format!("/reports/{}", report.id);
    let reader = app.of(Access::Specialist).await;
    let page = app.get(&path, &reader).await.is(200).text();
    assert!(page.contains("Скачать PDF"), "{page}");
    app.pass(401 * 24 * HOUR);
    keeping::round(store, &app.company, app.state.now())
        .await
        .expect("looked");
    let reader = app.of(Access::Specialist).await;
    let page = app.get(&path, &reader).await.is(200).text();
    is_accessible(&page, &path);
    assert!(
        page.contains("Файлы этого отчёта удалены") && !page.contains("Скачать PDF"),
        "{page}"
    );
    let gone = app.get(&format!("{path}/pdf"), &reader).await.is(303);
    assert_eq!(gone.header("location"), path);
}
