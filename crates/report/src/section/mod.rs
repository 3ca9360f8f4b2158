//! The sections of a report, each a table of figures.

mod counted;
mod funnel;
mod lights;

use audit::message::Speaker;
use audit::regulation::{Light, Regulation};
use figures::{Change, INDICATORS, Indicators, Report, Told};
use history::EmployeeId;
use wording::Lang;

pub(crate) use counted::stage_name;
pub use counted::{by_person, by_rule, by_stage};
pub use funnel::{funnel, funnel_of, speed, speed_of, speed_table};
pub(crate) use lights::{group_name, trend};
pub use lights::{groups, lights, lights_of_group};

use crate::chart::Limit;
use crate::table::{Cell, Colour, Column, Row, Table, row};
use crate::words::word;

/// The id of the table of lights.
pub(crate) const LIGHTS: &str = "lights";

/// All tables of a report, in the order in which they are shown.
pub fn sections(report: &Report<'_>, speaker: &Speaker<'_>) -> Vec<Table> {
    let mut all = vec![
        lights(report, speaker),
        changes(report, speaker),
        indicators(report, speaker),
        by_rule(report, &report.counts, speaker),
        by_stage(report, &report.counts, speaker),
        by_person(report, &report.counts, speaker),
    ];
    all.extend(funnel(report, speaker));
    all.push(speed(report, speaker));
    all.push(worst(report, speaker));
    all.push(problems(report, speaker));
    all
}

/// The limits of the light, for charts.
pub(crate) fn limits(light: &Light) -> Vec<Limit> {
    let limit = |colour, value| Limit { colour, value };
    vec![
        limit(Colour::Green, light.green),
        limit(Colour::Yellow, light.yellow),
    ]
}

/// A table without rows; its words are named after its id.
pub(crate) fn table(lang: Lang, id: &'static str, columns: &[(&str, bool)]) -> Table {
    let note = format!("{id}-note");
    Table {
        id: id.to_owned(),
        title: word(lang, &format!("{id}-title")),
        note: word(lang, &note),
        columns: columns
            .iter()
            .map(|(title, numeric)| Column {
                title: word(lang, title),
                numeric: *numeric,
            })
            .collect(),
        rows: Vec::new(),
    }
}

/// What changed since the period before, and what may be chance.
pub fn changes(report: &Report<'_>, speaker: &Speaker<'_>) -> Table {
    let lang = speaker.lang();
    let columns = [
        ("col-what", false),
        ("col-findings-before", true),
        ("col-findings", true),
        ("col-rate-before", true),
        ("col-rate-plain", true),
        ("col-told", false),
    ];
    let mut table = table(lang, "changes", &columns);
    let Some(changes) = &report.changes else {
        table.note = word(lang, "changes-none");
        return table;
    };
    let company = changes.company.as_ref().map(|change| {
        let mut row = change_row(Cell::Text(word(lang, "company")), change, lang);
        row.strong = true;
        row
    });
    table.rows.extend(company);
    let telling = |change: &Change| matches!(change.told(), Told::Look | Told::Sure);
    let people = changes.people.iter().filter(|(_, change)| telling(change));
    table.rows.extend(
        people.map(|(id, change)| change_row(Cell::Text(speaker.person(*id)), change, lang)),
    );
    let rules = changes.rules.iter().filter(|(_, change)| telling(change));
    table.rows.extend(rules.map(|(rule, change)| {
        change_row(Cell::Text(rule_title(report, rule, lang)), change, lang)
    }));
    table
}

fn change_row(what: Cell, change: &Change, lang: Lang) -> Row {
    let (before, after) = change.rates();
    row(vec![
        what,
        Cell::Count(change.findings.0),
        Cell::Count(change.findings.1),
        Cell::decimal(before),
        Cell::decimal(after),
        Cell::Text(word(lang, told_word(change))),
    ])
}

