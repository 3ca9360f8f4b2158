//! What the program says, in both languages.

mod store;

use std::sync::OnceLock;

use history::read::ReadError;
use history::{Problem, Reason};
use import::{ImportError, MappingError, MappingFault};
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

/// Says a line beside the result, on standard error. Nobody may be listening there.
pub fn aside(line: &str) {
    aside_as_is(&format!("{line}\n"));
}

/// Says something that has its line ends already.
pub fn aside_as_is(text: &str) {
    use std::io::Write;
    let _ = std::io::stderr().lock().write_all(text.as_bytes());
}

/// An error with its causes, on standard error.
pub fn error(error: &anyhow::Error, lang: Lang) {
    if let Some(shown) = error.downcast_ref::<Shown>() {
        aside_as_is(&shown.0);
        return;
    }
    let causes = causes(error, lang);
    aside(&format!("{}: {causes}", text(lang, "error", &[])));
}

/// An error with its causes, in one line.
pub fn causes(error: &anyhow::Error, lang: Lang) -> String {
    let causes: Vec<String> = error.chain().map(|cause| cause_text(cause, lang)).collect();
    causes.join(": ")
}

fn cause_text(cause: &(dyn std::error::Error + 'static), lang: Lang) -> String {
    if let Some(error) = cause.downcast_ref::<ReadError>() {
        return read_error(error, lang);
    }
    if let Some(error) = cause.downcast_ref::<ImportError>() {
        return import_error(error, lang);
    }
    if let Some(error) = cause.downcast_ref::<::store::StoreError>() {
        return store::store_error(error, lang);
    }
    if let Some(app::Error::Store(error)) = cause.downcast_ref::<app::Error>() {
        return store::store_error(error, lang);
    }
    match cause.downcast_ref::<MappingError>() {
        Some(error) => mapping_error(error, lang),
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
                ("expected", phrase(EXPECTED, expected, lang).into()),
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

/// English texts of a library, `{}` for what differs, and the messages that say the same.
pub type Phrases = &'static [(&'static str, &'static str)];

/// What `history` expects in a cell.
const EXPECTED: Phrases = &[
    ("a kind of event such as `created`", "expected-kind"),
    (
        "an instant like 2026-03-01T09:00:00+03:00, or whole Unix milliseconds",
        "expected-instant",
    ),
    ("a number like 1250.50", "expected-number"),
    ("a number below 90 trillion", "expected-number-below"),
    ("seconds talked, 0 or more", "expected-seconds"),
    ("a whole number", "expected-whole-number"),
    ("a date like 2026-03-01", "expected-date"),
    ("an instant after `from`", "expected-after-from"),
    ("true or false", "expected-true-false"),
    ("seller, manager, performer, lead or other", "expected-role"),
    ("vacation, sick, trip or other", "expected-absence"),
    ("open, won or lost", "expected-stage-kind"),
    ("an employee of employees.csv", "expected-employee"),
];

/// What a mapping's unknown word should have been.
const MAPPING_WHAT: Phrases = &[
    ("key", "mapping-what-key"),
    ("source", "mapping-what-source"),
    ("joined source", "mapping-what-joined"),
    ("column", "mapping-what-column"),
    ("value", "mapping-what-value"),
    ("kind of event", "mapping-what-kind"),
    ("join", "mapping-what-join"),
];

/// Places of a mapping, types of values and what is expected of them.
const MAPPING: Phrases = &[
    ("the mapping", "mapping-place-root"),
    ("a source", "mapping-place-source"),
    ("a column", "mapping-place-column"),
    ("a join", "mapping-place-join"),
    ("a value", "mapping-place-value"),
    ("a condition", "mapping-place-condition"),
    ("a text in quotes", "mapping-quoted"),
    ("a text", "mapping-text"),
    ("a number", "mapping-number"),
    ("a plain number", "mapping-number"),
    ("true or false", "expected-true-false"),
    ("a date", "mapping-date"),
    ("a list", "mapping-list"),
    ("a table", "mapping-table"),
    (
        "how many digits at the end count, 1 to 20",
        "mapping-digits",
    ),
    (
        "how many lines stand before the header, 0 to 1000",
        "mapping-skip-lines",
    ),
    ("an IANA name such as \"Europe/Moscow\"", "mapping-zone"),
    ("three capital letters such as \"RUB\"", "mapping-currency"),
    ("a regular expression between slashes", "mapping-slashes"),
    ("a regular expression ({})", "mapping-regex"),
    ("a time of day such as \"23:59:59\"", "mapping-time"),
    ("a } after every {", "mapping-brace"),
    (
        "a file name, in which * and ? stand for anything",
        "mapping-file-name",
    ),
    ("\"auto\", \"tab\" or one character", "mapping-delimiter"),
    (
        "a pattern such as \"%d.%m.%Y %H:%M\" with year, month and day, \
         or \"unix\", \"unix_ms\", \"excel\"",
        "mapping-dates",
    ),
    ("{}, {}, {}, {} or the like", "mapping-or-the-like"),
    ("{}, {}, {}, {} or {}", "mapping-one-of-five"),
    ("{}, {}, {} or {}", "mapping-one-of-four"),
    ("{}, {} or {}", "mapping-one-of-three"),
    ("{} or {}", "mapping-one-of-two"),
];

/// What a key of a mapping is for.
const NEEDED: Phrases = &[
    (
        "at least one table to read, as [source.deals]",
        "mapping-needed-source",
    ),
    (
        "names for the columns that the mapping uses",
        "mapping-needed-columns",
    ),
    ("the header of the column", "mapping-needed-header"),
    ("the source whose rows search", "mapping-needed-from"),
    ("the source in which they search", "mapping-needed-to"),
    ("what a row of `from` searches for", "mapping-needed-search"),
    (
        "what in a row of `to` must be equal",
        "mapping-needed-equal",
    ),
    ("the source", "mapping-needed-one-source"),
    (
        "what the report is to say of these rows",
        "mapping-needed-because",
    ),
    (
        "at least one rule that makes events of rows",
        "mapping-needed-event",
    ),
    ("the source whose rows become events", "mapping-needed-rows"),
    ("the kind of event", "mapping-needed-kind"),
    ("when it happened", "mapping-needed-at"),
    ("the deal that the event belongs to", "mapping-needed-deal"),
    ("the stage that the deal enters", "mapping-needed-stage"),
    ("the task's id", "mapping-needed-task"),
    ("the task's deadline", "mapping-needed-due"),
    ("the field's name", "mapping-needed-field"),
    (
        "name, timezone and currency of the account",
        "mapping-needed-account",
    ),
    ("the name shown to people", "mapping-needed-name"),
    ("the zone of dates that name none", "mapping-needed-zone"),
    (
        "an ISO 4217 code such as \"RUB\"",
        "mapping-needed-currency",
    ),
    ("the stage as the table names it", "mapping-needed-listed"),
    (
        "the column with the people's names or ids",
        "mapping-needed-people",
    ),
    ("the column, or `const`, or `text`", "mapping-needed-value"),
];

/// What does not go together in a mapping.
const CONTRADICTIONS: Phrases = &[
    (
        "`elapsed_since` looks at earlier rows of a case; the source has no `case`",
        "mapping-elapsed-case",
    ),
    (
        "a source with `case` needs `order`: the column with the time, \
         then what decides among equal times",
        "mapping-case-order",
    ),
    (
        "a column's name may not contain . @ { or }: {}",
        "mapping-column-name",
    ),
    ("column {} has no header", "mapping-no-header"),
    (
        "`time` (of `from`) and `since` (of `to`) go together",
        "mapping-time-since",
    ),
    (
        "the join {} starts at another source than this rule",
        "mapping-join-start",
    ),
    ("`{}` means nothing for `{}`", "mapping-meaningless"),
    ("`{}` needs a source with `case`", "mapping-needs-case"),
    (
        "@created and @last are instants: for `at` and `due`",
        "mapping-instants",
    ),
    ("`elapsed_since` is for `amount` only", "mapping-elapsed"),
    (
        "`each` itself gives `field` (the column) and `text` (the cell)",
        "mapping-each",
    ),
    (
        "`created` itself cannot be @created or @last",
        "mapping-created",
    ),
];

/// Names of the variables of messages of [`Phrases`], in the order of the text.
const PARTS: [&str; 5] = ["first", "second", "third", "fourth", "fifth"];

/// A text of a library in the language asked for; one that is not known stays as it is.
pub fn phrase(phrases: Phrases, foreign_text: &str, lang: Lang) -> String {
    let known = phrases.iter().find_map(|(form, id)| {
        let parts = parts(form, foreign_text)?;
        let parts = parts.iter().map(|part| foreign(part.trim_matches('"')));
        let args: Vec<_> = PARTS.into_iter().zip(parts).collect();
        Some(text(lang, id, &args))
    });
    known.unwrap_or_else(|| one_line(foreign_text, SHOWN))
}

/// What stands in `text` at the places of `{}`.
fn parts<'t>(form: &str, text: &'t str) -> Option<Vec<&'t str>> {
    let mut fixed = form.split("{}");
    let mut rest = text.strip_prefix(fixed.next()?)?;
    let mut parts = Vec::new();
    let fixed: Vec<&str> = fixed.collect();
    for (i, mark) in fixed.iter().enumerate() {
        let at = match i + 1 == fixed.len() {
            true => rest.strip_suffix(mark)?.len(),
            false => rest.find(mark)?,
        };
        parts.push(&rest[..at]);
        rest = &rest[at + mark.len()..];
    }
    rest.is_empty().then_some(parts)
}

/// Why an import could not be carried out.
fn import_error(error: &ImportError, lang: Lang) -> String {
    let path = |path: &std::path::Path| ("path", foreign(&path.display().to_string()));
    match error {
        ImportError::NoFiles => text(lang, "import-no-files", &[]),
        ImportError::SourceMissing {
            source_name,
            columns,
            why,
        } => {
            let args = [
                ("source", foreign(source_name)),
                ("columns", foreign(columns)),
                ("why", left_out(why, lang).into()),
            ];
            text(lang, "import-source-missing", &args)
        }
        ImportError::Ambiguous {
            file,
            first,
            second,
        } => {
            let args = [
                ("file", foreign(file)),
                ("first", foreign(first)),
                ("second", foreign(second)),
            ];
            text(lang, "import-ambiguous", &args)
        }
        ImportError::Read { path: at, reason } => {
            let error = ("error", foreign(reason));
            text(lang, "read-io", &[path(at), error])
        }
        ImportError::Folder { path: at, reason } => {
            let error = ("error", foreign(reason));
            text(lang, "import-folder", &[path(at), error])
        }
        ImportError::Occupied { path: at } => text(lang, "import-occupied", &[path(at)]),
        ImportError::Write(error) => {
            let reason = ("error", foreign(&error.reason));
            text(lang, "import-not-written", &[path(&error.path), reason])
        }
    }
}

/// What was left out and why, where a table is missing: some files with a reason each.
fn left_out(why: &str, lang: Lang) -> String {
    use import::Reason::{FileEmpty, FileUnknown, FileUnreadable};
    let mut why = one_line(why, 4 * SHOWN);
    for reason in [FileEmpty, FileUnknown, FileUnreadable] {
        let said = text(lang, &format!("import-reason-{}", reason.code()), &[]);
        why = why.replace(&reason.to_string(), &said);
    }
    for (said, id) in [
        (
            "all of them were taken for other sources",
            "import-all-taken",
        ),
        (
            "open it in a spreadsheet program and save it as XLSX or CSV",
            "import-save-as",
        ),
        (" lacks ", "import-lacks"),
    ] {
        why = why.replace(said, &text(lang, id, &[]));
    }
    why
}

/// What is wrong with a mapping, and where.
fn mapping_error(error: &MappingError, lang: Lang) -> String {
    let mapping = |words: &str| ("expected", phrase(MAPPING, words, lang).into());
    let fault = match &error.fault {
        MappingFault::Syntax(reason) => text(lang, "mapping-syntax", &[("error", foreign(reason))]),
        MappingFault::Unknown {
            what,
            word,
            nearest,
        } => {
            let args = [
                ("what", phrase(MAPPING_WHAT, what, lang).into()),
                ("word", foreign(word)),
            ];
            let unknown = text(lang, "mapping-unknown", &args);
            match nearest {
                Some(nearest) => {
                    let nearest = [("nearest", foreign(nearest))];
                    format!("{unknown}; {}", text(lang, "mapping-nearest", &nearest))
                }
                None => unknown,
            }
        }
        MappingFault::Missing { key, place, needed } => {
            let args = [
                ("key", foreign(key)),
                ("place", phrase(MAPPING, place, lang).into()),
                ("needed", phrase(NEEDED, needed, lang).into()),
            ];
            text(lang, "mapping-missing", &args)
        }
        MappingFault::WrongType {
            key,
            found,
            expected,
        } => {
            let found = ("value", phrase(MAPPING, found, lang).into());
            let args = [("key", foreign(key)), found, mapping(expected)];
            text(lang, "mapping-wrong-type", &args)
        }
        MappingFault::BadValue {
            key,
            value,
            expected,
        } => {
            let value = ("value", foreign(value));
            let args = [("key", foreign(key)), value, mapping(expected)];
            text(lang, "mapping-bad-value", &args)
        }
        MappingFault::Contradiction(message) => phrase(CONTRADICTIONS, message, lang),
    };
    let file = one_line(&error.file, SHOWN);
    format!("{file}:{}:{}: {fault}", error.line, error.column)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_languages_have_the_same_messages_with_the_same_variables() {
        let (ru, en) = (catalogue(Lang::Ru), catalogue(Lang::En));
        assert_eq!(ru.ids(), en.ids());
        for id in ru.ids() {
            assert_eq!(ru.variables(id), en.variables(id), "{id}");
        }
    }

    #[test]
    fn every_phrase_has_its_message() {
        for (form, id) in [EXPECTED, MAPPING_WHAT, MAPPING, NEEDED, CONTRADICTIONS].concat() {
            let parts = form.matches("{}").count();
            let mut expected = PARTS[..parts].to_vec();
            expected.sort_unstable();
            for lang in Lang::ALL {
                let words = catalogue(lang);
                assert!(words.has(id), "{lang}: {id}");
                assert_eq!(words.variables(id), expected, "{lang}: {id}");
            }
        }
    }

    /// What stands in the sources of a crate, all files as one text.
    fn sources(folder: &std::path::Path) -> String {
        let entries = std::fs::read_dir(folder).expect("a folder");
        let texts = entries.map(|entry| {
            let path = entry.expect("an entry").path();
            match path.is_dir() {
                true => sources(&path),
                false => std::fs::read_to_string(path).expect("a text"),
            }
        });
        texts.collect()
    }

    #[test]
    fn phrases_are_those_that_the_libraries_use() {
        let crates = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
        // A line of code may be broken, and `{}` may have a name there.
        let of = |name: &str| {
            let text = sources(&crates.join(name).join("src"));
            let text = text.replace("\\\n", " ").replace("\\\"", "\"");
            text.split_whitespace().collect::<Vec<_>>().join(" ")
        };
        let (history, import) = (of("history"), of("import"));
        for (form, _) in EXPECTED {
            assert!(history.contains(form), "{form}");
        }
        for (form, _) in [MAPPING_WHAT, MAPPING, NEEDED, CONTRADICTIONS].concat() {
            for part in form.split("{}") {
                let escaped = part.replace('{', "{{").replace('}', "}}");
                let found = import.contains(part) || import.contains(&escaped);
                assert!(found, "{form}");
            }
        }
    }

    #[test]
    fn everything_that_history_expects_is_said_in_russian() {
        // Whatever `history` takes for bad it names with one of these calls.
        let crates = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
        let text = sources(&crates.join("history/src"));
        let bad = text.matches("Reason::bad(").count();
        assert_eq!(bad, 11, "a new expected text? add it to EXPECTED");
        let optional = text.matches("optional(").count();
        assert_eq!(optional, 7, "a new expected text? add it to EXPECTED");
        for (expected, _) in EXPECTED {
            let reason = Reason::bad("kind", "x", expected);
            let problem = Problem {
                file: "events.csv".into(),
                line: Some(2),
                reason,
            };
            let told = super::problem(&problem, Lang::Ru);
            assert!(!told.contains(expected), "{told}");
        }
    }

    #[test]
    fn a_mistake_in_a_mapping_is_told_in_russian() {
        let text = "[account]\nnam = \"Окна\"\n";
        let error = import::Mapping::parse(text, "my.toml").expect_err("a mistake");
        assert_eq!(
            mapping_error(&error, Lang::Ru),
            "my.toml:2:1: нет такого ключа: «nam»; может быть, «name»?"
        );
        let text = "[account]\nname = 5\n";
        let error = import::Mapping::parse(text, "my.toml").expect_err("a mistake");
        assert_eq!(
            mapping_error(&error, Lang::Ru),
            "my.toml:2:8: ключ «name»: стоит число, а нужно: текст в кавычках"
        );
        assert_eq!(
            phrase(MAPPING, "\"open\", \"won\" or \"lost\"", Lang::Ru),
            "«open», «won» или «lost»"
        );
        assert_eq!(
            phrase(
                CONTRADICTIONS,
                "`due` means nothing for `created`",
                Lang::Ru
            ),
            "ключ «due» для события «created» ничего не значит"
        );
    }

    #[test]
    fn a_missing_table_is_told_in_russian() {
        let error = ImportError::SourceMissing {
            source_name: "deals".into(),
            columns: "Id, Stage".into(),
            why: "a.csv: no source of the mapping fits this table (deals lacks Stage)".into(),
        };
        assert_eq!(
            import_error(&error, Lang::Ru),
            "соответствию нужна таблица «deals» со столбцами Id, Stage, а среди файлов её нет: \
             a.csv: таблица не подходит ни к чему в соответствии (deals: нет столбцов Stage)"
        );
    }
}
