//! What becomes of what is due to be told at once.

use figures::View;
use history::Instant;
use notes::Site;
use store::tellings::{self, Telling};
use store::{Connection, companies};

use super::written::Written;
use crate::audits::{Audit, Audits};
use crate::error::Error;
use crate::life::books::Opened;
use crate::life::finding::State;
use crate::life::memory::facts;
use crate::life::office::Office;
use crate::telling::chats::{Told, send_to_chat};
use crate::telling::people::Reader;
use crate::telling::send::{Message, send};

/// Whom a message is for.
#[derive(Clone, Copy)]
pub(super) enum To<'a> {
    /// A person.
    Person(&'a Reader),
    /// A group chat, and whether it is told names.
    Chat(&'a Told, bool),
}

impl<'a> To<'a> {
    /// When they may be told something, and what they read.
    pub fn reader(self) -> &'a Reader {
        match self {
            To::Person(reader) => reader,
            To::Chat(told, _) => &told.reader,
        }
    }
}

/// What becomes of what is due to a person or a chat.
pub(super) struct Sent {
    /// The person, or the chat.
    whom: String,
    is_chat: bool,
    /// What is told now.
    told: Vec<String>,
    /// What does not hold any more, or is left to the note.
    dropped: Vec<String>,
    /// What is put off, and until when.
    put_off: Option<Instant>,
    message: Option<Written>,
}

impl Sent {
    /// Nothing is told.
    pub fn nothing(whom: &str, tellings: &[Telling]) -> Sent {
        Sent {
            whom: whom.to_owned(),
            is_chat: false,
            told: Vec::new(),
            dropped: tellings.iter().map(|one| one.finding.clone()).collect(),
            put_off: None,
            message: None,
        }
    }

    /// What still holds of what is due is told, if they may be told now.
    pub fn of(
        to: To<'_>,
        (audit, book, office): (&Audit, &Opened, Office<'_>),
        tellings: &[Telling],
        site: Site<'_>,
        now: Instant,
    ) -> Sent {
        let reader = to.reader();
        let open = reader.hours(office, now).open(now);
        let Some(open) = open.filter(|_| reader.paused.is_none()) else {
            return Sent::nothing(&reader.person, tellings);
        };
        if open > now {
            // They were there when it was planned, and are not now.
            return Sent {
                told: tellings.iter().map(|one| one.finding.clone()).collect(),
                dropped: Vec::new(),
                put_off: Some(open),
                ..Sent::nothing(&reader.person, &[])
            };
        }
        let (holds, over): (Vec<&Telling>, Vec<&Telling>) = tellings
            .iter()
            .partition(|one| still_holds(audit, book, reader, &one.finding));
        let ids = |list: &[&Telling]| list.iter().map(|one| one.finding.clone()).collect();
        let message = (!holds.is_empty()).then(|| Written::of(to, audit, &holds, site));
        Sent {
            whom: reader.person.clone(),
            is_chat: matches!(to, To::Chat(..)),
            told: ids(&holds),
            dropped: ids(&over),
            put_off: None,
            message,
        }
    }

    /// Puts it, unless somebody has done so.
    pub async fn put(&self, audits: &Audits, company: &str, now: Instant) -> Result<(), Error> {
        let mut tx = audits.store().begin().await?;
        companies::lock(&mut tx, company).await?;
        if let Some(due) = self.put_off {
            for finding in &self.told {
                tellings::put_off(&mut tx, company, (finding, &self.whom), due).await?;
            }
            return Ok(tx.commit().await?);
        }
        let key = self.told.first().map_or("", String::as_str);
        let told = self.settle(&mut tx, company, &self.told, key, now).await?;
        self.settle(&mut tx, company, &self.dropped, "", now)
            .await?;
        if told < self.told.len() {
            // Somebody else was quicker with some of them: the rest goes with the next look.
            return Ok(tx.rollback().await?);
        }
        let at = (now, now);
        match &self.message {
            Some(Written { kind, letter, .. }) if self.is_chat => {
                send_to_chat(&mut tx, company, &self.whom, (kind, key, letter), at).await?;
            }
            Some(written) => {
                let message = Message {
                    kind: written.kind,
                    key,
                    payload: &written.payload,
                    letter: &written.letter,
                };
                send(&mut tx, company, &self.whom, &message, at).await?;
            }
            None => {}
        }
        Ok(tx.commit().await?)
    }

    async fn settle(
        &self,
        conn: &mut Connection,
        company: &str,
        findings: &[String],
        message: &str,
        now: Instant,
    ) -> Result<usize, Error> {
        let mut settled = 0;
        for finding in findings {
            let which = (finding.as_str(), self.whom.as_str());
            settled += usize::from(tellings::settle(conn, company, which, message, now).await?);
        }
        Ok(settled)
    }
}

/// Whether there is something about a finding that the reader is to hear: it counts, lasts, and nobody
/// has answered it; of one's own, that one has not seen it yet.
fn still_holds(audit: &Audit, book: &Opened, reader: &Reader, id: &str) -> bool {
    let live = audit.live();
    let standing = live
        .kept()
        .number(id)
        .and_then(|number| live.stands(number));
    let Some(standing) = standing else {
        return false;
    };
    let facts = facts(live, &standing);
    if facts.until.is_some() || !matches!(book.view(id, &facts), View::Counts(_)) {
        return false;
    }
    match book.life(id).state(&facts) {
        State::New => true,
        State::Told | State::Upheld | State::Partly => facts.employee != reader.employee,
        _ => false,
    }
}
