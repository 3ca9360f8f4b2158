//! A small company to show what a report looks like: the car breaker «Второй ход».
//!
//! Eighteen people in three groups sell used parts: two shifts of sellers, three days on and
//! three off, and a group for wholesale and for warming up those that are not ready to buy. Most
//! do their work well. There are seven pipelines; in `couriers` only robots work. Leads come at
//! night and on holidays, too.
//!
//! For ten weeks nobody controls quality: all are careless, and one makes about half of all the
//! sellers' faults. Under control he learns, as the others do. Then control pauses: hundreds of
//! deals pile up without a task and without anybody responsible, those that are ready to be
//! handed out lie forgotten, and two newcomers, whom nobody teaches, err. One of them leaves and
//! his deals stay behind; the other goes on as he began and once closes his deals in bulk to look
//! tidy. A good seller is given more deals than anybody can work on, and a veteran, burning out,
//! answers later with every month.
//!
//! A deal is lived by itself, from the lead to its end; people do several things at a time where
//! it so happens.

mod cast;
mod couriers;
mod evening;
mod manners;
mod phrases;
mod piles;
mod sales;
mod sidelines;
mod simulation;
mod stages;
mod story;
mod wholesale;
mod work;

use std::path::Path;

use history::write::{self, AbsenceRow, EmployeeRow, Format, GroupRow};
use history::{Account, Instant};
use jiff::{SignedDuration, Timestamp};

use crate::chance::Chance;
use crate::days::{HOUR, MINUTE, ZONE};
use crate::entry::Entry;
use crate::folder::check_until;
use crate::{SandboxError, Summary};
use cast::{Cast, PEOPLE};
use story::World;

pub use simulation::{Event, Simulation};

/// The most deals that such a company has.
const MOST_DEALS: u64 = 100_000;
const WEEKS: i64 = 26;
/// Streams of chance: one for each deal from 0 on, and one for the arrival of each.
const ARRIVALS: u64 = 1 << 40;
const PILES: u64 = 1 << 41;

/// What to make.
#[derive(Clone, Debug)]
pub struct Options {
    /// The same seed gives the same history.
    pub seed: u64,
    /// How many deals appear in the half-year.
    pub deals: usize,
    /// The end of the half-year: the "now" of a report.
    pub until: Timestamp,
}

impl Options {
    /// Two thousand two hundred deals in the half-year before `until`, over five hundred of them piled up.
    pub fn new(until: Timestamp) -> Options {
        Options {
            seed: 1,
            deals: 2_200,
            until,
        }
    }
}

/// How many people the company has, those included that have left.
pub const EMPLOYEES: u64 = PEOPLE.len() as u64;

/// A regulation that fits the company, in the form of a regulation file: its shifts are those of
/// `employees.csv`, its stages those of `stages.csv`.
pub fn regulation() -> &'static str {
    include_str!("regulation.toml")
}

/// Writes the history into `folder`, which is made if it is not there; `progress` is told how
/// many events of how many are written.
///
/// # Errors
/// Where the folder holds a history, cannot be written, or the options ask for the impossible.
pub fn write(
    folder: &Path,
    options: &Options,
    format: Format,
    progress: Option<&dyn Fn(u64, u64)>,
) -> Result<Summary, SandboxError> {
    let simulation = Simulation::new(options)?;
    simulation.write_tables(folder)?;
    simulation.write_rest(folder, format, progress)
}

/// The world before anything happens, and the instant from which on it does.
fn begin(options: &Options) -> Result<(World, Instant), SandboxError> {
    check_until(options.until)?;
    if options.deals as u64 > MOST_DEALS {
        return Err(SandboxError::TooManyDeals {
            asked: options.deals as u64,
            most: MOST_DEALS,
        });
    }
    let from = options.until - SignedDuration::from_hours(24 * 7 * WEEKS);
    let world = World {
        cast: Cast::new(from, options.until)?,
        until: options.until.as_millisecond(),
    };
    Ok((world, from.as_millisecond()))
}

