//! The director's page: who opens it, that its numbers are those of the API, and that each leads
//! to what it counts.

use std::sync::Arc;

use app::permissions::{Access, Scope};
use serde_json::{Value, json};
use store::Store;

use crate::app::{BEGIN, TestApp, Who};

store::on_both!(
    it_opens_to_those_who_see_all_figures,
    its_numbers_are_those_of_the_api,
    every_number_leads_to_what_it_counts,
    a_group_keeps_what_was_found_in_it,
    what_decisions_leave_out_is_told,
    disputes_change_the_numbers,
    names_stay_text,
    an_empty_company_is_told_so,
    it_speaks_english_too,
);

const HOUR: i64 = 3_600_000;
/// The week of the findings.
const WEEK: &str = "week=2026-02-25";

fn created(id: &str, deal: &str, employee: &str) -> Value {
    json!({ "id": id, "deal": deal, "at": BEGIN - 120 * HOUR, "kind": "created", "stage": "new",
        "employee": employee, "text": "Окна", "amount": 1200.5, "client": "k1" })
}

async fn send(app: &TestApp, events: Value) {
    let (_, crm) = app.token(Access::Administrator, &[Scope::Events]).await;
    let body = json!({ "events": events });
    app.post("/api/v1/events", &crm, body).await.is(200);
}

/// A server with deals of two people, left alone for days.
pub async fn worked(store: Arc<Store>) -> TestApp {
    let app = TestApp::staffed(store).await;
    let deals = (0..8).map(|i| {
        let employee = ["e-first", "o-first"][i % 2];
        created(&format!("x{i}"), &format!("b{i}"), employee)
    });
    let mut deals: Vec<Value> = deals.collect();
    // One that nobody answers for.
    deals.push(created("x9", "b9", ""));
    send(&app, Value::Array(deals)).await;
    app
}

async fn figures(app: &TestApp, who: &Who, query: &str) -> Value {
    let path = format!("/api/v1/figures?{query}");
    app.get(&path, who).await.is(200).json()
}

async fn board(app: &TestApp, who: &Who, query: &str) -> String {
    let path = format!("/board?{query}");
    app.get(&path, who).await.is(200).text()
}

/// The addresses that a page leads to within its contents.
pub fn links(page: &str) -> Vec<String> {
    let (_, main) = page.split_once("<main").expect("contents");
    let links = main.split("href=\"").skip(1);
    links
        .map(|rest| rest.split('"').next().expect("an address"))
        .map(|address| address.replace("&#38;", "&"))
        .collect()
}

/// The number that leads to an address.
pub fn leading_to(page: &str, address: &str) -> Option<u64> {
    let link = format!("href=\"{}\">", address.replace('&', "&#38;"));
    let (_, after) = page.split_once(&link)?;
    after.split('<').next()?.parse().ok()
}

async fn it_opens_to_those_who_see_all_figures(store: Arc<Store>) {
    let app = worked(store).await;
    for access in Access::ALL {
        let is_open = matches!(
            access,
            Access::Director
                | Access::Head
                | Access::Coordinator
                | Access::Specialist
                | Access::ClientManager
        );
        let who = app.of(access).await;
        let status = if is_open { 200 } else { 403 };
        app.get("/board", &who).await.is(status);
        let me = app.get("/me", &who).await.is(200).text();
        assert_eq!(me.contains("href=\"/board\""), is_open, "{access:?}");
        let home = app.get("/", &who).await.is(303);
        let waits = matches!(access, Access::Coordinator | Access::Specialist);
        let begins = home.header("location") == "/board";
        assert_eq!(begins, is_open && !waits, "{access:?}");
    }
    app.get("/board", &Who::Nobody).await.is(303);
    // Another company's page knows nothing of this one.
    let stranger = app.foreign(Access::Director).await;
    let page = board(&app, &stranger, WEEK).await;
    assert!(!page.contains("e-first") && !page.contains("o-first"));
}

