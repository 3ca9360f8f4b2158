//! A message into the outbox: to the program's own inbox, and to the channels that a person chose.

use history::Instant;
use notes::Letter;
use serde_json::{Map, Value};
use store::outbox::{self, NewMessage};
use store::{Connection, tellings};

use super::settings::Choice;
use crate::addresses;
use crate::error::Error;

/// The channel of the inbox.
pub(crate) const INBOX: &str = "app";

/// Something to be told.
pub struct Message<'a> {
    /// What it is about, such as `finding.raised`.
    pub kind: &'a str,
    /// Names what happened: the same is told to the same person once.
    pub key: &'a str,
    /// What the inbox says, as a JSON object. The findings that are named to the reader stand in
    /// `finding` or `findings`: these are told when it is delivered, by whatever channel.
    pub payload: &'a Value,
    /// It in words, in the reader's language.
    pub letter: &'a Letter,
}

impl Message<'_> {
    /// What the inbox says: the facts, and the words beside them.
    fn notice(&self) -> Value {
        let mut notice = self.payload.as_object().cloned().unwrap_or_default();
        let words = [
            ("subject", &self.letter.subject),
            ("text", &self.letter.text),
            ("link", &self.letter.link),
        ];
        for (key, value) in words {
            let known = notice.entry(key).or_insert_with(|| value.clone().into());
            if known.as_str().is_some_and(str::is_empty) {
                *known = value.clone().into();
            }
        }
        Value::Object(notice)
    }

    /// What a channel outside carries: the letter, and which findings it names.
    fn outside(&self) -> Result<Value, Error> {
        let letter = serde_json::to_value(self.letter);
        let mut letter = letter.map_err(|error| Error::Inside(error.to_string()))?;
        let named = ["finding", "findings"];
        if let (Some(letter), Some(payload)) = (letter.as_object_mut(), self.payload.as_object()) {
            let said = |key: &str| Some((key.to_owned(), payload.get(key)?.clone()));
            letter.extend(named.into_iter().filter_map(said).collect::<Map<_, _>>());
        }
        Ok(letter)
    }
}

/// Tells a person something from `due` on, in the program and by the channels that they chose. Put
/// again it does nothing.
///
/// # Errors
/// Where the store fails.
pub async fn send(
    conn: &mut Connection,
    company: &str,
    person: &str,
    message: &Message<'_>,
    (now, due): (Instant, Instant),
) -> Result<(), Error> {
    let Message { kind, key, .. } = message;
    let row = NewMessage {
        key: &format!("{kind}:{key}:{person}"),
        channel: INBOX,
        recipient: person,
        kind,
        payload: &message.notice().to_string(),
        due_at: due,
    };
    outbox::put(conn, company, now, row).await?;
    send_outside(conn, company, person, message, (now, due)).await
}

/// The channels outside the program by which a person is told: of those that they chose the ones with
/// an address that works.
pub(super) async fn channels(
    conn: &mut Connection,
    company: &str,
    person: &str,
) -> Result<Vec<String>, Error> {
    let chosen = tellings::choice(conn, company, person).await?;
    let chosen = Choice::read(&chosen.unwrap_or_default()).channels;
    if chosen.is_empty() {
        return Ok(Vec::new());
    }
    let working = addresses::working(conn, person).await?;
    let works = |channel: &String| working.iter().any(|(known, _)| known == channel);
    Ok(chosen.into_iter().filter(works).collect())
}

/// Tells a person something by the channels outside the program alone.
pub(super) async fn send_outside(
    conn: &mut Connection,
    company: &str,
    person: &str,
    message: &Message<'_>,
    (now, due): (Instant, Instant),
) -> Result<(), Error> {
    let channels = channels(conn, company, person).await?;
    if channels.is_empty() {
        return Ok(());
    }
    let payload = message.outside()?.to_string();
    let Message { kind, key, .. } = message;
    for channel in &channels {
        let row = NewMessage {
            key: &format!("{kind}:{key}:{channel}:{person}"),
            channel,
            recipient: person,
            kind,
            payload: &payload,
            due_at: due,
        };
        outbox::put(conn, company, now, row).await?;
    }
    Ok(())
}
