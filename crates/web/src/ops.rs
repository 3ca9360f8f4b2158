//! What those who run the server ask for: is it alive, is it ready, what has it counted.

use axum::Router;
use axum::extract::State;
use axum::http::header::CONTENT_TYPE;
use axum::response::IntoResponse;
use axum::routing::get;

use crate::metrics::InState;
use crate::problem::{Kind, Problem};
use crate::state::AppState;

/// The routes.
pub(crate) fn routes() -> Router<AppState> {
    Router::new()
        .route("/health", get(health))
        .route("/ready", get(ready))
        .route("/metrics", get(metrics))
}

/// The process lives.
async fn health() -> &'static str {
    "ok\n"
}

/// The store answers.
async fn ready(State(state): State<AppState>) -> Result<&'static str, Problem> {
    match state.store.ping().await {
        Ok(()) => Ok("ok\n"),
        Err(error) => {
            tracing::warn!(error = %error, "the store does not answer");
            Err(Problem::new(Kind::Unavailable, "the store does not answer").retry(5))
        }
    }
}

/// What was counted.
async fn metrics(State(state): State<AppState>) -> Result<impl IntoResponse, Problem> {
    let counts = app::counts::counts(&state.store, state.now()).await?;
    let metrics = &state.metrics;
    metrics.events.set(counts.events);
    metrics.companies.set(counts.companies);
    for (family, counted) in [
        (&metrics.findings, counts.findings),
        (&metrics.outbox, counts.outbox),
    ] {
        for (state, count) in counted {
            let state = state.to_string();
            family.get_or_create(&InState { state }).set(count);
        }
    }
    let text = metrics.text().map_err(|error| Problem::inside(&error))?;
    let kind = "application/openmetrics-text; version=1.0.0; charset=utf-8";
    Ok(([(CONTENT_TYPE, kind)], text))
}
