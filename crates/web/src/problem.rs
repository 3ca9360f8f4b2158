//! Everything that goes wrong, told in one form: RFC 9457 problem details.
//!
//! A handler returns a [`Problem`]; the layer [`tell`] writes it out, as JSON or as a page, with
//! the id of the request. It also puts into this form what routers and layers refuse by
//! themselves: unknown routes, wrong methods, bodies too large, time run out.

use std::collections::BTreeMap;

use axum::body::Body;
use axum::extract::{Request, State};
use axum::http::header::{ALLOW, CONTENT_TYPE, RETRY_AFTER, WWW_AUTHENTICATE};
use axum::http::{HeaderValue, Response, StatusCode};
use axum::middleware::Next;
use axum::response::IntoResponse;
use serde::Serialize;
use store::StoreError;
use utoipa::openapi::{self, Content, Ref, RefOr, ResponseBuilder};
use utoipa::{IntoResponses, ToSchema};

use crate::log::RequestId;
use crate::pages;
use crate::state::AppState;

/// The kinds of problems.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// The request cannot be read at all.
    Malformed,
    /// Nobody is logged in, or login and password do not fit.
    Unauthenticated,
    /// Whoever it is may not.
    Denied,
    /// There is no such thing.
    NotFound,
    /// The address is right, the method is not.
    Method,
    /// It does not go together with what is there.
    Conflict,
    /// The link has been used or has expired.
    Gone,
    /// The body is too large.
    TooLarge,
    /// The body is of another type than the one that is read.
    MediaType,
    /// What was sent can be read, but cannot be.
    Invalid,
    /// Too many tries.
    TooMany,
    /// It failed inside.
    Inside,
    /// The store is busy, or the server is not ready.
    Unavailable,
    /// It took too long.
    Timeout,
}

impl Kind {
    /// Every kind.
    pub(crate) const ALL: [Kind; 14] = [
        Kind::Malformed,
        Kind::Unauthenticated,
        Kind::Denied,
        Kind::NotFound,
        Kind::Method,
        Kind::Conflict,
        Kind::Gone,
        Kind::TooLarge,
        Kind::MediaType,
        Kind::Invalid,
        Kind::TooMany,
        Kind::Inside,
        Kind::Unavailable,
        Kind::Timeout,
    ];

    /// Status, name and title.
    fn told(self) -> (StatusCode, &'static str, &'static str) {
        match self {
            Kind::Malformed => (
                StatusCode::BAD_REQUEST,
                "malformed",
                "The request cannot be read",
            ),
            Kind::Unauthenticated => (StatusCode::UNAUTHORIZED, "unauthenticated", "Not logged in"),
            Kind::Denied => (StatusCode::FORBIDDEN, "denied", "Not allowed"),
            Kind::NotFound => (StatusCode::NOT_FOUND, "not-found", "There is no such thing"),
            Kind::Method => (
                StatusCode::METHOD_NOT_ALLOWED,
                "method",
                "Not with this method",
            ),
            Kind::Conflict => (StatusCode::CONFLICT, "conflict", "It does not go together"),
            Kind::Gone => (StatusCode::GONE, "gone", "No longer there"),
            Kind::TooLarge => (
                StatusCode::PAYLOAD_TOO_LARGE,
                "too-large",
                "The body is too large",
            ),
            Kind::MediaType => (
                StatusCode::UNSUPPORTED_MEDIA_TYPE,
                "media-type",
                "The body is of another type",
            ),
            Kind::Invalid => (
                StatusCode::UNPROCESSABLE_ENTITY,
                "invalid",
                "Something that was sent cannot be",
            ),
            Kind::TooMany => (StatusCode::TOO_MANY_REQUESTS, "too-many", "Too many tries"),
            Kind::Inside => (
                StatusCode::INTERNAL_SERVER_ERROR,
                "inside",
                "It failed inside the program",
            ),
            Kind::Unavailable => (
                StatusCode::SERVICE_UNAVAILABLE,
                "unavailable",
                "Not just now",
            ),
            Kind::Timeout => (StatusCode::GATEWAY_TIMEOUT, "timeout", "It took too long"),
        }
    }

    /// The status that goes with it.
    pub fn status(self) -> StatusCode {
        self.told().0
    }

    /// Its name in `type`.
    pub(crate) fn name(self) -> &'static str {
        self.told().1
    }

    /// The kind that a bare status stands for.
    fn of_status(status: StatusCode) -> Kind {
        let same = Kind::ALL.into_iter().find(|kind| kind.status() == status);
        same.unwrap_or(match status.is_server_error() {
            true => Kind::Inside,
            false => Kind::Malformed,
        })
    }
}

