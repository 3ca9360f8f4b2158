//! Headers of every answer, and what is asked by those who run the server.

use std::sync::Arc;

use app::permissions::Access;
use store::Store;

use crate::app::{TestApp, Who};

store::on_both!(every_answer_has_them, the_server_tells_how_it_is);

async fn every_answer_has_them(store: Arc<Store>) {
    let app = TestApp::new(store).await;
    let head = app.of(Access::Head).await;
    for (path, who) in [
        ("/", &head),
        ("/", &Who::Nobody),
        ("/login", &Who::Nobody),
        ("/nothing", &Who::Nobody),
        ("/health", &Who::Nobody),
        ("/api/v1/me", &head),
        ("/api/v1/me", &Who::Nobody),
    ] {
        let answer = app.get(path, who).await;
        let policy = answer.header("content-security-policy");
        for part in [
            "default-src 'none'",
            "script-src 'self';",
            "frame-ancestors 'none'",
            "form-action 'self'",
            "base-uri 'none'",
        ] {
            assert!(policy.contains(part), "{path}: {policy}");
        }
        assert!(!policy.contains("unsafe"), "{policy}");
        for (name, value) in [
            ("x-content-type-options", "nosniff"),
            ("x-frame-options", "DENY"),
            ("referrer-policy", "no-referrer"),
            ("cross-origin-opener-policy", "same-origin"),
            ("cache-control", "no-store"),
        ] {
            assert_eq!(answer.header(name), value, "{path}");
        }
        assert_eq!(answer.header("strict-transport-security"), "");
    }
    let style = app.get("/assets/style.css", &Who::Nobody).await.is(200);
    assert_eq!(style.header("cache-control"), "public, max-age=300");
    // A server that was built without Node.js has no scripts.
    let script = app.get("/assets/app.js", &Who::Nobody).await;
    if script.status != 404 {
        let kept = "public, max-age=31536000, immutable";
        assert_eq!(script.header("cache-control"), kept);
        assert!(script.header("content-type").starts_with("text/javascript"));
    }
}

async fn the_server_tells_how_it_is(store: Arc<Store>) {
    let app = TestApp::new(store).await;
    assert_eq!(
        app.get("/health", &Who::Nobody).await.is(200).text(),
        "ok\n"
    );
    assert_eq!(app.get("/ready", &Who::Nobody).await.is(200).text(), "ok\n");
    app.get("/link/secret-of-a-link?secret=2", &Who::Nobody)
        .await
        .is(410);
    app.call("BREW", "/health", &Who::Nobody, None)
        .await
        .is(405);
    let metrics = app.get("/metrics", &Who::Nobody).await.is(200).text();
    for line in [
        "svetofor_http_requests_total{method=\"GET\",route=\"/link/{secret}\",status=\"410\"} 1",
        "svetofor_http_requests_total{method=\"OTHER\",route=\"/health\",status=\"405\"} 1",
        "svetofor_companies 2",
        "svetofor_events 0",
        "svetofor_findings{state=\"standing\"} 0",
        "svetofor_outbox{state=\"waiting\"} 0",
        "# EOF",
    ] {
        assert!(metrics.contains(line), "{line}: {metrics}");
    }
    assert!(!metrics.contains("secret-of-a-link") && !metrics.contains("secret=2"));

    app.state.store.close().await;
    app.get("/health", &Who::Nobody).await.is(200);
    app.get("/ready", &Who::Nobody).await.is(503);
}