/// The message that says what a change tells.
pub(crate) fn told_word(change: &Change) -> &'static str {
    match change.told() {
        Told::TooLittleData => "told-little",
        Told::Chance => "told-chance",
        Told::Look if change.fell() => "told-look-better",
        Told::Look => "told-look-worse",
        Told::Sure if change.fell() => "told-sure-better",
        Told::Sure => "told-sure-worse",
    }
}

/// The ten indicators: findings per 100 deals in work.
pub fn indicators(report: &Report<'_>, speaker: &Speaker<'_>) -> Table {
    let lang = speaker.lang();
    let mut table = table(
        lang,
        "indicators",
        &[("col-who", false), ("col-deals", true)],
    );
    table.columns.extend((1..=INDICATORS).map(|number| Column {
        title: word(lang, &format!("indicator-{number}")),
        numeric: true,
    }));
    let mut people: Vec<_> = report.indicators.iter().collect();
    let company = |id: &EmployeeId| id.is_none();
    people.sort_by_key(|(id, _)| (!company(id), speaker.person(**id)));
    for (id, person) in people {
        let who = if company(id) {
            word(lang, "company")
        } else {
            speaker.person(*id)
        };
        table.rows.push(Row {
            strong: company(id),
            ..row(indicator_cells(who, person))
        });
    }
    table
}

/// The row of somebody in it.
pub(crate) fn indicator_cells(who: String, indicators: &Indicators) -> Vec<Cell> {
    let mut cells = vec![Cell::Text(who), Cell::Count(indicators.deals)];
    cells.extend((1..=INDICATORS).map(|number| Cell::decimal(indicators.rate(number))));
    cells
}

/// The title of the rule of this name in the latest version that has it.
pub(crate) fn rule_title(report: &Report<'_>, rule: &str, lang: Lang) -> String {
    title_of(report.audited.regulation, rule, lang)
}

/// The same of a regulation.
pub(crate) fn title_of(regulation: &Regulation, rule: &str, lang: Lang) -> String {
    let mut versions = regulation.versions().iter().rev();
    let entry =
        versions.find_map(|version| version.entries.iter().find(|entry| entry.name == rule));
    let title = entry.map_or(rule, |entry| entry.title(lang));
    match entry {
        Some(entry) if entry.name != entry.rule.code => format!("{title} ({rule})"),
        _ => title.to_owned(),
    }
}

/// The worst deals.
pub fn worst(report: &Report<'_>, speaker: &Speaker<'_>) -> Table {
    let lang = speaker.lang();
    let columns = [
        ("col-deal", false),
        ("col-findings", true),
        ("col-weight", true),
        ("col-price", true),
        ("col-last", false),
    ];
    let mut table = table(lang, "worst", &columns);
    let currency = &report.audited.history.account.currency;
    for (place, deal) in report.worst.iter().enumerate() {
        let last = deal.findings.last();
        table.rows.push(row(vec![
            Cell::Link(speaker.deal(deal.deal), format!("#deal-{}", place + 1)),
            Cell::Count(deal.findings.len() as u64),
            Cell::Decimal(deal.weight),
            deal.amount()
                .map_or(Cell::Empty, |sum| Cell::Money(sum, currency.clone())),
            last.map_or(Cell::Empty, |last| {
                let title = speaker.entry(last).1.title(lang);
                Cell::Text(title.to_owned())
            }),
        ]));
    }
    table
}

/// What is wrong with the data.
pub fn problems(report: &Report<'_>, speaker: &Speaker<'_>) -> Table {
    let lang = speaker.lang();
    let mut table = table(
        lang,
        "problems",
        &[("col-what", false), ("col-count", true)],
    );
    let input: u64 = report.audited.history.problems.total();
    let counts = report.audited.problems.counts();
    let all = std::iter::once(("input", input)).chain(counts);
    for (code, count) in all.filter(|(_, count)| *count > 0) {
        let what = Cell::Text(word(lang, &format!("problem-{code}")));
        table.rows.push(row(vec![what, Cell::Count(count)]));
    }
    if table.rows.is_empty() {
        table.note = word(lang, "problems-none");
    }
    table
}
