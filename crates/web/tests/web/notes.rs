//! What people are told, over the API: notes, what lies unanswered, how one is told, pauses.

use std::sync::Arc;

use app::permissions::{Access, Scope};
use serde_json::{Value, json};
use store::Store;

use crate::app::{BEGIN, TestApp, Who, person};

store::on_both!(
    one_reads_ones_own_notes,
    what_lies_unanswered_is_listed,
    one_chooses_how_to_be_told,
    the_company_says_how_its_people_are_told,
    a_pause_is_made_and_ended,
);

const HOUR: i64 = 3_600_000;

async fn put(app: &TestApp, path: &str, who: &Who, body: Value) -> crate::app::Answer {
    app.call("PUT", path, who, Some(body)).await
}

/// The field that a refusal names.
fn field(refused: &Value) -> &str {
    refused["fields"][0]["field"].as_str().unwrap_or_default()
}

async fn one_reads_ones_own_notes(store: Arc<Store>) {
    let app = TestApp::staffed(store).await;
    let (_, employee) = app.token(Access::Employee, &[Scope::Read]).await;
    let mut ids = Vec::new();
    for _ in 0..3 {
        app.pass(1);
        ids.push(app.note("employee@first").await);
    }
    let page = app
        .get("/api/v1/notes?limit=2", &employee)
        .await
        .is(200)
        .json();
    assert_eq!(page["items"][0]["id"], *ids[2]);
    assert_eq!(page["items"][0]["read_at"], Value::Null);
    let next = page["next"].as_str().expect("a next page");
    let rest = app
        .get(&format!("/api/v1/notes?limit=2&cursor={next}"), &employee)
        .await;
    let rest = rest.is(200).json();
    assert_eq!(
        (&rest["items"][0]["id"], &rest["next"]),
        (&json!(ids[0]), &Value::Null)
    );

    let path = format!("/api/v1/notes/{}", ids[1]);
    let note = app.get(&path, &employee).await.is(200).json();
    assert_eq!(note["text"], "Новых замечаний нет.");
    assert_eq!(note["figures"], json!({ "day": "2026-03-02" }));
    let read = note["read_at"].clone();
    assert_eq!(read, app.state.now());
    app.pass(1);
    let again = app.get(&path, &employee).await.is(200).json();
    assert_eq!(again["read_at"], read, "the first reading counts");
    for other in [
        app.of(Access::Head).await,
        app.foreign(Access::Employee).await,
    ] {
        app.get(&path, &other).await.is(404);
    }
    app.get("/api/v1/notes?limit=0", &employee).await.is(422);
}

async fn what_lies_unanswered_is_listed(store: Arc<Store>) {
    let app = TestApp::staffed(store).await;
    app.note("employee@first").await;
    app.note("specialist@first").await;
    app.pass(14 * 24 * HOUR);
    let director = app.of(Access::Director).await;
    let lies = app.get("/api/v1/unhandled", &director).await.is(200).json();
    assert_eq!(
        (&lies["day"], &lies["days"]),
        (&json!("2026-03-16"), &json!(3))
    );
    let people = lies["people"].as_array().expect("people");
    let of = |key: &str, id: &str| people.iter().find(|left| left[key] == id);
    let employee = of("employee", "e-first").expect("the employee");
    assert_eq!(
        (&employee["notes"], &employee["notes_since"]),
        (&json!(1), &json!(BEGIN))
    );
    assert_eq!(employee["person"], Value::Null);
    let specialist = of("person", &person("specialist@first")).expect("the specialist");
    assert_eq!(
        (&specialist["notes"], &specialist["findings"]),
        (&json!(1), &json!(0))
    );
    let page = app.get("/unhandled", &director).await.is(200).text();
    assert!(page.contains("Имя specialist@first"), "{page}");
    let elsewhere = app.foreign(Access::Director).await;
    let lies = app
        .get("/api/v1/unhandled", &elsewhere)
        .await
        .is(200)
        .json();
    assert_eq!(lies["people"], json!([]));
}

async fn one_chooses_how_to_be_told(store: Arc<Store>) {
    let app = TestApp::staffed(store).await;
    let path = "/api/v1/me/telling";
    let employee = app.of(Access::Employee).await;
    let nothing = app.get(path, &employee).await.is(200).json();
    assert_eq!(nothing, json!({ "channels": [], "quiet": "" }));
    let chosen = json!({ "channels": ["email", "telegram"], "quiet": "20:00-09:00" });
    put(&app, path, &employee, chosen.clone()).await.is(204);
    assert_eq!(app.get(path, &employee).await.is(200).json(), chosen);
    let page = app.get("/me/telling", &employee).await.is(200).text();
    assert!(page.contains("20:00-09:00"), "{page}");
    for (wrong, at) in [
        (json!({ "channels": ["pigeon"] }), "channels"),
        (json!({ "quiet": "поздно" }), "quiet"),
        (json!({ "quiet": "09:00-09:00" }), "quiet"),
        (json!({ "quiet": 9 }), "quiet"),
    ] {
        let refused = put(&app, path, &employee, wrong).await.is(422).json();
        assert_eq!(field(&refused), at, "{refused}");
    }
    assert_eq!(app.get(path, &employee).await.is(200).json(), chosen);
    // Nobody else's choice, and no token's.
    let head = app.of(Access::Head).await;
    assert_eq!(app.get(path, &head).await.is(200).json(), nothing);
    let (_, token) = app.token(Access::Employee, &Scope::ALL).await;
    put(&app, path, &token, json!({})).await.is(403);
}

