//! The pages where people work: who opens which, what they do there without scripts, and that
//! nobody sees what is not theirs.

use std::sync::Arc;

use app::permissions::{Access, Scope};
use serde_json::{Value, json};
use store::Store;
use store::findings::{self, Finding};

use crate::app::{Answer, BEGIN, TestApp, Who};

store::on_both!(
    a_table_can_be_taken_away,
    each_access_opens_its_pages,
    the_day_begins_where_the_work_is,
    a_finding_is_acknowledged_by_a_form,
    a_dispute_is_decided_in_place,
    a_refusal_is_told_in_words,
    nobody_reaches_what_is_not_theirs,
    markup_of_the_crm_stays_text,
    a_hundred_rows_are_a_small_page,
    the_filter_lives_in_the_address,
    every_page_speaks_english_too,
);

const HOUR: i64 = 3_600_000;

/// A server with a deal of the employee, one of nobody's colleague and what follows from them.
async fn worked(store: Arc<Store>) -> TestApp {
    let app = TestApp::staffed(store).await;
    send(&app, json!([created("x1", "o1", "o-first", "Чужая")])).await;
    app
}

fn created(id: &str, deal: &str, employee: &str, title: &str) -> Value {
    json!({ "id": id, "deal": deal, "at": BEGIN - 72 * HOUR, "kind": "created", "stage": "new",
        "employee": employee, "text": title, "amount": 1200.5, "client": "k1" })
}

async fn send(app: &TestApp, events: Value) {
    let (_, crm) = app.token(Access::Administrator, &[Scope::Events]).await;
    let body = json!({ "events": events });
    app.post("/api/v1/events", &crm, body).await.is(200);
}

/// The findings held against an employee of the first company.
async fn held_against(app: &TestApp, employee: &str) -> Vec<Finding> {
    let mut reader = app.state.store.reader().await.expect("a reader");
    let all = findings::all(&mut reader, &app.company).await;
    let mut all = all.expect("findings");
    all.retain(|finding| finding.employee == employee && finding.standing);
    assert!(!all.is_empty(), "something is found of {employee}");
    all
}

pub fn token(page: &Answer) -> String {
    let text = page.text();
    let (_, after) = text
        .split_once("name=\"form_token\" value=\"")
        .expect("a form");
    after.split('"').next().expect("a value").to_owned()
}

/// Does something with a finding as a form does, and follows the redirect.
async fn act(app: &TestApp, who: &Who, id: &str, next: &str, what: &str, text: &str) -> Answer {
    let token = token(&app.get("/me", who).await.is(200));
    let fields = [
        ("form_token", token.as_str()),
        ("next", next),
        ("do", what),
        ("text", text),
    ];
    let done = app.form(&format!("/findings/{id}"), who, &fields).await;
    let done = done.is(303);
    app.get(done.header("location"), who).await.is(200)
}

/// What every page owes to those who read it with a screen reader or a keyboard.
pub fn is_accessible(page: &str, path: &str) {
    assert!(
        page.starts_with("<!doctype html>\n<html lang=\"ru\">"),
        "{path}"
    );
    assert_eq!(page.matches("<h1").count(), 1, "{path}");
    // Nothing inline: the only script is the file that the server was built with.
    for (at, _) in page.match_indices("<script") {
        let own = "<script type=\"module\" src=\"/assets/app.js?v=";
        assert!(page[at..].starts_with(own), "{path}");
    }
    assert!(!page.contains(" style="), "{path}");
    // A field stands within its label, or is named by one.
    for kind in ["<input", "<select", "<textarea"] {
        for (at, _) in page.match_indices(kind) {
            let tag = page[at..].split('>').next().expect("a tag");
            let within =
                page[..at].matches("<label").count() > page[..at].matches("</label>").count();
            let named = within || tag.contains("aria-label=");
            assert!(named || tag.contains("type=\"hidden\""), "{path}: {tag}");
        }
    }
    assert!(!page.contains('⟨'), "{path}: a word is missing");
}

