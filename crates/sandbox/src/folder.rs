//! The folder that a history is written to, and the count of what goes into it.

use std::path::Path;

use history::write::{EventWriter, Format};
use history::{Kind, Record};
use jiff::Timestamp;

use crate::{SandboxError, Summary};

/// Makes the folder, unless it is there; refuses one that holds a history.
pub(crate) fn prepare(folder: &Path) -> Result<(), SandboxError> {
    let failed = |source| SandboxError::Folder {
        folder: folder.to_owned(),
        source,
    };
    std::fs::create_dir_all(folder).map_err(failed)?;
    let mut names = Vec::new();
    for entry in std::fs::read_dir(folder).map_err(failed)? {
        let name = entry.map_err(failed)?.file_name();
        names.push(name.to_string_lossy().into_owned());
    }
    names.sort();
    let taken = names
        .into_iter()
        .find(|name| name.starts_with("account.json") || name.starts_with("events"));
    match taken {
        Some(file) => Err(SandboxError::Occupied {
            folder: folder.to_owned(),
            file,
        }),
        None => Ok(()),
    }
}

/// Refuses an end outside the years whose calendar holds.
pub(crate) fn check_until(until: Timestamp) -> Result<(), SandboxError> {
    let (first, last) = (1_451_606_400, 4_102_444_800);
    if (first..last).contains(&until.as_second()) {
        Ok(())
    } else {
        Err(SandboxError::Until(until))
    }
}

/// Writes events and counts them by kind.
pub(crate) struct Counted {
    writer: EventWriter,
    kinds: [u64; Kind::ALL.len()],
}

impl Counted {
    pub fn create(folder: &Path, format: Format) -> Result<Counted, SandboxError> {
        Ok(Counted {
            writer: EventWriter::create(folder, format)?,
            kinds: [0; Kind::ALL.len()],
        })
    }

    pub fn write(&mut self, record: &Record<'_>) -> Result<(), SandboxError> {
        if let Some(kind) = record.kind {
            self.kinds[kind as usize] += 1;
        }
        Ok(self.writer.write(record)?)
    }

    /// Closes the file and sums up.
    pub fn finish(self, employees: u64) -> Result<Summary, SandboxError> {
        self.writer.finish()?;
        let counts = Kind::ALL.iter().copied().zip(self.kinds);
        Ok(Summary {
            deals: self.kinds[Kind::Created as usize],
            events: self.kinds.iter().sum(),
            employees,
            kinds: counts.filter(|(_, count)| *count > 0).collect(),
        })
    }
}
