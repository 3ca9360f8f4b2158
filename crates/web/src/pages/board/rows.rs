//! The table of groups and people.

use std::cmp::Reverse;
use std::collections::BTreeSet;

use ::figures::Span;
use ::figures::deals::Closings;
use ::figures::light::{Colour, Lights, Run, Tally};
use history::{EmployeeId, GroupId};
use wording::Value as Said;

use super::super::light::{Light, Whose};
use super::super::table::{Cell, Row, Table, Value};
use super::Teller;

/// How many of the last periods of a run show their shapes.
const SHAPES: usize = 4;

/// Makes the table.
pub(super) struct Rows<'a> {
    teller: &'a Teller<'a>,
    limits: &'a audit::regulation::Light,
}

impl<'a> Rows<'a> {
    pub fn of(teller: &'a Teller<'a>) -> Rows<'a> {
        let regulation = teller.figures().audited.regulation;
        Rows {
            limits: &regulation.latest().light,
            teller,
        }
    }

    pub fn tally(&self, whose: Whose) -> Tally {
        let tally = whose.of(&self.teller.figures().lights);
        tally.copied().unwrap_or_default()
    }

    /// Somebody's light with what it rests on.
    pub fn light(&self, whose: Whose) -> Light {
        let before = self.teller.figures().lights_before.as_ref();
        let before = before.and_then(|lights| whose.of(lights));
        Light::of(self.teller.words, self.limits, &self.tally(whose), before)
    }

    /// The table: each group with its people below it, then people without a group; of each the
    /// worst first.
    pub fn table(&self) -> Table {
        let words = self.teller.words;
        let mut table = Table::new(self.teller.member, "people", words.text("board-people"))
            .column(words.text("board-name"))
            .column(words.text("col-light"))
            .column(words.text("board-run-weeks"))
            .column(words.text("board-run-months"))
            .number(words.text("col-rate"))
            .column(words.text("mine-trend"))
            .number(words.text("board-deals"))
            .number(words.text("board-lost"))
            .number(words.text("board-col-remarks"))
            .number(words.text("board-col-violations"))
            .number(words.text("col-gross"));
        let lights = &self.teller.figures().lights;
        let mut groups: Vec<GroupId> = lights.groups.keys().copied().collect();
        self.sort(&mut groups, Whose::Group);
        let closed = self.teller.overview.closed.people.keys();
        let people = lights.people.keys().chain(closed).copied();
        let people: BTreeSet<EmployeeId> = people.filter(|one| one.is_some()).collect();
        let mut people: Vec<EmployeeId> = people.into_iter().collect();
        self.sort(&mut people, Whose::Person);
        let last = self.teller.figures().span.dates().1;
        for group in groups {
            table.push(Row::sum(self.row(Whose::Group(group))));
            let (within, others) = people
                .into_iter()
                .partition(|one| self.teller.names.group_at(*one, last) == group);
            people = others;
            for person in within {
                table.push(Row::of(self.row(Whose::Person(person))).below());
            }
        }
        for person in people {
            table.push(Row::of(self.row(Whose::Person(person))));
        }
        if let Some(row) = self.nobody() {
            table.push(Row::of(row));
        }
        table
    }

    fn row(&self, whose: Whose) -> Vec<Cell> {
        let (teller, names) = (self.teller, self.teller.names);
        let tally = self.tally(whose);
        let (name, part) = match whose {
            Whose::Company => (String::new(), ("", "")),
            Whose::Group(id) => (names.group(id), ("group", names.group_id(id))),
            Whose::Person(id) => (names.person(id), ("employee", names.person_id(id))),
        };
        let number = |severity: usize, word: &str| {
            let (count, of) = (tally.findings[severity], [part, ("severity", word)]);
            Cell::from(Value::Count(count)).to(teller.list(count, "counted", &of))
        };
        let colour = tally.colour(self.limits);
        let rate = tally.rate(self.limits);
        let rate = rate.filter(|_| colour != Colour::TooLittleData);
        let [weeks, months] = self.runs(whose);
        vec![
            Cell::text(name),
            Value::Lamp(colour, tally.is_borderline(self.limits)).into(),
            weeks,
            months,
            Cell::from(Value::decimal(rate)).small(self.light(whose).before),
            self.trend(whose).into(),
            self.deals(tally.deals, part),
            self.lost(whose, part),
            number(0, "remark"),
            number(1, "violation"),
            number(2, "gross"),
        ]
    }

    fn deals(&self, count: u64, part: (&str, &str)) -> Cell {
        let href = match count {
            0 => String::new(),
            _ => self.teller.deals(&[("kind", "in_work"), part]),
        };
        Cell::from(Value::Count(count)).to(href)
    }

    /// How many deals were lost, of how many closed.
    fn lost(&self, whose: Whose, part: (&str, &str)) -> Cell {
        let closed = &self.teller.overview.closed;
        let closings = match whose {
            Whose::Company => Some(&closed.company),
            Whose::Group(group) => closed.groups.get(&group),
            Whose::Person(person) => closed.people.get(&person),
        };
        self.closings(closings.copied().unwrap_or_default(), part)
    }

    pub fn closings(&self, closings: Closings, part: (&str, &str)) -> Cell {
        if closings.all() == 0 {
            return Value::Empty.into();
        }
        let href = match closings.lost {
            0 => String::new(),
            _ => self.teller.deals(&[("kind", "lost"), part]),
        };
        let all = [("count", Said::Count(closings.all() as i64))];
        Cell::from(Value::Count(closings.lost))
            .to(href)
            .small(self.teller.words.say("board-lost-of", &all))
    }

    /// The weighted rates of somebody's weeks.
    pub fn trend(&self, whose: Whose) -> Value {
        let rate = |tally: &Tally| {
            let enough = tally.colour(self.limits) != Colour::TooLittleData;
            tally.rate(self.limits).filter(|_| enough)
        };
        let weeks = self.teller.overview.weeks.iter();
        let rates: Vec<Option<f64>> = weeks
            .map(|(_, lights)| whose.of(lights).and_then(rate))
            .collect();
        match rates.iter().all(Option::is_none) {
            true => Value::Empty,
            false => Value::Trend(rates),
        }
    }

    /// For how many weeks, and for how many months, somebody's light has not been green.
    pub fn runs(&self, whose: Whose) -> [Cell; 2] {
        let overview = self.teller.overview;
        let span = self.teller.figures().span;
        let weeks = (&overview.weeks[..], matches!(span, Span::Week(_)));
        let months = (&overview.months[..], matches!(span, Span::Month(_)));
        [
            self.run(whose, weeks, "board-run-week"),
            self.run(whose, months, "board-run-month"),
        ]
    }

    fn run(&self, whose: Whose, (periods, is_own): (&[(Span, Lights)], bool), word: &str) -> Cell {
        let words = self.teller.words;
        let colour = |(_, lights): &(Span, Lights)| {
            let tally = whose.of(lights).copied().unwrap_or_default();
            tally.colour(self.limits)
        };
        let mut colours: Vec<Colour> = periods.iter().map(colour).collect();
        if !is_own {
            // The week or month in which another period ends may have hardly begun.
            while colours.last() == Some(&Colour::TooLittleData) {
                colours.pop();
            }
        }
        let run = Run::of(colours.iter().copied());
        if run.length < 2 {
            return Value::Empty.into();
        }
        let told = words.count(word, run.length);
        let shapes: String = colours[colours.len() - run.length.min(SHAPES)..]
            .iter()
            .map(|colour| match colour {
                Colour::Red => '■',
                _ => '▲',
            })
            .collect();
        let red = match run.red {
            0 => String::new(),
            red => words.count("board-run-red", red),
        };
        let last = colours.last().copied().unwrap_or(Colour::TooLittleData);
        Cell::text(format!("{told} {shapes}")).small(red).run(last)
    }

    /// What is held against nobody: without it the rows would not add up to the company.
    fn nobody(&self) -> Option<Vec<Cell>> {
        let (teller, words) = (self.teller, self.teller.words);
        let none = EmployeeId::NONE;
        let count = teller.figures().counts.people.get(&none);
        let count = count.copied().unwrap_or_default();
        let part = ("nobody", "yes");
        let number = |severity: usize, word: &str| {
            let (count, of) = (count.severities[severity], [part, ("severity", word)]);
            Cell::from(Value::Count(count)).to(teller.list(count, "counted", &of))
        };
        let closed = teller.overview.closed.people.get(&none);
        let closed = closed.copied().unwrap_or_default();
        (count.findings > 0 || closed.all() > 0).then(|| {
            // Nobody has no light.
            let empty = || Cell::from(Value::Empty);
            let mut cells = vec![Cell::text(words.text("board-nobody"))];
            cells.extend((0..6).map(|_| empty()));
            cells.push(self.closings(closed, part));
            cells.extend([
                number(0, "remark"),
                number(1, "violation"),
                number(2, "gross"),
            ]);
            cells
        })
    }

    fn sort<I: Copy>(&self, ids: &mut [I], whose: impl Fn(I) -> Whose) {
        ids.sort_by_key(|id| {
            let tally = self.tally(whose(*id));
            let little = tally.colour(self.limits) == Colour::TooLittleData;
            let rate = tally.rate(self.limits).unwrap_or(0.0);
            (
                little,
                Reverse((rate * 1000.0) as u64),
                Reverse(tally.deals),
            )
        });
    }
}
