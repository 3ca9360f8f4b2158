//! How people are reached outside the program: Telegram, linked by a code that its holder sends to the
//! bot, and e-mail, confirmed by a code that a letter brings.
//!
//! A code works once and for a quarter of an hour; the store keeps its digest. What an address is
//! used for is decided elsewhere; here is only whose it is and whether it works.

mod code;
mod mail;
mod telegram;

use history::Instant;
pub use store::addresses::Address;
pub use store::outlets::Outlet;
use store::{Connection, Store, addresses as rows, outlets};

use crate::actor::Actor;
use crate::error::Error;
use crate::journal::{Note, note};
use crate::permissions::Deed;

pub use code::{ALIVE_MS, Code};
pub use mail::{ask_email, confirm_email};
pub use telegram::{Linked, holder, link_telegram, stop, telegram_code};

pub(crate) use code::{make, spend};

/// The channel of private chats in Telegram.
pub const TELEGRAM: &str = "telegram";
/// The channel of e-mail.
pub const EMAIL: &str = "email";

/// How long a way out is held to work after some process has said so, in milliseconds.
const WORKS_MS: i64 = 5 * 60_000;
/// How often a process says so, in milliseconds.
pub const SAY_EVERY_MS: i64 = 60_000;

/// The ways out that some process of the program has now: channel, and who writes there.
///
/// # Errors
/// Where the store fails.
pub async fn outlets(store: &Store, now: Instant) -> Result<Vec<Outlet>, Error> {
    let mut reader = store.reader().await?;
    Ok(outlets::since(&mut reader, now.saturating_sub(WORKS_MS)).await?)
}

/// Says that this process has a way out.
///
/// # Errors
/// Where the store fails.
pub async fn say_outlet(
    store: &Store,
    channel: &str,
    name: &str,
    now: Instant,
) -> Result<(), Error> {
    let mut tx = store.begin().await?;
    outlets::seen(&mut tx, channel, name, now).await?;
    Ok(tx.commit().await?)
}

/// A person's addresses that work: channel and address, by channel.
///
/// # Errors
/// Where the store fails.
pub async fn working(conn: &mut Connection, person: &str) -> Result<Vec<(String, String)>, Error> {
    let all = rows::of_person(conn, person).await?;
    let works = all.into_iter().filter(Address::works);
    Ok(works.map(|one| (one.channel, one.address)).collect())
}

/// One's own addresses, also those that do not work.
///
/// # Errors
/// Where the access does not allow it, or the store fails.
pub async fn own(store: &Store, actor: &Actor) -> Result<Vec<Address>, Error> {
    actor.reach(Deed::Addresses)?;
    let mut reader = store.reader().await?;
    Ok(rows::of_person(&mut reader, &actor.person).await?)
}

/// Addresses of the company's people that were switched off by what went wrong, the latest first.
///
/// # Errors
/// Where the access does not allow it, or the store fails.
pub async fn broken(store: &Store, actor: &Actor) -> Result<Vec<Address>, Error> {
    actor.reach(Deed::SeeJobs)?;
    let mut reader = store.reader().await?;
    Ok(rows::broken(&mut reader, &actor.company).await?)
}

/// Cuts one's own address of a channel.
///
/// # Errors
/// Where there is none that could be cut.
pub async fn cut(store: &Store, actor: &Actor, channel: &str, now: Instant) -> Result<(), Error> {
    actor.reach(Deed::Addresses)?;
    let mut tx = store.begin().await?;
    let found = rows::get(&mut tx, &actor.person, channel).await?;
    let missing = || Error::NotFound {
        what: "address of yours in the channel",
        id: channel.to_owned(),
    };
    let found = found
        .filter(|one| one.off_at.is_none())
        .ok_or_else(missing)?;
    let this = (actor.person.as_str(), channel, found.address.as_str());
    rows::switch_off(&mut tx, this, "", now).await?;
    let line = Note::new("address.cut", "person", &actor.person).with("channel", channel);
    note(&mut tx, &actor.company, &actor.person, line, now).await?;
    Ok(tx.commit().await?)
}
