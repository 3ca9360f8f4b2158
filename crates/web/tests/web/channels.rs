//! Where messages go, over the API: group chats, webhooks, addresses.

use std::sync::Arc;

use app::permissions::{Access, Scope};
use app::{addresses, chats};
use serde_json::{Value, json};
use store::{Store, outbox, webhooks};

use crate::app::{TestApp, Who, person};

store::on_both!(
    a_group_chat_is_linked_by_a_code_and_cut,
    a_webhook_never_shows_what_is_secret,
    a_webhook_is_changed_tried_and_switched_off,
    one_sees_how_one_is_reached,
    addresses_that_were_lost_are_listed,
);

async fn a_group_chat_is_linked_by_a_code_and_cut(store: Arc<Store>) {
    let app = TestApp::staffed(store).await;
    let (path, now) = ("/api/v1/chats", app.state.now());
    let admin = app.of(Access::Administrator).await;
    let code = app
        .call("POST", "/api/v1/chats/code", &admin, None)
        .await
        .is(201)
        .json();
    assert_eq!(
        (&code["bot"], &code["expires_at"]),
        (&Value::Null, &json!(now + 15 * 60_000))
    );
    let typed = addresses::Code::typed(code["code"].as_str().expect("a code"));
    let linked = chats::link(&app.state.store, &typed, (-100, Some(7)), "Продажи", now).await;
    assert_eq!(linked.expect("linked"), "Окна Плюс");
    let said = addresses::say_outlet(&app.state.store, addresses::TELEGRAM, "qc_bot", now);
    said.await.expect("said");
    let code = app
        .call("POST", "/api/v1/chats/code", &admin, None)
        .await
        .is(201)
        .json();
    assert_eq!(code["bot"], "qc_bot");

    let (_, director) = app.token(Access::Director, &[Scope::Read]).await;
    let all = app.get(path, &director).await.is(200).json();
    let chat = &all["items"][0];
    assert_eq!(
        (&chat["title"], &chat["topic"]),
        (&json!("Продажи"), &json!(7))
    );
    assert_eq!(chat["linked_by"], person("administrator@first"));
    let one = format!("{path}/{}", chat["id"].as_str().expect("an id"));
    let elsewhere = app.foreign(Access::Administrator).await;
    assert_eq!(
        app.get(path, &elsewhere).await.is(200).json()["items"],
        json!([])
    );
    app.call("DELETE", &one, &elsewhere, None).await.is(404);
    let director = app.of(Access::Director).await;
    it_is_used_as_the_administrator_wishes(&app, &one, &admin).await;
    app.call("DELETE", &one, &director, None).await.is(403);
    let (_, token) = app.token(Access::Administrator, &Scope::ALL).await;
    app.call("DELETE", &one, &token, None).await.is(403);
    app.call("DELETE", &one, &admin, None).await.is(204);
    app.call("DELETE", &one, &admin, None).await.is(404);
    let all = app.get(path, &admin).await.is(200).json();
    assert_eq!(all["items"][0]["off_at"], now);
}

async fn it_is_used_as_the_administrator_wishes(app: &TestApp, one: &str, admin: &Who) {
    let mut wanted = json!({
        "about": "g-first", "reports": false, "daily": true, "at_once": true, "language": "en"
    });
    let changed = app.call("PUT", one, admin, Some(wanted.clone())).await;
    assert_eq!(changed.is(200).json()["use"], wanted);
    for (field, wrong) in [("about", "nobody"), ("language", "fr")] {
        let right = wanted[field].take();
        wanted[field] = json!(wrong);
        let refused = app.call("PUT", one, admin, Some(wanted.clone())).await;
        let refused = refused.is(422).json();
        let named = &refused["fields"][0]["field"];
        assert_eq!(named, field, "{refused}");
        wanted[field] = right;
    }
    let without = json!({ "reports": true, "daily": false, "at_once": false, "language": "ru" });
    let changed = app.call("PUT", one, admin, Some(without.clone())).await;
    assert_eq!(changed.is(200).json()["use"], without);
    let director = app.of(Access::Director).await;
    let refused = app.call("PUT", one, &director, Some(without)).await;
    refused.is(403);
}

async fn a_webhook_never_shows_what_is_secret(store: Arc<Store>) {
    let app = TestApp::new(store).await;
    let path = "/api/v1/webhooks";
    let admin = app.of(Access::Administrator).await;
    let address = json!({ "address": "https://example.ru:8443/hook?key=s3cr3t" });
    let added = app.post(path, &admin, address).await.is(201);
    assert!(!added.text().contains("s3cr3t"), "{}", added.text());
    let added = added.json();
    let (id, secret) = (added["id"].as_str(), added["secret"].as_str());
    let (id, secret) = (id.expect("an id"), secret.expect("a key").to_owned());
    let mut reader = app.state.store.reader().await.expect("a reader");
    let kept = webhooks::get(&mut reader, &app.company, id).await;
    drop(reader);
    assert!(
        kept.expect("read")
            .is_some_and(|kept| kept.secret == secret)
    );
    assert_eq!(added["host"], "example.ru:8443");

    let one = format!("{path}/{id}");
    let other = json!({ "address": "https://other.ru/hook?key=s3cr3t" });
    let changed = app.call("PATCH", &one, &admin, Some(other)).await.is(200);
    let tested = app
        .call("POST", &format!("{one}/test"), &admin, None)
        .await
        .is(204);
    let wrong = json!({ "address": "https://user:s3cr3t@example.ru/" });
    let refused = app.post(path, &admin, wrong.clone()).await.is(422);
    assert_eq!(refused.json()["fields"][0]["field"], "address");
    let unchanged = app.call("PATCH", &one, &admin, Some(wrong)).await.is(422);
    let list = app.get(path, &admin).await.is(200);
    assert_eq!(list.json()["items"][0]["host"], "other.ru");
    let journal = app.get("/api/v1/journal", &admin).await.is(200);
    assert!(
        journal.text().contains("webhook.change"),
        "{}",
        journal.text()
    );
    for shown in [changed, tested, refused, unchanged, list, journal] {
        let text = shown.text();
        assert!(
            !text.contains("s3cr3t") && !text.contains(&secret),
            "{text}"
        );
    }
}

