//! What a history says of the account itself: people, groups, stages. It changes while events
//! only ever come.

use crate::columns::{Columns, Interners, Object, object_of};
use crate::read::reference as read;
use crate::write::tables::text;
use crate::write::{
    AbsenceRow, ClientRow, ContactRow, EmployeeRow, GroupRow, MembershipRow, StageRow, TableRow,
    TeamRow,
};
use crate::{Account, EmployeeId, History, Names, People, Pipelines, Problems, StageId};

/// The small tables of a history, row by row as their files have them.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Reference {
    /// The account.
    pub account: Account,
    /// `groups.csv`
    pub groups: Vec<GroupRow>,
    /// `employees.csv`
    pub employees: Vec<EmployeeRow>,
    /// `memberships.csv`
    pub memberships: Vec<MembershipRow>,
    /// `absences.csv`
    pub absences: Vec<AbsenceRow>,
    /// `stages.csv`
    pub stages: Vec<StageRow>,
    /// `clients.csv`; no rule asks for it.
    pub clients: Vec<ClientRow>,
    /// `contacts.csv`; no rule asks for it.
    pub contacts: Vec<ContactRow>,
    /// `team.csv`; no rule asks for it.
    pub team: Vec<TeamRow>,
}

/// Which number an id has after the tables changed, by the number it had before.
pub struct Renumbered {
    employees: Vec<u32>,
    stages: Vec<u32>,
}

impl Renumbered {
    /// An employee's number now.
    pub fn employee(&self, before: EmployeeId) -> EmployeeId {
        EmployeeId(renumbered(&self.employees, before.0))
    }

    /// A stage's number now.
    pub fn stage(&self, before: StageId) -> StageId {
        StageId(renumbered(&self.stages, before.0))
    }
}

fn renumbered(numbers: &[u32], before: u32) -> u32 {
    numbers.get(before as usize).copied().unwrap_or(u32::MAX)
}

impl Reference {
    /// People and pipelines as a reader of the files makes them, so that the two never differ.
    /// A row that the reader would set aside stands in `problems`.
    pub(crate) fn read(
        &self,
        names: &mut Interners,
        problems: &mut Problems,
    ) -> (People, Pipelines, Leads) {
        let (mut people, mut pipelines) = (People::default(), Pipelines::default());
        let mut rows = Reference::default();
        let outcome = (|| -> std::io::Result<()> {
            let groups = text(&self.groups)?;
            let (file, out) = (GroupRow::FILE, &mut rows.groups);
            read::groups(file, &groups[..], &mut people, out, problems)?;
            let employees = text(&self.employees)?;
            let (file, out) = (EmployeeRow::FILE, &mut rows.employees);
            read::employees(file, &employees[..], &mut people, names, out, problems)?;
            if !self.memberships.is_empty() {
                let memberships = text(&self.memberships)?;
                let (file, out) = (MembershipRow::FILE, &mut rows.memberships);
                read::memberships(file, &memberships[..], &mut people, names, out, problems)?;
            }
            let absences = text(&self.absences)?;
            let (file, out) = (AbsenceRow::FILE, &mut rows.absences);
            read::absences(file, &absences[..], &mut people, names, out, problems)?;
            let stages = text(&self.stages)?;
            let (file, out) = (StageRow::FILE, &mut rows.stages);
            read::stages(file, &stages[..], &mut pipelines, names, out, problems)
        })();
        outcome.expect("memory neither runs out of disk nor breaks off");
        (people, pipelines, Leads::of(&rows.groups))
    }
}

/// Who leads the groups, by their order. Leads are looked up last: perhaps only an event names one.
#[derive(Default)]
pub(crate) struct Leads(Vec<String>);

impl Leads {
    pub fn of(groups: &[GroupRow]) -> Leads {
        Leads(groups.iter().map(|group| group.lead.clone()).collect())
    }

    pub fn look_up(&self, people: &mut People, employees: &Names) {
        for (group, lead) in people.groups.iter_mut().zip(&self.0) {
            group.lead.0 = employees.find(lead).unwrap_or(u32::MAX);
        }
    }
}

impl History {
    /// Replaces the account, people and pipelines; events stay. Employees and stages may have
    /// other numbers afterwards.
    pub fn relist(&mut self, reference: &Reference) -> Renumbered {
        let mut names = Interners::default();
        let mut problems = Problems::default();
        let (mut people, pipelines, leads) = reference.read(&mut names, &mut problems);
        let renumber = |old: &Names, new: &mut Names| old.iter().map(|id| new.intern(id)).collect();
        let numbers = Renumbered {
            employees: renumber(&self.people.ids, &mut names.employees),
            stages: renumber(&self.pipelines.stage_ids, &mut names.stages),
        };
        leads.look_up(&mut people, &names.employees);
        self.account = reference.account.clone();
        self.people = people;
        self.people.ids = names.employees;
        self.pipelines = pipelines;
        self.pipelines.stage_ids = names.stages;
        for columns in self.timelines.columns_mut() {
            columns.renumber(&numbers);
        }
        for event in &mut self.loose {
            event.actor = numbers.employee(event.actor);
            event.employee = numbers.employee(event.employee);
        }
        numbers
    }
}

impl Columns {
    fn renumber(&mut self, numbers: &Renumbered) {
        for column in [&mut self.actor, &mut self.employee] {
            for id in column {
                *id = renumbered(&numbers.employees, *id);
            }
        }
        for (id, kind) in self.object.iter_mut().zip(&self.kind) {
            if matches!(object_of(*kind), Object::Stage) {
                *id = renumbered(&numbers.stages, *id);
            }
        }
    }
}
