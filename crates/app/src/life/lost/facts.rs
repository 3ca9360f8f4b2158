//! What a timeline tells of a lost deal.

use audit::judge::{Deal, Signals, Step, Trail};
use history::{EmployeeId, History, Instant, Kind, StageId, Timeline};
use serde::{Deserialize, Serialize};
use worktime::{Clock, Zone};

/// A loss: a move into a lost stage.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Loss {
    /// When.
    pub at: Instant,
    /// Into which stage.
    pub stage: StageId,
    /// Who was responsible then; none: nobody.
    pub responsible: EmployeeId,
    /// When the deal left the lost stages again, or was removed; none: it is lost still.
    pub over: Option<Instant>,
}

/// All losses of a deal, in order.
pub fn losses(history: &History, timeline: Timeline<'_>) -> Vec<Loss> {
    let mut losses: Vec<Loss> = Vec::new();
    Deal::new(history, 0, &[]).walk(timeline, |deal, step| {
        let at = step.event.at;
        if step.signals.any(Signals::LOST) {
            losses.push(Loss {
                at,
                stage: deal.stage,
                responsible: deal.responsible,
                over: None,
            });
        } else if step.signals.any(Signals::LEFT_LOST | Signals::REMOVED)
            && let Some(last) = losses.last_mut()
        {
            last.over = last.over.or(Some(at));
        }
    });
    losses
}

/// An attempt to reach the client.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Attempt {
    /// When.
    pub at: Instant,
    /// The local hour, 0 to 23.
    pub hour: u8,
    /// The word of the event: `call_out`, `message_out` …
    pub kind: String,
    /// Which employee; empty: unknown.
    pub employee: String,
    /// Whether the client was reached by it.
    pub reached: bool,
}

/// A text that speaks of price, competitors and the like.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Objection {
    /// When it was written.
    pub at: Instant,
    /// The text.
    pub text: String,
    /// The words that were looked for and stand in it.
    pub words: Vec<String>,
}

/// A stay at a stage.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct StageTime {
    /// The stage; empty: unknown.
    pub stage: String,
    /// From when.
    pub from: Instant,
    /// Until when.
    pub to: Instant,
    /// Working time of the company, in milliseconds.
    pub work_ms: i64,
}

/// Somebody who was responsible.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Responsible {
    /// The employee; empty: nobody.
    pub employee: String,
    /// From when.
    pub from: Instant,
    /// Until when.
    pub to: Instant,
}

/// What is known of a lost deal. Contacts and objections are those since it was last opened,
/// stages and responsibles those of its whole life, all up to the loss.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
pub struct Facts {
    /// Attempts to reach the client.
    pub attempts: Vec<Attempt>,
    /// How many of them came after the client was last reached.
    pub unanswered: u32,
    /// Conversations.
    pub conversations: u32,
    /// Time talked in all calls, in milliseconds.
    pub talk_ms: i64,
    /// Messages from the client.
    pub messages_in: u32,
    /// Messages to the client.
    pub messages_out: u32,
    /// Meetings.
    pub meetings: u32,
    /// Objections noted.
    pub objections: Vec<Objection>,
    /// The reason given; empty: none.
    pub reason: String,
    /// The comment to it.
    pub comment: String,
    /// The deal's price, in hundredths.
    pub amount: Option<i64>,
    /// Stages.
    pub stages: Vec<StageTime>,
    /// Responsibles.
    pub responsibles: Vec<Responsible>,
}

/// How facts are gathered.
#[derive(Clone, Copy)]
pub struct Gather<'a> {
    /// From how many milliseconds on a call is a conversation.
    pub talk_ms: i64,
    /// The company's hours.
    pub clock: &'a Clock,
    /// The company's zone.
    pub zone: &'a Zone,
    /// Beginnings of words by which a text is taken for an objection.
    pub objections: &'a [String],
}

