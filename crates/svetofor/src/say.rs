//! What the program says, in both languages.

use std::sync::OnceLock;

use history::read::ReadError;
use history::{Problem, Reason};
use wording::{Catalogue, Lang, Value, one_line};

/// Characters of a foreign text shown within a sentence.
const SHOWN: usize = 120;

/// The program's messages.
pub fn catalogue(lang: Lang) -> &'static Catalogue {
    static RU: OnceLock<Catalogue> = OnceLock::new();
    static EN: OnceLock<Catalogue> = OnceLock::new();
    let (cell, own) = match lang {
        Lang::Ru => (&RU, include_str!("../messages/ru.ftl")),
        Lang::En => (&EN, include_str!("../messages/en.ftl")),
    };
    cell.get_or_init(|| {
        let sources = [wording::common_messages(lang), own];
        Catalogue::new(lang, &sources).expect("a test builds the catalogue in both languages")
    })
}

/// A message of the program.
pub fn text(lang: Lang, id: &str, args: &[(&str, Value<'_>)]) -> String {
    catalogue(lang).text(id, args)
}

/// A text from outside as an argument of a message.
pub fn foreign(text: &str) -> Value<'static> {
    Value::Text(one_line(text, SHOWN).into())
}

/// An error with its causes, on standard error.
pub fn error(error: &anyhow::Error, lang: Lang) {
    if let Some(shown) = error.downcast_ref::<Shown>() {
        eprint!("{}", shown.0);
        return;
    }
    let causes: Vec<String> = error.chain().map(|cause| cause_text(cause, lang)).collect();
    eprintln!("{}: {}", text(lang, "error", &[]), causes.join(": "));
}

fn cause_text(cause: &(dyn std::error::Error + 'static), lang: Lang) -> String {
    match cause.downcast_ref::<ReadError>() {
        Some(error) => read_error(error, lang),
        None => cause.to_string(),
    }
}

/// An error that is laid out already.
#[derive(Debug)]
pub struct Shown(pub String);

impl std::fmt::Display for Shown {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for Shown {}

/// Why a history cannot be read.
fn read_error(error: &ReadError, lang: Lang) -> String {
    let path = |path: &std::path::Path| foreign(&path.display().to_string());
    match error {
        ReadError::NoFolder { path: at } => text(lang, "read-no-folder", &[("path", path(at))]),
        ReadError::NoFile { folder, file } => text(
            lang,
            "read-no-file",
            &[("folder", path(folder)), ("file", foreign(file))],
        ),
        ReadError::TwoForms { first, second } => text(
            lang,
            "read-two-forms",
            &[("first", foreign(first)), ("second", foreign(second))],
        ),
        ReadError::Io { path: at, source } => {
            let error = foreign(&source.to_string());
            text(lang, "read-io", &[("path", path(at)), ("error", error)])
        }
        ReadError::Malformed { file, reason } => text(
            lang,
            "read-malformed",
            &[("file", foreign(file)), ("reason", foreign(reason))],
        ),
        ReadError::TooManyEvents => text(lang, "read-too-many", &[]),
    }
}

/// What was wrong with a line of the input.
pub fn problem(problem: &Problem, lang: Lang) -> String {
    let reason = match &problem.reason {
        Reason::Unreadable(error) => text(lang, "problem-unreadable", &[("error", foreign(error))]),
        Reason::Missing(column) => text(lang, "problem-missing", &[("column", foreign(column))]),
        Reason::Bad {
            column,
            value,
            expected,
        } => {
            let args = [
                ("column", foreign(column)),
                ("value", foreign(value)),
                ("expected", foreign(expected)),
            ];
            text(lang, "problem-bad", &args)
        }
        Reason::Twice { column, value } => text(
            lang,
            "problem-twice",
            &[("column", foreign(column)), ("value", foreign(value))],
        ),
        Reason::UnknownColumn(column) => text(
            lang,
            "problem-unknown-column",
            &[("column", foreign(column))],
        ),
        Reason::CutShort(error) => text(lang, "problem-cut-short", &[("error", foreign(error))]),
    };
    let file = one_line(&problem.file, SHOWN);
    match problem.line {
        Some(line) => format!("{file}:{line}: {reason}"),
        None => format!("{file}: {reason}"),
    }
}
