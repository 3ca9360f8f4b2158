//! The regulation on its pages: its text with its words, versions and what differs between them,
//! editing, and what the last year would have been with other limits.

mod editing;
mod what_if;

use std::sync::Arc;

use app::permissions::{Access, Scope};
use audit::regulation::STARTER;
use serde_json::{Value, json};
use store::Store;

use crate::app::{Answer, BEGIN, TestApp, Who};

store::on_both!(
    each_access_opens_its_pages,
    texts_stay_texts_and_within_their_company,
    it_speaks_english_too,
);

const HOUR: i64 = 3_600_000;
/// Deals that are left for a day are no fault by it: one that calls nobody back at once is.
const MILDER: &str = "rule=first-response&of=first-response&p.limit=2&u.limit=wd";

/// A server with deals of two people, left alone for days.
async fn worked(store: Arc<Store>) -> TestApp {
    let app = TestApp::staffed(store).await;
    let deal = |i: usize| {
        let employee = ["e-first", "o-first", ""][i % 3];
        json!({ "id": format!("x{i}"), "deal": format!("b{i}"), "kind": "created",
            "at": BEGIN - (70 + i as i64) * HOUR, "stage": "new", "employee": employee,
            "text": "Окна <b>белые</b>", "amount": 1000.0 + i as f64 })
    };
    let deals: Vec<Value> = (0..9).map(deal).collect();
    let (_, crm) = app.token(Access::Administrator, &[Scope::Events]).await;
    let body = json!({ "events": deals });
    app.post("/api/v1/events", &crm, body).await.is(200);
    app
}

/// What a page means by its text.
fn read(page: &str) -> String {
    let named = [
        ("&#34;", "\""),
        ("&#39;", "'"),
        ("&#60;", "<"),
        ("&#62;", ">"),
    ];
    let read = named.iter().fold(page.to_owned(), |page, (name, sign)| {
        page.replace(name, sign)
    });
    read.replace("&#38;", "&")
}

fn between<'p>(page: &'p str, before: &str, after: &str) -> &'p str {
    let (_, rest) = page
        .split_once(before)
        .unwrap_or_else(|| panic!("{before} in {page}"));
    rest.split_once(after)
        .unwrap_or_else(|| panic!("{after} after {before}"))
        .0
}

/// The value of a hidden field or a date.
fn value(page: &str, name: &str) -> String {
    let tag = between(page, &format!("name=\"{name}\" value=\""), "\"");
    read(tag)
}

/// The form of the page for editing, filled in with a text.
struct Form {
    fields: Vec<(String, String)>,
}

impl Form {
    fn of(page: &str, text: &str) -> Form {
        let names = ["form_token", "base", "effective_was", "effective"];
        let mut fields: Vec<(String, String)> = names
            .iter()
            .map(|name| ((*name).to_owned(), value(page, name)))
            .collect();
        fields.push(("text".to_owned(), text.to_owned()));
        Form { fields }
    }

    fn with(mut self, name: &str, value: &str) -> Form {
        self.fields.retain(|(own, _)| own != name);
        self.fields.push((name.to_owned(), value.to_owned()));
        self
    }

    async fn send(&self, app: &TestApp, who: &Who, path: &str, what: &str) -> Answer {
        let fields = self.fields.iter();
        let mut fields: Vec<(&str, &str)> = fields.map(|(a, b)| (a.as_str(), b.as_str())).collect();
        fields.push(("do", what));
        app.form(path, who, &fields).await
    }
}

async fn edit_page(app: &TestApp, who: &Who) -> String {
    app.get("/regulation/edit", who).await.is(200).text()
}

/// The text in the field of the page.
fn text_of(page: &str) -> String {
    let field = between(page, "<textarea", "</textarea>");
    let (_, text) = field.split_once(">\n").expect("a field");
    read(text)
}

