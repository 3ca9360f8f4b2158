//! Whose, where and what: the share of the findings that each employee, stage and rule has.

use std::cmp::Reverse;

use ::figures::Count;
use history::{EmployeeId, StageId};

use super::super::address;
use super::super::table::{Cell, Row, Table, Value};
use super::Teller;

/// How many are shown.
const SHOWN: usize = 10;

/// Some of those who share the findings, most first, and how many more there are.
pub(super) struct Shares {
    pub table: Table,
    pub more: String,
}

/// One of those who share the findings.
struct Part<'a> {
    name: Cell,
    /// The filter that leaves its findings; none: no filter does.
    filter: Option<(&'static str, &'a str)>,
    count: &'a Count,
}

/// The employees.
pub(super) fn people(teller: &Teller<'_>) -> Shares {
    let counts = &teller.figures().counts.people;
    let part = |(id, count)| {
        let id: EmployeeId = id;
        match id == EmployeeId::NONE {
            true => Part {
                name: Cell::text(teller.words.text("board-nobody")),
                filter: Some(("nobody", "yes")),
                count,
            },
            false => Part {
                name: Cell::text(teller.names.person(id)),
                filter: Some(("employee", teller.names.person_id(id))),
                count,
            },
        }
    };
    let parts = counts.iter().map(|(id, count)| part((*id, count)));
    shares(teller, "shares", "col-employee", parts.collect())
}

/// The stages.
pub(super) fn stages(teller: &Teller<'_>) -> Shares {
    let counts = &teller.figures().counts.stages;
    let part = |(id, count)| {
        let id: StageId = id;
        match id == StageId::NONE {
            // No filter asks for what has no stage.
            true => Part {
                name: Cell::text(teller.words.text("board-no-stage")),
                filter: None,
                count,
            },
            false => Part {
                name: Cell::text(teller.names.stage(id)).small(teller.names.pipeline_of(id)),
                filter: Some(("stage", teller.names.stage_id(id))),
                count,
            },
        }
    };
    let parts = counts.iter().map(|(id, count)| part((*id, count)));
    shares(teller, "stages", "filter-stage", parts.collect())
}

/// The rules.
pub(super) fn rules(teller: &Teller<'_>) -> Shares {
    let counts = teller.figures().counts.rules.iter();
    let parts = counts.map(|(rule, count)| Part {
        name: Cell::text(teller.names.rule(rule)).to(address::rule(rule)),
        filter: Some(("rule", *rule)),
        count,
    });
    shares(teller, "rules", "col-rule", parts.collect())
}

fn shares(teller: &Teller<'_>, id: &'static str, first: &str, mut parts: Vec<Part<'_>>) -> Shares {
    let (words, all) = (teller.words, teller.figures().counts.all.findings);
    parts.retain(|part| part.count.findings > 0);
    parts.sort_by_key(|part| Reverse((part.count.findings, part.count.concerned.sum)));
    let most = parts.first().map_or(1, |part| part.count.findings);
    let mut table = Table::new(teller.member, id, words.text(first))
        .column(words.text(first))
        .number(words.text("board-findings"))
        .number(words.text("board-share"))
        .number(words.text("board-col-before"))
        .number(words.text("board-deals-concerned"))
        .number(words.text("col-sum"));
    let more = parts.len().saturating_sub(SHOWN);
    for part in parts.into_iter().take(SHOWN) {
        let count = part.count;
        let mut number = Cell::from(Value::Count(count.findings));
        if let Some(filter) = part.filter {
            number = number.to(teller.list(count.findings, "counted", &[filter]));
        }
        table.push(Row::of(vec![
            part.name,
            number.bar(count.findings as f64 / most as f64),
            Value::share(count.findings, all).into(),
            Value::count(count.before).into(),
            Value::Count(count.concerned.deals).into(),
            teller.money_cell(count.concerned.sum),
        ]));
    }
    let more = match more {
        0 => String::new(),
        more => words.count("board-more", more),
    };
    Shares { table, more }
}
