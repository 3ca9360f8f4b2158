//! Taking back one's own last decision on a finding, within seconds.

use std::collections::HashMap;

use history::Instant;
use store::{Store, companies, decisions, outbox};

use super::again::again;
use super::book::{Book, decision, is_by_hand};
use super::decide::{MOST_AT_ONCE, deed, message, who};
use super::decision::{Decision, Move, MoveKind};
use super::office::Office;
use super::refused::{Refused, Why};
use super::rule;
use super::seen::{Eyes, Seen, some};
use super::settings;
use crate::actor::Actor;
use crate::error::{Error, Fault};
use crate::journal::{Note, note};
use crate::permissions::Deed;

/// For how long a decision may be taken back, in milliseconds, as people are told.
pub const WITHIN_MS: i64 = 10_000;
/// What is granted besides: a click takes its time through the network. Nobody is told of a decision
/// before this, too, is over.
const GRACE_MS: i64 = 2_000;

/// From when on others are told of a decision: it can be taken back no longer.
pub(super) fn settled_at(decided: Instant) -> Instant {
    decided.saturating_add(WITHIN_MS + GRACE_MS)
}

/// The decision that a person takes back now, of all on a finding, the oldest first.
///
/// # Errors
/// Where there is none of theirs, somebody has decided since, or it is too late.
pub fn last<'d>(made: &'d [Decision], person: &str, now: Instant) -> Result<&'d Decision, Why> {
    let mut made = made.iter().rev().filter(|one| one.made != Move::Told);
    let last = made.next().ok_or(Why::NothingToUndo)?;
    if last.made == Move::Undone && last.author == person {
        return Err(Why::NothingToUndo);
    }
    if last.author != person {
        return Err(match made.any(|earlier| earlier.author == person) {
            true => Why::DecidedSince,
            false => Why::NotYourDecision,
        });
    }
    match now < settled_at(last.at) {
        true => Ok(last),
        false => Err(Why::TooLateToUndo),
    }
}

/// Takes back one's own last decision on a finding: from then on it stands where it stood before.
/// The decision and that it was taken back both stay in the list; nobody is told of either.
///
/// # Errors
/// Where the access does not allow it, the finding is not for these eyes, or there is nothing to
/// take back any more; then the error says what is possible.
pub async fn undo(
    store: &Store,
    actor: &Actor,
    office: Office<'_>,
    finding: &str,
    now: Instant,
) -> Result<Seen, Error> {
    let eyes = Eyes::new(actor, office, now)?;
    let whose = actor.whose(Deed::TakeBack)?;
    let company = actor.company.as_str();
    let mut tx = store.begin().await?;
    companies::lock(&mut tx, company).await?;
    let settings = settings::load(&mut tx, company).await?;
    let (finding, book) = eyes.find(&mut tx, finding).await?;
    if !office.within(&whose, &finding.employee, now) {
        return Err(Error::Denied(Deed::TakeBack));
    }
    let rows = decisions::of(&mut tx, company, &[&finding.id]).await?;
    let made: Result<Vec<Decision>, _> = rows.into_iter().map(decision).collect();
    let made = made?;
    let taken = match last(&made, &actor.person, now) {
        Ok(taken) => taken,
        Err(why) => {
            let (life, facts) = (book.life(&finding.id), book.facts(&finding)?);
            let term = office.term(&settings, &finding.employee);
            let allowed = life.allowed(&facts, who(actor), now, &term);
            return Err(Refused { why, allowed }.into());
        }
    };
    // Whoever may no longer decide so takes nothing back either.
    actor.reach(deed(taken.made.kind()))?;

    let (word, cause) = Move::Undone.words();
    let undone = decisions::NewDecision {
        finding: &finding.id,
        at: now,
        author: &actor.person,
        made: word,
        cause,
        text: "",
        takes_back: Some(taken.sequence),
    };
    decisions::append(&mut tx, company, &[undone]).await?;
    if let Some(kind) = message(taken.made) {
        let told = format!("{kind}:{}:", taken.sequence);
        outbox::recall(&mut tx, company, &told).await?;
    }
    if taken.made.kind() == MoveKind::Decide && !is_by_hand(&finding) {
        let limit = settings.advice_from;
        rule::unwatch(&mut tx, actor, (&finding.rule, taken.at), limit, now).await?;
    }
    let line = Note::new("finding.undo", "finding", &finding.id).with("move", taken.made.words().0);
    note(&mut tx, company, &actor.person, line, now).await?;
    let book = Book::of(&mut tx, company, std::slice::from_ref(&finding)).await?;
    let again = again(&mut tx, company, std::slice::from_ref(&finding)).await?;
    let seen = eyes.seen(finding, &book, &settings, again[0])?;
    tx.commit().await?;
    Ok(seen)
}

