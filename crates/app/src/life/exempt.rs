//! Making, ending and listing exemptions.

use history::Instant;
use serde_json::json;
use store::{Store, companies, exemptions};

pub use store::exemptions::Exemption as Kept;

use super::book;
use super::decide::MOST_TEXT;
use super::exemption::{Exemption, Scope, Unfit};
use super::office::Office;
use super::tell::{To, tell};
use crate::actor::Actor;
use crate::error::{Error, Fault};
use crate::journal::{Note, note};
use crate::permissions::{Deed, Whose};

/// An exemption that somebody asks for.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Asked {
    /// What it is about.
    pub scope: Scope,
    /// Why.
    pub reason: String,
    /// The first breach it covers; none: what comes from now on.
    pub from: Option<Instant>,
    /// The first breach that it no longer covers.
    pub until: Instant,
}

fn fault(unfit: Unfit) -> Error {
    let (field, code) = match unfit {
        // Any of the four would do.
        Unfit::NoScope => ("rule", "missing"),
        Unfit::NoReason => ("reason", "missing"),
        Unfit::EndsBeforeItBegins | Unfit::Over => ("until", "unfit"),
        Unfit::EndedBefore => return Error::Conflict(unfit.to_string()),
    };
    Fault::new(field, code, unfit.to_string()).into()
}

/// An exemption from what nobody knows would hide nothing and never be noticed.
fn check_known(scope: &Scope, office: Office<'_>) -> Result<(), Error> {
    let known = [
        ("rule", &scope.rule, office.has_rule(&scope.rule)),
        ("deal", &scope.deal, office.has_deal(&scope.deal)),
        (
            "employee",
            &scope.employee,
            office.employee(&scope.employee).is_some(),
        ),
        ("stage", &scope.stage, office.has_stage(&scope.stage)),
    ];
    let unknown = known
        .into_iter()
        .filter(|(_, id, known)| !id.is_empty() && !known);
    let faults: Vec<Fault> = unknown
        .map(|(field, id, _)| Fault::new(field, "unknown", format!("there is no {field} {id:?}")))
        .collect();
    if faults.is_empty() {
        return Ok(());
    }
    Err(Error::Invalid(faults))
}

/// Makes an exemption.
///
/// # Errors
/// Where the access does not allow it, or scope, reason or end cannot be.
pub async fn make(
    store: &Store,
    actor: &Actor,
    office: Office<'_>,
    asked: &Asked,
    now: Instant,
) -> Result<Kept, Error> {
    actor.reach(Deed::Exempt)?;
    let made = Exemption {
        id: store::new_id(),
        scope: asked.scope.clone(),
        reason: asked.reason.clone(),
        author: actor.person.clone(),
        made_at: now,
        from: asked.from.unwrap_or(now),
        until: asked.until,
        ended: None,
    };
    made.check(now).map_err(fault)?;
    if made.reason.len() > MOST_TEXT {
        let message = "at most 10000 bytes of text are kept";
        return Err(Fault::new("reason", "too_long", message).into());
    }
    check_known(&made.scope, office)?;
    let kept = Kept {
        id: made.id,
        rule: made.scope.rule,
        deal: made.scope.deal,
        employee: made.scope.employee,
        stage: made.scope.stage,
        reason: made.reason,
        author: made.author,
        made_at: made.made_at,
        from: made.from,
        until: made.until,
        ..Kept::default()
    };
    let mut tx = store.begin().await?;
    exemptions::add(&mut tx, &actor.company, &kept).await?;
    let line = Note::new("exemption.make", "exemption", &kept.id)
        .with("rule", &kept.rule)
        .with("deal", &kept.deal)
        .with("employee", &kept.employee)
        .with("stage", &kept.stage);
    note(&mut tx, &actor.company, &actor.person, line, now).await?;
    said(
        &mut tx,
        actor,
        office,
        &kept,
        ("exemption.made", &kept.reason),
        now,
    )
    .await?;
    tx.commit().await?;
    Ok(kept)
}

/// Ends an exemption early. What lies before goes on being covered.
///
/// # Errors
/// Where the access does not allow it, there is no such exemption, it is over, or no reason is
/// given.
pub async fn end(
    store: &Store,
    actor: &Actor,
    office: Office<'_>,
    (id, why): (&str, &str),
    now: Instant,
) -> Result<Kept, Error> {
    actor.reach(Deed::Exempt)?;
    if why.trim().is_empty() {
        return Err(Fault::new("reason", "missing", "write why the exemption ends").into());
    }
    let missing = || Error::NotFound {
        what: "exemption",
        id: id.to_owned(),
    };
    let mut tx = store.begin().await?;
    companies::lock(&mut tx, &actor.company).await?;
    let found = exemptions::find(&mut tx, &actor.company, id).await?;
    let found = found.ok_or_else(missing)?;
    book::exemption(found).check_end(now).map_err(fault)?;
    exemptions::end(&mut tx, &actor.company, id, now, &actor.person, why).await?;
    let line = Note::new("exemption.end", "exemption", id);
    note(&mut tx, &actor.company, &actor.person, line, now).await?;
    let kept = exemptions::find(&mut tx, &actor.company, id)
        .await?
        .ok_or_else(missing)?;
    said(&mut tx, actor, office, &kept, ("exemption.ended", why), now).await?;
    tx.commit().await?;
    Ok(kept)
}

/// Tells whom an exemption concerns: the employee it names and the lead, and whoever made it.
async fn said(
    conn: &mut store::Connection,
    actor: &Actor,
    office: Office<'_>,
    kept: &Kept,
    (kind, text): (&str, &str),
    now: Instant,
) -> Result<(), Error> {
    let employees = [kept.employee.as_str(), office.lead(&kept.employee, now)];
    let to = To {
        employees: &employees,
        persons: &[&kept.author],
        ..To::default()
    };
    let payload = json!({ "exemption": kept.id, "text": text });
    tell(
        conn,
        &actor.company,
        to,
        &actor.person,
        (kind, &kept.id, &payload),
        now,
    )
    .await
}

/// The exemptions that somebody may see, the one made first first: those that name no employee, and
/// those that name one within reach. How much each hides, [`figures::Considered::left_out`] tells.
///
/// # Errors
/// Where the access does not allow it.
pub async fn list(
    store: &Store,
    actor: &Actor,
    office: Office<'_>,
    now: Instant,
) -> Result<Vec<Kept>, Error> {
    let whose = actor.whose(Deed::SeeExemptions)?;
    let mut reader = store.reader().await?;
    let mut all = exemptions::all(&mut reader, &actor.company).await?;
    all.retain(|kept| may_see(kept, &whose, office, now));
    Ok(all)
}

fn may_see(kept: &Kept, whose: &Whose, office: Office<'_>, now: Instant) -> bool {
    kept.employee.is_empty() || office.within(whose, &kept.employee, now)
}
