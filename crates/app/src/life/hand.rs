//! Findings made by hand: a specialist makes one, the coordinator passes it on or exempts it.

use audit::regulation::Severity;
use history::Instant;
use worktime::Clock;

/// What a finding made by hand is about.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum Target {
    /// A deal.
    Deal,
    /// A call of a deal.
    Call,
    /// A chat of a deal.
    Chat,
    /// A person.
    Person,
}

impl Target {
    /// Every target.
    pub const ALL: &'static [Target] = &[Target::Deal, Target::Call, Target::Chat, Target::Person];

    /// The word for it.
    pub fn as_str(self) -> &'static str {
        match self {
            Target::Deal => "deal",
            Target::Call => "call",
            Target::Chat => "chat",
            Target::Person => "person",
        }
    }

    /// The target that `word` means.
    pub fn parse(word: &str) -> Option<Target> {
        Target::ALL
            .iter()
            .copied()
            .find(|target| target.as_str() == word)
    }
}

/// What a specialist writes.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Draft {
    /// What it is about.
    pub target: Target,
    /// The deal; empty: none.
    pub deal: String,
    /// Whom it is held against; empty: nobody.
    pub employee: String,
    /// The kind of fault, in the company's words.
    pub kind: String,
    /// How grave.
    pub severity: Severity,
    /// When it happened.
    pub at: Instant,
    /// What is wrong.
    pub text: String,
    /// What to do about it; empty: nothing said.
    pub recommendation: String,
    /// The key of the event it is pinned to; empty: none.
    pub event: String,
}

/// A draft that says too little, or a step that cannot be taken.
#[derive(Clone, Copy, PartialEq, Eq, Debug, thiserror::Error)]
pub enum Unfit {
    /// About a deal, but none is named.
    #[error("name the deal that the finding is about")]
    NoDeal,
    /// About a person, but nobody is named.
    #[error("name the employee that the finding is about")]
    NoEmployee,
    /// About a call or a chat, but no event is pinned.
    #[error("pin the event of the call or chat that the finding is about")]
    NoEvent,
    /// The kind is empty.
    #[error("say which kind of fault it is")]
    NoKind,
    /// The text is empty.
    #[error("write what is wrong")]
    NoText,
    /// It would happen after now.
    #[error("the finding lies in the future")]
    Future,
    /// Exempted without a word.
    #[error("write why nobody should pay attention to the finding")]
    NoReason,
    /// The coordinator is done with it.
    #[error("the finding was passed on before")]
    PassedOn,
    /// The coordinator exempted it.
    #[error("the finding was exempted")]
    Exempted,
    /// The coordinator has it still.
    #[error("the coordinator has not passed the finding on")]
    WithCoordinator,
    /// It was read before.
    #[error("the finding was read before")]
    Read,
    /// It was delivered before.
    #[error("the finding was delivered before")]
    Delivered,
}

impl Draft {
    /// Checks what somebody wrote.
    ///
    /// # Errors
    ///
    /// When something that its target asks for is missing, or it lies after `now`.
    pub fn check(&self, now: Instant) -> Result<(), Unfit> {
        let blank = |text: &str| text.trim().is_empty();
        match self.target {
            Target::Person if blank(&self.employee) => Err(Unfit::NoEmployee),
            Target::Deal | Target::Call | Target::Chat if blank(&self.deal) => Err(Unfit::NoDeal),
            Target::Call | Target::Chat if blank(&self.event) => Err(Unfit::NoEvent),
            _ if blank(&self.kind) => Err(Unfit::NoKind),
            _ if blank(&self.text) => Err(Unfit::NoText),
            _ if self.at > now => Err(Unfit::Future),
            _ => Ok(()),
        }
    }
}

/// A step on its way from the specialist to the lead.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum Step {
    /// The specialist made it.
    Made,
    /// The coordinator passed it on, perhaps in other words.
    PassedOn,
    /// The coordinator decided that nobody should pay attention to it.
    Exempted,
    /// It reached the lead.
    Delivered,
    /// The lead read it.
    Read,
}

impl Step {
    /// Every step.
    pub const ALL: &'static [Step] = &[
        Step::Made,
        Step::PassedOn,
        Step::Exempted,
        Step::Delivered,
        Step::Read,
    ];

    /// The word for it.
    pub fn as_str(self) -> &'static str {
        match self {
            Step::Made => "made",
            Step::PassedOn => "passed_on",
            Step::Exempted => "exempted",
            Step::Delivered => "delivered",
            Step::Read => "read",
        }
    }

    /// The step that `word` means.
    pub fn parse(word: &str) -> Option<Step> {
        Step::ALL.iter().copied().find(|step| step.as_str() == word)
    }
}

