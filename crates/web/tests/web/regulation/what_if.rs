//! What the last year would have been with other limits.

use std::collections::BTreeMap;
use std::sync::Arc;

use app::permissions::{Access, Scope};
use audit::regulation::STARTER;
use serde_json::{Value, json};
use store::Store;

use super::{Form, HOUR, MILDER, edit_page, put, read, text_of, worked};
use crate::app::BEGIN;

store::on_both!(
    what_if_foretells_what_is_found_then,
    every_number_leads_to_its_findings,
    whoever_sees_no_figures_learns_of_nobody,
    values_that_cannot_be_are_told,
);

const YEAR: &str = "from=2025-03-03&to=2026-03-02";

/// How many findings there are by a key of a list.
fn by(list: &Value, key: &str, count: impl Fn(&Value) -> u64) -> BTreeMap<String, u64> {
    let list = list.as_array().expect("a list").iter();
    let pairs = list.map(|one| (one[key].as_str().unwrap_or_default().to_owned(), count(one)));
    pairs.filter(|(_, count)| *count > 0).collect()
}

/// What figures say: all, by rule and by stage, money, and the light.
fn told(figures: &Value) -> Value {
    let findings = |one: &Value| one["findings"].as_u64().expect("a number");
    json!({ "all": figures["all"]["findings"], "sum": figures["all"]["sum"],
        "rules": by(&figures["rules"], "rule", findings),
        "stages": by(&figures["stages"], "id", findings),
        "rate": figures["light"]["rate"], "colour": figures["light"]["colour"] })
}

/// What a trial says of one side.
fn foretold(would: &Value, side: &str) -> Value {
    let findings = |one: &Value| one[side]["findings"].as_u64().expect("a number");
    json!({ "all": would["all"][side]["findings"], "sum": would["all"][side]["sum"],
        "rules": by(&would["rules"], "id", findings),
        "stages": by(&would["stages"], "id", findings),
        "rate": would["light"][side]["rate"], "colour": would["light"][side]["colour"] })
}

async fn what_if_foretells_what_is_found_then(store: Arc<Store>) {
    let app = worked(store).await;
    let who = app.of(Access::Director).await;
    // People have decided: one is dismissed, one milder, some exempt.
    let (employee, coordinator) = (
        app.of(Access::Employee).await,
        app.of(Access::Coordinator).await,
    );
    let list = "/api/v1/findings?employee=e-first&rule=first-response";
    let found = app.get(list, &who).await.is(200).json();
    let found = found["items"].as_array().expect("findings").clone();
    assert!(found.len() > 2, "{found:?}");
    for (finding, outcome) in found.iter().zip(["dismissed", "partly"]) {
        let id = finding["id"].as_str().expect("an id");
        let path = format!("/api/v1/findings/{id}/decisions");
        let body = json!({ "move": "dispute", "text": "Было не так" });
        app.post(&path, &employee, body).await.is(200);
        let body = json!({ "move": "decide", "outcome": outcome, "text": "Да" });
        app.post(&path, &coordinator, body).await.is(200);
    }
    let body = json!({ "employee": "o-first", "rule": "no-open-task", "reason": "болел",
        "from": BEGIN - 500 * HOUR, "until": BEGIN + 500 * HOUR });
    app.post("/api/v1/exemptions", &who, body).await.is(201);
    let trials = [
        STARTER.replacen("limit = \"15m\"", "limit = \"2wd\"", 1),
        STARTER.replacen("limit = \"15m\"", "limit = \"1m\"\nseverity = \"gross\"", 1),
        STARTER.replace(
            "use = \"no-open-task\"",
            "use = \"no-open-task\"\nenabled = false",
        ),
        STARTER.replace(
            "mon = [\"09:00-13:00\", \"14:00-18:00\"]",
            "mon = [\"09:00-09:10\"]",
        ),
        STARTER.replace("green = 10.0", "green = 1.0"),
    ];
    let figures = format!("/api/v1/figures?{YEAR}");
    for trial in trials {
        assert_ne!(trial, STARTER);
        let asked = json!({ "text": trial });
        let would = app
            .post("/api/v1/regulation/what-if", &who, asked)
            .await
            .is(200)
            .json();
        let before = app.get(&figures, &who).await.is(200).json();
        assert_eq!(foretold(&would, "before"), told(&before), "{trial}");
        let all = &would["all"];
        let number = |value: &Value| value.as_u64().expect("a number");
        assert_eq!(
            number(&all["before"]["findings"]) + number(&all["new"]),
            number(&all["after"]["findings"]) + number(&all["gone"]),
            "what comes and goes makes the difference: {would}"
        );
        put(&app, &who, &trial).await;
        let after = app.get(&figures, &who).await.is(200).json();
        assert_eq!(foretold(&would, "after"), told(&after), "{trial}");
        put(&app, &who, STARTER).await;
    }
    // One value of one rule is as good as a text.
    let asked = json!({ "rule": "first-response", "set": { "limit": "2wd" } });
    let would = app
        .post("/api/v1/regulation/what-if", &who, asked)
        .await
        .is(200)
        .json();
    assert!(would["all"]["gone"].as_u64() > Some(0), "{would}");
    for wrong in [
        json!({ "rule": "first-response", "set": { "limit": "soon" } }),
        json!({ "rule": "no-such-rule", "set": { "limit": "5h" } }),
        json!({ "text": "x = [" }),
        json!({ "text": STARTER, "rule": "first-response" }),
        json!({ "rule": "first-response", "set": { "limit": [1] } }),
    ] {
        app.post("/api/v1/regulation/what-if", &who, wrong)
            .await
            .is(422);
    }
}

