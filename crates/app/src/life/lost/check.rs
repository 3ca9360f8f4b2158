//! A check: when it is opened and when it is moot, its five questions, its verdict, and what share
//! of their lost deals people get back.

use std::collections::BTreeMap;

use history::Instant;
use serde::{Deserialize, Serialize};

use super::facts::Loss;
use crate::life::finding::Who;
use crate::life::settings::Checker;
use crate::life::share::Share;

/// A question of the check.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Question {
    /// Was everything done to sell?
    EverythingDone,
    /// Were the objections handled?
    ObjectionsHandled,
    /// Was the advice right?
    AdviceRight,
    /// After no answer: were there so many attempts, at these hours? The facts say how many.
    Attempts,
    /// Can the client be revived with another product or other terms?
    Revivable,
}

impl Question {
    /// All five.
    pub const ALL: &'static [Question] = &[
        Question::EverythingDone,
        Question::ObjectionsHandled,
        Question::AdviceRight,
        Question::Attempts,
        Question::Revivable,
    ];

    /// The word for it.
    pub fn as_str(self) -> &'static str {
        match self {
            Question::EverythingDone => "everything_done",
            Question::ObjectionsHandled => "objections_handled",
            Question::AdviceRight => "advice_right",
            Question::Attempts => "attempts",
            Question::Revivable => "revivable",
        }
    }
}

/// What is answered.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Reply {
    /// Yes.
    Yes,
    /// No.
    No,
    /// The question does not fit the deal.
    NotApplicable,
}

/// An answer.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Answer {
    /// To what.
    pub question: Question,
    /// What.
    pub reply: Reply,
    /// What was said with it.
    #[serde(default)]
    pub text: String,
}

/// How a check ends.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Verdict {
    /// The deal was closed rightly.
    ClosedRightly,
    /// The deal goes back to work.
    BackToWork,
}

impl Verdict {
    /// Both.
    pub const ALL: &'static [Verdict] = &[Verdict::ClosedRightly, Verdict::BackToWork];

    /// The word for it.
    pub fn as_str(self) -> &'static str {
        match self {
            Verdict::ClosedRightly => "closed_rightly",
            Verdict::BackToWork => "back_to_work",
        }
    }

    /// The verdict that `word` means.
    pub fn parse(word: &str) -> Option<Verdict> {
        Verdict::ALL
            .iter()
            .copied()
            .find(|verdict| verdict.as_str() == word)
    }
}

/// Where a check stands.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum Status {
    /// It waits for its answers.
    Open,
    /// It has its verdict.
    Decided(Verdict),
    /// The deal was lost no longer before anybody decided.
    Moot,
}

impl Status {
    /// The word for it.
    pub fn as_str(self) -> &'static str {
        match self {
            Status::Open => "open",
            Status::Decided(verdict) => verdict.as_str(),
            Status::Moot => "moot",
        }
    }

    /// The status that `word` means.
    pub fn parse(word: &str) -> Option<Status> {
        match word {
            "open" => Some(Status::Open),
            "moot" => Some(Status::Moot),
            _ => Verdict::parse(word).map(Status::Decided),
        }
    }
}

/// Why a verdict cannot be given.
#[derive(Clone, PartialEq, Eq, Debug, thiserror::Error)]
pub enum Refused {
    /// The deal is lost no longer.
    #[error("the check is moot: the deal was opened again, or is lost no longer")]
    Moot,
    /// It has a verdict.
    #[error("the check has its verdict: {}", .0.as_str())]
    Decided(Verdict),
    /// Whoever lost the deal does not check it.
    #[error("you were responsible for the deal: somebody else must check it")]
    OwnDeal,
    /// Some questions have no answer.
    #[error("answer first: {}", words(.0))]
    Unanswered(Vec<Question>),
    /// Two answers to one question.
    #[error("`{}` is answered twice", .0.as_str())]
    AnsweredTwice(Question),
}

fn words(questions: &[Question]) -> String {
    let words: Vec<&str> = questions.iter().map(|question| question.as_str()).collect();
    words.join(", ")
}

/// Whether somebody may give a verdict on the check of a deal that `responsible` (an employee)
/// lost.
///
/// # Errors
///
/// When the check is over, the deal was theirs, or not each question has one answer.
pub fn may_decide(
    status: Status,
    responsible: &str,
    who: Who<'_>,
    answers: &[Answer],
) -> Result<(), Refused> {
    match status {
        Status::Moot => return Err(Refused::Moot),
        Status::Decided(verdict) => return Err(Refused::Decided(verdict)),
        Status::Open => {}
    }
    if !responsible.is_empty() && who.employee == responsible {
        return Err(Refused::OwnDeal);
    }
    let times = |question: Question| answers.iter().filter(|a| a.question == question).count();
    let questions = Question::ALL.iter().copied();
    let open: Vec<Question> = questions.clone().filter(|q| times(*q) == 0).collect();
    if !open.is_empty() {
        return Err(Refused::Unanswered(open));
    }
    let twice = questions.into_iter().find(|question| times(*question) > 1);
    twice.map_or(Ok(()), |question| Err(Refused::AnsweredTwice(question)))
}

/// What is to be done about the checks of a deal.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Change {
    /// A check is to be opened for this loss.
    Open(Loss),
    /// The check of the loss at `lost_at` is moot since `since`.
    Moot {
        /// The loss.
        lost_at: Instant,
        /// When the deal was opened again; none: the history no longer tells of the loss.
        since: Option<Instant>,
    },
}

/// Brings the checks of a deal (when it was lost, how the check stands) up to its losses. Losses
/// before `oldest` get no check any more: an old history brings no flood of them.
pub fn changes(losses: &[Loss], checks: &[(Instant, Status)], oldest: Instant) -> Vec<Change> {
    let moot = checks.iter().filter(|(_, status)| *status == Status::Open);
    let moot = moot.filter_map(|(lost_at, _)| {
        let loss = losses.iter().find(|loss| loss.at == *lost_at);
        let since = loss.map_or(Some(None), |loss| loss.over.map(Some))?;
        Some(Change::Moot {
            lost_at: *lost_at,
            since,
        })
    });
    let known = |loss: &&Loss| checks.iter().any(|(lost_at, _)| *lost_at == loss.at);
    let fresh = losses
        .iter()
        .filter(|loss| loss.at >= oldest && loss.over.is_none());
    let open = fresh.filter(|loss| !known(loss)).cloned().map(Change::Open);
    moot.chain(open).collect()
}

/// Whom a check is for: the employee who leads; none: the head.
pub fn addressee<'a>(setting: Checker, responsible: &str, lead: &'a str) -> Option<&'a str> {
    match setting {
        Checker::Head => None,
        Checker::Lead => Some(lead).filter(|lead| !lead.is_empty() && *lead != responsible),
    }
}

/// The share of checked deals that went back to work, by who was responsible at the loss. Checks
/// without a verdict count on neither side.
pub fn returned<'a>(
    checks: impl IntoIterator<Item = (&'a str, Status)>,
) -> BTreeMap<&'a str, Share> {
    let mut counts: BTreeMap<&str, (u64, u64)> = BTreeMap::new();
    for (responsible, status) in checks {
        if let Status::Decided(verdict) = status {
            let count = counts.entry(responsible).or_default();
            count.0 += u64::from(verdict == Verdict::BackToWork);
            count.1 += 1;
        }
    }
    let shares = counts.into_iter();
    shares
        .filter_map(|(person, (back, decided))| Some((person, Share::of(back, decided)?)))
        .collect()
}
