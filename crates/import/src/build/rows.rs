//! Every row of every source, and the rules that take it.

use std::collections::{HashMap, HashSet};

use super::cases::{self, CaseRow};
use super::draft::Drafts;
use super::eval::{Env, Eval, Raw, text_of};
use super::joins::{self, Index};
use super::{RowRef, emit};
use crate::mapping::{Elapsed, EventRule, Value};
use crate::report::{Effect, Problem, Problems, Reason};

/// What became of a row.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Outcome {
    /// Events made of it that still stand.
    pub events: u32,
    /// Left out on purpose.
    pub set_aside: bool,
    /// Only looked up by other rows.
    pub reference: bool,
}

/// The events of all rows, and what became of each.
pub(crate) struct Built {
    pub drafts: Drafts,
    /// By source, table and row.
    pub outcomes: Vec<Vec<Vec<Outcome>>>,
    /// For each `[[set_aside]]`, how many rows.
    pub set_aside: Vec<u64>,
}

impl Built {
    pub fn outcome(&mut self, row: RowRef) -> &mut Outcome {
        &mut self.outcomes[row.source as usize][row.table as usize][row.row as usize]
    }
}

/// What a rule remembers of the rows of a case it has seen.
#[derive(Default)]
struct Memory {
    case: Option<u32>,
    changed: Option<String>,
    started: HashMap<String, i64>,
}

struct Builder<'a> {
    eval: Eval<'a>,
    indices: Vec<Index>,
    built: Built,
}

/// Makes events of all rows.
pub(crate) fn build(eval: Eval<'_>, problems: &mut Problems) -> Built {
    let tables = eval.sources.tables.iter();
    let rows = |loaded: &crate::assign::Loaded| vec![Outcome::default(); loaded.table.rows()];
    let outcomes = tables
        .map(|tables| tables.iter().map(rows).collect())
        .collect();
    let joins = eval.mapping.joins.iter();
    let mut builder = Builder {
        eval,
        indices: joins.map(|join| Index::build(&eval, join)).collect(),
        built: Built {
            drafts: Drafts::default(),
            outcomes,
            set_aside: vec![0; eval.mapping.set_aside.len()],
        },
    };
    for source in 0..eval.mapping.sources.len() {
        builder.source(source, problems);
    }
    builder.built
}

