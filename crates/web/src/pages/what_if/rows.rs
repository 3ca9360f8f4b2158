//! What would have been, as numbers and tables.

use app::what_if::{Line, Part, WhatIf};
use figures::light::Tally;
use history::{EmployeeId, StageId};
use wording::{integer, one_line};

use super::super::address;
use super::super::table::{Cell, Row, Table, Value};
use super::super::{Member, Words};
use super::{Asked, Number};

/// Characters of a foreign name.
const NAME: usize = 60;

/// What would have been.
pub(in super::super) struct Summary {
    /// Whether nothing would be different.
    pub is_same: bool,
    /// The period in words.
    pub period: String,
    pub before: Number,
    pub after: Number,
    pub new: Number,
    pub gone: Number,
    pub deals: [String; 2],
    pub money: [String; 2],
    /// What decisions leave out on either side; empty: nothing.
    pub left_out: String,
    /// Whether what was found by older versions was judged anew.
    pub rejudged: bool,
    pub lights: Table,
    pub rules: Table,
    pub stages: Table,
    /// None: the reader sees nobody's figures.
    pub people: Option<Table>,
}

impl Summary {
    /// With `asked`, the page's own address, numbers lead to what they count.
    pub fn of(what_if: &WhatIf<'_>, member: &Member, asked: Option<&Asked>) -> Summary {
        let telling = Telling {
            what_if,
            member,
            words: member.words(),
            asked: asked.filter(|_| what_if.sees.findings),
        };
        telling.summary()
    }

    /// All tables, for those who take one away.
    pub fn tables(&self) -> Vec<&Table> {
        let tables = [&self.lights, &self.rules, &self.stages];
        tables.into_iter().chain(&self.people).collect()
    }
}

/// Puts it into words.
struct Telling<'a, 'w> {
    what_if: &'a WhatIf<'w>,
    member: &'a Member,
    words: Words,
    asked: Option<&'a Asked>,
}

/// A key of the list of findings, by which a number is narrowed.
type Key<'k> = (&'static str, &'k str);

impl Telling<'_, '_> {
    fn summary(&self) -> Summary {
        let (what_if, words) = (self.what_if, self.words);
        let all = what_if.all();
        let concerned = [all.before.concerned, all.after.concerned];
        let left = [&what_if.left_out.0, &what_if.left_out.1];
        let left = left.map(|left| left.values().map(|count| count.findings).sum::<u64>());
        let number = |part: Part, count: u64| self.number(part, count, &[]);
        let rules = self.rules();
        Summary {
            is_same: all.is_same(),
            period: self.period(),
            before: number(Part::Before, all.before.findings),
            after: number(Part::After, all.after.findings),
            new: number(Part::New, all.new),
            gone: number(Part::Gone, all.gone),
            deals: concerned.map(|one| words.count("what-if-deals", one.deals as usize)),
            money: concerned.map(|one| self.money(one.sum).shown(&words)),
            left_out: match left {
                [0, 0] => String::new(),
                [before, after] => {
                    let count = |count: u64| integer(count as i64, words.0).into();
                    let args = [("before", count(before)), ("after", count(after))];
                    words.say("what-if-left-out", &args)
                }
            },
            rejudged: what_if.rejudged,
            lights: self.lights(),
            rules,
            stages: self.stages(),
            people: what_if.sees.people.then(|| self.people()),
        }
    }

    fn period(&self) -> String {
        let (from, to) = self.what_if.span.dates();
        let date = |date: Option<jiff::civil::Date>| {
            date.map_or_else(|| "…".to_owned(), |date| wording::date(date, self.words.0))
        };
        format!("{} – {}", date(from), date(to))
    }

    fn money(&self, hundredths: i64) -> Cell {
        let currency = &self.what_if.after.audited.history.account.currency;
        Value::Money(hundredths, currency.clone()).into()
    }

