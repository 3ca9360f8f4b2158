//! What a director asks next: which deals, what changes, who is weak where, and two periods beside
//! each other. Every number leads to what it counts, and nobody finds what is not theirs.

use std::sync::Arc;

use app::permissions::{Access, Scope};
use serde_json::{Value, json};
use store::Store;

use crate::app::{BEGIN, TestApp, Who};
use crate::board::{leading_to, leads_to_what_it_counts, links, worked};
use crate::pages_work::is_accessible;

store::on_both!(
    each_access_opens_what_is_theirs,
    every_number_leads_to_its_list,
    a_run_of_bad_weeks_stands_out,
    lost_deals_stand_beside_the_lights,
    the_list_of_deals_is_narrowed_by_its_address,
    nobody_lists_what_is_not_theirs,
    a_file_holds_the_whole_list,
    two_periods_are_judged_by_one_version,
    markup_stays_text_and_english_is_english,
);

const HOUR: i64 = 3_600_000;
const DAY: i64 = 24 * HOUR;
/// The week of the findings, and the month.
const PAGES: [&str; 5] = [
    "/deals?kind=in_work&from=2026-02-23&to=2026-03-01",
    "/trends?week=2026-02-25",
    "/pipelines?week=2026-02-25",
    "/compare?before_from=2026-02-16&before_to=2026-02-22&after_from=2026-02-23&after_to=2026-03-01",
    "/board?week=2026-02-25",
];

fn event(id: &str, deal: &str, kind: &str, at: i64) -> Value {
    json!({ "id": id, "deal": deal, "kind": kind, "at": at })
}

fn created(deal: &str, employee: &str, at: i64) -> Value {
    let mut created = event(&format!("c-{deal}"), deal, "created", at);
    created["stage"] = json!("new");
    created["employee"] = json!(employee);
    created["text"] = json!("Окна <b>ПВХ</b>");
    created["amount"] = json!(1000);
    created
}

fn moved(deal: &str, stage: &str, at: i64) -> Value {
    let mut moved = event(&format!("m-{deal}-{stage}"), deal, "stage_changed", at);
    moved["stage"] = json!(stage);
    moved
}

async fn send(app: &TestApp, events: Vec<Value>) {
    let (_, crm) = app.token(Access::Administrator, &[Scope::Events]).await;
    let body = json!({ "events": events });
    app.post("/api/v1/events", &crm, body).await.is(200);
}

async fn page(app: &TestApp, who: &Who, path: &str) -> String {
    app.get(path, who).await.is(200).text()
}

async fn each_access_opens_what_is_theirs(store: Arc<Store>) {
    let app = worked(store).await;
    use Access::*;
    for access in Access::ALL {
        let who = app.of(access).await;
        let all = matches!(
            access,
            Director | Head | Coordinator | Specialist | ClientManager
        );
        for path in &PAGES[1..] {
            let answer = app.get(path, &who).await;
            let expected = if all { 200 } else { 403 };
            assert_eq!(answer.status.as_u16(), expected, "{access:?} {path}");
            is_accessible(&answer.text(), path);
        }
        let deals = all || matches!(access, Employee | Lead);
        let answer = app.get("/deals", &who).await;
        let expected = if deals { 200 } else { 403 };
        assert_eq!(answer.status.as_u16(), expected, "{access:?}");
        is_accessible(&answer.text(), "/deals");
        let findings = matches!(access, Director | Head | Coordinator | Specialist);
        let answer = app.get("/compare/findings?side=after", &who).await;
        let expected = if findings { 200 } else { 403 };
        assert_eq!(answer.status.as_u16(), expected, "{access:?}");
        let me = page(&app, &who, "/me").await;
        assert_eq!(me.contains("href=\"/board\""), all, "{access:?}");
    }
    let director = app.of(Director).await;
    let board = page(&app, &director, "/board").await;
    for place in ["/trends", "/pipelines", "/compare", "/deals"] {
        assert!(board.contains(&format!("href=\"{place}\"")), "{place}");
    }
    for path in PAGES {
        app.get(path, &Who::Nobody).await.is(303);
    }
}

