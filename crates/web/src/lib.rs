//! HTTP: the REST API, sessions, health and metrics. Thin: a handler reads the request, calls one
//! use case of `app`, and writes the answer.
//!
//! It must never know SQL or decide who may do what.
