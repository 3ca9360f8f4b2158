//! Events in columns: [`Columns`] in any order, [`Table`] as read from one input.

use crate::event::NO_VALUE;
use crate::{ChannelId, ClientId, EmployeeId, TextId};
use crate::{Event, Kind, Names, Reason, Record, Texts};

/// The largest amount understood, in units of the currency or seconds.
const MAX_AMOUNT: f64 = 9.0e13;

/// Events in columns. A column that nothing needs may be empty: it then reads as "none".
#[derive(Clone, Default)]
pub struct Columns {
    pub(crate) at: Vec<i64>,
    pub(crate) kind: Vec<Kind>,
    pub(crate) actor: Vec<u32>,
    pub(crate) employee: Vec<u32>,
    /// Stage, task, field or reason, by kind.
    pub(crate) object: Vec<u32>,
    /// Deadline, hundredths of money, or milliseconds talked, by kind.
    pub(crate) value: Vec<i64>,
    pub(crate) text: Vec<u32>,
    pub(crate) channel: Vec<u32>,
    pub(crate) client: Vec<u32>,
}

impl Columns {
    /// How many events there are.
    pub fn len(&self) -> usize {
        self.at.len()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.at.is_empty()
    }

    /// Puts an event at a place; every column is there from then on.
    pub(crate) fn insert(&mut self, i: usize, event: &Event) {
        let rows = self.at.len();
        let put = |column: &mut Vec<u32>, value: u32| {
            column.resize(rows, u32::MAX);
            column.insert(i, value);
        };
        put(&mut self.actor, event.actor.0);
        put(&mut self.employee, event.employee.0);
        put(&mut self.object, event.object);
        put(&mut self.text, event.text.0);
        put(&mut self.channel, event.channel.0);
        put(&mut self.client, event.client.0);
        self.value.resize(rows, NO_VALUE);
        self.value.insert(i, event.value);
        self.kind.insert(i, event.kind);
        self.at.insert(i, event.at);
    }

    pub(crate) fn event(&self, i: usize) -> Event {
        let id = |column: &Vec<u32>| column.get(i).copied().unwrap_or(u32::MAX);
        Event {
            at: self.at[i],
            kind: self.kind[i],
            actor: EmployeeId(id(&self.actor)),
            employee: EmployeeId(id(&self.employee)),
            object: id(&self.object),
            value: self.value.get(i).copied().unwrap_or(NO_VALUE),
            text: TextId(id(&self.text)),
            channel: ChannelId(id(&self.channel)),
            client: ClientId(id(&self.client)),
        }
    }
}

/// The tables of names that events refer to.
#[derive(Clone, Default)]
pub(crate) struct Interners {
    pub deals: Names,
    pub employees: Names,
    pub stages: Names,
    pub tasks: Names,
    pub fields: Names,
    pub channels: Names,
    pub clients: Names,
    pub texts: Texts,
    /// Event ids seen, where the input gives them.
    pub events: Names,
}

/// Events as they stood in one input, not yet sorted.
#[derive(Default)]
pub struct Table {
    pub(crate) columns: Columns,
    pub(crate) deal: Vec<u32>,
    /// Empty where the input gives no `seq`.
    pub(crate) seq: Vec<i64>,
}

impl Table {
    /// Adds one event.
    ///
    /// # Errors
    /// The reason why the record is not an event; nothing of it is kept then.
    pub(crate) fn push(
        &mut self,
        record: &Record<'_>,
        names: &mut Interners,
    ) -> Result<(), Reason> {
        let (kind, value) = check(record)?;
        first_of_its_id(&mut names.events, record.id)?;
        let row = self.deal.len();
        if record.seq.is_some() && self.seq.is_empty() {
            self.seq.resize(row, 0);
        }
        if record.seq.is_some() || !self.seq.is_empty() {
            self.seq.push(record.seq.unwrap_or(0));
        }
        self.deal.push(names.deals.intern(record.deal));
        let columns = &mut self.columns;
        columns.at.push(record.at);
        columns.kind.push(kind);
        columns.actor.push(names.employees.intern(record.actor));
        columns
            .employee
            .push(names.employees.intern(record.employee));
        columns.object.push(match object_of(kind) {
            Object::Stage => names.stages.intern(record.stage),
            Object::Task => names.tasks.intern(record.task),
            Object::Field => names.fields.intern(record.field),
            Object::None => u32::MAX,
        });
        columns.value.push(value);
        columns.text.push(if keeps_value(kind) {
            names.texts.keep_value(record.text).0
        } else {
            names.texts.keep_excerpt(record.text).0
        });
        columns.channel.push(names.channels.intern(record.channel));
        columns.client.push(names.clients.intern(record.client));
        Ok(())
    }
}