async fn each_access_opens_its_pages(store: Arc<Store>) {
    let app = worked(store).await;
    let finding = held_against(&app, "e-first").await.remove(0);
    let (finding, deal) = (format!("/findings/{}", finding.id), "/deals/d-first");
    let pages = [
        "/board",
        "/mine",
        "/group",
        "/findings",
        "/disputes",
        "/rules",
        "/rules/first-response",
        &finding,
        deal,
        "/month",
        "/calls",
        "/meeting",
        "/people/e-first",
    ];
    // A section leads to the first of its pages that opens.
    let offered_by = |page: &str| {
        match page {
            "/disputes" => "/queue",
            page => page,
        }
        .to_owned()
    };
    use Access::*;
    for (access, open) in [
        (
            Employee,
            [
                403, 200, 403, 200, 403, 200, 200, 200, 200, 200, 200, 403, 200,
            ],
        ),
        (
            Lead,
            [
                403, 200, 200, 200, 403, 200, 200, 200, 200, 200, 200, 200, 200,
            ],
        ),
        (
            Coordinator,
            [
                200, 403, 403, 200, 200, 200, 200, 200, 200, 403, 403, 200, 200,
            ],
        ),
        (
            Specialist,
            [
                200, 403, 403, 200, 403, 200, 200, 200, 200, 403, 403, 403, 200,
            ],
        ),
        (
            Head,
            [
                200, 403, 403, 200, 200, 200, 200, 200, 200, 403, 403, 200, 200,
            ],
        ),
        (
            Director,
            [
                200, 403, 403, 200, 200, 200, 200, 200, 200, 403, 403, 200, 200,
            ],
        ),
        (
            Administrator,
            [
                403, 403, 403, 403, 403, 200, 200, 403, 403, 403, 403, 403, 403,
            ],
        ),
        (
            ClientManager,
            [
                200, 403, 403, 403, 403, 200, 200, 403, 200, 403, 403, 403, 403,
            ],
        ),
        (
            Interviewer,
            [
                403, 403, 403, 403, 403, 403, 403, 403, 403, 403, 403, 403, 403,
            ],
        ),
        (
            Shopper,
            [
                403, 403, 403, 403, 403, 403, 403, 403, 403, 403, 403, 403, 403,
            ],
        ),
    ] {
        let who = app.of(access).await;
        for (path, status) in pages.iter().zip(open) {
            let answer = app.get(path, &who).await;
            assert_eq!(answer.status.as_u16(), status, "{access:?} {path}");
            is_accessible(&answer.text(), path);
        }
        // Nothing is offered that does not open.
        let me = app.get("/me", &who).await.is(200).text();
        let tabs = me.split("<nav").nth(1).unwrap_or_default();
        let tabs = tabs.split("</nav>").next().unwrap_or_default();
        for (path, status) in pages.iter().zip(open).take(6) {
            let offered = tabs.contains(&format!("href=\"{}\"", offered_by(path)));
            assert_eq!(offered, status == 200, "{access:?} {path}");
        }
    }
    for path in pages {
        let away = app.get(path, &Who::Nobody).await.is(303);
        assert!(
            away.header("location").starts_with("/login?next="),
            "{path}"
        );
    }
}

async fn the_day_begins_where_the_work_is(store: Arc<Store>) {
    let app = worked(store).await;
    for (access, place) in [
        (Access::Employee, "/mine"),
        (Access::Lead, "/group"),
        (Access::Coordinator, "/queue"),
        (Access::Specialist, "/queue/deals"),
        (Access::Director, "/board"),
        (Access::Administrator, "/admin"),
        (Access::Shopper, "/me"),
    ] {
        let who = app.of(access).await;
        let home = app.get("/", &who).await.is(303);
        assert_eq!(home.header("location"), place, "{access:?}");
        app.get(place, &who).await.is(200);
    }
}

