//! Who holds what at which stage, darker where it is more.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use ::figures::funnel::{Flow, Now, Part, Standing};
use history::{EmployeeId, StageId};

use super::super::Member;
use super::super::table::{Cell, Row, Table, Value};
use super::Teller;

/// A thing that the table can show.
pub(super) struct Way {
    pub href: String,
    pub label: String,
    pub here: bool,
}

/// What is shown of deals.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Shows {
    Deals,
    Overdue,
    Hung,
}

impl Shows {
    const ALL: [(Shows, &'static str); 3] = [
        (Shows::Deals, ""),
        (Shows::Overdue, "overdue"),
        (Shows::Hung, "hung"),
    ];

    fn of(word: &str) -> Shows {
        let known = Shows::ALL.into_iter().find(|(_, known)| *known == word);
        known.map_or(Shows::Deals, |(shows, _)| shows)
    }

    /// How much it is.
    fn much(self, now: &Now) -> i64 {
        match self {
            Shows::Deals => now.deals as i64,
            Shows::Overdue => now.overdue as i64,
            Shows::Hung => now.hung.money().unwrap_or(0),
        }
    }
}

/// What the table can show, and what it shows.
pub(super) fn ways(teller: &Teller<'_>) -> Vec<Way> {
    let here = Shows::of(&teller.asked.show);
    let way = |(shows, word): (Shows, &'static str)| Way {
        href: format!("{}#heat", teller.asked.address("/funnel", "show", word)),
        label: teller.words.text(match shows {
            Shows::Deals => "funnel-show-deals",
            Shows::Overdue => "funnel-show-overdue",
            Shows::Hung => "funnel-show-hung",
        }),
        here: shows == here,
    };
    Shows::ALL.map(way).into()
}

/// The table of people and stages; whoever holds most stands first.
pub(super) fn table(
    teller: &Teller<'_>,
    member: &Member,
    stages: &[StageId],
    flow: &Flow,
) -> Table {
    let (words, shows) = (teller.words, Shows::of(&teller.asked.show));
    let table = Table::new(member, "heat", words.text("funnel-heat"))
        .column(words.text("col-employee"))
        .number(words.text("funnel-col-all"));
    let column = |table: Table, stage: &StageId| table.number(teller.stage(*stage));
    let mut table = stages.iter().fold(table, column);
    let mut people: BTreeMap<EmployeeId, Vec<Standing>> = BTreeMap::new();
    for standing in &flow.standing {
        let theirs = people.entry(standing.cut.employee).or_default();
        theirs.push(*standing);
    }
    let now = |standing: &[Standing]| -> Vec<i64> {
        let factors = &teller.sales.factors;
        let at = |stage: &StageId| shows.much(&Now::of(*stage, standing, factors));
        stages.iter().map(at).collect()
    };
    let mut rows: Vec<(EmployeeId, Vec<i64>)> = people
        .into_iter()
        .map(|(person, standing)| (person, now(&standing)))
        .collect();
    rows.retain(|(_, much)| much.iter().any(|much| *much > 0));
    rows.sort_by_key(|(_, much)| Reverse(sum(much)));
    let most = rows.iter().flat_map(|(_, much)| much).max();
    let most = most.copied().unwrap_or(0).max(1);
    for (person, much) in rows {
        let whose = [("employee", teller.person_id(person))];
        let mut cells = vec![
            Cell::text(teller.person(person)),
            cell(teller, shows, sum(&much), &whose),
        ];
        cells.extend(stages.iter().zip(much).map(|(stage, much)| {
            let at = [whose[0], ("stage", teller.stage_id(*stage))];
            cell(teller, shows, much, &at).heat(much as f64 / most as f64)
        }));
        table.push(Row::of(cells));
    }
    table
}

fn sum(much: &[i64]) -> i64 {
    much.iter().fold(0, |sum, one| sum.saturating_add(*one))
}

fn cell(teller: &Teller<'_>, shows: Shows, much: i64, more: &[(&str, &str)]) -> Cell {
    if much <= 0 {
        return Cell::from(match shows {
            Shows::Hung => Value::Empty,
            _ => Value::Count(0),
        });
    }
    match shows {
        Shows::Deals => teller.count(much as u64, teller.standing(Part::Standing, more)),
        Shows::Overdue => teller.count(much as u64, teller.list(Part::Overdue, more)),
        Shows::Hung => Cell::from(teller.money(much)).to(teller.standing(Part::Hung, more)),
    }
}
