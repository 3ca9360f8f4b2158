//! What became of a finding so far: what judging said of it, what people decided, and the way of what
//! was made by hand.

use history::Instant;
use store::Store;
use store::decisions::{self, Decision};
use store::findings::{self, State};
use store::handmade::{self, Step};

use super::office::Office;
use super::seen::Eyes;
use crate::actor::Actor;
use crate::error::Error;

/// The past of a finding; all lists begin with the oldest.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct Past {
    /// What judging said of it; none of what was made by hand.
    pub states: Vec<State>,
    /// What people decided.
    pub decisions: Vec<Decision>,
    /// Its way from its maker on, where it was made by hand, for quality control and its maker
    /// alone: the coordinator may have reworded it for the others.
    pub steps: Vec<Step>,
}

/// The past of a finding.
///
/// # Errors
/// Where the finding is not for these eyes.
pub async fn past(
    store: &Store,
    actor: &Actor,
    office: Office<'_>,
    id: &str,
    now: Instant,
) -> Result<Past, Error> {
    let eyes = Eyes::new(actor, office, now)?;
    let company = actor.company.as_str();
    let mut reader = store.reader().await?;
    let (finding, book) = eyes.find(&mut reader, id).await?;
    let steps = match book.hand(&finding.id) {
        Some(_) if eyes.sees_held(&book.facts(&finding)?) => {
            handmade::steps(&mut reader, company, Some(&finding.id)).await?
        }
        _ => Vec::new(),
    };
    Ok(Past {
        states: findings::states(&mut reader, company, &finding.id).await?,
        decisions: decisions::of(&mut reader, company, &[&finding.id]).await?,
        steps,
    })
}
