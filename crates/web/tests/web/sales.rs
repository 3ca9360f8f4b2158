//! The pages of the head of sales: who opens them, that a lead sees the group alone, that each number
//! leads to the list it counts, and that a lost deal is checked by a form.

use std::sync::Arc;

use app::permissions::{Access, Scope};
use serde_json::{Value, json};
use store::Store;

use crate::app::{BEGIN, TestApp, Who};
use crate::pages_work::token;

store::on_both!(
    they_open_to_those_who_see_figures_of_others,
    every_number_leads_to_what_it_counts,
    the_choice_lives_in_the_address,
    a_lead_sees_the_group_alone,
    a_lost_deal_is_checked_by_a_form,
    the_share_sent_back_leads_to_its_checks,
    who_may_not_decide_reads,
    markup_of_the_crm_stays_text,
    they_speak_english_and_are_taken_away,
    an_empty_company_is_told_so,
);

const HOUR: i64 = 3_600_000;
const PAGES: [&str; 5] = ["/funnel", "/reasons", "/load", "/speed", "/funnel/deals"];

fn event(deal: &str, hours: i64, kind: &str, more: &Value) -> Value {
    let mut event = json!({ "deal": deal, "at": BEGIN - hours * HOUR, "kind": kind });
    for (key, value) in more.as_object().expect("columns") {
        event[key] = value.clone();
    }
    event
}

/// A deal of somebody, begun days ago, and what became of it.
fn life(deal: &str, employee: &str, n: usize) -> Vec<Value> {
    let channel = ["site", "звонок"][n % 2];
    let created = json!({ "stage": "new", "employee": employee, "text": format!("Окна {deal}"),
        "amount": 1000.0 + n as f64, "channel": channel });
    let mut events = vec![event(deal, 200, "created", &created)];
    let by = json!({ "employee": employee, "actor": employee, "amount": 40 });
    if !n.is_multiple_of(3) {
        events.push(event(deal, 199, "call_out", &by));
    }
    let task = json!({ "task": format!("t-{deal}"), "employee": employee,
        "due": BEGIN - 30 * HOUR + (n as i64 % 2) * 90 * HOUR });
    match n % 4 {
        0 => events.push(event(deal, 190, "task_added", &task)),
        1 => {
            let reason = json!({ "field": "Дорого", "text": "нашёл дешевле", "actor": employee });
            events.push(event(deal, 150, "loss_reason_set", &reason));
            events.push(event(
                deal,
                150,
                "stage_changed",
                &json!({ "stage": "lost", "actor": employee }),
            ));
        }
        2 => events.push(event(
            deal,
            140,
            "stage_changed",
            &json!({ "stage": "won" }),
        )),
        _ => events.push(event(
            deal,
            100,
            "message_in",
            &json!({ "text": "Вы где?" }),
        )),
    }
    events
}

/// A server with deals of two people, one of whom is in no group.
async fn worked(store: Arc<Store>) -> TestApp {
    let app = TestApp::staffed(store).await;
    let people = ["e-first", "o-first", "l-first"];
    let lives = (0..30).flat_map(|n| life(&format!("s{n}"), people[n % 3], n / 3));
    send(&app, Value::Array(lives.collect())).await;
    app
}

async fn send(app: &TestApp, events: Value) {
    let (_, crm) = app.token(Access::Administrator, &[Scope::Events]).await;
    let body = json!({ "events": events });
    app.post("/api/v1/events", &crm, body).await.is(200);
}

async fn page(app: &TestApp, who: &Who, path: &str) -> String {
    app.get(path, who).await.is(200).text()
}

/// The addresses within a page's contents, with what is shown as each.
fn links(page: &str) -> Vec<(String, String)> {
    let (_, main) = page.split_once("<main").expect("contents");
    let links = main.split("<a href=\"").skip(1);
    let link = |rest: &str| {
        let (address, rest) = rest.split_once('"').expect("an address");
        let (_, rest) = rest.split_once('>').expect("a tag");
        let shown = rest.split('<').next().expect("a text");
        (address.replace("&#38;", "&"), shown.replace('\u{a0}', " "))
    };
    links.map(link).collect()
}

