//! Deciding on a finding: acknowledging, marking as cured, disputing, judging, reopening; one at a
//! time or many at once.

use history::Instant;
use store::findings::Finding;
use store::{Connection, Store, companies, decisions, findings};

use super::again::again;
use super::book::{Book, is_by_hand};
use super::decision::{Decision, Move, MoveKind, Outcome};
use super::finding::{Dispute, Life, Who};
use super::office::Office;
use super::rule;
use super::seen::{Eyes, Seen};
use super::settings;
use super::tell::{SCREEN, To, about, tell_from};
use super::undo::settled_at;
use crate::actor::Actor;
use crate::error::{Error, Fault};
use crate::journal::{Note, note};
use crate::permissions::{Access, Deed};

/// How long a text may be, in bytes.
pub(super) const MOST_TEXT: usize = 10_000;
/// How many findings one call decides on.
pub const MOST_AT_ONCE: usize = 500;

/// A decision that somebody wants to make.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Asked {
    /// What.
    pub made: Move,
    /// What is said with it; a dispute and its verdict need it.
    pub text: String,
}

impl Asked {
    fn check(&self) -> Result<(), Error> {
        let fault = |code, message: &str| Err(Fault::new("text", code, message).into());
        match self.made {
            Move::Told => {
                let message = "a finding is told by being shown or delivered";
                return Err(Fault::new("move", "unfit", message).into());
            }
            Move::Undone => {
                let message = "decisions are taken back by themselves, not made";
                return Err(Fault::new("move", "unfit", message).into());
            }
            Move::Disputed if self.text.trim().is_empty() => {
                return fault("missing", "write why the finding is wrong");
            }
            Move::Decided(_) if self.text.trim().is_empty() => {
                return fault("missing", "write the reason of the verdict");
            }
            _ => {}
        }
        if self.text.len() > MOST_TEXT {
            return fault("too_long", "at most 10000 bytes of text are kept");
        }
        Ok(())
    }
}

/// The deed that a move is.
pub fn deed(kind: MoveKind) -> Deed {
    match kind {
        MoveKind::Tell => Deed::SeeFindings,
        MoveKind::Acknowledge | MoveKind::Cure => Deed::Acknowledge,
        MoveKind::Dispute => Deed::Dispute,
        MoveKind::Decide => Deed::JudgeDispute,
        MoveKind::Reopen => Deed::Reopen,
        MoveKind::Undo => Deed::TakeBack,
    }
}

/// Makes a decision on a finding.
///
/// # Errors
/// Where the access does not allow it, the finding is not for these eyes, or it is not where the
/// move begins; then the error says what is possible.
pub async fn decide(
    store: &Store,
    actor: &Actor,
    office: Office<'_>,
    finding: &str,
    asked: &Asked,
    now: Instant,
) -> Result<Seen, Error> {
    asked.check()?;
    let eyes = Eyes::new(actor, office, now)?;
    let whose = actor.whose(deed(asked.made.kind()))?;
    let company = actor.company.as_str();
    let mut tx = store.begin().await?;
    companies::lock(&mut tx, company).await?;
    let settings = settings::load(&mut tx, company).await?;
    let (finding, book) = eyes.find(&mut tx, finding).await?;
    if !office.within(&whose, &finding.employee, now) {
        return Err(Error::Denied(deed(asked.made.kind())));
    }
    let life = book.life(&finding.id);
    let facts = book.facts(&finding)?;
    let term = office.term(&settings, &finding.employee);
    life.check(&facts, who(actor), asked.made, now, &term)?;

    let (made, cause) = asked.made.words();
    let decision = decisions::NewDecision {
        finding: &finding.id,
        at: now,
        author: &actor.person,
        made,
        cause,
        text: &asked.text,
        takes_back: None,
    };
    let (told, no_cause) = Move::Told.words();
    let told = decisions::NewDecision {
        made: told,
        cause: no_cause,
        text: SCREEN,
        ..decision
    };
    // Whoever answers has seen it; a lead who answers for somebody has told them nothing.
    let own = !facts.employee.is_empty() && who(actor).employee == facts.employee;
    let seen_first = own && life.told.is_none();
    let decided = if seen_first {
        &[told, decision][..]
    } else {
        &[decision]
    };
    let number = decisions::append(&mut tx, company, decided).await?;
    // What people say of each other stands with the decision: not everybody who may read the
    // journal may read findings.
    let line = Note::new(action(asked.made.kind()), "finding", &finding.id)
        .with("move", made)
        .with("cause", cause);
    note(&mut tx, company, &actor.person, line, now).await?;
    let told = Told {
        finding: &finding,
        before: &life,
        number,
    };
    told.to_whom_it_concerns(&mut tx, actor, office, asked, now)
        .await?;
    if asked.made.kind() == MoveKind::Decide && !is_by_hand(&finding) {
        rule::watch(&mut tx, company, &finding.rule, settings.advice_from, now).await?;
    }
    let book = Book::of(&mut tx, company, std::slice::from_ref(&finding)).await?;
    let again = again(&mut tx, company, std::slice::from_ref(&finding)).await?;
    let seen = eyes.seen(finding, &book, &settings, again[0])?;
    tx.commit().await?;
    Ok(seen)
}