async fn every_number_leads_to_its_list(store: Arc<Store>) {
    let app = worked(store).await;
    // One more that is lost, one that is won, and one in another week.
    let events = vec![
        created("l1", "e-first", BEGIN - 120 * HOUR),
        moved("l1", "lost", BEGIN - 72 * HOUR),
        created("w1", "o-first", BEGIN - 120 * HOUR),
        moved("w1", "won", BEGIN - 72 * HOUR),
        created("p1", "e-first", BEGIN - 12 * DAY),
    ];
    send(&app, events).await;
    let who = app.of(Access::Director).await;
    for path in PAGES {
        let shown = page(&app, &who, path).await;
        let compared = leads_to_what_it_counts(&app, &who, &shown).await;
        // A list of deals leads to deals only, and of people and pipelines rates are shown.
        let counts = !path.starts_with("/deals") && !path.starts_with("/pipelines");
        assert!(compared > 3 || !counts, "{path}: {compared}");
    }
    let shown = page(&app, &who, PAGES[2]).await;
    let list =
        "/findings?figures=counted&employee=e-first&pipeline=sales&from=2026-02-23&to=2026-03-01";
    let link = format!("href=\"{}\">", list.replace('&', "&#38;"));
    let (_, cell) = shown.split_once(&link).expect("a cell of the employee");
    let (_, base) = cell.split_once("<small>").expect("a base");
    let count: usize = base
        .split(' ')
        .next()
        .and_then(|count| count.parse().ok())
        .expect("a number");
    let list = page(&app, &who, list).await;
    assert_eq!(list.matches("class=\"what\"").count(), count);
    // Who may not see findings is led to no list of them, and to nothing that does not open.
    let manager = app.of(Access::ClientManager).await;
    for path in PAGES {
        let shown = page(&app, &manager, path).await;
        for link in links(&shown) {
            assert!(!link.starts_with("/findings"), "{path}: {link}");
            assert!(!link.starts_with("/compare/findings"), "{path}: {link}");
            app.get(&link, &manager).await.is(200);
        }
    }
    // Another company's pages know nothing of this one.
    let stranger = app.foreign(Access::Director).await;
    for path in PAGES {
        let shown = page(&app, &stranger, path).await;
        assert!(
            !shown.contains("e-first") && !shown.contains("o-first"),
            "{path}"
        );
    }
}

async fn a_run_of_bad_weeks_stands_out(store: Arc<Store>) {
    let app = worked(store).await;
    // Six deals a week that nobody touches before they are closed, for nine weeks.
    let mut events = Vec::new();
    for week in 0..9 {
        for deal in 0..6 {
            let at = BEGIN - (5 + 7 * week) * DAY + deal * HOUR;
            let id = format!("r{week}-{deal}");
            events.push(created(&id, "e-first", at));
            events.push(moved(&id, "won", at + 4 * DAY));
        }
    }
    send(&app, events).await;
    let who = app.of(Access::Director).await;
    let shown = page(&app, &who, "/board?week=2026-02-25").await;
    assert!(shown.contains("class=\"run lamp-red\""), "{shown}");
    assert!(shown.contains("-я неделя подряд ■■"), "{shown}");
    assert!(shown.contains("-й месяц подряд"), "{shown}");
    let month = page(&app, &who, "/board?month=2026-02-01").await;
    assert!(month.contains("-й месяц подряд ■■"), "{month}");
    // It goes along into the file.
    let file = "/board?week=2026-02-25&format=csv&table=people";
    let file = page(&app, &who, file).await;
    assert!(file.contains("неделя подряд ■■"), "{file}");
    let quiet = page(&app, &who, "/board?week=2025-11-03").await;
    assert!(!quiet.contains("class=\"run"));
}

async fn lost_deals_stand_beside_the_lights(store: Arc<Store>) {
    let app = worked(store).await;
    let events = vec![
        created("l1", "e-first", BEGIN - 120 * HOUR),
        moved("l1", "lost", BEGIN - 72 * HOUR),
        created("l2", "e-first", BEGIN - 120 * HOUR),
        moved("l2", "lost", BEGIN - 71 * HOUR),
        created("l3", "o-first", BEGIN - 120 * HOUR),
        moved("l3", "lost", BEGIN - 70 * HOUR),
        // Opened again: it is lost no more.
        moved("l3", "new", BEGIN - 60 * HOUR),
        created("w1", "e-first", BEGIN - 120 * HOUR),
        moved("w1", "won", BEGIN - 72 * HOUR),
        // Of another week.
        created("l4", "e-first", BEGIN - 20 * DAY),
        moved("l4", "lost", BEGIN - 15 * DAY),
    ];
    send(&app, events).await;
    let who = app.of(Access::Director).await;
    let shown = page(&app, &who, "/board?week=2026-02-25").await;
    let list = |part: &str| format!("/deals?kind=lost{part}&from=2026-02-23&to=2026-03-01");
    for part in ["", "&employee=e-first", "&group=g-first"] {
        assert_eq!(leading_to(&shown, &list(part)), Some(2), "{part}");
    }
    assert_eq!(leading_to(&shown, &list("&employee=o-first")), None);
    assert!(shown.contains("из 3 закрытых"), "{shown}");
    let lost = page(&app, &who, &list("&employee=e-first")).await;
    assert!(lost.contains("2 сделки на "), "{lost}");
    assert!(lost.contains("href=\"/deals/l1\"") && lost.contains("href=\"/deals/l2\""));
}

