//! Lists with their filters that somebody has saved under a name: their own, in one company.

use history::Instant;
use store::saved as rows;
pub use store::saved::Saved;
use store::{Store, new_id};

use crate::accounts::Checks;
use crate::actor::Actor;
use crate::error::{Error, Fault};
use crate::permissions::Deed;

/// The most that one person keeps in a company.
pub const MOST: usize = 50;
/// The longest filter, in bytes.
const QUERY: usize = 2_000;

/// One's saved lists, by page and name.
///
/// # Errors
/// Where the access does not allow it, or the store fails.
pub async fn all(store: &Store, actor: &Actor) -> Result<Vec<Saved>, Error> {
    actor.reach(Deed::SaveLists)?;
    let mut reader = store.reader().await?;
    Ok(rows::all(&mut reader, &actor.company, &actor.person).await?)
}

/// Saves the filters of a page under a name; those that had this name give way.
///
/// # Errors
/// Where the access does not allow it, the name or filters cannot be, or there are too many.
pub async fn save(
    store: &Store,
    actor: &Actor,
    (page, query): (&str, &str),
    name: &str,
    now: Instant,
) -> Result<(), Error> {
    actor.reach(Deed::SaveLists)?;
    let mut checks = Checks::default();
    let name = checks.name("name", name);
    checks.done()?;
    if query.is_empty() || query.len() > QUERY {
        return Err(fault("query", "query", "a filter that narrows the list"));
    }
    let mut tx = store.begin().await?;
    let own = rows::all(&mut tx, &actor.company, &actor.person).await?;
    let stands = |saved: &Saved| saved.page == page && saved.name == name;
    if own.len() >= MOST && !own.iter().any(stands) {
        let message = format!("{MOST} lists are saved; remove one first");
        return Err(fault("name", "saved_too_many", &message));
    }
    let saved = Saved {
        id: new_id(),
        name,
        page: page.to_owned(),
        query: query.to_owned(),
    };
    rows::put(&mut tx, (&actor.company, &actor.person), now, &saved).await?;
    Ok(tx.commit().await?)
}

fn fault(field: &'static str, code: &'static str, message: &str) -> Error {
    Error::Invalid(vec![Fault {
        field,
        code,
        message: message.to_owned(),
    }])
}

/// Forgets one of one's saved lists.
///
/// # Errors
/// Where the access does not allow it, or there is no such list of theirs.
pub async fn remove(store: &Store, actor: &Actor, id: &str) -> Result<(), Error> {
    actor.reach(Deed::SaveLists)?;
    let mut tx = store.begin().await?;
    let own = (actor.company.as_str(), actor.person.as_str());
    if !rows::remove(&mut tx, own, id).await? {
        return Err(Error::NotFound {
            what: "saved list",
            id: id.to_owned(),
        });
    }
    Ok(tx.commit().await?)
}
