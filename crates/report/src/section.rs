//! The sections of a report, each a table of figures.

use audit::message::Speaker;
use audit::regulation::{Light, Severity};
use figures::funnel::Funnel;
use figures::light::Tally;
use figures::{Audited, Change, Count, INDICATORS, Report, Span, Told};
use history::{EmployeeId, GroupId, StageId};
use wording::{Lang, Value};

use crate::table::{Cell, Column, Row, Table, name, row};
use crate::words::{span, text, word};

/// All tables of a report, in the order in which they are shown.
pub fn sections(report: &Report<'_>, speaker: &Speaker<'_>) -> Vec<Table> {
    let mut all = vec![
        lights(report, speaker),
        changes(report, speaker),
        indicators(report, speaker),
        by_rule(report, speaker),
        by_stage(report, speaker),
        by_person(report, speaker),
    ];
    all.extend(funnel(report, speaker));
    all.push(speed(report, speaker));
    all.push(worst(report, speaker));
    all.push(problems(report, speaker));
    all
}

/// A table without rows; its words are named after its id.
pub(crate) fn table(lang: Lang, id: &'static str, columns: &[(&str, bool)]) -> Table {
    let note = format!("{id}-note");
    Table {
        id,
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

/// The light of the company, groups and people, with the period before and the trend.
pub fn lights(report: &Report<'_>, speaker: &Speaker<'_>) -> Table {
    let columns = [
        ("col-who", false),
        ("col-light", false),
        ("col-rate", true),
        ("col-interval", true),
        ("col-before", true),
        ("col-trend", false),
        ("col-deals", true),
        ("col-remarks", true),
        ("col-violations", true),
        ("col-gross", true),
    ];
    let mut table = table(speaker.lang(), "lights", &columns);
    let light = &report.audited.regulation.latest().light;
    let before = report.lights_before.as_ref();
    let mut company = light_cells(
        word(speaker.lang(), "company"),
        &report.lights.company,
        before.map(|lights| lights.company),
        trend(report, light, |lights| Some(&lights.company)),
        light,
    );
    company.strong = true;
    table.rows.push(company);
    for (group, members) in groups(report) {
        if let Some(group) = group {
            let people = &report.audited.history.people;
            let tally = report
                .lights
                .groups
                .get(&group)
                .copied()
                .unwrap_or_default();
            let mut cells = light_cells(
                wording::one_line(group_name(people, group), 48),
                &tally,
                before.map(|lights| lights.groups.get(&group).copied().unwrap_or_default()),
                trend(report, light, |lights| lights.groups.get(&group)),
                light,
            );
            (cells.strong, cells.depth) = (true, 1);
            table.rows.push(cells);
        }
        for person in members {
            let tally = report.lights.people[&person];
            let mut cells = light_cells(
                speaker.person(person),
                &tally,
                before.map(|lights| lights.people.get(&person).copied().unwrap_or_default()),
                trend(report, light, |lights| lights.people.get(&person)),
                light,
            );
            cells.depth = 2;
            if tally.findings.iter().any(|count| *count > 0) {
                let to = format!("#person-{}", person.0);
                cells.cells[0] = Cell::Link(speaker.person(person), to);
            }
            table.rows.push(cells);
        }
    }
    table
}

/// The name of a group, else its id.
fn group_name(people: &history::People, group: GroupId) -> &str {
    let name = people
        .groups
        .get(group.index())
        .map_or("", |group| group.name.as_str());
    if name.is_empty() {
        people.group_ids.get(group.0)
    } else {
        name
    }
}

/// People with a light, by the group they are in at the end of the period; those of no group last.
fn groups(report: &Report<'_>) -> Vec<(Option<GroupId>, Vec<EmployeeId>)> {
    let people = &report.audited.history.people;
    let end = report.period.until(report.audited.now).to.saturating_sub(1);
    let date = report.audited.zone().date(end);
    let mut groups: std::collections::BTreeMap<GroupId, Vec<EmployeeId>> = report
        .lights
        .groups
        .keys()
        .map(|group| (*group, Vec::new()))
        .collect();
    for person in report.lights.people.keys() {
        let group = people
            .membership(*person, date)
            .map_or(GroupId::NONE, |member| member.group);
        groups.entry(group).or_default().push(*person);
    }
    let mut named: Vec<_> = groups
        .into_iter()
        .map(|(group, mut members)| {
            members.sort_by_key(|person| people.name(*person));
            (Some(group).filter(|group| group.is_some()), members)
        })
        .collect();
    named.sort_by_key(|(group, _)| group.is_none());
    named
}

fn trend<'r>(
    report: &'r Report<'_>,
    light: &Light,
    which: impl Fn(&'r figures::light::Lights) -> Option<&'r Tally>,
) -> Vec<Option<f64>> {
    let enough = |tally: &&Tally| tally.deals >= u64::from(light.min_deals);
    report
        .trend
        .iter()
        .map(|(_, lights)| {
            which(lights)
                .filter(enough)
                .and_then(|tally| tally.rate(light))
        })
        .collect()
}

fn light_cells(
    name: String,
    tally: &Tally,
    before: Option<Tally>,
    trend: Vec<Option<f64>>,
    light: &Light,
) -> Row {
    let found = |severity: Severity| Cell::Count(tally.findings[severity as usize]);
    row(vec![
        Cell::Text(name),
        Cell::Lamp(tally.colour(light), tally.is_borderline(light)),
        Cell::decimal(tally.rate(light)),
        tally
            .interval(light)
            .map_or(Cell::Empty, |(low, high)| Cell::Range(low, high)),
        Cell::decimal(before.and_then(|before| before.rate(light))),
        Cell::Trend(trend),
        Cell::Count(tally.deals),
        found(Severity::Remark),
        found(Severity::Violation),
        found(Severity::Gross),
    ])
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
    let told = match change.told() {
        Told::TooLittleData => "told-little",
        Told::Chance => "told-chance",
        Told::Look if change.fell() => "told-look-better",
        Told::Look => "told-look-worse",
        Told::Sure if change.fell() => "told-sure-better",
        Told::Sure => "told-sure-worse",
    };
    row(vec![
        what,
        Cell::Count(change.findings.0),
        Cell::Count(change.findings.1),
        Cell::decimal(before),
        Cell::decimal(after),
        Cell::Text(word(lang, told)),
    ])
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
        let mut cells = vec![Cell::Text(who), Cell::Count(person.deals)];
        cells.extend((1..=INDICATORS).map(|number| Cell::decimal(person.rate(number))));
        table.rows.push(Row {
            strong: company(id),
            ..row(cells)
        });
    }
    table
}

/// The title of the rule of this name in the latest version that has it.
pub(crate) fn rule_title(report: &Report<'_>, rule: &str, lang: Lang) -> String {
    let mut versions = report.audited.regulation.versions().iter().rev();
    let entry =
        versions.find_map(|version| version.entries.iter().find(|entry| entry.name == rule));
    let title = entry.map_or(rule, |entry| entry.title(lang));
    match entry {
        Some(entry) if entry.name != entry.rule.code => format!("{title} ({rule})"),
        _ => title.to_owned(),
    }
}

const COUNTED: [(&str, bool); 7] = [
    ("col-findings", true),
    ("col-share", true),
    ("col-findings-before", true),
    ("col-gross", true),
    ("col-again", true),
    ("col-deals-concerned", true),
    ("col-sum", true),
];

fn counted(report: &Report<'_>, count: &Count) -> Vec<Cell> {
    let currency = report.audited.history.account.currency.clone();
    vec![
        Cell::Count(count.findings),
        Cell::share(count.findings, report.counts.all.findings),
        Cell::count(count.before),
        Cell::Count(count.severities[Severity::Gross as usize]),
        Cell::Count(count.again),
        Cell::Count(count.concerned.deals),
        Cell::Money(count.concerned.sum, currency),
    ]
}

fn counted_table(
    report: &Report<'_>,
    lang: Lang,
    id: &'static str,
    what: &str,
    rows: Vec<(Cell, &Count)>,
) -> Table {
    let columns: Vec<(&str, bool)> = std::iter::once((what, false)).chain(COUNTED).collect();
    let mut table = table(lang, id, &columns);
    let mut rows = rows;
    rows.sort_by_key(|(_, count)| std::cmp::Reverse((count.findings, count.before)));
    for (what, count) in rows {
        let mut cells = vec![what];
        cells.extend(counted(report, count));
        table.rows.push(row(cells));
    }
    let mut all = vec![Cell::Text(word(lang, "all"))];
    all.extend(counted(report, &report.counts.all));
    table.rows.push(Row {
        strong: true,
        ..row(all)
    });
    table
}

/// Findings by rule.
pub fn by_rule(report: &Report<'_>, speaker: &Speaker<'_>) -> Table {
    let lang = speaker.lang();
    let rows = report.counts.rules.iter().map(|(rule, count)| {
        let title = rule_title(report, rule, lang);
        let cell = if count.findings > 0 {
            Cell::Link(title, format!("#rule-{rule}"))
        } else {
            Cell::Text(title)
        };
        (cell, count)
    });
    counted_table(report, lang, "rules", "col-rule", rows.collect())
}

/// Findings by the stage at the breach.
pub fn by_stage(report: &Report<'_>, speaker: &Speaker<'_>) -> Table {
    let lang = speaker.lang();
    let rows = report.counts.stages.iter().map(|(stage, count)| {
        let cell = if stage.is_none() {
            Cell::Text(word(lang, "no-stage"))
        } else {
            Cell::Text(stage_of_pipeline(report, speaker, *stage))
        };
        (cell, count)
    });
    counted_table(report, lang, "stages", "col-stage", rows.collect())
}

/// A stage with its pipeline before it, where there are several.
fn stage_of_pipeline(report: &Report<'_>, speaker: &Speaker<'_>, stage: StageId) -> String {
    let pipelines = &report.audited.history.pipelines;
    match pipelines.pipeline(stage) {
        Some(id) if pipelines.pipelines.len() > 1 => {
            let pipeline = wording::one_line(&pipelines.pipelines[id.0 as usize].name, 40);
            format!("{pipeline}: {}", speaker.stage(stage))
        }
        _ => speaker.stage(stage),
    }
}

/// Findings by whom they are held against.
pub fn by_person(report: &Report<'_>, speaker: &Speaker<'_>) -> Table {
    let lang = speaker.lang();
    let rows = report.counts.people.iter().map(|(person, count)| {
        let cell = if person.is_none() {
            Cell::Text(word(lang, "nobody"))
        } else if count.findings > 0 {
            Cell::Link(speaker.person(*person), format!("#person-{}", person.0))
        } else {
            Cell::Text(speaker.person(*person))
        };
        (cell, count)
    });
    counted_table(report, lang, "people", "col-who", rows.collect())
}

/// The funnel of each pipeline, and the money that hangs in it.
pub fn funnel(report: &Report<'_>, speaker: &Speaker<'_>) -> Vec<Table> {
    let funnels = report.funnels.iter();
    funnels
        .map(|funnel| funnel_of(&report.audited, speaker, funnel, report.funnel_span))
        .collect()
}

/// A funnel of what began in `days`.
pub fn funnel_of(
    audited: &Audited<'_>,
    speaker: &Speaker<'_>,
    funnel: &Funnel,
    days: Span,
) -> Table {
    let lang = speaker.lang();
    let columns = [
        ("col-stage", false),
        ("col-entered", true),
        ("col-onward", true),
        ("col-won", true),
        ("col-median", true),
        ("col-mean", true),
        ("col-unfinished", true),
        ("col-hung-deals", true),
        ("col-hung-sum", true),
        ("col-chance", true),
        ("col-hung-money", true),
    ];
    let currency = &audited.history.account.currency;
    let money = |hundredths: i64| Cell::Money(hundredths, currency.clone());
    let mut table = table(lang, "funnel", &columns);
    let count = |n: u64| Value::Count(n as i64);
    let pipeline = &audited.history.pipelines.pipelines[funnel.pipeline.0 as usize].name;
    let pipeline = Value::Text(wording::one_line(pipeline, 60).into());
    table.title = text(lang, "funnel-of", &[("pipeline", pipeline)]);
    let args = [
        ("span", Value::Text(span(days, lang).into())),
        ("deals", count(funnel.deals)),
        ("won", count(funnel.won)),
        ("lost", count(funnel.lost)),
    ];
    table.note = text(lang, "funnel-about", &args);
    for stage in &funnel.stages {
        let hung = &stage.hung;
        table.rows.push(row(vec![
            Cell::Text(speaker.stage(stage.stage)),
            Cell::Count(stage.entered),
            Cell::share(stage.onward, stage.entered),
            Cell::share(stage.won, stage.entered),
            stage.time.median.map_or(Cell::Empty, Cell::Work),
            stage
                .time
                .mean
                .map_or(Cell::Empty, |mean| Cell::Work(mean as i64)),
            Cell::Count(stage.time.unfinished),
            Cell::Count(hung.deals),
            money(hung.sum),
            Cell::share(hung.reached.1, hung.reached.0),
            hung.money().map_or(Cell::Empty, money),
        ]));
    }
    table
}

/// How soon leads are answered and reached, by pipeline and person.
pub fn speed(report: &Report<'_>, speaker: &Speaker<'_>) -> Table {
    let mut table = speed_table(speaker.lang());
    for funnel in report
        .funnels
        .iter()
        .filter(|funnel| funnel.speed.leads > 0)
    {
        let mut row = speed_of(&report.audited, funnel);
        row.strong = true;
        table.rows.push(row);
        for (person, funnels) in &report.funnels_by_person {
            let own = funnels.iter().find(|own| own.pipeline == funnel.pipeline);
            if let Some(own) = own.filter(|own| own.speed.leads > 0) {
                let who = if person.is_none() {
                    word(speaker.lang(), "nobody")
                } else {
                    speaker.person(*person)
                };
                let mut row = speed_row(Cell::Text(who), &own.speed);
                row.depth = 1;
                table.rows.push(row);
            }
        }
    }
    table
}

/// The table of [`speed`] without rows.
pub fn speed_table(lang: Lang) -> Table {
    let columns = [
        ("col-who", false),
        ("col-leads", true),
        ("col-unanswered", true),
        ("col-answered-5", true),
        ("col-answered-15", true),
        ("col-answered-60", true),
        ("col-median-answer", true),
        ("col-reached-1h", true),
        ("col-reached-1d", true),
        ("col-reached-4d", true),
    ];
    table(lang, "speed", &columns)
}

/// The row of a pipeline in it.
pub fn speed_of(audited: &Audited<'_>, funnel: &Funnel) -> Row {
    let pipeline = &audited.history.pipelines.pipelines[funnel.pipeline.0 as usize];
    speed_row(name(&pipeline.name), &funnel.speed)
}

fn speed_row(who: Cell, speed: &figures::funnel::Speed) -> Row {
    let share = |part| Cell::share(part, speed.leads);
    row(vec![
        who,
        Cell::Count(speed.leads),
        share(speed.unanswered),
        share(speed.answered[0]),
        share(speed.answered[1]),
        share(speed.answered[2]),
        speed.median.map_or(Cell::Empty, Cell::Work),
        share(speed.reached[0]),
        share(speed.reached[1]),
        share(speed.reached[2]),
    ])
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
