//! The regulation on its pages: its text with its words, versions and what differs between them,
//! editing, and what the last year would have been with other limits.

use std::collections::BTreeMap;
use std::sync::Arc;

use app::permissions::{Access, Scope};
use audit::regulation::STARTER;
use serde_json::{Value, json};
use store::Store;

use crate::app::{Answer, BEGIN, TestApp, Who};

store::on_both!(
    each_access_opens_its_pages,
    the_text_stands_beside_its_words,
    a_text_is_checked_as_one_types,
    a_version_is_put_in_force_after_a_look_at_what_changes,
    nobody_writes_over_what_came_meanwhile,
    versions_are_compared_in_words_and_lines,
    what_if_foretells_what_is_found_then,
    every_number_leads_to_its_findings,
    whoever_sees_no_figures_learns_of_nobody,
    values_that_cannot_be_are_told,
    texts_stay_texts_and_within_their_company,
    it_speaks_english_too,
);

const HOUR: i64 = 3_600_000;
const YEAR: &str = "from=2025-03-03&to=2026-03-02";
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

async fn the_text_stands_beside_its_words(store: Arc<Store>) {
    let app = worked(store).await;
    let who = app.of(Access::Employee).await;
    let page = app.get("/regulation", &who).await.is(200).text();
    for (number, line) in (1..).zip(STARTER.lines()) {
        let shown = format!("<span data-n=\"{number}\">{line}");
        let is_shown = read(&page).contains(&shown);
        assert!(is_shown || line.is_empty(), "{shown}");
    }
    assert!(page.contains("<a href=\"/rules/first-response\">"));
    assert!(page.contains("15 мин раб."));
    // The way around marks the page itself and not what stands below it.
    assert_eq!(page.matches("aria-current=\"page\"").count(), 2);
}

async fn a_text_is_checked_as_one_types(store: Arc<Store>) {
    let app = worked(store).await;
    let who = app.of(Access::Head).await;
    let page = edit_page(&app, &who).await;
    assert_eq!(text_of(&page), STARTER);
    let line = 1 + STARTER
        .lines()
        .position(|line| line.contains("\"far-task\""))
        .expect("a rule");
    let wrong = STARTER.replace("\"far-task\"", "\"far-tsk\"");
    let form = Form::of(&page, &wrong).with("effective", "");
    let part = form
        .send(&app, &who, "/regulation/check", "")
        .await
        .is(200)
        .text();
    assert!(part.trim_start().starts_with("<div"), "only a part: {part}");
    assert!(part.contains(&format!("data-marks=\"{line}\"")), "{part}");
    assert!(
        part.contains(&format!("Строка {line}, столбец 7")),
        "{part}"
    );
    assert!(
        part.contains("far-task") && part.contains("1 ошибка"),
        "{part}"
    );
    let good = Form::of(&page, STARTER);
    let part = good
        .send(&app, &who, "/regulation/check", "")
        .await
        .is(200)
        .text();
    assert!(
        part.contains("data-marks=\"\"") && part.contains("15 мин раб."),
        "{part}"
    );
    // Without scripts a button does the same; the text stays, whatever it is.
    let windows = wrong.replace('\n', "\r\n");
    let form = Form::of(&page, &windows).with("effective", "");
    let page = form
        .send(&app, &who, "/regulation/edit", "check")
        .await
        .is(200)
        .text();
    assert_eq!(text_of(&page), wrong);
    assert!(
        page.contains(&format!("<i id=\"line-{line}\" class=\"bad\">")),
        "{page}"
    );
    let broken = Form::of(&page, "это [не регламент\n\n").with("effective", "2026-03-05");
    let page = broken
        .send(&app, &who, "/regulation/edit", "compare")
        .await
        .is(200)
        .text();
    assert_eq!(text_of(&page), "это [не регламент\n\n");
    assert!(
        page.contains("Редакция не введена") && page.contains("Ваш текст цел"),
        "{page}"
    );
    // A stage that the company does not have is a mistake with the nearest one.
    let stage = STARTER.replace(
        "use = \"far-task\"",
        "use = \"far-task\"\nstages = [\"nev\"]",
    );
    let form = Form::of(&page, &stage).with("effective", "");
    let part = form
        .send(&app, &who, "/regulation/check", "")
        .await
        .is(200)
        .text();
    assert!(part.contains("nev") && part.contains("new"), "{part}");
    let body = json!({ "text": stage });
    app.post("/api/v1/regulation/check", &who, body)
        .await
        .is(422);
}

