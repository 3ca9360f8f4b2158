//! The light of everybody.

use audit::message::Speaker;
use audit::regulation::Severity;
use figures::light::{Lights, Who};
use figures::{Report, Span};
use history::{EmployeeId, GroupId};
use wording::Lang;

use super::{LIGHTS, table};
use crate::table::{Cell, Row, Table, row};
use crate::words::word;

/// The light of the company, groups and people, with the period before and the trend.
pub fn lights(report: &Report<'_>, speaker: &Speaker<'_>) -> Table {
    let mut table = lights_table(speaker.lang());
    let mut company = light_of(report, Who::Company, word(speaker.lang(), "company"));
    company.strong = true;
    table.rows.push(company);
    for (group, members) in groups(report) {
        table
            .rows
            .extend(of_group(report, speaker, group, &members, 1));
    }
    table
}

/// The light of a group and its members.
pub fn lights_of_group(
    report: &Report<'_>,
    speaker: &Speaker<'_>,
    group: GroupId,
    members: &[EmployeeId],
) -> Table {
    let mut table = lights_table(speaker.lang());
    let group = Some(group).filter(|group| group.is_some());
    table.rows = of_group(report, speaker, group, members, 0);
    table
}

/// The table of [`lights`] without rows.
fn lights_table(lang: Lang) -> Table {
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
    table(lang, LIGHTS, &columns)
}

fn of_group(
    report: &Report<'_>,
    speaker: &Speaker<'_>,
    group: Option<GroupId>,
    members: &[EmployeeId],
    depth: usize,
) -> Vec<Row> {
    let mut rows = Vec::with_capacity(members.len() + 1);
    if let Some(group) = group {
        let name = group_name(&report.audited.history.people, group);
        let mut row = light_of(report, Who::Group(group), name);
        (row.strong, row.depth) = (true, depth);
        rows.push(row);
    }
    for person in members {
        let who = Who::Employee(*person);
        let mut row = light_of(report, who, speaker.person(*person));
        row.depth = depth + 1;
        let tally = report.lights.whose(who);
        if tally.findings.iter().any(|count| *count > 0) {
            let to = format!("#person-{}", person.0);
            row.cells[0] = Cell::Link(speaker.person(*person), to);
        }
        rows.push(row);
    }
    rows
}

/// The name of a group, else its id.
pub(crate) fn group_name(people: &history::People, group: GroupId) -> String {
    let name = people
        .groups
        .get(group.index())
        .map_or("", |group| group.name.as_str());
    let name = match name {
        "" => people.group_ids.get(group.0),
        name => name,
    };
    wording::one_line(name, 48)
}

/// People with a light, by the group they are in at the end of the period; those of no group last.
pub fn groups(report: &Report<'_>) -> Vec<(Option<GroupId>, Vec<EmployeeId>)> {
    let people = &report.audited.history.people;
    let mut groups: std::collections::BTreeMap<GroupId, Vec<EmployeeId>> = report
        .lights
        .groups
        .keys()
        .map(|group| (*group, Vec::new()))
        .collect();
    for person in report.lights.people.keys() {
        let group = report.group_at_end(*person);
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

/// The rates of the last weeks; none: too little data.
pub(crate) fn trend(report: &Report<'_>, who: Who) -> Vec<Option<f64>> {
    let light = &report.audited.regulation.latest().light;
    let rate = |(_, lights): &(Span, Lights)| {
        let tally = lights.whose(who);
        let enough = tally.deals >= u64::from(light.min_deals);
        tally.rate(light).filter(|_| enough)
    };
    report.trend.iter().map(rate).collect()
}

fn light_of(report: &Report<'_>, who: Who, name: String) -> Row {
    let light = &report.audited.regulation.latest().light;
    let tally = report.lights.whose(who);
    let before = report.lights_before.as_ref().map(|all| all.whose(who));
    let found = |severity: Severity| Cell::Count(tally.findings[severity as usize]);
    row(vec![
        Cell::Text(name),
        Cell::Lamp(tally.colour(light), tally.is_borderline(light)),
        Cell::decimal(tally.rate(light)),
        tally
            .interval(light)
            .map_or(Cell::Empty, |(low, high)| Cell::Range(low, high)),
        Cell::decimal(before.and_then(|before| before.rate(light))),
        Cell::Trend(trend(report, who)),
        Cell::Count(tally.deals),
        found(Severity::Remark),
        found(Severity::Violation),
        found(Severity::Gross),
    ])
}
