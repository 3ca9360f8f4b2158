//! Logging in and out, how long a session lives, and how often one may try.

use std::sync::Arc;

use app::permissions::Access;
use serde_json::{Value, json};
use store::Store;
use web::Settings;

use crate::app::{Answer, PASSWORD, TestApp, Who};

const HOUR: i64 = 3_600_000;
const DAY: i64 = 24 * HOUR;

async fn log_in(app: &TestApp, login: &str, password: &str) -> Answer {
    let body = json!({ "login": login, "password": password });
    app.post("/api/v1/session", &Who::Nobody, body).await
}

store::on_both!(
    a_session_begins_and_ends,
    a_wrong_login_is_told_without_detail,
    tries_are_limited,
    a_proxy_names_the_address,
    a_session_ends_when_it_is_not_used,
    a_session_ends_in_any_case,
    a_new_password_ends_other_sessions,
    somebody_goes_from_company_to_company,
    encrypted_connections_have_their_own_cookie,
);

async fn a_session_begins_and_ends(store: Arc<Store>) {
    let app = TestApp::new(store).await;
    let answer = log_in(&app, " Director@FIRST ", PASSWORD).await.is(200);
    let cookie = answer.cookie().expect("a cookie");
    assert!(
        cookie.ends_with("; Path=/; Max-Age=2592000; HttpOnly; SameSite=Lax"),
        "{cookie}"
    );
    let me = answer.json();
    assert_eq!(me["login"], "director@first");
    assert_eq!(me["access"], "director");
    assert_eq!(me["company"], Value::from(app.company.clone()));

    let who = Who::logged_in(&answer);
    assert_eq!(app.get("/api/v1/me", &who).await.is(200).json(), me);
    let out = app
        .call("DELETE", "/api/v1/session", &who, None)
        .await
        .is(204);
    assert!(
        out.cookie()
            .expect("a cookie")
            .starts_with("svetofor=; Path=/; Max-Age=0;")
    );
    app.get("/api/v1/me", &who).await.is(401);
}

async fn a_wrong_login_is_told_without_detail(store: Arc<Store>) {
    let app = TestApp::new(store).await;
    let unlike = |answer: &Answer| {
        let mut json = answer.json();
        json["instance"] = Value::Null;
        json
    };
    let wrong = log_in(&app, "director@first", "неверный пароль")
        .await
        .is(401);
    let unknown = log_in(&app, "nobody@first", PASSWORD).await.is(401);
    assert_eq!(unlike(&wrong), unlike(&unknown));
    assert!(wrong.cookie().is_none());

    // Shut out of the only company: the same again.
    let administrator = app.of(Access::Administrator).await;
    let path = format!("/api/v1/people/{}", crate::app::person("director@first"));
    let body = Some(json!({ "disabled": true }));
    app.call("PATCH", &path, &administrator, body).await.is(200);
    let shut = log_in(&app, "director@first", PASSWORD).await.is(401);
    assert_eq!(unlike(&shut), unlike(&unknown));
}

async fn tries_are_limited(store: Arc<Store>) {
    let app = TestApp::new(store).await;
    for _ in 0..10 {
        log_in(&app, "nobody@first", "неверный пароль")
            .await
            .is(401);
    }
    let refused = log_in(&app, "Nobody@first", PASSWORD).await.is(429);
    assert_eq!(refused.json()["type"], "urn:svetofor:problem:too-many");
    let wait: i64 = refused.header("retry-after").parse().expect("seconds");
    assert!((1..=31).contains(&wait), "{wait}");
    log_in(&app, "director@first", PASSWORD).await.is(200);
    app.pass(wait * 1000);
    log_in(&app, "nobody@first", PASSWORD).await.is(401);
}

async fn a_proxy_names_the_address(store: Arc<Store>) {
    let settings = Settings {
        public_url: None,
        behind_proxy: true,
    };
    let app = TestApp::with(store, settings).await;
    // What the client writes in front of it changes nothing.
    let log_in = async |number: usize, last: &str| {
        let body = json!({ "login": format!("u{number}"), "password": "x" }).to_string();
        let request = Who::Nobody
            .request("POST", "/api/v1/session")
            .header("content-type", "application/json")
            .header("x-forwarded-for", format!("10.0.0.{number}, {last}"));
        app.send(request.body(body.into()).expect("a request"))
            .await
    };
    for number in 0..60 {
        log_in(number, "192.0.2.1").await.is(401);
    }
    log_in(61, "192.0.2.1").await.is(429);
    log_in(62, "192.0.2.2").await.is(401);
}

