//! «Настройка»: who opens which page, what an administrator does there without scripts, and that
//! nobody reaches what is not theirs.

mod keeping;
mod people;
mod reach;
mod staff;

use std::sync::Arc;

use app::permissions::{Access, Scope};
use serde_json::json;
use store::Store;

use crate::app::{Answer, TestApp, Who, person};
use crate::pages_work::{is_accessible, token};

store::on_both!(
    each_access_opens_its_pages,
    a_form_of_another_site_does_nothing,
    the_overview_counts_what_its_lists_show,
    every_page_speaks_english_too,
);

const DAY: i64 = 24 * 3_600_000;

/// Somebody's id in an address.
fn at(login: &str) -> String {
    person(login).replace('@', "%40")
}

/// The pages, with somebody's and something's ids in them.
async fn pages(app: &TestApp) -> Vec<String> {
    let job = app.failed_job().await;
    let one = at("shopper@first");
    let places = [
        "/admin",
        "/admin/people",
        &format!("/admin/people/{one}"),
        "/admin/people/new",
        &format!("/admin/people/{one}/link"),
        &format!("/admin/people/{one}/shut"),
        "/admin/employees",
        "/admin/employees/e-first",
        "/admin/employees/groups/g-first",
        "/admin/employees/new",
        "/admin/employees/groups/new",
        "/admin/employees/e-first/places/new",
        "/admin/absences",
        "/admin/absences/new",
        "/admin/shifts",
        "/admin/calendar",
        "/admin/companies",
        "/admin/tokens",
        "/admin/jobs",
        &format!("/admin/jobs/{job}"),
        &format!("/admin/jobs/{job}/drop"),
        "/admin/journal",
        "/admin/import",
        "/me/tokens",
        "/me/elsewhere",
        "/me/telegram",
        "/me/email",
        "/admin/chats",
        "/admin/webhooks",
    ];
    places.map(str::to_owned).to_vec()
}

/// The pages that the way around leads to.
fn offered(page: &str) -> Vec<String> {
    let navs = page.split("<nav").skip(1);
    let navs = navs.filter_map(|rest| rest.split("</nav>").next());
    let hrefs = navs.flat_map(|nav| nav.split("href=\"").skip(1));
    let hrefs = hrefs.filter_map(|rest| rest.split('"').next());
    let mut all: Vec<String> = hrefs
        .filter(|href| href.starts_with("/admin"))
        .map(str::to_owned)
        .collect();
    all.dedup();
    all
}

/// Sends a form of a page, as a browser does.
async fn send(app: &TestApp, who: &Who, path: &str, fields: &[(&str, &str)]) -> Answer {
    let token = token(&app.get("/me", who).await.is(200));
    let mut all = vec![("form_token", token.as_str())];
    all.extend_from_slice(fields);
    app.form(path, who, &all).await
}

/// The same, and the page that tells what came of it.
async fn done(app: &TestApp, who: &Who, path: &str, fields: &[(&str, &str)]) -> String {
    let answer = send(app, who, path, fields).await.is(303);
    app.get(answer.header("location"), who).await.is(200).text()
}

async fn each_access_opens_its_pages(store: Arc<Store>) {
    let app = TestApp::staffed(store).await;
    let pages = pages(&app).await;
    // A letter a page: o opens, x does not.
    use Access::*;
    for (access, open) in [
        (Employee, "x xxxxx xxxxxx xx xx x x xxx xx oo ooxx"),
        (Lead, "x xxxxx oooxxx ox oo x x xxx xx oo ooxx"),
        (Coordinator, "x ooxxx oooxxx ox oo o x xxx xx oo ooxx"),
        (Specialist, "x xxxxx oooxxx ox oo x x xxx xx oo ooxx"),
        (Head, "o ooxxx oooooo oo oo o x xxx xx oo ooxx"),
        (Director, "o ooxxx oooooo oo oo o x oox ox oo oooo"),
        (Administrator, "o ooooo oooooo oo oo o o ooo oo oo oooo"),
        (ClientManager, "x xxxxx oooxxx ox oo x x xxx xx oo ooxx"),
        (Interviewer, "x xxxxx xxxxxx xx xx x x xxx xx oo ooxx"),
        (Shopper, "x xxxxx xxxxxx xx xx x x xxx xx oo ooxx"),
    ] {
        let who = app.of(access).await;
        let open = open.replace(' ', "");
        assert_eq!(open.len(), pages.len());
        for (path, open) in pages.iter().zip(open.chars()) {
            let answer = app.get(path, &who).await;
            let status = if open == 'o' { 200 } else { 403 };
            assert_eq!(answer.status.as_u16(), status, "{access:?} {path}");
            let text = answer.text();
            is_accessible(&text, path);
            // Nothing is offered that does not open.
            for href in offered(&text) {
                let status = app.get(&href, &who).await.status.as_u16();
                assert_eq!(status, 200, "{access:?} is offered {href} on {path}");
            }
        }
    }
    let foreign = app.foreign(Access::Administrator).await;
    for path in &pages {
        let theirs = path.contains("-first")
            || path.contains(&at("shopper@first"))
            || path.contains("/jobs/");
        let status = app.get(path, &foreign).await.status.as_u16();
        assert_eq!(status, if theirs { 404 } else { 200 }, "{path}");
        let away = app.get(path, &Who::Nobody).await.is(303);
        assert!(away.header("location").starts_with("/login?next="));
    }
}