async fn a_version_is_put_in_force_after_a_look_at_what_changes(store: Arc<Store>) {
    let app = worked(store).await;
    let who = app.of(Access::Head).await;
    let page = edit_page(&app, &who).await;
    // What was found stays, unless somebody wants otherwise.
    assert_eq!(value(&page, "effective"), "2026-03-03");
    let text = STARTER.replacen("limit = \"15m\"", "limit = \"10m\"", 1);
    let form = Form::of(&page, &text);
    let page = form
        .send(&app, &who, "/regulation/edit", "compare")
        .await
        .is(200)
        .text();
    assert!(
        page.contains("15 мин раб.") && page.contains("10 мин раб."),
        "{page}"
    );
    assert!(
        page.contains("начальный регламент") && value(&page, "effective") == "2026-03-03",
        "{page}"
    );
    let kept = app.get("/api/v1/regulation", &who).await.is(200).json();
    assert_eq!(
        kept.as_array().map(Vec::len),
        Some(1),
        "nothing happened yet"
    );
    let form = Form::of(&page, &value(&page, "text"));
    let done = form
        .send(&app, &who, "/regulation/edit", "put")
        .await
        .is(303);
    assert_eq!(done.header("location"), "/regulation?done=put");
    let page = app.get("/regulation?done=put", &who).await.is(200).text();
    assert!(
        page.contains("Имя head@first") && page.contains("вступит в силу"),
        "{page}"
    );
    assert!(page.contains("действует сейчас"), "{page}");
    // Today the starter holds still.
    assert!(!page.contains("10 мин раб."), "{page}");
    let kept = app.get("/api/v1/regulation", &who).await.is(200).json();
    let texts: Vec<&str> = kept
        .as_array()
        .expect("versions")
        .iter()
        .map(|one| one["text"].as_str().expect("a text"))
        .collect();
    assert_eq!(texts.len(), 2);
    assert_eq!(texts[0], STARTER);
    assert!(texts[1].contains("\"10m\"") && texts[1].contains("effective = \"2026-03-03\""));
    app.pass(24 * HOUR);
    let page = app.get("/regulation", &who).await.is(200).text();
    assert!(page.contains("10 мин раб."), "{page}");
    let older = app.get("/regulation?version=1", &who).await.is(200).text();
    assert!(older.contains("Это не действующая редакция") && !older.contains("10 мин раб."));
    app.get("/regulation?version=7", &who).await.is(404);
}

async fn nobody_writes_over_what_came_meanwhile(store: Arc<Store>) {
    let app = worked(store).await;
    let (head, director) = (app.of(Access::Head).await, app.of(Access::Director).await);
    let (one, two) = (
        edit_page(&app, &head).await,
        edit_page(&app, &director).await,
    );
    let text = |limit: &str| STARTER.replacen("limit = \"15m\"", limit, 1);
    let (first, second) = (text("limit = \"10m\""), text("limit = \"20m\""));
    let form = Form::of(&one, &first);
    form.send(&app, &head, "/regulation/edit", "put")
        .await
        .is(303);
    let form = Form::of(&two, &second).with("effective", "2026-03-03");
    for what in ["compare", "put"] {
        let page = form
            .send(&app, &director, "/regulation/edit", what)
            .await
            .is(200)
            .text();
        assert!(
            page.contains("другую ввёл человек по имени Имя head@first"),
            "{page}"
        );
        assert!(text_of(&page).contains("\"20m\""), "the text is safe");
        let kept = app
            .get("/api/v1/regulation", &director)
            .await
            .is(200)
            .json();
        assert!(!kept.to_string().contains("20m"), "{kept}");
    }
    // Whoever has seen it goes on knowingly.
    let page = form
        .send(&app, &director, "/regulation/edit", "put")
        .await
        .is(200)
        .text();
    let form = Form::of(&page, &text_of(&page));
    let page = form
        .send(&app, &director, "/regulation/edit", "compare")
        .await
        .is(200)
        .text();
    assert!(page.contains("Редакция заменит ту"), "{page}");
    let form = Form::of(&page, &value(&page, "text"));
    form.send(&app, &director, "/regulation/edit", "put")
        .await
        .is(303);
    let kept = app
        .get("/api/v1/regulation", &director)
        .await
        .is(200)
        .json();
    assert!(kept.to_string().contains("20m"), "{kept}");
    let all = app.get("/regulation", &head).await.is(200).text();
    assert!(all.contains("заменена"), "{all}");
}