/// A fault of one field of what was sent.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct FieldProblem {
    /// The field, as the request names it.
    pub field: String,
    /// The kind of fault, for programs.
    pub code: String,
    /// What is wrong and what to do.
    pub message: String,
}

/// Something that went wrong.
#[derive(Clone, Debug)]
pub struct Problem {
    kind: Kind,
    detail: String,
    fields: Vec<FieldProblem>,
    retry_after: Option<u64>,
}

/// A problem as it is sent (RFC 9457).
#[derive(Serialize, ToSchema)]
#[schema(as = Problem)]
pub(crate) struct ProblemShown {
    /// The kind of problem, as a URI.
    #[schema(example = "urn:svetofor:problem:invalid")]
    r#type: String,
    /// The kind in words.
    title: &'static str,
    /// The status of the answer.
    #[schema(example = 422)]
    status: u16,
    /// What happened, and what to do.
    detail: String,
    /// The id of the request, under which the server's log tells more.
    instance: String,
    /// What is wrong with which fields.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    fields: Vec<FieldProblem>,
}

impl Problem {
    /// A problem of a kind, with what happened and what to do.
    pub fn new(kind: Kind, detail: impl Into<String>) -> Problem {
        Problem {
            kind,
            detail: detail.into(),
            fields: Vec::new(),
            retry_after: None,
        }
    }

    /// A fault of one field.
    pub fn field(field: &str, code: &str, message: impl Into<String>) -> Problem {
        let message = message.into();
        let mut problem = Problem::new(Kind::Invalid, format!("{field}: {message}"));
        problem.fields.push(FieldProblem {
            field: field.to_string(),
            code: code.to_string(),
            message,
        });
        problem
    }

    /// Nobody is logged in.
    pub fn unauthenticated() -> Problem {
        let detail = "log in, or send a token: Authorization: Bearer svt_…";
        Problem::new(Kind::Unauthenticated, detail)
    }

    /// With the seconds after which a new try makes sense.
    pub fn retry(mut self, seconds: u64) -> Problem {
        self.retry_after = Some(seconds);
        self
    }

    /// Its kind.
    pub fn kind(&self) -> Kind {
        self.kind
    }

    /// What happened.
    pub fn detail(&self) -> &str {
        &self.detail
    }

    /// Something failed inside; the log has it, the caller is not told.
    pub(crate) fn inside(error: &dyn std::fmt::Display) -> Problem {
        tracing::error!(error = %error, "failed inside");
        let detail = "nothing was changed; the server's log tells more under this request's id";
        Problem::new(Kind::Inside, detail)
    }

    fn of_status(status: StatusCode) -> Problem {
        let kind = Kind::of_status(status);
        let detail = match kind {
            Kind::NotFound => "there is nothing at this address; see /api/v1/openapi.json",
            Kind::Method => "this address knows other methods; see the header Allow",
            Kind::TooLarge => "the body is larger than this address takes; send less at once",
            Kind::Timeout => "it took too long and was given up; try again",
            Kind::MediaType => "send the body as the OpenAPI document says",
            _ => kind.told().2,
        };
        Problem::new(kind, detail)
    }

    pub(crate) fn shown(&self, request: &str) -> ProblemShown {
        let (status, name, title) = self.kind.told();
        ProblemShown {
            r#type: format!("urn:svetofor:problem:{name}"),
            title,
            status: status.as_u16(),
            detail: self.detail.clone(),
            instance: request.to_string(),
            fields: self.fields.clone(),
        }
    }
}

impl From<app::Error> for Problem {
    fn from(error: app::Error) -> Problem {
        use app::Error;
        let told = error.to_string();
        match error {
            Error::Denied(_) | Error::OutOfScope(_) | Error::SessionOnly | Error::NoEmployee => {
                Problem::new(Kind::Denied, told)
            }
            Error::NotFound { .. } => Problem::new(Kind::NotFound, told),
            Error::Conflict(_) | Error::Clash(_) | Error::Refused(_) => {
                Problem::new(Kind::Conflict, told)
            }
            Error::WrongLogin => Problem::new(Kind::Unauthenticated, told),
            Error::DeadLink | Error::FilesGone(_) => Problem::new(Kind::Gone, told),
            Error::Invalid(faults) => {
                let mut problem = Problem::new(Kind::Invalid, told);
                problem.fields = faults
                    .into_iter()
                    .map(|fault| FieldProblem {
                        field: fault.field.to_string(),
                        code: fault.code.to_string(),
                        message: fault.message,
                    })
                    .collect();
                problem
            }
            Error::Store(error) => error.into(),
            Error::Inside(_) => Problem::inside(&told),
        }
    }
}

