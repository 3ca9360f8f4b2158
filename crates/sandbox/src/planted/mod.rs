//! A company in which nobody errs, but for the faults that are planted and listed.
//!
//! Every deal is worked on by the book. A share of them carries one fault each, and the list of
//! all faults goes beside the history as `planted.csv`; another share comes as near to a fault
//! as may be: an answer at the very last instant that is still in time. Whoever judges the
//! history can thus be told how many of the faults he found, and what he found that is none.
//!
//! A fault's kind is a plain word; what it means is said by where it is planted. [`regulation`]
//! says what the company demands of its people.
//!
//! Sellers carry the faults of a single deal, one each. The people of the base carry those of a
//! day's work, one at a time. The office carries those of attendance, the two groups of the shop
//! those of a month's closings, the front desk those of absence.

mod base;
mod book;
mod desk;
mod life;
mod office;
mod sale;
mod shop;
mod tables;

use std::io::Write;
use std::path::Path;

use history::write::Format;
use history::{Instant, Record};
use jiff::Timestamp;
use jiff::civil::{Date, Weekday, date};

use crate::chance::Chance;
use crate::days::{DAY, Days, ZONE};
use crate::entry::Entry;
use crate::folder::{Counted, prepare};
use crate::{SandboxError, Summary};
use book::Book;

/// The most deals that such a company has.
const MOST_DEALS: u64 = 20_000;
/// How many deals a week all people together begin.
const DEALS_A_WEEK: u64 = 77;
const LEAST_WEEKS: u64 = 8;
/// The first day; a Monday.
const FIRST_DAY: Date = date(2025, 9, 1);

/// What to make.
#[derive(Clone, Debug)]
pub struct Options {
    /// The same seed gives the same history and the same faults.
    pub seed: u64,
    /// How many deals there are, at least about four hundred; more deals take more weeks.
    pub deals: u64,
}

impl Default for Options {
    fn default() -> Options {
        Options {
            seed: 1,
            deals: 2_000,
        }
    }
}

/// A fault that was planted.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Fault {
    /// What kind of fault, in a word.
    pub kind: &'static str,
    /// The deal; empty for a fault of a person's work.
    pub deal: String,
    /// Who errs; empty where nobody is to blame.
    pub employee: String,
    /// When it becomes a fault; the earliest instant, where that is not known exactly.
    pub at: Instant,
    /// When it has become one at the latest; mostly the same as `at`.
    pub by: Instant,
}

/// What was made.
#[derive(Clone, Debug)]
pub struct Planted {
    /// How much of everything.
    pub summary: Summary,
    /// The faults, by kind.
    pub faults: Vec<Fault>,
    /// The end of the history: the "now" to judge it at.
    pub until: Instant,
}

/// A regulation that says what is demanded in the company, in the form of a regulation file.
pub fn regulation() -> &'static str {
    include_str!("regulation.toml")
}

/// Writes the history and `planted.csv` into `folder`, which is made if it is not there.
///
/// # Errors
/// Where the folder holds a history or cannot be written, or too many deals are asked for.
pub fn write(folder: &Path, options: &Options, format: Format) -> Result<Planted, SandboxError> {
    if options.deals > MOST_DEALS {
        return Err(SandboxError::TooManyDeals {
            asked: options.deals,
            most: MOST_DEALS,
        });
    }
    prepare(folder)?;
    let weeks = (options.deals / DEALS_A_WEEK).max(LEAST_WEEKS);
    let (days, dates) = working_days(weeks)?;
    let until = days[days.len() - 1] + DAY;
    let mut book = Book::new(Chance::new(options.seed, 0), days, dates);
    office::live(&mut book);
    shop::live(&mut book);
    base::live(&mut book);
    desk::live(&mut book);
    sale::live(&mut book, options.deals);
    let (mut entries, mut faults) = (book.entries, book.faults);
    tables::write_absences(folder, &book.absences)?;
    entries.sort_by_key(|entry| entry.at);
    entries.retain(|entry| entry.at < until);
    faults.sort();

    tables::write(folder)?;
    let mut out = Counted::create(folder, format)?;
    for entry in &entries {
        write_entry(entry, &mut out)?;
    }
    let summary = out.finish(tables::PEOPLE.len() as u64)?;
    write_faults(folder, &faults).map_err(|source| SandboxError::Folder {
        folder: folder.to_owned(),
        source,
    })?;
    Ok(Planted {
        summary,
        faults,
        until,
    })
}

/// The first instants and the dates of so many weeks' working days.
fn working_days(weeks: u64) -> Result<(Vec<Instant>, Vec<Date>), SandboxError> {
    let from = FIRST_DAY.in_tz(ZONE)?.timestamp();
    let to = from + jiff::SignedDuration::from_hours(24 * 7 * weeks as i64 - 1);
    let days = Days::new(from, to)?;
    let all = (0..days.len()).map(|day| days.get(day));
    let working =
        all.filter(|day| !matches!(day.date.weekday(), Weekday::Saturday | Weekday::Sunday));
    Ok(working.map(|day| (day.midnight, day.date)).unzip())
}

fn write_entry(entry: &Entry, out: &mut Counted) -> Result<(), SandboxError> {
    let name = |number: u64| match number {
        0 => String::new(),
        some => some.to_string(),
    };
    let id = |who: Option<usize>| who.map_or("", |who| tables::PEOPLE[who].0);
    out.write(&Record {
        deal: &name(entry.deal),
        at: entry.at,
        kind: Some(entry.kind),
        actor: id(entry.actor),
        stage: entry.stage,
        employee: id(entry.employee),
        task: &name(entry.task),
        due: entry.due,
        text: &entry.text,
        field: entry.field,
        amount: entry.amount,
        client: &entry.client,
        channel: entry.channel,
        ..Record::default()
    })
}

fn write_faults(folder: &Path, faults: &[Fault]) -> std::io::Result<()> {
    let mut text = String::from("rule,deal,employee,at,by\n");
    for fault in faults {
        let (at, by) = (rfc3339(fault.at), rfc3339(fault.by));
        let (kind, deal, employee) = (fault.kind, &fault.deal, &fault.employee);
        text.push_str(&format!("{kind},{deal},{employee},{at},{by}\n"));
    }
    std::fs::File::create(folder.join("planted.csv"))?.write_all(text.as_bytes())
}

fn rfc3339(at: Instant) -> String {
    Timestamp::from_millisecond(at).map_or_else(|_| at.to_string(), |at| at.to_string())
}
