//! Inviting people, changing what they may do, and links that work once.

use std::sync::Arc;

use app::permissions::Access;
use serde_json::{Value, json};
use store::Store;

use crate::app::{Answer, PASSWORD, TestApp, Who, person};

const DAY: i64 = 24 * 3_600_000;

async fn invite(app: &TestApp, by: &Who, login: &str, access: &str) -> Answer {
    let body = json!({ "login": login, "name": "Новый Человек", "access": access });
    app.post("/api/v1/people", by, body).await
}

/// The last part of the link in an answer.
fn link(answer: &Answer) -> String {
    let json = answer.json();
    let link = json["link"].as_str().expect("a link");
    link.strip_prefix("/link/").expect("a path").to_string()
}

async fn choose(app: &TestApp, link: &str, password: &str) -> Answer {
    let body = json!({ "link": link, "password": password });
    app.post("/api/v1/invitations/password", &Who::Nobody, body)
        .await
}

async fn log_in(app: &TestApp, login: &str, password: &str) -> Answer {
    let body = json!({ "login": login, "password": password });
    app.post("/api/v1/session", &Who::Nobody, body).await
}

store::on_both!(
    somebody_invited_chooses_a_password_once,
    a_link_dies_of_age_and_of_its_successor,
    what_cannot_be_invited_is_told_by_field,
    an_employee_must_be_known,
    a_lead_leads_the_groups_of_their_employee,
    a_changed_access_counts_at_once,
    somebody_shut_out_is_out_at_once,
    the_last_administrator_stays,
    another_company_has_no_say_over_a_password,
    an_invitation_is_for_its_own_login_only,
    people_come_by_pages,
    every_change_is_in_the_journal,
);

async fn somebody_invited_chooses_a_password_once(store: Arc<Store>) {
    let app = TestApp::new(store).await;
    let administrator = app.of(Access::Administrator).await;
    let invited = invite(&app, &administrator, "New@First", "employee")
        .await
        .is(201);
    let shown = invited.json();
    assert_eq!(shown["person"]["login"], "new@first");
    assert_eq!(
        shown["person"]["name"], "new@first",
        "no name before they have come"
    );
    let link = link(&invited);
    log_in(&app, "new@first", "").await.is(401);
    choose(&app, &link, "короткий").await.is(422);
    let chosen = choose(&app, &link, "длинный пароль").await.is(204);
    let me = app
        .get("/api/v1/me", &Who::logged_in(&chosen))
        .await
        .is(200)
        .json();
    assert_eq!(
        (&me["login"], &me["access"]),
        (&json!("new@first"), &json!("employee"))
    );
    assert_eq!(me["name"], "Новый Человек");
    let again = choose(&app, &link, "другой длинный пароль").await.is(410);
    assert_eq!(again.json()["type"], "urn:svetofor:problem:gone");
    log_in(&app, "new@first", "длинный пароль").await.is(200);
}

async fn a_link_dies_of_age_and_of_its_successor(store: Arc<Store>) {
    let app = TestApp::new(store).await;
    let administrator = app.of(Access::Administrator).await;
    let invited = invite(&app, &administrator, "new@first", "employee")
        .await
        .is(201);
    let path = format!(
        "/api/v1/people/{}/link",
        invited.json()["person"]["id"].as_str().expect("an id")
    );
    let second = app.call("POST", &path, &administrator, None).await.is(201);
    choose(&app, &link(&invited), "длинный пароль")
        .await
        .is(410);
    app.pass(7 * DAY);
    choose(&app, &link(&second), "длинный пароль").await.is(410);
    let administrator = app.of(Access::Administrator).await;
    let third = app.call("POST", &path, &administrator, None).await.is(201);
    app.pass(7 * DAY - 1);
    choose(&app, &link(&third), "длинный пароль").await.is(204);
}

async fn what_cannot_be_invited_is_told_by_field(store: Arc<Store>) {
    let app = TestApp::new(store).await;
    let administrator = app.of(Access::Administrator).await;
    let send = async |body: Value| app.post("/api/v1/people", &administrator, body).await;
    let bad = send(json!({ "login": "a b", "name": "", "access": "head" }))
        .await
        .is(422)
        .json();
    let fields: Vec<_> = bad["fields"].as_array().expect("fields").iter().collect();
    assert_eq!(
        (&fields[0]["field"], &fields[1]["field"]),
        (&json!("login"), &json!("name"))
    );
    let unknown = send(json!({ "login": "ab", "name": "A", "access": "king" }))
        .await
        .is(422)
        .json();
    assert_eq!(unknown["fields"][0]["field"], "access");
    let extra = json!({ "login": "ab", "name": "A", "access": "head", "admin": true });
    let extra = send(extra).await.is(422).json();
    assert!(
        extra["detail"].as_str().expect("text").contains("admin"),
        "{extra}"
    );
    let lang = json!({ "login": "ab", "name": "A", "access": "head", "language": "de" });
    assert_eq!(
        send(lang).await.is(422).json()["fields"][0]["field"],
        "language"
    );
}

