//! Who is it that comes: from a session or a token to a person, and to an actor in a company.

use std::collections::BTreeSet;

use history::Instant;
use store::admissions::Admission;
use store::persons::Person;
use store::sessions::Session;
use store::{Connection, Store, admissions, persons, sessions, tokens};

use super::login::{IDLE_MS, LONGEST_MS};
use super::secrets::Secret;
use crate::actor::{Actor, Via};
use crate::error::Error;
use crate::permissions::{Access, Scope};

/// How exactly it is kept when a session or a token was last used. Noting every use would be a
/// write for every read.
const SEEN_STEP_MS: i64 = 5 * 60_000;

/// What somebody shows at the door.
#[derive(Clone, Debug)]
pub enum Pass {
    /// The id of a session.
    Session(Secret),
    /// A token.
    Token(Secret),
}

/// Somebody who came in.
#[derive(Clone, Debug)]
pub struct Identity {
    /// Who it is.
    pub person: Person,
    /// Who they are in the company that they are in; none until they choose one.
    pub actor: Option<Actor>,
    /// The digest of the session, where they came with one.
    pub session: Option<String>,
}

impl Identity {
    /// The digest of the session; an error for whoever came with a token.
    pub(crate) fn session(&self) -> Result<&str, Error> {
        self.session.as_deref().ok_or(Error::SessionOnly)
    }
}

/// Lets somebody in, if what they show is good.
pub async fn come_in(store: &Store, pass: &Pass, now: Instant) -> Result<Option<Identity>, Error> {
    match pass {
        Pass::Session(secret) => with_session(store, secret, now).await,
        Pass::Token(secret) => with_token(store, secret, now).await,
    }
}

async fn with_session(
    store: &Store,
    secret: &Secret,
    now: Instant,
) -> Result<Option<Identity>, Error> {
    let mut reader = store.reader().await?;
    let found = sessions::get(&mut reader, &secret.digest("session")).await?;
    let Some(session) = found.filter(|session| alive(session, now)) else {
        return Ok(None);
    };
    let Some(person) = persons::get(&mut reader, &session.person).await? else {
        return Ok(None);
    };
    let admission = match &session.company {
        Some(company) => admissions::get(&mut reader, company, &person.id).await?,
        None => None,
    };
    let actor = match admission {
        Some(admission) => actor(&mut reader, &person, admission, Via::Session).await?,
        None => None,
    };
    drop(reader);
    if now - session.seen_at >= SEEN_STEP_MS {
        let mut tx = store.begin().await?;
        sessions::set_seen(&mut tx, &session.digest, now).await?;
        tx.commit().await?;
    }
    Ok(Some(Identity {
        person,
        actor,
        session: Some(session.digest),
    }))
}

fn alive(session: &Session, now: Instant) -> bool {
    now - session.seen_at < IDLE_MS && now - session.created_at < LONGEST_MS
}

async fn with_token(
    store: &Store,
    secret: &Secret,
    now: Instant,
) -> Result<Option<Identity>, Error> {
    let mut reader = store.reader().await?;
    let found = tokens::by_digest(&mut reader, &secret.digest("token")).await?;
    let Some(token) = found.filter(|token| token.revoked_at.is_none()) else {
        return Ok(None);
    };
    let Some(person) = persons::get(&mut reader, &token.person).await? else {
        return Ok(None);
    };
    let Some(admission) = admissions::get(&mut reader, &token.company, &person.id).await? else {
        return Ok(None);
    };
    let scopes: BTreeSet<Scope> = token.scopes.split(' ').filter_map(Scope::of_name).collect();
    let Some(actor) = actor(&mut reader, &person, admission, Via::Token(scopes)).await? else {
        return Ok(None);
    };
    drop(reader);
    if token.used_at.is_none_or(|used| now - used >= SEEN_STEP_MS) {
        let mut tx = store.begin().await?;
        tokens::set_used(&mut tx, &token.company, &token.id, now).await?;
        tx.commit().await?;
    }
    Ok(Some(Identity {
        person,
        actor: Some(actor),
        session: None,
    }))
}

/// Who a person is in each company that they may come in to, with the company's name, by name: for
/// whoever knows the person by an address that was linked.
pub async fn everywhere(store: &Store, person: &Person) -> Result<Vec<(Actor, String)>, Error> {
    let mut reader = store.reader().await?;
    let mut actors = Vec::new();
    for admitted in admissions::of_person(&mut reader, &person.id).await? {
        let company = admitted.company_name;
        let found = actor(&mut reader, person, admitted.admission, Via::Session).await?;
        actors.extend(found.map(|actor| (actor, company)));
    }
    Ok(actors)
}

/// Who a person is in a company; nobody where they were shut out or have not come yet.
async fn actor(
    conn: &mut Connection,
    person: &Person,
    admission: Admission,
    via: Via,
) -> Result<Option<Actor>, Error> {
    if admission.disabled || admission.accepted_at.is_none() {
        return Ok(None);
    }
    let access = access_of(&admission)?;
    let groups = match (access, &admission.employee) {
        (Access::Lead, Some(employee)) => {
            admissions::groups_led(conn, &admission.company, employee).await?
        }
        _ => Vec::new(),
    };
    Ok(Some(Actor {
        person: person.id.clone(),
        name: person.name.clone(),
        company: admission.company,
        access,
        employee: admission.employee,
        groups: groups.into_iter().collect(),
        via,
    }))
}

/// Who a person is in a company, as if they had come in themselves; nobody where they cannot.
///
/// # Errors
/// Where the store fails.
pub async fn actor_of(
    conn: &mut Connection,
    company: &str,
    person: &str,
) -> Result<Option<Actor>, Error> {
    let known = persons::get(conn, person).await?;
    let admission = admissions::get(conn, company, person).await?;
    match known.zip(admission) {
        Some((person, admission)) => actor(conn, &person, admission, Via::Session).await,
        None => Ok(None),
    }
}

/// The access that an admission names.
pub(super) fn access_of(admission: &Admission) -> Result<Access, Error> {
    Access::of_name(&admission.access).ok_or_else(|| {
        let (value, person) = (&admission.access, &admission.person);
        Error::Inside(format!(
            "the admission of person {person} has the unknown access {value:?}"
        ))
    })
}
