//! `[account]`, `[stages]`, `[[stage]]` and `[people]`.

use history::{Account, Role, StageKind};
use jiff::tz::TimeZone;
use regex::{Regex, RegexBuilder};

use super::section::{Item, Section};
use super::values::Scope;
use super::{ListedStage, PeopleRules, PeopleTable, Source, Stages, Value, Words};
use crate::MappingError;

/// The account, and its zone.
pub(super) fn account(root: &Section<'_>) -> Result<(Account, TimeZone), MappingError> {
    let item = root.need("account", "name, timezone and currency of the account")?;
    let section = item.section("[account]", &["name", "timezone", "currency"])?;
    let name = section.need("name", "the name shown to people")?.str()?;
    let zone_item = section.need("timezone", "the zone of dates that name none")?;
    let zone = zone(&zone_item)?;
    let currency = section.need("currency", "an ISO 4217 code such as \"RUB\"")?;
    let code = currency.str()?;
    if code.len() != 3 || !code.bytes().all(|b| b.is_ascii_uppercase()) {
        return Err(currency.bad("three capital letters such as \"RUB\""));
    }
    let account = Account {
        name: name.to_owned(),
        timezone: zone_item.str()?.to_owned(),
        currency: code.to_owned(),
    };
    Ok((account, zone))
}

/// A time zone by its IANA name.
pub(super) fn zone(item: &Item<'_>) -> Result<TimeZone, MappingError> {
    TimeZone::get(item.str()?).map_err(|_| item.bad("an IANA name such as \"Europe/Moscow\""))
}

/// A regular expression that ignores case.
pub(super) fn regex(item: &Item<'_>) -> Result<Regex, MappingError> {
    let built = RegexBuilder::new(item.str()?)
        .case_insensitive(true)
        .build();
    built.map_err(|error| {
        let reason = error.to_string();
        let last = reason.lines().last().unwrap_or_default().to_owned();
        item.bad(format!("a regular expression ({last})"))
    })
}

/// Words, and patterns between slashes.
pub(super) fn words(item: Option<Item<'_>>) -> Result<Words, MappingError> {
    let mut words = Words::default();
    for item in item.iter().flat_map(Item::list) {
        let word = item.str()?;
        let pattern = word.strip_prefix('/').and_then(|w| w.strip_suffix('/'));
        match pattern {
            Some(pattern) => {
                let built = RegexBuilder::new(pattern).case_insensitive(true).build();
                let pattern =
                    built.map_err(|_| item.bad("a regular expression between slashes"))?;
                words.patterns.push(pattern);
            }
            None => words.exact.push(word.trim().to_lowercase()),
        }
    }
    Ok(words)
}

/// A kind of stage by its word.
pub(super) fn stage_kind(item: &Item<'_>) -> Result<StageKind, MappingError> {
    StageKind::parse(item.str()?).ok_or_else(|| item.bad("\"open\", \"won\" or \"lost\""))
}

/// `[stages]` and every `[[stage]]`.
pub(super) fn stages(root: &Section<'_>) -> Result<Stages, MappingError> {
    const KEYS: [&str; 5] = ["pipeline", "pipeline_name", "won", "lost", "unlisted"];
    let mut stages = Stages {
        pipeline: "main".into(),
        pipeline_name: String::new(),
        won: Words::default(),
        lost: Words::default(),
        report_unlisted: false,
        listed: Vec::new(),
    };
    if let Some(item) = root.get("stages") {
        let section = item.section("[stages]", &KEYS)?;
        if let Some(id) = section.str("pipeline")? {
            id.clone_into(&mut stages.pipeline);
        }
        let name = section.str("pipeline_name")?.unwrap_or_default();
        name.clone_into(&mut stages.pipeline_name);
        stages.won = words(section.get("won"))?;
        stages.lost = words(section.get("lost"))?;
        if let Some(item) = section.get("unlisted") {
            stages.report_unlisted = match item.str()? {
                "open" => false,
                "report" => true,
                _ => return Err(item.bad("\"open\" or \"report\"")),
            };
        }
    }
    if stages.pipeline_name.is_empty() {
        stages.pipeline_name.clone_from(&stages.pipeline);
    }
    for item in root.tables("stage") {
        stages.listed.push(listed_stage(&item)?);
    }
    Ok(stages)
}

fn listed_stage(item: &Item<'_>) -> Result<ListedStage, MappingError> {
    const KEYS: [&str; 5] = ["id", "pipeline", "name", "kind", "at_end"];
    let section = item.section("[[stage]]", &KEYS)?;
    let id = section
        .need("id", "the stage as the table names it")?
        .str()?;
    let kind = section
        .get("kind")
        .map(|item| stage_kind(&item))
        .transpose()?;
    Ok(ListedStage {
        id: id.to_owned(),
        pipeline: section.str("pipeline")?.map(str::to_owned),
        name: section.str("name")?.unwrap_or(id).to_owned(),
        kind,
        at_end: section.bool("at_end")?,
    })
}

/// `[people]`.
pub(super) fn people(root: &Section<'_>, sources: &[Source]) -> Result<PeopleRules, MappingError> {
    const KEYS: [&str; 12] = [
        "default_role",
        "nobody",
        "from",
        "id",
        "name",
        "group",
        "lead",
        "role",
        "active",
        "shift",
        "hired",
        "left",
    ];
    let mut rules = PeopleRules {
        role: Role::Seller,
        nobody: Words::default(),
        table: None,
    };
    let Some(item) = root.get("people") else {
        return Ok(rules);
    };
    let section = item.section("[people]", &KEYS)?;
    if let Some(item) = section.get("default_role") {
        let expected = "\"seller\", \"manager\", \"performer\", \"lead\" or \"other\"";
        rules.role = Role::parse(item.str()?).ok_or_else(|| item.bad(expected))?;
    }
    rules.nobody = words(section.get("nobody"))?;
    if let Some(from) = section.get("from") {
        let source = super::sources::find(&from, sources)?;
        let scope = Scope::of(sources, source);
        let value = |key| -> Result<Option<Value>, MappingError> {
            section.get(key).map(|item| scope.value(&item)).transpose()
        };
        let id = section.need("id", "the column with the people's names or ids")?;
        rules.table = Some(PeopleTable {
            source,
            id: scope.value(&id)?,
            name: value("name")?,
            group: value("group")?,
            lead: value("lead")?,
            role: value("role")?,
            active: value("active")?,
            shift: value("shift")?,
            hired: value("hired")?,
            left: value("left")?,
        });
    }
    Ok(rules)
}