async fn a_finding_is_acknowledged_by_a_form(store: Arc<Store>) {
    let app = worked(store).await;
    let finding = held_against(&app, "e-first").await.remove(0);
    let employee = app.of(Access::Employee).await;
    let mine = app.get("/mine", &employee).await.is(200).text();
    assert!(
        mine.contains(&finding.id) && mine.contains("новое"),
        "{mine}"
    );
    // It has been shown, so it is told, and the time for a dispute runs.
    let again = app.get("/mine", &employee).await.is(200).text();
    assert!(!again.contains(">новое<") && again.contains("оспорить можно до"));
    let path = format!("/findings/{}", finding.id);
    for token in ["", "x"] {
        let fields = [("form_token", token), ("do", "acknowledge:client")];
        app.form(&path, &employee, &fields).await.is(403);
    }
    let done = act(
        &app,
        &employee,
        &finding.id,
        "/mine?page=1",
        "acknowledge:overload",
        "",
    )
    .await;
    let page = done.text();
    assert!(page.contains("Признано, причина «Перегрузка»"), "{page}");
    assert!(page.contains("Признано, но ещё не исправлено: 1"), "{page}");
    // The lead sees what was said, and who has not been asked cannot answer.
    let lead = app.of(Access::Lead).await;
    let seen = app.get(&path, &lead).await.is(200).text();
    assert!(seen.contains("признано") && seen.contains("Перегрузка"));
    let specialist = app.of(Access::Specialist).await;
    let token = token(&app.get("/me", &specialist).await);
    let fields = [("form_token", token.as_str()), ("do", "acknowledge:client")];
    app.form(&path, &specialist, &fields).await.is(403);
    let fields = [("form_token", token.as_str()), ("do", "forgive")];
    app.form(&path, &specialist, &fields).await.is(422);
}

async fn a_dispute_is_decided_in_place(store: Arc<Store>) {
    let app = worked(store).await;
    let finding = held_against(&app, "e-first").await.remove(0);
    let employee = app.of(Access::Employee).await;
    let said = "Клиент просил <b>не звонить</b>";
    let done = act(&app, &employee, &finding.id, "/mine", "dispute", said).await;
    assert!(done.text().contains("Спор отправлен на решение"));
    let coordinator = app.of(Access::Coordinator).await;
    let waiting = app.get("/disputes", &coordinator).await.is(200).text();
    assert!(
        waiting.contains("Клиент просил &#60;b&#62;не звонить"),
        "{waiting}"
    );
    assert!(waiting.contains("Имя employee@first"), "who disputes");
    assert!(!waiting.contains("Остальные споры"), "there are no others");
    // Without a reason nothing is decided.
    let silent = act(
        &app,
        &coordinator,
        &finding.id,
        "/disputes",
        "decide:dismissed",
        "",
    )
    .await;
    assert!(silent.text().contains("напишите, почему"));
    let done = act(
        &app,
        &coordinator,
        &finding.id,
        "/disputes",
        "decide:dismissed",
        "Так и было",
    );
    let page = done.await.text();
    assert!(page.contains("Замечание снято и больше не считается"));
    assert!(page.contains("Споров нет"));
    let path = format!("/findings/{}", finding.id);
    let past = app.get(&path, &employee).await.is(200).text();
    assert!(past.contains("Так и было") && past.contains("снято"));
}

async fn a_refusal_is_told_in_words(store: Arc<Store>) {
    let app = worked(store).await;
    let finding = held_against(&app, "e-first").await.remove(0);
    let employee = app.of(Access::Employee).await;
    let (id, own) = (finding.id.as_str(), format!("/findings/{}", finding.id));
    let once = act(&app, &employee, id, &own, "acknowledge:client", "").await;
    assert!(once.text().contains("Признано, причина «Клиент»"));
    let twice = act(&app, &employee, id, &own, "acknowledge:client", "").await;
    assert!(twice.text().contains("уже признано с этой причиной"));
    app.pass(60 * 24 * HOUR);
    let employee = app.of(Access::Employee).await;
    let late = act(
        &app,
        &employee,
        id,
        "https://evil.example/",
        "dispute",
        "Нет",
    )
    .await;
    assert!(
        late.text()
            .contains("срок, когда замечание можно было оспорить, прошёл")
    );
    // An address cannot make a page say what did not happen.
    let lie = format!(
        "/mine?done={}&refused=x",
        held_against(&app, "o-first").await[0].id
    );
    let page = app.get(&lie, &employee).await.is(200).text();
    assert!(!page.contains("class=\"told"));
}

