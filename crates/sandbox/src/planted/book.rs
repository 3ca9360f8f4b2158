//! What all lives write into: the events, and the faults beside them.

use history::Instant;
use jiff::civil::Date;

use super::Fault;
use super::tables::PEOPLE;
use crate::chance::Chance;
use crate::entry::Entry;

/// Everything written so far.
pub(super) struct Book {
    pub chance: Chance,
    /// The first instants of the working days.
    pub days: Vec<Instant>,
    /// Their dates.
    pub dates: Vec<Date>,
    pub entries: Vec<Entry>,
    pub faults: Vec<Fault>,
    /// Who is away, from when to when.
    pub absences: Vec<(usize, Instant, Instant)>,
    pub deals: u64,
}

impl Book {
    pub fn new(chance: Chance, days: Vec<Instant>, dates: Vec<Date>) -> Book {
        Book {
            chance,
            days,
            dates,
            entries: Vec::new(),
            faults: Vec::new(),
            absences: Vec::new(),
            deals: 0,
        }
    }

    /// The id of a new deal.
    pub fn new_deal(&mut self) -> u64 {
        self.deals += 1;
        500_000 + self.deals
    }

    /// The first instant of a working day; days after the last are never written.
    pub fn day(&self, day: usize) -> Instant {
        let last = self.days.len() - 1;
        self.days[day.min(last)] + (day.saturating_sub(last) as Instant) * crate::days::DAY
    }

    /// Lists a fault; deal 0 is none.
    pub fn plant(&mut self, kind: &'static str, deal: u64, who: usize, at: Instant, by: Instant) {
        self.plant_on_nobody(kind, deal, at);
        if let Some(fault) = self.faults.last_mut() {
            fault.employee = PEOPLE[who].0.into();
            fault.by = by;
        }
    }

    /// Lists a fault for which nobody is to blame.
    pub fn plant_on_nobody(&mut self, kind: &'static str, deal: u64, at: Instant) {
        let deal = match deal {
            0 => String::new(),
            some => some.to_string(),
        };
        self.faults.push(Fault {
            kind,
            deal,
            employee: String::new(),
            at,
            by: at,
        });
    }
}
