//! How rules stand, and what the company sets about the life of findings.

use std::sync::Arc;

use app::permissions::Access;
use serde_json::{Value, json};
use store::Store;

use super::{dispute, figures, hostile, see, stands, verdict};
use crate::app::TestApp;

store::on_both!(
    a_rule_falls_to_advice_and_comes_back_by_a_ruling,
    rulings_that_cannot_be_are_refused,
    settings_are_shown_changed_and_checked,
);

async fn rule(app: &TestApp, name: &str) -> Value {
    let path = "/api/v1/rules?language=en";
    let rules = app
        .get(path, &app.of(Access::Coordinator).await)
        .await
        .is(200)
        .json();
    let found = rules["items"].as_array().unwrap().iter();
    found
        .clone()
        .find(|rule| rule["name"] == name)
        .unwrap()
        .clone()
}

async fn decide_all(app: &TestApp, access: Access, ids: &[String], decision: Value) {
    let body = json!({ "findings": ids, "decision": decision });
    let path = "/api/v1/findings/decisions";
    let answer = app
        .post(path, &app.of(access).await, body)
        .await
        .is(200)
        .json();
    let results = answer["results"].as_array().unwrap();
    assert!(
        results.iter().all(|result| result.get("finding").is_some()),
        "{answer}"
    );
}

async fn a_rule_falls_to_advice_and_comes_back_by_a_ruling(store: Arc<Store>) {
    let app = TestApp::staffed(store).await;
    for _ in 0..21 {
        app.deal().await;
    }
    let list = "/api/v1/findings?rule=no-open-task&limit=200";
    let found = app
        .get(list, &app.of(Access::Director).await)
        .await
        .is(200)
        .json();
    let found = found["items"].as_array().unwrap().iter();
    let ids: Vec<String> = found
        .map(|one| one["id"].as_str().unwrap().to_owned())
        .collect();
    assert!(ids.len() > 20);
    let fresh = rule(&app, "no-open-task").await;
    assert_eq!(
        (&fresh["advice"], &fresh["in_force"]),
        (&json!(false), &json!(true))
    );
    assert_eq!(
        (&fresh["code"], &fresh["severity"]),
        (&json!("no-open-task"), &json!("gross"))
    );
    assert!(fresh["title"].is_string() && fresh["indicator"].is_u64());
    assert_eq!(fresh.get("overturned"), None);

    decide_all(&app, Access::Employee, &ids[..20], dispute()).await;
    decide_all(&app, Access::Head, &ids[..9], verdict("upheld")).await;
    decide_all(&app, Access::Head, &ids[9..20], verdict("dismissed")).await;
    let fallen = rule(&app, "no-open-task").await;
    assert_eq!(
        (&fallen["upheld"], &fallen["dismissed"]),
        (&json!(9), &json!(11))
    );
    let share = &fallen["overturned"];
    assert_eq!(
        (&share["hits"], &share["of"], &share["share"]),
        (&json!(11), &json!(20), &json!(0.55))
    );
    assert!(share["interval"][0].as_f64().unwrap() > 0.3);
    assert_eq!(
        (&fallen["advice"], &fallen["ruling"]["ruling"]),
        (&json!(true), &json!("fell"))
    );
    let shown = figures(&app).await;
    assert_eq!(shown["left_out"]["advice_rules"], json!(["no-open-task"]));
    assert_eq!(shown["left_out"]["advice"]["findings"], ids.len() - 11);
    // Shown to the employee only, and to whoever is to decide.
    let last = ids.last().unwrap();
    assert_eq!(see(&app, Access::Employee, last).await["view"], "advice");
    assert_eq!(see(&app, Access::Head, last).await["view"], "advice");
    let path = format!("/api/v1/findings/{last}");
    app.get(&path, &app.of(Access::Lead).await).await.is(404);

    let back = json!({ "ruling": "in_force", "text": "судьи разобрались" });
    let path = "/api/v1/rules/no-open-task/ruling";
    app.post(path, &app.of(Access::Coordinator).await, back.clone())
        .await
        .is(403);
    app.post(path, &app.of(Access::Head).await, back.clone())
        .await
        .is(204);
    app.post(path, &app.of(Access::Head).await, back)
        .await
        .is(409);
    assert_eq!(rule(&app, "no-open-task").await["advice"], false);
    assert_eq!(see(&app, Access::Lead, last).await["view"], "counts");
    let path = "/api/v1/rules/no-open-task/rulings";
    let rulings = app
        .get(path, &app.of(Access::Employee).await)
        .await
        .is(200)
        .json();
    let rulings = rulings["items"].as_array().unwrap().clone();
    let words: Vec<_> = rulings.iter().map(|ruling| &ruling["ruling"]).collect();
    assert_eq!(words, ["fell", "in_force"]);
    assert_eq!(
        (&rulings[0].get("author"), &rulings[1]["text"]),
        (&None, &json!("судьи разобрались"))
    );
}

