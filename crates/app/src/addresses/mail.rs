//! Linking an e-mail address: a letter brings a code there, and whoever has it is its holder.

use history::Instant;
use serde_json::json;
use store::outbox::{self, NewMessage};
use store::{Store, addresses as rows};

use super::code::{Code, make, spend};
use super::{Address, EMAIL};
use crate::actor::Actor;
use crate::error::{Error, Fault};
use crate::journal::{Note, note};
use crate::permissions::Deed;

/// The longest address.
const MOST: usize = 254;
/// How soon another letter may be asked for, in milliseconds: nobody's mailbox is filled from here.
const AGAIN_MS: i64 = 60_000;

/// Sends a code to an address that somebody says is theirs. `words` makes the letter of the code:
/// its subject and its text.
///
/// # Errors
/// Where it is no address, or a letter was asked for less than a minute ago.
pub async fn ask_email(
    store: &Store,
    actor: &Actor,
    address: &str,
    words: impl FnOnce(&Code) -> (String, String),
    now: Instant,
) -> Result<(), Error> {
    actor.reach(Deed::Addresses)?;
    let address = checked(address)?;
    let mut tx = store.begin().await?;
    let code = make(&mut tx, EMAIL, (&actor.person, &actor.company), now).await?;
    let (subject, text) = words(&code);
    let key = format!("address.confirm:{}:{}", actor.person, now / AGAIN_MS);
    let payload = json!({ "subject": subject, "text": text, "to": address }).to_string();
    let message = NewMessage {
        key: &key,
        channel: EMAIL,
        recipient: &actor.person,
        kind: "address.confirm",
        payload: &payload,
        due_at: now,
    };
    if outbox::put(&mut tx, &actor.company, now, message)
        .await?
        .is_none()
    {
        let said = "a letter was sent within the last minute; look for it, or wait a little";
        return Err(Fault::clash("address", "address_soon", said));
    }
    let row = Address {
        person: actor.person.clone(),
        channel: EMAIL.to_owned(),
        address,
        linked_at: None,
        off_at: None,
        why: String::new(),
    };
    rows::set(&mut tx, &row).await?;
    Ok(tx.commit().await?)
}

/// Confirms one's own address by the code that came there.
///
/// # Errors
/// Where the code is not the one that was sent, or too old.
pub async fn confirm_email(
    store: &Store,
    actor: &Actor,
    code: &Code,
    now: Instant,
) -> Result<(), Error> {
    actor.reach(Deed::Addresses)?;
    let wrong = || {
        let said = "this code was not sent, was used, or is older than a quarter of an hour";
        Fault::new("code", "address_code", said)
    };
    let mut tx = store.begin().await?;
    let (person, company) = match spend(&mut tx, EMAIL, code, now).await {
        Err(Error::DeadLink) => return Err(wrong().into()),
        other => other?,
    };
    let found = rows::get(&mut tx, &person, EMAIL).await?;
    // Somebody else's code is not used up: the transaction goes with the error.
    let waits = found.filter(|one| one.linked_at.is_none() && person == actor.person);
    let mut address = waits.ok_or_else(wrong)?;
    address.linked_at = Some(now);
    rows::set(&mut tx, &address).await?;
    let line = Note::new("address.link", "person", &person).with("channel", EMAIL);
    note(&mut tx, &company, &person, line, now).await?;
    Ok(tx.commit().await?)
}

/// An address as it is kept. Whether letters arrive there the code tells.
fn checked(address: &str) -> Result<String, Error> {
    let address = address.trim();
    let sound = |c: char| !c.is_control() && !c.is_whitespace() && !"<>\"(),;:\\[]".contains(c);
    let parts = address.rsplit_once('@');
    let good = parts.is_some_and(|(name, domain)| {
        !name.is_empty() && !name.contains('@') && domain.contains('.') && !domain.starts_with('.')
    });
    match good && address.len() <= MOST && address.chars().all(sound) {
        true => Ok(address.to_owned()),
        false => {
            let said = "an e-mail address, such as anna@example.ru";
            Err(Fault::new("address", "address_email", said).into())
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_are_checked_before_anything_is_sent() {
        assert_eq!(
            checked(" Anna@example.ru ").ok().as_deref(),
            Some("Anna@example.ru")
        );
        let long = format!("{}@example.ru", "a".repeat(250));
        for wrong in [
            "",
            "anna",
            "@x.ru",
            "a@b",
            "a b@x.ru",
            "a@x.ru\r\nBcc: b@x.ru",
            "a@b@x.ru",
            "<a@x.ru>",
            &long,
        ] {
            assert!(checked(wrong).is_err(), "{wrong}");
        }
    }
}
