//! The scripts of the pages, as the build has bundled them.

use axum::Router;
use axum::http::StatusCode;
use axum::http::header::{CACHE_CONTROL, CONTENT_TYPE};
use axum::response::{IntoResponse, Response};
use axum::routing::get;

use crate::state::AppState;

/// Empty: the program was built without Node.js, and every page works without them.
const SCRIPT: &str = include_str!(concat!(env!("OUT_DIR"), "/app.js"));
const ADDRESS: &str = concat!("/assets/app.js?v=", env!("SCRIPT_VERSION"));

pub(super) fn routes() -> Router<AppState> {
    Router::new().route("/assets/app.js", get(script))
}

/// Where they are; none: there are none. What has changed has another address.
pub(super) fn address() -> Option<&'static str> {
    (!SCRIPT.is_empty()).then_some(ADDRESS)
}

async fn script() -> Response {
    if SCRIPT.is_empty() {
        return StatusCode::NOT_FOUND.into_response();
    }
    let headers = [
        (CONTENT_TYPE, "text/javascript; charset=utf-8"),
        (CACHE_CONTROL, "public, max-age=31536000, immutable"),
    ];
    (headers, SCRIPT).into_response()
}
