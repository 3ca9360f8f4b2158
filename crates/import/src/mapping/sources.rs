//! `[source.…]`: which table is which, and what its columns are called.

use encoding_rs::Encoding;
use regex::{Regex, RegexBuilder};

use super::section::{Item, Section};
use super::{Column, Each, EventRule, Reading, Source, TextFormat, settings};
use crate::MappingError;
use crate::value::moment::DateFormat;

const KEYS: [&str; 15] = [
    "files",
    "known_by",
    "optional",
    "encoding",
    "delimiter",
    "sheet",
    "skip_lines",
    "dates",
    "timezone",
    "decimal",
    "empty",
    "unique",
    "case",
    "order",
    "columns",
];

/// All sources in the order of the text.
pub(super) fn sources(root: &Section<'_>) -> Result<Vec<Source>, MappingError> {
    let item = root.need("source", "at least one table to read, as [source.deals]")?;
    let section = item.open_section("[source]")?;
    section
        .entries()
        .into_iter()
        .map(|(_, item)| source(&item))
        .collect()
}

/// The source that `item` names.
pub(super) fn find(item: &Item<'_>, sources: &[Source]) -> Result<usize, MappingError> {
    let word = item.str()?;
    let found = sources.iter().position(|source| source.name == word);
    found.ok_or_else(|| {
        let known = sources.iter().map(|source| source.name.as_str());
        item.text.unknown(item.at, "source", word, known)
    })
}

/// The column of `source` that `item` names.
pub(super) fn column(item: &Item<'_>, source: &Source) -> Result<usize, MappingError> {
    let word = item.str()?;
    source.column(word).ok_or_else(|| {
        let known = source.columns.iter().map(|column| column.name.as_str());
        item.text.unknown(item.at, "column", word, known)
    })
}

/// The columns of `source` under a key of `section`.
fn columns_of(
    section: &Section<'_>,
    key: &'static str,
    source: &Source,
) -> Result<Vec<usize>, MappingError> {
    let items = section.tables(key);
    items.iter().map(|item| column(item, source)).collect()
}

/// Sources of which all columns are needed.
pub(super) fn mark_rest(sources: &mut [Source], events: &[EventRule]) {
    for rule in events {
        if matches!(rule.each, Each::Rest) {
            sources[rule.source].rest = true;
        }
    }
}

impl Source {
    /// The column that the mapping calls `name`.
    pub fn column(&self, name: &str) -> Option<usize> {
        self.columns.iter().position(|column| column.name == name)
    }
}

fn source(item: &Item<'_>) -> Result<Source, MappingError> {
    let section = item.section("a source", &KEYS)?;
    let files: Vec<Regex> = section
        .tables("files")
        .iter()
        .map(file_pattern)
        .collect::<Result<_, _>>()?;
    let columns = columns(&section)?;
    let mut source = Source {
        name: item.key.to_owned(),
        files,
        known_by: Vec::new(),
        optional: section.bool("optional")?,
        format: text_format(&section)?,
        sheet: section.str("sheet")?.map(str::to_owned),
        skip_lines: skip_lines(&section)?,
        reading: reading(&section)?,
        unique: Vec::new(),
        case: None,
        order: Vec::new(),
        columns,
        rest: false,
    };
    source.known_by = known_by(&section, &source)?;
    source.unique = columns_of(&section, "unique", &source)?;
    source.order = columns_of(&section, "order", &source)?;
    source.case = section
        .get("case")
        .map(|item| column(&item, &source))
        .transpose()?;
    if source.case.is_some() && source.order.is_empty() {
        let message = "a source with `case` needs `order`: the column with the time, \
                       then what decides among equal times";
        return Err(item.contradiction(message));
    }
    Ok(source)
}

