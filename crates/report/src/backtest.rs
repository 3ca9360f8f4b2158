//! A backtest as tables: what another regulation would have found.

use audit::message::Speaker;
use figures::backtest::Backtest;
use figures::light::Tally;
use figures::{Change, Count};
use history::EmployeeId;
use wording::{Value, one_line};

use crate::section::table;
use crate::table::{Cell, Row, Table, row};
use crate::words::{text, word};

/// How many changed deals are listed.
const LISTED: usize = 20;

/// The tables of a backtest; `speaker` speaks of the history.
pub fn backtest(tried: &Backtest<'_>, speaker: &Speaker<'_>) -> Vec<Table> {
    vec![
        rules(tried, speaker),
        stages(tried, speaker),
        people(tried, speaker),
        deals(tried, speaker),
    ]
}

/// In one sentence: how many findings were, are, appear and vanish, and who is newly hit.
pub fn backtest_summary(tried: &Backtest<'_>, speaker: &Speaker<'_>) -> String {
    let lang = speaker.lang();
    if tried.is_unchanged() {
        return word(lang, "backtest-unchanged");
    }
    let names = |people: &[EmployeeId]| {
        let names: Vec<String> = people.iter().map(|id| speaker.person(*id)).collect();
        let said = if names.is_empty() {
            "—".to_owned()
        } else {
            names.join(", ")
        };
        Value::Text(said.into())
    };
    let count = |n: u64| Value::Count(n as i64);
    let args = [
        ("before", count(tried.before.counts.all.findings)),
        ("after", count(tried.after.counts.all.findings)),
        ("appear", count(tried.appear.len() as u64)),
        ("vanish", count(tried.vanish.len() as u64)),
        ("deals", count(tried.deals.len() as u64)),
        ("newly", names(&tried.newly_hit)),
        ("no-longer", names(&tried.no_longer)),
    ];
    text(lang, "backtest-summary", &args)
}

/// Findings under both, with their rates over the company's deals in work.
fn counts(tried: &Backtest<'_>, what: Cell, before: Option<&Count>, after: Option<&Count>) -> Row {
    let of = |count: Option<&Count>| count.map_or(0, |count| count.findings);
    let change = Change {
        findings: (of(before), of(after)),
        deals: (
            tried.before.lights.company.deals,
            tried.after.lights.company.deals,
        ),
    };
    let rates = change.rates();
    row(vec![
        what,
        Cell::Count(of(before)),
        Cell::Count(of(after)),
        Cell::Signed(of(after) as i64 - of(before) as i64),
        Cell::decimal(rates.0),
        Cell::decimal(rates.1),
    ])
}

const COUNTED: [(&str, bool); 5] = [
    ("col-findings-before", true),
    ("col-findings-after", true),
    ("col-difference", true),
    ("col-rate-before", true),
    ("col-rate-plain", true),
];

fn both<'k, K: Ord + Copy + 'k>(
    a: impl Iterator<Item = &'k K>,
    b: impl Iterator<Item = &'k K>,
) -> std::collections::BTreeSet<K> {
    a.chain(b).copied().collect()
}

fn rules(tried: &Backtest<'_>, speaker: &Speaker<'_>) -> Table {
    let lang = speaker.lang();
    let columns: Vec<(&str, bool)> = [("col-rule", false)].into_iter().chain(COUNTED).collect();
    let mut table = table(lang, "backtest-rules", &columns);
    let (old, new) = (&tried.before.counts, &tried.after.counts);
    for rule in both(old.rules.keys(), new.rules.keys()) {
        let title = [&tried.after, tried.before].into_iter().find_map(|side| {
            let entries = &side.audited.regulation.latest().entries;
            entries.iter().find(|entry| entry.name == rule)
        });
        let title = title.map_or(rule, |entry| entry.title(lang));
        let what = Cell::Text(format!("{title} ({rule})"));
        table.rows.push(counts(
            tried,
            what,
            old.rules.get(rule),
            new.rules.get(rule),
        ));
    }
    let what = Cell::Text(word(lang, "all"));
    table.rows.push(Row {
        strong: true,
        ..counts(tried, what, Some(&old.all), Some(&new.all))
    });
    table
}

fn stages(tried: &Backtest<'_>, speaker: &Speaker<'_>) -> Table {
    let lang = speaker.lang();
    let columns: Vec<(&str, bool)> = [("col-stage", false)].into_iter().chain(COUNTED).collect();
    let mut table = table(lang, "backtest-stages", &columns);
    let (old, new) = (&tried.before.counts.stages, &tried.after.counts.stages);
    for stage in both(old.keys(), new.keys()) {
        let what = if stage.is_none() {
            word(lang, "no-stage")
        } else {
            speaker.stage(stage)
        };
        table.rows.push(counts(
            tried,
            Cell::Text(what),
            old.get(&stage),
            new.get(&stage),
        ));
    }
    table
}

/// Findings and rates by person, the company first.
fn people(tried: &Backtest<'_>, speaker: &Speaker<'_>) -> Table {
    let lang = speaker.lang();
    let columns = [
        ("col-who", false),
        ("col-findings-before", true),
        ("col-findings-after", true),
        ("col-difference", true),
        ("col-rate", true),
        ("col-rate-after", true),
        ("col-light", false),
        ("col-light-after", false),
    ];
    let mut table = table(lang, "backtest-people", &columns);
    let lights = [&tried.before.audited, &tried.after.audited]
        .map(|audited| &audited.regulation.latest().light);
    let line = |who: String, old: Tally, new: Tally| {
        let all = |tally: &Tally| tally.findings.iter().sum::<u64>();
        let lamp =
            |tally: &Tally, light| Cell::Lamp(tally.colour(light), tally.is_borderline(light));
        row(vec![
            Cell::Text(who),
            Cell::Count(all(&old)),
            Cell::Count(all(&new)),
            Cell::Signed(all(&new) as i64 - all(&old) as i64),
            Cell::decimal(old.rate(lights[0])),
            Cell::decimal(new.rate(lights[1])),
            lamp(&old, lights[0]),
            lamp(&new, lights[1]),
        ])
    };
    let (old, new) = (&tried.before.lights, &tried.after.lights);
    let company = line(word(lang, "company"), old.company, new.company);
    table.rows.push(Row {
        strong: true,
        ..company
    });
    for person in both(old.people.keys(), new.people.keys()) {
        let of = |lights: &figures::light::Lights| {
            lights.people.get(&person).copied().unwrap_or_default()
        };
        let mut line = line(speaker.person(person), of(old), of(new));
        line.depth = 1;
        table.rows.push(line);
    }
    table
}

fn deals(tried: &Backtest<'_>, speaker: &Speaker<'_>) -> Table {
    let lang = speaker.lang();
    let columns = [
        ("col-deal", false),
        ("col-title", false),
        ("col-appear", true),
        ("col-vanish", true),
    ];
    let mut table = table(lang, "backtest-deals", &columns);
    for (deal, appear, vanish) in tried.deals.iter().take(LISTED) {
        let id = tried.before.audited.history.deals.get(deal.0);
        table.rows.push(row(vec![
            Cell::Text(one_line(id, 40)),
            Cell::Text(speaker.deal(*deal)),
            Cell::Count(*appear),
            Cell::Count(*vanish),
        ]));
    }
    let more = tried.deals.len().saturating_sub(LISTED);
    table.note = match (tried.deals.len(), more) {
        (0, _) => word(lang, "backtest-deals-none"),
        (_, 0) => table.note,
        (..) => text(
            lang,
            "backtest-deals-more",
            &[("count", Value::Count(more as i64))],
        ),
    };
    table
}
