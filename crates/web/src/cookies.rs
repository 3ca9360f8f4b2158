//! The cookie that holds a session's id.

use app::accounts::Secret;
use axum::http::header::{COOKIE, HeaderMap, HeaderValue, SET_COOKIE};
use axum::response::{IntoResponse, Response};

use crate::settings::Settings;

/// As long as a session may last; whether it is alive the store decides.
const MAX_AGE_SECONDS: i64 = 30 * 24 * 3600;

/// Over encrypted connections the prefix keeps other hosts of the domain from setting it.
fn name(settings: &Settings) -> &'static str {
    match settings.encrypted() {
        true => "__Host-svetofor",
        false => "svetofor",
    }
}

/// The session's id that a request came with.
pub(crate) fn session(headers: &HeaderMap, settings: &Settings) -> Option<Secret> {
    let name = name(settings);
    let cookies = headers.get_all(COOKIE).into_iter();
    cookies
        .filter_map(|value| value.to_str().ok())
        .flat_map(|line| line.split(';'))
        .filter_map(|cookie| cookie.trim().split_once('='))
        .find(|(given, _)| *given == name)
        .map(|(_, id)| Secret::shown(id))
}

/// An answer that begins a session, or ends it.
pub(crate) fn with_session(
    answer: impl IntoResponse,
    session: Option<&Secret>,
    settings: &Settings,
) -> Response {
    let (id, age) = match session {
        Some(session) => (session.reveal(), MAX_AGE_SECONDS),
        None => ("", 0),
    };
    let secure = if settings.encrypted() { "; Secure" } else { "" };
    let name = name(settings);
    let cookie = format!("{name}={id}; Path=/; Max-Age={age}; HttpOnly; SameSite=Lax{secure}");
    let mut response = answer.into_response();
    if let Ok(mut cookie) = HeaderValue::from_str(&cookie) {
        cookie.set_sensitive(true);
        response.headers_mut().append(SET_COOKIE, cookie);
    }
    response
}
