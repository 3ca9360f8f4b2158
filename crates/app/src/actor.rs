//! Who acts: a person in one of their companies, there in person or through a token.

use std::collections::BTreeSet;

use crate::permissions::{Access, Scope};

/// Who acts, in which company. Every use case takes one.
#[derive(Clone, Debug)]
pub struct Actor {
    /// The person's id.
    pub person: String,
    /// The person's name.
    pub name: String,
    /// The company in which they act.
    pub company: String,
    /// What they may do there.
    pub access: Access,
    /// The employee of the CRM who they are, if any.
    pub employee: Option<String>,
    /// The groups that this employee leads now.
    pub groups: BTreeSet<String>,
    /// How they came in.
    pub via: Via,
}

/// How an actor came in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Via {
    /// Logged in.
    Session,
    /// With a token that is good for these.
    Token(BTreeSet<Scope>),
}
