//! Every operation of the API, by every access, by nobody, and by people of another company.
//!
//! The table below is what is expected; it is written down apart from the one that decides. An
//! operation that is not in it fails the test.

use std::collections::BTreeMap;
use std::sync::Arc;

use app::permissions::{Access, Scope};
use serde_json::{Value, json};
use store::Store;

use crate::app::{Answer, BEGIN, TestApp, Who, back_to_work, person};

/// Who is let through.
enum To {
    /// Whoever comes.
    Public,
    /// Whoever is logged in.
    Everybody,
    /// Whoever has one of these accesses.
    Only(&'static [Access]),
}

use Access::*;
use To::{Everybody, Only, Public};

/// What is expected of an operation.
struct Expected {
    operation: &'static str,
    to: To,
    /// The status for those who are let through.
    status: u16,
    /// The status for an administrator of another company who names something of this one.
    foreign: u16,
}

const fn expect(operation: &'static str, to: To, status: u16, foreign: u16) -> Expected {
    Expected {
        operation,
        to,
        status,
        foreign,
    }
}

const SEE_TABLES: &[Access] = &[
    Coordinator,
    Specialist,
    Head,
    Director,
    Administrator,
    ClientManager,
];
const SEE_PEOPLE: &[Access] = &[Coordinator, Head, Director, Administrator];

/// Who sees what happened: employees theirs, leads that of their group.
const SEE_WORK: &[Access] = &[
    Employee,
    Lead,
    Coordinator,
    Specialist,
    Head,
    Director,
    ClientManager,
];
const SEE_FINDINGS: &[Access] = &[Employee, Lead, Coordinator, Specialist, Head, Director];
const SEE_EMPLOYEES: &[Access] = &[
    Employee,
    Lead,
    Coordinator,
    Specialist,
    Head,
    Director,
    Administrator,
    ClientManager,
];
const MANAGE: &[Access] = &[Head, Director, Administrator];
/// Who manages the regulation, or sees everybody's figures.
const TRY: &[Access] = SEE_TABLES;

/// Who decides on it.
const DECIDE: &[Access] = &[Employee, Lead, Coordinator, Head, Director];
/// Who decides for quality control.
const COORDINATE: &[Access] = &[Coordinator, Head, Director];
/// Who sets goals of others.
const SET_GOALS: &[Access] = &[Lead, Coordinator, Head, Director];
const ADD: &[Access] = &[Lead, Coordinator, Specialist, Head, Director, ClientManager];
/// Specialists see what they have looked at themselves.
const SEE_REVIEWS: &[Access] = &[Coordinator, Specialist, Head, Director];
const SEE_CHECKS: &[Access] = &[Lead, Coordinator, Specialist, Head, Director];
const SEE_SETTINGS: &[Access] = &[Coordinator, Head, Director, Administrator];
/// Who keeps the company's settings and sees where its messages go.
const KEEP: &[Access] = &[Director, Administrator];
/// Who pauses messages of others.
const PAUSE: &[Access] = &[Lead, Coordinator, Head, Director, Administrator];
/// Who makes reports and sends them.
const WRITE: &[Access] = &[Coordinator, Specialist, Head, Director];

const TABLE: &[Expected] = &[
    expect("openapi", Public, 200, 200),
    expect("log_in", Public, 401, 401),
    expect("log_out", Everybody, 204, 204),
    expect("switch_company", Everybody, 204, 404),
    expect("me", Everybody, 200, 200),
    expect("me_change", Everybody, 204, 204),
    expect("me_password", Everybody, 422, 422),
    expect("companies", Everybody, 200, 200),
    expect("people", Only(SEE_PEOPLE), 200, 200),
    expect("invite", Only(&[Administrator]), 409, 409),
    expect("person_change", Only(&[Administrator]), 200, 404),
    expect("person_link", Only(&[Administrator]), 201, 404),
    expect("choose_password", Public, 410, 410),
    expect("join", Everybody, 410, 410),
    expect("tokens", Everybody, 200, 200),
    expect("token_make", Everybody, 201, 201),
    expect("token_revoke", Everybody, 204, 404),
    expect("tables", Only(SEE_TABLES), 200, 200),
    expect("journal", Only(&[Director, Administrator]), 200, 200),
    expect("notices", Everybody, 200, 200),
    expect("notices_unread", Everybody, 200, 200),
    expect("notices_read", Everybody, 200, 200),
    expect("notice_read", Everybody, 204, 404),
    expect("failed_jobs", Only(&[Director, Administrator]), 200, 200),
    expect("job_retry", Only(&[Administrator]), 204, 404),
    expect("job_drop", Only(&[Administrator]), 204, 404),
    expect("findings_known", Only(SEE_FINDINGS), 200, 200),
    expect("events_send", Only(&[Administrator]), 200, 200),
    expect("deal", Only(SEE_WORK), 200, 404),
    expect("search", Only(SEE_WORK), 200, 200),
    expect("figures", Only(SEE_WORK), 200, 200),
    expect("employees", Only(SEE_EMPLOYEES), 200, 200),
    expect("employee_set", Only(MANAGE), 204, 204),
    expect("employee_memberships", Only(MANAGE), 204, 404),
    expect("employee_absences", Only(MANAGE), 204, 404),
    expect("employee_membership_add", Only(MANAGE), 204, 404),
    expect("employee_membership_end", Only(MANAGE), 204, 404),
    expect("employee_absence_add", Only(MANAGE), 204, 404),
    expect("employee_absence_end", Only(MANAGE), 204, 404),
    expect("group_set", Only(MANAGE), 204, 204),
    expect("regulation", Only(SEE_EMPLOYEES), 200, 200),
    expect("regulation_check", Only(SEE_EMPLOYEES), 200, 200),
    expect("regulation_add", Only(MANAGE), 201, 201),
    expect("regulation_what_if", Only(TRY), 200, 200),
    expect("regulation_withdraw", Only(MANAGE), 404, 404),
    expect("findings", Only(SEE_FINDINGS), 200, 200),
    expect("finding", Only(SEE_FINDINGS), 200, 404),
    expect("finding_history", Only(SEE_FINDINGS), 200, 404),
    expect("finding_decide", Only(DECIDE), 200, 404),
    expect("findings_decide", Only(DECIDE), 200, 200),
    // Whoever decided did so a minute ago at least.
    expect("finding_undo", Only(DECIDE), 409, 404),
    expect("goals", Only(DECIDE), 200, 200),
    expect("goal_set", Only(SET_GOALS), 201, 404),
    expect("goal_end", Only(SET_GOALS), 204, 404),
    expect("finding_make", Only(ADD), 201, 422),
    expect("findings_waiting", Only(COORDINATE), 200, 200),
    expect("finding_route", Only(COORDINATE), 200, 404),
    expect("reviews", Only(SEE_REVIEWS), 200, 200),
    expect("exemptions", Only(SEE_FINDINGS), 200, 200),
    expect("exemption_make", Only(COORDINATE), 201, 422),
    expect("exemption_end", Only(COORDINATE), 200, 404),
    expect("rules", Only(SEE_WORK), 200, 200),
    expect("rule_rulings", Only(SEE_WORK), 200, 200),
    expect("rule_rule", Only(&[Head, Director]), 204, 204),
    expect("checks", Only(SEE_CHECKS), 200, 200),
    expect("check", Only(SEE_CHECKS), 200, 404),
    expect("check_decide", Only(&[Lead, Head, Director]), 200, 404),
    expect("checks_returned", Only(SEE_CHECKS), 200, 200),
    expect("company_settings", Only(SEE_SETTINGS), 200, 200),
    expect(
        "company_settings_set",
        Only(&[Director, Administrator]),
        204,
        204,
    ),
    expect("life_settings", Only(SEE_SETTINGS), 200, 200),
    expect(
        "life_settings_set",
        Only(&[Director, Administrator]),
        204,
        204,
    ),
    expect("notes", Everybody, 200, 200),
    expect("note", Everybody, 200, 404),
    expect("unhandled", Only(&[Head, Director]), 200, 200),
    expect("my_telling", Everybody, 200, 200),
    expect("my_telling_set", Everybody, 204, 204),
    expect("my_addresses", Everybody, 200, 200),
    expect("my_address_cut", Everybody, 204, 404),
    expect("telling_settings", Only(SEE_SETTINGS), 200, 200),
    expect("telling_settings_set", Only(KEEP), 204, 204),
    expect("pauses", Everybody, 200, 200),
    expect("pause_make", Only(PAUSE), 201, 404),
    expect("pause_end", Only(PAUSE), 204, 404),
    expect("chats", Only(KEEP), 200, 200),
    expect("chat_code", Only(&[Administrator]), 201, 201),
    expect("chat_change", Only(&[Administrator]), 200, 404),
    expect("chat_cut", Only(&[Administrator]), 204, 404),
    // First of all: only so many may be on, and every other makes one that is.
    expect("webhook_add", Only(&[Administrator]), 201, 201),
    expect("webhooks", Only(KEEP), 200, 200),
    expect("webhook_change", Only(&[Administrator]), 200, 404),
    expect("webhook_test", Only(&[Administrator]), 204, 404),
    expect("webhook_off", Only(&[Administrator]), 204, 404),
    expect("addresses_lost", Only(KEEP), 200, 200),
    expect("reports", Only(SEE_FINDINGS), 200, 200),
    expect("report_make", Only(WRITE), 201, 201),
    expect("report", Only(SEE_FINDINGS), 200, 404),
    expect("report_file", Only(SEE_FINDINGS), 200, 404),
    expect("report_edit", Only(WRITE), 204, 404),
    expect("report_send", Only(WRITE), 204, 404),
    expect("report_schedule", Only(SEE_SETTINGS), 200, 200),
    expect("report_schedule_set", Only(KEEP), 204, 204),
    // The last: it takes the people of the others away.
    expect("tables_replace", Only(MANAGE), 204, 204),
];

/// What an operation is sent. Ids are of the first company, whoever sends them; logins are of the
/// company of whoever sends them, lest their own journal shows those of others.
fn body(app: &TestApp, operation: &str, place: &str) -> Option<Value> {
    let body = match operation {
        "log_in" => json!({ "login": "nobody", "password": "no password" }),
        "switch_company" => json!({ "company": app.company }),
        "me_change" => json!({ "language": "ru" }),
        "me_password" => json!({ "current": "a wrong one", "new": "a new password" }),
        "invite" => {
            json!({ "login": format!("lead@{place}"), "name": "Кто-то", "access": "shopper" })
        }
        "person_change" => json!({ "disabled": false }),
        "choose_password" => json!({ "link": "none", "password": "a new password" }),
        "join" => json!({ "link": "none" }),
        "tables_replace" => json!({ "account": account(place) }),
        "company_settings_set" => account(place),
        "token_make" => json!({ "name": "для пробы", "scopes": ["read"] }),
        "events_send" => json!({ "events": [] }),
        "employee_set" => json!({ "name": "Новое имя", "active": true, "group": "g-first" }),
        "employee_memberships" | "employee_absences" => json!([]),
        "employee_membership_add" => json!({ "from": "2030-05-01", "to": "2030-06-01" }),
        "employee_membership_end" => json!({ "from": "2030-03-01", "to": "2030-04-01" }),
        "employee_absence_add" => json!({ "from": "2030-05-01", "kind": "trip" }),
        "employee_absence_end" => json!({ "from": "2030-03-01", "last": "2030-03-05" }),
        "group_set" => json!({ "name": "Новая группа" }),
        "regulation_check" | "regulation_add" | "regulation_what_if" => {
            json!({ "text": REGULATION })
        }
        "finding_decide" => json!({ "move": "acknowledge", "cause": "overload" }),
        "findings_decide" => json!({ "findings": [], "decision": { "move": "cure" } }),
        "goal_set" => goal("e-first"),
        "finding_make" => against("e-first"),
        "finding_route" => json!({ "to": "pass_on" }),
        "exemption_make" => exempting("e-first"),
        "exemption_end" => json!({ "reason": "закончилось" }),
        "rule_rule" => json!({ "ruling": "advice", "text": "подумаем" }),
        "check_decide" => back_to_work(),
        "life_settings_set" => json!({ "lost_deals_to": "lead" }),
        "my_telling_set" => json!({ "channels": ["email"], "quiet": "20:00-09:00" }),
        "telling_settings_set" => json!({ "window": 20 }),
        "chat_change" => {
            json!({ "reports": true, "daily": true, "at_once": false, "language": "ru" })
        }
        "pause_make" => pause(app),
        "webhook_add" | "webhook_change" => json!({ "address": "https://example.ru/other" }),
        "report_make" => json!({ "kind": "week", "day": "2026-02-23", "scope": "company" }),
        "report_edit" => json!({ "texts": {} }),
        "report_schedule_set" => json!({ "weekly": false }),
        _ => return None,
    };
    Some(body)
}

/// What the company of a place is called.
fn account(place: &str) -> Value {
    let name = match place {
        "first" => "Окна Плюс",
        _ => "Двери Минус",
    };
    json!({ "name": name, "timezone": "Europe/Moscow", "currency": "RUB" })
}

/// The id of something that somebody makes.
async fn made(app: &TestApp, path: &str, access: Access, body: Value) -> String {
    let answer = app.post(path, &app.of(access).await, body).await;
    let id = answer.is(201).json()["id"].clone();
    id.as_str().expect("an id").to_owned()
}

/// A finding made by hand.
fn against(employee: &str) -> Value {
    json!({ "target": "person", "employee": employee, "kind": "грубость", "severity": "gross",
        "at": BEGIN, "text": "Перебил клиента" })
}

fn goal(employee: &str) -> Value {
    json!({ "employee": employee, "at_most": 1000 })
}

fn exempting(employee: &str) -> Value {
    json!({ "employee": employee, "reason": "болел", "until": "2031-01-01T00:00:00Z" })
}

fn pause(app: &TestApp) -> Value {
    let until = app.state.now() + 24 * 3_600_000;
    json!({ "person": person("employee@first"), "until": until, "reason": "учёба" })
}

/// The draft of a report on the employee.
async fn report(app: &TestApp) -> String {
    let on =
        json!({ "kind": "week", "day": "2026-02-23", "scope": "employee", "subject": "e-first" });
    made(app, "/api/v1/reports", Director, on).await
}

/// The same, after it was sent.
async fn sent_report(app: &TestApp) -> String {
    let id = report(app).await;
    let path = format!("/api/v1/reports/{id}/send");
    let director = app.of(Director).await;
    app.call("POST", &path, &director, None).await.is(204);
    id
}

/// A regulation that finds something at any hour.
const REGULATION: &str = "effective = 2020-01-01\ntimezone = \"Europe/Moscow\"\n\
    [calendar.week]\nmon = [\"09:00-18:00\"]\n\
    [[rule]]\nuse = \"no-open-task\"\nclock = \"always\"\n";

/// What stands for `{id}` in an operation's path.
async fn id(app: &TestApp, operation: &str, access: Access) -> String {
    match operation {
        "person_change" | "person_link" => person("shopper@first"),
        "pause_make" => person("employee@first"),
        "token_revoke" => app.token(access, &[Scope::Read]).await.0,
        "notice_read" => app.notice(&format!("{}@first", access.name())).await,
        "job_retry" | "job_drop" => app.failed_job().await,
        "deal" => "d-first".to_owned(),
        "employee_set" => "e-new".to_owned(),
        "employee_memberships" | "employee_absences" => "e-first".to_owned(),
        // Each adds to, or ends, the same that stands alone, long after the test.
        "employee_membership_add" | "employee_membership_end" => {
            let rows = json!([{ "from": "2030-03-01", "to": "2030-04-15" }]);
            put_rows(app, "memberships", rows).await
        }
        "employee_absence_add" | "employee_absence_end" => {
            let from = "2030-03-01T00:00:00+03:00";
            put_rows(app, "absences", json!([{ "from": from, "kind": "sick" }])).await
        }
        "group_set" => "g-new".to_owned(),
        "regulation_withdraw" => "2030-01-01".to_owned(),
        "finding" | "finding_history" | "finding_decide" | "finding_undo" => app.finding().await,
        "goal_set" => "e-first".to_owned(),
        "goal_end" => made(app, "/api/v1/goals", Director, goal("e-first")).await,
        "finding_make" | "exemption_make" => "e-first".to_owned(),
        "finding_route" => made(app, "/api/v1/findings", Specialist, against("e-first")).await,
        "exemption_end" => made(app, "/api/v1/exemptions", Director, exempting("e-first")).await,
        "rule_rulings" | "rule_rule" => "no-open-task".to_owned(),
        "note" => {
            app.pass(1);
            app.note(&format!("{}@first", access.name())).await
        }
        "my_address_cut" => {
            app.address(&format!("{}@first", access.name())).await;
            "email".to_owned()
        }
        "pause_end" => made(app, "/api/v1/pauses", Director, pause(app)).await,
        "chat_change" | "chat_cut" => app.chat().await,
        "webhook_change" | "webhook_test" | "webhook_off" => app.webhook().await,
        "report" | "report_file" => sent_report(app).await,
        "report_edit" | "report_send" => report(app).await,
        "check" | "check_decide" => {
            // A lead decides what comes to leads.
            let to_leads = Some(json!({ "lost_deals_to": "lead" }));
            let director = app.of(Director).await;
            app.call("PUT", "/api/v1/settings/life", &director, to_leads)
                .await
                .is(204);
            app.check().await
        }
        _ => String::new(),
    }
}

/// Puts rows of a kind in the place of those of the employee, whose id it gives.
async fn put_rows(app: &TestApp, kind: &str, rows: Value) -> String {
    let path = format!("/api/v1/employees/e-first/{kind}");
    let head = app.of(Head).await;
    app.call("PUT", &path, &head, Some(rows)).await.is(204);
    "e-first".to_owned()
}

/// Operations by their ids: method and path.
fn operations() -> BTreeMap<String, (String, String)> {
    let document = serde_json::to_value(web::openapi()).expect("a document");
    let paths = document["paths"].as_object().expect("paths");
    let mut operations = BTreeMap::new();
    for (path, item) in paths {
        for (method, operation) in item.as_object().expect("operations") {
            let id = operation["operationId"]
                .as_str()
                .expect("an id")
                .to_string();
            let known = operations.insert(id, (method.to_uppercase(), path.clone()));
            assert!(known.is_none(), "two operations of one id: {path}");
        }
    }
    operations
}

async fn call(
    app: &TestApp,
    who: &Who,
    operation: &str,
    at: &(String, String),
    id: &str,
    place: &str,
) -> Answer {
    let method = &at.0;
    let path = ["{id}", "{effective}", "{name}", "{channel}"].iter();
    let path = path.fold(at.1.clone(), |path, place| path.replace(place, id));
    let path = path.replace("{form}", "html");
    let path = match operation {
        "findings_known" => format!("{path}?known_at={}", app.state.now()),
        "search" => format!("{path}?q=door"),
        _ => path,
    };
    // Nobody is held up for trying to log in too often.
    app.pass(60_000);
    app.call(method, &path, who, body(app, operation, place))
        .await
}

store::on_both!(everybody_meets_what_the_table_says, a_token_needs_its_scope);

async fn everybody_meets_what_the_table_says(store: Arc<Store>) {
    let app = TestApp::staffed(store).await;
    let operations = operations();
    let unknown: Vec<_> = operations
        .keys()
        .filter(|id| TABLE.iter().all(|expected| expected.operation != *id))
        .collect();
    assert!(unknown.is_empty(), "put these into the table: {unknown:?}");
    for expected in TABLE {
        let operation = expected.operation;
        let at = &operations[operation];
        for access in Access::ALL {
            let who = app.of(access).await;
            let id = id(&app, operation, access).await;
            let answer = call(&app, &who, operation, at, &id, "first").await;
            let allowed = match expected.to {
                Public | Everybody => true,
                Only(some) => some.contains(&access),
            };
            let status = if allowed { expected.status } else { 403 };
            let found = answer.status.as_u16();
            assert_eq!(
                found,
                status,
                "{operation} by {access:?}: {}",
                answer.text()
            );
        }
        nobody(&app, expected, at).await;
        foreigners(&app, expected, at).await;
    }
}

async fn nobody(app: &TestApp, expected: &Expected, at: &(String, String)) {
    let operation = expected.operation;
    let status = match expected.to {
        Public => expected.status,
        _ => 401,
    };
    let id = id(app, operation, Administrator).await;
    for who in [
        Who::Nobody,
        Who::Session("0".repeat(64)),
        Who::Token(format!("svt_{}", "0".repeat(64))),
    ] {
        let answer = call(app, &who, operation, at, &id, "first").await;
        let found = answer.status.as_u16();
        assert_eq!(found, status, "{operation} by {who:?}: {}", answer.text());
    }
}

/// Whoever comes from another company gets at nothing of this one and sees nothing of it.
async fn foreigners(app: &TestApp, expected: &Expected, at: &(String, String)) {
    let operation = expected.operation;
    for access in Access::ALL {
        let who = app.foreign(access).await;
        let id = id(app, operation, Administrator).await;
        let answer = call(app, &who, operation, at, &id, "second").await;
        let (found, text) = (answer.status.as_u16(), answer.text());
        let place = format!("{operation} by {access:?} of another company: {text}");
        let status = match expected.to {
            Only(some) if !some.contains(&access) => 403,
            _ => expected.foreign,
        };
        assert_eq!(found, status, "{place}");
        // Ids that were sent may come back in "there is no …".
        let text = text.replace(&id, "");
        let text = match found {
            404 => text.replace(&app.company, ""),
            _ => text,
        };
        for secret in [app.company.as_str(), "Окна Плюс", "@first", "-first"] {
            assert!(!text.contains(secret), "shows {secret}: {place}");
        }
    }
}

async fn a_token_needs_its_scope(store: Arc<Store>) {
    let app = TestApp::new(store).await;
    let (_, reads) = app.token(Administrator, &[Scope::Read]).await;
    let (_, manages) = app.token(Administrator, &[Scope::Manage]).await;
    app.get("/api/v1/people", &reads).await.is(200);
    app.get("/api/v1/people", &manages).await.is(403);
    let new = json!({ "login": "new@first", "name": "Новый", "access": "shopper" });
    app.post("/api/v1/people", &reads, new.clone())
        .await
        .is(403);
    app.post("/api/v1/people", &manages, new).await.is(201);

    // A token of everything begets no token, changes no password and goes to no other company.
    let (_, all) = app.token(Administrator, &Scope::ALL).await;
    let token = json!({ "name": "ещё один", "scopes": ["read"] });
    app.post("/api/v1/tokens", &all, token).await.is(403);
    let password = json!({ "current": crate::app::PASSWORD, "new": "другой пароль" });
    app.post("/api/v1/me/password", &all, password)
        .await
        .is(403);
    let language = Some(json!({ "language": "en" }));
    app.call("PATCH", "/api/v1/me", &all, language)
        .await
        .is(403);
    let there = json!({ "company": app.other });
    app.post("/api/v1/session/company", &all, there)
        .await
        .is(403);

    // And it does no more than its person may.
    let (_, shopper) = app.token(Shopper, &Scope::ALL).await;
    app.get("/api/v1/people", &shopper).await.is(403);
    assert_eq!(
        app.get("/api/v1/me", &shopper).await.is(200).json()["access"],
        "shopper"
    );
}
