//! Linking a private chat with the bot, and cutting that from there.

use history::Instant;
use store::persons::Person;
use store::{Store, addresses as rows, admissions, persons};

use super::code::{Code, make, spend};
use super::{Address, TELEGRAM};
use crate::actor::Actor;
use crate::error::Error;
use crate::journal::{Note, note};
use crate::permissions::Deed;

/// A chat that was linked.
#[derive(Clone, Debug)]
pub struct Linked {
    /// Whose it is.
    pub person: Person,
    /// Whether it was another person's until now.
    pub was_taken: bool,
}

/// Makes a code by which one's own chat is linked.
///
/// # Errors
/// Where the access does not allow it, or the store fails.
pub async fn telegram_code(store: &Store, actor: &Actor, now: Instant) -> Result<Code, Error> {
    actor.reach(Deed::Addresses)?;
    let mut tx = store.begin().await?;
    let code = make(&mut tx, TELEGRAM, (&actor.person, &actor.company), now).await?;
    tx.commit().await?;
    Ok(code)
}

/// Links a private chat to whoever the code was made for. A chat is one person's: whoever had it
/// before has it no longer.
///
/// # Errors
/// [`Error::DeadLink`] where the code was used, has expired or never was, or its person was shut
/// out since.
pub async fn link_telegram(
    store: &Store,
    code: &Code,
    chat: i64,
    now: Instant,
) -> Result<Linked, Error> {
    let mut tx = store.begin().await?;
    let (person, company) = spend(&mut tx, TELEGRAM, code, now).await?;
    let admission = admissions::get(&mut tx, &company, &person).await?;
    if admission.is_none_or(|one| one.disabled || one.accepted_at.is_none()) {
        return Err(Error::DeadLink);
    }
    let chat = chat.to_string();
    let mut was_taken = false;
    for other in rows::holders(&mut tx, TELEGRAM, &chat).await? {
        if other.person != person && other.works() {
            was_taken = true;
            let this = (other.person.as_str(), TELEGRAM, chat.as_str());
            rows::switch_off(&mut tx, this, "linked to somebody else", now).await?;
        }
    }
    let address = Address {
        person: person.clone(),
        channel: TELEGRAM.to_owned(),
        address: chat,
        linked_at: Some(now),
        off_at: None,
        why: String::new(),
    };
    rows::set(&mut tx, &address).await?;
    let line = Note::new("address.link", "person", &person).with("channel", TELEGRAM);
    note(&mut tx, &company, &person, line, now).await?;
    let person = persons::get(&mut tx, &person)
        .await?
        .ok_or(Error::DeadLink)?;
    tx.commit().await?;
    Ok(Linked { person, was_taken })
}

/// Whose a private chat is; none: nobody's.
///
/// # Errors
/// Where the store fails.
pub async fn holder(store: &Store, chat: i64) -> Result<Option<Person>, Error> {
    let mut reader = store.reader().await?;
    let all = rows::holders(&mut reader, TELEGRAM, &chat.to_string()).await?;
    match all.iter().rev().find(|one| one.works()) {
        Some(one) => Ok(persons::get(&mut reader, &one.person).await?),
        None => Ok(None),
    }
}

/// Cuts the link of a private chat, as its holder wished there; whether there was one.
///
/// # Errors
/// Where the store fails.
pub async fn stop(store: &Store, chat: i64, now: Instant) -> Result<bool, Error> {
    let chat = chat.to_string();
    let mut tx = store.begin().await?;
    let mut cut = false;
    for one in rows::holders(&mut tx, TELEGRAM, &chat).await? {
        let this = (one.person.as_str(), TELEGRAM, chat.as_str());
        cut |= rows::switch_off(&mut tx, this, "", now).await?;
    }
    tx.commit().await?;
    Ok(cut)
}
