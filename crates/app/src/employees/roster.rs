//! Who is where today.

use history::write::GroupRow;
use history::{AbsenceKind, Instant};
use jiff::civil::Date;
use worktime::Zone;

use super::{Employee, kept};
use crate::actor::Actor;
use crate::audits::Audits;
use crate::error::Error;
use crate::life::office::{self, Office};
use crate::permissions::{Deed, Reach, Whose};

/// The employees that somebody may see, and where they are today.
#[derive(Clone, Debug)]
pub struct Roster {
    /// The employees, in the order of the CRM.
    pub people: Vec<Listed>,
    /// The groups that they may see: all, or those that they lead.
    pub groups: Vec<GroupRow>,
    /// The zone of the company's days.
    pub zone: Zone,
    /// Today, there.
    pub today: Date,
}

/// An employee, and where they are today.
#[derive(Clone, Debug)]
pub struct Listed {
    /// What is kept of them.
    pub kept: Employee,
    /// Their group; empty: none.
    pub group: String,
    /// Their role; empty: none.
    pub role: String,
    /// The name of their shift; empty: the company's hours.
    pub shift: String,
    /// Why they are away; none: they are not.
    pub away: Option<Away>,
    /// Whether the regulation gives them working hours today, absences left aside.
    pub works: bool,
}

/// An absence that lasts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Away {
    /// Why.
    pub kind: AbsenceKind,
    /// The last day; none: nobody knows.
    pub last: Option<Date>,
}

impl Listed {
    /// The id.
    pub fn id(&self) -> &str {
        &self.kept.employee.id
    }

    /// The name; the id where there is none.
    pub fn name(&self) -> &str {
        let row = &self.kept.employee;
        if row.name.is_empty() {
            &row.id
        } else {
            &row.name
        }
    }

    /// Whether they work here still.
    pub fn is_active(&self) -> bool {
        self.kept.employee.active
    }

    /// Whether they work here and nobody has said in which group.
    pub fn is_groupless(&self) -> bool {
        self.is_active() && self.group.is_empty()
    }
}

impl Roster {
    /// The employee of an id, if they are to be seen.
    ///
    /// # Errors
    /// Where they are not, or there is no such employee, which looks the same.
    pub fn employee(&self, id: &str) -> Result<&Listed, Error> {
        let found = self.people.iter().find(|one| one.id() == id);
        found.ok_or_else(|| Error::NotFound {
            what: "employee",
            id: id.to_owned(),
        })
    }

    /// What a group is called; its id where nobody has said.
    pub fn group<'a>(&'a self, id: &'a str) -> &'a str {
        let found = self.groups.iter().find(|group| group.id == id);
        found.map_or(id, |group| match group.name.as_str() {
            "" => id,
            name => name,
        })
    }
}

/// The employees that the actor may see, and where they are today; for whoever may see others
/// than themselves.
///
/// # Errors
/// Where the access does not allow it.
pub async fn roster(audits: &Audits, actor: &Actor, now: Instant) -> Result<Roster, Error> {
    let reach = actor.reach(Deed::SeeEmployees)?;
    if reach < Reach::Group {
        return Err(Error::Denied(Deed::SeeEmployees));
    }
    let whose = actor.whose(Deed::SeeEmployees)?;
    let audit = audits.read(&actor.company, now).await?;
    let clocks = office::clocks(audit.live());
    let office = Office::of(audit.live(), clocks);
    let reachable = office.reachable(&whose, now);
    let (people, mut groups) = kept(audits, actor, reachable.as_deref()).await?;
    if let Whose::Groups { groups: led, .. } = &whose {
        groups.retain(|group| led.contains(&group.id));
    }
    let zone = office.version().zone.clone();
    let today = zone.date(now);
    let people = people.into_iter().map(|kept| listed(office, kept, today));
    Ok(Roster {
        people: people.collect(),
        groups,
        today,
        zone,
    })
}

fn listed(office: Office<'_>, kept: Employee, today: Date) -> Listed {
    let people = &office.history.people;
    let id = office.employee(&kept.employee.id);
    let place = people.membership(id, today);
    let name = |group: history::GroupId| match group.is_some() {
        true => people.group_ids.get(group.0).to_owned(),
        false => String::new(),
    };
    let role = place.and_then(|place| place.role);
    let shift = place.and_then(|place| place.shift.clone());
    let zone = &office.version().zone;
    let (from, to) = (zone.start_of_day(today), zone.end_of_day(today));
    let absences = people.get(id).map_or(&[][..], |known| &known.absences);
    let away = absences
        .iter()
        .find(|absence| absence.from < to && absence.to.is_none_or(|back| from < back));
    let hours = office.clocks.rota(id).intervals_on(today);
    Listed {
        group: place.map_or_else(String::new, |place| name(place.group)),
        role: role.map_or_else(String::new, |role| role.as_str().to_owned()),
        shift: shift.unwrap_or_default(),
        away: away.map(|absence| Away {
            kind: absence.kind,
            last: absence.to.map(|back| zone.date(back - 1)),
        }),
        works: !hours.is_empty(),
        kept,
    }
}
