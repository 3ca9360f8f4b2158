//! Invitations: a link by which somebody new chooses a password, or somebody who has a login
//! already comes to one more company.
//!
//! A login that was there before is only ever joined to a company by its own holder, logged in:
//! otherwise whoever took a login first, in one company, would be let in to the next.

use history::Instant;
use store::admissions::Admission;
use store::links::Link;
use store::persons::Person;
use store::{Connection, Store, admissions, companies, links, persons, sessions};

use super::checks::{Checks, fold};
use super::coming_in::Identity;
use super::login::{LoggedIn, begin_session};
use super::passwords::Passwords;
use super::secrets::Secret;
use super::setup::FIRST;
use crate::error::Error;
use crate::journal;

/// What a link is for by which a password is chosen.
pub(super) const PASSWORD: &str = "password";
/// What a link is for by which somebody with a login comes to one more company.
pub(super) const JOIN: &str = "join";
/// What a link is for that whoever keeps the server has made, for somebody who cannot get in.
pub(super) const RECOVER: &str = "recover";
const ALIVE_MS: i64 = 7 * 24 * 3_600_000;

/// What a link opens.
#[derive(Clone, Debug)]
pub enum Opened {
    /// The first start.
    FirstStart,
    /// The choice of a password.
    Password {
        /// Whose.
        person: Person,
        /// The company that invites; none: the password was forgotten.
        company: Option<String>,
    },
    /// One more company for somebody who has a login.
    Join {
        /// The login that is invited.
        login: String,
        /// The company that invites.
        company: String,
    },
}

/// Makes a link of a purpose for a person; earlier ones of that company are dead from then on.
pub(super) async fn make_link(
    conn: &mut Connection,
    purpose: &str,
    admission: &Admission,
    now: Instant,
) -> Result<(Secret, Instant), Error> {
    let secret = Secret::random();
    let link = Link {
        digest: secret.digest("link"),
        purpose: purpose.to_string(),
        person: Some(admission.person.clone()),
        company: Some(admission.company.clone()),
        expires_at: now + ALIVE_MS,
    };
    let (person, company) = (&admission.person, &admission.company);
    links::remove(conn, purpose, Some(person), Some(company)).await?;
    links::add(conn, &link).await?;
    Ok((secret, link.expires_at))
}

/// Makes a link for somebody who cannot get in, such as the only administrator without a
/// password. It is for whoever keeps the server: they reach the store in any case.
pub async fn recovery_link(store: &Store, login: &str, now: Instant) -> Result<Secret, Error> {
    let mut tx = store.begin().await?;
    let nobody = || Error::NotFound {
        what: "person who may come in with the login",
        id: login.to_string(),
    };
    let person = persons::by_login(&mut tx, &fold(login)).await?;
    let person = person.ok_or_else(nobody)?;
    let mut admitted = admissions::of_person(&mut tx, &person.id).await?;
    admitted.retain(|admitted| !admitted.admission.disabled);
    let first = &admitted.first().ok_or_else(nobody)?.admission;
    let (secret, _) = make_link(&mut tx, RECOVER, first, now).await?;
    for admitted in &admitted {
        let note = journal::Note::new("person.recover", "person", &person.id);
        journal::note(&mut tx, &admitted.admission.company, "", note, now).await?;
    }
    tx.commit().await?;
    Ok(secret)
}

/// Looks what a link is for, without using it up.
pub async fn open(store: &Store, link: &Secret, now: Instant) -> Result<Opened, Error> {
    let mut reader = store.reader().await?;
    let found = links::get(&mut reader, &link.digest("link"), now).await?;
    let link = found.ok_or(Error::DeadLink)?;
    if link.purpose == FIRST {
        return Ok(Opened::FirstStart);
    }
    let (admission, person) = whom(&mut reader, &link).await?;
    if link.purpose == PASSWORD && comes_elsewhere(&mut reader, &admission).await? {
        return Err(Error::DeadLink);
    }
    let company = companies::find(&mut reader, &admission.company).await?;
    let company = company.ok_or(Error::DeadLink)?.name;
    Ok(match link.purpose.as_str() {
        JOIN => Opened::Join {
            login: person.login,
            company,
        },
        _ => Opened::Password {
            company: Some(company).filter(|_| admission.accepted_at.is_none()),
            person,
        },
    })
}

