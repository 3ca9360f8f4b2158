//! What the program tells people within itself: one's own notices, and what follows when a message
//! about findings reached somebody.

use audit::judge::Clocks;
use history::{Builder, Instant};
pub use store::notices::Notice;
use store::{Store, admissions, notices as rows, reference};

use crate::actor::Actor;
use crate::audits::{in_force, regulation_of};
use crate::error::Error;
use crate::life::office::Office;
use crate::life::tell;
use crate::permissions::Deed;

/// One's own notices, the latest first, behind the instant and id of the last one seen; only those
/// not read where `unread`.
pub async fn list(
    store: &Store,
    actor: &Actor,
    unread: bool,
    after: Option<(Instant, &str)>,
    limit: i64,
) -> Result<Vec<Notice>, Error> {
    actor.reach(Deed::SeeNotices)?;
    let mut reader = store.reader().await?;
    let (company, person) = (&actor.company, &actor.person);
    Ok(rows::page(&mut reader, company, person, unread, after, limit).await?)
}

/// How many of one's own notices are not read.
pub async fn unread(store: &Store, actor: &Actor) -> Result<i64, Error> {
    actor.reach(Deed::SeeNotices)?;
    let mut reader = store.reader().await?;
    Ok(rows::unread(&mut reader, &actor.company, &actor.person).await?)
}

/// Marks a notice of one's own as read. Doing it again changes nothing: the first reading counts.
pub async fn read(store: &Store, actor: &Actor, id: &str, now: Instant) -> Result<(), Error> {
    actor.reach(Deed::SeeNotices)?;
    let (company, person) = (&actor.company, &actor.person);
    let mut tx = store.begin().await?;
    if !rows::is_of(&mut tx, company, person, id).await? {
        return Err(Error::NotFound {
            what: "notice",
            id: id.to_owned(),
        });
    }
    rows::mark_read(&mut tx, company, person, Some(id), now).await?;
    Ok(tx.commit().await?)
}

/// Marks all of one's own notices as read; how many were not.
pub async fn read_all(store: &Store, actor: &Actor, now: Instant) -> Result<u64, Error> {
    actor.reach(Deed::SeeNotices)?;
    let mut tx = store.begin().await?;
    let read = rows::mark_read(&mut tx, &actor.company, &actor.person, None, now).await?;
    tx.commit().await?;
    Ok(read)
}

/// That a message about findings reached a person: what is held against them is told from then
/// on, and what was made by hand about people they lead is delivered. Saying it again changes
/// nothing. For the worker that delivered; it needs no audit in memory.
///
/// # Errors
/// Where the store or the company's regulation cannot be read.
pub async fn delivered(
    store: &Store,
    company: &str,
    (person, channel): (&str, &str),
    findings: &[&str],
    at: Instant,
) -> Result<(), Error> {
    let mut reader = store.reader().await?;
    let admission = admissions::get(&mut reader, company, person).await?;
    if admission.is_none_or(|admission| admission.employee.is_none()) {
        return Ok(());
    }
    let tables = reference::load(&mut reader, company).await?;
    let versions = in_force(&mut reader, company).await?;
    drop(reader);
    let regulation = regulation_of(&versions)?;
    let history = Builder::of(&tables).build();
    let clocks = Clocks::new(regulation.latest(), &history);
    let office = Office {
        history: &history,
        regulation: &regulation,
        clocks: &clocks,
        live: None,
    };
    tell::delivered(store, company, office, (person, channel), findings, at).await
}
