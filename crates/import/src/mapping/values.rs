//! Values and conditions, wherever they stand in a mapping.

use jiff::civil::Time;

use super::section::{Item, Section};
use super::settings::{regex, stage_kind};
use super::{Change, Condition, Elapsed, Join, Piece, Place, Source, Test, Value};
use crate::MappingError;

/// What words may refer to at some place of the mapping.
#[derive(Clone, Copy)]
pub(super) struct Scope<'m> {
    pub sources: &'m [Source],
    pub source: usize,
    all_joins: &'m [Join],
    /// Those of the rule, in its order.
    joins: &'m [usize],
}

impl<'m> Scope<'m> {
    /// A scope of one source alone.
    pub fn of(sources: &'m [Source], source: usize) -> Scope<'m> {
        Scope {
            sources,
            source,
            all_joins: &[],
            joins: &[],
        }
    }

    /// The same, with the joins of a rule.
    pub fn with_joins(self, all_joins: &'m [Join], joins: &'m [usize]) -> Scope<'m> {
        Scope {
            all_joins,
            joins,
            ..self
        }
    }

    /// The column that a word names: `stage`, or `deals.stage` for a row found by a join.
    pub fn place(&self, word: &str, item: &Item<'_>) -> Result<Place, MappingError> {
        if let Some((table, name)) = word.split_once('.') {
            for (i, &join) in self.joins.iter().enumerate() {
                let join = &self.all_joins[join];
                let to = &self.sources[join.to];
                if join.name == table || to.name == table {
                    return self.column(Some(i), join.to, name, item);
                }
            }
            let known = self.joins.iter().map(|&j| &self.all_joins[j]);
            let known = known.map(|join| self.sources[join.to].name.as_str());
            return Err(item.text.unknown(item.at, "joined source", table, known));
        }
        self.column(None, self.source, word, item)
    }

    fn column(
        &self,
        join: Option<usize>,
        source: usize,
        name: &str,
        item: &Item<'_>,
    ) -> Result<Place, MappingError> {
        let found = self.sources[source].column(name);
        let column = found.ok_or_else(|| {
            let known = self.sources[source].columns.iter();
            let known = known.map(|column| column.name.as_str());
            item.text.unknown(item.at, "column", name, known)
        })?;
        Ok(Place {
            join,
            source,
            column,
        })
    }

    /// A value: a column, a list of values, or a table that says more.
    pub fn value(&self, item: &Item<'_>) -> Result<Value, MappingError> {
        if item.value.is_array() {
            let items = item.list();
            let values: Result<Vec<_>, _> = items.iter().map(|item| self.value(item)).collect();
            return Ok(Value::First(values?));
        }
        if item.value.is_table() {
            return self.described_value(item);
        }
        match item.str()? {
            "@created" => Ok(Value::Created),
            "@last" => Ok(Value::Last),
            "@row" => Ok(Value::Row),
            word if word.starts_with('@') => {
                let known = ["@created", "@last", "@row"];
                Err(item.text.unknown(item.at, "value", word, known))
            }
            word => Ok(Value::Column(self.place(word, item)?, Box::default())),
        }
    }

    fn described_value(&self, item: &Item<'_>) -> Result<Value, MappingError> {
        const KEYS: [&str; 10] = [
            "const",
            "column",
            "text",
            "elapsed_since",
            "same",
            "extract",
            "digits",
            "map",
            "otherwise",
            "time",
        ];
        let section = item.section("a value", &KEYS)?;
        if let Some(text) = section.str("const")? {
            return Ok(Value::Const(text.to_owned()));
        }
        if let Some(since) = section.get("elapsed_since") {
            return self.elapsed(&section, &since);
        }
        let change = change(&section)?;
        if let Some(template) = section.get("text") {
            return Ok(Value::Template(self.template(&template)?, Box::new(change)));
        }
        let column = section.need("column", "the column, or `const`, or `text`")?;
        let places = column.strings()?;
        let mut values: Vec<Value> = Vec::new();
        for word in places {
            let place = self.place(word, &column)?;
            values.push(Value::Column(place, Box::new(change.clone())));
        }
        match values.len() {
            1 => Ok(values.remove(0)),
            _ => Ok(Value::First(values)),
        }
    }

    /// `{date} {time}`: text with columns in it.
    fn template(&self, item: &Item<'_>) -> Result<Vec<Piece>, MappingError> {
        let mut pieces = Vec::new();
        let mut rest = item.str()?;
        while let Some(open) = rest.find('{') {
            if open > 0 {
                pieces.push(Piece::Text(rest[..open].to_owned()));
            }
            let close = rest[open..].find('}');
            let close = close.ok_or_else(|| item.bad("a } after every {"))? + open;
            pieces.push(match &rest[open + 1..close] {
                "@row" => Piece::Row,
                word => Piece::Column(self.place(word, item)?),
            });
            rest = &rest[close + 1..];
        }
        if !rest.is_empty() {
            pieces.push(Piece::Text(rest.to_owned()));
        }
        Ok(pieces)
    }

