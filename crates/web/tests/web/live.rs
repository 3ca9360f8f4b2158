//! Events come in, findings and figures come out; what people and the regulation are changes them.

// A test fails loudly.
#![allow(clippy::unwrap_used)]

use std::sync::Arc;

use app::permissions::{Access, Scope};
use serde_json::{Value, json};
use store::Store;

use crate::app::{BEGIN, TestApp, Who};

store::on_both!(
    a_batch_is_taken_once,
    an_event_changes_the_figures_at_once,
    everybody_sees_figures_of_their_own,
    a_regulation_holds_from_its_date,
    absences_and_groups_are_judged_by_at_once,
    what_was_known_stays_known,
);

const HOUR: i64 = 3_600_000;

fn created(id: &str, deal: &str, employee: &str, at: i64) -> Value {
    json!({ "id": id, "deal": deal, "at": at, "kind": "created", "stage": "new",
        "employee": employee, "text": "Окна", "amount": 1200.5 })
}

async fn send(app: &TestApp, who: &Who, key: Option<&str>, events: Value) -> crate::app::Answer {
    let request = who
        .request("POST", "/api/v1/events")
        .header("content-type", "application/json");
    let request = match key {
        Some(key) => request.header("idempotency-key", key),
        None => request,
    };
    let body = json!({ "events": events }).to_string();
    app.send(request.body(body.into()).unwrap()).await
}

async fn a_batch_is_taken_once(store: Arc<Store>) {
    let app = TestApp::staffed(store).await;
    let (_, crm) = app.token(Access::Administrator, &[Scope::Events]).await;
    let batch = json!([
        created("1", "d1", "e-first", BEGIN - HOUR),
        { "deal": "d1", "at": "2026-03-02T11:30:00+03:00", "kind": "note_added", "text": "ждём" },
        { "deal": "d1", "at": BEGIN, "kind": "danced" },
        { "deal": "", "at": BEGIN, "kind": "note_added" },
        { "deal": "d1", "at": "yesterday", "kind": "note_added" },
        { "deal": "d1", "kind": "note_added" },
    ]);
    let first = send(&app, &crm, Some("k1"), batch.clone()).await;
    let first = first.is(200).json();
    assert_eq!((&first["added"], &first["known"]), (&json!(2), &json!(0)));
    let refused = first["refused"].as_array().unwrap();
    let places: Vec<_> = refused
        .iter()
        .map(|one| one["place"].as_u64().unwrap())
        .collect();
    assert_eq!(places, [2, 3, 4, 5]);
    assert!(refused[0]["reason"].as_str().unwrap().contains("danced"));

    // The same key: the same answer. Without a key: nothing is new.
    let again = send(&app, &crm, Some("k1"), batch.clone()).await;
    assert_eq!(again.is(200).json(), first);
    let anew = send(&app, &crm, None, batch).await.is(200).json();
    assert_eq!((&anew["added"], &anew["known"]), (&json!(0), &json!(2)));
    let other = json!([created("2", "d2", "e-first", BEGIN)]);
    send(&app, &crm, Some("k1"), other).await.is(409);

    let director = app.of(Access::Director).await;
    let deal = app.get("/api/v1/deals/d1", &director).await.is(200).json();
    assert_eq!(deal["title"], "Окна");
    assert_eq!(deal["price"], 120_050);
    assert_eq!(deal["events"].as_array().unwrap().len(), 2);
    assert_eq!(deal["events"][1]["text"], "ждём");
    // Somebody else's deal looks like none.
    let employee = app.of(Access::Employee).await;
    app.get("/api/v1/deals/d1", &employee).await.is(200);
    send(
        &app,
        &crm,
        None,
        json!([created("3", "d3", "o-first", BEGIN)]),
    )
    .await
    .is(200);
    app.get("/api/v1/deals/d3", &employee).await.is(404);
    app.get("/api/v1/deals/d3", &app.of(Access::Lead).await)
        .await
        .is(404);
}

async fn figures(app: &TestApp, who: &Who) -> Value {
    let path = "/api/v1/figures?from=2026-02-01&to=2026-12-31";
    app.get(path, who).await.is(200).json()
}

