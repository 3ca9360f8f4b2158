//! What is known of a lost deal, as the API shows it.

use app::Instant;
use app::life::lost::facts::{Attempt, Facts, Objection, Responsible, StageTime};
use serde::Serialize;
use utoipa::ToSchema;

use super::some;

/// What is known of a lost deal. Contacts and objections are those since it was last opened, stages
/// and responsibles those of its whole life, all up to the loss.
#[derive(Serialize, ToSchema)]
#[schema(as = LostFacts)]
pub(crate) struct FactsShown {
    /// Attempts to reach the client.
    attempts: Vec<AttemptShown>,
    /// How many of them came after the client was last reached.
    unanswered: u32,
    conversations: u32,
    /// Time talked in all calls.
    talk_ms: i64,
    /// Messages from the client.
    messages_in: u32,
    /// Messages to the client.
    messages_out: u32,
    meetings: u32,
    /// Texts that speak of price, competitors and the like.
    objections: Vec<ObjectionShown>,
    /// The reason given for the loss.
    #[serde(skip_serializing_if = "Option::is_none")]
    reason: Option<String>,
    /// The comment to it.
    #[serde(skip_serializing_if = "Option::is_none")]
    comment: Option<String>,
    /// The deal's price, in hundredths.
    #[serde(skip_serializing_if = "Option::is_none")]
    amount: Option<i64>,
    stages: Vec<StageTimeShown>,
    responsibles: Vec<ResponsibleShown>,
}

/// An attempt to reach the client.
#[derive(Serialize, ToSchema)]
#[schema(as = LostAttempt)]
struct AttemptShown {
    at: Instant,
    /// The local hour, 0 to 23.
    hour: u8,
    /// The kind of event, such as `call_out`.
    kind: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    employee: Option<String>,
    /// Whether the client was reached by it.
    reached: bool,
}

/// A text that speaks of price, competitors and the like.
#[derive(Serialize, ToSchema)]
#[schema(as = LostObjection)]
struct ObjectionShown {
    at: Instant,
    text: String,
    /// The beginnings of words that were looked for and stand in it.
    words: Vec<String>,
}

/// A stay at a stage.
#[derive(Serialize, ToSchema)]
#[schema(as = LostStage)]
struct StageTimeShown {
    #[serde(skip_serializing_if = "Option::is_none")]
    stage: Option<String>,
    from: Instant,
    to: Instant,
    /// Working time of the company.
    work_ms: i64,
}

/// Somebody who was responsible.
#[derive(Serialize, ToSchema)]
#[schema(as = LostResponsible)]
struct ResponsibleShown {
    #[serde(skip_serializing_if = "Option::is_none")]
    employee: Option<String>,
    from: Instant,
    to: Instant,
}

impl From<Facts> for FactsShown {
    fn from(facts: Facts) -> FactsShown {
        FactsShown {
            attempts: facts.attempts.into_iter().map(AttemptShown::from).collect(),
            unanswered: facts.unanswered,
            conversations: facts.conversations,
            talk_ms: facts.talk_ms,
            messages_in: facts.messages_in,
            messages_out: facts.messages_out,
            meetings: facts.meetings,
            objections: facts
                .objections
                .into_iter()
                .map(ObjectionShown::from)
                .collect(),
            reason: some(&facts.reason),
            comment: some(&facts.comment),
            amount: facts.amount,
            stages: facts.stages.into_iter().map(StageTimeShown::from).collect(),
            responsibles: facts
                .responsibles
                .into_iter()
                .map(ResponsibleShown::from)
                .collect(),
        }
    }
}

impl From<Attempt> for AttemptShown {
    fn from(attempt: Attempt) -> AttemptShown {
        AttemptShown {
            at: attempt.at,
            hour: attempt.hour,
            kind: attempt.kind,
            employee: some(&attempt.employee),
            reached: attempt.reached,
        }
    }
}

impl From<Objection> for ObjectionShown {
    fn from(objection: Objection) -> ObjectionShown {
        ObjectionShown {
            at: objection.at,
            text: objection.text,
            words: objection.words,
        }
    }
}

impl From<StageTime> for StageTimeShown {
    fn from(stay: StageTime) -> StageTimeShown {
        StageTimeShown {
            stage: some(&stay.stage),
            from: stay.from,
            to: stay.to,
            work_ms: stay.work_ms,
        }
    }
}

impl From<Responsible> for ResponsibleShown {
    fn from(responsible: Responsible) -> ResponsibleShown {
        ResponsibleShown {
            employee: some(&responsible.employee),
            from: responsible.from,
            to: responsible.to,
        }
    }
}
