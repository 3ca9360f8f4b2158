//! The reference tables as a whole.

use std::sync::Arc;

use app::permissions::{Access, Scope};
use serde_json::{Value, json};
use store::Store;

use crate::app::{TestApp, Who};

store::on_both!(
    tables_come_out_as_they_went_in,
    a_row_that_cannot_be_refuses_all,
    a_token_needs_to_manage,
);

fn tables() -> Value {
    json!({
        "account": { "name": "Окна", "timezone": "Asia/Omsk", "currency": "KZT" },
        "groups": [{ "id": "g1", "name": "Первая", "lead": "e1" }],
        "employees": [
            { "id": "e1", "name": "Анна", "group": "g1", "role": "lead", "active": true,
              "shift": "", "hired": "2026-01-01", "left": "" },
        ],
        "memberships": [
            { "employee": "e1", "group": "g1", "role": "seller", "shift": "day",
              "from": "2026-01-01", "to": "2026-02-01" },
        ],
        "absences": [
            { "employee": "e1", "from": "2026-01-05T00:00:00Z", "to": "", "kind": "sick" },
        ],
        "stages": [
            { "pipeline": "p", "pipeline_name": "Продажи", "stage": "new",
              "stage_name": "Новая", "sort": 1, "kind": "open" },
        ],
        "clients": [{ "id": "c1", "name": "Север", "large": true, "birthday": "" }],
        "contacts": [
            { "id": "k1", "client": "c1", "name": "Пётр", "phone": "+7", "email": "p@x.ru" },
        ],
        "team": [
            { "client": "c1", "service": "подбор", "employee": "e1", "role": "manager",
              "from": "", "to": "" },
        ],
    })
}

async fn put(app: &TestApp, who: &Who, body: Value) -> crate::app::Answer {
    app.call("PUT", "/api/v1/tables", who, Some(body)).await
}

async fn tables_come_out_as_they_went_in(store: Arc<Store>) {
    let app = TestApp::new(store).await;
    let who = app.of(Access::Head).await;
    for _ in 0..2 {
        put(&app, &who, tables()).await.is(204);
        let shown = app.get("/api/v1/tables", &who).await.is(200).json();
        assert_eq!(shown, tables());
    }
    // The other company has none of it.
    let other = app.foreign(Access::Head).await;
    let shown = app.get("/api/v1/tables", &other).await.is(200).json();
    assert_eq!(shown["employees"], json!([]));
    assert_eq!(shown["account"]["name"], "Двери Минус");

    let administrator = app.of(Access::Administrator).await;
    let journal = app.get("/api/v1/journal", &administrator).await.is(200);
    assert!(journal.text().contains("tables.replace"));
}

async fn a_row_that_cannot_be_refuses_all(store: Arc<Store>) {
    let app = TestApp::new(store).await;
    let who = app.of(Access::Administrator).await;
    let employee = |id: &str| json!({ "id": id, "active": true });
    let cases = [
        (
            "employees",
            json!([employee("e1"), employee("e1")]),
            "duplicate-id",
        ),
        ("employees", json!([employee("")]), "missing"),
        ("employees", json!([employee(" ")]), "missing"),
        ("clients", json!([{ "id": " c1" }]), "bad-value"),
        ("employees", json!([employee(&"д".repeat(300))]), "too-long"),
        (
            "employees",
            json!([{ "id": "e1", "role": "king" }]),
            "bad-value",
        ),
        (
            "absences",
            json!([{ "employee": "x", "from": "2026-01-05T00:00:00Z" }]),
            "bad-value",
        ),
        (
            "stages",
            json!([{ "pipeline": "p", "stage": "s", "kind": "closed" }]),
            "bad-value",
        ),
        (
            "contacts",
            json!([{ "id": "k" }, { "id": "k" }]),
            "duplicate-id",
        ),
    ];
    for (table, rows, code) in cases {
        let mut all = tables();
        all[table] = rows;
        let refused = put(&app, &who, all).await.is(422).json();
        let fields = refused["fields"].as_array().expect("fields");
        let told = fields.iter().find(|field| field["code"] == code);
        let told = told.unwrap_or_else(|| panic!("{table} {code}: {refused}"));
        assert_eq!(told["field"], table);
        assert!(told["message"].as_str().expect("words").starts_with("row "));
    }
    let mut nowhere = tables();
    nowhere["account"]["timezone"] = "Nowhere/City".into();
    let refused = put(&app, &who, nowhere).await.is(422).json();
    assert_eq!(refused["fields"][0]["field"], "account.timezone");
    put(&app, &who, json!({ "account": {}, "colours": [] }))
        .await
        .is(422);
    let shown = app.get("/api/v1/tables", &who).await.is(200).json();
    assert_eq!(shown["employees"], json!([]));
}

async fn a_token_needs_to_manage(store: Arc<Store>) {
    let app = TestApp::new(store).await;
    let scopes = [Scope::Read, Scope::Events];
    let (_, reading) = app.token(Access::Administrator, &scopes).await;
    app.get("/api/v1/tables", &reading).await.is(200);
    put(&app, &reading, tables()).await.is(403);
    let (_, managing) = app.token(Access::Administrator, &[Scope::Manage]).await;
    put(&app, &managing, tables()).await.is(204);
}
