//! A whole history: the account, its people and pipelines, and what happened.

use crate::columns::Interners;
use crate::{Event, Names, People, Pipelines, Problems, Table, Texts, Timelines};

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