async fn its_numbers_are_those_of_the_api(store: Arc<Store>) {
    let app = worked(store).await;
    let who = app.of(Access::Director).await;
    for (query, from, to) in [
        (WEEK, "2026-02-23", "2026-03-01"),
        ("month=2026-02-10", "2026-02-01", "2026-02-28"),
        ("from=2026-02-24&to=2026-02-27", "2026-02-24", "2026-02-27"),
    ] {
        let (page, figures) = (
            board(&app, &who, query).await,
            figures(&app, &who, query).await,
        );
        let list = |middle: &str| format!("/findings?figures=counted{middle}&from={from}&to={to}");
        let number = |value: &Value| value.as_u64().expect("a number");
        let shown = |middle: &str, value: &Value| {
            let expected = Some(number(value)).filter(|number| *number > 0);
            let shown = leading_to(&page, &list(middle));
            assert_eq!(shown, expected, "{query} {middle}\n{page}");
        };
        assert!(number(&figures["all"]["findings"]) > 0, "{figures}");
        shown("", &figures["all"]["findings"]);
        shown("&again=yes", &figures["all"]["again"]);
        for severity in ["remark", "violation", "gross"] {
            let field = match severity {
                "gross" => "gross".to_owned(),
                other => format!("{other}s"),
            };
            shown(&format!("&severity={severity}"), &figures["light"][&field]);
            for (key, all) in [("group", "groups"), ("employee", "employees")] {
                for one in figures[all].as_array().expect("a list") {
                    let id = one["id"].as_str().expect("an id");
                    let part = format!("&{key}={id}&severity={severity}");
                    shown(&part, &one[&field]);
                }
            }
        }
        for one in figures["rules"].as_array().expect("rules").iter().take(3) {
            let rule = one["rule"].as_str().expect("a rule");
            shown(&format!("&rule={rule}"), &one["findings"]);
        }
        for one in figures["stages"].as_array().expect("stages") {
            if let Some(stage) = one["id"].as_str() {
                shown(&format!("&stage={stage}"), &one["findings"]);
            }
        }
    }
    // Without a period it is the last full week.
    let last = board(&app, &who, "").await;
    assert!(last.contains("/board?week=2026-02-16"), "the week before");
    // What cannot be read, or lies at the ends of time, breaks nothing.
    for query in [
        "week=soon",
        "week=9999-12-31",
        "week=-009999-01-01",
        "month=9999-12-01",
        "month=-009999-01-01",
        "from=2026-03-02&to=2026-03-01",
        "from=-009999-01-01&to=9999-12-31",
        "to=2026-03-01",
        "from=2026-02-01",
    ] {
        board(&app, &who, query).await;
    }
}

/// Opens whatever the page leads to, and compares its numbers of findings and deals with the lists;
/// gives how many were compared.
pub async fn leads_to_what_it_counts(app: &TestApp, who: &Who, page: &str) -> usize {
    let mut compared = 0;
    for path in links(page) {
        let list = app.get(&path, who).await.is(200).text();
        let row = match path.split('?').next() {
            Some("/findings") => "class=\"what\"",
            Some("/deals" | "/compare/findings") => "<th scope=\"row\">",
            _ => continue,
        };
        if let Some(count) = leading_to(page, &path) {
            // The first fifty stand on the first page.
            assert_eq!(list.matches(row).count() as u64, count.min(50), "{path}");
            compared += 1;
        }
    }
    compared
}

async fn every_number_leads_to_what_it_counts(store: Arc<Store>) {
    let app = worked(store).await;
    let who = app.of(Access::Director).await;
    let page = board(&app, &who, WEEK).await;
    let lists: Vec<String> = links(&page);
    for part in [
        "employee=e-first",
        "group=g-first",
        "nobody=yes",
        "/deals?kind=in_work",
        "/deals?kind=hung&stage=new",
    ] {
        assert!(lists.iter().any(|path| path.contains(part)), "{part}");
    }
    leads_to_what_it_counts(&app, &who, &page).await;
    // Who may not see findings reads the same numbers, and is led to no list.
    let manager = app.of(Access::ClientManager).await;
    let page = board(&app, &manager, WEEK).await;
    assert!(page.contains("e-first"));
    for path in links(&page) {
        assert!(!path.starts_with("/findings"), "{path}");
        app.get(&path, &manager).await.is(200);
    }
}

async fn a_group_keeps_what_was_found_in_it(store: Arc<Store>) {
    let app = worked(store).await;
    let who = app.of(Access::Director).await;
    let group = Some(json!({ "name": "Другая" }));
    app.call("PUT", "/api/v1/groups/g-other", &who, group)
        .await
        .is(204);
    // They changed group in the middle of what was found, and once more since.
    let rows = json!([
        { "group": "g-first", "to": "2026-02-27" },
        { "group": "g-other", "from": "2026-02-27", "to": "2026-03-01" },
        { "group": "", "from": "2026-03-01" },
    ]);
    let path = "/api/v1/employees/e-first/memberships";
    app.call("PUT", path, &who, Some(rows)).await.is(204);
    let later: Vec<Value> = (0..1)
        .map(|n| {
            json!({ "id": format!("y{n}"), "deal": format!("y{n}"), "at": BEGIN - 72 * HOUR,
                "kind": "created", "stage": "new", "employee": "e-first" })
        })
        .collect();
    send(&app, Value::Array(later)).await;
    let page = board(&app, &who, WEEK).await;
    for part in ["group=g-first", "group=g-other"] {
        assert!(
            links(&page).iter().any(|path| path.contains(part)),
            "{part}"
        );
    }
    leads_to_what_it_counts(&app, &who, &page).await;
}