async fn nobody_reaches_what_is_not_theirs(store: Arc<Store>) {
    let app = worked(store).await;
    let others = held_against(&app, "o-first").await.remove(0);
    let path = format!("/findings/{}", others.id);
    for who in [
        app.of(Access::Employee).await,
        app.of(Access::Lead).await,
        app.foreign(Access::Director).await,
    ] {
        app.get(&path, &who).await.is(404);
        app.get("/deals/o1", &who).await.is(404);
        let token = token(&app.get("/me", &who).await);
        let fields = [("form_token", token.as_str()), ("do", "acknowledge:client")];
        app.form(&path, &who, &fields).await.is(404);
        for list in [
            "/findings",
            "/findings?employee=o-first",
            "/mine?employee=o-first",
            "/group?employee=o-first",
            "/month?employee=o-first",
            "/calls?employee=o-first",
            "/meeting?group=g-other",
        ] {
            let page = app.get(list, &who).await.text();
            assert!(
                !page.contains(&others.id) && !page.contains("Чужая"),
                "{list}"
            );
            assert!(!page.contains("Сотрудник o-first"), "{list}");
        }
    }
    let employee = app.of(Access::Employee).await;
    app.get("/deals/d-second", &employee).await.is(404);
    app.get("/deals/nothing", &employee).await.is(404);
    app.get("/rules/nothing", &employee).await.is(404);
    // Nor does a colleague's name stand in the lists of a filter.
    let page = app.get("/findings", &employee).await.is(200).text();
    assert!(!page.contains("l-first"));
}

async fn markup_of_the_crm_stays_text(store: Arc<Store>) {
    let app = worked(store).await;
    let evil = "<img src=x onerror=alert(1)>\"'&";
    let long = format!("{evil} {}", "слово ".repeat(100));
    send(
        &app,
        json!([
            created("x2", "evil", "e-first", evil),
            { "id": "x3", "deal": "evil", "at": BEGIN - 71 * HOUR, "kind": "note_added", "text": long, "actor": "e-first" },
            { "id": "x4", "deal": "evil", "at": BEGIN - 70 * HOUR, "kind": "field_set", "field": evil, "text": evil },
            { "id": "x5", "deal": "evil", "at": BEGIN - 69 * HOUR, "kind": "task_added", "task": "t1", "text": evil,
                "due": BEGIN - 60 * HOUR, "employee": "e-first" },
        ]),
    )
    .await;
    let employee = app.of(Access::Employee).await;
    for path in ["/mine", "/findings", "/deals/evil"] {
        let page = app.get(path, &employee).await.is(200).text();
        assert!(page.contains("&#60;img src=x"), "{path}: {page}");
        assert!(!page.contains("<img"), "{path}");
    }
    let deal = app.get("/deals/evil", &employee).await.text();
    assert!(deal.contains("<details><summary>"), "long texts are folded");
    assert!(deal.contains("нерабочее время"));
}

async fn a_hundred_rows_are_a_small_page(store: Arc<Store>) {
    let app = worked(store).await;
    let title = "Очень длинное название сделки, каких в жизни бывает много";
    let deals: Vec<Value> = (0..100)
        .map(|i| created(&format!("m{i}"), &format!("m{i}"), "e-first", title))
        .collect();
    send(&app, Value::Array(deals)).await;
    let notes: Vec<Value> = (0..200)
        .map(|i| {
            json!({ "id": format!("n{i}"), "deal": "m1", "at": BEGIN - 60 * HOUR + i * 60_000,
            "kind": "note_added", "text": title.repeat(4), "actor": "e-first" })
        })
        .collect();
    send(&app, Value::Array(notes)).await;
    let employee = app.of(Access::Employee).await;
    let lead = app.of(Access::Lead).await;
    for (who, path) in [
        (&employee, "/mine"),
        (&employee, "/findings"),
        (&employee, "/deals/m1"),
        (&lead, "/group"),
    ] {
        let page = app.get(path, who).await.is(200);
        assert!(page.body.len() < 200_000, "{path}: {}", page.body.len());
    }
    // The list goes on on other pages, and each finding stands on one of them.
    let second = app.get("/mine?page=2", &employee).await.is(200).text();
    let first = app.get("/mine", &employee).await.is(200).text();
    let ids = |page: &str| -> Vec<String> {
        let after = page.split("id=\"f-").skip(1);
        after
            .map(|rest| rest.split('"').next().expect("an id").to_owned())
            .collect()
    };
    assert_eq!(ids(&first).len(), 30);
    assert!(ids(&first).iter().all(|id| !ids(&second).contains(id)));
    let deal = app.get("/deals/m1", &employee).await.text();
    assert!(deal.contains("/deals/m1?back=1"));
}

