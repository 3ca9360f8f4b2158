//! One's own notices.

use std::sync::Arc;

use app::permissions::{Access, Scope};
use serde_json::json;
use store::Store;

use crate::app::TestApp;

store::on_both!(one_reads_ones_own_notices_and_nobody_elses);

async fn one_reads_ones_own_notices_and_nobody_elses(store: Arc<Store>) {
    let app = TestApp::new(store).await;
    let (_, lead) = app.token(Access::Lead, &[Scope::Read]).await;
    let head = app.of(Access::Head).await;
    let mut ids = Vec::new();
    for _ in 0..3 {
        ids.push(app.notice("lead@first").await);
        app.pass(1);
    }
    let count = app
        .get("/api/v1/notices/unread", &lead)
        .await
        .is(200)
        .json();
    assert_eq!(count, json!({ "notices": 3 }));
    let page = app
        .get("/api/v1/notices?limit=2", &lead)
        .await
        .is(200)
        .json();
    assert_eq!(page["items"][0]["id"], ids[2].as_str());
    assert_eq!(page["items"][0]["payload"], json!({ "finding": "f1" }));
    let next = page["next"].as_str().expect("a next page");
    let rest = app
        .get(&format!("/api/v1/notices?limit=2&cursor={next}"), &lead)
        .await;
    let rest = rest.is(200).json();
    assert_eq!(
        (&rest["items"][0]["id"], &rest["next"]),
        (&json!(ids[0]), &json!(null))
    );

    let read = format!("/api/v1/notices/{}/read", ids[1]);
    app.call("POST", &read, &head, None).await.is(404);
    app.call("POST", &read, &lead, None).await.is(204);
    let at = app.state.now();
    app.pass(1);
    app.call("POST", &read, &lead, None).await.is(204);
    let all = app.get("/api/v1/notices", &lead).await.is(200).json();
    assert_eq!(all["items"][1]["read_at"], at, "the first reading counts");
    let unread = app
        .get("/api/v1/notices?unread=true", &lead)
        .await
        .is(200)
        .json();
    assert_eq!(unread["items"].as_array().map(Vec::len), Some(2));

    let rest = app
        .call("POST", "/api/v1/notices/read", &lead, None)
        .await
        .is(200)
        .json();
    assert_eq!(rest, json!({ "notices": 2 }));
    let none = app.get("/api/v1/notices", &head).await.is(200).json();
    assert_eq!(none["items"], json!([]));
    app.get("/api/v1/notices?unread=perhaps", &lead)
        .await
        .is(422);
}