async fn what_decisions_leave_out_is_told(store: Arc<Store>) {
    let app = worked(store).await;
    let who = app.of(Access::Director).await;
    let before = figures(&app, &who, WEEK).await;
    let page = board(&app, &who, WEEK).await;
    assert!(page.contains("решения ничего не убрали"), "{page}");
    let body = json!({ "employee": "e-first", "reason": "Стажёр <b>учится</b>",
        "from": BEGIN - 500 * HOUR, "until": BEGIN + 500 * HOUR });
    app.post("/api/v1/exemptions", &who, body).await.is(201);
    let after = figures(&app, &who, WEEK).await;
    let hidden = &after["left_out"]["exemptions"][0];
    assert!(after["all"]["findings"].as_u64() < before["all"]["findings"].as_u64());
    let page = board(&app, &who, WEEK).await;
    assert!(page.contains("Стажёр &#60;b&#62;учится"), "{page}");
    let path = format!(
        "/findings?figures=exempt&exemption={}&from=2026-02-23&to=2026-03-01",
        hidden["exemption"].as_str().expect("an id")
    );
    assert_eq!(leading_to(&page, &path), hidden["findings"].as_u64());
    let list = app.get(&path, &who).await.is(200).text();
    let rows = list.matches("class=\"what\"").count() as u64;
    assert_eq!(Some(rows), hidden["findings"].as_u64());
}

async fn disputes_change_the_numbers(store: Arc<Store>) {
    let app = worked(store).await;
    let who = app.of(Access::Director).await;
    let (employee, coordinator) = (
        app.of(Access::Employee).await,
        app.of(Access::Coordinator).await,
    );
    let list = "/api/v1/findings?employee=e-first&severity=violation";
    let found = app.get(list, &who).await.is(200).json();
    let found = found["items"].as_array().expect("findings").clone();
    assert!(found.len() > 1, "{found:?}");
    for (finding, outcome) in found.iter().zip(["dismissed", "partly"]) {
        let id = finding["id"].as_str().expect("an id");
        let path = format!("/api/v1/findings/{id}/decisions");
        let body = json!({ "move": "dispute", "text": "Было не так" });
        app.post(&path, &employee, body).await;
        let body = json!({ "move": "decide", "outcome": outcome, "text": "Да" });
        app.post(&path, &coordinator, body).await;
    }
    let figures = figures(&app, &who, WEEK).await;
    let dismissed = figures["left_out"]["dismissed"]["findings"].as_u64();
    assert_eq!(dismissed, Some(1), "{figures}");
    let page = board(&app, &who, WEEK).await;
    let path = "/findings?figures=dismissed&from=2026-02-23&to=2026-03-01";
    assert_eq!(leading_to(&page, path), dismissed);
    // What is one severity lower now is counted, and found, as such.
    leads_to_what_it_counts(&app, &who, &page).await;
}

async fn names_stay_text(store: Arc<Store>) {
    let app = worked(store).await;
    let evil = "<img src=x onerror=alert(1)>\"'";
    let administrator = app.of(Access::Administrator).await;
    let tables = app.get("/api/v1/tables", &administrator).await.is(200);
    let mut tables = tables.json();
    for (table, field) in [
        ("employees", "name"),
        ("groups", "name"),
        ("stages", "stage_name"),
        ("stages", "pipeline_name"),
    ] {
        for row in tables[table].as_array_mut().expect("rows") {
            row[field] = json!(evil);
        }
    }
    app.call("PUT", "/api/v1/tables", &administrator, Some(tables))
        .await
        .is(204);
    let who = app.of(Access::Director).await;
    let page = board(&app, &who, WEEK).await;
    assert!(page.contains("&#60;img src=x"), "{page}");
    assert!(!page.contains("<img"), "{page}");
}

async fn an_empty_company_is_told_so(store: Arc<Store>) {
    let app = TestApp::new(store).await;
    let who = app.of(Access::Director).await;
    let page = board(&app, &who, "").await;
    assert!(page.contains("class=\"empty\"") && page.contains("Данных пока нет"));
    let (main, _) = page.split_once("</main>").expect("contents");
    assert!(!main.contains("<table"));
}

async fn it_speaks_english_too(store: Arc<Store>) {
    let app = worked(store).await;
    let who = app.of(Access::Director).await;
    let body = Some(json!({ "language": "en" }));
    app.call("PATCH", "/api/v1/me", &who, body).await.is(204);
    for query in [WEEK, "month=2026-02-01", "week=2020-01-01"] {
        let page = board(&app, &who, query).await;
        assert!(page.contains("How are we working?") && page.contains("<html lang=\"en\">"));
        assert!(!page.contains('⟨'), "a word is missing: {page}");
        let cyrillic = |c: char| ('а'..='я').contains(&c);
        let titles = page.split("<h2>").skip(1);
        for title in titles.map(|rest| rest.split('<').next().unwrap_or_default()) {
            assert!(!title.contains(cyrillic), "{title}");
        }
    }
}
