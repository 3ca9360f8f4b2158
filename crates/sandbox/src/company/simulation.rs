//! The company as a source of events while they happen.

use std::path::Path;

use history::write::Format;
use history::{Instant, Record};

use super::cast::PEOPLE;
use super::story::World;
use super::{Options, Summary, begin, live, write_tables};
use crate::SandboxError;
use crate::entry::Entry;
use crate::folder::{Counted, prepare};

/// An event, whole in itself.
#[derive(Clone, Debug, PartialEq)]
pub struct Event {
    id: String,
    deal: String,
    task: String,
    entry: Entry,
}

impl Event {
    /// The event that is the `number`-th of all.
    fn new(number: usize, entry: &Entry) -> Event {
        let id = |number: u64| match number {
            0 => String::new(),
            some => some.to_string(),
        };
        Event {
            id: format!("e{}", number + 1),
            deal: id(entry.deal),
            task: id(entry.task),
            entry: entry.clone(),
        }
    }

    /// When it happened.
    pub fn at(&self) -> Instant {
        self.entry.at
    }

    /// The event as files carry it, with an id of its own.
    pub fn record(&self) -> Record<'_> {
        let entry = &self.entry;
        let person = |who: Option<usize>| who.map_or("", |who| PEOPLE[who].id);
        Record {
            id: &self.id,
            deal: &self.deal,
            at: entry.at,
            kind: Some(entry.kind),
            actor: person(entry.actor),
            stage: entry.stage,
            employee: person(entry.employee),
            task: &self.task,
            due: entry.due,
            text: &entry.text,
            field: entry.field,
            amount: entry.amount,
            client: &entry.client,
            channel: entry.channel,
            ..Record::default()
        }
    }
}

/// The company, lived up to an instant that moves on: the same events that [`super::write()`]
/// writes, in the same order. How far it is run at a time makes no difference.
pub struct Simulation {
    world: World,
    entries: Vec<Entry>,
    /// How many events were handed out.
    done: usize,
}

impl Simulation {
    /// A company in which nothing has happened yet; it ends at the options' `until`.
    ///
    /// # Errors
    /// Where the options ask for the impossible.
    pub fn new(options: &Options) -> Result<Simulation, SandboxError> {
        let (world, from) = begin(options)?;
        Ok(Simulation {
            entries: live(&world, options, from),
            world,
            done: 0,
        })
    }

    /// What happened since the last time, up to an instant and in it, in order. An instant before
    /// the last one gives nothing, and so does one after the end once all is told.
    pub fn run_until(&mut self, at: Instant) -> Vec<Event> {
        let rest = &self.entries[self.done..];
        let count = rest.partition_point(|entry| entry.at <= at);
        let events = rest[..count].iter().enumerate();
        let events = events.map(|(place, entry)| Event::new(self.done + place, entry));
        let events = events.collect();
        self.done += count;
        events
    }

    /// When the next event happens; none: all is told.
    pub fn next_at(&self) -> Option<Instant> {
        self.entries.get(self.done).map(|entry| entry.at)
    }

    /// Writes everything but the events into `folder`, which is made if it is not there: the
    /// account, its people and its stages.
    ///
    /// # Errors
    /// Where the folder holds a history or cannot be written.
    pub fn write_tables(&self, folder: &Path) -> Result<(), SandboxError> {
        prepare(folder)?;
        write_tables(folder, &self.world)
    }

    /// Writes all that is not told yet into the folder; `progress` is told how many events of
    /// how many are written.
    pub(super) fn write_rest(
        &self,
        folder: &Path,
        format: Format,
        progress: Option<&dyn Fn(u64, u64)>,
    ) -> Result<Summary, SandboxError> {
        let mut out = Counted::create(folder, format)?;
        let rest = &self.entries[self.done..];
        for (number, entry) in rest.iter().enumerate() {
            let event = Event::new(number, entry);
            // Files go without ids: the order tells events apart.
            out.write(&Record {
                id: "",
                ..event.record()
            })?;
            if let Some(tell) = progress
                && (number % 512 == 0 || number + 1 == rest.len())
            {
                tell(number as u64 + 1, rest.len() as u64);
            }
        }
        out.finish(PEOPLE.len() as u64)
    }
}