    fn elapsed(&self, section: &Section<'_>, since: &Item<'_>) -> Result<Value, MappingError> {
        let source = &self.sources[self.source];
        if source.case.is_none() {
            let message =
                "`elapsed_since` looks at earlier rows of a case; the source has no `case`";
            return Err(since.contradiction(message));
        }
        let same: Result<Vec<_>, _> = section
            .tables("same")
            .iter()
            .map(|item| self.place(item.str()?, item))
            .collect();
        Ok(Value::Elapsed(Box::new(Elapsed {
            since: self.conditions(Some(*since))?,
            same: same?,
            at: source.order[0],
        })))
    }

    /// `when`: what each of several columns must be like.
    pub fn conditions(&self, item: Option<Item<'_>>) -> Result<Vec<Condition>, MappingError> {
        let Some(item) = item else {
            return Ok(Vec::new());
        };
        let mut conditions = Vec::new();
        for (_, item) in item.open_section("when")?.entries() {
            if !self.is_joined(&item) {
                conditions.push(Condition {
                    place: self.place(item.key, &item)?,
                    test: test(&item)?,
                });
                continue;
            }
            // `deals.stage = …` without quotes is a table in a table.
            for (_, inner) in item.open_section("when")?.entries() {
                let word = format!("{}.{}", item.key, inner.key);
                conditions.push(Condition {
                    place: self.place(&word, &inner)?,
                    test: test(&inner)?,
                });
            }
        }
        Ok(conditions)
    }

    /// Whether a key of `when` is a joined source with its columns under it.
    fn is_joined(&self, item: &Item<'_>) -> bool {
        let column = self.sources[self.source].column(item.key).is_some();
        let mut joins = self.joins.iter().map(|join| &self.all_joins[*join]);
        let named = |join: &Join| join.name == item.key || self.sources[join.to].name == item.key;
        !column && item.value.is_table() && joins.any(named)
    }
}

fn change(section: &Section<'_>) -> Result<Change, MappingError> {
    let mut change = Change::default();
    if let Some(item) = section.get("extract") {
        change.extract = Some(regex(&item)?);
    }
    if let Some(item) = section.get("digits") {
        let digits = item.number()?;
        if !(1.0..=20.0).contains(&digits) || digits.fract() != 0.0 {
            return Err(item.wrong_type("how many digits at the end count, 1 to 20"));
        }
        change.digits = Some(digits as usize);
    }
    if let Some(item) = section.get("map") {
        for (_, entry) in item.open_section("map")?.entries() {
            let from = entry.key.trim().to_lowercase();
            change.map.insert(from, entry.str()?.to_owned());
        }
    }
    change.otherwise = section.str("otherwise")?.map(str::to_owned);
    if let Some(item) = section.get("time") {
        let time: Result<Time, _> = item.str()?.parse();
        change.time = Some(time.map_err(|_| item.bad("a time of day such as \"23:59:59\""))?);
    }
    Ok(change)
}

fn test(item: &Item<'_>) -> Result<Test, MappingError> {
    if !item.value.is_table() {
        return one_of(item);
    }
    const KEYS: [&str; 7] = ["is", "not", "matches", "kind", "filled", "above", "at_most"];
    let section = item.section("a condition", &KEYS)?;
    let mut tests = Vec::new();
    for (_, item) in section.entries() {
        tests.push(match item.key {
            "is" => one_of(&item)?,
            "not" => Test::NoneOf(lowered(&item)?),
            "matches" => Test::Matches(regex(&item)?),
            "kind" => {
                let kinds: Result<Vec<_>, _> = item.list().iter().map(stage_kind).collect();
                Test::Stage(kinds?)
            }
            "filled" => Test::Filled(item.bool()?),
            "above" => Test::Above(item.number()?),
            _ => Test::AtMost(item.number()?),
        });
    }
    Ok(Test::All(tests))
}

/// Equal to a text, or to one of several; the empty text means an empty cell.
fn one_of(item: &Item<'_>) -> Result<Test, MappingError> {
    Ok(match lowered(item)? {
        words if words == [""] => Test::Filled(false),
        words => Test::OneOf(words),
    })
}

fn lowered(item: &Item<'_>) -> Result<Vec<String>, MappingError> {
    let words = item.strings()?;
    Ok(words
        .iter()
        .map(|word| word.trim().to_lowercase())
        .collect())
}
