//! The small tables of a history folder.

use std::path::Path;

use serde::Serialize;

use super::WriteError;
use crate::Account;

/// A line of `groups.csv`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
#[allow(missing_docs)]
pub struct GroupRow {
    pub id: String,
    pub name: String,
    pub lead: String,
}

/// A line of `employees.csv`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
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
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
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
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
#[allow(missing_docs)]
pub struct AbsenceRow {
    pub employee: String,
    pub from: String,
    pub to: String,
    pub kind: String,
}

/// A line of `stages.csv`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
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
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
#[allow(missing_docs)]
pub struct ClientRow {
    pub id: String,
    pub name: String,
    pub large: bool,
    pub birthday: String,
}

/// A line of `contacts.csv`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
#[allow(missing_docs)]
pub struct ContactRow {
    pub id: String,
    pub client: String,
    pub name: String,
    pub phone: String,
    pub email: String,
}

/// A line of `team.csv`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
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

/// Writes `groups.csv`.
pub fn write_groups(folder: &Path, rows: &[GroupRow]) -> Result<(), WriteError> {
    write(folder, "groups.csv", &["id", "name", "lead"], rows)
}

/// Writes `employees.csv`.
pub fn write_employees(folder: &Path, rows: &[EmployeeRow]) -> Result<(), WriteError> {
    let header = [
        "id", "name", "group", "role", "active", "shift", "hired", "left",
    ];
    write(folder, "employees.csv", &header, rows)
}

/// Writes `memberships.csv`.
pub fn write_memberships(folder: &Path, rows: &[MembershipRow]) -> Result<(), WriteError> {
    let header = ["employee", "group", "role", "shift", "from", "to"];
    write(folder, "memberships.csv", &header, rows)
}

/// Writes `absences.csv`.
pub fn write_absences(folder: &Path, rows: &[AbsenceRow]) -> Result<(), WriteError> {
    write(
        folder,
        "absences.csv",
        &["employee", "from", "to", "kind"],
        rows,
    )
}

/// Writes `stages.csv`.
pub fn write_stages(folder: &Path, rows: &[StageRow]) -> Result<(), WriteError> {
    let header = [
        "pipeline",
        "pipeline_name",
        "stage",
        "stage_name",
        "sort",
        "kind",
    ];
    write(folder, "stages.csv", &header, rows)
}

/// Writes `clients.csv`.
pub fn write_clients(folder: &Path, rows: &[ClientRow]) -> Result<(), WriteError> {
    let header = ["id", "name", "large", "birthday"];
    write(folder, "clients.csv", &header, rows)
}

/// Writes `contacts.csv`.
pub fn write_contacts(folder: &Path, rows: &[ContactRow]) -> Result<(), WriteError> {
    let header = ["id", "client", "name", "phone", "email"];
    write(folder, "contacts.csv", &header, rows)
}

/// Writes `team.csv`.
pub fn write_team(folder: &Path, rows: &[TeamRow]) -> Result<(), WriteError> {
    let header = ["client", "service", "employee", "role", "from", "to"];
    write(folder, "team.csv", &header, rows)
}

fn write<T: Serialize>(
    folder: &Path,
    name: &str,
    header: &[&str],
    rows: &[T],
) -> Result<(), WriteError> {
    let path = folder.join(name);
    let mut writer = csv::WriterBuilder::new()
        .has_headers(false)
        .from_path(&path)
        .map_err(|error| failed(&path, error))?;
    writer
        .write_record(header)
        .map_err(|error| failed(&path, error))?;
    for row in rows {
        writer
            .serialize(row)
            .map_err(|error| failed(&path, error))?;
    }
    writer.flush().map_err(|error| failed(&path, error))
}

pub(super) fn failed(path: &Path, error: impl std::fmt::Display) -> WriteError {
    WriteError {
        path: path.to_owned(),
        reason: error.to_string(),
    }
}
