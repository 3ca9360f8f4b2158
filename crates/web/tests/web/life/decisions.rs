//! Findings are acknowledged, cured, disputed, judged and reopened, one by one and many at once.

use std::sync::Arc;

use app::permissions::Access;
use serde_json::{Value, json};
use store::Store;

use super::{decide, dispute, figures, hostile, see, stands, verdict};
use crate::app::{TestApp, person};

store::on_both!(
    a_finding_is_acknowledged_with_its_cause_in_one_request,
    somebody_else_judges_a_dispute,
    a_dispute_has_its_time,
    what_was_settled_is_reopened,
    what_was_dismissed_leaves_the_figures_at_once,
    a_repeated_fault_is_marked,
    many_are_decided_each_for_itself,
    decisions_that_cannot_be_are_refused,
);

const HOUR: i64 = 3_600_000;

async fn a_finding_is_acknowledged_with_its_cause_in_one_request(store: Arc<Store>) {
    let app = TestApp::staffed(store).await;
    let id = app.finding().await;
    let agreed = json!({ "move": "acknowledge", "cause": "did_not_know" });
    let told = decide(&app, Access::Employee, &id, agreed.clone())
        .await
        .is(200)
        .json();
    assert_eq!(told["state"], "acknowledged");
    assert_eq!(
        told["acknowledged"],
        json!({ "at": app.state.now(), "cause": "did_not_know" })
    );
    assert_eq!(told["told_at"], app.state.now());
    let again = decide(&app, Access::Employee, &id, agreed)
        .await
        .is(409)
        .json();
    let detail = again["detail"].as_str().unwrap();
    assert!(
        detail.contains("possible now: ") && detail.contains("cure"),
        "{detail}"
    );
    let cured = decide(&app, Access::Employee, &id, json!({ "move": "cure" })).await;
    let cured = cured.is(200).json();
    assert_eq!(
        (&cured["state"], &cured["cured_at"]),
        (&json!("cured"), &json!(app.state.now()))
    );
}

async fn somebody_else_judges_a_dispute(store: Arc<Store>) {
    let app = TestApp::staffed(store).await;
    for (outcome, view) in [
        ("upheld", "counts"),
        ("partly", "counts"),
        ("dismissed", "dismissed"),
    ] {
        let id = app.finding().await;
        let severity = see(&app, Access::Head, &id).await["severity"].clone();
        assert_eq!(severity, "gross", "one lower than which there is something");
        // The coordinator disputes for somebody and does not judge then.
        decide(&app, Access::Coordinator, &id, dispute())
            .await
            .is(200);
        let waits = see(&app, Access::Coordinator, &id).await;
        assert_eq!(waits["state"], "disputed");
        assert_eq!(waits["dispute"]["by"], person("coordinator@first"));
        assert_eq!(waits["allowed"], json!([]));
        let own = decide(&app, Access::Coordinator, &id, verdict(outcome))
            .await
            .is(409);
        assert!(own.text().contains("somebody else"), "{}", own.text());
        for access in [Access::Employee, Access::Lead, Access::Specialist] {
            decide(&app, access, &id, verdict(outcome)).await.is(403);
        }
        let judged = decide(&app, Access::Head, &id, verdict(outcome))
            .await
            .is(200)
            .json();
        assert_eq!(
            (&judged["state"], &judged["view"]),
            (&json!(outcome), &json!(view))
        );
        assert_eq!(judged["dispute"]["outcome"], outcome);
        assert_eq!(judged["dispute"]["judged_by"], person("head@first"));
        let counts_as = match outcome {
            "upheld" => json!("gross"),
            "partly" => json!("violation"),
            _ => Value::Null,
        };
        assert_eq!(judged["counts_as"], counts_as);
        decide(&app, Access::Employee, &id, dispute()).await.is(409);
    }
}

async fn a_dispute_has_its_time(store: Arc<Store>) {
    let app = TestApp::staffed(store).await;
    let id = app.finding().await;
    // Nobody's time runs before they are told.
    app.pass(30 * 24 * HOUR);
    see(&app, Access::Employee, &id).await;
    let until = see(&app, Access::Employee, &id).await["dispute_until"]
        .as_i64()
        .unwrap();
    app.pass(until + 1 - app.state.now());
    let late = decide(&app, Access::Employee, &id, dispute()).await.is(409);
    assert!(late.text().contains("until"), "{}", late.text());
    let allowed = see(&app, Access::Employee, &id).await["allowed"].clone();
    assert_eq!(allowed, json!(["acknowledge", "cure"]));
}

async fn what_was_settled_is_reopened(store: Arc<Store>) {
    let app = TestApp::staffed(store).await;
    let id = app.finding().await;
    let reopen = json!({ "move": "reopen", "text": "появилась запись" });
    decide(&app, Access::Head, &id, reopen.clone())
        .await
        .is(409);
    decide(&app, Access::Employee, &id, dispute()).await.is(200);
    decide(&app, Access::Head, &id, verdict("dismissed"))
        .await
        .is(200);
    decide(&app, Access::Employee, &id, reopen.clone())
        .await
        .is(403);
    let open = decide(&app, Access::Coordinator, &id, reopen)
        .await
        .is(200)
        .json();
    assert_eq!(
        (&open["state"], &open["view"]),
        (&json!("told"), &json!("counts"))
    );
    assert_eq!(open["reopened_at"], app.state.now());
    assert_eq!(open.get("dispute"), None);
    // It may be disputed once more.
    decide(&app, Access::Employee, &id, dispute()).await.is(200);
    decide(&app, Access::Director, &id, verdict("upheld"))
        .await
        .is(200);
}

