//! The comparison as tables: company, groups and people; rules; stages.

use std::cmp::Reverse;

use ::figures::Change;
use ::figures::compare::rank;
use ::figures::light::{Colour, Tally};
use app::compare::Comparison;
use history::{EmployeeId, StageId};

use super::super::address::{self, with};
use super::super::change;
use super::super::deals;
use super::super::light::Whose;
use super::super::names::Names;
use super::super::table::{Cell, Row, Table, Value};
use super::super::{Member, Words};

/// Puts a comparison into tables.
pub(super) struct Tables<'a> {
    found: &'a Comparison<'a>,
    names: Names<'a>,
    words: Words,
    member: &'a Member,
    /// The list of what is compared, without a side; empty: not for these eyes.
    list: String,
}

impl<'a> Tables<'a> {
    pub fn new(found: &'a Comparison<'a>, member: &'a Member, list: String) -> Tables<'a> {
        let words = member.words();
        Tables {
            names: Names::of(&found.sides.audited, words.0),
            words,
            member,
            list,
            found,
        }
    }

    /// A number of findings, with the list that it counts.
    fn number(&self, count: u64, side: &str, part: (&str, &str)) -> Cell {
        let href = match count == 0 || self.list.is_empty() {
            true => String::new(),
            false => with(&self.list, &[("side", side), part]),
        };
        Cell::from(Value::Count(count)).to(href)
    }

    fn told(&self, change: Option<&Change>) -> Cell {
        match change {
            Some(change) => change::told(self.words, change),
            None => Cell::text(self.words.text("compare-not-told")),
        }
    }

    fn rate(&self, findings: u64, deals: u64) -> String {
        let of = deals::count(self.words, deals);
        match deals {
            0 => of,
            _ => {
                let rate = 100.0 * findings as f64 / deals as f64;
                let rate = wording::decimal(rate, 1, self.words.0);
                let said = [("rate", rate.into()), ("deals", of.into())];
                self.words.say("compare-rate", &said)
            }
        }
    }

    /// Company, groups and people: their lights, their findings, what changed.
    pub fn people(&self) -> Table {
        let words = self.words;
        let mut table = Table::new(self.member, "people", words.text("compare-people"))
            .column(words.text("board-name"))
            .number(words.text("compare-light-before"))
            .number(words.text("compare-light-after"))
            .number(words.text("compare-before"))
            .number(words.text("compare-after"))
            .column(words.text("compare-change"));
        table.push(Row::sum(self.row(Whose::Company)));
        for (whose, is_within) in self.everybody() {
            let row = self.row(whose);
            table.push(match (whose, is_within) {
                (Whose::Group(_), _) => Row::sum(row),
                (_, true) => Row::of(row).below(),
                (_, false) => Row::of(row),
            });
        }
        table
    }

    /// Each group with its people below it, then people without a group; of each the surest change
    /// first. With each: whether they stand below a group.
    fn everybody(&self) -> Vec<(Whose, bool)> {
        let [before, after] = &self.found.sides.lights;
        let people = before.people.keys().chain(after.people.keys());
        let mut people: Vec<EmployeeId> = people.copied().collect();
        people.sort_unstable();
        people.dedup();
        people.sort_by_key(|one| self.place(Whose::Person(*one)));
        let groups = before.groups.keys().chain(after.groups.keys());
        let mut groups: Vec<_> = groups.copied().collect();
        groups.sort_unstable();
        groups.dedup();
        groups.sort_by_key(|one| self.place(Whose::Group(*one)));
        let last = self.found.sides.spans[1].dates().1;
        let mut all = Vec::new();
        for group in groups {
            all.push((Whose::Group(group), false));
            let (within, others) = people
                .into_iter()
                .partition(|one| self.names.group_at(*one, last) == group);
            people = others;
            let within: Vec<EmployeeId> = within;
            all.extend(within.into_iter().map(|one| (Whose::Person(one), true)));
        }
        all.extend(people.into_iter().map(|one| (Whose::Person(one), false)));
        all
    }

    fn change(&self, whose: Whose) -> Change {
        let [before, after] = self.tallies(whose);
        Change {
            findings: (all(&before), all(&after)),
            deals: (before.deals, after.deals),
        }
    }

    fn tallies(&self, whose: Whose) -> [Tally; 2] {
        let [before, after] = &self.found.sides.lights;
        [before, after].map(|lights| whose.of(lights).copied().unwrap_or_default())
    }

    fn place(&self, whose: Whose) -> (u8, Reverse<u64>) {
        let change = self.change(whose);
        (rank(&change), Reverse(change.findings.1))
    }

    fn row(&self, whose: Whose) -> Vec<Cell> {
        let (name, part) = match whose {
            Whose::Company => (self.words.text("board-company"), ("", "")),
            Whose::Group(id) => (self.names.group(id), ("group", self.names.group_id(id))),
            Whose::Person(id) => (
                self.names.person(id),
                ("employee", self.names.person_id(id)),
            ),
        };
        let [before, after] = self.tallies(whose);
        let change = self.change(whose);
        let told = self.found.sides.changes.is_some().then_some(&change);
        let number = |tally: &Tally, side| {
            let below = self.rate(all(tally), tally.deals);
            self.number(all(tally), side, part).small(below)
        };
        vec![
            Cell::text(name),
            self.light(&before),
            self.light(&after),
            number(&before, "before"),
            number(&after, "after"),
            self.told(told),
        ]
    }

    /// The weighted rate in its colour.
    fn light(&self, tally: &Tally) -> Cell {
        let limits = &self.found.sides.audited.regulation.latest().light;
        let colour = tally.colour(limits);
        let value = match (colour, tally.rate(limits)) {
            (Colour::TooLittleData, _) | (_, None) => {
                Value::Text(self.words.text("pipelines-little-data"))
            }
            (_, Some(rate)) => Value::Decimal(rate),
        };
        Cell::from(value).lit(colour)
    }

    /// Rules: how many findings each has, and which share of all.
    pub fn rules(&self) -> Table {
        let rules = self.found.sides.counts.rules.iter();
        let rows = rules.map(|(rule, count)| {
            let name = Cell::text(self.names.rule(rule)).to(address::rule(rule));
            (name, ("rule", *rule), self.found.sides.counted(count))
        });
        self.shares("rules", "compare-rules", "col-rule", rows.collect())
    }

    /// Stages: the same.
    pub fn stages(&self) -> Table {
        let stages = self.found.sides.counts.stages.iter();
        let rows = stages.map(|(stage, count)| {
            let (name, key) = match *stage == StageId::NONE {
                // No id asks for what has no stage.
                true => (Cell::text(self.words.text("board-no-stage")), "none"),
                false => {
                    let name = Cell::text(self.names.stage(*stage));
                    let name = name.small(self.names.pipeline_of(*stage));
                    (name, self.names.stage_id(*stage))
                }
            };
            let part = match key {
                "none" => ("no_stage", "yes"),
                id => ("stage", id),
            };
            (name, part, self.found.sides.counted(count))
        });
        self.shares("stages", "compare-stages", "filter-stage", rows.collect())
    }

    fn shares(
        &self,
        id: &'static str,
        title: &str,
        first: &str,
        mut rows: Vec<(Cell, (&str, &str), Change)>,
    ) -> Table {
        let words = self.words;
        let mut table = Table::new(self.member, id, words.text(title))
            .column(words.text(first))
            .number(words.text("compare-before"))
            .number(words.text("compare-share-before"))
            .number(words.text("compare-after"))
            .number(words.text("compare-share-after"))
            .column(words.text("compare-change"));
        rows.sort_by_key(|(_, _, change)| (rank(change), Reverse(change.findings.1)));
        let whole = self.change(Whose::Company).findings;
        for (name, part, change) in rows {
            let told = self.found.sides.changes.is_some().then_some(&change);
            let (before, after) = change.findings;
            table.push(Row::of(vec![
                name,
                self.number(before, "before", part)
                    .small(self.rate(before, change.deals.0)),
                Value::share(before, whole.0).into(),
                self.number(after, "after", part)
                    .small(self.rate(after, change.deals.1)),
                Value::share(after, whole.1).into(),
                self.told(told),
            ]));
        }
        table
    }
}

fn all(tally: &Tally) -> u64 {
    tally.findings.iter().sum()
}
