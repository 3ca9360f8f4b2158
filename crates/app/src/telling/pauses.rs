//! Pauses of notices: judging goes on, nobody is told; the first note afterwards has it all.

use std::collections::BTreeMap;

use history::Instant;
pub use store::pauses::Pause;
use store::{Connection, Store, admissions, pauses};

use crate::actor::Actor;
use crate::error::{Error, Fault};
use crate::journal::{Note, note};
use crate::life::office::Office;
use crate::permissions::{Deed, Reach};

/// The longest pause, in milliseconds: what is not to be told for a year is not to be judged either.
const LONGEST: i64 = 366 * 86_400_000;
/// The longest reason, in bytes.
const MOST_TEXT: usize = 2_000;

/// Pauses the notices of a person, or of the whole company where `person` is empty, from now until an
/// instant.
///
/// # Errors
/// Where the access does not allow it, there is no such person within reach, the end is not ahead or
/// too far, or no reason is given.
pub async fn make(
    store: &Store,
    actor: &Actor,
    office: Office<'_>,
    (person, until, reason): (&str, Instant, &str),
    now: Instant,
) -> Result<Pause, Error> {
    actor.reach(Deed::PauseNotices)?;
    let reason = reason.trim();
    if reason.is_empty() || reason.len() > MOST_TEXT {
        let said = "say why in some words, of 2000 bytes at most";
        return Err(Fault::new("reason", "missing", said).into());
    }
    if until <= now || until - now > LONGEST {
        let said = "the end lies ahead, and at most a year from now";
        return Err(Fault::new("until", "until", said).into());
    }
    let mut tx = store.begin().await?;
    within(&mut tx, actor, office, person, now).await?;
    let pause = Pause {
        id: store::new_id(),
        person: person.to_owned(),
        from_at: now,
        until_at: until,
        reason: reason.to_owned(),
        author: actor.person.clone(),
        ..Pause::default()
    };
    pauses::add(&mut tx, &actor.company, &pause).await?;
    let line = Note::new("pause.make", "pause", &pause.id)
        .some("person", person)
        .with("until", &until.to_string())
        .with("reason", reason);
    note(&mut tx, &actor.company, &actor.person, line, now).await?;
    tx.commit().await?;
    Ok(pause)
}

/// Ends a pause before its time.
///
/// # Errors
/// Where the access does not allow it, or no such pause holds.
pub async fn end(
    store: &Store,
    actor: &Actor,
    office: Office<'_>,
    id: &str,
    now: Instant,
) -> Result<(), Error> {
    actor.reach(Deed::PauseNotices)?;
    let missing = || Error::NotFound {
        what: "pause",
        id: id.to_owned(),
    };
    let mut tx = store.begin().await?;
    let found = pauses::find(&mut tx, &actor.company, id).await?;
    let pause = found.ok_or_else(missing)?;
    within(&mut tx, actor, office, &pause.person, now).await?;
    if !pauses::end(&mut tx, &actor.company, id, &actor.person, now).await? {
        return Err(missing());
    }
    let line = Note::new("pause.end", "pause", id);
    note(&mut tx, &actor.company, &actor.person, line, now).await?;
    Ok(tx.commit().await?)
}

/// The pauses that hold and that concern the actor: the company's, their own, and those of people
/// whose notices they may pause. Who may pause nothing sees the company's and their own.
///
/// # Errors
/// Where the store fails.
pub async fn holding(
    store: &Store,
    actor: &Actor,
    office: Office<'_>,
    now: Instant,
) -> Result<Vec<Pause>, Error> {
    actor.reach(Deed::SeeNotices)?;
    let mut reader = store.reader().await?;
    let all = pauses::since(&mut reader, &actor.company, now).await?;
    let mut seen = Vec::new();
    for pause in all.into_iter().filter(|pause| pause.holds(now)) {
        if pause.is_of(&actor.person)
            || within(&mut reader, actor, office, &pause.person, now)
                .await
                .is_ok()
        {
            seen.push(pause);
        }
    }
    Ok(seen)
}

/// Whose notices are paused now, and until when.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Paused {
    /// Those of the whole company.
    pub company: Option<Instant>,
    /// Those of these employees.
    pub people: BTreeMap<String, Instant>,
}

/// Whose notices are paused now, of the pauses that [`holding`] shows the actor.
///
/// # Errors
/// Where the store fails.
pub async fn paused(
    store: &Store,
    actor: &Actor,
    office: Office<'_>,
    now: Instant,
) -> Result<Paused, Error> {
    let holding = holding(store, actor, office, now).await?;
    let mut paused = Paused::default();
    if holding.is_empty() {
        return Ok(paused);
    }
    let mut reader = store.reader().await?;
    let all = admissions::reachable(&mut reader, &actor.company, &[]).await?;
    for pause in holding {
        let until = pause.until();
        if pause.person.is_empty() {
            paused.company = paused.company.max(Some(until));
            continue;
        }
        let known = all.iter().find(|one| one.person == pause.person);
        if let Some(one) = known.filter(|one| !one.employee.is_empty()) {
            let longest = paused.people.entry(one.employee.clone()).or_insert(until);
            *longest = until.max(*longest);
        }
    }
    Ok(paused)
}

/// Whether the notices of a person, or of everybody, are the actor's to pause.
async fn within(
    conn: &mut Connection,
    actor: &Actor,
    office: Office<'_>,
    person: &str,
    now: Instant,
) -> Result<(), Error> {
    let reach = actor.reach(Deed::PauseNotices)?;
    if person.is_empty() {
        return match reach {
            Reach::All => Ok(()),
            _ => Err(Error::Denied(Deed::PauseNotices)),
        };
    }
    let admission = admissions::get(conn, &actor.company, person).await?;
    let whose = actor.whose(Deed::PauseNotices)?;
    let known = admission.filter(|admission| {
        reach == Reach::All
            || admission
                .employee
                .as_deref()
                .is_some_and(|employee| office.within(&whose, employee, now))
    });
    known.map(|_| ()).ok_or_else(|| Error::NotFound {
        what: "person",
        id: person.to_owned(),
    })
}

/// The people whose notices the actor may pause, by id and name; whether the whole company's, too.
///
/// # Errors
/// Where the access does not allow it.
pub async fn whom(
    store: &Store,
    actor: &Actor,
    office: Office<'_>,
    now: Instant,
) -> Result<(Vec<(String, String)>, bool), Error> {
    let reach = actor.reach(Deed::PauseNotices)?;
    let whose = actor.whose(Deed::PauseNotices)?;
    let mut reader = store.reader().await?;
    let all = admissions::reachable(&mut reader, &actor.company, &[]).await?;
    let mine = all.into_iter().filter(|one| {
        reach == Reach::All
            || (!one.employee.is_empty() && office.within(&whose, &one.employee, now))
    });
    let named = mine.map(|one| (one.person, one.name)).collect();
    Ok((named, reach == Reach::All))
}