/// Puts a text in force since ever.
async fn put(app: &TestApp, who: &Who, text: &str) {
    let body = json!({ "text": text });
    app.post("/api/v1/regulation", who, body).await.is(201);
}

async fn versions_are_compared_in_words_and_lines(store: Arc<Store>) {
    let app = worked(store).await;
    let who = app.of(Access::Head).await;
    put(&app, &who, STARTER).await;
    let text = STARTER
        .replacen("limit = \"15m\"", "limit = \"10m\"", 1)
        .replace("use = \"far-task\"", "use = \"far-task\"\nenabled = false");
    put(&app, &who, &text).await;
    let page = app
        .get("/regulation/diff?from=1&to=2", &who)
        .await
        .is(200)
        .text();
    assert!(
        page.contains("15 мин раб.") && page.contains("10 мин раб."),
        "{page}"
    );
    assert!(page.contains("правило выключено"), "{page}");
    let page = read(&page);
    assert!(page.contains("class=\"ins\" data-old=\"\"") && page.contains("+ enabled = false"));
    assert!(
        page.contains("− limit = \"15m\"") && page.contains("+ limit = \"10m\""),
        "{page}"
    );
    // Without numbers it is the last one beside the one before.
    let same = app.get("/regulation/diff", &who).await.is(200).text();
    assert!(same.contains("10 мин раб."), "{same}");
    let csv = app
        .get("/regulation/diff?format=csv&table=differences", &who)
        .await
        .is(200);
    assert!(csv.header("content-type").starts_with("text/csv"));
    assert!(csv.text().contains("10 мин раб."), "{}", csv.text());
}

/// How many findings there are by a key of a list.
fn by(list: &Value, key: &str, count: impl Fn(&Value) -> u64) -> BTreeMap<String, u64> {
    let list = list.as_array().expect("a list").iter();
    let pairs = list.map(|one| (one[key].as_str().unwrap_or_default().to_owned(), count(one)));
    pairs.filter(|(_, count)| *count > 0).collect()
}

/// What figures say: all, by rule and by stage, money, and the light.
fn told(figures: &Value) -> Value {
    let findings = |one: &Value| one["findings"].as_u64().expect("a number");
    json!({ "all": figures["all"]["findings"], "sum": figures["all"]["sum"],
        "rules": by(&figures["rules"], "rule", findings),
        "stages": by(&figures["stages"], "id", findings),
        "rate": figures["light"]["rate"], "colour": figures["light"]["colour"] })
}

/// What a trial says of one side.
fn foretold(would: &Value, side: &str) -> Value {
    let findings = |one: &Value| one[side]["findings"].as_u64().expect("a number");
    json!({ "all": would["all"][side]["findings"], "sum": would["all"][side]["sum"],
        "rules": by(&would["rules"], "id", findings),
        "stages": by(&would["stages"], "id", findings),
        "rate": would["light"][side]["rate"], "colour": would["light"][side]["colour"] })
}

