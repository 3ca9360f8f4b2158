//! The first start: nobody is there yet, and whoever has the link from the terminal sets up the
//! first company and becomes its administrator.

use history::Instant;
use store::admissions::Admission;
use store::companies::Company;
use store::links::Link;
use store::persons::Person;
use store::{Store, admissions, companies, links, persons};
use wording::Lang;

use super::checks::Checks;
use super::login::{LoggedIn, begin_session};
use super::passwords::Passwords;
use super::secrets::Secret;
use crate::error::Error;
use crate::journal;
use crate::permissions::Access;

/// What a link of the first start is for.
pub(super) const FIRST: &str = "first";
const ALIVE_MS: i64 = 24 * 3_600_000;

/// What is asked at the first start.
#[derive(Clone, Debug)]
pub struct SetUp {
    /// The company's name.
    pub company: String,
    /// The IANA name of its time zone.
    pub timezone: String,
    /// The administrator's name.
    pub name: String,
    /// The administrator's login.
    pub login: String,
    /// The administrator's password.
    pub password: String,
    /// The language that they read.
    pub language: Lang,
}

/// The link for the first start, where there is nobody yet. Earlier ones are dead from then on.
pub async fn setup_link(store: &Store, now: Instant) -> Result<Option<Secret>, Error> {
    let mut tx = store.begin().await?;
    if persons::any(&mut tx).await? {
        return Ok(None);
    }
    links::remove(&mut tx, FIRST, None, None).await?;
    let secret = Secret::random();
    let link = Link {
        digest: secret.digest("link"),
        purpose: FIRST.to_string(),
        person: None,
        company: None,
        expires_at: now + ALIVE_MS,
    };
    links::add(&mut tx, &link).await?;
    tx.commit().await?;
    Ok(Some(secret))
}

/// Sets up the first company and its administrator, who is logged in thereby.
pub async fn set_up(
    store: &Store,
    passwords: &Passwords,
    link: &Secret,
    asked: &SetUp,
    now: Instant,
) -> Result<LoggedIn, Error> {
    let mut checks = Checks::default();
    let company_name = checks.name("company", &asked.company);
    let name = checks.name("name", &asked.name);
    let login = checks.login(&asked.login);
    checks.password("password", &asked.password, &login);
    let timezone = checks.timezone("timezone", &asked.timezone);
    checks.done()?;
    // Asked before hashing: a dead link must cost nothing.
    let digest = link.digest("link");
    let mut reader = store.reader().await?;
    let found = links::get(&mut reader, &digest, now).await?;
    drop(reader);
    found
        .filter(|link| link.purpose == FIRST)
        .ok_or(Error::DeadLink)?;
    let hash = passwords.hash(&asked.password).await?;

    let mut tx = store.begin().await?;
    if !links::spend(&mut tx, &digest, now).await? || persons::any(&mut tx).await? {
        return Err(Error::DeadLink);
    }
    let company = Company {
        id: store::new_id(),
        name: company_name,
        timezone,
        currency: "RUB".to_string(),
        created_at: now,
        sequence: 0,
    };
    companies::add(&mut tx, &company).await?;
    let person = Person {
        id: store::new_id(),
        login,
        name,
        password: Some(hash),
        language: asked.language.to_string(),
        created_at: now,
    };
    persons::add(&mut tx, &person).await?;
    let admission = Admission {
        company: company.id.clone(),
        person: person.id.clone(),
        access: Access::Administrator.name().to_string(),
        employee: None,
        disabled: false,
        created_at: now,
        accepted_at: Some(now),
    };
    admissions::add(&mut tx, &admission).await?;
    let note = journal::Note::new("company.set_up", "company", &company.id)
        .with("administrator", &person.id);
    journal::note(&mut tx, &company.id, &person.id, note, now).await?;
    let logged_in = begin_session(&mut tx, person, now).await?;
    tx.commit().await?;
    Ok(logged_in)
}
