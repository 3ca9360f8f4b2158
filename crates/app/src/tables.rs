//! The company's reference tables as a whole: what a CRM or another system says of people, groups,
//! stages and clients.

use std::collections::HashSet;

use history::{Builder, Instant, Reason, Reference};
use store::{MAX_NAME, reference};

use crate::accounts::Checks;
use crate::actor::Actor;
use crate::audits::{Audits, TableChange};
use crate::error::{Error, Fault};
use crate::journal::Note;
use crate::permissions::{Deed, Reach};

/// All tables of the company, in their order.
///
/// # Errors
/// Where the access does not reach the whole company.
pub async fn tables(audits: &Audits, actor: &Actor) -> Result<Reference, Error> {
    whole(actor, Deed::SeeEmployees)?;
    let mut reader = audits.store().reader().await?;
    Ok(reference::load(&mut reader, &actor.company).await?)
}

/// Puts these tables in the place of those that the company has, and judges by them. The same
/// again changes nothing.
///
/// # Errors
/// Where the access does not reach the whole company, or a row cannot be: each with its place.
pub async fn replace(
    audits: &Audits,
    actor: &Actor,
    mut tables: Reference,
    now: Instant,
) -> Result<(), Error> {
    whole(actor, Deed::ManageEmployees)?;
    check(&mut tables)?;
    let change = TableChange::All(Box::new(tables));
    let note = Note::new("tables.replace", "company", &actor.company);
    let by = (actor.person.as_str(), note);
    audits.change_tables(&actor.company, &change, by, now).await
}

fn whole(actor: &Actor, deed: Deed) -> Result<(), Error> {
    match actor.reach(deed)? {
        Reach::All => Ok(()),
        _ => Err(Error::Denied(deed)),
    }
}

/// Faults told at once.
const FAULTS: usize = 100;

/// Whether every row is one that a reader of a history would take.
fn check(tables: &mut Reference) -> Result<(), Error> {
    let mut checks = Checks::default();
    let account = &mut tables.account;
    account.name = checks.name("account.name", &account.name);
    account.timezone = checks.timezone("account.timezone", &account.timezone);
    account.currency = checks.currency("account.currency", &account.currency);
    checks.done()?;
    let read = Builder::of(tables).build().problems;
    // Ids are looked at below, in all tables alike.
    let of_ids = |reason: &Reason| {
        matches!(
            reason,
            Reason::Missing("id" | "stage") | Reason::Twice { .. }
        )
    };
    let mut faults: Vec<Fault> = read
        .kept()
        .iter()
        .filter(|problem| !of_ids(&problem.reason))
        .map(|problem| {
            let table = FILES.iter().find(|(file, _)| *file == problem.file);
            let table = table.map_or("", |(_, table)| table);
            // Line 1 of a file is its header.
            let row = problem.line.map_or(0, |line| line.saturating_sub(1));
            let message = format!("row {row}: {}", problem.reason);
            Fault::new(table, problem.reason.code(), message)
        })
        .collect();
    let groups = tables.groups.iter().map(|row| &row.id);
    named("groups", groups, &mut faults);
    let employees = tables.employees.iter().map(|row| &row.id);
    named("employees", employees, &mut faults);
    let stages = tables.stages.iter().map(|row| &row.stage);
    named("stages", stages, &mut faults);
    let clients = tables.clients.iter().map(|row| &row.id);
    named("clients", clients, &mut faults);
    let contacts = tables.contacts.iter().map(|row| &row.id);
    named("contacts", contacts, &mut faults);
    faults.truncate(FAULTS);
    match faults.is_empty() {
        true => Ok(()),
        false => Err(Error::Invalid(faults)),
    }
}

/// Looks at the ids of a table: none is missing, too long, or there twice.
fn named<'a>(table: &'static str, ids: impl Iterator<Item = &'a String>, faults: &mut Vec<Fault>) {
    let mut seen = HashSet::new();
    for (row, id) in (1..).zip(ids) {
        let start: String = id.chars().take(30).collect();
        let (code, what) = if id.trim().is_empty() {
            ("missing", "has no id".to_owned())
        } else if id.trim() != id {
            // Readers of files trim; events would name another one.
            let what = format!("the id {start:?} begins or ends with a space");
            ("bad-value", what)
        } else if id.len() > MAX_NAME {
            let what = format!("the id {start:?}… is longer than {MAX_NAME} bytes");
            ("too-long", what)
        } else if !seen.insert(id) {
            ("duplicate-id", format!("the id {start:?} stands twice"))
        } else {
            continue;
        };
        faults.push(Fault::new(table, code, format!("row {row}: {what}")));
    }
}

/// The tables that are read as files are.
const FILES: [(&str, &str); 5] = [
    ("groups.csv", "groups"),
    ("employees.csv", "employees"),
    ("memberships.csv", "memberships"),
    ("absences.csv", "absences"),
    ("stages.csv", "stages"),
];
