//! `[join.…]`, `[[set_aside]]`, `[[notice]]` and `[[event]]`.

use history::Kind;

use super::section::{Item, Section};
use super::sources::{column, find};
use super::values::Scope;
use super::{Each, Early, EventRule, Join, Pick, RowRule, Source, Value};
use crate::MappingError;

/// All joins in the order of the text.
pub(super) fn joins(root: &Section<'_>, sources: &[Source]) -> Result<Vec<Join>, MappingError> {
    let Some(item) = root.get("join") else {
        return Ok(Vec::new());
    };
    let entries = item.open_section("[join]")?.entries();
    entries
        .into_iter()
        .map(|(_, item)| join(&item, sources))
        .collect()
}

fn join(item: &Item<'_>, sources: &[Source]) -> Result<Join, MappingError> {
    const KEYS: [&str; 7] = ["from", "key", "to", "on", "pick", "time", "since"];
    let section = item.section("a join", &KEYS)?;
    let from = find(
        &section.need("from", "the source whose rows search")?,
        sources,
    )?;
    let to = find(
        &section.need("to", "the source in which they search")?,
        sources,
    )?;
    let key = section.need("key", "what a row of `from` searches for")?;
    let on = section.need("on", "what in a row of `to` must be equal")?;
    let pick = match section.get("pick") {
        None => Pick::Latest,
        Some(item) => match item.str()? {
            "all" => Pick::All,
            "first" => Pick::First,
            "latest" => Pick::Latest,
            "only" => Pick::Only,
            _ => return Err(item.bad("\"all\", \"first\", \"latest\" or \"only\"")),
        },
    };
    let not_later = match (section.get("time"), section.get("since")) {
        (None, None) => None,
        (Some(time), Some(since)) => Some((
            column(&time, &sources[from])?,
            column(&since, &sources[to])?,
        )),
        _ => {
            let message = "`time` (of `from`) and `since` (of `to`) go together";
            return Err(item.contradiction(message));
        }
    };
    Ok(Join {
        name: item.key.to_owned(),
        from,
        key: Scope::of(sources, from).value(&key)?,
        to,
        on: Scope::of(sources, to).value(&on)?,
        pick,
        not_later,
    })
}

/// All `[[set_aside]]`, or all `[[notice]]`.
pub(super) fn row_rules(
    root: &Section<'_>,
    key: &'static str,
    sources: &[Source],
) -> Result<Vec<RowRule>, MappingError> {
    let mut rules = Vec::new();
    for item in root.tables(key) {
        let section = item.section(key, &["from", "when", "because"])?;
        let source = find(&section.need("from", "the source")?, sources)?;
        let because = section.need("because", "what the report is to say of these rows")?;
        rules.push(RowRule {
            source,
            when: Scope::of(sources, source).conditions(section.get("when"))?,
            because: because.str()?.to_owned(),
        });
    }
    Ok(rules)
}

const EVENT: [&str; 22] = [
    "from",
    "kind",
    "join",
    "when",
    "first",
    "last",
    "changed",
    "each",
    "before_created",
    "at",
    "deal",
    "actor",
    "stage",
    "pipeline",
    "employee",
    "task",
    "due",
    "text",
    "field",
    "amount",
    "client",
    "channel",
];

/// All `[[event]]`.
pub(super) fn events(
    root: &Section<'_>,
    sources: &[Source],
    joins: &[Join],
) -> Result<Vec<EventRule>, MappingError> {
    let items = root.tables("event");
    if items.is_empty() {
        root.need("event", "at least one rule that makes events of rows")?;
    }
    items
        .iter()
        .map(|item| event(item, sources, joins))
        .collect()
}

fn event(item: &Item<'_>, sources: &[Source], joins: &[Join]) -> Result<EventRule, MappingError> {
    let section = item.section("[[event]]", &EVENT)?;
    let source = find(
        &section.need("from", "the source whose rows become events")?,
        sources,
    )?;
    let kind_item = section.need("kind", "the kind of event")?;
    let kind = kind(&kind_item)?;
    let rule_joins = rule_joins(&section, source, joins)?;
    let scope = Scope::of(sources, source).with_joins(joins, &rule_joins);
    let value = |key: &'static str| -> Result<Option<Value>, MappingError> {
        let Some(item) = section.get(key) else {
            return Ok(None);
        };
        let value = scope.value(&item)?;
        if key != "due" && value.mentions(|v| matches!(v, Value::Created | Value::Last)) {
            return Err(item.contradiction("@created and @last are instants: for `at` and `due`"));
        }
        if key != "amount" && value.mentions(|v| matches!(v, Value::Elapsed(_))) {
            return Err(item.contradiction("`elapsed_since` is for `amount` only"));
        }
        Ok(Some(value))
    };
    let at = section.need("at", "when it happened")?;
    let changed = section.get("changed");
    let rule = EventRule {
        source,
        kind,
        when: scope.conditions(section.get("when"))?,
        first: section.get("first").map(|item| item.bool()).transpose()?,
        last: section.get("last").map(|item| item.bool()).transpose()?,
        changed: changed
            .map(|item| column(&item, &sources[source]))
            .transpose()?,
        each: each(&section, &sources[source])?,
        at: scope.value(&at)?,
        deal: value("deal")?,
        actor: value("actor")?,
        stage: value("stage")?,
        pipeline: value("pipeline")?,
        employee: value("employee")?,
        task: value("task")?,
        due: value("due")?,
        text: value("text")?,
        field: value("field")?,
        amount: value("amount")?,
        client: value("client")?,
        channel: value("channel")?,
        early: early(&section)?,
        joins: rule_joins,
    };
    check_keys(&section, &rule, sources[source].case.is_some())?;
    Ok(rule)
}