async fn the_list_of_deals_is_narrowed_by_its_address(store: Arc<Store>) {
    let app = worked(store).await;
    send(&app, vec![moved("b1", "won", BEGIN - 72 * HOUR)]).await;
    let who = app.of(Access::Director).await;
    let count = async |query: &str| {
        let shown = page(&app, &who, &format!("/deals?{query}")).await;
        shown.matches("<th scope=\"row\">").count()
    };
    // Nine of the story and one that the company had before.
    assert_eq!(count("").await, 10);
    assert_eq!(count("kind=open").await, 9);
    assert_eq!(count("kind=won").await, 1);
    assert_eq!(count("kind=lost").await, 0);
    assert_eq!(count("kind=open&employee=o-first").await, 3);
    assert_eq!(count("kind=open&nobody=yes").await, 1);
    assert_eq!(count("kind=open&group=g-first").await, 5);
    assert_eq!(count("pipeline=sales&stage=new").await, 9);
    // What nobody knows leaves nothing; what cannot be read does not narrow.
    for query in ["stage=x", "pipeline=x", "employee=x", "group=x", "source=x"] {
        assert_eq!(count(query).await, 0, "{query}");
    }
    assert_eq!(count("kind=x&from=soon&to=later&page=99").await, 10);
    assert_eq!(count("kind=open&from=2026-02-25&to=2026-02-25").await, 8);
    for query in [
        "from=-009999-01-01&to=9999-12-31",
        "from=2026-03-02&to=2026-03-01",
    ] {
        count(query).await;
    }
    let hung = page(&app, &who, "/deals?kind=hung&stage=new").await;
    assert!(hung.contains("Какие сделки висят?"), "{hung}");
}

async fn nobody_lists_what_is_not_theirs(store: Arc<Store>) {
    let app = worked(store).await;
    let employee = app.of(Access::Employee).await;
    for query in [
        "",
        "?kind=open",
        "?kind=hung",
        "?kind=in_work",
        "?employee=o-first",
        "?kind=in_work&employee=o-first",
        "?nobody=yes",
        "?group=g-first",
        "?format=csv&table=deals",
        "?kind=in_work&format=csv&table=deals",
    ] {
        let path = format!("/deals{query}");
        let shown = page(&app, &employee, &path).await;
        for deal in ["b1", "b3", "b5", "b7", "b9"] {
            assert!(
                !shown.contains(&format!("/deals/{deal}\"")),
                "{path}: {deal}"
            );
        }
        assert!(!shown.contains("Сотрудник o-first"), "{path}: {shown}");
    }
    let own = page(&app, &employee, "/deals?kind=open").await;
    assert!(own.contains("href=\"/deals/b0\"") && own.contains("href=\"/deals/d-first\""));
    // The lead sees the group, and nobody's and others' deals not.
    let lead = app.of(Access::Lead).await;
    let group = page(&app, &lead, "/deals?kind=open").await;
    assert!(group.contains("href=\"/deals/b0\""), "{group}");
    assert!(!group.contains("href=\"/deals/b1\"") && !group.contains("href=\"/deals/b9\""));
    // Lists and guessed addresses of the comparison.
    for who in [&employee, &lead] {
        for path in &PAGES[1..] {
            app.get(path, who).await.is(403);
        }
        app.get("/compare/findings?employee=e-first", who)
            .await
            .is(403);
    }
}