impl Builder<'_> {
    fn source(&mut self, source: usize, problems: &mut Problems) {
        let mapping = self.eval.mapping;
        let rules: Vec<&EventRule> = mapping
            .events
            .iter()
            .filter(|r| r.source == source)
            .collect();
        let asides = mapping.set_aside.iter().any(|rule| rule.source == source);
        let rows = all_rows(&self.eval, source);
        if rules.is_empty() && !asides {
            rows.for_each(|row| self.built.outcome(row).reference = true);
            return;
        }
        let rows = self.kept_rows(source, rows.collect(), problems);
        let of = &mapping.sources[source];
        let rows = match of.case {
            None => rows.into_iter().map(CaseRow::alone).collect(),
            Some(case) => {
                let (rows, misfits) = cases::arrange(&self.eval, of, case, rows.into_iter());
                for misfit in misfits {
                    let column = &self.eval.table(misfit.row).headers[misfit.column];
                    let place = (misfit.row, column.as_str());
                    let effect = Effect::RowDropped;
                    note(
                        &self.eval,
                        problems,
                        place,
                        &misfit.value,
                        misfit.reason,
                        effect,
                    );
                }
                rows
            }
        };
        let mut memories: Vec<Memory> = rules.iter().map(|_| Memory::default()).collect();
        for row in rows {
            let mut noted = 0;
            for (rule, memory) in rules.iter().zip(&mut memories) {
                noted += self.apply(rule, memory, row, problems);
            }
            if noted == 0 && self.built.outcome(row.row).events == 0 {
                let (reason, effect) = (Reason::NoRule, Effect::RowDropped);
                let what = first_cells(&self.eval, row.row);
                note(&self.eval, problems, (row.row, ""), &what, reason, effect);
            }
        }
    }

    /// The rows that are neither set aside nor stood before.
    fn kept_rows(
        &mut self,
        source: usize,
        rows: Vec<RowRef>,
        problems: &mut Problems,
    ) -> Vec<RowRef> {
        let mapping = self.eval.mapping;
        let unique = &mapping.sources[source].unique;
        let mut seen: HashSet<String> = HashSet::new();
        let mut kept = Vec::with_capacity(rows.len());
        for row in rows {
            let key = joined(&self.eval, row, unique);
            if !unique.is_empty() && !key.is_empty() && !seen.insert(key.clone()) {
                let column = &self.eval.table(row).headers[unique[0]];
                let (reason, effect) = (Reason::RowTwice, Effect::RowDropped);
                note(&self.eval, problems, (row, column), &key, reason, effect);
                continue;
            }
            let env = Env::of(row);
            let mut asides = mapping.set_aside.iter().enumerate();
            let aside =
                asides.find(|(_, rule)| rule.source == source && self.eval.fits(&rule.when, &env));
            match aside {
                Some((rule, _)) => {
                    self.built.set_aside[rule] += 1;
                    self.built.outcome(row).set_aside = true;
                }
                None => {
                    kept.push(row);
                    self.notices(source, &env, problems);
                }
            }
        }
        kept
    }

    /// Reports a row that the mapping asks to look at.
    fn notices(&self, source: usize, env: &Env, problems: &mut Problems) {
        let notices = self.eval.mapping.notices.iter();
        for rule in notices.filter(|rule| rule.source == source) {
            if self.eval.fits(&rule.when, env) {
                let what = first_cells(&self.eval, env.row);
                let place = (env.row, rule.because.as_str());
                note(
                    &self.eval,
                    problems,
                    place,
                    &what,
                    Reason::Notice,
                    Effect::Kept,
                );
            }
        }
    }

    /// Applies a rule to a row; tells how many problems were met.
    fn apply(
        &mut self,
        rule: &EventRule,
        memory: &mut Memory,
        row: CaseRow,
        problems: &mut Problems,
    ) -> u32 {
        if memory.case != Some(row.case) {
            *memory = Memory {
                case: Some(row.case),
                ..Memory::default()
            };
        }
        let mut env = Env::of(row.row);
        if let Some(elapsed) = elapsed_of(rule) {
            env.elapsed = self.elapsed(elapsed, memory, &env);
        }
        let other = |wanted: Option<bool>, is: bool| wanted.is_some_and(|wanted| wanted != is);
        if other(rule.first, row.first) || other(rule.last, row.last) {
            return 0;
        }
        let conditions = |joined: bool| {
            let all = rule.when.iter();
            all.filter(move |condition| condition.place.join.is_some() == joined)
        };
        if !self.eval.fits(conditions(false), &env) {
            return 0;
        }
        if let Some(column) = rule.changed
            && !self.has_changed(column, memory, row)
        {
            return 0;
        }
        let (envs, mut noted) = self.join(rule, env, problems);
        for env in envs {
            if self.eval.fits(conditions(true), &env) {
                noted += emit::emit(self.eval, rule, &env, &mut self.built, problems);
            }
        }
        noted
    }

    /// Seconds since the row that started what this row ends.
    fn elapsed(&self, elapsed: &Elapsed, memory: &mut Memory, env: &Env) -> Option<f64> {
        let same: Vec<usize> = elapsed.same.iter().map(|place| place.column).collect();
        let key = joined(&self.eval, env.row, &same);
        let at = joins::instant(&self.eval, env.row, env.row.source as usize, elapsed.at)?;
        let started = memory.started.remove(&key);
        if self.eval.fits(&elapsed.since, env) {
            memory.started.insert(key, at);
        }
        started.map(|started| (at - started) as f64 / 1000.0)
    }

    /// Whether a column differs from the case's previous row of this rule. Empty cells and
    /// nobody's names change nothing; what the case's first row says is no change.
    fn has_changed(&self, column: usize, memory: &mut Memory, row: CaseRow) -> bool {
        let raw = self.eval.cell(row.row, column);
        let value = text_of(&raw).into_owned();
        if value.is_empty() || self.eval.mapping.people.nobody.has(&value) {
            return false;
        }
        let before = memory.changed.replace(value);
        !row.first && memory.changed != before
    }

    /// Every combination of rows that the rule's joins find.
    fn join(&self, rule: &EventRule, env: Env, problems: &mut Problems) -> (Vec<Env>, u32) {
        let mut envs = vec![env];
        let mut noted = 0;
        for (i, &index) in rule.joins.iter().enumerate() {
            let join = &self.eval.mapping.joins[index];
            let mut earlier = rule.joins[..i].iter();
            let found = earlier.position(|j| self.eval.mapping.joins[*j].to == join.from);
            let mut next = Vec::new();
            for env in envs {
                let searcher = match found {
                    Some(found) if join.from != rule.source => env.found[found],
                    _ => env.row,
                };
                match self.indices[index].find(&self.eval, join, searcher) {
                    Ok(rows) => next.extend(rows.into_iter().map(|row| env.with(row))),
                    Err((reason, value)) => {
                        let got = self.eval.value(&join.key, &Env::of(searcher));
                        let headers = &self.eval.table(searcher).headers;
                        let column = got.place.map_or(&join.name, |p| &headers[p.column]);
                        let effect = Effect::EventDropped;
                        note(
                            &self.eval,
                            problems,
                            (env.row, column),
                            &value,
                            reason,
                            effect,
                        );
                        noted += 1;
                    }
                }
            }
            envs = next;
        }
        (envs, noted)
    }
}