/// Everything that happened, in order.
fn live(world: &World, options: &Options, from: Instant) -> Vec<Entry> {
    let mut leads: Vec<(Instant, Line)> = (0..options.deals as u64 - piles::size(options.deals))
        .map(|number| {
            let chance = &mut Chance::new(options.seed, ARRIVALS + number);
            arrive(world, chance, from)
        })
        .collect();
    leads.sort();
    let mut stories = Vec::with_capacity(leads.len());
    for (number, (at, line)) in leads.into_iter().enumerate() {
        let mut chance = Chance::new(options.seed, number as u64);
        let deal = 28_104_000 + number as u64 * 7 + chance.between(0, 6) as u64;
        stories.push(match line {
            Line::Sales => sales::live(world, chance, deal, at),
            Line::Wholesale => wholesale::live(world, chance, deal, at),
            Line::Couriers => couriers::live(world, chance, deal, at),
            Line::Returns => sidelines::live(&sidelines::RETURNS, world, chance, deal, at),
            Line::Buying => sidelines::live(&sidelines::BUYING, world, chance, deal, at),
            Line::Service => sidelines::live(&sidelines::SERVICE, world, chance, deal, at),
        });
    }
    evening::tidy_up(
        world,
        &mut Chance::new(options.seed, u64::MAX),
        &mut stories,
    );
    for number in 0..piles::size(options.deals) {
        let chance = Chance::new(options.seed, PILES + number);
        stories.push(piles::forget(world, chance, number));
    }
    let mut entries: Vec<Entry> = stories.into_iter().flatten().collect();
    entries.retain(|entry| entry.at < world.until);
    entries.sort_by_key(|entry| entry.at);
    entries
}

/// Which of the company's businesses a lead is for.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Line {
    Sales,
    Wholesale,
    Couriers,
    Returns,
    Buying,
    Service,
}

/// How many leads come in each hour of the day.
const BY_HOUR: [u32; 24] = [
    2, 1, 0, 0, 0, 0, 1, 4, 10, 22, 34, 38, 36, 32, 32, 34, 36, 36, 32, 26, 18, 12, 8, 4,
];

/// When a lead comes, and what for.
fn arrive(world: &World, chance: &mut Chance, from: Instant) -> (Instant, Line) {
    let line = chance.weighted(&[
        (75, Line::Sales),
        (11, Line::Wholesale),
        (14, Line::Couriers),
        (3, Line::Returns),
        (4, Line::Buying),
        (4, Line::Service),
    ]);
    let days = &world.cast.days;
    let first = days.index(from);
    let last = days.index(world.until);
    loop {
        let day = days.get(chance.between(first as i64, last as i64) as usize);
        let hours: Vec<(u32, Instant)> = BY_HOUR.into_iter().zip(0..).collect();
        let hour = chance.weighted(&hours);
        let at = day.midnight + hour * HOUR + chance.between(0, 60 * MINUTE - 1);
        let quiet = !day.office && (line == Line::Wholesale || chance.hit(35));
        let out_of_hours = line == Line::Wholesale && !(8..18).contains(&hour);
        if (from..world.until).contains(&at) && !quiet && !out_of_hours {
            return (at, line);
        }
    }
}

fn write_tables(folder: &Path, world: &World) -> Result<(), SandboxError> {
    write::write_account(
        folder,
        &Account {
            name: "Авторазбор «Второй ход»".into(),
            timezone: ZONE.into(),
            currency: "RUB".into(),
        },
    )?;
    write::write_groups(folder, &group_rows())?;
    write::write_employees(folder, &employee_rows(world))?;
    write::write_absences(folder, &absence_rows(world))?;
    Ok(write::write_stages(folder, &stages::rows())?)
}

fn group_rows() -> Vec<GroupRow> {
    let row = |(id, name, lead): (&str, &str, usize)| GroupRow {
        id: id.into(),
        name: name.into(),
        lead: PEOPLE[lead].id.into(),
    };
    [
        ("shift-a", "Продажи, смена А", 1),
        ("shift-b", "Продажи, смена Б", 6),
        ("wholesale", "Опт и прогрев", 12),
    ]
    .map(row)
    .into()
}

fn employee_rows(world: &World) -> Vec<EmployeeRow> {
    let row = |(number, person): (usize, &cast::Person)| {
        let left = world.cast.last_day(number);
        EmployeeRow {
            id: person.id.into(),
            name: person.name.into(),
            group: person.group.into(),
            role: person.role.into(),
            active: left.is_none(),
            shift: person.hours.shift().into(),
            hired: world.cast.first_day(number).unwrap_or_default(),
            left: left.unwrap_or_default(),
        }
    };
    PEOPLE.iter().enumerate().map(row).collect()
}

fn absence_rows(world: &World) -> Vec<AbsenceRow> {
    let mut rows = Vec::new();
    for (number, person) in PEOPLE.iter().enumerate() {
        for (from, to, kind) in world.cast.absences(number) {
            rows.push(AbsenceRow {
                employee: person.id.into(),
                from: rfc3339(from),
                to: rfc3339(to),
                kind: kind.into(),
            });
        }
    }
    rows
}

fn rfc3339(at: Instant) -> String {
    Timestamp::from_millisecond(at).map_or_else(|_| at.to_string(), |at| at.to_string())
}
