//! The life of findings as it is seen from outside; one file a noun.

// A test fails loudly.
#![allow(clippy::unwrap_used)]

mod by_hand;
mod checks;
mod decisions;
mod exemptions;
mod findings;
mod rules;

use app::permissions::Access;
use serde_json::{Value, json};

use crate::app::{Answer, TestApp};

/// Texts that somebody hostile sends.
fn hostile() -> Vec<String> {
    vec![
        "<script>alert(1)</script>".to_owned(),
        "a\0b".to_owned(),
        "'; DROP TABLE findings; --".to_owned(),
        "\u{202e}\u{feff}".to_owned(),
        "ы".repeat(100_000),
    ]
}

/// Whether a hostile text was refused or kept, and nothing broke.
#[track_caller]
fn stands(answer: &Answer) {
    let status = answer.status.as_u16();
    assert!((200..500).contains(&status), "{}", answer.text());
}

/// Decides on a finding.
async fn decide(app: &TestApp, access: Access, finding: &str, decision: Value) -> Answer {
    let path = format!("/api/v1/findings/{finding}/decisions");
    app.post(&path, &app.of(access).await, decision).await
}

/// A finding as somebody sees it.
async fn see(app: &TestApp, access: Access, finding: &str) -> Value {
    let path = format!("/api/v1/findings/{finding}");
    app.get(&path, &app.of(access).await).await.is(200).json()
}

/// The figures of all days, as the director sees them.
async fn figures(app: &TestApp) -> Value {
    let path = "/api/v1/figures?from=2026-01-01&to=2026-12-31";
    app.get(path, &app.of(Access::Director).await)
        .await
        .is(200)
        .json()
}

fn dispute() -> Value {
    json!({ "move": "dispute", "text": "клиент сам просил не звонить" })
}

fn verdict(outcome: &str) -> Value {
    json!({ "move": "decide", "outcome": outcome, "text": "послушал запись" })
}
