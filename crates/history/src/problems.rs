//! What was wrong with the input, and where.

use std::collections::BTreeMap;

/// How many problems are kept word for word; all are counted.
const KEPT: usize = 1_000;

/// Why a line, cell or column was set aside.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, thiserror::Error)]
pub enum Reason {
    /// The line is not of the file's form at all.
    #[error("the line cannot be read: {0}")]
    Unreadable(String),
    /// A column that the line needs is empty.
    #[error("`{0}` is empty")]
    Missing(&'static str),
    /// A value cannot be understood.
    #[error("`{column}` is {value:?}; expected {expected}")]
    Bad {
        /// The column.
        column: &'static str,
        /// What stood there, cut to a readable length.
        value: String,
        /// What would have been understood.
        expected: &'static str,
    },
    /// An id that stood before.
    #[error("`{column}` {value:?} stands twice; the first one counts")]
    Twice {
        /// The column.
        column: &'static str,
        /// The id.
        value: String,
    },
    /// A column that the format does not know.
    #[error("column {0:?} is not part of the format and is left out")]
    UnknownColumn(String),
    /// The rest of the file could not be read.
    #[error("the file ends in the middle: {0}")]
    CutShort(String),
}

impl Reason {
    /// A bad value, shown shortened.
    pub fn bad(column: &'static str, value: &str, expected: &'static str) -> Reason {
        Reason::Bad {
            column,
            value: value.chars().take(60).collect(),
            expected,
        }
    }

    /// A word for the kind of problem, to count by.
    pub fn code(&self) -> &'static str {
        match self {
            Reason::Unreadable(_) => "unreadable",
            Reason::Missing(_) => "missing",
            Reason::Bad { .. } => "bad-value",
            Reason::Twice { .. } => "duplicate-id",
            Reason::UnknownColumn(_) => "unknown-column",
            Reason::CutShort(_) => "cut-short",
        }
    }
}

/// A place in the input and what was wrong there.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    /// The file's name.
    pub file: String,
    /// The line (of Parquet: the row), counted from 1; none where the whole file is meant.
    pub line: Option<u64>,
    /// What was wrong.
    pub reason: Reason,
}

impl std::fmt::Display for Problem {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self.line {
            Some(line) => write!(f, "{}:{line}: {}", self.file, self.reason),
            None => write!(f, "{}: {}", self.file, self.reason),
        }
    }
}

/// All problems of one reading: every one counted, the first thousand kept.
#[derive(Clone, Debug, Default)]
pub struct Problems {
    kept: Vec<Problem>,
    counts: BTreeMap<&'static str, u64>,
    set_aside: u64,
}

impl Problems {
    /// Notes a problem in a line; `whole_line`: nothing of that line was used.
    pub fn add(&mut self, file: &str, line: Option<u64>, reason: Reason, whole_line: bool) {
        *self.counts.entry(reason.code()).or_default() += 1;
        self.set_aside += u64::from(whole_line);
        if self.kept.len() < KEPT {
            self.kept.push(Problem {
                file: file.to_owned(),
                line,
                reason,
            });
        }
    }

    /// Takes over the problems of another reading.
    pub fn append(&mut self, other: Problems) {
        for (code, count) in other.counts {
            *self.counts.entry(code).or_default() += count;
        }
        self.set_aside += other.set_aside;
        let room = KEPT.saturating_sub(self.kept.len());
        self.kept.extend(other.kept.into_iter().take(room));
    }

    /// The problems kept word for word, in the order met.
    pub fn kept(&self) -> &[Problem] {
        &self.kept
    }

    /// How many of each kind.
    pub fn counts(&self) -> &BTreeMap<&'static str, u64> {
        &self.counts
    }

    /// How many there are.
    pub fn total(&self) -> u64 {
        self.counts.values().sum()
    }

    /// How many lines were set aside whole.
    pub fn lines_set_aside(&self) -> u64 {
        self.set_aside
    }

    /// Whether all was well.
    pub fn is_empty(&self) -> bool {
        self.counts.is_empty()
    }
}
