//! Logging in and out, and the password.

use history::Instant;
use store::admissions::Admitted;
use store::persons::Person;
use store::sessions::Session;
use store::{Connection, Store, admissions, links, persons, sessions};
use wording::Lang;

use super::checks::{Checks, fold};
use super::coming_in::Identity;
use super::invitations::{PASSWORD, RECOVER};
use super::passwords::Passwords;
use super::secrets::Secret;
use crate::error::{Error, Fault};
use crate::journal;

/// A session that nobody uses for so long ends.
pub(super) const IDLE_MS: i64 = 7 * 24 * 3_600_000;
/// And every one ends after so long.
pub(super) const LONGEST_MS: i64 = 30 * 24 * 3_600_000;

/// Somebody who has just logged in.
#[derive(Debug)]
pub struct LoggedIn {
    /// The session's id, for the person's browser alone.
    pub session: Secret,
    /// The person.
    pub person: Person,
    /// The company they are in; none where they have to choose, or have none.
    pub company: Option<String>,
}

/// Logs somebody in. An unknown login takes the same time and the same answer as a wrong
/// password.
pub async fn log_in(
    store: &Store,
    passwords: &Passwords,
    login: &str,
    password: &str,
    now: Instant,
) -> Result<LoggedIn, Error> {
    let mut reader = store.reader().await?;
    let person = persons::by_login(&mut reader, &fold(login)).await?;
    drop(reader);
    let hash = person
        .as_ref()
        .and_then(|person| person.password.as_deref());
    let fits = passwords.fits(password, hash).await?;
    let person = person.filter(|_| fits).ok_or(Error::WrongLogin)?;

    let mut tx = store.begin().await?;
    let all = admissions::of_person(&mut tx, &person.id).await?;
    if all.iter().all(|admitted| admitted.admission.disabled) {
        return Err(Error::WrongLogin);
    }
    let logged_in = begin_session(&mut tx, person, now).await?;
    tx.commit().await?;
    Ok(logged_in)
}

/// Begins a session, in the only company where there is but one.
pub(super) async fn begin_session(
    conn: &mut Connection,
    person: Person,
    now: Instant,
) -> Result<LoggedIn, Error> {
    sessions::remove_old(conn, now - IDLE_MS, now - LONGEST_MS).await?;
    let admitted = open_admissions(conn, &person.id).await?;
    let company = match admitted.as_slice() {
        [only] => Some(only.admission.company.clone()),
        _ => None,
    };
    let session = Secret::random();
    let row = Session {
        digest: session.digest("session"),
        person: person.id.clone(),
        company: company.clone(),
        created_at: now,
        seen_at: now,
    };
    sessions::add(conn, &row).await?;
    Ok(LoggedIn {
        session,
        person,
        company,
    })
}

/// The companies that a person can come in to.
pub(super) async fn open_admissions(
    conn: &mut Connection,
    person: &str,
) -> Result<Vec<Admitted>, Error> {
    let mut admitted = admissions::of_person(conn, person).await?;
    admitted.retain(|a| !a.admission.disabled && a.admission.accepted_at.is_some());
    Ok(admitted)
}

/// Ends the session that somebody came with.
pub async fn log_out(store: &Store, identity: &Identity) -> Result<(), Error> {
    let mut tx = store.begin().await?;
    sessions::remove(&mut tx, identity.session()?).await?;
    tx.commit().await?;
    Ok(())
}

/// Ends all sessions of somebody but the one that they came with; how many there were.
pub async fn log_out_elsewhere(
    store: &Store,
    identity: &Identity,
    now: Instant,
) -> Result<u64, Error> {
    let session = identity.session()?;
    let person = &identity.person;
    let mut tx = store.begin().await?;
    let ended = sessions::remove_others(&mut tx, &person.id, Some(session)).await?;
    for admitted in open_admissions(&mut tx, &person.id).await? {
        let company = &admitted.admission.company;
        let note = journal::Note::new("person.log_out_elsewhere", "person", &person.id);
        journal::note(&mut tx, company, &person.id, note, now).await?;
    }
    tx.commit().await?;
    Ok(ended)
}

/// Changes one's own password. All other sessions end.
pub async fn change_password(
    store: &Store,
    passwords: &Passwords,
    identity: &Identity,
    current: &str,
    new: &str,
    now: Instant,
) -> Result<(), Error> {
    let session = identity.session()?;
    let person = &identity.person;
    let mut checks = Checks::default();
    checks.password("new", new, &person.login);
    checks.done()?;
    if !passwords.fits(current, person.password.as_deref()).await? {
        let message = "this is not your present password";
        return Err(Fault::new("current", "password_wrong", message).into());
    }
    let hash = passwords.hash(new).await?;
    let mut tx = store.begin().await?;
    persons::set_password(&mut tx, &person.id, &hash).await?;
    sessions::remove_others(&mut tx, &person.id, Some(session)).await?;
    for purpose in [PASSWORD, RECOVER] {
        links::remove(&mut tx, purpose, Some(&person.id), None).await?;
    }
    for admitted in open_admissions(&mut tx, &person.id).await? {
        let company = &admitted.admission.company;
        let note = journal::Note::new("person.password", "person", &person.id);
        journal::note(&mut tx, company, &person.id, note, now).await?;
    }
    tx.commit().await?;
    Ok(())
}

/// Chooses the language that one reads.
pub async fn set_language(store: &Store, identity: &Identity, language: Lang) -> Result<(), Error> {
    identity.session()?;
    let mut tx = store.begin().await?;
    persons::set_language(&mut tx, &identity.person.id, &language.to_string()).await?;
    tx.commit().await?;
    Ok(())
}
