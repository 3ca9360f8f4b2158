//! Findings as somebody sees them: with where they stand, how they count, and what is possible.

use audit::regulation::Severity;
use figures::View;
use history::Instant;
use store::findings::{self, Cursor, Finding};
use store::{Connection, Store, decisions};

use super::again::repeating;
use super::book::{Book, Hand};
use super::decide::{deed, finding, who};
use super::decision::MoveKind;
use super::finding::{Facts, Life, State};
use super::hand::Reaction;
use super::office::Office;
use super::settings::{self, Settings};
use crate::actor::Actor;
use crate::error::Error;
use crate::permissions::{Deed, Whose};

pub use super::search::{Part, Wanted, Working, list, search};

/// A finding as somebody sees it.
#[derive(Clone, PartialEq, Debug)]
pub struct Seen {
    /// The finding.
    pub finding: Finding,
    /// The one word for where it stands.
    pub state: State,
    /// What people's decisions come to.
    pub life: Life,
    /// How it enters the figures.
    pub view: View,
    /// The exemption that hides it.
    pub exemption: Option<String>,
    /// Whether it repeats what the same person had settled not long before.
    pub again: bool,
    /// Until when it may be disputed; none: no deadline runs.
    pub deadline: Option<Instant>,
    /// Until when a dispute that waits is to be decided; none: none waits.
    pub verdict_until: Option<Instant>,
    /// What whoever sees it may do with it now.
    pub allowed: Vec<MoveKind>,
    /// What it has besides, where it was made by hand.
    pub hand: Option<Hand>,
    /// How fast the lead reacted to what was made by hand.
    pub reaction: Option<Reaction>,
}

impl Seen {
    /// How grave it is: as people decided, else as its rule says.
    pub fn severity(&self) -> Severity {
        let own = || {
            Severity::ALL
                .iter()
                .find(|s| s.as_str() == self.finding.severity)
        };
        match self.view {
            View::Counts(severity) => severity,
            _ => own().copied().unwrap_or(Severity::Remark),
        }
    }
}

/// A page of findings.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct Page {
    /// The findings, the latest breach first.
    pub findings: Vec<Seen>,
    /// Where the next page begins; none: there is none. A page may be short and have a next one.
    pub next: Option<Cursor>,
}

/// Somebody who may see findings.
pub(super) struct Eyes<'a> {
    pub actor: &'a Actor,
    pub office: Office<'a>,
    pub whose: Whose,
    /// Whether rules that fell to advice are this person's to decide on.
    sees_advice: bool,
    pub now: Instant,
}

impl<'a> Eyes<'a> {
    pub fn new(actor: &'a Actor, office: Office<'a>, now: Instant) -> Result<Eyes<'a>, Error> {
        Ok(Eyes {
            whose: actor.whose(Deed::SeeFindings)?,
            sees_advice: actor.reach(Deed::DecideStanding).is_ok(),
            actor,
            office,
            now,
        })
    }

    /// A finding that these eyes may see, and what was decided on it.
    pub async fn find(&self, conn: &mut Connection, id: &str) -> Result<(Finding, Book), Error> {
        let found = finding(conn, &self.actor.company, id).await?;
        let book = Book::of(conn, &self.actor.company, std::slice::from_ref(&found)).await?;
        if !self.may_see(&found.id, &book.facts(&found)?, &book) {
            return Err(Error::NotFound {
                what: "finding",
                id: id.to_owned(),
            });
        }
        Ok((found, book))
    }

    fn is_own(&self, facts: &Facts<'_>) -> bool {
        let own = self.actor.employee.as_deref();
        own.is_some_and(|own| !own.is_empty() && own == facts.employee)
    }

    /// Whether these eyes may see a finding.
    pub fn may_see(&self, id: &str, facts: &Facts<'_>, book: &Book) -> bool {
        self.office.within(&self.whose, facts.employee, self.now) && self.shows(id, facts, book)
    }

    /// Whether decisions let these eyes see a finding against somebody within their reach.
    pub fn shows(&self, id: &str, facts: &Facts<'_>, book: &Book) -> bool {
        match book.view(id, facts) {
            View::Held => self.sees_held(facts),
            View::Advice => self.is_own(facts) || self.sees_advice,
            _ => true,
        }
    }

    /// What the coordinator has not passed on is nobody's business but quality control's.
    pub fn sees_held(&self, facts: &Facts<'_>) -> bool {
        let made = !facts.maker.is_empty() && facts.maker == self.actor.person;
        made || (self.whose == Whose::Everyone && !self.is_own(facts))
    }

    /// A finding with all that a list shows beside it.
    pub fn seen(
        &self,
        finding: Finding,
        book: &Book,
        settings: &Settings,
        again: bool,
    ) -> Result<Seen, Error> {
        let (life, facts) = (book.life(&finding.id), book.facts(&finding)?);
        let view = book.view(&finding.id, &facts);
        let term = self.office.term(settings, &finding.employee);
        let mut allowed = life.allowed(&facts, who(self.actor), self.now, &term);
        allowed.retain(|kind| {
            let whose = self.actor.whose(deed(*kind));
            // Telling is nobody's button.
            *kind != MoveKind::Tell
                && whose.is_ok_and(|whose| self.office.within(&whose, &finding.employee, self.now))
        });
        let exemption = match view {
            View::Exempt(place) => book.exemptions().get(place).map(|one| one.id.clone()),
            _ => None,
        };
        let hand = book.hand(&finding.id).cloned();
        let lead = self.office.lead(&finding.employee, self.now);
        let reaction = hand.as_ref().and_then(|hand| {
            let worked_off = life.marked.or(finding.until);
            hand.way
                .reaction(worked_off, self.office.clock(lead), self.now)
        });
        Ok(Seen {
            state: life.state(&facts),
            deadline: life.deadline(&term),
            verdict_until: match &life.dispute {
                Some(dispute) if dispute.verdict.is_none() => {
                    self.office.verdict_until(settings, dispute.at)
                }
                _ => None,
            },
            view,
            exemption,
            again,
            allowed,
            hand,
            reaction,
            life,
            finding,
        })
    }
}