/// How many rows the list of deals says that it has, over all its pages.
fn listed(page: &str) -> u64 {
    let (_, after) = page.split_once("<p class=\"lead\">").expect("a head");
    let (_, after) = after.split_once("<p class=\"lead\">").expect("a count");
    let number: String = after.chars().take_while(char::is_ascii_digit).collect();
    number.parse().expect("a number")
}

fn rows(page: &str) -> usize {
    page.matches("<th scope=\"row\">").count()
}

async fn they_open_to_those_who_see_figures_of_others(store: Arc<Store>) {
    let app = worked(store).await;
    for access in Access::ALL {
        let who = app.of(access).await;
        let figures = matches!(
            access,
            Access::Lead
                | Access::Coordinator
                | Access::Specialist
                | Access::Head
                | Access::Director
                | Access::ClientManager
        );
        for path in PAGES {
            let status = if figures { 200 } else { 403 };
            app.get(path, &who).await.is(status);
        }
        let checks = figures && access != Access::ClientManager;
        app.get("/lost", &who)
            .await
            .is(if checks { 200 } else { 403 });
        let me = page(&app, &who, "/me").await;
        assert_eq!(me.contains("href=\"/funnel\""), figures, "{access:?}");
    }
    for path in PAGES {
        app.get(path, &Who::Nobody).await.is(303);
    }
    let stranger = app.foreign(Access::Head).await;
    for path in PAGES.into_iter().chain(["/lost"]) {
        let page = page(&app, &stranger, path).await;
        assert!(
            !page.contains("e-first") && !page.contains("Окна s"),
            "{path}"
        );
    }
}

async fn every_number_leads_to_what_it_counts(store: Arc<Store>) {
    let app = worked(store).await;
    let mut checked = 0;
    for access in [Access::Head, Access::Lead] {
        let who = app.of(access).await;
        for path in [
            "/funnel",
            "/funnel?by=source&show=overdue",
            "/funnel?by=month&show=hung",
            "/reasons",
            "/load",
            "/speed",
            "/speed?by=month",
            "/speed?by=source&employee=e-first",
        ] {
            let page = page(&app, &who, path).await;
            for (address, shown) in links(&page) {
                if !address.starts_with("/funnel/deals?") {
                    continue;
                }
                let list = self::page(&app, &who, &address).await;
                let number: String = shown.chars().filter(|c| !c.is_whitespace()).collect();
                if let Ok(number) = number.parse::<u64>() {
                    assert_eq!(listed(&list), number, "{path} {address}");
                    assert_eq!(rows(&list) as u64, number.min(50), "{address}");
                    checked += 1;
                }
            }
        }
    }
    assert!(checked > 100, "{checked}");
    // What the list of all deals shows is asked for in its own words.
    let head = app.of(Access::Head).await;
    let funnel = page(&app, &head, "/funnel").await;
    let open = "/deals?kind=open&stage=new&pipeline=sales";
    assert!(
        links(&funnel).iter().any(|(address, _)| address == open),
        "{funnel}"
    );
}