async fn a_webhook_is_changed_tried_and_switched_off(store: Arc<Store>) {
    let app = TestApp::new(store).await;
    let id = app.webhook().await;
    let one = format!("/api/v1/webhooks/{id}");
    let address = Some(json!({ "address": "https://other.ru/hook" }));
    let director = app.of(Access::Director).await;
    let elsewhere = app.foreign(Access::Administrator).await;
    let (_, token) = app.token(Access::Administrator, &Scope::ALL).await;
    for (who, status) in [(&director, 403), (&elsewhere, 404), (&token, 403)] {
        app.call("PATCH", &one, who, address.clone())
            .await
            .is(status);
        app.call("POST", &format!("{one}/test"), who, None)
            .await
            .is(status);
        app.call("DELETE", &one, who, None).await.is(status);
    }
    let list = app.get("/api/v1/webhooks", &elsewhere).await.is(200).json();
    assert_eq!(list["items"], json!([]));
    let admin = app.of(Access::Administrator).await;
    app.call("PATCH", &one, &admin, address.clone())
        .await
        .is(200);
    app.call("POST", &format!("{one}/test"), &admin, None)
        .await
        .is(204);
    let mut tx = app.state.store.begin().await.expect("a transaction");
    let claims = outbox::claim(&mut tx, "w", &["webhook"], app.state.now(), 0, 9).await;
    let put = claims.expect("claims");
    tx.rollback().await.expect("rolled back");
    assert_eq!((put.len(), &*put[0].message.recipient), (1, &*id));
    app.call("DELETE", &one, &admin, None).await.is(204);
    app.call("DELETE", &one, &admin, None).await.is(404);
    app.call("PATCH", &one, &admin, address).await.is(404);
    app.call("POST", &format!("{one}/test"), &admin, None)
        .await
        .is(404);
}

async fn one_sees_how_one_is_reached(store: Arc<Store>) {
    let app = TestApp::new(store).await;
    let (path, now) = ("/api/v1/me/addresses", app.state.now());
    let employee = app.of(Access::Employee).await;
    let none = app.get(path, &employee).await.is(200).json();
    let nothing = |channel| json!({ "channel": channel, "runs": false, "state": "none" });
    assert_eq!(
        none["items"],
        json!([nothing("telegram"), nothing("email")])
    );
    app.address("employee@first").await;
    let said = addresses::say_outlet(&app.state.store, addresses::EMAIL, "qc@example.ru", now);
    said.await.expect("said");
    let some = app.get(path, &employee).await.is(200).json();
    let email = json!({ "channel": "email", "runs": true, "sender": "qc@example.ru",
        "state": "works", "address": "anna@example.ru", "since": now });
    assert_eq!(some["items"][1], email);
    let head = app.of(Access::Head).await;
    assert_eq!(
        app.get(path, &head).await.is(200).json()["items"][1]["state"],
        "none"
    );
    let (_, token) = app.token(Access::Employee, &Scope::ALL).await;
    app.get(path, &token).await.is(403);
    for (channel, status) in [
        ("pigeon", 404),
        ("telegram", 404),
        ("email", 204),
        ("email", 404),
    ] {
        let one = format!("{path}/{channel}");
        app.call("DELETE", &one, &employee, None).await.is(status);
    }
    let cut = app.get(path, &employee).await.is(200).json();
    assert_eq!(cut["items"][1]["state"], "cut");
}

async fn addresses_that_were_lost_are_listed(store: Arc<Store>) {
    let app = TestApp::new(store).await;
    let now = app.state.now();
    app.address("employee@first").await;
    let lost = person("employee@first");
    let mut tx = app.state.store.begin().await.expect("a transaction");
    let this = (lost.as_str(), "email", "anna@example.ru");
    let off = store::addresses::switch_off(&mut tx, this, "no such mailbox", now).await;
    tx.commit().await.expect("a commit");
    assert!(off.expect("off"));
    let (_, director) = app.token(Access::Director, &[Scope::Read]).await;
    let all = app
        .get("/api/v1/addresses/lost", &director)
        .await
        .is(200)
        .json();
    let expected = json!([{ "person": lost, "channel": "email", "off_at": now,
        "why": "no such mailbox" }]);
    assert_eq!(all["items"], expected);
    let head = app.of(Access::Head).await;
    app.get("/api/v1/addresses/lost", &head).await.is(403);
    let elsewhere = app.foreign(Access::Director).await;
    let none = app
        .get("/api/v1/addresses/lost", &elsewhere)
        .await
        .is(200)
        .json();
    assert_eq!(none["items"], json!([]));
}
