//! Who works when.

use history::{AbsenceKind, Instant};
use jiff::civil::{Date, DateTime};

use super::Roster;
use super::roster::roster;
use crate::actor::Actor;
use crate::audits::Audits;
use crate::error::Error;
use crate::life::office::{self, Office};

/// What somebody does on a day.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Worked {
    /// The hours that they work, absences taken off, in the company's zone.
    pub hours: Vec<(DateTime, DateTime)>,
    /// Why they are away for some of the day, or all of it.
    pub away: Option<AbsenceKind>,
}

/// The employees that the actor may see and who work here still, each with the seven days from a
/// Monday on.
///
/// # Errors
/// Where the access does not allow it.
pub async fn week(
    audits: &Audits,
    actor: &Actor,
    monday: Date,
    now: Instant,
) -> Result<(Roster, Vec<[Worked; 7]>), Error> {
    let mut roster = roster(audits, actor, now).await?;
    roster.people.retain(super::Listed::is_active);
    let audit = audits.read(&actor.company, now).await?;
    let clocks = office::clocks(audit.live());
    let office = Office::of(audit.live(), clocks);
    let of = |id: &str| {
        std::array::from_fn(|day| {
            let day = jiff::Span::new().days(i64::try_from(day).unwrap_or(0));
            let date = monday.checked_add(day).unwrap_or(monday);
            worked(office, id, date)
        })
    };
    let weeks = roster.people.iter().map(|one| of(one.id())).collect();
    Ok((roster, weeks))
}

fn worked(office: Office<'_>, employee: &str, date: Date) -> Worked {
    let zone = &office.version().zone;
    let hours = office.clock(employee).intervals_on(date).into_iter();
    let (from, to) = (zone.start_of_day(date), zone.end_of_day(date));
    let known = office.history.people.get(office.employee(employee));
    let absences = known.map_or(&[][..], |known| &known.absences);
    let away = absences
        .iter()
        .find(|absence| absence.from < to && absence.to.is_none_or(|back| from < back));
    Worked {
        hours: hours
            .map(|(from, to)| (zone.datetime(from), zone.datetime(to)))
            .collect(),
        away: away.map(|absence| absence.kind),
    }
}
