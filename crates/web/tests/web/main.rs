//! The server as it is seen from outside, on SQLite and on PostgreSQL; one file a matter.

// Helpers of tests may fail loudly too.
#![allow(clippy::unwrap_used)]

mod admin;
mod app;
mod board;
mod channels;
mod control;
mod days;
mod director;
mod headers;
mod jobs;
mod life;
mod live;
mod login;
mod notes;
mod notices;
mod objects;
mod openapi;
mod pages;
mod pages_work;
mod people;
mod permissions;
mod problems;
mod regulation;
mod reports;
mod reports_api;
mod sales;
mod search;
mod tables;
mod telling;
mod tokens;
