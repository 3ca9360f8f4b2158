//! What an import has done, and what it could not place.

use std::collections::BTreeMap;

use history::{Instant, Kind};

/// How many examples of one kind of problem are kept.
const EXAMPLES: usize = 5;
/// How many characters of a value are shown.
const SHOWN: usize = 80;

/// What an import has done.
#[derive(Clone, Debug, Default)]
pub struct Report {
    /// Every table met, in the order of the files' names; a spreadsheet may hold several.
    pub files: Vec<FileReport>,
    /// Events written, by kind.
    pub events: Vec<(Kind, u64)>,
    /// Deals that the events belong to.
    pub deals: u64,
    /// Employees written.
    pub employees: u64,
    /// Groups written.
    pub groups: u64,
    /// Stages written.
    pub stages: u64,
    /// Instants of the first and the last event.
    pub span: Option<(Instant, Instant)>,
    /// Rows that the mapping leaves out on purpose.
    pub set_aside: Vec<SetAsideReport>,
    /// What went wrong, by file, reason and column.
    pub problems: Vec<ProblemGroup>,
}

impl Report {
    /// Rows read, of all tables.
    pub fn rows(&self) -> u64 {
        self.files.iter().map(|file| file.rows).sum()
    }

    /// Rows of which nothing was written although the mapping does not leave them out.
    pub fn rows_dropped(&self) -> u64 {
        self.files.iter().map(|file| file.dropped).sum()
    }

    /// Events written, of all kinds.
    pub fn events_written(&self) -> u64 {
        self.events.iter().map(|(_, count)| count).sum()
    }

    /// Events of one kind written.
    pub fn events_of(&self, kind: Kind) -> u64 {
        let found = self.events.iter().find(|(of, _)| *of == kind);
        found.map_or(0, |(_, count)| *count)
    }

    /// How often something went wrong for this reason.
    pub fn count(&self, reason: Reason) -> u64 {
        let groups = self.problems.iter().filter(|group| group.reason == reason);
        groups.map(|group| group.count).sum()
    }
}

/// One table of the input.
#[derive(Clone, Debug, Default)]
pub struct FileReport {
    /// File name, with the sheet where there are several.
    pub file: String,
    /// The mapping's source that it was taken for; none: it was left out.
    pub source: Option<String>,
    /// How it was read, for example `CSV, windows-1251, ";"`.
    pub form: String,
    /// Rows, without the header.
    pub rows: u64,
    /// Rows of which at least one event was written.
    pub used: u64,
    /// Rows left out on purpose.
    pub set_aside: u64,
    /// Rows of which nothing was written; `problems` says why.
    pub dropped: u64,
    /// Whether the table is only looked up by other rows: its rows make no events.
    pub reference: bool,
    /// Headers that nothing in the mapping uses.
    pub unused_columns: Vec<String>,
}

/// Rows that the mapping leaves out on purpose.
#[derive(Clone, Debug)]
pub struct SetAsideReport {
    /// The mapping's source.
    pub source: String,
    /// The reason that the mapping gives.
    pub because: String,
    /// How many rows.
    pub rows: u64,
}

/// What a problem did.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum Effect {
    /// The whole file was left out.
    FileLeftOut,
    /// The row was left out.
    RowDropped,
    /// One event of the row was left out; others of the same row may have been written.
    EventDropped,
    /// One value was left empty.
    ValueDropped,
    /// Nothing was left out; it is only worth knowing.
    Kept,
}

impl std::fmt::Display for Effect {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(match self {
            Effect::FileLeftOut => "left out",
            Effect::RowDropped => "row left out",
            Effect::EventDropped => "event left out",
            Effect::ValueDropped => "value left empty",
            Effect::Kept => "kept",
        })
    }
}

