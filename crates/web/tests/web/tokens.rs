//! Tokens: made by people, shown once, revoked at once.

use std::sync::Arc;

use app::permissions::{Access, Scope};
use serde_json::json;
use store::Store;

use crate::app::{TestApp, Who};

store::on_both!(
    a_token_is_shown_once_and_can_be_revoked,
    an_administrator_sees_everybodys_tokens,
    a_header_that_is_no_token_is_refused,
);

async fn a_token_is_shown_once_and_can_be_revoked(store: Arc<Store>) {
    let app = TestApp::new(store).await;
    let head = app.of(Access::Head).await;
    let none = json!({ "name": "без прав", "scopes": [] });
    let none = app.post("/api/v1/tokens", &head, none).await.is(422).json();
    assert_eq!(none["fields"][0]["field"], "scopes");

    let body = json!({ "name": "1С", "scopes": ["decide", "read", "read"] });
    let made = app.post("/api/v1/tokens", &head, body).await.is(201).json();
    let secret = made["secret"].as_str().expect("a secret");
    assert!(secret.starts_with("svt_") && secret.len() == 68, "{secret}");
    assert_eq!(made["scopes"], json!(["read", "decide"]));
    let who = Who::Token(secret.to_string());
    let me = app.get("/api/v1/me", &who).await.is(200).json();
    assert_eq!(me["login"], "head@first");

    let list = app.get("/api/v1/tokens", &head).await.is(200);
    assert!(!list.text().contains(secret));
    assert_eq!(list.json()["items"][0]["used_at"], app.state.now());

    let path = format!("/api/v1/tokens/{}", made["id"].as_str().expect("an id"));
    app.call("DELETE", &path, &app.of(Access::Lead).await, None)
        .await
        .is(404);
    app.call("DELETE", &path, &head, None).await.is(204);
    app.call("DELETE", &path, &head, None).await.is(204);
    app.get("/api/v1/me", &who).await.is(401);
}

async fn an_administrator_sees_everybodys_tokens(store: Arc<Store>) {
    let app = TestApp::new(store).await;
    let (id, token) = app.token(Access::Head, &[Scope::Read]).await;
    let administrator = app.of(Access::Administrator).await;
    let seen = app
        .get("/api/v1/tokens", &administrator)
        .await
        .is(200)
        .json();
    assert_eq!(seen["items"][0]["id"], id);
    let lead = app.of(Access::Lead).await;
    assert_eq!(
        app.get("/api/v1/tokens", &lead).await.json()["items"],
        json!([])
    );
    let path = format!("/api/v1/tokens/{id}");
    app.call("DELETE", &path, &administrator, None)
        .await
        .is(204);
    app.get("/api/v1/me", &token).await.is(401);
}

async fn a_header_that_is_no_token_is_refused(store: Arc<Store>) {
    let app = TestApp::new(store).await;
    let Who::Session(session) = app.of(Access::Head).await else {
        panic!("a session");
    };
    for header in ["Basic YTpi", "Bearer", "Bearer ", "", "Bearer Ы"] {
        // The session beside it does not help: who shows a token comes with the token.
        let request = Who::Session(session.clone())
            .request("GET", "/api/v1/me")
            .header("authorization", header.as_bytes());
        let answer = app
            .send(request.body(axum::body::Body::empty()).expect("a request"))
            .await;
        let answer = answer.is(401);
        assert_eq!(answer.header("www-authenticate"), "Bearer", "{header}");
    }
}
