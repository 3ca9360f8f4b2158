//! Employees of the CRM: their groups, roles, shifts and absences.

mod away;
mod faults;
mod hours;
mod place;
mod roster;

use history::Instant;
use history::write::{AbsenceRow, EmployeeRow, GroupRow, MembershipRow};
use store::reference;

use crate::actor::Actor;
use crate::audits::{Audits, Rows, TableChange};
use crate::error::{Error, Fault};
use crate::journal::Note;
use crate::life::office::{self, Office};
use crate::permissions::{Deed, Reach};
use faults::Faults;

pub use away::{Days, away, days_of, end_absence, replace_absence};
pub use faults::FAULTS;
pub use hours::{Worked, week};
pub use place::{end_place, place, replace_place};
pub use roster::{Away, Listed, Roster, roster};

/// An employee with everything that is kept of them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Employee {
    /// The employee; group, role and shift hold where no membership covers a date.
    pub employee: EmployeeRow,
    /// Where they were when.
    pub memberships: Vec<MembershipRow>,
    /// When they were away.
    pub absences: Vec<AbsenceRow>,
}

/// The employees that the actor may see, in the order of the CRM, and all groups.
///
/// # Errors
/// Where the access does not allow it.
pub async fn list(
    audits: &Audits,
    actor: &Actor,
    now: Instant,
) -> Result<(Vec<Employee>, Vec<GroupRow>), Error> {
    let whose = actor.whose(Deed::SeeEmployees)?;
    let audit = audits.read(&actor.company, now).await?;
    let reachable = Office::of(audit.live(), office::clocks(audit.live())).reachable(&whose, now);
    drop(audit);
    kept(audits, actor, reachable.as_deref()).await
}

/// Those of the employees that are named, or all, as they are kept, and all groups.
async fn kept(
    audits: &Audits,
    actor: &Actor,
    named: Option<&[String]>,
) -> Result<(Vec<Employee>, Vec<GroupRow>), Error> {
    let mut reader = audits.store().reader().await?;
    let tables = reference::load(&mut reader, &actor.company).await?;
    let seen = |id: &String| named.is_none_or(|all| all.contains(id));
    let employees = tables.employees.into_iter().filter(|row| seen(&row.id));
    let employees = employees.map(|employee| {
        let memberships = tables.memberships.iter();
        let absences = tables.absences.iter();
        Employee {
            memberships: memberships
                .filter(|row| row.employee == employee.id)
                .cloned()
                .collect(),
            absences: absences
                .filter(|row| row.employee == employee.id)
                .cloned()
                .collect(),
            employee,
        }
    });
    Ok((employees.collect(), tables.groups))
}

/// Adds an employee, or changes the one of this id.
///
/// # Errors
/// Where the access does not allow it, or a value cannot be.
pub async fn set(
    audits: &Audits,
    actor: &Actor,
    row: EmployeeRow,
    now: Instant,
) -> Result<(), Error> {
    let mut faults = Faults::default();
    faults.id("id", &row.id);
    faults.role(&row.role);
    faults.date("hired", &row.hired);
    faults.date("left", &row.left);
    faults.done()?;
    let object = row.id.clone();
    change(
        audits,
        actor,
        TableChange::Employee(row),
        ("employee.set", &object),
        now,
    )
    .await
}

/// Adds an employee of whom nothing is known yet.
///
/// # Errors
/// As [`set`], and where there is one of this id.
pub async fn add(
    audits: &Audits,
    actor: &Actor,
    row: EmployeeRow,
    now: Instant,
) -> Result<(), Error> {
    may_manage(actor)?;
    let mut reader = audits.store().reader().await?;
    let found = reference::employee(&mut reader, &actor.company, &row.id).await?;
    drop(reader);
    free(found.is_none(), &row.id)?;
    set(audits, actor, row, now).await
}

/// Adds a group that there was not.
///
/// # Errors
/// As [`set_group`], and where there is one of this id.
pub async fn add_group(
    audits: &Audits,
    actor: &Actor,
    row: GroupRow,
    now: Instant,
) -> Result<(), Error> {
    may_manage(actor)?;
    let mut reader = audits.store().reader().await?;
    let tables = reference::load(&mut reader, &actor.company).await?;
    drop(reader);
    free(
        tables.groups.iter().all(|group| group.id != row.id),
        &row.id,
    )?;
    set_group(audits, actor, row, now).await
}

