//! What we knew at an instant: findings as they were told then, whatever was learned since.

use history::Instant;
use serde::Deserialize;
use store::decisions;
use store::findings::{self, Change, Finding};

use crate::actor::Actor;
use crate::audits::Audits;
use crate::error::Error;
use crate::life::book::Book;
use crate::life::finding::{Life, State};
use crate::life::office::{self, Office};
use crate::permissions::{Deed, Whose};

/// A finding as it was known at an instant.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Known {
    /// The finding with the values it had then.
    pub finding: Finding,
    /// Where it stood by what people had decided then.
    pub state: State,
    /// How many of the company's events were known when it got these values.
    pub sequence: i64,
    /// When it got these values.
    pub recorded_at: Instant,
}

/// A finding's values as states keep them.
#[derive(Deserialize)]
struct Values {
    start: Instant,
    regulation: String,
    severity: String,
    deal: String,
    employee: String,
    stage: String,
    at: Instant,
    until: Option<Instant>,
    amount: Option<i64>,
    count: u32,
}

/// Findings as they were known at an instant, by id from `after` on: at most `limit` are looked
/// through. Gives those that the actor may see, and the id that was looked at last, where there may
/// be more. Findings made by hand have no states and are not among them.
///
/// # Errors
/// Where the access does not allow it, or the store fails.
pub async fn known(
    audits: &Audits,
    actor: &Actor,
    instant: Instant,
    (after, limit): (&str, i64),
    now: Instant,
) -> Result<(Vec<Known>, Option<String>), Error> {
    let whose = actor.whose(Deed::SeeFindings)?;
    let audit = audits.read(&actor.company, now).await?;
    let clocks = office::clocks(audit.live());
    let office = Office::of(audit.live(), clocks);
    let mut reader = audits.store().reader().await?;
    let company = actor.company.as_str();
    let states = findings::known_at(&mut reader, company, instant, after, limit).await?;
    let more = states.len() as i64 == limit;
    let last = states.last().map(|state| state.finding.clone());
    let ids: Vec<&str> = states.iter().map(|state| state.finding.as_str()).collect();
    let rows = findings::some(&mut reader, company, &ids).await?;
    let book = Book::of(&mut reader, company, &rows).await?;
    let made = decisions::of(&mut reader, company, &ids).await?;
    let mut known = Vec::new();
    for (state, row) in states.into_iter().zip(rows) {
        let values: Values = serde_json::from_str(&state.state)
            .map_err(|error| Error::Inside(format!("a state of {}: {error}", row.id)))?;
        let finding = Finding {
            start: values.start,
            regulation: values.regulation,
            severity: values.severity,
            deal: values.deal,
            employee: values.employee,
            stage: values.stage,
            at: values.at,
            until: values.until,
            amount: values.amount,
            count: values.count.into(),
            standing: state.change != Change::Withdrawn,
            ..row
        };
        let advises = book.advice().contains(&finding.rule) && whose == Whose::Everyone;
        if !office.within(&whose, &finding.employee, now)
            || advises && actor.reach(Deed::DecideStanding).is_err()
        {
            continue;
        }
        let mut life = Life::default();
        for decision in &made {
            if decision.finding == finding.id && decision.at <= instant {
                life.take(&crate::life::book::decision(decision.clone())?);
            }
        }
        known.push(Known {
            state: life.state(&book.facts(&finding)?),
            finding,
            sequence: state.sequence,
            recorded_at: state.recorded_at,
        });
    }
    Ok((known, last.filter(|_| more)))
}
