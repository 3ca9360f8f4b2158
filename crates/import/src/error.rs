//! What stops an import or a mapping altogether. What concerns one row is a [`crate::Problem`].

use std::path::PathBuf;

/// Why a mapping cannot be used, and where in its text.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{file}:{line}:{column}: {fault}")]
pub struct MappingError {
    /// Name of the mapping file.
    pub file: String,
    /// Line, counted from 1.
    pub line: usize,
    /// Character of the line, counted from 1.
    pub column: usize,
    /// What is wrong there.
    pub fault: MappingFault,
}

/// What is wrong with a mapping.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum MappingFault {
    /// The text is no TOML.
    #[error("this is not TOML: {0}")]
    Syntax(String),
    /// A word that stands for nothing here.
    #[error("{what} {word:?} is unknown{}", suggestion(nearest))]
    Unknown {
        /// What the word should be: a key, a source, a column, a kind of event.
        what: &'static str,
        /// The word.
        word: String,
        /// The known word that it resembles most.
        nearest: Option<String>,
    },
    /// A key that is needed is not there.
    #[error("`{key}` is missing in {place}: {needed}")]
    Missing {
        /// The key.
        key: String,
        /// The section it belongs to.
        place: String,
        /// What it is for.
        needed: &'static str,
    },
    /// A value of the wrong type.
    #[error("`{key}` is {found}; expected {expected}")]
    WrongType {
        /// The key.
        key: String,
        /// What stands there.
        found: &'static str,
        /// What could stand there.
        expected: &'static str,
    },
    /// A value that cannot be understood.
    #[error("`{key}` is {value:?}; expected {expected}")]
    BadValue {
        /// The key.
        key: String,
        /// What stands there.
        value: String,
        /// What could stand there.
        expected: String,
    },
    /// Keys that do not go together, or not in this place.
    #[error("{0}")]
    Contradiction(String),
}

fn suggestion(nearest: &Option<String>) -> String {
    match nearest {
        Some(word) => format!("; did you mean {word:?}?"),
        None => String::new(),
    }
}

/// Why an import could not be carried out at all.
#[derive(Debug, thiserror::Error)]
pub enum ImportError {
    /// No file was named.
    #[error("no file to import was named")]
    NoFiles,
    /// No file fits a source that the mapping cannot do without.
    #[error(
        "the mapping needs a table of {source_name:?} with the columns {columns}, \
         and none of the files is one: {why}"
    )]
    SourceMissing {
        /// The source's name in the mapping.
        source_name: String,
        /// The columns it is known by.
        columns: String,
        /// What each file lacks.
        why: String,
    },
    /// A file fits several sources equally well.
    #[error(
        "{file} could be {first:?} or {second:?} of the mapping; \
         tell them apart by `files` or `known_by`"
    )]
    Ambiguous {
        /// The file.
        file: String,
        /// One source.
        first: String,
        /// Another source.
        second: String,
    },
    /// The file system refused.
    #[error("cannot read {path}: {reason}")]
    Read {
        /// The file.
        path: PathBuf,
        /// What the system said.
        reason: String,
    },
    /// The history folder cannot be made.
    #[error("cannot make the folder {path}: {reason}")]
    Folder {
        /// The folder.
        path: PathBuf,
        /// What the system said.
        reason: String,
    },
    /// The folder already has a list of events in another form.
    #[error(
        "{path} is already there; a history folder holds one list of events, \
         so take an empty folder or delete the file"
    )]
    Occupied {
        /// The file in the way.
        path: PathBuf,
    },
    /// The history could not be written.
    #[error(transparent)]
    Write(#[from] history::write::WriteError),
}