macro_rules! reasons {
    ($($(#[$doc:meta])* $name:ident = $code:literal, $text:literal;)*) => {
        /// Why something could not be placed, or is doubtful.
        #[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
        #[non_exhaustive]
        pub enum Reason {
            $($(#[$doc])* $name),*
        }

        impl Reason {
            /// Every reason.
            pub const ALL: &'static [Reason] = &[$(Reason::$name),*];

            /// A word for it that does not change.
            pub fn code(self) -> &'static str {
                match self { $(Reason::$name => $code),* }
            }
        }

        impl std::fmt::Display for Reason {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str(match self { $(Reason::$name => $text),* })
            }
        }
    };
}

reasons! {
    /// No source of the mapping fits the file.
    FileUnknown = "file-unknown", "no source of the mapping fits this table";
    /// The file is not what its name says, or is protected.
    FileUnreadable = "file-unreadable", "the file cannot be read";
    /// The file has no header.
    FileEmpty = "file-empty", "the file is empty";
    /// No file was given for a source that may be missing.
    SourceAbsent = "source-absent", "no file was given for this source";
    /// A column that the mapping names is not there.
    ColumnMissing = "column-missing", "the table has no such column; it counts as empty";
    /// Bytes that are no text in the file's encoding.
    Undecodable = "undecodable", "some characters are not of the file's encoding";
    /// More cells than the header has.
    RowTooLong = "row-too-long", "the row has more cells than the header";
    /// Fewer cells than the header has.
    RowTooShort = "row-too-short", "the row has fewer cells than the header; the rest counts as empty";
    /// A row over very many lines.
    RowRunsOn = "row-runs-on", "the row runs over very many lines: a quotation mark is not closed";
    /// A formula of the spreadsheet failed.
    CellError = "cell-error", "the cell holds an error of the spreadsheet";
    /// A row whose unique columns stood before.
    RowTwice = "row-twice", "the same id stood in an earlier row; the first one counts";
    /// No rule of the mapping takes the row.
    NoRule = "no-rule", "no rule of the mapping takes this row";
    /// A value that the event needs is empty.
    Missing = "missing", "the value is empty, and the event needs it";
    /// A date that cannot be read.
    BadDate = "bad-date", "the date cannot be read";
    /// An amount that cannot be read.
    BadNumber = "bad-number", "the amount cannot be read";
    /// An amount that can be read in two ways.
    DoubtfulNumber = "doubtful-number", "a lone mark before three digits was taken for a thousands mark; name `decimal` in the mapping";
    /// A length of time that cannot be read.
    BadDuration = "bad-duration", "the length of time cannot be read";
    /// A numeric id that lost its last digits in a spreadsheet.
    LostDigits = "lost-digits", "the id has passed through a spreadsheet's numbers and lost its last digits; export ids as text";
    /// The column that a join searches for is empty.
    JoinKeyEmpty = "join-key-empty", "the column that a join needs is empty";
    /// A join found nothing.
    JoinNotFound = "join-not-found", "the join found no row with this value";
    /// A join found only rows that are later than the event.
    JoinTooEarly = "join-too-early", "the join found only rows that begin after this one";
    /// A join found several rows where there should be one, or thousands where all are taken.
    JoinSeveral = "join-several", "the join found more rows than the mapping asks for";
    /// An event before its deal was created.
    BeforeCreated = "before-created", "the event lies before the deal was created";
    /// An event before its deal was created, put at the creation.
    PutAtCreation = "put-at-creation", "the event lies before the deal was created and was put at the creation";
    /// A second creation of a deal.
    CreatedTwice = "created-twice", "the deal was created already";
    /// A deal that no row creates.
    DealUnknown = "deal-unknown", "no row creates this deal; it will start with its first event";
    /// A stage that the mapping does not list.
    StageUnlisted = "stage-unlisted", "the mapping does not list this stage; it counts as open";
    /// Somebody whom the table of people does not list.
    PersonUnlisted = "person-unlisted", "the table of people does not list this name";
    /// A row that the mapping asks to look at; the group's `column` says why.
    Notice = "notice", "the mapping asks to look at these rows";
    /// A role, date or flag of a person that cannot be read.
    BadPerson = "bad-person", "this value of a person cannot be read";
}

/// One thing that went wrong.
#[derive(Clone, Debug)]
pub struct Problem<'a> {
    /// The table.
    pub file: &'a str,
    /// Line of the table, counted from 1 with the header.
    pub line: Option<u64>,
    /// The column, as the table calls it, or the join.
    pub column: &'a str,
    /// What stood there.
    pub value: &'a str,
    /// Why.
    pub reason: Reason,
    /// What it did.
    pub effect: Effect,
}

/// All problems of one file, reason, effect and column.
#[derive(Clone, Debug)]
pub struct ProblemGroup {
    /// The table.
    pub file: String,
    /// Why.
    pub reason: Reason,
    /// What it did.
    pub effect: Effect,
    /// The column, as the table calls it, or the join.
    pub column: String,
    /// How often.
    pub count: u64,
    /// The first of them.
    pub examples: Vec<Example>,
}

/// Where a problem was met, and with which value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Example {
    /// Line of the table, counted from 1 with the header.
    pub line: Option<u64>,
    /// What stood there, cut to a readable length.
    pub value: String,
}

/// File, effect, reason and column of a group.
type GroupKey = (String, Effect, Reason, String);

/// Collects problems while an import runs.
#[derive(Default)]
pub(crate) struct Problems {
    groups: BTreeMap<GroupKey, (u64, Vec<Example>)>,
}

impl Problems {
    pub fn add(&mut self, problem: &Problem<'_>) {
        let key = (
            problem.file.to_owned(),
            problem.effect,
            problem.reason,
            problem.column.to_owned(),
        );
        let (count, examples) = self.groups.entry(key).or_default();
        *count += 1;
        if examples.len() < EXAMPLES {
            examples.push(Example {
                line: problem.line,
                value: problem.value.chars().take(SHOWN).collect(),
            });
        }
    }

    /// The groups: by file, the gravest effect first.
    pub fn into_groups(self) -> Vec<ProblemGroup> {
        let groups = self.groups.into_iter();
        groups
            .map(
                |((file, effect, reason, column), (count, examples))| ProblemGroup {
                    file,
                    reason,
                    effect,
                    column,
                    count,
                    examples,
                },
            )
            .collect()
    }
}
