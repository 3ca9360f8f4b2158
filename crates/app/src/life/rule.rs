//! How rules stand: shares of overturned findings, falling to advice, and what people decide then.

use std::collections::BTreeMap;

use history::Instant;
use serde_json::json;
use store::decisions::Verdicts;
use store::{Connection, Store, StoreError, companies, decisions};
use store::{outbox, rulings};

use super::book;
use super::decision::Outcome;
use super::office::Office;
use super::share::Share;
use super::standing::{Ruling, Tally, falls};
use super::tell::{To, tell, tell_from};
use super::undo::settled_at;
use crate::actor::Actor;
use crate::error::{Error, Fault};
use crate::journal::{Note, note};
use crate::permissions::{Access, Deed};

/// How a rule stands.
#[derive(Clone, PartialEq, Debug)]
pub struct RuleStanding {
    /// The rule.
    pub rule: String,
    /// Decided disputes by verdict.
    pub tally: Tally,
    /// The share of overturned findings; none where too few are decided.
    pub overturned: Option<Share>,
    /// Whether it is advice now.
    pub advice: bool,
    /// The last ruling about it.
    pub ruling: Option<rulings::Ruling>,
}

fn tallies(rows: &[Verdicts]) -> Result<BTreeMap<String, Tally>, StoreError> {
    let mut tallies: BTreeMap<String, Tally> = BTreeMap::new();
    for row in rows {
        let outcome = Outcome::parse(&row.outcome).ok_or(StoreError::Unreadable {
            what: "outcome of a dispute",
            value: row.outcome.clone(),
        })?;
        let tally = tallies.entry(row.rule.clone()).or_default();
        tally.add(outcome, u64::try_from(row.count).unwrap_or(0));
    }
    Ok(tallies)
}

fn then(row: &rulings::Ruling) -> Tally {
    let count = |n: i64| u64::try_from(n).unwrap_or(0);
    Tally {
        upheld: count(row.upheld),
        partly: count(row.partly),
        dismissed: count(row.dismissed),
    }
}

fn row(rule: &str, ruling: Ruling, tally: &Tally) -> rulings::Ruling {
    let count = |n: u64| i64::try_from(n).unwrap_or(i64::MAX);
    rulings::Ruling {
        rule: rule.to_owned(),
        ruling: ruling.as_str().to_owned(),
        upheld: count(tally.upheld),
        partly: count(tally.partly),
        dismissed: count(tally.dismissed),
        ..rulings::Ruling::default()
    }
}

async fn tally(conn: &mut Connection, company: &str, rule: &str) -> Result<Tally, Error> {
    let rows = decisions::verdicts(conn, company, Some(rule)).await?;
    Ok(tallies(&rows)?.remove(rule).unwrap_or_default())
}

/// Lets a rule fall to advice where a verdict has shown that too many of its findings are
/// overturned.
pub(super) async fn watch(
    conn: &mut Connection,
    company: &str,
    rule: &str,
    limit: f64,
    now: Instant,
) -> Result<(), Error> {
    let tally = tally(conn, company, rule).await?;
    let last = rulings::last(conn, company, Some(rule)).await?.pop();
    let last = match &last {
        Some(row) => Some((book::ruling(&row.ruling)?, then(row))),
        None => None,
    };
    if !falls(
        &tally,
        last.as_ref().map(|(ruling, then)| (*ruling, then)),
        limit,
    ) {
        return Ok(());
    }
    let fell = rulings::Ruling {
        at: now,
        ..row(rule, Ruling::Fell, &tally)
    };
    rulings::append(conn, company, &fell).await?;
    let line = Note::new("rule.fall", "rule", rule)
        .with("dismissed", &tally.dismissed.to_string())
        .with("decided", &tally.decided().to_string());
    note(conn, company, "", line, now).await?;
    let payload = json!({
        "rule": rule,
        "dismissed": tally.dismissed,
        "decided": tally.decided(),
    });
    let to = To::accesses(&[Access::Head, Access::Director]);
    let key = format!("{rule}:{now}");
    let what = ("rule.fell", key.as_str(), &payload);
    // The verdict may yet be taken back.
    tell_from(conn, company, to, "", what, (now, settled_at(now))).await
}

