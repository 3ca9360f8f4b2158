//! Whatever goes wrong is told in one form.

use std::sync::Arc;

use app::permissions::Access;
use axum::body::Body;
use axum::http::Request;
use serde_json::{Value, json};
use store::Store;

use crate::app::{Answer, TestApp, Who};

/// A look at the form; the kind of problem.
#[track_caller]
fn kind(answer: Answer, status: u16) -> String {
    let answer = answer.is(status);
    assert_eq!(answer.header("content-type"), "application/problem+json");
    let json = answer.json();
    assert_eq!(json["status"], status);
    assert_eq!(json["instance"], answer.header("x-request-id"));
    for key in ["title", "detail"] {
        assert!(
            json[key].as_str().is_some_and(|text| !text.is_empty()),
            "{json}"
        );
    }
    let kind = json["type"].as_str().expect("a type");
    kind.strip_prefix("urn:svetofor:problem:")
        .expect("ours")
        .to_string()
}

store::on_both!(
    routers_and_layers_speak_the_same_form,
    bodies_that_cannot_be_read_are_told,
    a_request_has_an_id,
    requests_from_other_sites_are_refused,
);

async fn routers_and_layers_speak_the_same_form(store: Arc<Store>) {
    let app = TestApp::new(store).await;
    assert_eq!(
        kind(app.get("/api/v1/nothing", &Who::Nobody).await, 404),
        "not-found"
    );
    let wrong = app.call("DELETE", "/api/v1/me", &Who::Nobody, None).await;
    assert_eq!(wrong.header("allow"), "GET,HEAD,PATCH");
    assert_eq!(kind(wrong, 405), "method");
    assert_eq!(
        kind(app.get("/api/v1/me", &Who::Nobody).await, 401),
        "unauthenticated"
    );
    let path = "/api/v1/people/%FF";
    let administrator = app.of(Access::Administrator).await;
    let answer = app
        .call("PATCH", path, &administrator, Some(json!({})))
        .await;
    assert_eq!(kind(answer, 400), "malformed");
    // For people the same is a page.
    let page = app.get("/nothing", &Who::Nobody).await.is(404);
    assert_eq!(page.header("content-type"), "text/html; charset=utf-8");
    assert!(page.text().contains("Такой страницы нет"));
    assert!(page.text().contains(page.header("x-request-id")));
}

async fn bodies_that_cannot_be_read_are_told(store: Arc<Store>) {
    let app = TestApp::new(store).await;
    let send = async |kind: &str, body: String| {
        let request = Who::Nobody.request("POST", "/api/v1/session");
        let request = request.header("content-type", kind).body(Body::from(body));
        app.send(request.expect("a request")).await
    };
    let json = "application/json";
    assert_eq!(kind(send(json, "{".into()).await, 400), "malformed");
    assert_eq!(kind(send(json, "\u{0}".into()).await, 400), "malformed");
    assert_eq!(
        kind(send("text/plain", "{}".into()).await, 415),
        "media-type"
    );
    let large = format!("{{\"login\":\"{}\"}}", "x".repeat(1 << 20));
    assert_eq!(kind(send(json, large).await, 413), "too-large");
    let deep = "[".repeat(100_000);
    assert_eq!(kind(send(json, deep).await, 422), "invalid");
    let missing = send(json, "{\"login\":\"a\"}".into()).await.is(422).json();
    assert!(
        missing["detail"]
            .as_str()
            .expect("text")
            .contains("password"),
        "{missing}"
    );
    let wrong = send(json, "{\"login\":1,\"password\":\"\"}".into())
        .await
        .is(422)
        .json();
    assert_eq!(wrong["fields"][0]["field"], "login");
}

async fn a_request_has_an_id(store: Arc<Store>) {
    let app = TestApp::new(store).await;
    let with = async |id: &[u8]| {
        let request = Request::get("/health").header("x-request-id", id);
        let answer = app
            .send(request.body(Body::empty()).expect("a request"))
            .await;
        answer.is(200).header("x-request-id").to_string()
    };
    assert_eq!(with(b"proxy-1_a").await, "proxy-1_a");
    for unfit in [&b""[..], b"a b", b"\"x\"", &[b'x'; 65], "ы".as_bytes()] {
        let given = with(unfit).await;
        assert_eq!(given.len(), 36, "{given}");
    }
}

async fn requests_from_other_sites_are_refused(store: Arc<Store>) {
    let app = TestApp::new(store).await;
    let who = app.of(Access::Head).await;
    let send = async |method: &str, headers: &[(&str, &str)]| {
        let mut request = who
            .request(method, "/api/v1/me")
            .header("host", "qc.example.ru");
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        let request = request.header("content-type", "application/json");
        let body = json!({ "language": "en" }).to_string();
        app.send(request.body(Body::from(body)).expect("a request"))
            .await
    };
    for foreign in [
        &[("sec-fetch-site", "cross-site")][..],
        &[("sec-fetch-site", "same-site")],
        &[("origin", "https://evil.example")],
        &[("origin", "null")],
    ] {
        let answer = send("PATCH", foreign).await;
        assert_eq!(kind(answer, 403), "denied", "{foreign:?}");
        send("GET", foreign).await.is(200);
    }
    for own in [
        &[("sec-fetch-site", "same-origin")][..],
        &[("origin", "https://qc.example.ru")],
        &[],
    ] {
        send("PATCH", own).await.is(204);
    }
    let me: Value = app.get("/api/v1/me", &who).await.json();
    assert_eq!(me["language"], "en");
}
