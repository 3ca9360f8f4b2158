//! What people decide about a finding: an append-only list.

use history::Instant;

/// Why a fault happened, as the person says.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum Cause {
    /// Did not know how it is to be done.
    DidNotKnow,
    /// Too much work.
    Overload,
    /// The client.
    Client,
    /// The process itself.
    Process,
    /// The CRM failed.
    CrmFault,
    /// Anything else.
    Other,
}

impl Cause {
    /// Every cause.
    pub const ALL: &'static [Cause] = &[
        Cause::DidNotKnow,
        Cause::Overload,
        Cause::Client,
        Cause::Process,
        Cause::CrmFault,
        Cause::Other,
    ];

    /// The word for it.
    pub fn as_str(self) -> &'static str {
        match self {
            Cause::DidNotKnow => "did_not_know",
            Cause::Overload => "overload",
            Cause::Client => "client",
            Cause::Process => "process",
            Cause::CrmFault => "crm_fault",
            Cause::Other => "other",
        }
    }

    /// The cause that `word` means.
    pub fn parse(word: &str) -> Option<Cause> {
        Cause::ALL
            .iter()
            .copied()
            .find(|cause| cause.as_str() == word)
    }
}

/// How a dispute ends.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum Outcome {
    /// The finding stands.
    Upheld,
    /// It stands one severity lower.
    Partly,
    /// It does not stand.
    Dismissed,
}

impl Outcome {
    /// Every outcome.
    pub const ALL: &'static [Outcome] = &[Outcome::Upheld, Outcome::Partly, Outcome::Dismissed];

    /// The word for it.
    pub fn as_str(self) -> &'static str {
        match self {
            Outcome::Upheld => "upheld",
            Outcome::Partly => "partly",
            Outcome::Dismissed => "dismissed",
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

/// One step in the life of a finding.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum Move {
    /// It was shown or delivered to the person it is held against.
    Told,
    /// The person agrees, and says why it happened.
    Acknowledged(Cause),
    /// It was mended, though no fact says so.
    Cured,
    /// The person holds it to be wrong.
    Disputed,
    /// Somebody else judged the dispute.
    Decided(Outcome),
    /// It begins anew: verdict, acknowledgement and mark of cure hold no longer.
    Reopened,
    /// Whoever decided last took that back: neither of the two decisions holds.
    Undone,
}

/// The kind of a [`Move`], without what comes with it.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum MoveKind {
    /// See [`Move::Told`].
    Tell,
    /// See [`Move::Acknowledged`].
    Acknowledge,
    /// See [`Move::Cured`].
    Cure,
    /// See [`Move::Disputed`].
    Dispute,
    /// See [`Move::Decided`].
    Decide,
    /// See [`Move::Reopened`].
    Reopen,
    /// See [`Move::Undone`].
    Undo,
}

impl MoveKind {
    /// Every kind that begins where a finding stands. Undoing asks only who decided last, and when.
    pub const ALL: &'static [MoveKind] = &[
        MoveKind::Tell,
        MoveKind::Acknowledge,
        MoveKind::Cure,
        MoveKind::Dispute,
        MoveKind::Decide,
        MoveKind::Reopen,
    ];

    /// The word for it.
    pub fn as_str(self) -> &'static str {
        match self {
            MoveKind::Tell => "tell",
            MoveKind::Acknowledge => "acknowledge",
            MoveKind::Cure => "cure",
            MoveKind::Dispute => "dispute",
            MoveKind::Decide => "decide",
            MoveKind::Reopen => "reopen",
            MoveKind::Undo => "undo",
        }
    }
}

impl Move {
    /// Its kind.
    pub fn kind(self) -> MoveKind {
        match self {
            Move::Told => MoveKind::Tell,
            Move::Acknowledged(_) => MoveKind::Acknowledge,
            Move::Cured => MoveKind::Cure,
            Move::Disputed => MoveKind::Dispute,
            Move::Decided(_) => MoveKind::Decide,
            Move::Reopened => MoveKind::Reopen,
            Move::Undone => MoveKind::Undo,
        }
    }

    /// The words that are kept: of the move, and of its cause.
    pub fn words(self) -> (&'static str, &'static str) {
        match self {
            Move::Told => ("told", ""),
            Move::Acknowledged(cause) => ("acknowledged", cause.as_str()),
            Move::Cured => ("cured", ""),
            Move::Disputed => ("disputed", ""),
            Move::Decided(outcome) => (outcome.as_str(), ""),
            Move::Reopened => ("reopened", ""),
            Move::Undone => ("undone", ""),
        }
    }

    /// The move that the words mean.
    pub fn parse(word: &str, cause: &str) -> Option<Move> {
        Some(match word {
            "told" => Move::Told,
            "acknowledged" => Move::Acknowledged(Cause::parse(cause)?),
            "cured" => Move::Cured,
            "disputed" => Move::Disputed,
            "reopened" => Move::Reopened,
            "undone" => Move::Undone,
            _ => Move::Decided(Outcome::parse(word)?),
        })
    }
}

/// A move that was made.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Decision {
    /// Its place among all that the company's people ever decided.
    pub sequence: i64,
    /// When.
    pub at: Instant,
    /// Which person; empty: the program.
    pub author: String,
    /// What.
    pub made: Move,
    /// What was said with it; the channel, where it tells.
    pub text: String,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_mean_what_was_kept() {
        let plain = [
            Move::Told,
            Move::Cured,
            Move::Disputed,
            Move::Reopened,
            Move::Undone,
        ];
        let causes = Cause::ALL.iter().map(|cause| Move::Acknowledged(*cause));
        let outcomes = Outcome::ALL.iter().map(|outcome| Move::Decided(*outcome));
        for made in plain.into_iter().chain(causes).chain(outcomes) {
            let (word, cause) = made.words();
            assert_eq!(Move::parse(word, cause), Some(made));
        }
        assert_eq!(Move::parse("acknowledged", "weather"), None);
        assert_eq!(Move::parse("forgiven", ""), None);
    }
}
