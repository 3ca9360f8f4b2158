//! A large made-up history to measure speed with: half a million deals are ten million events.
//!
//! # What it makes
//!
//! | what | how much |
//! | --- | --- |
//! | events a deal | 20 on average; a tenth of the deals have at most 10, a tenth at least 33, one in a hundred more than 60 |
//! | time | the year before `until`; leads come round the clock, mostly by day; people work Monday to Friday 9–19 Moscow time, not on holidays |
//! | employees | 200 in ten groups with leads, four pipelines; each is as careful as chance made him; one in twenty has left within the year, everybody was away once or twice |
//! | sources | site 45 %, phone 30 %, messengers 25 %; of calls that come in, 40 % are missed, most of them at night |
//! | first answer | within 15 minutes to two thirds of the leads that come in working hours, never to one in seventy |
//! | how deals end | half of them lost, 30 % won, the rest forgotten where they stand; one in sixty is reopened, one in two hundred deleted |
//! | tasks | four a deal; one in six is taken up late (many because somebody is away), one in thirteen moved, one in fifty-five deleted, one in ten never done |
//! | texts | 7 200 different notes, 700 results, 600 messages; by the writer's care 2 % to 20 % of notes and results say nothing («+», «готово»); every deal has its own title, of a quarter a machine's |
//! | losses | nearly nine in ten with a reason, half of these with a comment |
//! | handovers | one deal in nine, some with a note |
//!
//! Every kind of event occurs; `client_left` stands without a deal.
//!
//! Ids are a CRM's: numbers as text; stages are `pipeline:stage` with 142 for won and 143 for lost.
//!
//! # How it is made
//!
//! Deals are lived in the order of their creation; what lies ahead waits in a bucket of its day,
//! and a day is sorted and written once no deal can add to it. So the file stands in order of
//! time over the whole account, as a real log does, and memory holds only the deals under way.

mod life;
mod office;
mod pending;
mod staff;
mod vocabulary;

use std::path::Path;

use history::write::{self, Format};
use history::{Account, Instant};
use jiff::{SignedDuration, Timestamp};

use crate::chance::Chance;
use crate::days::{DAY, HOUR, ZONE};
use crate::folder::{Counted, check_until, prepare};
use crate::{SandboxError, Summary};
use life::{Life, Numbers, World};
use office::Office;
use pending::{Buckets, Line, Pending};
use staff::Staff;
use vocabulary::Vocabulary;

/// The most deals there are ids for.
const MOST_DEALS: u64 = 100_000_000;
/// The days of the history.
const SPAN: i64 = 365;
/// After how many deals progress is told.
const TELL_EVERY: u64 = 2_048;

/// What to make.
#[derive(Clone, Debug)]
pub struct BulkOptions {
    /// How many deals.
    pub deals: u64,
    /// The same seed gives the same history.
    pub seed: u64,
    /// The end of the year in which everything happens.
    pub until: Timestamp,
    /// Whether answered calls carry the address of a recording, a text different for each.
    pub recordings: bool,
}

impl BulkOptions {
    /// `deals` deals in the year 2025, without recordings.
    pub fn new(deals: u64, seed: u64) -> BulkOptions {
        BulkOptions {
            deals,
            seed,
            until: NEW_YEAR_2026,
            recordings: false,
        }
    }
}

const NEW_YEAR_2026: Timestamp = Timestamp::constant(1_767_214_800, 0);

/// Writes a history into `folder`, which is made if it is not there; `progress` is told how many
/// deals of how many are done.
///
/// # Errors
/// Where the folder holds a history, cannot be written, or the options ask for the impossible.
pub fn write(
    folder: &Path,
    options: &BulkOptions,
    format: Format,
    progress: Option<&dyn Fn(u64, u64)>,
) -> Result<Summary, SandboxError> {
    check_until(options.until)?;
    if options.deals > MOST_DEALS {
        return Err(SandboxError::TooManyDeals {
            asked: options.deals,
            most: MOST_DEALS,
        });
    }
    prepare(folder)?;
    let from = options.until - SignedDuration::from_hours(24 * SPAN);
    let office = Office::new(from, options.until)?;
    let staff = Staff::hire(&office, options);
    write_tables(folder, &staff)?;
    let world = World {
        until: options.until.as_millisecond(),
        vocabulary: Vocabulary::new(),
        recordings: options.recordings,
        office,
        staff,
    };
    let mut out = Counted::create(folder, format)?;
    write_events(&world, options, from.as_millisecond(), progress, &mut out)?;
    out.finish(world.staff.len() as u64)
}

