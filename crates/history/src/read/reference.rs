//! The small tables of a history: groups, employees, memberships, absences, stages.

use std::io::BufRead;

use jiff::civil::Date;

use super::csv_events::{cell, instant_of, read_header};
use super::csv_rows::{Next, Row, Rows};
use crate::columns::Interners;
use crate::write::{AbsenceRow, EmployeeRow, GroupRow, MembershipRow, StageRow};
use crate::{
    Absence, AbsenceKind, Employee, EmployeeId, Group, GroupId, Membership, Names, People,
    Pipeline, PipelineId, Pipelines, Problems, Reason, Role, Stage, StageKind,
};

/// One line of a table: its cells, and the problems it may add to.
pub(super) struct Cells<'a, const N: usize> {
    file: &'a str,
    row: &'a Row,
    places: &'a [Option<usize>; N],
    columns: &'a [&'static str; N],
    problems: &'a mut Problems,
}

impl<'a, const N: usize> Cells<'a, N> {
    pub(super) fn text(&self, column: usize) -> Result<&'a str, Reason> {
        cell(self.row, self.places[column], self.columns[column]).map(str::trim)
    }

    pub(super) fn required(&self, column: usize) -> Result<&'a str, Reason> {
        match self.text(column)? {
            "" => Err(Reason::Missing(self.columns[column])),
            text => Ok(text),
        }
    }

    /// A cell that may be left out: a value not understood is reported and left out, too.
    pub(super) fn optional<T>(
        &mut self,
        column: usize,
        expected: &'static str,
        parse: impl FnOnce(&str) -> Option<T>,
    ) -> Result<Option<T>, Reason> {
        let text = self.text(column)?;
        if text.is_empty() {
            return Ok(None);
        }
        let value = parse(text);
        if value.is_none() {
            let reason = Reason::bad(self.columns[column], text, expected);
            self.problems
                .add(self.file, Some(self.row.line), reason, false);
        }
        Ok(value)
    }

    pub(super) fn date(&mut self, column: usize) -> Result<Option<Date>, Reason> {
        self.optional(column, "a date like 2026-03-01", |text| text.parse().ok())
    }
}

