//! What handlers take: who comes, bodies, query strings.

mod objects;

use std::net::{IpAddr, SocketAddr};

use app::Actor;
use app::accounts::{self, Identity, Pass, Secret};
use axum::extract::rejection::{JsonRejection, QueryRejection};
use axum::extract::{ConnectInfo, FromRequest, FromRequestParts, Request};
use axum::http::HeaderMap;
use axum::http::header::AUTHORIZATION;
use axum::http::request::Parts;
use serde::de::DeserializeOwned;

use self::objects::Objects;
use crate::cookies;
use crate::problem::{Kind, Problem};
use crate::settings::Settings;
use crate::state::AppState;

/// Who acts, in which company: with a token, or logged in.
#[derive(Clone, Debug)]
pub struct Caller(pub Actor);

impl FromRequestParts<AppState> for Caller {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, state: &AppState) -> Result<Caller, Problem> {
        let guest = Guest::from_request_parts(parts, state).await?;
        let detail = "choose a company first: POST /api/v1/session/company";
        let actor = guest.0.actor;
        actor
            .map(Caller)
            .ok_or_else(|| Problem::new(Kind::Denied, detail))
    }
}

/// Somebody who came in, perhaps into no company yet.
#[derive(Clone, Debug)]
pub struct Guest(pub Identity);

impl FromRequestParts<AppState> for Guest {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, state: &AppState) -> Result<Guest, Problem> {
        let pass = pass(&parts.headers, &state.settings)?.ok_or_else(Problem::unauthenticated)?;
        let identity = accounts::come_in(&state.store, &pass, state.now()).await?;
        identity.map(Guest).ok_or_else(Problem::unauthenticated)
    }
}

/// What somebody shows at the door. A token goes before a session.
fn pass(headers: &HeaderMap, settings: &Settings) -> Result<Option<Pass>, Problem> {
    let Some(header) = headers.get(AUTHORIZATION) else {
        return Ok(cookies::session(headers, settings).map(Pass::Session));
    };
    let text = header.to_str().ok().and_then(|text| text.split_once(' '));
    match text {
        Some((scheme, token)) if scheme.eq_ignore_ascii_case("bearer") => {
            Ok(Some(Pass::Token(Secret::shown(token.trim()))))
        }
        _ => Err(Problem::unauthenticated()),
    }
}

/// The address that a request came from.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Address(pub Option<IpAddr>);

impl FromRequestParts<AppState> for Address {
    type Rejection = std::convert::Infallible;

    async fn from_request_parts(
        parts: &mut Parts,
        state: &AppState,
    ) -> Result<Address, Self::Rejection> {
        let peer = parts.extensions.get::<ConnectInfo<SocketAddr>>();
        let peer = peer.map(|ConnectInfo(address)| address.ip());
        if !state.settings.behind_proxy {
            return Ok(Address(peer));
        }
        // The last one was written by the proxy, those before it by anybody.
        let line = parts
            .headers
            .get_all("x-forwarded-for")
            .into_iter()
            .next_back();
        let last = line.and_then(|line| line.to_str().ok()?.rsplit(',').next());
        let named = last.and_then(|address| address.trim().parse().ok());
        Ok(Address(named.or(peer)))
    }
}

/// A body as JSON. Nowhere in it does a list stand for an object.
#[derive(Clone, Copy, Debug)]
pub struct Json<T>(pub T);

impl<T: DeserializeOwned> FromRequest<AppState> for Json<T> {
    type Rejection = Problem;

    async fn from_request(request: Request, state: &AppState) -> Result<Json<T>, Problem> {
        match axum::Json::<Objects<T>>::from_request(request, state).await {
            Ok(axum::Json(Objects(body))) => Ok(Json(body)),
            Err(JsonRejection::JsonDataError(error)) => Err(unfit(&error.body_text())),
            Err(JsonRejection::JsonSyntaxError(error)) => {
                Err(Problem::new(Kind::Malformed, error.body_text()))
            }
            Err(JsonRejection::MissingJsonContentType(_)) => Err(Problem::new(
                Kind::MediaType,
                "send JSON, with the header Content-Type: application/json",
            )),
            Err(other) => Err(unread(other.status(), other.body_text())),
        }
    }
}

impl<T: serde::Serialize> axum::response::IntoResponse for Json<T> {
    fn into_response(self) -> axum::response::Response {
        axum::Json(self.0).into_response()
    }
}

/// A query string.
#[derive(Clone, Copy, Debug)]
pub struct Query<T>(pub T);

impl<T: DeserializeOwned> FromRequestParts<AppState> for Query<T> {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, _state: &AppState) -> Result<Query<T>, Problem> {
        match axum::extract::Query::<T>::try_from_uri(&parts.uri) {
            Ok(axum::extract::Query(query)) => Ok(Query(query)),
            Err(QueryRejection::FailedToDeserializeQueryString(error)) => {
                Err(unfit(&error.body_text()))
            }
            Err(other) => Err(unread(other.status(), other.body_text())),
        }
    }
}

/// What can be read, but is not what is expected: `…: FIELD: what is wrong`.
fn unfit(text: &str) -> Problem {
    let told = text.split_once(": ").map_or(text, |(_, told)| told);
    // Where in the text it stands helps nobody who has sent fields.
    let told = told
        .rsplit_once(" at line ")
        .map_or(told, |(told, _place)| told);
    let place = |c: char| c.is_ascii_alphanumeric() || "_.[]?".contains(c);
    let (field, message) = match told.split_once(": ") {
        Some((field, message)) if field.chars().all(place) => (field, message),
        _ => ("", told),
    };
    let missing = message.strip_prefix("missing field `");
    match missing.and_then(|missing| missing.strip_suffix('`')) {
        Some(missing) if field.is_empty() => Problem::field(missing, "missing", "it is needed"),
        Some(missing) => Problem::field(&format!("{field}.{missing}"), "missing", "it is needed"),
        None if field.is_empty() => Problem::new(Kind::Invalid, message),
        None => Problem::field(field, "unfit", message),
    }
}

fn unread(status: axum::http::StatusCode, text: String) -> Problem {
    match status {
        axum::http::StatusCode::PAYLOAD_TOO_LARGE => {
            Problem::new(Kind::TooLarge, "the body is larger than this address takes")
        }
        _ => Problem::new(Kind::Malformed, text),
    }
}