async fn the_choice_lives_in_the_address(store: Arc<Store>) {
    let app = worked(store).await;
    let who = app.of(Access::Head).await;
    let all = page(&app, &who, "/funnel/deals?part=standing").await;
    let own = page(&app, &who, "/funnel/deals?part=standing&employee=e-first").await;
    let others = page(&app, &who, "/funnel/deals?part=standing&employee=o-first").await;
    let leads = page(&app, &who, "/funnel/deals?part=standing&employee=l-first").await;
    assert_eq!(
        listed(&all),
        listed(&own) + listed(&others) + listed(&leads)
    );
    assert!(listed(&own) > 0);
    let funnel = page(&app, &who, "/funnel?employee=e-first&source=site&period=30").await;
    for chosen in [
        "value=\"e-first\" selected",
        "value=\"site\" selected",
        "value=\"30\" selected",
    ] {
        assert!(funnel.contains(chosen), "{chosen}");
    }
    let lists = links(&funnel).into_iter().map(|(address, _)| address);
    let lists: Vec<String> = lists
        .filter(|one| one.starts_with("/funnel/deals"))
        .collect();
    assert!(!lists.is_empty());
    for address in lists {
        // A share of the whole company is taken, whoever is looked at.
        let whole = address.contains("part=reached");
        assert!(
            whole || address.contains("employee=e-first") && address.contains("source=site"),
            "{address}"
        );
    }
    // The group alone.
    let group = page(&app, &who, "/load?group=g-first").await;
    assert!(!group.contains("employee=o-first"), "{group}");
    // Nothing that an address may say breaks a page.
    for query in [
        "pipeline=x&employee=y&group=z&source=w&period=soon&from=a&to=b",
        "from=2026-03-02&to=2026-03-01",
        "from=-009999-01-01&to=9999-12-31",
        "period=9999-12",
        "part=what&stage=none&reason=x",
        "employee=-&source=-&reason=-&part=reason",
        "by=%3Cb%3E&show=%3Cb%3E",
        "page=99",
    ] {
        for path in PAGES {
            let page = page(&app, &who, &format!("{path}?{query}")).await;
            assert!(!page.contains('⟨'), "{path} {query}: a word is missing");
        }
    }
}

async fn a_lead_sees_the_group_alone(store: Arc<Store>) {
    let app = worked(store).await;
    let lead = app.of(Access::Lead).await;
    for path in PAGES.into_iter().chain(["/lost"]) {
        for query in [
            "",
            "?employee=o-first",
            "?group=g-first&employee=o-first",
            "?employee=-",
        ] {
            let page = page(&app, &lead, &format!("{path}{query}")).await;
            let (_, main) = page.split_once("<main").expect("contents");
            let query_less = main.replace("employee=o-first", "");
            assert!(!query_less.contains("o-first"), "{path}{query}");
            // Every third deal is of somebody else.
            for n in (1..30).step_by(3) {
                assert!(!main.contains(&format!("Окна s{n}<")), "{path}{query} s{n}");
            }
        }
    }
    let own = page(&app, &lead, "/funnel/deals?part=entered").await;
    assert!(own.contains("Окна s0<"), "{own}");
    // A deal that went on to somebody else is counted, and not told.
    let handed = json!({ "employee": "o-first", "actor": "l-first" });
    send(
        &app,
        json!([event("s0", 1, "responsible_changed", &handed)]),
    )
    .await;
    let after = page(&app, &lead, "/funnel/deals?part=entered").await;
    assert_eq!(listed(&after), listed(&own));
    assert!(!after.contains("Окна s0<") && after.contains("вне вашей группы"));
    let files = app
        .get("/funnel/deals?part=entered&format=csv&table=deals", &lead)
        .await;
    assert!(!files.is(200).text().contains("Окна s0"));
}

const QUESTIONS: [&str; 5] = [
    "everything_done",
    "objections_handled",
    "advice_right",
    "attempts",
    "revivable",
];

