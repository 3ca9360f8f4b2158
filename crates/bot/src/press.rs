//! Buttons under messages about findings, and the answers to questions.

use app::life::decide::{self, Asked};
use app::life::decision::{Cause, Move};
use app::life::office::{self, Office};
use app::life::refused::Why;
use app::life::seen::{self, Seen};
use app::{Actor, addresses};
use delivery::Button;
use delivery::telegram::{Incoming, Keyboard, Place, Pressed};
use store::bot::{self, Question};
use store::persons::Person;

use crate::finding::{buttons, causes, told};
use crate::{Bot, Error, Words, language, language_of};

/// For how long a question waits for its answer, in milliseconds.
const WAITS_MS: i64 = 7 * 24 * 3_600_000;

/// What a button means.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum What {
    Acknowledge,
    Causes,
    Cause(Cause),
    Dispute,
}

/// What the data of a button says: what, and with which finding.
fn read(data: &str) -> Option<(What, &str)> {
    let (what, finding) = data.split_once(':')?;
    let what = match what {
        "ack" => What::Acknowledge,
        "cause" => What::Causes,
        "dispute" => What::Dispute,
        other => {
            let at: usize = other.strip_prefix('c')?.parse().ok()?;
            What::Cause(*Cause::ALL.get(at)?)
        }
    };
    (!finding.is_empty()).then_some((what, finding))
}

/// A finding as one of a person's selves sees it.
struct Found {
    actor: Actor,
    seen: Seen,
    words: String,
}

impl Bot {
    /// Somebody pressed a button.
    pub(crate) async fn press(&self, pressed: &Pressed) -> Result<(), Error> {
        let user = &pressed.from;
        // Who presses is who linked the private chat of the same number, wherever the button is.
        let holder = addresses::holder(self.store(), user.id).await?;
        let words = Words(
            holder
                .as_ref()
                .map_or(language_of(user), |one| language(&one.language)),
        );
        let alert = async |id: &str| -> Result<(), Error> {
            Ok(self
                .client
                .answer(&pressed.id, &words.text(id), true)
                .await?)
        };
        if !self.limits.may_speak(user.id) {
            return alert("bot-too-often").await;
        }
        let Some(person) = holder else {
            return alert("bot-unlinked-short").await;
        };
        let Some((what, finding)) = read(&pressed.data) else {
            return alert("bot-button-old").await;
        };
        let Some(found) = self.find(&person, finding, words).await? else {
            return alert("bot-not-yours").await;
        };
        match what {
            What::Causes => {
                self.client
                    .answer(&pressed.id, &words.text("bot-which-cause"), false)
                    .await?;
                self.put_buttons(pressed, &causes(finding, words)).await;
                Ok(())
            }
            What::Dispute => self.ask(pressed, &found, words).await,
            What::Acknowledge => self.acknowledge(pressed, &found, None, words).await,
            What::Cause(cause) => self.acknowledge(pressed, &found, Some(cause), words).await,
        }
    }

    /// The finding, as somebody who the person is sees it; none: it is nobody's whom they are.
    async fn find(
        &self,
        person: &Person,
        finding: &str,
        words: Words,
    ) -> Result<Option<Found>, Error> {
        for (actor, _) in self.actors(person).await? {
            let now = self.now();
            let audit = self.audits.read(&actor.company, now).await?;
            let live = audit.live();
            let office = Office::of(live, office::clocks(live));
            match seen::see(self.store(), &actor, office, finding, now).await {
                Ok(seen) => {
                    let words = told(&audit, &seen, words, now);
                    drop(audit);
                    return Ok(Some(Found { actor, seen, words }));
                }
                Err(app::Error::Store(error)) => return Err(error.into()),
                // Not theirs, or not for these eyes, which look the same.
                Err(_) => {}
            }
        }
        Ok(None)
    }

    async fn decide(
        &self,
        actor: &Actor,
        finding: &str,
        asked: &Asked,
    ) -> Result<Seen, app::Error> {
        let now = self.now();
        let audit = self.audits.read(&actor.company, now).await?;
        let live = audit.live();
        let office = Office::of(live, office::clocks(live));
        decide::decide(self.store(), actor, office, finding, asked, now).await
    }

    async fn acknowledge(
        &self,
        pressed: &Pressed,
        found: &Found,
        cause: Option<Cause>,
        words: Words,
    ) -> Result<(), Error> {
        let finding = found.seen.finding.id.as_str();
        if cause.is_none() && found.seen.life.acknowledged.is_some() {
            // Whoever has named a cause does not lose it by pressing the first button once more.
            let said = words.text("bot-already-acknowledged");
            return Ok(self.client.answer(&pressed.id, &said, false).await?);
        }
        let asked = Asked {
            made: Move::Acknowledged(cause.unwrap_or(Cause::Other)),
            text: String::new(),
        };
        match outcome(self.decide(&found.actor, finding, &asked).await)? {
            Err(word) => Ok(self
                .client
                .answer(&pressed.id, &words.text(word), true)
                .await?),
            Ok(seen) => {
                let (said, rows) = match cause {
                    // Why it happened may be said at once, or not.
                    None => (words.text("bot-acknowledged"), causes(finding, words)),
                    Some(cause) => {
                        let cause = words.word("bot-cause", cause.as_str());
                        (
                            words.named("bot-cause-noted", &cause),
                            buttons(&seen, words),
                        )
                    }
                };
                self.client.answer(&pressed.id, &said, false).await?;
                self.put_buttons(pressed, &rows).await;
                Ok(())
            }
        }
    }

