//! Writes down what changed of a company's findings.

use history::Instant;
use live::{Change, Row, Stamp, What};
use serde::Serialize;
use store::{Connection, Store, findings, tellings};

use super::Audit;
use crate::error::Error;
use crate::telling::{self, Settings};

/// Changes in one transaction: SQLite's only writer is not to be held for long.
const AT_ONCE: usize = 100;

/// A finding's values as its states keep them.
#[derive(Serialize)]
struct State<'a> {
    start: Instant,
    regulation: &'a str,
    severity: &'a str,
    deal: &'a str,
    employee: &'a str,
    stage: &'a str,
    at: Instant,
    until: Option<Instant>,
    amount: Option<i64>,
    count: u32,
}

/// Writes changes down, each finding with its state from now on.
///
/// # Errors
/// What the store says; some of the changes may be written then, and loading the company anew
/// finds the rest.
pub(super) async fn keep(
    store: &Store,
    company: &str,
    audit: &mut Audit,
    changes: &[Change],
    now: Instant,
) -> Result<(), Error> {
    if changes.is_empty() {
        return Ok(());
    }
    let mut reader = store.reader().await?;
    let telling = telling::settings(&mut reader, company).await?;
    drop(reader);
    let mut changes = changes.to_vec();
    // What moved makes room for what is new.
    changes.sort_by_key(|change| change.what != What::Moved);
    for some in changes.chunks(AT_ONCE) {
        let mut tx = store.begin().await?;
        write(&mut tx, company, audit, some, &telling, now).await?;
        tx.commit().await?;
    }
    Ok(())
}

async fn write(
    conn: &mut Connection,
    company: &str,
    audit: &mut Audit,
    changes: &[Change],
    telling: &Settings,
    now: Instant,
) -> Result<(), Error> {
    let mut urgent = Vec::new();
    let (mut new, mut old, mut states) = (Vec::new(), Vec::new(), Vec::new());
    let moved = changes.iter().filter(|change| change.what == What::Moved);
    let moved: Vec<&str> = moved
        .map(|change| audit.live.kept().id(change.number))
        .collect();
    // Findings that move may take one another's places.
    findings::set_aside(conn, company, &moved).await?;
    for change in changes {
        let Some(row) = audit.live.row(change.number) else {
            continue;
        };
        let tells = change.what == What::Raised
            && audit
                .live
                .finding(change.number)
                .is_some_and(|finding| telling::concerns(audit, finding, telling, now));
        let (received, kept) = (audit.received, audit.live.kept_mut());
        if change.what == What::Raised {
            let stamp = Stamp {
                raised_seq: received,
                changed_seq: received,
                raised_at: now,
                changed_at: now,
            };
            kept.add(&store::new_id(), stamp);
        } else {
            kept.change(change.number, received, now);
        }
        let id = kept.id(change.number).to_owned();
        if tells {
            urgent.push(id.clone());
        }
        let state = state_of(&row)?;
        states.push((id.clone(), change.what, state));
        let finding = finding_of(id, row, kept.stamp(change.number));
        if change.what == What::Raised {
            new.push(finding);
        } else {
            old.push(finding);
        }
    }
    findings::update(conn, company, &old).await?;
    findings::insert(conn, company, &new).await?;
    let states: Vec<findings::NewState<'_>> = states
        .iter()
        .map(|(finding, what, state)| findings::NewState {
            finding,
            sequence: audit.received,
            change: change_of(*what),
            state,
        })
        .collect();
    findings::append_states(conn, company, now, &states).await?;
    let urgent: Vec<&str> = urgent.iter().map(String::as_str).collect();
    tellings::found(conn, company, now, &urgent).await?;
    Ok(())
}

fn change_of(what: What) -> findings::Change {
    match what {
        What::Raised => findings::Change::Raised,
        What::Changed => findings::Change::Changed,
        What::Moved => findings::Change::Moved,
        What::Withdrawn => findings::Change::Withdrawn,
        What::Returned => findings::Change::Returned,
    }
}

fn state_of(row: &Row) -> Result<String, Error> {
    let values = &row.values;
    let state = State {
        start: row.identity.start,
        regulation: &values.regulation,
        severity: &values.severity,
        deal: &values.deal,
        employee: &values.employee,
        stage: &values.stage,
        at: values.at,
        until: values.until,
        amount: values.amount,
        count: values.count,
    };
    serde_json::to_string(&state).map_err(|error| Error::Inside(error.to_string()))
}

/// A finding as the store keeps it.
pub(crate) fn finding_of(id: String, row: Row, stamp: Stamp) -> findings::Finding {
    let (identity, values) = (row.identity, row.values);
    findings::Finding {
        id,
        rule: identity.rule,
        scope: identity.scope.to_owned(),
        scope_key: identity.key,
        subject: identity.subject,
        start: identity.start,
        ordinal: identity.ordinal.into(),
        regulation: values.regulation,
        severity: values.severity,
        deal: values.deal,
        employee: values.employee,
        stage: values.stage,
        at: values.at,
        until: values.until,
        amount: values.amount,
        count: values.count.into(),
        standing: row.standing,
        raised_seq: stamp.raised_seq,
        changed_seq: stamp.changed_seq,
        raised_at: stamp.raised_at,
        changed_at: stamp.changed_at,
    }
}
