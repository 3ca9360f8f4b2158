//! The companies of a store, for whoever can open it: nobody's rights are asked for. And what one
//! of them is called and reckons in, for those who may change that.

use history::{Account, Instant};
use store::companies::{self, Company};
use store::regulations::NewVersion;
use store::{Connection, Store, regulations};

use crate::accounts::Checks;
use crate::actor::Actor;
use crate::audits::{Audits, TableChange, in_force, regulation_of};
use crate::error::Error;
use crate::journal::{self, Note};
use crate::permissions::Deed;

/// A company to add.
#[derive(Clone, Debug)]
pub struct NewCompany {
    /// Its name.
    pub name: String,
    /// The IANA name of its time zone.
    pub timezone: String,
    /// ISO 4217.
    pub currency: String,
    /// The versions of its regulation; none: the starter judges it.
    pub versions: Vec<NewVersion>,
}

/// Adds a company of which nothing is known yet.
///
/// # Errors
/// Where the name, zone or currency is none, or the versions are no regulation.
pub async fn add(store: &Store, asked: &NewCompany, now: Instant) -> Result<Company, Error> {
    let mut checks = Checks::default();
    let name = checks.name("name", &asked.name);
    let timezone = checks.timezone("timezone", &asked.timezone);
    let currency = checks.currency("currency", &asked.currency);
    checks.done()?;
    let company = Company {
        id: store::new_id(),
        name,
        timezone,
        currency,
        created_at: now,
        sequence: 0,
    };
    let mut tx = store.begin().await?;
    companies::add(&mut tx, &company).await?;
    for version in &asked.versions {
        regulations::add(&mut tx, &company.id, now, version).await?;
    }
    regulation_of(&in_force(&mut tx, &company.id).await?)?;
    let note = Note::new("company.add", "company", &company.id).with("name", &company.name);
    journal::note(&mut tx, &company.id, "", note, now).await?;
    tx.commit().await?;
    Ok(company)
}

/// All companies, by name.
///
/// # Errors
/// What the store says.
pub async fn list(store: &Store) -> Result<Vec<Company>, Error> {
    Ok(companies::list(&mut *store.reader().await?).await?)
}

/// The company of this id, or the only one of this name.
///
/// # Errors
/// Where there is none.
pub async fn find(store: &Store, named: &str) -> Result<Company, Error> {
    let all = list(store).await?;
    let by_id = all.iter().find(|company| company.id == named);
    let mut by_name = all.iter().filter(|company| company.name == named);
    let only = match (by_name.next(), by_name.next()) {
        (only, None) => only,
        _ => None,
    };
    by_id.or(only).cloned().ok_or_else(|| Error::NotFound {
        what: "company",
        id: named.to_owned(),
    })
}

/// The name, zone and currency of the actor's company.
///
/// # Errors
/// Where the access does not allow it.
pub async fn account(store: &Store, actor: &Actor) -> Result<Account, Error> {
    actor.reach(Deed::SeeSettings)?;
    kept(&mut *store.reader().await?, &actor.company).await
}

/// Changes the name, zone and currency of the actor's company. Hours and days are those of the
/// regulation's zone.
///
/// # Errors
/// Where the access does not allow it, or a value cannot be.
pub async fn set_account(
    audits: &Audits,
    actor: &Actor,
    asked: &Account,
    now: Instant,
) -> Result<(), Error> {
    actor.reach(Deed::ManageSettings)?;
    let mut checks = Checks::default();
    let account = Account {
        name: checks.name("name", &asked.name),
        timezone: checks.timezone("timezone", &asked.timezone),
        currency: checks.currency("currency", &asked.currency),
    };
    checks.done()?;
    let old = kept(&mut *audits.store().reader().await?, &actor.company).await?;
    let note = Note::new("company.change", "company", &actor.company)
        .change("name", &old.name, &account.name)
        .change("timezone", &old.timezone, &account.timezone)
        .change("currency", &old.currency, &account.currency);
    let change = TableChange::Account(account);
    let by = (actor.person.as_str(), note);
    audits.change_tables(&actor.company, &change, by, now).await
}

async fn kept(conn: &mut Connection, company: &str) -> Result<Account, Error> {
    let found = companies::find(conn, company).await?;
    let found = found.ok_or_else(|| Error::NotFound {
        what: "company",
        id: company.to_owned(),
    })?;
    Ok(Account {
        name: found.name,
        timezone: found.timezone,
        currency: found.currency,
    })
}