/// A finding.
///
/// # Errors
/// Where it is not for these eyes.
pub async fn see(
    store: &Store,
    actor: &Actor,
    office: Office<'_>,
    id: &str,
    now: Instant,
) -> Result<Seen, Error> {
    let eyes = Eyes::new(actor, office, now)?;
    let mut reader = store.reader().await?;
    let settings = settings::load(&mut reader, &actor.company).await?;
    let (finding, book) = eyes.find(&mut reader, id).await?;
    drop(reader);
    let again = repeating(store, &eyes, std::slice::from_ref(&finding)).await?;
    eyes.seen(finding, &book, &settings, again[0])
}

/// Those of these findings that somebody may see, in the order of their ids.
///
/// # Errors
/// Where the access does not allow it.
pub async fn some(
    store: &Store,
    actor: &Actor,
    office: Office<'_>,
    ids: &[&str],
    now: Instant,
) -> Result<Vec<Seen>, Error> {
    let eyes = Eyes::new(actor, office, now)?;
    let company = actor.company.as_str();
    let mut reader = store.reader().await?;
    let settings = settings::load(&mut reader, company).await?;
    let found = findings::some(&mut reader, company, ids).await?;
    let book = Book::of(&mut reader, company, &found).await?;
    drop(reader);
    let mut chosen: Vec<Finding> = Vec::new();
    for finding in found {
        if eyes.may_see(&finding.id, &book.facts(&finding)?, &book) {
            chosen.push(finding);
        }
    }
    let again = repeating(store, &eyes, &chosen).await?;
    let seen = chosen.into_iter().zip(again);
    seen.map(|(finding, again)| eyes.seen(finding, &book, &settings, again))
        .collect()
}

/// The findings that somebody may see whose dispute waits for its judge, the one that is to be decided
/// first first.
///
/// # Errors
/// Where the access does not allow it.
pub async fn disputed(
    store: &Store,
    actor: &Actor,
    office: Office<'_>,
    now: Instant,
) -> Result<Vec<Seen>, Error> {
    let mut reader = store.reader().await?;
    let waiting = decisions::waiting(&mut reader, &actor.company).await?;
    drop(reader);
    let ids: Vec<&str> = waiting.iter().map(String::as_str).collect();
    let mut seen = some(store, actor, office, &ids, now).await?;
    seen.retain(|seen| seen.state == State::Disputed);
    seen.sort_by_key(|seen| {
        let disputed = seen.life.dispute.as_ref().map(|dispute| dispute.at);
        // A company that never works has no deadlines.
        (seen.verdict_until.unwrap_or(Instant::MAX), disputed)
    });
    Ok(seen)
}
