//! Findings are listed, shown, and told by being shown.

use std::sync::Arc;

use app::permissions::{Access, Scope};
use serde_json::{Value, json};
use store::Store;

use super::{decide, see};
use crate::app::TestApp;

store::on_both!(
    a_finding_is_told_when_its_person_is_first_shown_it,
    lists_are_narrowed_and_walked,
    everybody_sees_what_is_theirs,
    the_past_of_a_finding_is_told,
);

async fn a_finding_is_told_when_its_person_is_first_shown_it(store: Arc<Store>) {
    let app = TestApp::staffed(store).await;
    let id = app.finding().await;
    // Others may look as often as they like.
    for access in [Access::Lead, Access::Coordinator, Access::Director] {
        for _ in 0..2 {
            assert_eq!(see(&app, access, &id).await["state"], "new", "{access:?}");
        }
    }
    app.pass(60_000);
    let (shown_at, employee) = (app.state.now(), app.of(Access::Employee).await);
    let path = format!("/api/v1/findings/{id}");
    let first = app.get(&path, &employee).await.is(200).json();
    assert_eq!(first["state"], "new");
    app.pass(60_000);
    let then = see(&app, Access::Employee, &id).await;
    assert_eq!(
        (&then["state"], &then["told_at"]),
        (&json!("told"), &json!(shown_at))
    );
    assert!(then["dispute_until"].as_i64().unwrap() > shown_at);
    assert_eq!(then["allowed"], json!(["acknowledge", "cure", "dispute"]));

    // A list shows as well, also to a program of theirs.
    let other = app.finding().await;
    let (_, token) = app.token(Access::Employee, &[Scope::Read]).await;
    app.get("/api/v1/findings", &token).await.is(200);
    assert_eq!(see(&app, Access::Lead, &other).await["state"], "told");
}

/// Ids of all pages of a list.
async fn walk(app: &TestApp, access: Access, query: &str) -> Vec<Value> {
    let who = app.of(access).await;
    let (mut found, mut cursor) = (Vec::new(), String::new());
    loop {
        let path = format!("/api/v1/findings?limit=2{query}{cursor}");
        let page = app.get(&path, &who).await.is(200).json();
        let items = page["items"].as_array().unwrap();
        assert!(items.len() <= 2);
        found.extend(items.iter().cloned());
        let Some(next) = page["next"].as_str() else {
            return found;
        };
        cursor = format!("&cursor={next}");
    }
}

async fn lists_are_narrowed_and_walked(store: Arc<Store>) {
    let app = TestApp::staffed(store).await;
    let mut deals = Vec::new();
    for _ in 0..3 {
        deals.push(app.deal().await);
        app.pass(1000);
    }
    let all = walk(&app, Access::Director, "").await;
    let ids: Vec<&str> = all.iter().map(|one| one["id"].as_str().unwrap()).collect();
    let mut distinct = ids.clone();
    distinct.sort_unstable();
    distinct.dedup();
    assert_eq!(distinct.len(), ids.len());
    let instants: Vec<i64> = all.iter().map(|one| one["at"].as_i64().unwrap()).collect();
    assert!(
        instants.is_sorted_by(|one, next| one >= next),
        "{instants:?}"
    );
    let narrowed = async |query: &str| walk(&app, Access::Director, query).await.len();
    let of_deal = narrowed(&format!("&deal={}", deals[1])).await;
    assert!(of_deal > 0 && of_deal < all.len());
    let (rule, severity) = (&all[0]["rule"], &all[0]["severity"]);
    let same = all.iter();
    let same = same.filter(|one| (&one["rule"], &one["severity"]) == (rule, severity));
    let (rule, severity) = (rule.as_str().unwrap(), severity.as_str().unwrap());
    let query = format!("&rule={rule}&severity={severity}");
    assert_eq!(narrowed(&query).await, same.count());
    let theirs = narrowed("&employee=e-first&stage=new&state=new").await;
    let at_stage = all.iter().filter(|one| one["stage"] == "new").count();
    assert!(theirs > 0 && theirs == at_stage);
    assert_eq!(narrowed("&employee=l-first").await, 0);
    assert_eq!(narrowed("&scope=hand").await, 0);
    let (from, to) = (instants[0], instants[0] + 1);
    let at_once = instants.iter().filter(|at| **at == from).count();
    assert_eq!(narrowed(&format!("&from={from}&to={to}")).await, at_once);
    assert_eq!(narrowed("&open=true").await, all.len());
    assert_eq!(narrowed("&open=false").await, 0);
    decide(&app, Access::Employee, ids[0], json!({ "move": "cure" }))
        .await
        .is(200);
    assert_eq!(narrowed("&open=true").await, all.len() - 1);
    assert_eq!(narrowed("&open=false").await, 1);
    assert_eq!(narrowed("&state=cured").await, 1);

    let director = app.of(Access::Director).await;
    for wrong in [
        "state=lost",
        "severity=grave",
        "state=new&open=true",
        "limit=0",
        "from=soon",
    ] {
        let path = format!("/api/v1/findings?{wrong}");
        let told = app.get(&path, &director).await.is(422).json();
        let field = told["fields"][0]["field"].as_str().unwrap();
        assert!(wrong.contains(field), "{told}");
    }
    for strange in ["deal=%00", "rule=%3Cb%3E", "employee=%F0%9F%98%80"] {
        let path = format!("/api/v1/findings?{strange}");
        let none = app.get(&path, &director).await.is(200).json();
        assert_eq!(none["items"], json!([]), "{strange}");
    }
    for strange in ["%00", "%3Cscript%3E", &"x".repeat(5000)] {
        let path = format!("/api/v1/findings/{strange}");
        app.get(&path, &director).await.is(404);
    }
}

