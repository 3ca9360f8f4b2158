//! The check of a lost deal.

use std::sync::Arc;

use app::permissions::Access;
use history::{Kind, Record};
use serde_json::{Value, json};
use store::Store;

use super::{hostile, stands};
use crate::app::{TestApp, back_to_work, person};

store::on_both!(
    a_lost_deal_is_checked_and_goes_back_to_work,
    verdicts_that_cannot_be_are_refused,
);

async fn a_lost_deal_is_checked_and_goes_back_to_work(store: Arc<Store>) {
    let app = TestApp::staffed(store).await;
    let deal = app.deal().await;
    let at = app.state.now();
    let event = |at, kind, text| Record {
        deal: &deal,
        at,
        kind: Some(kind),
        actor: "e-first",
        text,
        ..Record::default()
    };
    app.add(&[
        event(at - 4000, Kind::CallOut, ""),
        event(at - 3000, Kind::NoteAdded, "говорит, что дорого"),
        event(at - 2000, Kind::LossReasonSet, "Нет денег"),
        Record {
            stage: "lost",
            ..event(at - 1000, Kind::StageChanged, "")
        },
    ])
    .await;
    let head = app.of(Access::Head).await;
    let list = app
        .get("/api/v1/checks?status=open", &head)
        .await
        .is(200)
        .json();
    let check = &list["items"][0];
    assert_eq!(list["items"].as_array().unwrap().len(), 1);
    assert_eq!(
        (&check["deal"], &check["lost_at"]),
        (&json!(deal), &json!(at - 1000))
    );
    assert_eq!(
        (&check["stage"], &check["responsible"]),
        (&json!("lost"), &json!("e-first"))
    );
    assert_eq!(check["responsible_name"], "Сотрудник e-first");
    assert_eq!(
        (&check["status"], &check["may_decide"]),
        (&json!("open"), &json!(true))
    );
    let facts = &check["facts"];
    assert_eq!(facts["attempts"].as_array().unwrap().len(), 1, "{facts}");
    assert_eq!(facts["attempts"][0]["kind"], "call_out");
    assert_eq!(facts["objections"][0]["text"], "говорит, что дорого");
    assert_eq!(facts["objections"][0]["words"], json!(["дорого"]));
    assert_eq!(facts["stages"][0]["stage"], "new");
    let id = check["id"].as_str().unwrap();
    let path = format!("/api/v1/checks/{id}");
    let seen = app
        .get(&path, &app.of(Access::Specialist).await)
        .await
        .is(200)
        .json();
    assert_eq!(seen["may_decide"], false);
    // It came to the head: the lead only looks on.
    app.post(&path, &app.of(Access::Lead).await, back_to_work())
        .await
        .is(403);

    let decided = app.post(&path, &head, back_to_work()).await.is(200).json();
    assert_eq!(
        (&decided["status"], &decided["comment"]),
        (&json!("back_to_work"), &json!("звонить"))
    );
    assert_eq!(decided["closed_by"], person("head@first"));
    assert_eq!(decided["answers"].as_array().unwrap().len(), 5);
    assert_eq!(decided["answers"][0]["text"], "мало звонили");
    app.post(&path, &head, back_to_work()).await.is(409);

    let other = app.check().await;
    let mut rightly = back_to_work();
    rightly["verdict"] = "closed_rightly".into();
    app.post(&format!("/api/v1/checks/{other}"), &head, rightly)
        .await
        .is(200);
    let shares = app
        .get("/api/v1/checks/returned", &head)
        .await
        .is(200)
        .json();
    let share = &shares["items"][0];
    assert_eq!(
        (&share["employee"], &share["share"]),
        (&json!("e-first"), &json!(0.5))
    );
    assert_eq!((&share["hits"], &share["of"]), (&json!(1), &json!(2)));
    assert!(share["interval"][0].as_f64() < share["interval"][1].as_f64());
    let page = app
        .get("/api/v1/checks?limit=1", &head)
        .await
        .is(200)
        .json();
    let next = page["next"].as_str().unwrap();
    let path = format!("/api/v1/checks?limit=1&cursor={next}");
    let rest = app.get(&path, &head).await.is(200).json();
    assert_eq!(
        (&rest["items"][0]["id"], rest.get("next")),
        (&json!(id), None)
    );
}

async fn verdicts_that_cannot_be_are_refused(store: Arc<Store>) {
    let app = TestApp::staffed(store).await;
    let path = format!("/api/v1/checks/{}", app.check().await);
    let head = app.of(Access::Head).await;
    let with = |key: &str, value: Value| {
        let mut verdict = back_to_work();
        verdict[key] = value;
        verdict
    };
    let answer = |question: &str, reply: &str| json!({ "question": question, "reply": reply });
    for (wrong, told) in [
        (with("verdict", json!("maybe")), "verdict"),
        (with("answers", json!([])), "everything_done"),
        (
            with("answers", json!([answer("weather", "yes")])),
            "weather",
        ),
        (
            with("answers", json!([answer("attempts", "perhaps")])),
            "perhaps",
        ),
        (with("score", json!(1)), "score"),
    ] {
        let answer = app.post(&path, &head, wrong).await.is(422);
        assert!(answer.text().contains(told), "{}", answer.text());
    }
    let mut twice = back_to_work();
    let again = twice["answers"][0].clone();
    twice["answers"].as_array_mut().unwrap().push(again);
    app.post(&path, &head, twice).await.is(422);
    app.get("/api/v1/checks?status=lost", &head).await.is(422);
    app.get("/api/v1/checks/%00", &head).await.is(404);
    for text in hostile() {
        let path = format!("/api/v1/checks/{}", app.check().await);
        let mut verdict = with("comment", text.clone().into());
        verdict["answers"][0]["text"] = text.into();
        stands(&app.post(&path, &head, verdict).await);
        app.get(&path, &head).await.is(200);
    }
}
