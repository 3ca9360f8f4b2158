//! What is wrong with what is said of employees.

use history::Instant;
use history::write::MembershipRow;
use jiff::civil::Date;

use crate::error::{Error, Fault};

/// Every code that a fault of what is said of employees has, so that none is without words on a page.
pub const FAULTS: [&str; 10] = [
    "id",
    "role",
    "date",
    "order",
    "missing",
    "kind",
    "instant",
    "overlap",
    "taken",
    "changed_meanwhile",
];

/// What is wrong with values, all at once.
#[derive(Default)]
pub(super) struct Faults(Vec<Fault>);

impl Faults {
    pub(super) fn add(
        &mut self,
        field: &'static str,
        code: &'static str,
        message: impl Into<String>,
    ) {
        self.0.push(Fault::new(field, code, message));
    }

    pub(super) fn id(&mut self, field: &'static str, id: &str) {
        if id.trim().is_empty() || id.len() > store::MAX_NAME {
            let message = format!("from 1 to {} bytes", store::MAX_NAME);
            self.add(field, "id", message);
        }
    }

    pub(super) fn role(&mut self, role: &str) {
        if !role.is_empty() && history::Role::parse(role).is_none() {
            let message = format!("{role:?}; write seller, manager, performer, lead or other");
            self.add("role", "role", message);
        }
    }

    pub(super) fn date(&mut self, field: &'static str, text: &str) -> Option<Date> {
        if text.is_empty() {
            return None;
        }
        let date = text.parse().ok();
        if date.is_none() {
            self.add(
                field,
                "date",
                format!("{text:?}; write a date like 2026-03-01"),
            );
        }
        date
    }

    pub(super) fn instant(&mut self, field: &'static str, text: &str) -> Option<Instant> {
        if text.is_empty() {
            return None;
        }
        let instant = history::read::parse_instant(text);
        if instant.is_none() {
            let message = format!("{text:?}; write an instant like 2026-03-01T09:00:00+03:00");
            self.add(field, "instant", message);
        }
        instant
    }

    /// Where somebody was, from one day up to another.
    pub(super) fn membership(&mut self, row: &MembershipRow) {
        self.role(&row.role);
        let from = self.date("from", &row.from);
        let to = self.date("to", &row.to);
        if let (Some(from), Some(to)) = (from, to)
            && to <= from
        {
            self.add("to", "order", format!("{to} is not after {from}"));
        }
    }

    pub(super) fn done(self) -> Result<(), Error> {
        if self.0.is_empty() {
            Ok(())
        } else {
            Err(Error::Invalid(self.0))
        }
    }
}
