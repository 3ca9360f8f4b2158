//! A history put together in memory.

use crate::columns::Interners;
use crate::reference::Leads;
use crate::{
    Account, Employee, EmployeeId, Group, GroupId, History, People, Pipeline, PipelineId,
    Pipelines, Problems, Reason, Record, Reference, Stage, StageId, StageKind, Table,
};

/// Puts a history together without files: people and stages first, then events in any order.
#[derive(Default)]
pub struct Builder {
    account: Account,
    people: People,
    pipelines: Pipelines,
    names: Interners,
    table: Table,
    problems: Problems,
    leads: Leads,
}

impl Builder {
    /// An empty history of an account.
    pub fn new(account: Account) -> Builder {
        Builder {
            account,
            ..Builder::default()
        }
    }

    /// A history with people and stages, and no events yet. Rows that a reader would set aside
    /// are named in its [`History::problems`].
    pub fn of(reference: &Reference) -> Builder {
        let mut builder = Builder::new(reference.account.clone());
        (builder.people, builder.pipelines, builder.leads) =
            reference.read(&mut builder.names, &mut builder.problems);
        builder
    }

    /// Adds a group; one of the same id is the same group.
    pub fn group(&mut self, id: &str, name: &str) -> GroupId {
        let group = self.people.group_ids.intern(id);
        if group as usize == self.people.groups.len() {
            self.people.groups.push(Group {
                name: name.to_owned(),
                lead: EmployeeId::NONE,
            });
        }
        GroupId(group)
    }

    /// Adds an employee. Employees come before events.
    ///
    /// # Errors
    /// Where the id stands already, or an event has named it.
    pub fn employee(&mut self, id: &str, employee: Employee) -> Result<EmployeeId, Reason> {
        if self.names.employees.find(id).is_some() {
            return Err(Reason::Twice {
                column: "id",
                value: crate::columns::shorten(id),
            });
        }
        self.people.employees.push(employee);
        Ok(EmployeeId(self.names.employees.intern(id)))
    }

    /// Adds a stage; its pipeline is made where it is new. Stages come before events.
    ///
    /// # Errors
    /// Where the id stands already, or an event has named it.
    pub fn stage(
        &mut self,
        pipeline: &str,
        id: &str,
        name: &str,
        kind: StageKind,
    ) -> Result<StageId, Reason> {
        if self.names.stages.find(id).is_some() {
            return Err(Reason::Twice {
                column: "stage",
                value: crate::columns::shorten(id),
            });
        }
        let known = self.pipelines.find_pipeline(pipeline);
        let pipeline = known.unwrap_or_else(|| {
            let (id, name) = (pipeline.to_owned(), pipeline.to_owned());
            self.pipelines.pipelines.push(Pipeline { id, name });
            PipelineId(self.pipelines.pipelines.len() as u32 - 1)
        });
        let sort = self.pipelines.stages.len() as i64;
        self.pipelines.stages.push(Stage {
            pipeline,
            name: name.to_owned(),
            sort,
            kind,
        });
        Ok(StageId(self.names.stages.intern(id)))
    }

    /// Adds an event.
    ///
    /// # Errors
    /// The reason why the record is no event; the history is as it was then.
    pub fn event(&mut self, record: &Record<'_>) -> Result<(), Reason> {
        self.table.push(record, &mut self.names)
    }

    /// The history.
    pub fn build(self) -> History {
        let Builder {
            account,
            mut people,
            pipelines,
            names,
            table,
            problems,
            leads,
        } = self;
        leads.look_up(&mut people, &names.employees);
        History::assemble(account, people, pipelines, names, vec![table], problems)
    }
}