async fn an_event_changes_the_figures_at_once(store: Arc<Store>) {
    let app = TestApp::staffed(store).await;
    let (_, crm) = app.token(Access::Administrator, &[Scope::Events]).await;
    let director = app.of(Access::Director).await;
    let before = figures(&app, &director).await;
    let events = json!([created("1", "d1", "e-first", BEGIN - 72 * HOUR)]);
    send(&app, &crm, None, events).await.is(200);
    let after = figures(&app, &director).await;
    let count = |figures: &Value| figures["all"]["findings"].as_u64().unwrap();
    assert!(count(&after) > count(&before), "{before} {after}");
    let rules = after["rules"].as_array().unwrap();
    let sum: u64 = rules
        .iter()
        .map(|rule| rule["findings"].as_u64().unwrap())
        .sum();
    assert_eq!(sum, count(&after));
    // Nothing stands still: what falls due is found when it does.
    app.pass(30 * 24 * HOUR);
    app.state.audits.tick(app.state.now()).await;
    let director = app.of(Access::Director).await;
    assert!(count(&figures(&app, &director).await) > count(&after));
    app.get(
        "/api/v1/figures?week=2026-03-02&month=2026-03-01",
        &director,
    )
    .await
    .is(422);
    app.get("/api/v1/figures?from=2026-03-02&to=2026-03-01", &director)
        .await
        .is(422);
    app.get("/api/v1/figures?week=soon", &director)
        .await
        .is(422);
}

async fn everybody_sees_figures_of_their_own(store: Arc<Store>) {
    let app = TestApp::staffed(store).await;
    let (_, crm) = app.token(Access::Administrator, &[Scope::Events]).await;
    let events = json!([
        created("1", "d1", "o-first", BEGIN - 72 * HOUR),
        created("2", "d2", "l-first", BEGIN - 72 * HOUR),
    ]);
    send(&app, &crm, None, events).await.is(200);
    let people = async |access| {
        let figures = figures(&app, &app.of(access).await).await;
        let people = figures["employees"].as_array().unwrap().iter();
        let people: Vec<String> = people
            .map(|one| one["id"].as_str().unwrap().to_owned())
            .collect();
        people
    };
    assert_eq!(people(Access::Employee).await, ["e-first"]);
    assert_eq!(people(Access::Lead).await, ["e-first", "l-first"]);
    assert_eq!(
        people(Access::Director).await,
        ["e-first", "l-first", "o-first"]
    );
    let seen = app
        .get("/api/v1/employees", &app.of(Access::Employee).await)
        .await
        .is(200)
        .json();
    assert_eq!(seen["employees"].as_array().unwrap().len(), 1);
}

async fn a_regulation_holds_from_its_date(store: Arc<Store>) {
    let app = TestApp::staffed(store).await;
    let head = app.of(Access::Head).await;
    let starter = app.get("/api/v1/regulation", &head).await.is(200).json();
    assert_eq!(starter.as_array().unwrap().len(), 1);
    let text = |effective: &str, rule: &str| {
        json!({ "text": format!(
            "{effective}timezone = \"Europe/Moscow\"\n[calendar.week]\n\
             mon = [\"09:00-18:00\"]\ntue = [\"09:00-18:00\"]\n[[rule]]\nuse = \"{rule}\"\n"
        ) })
    };
    let add = async |text: Value| {
        app.post("/api/v1/regulation?language=en", &head, text)
            .await
    };
    let wrong = add(text("", "no-such-rule")).await.is(422).json();
    let told = wrong["fields"][0]["message"].as_str().unwrap();
    assert!(
        told.contains("no-such-rule") && told.starts_with("6:"),
        "{wrong}"
    );
    assert_eq!(
        app.get("/api/v1/regulation", &head).await.is(200).json(),
        starter
    );

    let director = app.of(Access::Director).await;
    let rules = async || {
        let figures = figures(&app, &director).await;
        let rules = figures["rules"].as_array().unwrap().iter();
        let rules: Vec<String> = rules
            .map(|one| one["rule"].as_str().unwrap().to_owned())
            .collect();
        rules
    };
    add(text("", "no-open-task")).await.is(201);
    assert_eq!(rules().await, ["no-open-task"]);
    // From Tuesday on something else is demanded; what was found before stays.
    add(text("effective = 2026-03-03\n", "first-response"))
        .await
        .is(201);
    assert_eq!(rules().await, ["no-open-task"]);
    app.pass(48 * HOUR);
    let (_, crm) = app.token(Access::Administrator, &[Scope::Events]).await;
    let late = json!([created("1", "d1", "e-first", BEGIN + 24 * HOUR)]);
    send(&app, &crm, None, late).await.is(200);
    assert_eq!(rules().await, ["first-response", "no-open-task"]);
    app.call("DELETE", "/api/v1/regulation/2026-03-03", &head, None)
        .await
        .is(204);
    assert_eq!(rules().await, ["no-open-task"]);
    let all = app
        .get("/api/v1/regulation?all=true", &head)
        .await
        .is(200)
        .json();
    assert_eq!(all.as_array().unwrap().len(), 3);
}

