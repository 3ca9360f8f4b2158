//! Group chats that messages of a company go to. An administrator makes a code here; whoever sends it
//! to the bot in a group links that group, and the topic that it was sent in.

use history::Instant;
pub use store::chats::{Chat, Gets};
use store::{Store, chats as rows, new_id, persons};
use wording::Lang;

use crate::accounts::PersonShown;
use crate::actor::Actor;
use crate::addresses::{Code, make, spend};
use crate::error::{Error, Fault};
use crate::journal::{Note, note};
use crate::life::office::Office;
use crate::permissions::Deed;

/// The channel of group chats in Telegram.
pub const TELEGRAM_GROUP: &str = "telegram-group";

const PURPOSE: &str = "chat";
/// Characters of a chat's title that are kept.
const TITLE: usize = 120;

/// The company's group chats, the latest first.
///
/// # Errors
/// Where the access does not allow it, or the store fails.
pub async fn list(store: &Store, actor: &Actor) -> Result<Vec<Chat>, Error> {
    actor.reach(Deed::SeeChats)?;
    let mut reader = store.reader().await?;
    Ok(rows::list(&mut reader, &actor.company).await?)
}

/// The group chats of a company that work: for whoever puts messages.
///
/// # Errors
/// Where the store fails.
pub async fn working(conn: &mut store::Connection, company: &str) -> Result<Vec<Chat>, Error> {
    let mut all = rows::list(conn, company).await?;
    all.retain(|chat| chat.off_at.is_none());
    Ok(all)
}

/// Makes a code by which a group chat is linked.
///
/// # Errors
/// Where the access does not allow it, or the store fails.
pub async fn code(store: &Store, actor: &Actor, now: Instant) -> Result<Code, Error> {
    actor.reach(Deed::ManageChats)?;
    let mut tx = store.begin().await?;
    let code = make(&mut tx, PURPOSE, (&actor.person, &actor.company), now).await?;
    tx.commit().await?;
    Ok(code)
}

/// Links a group chat, and the topic that the code came in; the name of the company. The same chat
/// and topic are linked once: whoever links them again changes nothing.
///
/// # Errors
/// [`Error::DeadLink`] where the code was used, has expired or never was.
pub async fn link(
    store: &Store,
    code: &Code,
    (chat, thread): (i64, Option<i64>),
    title: &str,
    now: Instant,
) -> Result<String, Error> {
    let mut tx = store.begin().await?;
    let (person, company) = spend(&mut tx, PURPOSE, code, now).await?;
    let admission = store::admissions::get(&mut tx, &company, &person).await?;
    if admission.is_none_or(|one| one.disabled) {
        return Err(Error::DeadLink);
    }
    let there = rows::of_number(&mut tx, chat).await?;
    let same = |one: &Chat| one.company == company && one.thread == thread;
    if !there.iter().any(same) {
        let title: String = title
            .chars()
            .filter(|c| !c.is_control())
            .take(TITLE)
            .collect();
        let linker = persons::get(&mut tx, &person).await?;
        let row = Chat {
            company: company.clone(),
            id: new_id(),
            chat,
            thread,
            title,
            language: linker.map_or_else(String::new, |one| one.language),
            linked_by: person.clone(),
            linked_at: now,
            ..Chat::default()
        };
        rows::add(&mut tx, &row).await?;
        let line = Note::new("chat.link", "chat", &row.id).with("name", &row.title);
        note(&mut tx, &company, &person, line, now).await?;
    }
    let name = store::companies::find(&mut tx, &company).await?;
    tx.commit().await?;
    Ok(name.map_or_else(String::new, |company| company.name))
}

/// A group chat of the company that works.
///
/// # Errors
/// Where the access does not allow to change it, or there is none of this id that is on.
pub async fn one(store: &Store, actor: &Actor, id: &str) -> Result<Chat, Error> {
    actor.reach(Deed::ManageChats)?;
    let mut reader = store.reader().await?;
    on(&mut reader, actor, id).await
}

