//! The people of a company: inviting them, changing what they may do, shutting them out.

use std::collections::BTreeMap;

use history::Instant;
use store::admissions::{Admission, Admitted};
use store::persons::Person;
use store::{Connection, Store, admissions, companies, persons, reference, sessions};
use wording::Lang;

use super::checks::Checks;
use super::coming_in::access_of;
use super::invitations::{JOIN, PASSWORD, comes_elsewhere, make_link};
use super::login::open_admissions;
use super::secrets::Secret;
use crate::actor::Actor;
use crate::error::{Error, Fault};
use crate::journal;
use crate::permissions::{Access, Deed};

/// A person of a company, as its list shows them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PersonShown {
    /// The id.
    pub id: String,
    /// The login.
    pub login: String,
    /// The name; the login again until they have come, for their name is nobody's business yet.
    pub name: String,
    /// What they may do.
    pub access: Access,
    /// The employee who they are.
    pub employee: Option<String>,
    /// Whether they were shut out.
    pub disabled: bool,
    /// When they were invited.
    pub invited_at: Instant,
    /// When they took the invitation.
    pub accepted_at: Option<Instant>,
}

/// Whom to invite.
#[derive(Clone, Debug)]
pub struct Invitation {
    /// Their login, such as their e-mail address.
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

/// Somebody who was invited, and the link to hand to them.
#[derive(Clone, Debug)]
pub struct Invited {
    /// Who.
    pub person: PersonShown,
    /// The link's secret; it works once.
    pub link: Secret,
    /// From when on it is dead.
    pub expires_at: Instant,
}

/// What to change of an admission; none: leave as it is.
#[derive(Clone, Debug, Default)]
pub struct Change {
    /// What they may do.
    pub access: Option<Access>,
    /// The employee who they are; empty: none.
    pub employee: Option<String>,
    /// Whether they are shut out.
    pub disabled: Option<bool>,
}

impl PersonShown {
    /// Whether they were invited and have not come yet.
    pub fn is_invited(&self) -> bool {
        self.accepted_at.is_none() && !self.disabled
    }

