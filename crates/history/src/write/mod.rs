//! Writing a history folder.

mod events;
pub(crate) mod tables;

pub use events::{EventWriter, Format};
pub use tables::{
    AbsenceRow, ClientRow, ContactRow, EmployeeRow, GroupRow, MembershipRow, StageRow, TableRow,
    TeamRow, write_absences, write_account, write_clients, write_contacts, write_employees,
    write_groups, write_memberships, write_reference, write_stages, write_team,
};

/// Why something could not be written.
#[derive(Debug, thiserror::Error)]
#[error("cannot write {path}: {reason}")]
pub struct WriteError {
    /// The file.
    pub path: std::path::PathBuf,
    /// What went wrong.
    pub reason: String,
}
