//! Notes, how one is told, pauses, and what lies unanswered: who opens what, and that forms work.

use std::sync::Arc;

use app::permissions::Access;
use app::telling::{self, Site};
use store::Store;

use crate::app::{TestApp, Who, person};
use crate::pages_work::{is_accessible, token};

store::on_both!(
    each_access_opens_the_pages_of_telling,
    a_note_is_read_on_its_page,
    one_chooses_how_to_be_told,
    a_director_sets_when_people_are_told,
    a_pause_is_made_and_ended,
);

const HOUR: i64 = 3_600_000;

async fn each_access_opens_the_pages_of_telling(store: Arc<Store>) {
    use Access::*;
    let app = TestApp::staffed(store).await;
    let pages = [
        "/notes",
        "/me/telling",
        "/unhandled",
        "/admin/telling",
        "/admin/pauses",
    ];
    for (access, open) in [
        (Employee, [200, 200, 403, 403, 403]),
        (Lead, [200, 200, 403, 403, 200]),
        (Coordinator, [200, 200, 403, 200, 200]),
        (Specialist, [200, 200, 403, 403, 403]),
        (Head, [200, 200, 200, 200, 200]),
        (Director, [200, 200, 200, 200, 200]),
        (Administrator, [200, 200, 403, 200, 200]),
        (ClientManager, [200, 200, 403, 403, 403]),
        (Interviewer, [200, 200, 403, 403, 403]),
        (Shopper, [200, 200, 403, 403, 403]),
    ] {
        let who = app.of(access).await;
        for (path, status) in pages.iter().zip(open) {
            let answer = app.get(path, &who).await;
            assert_eq!(answer.status.as_u16(), status, "{access:?} {path}");
            is_accessible(&answer.text(), path);
        }
        let me = app.get("/me", &who).await.is(200).text();
        for path in ["/unhandled", "/admin/telling", "/admin/pauses"] {
            let place = pages.iter().position(|page| *page == path).unwrap();
            let opens = open[place] == 200;
            // A page of a section that is not the reader's is offered nowhere.
            assert!(
                opens || !me.contains(&format!("href=\"{path}\"")),
                "{access:?} {path}"
            );
        }
    }
    for path in pages {
        app.get(path, &Who::Nobody).await.is(303);
    }
}

async fn round(app: &TestApp) {
    let now = app.state.now();
    telling::round(&app.state.audits, &app.company, Site(""), now)
        .await
        .unwrap();
}

async fn a_note_is_read_on_its_page(store: Arc<Store>) {
    let app = TestApp::staffed(store).await;
    app.finding().await;
    app.pass(24 * HOUR);
    round(&app).await;
    let employee = app.of(Access::Employee).await;
    let list = app.get("/notes", &employee).await.is(200).text();
    let (_, after) = list.split_once("href=\"/notes/").expect("a note");
    let id = after.split('"').next().unwrap();
    let path = format!("/notes/{id}");
    let note = app.get(&path, &employee).await.is(200).text();
    is_accessible(&note, &path);
    assert!(note.contains("href=\"/mine\""), "{note}");
    let foreign = app.of(Access::Lead).await;
    app.get(&path, &foreign).await.is(404);
    let elsewhere = app.foreign(Access::Employee).await;
    app.get(&path, &elsewhere).await.is(404);
}

async fn one_chooses_how_to_be_told(store: Arc<Store>) {
    let app = TestApp::staffed(store).await;
    let employee = app.of(Access::Employee).await;
    let page = app.get("/me/telling", &employee).await.is(200);
    let token = token(&page);
    let fields = [
        ("form_token", token.as_str()),
        ("email", "on"),
        ("quiet", "20:00-09:00"),
    ];
    app.form("/me/telling", &employee, &fields).await.is(303);
    let page = app.get("/me/telling", &employee).await.is(200).text();
    assert!(page.contains("20:00-09:00"), "{page}");
    let wrong = [("form_token", token.as_str()), ("quiet", "поздно")];
    let page = app
        .form("/me/telling", &employee, &wrong)
        .await
        .is(422)
        .text();
    assert!(page.contains("Два времени через дефис"), "{page}");
    let forged = [("form_token", "x"), ("quiet", "")];
    app.form("/me/telling", &employee, &forged).await.is(403);
}

async fn a_director_sets_when_people_are_told(store: Arc<Store>) {
    let app = TestApp::staffed(store).await;
    let director = app.of(Access::Director).await;
    let page = app.get("/admin/telling", &director).await.is(200);
    let token = token(&page);
    let fields = |window| {
        [
            ("form_token", token.as_str()),
            ("quiet", "21:00-08:00"),
            ("note_at", "09:15"),
            ("note_after", "30"),
            ("window", window),
            ("within", "24"),
            ("unhandled_after", "3"),
        ]
    };
    app.form("/admin/telling", &director, &fields("20"))
        .await
        .is(303);
    let page = app.get("/admin/telling", &director).await.is(200).text();
    assert!(
        page.contains("09:15") && page.contains("21:00-08:00"),
        "{page}"
    );
    app.form("/admin/telling", &director, &fields("0"))
        .await
        .is(422);
    app.form("/admin/telling", &director, &fields("много"))
        .await
        .is(422);
    let head = app.of(Access::Head).await;
    let page = app.get("/me", &head).await.is(200);
    let own = crate::pages_work::token(&page);
    let mut foreign = fields("20");
    foreign[0].1 = own.as_str();
    app.form("/admin/telling", &head, &foreign).await.is(403);
}

async fn a_pause_is_made_and_ended(store: Arc<Store>) {
    let app = TestApp::staffed(store).await;
    let lead = app.of(Access::Lead).await;
    let page = app.get("/admin/pauses", &lead).await.is(200);
    assert!(
        !page.text().contains("Вся компания"),
        "a lead pauses the group's alone"
    );
    let token = token(&page);
    let employee = person("employee@first");
    let fields = |person, reason| {
        [
            ("form_token", token.as_str()),
            ("person", person),
            ("until", "2026-03-05"),
            ("reason", reason),
        ]
    };
    app.form("/admin/pauses", &lead, &fields(&employee, ""))
        .await
        .is(422);
    app.form("/admin/pauses", &lead, &fields("*", "переезд"))
        .await
        .is(403);
    app.form("/admin/pauses", &lead, &fields(&employee, "учёба"))
        .await
        .is(303);
    let own = app.of(Access::Employee).await;
    let page = app.get("/notes", &own).await.is(200).text();
    assert!(page.contains("учёба"), "{page}");
    let paused = "Уведомления приостановлены до";
    for path in ["/group", "/people/e-first"] {
        let page = app.get(path, &lead).await.is(200).text();
        assert!(page.contains(paused), "{path}: {page}");
    }
    let page = app.get("/admin/pauses", &lead).await.is(200).text();
    let (_, after) = page.split_once("name=\"pause\"").expect("a way to end it");
    let (_, after) = after.split_once("value=\"").expect("the pause");
    let pause = after.split('"').next().unwrap();
    let ends = |pause| [("form_token", token.as_str()), ("pause", pause)];
    let path = "/admin/pauses/end";
    app.form(path, &lead, &ends("x")).await.is(404);
    app.form(path, &own, &ends(pause)).await.is(403);
    app.form(path, &lead, &ends(pause)).await.is(303);
    let page = app.get("/notes", &own).await.is(200).text();
    assert!(!page.contains("учёба"), "{page}");
    for path in ["/group", "/people/e-first"] {
        let page = app.get(path, &lead).await.is(200).text();
        assert!(!page.contains(paused), "{path}: {page}");
    }
}
