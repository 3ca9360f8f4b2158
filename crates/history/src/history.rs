//! A whole history: the account, its people and pipelines, and what happened.

use crate::columns::Interners;
use crate::{
    DealId, Event, Names, People, Pipelines, Problems, Reason, Record, Table, Texts, Timelines,
};

/// The account a history is of.
#[derive(Clone, Debug, Default, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct Account {
    /// Name shown to people.
    pub name: String,
    /// IANA time zone.
    pub timezone: String,
    /// ISO 4217 code.
    pub currency: String,
}

/// An account, its people, its pipelines and its events.
#[derive(Clone, Default)]
pub struct History {
    /// The account.
    pub account: Account,
    /// Employees, groups, memberships, absences.
    pub people: People,
    /// Pipelines and stages.
    pub pipelines: Pipelines,
    /// Ids of deals.
    pub deals: Names,
    /// Ids of tasks.
    pub tasks: Names,
    /// Custom fields and loss reasons.
    pub fields: Names,
    /// Sources, messengers, task types.
    pub channels: Names,
    /// Ids of clients.
    pub clients: Names,
    /// Texts.
    pub texts: Texts,
    /// Events by deal.
    pub timelines: Timelines,
    /// Events that belong to no deal (payments, clients that left), in the order of the input.
    pub loose: Vec<Event>,
    /// What was wrong with the input.
    pub problems: Problems,
}

impl History {
    /// Adds an event after all others of the input. Whether it is one that the history has
    /// already is for the caller to know: its id is not looked at.
    ///
    /// # Errors
    /// The reason why the record is no event; the history is as it was then, but for ids that
    /// only the record named.
    pub fn append(&mut self, record: &Record<'_>) -> Result<DealId, Reason> {
        let place = self.timelines.events() + self.loose.len();
        let place = u32::try_from(place).expect("fewer than 2^32 events fit in memory");
        let mut table = Table::default();
        let record = Record {
            id: "",
            ..record.clone()
        };
        self.with_names(|names| table.push(&record, names))?;
        let (event, deal) = (table.columns.event(0), DealId(table.deal[0]));
        if deal.is_some() {
            let seq = table.seq.first().copied().unwrap_or(0);
            self.timelines.insert(deal, &event, seq, place);
        } else {
            self.loose.push(event);
        }
        Ok(deal)
    }

    /// Makes ready to look up ids of tasks and texts, which no reader needs any more when all
    /// is read.
    pub fn thaw(&mut self) {
        self.tasks.thaw();
        self.texts.thaw();
    }

    /// Lends the tables of names out, as readers know them.
    fn with_names<T>(&mut self, work: impl FnOnce(&mut Interners) -> T) -> T {
        use std::mem::take;
        self.thaw();
        let mut names = Interners {
            deals: take(&mut self.deals),
            employees: take(&mut self.people.ids),
            stages: take(&mut self.pipelines.stage_ids),
            tasks: take(&mut self.tasks),
            fields: take(&mut self.fields),
            channels: take(&mut self.channels),
            clients: take(&mut self.clients),
            texts: take(&mut self.texts),
            events: Names::new(),
        };
        let done = work(&mut names);
        self.deals = names.deals;
        self.people.ids = names.employees;
        self.pipelines.stage_ids = names.stages;
        self.tasks = names.tasks;
        self.fields = names.fields;
        self.channels = names.channels;
        self.clients = names.clients;
        self.texts = names.texts;
        done
    }

    /// Puts together what readers have read.
    pub(crate) fn assemble(
        account: Account,
        mut people: People,
        mut pipelines: Pipelines,
        names: Interners,
        tables: Vec<Table>,
        problems: Problems,
    ) -> History {
        let loose = loose_events(&tables);
        let timelines = Timelines::build(tables, names.deals.len());
        people.ids = names.employees;
        pipelines.stage_ids = names.stages;
        let mut history = History {
            account,
            people,
            pipelines,
            deals: names.deals,
            tasks: names.tasks,
            fields: names.fields,
            channels: names.channels,
            clients: names.clients,
            texts: names.texts,
            timelines,
            loose,
            problems,
        };
        history.tasks.freeze();
        history.texts.freeze();
        history
    }
}

fn loose_events(tables: &[Table]) -> Vec<Event> {
    let mut loose = Vec::new();
    for table in tables {
        let without_deal = table
            .deal
            .iter()
            .enumerate()
            .filter(|(_, deal)| **deal == u32::MAX);
        loose.extend(without_deal.map(|(row, _)| table.columns.event(row)));
    }
    loose
}
