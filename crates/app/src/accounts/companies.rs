//! The companies of one person, and going from one to another without a new login.

use store::{Store, sessions};

use super::coming_in::{Identity, access_of};
use super::login::open_admissions;
use crate::error::Error;
use crate::permissions::Access;

/// A company that a person can come in to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Place {
    /// The company's id.
    pub company: String,
    /// Its name.
    pub name: String,
    /// What the person may do there.
    pub access: Access,
    /// The employee who they are there.
    pub employee: Option<String>,
    /// Whether they are there now.
    pub current: bool,
}

/// The companies that somebody can come in to, by name. A token is good for its own only.
pub async fn companies(store: &Store, identity: &Identity) -> Result<Vec<Place>, Error> {
    let current = identity.actor.as_ref().map(|actor| actor.company.as_str());
    let mut reader = store.reader().await?;
    let admitted = open_admissions(&mut reader, &identity.person.id).await?;
    let seen = admitted.into_iter().filter(|admitted| {
        identity.session.is_some() || current == Some(&admitted.admission.company)
    });
    seen.map(|admitted| {
        Ok(Place {
            access: access_of(&admitted.admission)?,
            current: current == Some(&admitted.admission.company),
            company: admitted.admission.company,
            name: admitted.company_name,
            employee: admitted.admission.employee,
        })
    })
    .collect()
}

/// Goes over to another company.
pub async fn switch(store: &Store, identity: &Identity, company: &str) -> Result<(), Error> {
    let session = identity.session()?;
    let mut tx = store.begin().await?;
    let admitted = open_admissions(&mut tx, &identity.person.id).await?;
    if !admitted.iter().any(|a| a.admission.company == company) {
        return Err(Error::NotFound {
            what: "company",
            id: company.to_string(),
        });
    }
    sessions::set_company(&mut tx, session, company).await?;
    tx.commit().await?;
    Ok(())
}