async fn on(conn: &mut store::Connection, actor: &Actor, id: &str) -> Result<Chat, Error> {
    let found = rows::get(conn, &actor.company, id).await?;
    let found = found.filter(|chat| chat.off_at.is_none());
    found.ok_or_else(|| missing(id))
}

fn missing(id: &str) -> Error {
    Error::NotFound {
        what: "group chat that is on",
        id: id.to_owned(),
    }
}

/// What a group chat is for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Use {
    /// The group that it hears about; empty: the whole company.
    pub about: String,
    /// What it gets.
    pub gets: Gets,
    /// In which language, `ru` or `en`.
    pub language: String,
}

/// Changes what a group chat is for.
///
/// # Errors
/// Where the access does not allow it, there is none of this id that is on, or there is no such group
/// or language.
pub async fn change(
    store: &Store,
    actor: &Actor,
    office: Office<'_>,
    (id, wanted): (&str, &Use),
    now: Instant,
) -> Result<(), Error> {
    actor.reach(Deed::ManageChats)?;
    let mut tx = store.begin().await?;
    let before = on(&mut tx, actor, id).await?;
    if !wanted.about.is_empty() && !office.has_group(&wanted.about) {
        let said = format!("there is no group {:?}", wanted.about);
        return Err(Fault::new("about", "chat_group", said).into());
    }
    if wanted.language.parse::<Lang>().is_err() {
        let said = format!("{:?} is no language; write ru or en", wanted.language);
        return Err(Fault::new("language", "chat_language", said).into());
    }
    let after = Chat {
        about: wanted.about.clone(),
        gets: wanted.gets,
        language: wanted.language.clone(),
        ..before.clone()
    };
    rows::change(&mut tx, &after).await?;
    let line = Note::new("chat.change", "chat", id)
        .with("name", &after.title)
        .change("group", &before.about, &after.about)
        .change("gets", &words(before.gets), &words(after.gets))
        .change("language", &before.language, &after.language);
    note(&mut tx, &actor.company, &actor.person, line, now).await?;
    Ok(tx.commit().await?)
}

/// What a chat gets, as the journal keeps it.
fn words(gets: Gets) -> String {
    let all = [
        (gets.reports, "reports"),
        (gets.daily, "daily"),
        (gets.at_once, "at_once"),
    ];
    let chosen = all.into_iter().filter(|(is_on, _)| *is_on);
    let words: Vec<&str> = chosen.map(|(_, word)| word).collect();
    words.join(" ")
}

/// Cuts a group chat.
///
/// # Errors
/// Where the access does not allow it, or there is none of this id to be cut.
pub async fn cut(store: &Store, actor: &Actor, id: &str, now: Instant) -> Result<(), Error> {
    actor.reach(Deed::ManageChats)?;
    let mut tx = store.begin().await?;
    if !rows::switch_off(&mut tx, &actor.company, id, "", now).await? {
        return Err(missing(id));
    }
    let line = Note::new("chat.cut", "chat", id);
    note(&mut tx, &actor.company, &actor.person, line, now).await?;
    Ok(tx.commit().await?)
}

/// That the bot cannot write to a chat any more.
///
/// # Errors
/// Where the store fails.
pub async fn lost(store: &Store, chat: i64, why: &str, now: Instant) -> Result<(), Error> {
    let mut tx = store.begin().await?;
    for one in rows::of_number(&mut tx, chat).await? {
        rows::switch_off(&mut tx, &one.company, &one.id, why, now).await?;
    }
    Ok(tx.commit().await?)
}

/// That a chat goes on under another number.
///
/// # Errors
/// Where the store fails.
pub async fn moved(store: &Store, from: i64, to: i64) -> Result<(), Error> {
    let mut tx = store.begin().await?;
    rows::moved(&mut tx, from, to).await?;
    Ok(tx.commit().await?)
}

/// What whoever linked a chat is called; empty: nobody of the company's people.
pub fn linked_by<'a>(chat: &Chat, people: &'a [PersonShown]) -> &'a str {
    let found = people.iter().find(|person| person.id == chat.linked_by);
    found.map_or("", |person| &person.name)
}