    /// Whether what they may do is about an employee, and nobody has said which.
    pub fn is_untied(&self) -> bool {
        let needs_one = matches!(self.access, Access::Employee | Access::Lead);
        needs_one && self.employee.is_none() && !self.disabled
    }
}

fn shown(admitted: Admitted) -> Result<PersonShown, Error> {
    let Admitted {
        admission,
        login,
        name,
        ..
    } = admitted;
    Ok(PersonShown {
        access: access_of(&admission)?,
        name: match admission.accepted_at {
            Some(_) => name,
            None => login.clone(),
        },
        id: admission.person,
        login,
        employee: admission.employee,
        disabled: admission.disabled,
        invited_at: admission.created_at,
        accepted_at: admission.accepted_at,
    })
}

/// The people of the company, in the order in which they were added, after an id.
pub async fn people(
    store: &Store,
    actor: &Actor,
    after: &str,
    limit: i64,
) -> Result<Vec<PersonShown>, Error> {
    actor.reach(Deed::SeePeople)?;
    let mut reader = store.reader().await?;
    let admitted = admissions::list(&mut reader, &actor.company, after, limit).await?;
    admitted.into_iter().map(shown).collect()
}

/// The names of the company's people by their ids, as far as somebody may see them: at least their
/// own.
pub async fn names(store: &Store, actor: &Actor) -> Result<BTreeMap<String, String>, Error> {
    let mut names = BTreeMap::from([(actor.person.clone(), actor.name.clone())]);
    if actor.reach(Deed::SeePeople).is_ok() {
        let all = everybody(store, actor).await?.into_iter();
        names.extend(all.map(|person| (person.id, person.name)));
    }
    Ok(names)
}

/// The names of all people of a company by their ids.
pub(crate) async fn names_in(
    conn: &mut Connection,
    company: &str,
) -> Result<BTreeMap<String, String>, Error> {
    let admitted = admissions::list(conn, company, "", i64::MAX).await?;
    let named = admitted
        .into_iter()
        .map(|one| (one.admission.person, one.name));
    Ok(named.collect())
}

/// One of the people of the company.
///
/// # Errors
/// Where the access does not allow it, or the company has nobody of this id.
pub async fn person(store: &Store, actor: &Actor, id: &str) -> Result<PersonShown, Error> {
    actor.reach(Deed::SeePeople)?;
    let mut reader = store.reader().await?;
    let (admission, person) = find(&mut reader, actor, id).await?;
    shown(Admitted {
        admission,
        login: person.login,
        name: person.name,
        company_name: String::new(),
    })
}

/// All people of the company, in the order in which they were added.
///
/// # Errors
/// Where the access does not allow it.
pub async fn everybody(store: &Store, actor: &Actor) -> Result<Vec<PersonShown>, Error> {
    people(store, actor, "", i64::MAX).await
}

/// Invites somebody to the company.
pub async fn invite(
    store: &Store,
    actor: &Actor,
    asked: &Invitation,
    now: Instant,
) -> Result<Invited, Error> {
    actor.reach(Deed::ManagePeople)?;
    let mut checks = Checks::default();
    let login = checks.login(&asked.login);
    let name = checks.name("name", &asked.name);
    checks.done()?;

    let mut tx = store.begin().await?;
    let employee = employee(&mut tx, actor, asked.employee.as_deref()).await?;
    let (person, purpose) = match persons::by_login(&mut tx, &login).await? {
        Some(person) => (person, JOIN),
        None => (new_person(login, name, asked.language, now), PASSWORD),
    };
    if purpose == PASSWORD && !persons::add(&mut tx, &person).await? {
        return Err(already(&person.login));
    }
    let admission = Admission {
        company: actor.company.clone(),
        person: person.id.clone(),
        access: asked.access.name().to_string(),
        employee,
        disabled: false,
        created_at: now,
        accepted_at: None,
    };
    if !admissions::add(&mut tx, &admission).await? {
        return Err(already(&person.login));
    }
    let note = journal::Note::new("person.invite", "person", &person.id)
        .with("login", &person.login)
        .with("access", &admission.access)
        .with(
            "employee",
            admission.employee.as_deref().unwrap_or_default(),
        );
    let invited = linked(&mut tx, purpose, &person, admission, now).await?;
    journal::note(&mut tx, &actor.company, &actor.person, note, now).await?;
    tx.commit().await?;
    Ok(invited)
}

fn already(login: &str) -> Error {
    let message = format!("{login:?} is in the list of people already");
    Fault::clash("login", "already_here", message)
}

fn new_person(login: String, name: String, language: Lang, now: Instant) -> Person {
    Person {
        id: store::new_id(),
        login,
        name,
        password: None,
        language: language.to_string(),
        created_at: now,
    }
}

async fn linked(
    conn: &mut Connection,
    purpose: &str,
    person: &Person,
    admission: Admission,
    now: Instant,
) -> Result<Invited, Error> {
    let (link, expires_at) = make_link(conn, purpose, &admission, now).await?;
    let person = shown(Admitted {
        admission,
        login: person.login.clone(),
        name: person.name.clone(),
        company_name: String::new(),
    })?;
    Ok(Invited {
        person,
        link,
        expires_at,
    })
}

/// A new link for somebody: to come in for the first time, or because they forgot their
/// password. Only where no other company has them: an administrator must not get at what a
/// person may do elsewhere.
pub async fn new_link(
    store: &Store,
    actor: &Actor,
    person: &str,
    now: Instant,
) -> Result<Invited, Error> {
    actor.reach(Deed::ManagePeople)?;
    let mut tx = store.begin().await?;
    let (admission, person) = find(&mut tx, actor, person).await?;
    if admission.disabled {
        let message = "this person is shut out; let them in first";
        return Err(Fault::clash("", "shut_out", message));
    }
    let elsewhere = comes_elsewhere(&mut tx, &admission).await?;
    let purpose = match (admission.accepted_at, elsewhere) {
        (None, true) => JOIN,
        (Some(_), true) => {
            let message =
                "this person works with other companies too; the password is theirs to change";
            return Err(Fault::clash("", "elsewhere", message));
        }
        (_, false) => PASSWORD,
    };
    let note = journal::Note::new("person.link", "person", &person.id).with("purpose", purpose);
    let invited = linked(&mut tx, purpose, &person, admission, now).await?;
    journal::note(&mut tx, &actor.company, &actor.person, note, now).await?;
    tx.commit().await?;
    Ok(invited)
}

/// Changes what a person may do, who they are, or whether they are shut out.
pub async fn change(
    store: &Store,
    actor: &Actor,
    person: &str,
    change: &Change,
    now: Instant,
) -> Result<PersonShown, Error> {
    actor.reach(Deed::ManagePeople)?;
    let mut tx = store.begin().await?;
    // Two administrators who shut each other out at once must not both succeed.
    companies::next_sequence(&mut tx, &actor.company, 0).await?;
    let (mut admission, person) = find(&mut tx, actor, person).await?;
    let mut note = journal::Note::new("person.change", "person", &person.id);
    if let Some(access) = change.access {
        note = note.change("access", &admission.access, access.name());
        admission.access = access.name().to_string();
    }
    if let Some(asked) = &change.employee {
        let employee = employee(&mut tx, actor, Some(asked)).await?;
        let (old, new) = (admission.employee.as_deref(), employee.as_deref());
        note = note.change("employee", old.unwrap_or_default(), new.unwrap_or_default());
        admission.employee = employee;
    }
    if let Some(disabled) = change.disabled {
        let said = |disabled: bool| if disabled { "yes" } else { "no" };
        note = note.change("disabled", said(admission.disabled), said(disabled));
        admission.disabled = disabled;
    }
    admissions::update(&mut tx, &admission).await?;
    if admission.disabled && open_admissions(&mut tx, &person.id).await?.is_empty() {
        sessions::remove_others(&mut tx, &person.id, None).await?;
    }
    let administrators = Access::Administrator.name();
    if admissions::count(&mut tx, &actor.company, administrators).await? == 0 {
        let message = "the company would have no administrator left; name another one first";
        return Err(Fault::clash("", "last_administrator", message));
    }
    journal::note(&mut tx, &actor.company, &actor.person, note, now).await?;
    tx.commit().await?;
    shown(Admitted {
        admission,
        login: person.login,
        name: person.name,
        company_name: String::new(),
    })
}

/// A person of the actor's company.
async fn find(
    conn: &mut Connection,
    actor: &Actor,
    id: &str,
) -> Result<(Admission, Person), Error> {
    let admission = admissions::get(conn, &actor.company, id).await?;
    let person = persons::get(conn, id).await?;
    admission.zip(person).ok_or_else(|| Error::NotFound {
        what: "person",
        id: id.to_string(),
    })
}

/// The employee that was asked for, if the company has them.
async fn employee(
    conn: &mut Connection,
    actor: &Actor,
    asked: Option<&str>,
) -> Result<Option<String>, Error> {
    let asked = asked.map(str::trim).filter(|id| !id.is_empty());
    let Some(id) = asked else {
        return Ok(None);
    };
    if reference::employee(conn, &actor.company, id)
        .await?
        .is_none()
    {
        let message = format!("the company has no employee {id:?}");
        return Err(Fault::new("employee", "employee", message).into());
    }
    Ok(Some(id.to_string()))
}