async fn each_access_opens_its_pages(store: Arc<Store>) {
    let app = worked(store).await;
    let findings = format!("/regulation/what-if/findings?part=before&{MILDER}");
    let pages = [
        "/regulation",
        "/regulation/diff",
        "/regulation/edit",
        "/regulation/what-if",
        &findings,
    ];
    use Access::*;
    for (access, open) in [
        (Employee, [200, 200, 403, 403, 403]),
        (Lead, [200, 200, 403, 403, 403]),
        (Coordinator, [200, 200, 403, 200, 200]),
        (Specialist, [200, 200, 403, 200, 200]),
        (Head, [200, 200, 200, 200, 200]),
        (Director, [200, 200, 200, 200, 200]),
        (Administrator, [200, 200, 200, 200, 403]),
        (ClientManager, [200, 200, 403, 200, 403]),
        (Interviewer, [403, 403, 403, 403, 403]),
        (Shopper, [403, 403, 403, 403, 403]),
    ] {
        let who = app.of(access).await;
        for (path, status) in pages.iter().zip(open) {
            let answer = app.get(path, &who).await;
            assert_eq!(answer.status.as_u16(), status, "{access:?} {path}");
            let page = answer.text();
            assert!(!page.contains('⟨'), "{path}: a word is missing");
            assert_eq!(page.matches("<h1").count(), 1, "{path}");
        }
        // Nothing is offered that does not open.
        let page = app.get("/rules", &who).await.text();
        assert_eq!(
            page.contains("href=\"/regulation\""),
            open[0] == 200,
            "{access:?}"
        );
        let offered = page.contains("href=\"/regulation/what-if\"");
        assert_eq!(offered, open[3] == 200, "{access:?}");
        let page = app.get("/regulation", &who).await.text();
        assert_eq!(
            page.contains("href=\"/regulation/edit"),
            open[2] == 200,
            "{access:?}"
        );
        let fields = [("form_token", "x"), ("text", STARTER), ("do", "put")];
        let put = app.form("/regulation/edit", &who, &fields).await;
        assert_eq!(put.status.as_u16(), 403, "{access:?}");
        app.form("/regulation/check", &who, &fields).await.is(403);
    }
    for path in pages {
        app.get(path, &Who::Nobody).await.is(303);
    }
}

/// Puts a text in force since ever.
async fn put(app: &TestApp, who: &Who, text: &str) {
    let body = json!({ "text": text });
    app.post("/api/v1/regulation", who, body).await.is(201);
}

async fn texts_stay_texts_and_within_their_company(store: Arc<Store>) {
    let app = worked(store).await;
    let who = app.of(Access::Head).await;
    let evil = format!("# </textarea></pre><script>alert(1)</script>\n{STARTER}")
        .replacen("name = \"Регламент", "name = \"<i>Регламент</i>", 1)
        .replacen("limit = \"15m\"", "limit = \"1m\"", 1);
    put(&app, &who, &evil).await;
    let milder = format!("/regulation/what-if?{MILDER}");
    let gone = format!("/regulation/what-if/findings?part=gone&{MILDER}");
    for path in [
        "/regulation",
        "/regulation/edit",
        "/regulation/diff",
        &milder,
        &gone,
    ] {
        let page = app.get(path, &who).await.is(200).text();
        for markup in ["<script>alert", "<i>Регл", "<b>белые"] {
            assert!(!page.contains(markup), "{path}: {markup}");
        }
    }
    let stranger = app.foreign(Access::Head).await;
    for path in ["/regulation", "/regulation/diff", "/regulation/edit"] {
        let page = app.get(path, &stranger).await.is(200).text();
        assert!(!page.contains("alert(1)"), "{path}");
    }
    app.get("/regulation?version=1", &stranger).await.is(404);
    let page = app.get(&milder, &stranger).await.is(200).text();
    assert!(
        !page.contains("e-first") && !page.contains("o-first"),
        "{page}"
    );
}

async fn it_speaks_english_too(store: Arc<Store>) {
    let app = worked(store).await;
    let who = app.of(Access::Director).await;
    let language = json!({ "language": "en" });
    app.call("PATCH", "/api/v1/me", &who, Some(language))
        .await
        .is(204);
    let milder = format!("/regulation/what-if?{MILDER}");
    for (path, said) in [
        ("/regulation", "What does the regulation say?"),
        ("/regulation/edit", "No mistakes"),
        ("/regulation/diff", "Both demand the same."),
        (&*milder, "Would vanish:"),
    ] {
        let page = app.get(path, &who).await.is(200).text();
        assert!(page.contains(said), "{path}: {page}");
        assert!(!page.contains('⟨'), "{path}");
    }
}
