//! Webhooks: addresses of a company's own programs that its messages are posted to, signed.

use history::Instant;
use serde_json::json;
use store::outbox::{self, NewMessage};
pub use store::webhooks::Webhook;
use store::{Store, new_id, webhooks as rows};
use url::Url;

use crate::accounts::Secret;
use crate::actor::Actor;
use crate::error::{Error, Fault};
use crate::journal::{Note, note};
use crate::permissions::Deed;

/// The channel of webhooks.
pub const WEBHOOK: &str = "webhook";

/// The longest address, in bytes.
const MOST_ADDRESS: usize = 2_000;
/// The most that a company has.
const MOST: usize = 20;

/// The company's webhooks, the latest first.
///
/// # Errors
/// Where the access does not allow it, or the store fails.
pub async fn list(store: &Store, actor: &Actor) -> Result<Vec<Webhook>, Error> {
    actor.reach(Deed::SeeChats)?;
    let mut reader = store.reader().await?;
    Ok(rows::list(&mut reader, &actor.company).await?)
}

/// The webhooks of a company that work: for whoever puts messages.
///
/// # Errors
/// Where the store fails.
pub async fn working(conn: &mut store::Connection, company: &str) -> Result<Vec<Webhook>, Error> {
    let mut all = rows::list(conn, company).await?;
    all.retain(|webhook| webhook.off_at.is_none());
    Ok(all)
}

/// Adds a webhook; its secret is shown this once.
///
/// # Errors
/// Where the access does not allow it, the address cannot be, or there are too many.
pub async fn add(
    store: &Store,
    actor: &Actor,
    address: &str,
    now: Instant,
) -> Result<Webhook, Error> {
    actor.reach(Deed::ManageChats)?;
    let address = checked(address)?;
    let mut tx = store.begin().await?;
    let all = rows::list(&mut tx, &actor.company).await?;
    if all.iter().filter(|one| one.off_at.is_none()).count() >= MOST {
        let said = format!("{MOST} webhooks are on; switch one off first");
        return Err(Fault::new("address", "webhook_many", said).into());
    }
    let webhook = Webhook {
        company: actor.company.clone(),
        id: new_id(),
        address,
        secret: Secret::random().reveal().to_owned(),
        made_by: actor.person.clone(),
        made_at: now,
        off_at: None,
        why: String::new(),
    };
    rows::add(&mut tx, &webhook).await?;
    let line = Note::new("webhook.add", "webhook", &webhook.id).with("name", &host(&webhook));
    note(&mut tx, &actor.company, &actor.person, line, now).await?;
    tx.commit().await?;
    Ok(webhook)
}

/// Gives a webhook that is on another address. Its secret stays.
///
/// # Errors
/// Where the access does not allow it, the address cannot be, or there is none of this id that is on.
pub async fn change(
    store: &Store,
    actor: &Actor,
    id: &str,
    address: &str,
    now: Instant,
) -> Result<Webhook, Error> {
    actor.reach(Deed::ManageChats)?;
    let address = checked(address)?;
    let mut tx = store.begin().await?;
    let before = rows::get(&mut tx, &actor.company, id).await?;
    let before = before.ok_or_else(|| missing(id))?;
    if !rows::set_address(&mut tx, &actor.company, id, &address).await? {
        return Err(missing(id));
    }
    let webhook = Webhook {
        address,
        ..before.clone()
    };
    let (from, to) = (host(&before), host(&webhook));
    let line = Note::new("webhook.change", "webhook", id).change("name", &from, &to);
    note(&mut tx, &actor.company, &actor.person, line, now).await?;
    tx.commit().await?;
    Ok(webhook)
}

/// Posts something to a webhook that it is tried with.
///
/// # Errors
/// Where the access does not allow it, or there is none of this id that is on.
pub async fn test(store: &Store, actor: &Actor, id: &str, now: Instant) -> Result<(), Error> {
    actor.reach(Deed::ManageChats)?;
    let mut tx = store.begin().await?;
    let found = rows::get(&mut tx, &actor.company, id).await?;
    if found.is_none_or(|webhook| webhook.off_at.is_some()) {
        return Err(missing(id));
    }
    let payload = json!({ "subject": "Svetofor", "text": "test" }).to_string();
    let message = NewMessage {
        key: &format!("webhook.test:{id}:{now}"),
        channel: WEBHOOK,
        recipient: id,
        kind: "webhook.test",
        payload: &payload,
        due_at: now,
    };
    outbox::put(&mut tx, &actor.company, now, message).await?;
    Ok(tx.commit().await?)
}

/// Switches a webhook off.
///
/// # Errors
/// Where the access does not allow it, or there is none of this id that is on.
pub async fn switch_off(store: &Store, actor: &Actor, id: &str, now: Instant) -> Result<(), Error> {
    actor.reach(Deed::ManageChats)?;
    let mut tx = store.begin().await?;
    if !rows::switch_off(&mut tx, &actor.company, id, "", now).await? {
        return Err(missing(id));
    }
    let line = Note::new("webhook.off", "webhook", id);
    note(&mut tx, &actor.company, &actor.person, line, now).await?;
    Ok(tx.commit().await?)
}

fn missing(id: &str) -> Error {
    Error::NotFound {
        what: "webhook that is on",
        id: id.to_owned(),
    }
}

/// The host that a webhook is at: what may be shown of its address, which may hold a secret.
pub fn host(webhook: &Webhook) -> String {
    let url = Url::parse(&webhook.address).ok();
    let host = url.as_ref().and_then(Url::host_str).unwrap_or_default();
    match url.as_ref().and_then(Url::port) {
        Some(port) => format!("{host}:{port}"),
        None => host.to_owned(),
    }
}

fn checked(address: &str) -> Result<String, Error> {
    let address = address.trim();
    let url = Url::parse(address).ok();
    let good = url.is_some_and(|url| {
        matches!(url.scheme(), "http" | "https")
            && url.host_str().is_some()
            && url.username().is_empty()
            && url.password().is_none()
    });
    match good && address.len() <= MOST_ADDRESS {
        true => Ok(address.to_owned()),
        false => {
            let said = "a whole address without a user's name, such as https://example.ru/hook";
            Err(Fault::new("address", "webhook_address", said).into())
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_is_whole_and_its_secret_is_not_shown() {
        for wrong in [
            "",
            "example.ru/hook",
            "ftp://example.ru",
            "https://u:p@example.ru",
            "file:///etc/passwd",
        ] {
            assert!(checked(wrong).is_err(), "{wrong}");
        }
        let webhook = Webhook {
            company: String::new(),
            id: String::new(),
            address: checked(" https://example.ru:8443/hook?key=hidden ").expect("good"),
            secret: String::new(),
            made_by: String::new(),
            made_at: 0,
            off_at: None,
            why: String::new(),
        };
        assert_eq!(host(&webhook), "example.ru:8443");
    }
}