/// Makes the same decision on many findings, each for itself: what one refuses does not touch the
/// others. The results stand in the order of the ids.
///
/// # Errors
/// Where the decision itself cannot be, or there are more than [`MOST_AT_ONCE`] ids.
pub async fn decide_many(
    store: &Store,
    actor: &Actor,
    office: Office<'_>,
    findings: &[&str],
    asked: &Asked,
    now: Instant,
) -> Result<Vec<Result<Seen, Error>>, Error> {
    asked.check()?;
    actor.reach(deed(asked.made.kind()))?;
    if findings.len() > MOST_AT_ONCE {
        let message = format!(
            "{} findings; at most {MOST_AT_ONCE} at once",
            findings.len()
        );
        return Err(Fault::new("findings", "too_many", message).into());
    }
    let mut results = Vec::with_capacity(findings.len());
    for finding in findings {
        results.push(decide(store, actor, office, finding, asked, now).await);
    }
    Ok(results)
}

/// The decisions on a finding, the oldest first.
///
/// # Errors
/// Where the finding is not for these eyes.
pub async fn decisions_on(
    store: &Store,
    actor: &Actor,
    office: Office<'_>,
    finding: &str,
    now: Instant,
) -> Result<Vec<Decision>, Error> {
    let eyes = Eyes::new(actor, office, now)?;
    let mut reader = store.reader().await?;
    let (finding, _) = eyes.find(&mut reader, finding).await?;
    let rows = decisions::of(&mut reader, &actor.company, &[&finding.id]).await?;
    let read = rows.into_iter().map(super::book::decision);
    Ok(read.collect::<Result<_, _>>()?)
}

/// An actor as the pure half knows somebody.
pub(super) fn who(actor: &Actor) -> Who<'_> {
    Who {
        person: &actor.person,
        employee: actor.employee.as_deref().unwrap_or_default(),
    }
}

/// The finding of this id, for whoever may see it.
pub(super) async fn finding(
    conn: &mut Connection,
    company: &str,
    id: &str,
) -> Result<Finding, Error> {
    let found = findings::find(conn, company, id).await?;
    found.ok_or_else(|| Error::NotFound {
        what: "finding",
        id: id.to_owned(),
    })
}

fn action(kind: MoveKind) -> &'static str {
    match kind {
        MoveKind::Tell => "finding.tell",
        MoveKind::Acknowledge => "finding.acknowledge",
        MoveKind::Cure => "finding.cure",
        MoveKind::Dispute => "finding.dispute",
        MoveKind::Decide => "finding.decide",
        MoveKind::Reopen => "finding.reopen",
        MoveKind::Undo => "finding.undo",
    }
}

/// A decision that was written down.
struct Told<'a> {
    finding: &'a Finding,
    before: &'a Life,
    number: i64,
}

impl Told<'_> {
    async fn to_whom_it_concerns(
        &self,
        conn: &mut Connection,
        actor: &Actor,
        office: Office<'_>,
        asked: &Asked,
        now: Instant,
    ) -> Result<(), Error> {
        let employee = self.finding.employee.as_str();
        let both = [employee, office.lead(employee, now)];
        let disputer = self
            .before
            .dispute
            .as_ref()
            .map(|dispute: &Dispute| dispute.by.as_str());
        let disputer = disputer.unwrap_or_default();
        let Some(kind) = message(asked.made) else {
            return Ok(());
        };
        let persons = std::slice::from_ref(&disputer);
        let to = match asked.made {
            Move::Told | Move::Undone => return Ok(()),
            Move::Acknowledged(_) => To::employees(&both[1..]),
            Move::Cured | Move::Reopened => To::employees(&both),
            // The coordinator answers, and whoever may judge.
            Move::Disputed => To::accesses(&[Access::Coordinator, Access::Head]),
            Move::Decided(_) => To {
                persons,
                ..To::employees(&both)
            },
        };
        let key = self.number.to_string();
        let payload = about(self.finding, &asked.text);
        let what = (kind, key.as_str(), &payload);
        let due = settled_at(now);
        tell_from(conn, &actor.company, to, &actor.person, what, (now, due)).await
    }
}

/// The kind of message by which others hear of a move; none: they do not.
pub(super) fn message(made: Move) -> Option<&'static str> {
    match made {
        Move::Told | Move::Undone => None,
        Move::Acknowledged(_) => Some("finding.acknowledged"),
        Move::Cured => Some("finding.cured"),
        Move::Disputed => Some("finding.disputed"),
        Move::Decided(outcome) => Some(verdict(outcome)),
        Move::Reopened => Some("finding.reopened"),
    }
}

fn verdict(outcome: Outcome) -> &'static str {
    match outcome {
        Outcome::Upheld => "finding.upheld",
        Outcome::Partly => "finding.partly",
        Outcome::Dismissed => "finding.dismissed",
    }
}
