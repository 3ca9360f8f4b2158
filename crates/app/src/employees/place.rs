//! Where somebody is from when to when: one membership after the other.

use history::Instant;
use history::write::MembershipRow;
use jiff::civil::Date;
use store::reference;

use super::faults::Faults;
use super::{known, noted};
use crate::actor::Actor;
use crate::audits::{Audits, Rows, TableChange};
use crate::error::Error;
use crate::journal::Note;

const ACTION: &str = "employee.membership";

/// Says that an employee has a group, a role and a shift from one day up to another. Where they
/// are without an end until then, that ends on the first of these days.
///
/// # Errors
/// Where the access does not allow it, there is no such employee, a value cannot be, or they are
/// somewhere else on one of these days.
pub async fn place(
    audits: &Audits,
    actor: &Actor,
    row: MembershipRow,
    now: Instant,
) -> Result<(), Error> {
    check(&row)?;
    known(audits, actor, &row.employee).await?;
    let were = standing(audits, actor, &row.employee).await?;
    let mut are = were.clone();
    for one in &mut are {
        if one.to.is_empty() && first(one) < first(&row) {
            one.to.clone_from(&row.from);
        }
    }
    apart(&row, &are)?;
    let note = said(Note::new(ACTION, "employee", &row.employee), &row);
    // What stands in front is looked up first.
    are.insert(0, row);
    exchange(audits, actor, (were, are), note, now).await
}

/// Puts another membership in the place of the one that begins on a day (empty: since ever); none
/// takes it away.
///
/// # Errors
/// As [`place`], and where no membership begins on that day.
pub async fn replace_place(
    audits: &Audits,
    actor: &Actor,
    (employee, from): (&str, &str),
    new: Option<MembershipRow>,
    now: Instant,
) -> Result<(), Error> {
    new.as_ref().map_or(Ok(()), check)?;
    known(audits, actor, employee).await?;
    let were = standing(audits, actor, employee).await?;
    let place = were.iter().position(|row| row.from == from);
    let place = place.ok_or_else(|| missing(from))?;
    let mut are = were.clone();
    let old = are.remove(place);
    let note = Note::new(ACTION, "employee", employee);
    let note = match new {
        Some(new) => {
            apart(&new, &are)?;
            let note = note
                .change("group", &old.group, &new.group)
                .change("role", &old.role, &new.role)
                .change("shift", &old.shift, &new.shift)
                .change("from", &old.from, &new.from)
                .change("to", &old.to, &new.to);
            are.insert(place, new);
            note
        }
        None => said(note.with("removed", "yes"), &old),
    };
    exchange(audits, actor, (were, are), note, now).await
}

/// Ends the membership that begins on a day (empty: since ever) before another day.
///
/// # Errors
/// As [`replace_place`].
pub async fn end_place(
    audits: &Audits,
    actor: &Actor,
    (employee, from): (&str, &str),
    to: &str,
    now: Instant,
) -> Result<(), Error> {
    known(audits, actor, employee).await?;
    let rows = standing(audits, actor, employee).await?;
    let found = rows.into_iter().find(|row| row.from == from);
    let ended = found.map(|row| MembershipRow {
        to: to.to_owned(),
        ..row
    });
    let ended = ended.ok_or_else(|| missing(from))?;
    replace_place(audits, actor, (employee, from), Some(ended), now).await
}

fn missing(from: &str) -> Error {
    Error::NotFound {
        what: "membership from that day on",
        id: from.to_owned(),
    }
}

async fn standing(
    audits: &Audits,
    actor: &Actor,
    employee: &str,
) -> Result<Vec<MembershipRow>, Error> {
    let mut reader = audits.store().reader().await?;
    Ok(reference::memberships(&mut reader, &actor.company, employee).await?)
}

async fn exchange(
    audits: &Audits,
    actor: &Actor,
    (were, are): (Vec<MembershipRow>, Vec<MembershipRow>),
    note: Note,
    now: Instant,
) -> Result<(), Error> {
    let all = were.iter().chain(&are);
    let employee = all.map(|row| row.employee.clone()).next();
    let rows = Rows {
        employee: employee.unwrap_or_default(),
        were: Some(were),
        are,
    };
    noted(audits, actor, TableChange::Memberships(rows), note, now).await
}

fn check(row: &MembershipRow) -> Result<(), Error> {
    let mut faults = Faults::default();
    faults.membership(row);
    faults.done()
}

/// Refuses a membership on whose days there is another one.
fn apart(row: &MembershipRow, others: &[MembershipRow]) -> Result<(), Error> {
    let meets = |other: &&MembershipRow| first(row) < end(other) && first(other) < end(row);
    let Some(other) = others.iter().find(meets) else {
        return Ok(());
    };
    let mut faults = Faults::default();
    let message = format!(
        "from {:?} to {:?} they are somewhere already; end that first",
        other.from, other.to
    );
    faults.add("from", "overlap", message);
    faults.done()
}

/// The first day; what cannot be read never was.
fn first(row: &MembershipRow) -> Date {
    row.from.parse().unwrap_or(Date::MIN)
}

/// The day after the last.
fn end(row: &MembershipRow) -> Date {
    row.to.parse().unwrap_or(Date::MAX)
}

fn said(note: Note, row: &MembershipRow) -> Note {
    note.some("group", &row.group)
        .some("role", &row.role)
        .some("shift", &row.shift)
        .some("from", &row.from)
        .some("to", &row.to)
}

#[cfg(test)]
mod tests {
    use history::write::EmployeeRow;
    use store::testing;

    use super::*;

    fn row(from: &str, to: &str) -> MembershipRow {
        MembershipRow {
            employee: "e".to_owned(),
            from: from.to_owned(),
            to: to.to_owned(),
            ..MembershipRow::default()
        }
    }

    #[test]
    fn days_that_meet_are_refused() {
        let others = [row("2026-03-01", "2026-04-01"), row("2026-06-01", "")];
        for (from, to, fits) in [
            ("2026-04-01", "2026-06-01", true),
            ("", "2026-03-01", true),
            ("2026-03-31", "2026-04-02", false),
            ("", "2026-03-02", false),
            ("2026-07-01", "2026-07-02", false),
            ("2026-04-01", "", false),
        ] {
            let apart = apart(&row(from, to), &others);
            assert_eq!(apart.is_ok(), fits, "{from}–{to}");
        }
    }

    async fn change(audits: &Audits, company: &str, change: TableChange) -> Result<(), Error> {
        let by = ("", Note::new("test", "employee", "e"));
        audits.change_tables(company, &change, by, 0).await
    }

    #[test]
    fn whoever_comes_second_is_told() {
        testing::on_sqlite(|store| async move {
            let company = testing::company(&store, "one").await;
            let audits = Audits::new(store);
            let employee = EmployeeRow {
                id: "e".to_owned(),
                active: true,
                ..EmployeeRow::default()
            };
            change(&audits, &company, TableChange::Employee(employee))
                .await
                .expect("an employee");
            let rows = |from: &str| {
                TableChange::Memberships(Rows {
                    employee: "e".to_owned(),
                    were: Some(Vec::new()),
                    are: vec![row(from, "")],
                })
            };
            change(&audits, &company, rows("2026-01-01"))
                .await
                .expect("nobody was there");
            let second = change(&audits, &company, rows("2026-02-01")).await;
            let Err(Error::Clash(fault)) = second else {
                panic!("{second:?}");
            };
            assert_eq!(fault.code, "changed_meanwhile");
        });
    }
}
