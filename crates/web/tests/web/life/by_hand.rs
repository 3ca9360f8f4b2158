//! Findings made by hand, through the coordinator and past.

use std::sync::Arc;

use app::permissions::Access;
use serde_json::{Value, json};
use store::Store;

use super::{decide, dispute, figures, hostile, see, stands, verdict};
use crate::app::{BEGIN, TestApp, person};

store::on_both!(
    a_finding_made_by_hand_goes_through_the_coordinator,
    the_coordinator_may_exempt_it,
    a_setting_takes_it_past_the_coordinator,
    it_is_pinned_to_an_event,
    it_is_counted_beside_the_light,
    drafts_that_cannot_be_are_refused,
);

fn draft() -> Value {
    json!({ "target": "person", "employee": "e-first", "kind": "Грубость", "severity": "violation",
        "at": BEGIN - 1000, "text": "Хамит!", "recommendation": "Извиниться" })
}

async fn make(app: &TestApp, draft: Value) -> String {
    let specialist = app.of(Access::Specialist).await;
    let made = app
        .post("/api/v1/findings", &specialist, draft)
        .await
        .is(201)
        .json();
    made["id"].as_str().unwrap().to_owned()
}

async fn route(app: &TestApp, access: Access, id: &str, way: Value) -> crate::app::Answer {
    let path = format!("/api/v1/findings/{id}/route");
    app.post(&path, &app.of(access).await, way).await
}

async fn waiting(app: &TestApp) -> Vec<Value> {
    let coordinator = app.of(Access::Coordinator).await;
    let list = app
        .get("/api/v1/findings/waiting", &coordinator)
        .await
        .is(200)
        .json();
    list["items"].as_array().unwrap().clone()
}

async fn a_finding_made_by_hand_goes_through_the_coordinator(store: Arc<Store>) {
    let app = TestApp::staffed(store).await;
    let id = make(&app, draft()).await;
    let waits = waiting(&app).await;
    assert_eq!((waits.len(), &waits[0]["id"]), (1, &json!(id)));
    assert_eq!(
        (&waits[0]["scope"], &waits[0]["view"]),
        (&json!("hand"), &json!("held"))
    );
    assert_eq!(
        (&waits[0]["title"], &waits[0]["message"]),
        (&json!("Грубость"), &json!("Хамит!"))
    );
    assert_eq!(waits[0]["by_hand"]["maker"], person("specialist@first"));
    assert_eq!(waits[0]["by_hand"]["place"], "with_coordinator");
    let path = format!("/api/v1/findings/{id}");
    for access in [Access::Employee, Access::Lead] {
        app.get(&path, &app.of(access).await).await.is(404);
    }
    let reworded = json!({ "to": "pass_on", "text": "Говорил резко" });
    route(&app, Access::Specialist, &id, reworded.clone())
        .await
        .is(403);
    let passed = route(&app, Access::Coordinator, &id, reworded.clone())
        .await
        .is(200)
        .json();
    assert_eq!(
        (&passed["message"], &passed["view"]),
        (&json!("Говорил резко"), &json!("counts"))
    );
    assert_eq!(passed["by_hand"]["recommendation"], "Извиниться");
    assert_eq!(passed["by_hand"]["passed_on_at"], app.state.now());
    assert_eq!(waiting(&app).await, Vec::<Value>::new());
    route(&app, Access::Coordinator, &id, reworded)
        .await
        .is(409);

    // The person is told by seeing it, the lead has read it then.
    app.pass(60_000);
    assert_eq!(see(&app, Access::Lead, &id).await["state"], "new");
    let read = see(&app, Access::Director, &id).await;
    assert_eq!(
        (&read["by_hand"]["read_at"], &read["state"]),
        (&json!(app.state.now()), &json!("new"))
    );
    assert!(read["by_hand"]["reaction"]["first_ms"].is_i64(), "{read}");
    see(&app, Access::Employee, &id).await;
    assert_eq!(see(&app, Access::Employee, &id).await["state"], "told");

    // What the specialist had written is for quality control alone.
    let path = format!("{path}/history");
    let past = app
        .get(&path, &app.of(Access::Coordinator).await)
        .await
        .is(200)
        .json();
    let steps: Vec<_> = past["steps"]
        .as_array()
        .unwrap()
        .iter()
        .map(|step| &step["step"])
        .collect();
    assert_eq!(steps, ["made", "passed_on", "read"]);
    for access in [Access::Employee, Access::Lead] {
        let past = app.get(&path, &app.of(access).await).await.is(200);
        assert!(!past.text().contains("Хамит"), "{}", past.text());
    }
    // Nobody judges what they made.
    decide(&app, Access::Employee, &id, dispute()).await.is(200);
    decide(&app, Access::Head, &id, verdict("partly"))
        .await
        .is(200);
    assert_eq!(
        see(&app, Access::Employee, &id).await["counts_as"],
        "remark"
    );
}

