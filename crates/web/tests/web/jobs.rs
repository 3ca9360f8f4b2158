//! Deliveries that were given up.

use std::sync::Arc;

use app::permissions::Access;
use serde_json::json;
use store::{Store, outbox};

use crate::app::TestApp;

store::on_both!(what_failed_is_seen_and_tried_again_or_dropped);

async fn what_failed_is_seen_and_tried_again_or_dropped(store: Arc<Store>) {
    let app = TestApp::new(store).await;
    let administrator = app.of(Access::Administrator).await;
    let (first, second) = (app.failed_job().await, app.failed_job().await);
    let list = app.get("/api/v1/jobs/failed", &administrator).await.is(200);
    assert!(!list.text().contains("secret"), "what it says is not shown");
    let list = list.json();
    let item = &list["items"][1];
    assert_eq!(item["id"], first.as_str());
    assert_eq!(
        (&item["error"], &item["attempts"]),
        (&json!("no such address"), &json!(1))
    );
    let page = app
        .get("/api/v1/jobs/failed?limit=1", &administrator)
        .await
        .is(200)
        .json();
    let next = page["next"].as_str().expect("a next page");
    let path = format!("/api/v1/jobs/failed?limit=1&cursor={next}");
    let page = app.get(&path, &administrator).await.is(200).json();
    assert_eq!(page["items"][0]["id"], first.as_str());

    let retry = format!("/api/v1/jobs/{first}/retry");
    app.call("POST", &retry, &administrator, None).await.is(204);
    app.call("POST", &retry, &administrator, None).await.is(404);
    let drop = format!("/api/v1/jobs/{second}");
    app.call("DELETE", &drop, &administrator, None)
        .await
        .is(204);
    app.call("DELETE", &drop, &administrator, None)
        .await
        .is(404);
    let list = app
        .get("/api/v1/jobs/failed", &administrator)
        .await
        .is(200)
        .json();
    assert_eq!(list["items"], json!([]));
    let mut reader = app.state.store.reader().await.expect("a reader");
    let counts = outbox::counts(&mut reader, app.state.now())
        .await
        .expect("counts");
    assert_eq!((counts.waiting, counts.failed), (1, 0));
    let journal = app
        .get("/api/v1/journal", &administrator)
        .await
        .is(200)
        .json();
    let actions: Vec<_> = [0, 1]
        .map(|n| journal["items"][n]["action"].clone())
        .to_vec();
    assert_eq!(actions, [json!("job.drop"), json!("job.retry")]);
}