/// Puts a rule back that fell by a verdict of this instant, which was taken back since; unless the
/// other verdicts let it fall by themselves.
pub(super) async fn unwatch(
    conn: &mut Connection,
    actor: &Actor,
    (rule, decided): (&str, Instant),
    limit: f64,
    now: Instant,
) -> Result<(), Error> {
    let company = actor.company.as_str();
    let rulings = rulings::of(conn, company, rule).await?;
    let Some((last, earlier)) = rulings.split_last() else {
        return Ok(());
    };
    if book::ruling(&last.ruling)? != Ruling::Fell || last.at != decided {
        return Ok(());
    }
    // What had been decided before the last ruling is spent, as it was then.
    let then = earlier.last().map(then).unwrap_or_default();
    let restored = rulings::Ruling {
        at: now,
        author: actor.person.clone(),
        ..row(rule, Ruling::InForce, &then)
    };
    rulings::append(conn, company, &restored).await?;
    outbox::recall(conn, company, &format!("rule.fell:{rule}:{decided}:")).await?;
    let line = Note::new("rule.restore", "rule", rule);
    note(conn, company, &actor.person, line, now).await?;
    watch(conn, company, rule, limit, now).await
}

/// How the rules stand that were disputed or ruled about, by name.
///
/// # Errors
/// Where the access does not allow it.
pub async fn standings(store: &Store, actor: &Actor) -> Result<Vec<RuleStanding>, Error> {
    actor.reach(Deed::SeeFigures)?;
    let mut reader = store.reader().await?;
    let rows = decisions::verdicts(&mut reader, &actor.company, None).await?;
    let tallies = tallies(&rows)?;
    let mut standings: BTreeMap<String, RuleStanding> = BTreeMap::new();
    let standing = |rule: &str, tally: Tally| RuleStanding {
        rule: rule.to_owned(),
        tally,
        overturned: tally.overturned(),
        advice: false,
        ruling: None,
    };
    for (rule, tally) in tallies {
        standings.insert(rule.clone(), standing(&rule, tally));
    }
    for row in rulings::last(&mut reader, &actor.company, None).await? {
        let rule = row.rule.clone();
        let unknown = || standing(&rule, Tally::default());
        let known = standings.entry(rule.clone()).or_insert_with(unknown);
        known.advice = book::ruling(&row.ruling)?.is_advice();
        known.ruling = Some(row);
    }
    Ok(standings.into_values().collect())
}

/// All rulings about a rule, the oldest first.
///
/// # Errors
/// Where the access does not allow it.
pub async fn rulings_about(
    store: &Store,
    actor: &Actor,
    rule: &str,
) -> Result<Vec<rulings::Ruling>, Error> {
    actor.reach(Deed::SeeFigures)?;
    let mut reader = store.reader().await?;
    Ok(rulings::of(&mut reader, &actor.company, rule).await?)
}

/// Keeps a rule as advice, or puts it back in force. The counts of now are kept with it: back in
/// force, the rule does not fall again on the same evidence.
///
/// # Errors
/// Where the access does not allow it, no reason is given, or the rule is no advice and is to be
/// put back in force.
pub async fn rule_on(
    store: &Store,
    actor: &Actor,
    office: Office<'_>,
    rule: &str,
    (advice, text): (bool, &str),
    now: Instant,
) -> Result<(), Error> {
    actor.reach(Deed::DecideStanding)?;
    if text.trim().is_empty() {
        return Err(Fault::new("text", "missing", "write the reason of the decision").into());
    }
    let company = actor.company.as_str();
    let mut tx = store.begin().await?;
    companies::lock(&mut tx, company).await?;
    let last = rulings::last(&mut tx, company, Some(rule)).await?.pop();
    let before = match &last {
        Some(row) => Some(book::ruling(&row.ruling)?),
        None => None,
    };
    if before.is_none() && !office.has_rule(rule) {
        return Err(Error::NotFound {
            what: "rule",
            id: rule.to_owned(),
        });
    }
    if !advice && !before.is_some_and(Ruling::is_advice) {
        return Err(Error::Conflict(format!("the rule {rule:?} is in force")));
    }
    let ruling = if advice {
        Ruling::Advice
    } else {
        Ruling::InForce
    };
    let tally = tally(&mut tx, company, rule).await?;
    let made = rulings::Ruling {
        at: now,
        author: actor.person.clone(),
        text: text.to_owned(),
        ..row(rule, ruling, &tally)
    };
    rulings::append(&mut tx, company, &made).await?;
    let old = before.map_or("", Ruling::as_str);
    let line = Note::new("rule.rule", "rule", rule).change("ruling", old, ruling.as_str());
    note(&mut tx, company, &actor.person, line, now).await?;
    let payload = json!({ "rule": rule, "ruling": ruling.as_str(), "text": text });
    let to = To::accesses(&[Access::Coordinator, Access::Head, Access::Director]);
    let key = format!("{rule}:{now}");
    tell(
        &mut tx,
        company,
        to,
        &actor.person,
        ("rule.ruled", &key, &payload),
        now,
    )
    .await?;
    Ok(tx.commit().await?)
}
