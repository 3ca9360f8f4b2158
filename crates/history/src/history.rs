//! A whole history: the account, its people and pipelines, and what happened.

use crate::columns::Interners;
use crate::{Names, People, Pipelines, Problems, Table, Texts, Timelines};

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
    /// Events that belong to no deal (payments, clients that left).
    pub events_without_deal: u64,
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
        let events_without_deal = tables
            .iter()
            .flat_map(|table| &table.deal)
            .filter(|deal| **deal == u32::MAX)
            .count();
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
            events_without_deal: events_without_deal as u64,
            problems,
        };
        history.tasks.freeze();
        history.texts.freeze();
        history
    }
}
