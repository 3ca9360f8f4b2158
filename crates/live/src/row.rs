//! A finding as it is kept: in words, apart from any history.

use history::Instant;

use crate::Identity;

/// A finding in words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Row {
    /// What makes it the same finding after it was judged again.
    pub identity: Identity,
    /// What is found.
    pub values: Values,
    /// Whether it follows from the facts; one that no longer does is withdrawn.
    pub standing: bool,
}

/// What is found.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Values {
    /// The file of the version of the regulation that judged it.
    pub regulation: String,
    /// Severity by that version: `remark`, `violation`, `gross`.
    pub severity: String,
    /// The deal, or empty.
    pub deal: String,
    /// Whom it is held against, or empty.
    pub employee: String,
    /// The stage at the breach, or empty.
    pub stage: String,
    /// The breach.
    pub at: Instant,
    /// When it was cured; none: it lasts, or there is nothing to cure.
    pub until: Option<Instant>,
    /// The deal's price at the breach, in hundredths.
    pub amount: Option<i64>,
    /// A number for the message.
    pub count: u32,
}