async fn rulings_that_cannot_be_are_refused(store: Arc<Store>) {
    let app = TestApp::staffed(store).await;
    let head = app.of(Access::Head).await;
    let ruling = json!({ "ruling": "advice", "text": "подумаем" });
    let path = |rule: &str| format!("/api/v1/rules/{rule}/ruling");
    app.post(&path("no-such"), &head, ruling.clone())
        .await
        .is(404);
    app.post(&path("%00"), &head, ruling.clone()).await.is(404);
    app.post(&path("no-open-task"), &head, json!({ "ruling": "advice" }))
        .await
        .is(422);
    let silent = json!({ "ruling": "advice", "text": "" });
    app.post(&path("no-open-task"), &head, silent).await.is(422);
    let unknown = json!({ "ruling": "fell", "text": "x" });
    app.post(&path("no-open-task"), &head, unknown)
        .await
        .is(422);
    for text in hostile() {
        let ruling = json!({ "ruling": "advice", "text": text });
        stands(&app.post(&path("no-open-task"), &head, ruling).await);
    }
}

async fn settings_are_shown_changed_and_checked(store: Arc<Store>) {
    let app = TestApp::staffed(store).await;
    let (director, path) = (app.of(Access::Director).await, "/api/v1/settings/life");
    let defaults = app.get(path, &director).await.is(200).json();
    assert_eq!(
        (&defaults["dispute"], &defaults["advice_from"]),
        (&json!("2wd"), &json!(0.3))
    );
    let put = async |body: Value| app.call("PUT", path, &director, Some(body)).await;
    put(json!({ "dispute": "3wd", "skip_coordinator": true }))
        .await
        .is(204);
    let changed = app.get(path, &director).await.is(200).json();
    assert_eq!(
        (&changed["dispute"], &changed["skip_coordinator"]),
        (&json!("3wd"), &json!(true))
    );
    assert_eq!(changed["objections"], defaults["objections"]);
    for (wrong, field) in [
        (json!({ "dispute": "soon" }), "dispute"),
        (json!({ "dispute": "99999999999999999999wd" }), "dispute"),
        (json!({ "advice_from": 2 }), "advice_from"),
        (json!({ "lost_deals_to": "cleaner" }), "lost_deals_to"),
        (
            json!({ "lost_deals_within_days": -1 }),
            "lost_deals_within_days",
        ),
        (json!({ "objections": [" "] }), "objections"),
        (json!({ "coffee": true }), "coffee"),
    ] {
        let told = put(wrong.clone()).await.is(422).json();
        assert!(
            told["detail"].as_str().unwrap().contains(field),
            "{wrong}: {told}"
        );
    }
    assert_eq!(app.get(path, &director).await.is(200).json(), changed);
    // What was shown can be sent back.
    put(changed.clone()).await.is(204);
    for text in hostile() {
        stands(&put(json!({ "objections": [text], "dispute": text })).await);
        stands(&put(json!({ "objections": [text] })).await);
        app.get(path, &director).await.is(200);
    }
}
