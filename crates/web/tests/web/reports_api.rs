//! Reports over the API: from the draft to the files, and their schedule.

use std::sync::Arc;

use app::permissions::{Access, Scope};
use serde_json::{Value, json};
use store::Store;

use crate::app::{TestApp, Who};

store::on_both!(
    a_report_is_made_changed_sent_and_taken_away,
    what_cannot_be_made_names_its_field,
    reports_of_others_are_nobodys_business,
    the_schedule_is_read_and_set,
);

const PATH: &str = "/api/v1/reports";

fn on_company() -> Value {
    json!({ "kind": "week", "day": "2026-03-04", "scope": "company" })
}

async fn make(app: &TestApp, who: &Who, asked: Value) -> String {
    let made = app.post(PATH, who, asked).await.is(201).json();
    made["id"].as_str().expect("an id").to_owned()
}

async fn a_report_is_made_changed_sent_and_taken_away(store: Arc<Store>) {
    let app = TestApp::staffed(store).await;
    app.finding().await;
    let scopes = [Scope::Read, Scope::Decide];
    let (_, specialist) = app.token(Access::Specialist, &scopes).await;
    let made = app
        .post(PATH, &specialist, on_company())
        .await
        .is(201)
        .json();
    assert_eq!(
        (&made["from"], &made["to"]),
        (&json!("2026-03-02"), &json!("2026-03-08"))
    );
    assert_eq!(
        (&made["scope"], &made["subject"]),
        (&json!("company"), &Value::Null)
    );
    let one = format!("{PATH}/{}", made["id"].as_str().expect("an id"));
    let opened = app.get(&one, &specialist).await.is(200).json();
    let text = opened["texts"][0].clone();
    assert_eq!(
        (&opened["id"], &text["generated"]),
        (&made["id"], &Value::Null)
    );

    let (id, was) = (text["id"].as_str().expect("an id"), text["text"].clone());
    let edit = format!("{one}/texts");
    let changed = Some(json!({ "texts": { id: "Неделя как неделя." } }));
    app.call("PATCH", &edit, &specialist, changed.clone())
        .await
        .is(204);
    let opened = app.get(&one, &specialist).await.is(200).json();
    let text = &opened["texts"][0];
    assert_eq!(
        (&text["text"], &text["generated"]),
        (&json!("Неделя как неделя."), &was)
    );
    assert_eq!(opened["edited_at"], app.state.now());
    for wrong in [json!({ "none": "x" }), json!({ id: "я".repeat(3_000) })] {
        let wrong = Some(json!({ "texts": wrong }));
        let refused = app
            .call("PATCH", &edit, &specialist, wrong)
            .await
            .is(422)
            .json();
        assert_eq!(refused["fields"][0]["field"], "texts", "{refused}");
    }

    // A draft is for those who write reports; what was sent for those whom it is for.
    let director = app.of(Access::Director).await;
    let lead = app.of(Access::Lead).await;
    let client_manager = app.of(Access::ClientManager).await;
    app.get(&one, &lead).await.is(404);
    let send = format!("{one}/send");
    app.call("POST", &send, &lead, None).await.is(403);
    app.call("POST", &send, &specialist, None).await.is(204);
    app.call("POST", &send, &specialist, None).await.is(409);
    app.call("PATCH", &edit, &specialist, changed).await.is(409);
    let sent = app.get(&one, &director).await.is(200).json();
    assert_eq!(sent["sent_at"], app.state.now());
    app.get(PATH, &client_manager).await.is(403);

    for (form, media, shown) in [
        ("html", "text/html; charset=utf-8", "inline"),
        ("pdf", "application/pdf", "attachment"),
        (
            "xlsx",
            "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
            "attachment",
        ),
        ("txt", "text/plain; charset=utf-8", "attachment"),
    ] {
        let file = app
            .get(&format!("{one}/files/{form}"), &director)
            .await
            .is(200);
        assert_eq!(file.header("content-type"), media);
        let disposition = file.header("content-disposition");
        assert!(disposition.starts_with(shown), "{disposition}");
        assert!(
            disposition.contains(&format!("2026-03-02-company.{form}")),
            "{disposition}"
        );
        assert!(
            file.header("content-security-policy")
                .contains("default-src 'none'")
        );
        let of_page = one.trim_start_matches("/api/v1");
        let page = app
            .get(&format!("{of_page}/{form}"), &director)
            .await
            .is(200);
        assert_eq!(page.body, file.body, "{form}");
    }
    app.get(&format!("{one}/files/doc"), &director)
        .await
        .is(404);
}

