//! That a message about findings reached somebody, for whoever keeps the life of findings.
//!
//! A payload names its findings in `finding` (an id) or `findings` (a list of ids). When such a
//! message was delivered, in whatever channel, the job [`TOLD`] is put in the same transaction:
//! it cannot be lost, and what goes wrong with it does not hold up the message.

use history::Instant;
use serde_json::{Value, json};
use store::outbox::{self, Message, NewMessage};
use store::{Connection, StoreError};

use crate::channel::Failure;
use crate::jobs::JOBS;

/// The kind of the job.
pub const TOLD: &str = "finding.told";

/// What the job carries.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Told {
    /// The findings that the message was about.
    pub findings: Vec<String>,
    /// The channel it came by.
    pub channel: String,
    /// When it was delivered.
    pub at: Instant,
}

impl Told {
    /// What a message of the job carries; its recipient is whom the findings reached.
    ///
    /// # Errors
    /// Where it carries something else.
    pub fn of(message: &Message) -> Result<Told, Failure> {
        let said = || Failure::Lasting(format!("the job {:?} carries no findings", message.key));
        let payload: Value = serde_json::from_str(&message.payload).map_err(|_| said())?;
        let channel = payload["channel"].as_str().ok_or_else(said)?;
        Ok(Told {
            findings: findings(&payload),
            channel: channel.to_owned(),
            at: payload["at"].as_i64().ok_or_else(said)?,
        })
    }
}

fn findings(payload: &Value) -> Vec<String> {
    let list = payload["findings"].as_array().into_iter().flatten();
    let named = std::iter::once(&payload["finding"]).chain(list);
    let ids = named.filter_map(Value::as_str).filter(|id| !id.is_empty());
    ids.map(str::to_owned).collect()
}

/// Puts the job where a delivered message was about findings.
pub(crate) async fn follow(
    conn: &mut Connection,
    message: &Message,
    now: Instant,
) -> Result<(), StoreError> {
    if message.channel == JOBS {
        return Ok(());
    }
    let payload: Value = serde_json::from_str(&message.payload).unwrap_or_default();
    let findings = findings(&payload);
    if findings.is_empty() {
        return Ok(());
    }
    let payload = json!({ "findings": findings, "channel": message.channel, "at": now });
    let job = NewMessage {
        key: &format!("{TOLD}:{}", message.id),
        channel: JOBS,
        recipient: &message.recipient,
        kind: TOLD,
        payload: &payload.to_string(),
        due_at: now,
    };
    outbox::put(conn, &message.company, now, job).await?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn findings_are_named_singly_or_as_a_list() {
        let read = |text: &str| findings(&serde_json::from_str(text).expect("JSON"));
        assert_eq!(read(r#"{"finding": "f1", "text": "x"}"#), ["f1"]);
        assert_eq!(read(r#"{"findings": ["f1", "f2"]}"#), ["f1", "f2"]);
        for none in [
            "{}",
            "[]",
            "null",
            r#"{"finding": ""}"#,
            r#"{"findings": 7}"#,
        ] {
            assert_eq!(read(none), [""; 0], "{none}");
        }
    }
}