async fn the_filter_lives_in_the_address(store: Arc<Store>) {
    let app = worked(store).await;
    let director = app.of(Access::Director).await;
    let all = app.get("/findings", &director).await.is(200).text();
    assert!(all.contains("Сотрудник e-first") && all.contains("Сотрудник o-first"));
    let finding = held_against(&app, "e-first").await.remove(0);
    let rows = |page: &str| page.matches("href=\"/findings/").count();
    let path = format!("/findings?rule={}&employee=e-first&open=yes", finding.rule);
    let page = app.get(&path, &director).await.is(200).text();
    assert!(page.contains(&finding.id) && rows(&page) < rows(&all));
    assert!(page.contains(&format!("<option value=\"{}\" selected>", finding.rule)));
    for (query, found) in [
        ("employee=nobody", 0),
        ("group=nothing", 0),
        ("to=2020-01-01", 0),
        ("from=2020-01-01&to=2030-01-01", rows(&all)),
        ("from=yesterday&severity=&state=&after=x", rows(&all)),
        ("state=dismissed", 0),
        ("group=g-first&employee=o-first", 0),
    ] {
        let page = app.get(&format!("/findings?{query}"), &director).await;
        assert_eq!(rows(&page.is(200).text()), found, "{query}");
    }
}

async fn every_page_speaks_english_too(store: Arc<Store>) {
    let app = worked(store).await;
    let finding = held_against(&app, "e-first").await.remove(0);
    let (finding, deal) = (format!("/findings/{}", finding.id), "/deals/d-first");
    for access in [Access::Employee, Access::Lead, Access::Head] {
        let who = app.of(access).await;
        let body = Some(json!({ "language": "en" }));
        app.call("PATCH", "/api/v1/me", &who, body).await.is(204);
        for path in [
            "/me",
            "/mine",
            "/group",
            "/findings",
            "/disputes",
            "/rules",
            "/rules/first-response",
            &finding,
            deal,
            "/month",
            "/calls",
            "/meeting",
            "/people/e-first",
        ] {
            let page = app.get(path, &who).await.text();
            assert!(page.contains("<html lang=\"en\">"), "{access:?} {path}");
            assert!(!page.contains('⟨'), "{access:?} {path}: a word is missing");
        }
    }
}

/// A table of a page as a file holds what the page shows.
async fn a_table_can_be_taken_away(store: Arc<Store>) {
    let app = TestApp::staffed(store).await;
    let employee = app.of(Access::Employee).await;
    let page = app.get("/rules", &employee).await.is(200).text();
    assert!(
        page.contains("/rules?format=xlsx&amp;table=rules")
            || page.contains("/rules?format=xlsx&#38;table=rules"),
        "{page}"
    );
    let file = app
        .get("/rules?format=csv&table=rules", &employee)
        .await
        .is(200);
    assert_eq!(file.header("content-type"), "text/csv; charset=utf-8");
    assert_eq!(
        file.header("content-disposition"),
        "attachment; filename=\"rules.csv\""
    );
    let text = file.text();
    assert!(text.starts_with("\u{feff}Правило;"), "{text}");
    assert!(text.lines().count() > 20, "{text}");
    let book = app
        .get("/rules?format=xlsx&table=rules", &employee)
        .await
        .is(200);
    assert!(book.body.starts_with(b"PK"));
    // What is no table or no format is the page.
    let page = app
        .get("/rules?format=csv&table=nothing", &employee)
        .await
        .is(200);
    assert!(page.text().contains("<table"));
}