impl Table {
    /// A table with room for so many rows: columns that grow piece by piece leave holes in
    /// memory behind them.
    pub(crate) fn with_room(rows: usize) -> Table {
        let ids = || Vec::with_capacity(rows);
        let columns = Columns {
            at: Vec::with_capacity(rows),
            kind: Vec::with_capacity(rows),
            actor: ids(),
            employee: ids(),
            object: ids(),
            value: Vec::with_capacity(rows),
            text: ids(),
            channel: ids(),
            client: ids(),
        };
        Table {
            columns,
            deal: ids(),
            seq: Vec::new(),
        }
    }
}

/// Kind and value of a record that is an event; else the reason why it is none.
pub(crate) fn check(record: &Record<'_>) -> Result<(Kind, i64), Reason> {
    let kind = record.kind.ok_or(Reason::Missing("kind"))?;
    if record.deal.is_empty() && !kind.may_lack_deal() {
        return Err(Reason::Missing("deal"));
    }
    if kind == Kind::StageChanged && record.stage.is_empty() {
        return Err(Reason::Missing("stage"));
    }
    let value = value_of(kind, record.due, record.amount)?;
    Ok((kind, value))
}

/// Refuses an event whose id stood before; one without an id is always new.
pub(crate) fn first_of_its_id(events: &mut Names, id: &str) -> Result<(), Reason> {
    let seen = events.len();
    if !id.is_empty() && (events.intern(id) as usize) < seen {
        return Err(Reason::Twice {
            column: "id",
            value: shorten(id),
        });
    }
    Ok(())
}

pub(crate) fn shorten(value: &str) -> String {
    value.chars().take(60).collect()
}

/// Which column holds what an event is about.
pub(crate) enum Object {
    Stage,
    Task,
    Field,
    None,
}

pub(crate) fn object_of(kind: Kind) -> Object {
    match kind {
        Kind::Created | Kind::StageChanged => Object::Stage,
        Kind::TaskAdded | Kind::TaskMoved | Kind::TaskCompleted | Kind::TaskRemoved => Object::Task,
        Kind::FieldSet | Kind::LossReasonSet => Object::Field,
        _ => Object::None,
    }
}

/// Titles and fields' values are compared by rules, other texts only shown.
pub(crate) fn keeps_value(kind: Kind) -> bool {
    matches!(kind, Kind::Created | Kind::Renamed | Kind::FieldSet)
}

/// The value column of an event: deadline, hundredths or milliseconds talked.
pub(crate) fn value_of(kind: Kind, due: Option<i64>, amount: Option<f64>) -> Result<i64, Reason> {
    if matches!(kind, Kind::TaskAdded | Kind::TaskMoved) {
        return Ok(due.unwrap_or(NO_VALUE));
    }
    let Some(amount) = amount else {
        return Ok(NO_VALUE);
    };
    if !amount.is_finite() || amount.abs() > MAX_AMOUNT {
        return Err(Reason::bad(
            "amount",
            &amount.to_string(),
            "a number below 90 trillion",
        ));
    }
    if !kind.is_call() {
        return Ok((amount * 100.0).round() as i64);
    }
    if amount < 0.0 {
        return Err(Reason::bad(
            "amount",
            &amount.to_string(),
            "seconds talked, 0 or more",
        ));
    }
    // Rounded down, so that 29.9996 s is not yet 30; but any talk at all is an answered call.
    Ok(if amount > 0.0 {
        ((amount * 1000.0).floor() as i64).max(1)
    } else {
        0
    })
}
