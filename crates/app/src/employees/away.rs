//! When somebody is away: one absence after the other, by days.

use history::write::AbsenceRow;
use history::{AbsenceKind, Instant};
use store::reference;
use worktime::Zone;

use super::faults::Faults;
use super::{known, noted};
use crate::actor::Actor;
use crate::audits::{Audits, Rows, TableChange};
use crate::error::Error;
use crate::journal::Note;
use crate::life::office::{self, Office};

const ACTION: &str = "employee.absence";

/// An absence by days, as somebody writes it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Days {
    /// The first day, such as `2026-03-01`.
    pub from: String,
    /// The last day; empty: still away.
    pub last: String,
    /// `vacation`, `sick`, `trip` or `other`.
    pub kind: String,
}

/// The days of an absence in a zone: one that begins or ends within a day has that day.
pub fn days_of(row: &AbsenceRow, zone: &Zone) -> Days {
    let from = history::read::parse_instant(&row.from);
    // The instant back is not of the absence.
    let last = history::read::parse_instant(&row.to).map(|back| back - 1);
    let day = |at: Option<Instant>| at.map_or_else(String::new, |at| zone.date(at).to_string());
    Days {
        from: day(from),
        last: day(last),
        kind: row.kind.clone(),
    }
}

/// Says that an employee is or will be away on some days.
///
/// # Errors
/// Where the access does not allow it, there is no such employee, or a value cannot be.
pub async fn away(
    audits: &Audits,
    actor: &Actor,
    employee: &str,
    days: &Days,
    now: Instant,
) -> Result<(), Error> {
    known(audits, actor, employee).await?;
    let row = row(audits, actor, employee, days, now).await?;
    let were = standing(audits, actor, employee).await?;
    let mut are = were.clone();
    are.push(row);
    let note = said(Note::new(ACTION, "employee", employee), days);
    exchange(audits, actor, employee, (were, are), note, now).await
}

/// Puts other days in the place of the absence that begins at an instant; none takes it away.
///
/// # Errors
/// As [`away`], and where no absence begins then.
pub async fn replace_absence(
    audits: &Audits,
    actor: &Actor,
    (employee, from): (&str, Instant),
    new: Option<&Days>,
    now: Instant,
) -> Result<(), Error> {
    known(audits, actor, employee).await?;
    let were = standing(audits, actor, employee).await?;
    let begins = |row: &AbsenceRow| history::read::parse_instant(&row.from) == Some(from);
    let place = were.iter().position(begins);
    let place = place.ok_or_else(|| missing(&from.to_string()))?;
    let mut are = were.clone();
    let zone = zone(audits, actor, now).await?;
    let old = days_of(&are.remove(place), &zone);
    let note = Note::new(ACTION, "employee", employee);
    let note = match new {
        Some(new) => {
            let mut changed = row(audits, actor, employee, new, now).await?;
            if new.from == old.from {
                // Whoever changes the end leaves the hour of the beginning alone.
                changed.from.clone_from(&were[place].from);
            }
            are.insert(place, changed);
            note.change("kind", &old.kind, &new.kind)
                .change("from", &old.from, &new.from)
                .change("last", &old.last, &new.last)
        }
        None => said(note.with("removed", "yes"), &old),
    };
    exchange(audits, actor, employee, (were, are), note, now).await
}

/// Ends the absence whose first day this is.
///
/// # Errors
/// As [`replace_absence`].
pub async fn end_absence(
    audits: &Audits,
    actor: &Actor,
    (employee, from): (&str, &str),
    last: &str,
    now: Instant,
) -> Result<(), Error> {
    known(audits, actor, employee).await?;
    let zone = zone(audits, actor, now).await?;
    let rows = standing(audits, actor, employee).await?;
    let mut rows = rows.iter().map(|row| (&row.from, days_of(row, &zone)));
    let found = rows.find(|(_, days)| days.from == from);
    let found = found.and_then(|(at, days)| Some((history::read::parse_instant(at)?, days)));
    let (at, days) = found.ok_or_else(|| missing(from))?;
    let ended = Days {
        last: last.to_owned(),
        ..days
    };
    replace_absence(audits, actor, (employee, at), Some(&ended), now).await
}

