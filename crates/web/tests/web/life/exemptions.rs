//! "Do not pay attention to this", with how much it hides.

use std::sync::Arc;

use app::permissions::Access;
use serde_json::{Value, json};
use store::Store;

use super::{figures, hostile, see, stands};
use crate::app::{BEGIN, TestApp, person};

store::on_both!(
    an_exemption_hides_shows_what_it_hides_and_ends,
    exemptions_that_cannot_be_are_refused,
);

const HOUR: i64 = 3_600_000;
const DAY: i64 = 24 * HOUR;

async fn an_exemption_hides_shows_what_it_hides_and_ends(store: Arc<Store>) {
    let app = TestApp::staffed(store).await;
    let deal = app.deal().await;
    let coordinator = app.of(Access::Coordinator).await;
    let list = format!("/api/v1/findings?deal={deal}");
    let hidden = app.get(&list, &coordinator).await.is(200).json();
    let hidden = hidden["items"].as_array().unwrap().clone();
    let before = figures(&app).await["all"]["findings"].as_u64().unwrap();
    let asked = json!({ "deal": deal, "reason": "договорились по телефону",
        "from": "2026-02-01T00:00:00+03:00", "until": BEGIN + 30 * DAY });
    let made = app
        .post("/api/v1/exemptions", &coordinator, asked)
        .await
        .is(201)
        .json();
    let id = made["id"].as_str().unwrap();
    assert_eq!(made["author"], person("coordinator@first"));

    let shown = figures(&app).await;
    let count = hidden.len() as u64;
    assert_eq!(shown["all"]["findings"], before - count);
    let left_out = &shown["left_out"]["exemptions"][0];
    assert_eq!(
        (&left_out["exemption"], &left_out["findings"]),
        (&json!(id), &json!(count))
    );
    let finding = see(&app, Access::Director, hidden[0]["id"].as_str().unwrap()).await;
    assert_eq!(
        (&finding["view"], &finding["exemption"]),
        (&json!("exempt"), &json!(id))
    );

    let exemptions = async |access| {
        let all = app.get("/api/v1/exemptions", &app.of(access).await).await;
        all.is(200).json()["items"].as_array().unwrap().clone()
    };
    let all = exemptions(Access::Director).await;
    assert_eq!(
        (all.len(), &all[0]["hides"]["findings"]),
        (1, &json!(count))
    );
    assert_eq!(all[0]["reason"], "договорились по телефону");
    // The employee sees what it hides of their own; whom it names none but those.
    assert_eq!(
        exemptions(Access::Employee).await[0]["hides"]["findings"],
        count
    );
    let other = json!({ "employee": "o-first", "reason": "в отпуске", "until": BEGIN + DAY });
    app.post("/api/v1/exemptions", &coordinator, other)
        .await
        .is(201);
    assert_eq!(exemptions(Access::Employee).await.len(), 1);
    assert_eq!(exemptions(Access::Lead).await.len(), 1);
    assert_eq!(exemptions(Access::Director).await.len(), 2);

    // It ends: what lies before stays hidden, what comes counts.
    app.pass(HOUR);
    let path = format!("/api/v1/exemptions/{id}/end");
    app.post(&path, &coordinator, json!({ "reason": " " }))
        .await
        .is(422);
    let why = json!({ "reason": "снова работаем" });
    let ended = app
        .post(&path, &coordinator, why.clone())
        .await
        .is(200)
        .json();
    assert_eq!(ended["ended_at"], app.state.now());
    assert_eq!(ended["ended_why"], "снова работаем");
    app.post(&path, &coordinator, why.clone()).await.is(409);
    app.post("/api/v1/exemptions/none/end", &coordinator, why)
        .await
        .is(404);
    app.pass(20 * DAY);
    app.state.audits.tick(app.state.now()).await;
    let director = app.of(Access::Director).await;
    let later = format!("{list}&from={}", ended["ended_at"]);
    let later = app.get(&later, &director).await.is(200).json();
    let later = later["items"].as_array().unwrap();
    assert!(
        !later.is_empty() && later.iter().all(|one| one["view"] == "counts"),
        "{later:?}"
    );
    let still = figures(&app).await["left_out"]["exemptions"][0]["findings"].clone();
    assert_eq!(still, count);
}

async fn exemptions_that_cannot_be_are_refused(store: Arc<Store>) {
    let app = TestApp::staffed(store).await;
    let head = app.of(Access::Head).await;
    let asked = |change: Value| {
        let mut asked = json!({ "employee": "e-first", "reason": "болел", "until": BEGIN + DAY });
        for (key, value) in change.as_object().unwrap() {
            asked[key] = value.clone();
        }
        asked
    };
    for (change, field) in [
        (json!({ "employee": "" }), "rule"),
        (json!({ "employee": "nobody" }), "employee"),
        (json!({ "rule": "no-such-rule" }), "rule"),
        (json!({ "deal": "a\0b", "stage": "<b>" }), "deal"),
        (json!({ "reason": "" }), "reason"),
        (json!({ "until": BEGIN - 1 }), "until"),
        (json!({ "until": "soon" }), "until"),
        (json!({ "until": i64::MAX }), "until"),
        (json!({ "from": BEGIN + DAY }), "until"),
        (json!({ "for": "ever" }), "for"),
    ] {
        let told = app
            .post("/api/v1/exemptions", &head, asked(change.clone()))
            .await;
        let told = told.is(422).json();
        assert_eq!(told["fields"][0]["field"], field, "{change}: {told}");
    }
    for text in hostile() {
        let asked = asked(json!({ "reason": text }));
        stands(&app.post("/api/v1/exemptions", &head, asked).await);
        let strange = json!({ "employee": text, "reason": "x", "until": BEGIN + DAY });
        app.post("/api/v1/exemptions", &head, strange).await.is(422);
    }
}