impl From<StoreError> for Problem {
    fn from(error: StoreError) -> Problem {
        let told = error.to_string();
        match error {
            StoreError::Missing { .. } => Problem::new(Kind::NotFound, told),
            StoreError::Taken { .. } => Problem::new(Kind::Conflict, told),
            StoreError::TooLong { .. } => Problem::new(Kind::Invalid, told),
            StoreError::Busy => {
                tracing::warn!("the store is busy");
                Problem::new(Kind::Unavailable, "the store is busy; try again").retry(1)
            }
            StoreError::Full => {
                tracing::error!(error = %error, "the disk is full");
                Problem::new(
                    Kind::Unavailable,
                    "the server's disk is full; nothing was changed",
                )
            }
            error => Problem::inside(&error),
        }
    }
}

/// Every operation may answer so.
impl IntoResponses for Problem {
    fn responses() -> BTreeMap<String, RefOr<openapi::Response>> {
        let content = Content::new(Some(Ref::from_schema_name("Problem")));
        let told = |description: &str| {
            let response = ResponseBuilder::new()
                .description(description)
                .content("application/problem+json", content.clone())
                .build();
            RefOr::T(response)
        };
        BTreeMap::from([
            ("4XX".to_string(), told("What cannot be, and why")),
            ("5XX".to_string(), told("What failed in the server")),
        ])
    }
}

impl IntoResponse for Problem {
    fn into_response(self) -> axum::response::Response {
        let mut response = self.kind.status().into_response();
        response.extensions_mut().insert(self);
        response
    }
}

/// The layer that writes problems out.
pub(crate) async fn tell(
    State(state): State<AppState>,
    request: Request,
    next: Next,
) -> Response<Body> {
    let path = request.uri().path();
    let machine = ["/api/", "/health", "/ready", "/metrics"];
    let machine = machine.iter().any(|prefix| path.starts_with(prefix));
    let id = RequestId::of(&request).to_string();
    let lang = pages::lang_of(request.headers());
    let asked = (!machine).then(|| request.headers().clone());
    let mut response = next.run(request).await;
    let status = response.status();
    if !status.is_client_error() && !status.is_server_error() {
        return response;
    }
    let problem = match response.extensions_mut().remove::<Problem>() {
        Some(problem) => problem,
        // A page that answers with an error of its own.
        None if response.headers().get(CONTENT_TYPE).is_some_and(is_html) => return response,
        None => Problem::of_status(status),
    };
    let mut told = match asked {
        None => json(&problem, &id),
        Some(headers) => {
            let visitor = match problem.kind {
                // The store is the last that one should ask now.
                Kind::Inside | Kind::Unavailable | Kind::Timeout => None,
                _ => pages::Visitor::of(&headers, "/", &state).await.ok(),
            };
            pages::problem(&problem, &id, lang, visitor.flatten().as_ref())
        }
    };
    let headers = told.headers_mut();
    if let Some(allow) = response.headers_mut().remove(ALLOW) {
        headers.insert(ALLOW, allow);
    }
    if let Some(seconds) = problem.retry_after {
        headers.insert(RETRY_AFTER, seconds.into());
    }
    if machine && problem.kind == Kind::Unauthenticated {
        headers.insert(WWW_AUTHENTICATE, HeaderValue::from_static("Bearer"));
    }
    told
}

fn is_html(value: &HeaderValue) -> bool {
    value.as_bytes().starts_with(b"text/html")
}

fn json(problem: &Problem, id: &str) -> Response<Body> {
    let body = serde_json::to_vec(&problem.shown(id)).unwrap_or_default();
    let json = HeaderValue::from_static("application/problem+json");
    (problem.kind.status(), [(CONTENT_TYPE, json)], body).into_response()
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::*;

    #[test]
    fn kinds_differ_in_status_and_name() {
        let told: Vec<_> = Kind::ALL.into_iter().map(Kind::told).collect();
        let names: HashSet<_> = told.iter().map(|(_, name, _)| name).collect();
        let statuses: HashSet<_> = told.iter().map(|(status, ..)| status).collect();
        assert_eq!(
            (names.len(), statuses.len()),
            (Kind::ALL.len(), Kind::ALL.len())
        );
        for kind in Kind::ALL {
            assert_eq!(Kind::of_status(kind.status()), kind);
        }
        assert_eq!(Kind::of_status(StatusCode::IM_A_TEAPOT), Kind::Malformed);
        assert_eq!(Kind::of_status(StatusCode::BAD_GATEWAY), Kind::Inside);
    }

    #[test]
    fn what_fails_inside_is_not_told() {
        let problem = Problem::from(app::Error::Inside("secret path".into()));
        assert!(!problem.detail().contains("secret"));
    }
}