async fn what_if_foretells_what_is_found_then(store: Arc<Store>) {
    let app = worked(store).await;
    let who = app.of(Access::Director).await;
    // People have decided: one is dismissed, one milder, some exempt.
    let (employee, coordinator) = (
        app.of(Access::Employee).await,
        app.of(Access::Coordinator).await,
    );
    let list = "/api/v1/findings?employee=e-first&rule=first-response";
    let found = app.get(list, &who).await.is(200).json();
    let found = found["items"].as_array().expect("findings").clone();
    assert!(found.len() > 2, "{found:?}");
    for (finding, outcome) in found.iter().zip(["dismissed", "partly"]) {
        let id = finding["id"].as_str().expect("an id");
        let path = format!("/api/v1/findings/{id}/decisions");
        let body = json!({ "move": "dispute", "text": "Было не так" });
        app.post(&path, &employee, body).await.is(200);
        let body = json!({ "move": "decide", "outcome": outcome, "text": "Да" });
        app.post(&path, &coordinator, body).await.is(200);
    }
    let body = json!({ "employee": "o-first", "rule": "no-open-task", "reason": "болел",
        "from": BEGIN - 500 * HOUR, "until": BEGIN + 500 * HOUR });
    app.post("/api/v1/exemptions", &who, body).await.is(201);
    let trials = [
        STARTER.replacen("limit = \"15m\"", "limit = \"2wd\"", 1),
        STARTER.replacen("limit = \"15m\"", "limit = \"1m\"\nseverity = \"gross\"", 1),
        STARTER.replace(
            "use = \"no-open-task\"",
            "use = \"no-open-task\"\nenabled = false",
        ),
        STARTER.replace(
            "mon = [\"09:00-13:00\", \"14:00-18:00\"]",
            "mon = [\"09:00-09:10\"]",
        ),
        STARTER.replace("green = 10.0", "green = 1.0"),
    ];
    let figures = format!("/api/v1/figures?{YEAR}");
    for trial in trials {
        assert_ne!(trial, STARTER);
        let asked = json!({ "text": trial });
        let would = app
            .post("/api/v1/regulation/what-if", &who, asked)
            .await
            .is(200)
            .json();
        let before = app.get(&figures, &who).await.is(200).json();
        assert_eq!(foretold(&would, "before"), told(&before), "{trial}");
        let all = &would["all"];
        let number = |value: &Value| value.as_u64().expect("a number");
        assert_eq!(
            number(&all["before"]["findings"]) + number(&all["new"]),
            number(&all["after"]["findings"]) + number(&all["gone"]),
            "what comes and goes makes the difference: {would}"
        );
        put(&app, &who, &trial).await;
        let after = app.get(&figures, &who).await.is(200).json();
        assert_eq!(foretold(&would, "after"), told(&after), "{trial}");
        put(&app, &who, STARTER).await;
    }
    // One value of one rule is as good as a text.
    let asked = json!({ "rule": "first-response", "set": { "limit": "2wd" } });
    let would = app
        .post("/api/v1/regulation/what-if", &who, asked)
        .await
        .is(200)
        .json();
    assert!(would["all"]["gone"].as_u64() > Some(0), "{would}");
    for wrong in [
        json!({ "rule": "first-response", "set": { "limit": "soon" } }),
        json!({ "rule": "no-such-rule", "set": { "limit": "5h" } }),
        json!({ "text": "x = [" }),
        json!({ "text": STARTER, "rule": "first-response" }),
        json!({ "rule": "first-response", "set": { "limit": [1] } }),
    ] {
        app.post("/api/v1/regulation/what-if", &who, wrong)
            .await
            .is(422);
    }
}

/// The addresses within the contents of a page, each with what it leads from.
fn links(page: &str) -> Vec<(String, String)> {
    let (_, main) = page.split_once("<main").expect("contents");
    main.split("<a href=\"")
        .skip(1)
        .filter_map(|rest| {
            let (address, rest) = rest.split_once("\">")?;
            let (text, _) = rest.split_once("</a>")?;
            Some((read(address), text.to_owned()))
        })
        .collect()
}

