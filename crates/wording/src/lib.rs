//! Everything that turns values into words a person reads, in Russian and in English: messages,
//! plurals, numbers, money, dates, durations, and foreign text made fit for one line.
//!
//! Whoever has something to say keeps its own messages as Fluent texts and builds a [`Catalogue`]
//! of them, with [`common_messages`] beside them if it wants the shared vocabulary. Numbers inside
//! a message and numbers printed by [`integer`] look the same.
//!
//! Spaces: thousands are parted by U+202F in Russian, a number and the sign or unit after it by
//! U+00A0, so neither breaks over a line; every other space is an ordinary one.
//! [`plain_spaces`] undoes it for searching, copying and comparing.
//!
//! The crate is pure: no clock, disk, network or process-wide language. What it must never know:
//! what the words are about. No audit, rule, finding, deal, person or CRM has a type or a decision
//! here; it offers a word such as «замечание» under an id and does not ask when it applies.

mod catalogue;
mod lang;
mod line;
mod numbers;
mod syntax;
mod times;
mod vocabulary;

pub use catalogue::{Catalogue, Value};
pub use lang::{Lang, UnknownLang};
pub use line::{one_line, plain_spaces};
pub use numbers::{decimal, integer, money, percent, plural};
pub use syntax::{CatalogueError, Problem};
pub use times::{date, duration, moment, moment_near, moment_short, working_duration};
pub use vocabulary::{common, common_messages};