async fn the_coordinator_may_exempt_it(store: Arc<Store>) {
    let app = TestApp::staffed(store).await;
    let id = make(&app, draft()).await;
    route(&app, Access::Coordinator, &id, json!({ "to": "exempt" }))
        .await
        .is(422);
    let mixed = json!({ "to": "exempt", "reason": "x", "text": "y" });
    route(&app, Access::Coordinator, &id, mixed).await.is(422);
    let mixed = json!({ "to": "pass_on", "reason": "x" });
    route(&app, Access::Coordinator, &id, mixed).await.is(422);
    route(&app, Access::Coordinator, &id, json!({ "to": "bin" }))
        .await
        .is(422);
    let exempt = json!({ "to": "exempt", "reason": "это был другой человек" });
    let exempted = route(&app, Access::Coordinator, &id, exempt)
        .await
        .is(200)
        .json();
    assert_eq!(exempted["by_hand"]["place"], "exempted");
    assert_eq!(
        exempted["by_hand"]["exempted_why"],
        "это был другой человек"
    );
    let path = format!("/api/v1/findings/{id}");
    app.get(&path, &app.of(Access::Employee).await)
        .await
        .is(404);
    let judged = app.finding().await;
    route(
        &app,
        Access::Coordinator,
        &judged,
        json!({ "to": "pass_on" }),
    )
    .await
    .is(409);
}

async fn a_setting_takes_it_past_the_coordinator(store: Arc<Store>) {
    let app = TestApp::staffed(store).await;
    let skip = Some(json!({ "skip_coordinator": true }));
    let director = app.of(Access::Director).await;
    app.call("PUT", "/api/v1/settings/life", &director, skip)
        .await
        .is(204);
    let id = make(&app, draft()).await;
    assert_eq!(waiting(&app).await, Vec::<Value>::new());
    let own = see(&app, Access::Employee, &id).await;
    assert_eq!(
        (&own["message"], &own["view"]),
        (&json!("Хамит!"), &json!("counts"))
    );
}

async fn it_is_pinned_to_an_event(store: Arc<Store>) {
    let app = TestApp::staffed(store).await;
    let call = |id, kind| history::Record {
        id,
        deal: "d-first",
        at: BEGIN - 1000,
        kind: Some(kind),
        actor: "e-first",
        amount: Some(60.0),
        ..history::Record::default()
    };
    app.add(&[
        call("c1", history::Kind::CallOut),
        call("n1", history::Kind::NoteAdded),
    ])
    .await;
    let director = app.of(Access::Director).await;
    let deal = app
        .get("/api/v1/deals/d-first", &director)
        .await
        .is(200)
        .json();
    let key = |kind: &str| {
        let mut events = deal["events"].as_array().unwrap().iter();
        events.find(|event| event["kind"] == kind).unwrap()["key"].clone()
    };
    let about_call = |event: Value| {
        let mut draft = draft();
        draft["target"] = "call".into();
        draft["deal"] = "d-first".into();
        draft["event"] = event;
        draft
    };
    let id = make(&app, about_call(key("call_out"))).await;
    assert_eq!(
        see(&app, Access::Specialist, &id).await["by_hand"]["event"],
        key("call_out")
    );
    let specialist = app.of(Access::Specialist).await;
    for wrong in [key("note_added"), json!("none"), json!("")] {
        let answer = app
            .post("/api/v1/findings", &specialist, about_call(wrong))
            .await;
        assert_eq!(answer.is(422).json()["fields"][0]["field"], "event");
    }
}