async fn what_was_dismissed_leaves_the_figures_at_once(store: Arc<Store>) {
    let app = TestApp::staffed(store).await;
    let id = app.finding().await;
    let count = |figures: &Value| figures["all"]["findings"].as_u64().unwrap();
    let before = figures(&app).await;
    decide(&app, Access::Employee, &id, dispute()).await.is(200);
    assert_eq!(
        count(&figures(&app).await),
        count(&before),
        "an open dispute hides nothing"
    );
    decide(&app, Access::Coordinator, &id, verdict("dismissed"))
        .await
        .is(200);
    let after = figures(&app).await;
    assert_eq!(count(&after), count(&before) - 1);
    assert_eq!(after["left_out"]["dismissed"]["findings"], 1);
    assert_eq!(
        after["light"]["gross"].as_u64(),
        before["light"]["gross"].as_u64().map(|n| n - 1)
    );
}

async fn a_repeated_fault_is_marked(store: Arc<Store>) {
    let app = TestApp::staffed(store).await;
    let id = app.finding().await;
    let agreed = json!({ "move": "acknowledge", "cause": "overload" });
    let first = decide(&app, Access::Employee, &id, agreed)
        .await
        .is(200)
        .json();
    assert_eq!(first["again"], false);
    app.pass(10 * 24 * HOUR);
    let second = app.finding().await;
    let shown = see(&app, Access::Employee, &second).await;
    assert_eq!(
        (&shown["rule"], &shown["again"]),
        (&first["rule"], &json!(true))
    );
    let cured = decide(&app, Access::Employee, &second, json!({ "move": "cure" })).await;
    assert_eq!(cured.is(200).json()["again"], true);
}

async fn many_are_decided_each_for_itself(store: Arc<Store>) {
    let app = TestApp::staffed(store).await;
    let (one, two, three) = (
        app.finding().await,
        app.finding().await,
        app.finding().await,
    );
    decide(&app, Access::Employee, &two, dispute())
        .await
        .is(200);
    let ids = [
        one.as_str(),
        two.as_str(),
        "no-such",
        "a\0b",
        one.as_str(),
        three.as_str(),
    ];
    let decision = json!({ "move": "acknowledge", "cause": "process" });
    let body = json!({ "findings": ids, "decision": decision });
    let path = "/api/v1/findings/decisions";
    let answer = app
        .post(path, &app.of(Access::Lead).await, body.clone())
        .await;
    let results = answer.is(200).json()["results"].as_array().unwrap().clone();
    let statuses: Vec<i64> = results
        .iter()
        .map(|result| result["problem"]["status"].as_i64().unwrap_or(200))
        .collect();
    assert_eq!(statuses, [200, 409, 404, 404, 409, 200], "{results:?}");
    for (result, id) in results.iter().zip(ids) {
        assert_eq!(result["id"], id);
        match result.get("finding") {
            Some(finding) => assert_eq!(
                (&finding["id"], &finding["state"]),
                (&json!(id), &json!("acknowledged"))
            ),
            None => assert!(result["problem"]["detail"].is_string()),
        }
    }
    assert_eq!(see(&app, Access::Lead, &two).await["state"], "disputed");
    // People of another company find none of them.
    let answer = app
        .post(path, &app.foreign(Access::Director).await, body)
        .await;
    let results = answer.is(200).json()["results"].as_array().unwrap().clone();
    assert!(
        results
            .iter()
            .all(|result| result["problem"]["status"] == 404),
        "{results:?}"
    );
    let many = vec!["x"; 501];
    let body = json!({ "findings": many, "decision": { "move": "cure" } });
    app.post(path, &app.of(Access::Lead).await, body)
        .await
        .is(422);
}

async fn decisions_that_cannot_be_are_refused(store: Arc<Store>) {
    let app = TestApp::staffed(store).await;
    let id = app.finding().await;
    for (wrong, field) in [
        (json!({}), "move"),
        (json!({ "move": "tell" }), "move"),
        (json!({ "move": "forgive" }), "move"),
        (json!({ "move": "acknowledge" }), "cause"),
        (
            json!({ "move": "acknowledge", "cause": "weather" }),
            "cause",
        ),
        (json!({ "move": "cure", "cause": "client" }), "cause"),
        (
            json!({ "move": "dispute", "text": "x", "outcome": "upheld" }),
            "outcome",
        ),
        (json!({ "move": "dispute", "text": " " }), "text"),
        (json!({ "move": "dispute" }), "text"),
        (json!({ "move": "decide", "text": "x" }), "outcome"),
        (json!({ "move": "cure", "because": "x" }), "because"),
    ] {
        let told = decide(&app, Access::Director, &id, wrong.clone()).await;
        let told = told.is(422).json();
        assert_eq!(told["fields"][0]["field"], field, "{wrong}: {told}");
    }
    for text in hostile() {
        let id = app.finding().await;
        let disputed = json!({ "move": "dispute", "text": text });
        let answer = decide(&app, Access::Director, &id, disputed).await;
        stands(&answer);
        if answer.status == 200 {
            let path = format!("/api/v1/findings/{id}/history");
            let past = app
                .get(&path, &app.of(Access::Head).await)
                .await
                .is(200)
                .json();
            let kept = past["decisions"][0]["text"].as_str().unwrap();
            assert_eq!(kept, text.replace('\0', "\u{fffd}"));
        }
    }
}