async fn a_file_holds_the_whole_list(store: Arc<Store>) {
    let app = TestApp::staffed(store).await;
    let deals = (0..60).map(|n| {
        let mut deal = created(&format!("f{n:02}"), "e-first", BEGIN - 50 * HOUR);
        deal["text"] = json!(if n == 0 { "=1+1" } else { "Окна" });
        deal
    });
    send(&app, deals.collect()).await;
    let who = app.of(Access::Director).await;
    let shown = page(&app, &who, "/deals?kind=open").await;
    assert_eq!(shown.matches("<th scope=\"row\">").count(), 50);
    assert!(shown.contains("61 сделка на "), "{shown}");
    let second = page(&app, &who, "/deals?kind=open&page=2").await;
    assert_eq!(second.matches("<th scope=\"row\">").count(), 11);
    let file = "/deals?kind=open&page=2&format=csv&table=deals";
    let file = app.get(file, &who).await.is(200);
    assert!(file.header("content-disposition").contains("deals.csv"));
    let text = file.text();
    assert_eq!(text.trim_end().lines().count(), 62);
    // A spreadsheet must not reckon what a CRM says.
    assert!(!text.contains("\n=1") && text.contains("=1+1"), "{text}");
    let sheet = app
        .get("/deals?format=xlsx&table=deals", &who)
        .await
        .is(200);
    assert!(sheet.body.starts_with(b"PK"));
}

async fn two_periods_are_judged_by_one_version(store: Arc<Store>) {
    let app = worked(store).await;
    let who = app.of(Access::Director).await;
    let compared = PAGES[3];
    let shown = page(&app, &who, compared).await;
    assert!(!shown.contains("пересужена"), "{shown}");
    assert!(!shown.contains("name=\"version\""));
    // The starter, and from the 1st of March on nothing but answers within 100 days.
    let administrator = app.of(Access::Administrator).await;
    let body = json!({ "text": audit::regulation::STARTER });
    app.post("/api/v1/regulation", &administrator, body)
        .await
        .is(201);
    let text = "effective = \"2026-03-01\"\ntimezone = \"Europe/Moscow\"\n[calendar.week]\n\
        mon = [\"09:00-18:00\"]\n[[rule]]\nuse = \"first-response\"\nlimit = \"100d\"\n";
    let body = json!({ "text": text });
    app.post("/api/v1/regulation", &administrator, body)
        .await
        .is(201);
    let shown = page(&app, &who, compared).await;
    assert!(shown.contains("пересужена") && shown.contains("name=\"version\""));
    let strict = format!("{compared}&version=since-ever");
    let strict = page(&app, &who, &strict).await;
    leads_to_what_it_counts(&app, &who, &strict).await;
    let lists = links(&strict);
    let after = lists
        .iter()
        .find(|link| link.starts_with("/compare/findings") && link.ends_with("side=after"));
    let after = after.expect("findings of the later week by the strict version");
    assert!(after.contains("version=since-ever"));
    let lax = format!("{compared}&version=2026-03-01");
    let lax = page(&app, &who, &lax).await;
    assert!(
        !links(&lax).iter().any(|link| link.contains("side=after")),
        "{lax}"
    );
    app.get("/compare?version=2020-01-01", &who).await.is(404);
    // Pairs of periods; overlaps and lengths are told of.
    let around = page(&app, &who, "/compare?around=2026-02-23").await;
    assert!(around.contains("value=\"2026-02-15\""), "{around}");
    let overlap = "/compare?before_from=2026-02-01&before_to=2026-02-25&after_from=2026-02-23&after_to=2026-03-01";
    let overlap = page(&app, &who, overlap).await;
    assert!(overlap.contains("пересекаются"), "{overlap}");
    let lengths = "/compare?before_from=2026-02-01&before_to=2026-02-22&after_from=2026-02-23&after_to=2026-03-01";
    let lengths = page(&app, &who, lengths).await;
    assert!(lengths.contains("разной длины"), "{lengths}");
    for query in [
        "around=9999-12-31",
        "around=-009999-01-01",
        "after_from=-009999-01-01&after_to=9999-12-31",
        "before_from=x&after_to=y&around=z",
    ] {
        page(&app, &who, &format!("/compare?{query}")).await;
    }
}

async fn markup_stays_text_and_english_is_english(store: Arc<Store>) {
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
    let put = app.call("PUT", "/api/v1/tables", &administrator, Some(tables));
    put.await.is(204);
    let mut deal = created("evil", "e-first", BEGIN - 50 * HOUR);
    deal["text"] = json!(evil);
    deal["client"] = json!(evil);
    send(&app, vec![deal]).await;
    let who = app.of(Access::Director).await;
    let body = Some(json!({ "language": "en" }));
    app.call("PATCH", "/api/v1/me", &who, body).await.is(204);
    for path in PAGES.into_iter().chain(["/deals", "/compare/findings"]) {
        let shown = page(&app, &who, path).await;
        assert!(shown.contains("<html lang=\"en\">"), "{path}");
        assert!(!shown.contains('⟨'), "{path}: a word is missing");
        assert!(shown.contains("&#60;img src=x"), "{path}");
        assert!(!shown.contains("<img"), "{path}");
    }
}
