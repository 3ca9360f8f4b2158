//! The light of everybody.

use audit::message::Speaker;
use audit::regulation::{Light, Severity};
use figures::Report;
use figures::light::{Lights, Tally};
use history::{EmployeeId, GroupId};

use super::table;
use crate::table::{Cell, Row, Table, row};
use crate::words::word;

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
    which: impl Fn(&'r Lights) -> Option<&'r Tally>,
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
