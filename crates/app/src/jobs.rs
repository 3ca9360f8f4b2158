//! Deliveries and jobs that were given up: seen, tried again, or dropped.

use history::Instant;
pub use store::outbox::{Message, Unclaimed};
use store::{Store, outbox};

use crate::actor::Actor;
use crate::addresses;
use crate::chats::TELEGRAM_GROUP;
use crate::error::Error;
use crate::journal::{self, Note};
use crate::permissions::Deed;

/// What was given up in the company, the latest first, behind the instant and id of the last one
/// seen.
pub async fn failed(
    store: &Store,
    actor: &Actor,
    after: Option<(Instant, &str)>,
    limit: i64,
) -> Result<Vec<Message>, Error> {
    actor.reach(Deed::SeeJobs)?;
    let mut reader = store.reader().await?;
    Ok(outbox::failed(&mut reader, &actor.company, after, limit).await?)
}

/// For how long what is due may lie before that is worth a word, in milliseconds.
const LIES_MS: i64 = 10 * 60_000;

/// What has been due for minutes and nobody has taken, by channel: the channel is not set up, or
/// nothing works that empties the outbox.
pub async fn unclaimed(
    store: &Store,
    actor: &Actor,
    now: Instant,
) -> Result<Vec<Unclaimed>, Error> {
    actor.reach(Deed::SeeJobs)?;
    let mut reader = store.reader().await?;
    let before = now.saturating_sub(LIES_MS);
    Ok(outbox::unclaimed(&mut reader, &actor.company, before).await?)
}

/// What failed and is to be tried again by itself, those whose turn comes first ahead.
///
/// # Errors
/// Where the access does not allow it.
pub async fn retrying(store: &Store, actor: &Actor, limit: i64) -> Result<Vec<Message>, Error> {
    actor.reach(Deed::SeeJobs)?;
    let mut reader = store.reader().await?;
    Ok(outbox::retrying(&mut reader, &actor.company, limit).await?)
}

/// After how long what nobody takes is given up, in milliseconds: 7 days.
pub const GIVE_UP_MS: i64 = 7 * 86_400_000;
/// What is said of it.
const NEVER_TAKEN: &str = "no process had the channel for 7 days: it is not set up";
/// The channels that every program has.
const WITHIN: [&str; 2] = ["app", "job"];

/// Gives up what has been due for 7 days in channels that no process has now. How much.
///
/// # Errors
/// Where the store fails.
pub async fn give_up(store: &Store, now: Instant) -> Result<u64, Error> {
    let outlets = addresses::outlets(store, now).await?;
    let mut has: Vec<&str> = outlets.iter().map(|one| one.channel.as_str()).collect();
    has.extend(WITHIN);
    if has.contains(&addresses::TELEGRAM) {
        // One bot serves both.
        has.push(TELEGRAM_GROUP);
    }
    let before = now.saturating_sub(GIVE_UP_MS);
    let mut tx = store.begin().await?;
    let given = outbox::give_up_unclaimed(&mut tx, &has, before, NEVER_TAKEN, now).await?;
    tx.commit().await?;
    if given > 0 {
        tracing::error!(given, "messages were given up: nobody has their channels");
    }
    Ok(given)
}

/// Drops what has been due for minutes in a channel and nobody has taken: nobody tries it any more, and
/// the same is not put again. How much.
///
/// # Errors
/// Where the access does not allow it, or nothing waits there.
pub async fn drop_waiting(
    store: &Store,
    actor: &Actor,
    channel: &str,
    now: Instant,
) -> Result<u64, Error> {
    actor.reach(Deed::ManageJobs)?;
    let mut tx = store.begin().await?;
    let before = now.saturating_sub(LIES_MS);
    let company = &actor.company;
    let dropped = outbox::drop_unclaimed(&mut tx, company, channel, before, now).await?;
    if dropped == 0 {
        return Err(Error::NotFound {
            what: "channel in which something waits",
            id: channel.to_owned(),
        });
    }
    let note = Note::new("job.drop_waiting", "company", company)
        .with("channel", channel)
        .with("count", &dropped.to_string());
    journal::note(&mut tx, company, &actor.person, note, now).await?;
    tx.commit().await?;
    Ok(dropped)
}

/// One of those that were given up.
///
/// # Errors
/// Where the access does not allow it, or none of this id was given up.
pub async fn one(store: &Store, actor: &Actor, id: &str) -> Result<Message, Error> {
    actor.reach(Deed::SeeJobs)?;
    let mut reader = store.reader().await?;
    let found = outbox::find(&mut reader, &actor.company, id).await?;
    let found = found.filter(|message| message.failed_at.is_some());
    found.ok_or_else(|| Error::NotFound {
        what: "failed job",
        id: id.to_owned(),
    })
}

/// Lets what was given up be tried again, from the beginning.
pub async fn retry(store: &Store, actor: &Actor, id: &str, now: Instant) -> Result<(), Error> {
    settle(store, actor, id, Way::Retry, now).await
}

/// Drops what was given up: nobody tries it any more, and the same is not put again.
pub async fn drop(store: &Store, actor: &Actor, id: &str, now: Instant) -> Result<(), Error> {
    settle(store, actor, id, Way::Drop, now).await
}

#[derive(Clone, Copy)]
enum Way {
    Retry,
    Drop,
}

async fn settle(
    store: &Store,
    actor: &Actor,
    id: &str,
    way: Way,
    now: Instant,
) -> Result<(), Error> {
    actor.reach(Deed::ManageJobs)?;
    let company = &actor.company;
    let mut tx = store.begin().await?;
    let message = outbox::find(&mut tx, company, id).await?;
    let (action, found) = match way {
        Way::Retry => (
            "job.retry",
            outbox::revive(&mut tx, company, id, now).await?,
        ),
        Way::Drop => (
            "job.drop",
            outbox::drop_failed(&mut tx, company, id, now).await?,
        ),
    };
    let Some(message) = message.filter(|_| found) else {
        return Err(Error::NotFound {
            what: "failed job",
            id: id.to_owned(),
        });
    };
    let note = Note::new(action, "job", id)
        .with("channel", &message.channel)
        .with("kind", &message.kind)
        .with("error", &message.error)
        .some("outcome", if message.is_unknown() { "unknown" } else { "" });
    journal::note(&mut tx, company, &actor.person, note, now).await?;
    Ok(tx.commit().await?)
}