    /// Where the findings of a part are listed; empty: nowhere that the reader may look.
    fn list(&self, part: Part, count: u64, keys: &[Key<'_>]) -> String {
        let Some(asked) = self.asked.filter(|_| count > 0) else {
            return String::new();
        };
        let mut others = vec![("part", part.as_str())];
        others.extend(keys);
        asked.address("/regulation/what-if/findings", &others)
    }

    fn number(&self, part: Part, count: u64, keys: &[Key<'_>]) -> Number {
        Number {
            text: integer(count as i64, self.words.0),
            href: self.list(part, count, keys),
        }
    }

    /// The table of something, without rows.
    fn table(&self, id: &'static str, what: &str) -> Table {
        let words = self.words;
        let title = |id: &str| words.text(&format!("what-if-col-{id}"));
        Table::new(self.member, id, words.text(&format!("what-if-by-{id}")))
            .column(title(what))
            .number(title("before"))
            .number(title("after"))
            .number(title("difference"))
            .number(title("new"))
            .number(title("gone"))
            .number(title("money-before"))
            .number(title("money-after"))
    }

    fn cells(&self, what: Cell, line: &Line, keys: &[Key<'_>]) -> Vec<Cell> {
        let (before, after) = (line.before.findings, line.after.findings);
        let count = |part: Part, count: u64| {
            Cell::from(Value::Count(count)).to(self.list(part, count, keys))
        };
        vec![
            what,
            count(Part::Before, before),
            count(Part::After, after),
            Value::Signed(after as i64 - before as i64).into(),
            count(Part::New, line.new),
            count(Part::Gone, line.gone),
            self.money(line.before.concerned.sum),
            self.money(line.after.concerned.sum),
        ]
    }

    /// Those that change, the most changed first; where none does, all.
    fn sorted<K: Copy>(lines: impl IntoIterator<Item = (K, Line)>) -> Vec<(K, Line)> {
        let mut lines: Vec<(K, Line)> = lines.into_iter().collect();
        if lines.iter().any(|(_, line)| !line.is_same()) {
            lines.retain(|(_, line)| !line.is_same());
        }
        lines.sort_by_key(|(_, line)| {
            let changed = line.after.findings.abs_diff(line.before.findings);
            let most = line.before.findings.max(line.after.findings);
            std::cmp::Reverse((changed, line.new + line.gone, most))
        });
        lines
    }

    fn rules(&self) -> Table {
        let (what_if, words) = (self.what_if, self.words);
        let mut table = self.table("rules", "rule");
        let all = Cell::text(words.text("what-if-all"));
        table.push(Row::sum(self.cells(all, &what_if.all(), &[])));
        for (rule, line) in Self::sorted(what_if.rules()) {
            let title = one_line(what_if.title(rule, words.0), 80);
            let title = Cell::text(title).to(address::rule(rule)).small(rule);
            table.push(Row::of(self.cells(title, &line, &[("by_rule", rule)])).below());
        }
        table
    }

    fn stages(&self) -> Table {
        let pipelines = &self.what_if.after.audited.history.pipelines;
        let mut table = self.table("stages", "stage");
        for (stage, line) in Self::sorted(self.what_if.stages()) {
            let id = pipelines.stage_ids.get(stage.0);
            let (name, key) = match stage == StageId::NONE {
                true => (self.words.text("what-if-no-stage"), ("no_stage", "yes")),
                false => (
                    one_line(pipelines.stage_name(stage), NAME),
                    ("by_stage", id),
                ),
            };
            table.push(Row::of(self.cells(Cell::text(name), &line, &[key])));
        }
        table
    }

    fn people(&self) -> Table {
        let people = &self.what_if.after.audited.history.people;
        let mut table = self.table("people", "person");
        for (person, line) in Self::sorted(self.what_if.people()) {
            let id = people.ids.get(person.0);
            let (name, key) = match person == EmployeeId::NONE {
                true => (self.words.text("what-if-nobody"), ("nobody", "yes")),
                false => (one_line(people.name(person), NAME), ("by_person", id)),
            };
            table.push(Row::of(self.cells(Cell::text(name), &line, &[key])));
        }
        table
    }

    /// The company's light, and those of groups and people that change.
    fn lights(&self) -> Table {
        let (what_if, words) = (self.what_if, self.words);
        let title = |id: &str| words.text(&format!("what-if-col-{id}"));
        let mut table = Table::new(self.member, "lights", words.text("what-if-by-lights"))
            .column(title("whose"))
            .column(title("light-before"))
            .column(title("light-after"))
            .number(title("rate-before"))
            .number(title("rate-after"))
            .number(title("in-work"));
        let settings = what_if.light_settings();
        let cells = |name: String, before: &Tally, after: &Tally| {
            let lamp = |tally: &Tally, light| {
                Cell::from(Value::Lamp(tally.colour(light), tally.is_borderline(light)))
            };
            vec![
                Cell::text(name),
                lamp(before, settings[0]),
                lamp(after, settings[1]),
                Value::decimal(before.rate(settings[0])).into(),
                Value::decimal(after.rate(settings[1])).into(),
                Value::Count(after.deals).into(),
            ]
        };
        let (before, after) = (&what_if.before.lights, &what_if.after.lights);
        let company = words.text("what-if-company");
        table.push(Row::sum(cells(company, &before.company, &after.company)));
        let people = &what_if.after.audited.history.people;
        let changed = what_if.changed_lights();
        for (id, old, new) in &changed.groups {
            let name = people
                .groups
                .get(id.index())
                .map_or("", |group| &group.name);
            table.push(Row::of(cells(one_line(name, NAME), old, new)).below());
        }
        for (id, old, new) in &changed.people {
            let name = one_line(people.name(*id), NAME);
            table.push(Row::of(cells(name, old, new)).below());
        }
        table
    }
}
