//! Exemptions: "do not pay attention to this", with scope, reason, author and an end.

use history::Instant;

use super::finding::Facts;

/// What an exemption is about; empty: anything. All that is given must match.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Scope {
    /// The name of a rule.
    pub rule: String,
    /// A deal.
    pub deal: String,
    /// An employee.
    pub employee: String,
    /// A stage.
    pub stage: String,
}

impl Scope {
    /// Whether a finding lies within.
    pub fn holds(&self, facts: &Facts<'_>) -> bool {
        let pairs = [
            (&self.rule, facts.rule),
            (&self.deal, facts.deal),
            (&self.employee, facts.employee),
            (&self.stage, facts.stage),
        ];
        let given = |(asked, _): &(&String, &str)| !asked.is_empty();
        pairs.iter().any(given) && pairs.iter().filter(|p| given(p)).all(|(a, b)| a == b)
    }
}

/// A decision not to pay attention to some findings for some time.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Exemption {
    /// Its id.
    pub id: String,
    /// What it is about.
    pub scope: Scope,
    /// Why.
    pub reason: String,
    /// Which person made it.
    pub author: String,
    /// When it was made.
    pub made_at: Instant,
    /// The first breach it covers.
    pub from: Instant,
    /// The first breach that it no longer covers.
    pub until: Instant,
    /// When it was ended early.
    pub ended: Option<Instant>,
}

/// An exemption that cannot be made.
#[derive(Clone, Copy, PartialEq, Eq, Debug, thiserror::Error)]
pub enum Unfit {
    /// It would hide everything.
    #[error("an exemption names a rule, a deal, an employee or a stage, or several of them")]
    NoScope,
    /// Nobody would know why.
    #[error("an exemption has a reason: write why nobody should pay attention")]
    NoReason,
    /// It would cover nothing.
    #[error("an exemption ends after it begins")]
    EndsBeforeItBegins,
    /// It would be over at once.
    #[error("an exemption ends in the future")]
    Over,
    /// It was ended before, or has run out.
    #[error("the exemption is over")]
    EndedBefore,
}

impl Exemption {
    /// Checks what somebody asks for.
    ///
    /// # Errors
    ///
    /// When it names nothing, gives no reason, ends before it begins or has run out at `now`.
    pub fn check(&self, now: Instant) -> Result<(), Unfit> {
        if self.scope == Scope::default() {
            Err(Unfit::NoScope)
        } else if self.reason.trim().is_empty() {
            Err(Unfit::NoReason)
        } else if self.until <= self.from {
            Err(Unfit::EndsBeforeItBegins)
        } else if self.until <= now {
            Err(Unfit::Over)
        } else {
            Ok(())
        }
    }

    /// Whether it can be ended at `now`.
    ///
    /// # Errors
    ///
    /// When it is over already.
    pub fn check_end(&self, now: Instant) -> Result<(), Unfit> {
        if self.ends() <= now {
            return Err(Unfit::EndedBefore);
        }
        Ok(())
    }

    /// The first breach that it does not cover.
    pub fn ends(&self) -> Instant {
        self.ended.map_or(self.until, |ended| ended.min(self.until))
    }

    /// Whether it covers a finding, by the finding's breach.
    pub fn covers(&self, facts: &Facts<'_>) -> bool {
        self.from <= facts.at && facts.at < self.ends() && self.scope.holds(facts)
    }
}

/// The exemption that a finding is counted under, by its place: of several the one made first, of
/// those made at one instant the first by id.
pub fn covering(exemptions: &[Exemption], facts: &Facts<'_>) -> Option<usize> {
    let places = exemptions.iter().enumerate();
    places
        .filter(|(_, exemption)| exemption.covers(facts))
        .min_by_key(|(_, exemption)| (exemption.made_at, &exemption.id))
        .map(|(place, _)| place)
}
