//! The API's description knows every route of the API.

use std::collections::BTreeMap;
use std::sync::Arc;

use serde_json::Value;
use store::Store;

use crate::app::{TestApp, Who};

store::on_both!(it_is_served_and_whole);

async fn it_is_served_and_whole(store: Arc<Store>) {
    let app = TestApp::new(store).await;
    let served = app
        .get("/api/v1/openapi.json", &Who::Nobody)
        .await
        .is(200)
        .json();
    assert_eq!(
        served,
        serde_json::to_value(web::openapi()).expect("a document")
    );
    assert!(
        served["openapi"]
            .as_str()
            .expect("a version")
            .starts_with("3.")
    );
    for (path, item) in served["paths"].as_object().expect("paths") {
        assert!(path.starts_with("/api/v1/"), "{path}");
        for (method, operation) in item.as_object().expect("operations") {
            let place = format!("{method} {path}");
            let responses = operation["responses"].as_object().expect("responses");
            assert!(
                responses.keys().any(|status| status.starts_with('2')),
                "{place}"
            );
            let open = path.ends_with("/openapi.json");
            assert!(
                open || responses.contains_key("4XX"),
                "{place}: problems are not described"
            );
            assert!(
                operation["summary"].as_str().is_some(),
                "{place}: no summary"
            );
            assert!(
                operation["tags"]
                    .as_array()
                    .is_some_and(|tags| tags.len() == 1),
                "{place}"
            );
        }
    }
    references_lead_somewhere(&served, &served);
}

fn references_lead_somewhere(document: &Value, at: &Value) {
    match at {
        Value::Object(map) => {
            if let Some(Value::String(reference)) = map.get("$ref") {
                let pointer = reference.strip_prefix('#').expect("a reference within");
                assert!(
                    document.pointer(pointer).is_some(),
                    "{reference} leads nowhere"
                );
            }
            map.values()
                .for_each(|value| references_lead_somewhere(document, value));
        }
        Value::Array(items) => {
            items
                .iter()
                .for_each(|item| references_lead_somewhere(document, item));
        }
        _ => {}
    }
}

/// Routes that bypass the description, and handlers that were described and not registered.
#[test]
fn every_handler_of_the_api_is_registered_with_its_description() {
    let document = serde_json::to_value(web::openapi()).expect("a document");
    let paths = document["paths"].as_object().expect("paths");
    let known: usize = paths
        .values()
        .map(|item| item.as_object().map_or(0, |item| item.len()))
        .sum();
    let mut described = 0;
    sources(&mut |path, text| {
        described += text.matches("#[utoipa::path(").count();
        for bypass in [".route(", ".route_service(", ".nest_service(", ".fallback("] {
            assert!(
                !text.contains(bypass),
                "{path}: {bypass} has no description"
            );
        }
    });
    assert_eq!(
        described, known,
        "a handler is described, but in no routes!(…)"
    );
}

/// The description knows types by their names alone: of two with one name, one would be shown for
/// both.
#[test]
fn no_two_types_of_the_api_share_a_name() {
    let mut known: BTreeMap<String, String> = BTreeMap::new();
    sources(&mut |path, text| {
        for after in text.split("ToSchema)]").skip(1) {
            let mut words = after.split_whitespace();
            let kind = words.find(|word| ["struct", "enum"].contains(word));
            let name = kind.and_then(|_| words.next()).expect("a type");
            let name = name
                .split(['<', '(', ';'])
                .next()
                .unwrap_or(name)
                .to_string();
            let other = known.insert(name.clone(), path.to_string());
            assert!(other.is_none(), "{name} is in {path} and in {other:?}");
        }
    });
}

fn sources(see: &mut impl FnMut(&str, &str)) {
    fn walk(folder: &std::path::Path, see: &mut impl FnMut(&str, &str)) {
        for entry in std::fs::read_dir(folder).expect("a folder") {
            let path = entry.expect("an entry").path();
            if path.is_dir() {
                walk(&path, see);
            } else {
                let text = std::fs::read_to_string(&path).expect("a text");
                see(&path.display().to_string(), &text);
            }
        }
    }
    walk(
        concat!(env!("CARGO_MANIFEST_DIR"), "/src/api").as_ref(),
        see,
    );
}