async fn absences_and_groups_are_judged_by_at_once(store: Arc<Store>) {
    let app = TestApp::staffed(store).await;
    let head = app.of(Access::Head).await;
    let put = async |path: &str, body: Value| app.call("PUT", path, &head, Some(body)).await;
    let away = json!([{ "from": "2026-03-01T00:00:00+03:00", "to": "", "kind": "sick" }]);
    put("/api/v1/employees/e-first/absences", away)
        .await
        .is(204);
    let bad = json!([{ "from": "soon", "to": "", "kind": "tired" }]);
    let told = put("/api/v1/employees/e-first/absences", bad)
        .await
        .is(422)
        .json();
    assert_eq!(told["fields"].as_array().unwrap().len(), 2, "{told}");
    put("/api/v1/employees/nobody/absences", json!([]))
        .await
        .is(404);
    let moved = json!([{ "group": "", "role": "seller", "from": "2026-03-01" }]);
    put("/api/v1/employees/e-first/memberships", moved)
        .await
        .is(204);
    // The lead has lost a member.
    let lead = app.of(Access::Lead).await;
    let seen = app.get("/api/v1/employees", &lead).await.is(200).json();
    let ids: Vec<_> = seen["employees"]
        .as_array()
        .unwrap()
        .iter()
        .map(|one| one["id"].clone())
        .collect();
    assert_eq!(ids, ["l-first"]);
    let journal = app
        .get("/api/v1/journal", &app.of(Access::Director).await)
        .await
        .is(200)
        .json();
    let actions: Vec<_> = journal["items"]
        .as_array()
        .unwrap()
        .iter()
        .map(|line| line["action"].clone())
        .collect();
    assert!(actions.contains(&json!("employee.absences")), "{actions:?}");
}

async fn what_was_known_stays_known(store: Arc<Store>) {
    let app = TestApp::staffed(store).await;
    let (_, crm) = app.token(Access::Administrator, &[Scope::Events]).await;
    let known = async |who: &Who, at: i64| {
        let path = format!("/api/v1/findings/known?known_at={at}&limit=200");
        let page = app.get(&path, who).await.is(200).json();
        let items = page["items"].as_array().unwrap().iter();
        let items: Vec<(String, String)> = items
            .map(|one| {
                let text = |name: &str| one[name].as_str().unwrap_or_default().to_owned();
                (text("deal"), text("state"))
            })
            .collect();
        items
    };
    let events = json!([created("1", "d1", "o-first", BEGIN - 72 * HOUR)]);
    send(&app, &crm, None, events).await.is(200);
    let (then, of_d1) = (app.state.now(), |all: &[(String, String)]| {
        let of_d1 = all.iter().filter(|(deal, _)| deal == "d1");
        of_d1.map(|(_, state)| state.clone()).collect::<Vec<_>>()
    });
    let director = app.of(Access::Director).await;
    let first = of_d1(&known(&director, then).await);
    assert!(
        !first.is_empty() && first.iter().all(|state| state == "new"),
        "{first:?}"
    );
    assert_eq!(
        of_d1(&known(&director, then - 1).await),
        Vec::<String>::new()
    );
    // A late event takes back what was found; what was known then is still told.
    app.pass(HOUR);
    let late = json!([{ "deal": "d1", "at": BEGIN - 72 * HOUR + 1, "kind": "removed" }]);
    send(&app, &crm, None, late).await.is(200);
    let after = of_d1(&known(&director, app.state.now()).await);
    assert!(after.iter().any(|state| state == "withdrawn"), "{after:?}");
    assert_eq!(of_d1(&known(&director, then).await), first);
    // And to nobody but those who may see it.
    let employee = app.of(Access::Employee).await;
    assert_eq!(of_d1(&known(&employee, then).await), Vec::<String>::new());
    app.get("/api/v1/findings/known", &director).await.is(422);
}
