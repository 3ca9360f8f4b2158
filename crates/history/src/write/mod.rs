//! Writing a history folder.

mod events;
pub(crate) mod tables;

pub use events::{EventWriter, Format};
pub use tables::{
    AbsenceRow, EmployeeRow, GroupRow, MembershipRow, StageRow, TableRow, write_absences,
    write_account, write_employees, write_groups, write_memberships, write_stages,
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