async fn the_company_says_how_its_people_are_told(store: Arc<Store>) {
    let app = TestApp::staffed(store).await;
    let path = "/api/v1/settings/telling";
    let (_, director) = app
        .token(Access::Director, &[Scope::Read, Scope::Manage])
        .await;
    let before = app.get(path, &director).await.is(200).json();
    assert_eq!(
        (&before["note_after"], &before["quiet"]),
        (&json!(30), &json!(""))
    );
    let some = json!({ "quiet": "21:00-08:00", "note_at": "09:15", "chat_names": true });
    put(&app, path, &director, some).await.is(204);
    let after = app.get(path, &director).await.is(200).json();
    let all = json!({ "quiet": "21:00-08:00", "note_at": "09:15", "chat_names": true,
        "note_after": 30, "window": 15, "within": 24, "unhandled_after": 3 });
    assert_eq!(after, all);
    for (wrong, at) in [
        (json!({ "window": 0 }), "window"),
        (json!({ "note_at": "утром" }), "note_at"),
        (json!({ "quiet": "поздно" }), "quiet"),
        (json!({ "unhandled_after": -1 }), "unhandled_after"),
    ] {
        let refused = put(&app, path, &director, wrong).await.is(422).json();
        assert_eq!(field(&refused), at, "{refused}");
    }
    assert_eq!(app.get(path, &director).await.is(200).json(), all);
    let head = app.of(Access::Head).await;
    put(&app, path, &head, json!({})).await.is(403);
    let elsewhere = app.foreign(Access::Director).await;
    assert_eq!(app.get(path, &elsewhere).await.is(200).json(), before);
}

async fn a_pause_is_made_and_ended(store: Arc<Store>) {
    let app = TestApp::staffed(store).await;
    let path = "/api/v1/pauses";
    let lead = app.of(Access::Lead).await;
    let employee = person("employee@first");
    let of = |until: Value| json!({ "person": employee, "until": until, "reason": "учёба" });
    let made = app
        .post(path, &lead, of(json!("2026-03-05")))
        .await
        .is(201)
        .json();
    // The whole last day, in Moscow.
    assert_eq!(made["until"], 1_772_744_400_000_i64);
    assert_eq!(
        (&made["person"], &made["from"]),
        (&json!(employee), &json!(BEGIN))
    );
    let own = app.of(Access::Employee).await;
    let seen = app.get(path, &own).await.is(200).json();
    assert_eq!(seen["items"][0]["reason"], "учёба");
    let elsewhere = app.foreign(Access::Director).await;
    assert_eq!(
        app.get(path, &elsewhere).await.is(200).json()["items"],
        json!([])
    );
    for (wrong, at) in [
        (of(json!("2026-03-01")), "until"),
        (of(json!("потом")), "until"),
        (of(json!(BEGIN + 400 * 24 * HOUR)), "until"),
        (
            json!({ "person": employee, "until": "2026-03-05", "reason": " " }),
            "reason",
        ),
        (
            json!({ "until": "2026-03-05", "reason": "переезд" }),
            "person",
        ),
        (
            json!({ "person": employee, "company": true, "until": "2026-03-05", "reason": "x" }),
            "person",
        ),
    ] {
        let refused = app.post(path, &lead, wrong).await.is(422).json();
        assert_eq!(field(&refused), at, "{refused}");
    }
    // A lead pauses nobody outside the group, and not the company.
    let company = json!({ "company": true, "until": "2026-03-05", "reason": "переезд" });
    app.post(path, &lead, company.clone()).await.is(403);
    let other = json!({ "person": person("head@first"), "until": "2026-03-05", "reason": "x" });
    app.post(path, &lead, other).await.is(404);
    // Whoever may not at all is not told what is wrong besides.
    app.post(path, &own, of(json!("2026-03-01"))).await.is(403);

    let (_, head) = app.token(Access::Head, &[Scope::Read, Scope::Decide]).await;
    let all = app.post(path, &head, company).await.is(201).json();
    assert_eq!(all["person"], Value::Null);
    let seen = app.get(path, &own).await.is(200).json();
    assert_eq!(seen["items"].as_array().map(Vec::len), Some(2));
    let end = format!("{path}/{}", made["id"].as_str().expect("an id"));
    app.call("DELETE", &end, &own, None).await.is(403);
    app.call("DELETE", &end, &elsewhere, None).await.is(404);
    app.call("DELETE", &end, &lead, None).await.is(204);
    app.call("DELETE", &end, &lead, None).await.is(404);
    let seen = app.get(path, &own).await.is(200).json();
    assert_eq!(seen["items"].as_array().map(Vec::len), Some(1));
}
