//! All routes, and what every request passes on its way.

use std::any::Any;
use std::time::Duration;

use axum::Router;
use axum::body::Body;
use axum::extract::DefaultBodyLimit;
use axum::http::{Response, StatusCode};
use axum::middleware::from_fn_with_state;
use axum::response::IntoResponse;
use tower::ServiceBuilder;
use tower_http::catch_panic::CatchPanicLayer;
use tower_http::csrf::{CsrfLayer, ProtectionError};
use tower_http::timeout::TimeoutLayer;

use crate::problem::{Kind, Problem};
use crate::state::AppState;
use crate::{api, headers, log, ops, pages, problem};

/// Bytes of a body, unless a route says otherwise.
const BODY_BYTES: usize = 1 << 20;
/// Time for an answer, unless a route says otherwise.
const TIMEOUT: Duration = Duration::from_secs(60);

/// The whole server as one service.
pub fn router(state: AppState) -> Router {
    let (api, _) = api::routes().split_for_parts();
    let routes = Router::new()
        .merge(api)
        .merge(ops::routes())
        .merge(pages::routes());
    // The first is the outermost.
    let passed = ServiceBuilder::new()
        .layer(from_fn_with_state(state.clone(), log::log))
        .layer(from_fn_with_state(state.clone(), headers::set))
        .layer(from_fn_with_state(state.clone(), problem::tell))
        .layer(CatchPanicLayer::custom(panicked))
        .layer(TimeoutLayer::with_status_code(
            StatusCode::GATEWAY_TIMEOUT,
            TIMEOUT,
        ))
        .layer(csrf(&state))
        .layer(DefaultBodyLimit::max(BODY_BYTES));
    routes.layer(passed).with_state(state)
}

/// The description of the API.
pub fn openapi() -> utoipa::openapi::OpenApi {
    api::routes().split_for_parts().1
}

/// Refuses what a page of another site makes a browser send.
fn csrf(
    state: &AppState,
) -> CsrfLayer<impl FnMut(ProtectionError) -> Response<Body> + Clone + use<>> {
    let layer = CsrfLayer::new();
    // Where a proxy changes the header Host, the address that people use is still known.
    let layer = match state.settings.origin() {
        Some(origin) => layer.clone().add_trusted_origin(origin).unwrap_or(layer),
        None => layer,
    };
    layer.with_rejection_response(|_error: ProtectionError| {
        let detail = "the request comes from a page of another site";
        Problem::new(Kind::Denied, detail).into_response()
    })
}

/// A handler panicked: that is a fault of ours, and the others go on.
fn panicked(what: Box<dyn Any + Send + 'static>) -> Response<Body> {
    let told = what.downcast_ref::<String>().map(String::as_str);
    let told = told.or_else(|| what.downcast_ref::<&str>().copied());
    Problem::inside(&format!("panicked: {}", told.unwrap_or("without words"))).into_response()
}