/// Whom a link is for, if they are still invited.
async fn whom(conn: &mut Connection, link: &Link) -> Result<(Admission, Person), Error> {
    let (Some(company), Some(person)) = (&link.company, &link.person) else {
        return Err(Error::DeadLink);
    };
    let admission = admissions::get(conn, company, person).await?;
    let admission = admission.filter(|admission| !admission.disabled);
    let person = persons::get(conn, person).await?;
    admission.zip(person).ok_or(Error::DeadLink)
}

/// Chooses a password by a link, which is used up. All sessions of the person end, and a new one
/// begins.
pub async fn choose_password(
    store: &Store,
    passwords: &Passwords,
    link: &Secret,
    password: &str,
    now: Instant,
) -> Result<LoggedIn, Error> {
    let Opened::Password { person, .. } = open(store, link, now).await? else {
        return Err(Error::DeadLink);
    };
    let mut checks = Checks::default();
    checks.password("password", password, &person.login);
    checks.done()?;
    let hash = passwords.hash(password).await?;

    let mut tx = store.begin().await?;
    let admission = spend(&mut tx, link, &[PASSWORD, RECOVER], now).await?;
    persons::set_password(&mut tx, &person.id, &hash).await?;
    sessions::remove_others(&mut tx, &person.id, None).await?;
    for purpose in [PASSWORD, RECOVER] {
        links::remove(&mut tx, purpose, Some(&person.id), None).await?;
    }
    take(&mut tx, admission, "person.password", now).await?;
    let logged_in = begin_session(&mut tx, person, now).await?;
    tx.commit().await?;
    Ok(logged_in)
}

/// Takes an invitation to one more company, as the one who is logged in, and goes there.
pub async fn accept(
    store: &Store,
    identity: &Identity,
    link: &Secret,
    now: Instant,
) -> Result<(), Error> {
    let session = identity.session()?;
    let mut tx = store.begin().await?;
    let admission = spend(&mut tx, link, &[JOIN], now).await?;
    // Somebody else's link is not used up: the transaction goes with the error.
    if admission.person != identity.person.id {
        return Err(Error::DeadLink);
    }
    sessions::set_company(&mut tx, session, &admission.company).await?;
    take(&mut tx, admission, "person.join", now).await?;
    tx.commit().await?;
    Ok(())
}

/// Whether the person of an admission comes in to another company, too. Then this one has no say
/// over their password.
pub(super) async fn comes_elsewhere(
    conn: &mut Connection,
    admission: &Admission,
) -> Result<bool, Error> {
    let all = admissions::of_person(conn, &admission.person).await?;
    let mut others = all.iter().map(|admitted| &admitted.admission);
    let elsewhere =
        others.any(|other| other.company != admission.company && other.accepted_at.is_some());
    Ok(elsewhere)
}

/// Uses a link up; the admission that it is for.
async fn spend(
    conn: &mut Connection,
    link: &Secret,
    purposes: &[&str],
    now: Instant,
) -> Result<Admission, Error> {
    let digest = link.digest("link");
    let found = links::get(conn, &digest, now).await?;
    let found = found.filter(|link| purposes.contains(&link.purpose.as_str()));
    let link = found.ok_or(Error::DeadLink)?;
    let (admission, _) = whom(conn, &link).await?;
    if link.purpose == PASSWORD && comes_elsewhere(conn, &admission).await? {
        return Err(Error::DeadLink);
    }
    match links::spend(conn, &digest, now).await? {
        true => Ok(admission),
        false => Err(Error::DeadLink),
    }
}

/// Notes that an invitation was taken.
async fn take(
    conn: &mut Connection,
    mut admission: Admission,
    action: &'static str,
    now: Instant,
) -> Result<(), Error> {
    admission.accepted_at = admission.accepted_at.or(Some(now));
    admissions::update(conn, &admission).await?;
    let note = journal::Note::new(action, "person", &admission.person);
    journal::note(conn, &admission.company, &admission.person, note, now).await
}