impl Facts {
    /// Gathers what the timeline tells of the loss at an instant.
    pub fn of(
        history: &History,
        timeline: Timeline<'_>,
        lost_at: Instant,
        gather: Gather<'_>,
    ) -> Facts {
        let mut facts = Facts::default();
        let mut when = When::Before;
        let mut deal = Deal::new(history, gather.talk_ms, &[]);
        deal.walk(timeline, |deal, step| match when {
            When::Before if step.signals.any(Signals::LOST) && step.event.at == lost_at => {
                when = When::Lost;
                facts.give_reason(history, deal);
                facts.amount = deal.prices.at(lost_at).flatten();
            }
            When::Before => facts.take(history, step, gather),
            // The reason is often given after the move.
            When::Lost if step.signals.any(Signals::LEFT_LOST) => when = When::Over,
            When::Lost if step.signals.any(Signals::REASON) => {
                facts.give_reason(history, deal);
                facts.object(history, step, gather);
            }
            When::Lost | When::Over => {}
        });
        let name = |stage: StageId| history.pipelines.stage_ids.get(stage.0).to_owned();
        let stages = stretches(&deal.stages, lost_at).map(|(stage, from, to)| StageTime {
            stage: name(stage),
            from,
            to,
            work_ms: gather.clock.work(from, to),
        });
        facts.stages = stages.collect();
        let name = |person: EmployeeId| history.people.ids.get(person.0).to_owned();
        let people = stretches(&deal.responsibles, lost_at);
        let people = people.map(|(person, from, to)| Responsible {
            employee: name(person),
            from,
            to,
        });
        facts.responsibles = people.collect();
        facts
    }

    /// Unanswered attempts by local hour.
    pub fn unanswered_hours(&self) -> [u32; 24] {
        let mut hours = [0; 24];
        let last = self.attempts.iter().rev().take(self.unanswered as usize);
        for attempt in last {
            if let Some(hour) = hours.get_mut(usize::from(attempt.hour)) {
                *hour += 1;
            }
        }
        hours
    }

    fn give_reason(&mut self, history: &History, deal: &Deal<'_>) {
        if let Some((reason, comment)) = deal.reason {
            self.reason = history.fields.get(reason.0).to_owned();
            self.comment = history.texts.get(comment).to_owned();
        }
    }

    fn take(&mut self, history: &History, step: &Step, gather: Gather<'_>) {
        let (signals, event) = (step.signals, &step.event);
        if signals.any(Signals::OPENED) {
            *self = Facts::default();
        }
        if signals.any(Signals::ATTEMPT) {
            let person = if event.employee.is_some() {
                event.employee
            } else {
                event.actor
            };
            self.attempts.push(Attempt {
                at: event.at,
                hour: u8::try_from(gather.zone.datetime(event.at).hour()).unwrap_or(0),
                kind: event.kind.as_str().to_owned(),
                employee: history.people.ids.get(person.0).to_owned(),
                reached: signals.any(Signals::REACHED),
            });
            self.unanswered += 1;
        }
        if signals.any(Signals::REACHED) {
            self.unanswered = 0;
        }
        self.conversations += u32::from(signals.any(Signals::CONVERSATION));
        match event.kind {
            Kind::CallIn | Kind::CallOut => self.talk_ms += event.talked_ms(),
            Kind::MessageIn => self.messages_in += 1,
            Kind::MessageOut => self.messages_out += 1,
            Kind::Meeting => self.meetings += 1,
            Kind::NoteAdded | Kind::TaskCompleted | Kind::LossReasonSet => {
                self.object(history, step, gather);
            }
            _ => {}
        }
    }

    /// Keeps the text of an event if it holds an objection.
    fn object(&mut self, history: &History, step: &Step, gather: Gather<'_>) {
        let text = history.texts.get(step.event.text);
        let folded = text.to_lowercase();
        let begins = |word: &&String| {
            let word = word.trim().to_lowercase();
            let mut places = folded.match_indices(&word);
            places.any(|(place, _)| {
                let before = folded[..place].chars().next_back();
                !before.is_some_and(char::is_alphanumeric)
            })
        };
        let words: Vec<String> = gather.objections.iter().filter(begins).cloned().collect();
        if !words.is_empty() {
            self.objections.push(Objection {
                at: step.event.at,
                text: text.to_owned(),
                words,
            });
        }
    }
}

/// Where the walk is: before the loss, after it, or past the end of it.
enum When {
    Before,
    Lost,
    Over,
}

/// What held from when to when, up to an instant.
fn stretches<T: Copy>(
    trail: &Trail<T>,
    end: Instant,
) -> impl Iterator<Item = (T, Instant, Instant)> {
    let changes = trail.changes();
    let next = changes.iter().skip(1).map(|(from, _)| *from);
    let ends = next.chain(std::iter::once(end));
    changes
        .iter()
        .zip(ends)
        .map(move |((from, value), to)| (*value, *from, to.min(end)))
        .filter(|(_, from, to)| from < to)
}