async fn a_lost_deal_is_checked_by_a_form(store: Arc<Store>) {
    let app = worked(store).await;
    let id = app.check().await;
    let head = app.of(Access::Head).await;
    let path = format!("/lost/{id}");
    let list = page(&app, &head, "/lost").await;
    assert!(list.contains(&format!("href=\"{path}\"")), "{list}");
    let shown = app.get(&path, &head).await.is(200);
    assert!(shown.text().contains("Пять вопросов") && shown.text().contains("Сотрудник e-first"));
    let token = token(&shown);
    let mut fields = vec![("form_token", token.as_str()), ("verdict", "back_to_work")];
    fields.push(("everything_done", "no"));
    fields.push(("everything_done_text", "звонили <b>раз</b>"));
    // Four questions are not answered: nothing is decided, and what was typed stays.
    let again = app.form(&path, &head, &fields).await.is(422).text();
    assert!(again.contains("ответьте на все пять вопросов"), "{again}");
    assert!(
        again.contains("звонили &#60;b&#62;раз&#60;/b&#62;"),
        "{again}"
    );
    assert!(
        again.contains("name=\"everything_done\" value=\"no\" required checked"),
        "{again}"
    );
    fields.extend(
        QUESTIONS
            .iter()
            .skip(1)
            .map(|question| (*question, "not_applicable")),
    );
    fields.push(("comment", "Позвоните завтра"));
    for wrong in ["", "x"] {
        let mut forged = fields.clone();
        forged[0].1 = wrong;
        app.form(&path, &head, &forged).await.is(403);
    }
    let done = app.form(&path, &head, &fields).await.is(303);
    assert_eq!(done.header("location"), format!("/lost?done={id}"));
    let told = page(&app, &head, done.header("location")).await;
    assert!(told.contains("Возвращена в работу:"), "{told}");
    let seen = app
        .get(&format!("/api/v1/checks/{id}"), &head)
        .await
        .is(200)
        .json();
    assert_eq!(
        (&seen["status"], &seen["comment"]),
        (&json!("back_to_work"), &json!("Позвоните завтра"))
    );
    assert_eq!(seen["answers"][0]["text"], "звонили <b>раз</b>");
    // A second verdict is refused in words, and the page has no form any more.
    let twice = app.form(&path, &head, &fields).await.is(303);
    let twice = page(&app, &head, twice.header("location")).await;
    assert!(
        twice.contains("Решение не записано") && !twice.contains("check-form"),
        "{twice}"
    );
    assert!(
        twice.contains("Позвоните завтра") && twice.contains("Имя head@first"),
        "{twice}"
    );
}

async fn the_share_sent_back_leads_to_its_checks(store: Arc<Store>) {
    let app = TestApp::staffed(store).await;
    let head = app.of(Access::Head).await;
    for verdict in ["back_to_work", "closed_rightly", "back_to_work"] {
        let path = format!("/lost/{}", app.check().await);
        let token = token(&app.get(&path, &head).await.is(200));
        let mut fields = vec![("form_token", token.as_str()), ("verdict", verdict)];
        fields.extend(QUESTIONS.iter().map(|question| (*question, "yes")));
        app.form(&path, &head, &fields).await.is(303);
    }
    let list = page(&app, &head, "/lost").await;
    assert!(list.contains("2 из 3"), "{list}");
    let back = "/lost?status=back_to_work&employee=e-first";
    let shown = links(&list)
        .into_iter()
        .find(|(address, _)| address == back);
    assert_eq!(shown.expect("a link").1, "2");
    let checks = page(&app, &head, back).await;
    let (table, _) = checks.split_once("</table>").expect("a table");
    assert_eq!(rows(table), 2, "{checks}");
    let none = page(&app, &head, "/lost?status=back_to_work&employee=o-first").await;
    assert!(none.contains("Таких проверок нет"), "{none}");
}

async fn who_may_not_decide_reads(store: Arc<Store>) {
    let app = worked(store).await;
    let path = format!("/lost/{}", app.check().await);
    for access in [Access::Lead, Access::Coordinator, Access::Specialist] {
        let who = app.of(access).await;
        let shown = page(&app, &who, &path).await;
        assert!(!shown.contains("check-form"), "{access:?}");
        let token = token(&app.get("/me", &who).await.is(200));
        let mut fields = vec![
            ("form_token", token.as_str()),
            ("verdict", "closed_rightly"),
        ];
        fields.extend(QUESTIONS.iter().map(|question| (*question, "yes")));
        app.form(&path, &who, &fields).await.is(403);
    }
    let employee = app.of(Access::Employee).await;
    app.get(&path, &employee).await.is(403);
    app.get("/lost/none", &app.of(Access::Head).await)
        .await
        .is(404);
    let stranger = app.foreign(Access::Head).await;
    app.get(&path, &stranger).await.is(404);
    // What somebody outside the group lost is not the lead's to see.
    app.pass(1);
    let head = app.of(Access::Head).await;
    let others = app
        .get("/api/v1/checks?status=open", &head)
        .await
        .is(200)
        .json();
    let others = others["items"].as_array().expect("checks").clone();
    let foreign = others
        .iter()
        .find(|check| check["responsible"] == "o-first");
    let id = foreign.expect("a check")["id"]
        .as_str()
        .expect("an id")
        .to_owned();
    let lead = app.of(Access::Lead).await;
    app.get(&format!("/lost/{id}"), &lead).await.is(404);
}