async fn an_employee_must_be_known(store: Arc<Store>) {
    let app = TestApp::new(store).await;
    let administrator = app.of(Access::Administrator).await;
    let path = format!("/api/v1/people/{}", person("lead@first"));
    let tie = async |employee: &str| {
        let body = Some(json!({ "employee": employee }));
        app.call("PATCH", &path, &administrator, body).await
    };
    let unknown = tie("e1").await.is(422).json();
    assert_eq!(unknown["fields"][0]["field"], "employee");

    let employee = history::write::EmployeeRow {
        id: "e1".into(),
        name: "Сотрудник 1".into(),
        ..Default::default()
    };
    let mut tx = app.state.store.begin().await.expect("a transaction");
    let added = store::reference::set_employee(&mut tx, &app.company, &employee).await;
    added.expect("added");
    tx.commit().await.expect("a commit");
    assert_eq!(tie(" e1 ").await.is(200).json()["employee"], "e1");
    assert_eq!(tie("").await.is(200).json().get("employee"), None);
}

async fn a_lead_leads_the_groups_of_their_employee(store: Arc<Store>) {
    let app = TestApp::new(store).await;
    let group = |id: &str, lead: &str| history::write::GroupRow {
        id: id.into(),
        name: id.into(),
        lead: lead.into(),
    };
    let mut tx = app.state.store.begin().await.expect("a transaction");
    for (company, id, lead) in [
        (&app.company, "south", "e1"),
        (&app.company, "north", "e1"),
        (&app.company, "west", "e2"),
        (&app.other, "east", "e1"),
    ] {
        let added = store::reference::set_group(&mut tx, company, &group(id, lead)).await;
        added.expect("added");
    }
    tx.commit().await.expect("a commit");
    let lead = app.of(Access::Lead).await;
    assert_eq!(
        app.get("/api/v1/me", &lead).await.json().get("groups"),
        None
    );
    app.tie("lead@first", "e1").await;
    let me = app.get("/api/v1/me", &lead).await.is(200).json();
    assert_eq!(me["groups"], json!(["north", "south"]));
    // A lead of groups by the CRM leads here only by their access.
    app.tie("employee@first", "e1").await;
    let employee = app.of(Access::Employee).await;
    assert_eq!(
        app.get("/api/v1/me", &employee).await.json().get("groups"),
        None
    );
}

async fn a_changed_access_counts_at_once(store: Arc<Store>) {
    let app = TestApp::new(store).await;
    let administrator = app.of(Access::Administrator).await;
    let head = app.of(Access::Head).await;
    app.get("/api/v1/people", &head).await.is(200);
    let path = format!("/api/v1/people/{}", person("head@first"));
    let body = Some(json!({ "access": "employee" }));
    let changed = app
        .call("PATCH", &path, &administrator, body)
        .await
        .is(200)
        .json();
    assert_eq!(changed["access"], "employee");
    app.get("/api/v1/people", &head).await.is(403);
}

async fn somebody_shut_out_is_out_at_once(store: Arc<Store>) {
    let app = TestApp::new(store).await;
    let administrator = app.of(Access::Administrator).await;
    let head = app.of(Access::Head).await;
    let (_, token) = app
        .token(Access::Head, &[app::permissions::Scope::Read])
        .await;
    app.get("/api/v1/people", &token).await.is(200);
    let path = format!("/api/v1/people/{}", person("head@first"));
    let set = async |disabled: bool| {
        let body = Some(json!({ "disabled": disabled }));
        app.call("PATCH", &path, &administrator, body).await.is(200)
    };
    set(true).await;
    app.get("/api/v1/me", &head).await.is(401);
    app.get("/api/v1/people", &token).await.is(401);
    app.call("POST", &format!("{path}/link"), &administrator, None)
        .await
        .is(409);
    set(false).await;
    log_in(&app, "head@first", PASSWORD).await.is(200);
    app.get("/api/v1/people", &token).await.is(200);
}

async fn the_last_administrator_stays(store: Arc<Store>) {
    let app = TestApp::new(store).await;
    let administrator = app.of(Access::Administrator).await;
    let own = format!("/api/v1/people/{}", person("administrator@first"));
    for change in [json!({ "access": "head" }), json!({ "disabled": true })] {
        app.call("PATCH", &own, &administrator, Some(change))
            .await
            .is(409);
    }
    let other = format!("/api/v1/people/{}", person("head@first"));
    let body = Some(json!({ "access": "administrator" }));
    app.call("PATCH", &other, &administrator, body)
        .await
        .is(200);
    let body = Some(json!({ "access": "head" }));
    app.call("PATCH", &own, &administrator, body).await.is(200);
}

