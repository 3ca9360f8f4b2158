//! How a rule stands with the people it judges: what share of its findings disputes overturn.

use super::decision::Outcome;
use super::share::Share;

/// From how many decided disputes on a share is told.
pub const ENOUGH: u64 = 20;

/// Decided disputes of a rule, by the verdict in force.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Tally {
    /// Findings that stand.
    pub upheld: u64,
    /// Findings that stand one severity lower.
    pub partly: u64,
    /// Findings that do not stand.
    pub dismissed: u64,
}

impl Tally {
    /// Adds so many verdicts.
    pub fn add(&mut self, outcome: Outcome, count: u64) {
        match outcome {
            Outcome::Upheld => self.upheld += count,
            Outcome::Partly => self.partly += count,
            Outcome::Dismissed => self.dismissed += count,
        }
    }

    /// All decided disputes.
    pub fn decided(&self) -> u64 {
        self.upheld + self.partly + self.dismissed
    }

    /// The share of overturned findings; none where too few are decided.
    pub fn overturned(&self) -> Option<Share> {
        let decided = self.decided();
        if decided < ENOUGH {
            return None;
        }
        Share::of(self.dismissed, decided)
    }

    /// What was decided since `earlier`. A verdict that was lifted since counts on neither side.
    pub fn since(&self, earlier: &Tally) -> Tally {
        Tally {
            upheld: self.upheld.saturating_sub(earlier.upheld),
            partly: self.partly.saturating_sub(earlier.partly),
            dismissed: self.dismissed.saturating_sub(earlier.dismissed),
        }
    }
}

/// What was decided about a rule.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum Ruling {
    /// Too many of its findings were overturned: the program let it fall to advice.
    Fell,
    /// A person keeps it as advice.
    Advice,
    /// A person put it back in force.
    InForce,
}

impl Ruling {
    /// Every ruling.
    pub const ALL: &'static [Ruling] = &[Ruling::Fell, Ruling::Advice, Ruling::InForce];

    /// The word for it.
    pub fn as_str(self) -> &'static str {
        match self {
            Ruling::Fell => "fell",
            Ruling::Advice => "advice",
            Ruling::InForce => "in_force",
        }
    }

    /// The ruling that `word` means.
    pub fn parse(word: &str) -> Option<Ruling> {
        Ruling::ALL
            .iter()
            .copied()
            .find(|ruling| ruling.as_str() == word)
    }

    /// Whether the rule is advice by it.
    pub fn is_advice(self) -> bool {
        self != Ruling::InForce
    }
}

/// Whether a rule falls to advice now: with its tally, the last ruling about it with the tally of
/// that time, and the share from which on a rule falls.
///
/// What was decided before a ruling is spent: back in force, a rule falls again only on what was
/// decided since.
pub fn falls(tally: &Tally, last: Option<(Ruling, &Tally)>, limit: f64) -> bool {
    let fresh = match last {
        Some((ruling, _)) if ruling.is_advice() => return false,
        Some((_, then)) => tally.since(then),
        None => *tally,
    };
    fresh
        .overturned()
        .is_some_and(|share| share.interval.0 > limit)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tally(upheld: u64, partly: u64, dismissed: u64) -> Tally {
        Tally {
            upheld,
            partly,
            dismissed,
        }
    }

    #[test]
    fn nothing_is_told_of_fewer_than_twenty() {
        assert_eq!(tally(0, 0, 19).overturned(), None);
        assert!(!falls(&tally(0, 0, 19), None, 0.3));
        let told = tally(8, 2, 10).overturned().unwrap();
        assert_eq!(told.share, 0.5);
        let (low, high) = told.interval;
        assert_eq!(format!("{low:.3} {high:.3}"), "0.299 0.701");
    }

    #[test]
    fn a_rule_falls_when_the_lower_bound_passes_the_limit() {
        // 10 of 20: 29.9 %; 11 of 20: 34.2 %.
        assert!(!falls(&tally(10, 0, 10), None, 0.3));
        assert!(falls(&tally(9, 0, 11), None, 0.3));
        // Partly is no overturning.
        assert!(!falls(&tally(5, 5, 10), None, 0.3));
    }

    #[test]
    fn back_in_force_it_does_not_fall_on_the_same_evidence() {
        let then = tally(9, 0, 11);
        let back = Some((Ruling::InForce, &then));
        assert!(!falls(&then, back, 0.3));
        assert!(!falls(&tally(9, 0, 30), back, 0.3), "19 are too few");
        assert!(falls(&tally(9, 0, 31), back, 0.3));
        // What is advice stays so until somebody decides.
        assert!(!falls(&tally(9, 0, 31), Some((Ruling::Fell, &then)), 0.3));
        assert!(!falls(&tally(9, 0, 31), Some((Ruling::Advice, &then)), 0.3));
        // A verdict lifted since the ruling does not make others vanish.
        assert_eq!(tally(8, 0, 31).since(&then), tally(0, 0, 20));
    }
}
