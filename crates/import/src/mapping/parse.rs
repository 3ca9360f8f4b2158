//! The mapping as a whole.

use toml::de::DeTable;

use super::section::{Section, Text};
use super::{Mapping, rules, settings, sources};
use crate::{MappingError, MappingFault};

const ROOT: [&str; 9] = [
    "account",
    "source",
    "join",
    "set_aside",
    "notice",
    "event",
    "stages",
    "stage",
    "people",
];

/// Reads a mapping.
pub(super) fn mapping(text: &str, name: &str) -> Result<Mapping, MappingError> {
    let text = Text {
        name,
        text: text.trim_start_matches('\u{feff}'),
    };
    let table = DeTable::parse(text.text).map_err(|error| {
        let at = error.span().map_or(0, |span| span.start);
        text.error(at, MappingFault::Syntax(error.message().to_owned()))
    })?;
    let root = Section::root(text, table.get_ref(), &ROOT)?;

    let (account, zone) = settings::account(&root)?;
    let mut sources = sources::sources(&root)?;
    let joins = rules::joins(&root, &sources)?;
    let stages = settings::stages(&root)?;
    let set_aside = rules::row_rules(&root, "set_aside", &sources)?;
    let notices = rules::row_rules(&root, "notice", &sources)?;
    let events = rules::events(&root, &sources, &joins)?;
    let people = settings::people(&root, &sources)?;
    sources::mark_rest(&mut sources, &events);
    Ok(Mapping {
        account,
        zone,
        sources,
        joins,
        set_aside,
        notices,
        events,
        stages,
        people,
    })
}
