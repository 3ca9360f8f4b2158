//! Group chats as places where a company's people are told things.

use std::collections::BTreeSet;

use history::Instant;
use store::Connection;
use store::chats::Chat;
use store::outbox::{self, NewMessage};
use store::pauses::Pause;

use super::people::{Reader, lately_paused};
use super::settings::Settings;
use crate::actor::{Actor, Via};
use crate::chats::{TELEGRAM_GROUP, working};
use crate::error::Error;
use crate::life::office::Office;

/// The working chats of a company.
pub(crate) struct Chats {
    chats: Vec<Chat>,
    pauses: Vec<Pause>,
}

/// A chat that can be told something.
pub(crate) struct Told {
    pub chat: Chat,
    /// When.
    pub reader: Reader,
    /// One of the people whom it hears about; empty: it hears about everybody.
    member: String,
}

impl Chats {
    pub async fn load(conn: &mut Connection, company: &str, now: Instant) -> Result<Chats, Error> {
        Ok(Chats {
            chats: working(conn, company).await?,
            pauses: lately_paused(conn, company, now).await?,
        })
    }

    /// Those that can be told something: whose group has anybody in it.
    pub fn told(&self, office: Office<'_>, settings: &Settings, now: Instant) -> Vec<Told> {
        let told = self.chats.iter().filter_map(|chat| {
            let member = match chat.about.as_str() {
                "" => "",
                group => {
                    let group = BTreeSet::from([group.to_owned()]);
                    office.members(&group, now).first().copied()?
                }
            };
            let ways = (settings, self.pauses.as_slice());
            Some(Told {
                chat: chat.clone(),
                reader: Reader::of_chat(chat, office, ways, now),
                member: member.to_owned(),
            })
        });
        told.collect()
    }
}

impl Told {
    /// Whether it hears of what is held against somebody of this group.
    pub fn hears_of(&self, group: &str) -> bool {
        self.chat.about.is_empty() || self.chat.about == group
    }

    /// The first instant from `now` on at which it may be told something.
    pub fn open(&self, office: Office<'_>, now: Instant) -> Instant {
        let open = self.reader.hours(office, now).open(now).unwrap_or(now);
        self.reader.paused.map_or(open, |paused| open.max(paused))
    }

    /// Who sees just what the chat hears about: what a note of its says is reckoned for them.
    pub fn actor(&self, company: &str) -> Actor {
        let of_group = !self.chat.about.is_empty();
        Actor {
            person: String::new(),
            name: String::new(),
            company: company.to_owned(),
            access: self.reader.access,
            employee: of_group.then(|| self.member.clone()),
            groups: of_group
                .then(|| self.chat.about.clone())
                .into_iter()
                .collect(),
            via: Via::Session,
        }
    }
}

/// Tells a group chat something from `due` on. What has been put under this kind and key is not put again.
///
/// # Errors
/// Where the store fails.
pub(crate) async fn send_to_chat(
    conn: &mut Connection,
    company: &str,
    chat: &str,
    (kind, key, letter): (&str, &str, &notes::Letter),
    (now, due): (Instant, Instant),
) -> Result<(), Error> {
    let payload =
        serde_json::to_string(letter).map_err(|error| Error::Inside(error.to_string()))?;
    let row = NewMessage {
        key: &format!("{kind}:{key}:{chat}"),
        channel: TELEGRAM_GROUP,
        recipient: chat,
        kind,
        payload: &payload,
        due_at: due,
    };
    outbox::put(conn, company, now, row).await?;
    Ok(())
}