fn write_tables(folder: &Path, staff: &Staff) -> Result<(), SandboxError> {
    write::write_account(
        folder,
        &Account {
            name: "Нагрузочная торговля".into(),
            timezone: ZONE.into(),
            currency: "RUB".into(),
        },
    )?;
    write::write_groups(folder, &staff.group_rows())?;
    write::write_employees(folder, &staff.employee_rows())?;
    write::write_absences(folder, &staff.absence_rows())?;
    Ok(write::write_stages(folder, &staff::stage_rows())?)
}

fn write_events(
    world: &World,
    options: &BulkOptions,
    from: Instant,
    progress: Option<&dyn Fn(u64, u64)>,
    out: &mut Counted,
) -> Result<(), SandboxError> {
    let mut buckets = Buckets::new(from, world.until);
    let mut line = Line::default();
    let mut arrivals = Arrivals::new(&world.office, from, world.until);
    let mut numbers = Numbers::new();
    let mut events: Vec<Pending> = Vec::new();
    for number in 0..options.deals {
        let mut chance = Chance::new(options.seed, number);
        let at = arrivals.next(number, options.deals, &mut chance);
        for mut day in buckets.before(at) {
            write_day(&mut day, world, &mut line, out)?;
        }
        Life::live(world, &mut chance, &mut events, &mut numbers, at);
        buckets.take(&mut events);
        if number % TELL_EVERY == 0
            && let Some(tell) = progress
        {
            tell(number, options.deals);
        }
    }
    for mut day in buckets.rest() {
        write_day(&mut day, world, &mut line, out)?;
    }
    if let Some(tell) = progress {
        tell(options.deals, options.deals);
    }
    Ok(())
}

fn write_day(
    day: &mut [Pending],
    world: &World,
    line: &mut Line,
    out: &mut Counted,
) -> Result<(), SandboxError> {
    // Stable: events of one deal at one instant keep their order.
    day.sort_by_key(|event| event.at);
    for event in day {
        out.write(&line.record(event, world))?;
    }
    Ok(())
}

/// When leads come: evenly through the year but for the time of day and of the week.
struct Arrivals {
    /// Start of each hour, and how much comes before it.
    hours: Vec<(Instant, u64)>,
    total: u64,
    hour: usize,
}

/// How much comes in each hour of a working day; half of it on others.
const BY_HOUR: [u64; 24] = [
    2, 1, 1, 1, 1, 2, 4, 8, 16, 30, 40, 44, 42, 38, 40, 42, 40, 36, 30, 24, 18, 12, 8, 4,
];

impl Arrivals {
    fn new(office: &Office, from: Instant, until: Instant) -> Arrivals {
        let mut hours = Vec::new();
        let mut total = 0;
        let mut at = from;
        while at < until {
            hours.push((at, total));
            let (open, hour) = office.hour(at);
            let weight = BY_HOUR[hour % 24] * if open { 2 } else { 1 };
            total += weight * HOUR.min(until - at) as u64;
            at += HOUR;
        }
        Arrivals {
            hours,
            total,
            hour: 0,
        }
    }

    /// The instant of lead `number` of `all`; never before that of the one before it.
    fn next(&mut self, number: u64, all: u64, chance: &mut Chance) -> Instant {
        let share = u128::from(number) * 1_000 + u128::from(chance.below(1_000));
        let place = (share * u128::from(self.total) / (u128::from(all) * 1_000)) as u64;
        while self.hours.get(self.hour + 1).is_some_and(|h| h.1 <= place) {
            self.hour += 1;
        }
        let (start, before) = self.hours[self.hour];
        let end = self.hours.get(self.hour + 1).map_or(self.total, |h| h.1);
        let within = u128::from(place - before) * HOUR as u128 / u128::from((end - before).max(1));
        start + within as i64
    }
}

/// How many days have an end after `from` and a start before `until`.
fn days_between(from: Instant, until: Instant) -> usize {
    ((until - from) / DAY + 1) as usize
}
