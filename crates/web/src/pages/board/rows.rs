//! The table of groups and people.

use std::cmp::Reverse;

use ::figures::light::{Colour, Tally};
use history::{EmployeeId, GroupId};
use wording::{integer, one_line};

use super::super::light::{Light, Weeks, Whose};
use super::{NAME, Number, Teller};

/// The company, a group or a person.
pub(super) struct Row {
    pub name: String,
    /// Whether it sums up the people below it.
    pub is_group: bool,
    /// Whether it stands below such a row.
    pub is_within: bool,
    /// Deals in work.
    pub deals: String,
    pub remarks: Number,
    pub violations: Number,
    pub gross: Number,
    pub light: Light,
    pub spark: String,
    /// That it has been yellow or red for several weeks; empty: it has not.
    pub run: String,
}

/// Makes the rows.
pub(super) struct Rows<'a> {
    teller: &'a Teller<'a>,
    weeks: Weeks,
}

impl<'a> Rows<'a> {
    pub fn of(teller: &'a Teller<'a>) -> Rows<'a> {
        Rows {
            weeks: Weeks::of(teller.figures),
            teller,
        }
    }

    pub fn row(&self, whose: Whose) -> Row {
        let (figures, words) = (self.teller.figures, self.teller.words);
        let limits = &figures.audited.regulation.latest().light;
        let people = &figures.audited.history.people;
        let tally = whose.of(&figures.lights).copied().unwrap_or_default();
        let before = figures.lights_before.as_ref();
        let before = before.and_then(|lights| whose.of(lights));
        let (name, key, id) = match whose {
            Whose::Company => (String::new(), "", ""),
            Whose::Group(id) => {
                let group = people.groups.get(id.index());
                let name = group.map_or("", |group| &group.name);
                (one_line(name, NAME), "group", people.group_ids.get(id.0))
            }
            Whose::Person(id) => {
                let name = one_line(people.name(id), NAME);
                (name, "employee", people.ids.get(id.0))
            }
        };
        let number = |severity: usize, word: &str| {
            let of = [(key, id), ("severity", word)];
            self.teller.number(tally.findings[severity], "counted", &of)
        };
        let weeks = match tally.colour(limits) {
            Colour::Yellow | Colour::Red => self.weeks.not_green(limits, whose),
            Colour::Green | Colour::TooLittleData => 0,
        };
        Row {
            name,
            is_group: matches!(whose, Whose::Group(_)),
            is_within: false,
            deals: integer(tally.deals as i64, words.0),
            remarks: number(0, "remark"),
            violations: number(1, "violation"),
            gross: number(2, "gross"),
            light: Light::of(words, limits, &tally, before),
            spark: self.weeks.spark(words, limits, whose),
            run: match weeks {
                0 | 1 => String::new(),
                weeks => words.count("board-run", weeks),
            },
        }
    }

    /// Each group with its people below it, then people without a group; of each the worst first.
    pub fn all(&self) -> Vec<Row> {
        let figures = self.teller.figures;
        let lights = &figures.lights;
        let mut groups: Vec<GroupId> = lights.groups.keys().copied().collect();
        self.sort(&mut groups, Whose::Group);
        let mut people: Vec<EmployeeId> = lights.people.keys().copied().collect();
        self.sort(&mut people, Whose::Person);
        let mut rows = Vec::with_capacity(groups.len() + people.len());
        for group in groups {
            rows.push(self.row(Whose::Group(group)));
            let (within, others) = people
                .into_iter()
                .partition(|one| self.group(*one) == group);
            people = others;
            rows.extend(within.into_iter().map(|one| Row {
                is_within: true,
                ..self.row(Whose::Person(one))
            }));
        }
        rows.extend(people.into_iter().map(|one| self.row(Whose::Person(one))));
        rows.extend(self.nobody());
        rows
    }

    /// What is held against nobody: without it the rows would not add up to the company.
    fn nobody(&self) -> Option<Row> {
        let (counts, words) = (&self.teller.figures.counts, self.teller.words);
        let count = counts.people.get(&EmployeeId::NONE)?;
        let number = |severity: usize, word: &str| {
            let of = [("nobody", "yes"), ("severity", word)];
            self.teller
                .number(count.severities[severity], "counted", &of)
        };
        (count.findings > 0).then(|| Row {
            name: words.text("board-nobody"),
            remarks: number(0, "remark"),
            violations: number(1, "violation"),
            gross: number(2, "gross"),
            deals: "—".to_owned(),
            // Nobody has no light.
            light: Light {
                lamp: "—".to_owned(),
                ..Light::of(
                    words,
                    &self.teller.figures.audited.regulation.latest().light,
                    &Tally::default(),
                    None,
                )
            },
            is_group: false,
            is_within: false,
            spark: String::new(),
            run: String::new(),
        })
    }

    /// The group that somebody belongs to at the end of the period.
    fn group(&self, person: EmployeeId) -> GroupId {
        let audited = &self.teller.figures.audited;
        let today = audited.zone().date(audited.now);
        let last = self.teller.figures.span.dates().1.unwrap_or(today);
        let people = &audited.history.people;
        let membership = people.membership(person, last.min(today));
        membership.map_or(GroupId::NONE, |membership| membership.group)
    }

    fn sort<I: Copy>(&self, ids: &mut [I], whose: impl Fn(I) -> Whose) {
        let figures = self.teller.figures;
        let limits = &figures.audited.regulation.latest().light;
        ids.sort_by_key(|id| {
            let tally = whose(*id).of(&figures.lights).copied().unwrap_or_default();
            let little = tally.colour(limits) == Colour::TooLittleData;
            let rate = tally.rate(limits).unwrap_or(0.0);
            (
                little,
                Reverse((rate * 1000.0) as u64),
                Reverse(tally.deals),
            )
        });
    }
}