async fn everybody_sees_what_is_theirs(store: Arc<Store>) {
    let app = TestApp::staffed(store).await;
    let id = app.finding().await;
    let path = format!("/api/v1/findings/{id}?language=en");
    let shown = app
        .get(&path, &app.of(Access::Lead).await)
        .await
        .is(200)
        .json();
    assert_eq!(shown["employee"], "e-first");
    assert_eq!(shown["employee_name"], "Сотрудник e-first");
    assert_eq!(
        (&shown["deal_title"], &shown["stage_name"]),
        (&json!("Двери"), &json!("new"))
    );
    assert_eq!(
        (&shown["view"], &shown["counts_as"]),
        (&json!("counts"), &shown["severity"])
    );
    assert_eq!(shown["regulation"], "starter.toml");
    assert!(!shown["evidence"].as_array().unwrap().is_empty());
    let russian = see(&app, Access::Lead, &id).await;
    assert_ne!(shown["message"], russian["message"]);
    assert_ne!(shown["title"], russian["title"]);
    // What is held against somebody out of the group looks like nothing.
    let created = history::Record {
        deal: "d-o",
        at: app.state.now() - 3 * 24 * 3_600_000,
        kind: Some(history::Kind::Created),
        stage: "new",
        employee: "o-first",
        ..history::Record::default()
    };
    app.add(&[created]).await;
    let director = app.of(Access::Director).await;
    let list = app
        .get("/api/v1/findings?deal=d-o", &director)
        .await
        .is(200)
        .json();
    let other = list["items"][0]["id"].as_str().unwrap();
    for access in [Access::Employee, Access::Lead] {
        let who = app.of(access).await;
        for path in ["", "/history"] {
            let path = format!("/api/v1/findings/{other}{path}");
            app.get(&path, &who).await.is(404);
        }
        decide(&app, access, other, json!({ "move": "cure" }))
            .await
            .is(404);
        let list = app
            .get("/api/v1/findings?employee=o-first", &who)
            .await
            .is(200)
            .json();
        assert_eq!(list["items"], json!([]));
    }
}

async fn the_past_of_a_finding_is_told(store: Arc<Store>) {
    let app = TestApp::staffed(store).await;
    let id = app.finding().await;
    let agreed = json!({ "move": "acknowledge", "cause": "client", "text": "не брал трубку" });
    decide(&app, Access::Employee, &id, agreed).await.is(200);
    let path = format!("/api/v1/findings/{id}/history");
    let past = app
        .get(&path, &app.of(Access::Head).await)
        .await
        .is(200)
        .json();
    assert_eq!(past["states"][0]["change"], "raised");
    assert_eq!(past["states"][0]["values"]["employee"], "e-first");
    assert!(past["states"][0]["sequence"].as_i64().unwrap() > 0);
    let made: Vec<_> = past["decisions"]
        .as_array()
        .unwrap()
        .iter()
        .map(|one| &one["made"])
        .collect();
    assert_eq!(made, ["told", "acknowledged"]);
    assert_eq!(past["decisions"][1]["cause"], "client");
    assert_eq!(past["decisions"][1]["text"], "не брал трубку");
    assert_eq!(past["steps"], json!([]));
}