async fn it_is_counted_beside_the_light(store: Arc<Store>) {
    let app = TestApp::staffed(store).await;
    let before = figures(&app).await;
    assert_eq!(
        before["by_hand"],
        json!({ "findings": 0, "remarks": 0, "violations": 0, "gross": 0 })
    );
    let (held, passed, dismissed) = (
        make(&app, draft()).await,
        make(&app, draft()).await,
        make(&app, draft()).await,
    );
    let mut of_other = draft();
    of_other["employee"] = "o-first".into();
    of_other["severity"] = "gross".into();
    let other = make(&app, of_other).await;
    for id in [&passed, &dismissed, &other] {
        route(&app, Access::Coordinator, id, json!({ "to": "pass_on" }))
            .await
            .is(200);
    }
    decide(&app, Access::Employee, &dismissed, dispute())
        .await
        .is(200);
    decide(&app, Access::Head, &dismissed, verdict("dismissed"))
        .await
        .is(200);
    let after = figures(&app).await;
    assert_eq!(
        after["by_hand"],
        json!({ "findings": 2, "remarks": 0, "violations": 1, "gross": 1 })
    );
    assert_eq!(
        (&after["light"], &after["all"]),
        (&before["light"], &before["all"])
    );
    let path = "/api/v1/figures?from=2026-01-01&to=2026-12-31";
    let lead = app
        .get(path, &app.of(Access::Lead).await)
        .await
        .is(200)
        .json();
    assert_eq!(lead["by_hand"]["findings"], 1);
    let path = "/api/v1/figures?from=2026-01-01&to=2026-03-01";
    let earlier = app
        .get(path, &app.of(Access::Director).await)
        .await
        .is(200)
        .json();
    assert_eq!(earlier["by_hand"]["findings"], 0);
    route(
        &app,
        Access::Coordinator,
        &held,
        json!({ "to": "exempt", "reason": "x" }),
    )
    .await
    .is(200);
    assert_eq!(figures(&app).await["by_hand"], after["by_hand"]);
}

async fn drafts_that_cannot_be_are_refused(store: Arc<Store>) {
    let app = TestApp::staffed(store).await;
    let specialist = app.of(Access::Specialist).await;
    let with = |change: &Value| {
        let mut draft = draft();
        for (key, value) in change.as_object().unwrap() {
            draft[key] = value.clone();
        }
        draft
    };
    for (change, field) in [
        (json!({ "target": "weather" }), "target"),
        (json!({ "severity": "deadly" }), "severity"),
        (json!({ "employee": "" }), "employee"),
        (json!({ "employee": "nobody" }), "employee"),
        (json!({ "deal": "none" }), "deal"),
        (json!({ "target": "deal" }), "deal"),
        (json!({ "kind": " " }), "kind"),
        (json!({ "kind": "ы".repeat(300) }), "kind"),
        (json!({ "text": "" }), "text"),
        (json!({ "at": BEGIN + 1 }), "at"),
        (json!({ "at": i64::MIN }), "at"),
        (json!({ "at": "yesterday" }), "at"),
        (json!({ "score": 5 }), "score"),
    ] {
        let told = app
            .post("/api/v1/findings", &specialist, with(&change))
            .await;
        let told = told.is(422).json();
        assert_eq!(told["fields"][0]["field"], field, "{change}: {told}");
    }
    for text in hostile() {
        for field in [
            "kind",
            "text",
            "recommendation",
            "employee",
            "deal",
            "event",
        ] {
            let answer = app
                .post(
                    "/api/v1/findings",
                    &specialist,
                    with(&json!({ field: text })),
                )
                .await;
            stands(&answer);
        }
    }
    for kept in waiting(&app).await {
        let (to, text) = ("pass_on", kept["message"].clone());
        let way = json!({ "to": to, "text": text });
        route(&app, Access::Coordinator, kept["id"].as_str().unwrap(), way)
            .await
            .is(200);
    }
    let own = app
        .get(
            "/api/v1/findings?scope=hand",
            &app.of(Access::Employee).await,
        )
        .await;
    assert!(own.is(200).text().contains("<script>alert(1)</script>"));
}