fn elapsed_of(rule: &EventRule) -> Option<&Elapsed> {
    match &rule.amount {
        Some(Value::Elapsed(elapsed)) => Some(elapsed),
        Some(Value::First(values)) => values.iter().find_map(|value| match value {
            Value::Elapsed(elapsed) => Some(&**elapsed),
            _ => None,
        }),
        _ => None,
    }
}

fn all_rows<'a>(eval: &Eval<'a>, source: usize) -> impl Iterator<Item = RowRef> + use<'a> {
    let tables = eval.sources.tables[source].iter().enumerate();
    tables.flat_map(move |(table, loaded)| {
        (0..loaded.table.rows()).map(move |row| RowRef {
            source: source as u32,
            table: table as u32,
            row: row as u32,
        })
    })
}

/// The texts of several columns as one.
fn joined(eval: &Eval<'_>, row: RowRef, columns: &[usize]) -> String {
    let texts: Vec<String> = columns
        .iter()
        .map(|column| text_of(&eval.cell(row, *column)).into_owned())
        .collect();
    match texts.iter().all(String::is_empty) {
        true => String::new(),
        false => texts.join("\u{1f}"),
    }
}

/// The first filled cells of a row, to recognise it by.
fn first_cells(eval: &Eval<'_>, row: RowRef) -> String {
    let columns = 0..eval.table(row).columns();
    let cells = columns.map(|column| eval.cell(row, column));
    let filled = cells.filter(|raw| *raw != Raw::Empty);
    let texts: Vec<String> = filled
        .map(|raw| text_of(&raw).into_owned())
        .take(4)
        .collect();
    texts.join(" | ")
}

/// Notes a problem of a row.
pub(super) fn note(
    eval: &Eval<'_>,
    problems: &mut Problems,
    (row, column): (RowRef, &str),
    value: &str,
    reason: Reason,
    effect: Effect,
) {
    problems.add(&Problem {
        file: &eval.table(row).file,
        line: Some(eval.line(row)),
        column,
        value,
        reason,
        effect,
    });
}