async fn a_form_of_another_site_does_nothing(store: Arc<Store>) {
    let app = TestApp::staffed(store).await;
    let admin = app.of(Access::Administrator).await;
    let job = app.failed_job().await;
    let one = at("shopper@first");
    let (own, _) = app.token(Access::Administrator, &[Scope::Read]).await;
    let forms = [
        "/admin/people/new",
        &format!("/admin/people/{one}"),
        &format!("/admin/people/{one}/link"),
        &format!("/admin/people/{one}/shut"),
        &format!("/admin/people/{one}/open"),
        "/admin/employees/new",
        "/admin/employees/e-first",
        "/admin/employees/e-first/places/new",
        "/admin/employees/e-first/places/since-ever",
        "/admin/employees/e-first/places/since-ever/remove",
        "/admin/employees/groups/new",
        "/admin/employees/groups/g-first",
        "/admin/absences/new",
        "/admin/absences/e-first/0",
        "/admin/absences/e-first/0/remove",
        "/admin/companies/account",
        "/admin/companies/life",
        &format!("/admin/tokens/{own}"),
        "/me/tokens",
        &format!("/me/tokens/{own}"),
        &format!("/admin/jobs/{job}/retry"),
        &format!("/admin/jobs/{job}/drop"),
        "/me/elsewhere",
        "/me/telegram",
        "/me/telegram/cut",
        "/me/email",
        "/me/email/confirm",
        "/me/email/cut",
        "/admin/chats",
        "/admin/chats/x",
        "/admin/chats/x/cut",
        "/admin/webhooks",
        "/admin/webhooks/x",
        "/admin/webhooks/x/test",
    ];
    for path in forms {
        app.form(path, &admin, &[("form_token", "x")]).await.is(403);
    }
    let lines = app.get("/api/v1/journal", &admin).await.is(200).json();
    let actions = lines["items"].as_array().expect("lines");
    assert!(
        actions.iter().all(|line| line["action"] == "test"),
        "{actions:?}"
    );
}

async fn the_overview_counts_what_its_lists_show(store: Arc<Store>) {
    let app = TestApp::staffed(store).await;
    let admin = app.of(Access::Administrator).await;
    app.failed_job().await;
    let invite = json!({ "login": "new@first", "name": "Новый", "access": "employee" });
    app.post("/api/v1/people", &admin, invite).await.is(201);
    let odd = json!({ "name": "Без смены", "active": true, "shift": "нет такой" });
    app.call("PUT", "/api/v1/employees/x1", &admin, Some(odd))
        .await
        .is(204);
    let south = Some(json!({ "name": "Юг" }));
    app.call("PUT", "/api/v1/groups/south", &admin, south)
        .await
        .is(204);
    let page = app.get("/admin", &admin).await.is(200).text();
    let mut counted = Vec::new();
    let (page, _) = page.split_once("</main>").expect("contents");
    for row in page.split("<tr>").skip(2) {
        let href = row.split("href=\"").nth(1).expect("a link");
        let href = href.split('"').next().expect("an end");
        let number = row.split("</a>").nth(1).expect("a count");
        let number = number.rsplit('>').next().expect("a number").trim();
        let list = app.get(href, &admin).await.is(200).text();
        let table = href.split('#').nth(1).map(|id| format!("id=\"{id}\""));
        let list = list.split(&*table.unwrap_or("<table".to_owned())).nth(1);
        let rows = list.and_then(|list| list.split("</table>").next());
        let rows = rows.expect("a list");
        let rows = rows.matches("<th scope=\"row\">").count();
        assert_eq!(number, rows.to_string(), "{href}");
        counted.push(href.to_owned());
    }
    let expected = [
        "/admin/jobs",
        "/admin/people?show=invited",
        "/admin/people?show=untied",
        "/admin/employees?show=groupless",
        "/admin/employees?show=leadless#groups",
        "/admin/employees?show=shiftless",
    ];
    assert_eq!(counted, expected, "{page}");
}

async fn every_page_speaks_english_too(store: Arc<Store>) {
    let app = TestApp::staffed(store).await;
    let admin = app.of(Access::Administrator).await;
    let language = Some(json!({ "language": "en" }));
    app.call("PATCH", "/api/v1/me", &admin, language)
        .await
        .is(204);
    for path in pages(&app).await {
        let page = app.get(&path, &admin).await.is(200).text();
        assert!(
            page.contains("<html lang=\"en\">") && !page.contains('⟨'),
            "{path}"
        );
        let heading = page.split("<h1>").nth(1).expect("a heading");
        let heading = heading.split("</h1>").next().expect("an end");
        let is_name = path.contains("first") || path.contains(&at("shopper@first"));
        let russian = heading.chars().any(|c| ('а'..='я').contains(&c));
        assert!(is_name || !russian, "{path}: {heading}");
    }
}