    /// Asks why a finding is wrong; the answer comes as a reply.
    async fn ask(&self, pressed: &Pressed, found: &Found, words: Words) -> Result<(), Error> {
        use app::life::decision::MoveKind::Dispute;
        if !found.seen.allowed.contains(&Dispute) {
            let said = words.text("bot-no-dispute");
            return Ok(self.client.answer(&pressed.id, &said, true).await?);
        }
        // In the private chat, also where the button stands in a group: what one says of a finding is
        // for whoever judges it.
        let chat = pressed.from.id;
        let question = format!("{}\n\n{}", words.text("bot-why-wrong"), found.words);
        let place = Place { chat, thread: None };
        let sent = self.send(place, &question, Some(Keyboard::Answer)).await?;
        let row = Question {
            chat,
            message: sent.message_id,
            company: found.actor.company.clone(),
            finding: found.seen.finding.id.clone(),
            asked_at: self.now(),
        };
        let mut tx = self.store().begin().await?;
        bot::ask(&mut tx, &row).await?;
        tx.commit().await?;
        Ok(self
            .client
            .answer(&pressed.id, &words.text("bot-asked"), false)
            .await?)
    }

    /// Somebody answered a message of the bot.
    pub(crate) async fn hear_reply(
        &self,
        place: Place,
        person: &Person,
        asked: &Incoming,
        text: &str,
        words: Words,
    ) -> Result<(), Error> {
        let mut reader = self.store().reader().await?;
        let question = bot::question(&mut reader, place.chat, asked.message_id).await?;
        drop(reader);
        let old = self.now().saturating_sub(WAITS_MS);
        let Some(question) = question.filter(|one| one.asked_at >= old) else {
            return self.tell(place, &words.text("bot-question-closed")).await;
        };
        if text.trim().is_empty() {
            return self.tell(place, &words.text("bot-text-needed")).await;
        }
        let mut actors = self.actors(person).await?;
        actors.retain(|(actor, _)| actor.company == question.company);
        let Some((actor, _)) = actors.first() else {
            return self.tell(place, &words.text("bot-not-allowed")).await;
        };
        let dispute = Asked {
            made: Move::Disputed,
            text: text.trim().to_owned(),
        };
        let decided = outcome(self.decide(actor, &question.finding, &dispute).await)?;
        let mut tx = self.store().begin().await?;
        bot::forget(&mut tx, (question.chat, question.message), old).await?;
        tx.commit().await?;
        let word = decided.err().unwrap_or("bot-disputed");
        self.tell(place, &words.text(word)).await
    }

    /// Puts other buttons under the message where one was pressed. It may be too old for that, or
    /// have these already: what was decided stands all the same.
    async fn put_buttons(&self, pressed: &Pressed, rows: &[Vec<Button>]) {
        if let Some(message) = &pressed.message {
            let put = self
                .client
                .set_buttons(message.chat.id, message.message_id, rows);
            if let Err(error) = put.await {
                tracing::debug!(%error, "the buttons stay as they are");
            }
        }
    }
}

/// What came of a decision: where it was refused, the message that says so.
fn outcome(decided: Result<Seen, app::Error>) -> Result<Result<Seen, &'static str>, Error> {
    use app::Error::{Denied, Invalid, NoEmployee, NotFound, OutOfScope, Refused};
    Ok(Err(match decided {
        Ok(seen) => return Ok(Ok(seen)),
        Err(Refused(refused)) => match refused.why {
            Why::AlreadyAcknowledged => "bot-already-acknowledged",
            Why::AlreadyCured => "bot-already-cured",
            Why::DisputeWaits => "bot-already-disputed",
            Why::AlreadyDecided | Why::Dismissed => "bot-already-decided",
            Why::TooLate(_) => "bot-too-late",
            Why::Withdrawn => "bot-withdrawn",
            _ => "bot-not-now",
        },
        Err(Denied(_) | OutOfScope(_) | NoEmployee | NotFound { .. }) => "bot-not-allowed",
        Err(Invalid(_)) => "bot-text-unfit",
        Err(other) => return Err(other.into()),
    }))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_data_of_a_button_is_read_or_left_alone() {
        assert_eq!(read("ack:f1"), Some((What::Acknowledge, "f1")));
        assert_eq!(read("cause:f1"), Some((What::Causes, "f1")));
        assert_eq!(read("c0:f1"), Some((What::Cause(Cause::DidNotKnow), "f1")));
        assert_eq!(read("dispute:f1"), Some((What::Dispute, "f1")));
        for wrong in [
            "",
            "ack",
            "ack:",
            "c6:f1",
            "c-1:f1",
            "delete:f1",
            "decide:f1",
        ] {
            assert_eq!(read(wrong), None, "{wrong}");
        }
        let longest = format!("dispute:{}", store::new_id());
        assert!(longest.len() <= 64);
    }
}