async fn every_number_leads_to_its_findings(store: Arc<Store>) {
    let app = worked(store).await;
    let who = app.of(Access::Director).await;
    let path = format!("/regulation/what-if?{MILDER}");
    let page = app.get(&path, &who).await.is(200).text();
    let links = links(&page);
    let numbers: Vec<_> = links
        .iter()
        .filter(|(address, _)| address.starts_with("/regulation/what-if/findings?"))
        .filter(|(address, _)| !address.contains("format="))
        .collect();
    assert!(numbers.len() > 10, "{numbers:?}");
    for part in ["before", "after", "gone"] {
        let of_part = format!("part={part}");
        assert!(
            numbers
                .iter()
                .any(|(address, _)| address.contains(&of_part)),
            "{part}"
        );
    }
    for (address, text) in numbers {
        let list = app.get(address, &who).await.is(200).text();
        let rows = list.matches("<th scope=\"row\">").count();
        assert_eq!(text.parse(), Ok(rows), "{address}\n{list}");
        // Those that stand have their own page; those of a deal lead to it.
        let of_deals = !address.contains("no_stage");
        assert_eq!(list.contains("href=\"/deals/"), of_deals, "{list}");
        assert!(
            !address.contains("part=gone") || list.contains("href=\"/findings/"),
            "{list}"
        );
    }
    // What is tried can be taken into a new version.
    let edit = links
        .iter()
        .find(|(address, _)| address.starts_with("/regulation/edit"));
    let (address, _) = edit.expect("a way to the text");
    let page = app.get(address, &who).await.is(200).text();
    let text = STARTER.replacen("limit = \"15m\"", "limit = \"2wd\"", 1);
    assert_eq!(text_of(&page), text);
    // One may look a rule at without moving anything.
    let still = app
        .get("/regulation/what-if?rule=overload", &who)
        .await
        .is(200)
        .text();
    assert!(still.contains("Пока ничего не изменено"), "{still}");
    // What stood in the fields of another rule is not this one's.
    let other = format!(
        "/regulation/what-if?{}",
        MILDER.replacen("first-response", "missed-call", 1)
    );
    let page = app.get(&other, &who).await.is(200).text();
    assert!(page.contains("Пока ничего не изменено"), "{page}");
}

async fn whoever_sees_no_figures_learns_of_nobody(store: Arc<Store>) {
    let app = worked(store).await;
    let who = app.of(Access::Administrator).await;
    let path = format!("/regulation/what-if?{MILDER}");
    let page = app.get(&path, &who).await.is(200).text();
    assert!(
        page.contains("По правилам") && !page.contains("По людям"),
        "{page}"
    );
    let asked = json!({ "rule": "first-response", "set": { "limit": "2wd" } });
    let would = app
        .post("/api/v1/regulation/what-if", &who, asked.clone())
        .await;
    let would = would.is(200).json();
    assert_eq!(
        (&would["employees"], &would["lights"]),
        (&json!([]), &json!([]))
    );
    let edit = edit_page(&app, &who).await;
    let text = STARTER.replacen("limit = \"15m\"", "limit = \"2wd\"", 1);
    let preview = Form::of(&edit, &text)
        .send(&app, &who, "/regulation/edit", "compare")
        .await;
    let preview = preview.is(200).text();
    for text in [&page, &would.to_string(), &preview] {
        for name in [
            "e-first",
            "o-first",
            "Группа first",
            "/regulation/what-if/findings",
        ] {
            assert!(!text.contains(name), "{name} in {text}");
        }
    }
    // Nor does a token tell more than its person may see.
    let (_, token) = app.token(Access::Head, &[Scope::Manage]).await;
    let would = app.post("/api/v1/regulation/what-if", &token, asked).await;
    assert_eq!(would.is(200).json()["employees"], json!([]));
}

async fn values_that_cannot_be_are_told(store: Arc<Store>) {
    let app = worked(store).await;
    let who = app.of(Access::Director).await;
    let of = "/regulation/what-if?rule=first-response&of=first-response";
    let page = app
        .get(&format!("{of}&p.limit=9999999999&u.limit=m"), &who)
        .await;
    let page = page.is(200).text();
    assert!(page.contains("class=\"alert\""), "{page}");
    // Nonsense in an address is nobody's fault to be told of.
    for nonsense in [
        "&p.severity=",
        "&p.enabled=perhaps",
        "&p.nothing=1",
        "&from=x&to=y",
    ] {
        app.get(&format!("{of}{nonsense}"), &who).await.is(200);
    }
    app.get("/regulation/what-if?rule=none", &who).await.is(404);
    app.get("/regulation/what-if/findings?part=some", &who)
        .await
        .is(404);
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