/// The addresses within the contents of a page, each with what it leads from.
fn links(page: &str) -> Vec<(String, String)> {
    let (_, main) = page.split_once("<main").expect("contents");
    main.split("<a href=\"")
        .skip(1)
        .filter_map(|rest| {
            let (address, rest) = rest.split_once("\">")?;
            let (text, _) = rest.split_once("</a>")?;
            Some((read(address), text.to_owned()))
        })
        .collect()
}

async fn every_number_leads_to_its_findings(store: Arc<Store>) {
    let app = worked(store).await;
    let who = app.of(Access::Director).await;
    let path = format!("/regulation/what-if?{MILDER}");
    let page = app.get(&path, &who).await.is(200).text();
    let links = links(&page);
    let numbers: Vec<_> = links
        .iter()
        .filter(|(address, _)| address.starts_with("/regulation/what-if/findings?"))
        .filter(|(address, _)| !address.contains("format="))
        .collect();
    assert!(numbers.len() > 10, "{numbers:?}");
    for part in ["before", "after", "gone"] {
        let of_part = format!("part={part}");
        assert!(
            numbers
                .iter()
                .any(|(address, _)| address.contains(&of_part)),
            "{part}"
        );
    }
    for (address, text) in numbers {
        let list = app.get(address, &who).await.is(200).text();
        let rows = list.matches("<th scope=\"row\">").count();
        assert_eq!(text.parse(), Ok(rows), "{address}\n{list}");
        // Those that stand have their own page; those of a deal lead to it.
        let of_deals = !address.contains("no_stage");
        assert_eq!(list.contains("href=\"/deals/"), of_deals, "{list}");
        assert!(
            !address.contains("part=gone") || list.contains("href=\"/findings/"),
            "{list}"
        );
    }
    // What is tried can be taken into a new version.
    let edit = links
        .iter()
        .find(|(address, _)| address.starts_with("/regulation/edit"));
    let (address, _) = edit.expect("a way to the text");
    let page = app.get(address, &who).await.is(200).text();
    let text = STARTER.replacen("limit = \"15m\"", "limit = \"2wd\"", 1);
    assert_eq!(text_of(&page), text);
    // One may look a rule at without moving anything.
    let still = app
        .get("/regulation/what-if?rule=overload", &who)
        .await
        .is(200)
        .text();
    assert!(still.contains("Пока ничего не изменено"), "{still}");
    // What stood in the fields of another rule is not this one's.
    let other = format!(
        "/regulation/what-if?{}",
        MILDER.replacen("first-response", "missed-call", 1)
    );
    let page = app.get(&other, &who).await.is(200).text();
    assert!(page.contains("Пока ничего не изменено"), "{page}");
}

async fn whoever_sees_no_figures_learns_of_nobody(store: Arc<Store>) {
    let app = worked(store).await;
    let who = app.of(Access::Administrator).await;
    let path = format!("/regulation/what-if?{MILDER}");
    let page = app.get(&path, &who).await.is(200).text();
    assert!(
        page.contains("По правилам") && !page.contains("По людям"),
        "{page}"
    );
    let asked = json!({ "rule": "first-response", "set": { "limit": "2wd" } });
    let would = app
        .post("/api/v1/regulation/what-if", &who, asked.clone())
        .await;
    let would = would.is(200).json();
    assert_eq!(
        (&would["employees"], &would["lights"]),
        (&json!([]), &json!([]))
    );
    let edit = edit_page(&app, &who).await;
    let text = STARTER.replacen("limit = \"15m\"", "limit = \"2wd\"", 1);
    let preview = Form::of(&edit, &text)
        .send(&app, &who, "/regulation/edit", "compare")
        .await;
    let preview = preview.is(200).text();
    for text in [&page, &would.to_string(), &preview] {
        for name in [
            "e-first",
            "o-first",
            "Группа first",
            "/regulation/what-if/findings",
        ] {
            assert!(!text.contains(name), "{name} in {text}");
        }
    }
    // Nor does a token tell more than its person may see.
    let (_, token) = app.token(Access::Head, &[Scope::Manage]).await;
    let would = app.post("/api/v1/regulation/what-if", &token, asked).await;
    assert_eq!(would.is(200).json()["employees"], json!([]));
}

async fn values_that_cannot_be_are_told(store: Arc<Store>) {
    let app = worked(store).await;
    let who = app.of(Access::Director).await;
    let of = "/regulation/what-if?rule=first-response&of=first-response";
    let page = app
        .get(&format!("{of}&p.limit=9999999999&u.limit=m"), &who)
        .await;
    let page = page.is(200).text();
    assert!(page.contains("class=\"alert\""), "{page}");
    // Nonsense in an address is nobody's fault to be told of.
    for nonsense in [
        "&p.severity=",
        "&p.enabled=perhaps",
        "&p.nothing=1",
        "&from=x&to=y",
    ] {
        app.get(&format!("{of}{nonsense}"), &who).await.is(200);
    }
    app.get("/regulation/what-if?rule=none", &who).await.is(404);
    app.get("/regulation/what-if/findings?part=some", &who)
        .await
        .is(404);
}
