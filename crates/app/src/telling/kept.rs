//! One's own notes, as they were sent.

use history::Instant;
use store::Store;
use store::notes::{self, Note};

use crate::actor::Actor;
use crate::error::Error;
use crate::permissions::Deed;

/// One's own notes, the latest first, behind the instant and id of the last one seen.
///
/// # Errors
/// Where the store fails.
pub async fn list(
    store: &Store,
    actor: &Actor,
    after: Option<(Instant, &str)>,
    limit: i64,
) -> Result<Vec<Note>, Error> {
    actor.reach(Deed::SeeNotices)?;
    let mut reader = store.reader().await?;
    Ok(notes::page(&mut reader, &actor.company, &actor.person, after, limit).await?)
}

/// Opens a note of one's own: it is read from now on. The first reading counts.
///
/// # Errors
/// Where there is no such note of theirs.
pub async fn open(store: &Store, actor: &Actor, id: &str, now: Instant) -> Result<Note, Error> {
    actor.reach(Deed::SeeNotices)?;
    let mut reader = store.reader().await?;
    let found = notes::find(&mut reader, &actor.company, id).await?;
    drop(reader);
    let Some(note) = found.filter(|note| note.person == actor.person && !note.subject.is_empty())
    else {
        return Err(Error::NotFound {
            what: "note",
            id: id.to_owned(),
        });
    };
    if note.read_at.is_some() {
        return Ok(note);
    }
    let mut tx = store.begin().await?;
    notes::mark_read(&mut tx, &actor.company, (&actor.person, id), now).await?;
    tx.commit().await?;
    Ok(Note {
        read_at: Some(now),
        ..note
    })
}