fn kind(item: &Item<'_>) -> Result<Kind, MappingError> {
    let word = item.str()?;
    Kind::parse(word).ok_or_else(|| {
        let known = Kind::ALL.iter().map(|kind| kind.as_str());
        item.text.unknown(item.at, "kind of event", word, known)
    })
}

/// The joins of a rule: each starts at the row or at what an earlier one has found.
fn rule_joins(
    section: &Section<'_>,
    source: usize,
    joins: &[Join],
) -> Result<Vec<usize>, MappingError> {
    let mut reached = vec![source];
    let mut found = Vec::new();
    for item in section.tables("join") {
        let word = item.str()?;
        let index = joins.iter().position(|join| join.name == word);
        let index = index.ok_or_else(|| {
            let known = joins.iter().map(|join| join.name.as_str());
            item.text.unknown(item.at, "join", word, known)
        })?;
        if !reached.contains(&joins[index].from) {
            let message = format!("the join {word:?} starts at another source than this rule");
            return Err(item.contradiction(message));
        }
        reached.push(joins[index].to);
        found.push(index);
    }
    Ok(found)
}

fn each(section: &Section<'_>, source: &Source) -> Result<Each, MappingError> {
    let Some(item) = section.get("each") else {
        return Ok(Each::Row);
    };
    if item.value.as_str() == Some("rest") {
        return Ok(Each::Rest);
    }
    let columns: Result<Vec<_>, _> = item.list().iter().map(|c| column(c, source)).collect();
    Ok(Each::Columns(columns?))
}

fn early(section: &Section<'_>) -> Result<Early, MappingError> {
    let Some(item) = section.get("before_created") else {
        return Ok(Early::Drop);
    };
    match item.str()? {
        "drop" => Ok(Early::Drop),
        "clamp" => Ok(Early::Clamp),
        "keep" => Ok(Early::Keep),
        _ => Err(item.bad("\"drop\", \"clamp\" or \"keep\"")),
    }
}

/// Whether an event of this kind has the column at all.
fn takes(kind: Kind, key: &str) -> bool {
    use Kind::*;
    let task = matches!(kind, TaskAdded | TaskMoved | TaskCompleted | TaskRemoved);
    match key {
        "stage" | "pipeline" => matches!(kind, Created | StageChanged),
        "task" => task,
        "due" => matches!(kind, TaskAdded | TaskMoved),
        "field" | "each" => matches!(kind, Created | FieldSet | LossReasonSet),
        "amount" => matches!(kind, Created | PriceSet | CallIn | CallOut | Payment),
        "client" => matches!(kind, Created | Payment | ClientLeft),
        "employee" => {
            let contact = matches!(kind, CallIn | CallOut | MessageIn | MessageOut | Meeting);
            contact || matches!(kind, Created | ResponsibleChanged | TaskAdded)
        }
        _ => true,
    }
}

fn check_keys(section: &Section<'_>, rule: &EventRule, has_case: bool) -> Result<(), MappingError> {
    let kind = rule.kind;
    for (_, item) in section.entries() {
        if !takes(kind, item.key) {
            let message = format!("`{}` means nothing for `{}`", item.key, kind.as_str());
            return Err(item.contradiction(message));
        }
        if matches!(item.key, "first" | "last" | "changed") && !has_case {
            let message = format!("`{}` needs a source with `case`", item.key);
            return Err(item.contradiction(message));
        }
    }
    if !kind.may_lack_deal() {
        section.need("deal", "the deal that the event belongs to")?;
    }
    let needed: &[(&'static str, &'static str)] = match kind {
        Kind::StageChanged => &[("stage", "the stage that the deal enters")],
        Kind::TaskAdded | Kind::TaskMoved => {
            &[("task", "the task's id"), ("due", "the task's deadline")]
        }
        Kind::TaskCompleted | Kind::TaskRemoved => &[("task", "the task's id")],
        Kind::FieldSet if matches!(rule.each, Each::Row) => &[("field", "the field's name")],
        _ => &[],
    };
    for (key, what) in needed {
        section.need(key, what)?;
    }
    if !matches!(rule.each, Each::Row) && (rule.field.is_some() || rule.text.is_some()) {
        let message = "`each` itself gives `field` (the column) and `text` (the cell)";
        return Err(section.text.error(
            section.at,
            crate::MappingFault::Contradiction(message.into()),
        ));
    }
    let of_deal = |value: &Value| matches!(value, Value::Created | Value::Last);
    if kind == Kind::Created && rule.at.mentions(of_deal) {
        let message = "`created` itself cannot be @created or @last";
        return Err(section.text.error(
            section.at,
            crate::MappingFault::Contradiction(message.into()),
        ));
    }
    Ok(())
}
