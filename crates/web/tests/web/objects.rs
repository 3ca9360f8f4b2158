//! No route takes a list in the place of an object, at whatever depth.

use std::sync::Arc;

use app::permissions::Access;
use serde_json::{Value, json};
use store::Store;

use crate::app::TestApp;

store::on_both!(a_list_is_nowhere_an_object);

/// How deep bodies are looked through.
const DEEP: usize = 4;

async fn a_list_is_nowhere_an_object(store: Arc<Store>) {
    let app = TestApp::staffed(store).await;
    let who = app.of(Access::Administrator).await;
    let document = serde_json::to_value(web::openapi()).expect("a document");
    let mut tried = 0;
    for (path, item) in document["paths"].as_object().expect("paths") {
        for (method, operation) in item.as_object().expect("operations") {
            let schema = &operation["requestBody"]["content"]["application/json"]["schema"];
            if schema.is_null() {
                continue;
            }
            let bodies = listed(&document, schema, DEEP);
            let address = address(path);
            for body in &bodies {
                // Nobody is held up for trying to log in too often.
                app.pass(60_000);
                let method = method.to_uppercase();
                let answer = app.call(&method, &address, &who, Some(body.clone())).await;
                let told = answer.is(422).json()["detail"].to_string();
                assert!(
                    told.contains("sequence, expected an object with named fields"),
                    "{method} {path} {body}: {told}"
                );
                tried += 1;
            }
            assert!(!bodies.is_empty(), "{method} {path}: {schema}");
        }
    }
    assert!(tried > 50, "{tried}");
}

/// An address of a route: what stands in its braces is never looked at.
fn address(path: &str) -> String {
    let parts = path.split('/').map(|part| match part.starts_with('{') {
        true => "x",
        false => part,
    });
    parts.collect::<Vec<_>>().join("/")
}

/// Bodies in which one object of a schema is a list.
fn listed(document: &Value, schema: &Value, deep: usize) -> Vec<Value> {
    if deep == 0 {
        return Vec::new();
    }
    if let Some(reference) = schema["$ref"].as_str() {
        let found = document.pointer(reference.trim_start_matches('#'));
        return listed(document, found.expect("a schema"), deep);
    }
    if let Some(choices) = schema["oneOf"].as_array() {
        return choices
            .iter()
            .flat_map(|choice| listed(document, choice, deep))
            .collect();
    }
    if let Some(fields) = schema["properties"].as_object() {
        let within = fields.iter().flat_map(|(name, field)| {
            let within = listed(document, field, deep - 1).into_iter();
            within.map(move |value| json!({ name: value }))
        });
        return std::iter::once(json!([])).chain(within).collect();
    }
    let items = listed(document, &schema["items"], deep - 1).into_iter();
    items.map(|item| json!([item])).collect()
}
