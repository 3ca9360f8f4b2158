//! A report as a file, as pages and the API answer with it.

use app::Error;
use app::reports::{File, Form};
use axum::body::Body;
use axum::http::header::{CONTENT_DISPOSITION, CONTENT_SECURITY_POLICY, CONTENT_TYPE};
use axum::http::{HeaderValue, Response};

/// A page that was made to be opened anywhere: its looks stand in it, and nothing else does.
const POLICY: HeaderValue = HeaderValue::from_static(
    "default-src 'none'; style-src 'unsafe-inline'; img-src data:; frame-ancestors 'none'; \
     base-uri 'none'; form-action 'none'",
);

/// The form of a name in an address.
pub(crate) fn form(name: &str) -> Result<Form, Error> {
    Form::of_name(name).ok_or_else(|| Error::NotFound {
        what: "form of a report",
        id: name.to_owned(),
    })
}

/// The answer: a page opens, everything else is saved.
pub(crate) fn answer(form: Form, file: File) -> Result<Response<Body>, Error> {
    let shown = match form {
        Form::Page => "inline",
        _ => "attachment",
    };
    let answer = Response::builder()
        .header(CONTENT_TYPE, file.media_type)
        .header(CONTENT_SECURITY_POLICY, POLICY)
        .header(
            CONTENT_DISPOSITION,
            format!("{shown}; filename=\"{}\"", file.name),
        )
        .body(Body::from(file.bytes));
    answer.map_err(|error| Error::Inside(error.to_string()))
}
