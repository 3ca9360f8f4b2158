//! Made-up companies, written as folders of the history format: [`company`] is a small one whose
//! people and deals a reader of a report believes in, [`bulk`] a large one to measure speed with,
//! [`planted`] one that works by the book but for listed faults, to measure a judge with.
//!
//! Both come out byte for byte the same for the same seed, on every machine and at every run.
//!
//! This crate lives out what people do in a CRM, well and badly. It must never know what anybody
//! thinks of it: it knows no rule, no limit and no finding, and never judges. Nor does it ask the
//! clock or touch anything but the folder it is told to write.
//!
//! With the feature `telegram` there is an emulator of Telegram's Bot API as well, for tests of what
//! writes to people.

pub mod bulk;
mod chance;
pub mod company;
mod days;
mod entry;
mod folder;
pub mod planted;
#[cfg(feature = "telegram")]
pub mod telegram;
mod words;

use std::path::PathBuf;

use history::Kind;
use jiff::Timestamp;

/// Why a history could not be made up.
#[derive(Debug, thiserror::Error)]
pub enum SandboxError {
    /// The folder holds a history, which is not for us to overwrite.
    #[error("{folder} already holds {file}; choose an empty or a new folder")]
    Occupied {
        /// The folder.
        folder: PathBuf,
        /// What stands there.
        file: String,
    },
    /// The folder cannot be made or read.
    #[error("cannot use the folder {folder}: {source}")]
    Folder {
        /// The folder.
        folder: PathBuf,
        /// What the system said.
        source: std::io::Error,
    },
    /// A file cannot be written.
    #[error(transparent)]
    Write(#[from] history::write::WriteError),
    /// The history would end at an instant whose calendar is not known here.
    #[error("a history can end from 2016 to 2099, not at {0}")]
    Until(Timestamp),
    /// More deals than there are ids for.
    #[error("{asked} deals are too many; {most} is the most")]
    TooManyDeals {
        /// How many were asked for.
        asked: u64,
        /// How many there can be.
        most: u64,
    },
    /// A date does not exist.
    #[error("cannot reckon with dates: {0}")]
    Time(#[from] jiff::Error),
}

/// What was written.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Summary {
    /// Deals.
    pub deals: u64,
    /// Events.
    pub events: u64,
    /// Employees, those included that have left.
    pub employees: u64,
    /// Events by kind, in the order of [`Kind::ALL`]; kinds that do not occur are left out.
    pub kinds: Vec<(Kind, u64)>,
}

impl Summary {
    /// How many events of a kind there are.
    pub fn count(&self, kind: Kind) -> u64 {
        let found = self.kinds.iter().find(|(k, _)| *k == kind);
        found.map_or(0, |(_, count)| *count)
    }
}
