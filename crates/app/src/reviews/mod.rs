//! Reviews: quality control looks at deals, one after the other, chosen by stated rules, and it is
//! known how much of whose work was looked at and how long that took.
//!
//! `choose` is a pure function of what there is to look at and what was looked at lately; `work`
//! has the use cases; `time` sums up.

pub mod choose;
pub mod time;
pub mod work;

use store::StoreError;

/// What is looked at.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum Kind {
    /// A deal.
    Deal,
}

impl Kind {
    /// Every kind.
    pub const ALL: &'static [Kind] = &[Kind::Deal];

    /// The word for it.
    pub fn as_str(self) -> &'static str {
        match self {
            Kind::Deal => "deal",
        }
    }

    /// The kind that `word` means.
    pub fn parse(word: &str) -> Option<Kind> {
        Kind::ALL.iter().copied().find(|kind| kind.as_str() == word)
    }
}

/// What came of looking at something.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum Outcome {
    /// Nothing was found.
    Clean,
    /// Something was found.
    Found,
    /// It was put back: somebody may look at it another time.
    PutBack,
}

impl Outcome {
    /// Every outcome.
    pub const ALL: &'static [Outcome] = &[Outcome::Clean, Outcome::Found, Outcome::PutBack];

    /// The word for it.
    pub fn as_str(self) -> &'static str {
        match self {
            Outcome::Clean => "clean",
            Outcome::Found => "found",
            Outcome::PutBack => "put_back",
        }
    }

    /// The outcome that `word` means.
    pub fn parse(word: &str) -> Option<Outcome> {
        Outcome::ALL
            .iter()
            .copied()
            .find(|outcome| outcome.as_str() == word)
    }
}

/// A case as it is kept, with its words read.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Case {
    /// The row.
    pub row: store::reviews::Review,
    /// What is looked at.
    pub kind: Kind,
    /// What came of it; none: it is in hand.
    pub outcome: Option<Outcome>,
}

impl Case {
    fn of(row: store::reviews::Review) -> Result<Case, StoreError> {
        let unreadable = |what: &'static str, value: &str| StoreError::Unreadable {
            what,
            value: value.to_owned(),
        };
        let kind = Kind::parse(&row.kind);
        let outcome = match row.outcome.as_str() {
            "" => None,
            word => {
                let read = Outcome::parse(word);
                Some(read.ok_or_else(|| unreadable("outcome of a review", word))?)
            }
        };
        Ok(Case {
            kind: kind.ok_or_else(|| unreadable("kind of a review", &row.kind))?,
            outcome,
            row,
        })
    }

    /// Whether it was looked at to the end.
    pub fn is_done(&self) -> bool {
        matches!(self.outcome, Some(Outcome::Clean | Outcome::Found))
    }
}
