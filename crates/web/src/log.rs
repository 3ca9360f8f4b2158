//! One line a request, and its id. Of an address only the route's pattern is written: paths hold
//! secrets of links, query strings may hold anything.

use std::fmt;
use std::time::Instant;

use axum::body::Body;
use axum::extract::{MatchedPath, Request, State};
use axum::http::{HeaderName, HeaderValue, Response};
use axum::middleware::Next;
use tracing::Instrument;

use crate::state::AppState;

/// The header by which a request's id comes in from a proxy and goes out.
const HEADER: HeaderName = HeaderName::from_static("x-request-id");
const LONGEST: usize = 64;

/// The id of a request.
#[derive(Clone, Debug)]
pub(crate) struct RequestId(String);

impl RequestId {
    /// The id that the layer gave to a request.
    pub fn of(request: &Request) -> RequestId {
        let given = request.extensions().get::<RequestId>();
        given.cloned().unwrap_or_else(|| RequestId(String::new()))
    }

    /// The id that came with a request, if it is fit for a log, else a new one.
    fn take(request: &Request) -> RequestId {
        let fits = |id: &&str| {
            let plain = |c: u8| c.is_ascii_alphanumeric() || c == b'-' || c == b'_';
            !id.is_empty() && id.len() <= LONGEST && id.bytes().all(plain)
        };
        let given = request.headers().get(&HEADER);
        let given = given.and_then(|id| id.to_str().ok()).filter(fits);
        RequestId(given.map_or_else(|| uuid::Uuid::new_v4().to_string(), str::to_string))
    }
}

impl fmt::Display for RequestId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// The layer that gives ids, writes lines and counts.
pub(crate) async fn log(
    State(state): State<AppState>,
    mut request: Request,
    next: Next,
) -> Response<Body> {
    let id = RequestId::take(&request);
    request.extensions_mut().insert(id.clone());
    let route = request.extensions().get::<MatchedPath>();
    let route = route.map_or("-", MatchedPath::as_str).to_string();
    let method = request.method().clone();
    let span = tracing::info_span!("request", %id);
    let begun = Instant::now();
    let mut response = next.run(request).instrument(span.clone()).await;
    let took = begun.elapsed();
    let status = response.status().as_u16();
    state.metrics.request(&method, &route, status, took);
    let ms = took.as_millis();
    span.in_scope(|| tracing::info!(%method, route, status, ms, "answered"));
    if let Ok(id) = HeaderValue::from_str(&id.0) {
        response.headers_mut().insert(HEADER, id);
    }
    response
}
