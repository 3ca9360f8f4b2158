//! HTTP: the REST API, sessions, health and metrics. Thin: a handler reads the request, calls one
//! use case of `app`, and writes the answer.
//!
//! It must never know SQL or decide who may do what.
//!
//! # Adding a route
//!
//! 1. A file `src/api/NOUN.rs` with handlers, each with its `#[utoipa::path(...)]`, and a
//!    `pub fn routes() -> OpenApiRouter<AppState>` that names them.
//! 2. One line in `src/api/mod.rs`.
//! 3. A line for each new operation in the table of `tests/permissions.rs`; without it the test
//!    fails, and so does a route that the OpenAPI document does not know.
//!
//! A handler takes a [`Caller`] (who acts, in which company; answers 401 by itself), reads bodies
//! with [`Json`] and query strings with [`Query`] (which answer 4xx by themselves), and returns
//! `Result<_, Problem>`; `?` turns every [`app::Error`] into the right answer. Lists take
//! [`Paging`] and answer a [`Page`].

mod api;
mod clock;
mod cookies;
mod extract;
mod headers;
mod limits;
mod loaded;
mod log;
mod metrics;
mod ops;
mod pages;
mod paging;
mod problem;
mod report_file;
mod router;
mod serve;
mod settings;
mod state;

pub use clock::Clock;
pub use extract::{Caller, Guest, Json, Query};
pub use metrics::Metrics;
pub use paging::{Page, Paging};
pub use problem::{FieldProblem, Kind, Problem};
pub use router::{openapi, router};
pub use serve::serve;
pub use settings::Settings;
pub use state::AppState;
