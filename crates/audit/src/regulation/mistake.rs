//! What can be wrong with a regulation, and where.

use std::fmt;
use std::ops::Range;
use std::sync::Arc;

/// What is wrong.
#[derive(Clone, Debug, PartialEq)]
pub enum What {
    /// The file is no TOML.
    Toml(String),
    /// A key that means nothing here.
    UnknownKey {
        /// The key.
        key: String,
        /// The table it stands in.
        table: String,
        /// A known key that is written much like it.
        nearest: Option<String>,
    },
    /// A key that must stand here does not.
    MissingKey {
        /// The key.
        key: &'static str,
        /// The table it is missing from.
        table: String,
    },
    /// A value of the wrong form.
    BadValue {
        /// The key.
        key: String,
        /// What stood there.
        value: String,
        /// What it takes.
        expected: Box<Expected>,
        /// A known word that is written much like it.
        nearest: Option<String>,
    },
    /// Two entries of one name.
    SameName(String),
    /// A date excepted twice.
    SameException(String),
    /// An id that the history does not know.
    UnknownId {
        /// What kind of thing: `stage`, `pipeline`, `field`, `shift`.
        thing: &'static str,
        /// The id.
        id: String,
        /// A known id that is written much like it.
        nearest: Option<String>,
    },
    /// A rule that counts working days cannot run on the clock `always`.
    NoAlways(&'static str),
    /// A parameter that a rule cannot do without is missing.
    RuleNeeds {
        /// The rule.
        rule: &'static str,
        /// What it needs.
        needs: &'static str,
    },
    /// A variable or function that a condition does not know.
    UnknownVariable {
        /// The word.
        word: String,
        /// A known variable that is written much like it.
        nearest: Option<String>,
    },
    /// A condition asks for the time.
    NoNow,
    /// No working hours at all: limits in working time never run out.
    NoHours,
    /// Years for which only weekends are known.
    CalendarEnds(i16),
    /// A folder without a version.
    NoVersions,
    /// Two versions from the same day on.
    SameDate {
        /// A file.
        first: String,
        /// The other.
        second: String,
    },
}

/// What a key takes, told where something else stood.
#[derive(Clone, Debug, PartialEq)]
pub enum Expected {
    /// A text in quotes.
    Text,
    /// `true` or `false`.
    Flag,
    /// A whole number, 0 or more.
    Count,
    /// A number, 0 or more.
    Number,
    /// A number from 0 to 1.
    Share,
    /// A duration such as `15m`.
    Duration,
    /// A duration of at most a hundred years.
    ShorterDuration,
    /// A duration in hours or minutes, more than 0.
    DayLength,
    /// A date.
    Date,
    /// One of these words.
    OneOf(Vec<&'static str>),
    /// A time zone of the IANA database.
    Zone,
    /// A country whose calendar is built in.
    Country,
    /// A list of working hours.
    HoursList,
    /// Working hours; what is wrong with these.
    Hours(worktime::HoursError),
    /// Days on and days off, such as `3/3`.
    ShiftPattern,
    /// A list of texts.
    List,
    /// A table.
    Table,
    /// Tables headed by double brackets.
    Tables,
    /// Values of one field only.
    OneField,
    /// A condition without this fault, which the parser names in English.
    ExpressionWithout(String),
    /// A field asked for by its name in quotes.
    FieldByName,
    /// A number from 1 to 10.
    Indicator,
    /// A text with placeholders in braces.
    Template,
    /// A regular expression in quotes.
    Regex,
    /// A regular expression without this fault, which the engine names in English.
    RegexWithout(String),
    /// At least the threshold of green.
    AtLeastGreen(f64),
    /// At most the threshold of yellow.
    AtMostYellow(f64),
}

impl fmt::Display for What {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&crate::message::mistake(self, wording::Lang::En))
    }
}

/// A mistake and its place.
#[derive(Clone, Debug, PartialEq)]
pub struct Mistake {
    /// What is wrong.
    pub what: What,
    /// The bytes of the file that are meant; none: the file as a whole.
    pub place: Option<Range<usize>>,
}

impl Mistake {
    pub(crate) fn at(place: Range<usize>, what: What) -> Mistake {
        Mistake {
            what,
            place: Some(place),
        }
    }

    pub(crate) fn nowhere(what: What) -> Mistake {
        Mistake { what, place: None }
    }

    /// Whether it may be none: a field that no event ever set may still exist.
    pub fn is_doubtful(&self) -> bool {
        matches!(self.what, What::UnknownId { thing: "field", .. })
    }

    /// Line and column of the mistake in `source`, both from 1, columns in characters.
    pub fn line_column(&self, source: &str) -> Option<(usize, usize)> {
        let before = source.get(..self.place.as_ref()?.start)?;
        let line = before.matches('\n').count() + 1;
        let column = before
            .rsplit('\n')
            .next()
            .map_or(0, |text| text.chars().count())
            + 1;
        Some((line, column))
    }
}

/// All mistakes of one file.
#[derive(Clone, Debug)]
pub struct Mistakes {
    /// The file.
    pub file: String,
    /// Its text.
    pub source: Arc<str>,
    /// What is wrong, in the order of the file.
    pub list: Vec<Mistake>,
}

impl fmt::Display for Mistakes {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (i, mistake) in self.list.iter().enumerate() {
            let end = if i + 1 < self.list.len() { "\n" } else { "" };
            match mistake.line_column(&self.source) {
                Some((line, column)) => {
                    write!(f, "{}:{line}:{column}: {}{end}", self.file, mistake.what)?;
                }
                None => write!(f, "{}: {}{end}", self.file, mistake.what)?,
            }
        }
        Ok(())
    }
}

impl std::error::Error for Mistakes {}

/// The known word that is written most like `word`, if any is close.
pub fn nearest<'a>(word: &str, known: impl IntoIterator<Item = &'a str>) -> Option<String> {
    let folded = word.to_lowercase();
    let best = known
        .into_iter()
        .map(|candidate| {
            (
                strsim::damerau_levenshtein(&folded, &candidate.to_lowercase()),
                candidate,
            )
        })
        .min_by_key(|(distance, _)| *distance)?;
    let close = best.0 <= 1 + word.chars().count() / 3 && best.0 < word.chars().count().max(2);
    close.then(|| best.1.to_owned())
}
