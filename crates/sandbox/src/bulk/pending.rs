//! Events that wait for their day to be written.

use std::fmt::Write;

use history::{Instant, Kind, Record};

use super::days_between;
use super::life::World;
use super::staff::{CHANNELS, FIELDS, stage_id};
use crate::chance::scramble;
use crate::days::DAY;

/// "None" in a column of numbers.
pub(super) const NONE: u16 = u16::MAX;

/// What stands in the text column.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Text {
    None,
    /// The title that fits the deal.
    Title,
    /// The title a machine gave it.
    MachineTitle,
    /// The address of a recording.
    Recording,
    /// One of the vocabulary.
    Word(u32),
}

/// An event, small.
#[derive(Clone, Copy)]
pub(super) struct Pending {
    pub at: Instant,
    pub due: Option<Instant>,
    pub amount: Option<u32>,
    pub text: Text,
    pub deal: u32,
    pub task: u32,
    pub client: u32,
    pub actor: u16,
    pub employee: u16,
    pub stage: u16,
    pub field: u16,
    pub channel: u16,
    pub kind: Kind,
}

/// A bucket of events for each day.
pub(super) struct Buckets {
    from: Instant,
    until: Instant,
    days: Vec<Vec<Pending>>,
    written: usize,
}

impl Buckets {
    pub fn new(from: Instant, until: Instant) -> Buckets {
        let mut days = Vec::new();
        days.resize_with(days_between(from, until), Vec::new);
        Buckets {
            from,
            until,
            days,
            written: 0,
        }
    }

    /// Takes the events of a deal; those after the end never happen.
    pub fn take(&mut self, events: &mut Vec<Pending>) {
        for event in events.drain(..) {
            if event.at < self.until {
                let day = (event.at - self.from) / DAY;
                self.days[day as usize].push(event);
            }
        }
    }

    /// The days that are over at `now`, in order.
    pub fn before(&mut self, now: Instant) -> Vec<Vec<Pending>> {
        let today = ((now - self.from) / DAY) as usize;
        self.up_to(today)
    }

    /// The days that are left.
    pub fn rest(&mut self) -> Vec<Vec<Pending>> {
        self.up_to(self.days.len())
    }

    fn up_to(&mut self, day: usize) -> Vec<Vec<Pending>> {
        let done = self.written..day.max(self.written);
        self.written = done.end;
        self.days[done].iter_mut().map(std::mem::take).collect()
    }
}

/// Room for the texts of one event.
#[derive(Default)]
pub(super) struct Line {
    deal: String,
    task: String,
    client: String,
    text: String,
}

impl Line {
    /// The event as the writer takes it.
    pub fn record<'a>(&'a mut self, event: &Pending, world: &'a World) -> Record<'a> {
        put_number(&mut self.deal, event.deal);
        put_number(&mut self.task, event.task);
        put_number(&mut self.client, event.client);
        let text = match event.text {
            Text::None => "",
            Text::Word(word) => world.vocabulary.get(word),
            made => {
                self.text.clear();
                put_text(&mut self.text, made, event, world);
                &self.text
            }
        };
        let staff = &world.staff;
        let employee = |number: u16| staff.id(number);
        Record {
            deal: &self.deal,
            at: event.at,
            kind: Some(event.kind),
            actor: employee(event.actor),
            stage: stage_id(event.stage),
            employee: employee(event.employee),
            task: &self.task,
            due: event.due,
            text,
            field: FIELDS.get(usize::from(event.field)).unwrap_or(&""),
            amount: event.amount.map(f64::from),
            client: &self.client,
            channel: CHANNELS.get(usize::from(event.channel)).unwrap_or(&""),
            ..Record::default()
        }
    }
}

fn put_number(text: &mut String, number: u32) {
    text.clear();
    if number > 0 {
        // Writing into a string cannot fail.
        let _ = write!(text, "{number}");
    }
}

fn put_text(text: &mut String, made: Text, event: &Pending, world: &World) {
    let luck = scramble(u64::from(event.deal));
    let _ = match made {
        Text::Title => {
            world.vocabulary.put_title(text, luck);
            Ok(())
        }
        Text::MachineTitle if luck.is_multiple_of(3) => {
            write!(text, "Заявка с сайта {}", event.deal)
        }
        Text::MachineTitle => write!(text, "Сделка №{}", event.deal),
        _ => write!(
            text,
            "https://ats.example.ru/rec/{:016x}.mp3",
            scramble(luck ^ event.at as u64)
        ),
    };
}