/// Takes back one's own last decision on each of many findings, each for itself. The results stand
/// in the order of the ids.
///
/// # Errors
/// Where the access does not allow it, or there are more than [`MOST_AT_ONCE`] ids.
pub async fn undo_many(
    store: &Store,
    actor: &Actor,
    office: Office<'_>,
    findings: &[&str],
    now: Instant,
) -> Result<Vec<Result<Seen, Error>>, Error> {
    actor.reach(Deed::TakeBack)?;
    if findings.len() > MOST_AT_ONCE {
        let message = format!("at most {MOST_AT_ONCE} findings at once");
        return Err(Fault::new("findings", "too_many", message).into());
    }
    let mut results = Vec::with_capacity(findings.len());
    for finding in findings {
        results.push(undo(store, actor, office, finding, now).await);
    }
    Ok(results)
}

/// What became of the last decision on a finding, which was one's own.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Own {
    /// It can be taken back now.
    Open,
    /// It can be taken back no longer.
    Settled,
    /// It was taken back.
    TakenBack,
}

/// Those of these findings on which somebody decided last, with what became of that. Of findings that
/// they may not see it says nothing.
///
/// # Errors
/// Where the access does not allow it.
pub async fn own_last(
    store: &Store,
    actor: &Actor,
    office: Office<'_>,
    findings: &[&str],
    now: Instant,
) -> Result<Vec<(Seen, Own)>, Error> {
    let mut reader = store.reader().await?;
    let rows = decisions::of(&mut reader, &actor.company, findings).await?;
    drop(reader);
    let mut decided: HashMap<String, Vec<Decision>> = HashMap::new();
    for row in rows {
        let made = decided.entry(row.finding.clone()).or_default();
        made.push(decision(row)?);
    }
    let own = |seen: Seen| {
        let made = decided.get(&seen.finding.id)?;
        let own = match last(made, &actor.person, now) {
            Ok(_) => Own::Open,
            Err(Why::TooLateToUndo) => Own::Settled,
            Err(_) => {
                let taken = made.iter().rev().find(|one| one.made != Move::Told)?;
                let by = taken.author == actor.person && taken.made == Move::Undone;
                by.then_some(Own::TakenBack)?
            }
        };
        Some((seen, own))
    };
    let seen = some(store, actor, office, findings, now).await?;
    Ok(seen.into_iter().filter_map(own).collect())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::life::decision::Cause;

    fn decision(sequence: i64, author: &str, made: Move) -> Decision {
        Decision {
            sequence,
            at: sequence * 1_000,
            author: author.to_owned(),
            made,
            text: String::new(),
        }
    }

    #[test]
    fn only_ones_own_last_decision_and_only_in_time() {
        let cause = Move::Acknowledged(Cause::Client);
        let anna = decision(1, "anna", cause);
        assert_eq!(last(&[], "anna", 0), Err(Why::NothingToUndo));
        let told = decision(2, "", Move::Told);
        let held = [anna.clone(), told];
        assert_eq!(last(&held, "anna", 12_999), Ok(&anna));
        assert_eq!(last(&held, "anna", 13_000), Err(Why::TooLateToUndo));
        assert_eq!(last(&held, "boris", 2_000), Err(Why::NotYourDecision));
        let held = [anna, decision(3, "boris", Move::Cured)];
        assert_eq!(last(&held, "anna", 4_000), Err(Why::DecidedSince));
        // Nothing is taken back twice, nor by the way.
        let [anna, cured] = held;
        let held = [anna, cured, decision(4, "boris", Move::Undone)];
        assert_eq!(last(&held, "boris", 5_000), Err(Why::NothingToUndo));
        assert_eq!(last(&held, "anna", 5_000), Err(Why::DecidedSince));
    }
}