/// Goes through a table line by line; a line that `each` refuses is set aside.
pub(super) fn each_row<const N: usize>(
    file: &str,
    input: impl BufRead,
    columns: &[&'static str; N],
    problems: &mut Problems,
    mut each: impl FnMut(&mut Cells<'_, N>) -> Result<(), Reason>,
) -> std::io::Result<()> {
    let mut rows = Rows::new(input)?;
    let mut row = Row::default();
    let Some(places) = read_header(file, &mut rows, &mut row, columns, problems)? else {
        return Ok(());
    };
    loop {
        match rows.next(&mut row) {
            Ok(Next::End) => return Ok(()),
            Ok(Next::Bad { line, reason }) => problems.add(file, Some(line), reason, true),
            Ok(Next::Row) => {
                let mut cells = Cells {
                    file,
                    row: &row,
                    places: &places,
                    columns,
                    problems,
                };
                if let Err(reason) = each(&mut cells) {
                    problems.add(file, Some(row.line), reason, true);
                }
            }
            Err(error) => {
                problems.add(file, None, Reason::CutShort(error.to_string()), false);
                return Ok(());
            }
        }
    }
}

/// Interns an id that may stand only once in its table.
pub(super) fn unique(names: &mut Names, column: &'static str, id: &str) -> Result<u32, Reason> {
    if names.find(id).is_some() {
        return Err(Reason::Twice {
            column,
            value: crate::columns::shorten(id),
        });
    }
    Ok(names.intern(id))
}

/// `groups.csv`; leads are looked up once employees are known, see [`employees`].
pub(crate) fn groups(
    file: &str,
    input: impl BufRead,
    people: &mut People,
    rows: &mut Vec<GroupRow>,
    problems: &mut Problems,
) -> std::io::Result<()> {
    each_row(file, input, &["id", "name", "lead"], problems, |cells| {
        let (id, name, lead) = (cells.required(0)?, cells.text(1)?, cells.text(2)?);
        unique(&mut people.group_ids, "id", id)?;
        people.groups.push(Group {
            name: name.to_owned(),
            lead: EmployeeId::NONE,
        });
        rows.push(GroupRow {
            id: id.to_owned(),
            name: name.to_owned(),
            lead: lead.to_owned(),
        });
        Ok(())
    })
}

const EMPLOYEE_COLUMNS: [&str; 8] = [
    "id", "name", "group", "role", "active", "shift", "hired", "left",
];
const ROLES: &str = "seller, manager, performer, lead or other";

/// `employees.csv`.
pub(crate) fn employees(
    file: &str,
    input: impl BufRead,
    people: &mut People,
    names: &mut Interners,
    rows: &mut Vec<EmployeeRow>,
    problems: &mut Problems,
) -> std::io::Result<()> {
    each_row(file, input, &EMPLOYEE_COLUMNS, problems, |cells| {
        let (id, group) = (cells.required(0)?, cells.text(2)?);
        let membership = Membership {
            group: group_of(people, group),
            role: cells.optional(3, ROLES, Role::parse)?,
            shift: some_text(cells.text(5)?),
            from: None,
            to: None,
        };
        let active = cells
            .optional(4, "true or false", parse_bool)?
            .unwrap_or(true);
        let (name, hired, left) = (cells.text(1)?.to_owned(), cells.date(6)?, cells.date(7)?);
        unique(&mut names.employees, "id", id)?;
        rows.push(EmployeeRow {
            id: id.to_owned(),
            name: name.clone(),
            group: group.to_owned(),
            role: role_word(membership.role),
            active,
            shift: membership.shift.clone().unwrap_or_default(),
            hired: date_word(hired),
            left: date_word(left),
        });
        people.employees.push(Employee {
            name,
            active,
            hired,
            left,
            memberships: vec![membership],
            absences: Vec::new(),
        });
        Ok(())
    })
}

/// A group that only employees name becomes a group, too.
fn group_of(people: &mut People, id: &str) -> GroupId {
    let group = people.group_ids.intern(id);
    if group != u32::MAX && group as usize == people.groups.len() {
        people.groups.push(Group {
            name: String::new(),
            lead: EmployeeId::NONE,
        });
    }
    GroupId(group)
}

fn role_word(role: Option<Role>) -> String {
    role.map_or_else(String::new, |role| role.as_str().to_owned())
}

pub(super) fn date_word(date: Option<Date>) -> String {
    date.map_or_else(String::new, |date| date.to_string())
}

fn some_text(text: &str) -> Option<String> {
    (!text.is_empty()).then(|| text.to_owned())
}

pub(super) fn parse_bool(text: &str) -> Option<bool> {
    match text {
        "true" | "True" | "TRUE" | "1" => Some(true),
        "false" | "False" | "FALSE" | "0" => Some(false),
        _ => None,
    }
}

/// Finds the employee of a line; one that `employees.csv` does not list is an error.
fn employee_of(names: &Names, people: &People, id: &str) -> Result<usize, Reason> {
    match names.find(id) {
        Some(found) if (found as usize) < people.employees.len() => Ok(found as usize),
        _ => Err(Reason::bad("employee", id, "an employee of employees.csv")),
    }
}

/// `memberships.csv`: where it covers a date, it stands before the columns of `employees.csv`.
pub(crate) fn memberships(
    file: &str,
    input: impl BufRead,
    people: &mut People,
    names: &Interners,
    rows: &mut Vec<MembershipRow>,
    problems: &mut Problems,
) -> std::io::Result<()> {
    let mut read: Vec<Vec<Membership>> = vec![Vec::new(); people.employees.len()];
    let columns = ["employee", "group", "role", "shift", "from", "to"];
    each_row(file, input, &columns, problems, |cells| {
        let (id, group) = (cells.required(0)?, cells.text(1)?);
        let employee = employee_of(&names.employees, people, id)?;
        let membership = Membership {
            group: group_of(people, group),
            role: cells.optional(2, ROLES, Role::parse)?,
            shift: some_text(cells.text(3)?),
            from: cells.date(4)?,
            to: cells.date(5)?,
        };
        rows.push(MembershipRow {
            employee: id.to_owned(),
            group: group.to_owned(),
            role: role_word(membership.role),
            shift: membership.shift.clone().unwrap_or_default(),
            from: date_word(membership.from),
            to: date_word(membership.to),
        });
        read[employee].push(membership);
        Ok(())
    })?;
    for (employee, mut memberships) in people.employees.iter_mut().zip(read) {
        // Dates that no line covers keep what `employees.csv` says.
        memberships.sort_by_key(|membership| membership.from);
        memberships.append(&mut employee.memberships);
        employee.memberships = memberships;
    }
    Ok(())
}

/// `absences.csv`.
pub(crate) fn absences(
    file: &str,
    input: impl BufRead,
    people: &mut People,
    names: &Interners,
    rows: &mut Vec<AbsenceRow>,
    problems: &mut Problems,
) -> std::io::Result<()> {
    each_row(
        file,
        input,
        &["employee", "from", "to", "kind"],
        problems,
        |cells| {
            let id = cells.required(0)?;
            let employee = employee_of(&names.employees, people, id)?;
            let (from_text, to_text) = (cells.required(1)?, cells.text(2)?);
            let from = instant_of("from", from_text)?.ok_or(Reason::Missing("from"))?;
            let to = instant_of("to", to_text)?;
            if to.is_some_and(|to| to <= from) {
                return Err(Reason::bad("to", to_text, "an instant after `from`"));
            }
            let kinds = "vacation, sick, trip or other";
            let kind = cells
                .optional(3, kinds, AbsenceKind::parse)?
                .unwrap_or(AbsenceKind::Other);
            rows.push(AbsenceRow {
                employee: id.to_owned(),
                from: from_text.to_owned(),
                to: to_text.to_owned(),
                kind: kind.as_str().to_owned(),
            });
            people.employees[employee]
                .absences
                .push(Absence { from, to, kind });
            Ok(())
        },
    )
}

const STAGE_COLUMNS: [&str; 6] = [
    "pipeline",
    "pipeline_name",
    "stage",
    "stage_name",
    "sort",
    "kind",
];

/// `stages.csv`.
pub(crate) fn stages(
    file: &str,
    input: impl BufRead,
    pipelines: &mut Pipelines,
    names: &mut Interners,
    rows: &mut Vec<StageRow>,
    problems: &mut Problems,
) -> std::io::Result<()> {
    each_row(file, input, &STAGE_COLUMNS, problems, |cells| {
        let (pipeline, pipeline_name) = (cells.required(0)?, cells.text(1)?);
        let (id, name, kind) = (
            cells.required(2)?,
            cells.text(3)?.to_owned(),
            cells.required(5)?,
        );
        let kind =
            StageKind::parse(kind).ok_or_else(|| Reason::bad("kind", kind, "open, won or lost"))?;
        let order = pipelines.stages.len() as i64;
        let sort = cells
            .optional(4, "a whole number", |text| text.parse().ok())?
            .unwrap_or(order);
        unique(&mut names.stages, "stage", id)?;
        rows.push(StageRow {
            pipeline: pipeline.to_owned(),
            pipeline_name: pipeline_name.to_owned(),
            stage: id.to_owned(),
            stage_name: name.clone(),
            sort,
            kind: kind.as_str().to_owned(),
        });
        let pipeline = pipeline_of(pipelines, pipeline, pipeline_name);
        pipelines.stages.push(Stage {
            pipeline,
            name,
            sort,
            kind,
        });
        Ok(())
    })
}

fn pipeline_of(pipelines: &mut Pipelines, id: &str, name: &str) -> PipelineId {
    pipelines.find_pipeline(id).unwrap_or_else(|| {
        let name = if name.is_empty() { id } else { name };
        pipelines.pipelines.push(Pipeline {
            id: id.to_owned(),
            name: name.to_owned(),
        });
        PipelineId(pipelines.pipelines.len() as u32 - 1)
    })
}