fn missing(from: &str) -> Error {
    Error::NotFound {
        what: "absence from then on",
        id: from.to_owned(),
    }
}

async fn standing(
    audits: &Audits,
    actor: &Actor,
    employee: &str,
) -> Result<Vec<AbsenceRow>, Error> {
    let mut reader = audits.store().reader().await?;
    Ok(reference::absences(&mut reader, &actor.company, employee).await?)
}

async fn exchange(
    audits: &Audits,
    actor: &Actor,
    employee: &str,
    (were, are): (Vec<AbsenceRow>, Vec<AbsenceRow>),
    note: Note,
    now: Instant,
) -> Result<(), Error> {
    let rows = Rows {
        employee: employee.to_owned(),
        were: Some(were),
        are,
    };
    noted(audits, actor, TableChange::Absences(rows), note, now).await
}

/// The zone of the company's days.
async fn zone(audits: &Audits, actor: &Actor, now: Instant) -> Result<Zone, Error> {
    let audit = audits.read(&actor.company, now).await?;
    let clocks = office::clocks(audit.live());
    Ok(Office::of(audit.live(), clocks).version().zone.clone())
}

/// Days as the tables keep them: from the first midnight to the one after the last day.
async fn row(
    audits: &Audits,
    actor: &Actor,
    employee: &str,
    days: &Days,
    now: Instant,
) -> Result<AbsenceRow, Error> {
    let mut faults = Faults::default();
    let from = faults.date("from", &days.from);
    let last = faults.date("last", &days.last);
    if days.from.is_empty() {
        faults.add("from", "missing", "it says since when");
    }
    if let (Some(from), Some(last)) = (from, last)
        && last < from
    {
        faults.add("last", "order", format!("{last} is before {from}"));
    }
    if AbsenceKind::parse(&days.kind).is_none() {
        let message = format!("{:?}; write vacation, sick, trip or other", days.kind);
        faults.add("kind", "kind", message);
    }
    faults.done()?;
    let zone = zone(audits, actor, now).await?;
    Ok(AbsenceRow {
        employee: employee.to_owned(),
        from: from.map_or_else(String::new, |day| written(zone.start_of_day(day))),
        to: last.map_or_else(String::new, |day| written(zone.end_of_day(day))),
        kind: days.kind.clone(),
    })
}

/// An instant as the tables keep it.
fn written(at: Instant) -> String {
    // What no calendar has is kept as a number, which is read as well.
    jiff::Timestamp::from_millisecond(at).map_or_else(|_| at.to_string(), |at| at.to_string())
}

fn said(note: Note, days: &Days) -> Note {
    note.some("kind", &days.kind)
        .some("from", &days.from)
        .some("last", &days.last)
}

#[cfg(test)]
mod tests {
    use jiff::civil::Date;

    use super::*;

    #[test]
    fn days_are_those_of_the_zone() {
        let zone = Zone::new("Asia/Vladivostok").expect("a zone");
        let day = |text: &str| text.parse::<Date>().expect("a date");
        let row = AbsenceRow {
            from: written(zone.start_of_day(day("2026-03-01"))),
            to: written(zone.end_of_day(day("2026-03-07"))),
            kind: "sick".to_owned(),
            ..AbsenceRow::default()
        };
        assert_eq!(row.from, "2026-02-28T14:00:00Z");
        let days = days_of(&row, &zone);
        assert_eq!((&*days.from, &*days.last), ("2026-03-01", "2026-03-07"));
        let open = AbsenceRow {
            to: String::new(),
            ..row
        };
        assert_eq!(days_of(&open, &zone).last, "");
    }
}
