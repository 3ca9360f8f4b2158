//! A move that is not allowed, and what is.

use std::fmt;

use history::Instant;

use super::decision::MoveKind;

/// Why a move is not allowed.
#[derive(Clone, Copy, PartialEq, Eq, Debug, thiserror::Error)]
pub enum Why {
    /// The facts no longer give the finding.
    #[error("the finding was withdrawn: the facts no longer give it")]
    Withdrawn,
    /// Made by hand, and not passed on.
    #[error("the coordinator has not passed the finding on")]
    Held,
    /// The person has seen it.
    #[error("the finding was told before")]
    AlreadyTold,
    /// The same cause again.
    #[error("the finding is acknowledged with this cause")]
    AlreadyAcknowledged,
    /// Mended before.
    #[error("the finding is cured")]
    AlreadyCured,
    /// A dispute is open.
    #[error("the finding is disputed and waits for its judge")]
    DisputeWaits,
    /// There is no dispute to judge.
    #[error("the finding is not disputed")]
    NotDisputed,
    /// A dispute was judged.
    #[error("the finding was disputed and decided; somebody allowed to must reopen it first")]
    AlreadyDecided,
    /// A dispute took it out.
    #[error("the finding was dismissed")]
    Dismissed,
    /// The time for a dispute is over.
    #[error("the finding could be disputed until {} only", utc(*.0))]
    TooLate(Instant),
    /// Whoever disputes does not judge.
    #[error("you disputed the finding: somebody else must do this")]
    OwnDispute,
    /// Whom it is held against does not judge.
    #[error("the finding is held against you: somebody else must do this")]
    HeldAgainstYou,
    /// Whoever made it does not judge.
    #[error("you made the finding: somebody else must judge the dispute")]
    MadeByYou,
    /// Nothing was decided.
    #[error("there is nothing to reopen: nothing was decided, and it can still be disputed")]
    NothingToReopen,
    /// Nobody decided anything.
    #[error("there is no decision to take back")]
    NothingToUndo,
    /// Somebody else decided.
    #[error("the decision is not yours: only who decided takes it back")]
    NotYourDecision,
    /// Somebody else decided after you.
    #[error("somebody has decided on the finding since: your decision cannot be taken back")]
    DecidedSince,
    /// The seconds are over.
    #[error("a decision can be taken back for 10 seconds only")]
    TooLateToUndo,
}

/// A move that is not allowed.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Refused {
    /// Why not.
    pub why: Why,
    /// What this person may do with the finding now, if their access lets them.
    pub allowed: Vec<MoveKind>,
}

impl fmt::Display for Refused {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}; possible now: ", self.why)?;
        if self.allowed.is_empty() {
            return f.write_str("nothing");
        }
        for (place, kind) in self.allowed.iter().enumerate() {
            let comma = if place == 0 { "" } else { ", " };
            write!(f, "{comma}{}", kind.as_str())?;
        }
        Ok(())
    }
}

impl std::error::Error for Refused {}

fn utc(at: Instant) -> String {
    jiff::Timestamp::from_millisecond(at).map_or_else(|_| at.to_string(), |at| at.to_string())
}