/// A step that was taken.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Taken {
    /// Its place among all that the company's people ever decided.
    pub sequence: i64,
    /// When.
    pub at: Instant,
    /// Which person; empty: the program.
    pub author: String,
    /// What.
    pub step: Step,
    /// The text: of [`Step::Made`] and [`Step::PassedOn`] the finding's, of [`Step::Exempted`] the
    /// reason, of [`Step::Delivered`] the channel.
    pub text: String,
    /// The recommendation that goes with the text.
    pub recommendation: String,
}

/// Where a finding made by hand is.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum Place {
    /// With the coordinator.
    WithCoordinator,
    /// With the person and the lead.
    PassedOn,
    /// Exempted by the coordinator.
    Exempted,
}

impl Place {
    /// The word for it.
    pub fn as_str(self) -> &'static str {
        match self {
            Place::WithCoordinator => "with_coordinator",
            Place::PassedOn => "passed_on",
            Place::Exempted => "exempted",
        }
    }
}

/// The way of a finding made by hand, so far.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Way {
    /// The text as it was passed on, or as it was made.
    pub text: String,
    /// The recommendation that goes with it.
    pub recommendation: String,
    /// When it was passed on.
    pub passed_on: Option<Instant>,
    /// Which person passed it on; empty: the program, as the company has set it.
    pub passed_by: String,
    /// When it was exempted, and why.
    pub exempted: Option<(Instant, String)>,
    /// Which person exempted it.
    pub exempted_by: String,
    /// When it reached the lead.
    pub delivered: Option<Instant>,
    /// When the lead read it.
    pub read: Option<Instant>,
}

impl Way {
    /// What steps come to, in whatever order they are given: their sequence orders them.
    pub fn of<'s>(steps: impl IntoIterator<Item = &'s Taken>) -> Way {
        let mut steps: Vec<&Taken> = steps.into_iter().collect();
        steps.sort_by_key(|taken| taken.sequence);
        let first = |known: Option<Instant>, at: Instant| Some(known.map_or(at, |k| k.min(at)));
        let mut way = Way::default();
        for taken in steps {
            let at = taken.at;
            match taken.step {
                Step::Made | Step::PassedOn => {
                    way.text.clone_from(&taken.text);
                    way.recommendation.clone_from(&taken.recommendation);
                    if taken.step == Step::PassedOn {
                        way.passed_on = first(way.passed_on, at);
                        way.passed_by.clone_from(&taken.author);
                    }
                }
                Step::Exempted => {
                    way.exempted = Some((at, taken.text.clone()));
                    way.exempted_by.clone_from(&taken.author);
                }
                Step::Delivered => way.delivered = first(way.delivered, at),
                // Who reads it has got it.
                Step::Read => {
                    way.read = first(way.read, at);
                    way.delivered = first(way.delivered, at);
                }
            }
        }
        way
    }

    /// Where it is.
    pub fn place(&self) -> Place {
        if self.exempted.is_some() {
            Place::Exempted
        } else if self.passed_on.is_some() {
            Place::PassedOn
        } else {
            Place::WithCoordinator
        }
    }

    /// Whether a step can be taken; `text` is what comes with it.
    ///
    /// # Errors
    ///
    /// When the finding is not where the step begins, or the step lacks its text.
    pub fn check(&self, step: Step, text: &str) -> Result<(), Unfit> {
        match (step, self.place()) {
            (_, Place::Exempted) => Err(Unfit::Exempted),
            (Step::Made | Step::PassedOn | Step::Exempted, Place::PassedOn) => Err(Unfit::PassedOn),
            (Step::Exempted, _) if text.trim().is_empty() => Err(Unfit::NoReason),
            (Step::PassedOn, _) if text.trim().is_empty() => Err(Unfit::NoText),
            (Step::Delivered | Step::Read, Place::WithCoordinator) => Err(Unfit::WithCoordinator),
            (Step::Delivered, _) if self.delivered.is_some() => Err(Unfit::Delivered),
            (Step::Read, _) if self.read.is_some() => Err(Unfit::Read),
            _ => Ok(()),
        }
    }

    /// How fast the lead reacted, in the lead's working time; none: it never reached the lead.
    /// `worked_off` is when the fault was mended.
    pub fn reaction(
        &self,
        worked_off: Option<Instant>,
        lead: &Clock,
        now: Instant,
    ) -> Option<Reaction> {
        let delivered = self.delivered?;
        let since = |at: Instant| lead.work(delivered, at);
        // Who works a finding off without opening it has reacted, too.
        let first = [self.read, worked_off].into_iter().flatten().min();
        Some(Reaction {
            first_ms: first.map(since),
            worked_off_ms: worked_off.map(since),
            waiting_ms: if first.is_none() { since(now) } else { 0 },
        })
    }
}

/// A lead's reaction, counted from delivery in the lead's working time.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Reaction {
    /// Until the lead first read it or worked it off, in milliseconds; none: not yet.
    pub first_ms: Option<i64>,
    /// Until it was worked off, in milliseconds; none: not yet.
    pub worked_off_ms: Option<i64>,
    /// How long it has been waiting unread, in milliseconds.
    pub waiting_ms: i64,
}
