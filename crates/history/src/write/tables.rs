//! The small tables of a history folder.

use std::path::Path;

use serde::{Deserialize, Serialize};

use super::WriteError;
use crate::{Account, Reference};

/// A line of `groups.csv`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[allow(missing_docs)]
pub struct GroupRow {
    pub id: String,
    pub name: String,
    pub lead: String,
}

/// A line of `employees.csv`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[allow(missing_docs)]
pub struct EmployeeRow {
    pub id: String,
    pub name: String,
    pub group: String,
    pub role: String,
    pub active: bool,
    pub shift: String,
    pub hired: String,
    pub left: String,
}

/// A line of `memberships.csv`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[allow(missing_docs)]
pub struct MembershipRow {
    pub employee: String,
    pub group: String,
    pub role: String,
    pub shift: String,
    pub from: String,
    pub to: String,
}

/// A line of `absences.csv`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[allow(missing_docs)]
pub struct AbsenceRow {
    pub employee: String,
    pub from: String,
    pub to: String,
    pub kind: String,
}

/// A line of `stages.csv`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[allow(missing_docs)]
pub struct StageRow {
    pub pipeline: String,
    pub pipeline_name: String,
    pub stage: String,
    pub stage_name: String,
    pub sort: i64,
    pub kind: String,
}

/// A line of `clients.csv`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[allow(missing_docs)]
pub struct ClientRow {
    pub id: String,
    pub name: String,
    pub large: bool,
    pub birthday: String,
}

/// A line of `contacts.csv`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[allow(missing_docs)]
pub struct ContactRow {
    pub id: String,
    pub client: String,
    pub name: String,
    pub phone: String,
    pub email: String,
}

/// A line of `team.csv`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[allow(missing_docs)]
pub struct TeamRow {
    pub client: String,
    pub service: String,
    pub employee: String,
    pub role: String,
    pub from: String,
    pub to: String,
}

/// Writes `account.json`.
pub fn write_account(folder: &Path, account: &Account) -> Result<(), WriteError> {
    let path = folder.join("account.json");
    let text = serde_json::to_string_pretty(account).map_err(|error| failed(&path, error))?;
    std::fs::write(&path, text + "\n").map_err(|error| failed(&path, error))
}

/// A table of a history folder.
pub trait TableRow: Serialize {
    /// The file's name.
    const FILE: &'static str;
    /// The columns, as the header line names them.
    const COLUMNS: &'static [&'static str];
}

macro_rules! tables {
    ($($row:ident: $file:literal, $columns:expr;)*) => {$(
        impl TableRow for $row {
            const FILE: &'static str = $file;
            const COLUMNS: &'static [&'static str] = &$columns;
        }
    )*};
}

tables! {
    GroupRow: "groups.csv", ["id", "name", "lead"];
    EmployeeRow: "employees.csv",
        ["id", "name", "group", "role", "active", "shift", "hired", "left"];
    MembershipRow: "memberships.csv", ["employee", "group", "role", "shift", "from", "to"];
    AbsenceRow: "absences.csv", ["employee", "from", "to", "kind"];
    StageRow: "stages.csv",
        ["pipeline", "pipeline_name", "stage", "stage_name", "sort", "kind"];
    ClientRow: "clients.csv", ["id", "name", "large", "birthday"];
    ContactRow: "contacts.csv", ["id", "client", "name", "phone", "email"];
    TeamRow: "team.csv", ["client", "service", "employee", "role", "from", "to"];
}

/// Writes the account and all its tables.
pub fn write_reference(folder: &Path, reference: &Reference) -> Result<(), WriteError> {
    write_account(folder, &reference.account)?;
    write(folder, &reference.groups)?;
    write(folder, &reference.employees)?;
    write(folder, &reference.memberships)?;
    write(folder, &reference.absences)?;
    write(folder, &reference.stages)?;
    write(folder, &reference.clients)?;
    write(folder, &reference.contacts)?;
    write(folder, &reference.team)
}

/// Writes `groups.csv`.
pub fn write_groups(folder: &Path, rows: &[GroupRow]) -> Result<(), WriteError> {
    write(folder, rows)
}

/// Writes `employees.csv`.
pub fn write_employees(folder: &Path, rows: &[EmployeeRow]) -> Result<(), WriteError> {
    write(folder, rows)
}

/// Writes `memberships.csv`.
pub fn write_memberships(folder: &Path, rows: &[MembershipRow]) -> Result<(), WriteError> {
    write(folder, rows)
}

/// Writes `absences.csv`.
pub fn write_absences(folder: &Path, rows: &[AbsenceRow]) -> Result<(), WriteError> {
    write(folder, rows)
}

/// Writes `stages.csv`.
pub fn write_stages(folder: &Path, rows: &[StageRow]) -> Result<(), WriteError> {
    write(folder, rows)
}

/// Writes `clients.csv`.
pub fn write_clients(folder: &Path, rows: &[ClientRow]) -> Result<(), WriteError> {
    write(folder, rows)
}

/// Writes `contacts.csv`.
pub fn write_contacts(folder: &Path, rows: &[ContactRow]) -> Result<(), WriteError> {
    write(folder, rows)
}

/// Writes `team.csv`.
pub fn write_team(folder: &Path, rows: &[TeamRow]) -> Result<(), WriteError> {
    write(folder, rows)
}

fn write<T: TableRow>(folder: &Path, rows: &[T]) -> Result<(), WriteError> {
    let path = folder.join(T::FILE);
    let text = text(rows).map_err(|error| failed(&path, error))?;
    std::fs::write(&path, text).map_err(|error| failed(&path, error))
}

/// A table as its file has it.
pub(crate) fn text<T: TableRow>(rows: &[T]) -> Result<Vec<u8>, csv::Error> {
    let mut writer = csv::WriterBuilder::new()
        .has_headers(false)
        .from_writer(Vec::new());
    writer.write_record(T::COLUMNS)?;
    for row in rows {
        writer.serialize(row)?;
    }
    writer
        .into_inner()
        .map_err(|error| std::io::Error::from(error.into_error().kind()).into())
}

pub(super) fn failed(path: &Path, error: impl std::fmt::Display) -> WriteError {
    WriteError {
        path: path.to_owned(),
        reason: error.to_string(),
    }
}