async fn what_cannot_be_made_names_its_field(store: Arc<Store>) {
    let app = TestApp::staffed(store).await;
    let head = app.of(Access::Head).await;
    let with = |field: &str, value: Value| {
        let mut asked = on_company();
        asked[field] = value;
        asked
    };
    for (wrong, at) in [
        (with("day", json!("вчера")), "day"),
        (with("day", json!("2126-03-01")), "day"),
        (with("kind", json!("year")), "kind"),
        (with("scope", json!("group")), "subject"),
        (with("subject", json!("g-first")), "subject"),
        (with("language", json!("de")), "language"),
        (with("scope", json!("world")), "scope"),
    ] {
        let refused = app.post(PATH, &head, wrong).await.is(422).json();
        assert_eq!(refused["fields"][0]["field"], at, "{refused}");
    }
    let mut stranger = with("scope", json!("employee"));
    stranger["subject"] = json!("e-second");
    app.post(PATH, &head, stranger).await.is(404);
    let lead = app.of(Access::Lead).await;
    app.post(PATH, &lead, on_company()).await.is(403);
    let (_, reads) = app.token(Access::Head, &[Scope::Read]).await;
    app.post(PATH, &reads, on_company()).await.is(403);
}

async fn reports_of_others_are_nobodys_business(store: Arc<Store>) {
    let app = TestApp::staffed(store).await;
    let head = app.of(Access::Head).await;
    let on = |scope: &str, subject: &str| {
        json!({ "kind": "month", "day": "2026-02-10", "scope": scope, "subject": subject,
            "language": "en" })
    };
    let mut ids = Vec::new();
    for (scope, subject) in [
        ("company", ""),
        ("group", "g-first"),
        ("employee", "e-first"),
    ] {
        let id = make(&app, &head, on(scope, subject)).await;
        app.call("POST", &format!("{PATH}/{id}/send"), &head, None)
            .await
            .is(204);
        ids.push(id);
    }
    for (access, sees) in [
        (Access::Employee, [404, 404, 200]),
        (Access::Lead, [404, 200, 200]),
        (Access::Coordinator, [200, 200, 200]),
    ] {
        let who = app.of(access).await;
        let listed = app.get(PATH, &who).await.is(200).json();
        let listed = listed["items"].as_array().expect("items").len();
        assert_eq!(listed, sees.iter().filter(|status| **status == 200).count());
        for (id, status) in ids.iter().zip(sees) {
            app.get(&format!("{PATH}/{id}"), &who).await.is(status);
            app.get(&format!("{PATH}/{id}/files/txt"), &who)
                .await
                .is(status);
        }
    }
    let elsewhere = app.foreign(Access::Director).await;
    assert_eq!(
        app.get(PATH, &elsewhere).await.is(200).json()["items"],
        json!([])
    );
    app.get(&format!("{PATH}/{}", ids[0]), &elsewhere)
        .await
        .is(404);
    let send = format!("{PATH}/{}/send", ids[0]);
    app.call("POST", &send, &elsewhere, None).await.is(404);
    // By pages.
    let first = app
        .get(&format!("{PATH}?limit=2"), &head)
        .await
        .is(200)
        .json();
    let next = first["next"].as_str().expect("a next page");
    let rest = app
        .get(&format!("{PATH}?limit=2&cursor={next}"), &head)
        .await
        .is(200)
        .json();
    assert_eq!(rest["items"].as_array().map(Vec::len), Some(1));
    assert_eq!(rest["next"], Value::Null);
}

async fn the_schedule_is_read_and_set(store: Arc<Store>) {
    let app = TestApp::new(store).await;
    let path = "/api/v1/settings/reports";
    let (_, director) = app
        .token(Access::Director, &[Scope::Read, Scope::Manage])
        .await;
    let put = async |who: &Who, body: Value| app.call("PUT", path, who, Some(body)).await;
    let before = app.get(path, &director).await.is(200).json();
    assert_eq!(
        (&before["make_at"], &before["by_hand"]),
        (&json!("06:00"), &json!(false))
    );
    put(&director, json!({ "monthly": false, "send_at": "11:30" }))
        .await
        .is(204);
    let after = app.get(path, &director).await.is(200).json();
    let all = json!({ "weekly": true, "monthly": false, "groups": true, "people": true,
        "make_at": "06:00", "send_at": "11:30", "by_hand": false, "language": "ru" });
    assert_eq!(after, all);
    for (wrong, at) in [
        (json!({ "make_at": "рано" }), "make_at"),
        (json!({ "make_at": "12:00", "send_at": "11:00" }), "send_at"),
        (json!({ "language": "de" }), "language"),
        (json!({ "weekly": "yes" }), "weekly"),
    ] {
        let refused = put(&director, wrong).await.is(422).json();
        assert_eq!(refused["fields"][0]["field"], at, "{refused}");
    }
    let coordinator = app.of(Access::Coordinator).await;
    app.get(path, &coordinator).await.is(200);
    put(&coordinator, json!({})).await.is(403);
    let elsewhere = app.foreign(Access::Director).await;
    assert_eq!(app.get(path, &elsewhere).await.is(200).json(), before);
}
