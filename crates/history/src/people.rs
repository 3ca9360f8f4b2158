//! Employees, groups, and who was where and away when.

use jiff::civil::Date;

use crate::{EmployeeId, GroupId, Instant, Names};

/// A person's job.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum Role {
    /// Sells.
    Seller,
    /// Manages clients.
    Manager,
    /// Does the work that was sold.
    Performer,
    /// Leads a group.
    Lead,
    /// Anything else.
    Other,
}

impl Role {
    /// Every role.
    pub const ALL: &'static [Role] = &[
        Role::Seller,
        Role::Manager,
        Role::Performer,
        Role::Lead,
        Role::Other,
    ];

    /// The word for it in files.
    pub fn as_str(self) -> &'static str {
        match self {
            Role::Seller => "seller",
            Role::Manager => "manager",
            Role::Performer => "performer",
            Role::Lead => "lead",
            Role::Other => "other",
        }
    }

    /// The role a file means by `word`.
    pub fn parse(word: &str) -> Option<Role> {
        Role::ALL.iter().copied().find(|role| role.as_str() == word)
    }
}

/// A group of employees.
#[derive(Clone, Debug)]
pub struct Group {
    /// Name shown to people.
    pub name: String,
    /// Who leads it.
    pub lead: EmployeeId,
}

/// Where someone was from one date to another.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Membership {
    /// Group, or none.
    pub group: GroupId,
    /// Job.
    pub role: Option<Role>,
    /// Name of a shift of the regulation.
    pub shift: Option<String>,
    /// First day; none: since ever.
    pub from: Option<Date>,
    /// The day after the last; none: still.
    pub to: Option<Date>,
}

impl Membership {
    /// Whether it holds on `date`.
    pub fn covers(&self, date: Date) -> bool {
        self.from.is_none_or(|from| from <= date) && self.to.is_none_or(|to| date < to)
    }
}

/// Why somebody is away.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum AbsenceKind {
    /// Holiday.
    Vacation,
    /// Ill.
    Sick,
    /// On a business trip.
    Trip,
    /// Anything else.
    Other,
}

impl AbsenceKind {
    /// The kind a file means by `word`.
    pub fn parse(word: &str) -> Option<AbsenceKind> {
        match word {
            "vacation" => Some(AbsenceKind::Vacation),
            "sick" => Some(AbsenceKind::Sick),
            "trip" => Some(AbsenceKind::Trip),
            "other" => Some(AbsenceKind::Other),
            _ => None,
        }
    }

    /// The word for it in files.
    pub fn as_str(self) -> &'static str {
        match self {
            AbsenceKind::Vacation => "vacation",
            AbsenceKind::Sick => "sick",
            AbsenceKind::Trip => "trip",
            AbsenceKind::Other => "other",
        }
    }
}

/// Time away, half-open.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Absence {
    /// First instant away.
    pub from: Instant,
    /// First instant back; none: still away.
    pub to: Option<Instant>,
    /// Why.
    pub kind: AbsenceKind,
}

/// An employee that the account lists.
#[derive(Clone, Debug)]
pub struct Employee {
    /// Name shown to people.
    pub name: String,
    /// Whether the account still lets the person work.
    pub active: bool,
    /// First day.
    pub hired: Option<Date>,
    /// Last day.
    pub left: Option<Date>,
    /// Group, role and shift over time: the first that covers a date holds on it.
    pub memberships: Vec<Membership>,
    /// Times away, in the order of the file.
    pub absences: Vec<Absence>,
}

/// Everyone the history names.
#[derive(Clone, Default)]
pub struct People {
    /// Ids of employees: first those listed, then those only events name.
    pub ids: Names,
    /// Those listed in `employees.csv`.
    pub employees: Vec<Employee>,
    /// Ids of groups.
    pub group_ids: Names,
    /// Groups, by id.
    pub groups: Vec<Group>,
}

impl People {
    /// The employee, unless only events name it.
    pub fn get(&self, id: EmployeeId) -> Option<&Employee> {
        self.employees.get(id.index())
    }

    /// The name to show: the listed name, else the id.
    pub fn name(&self, id: EmployeeId) -> &str {
        match self.get(id) {
            Some(employee) if !employee.name.is_empty() => &employee.name,
            _ => self.ids.get(id.0),
        }
    }

    /// Where the employee was on `date`; none for unknown people and gaps.
    pub fn membership(&self, id: EmployeeId, date: Date) -> Option<&Membership> {
        self.get(id)?.memberships.iter().find(|m| m.covers(date))
    }

    /// From which date on somebody counts as inactive; none: active for all we know.
    /// `Date::MIN` means always.
    pub fn inactive_from(&self, id: EmployeeId) -> Option<Date> {
        let employee = self.get(id)?;
        if employee.active {
            return None;
        }
        Some(match employee.left {
            Some(left) => left.tomorrow().unwrap_or(Date::MAX),
            None => Date::MIN,
        })
    }
}
