//! Employees of the CRM: their groups, roles, shifts and absences.

use history::Instant;
use history::write::{AbsenceRow, EmployeeRow, GroupRow, MembershipRow};
use jiff::civil::Date;
use store::reference;

use crate::actor::Actor;
use crate::audits::{Audits, TableChange};
use crate::error::{Error, Fault};
use crate::journal::Note;
use crate::life::office::{self, Office};
use crate::permissions::{Deed, Reach};

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
    let mut reader = audits.store().reader().await?;
    let tables = reference::load(&mut reader, &actor.company).await?;
    let seen = |id: &String| reachable.as_ref().is_none_or(|all| all.contains(id));
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
        faults.role(&row.role);
        let from = faults.date("from", &row.from);
        let to = faults.date("to", &row.to);
        if let (Some(from), Some(to)) = (from, to)
            && to <= from
        {
            faults.add("to", "order", format!("{to} is not after {from}"));
        }
    }
    faults.done()?;
    known(audits, actor, employee).await?;
    let change_of = TableChange::Memberships(employee.to_owned(), rows);
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
    let change_of = TableChange::Absences(employee.to_owned(), rows);
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
    may_manage(actor)?;
    let note = Note::new(action, "employee", object);
    audits
        .change_tables(&actor.company, &change, (&actor.person, note), now)
        .await
}

/// What is wrong with values, all at once.
#[derive(Default)]
struct Faults(Vec<Fault>);

impl Faults {
    fn add(&mut self, field: &'static str, code: &'static str, message: impl Into<String>) {
        self.0.push(Fault::new(field, code, message));
    }

    fn id(&mut self, field: &'static str, id: &str) {
        if id.trim().is_empty() || id.len() > store::MAX_NAME {
            let message = format!("from 1 to {} bytes", store::MAX_NAME);
            self.add(field, "id", message);
        }
    }

    fn role(&mut self, role: &str) {
        if !role.is_empty() && history::Role::parse(role).is_none() {
            let message = format!("{role:?}; write seller, manager, performer, lead or other");
            self.add("role", "role", message);
        }
    }

    fn date(&mut self, field: &'static str, text: &str) -> Option<Date> {
        if text.is_empty() {
            return None;
        }
        let date = text.parse().ok();
        if date.is_none() {
            self.add(
                field,
                "date",
                format!("{text:?}; write a date like 2026-03-01"),
            );
        }
        date
    }

    fn instant(&mut self, field: &'static str, text: &str) -> Option<Instant> {
        if text.is_empty() {
            return None;
        }
        let instant = history::read::parse_instant(text);
        if instant.is_none() {
            let message = format!("{text:?}; write an instant like 2026-03-01T09:00:00+03:00");
            self.add(field, "instant", message);
        }
        instant
    }

    fn done(self) -> Result<(), Error> {
        if self.0.is_empty() {
            Ok(())
        } else {
            Err(Error::Invalid(self.0))
        }
    }
}