async fn markup_of_the_crm_stays_text(store: Arc<Store>) {
    let app = worked(store).await;
    let evil = "<img src=x onerror=alert(1)>\"'";
    let administrator = app.of(Access::Administrator).await;
    let mut tables = app
        .get("/api/v1/tables", &administrator)
        .await
        .is(200)
        .json();
    for (table, field) in [
        ("employees", "name"),
        ("groups", "name"),
        ("stages", "stage_name"),
    ] {
        for row in tables[table].as_array_mut().expect("rows") {
            row[field] = json!(evil);
        }
    }
    app.call("PUT", "/api/v1/tables", &administrator, Some(tables))
        .await
        .is(204);
    let created = json!({ "stage": "new", "employee": "e-first", "text": evil, "channel": evil });
    let reason = json!({ "field": evil, "text": evil, "actor": "e-first" });
    let lost = json!({ "stage": "lost", "actor": "e-first" });
    send(
        &app,
        json!([
            event("evil", 40, "created", &created),
            event(
                "evil",
                39,
                "note_added",
                &json!({ "text": format!("дорого {evil}"), "actor": "e-first" })
            ),
            event("evil", 38, "loss_reason_set", &reason),
            event("evil", 38, "stage_changed", &lost),
        ]),
    )
    .await;
    let head = app.of(Access::Head).await;
    let list = page(&app, &head, "/lost").await;
    let check = links(&list)
        .into_iter()
        .find(|(address, _)| address.starts_with("/lost/"));
    let check = check.expect("a check").0;
    let paths = [
        "/funnel?by=source",
        "/reasons",
        "/load",
        "/speed?by=source",
        "/lost",
    ];
    let lists = ["/funnel/deals?part=lost", check.as_str()];
    for path in paths.into_iter().chain(lists) {
        let page = page(&app, &head, path).await;
        assert!(!page.contains("<img"), "{path}");
        assert!(page.contains("&#60;img src=x"), "{path}\n{page}");
    }
}

async fn they_speak_english_and_are_taken_away(store: Arc<Store>) {
    let app = worked(store).await;
    let who = app.of(Access::Head).await;
    for (path, table) in [
        ("/funnel", "stages"),
        ("/funnel", "waits"),
        ("/funnel", "heat"),
        ("/funnel", "parts"),
        ("/reasons", "people"),
        ("/reasons", "reasons"),
        ("/load", "load"),
        ("/speed", "speed"),
        ("/lost", "checks"),
        ("/funnel/deals?part=entered", "deals"),
    ] {
        let join = if path.contains('?') { '&' } else { '?' };
        for (format, kind) in [("csv", "text/csv"), ("xlsx", "application/vnd")] {
            let path = format!("{path}{join}format={format}&table={table}");
            let file = app.get(&path, &who).await.is(200);
            assert!(file.header("content-type").starts_with(kind), "{path}");
        }
    }
    let body = Some(json!({ "language": "en" }));
    app.call("PATCH", "/api/v1/me", &who, body).await.is(204);
    let check = format!("/lost/{}", app.check().await);
    for path in PAGES
        .into_iter()
        .chain(["/lost", check.as_str(), "/funnel?by=month"])
    {
        let page = page(&app, &who, path).await;
        assert!(
            page.contains("<html lang=\"en\">") && !page.contains('⟨'),
            "{path}"
        );
        let cyrillic = |c: char| ('а'..='я').contains(&c);
        for title in page.split("<h2").skip(1) {
            let title = title.split("</h2>").next().unwrap_or_default();
            assert!(!title.contains(cyrillic), "{path} {title}");
        }
    }
}

async fn an_empty_company_is_told_so(store: Arc<Store>) {
    let app = TestApp::new(store).await;
    let who = app.of(Access::Head).await;
    for path in PAGES.into_iter().chain(["/lost"]) {
        let page = page(&app, &who, path).await;
        assert!(page.contains("class=\"empty\""), "{path}");
    }
}
