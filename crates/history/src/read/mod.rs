//! Reading a history folder.

mod clients;
mod csv_events;
mod csv_rows;
mod folder;
mod instant;
mod jsonl_events;
mod lines;
mod parquet_batch;
mod parquet_events;
mod parquet_stream;
mod parquet_values;
pub(crate) mod reference;
mod stream;

use std::path::PathBuf;

pub use folder::{Options, read_folder};
pub use instant::parse_instant;
pub use stream::Folder;

/// Why a history cannot be read at all. What concerns a single line is a
/// [`crate::Problem`] instead, and the rest is read.
#[derive(Debug, thiserror::Error)]
pub enum ReadError {
    /// The folder is not there, or is no folder.
    #[error("{path} is not a folder with a history")]
    NoFolder {
        /// What was asked for.
        path: PathBuf,
    },
    /// A file that every history has is missing.
    #[error("{folder} has no {file}; a history folder needs it")]
    NoFile {
        /// The folder.
        folder: PathBuf,
        /// What it lacks.
        file: &'static str,
    },
    /// The same file stands there in two forms.
    #[error("{first} and {second} are two forms of the same list; leave one of them")]
    TwoForms {
        /// One of them.
        first: String,
        /// The other.
        second: String,
    },
    /// The file system refused.
    #[error("cannot read {path}: {source}")]
    Io {
        /// The file.
        path: PathBuf,
        /// What the system said.
        source: std::io::Error,
    },
    /// The file is not what its name says.
    #[error("{file} cannot be understood: {reason}")]
    Malformed {
        /// The file.
        file: String,
        /// What is wrong with it.
        reason: String,
    },
    /// More events than one history can hold.
    #[error("the history has more than 4 294 967 295 events")]
    TooManyEvents,
}
