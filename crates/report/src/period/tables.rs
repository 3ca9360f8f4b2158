//! The tables of a report on somebody.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use figures::light::Who;
use figures::{Counts, INDICATORS, Indicators, Span, TREND_WEEKS};
use history::{EmployeeId, GroupId};
use jiff::civil::Date;

use super::Teller;
use crate::document::Block;
use crate::section::{self, table};
use crate::table::{Cell, Column, Row, Table, row};
use crate::words::{text, word};
use crate::{links, section::groups};

/// The most findings that are listed one by one.
const LISTED: usize = 40;

impl Teller<'_> {
    /// The tables on somebody.
    pub(super) fn tables(&self, who: Who) -> Vec<Block> {
        let (report, speaker) = (self.report(), self.speaker);
        let none = Counts::default();
        let measured = self.measured(who);
        let counts = measured.map_or(&none, |measured| &measured.counts);
        let mut tables = Vec::new();
        match who {
            Who::Company => {
                tables.push(section::lights(report, speaker));
                tables.push(section::changes(report, speaker));
            }
            Who::Group(group) => {
                let members = self.members(group);
                tables.push(section::lights_of_group(report, speaker, group, &members));
            }
            Who::Employee(_) => {}
        }
        tables.push(section::by_rule(report, counts, speaker));
        tables.push(section::by_stage(report, counts, speaker));
        tables.push(self.own_indicators(who));
        match who {
            Who::Company => {
                tables.push(section::by_person(report, counts, speaker));
                tables.push(section::indicators(report, speaker));
            }
            Who::Group(group) => {
                tables.push(section::by_person(report, counts, speaker));
                tables.push(self.indicators_of(&self.members(group)));
            }
            Who::Employee(_) => {}
        }
        let funnels = measured.map_or(&[][..], |measured| &measured.funnels);
        let funnel =
            |funnel| section::funnel_of(&report.audited, speaker, funnel, report.funnel_span);
        tables.extend(funnels.iter().map(funnel));
        tables.push(self.speed(who));
        match who {
            Who::Company => {
                tables.push(section::worst(report, speaker));
                tables.push(section::problems(report, speaker));
            }
            _ => tables.push(self.own_list(who)),
        }
        let mut tables: Vec<Table> = tables
            .into_iter()
            .filter(|table| !table.rows.is_empty() || !table.note.is_empty())
            .map(|table| self.led(table, who))
            .collect();
        number_same(&mut tables);
        tables.into_iter().map(Block::Table).collect()
    }

    fn members(&self, group: GroupId) -> Vec<EmployeeId> {
        let mut all = groups(self.report()).into_iter();
        all.find(|(one, _)| one.unwrap_or(GroupId::NONE) == group)
            .map_or(Vec::new(), |(_, members)| members)
    }

    /// The ten indicators of somebody, with the period before.
    fn own_indicators(&self, who: Who) -> Table {
        let columns = [
            ("col-indicator", false),
            ("col-findings", true),
            ("col-rate-plain", true),
            ("col-findings-before", true),
            ("col-rate-was", true),
        ];
        let mut table = table(self.lang, "own-indicators", &columns);
        let none = Indicators::default();
        let measured = self.measured(who);
        let now = measured.map_or(none, |measured| measured.indicators);
        let before = measured.and_then(|measured| measured.indicators_before);
        for number in 1..=INDICATORS {
            let was = before.map(|before| before.findings[number - 1]);
            table.rows.push(row(vec![
                Cell::Text(word(self.lang, &format!("indicator-{number}"))),
                Cell::Count(now.findings[number - 1]),
                Cell::decimal(now.rate(number)),
                Cell::count(was),
                Cell::decimal(before.and_then(|before| before.rate(number))),
            ]));
        }
        table
    }

    /// The ten indicators of some people.
    fn indicators_of(&self, people: &[EmployeeId]) -> Table {
        let mut table = section::indicators(self.report(), self.speaker);
        let names: Vec<String> = people.iter().map(|one| self.speaker.person(*one)).collect();
        table.rows.clear();
        for (person, name) in people.iter().zip(names) {
            let known = self.report().indicators.get(person);
            let own = known.copied().unwrap_or_default();
            table.rows.push(row(section::indicator_cells(name, &own)));
        }
        table
    }

    /// How soon leads were answered: by somebody and by those who belong to them.
    fn speed(&self, who: Who) -> Table {
        let (report, speaker) = (self.report(), self.speaker);
        if who == Who::Company {
            return section::speed(report, speaker);
        }
        let mut table = section::speed_table(self.lang);
        let measured = self.measured(who);
        let funnels = measured.map_or(&[][..], |measured| &measured.funnels);
        for funnel in funnels.iter().filter(|funnel| funnel.speed.leads > 0) {
            table.rows.push(section::speed_of(&report.audited, funnel));
        }
        table
    }

    /// The findings of somebody one by one: the gravest, in the order of time.
    fn own_list(&self, who: Who) -> Table {
        let report = self.report();
        let audited = &report.audited;
        let mut found: Vec<_> = self.found(who).collect();
        let more = found.len().saturating_sub(LISTED);
        let id = |finding: &audit::judge::Finding| audited.history.deals.get(finding.deal.0);
        found.sort_by_key(|finding| {
            let gravity = Reverse((audited.severity(finding), finding.amount.unwrap_or(0)));
            (gravity, finding.at, id(finding), audited.rule(finding))
        });
        found.truncate(LISTED);
        found.sort_by_key(|finding| (finding.at, id(finding), audited.rule(finding)));
        let mut columns = vec![
            ("col-when", false),
            ("col-severity", false),
            ("col-deal", false),
            ("col-message", false),
        ];
        if matches!(who, Who::Group(_)) {
            columns.push(("col-who", false));
        }
        let mut table = table(self.lang, "own-list", &columns);
        let more = [("more", wording::Value::Count(more as i64))];
        table.note = text(self.lang, "own-list-note", &more);
        for finding in found {
            let deal = finding.deal.is_some();
            let told = self.finding(finding, self.deal_page(finding.deal));
            let severity = audited.severity(finding).as_str();
            let mut cells = vec![
                Cell::Moment(audited.zone().datetime(finding.at)),
                Cell::Text(word(self.lang, &format!("severity-{severity}"))),
                match told.link {
                    Some(link) if deal => Cell::Link(told.deal, link),
                    _ => Cell::Empty,
                },
                Cell::Text(told.words),
            ];
            if matches!(who, Who::Group(_)) {
                cells.push(Cell::Text(self.speaker.person(finding.employee)));
            }
            table.rows.push(row(cells));
        }
        table
    }

    /// How many findings of each rule somebody had week by week.
    pub(super) fn by_week(&self, who: Who) -> Table {
        let report = self.report();
        let audited = &report.audited;
        let weeks = self.weeks();
        let zone = audited.zone();
        let mut counts: BTreeMap<(EmployeeId, &str), Vec<u64>> = BTreeMap::new();
        let (first, last) = (weeks.first(), weeks.last());
        let (Some(first), Some(last)) = (first, last) else {
            return table(self.lang, "summary", &[]);
        };
        let whole = figures::Period {
            from: first.period(zone).from,
            to: last.period(zone).to,
        };
        let starts: Vec<i64> = weeks.iter().map(|week| week.period(zone).from).collect();
        for finding in audited.within(whole) {
            let is_theirs = match who {
                Who::Company => true,
                Who::Group(group) => {
                    finding.employee.is_some() && report.group_at_end(finding.employee) == group
                }
                Who::Employee(person) => finding.employee == person,
            };
            let week = starts.partition_point(|start| *start <= finding.at);
            if is_theirs && week > 0 {
                let known = counts.entry((finding.employee, audited.rule(finding)));
                known.or_insert_with(|| vec![0; weeks.len()])[week - 1] += 1;
            }
        }
        let mut table = table(
            self.lang,
            "summary",
            &[
                ("col-who", false),
                ("col-group", false),
                ("col-rule", false),
            ],
        );
        table.columns.extend(weeks.iter().map(|week| Column {
            title: week.dates().0.map_or_else(String::new, short_date),
            numeric: true,
        }));
        table.columns.push(Column {
            title: word(self.lang, "col-total"),
            numeric: true,
        });
        let mut rows: Vec<(String, String, Vec<u64>, EmployeeId)> = counts
            .into_iter()
            .map(|((person, rule), counts)| {
                let name = match person.is_none() {
                    true => word(self.lang, "nobody"),
                    false => self.speaker.person(person),
                };
                (name, self.rule(rule), counts, person)
            })
            .collect();
        rows.sort_by(|a, b| (&a.0, a.3, &a.1).cmp(&(&b.0, b.3, &b.1)));
        table.rows = rows
            .into_iter()
            .map(|(name, rule, counts, person)| {
                let group = match report.group_at_end(person) {
                    group if group.is_none() => Cell::Empty,
                    group => Cell::Text(self.group(group)),
                };
                let total = counts.iter().sum();
                let mut cells = vec![Cell::Text(name), group, Cell::Text(rule)];
                cells.extend(counts.into_iter().map(Cell::Count));
                cells.push(Cell::Count(total));
                row(cells)
            })
            .collect::<Vec<Row>>();
        table
    }

    /// The weeks of the period; of a short one those of the trend.
    fn weeks(&self) -> Vec<Span> {
        let report = self.report();
        let zone = report.audited.zone();
        let (first, last) = report.span.dates();
        let last = last.unwrap_or_else(|| zone.date(report.audited.now));
        let own = first.map_or(TREND_WEEKS, |first| {
            let Span::Week(monday) = Span::week_of(first) else {
                return TREND_WEEKS;
            };
            let days = monday.until(last).map_or(0, |days| days.get_days());
            usize::try_from(days / 7 + 1).unwrap_or(TREND_WEEKS)
        });
        report
            .span
            .weeks(own.max(TREND_WEEKS), zone, report.audited.now)
    }

    /// The table with links that lead to chapters of this document or to pages of the interface.
    fn led(&self, mut table: Table, who: Who) -> Table {
        let report = self.report();
        let history = report.audited.history;
        let lead = |to: &str| -> Option<String> {
            if let Some(number) = to.strip_prefix("#person-") {
                let id: u32 = number.parse().ok()?;
                return Some(match self.asked.chapters {
                    true => to.to_owned(),
                    false => links::person(history.people.ids.get(id)),
                });
            }
            if let Some(rule) = to.strip_prefix("#rule-") {
                return Some(self.findings(who, rule));
            }
            if let Some(number) = to.strip_prefix("#deal-") {
                let place: usize = number.parse().ok()?;
                let worst = report.worst.get(place.checked_sub(1)?)?;
                return Some(links::deal(history.deals.get(worst.deal.0)));
            }
            Some(to.to_owned())
        };
        for cell in table.rows.iter_mut().flat_map(|row| &mut row.cells) {
            if let Cell::Link(words, to) = cell {
                *cell = match lead(to) {
                    Some(to) => Cell::Link(std::mem::take(words), to),
                    None => Cell::Text(std::mem::take(words)),
                };
            }
        }
        table
    }
}

fn short_date(date: Date) -> String {
    format!("{:02}.{:02}.{}", date.day(), date.month(), date.year())
}

/// Gives tables of one id, such as the funnels of several pipelines, ids of their own.
fn number_same(tables: &mut [Table]) {
    let mut seen: BTreeMap<String, usize> = BTreeMap::new();
    for table in tables {
        let times = seen.entry(table.id.clone()).or_default();
        *times += 1;
        if *times > 1 {
            table.id = format!("{}-{times}", table.id);
        }
    }
}
