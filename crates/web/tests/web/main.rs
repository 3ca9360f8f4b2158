//! The server as it is seen from outside, on SQLite and on PostgreSQL; one file a matter.

mod app;
mod headers;
mod life;
mod live;
mod login;
mod openapi;
mod pages;
mod people;
mod permissions;
mod problems;
mod tokens;
