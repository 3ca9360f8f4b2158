//! People of a sample company, who come in at once: nobody is there to take a link.

use std::collections::BTreeSet;

use history::Instant;
use store::admissions::Admission;
use store::persons::Person;
use store::{Store, admissions, persons};
use wording::Lang;

use super::passwords::Passwords;
use super::secrets::Secret;
use super::tokens::{NewToken, make_token};
use crate::actor::{Actor, Via};
use crate::error::Error;
use crate::permissions::{Access, Deed, Reach, Scope};

/// Somebody to admit.
#[derive(Clone, Debug)]
pub struct Newcomer {
    /// The company.
    pub company: String,
    /// What they come in by.
    pub login: String,
    /// Their name.
    pub name: String,
    /// What they may do.
    pub access: Access,
    /// The employee who they are.
    pub employee: Option<String>,
    /// The language that they read.
    pub language: Lang,
}

/// What somebody comes in by.
#[derive(Clone, Debug)]
pub struct Doors {
    /// A password.
    pub password: Secret,
    /// A token that is good for all that the access allows tokens.
    pub token: Secret,
}

/// Admits somebody with a random password and a token.
///
/// # Errors
/// Where the login is taken, or the store refuses.
pub async fn admit(
    store: &Store,
    passwords: &Passwords,
    them: &Newcomer,
    now: Instant,
) -> Result<Doors, Error> {
    let password = Secret::shown(&Secret::random().reveal()[..PASSWORD_LENGTH]);
    let person = Person {
        id: store::new_id(),
        login: super::fold(&them.login),
        name: them.name.clone(),
        password: Some(passwords.hash(password.reveal()).await?),
        language: them.language.to_string(),
        created_at: now,
    };
    let admission = Admission {
        company: them.company.clone(),
        person: person.id.clone(),
        access: them.access.name().to_owned(),
        employee: them.employee.clone(),
        disabled: false,
        created_at: now,
        accepted_at: Some(now),
    };
    let mut tx = store.begin().await?;
    if !persons::add(&mut tx, &person).await? {
        let message = format!("{:?} is taken", person.login);
        return Err(Error::Conflict(message));
    }
    admissions::add(&mut tx, &admission).await?;
    tx.commit().await?;
    let actor = Actor {
        person: person.id,
        name: person.name,
        company: them.company.clone(),
        access: them.access,
        employee: them.employee.clone(),
        groups: BTreeSet::new(),
        via: Via::Session,
    };
    let asked = NewToken {
        name: "sample".to_owned(),
        scopes: scopes(them.access),
    };
    let made = make_token(store, &actor, &asked, now).await?;
    Ok(Doors {
        password,
        token: made.secret,
    })
}

/// Characters of a password: 64 random bits.
const PASSWORD_LENGTH: usize = 16;

/// What a token of this access can be good for.
fn scopes(access: Access) -> BTreeSet<Scope> {
    let may = |scope: &Scope| {
        let mut deeds = Deed::ALL.iter();
        deeds.any(|deed| deed.scope() == Some(*scope) && deed.reach(access) != Reach::None)
    };
    Scope::ALL.into_iter().filter(may).collect()
}
