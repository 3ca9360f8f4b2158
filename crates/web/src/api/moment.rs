//! Instants as they come in.

use app::Instant;
use history::Reason;
use history::read::parse_instant;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::problem::Problem;

/// An instant: RFC 3339 with an offset, or Unix milliseconds.
#[derive(Deserialize, Serialize, ToSchema)]
#[serde(untagged)]
pub(crate) enum Moment {
    Ms(i64),
    Text(String),
}

impl Moment {
    /// The instant in a column of an event.
    pub fn instant(&self, column: &'static str) -> Result<Instant, Reason> {
        let text = match self {
            Moment::Ms(ms) => &ms.to_string(),
            Moment::Text(text) => text,
        };
        let expected = "an instant like 2026-03-01T09:00:00+03:00";
        parse_instant(text).ok_or_else(|| Reason::bad(column, text, expected))
    }

    /// The instant in a field of a request.
    pub fn of_field(&self, field: &'static str) -> Result<Instant, Problem> {
        let message = "an instant like 2026-03-01T09:00:00+03:00, or Unix milliseconds";
        let unfit = |_: Reason| Problem::field(field, "instant", message);
        self.instant(field).map_err(unfit)
    }
}