/// Refuses an id that is somebody's already.
fn free(is_free: bool, id: &str) -> Result<(), Error> {
    match is_free {
        true => Ok(()),
        false => Err(Fault::clash(
            "id",
            "taken",
            format!("there is one of the id {id:?}"),
        )),
    }
}

/// Adds a group, or changes the one of this id.
///
/// # Errors
/// Where the access does not allow it, or a value cannot be.
pub async fn set_group(
    audits: &Audits,
    actor: &Actor,
    row: GroupRow,
    now: Instant,
) -> Result<(), Error> {
    let mut faults = Faults::default();
    faults.id("id", &row.id);
    faults.done()?;
    let object = row.id.clone();
    change(
        audits,
        actor,
        TableChange::Group(row),
        ("group.set", &object),
        now,
    )
    .await
}

/// Says where an employee was when; replaces what was said before.
///
/// # Errors
/// Where the access does not allow it, there is no such employee, or a value cannot be.
pub async fn set_memberships(
    audits: &Audits,
    actor: &Actor,
    employee: &str,
    rows: Vec<MembershipRow>,
    now: Instant,
) -> Result<(), Error> {
    let mut faults = Faults::default();
    for row in &rows {
        faults.membership(row);
    }
    faults.done()?;
    known(audits, actor, employee).await?;
    let change_of = TableChange::Memberships(Rows {
        employee: employee.to_owned(),
        were: None,
        are: rows,
    });
    let what = ("employee.memberships", employee);
    change(audits, actor, change_of, what, now).await
}

/// Says when an employee was or will be away; replaces what was said before.
///
/// # Errors
/// Where the access does not allow it, there is no such employee, or a value cannot be.
pub async fn set_absences(
    audits: &Audits,
    actor: &Actor,
    employee: &str,
    rows: Vec<AbsenceRow>,
    now: Instant,
) -> Result<(), Error> {
    let mut faults = Faults::default();
    for row in &rows {
        let from = faults.instant("from", &row.from);
        if row.from.is_empty() {
            faults.add("from", "missing", "it says since when");
        }
        let to = faults.instant("to", &row.to);
        if let (Some(from), Some(to)) = (from, to)
            && to <= from
        {
            faults.add("to", "order", "it is not after `from`");
        }
        if history::AbsenceKind::parse(&row.kind).is_none() {
            let message = format!("{:?}; write vacation, sick, trip or other", row.kind);
            faults.add("kind", "kind", message);
        }
    }
    faults.done()?;
    known(audits, actor, employee).await?;
    let change_of = TableChange::Absences(Rows {
        employee: employee.to_owned(),
        were: None,
        are: rows,
    });
    let what = ("employee.absences", employee);
    change(audits, actor, change_of, what, now).await
}

async fn known(audits: &Audits, actor: &Actor, employee: &str) -> Result<(), Error> {
    may_manage(actor)?;
    let mut reader = audits.store().reader().await?;
    let found = reference::employee(&mut reader, &actor.company, employee).await?;
    found.map(|_| ()).ok_or_else(|| Error::NotFound {
        what: "employee",
        id: employee.to_owned(),
    })
}

fn may_manage(actor: &Actor) -> Result<(), Error> {
    match actor.reach(Deed::ManageEmployees)? {
        Reach::All => Ok(()),
        _ => Err(Error::Denied(Deed::ManageEmployees)),
    }
}

async fn change(
    audits: &Audits,
    actor: &Actor,
    change: TableChange,
    (action, object): (&'static str, &str),
    now: Instant,
) -> Result<(), Error> {
    let kind = match change {
        TableChange::Group(_) => "group",
        _ => "employee",
    };
    noted(audits, actor, change, Note::new(action, kind, object), now).await
}

/// Changes tables, where the actor may, and notes it.
async fn noted(
    audits: &Audits,
    actor: &Actor,
    change: TableChange,
    note: Note,
    now: Instant,
) -> Result<(), Error> {
    may_manage(actor)?;
    audits
        .change_tables(&actor.company, &change, (&actor.person, note), now)
        .await
}