async fn a_session_ends_when_it_is_not_used(store: Arc<Store>) {
    let app = TestApp::new(store).await;
    let who = Who::logged_in(&log_in(&app, "head@first", PASSWORD).await.is(200));
    app.pass(7 * DAY - 1);
    app.get("/api/v1/me", &who).await.is(200);
    // Its use was noted, so it lives on.
    app.pass(7 * DAY - 1);
    app.get("/api/v1/me", &who).await.is(200);
    app.pass(7 * DAY);
    app.get("/api/v1/me", &who).await.is(401);
}

async fn a_session_ends_in_any_case(store: Arc<Store>) {
    let app = TestApp::new(store).await;
    let who = Who::logged_in(&log_in(&app, "head@first", PASSWORD).await.is(200));
    for _ in 0..5 {
        app.pass(6 * DAY - HOUR);
        app.get("/api/v1/me", &who).await.is(200);
    }
    app.pass(5 * HOUR);
    app.get("/api/v1/me", &who).await.is(401);
}

async fn a_new_password_ends_other_sessions(store: Arc<Store>) {
    let app = TestApp::new(store).await;
    let here = app.of(Access::Head).await;
    let elsewhere = app.of(Access::Head).await;
    let change = |current: &str, new: &str| {
        let body = json!({ "current": current, "new": new });
        app.post("/api/v1/me/password", &here, body)
    };
    let short = change(PASSWORD, "короткий").await.is(422).json();
    assert_eq!(short["fields"][0]["field"], "new");
    assert_eq!(short["fields"][0]["code"], "password_short");
    let wrong = change("неверный пароль", "новый длинный пароль")
        .await
        .is(422);
    assert_eq!(wrong.json()["fields"][0]["code"], "password_wrong");
    app.get("/api/v1/me", &elsewhere).await.is(200);

    change(PASSWORD, "новый длинный пароль").await.is(204);
    app.get("/api/v1/me", &here).await.is(200);
    app.get("/api/v1/me", &elsewhere).await.is(401);
    log_in(&app, "head@first", PASSWORD).await.is(401);
    log_in(&app, "head@first", "новый длинный пароль")
        .await
        .is(200);
}

async fn somebody_goes_from_company_to_company(store: Arc<Store>) {
    let app = TestApp::new(store).await;
    // A specialist of the first company is invited to the second as a coordinator.
    let body = json!({ "login": "specialist@first", "name": "Гость", "access": "coordinator" });
    let there = app.foreign(Access::Administrator).await;
    let invited = app
        .post("/api/v1/people", &there, body)
        .await
        .is(201)
        .json();
    let link = invited["link"].as_str().expect("a link");
    let link = link.strip_prefix("/link/").expect("a path");
    let who = app.of(Access::Specialist).await;
    let go = json!({ "company": app.other });
    app.post("/api/v1/session/company", &who, go.clone())
        .await
        .is(404);

    app.post("/api/v1/invitations/join", &who, json!({ "link": link }))
        .await
        .is(204);
    let me = app.get("/api/v1/me", &who).await.is(200).json();
    assert_eq!(
        (&me["company"], &me["access"]),
        (&json!(app.other), &json!("coordinator"))
    );
    let names = |answer: Answer| {
        let json = answer.json();
        let items = json["items"].as_array().expect("items").iter();
        let name = |item: &Value| (item["name"].clone(), item["current"].clone());
        items.map(name).collect::<Vec<_>>()
    };
    let companies = names(app.get("/api/v1/companies", &who).await.is(200));
    let both = [
        (json!("Двери Минус"), json!(true)),
        (json!("Окна Плюс"), json!(false)),
    ];
    assert_eq!(companies, both);

    let back = json!({ "company": app.company });
    app.post("/api/v1/session/company", &who, back)
        .await
        .is(204);
    let me = app.get("/api/v1/me", &who).await.is(200).json();
    assert_eq!(
        (&me["company"], &me["access"]),
        (&json!(app.company), &json!("specialist"))
    );

    // Whoever has two companies chooses after the login.
    let answer = log_in(&app, "specialist@first", PASSWORD).await.is(200);
    assert_eq!(answer.json().get("company"), None);
    let who = Who::logged_in(&answer);
    app.get("/api/v1/people", &who).await.is(403);
    app.post("/api/v1/session/company", &who, go).await.is(204);
    app.get("/api/v1/people", &who).await.is(200);
}

async fn encrypted_connections_have_their_own_cookie(store: Arc<Store>) {
    let settings = Settings {
        public_url: Some("https://qc.example.ru".to_string()),
        behind_proxy: true,
    };
    let app = TestApp::with(store, settings).await;
    let answer = log_in(&app, "head@first", PASSWORD).await.is(200);
    let cookie = answer.cookie().expect("a cookie");
    assert!(cookie.starts_with("__Host-svetofor="), "{cookie}");
    assert!(cookie.ends_with("; Secure"), "{cookie}");
    assert_eq!(
        answer.header("strict-transport-security"),
        "max-age=31536000"
    );
}
