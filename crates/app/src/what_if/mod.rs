//! What the last year would have been, had the regulation demanded something else.
//!
//! People react to rules, so it is the most that could have been found, not a forecast. Findings
//! are taken after people have looked at them, as all figures take them: a decision goes with the
//! finding that it was made about, and exemptions cover by what they name.

mod told;
mod work;

use audit::regulation::Regulation;
use audit::regulation::edit::{self, NewValue};
use figures::Span;
use figures::what_if::Trial;
use history::Instant;
use jiff::ToSpan;
use wording::Lang;

use crate::actor::Actor;
use crate::audits::{Audits, heavy};
use crate::error::{Error, Fault};
use crate::life::book::Book;
use crate::permissions::{Deed, Reach};
use crate::regulation::{current, parse};
pub use told::{ChangedLights, Left, Line, Part, WhatIf};

/// What is tried.
#[derive(Clone, Debug, PartialEq)]
pub enum Tried {
    /// The text of a whole version.
    Text(String),
    /// The version in force with other values for some keys of a rule.
    Values {
        /// The entry's name.
        rule: String,
        /// The keys, each by its path, and what they are to be.
        values: Vec<(Vec<String>, NewValue)>,
    },
}

/// What somebody who asks may see of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Sees {
    /// Figures of people and groups.
    pub people: bool,
    /// Findings themselves.
    pub findings: bool,
}

/// Who may ask what would have been: whoever manages the regulation, or sees everybody's figures.
///
/// # Errors
/// Where the access allows neither.
pub fn sees(actor: &Actor) -> Result<Sees, Error> {
    let reaches = |deed| actor.reach(deed).ok() == Some(Reach::All);
    let sees = Sees {
        people: reaches(Deed::SeeFigures),
        findings: reaches(Deed::SeeFindings),
    };
    if !sees.people && !reaches(Deed::ManageRegulation) {
        // Says what the access or the token lacks.
        actor.reach(Deed::ManageRegulation)?;
        return Err(Error::Denied(Deed::ManageRegulation));
    }
    Ok(sees)
}

/// The last year: up to the day of `now`, and from the day after the same one a year before.
pub fn last_year(zone: &worktime::Zone, now: Instant) -> Span {
    let today = zone.date(now);
    let from = today.saturating_sub(1.year()).saturating_add(1.day());
    Span::days(Some(from), Some(today))
}

/// The text that is tried.
///
/// # Errors
/// Where the version in force has no such rule.
pub fn text(regulation: &Regulation, tried: &Tried, now: Instant) -> Result<String, Error> {
    let present = &regulation.versions()[current(regulation, now)];
    match tried {
        Tried::Text(text) => Ok(text.clone()),
        Tried::Values { rule, values } => {
            let mut text = present.source.to_string();
            for (path, value) in values {
                let path: Vec<&str> = path.iter().map(String::as_str).collect();
                let changed = edit::set(&text, rule, &path, value);
                let absent = || Fault::new("rule", "unknown", "there is no such rule in force");
                text = changed.ok_or_else(absent)?;
            }
            Ok(text)
        }
    }
}

/// Reckons what the period would have been; without one it is the last year. Whoever sees nobody's
/// figures gets none of people.
///
/// # Errors
/// Where the access does not allow it, the text has mistakes, or the store fails.
pub async fn what_if<T>(
    audits: &Audits,
    actor: &Actor,
    (tried, span): (&Tried, Option<Span>),
    (lang, now): (Lang, Instant),
    read: impl FnOnce(&WhatIf<'_>) -> T,
) -> Result<T, Error> {
    let sees = sees(actor)?;
    let audit = audits.read(&actor.company, now).await?;
    let regulation = audit.live().regulation();
    let other = parse(&text(regulation, tried, now)?, lang)?;
    let book = Book::open(audits.store(), &actor.company).await?;
    let span = span.unwrap_or_else(|| last_year(&other.zone, now));
    heavy(|| {
        let trial = Trial::new(regulation, current(regulation, now), other);
        Ok(work::reckon(&audit, &book, &trial, span, sees, read))
    })
}