async fn another_company_has_no_say_over_a_password(store: Arc<Store>) {
    let app = TestApp::new(store).await;
    let here = app.of(Access::Administrator).await;
    let there = app.foreign(Access::Administrator).await;
    // Somebody is invited here and has not come yet; a link of that time lies about.
    let old = link(&invite(&app, &here, "guest@first", "employee").await.is(201));
    // The second company invites the same login: joining needs whoever holds it.
    let invited = invite(&app, &there, "guest@first", "coordinator")
        .await
        .is(201);
    let id = invited.json()["person"]["id"]
        .as_str()
        .expect("an id")
        .to_string();
    choose(&app, &link(&invited), "длинный пароль")
        .await
        .is(410);
    let guest = Who::logged_in(&choose(&app, &old, "длинный пароль").await.is(204));
    let body = json!({ "link": link(&invited) });
    app.post("/api/v1/invitations/join", &guest, body)
        .await
        .is(204);
    // From now on neither of the two can choose a password for them.
    let path = format!("/api/v1/people/{id}/link");
    app.call("POST", &path, &here, None).await.is(409);
    app.call("POST", &path, &there, None).await.is(409);
}

async fn an_invitation_is_for_its_own_login_only(store: Arc<Store>) {
    let app = TestApp::new(store).await;
    let there = app.foreign(Access::Administrator).await;
    let invited = invite(&app, &there, "head@first", "director").await.is(201);
    assert_eq!(
        invited.json()["person"]["name"],
        "head@first",
        "no name from elsewhere"
    );
    let body = json!({ "link": link(&invited) });
    let lead = app.of(Access::Lead).await;
    app.post("/api/v1/invitations/join", &lead, body.clone())
        .await
        .is(410);
    let head = app.of(Access::Head).await;
    app.post("/api/v1/invitations/join", &head, body.clone())
        .await
        .is(204);
    app.post("/api/v1/invitations/join", &head, body)
        .await
        .is(410);
}

async fn people_come_by_pages(store: Arc<Store>) {
    let app = TestApp::new(store).await;
    let administrator = app.of(Access::Administrator).await;
    let mut seen = Vec::new();
    let mut path = "/api/v1/people?limit=4".to_string();
    loop {
        let page = app.get(&path, &administrator).await.is(200).json();
        let items = page["items"].as_array().expect("items");
        assert!(items.len() <= 4);
        let login = |item: &Value| item["login"].as_str().expect("a login").to_string();
        seen.extend(items.iter().map(login));
        let Some(next) = page["next"].as_str() else {
            break;
        };
        path = format!("/api/v1/people?limit=4&cursor={next}");
    }
    let mut expected: Vec<_> = Access::ALL
        .iter()
        .map(|a| format!("{}@first", a.name()))
        .collect();
    expected.sort();
    assert_eq!(seen, expected);
    for bad in ["limit=0", "limit=201", "limit=x", "cursor=x", "cursor=5b5d"] {
        let path = format!("/api/v1/people?{bad}");
        let problem = app.get(&path, &administrator).await.is(422).json();
        let field = bad.split_once('=').expect("a pair").0;
        assert_eq!(problem["fields"][0]["field"], field, "{problem}");
    }
}

async fn every_change_is_in_the_journal(store: Arc<Store>) {
    let app = TestApp::new(store).await;
    let administrator = app.of(Access::Administrator).await;
    let invited = invite(&app, &administrator, "new@first", "employee")
        .await
        .is(201);
    let id = invited.json()["person"]["id"]
        .as_str()
        .expect("an id")
        .to_string();
    let path = format!("/api/v1/people/{id}");
    app.pass(1);
    let body = Some(json!({ "access": "lead" }));
    app.call("PATCH", &path, &administrator, body).await.is(200);
    app.pass(1);
    let second = app
        .call("POST", &format!("{path}/link"), &administrator, None)
        .await
        .is(201);
    app.pass(1);
    choose(&app, &link(&second), "длинный пароль").await.is(204);
    let lines = app
        .get(
            &format!("/api/v1/journal?object=person:{id}"),
            &administrator,
        )
        .await;
    let lines = lines.is(200).json();
    let lines = lines["items"].as_array().expect("items");
    let told: Vec<_> = lines
        .iter()
        .map(|line| {
            (
                line["action"].as_str().expect("text"),
                line["actor"].as_str().expect("text"),
            )
        })
        .collect();
    let by = person("administrator@first");
    assert_eq!(
        told,
        [
            ("person.password", id.as_str()),
            ("person.link", &by),
            ("person.change", &by),
            ("person.invite", &by),
        ]
    );
    assert_eq!(
        lines[2]["details"]["access"],
        json!({ "from": "employee", "to": "lead" })
    );
    let all = app
        .get("/api/v1/journal", &administrator)
        .await
        .is(200)
        .text();
    assert!(
        !all.contains(&link(&second)) && !all.contains("пароль"),
        "{all}"
    );
}