fn columns(section: &Section<'_>) -> Result<Vec<Column>, MappingError> {
    let item = section.need("columns", "names for the columns that the mapping uses")?;
    let mut columns = Vec::new();
    for (_, item) in item.open_section("columns")?.entries() {
        let word = item.key;
        if word.contains(['.', '@', '{', '}']) {
            let message = format!("a column's name may not contain . @ {{ or }}: {word:?}");
            return Err(item.contradiction(message));
        }
        let (headers, optional) = match item.value.is_table() {
            false => (item.strings()?, false),
            true => {
                let table = item.section("a column", &["header", "optional"])?;
                let headers = table.need("header", "the header of the column")?;
                (headers.strings()?, table.bool("optional")?)
            }
        };
        if headers.is_empty() {
            return Err(item.contradiction(format!("column {word:?} has no header")));
        }
        columns.push(Column {
            name: word.to_owned(),
            headers: headers.into_iter().map(str::to_owned).collect(),
            optional,
        });
    }
    Ok(columns)
}

/// The columns a table is recognised by: those named, or all that it must have.
fn known_by(section: &Section<'_>, source: &Source) -> Result<Vec<usize>, MappingError> {
    if section.get("known_by").is_some() {
        return columns_of(section, "known_by", source);
    }
    if !source.files.is_empty() {
        return Ok(Vec::new());
    }
    let needed = source.columns.iter().enumerate();
    Ok(needed
        .filter(|(_, c)| !c.optional)
        .map(|(i, _)| i)
        .collect())
}

/// `deals*.csv` as a regular expression.
fn file_pattern(item: &Item<'_>) -> Result<Regex, MappingError> {
    let mut pattern = String::from("^");
    for c in item.str()?.chars() {
        match c {
            '*' => pattern.push_str(".*"),
            '?' => pattern.push('.'),
            c => pattern.push_str(&regex::escape(&c.to_string())),
        }
    }
    pattern.push('$');
    let built = RegexBuilder::new(&pattern).case_insensitive(true).build();
    built.map_err(|_| item.bad("a file name, in which * and ? stand for anything"))
}

fn text_format(section: &Section<'_>) -> Result<TextFormat, MappingError> {
    let mut format = TextFormat::default();
    if let Some(item) = section.get("encoding") {
        format.encoding = match item.str()? {
            "auto" => None,
            label => Some(Encoding::for_label(label.as_bytes()).ok_or_else(|| {
                item.bad("\"auto\", \"utf-8\", \"utf-16le\", \"windows-1251\" or the like")
            })?),
        };
    }
    if let Some(item) = section.get("delimiter") {
        format.delimiter = match item.str()? {
            "auto" => None,
            "tab" | "\t" => Some(b'\t'),
            mark if mark.len() == 1 && !"\"\r\n".contains(mark) => Some(mark.as_bytes()[0]),
            _ => return Err(item.bad("\"auto\", \"tab\" or one character")),
        };
    }
    Ok(format)
}

fn skip_lines(section: &Section<'_>) -> Result<usize, MappingError> {
    let Some(item) = section.get("skip_lines") else {
        return Ok(0);
    };
    let lines = item.number()?;
    if !(0.0..=1000.0).contains(&lines) || lines.fract() != 0.0 {
        return Err(item.wrong_type("how many lines stand before the header, 0 to 1000"));
    }
    Ok(lines as usize)
}

fn reading(section: &Section<'_>) -> Result<Reading, MappingError> {
    let mut dates = Vec::new();
    for item in section.tables("dates") {
        let format = DateFormat::parse(item.str()?).ok_or_else(|| {
            item.bad(
                "a pattern such as \"%d.%m.%Y %H:%M\" with year, month and day, \
                 or \"unix\", \"unix_ms\", \"excel\"",
            )
        })?;
        dates.push(format);
    }
    if dates.is_empty() {
        dates = DateFormat::usual();
    }
    let zone = section.get("timezone").map(|item| settings::zone(&item));
    let decimal = match section.get("decimal") {
        None => None,
        Some(item) => match item.str()? {
            "auto" => None,
            "." => Some('.'),
            "," => Some(','),
            _ => return Err(item.bad("\".\", \",\" or \"auto\"")),
        },
    };
    let empty = section.strings("empty")?;
    Ok(Reading {
        dates,
        zone: zone.transpose()?,
        decimal,
        empty: empty
            .iter()
            .map(|word| word.trim().to_lowercase())
            .collect(),
    })
}
