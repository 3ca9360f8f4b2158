//! Findings counted by rule, stage and person.

use audit::message::Speaker;
use audit::regulation::Severity;
use figures::{Audited, Count, Counts, Report};
use history::StageId;
use wording::Lang;

use super::{rule_title, table};
use crate::table::{Cell, Row, Table, row};
use crate::words::word;

const COUNTED: [(&str, bool); 7] = [
    ("col-findings", true),
    ("col-share", true),
    ("col-findings-before", true),
    ("col-gross", true),
    ("col-again", true),
    ("col-deals-concerned", true),
    ("col-sum", true),
];

fn counted(report: &Report<'_>, counts: &Counts<'_>, count: &Count) -> Vec<Cell> {
    let currency = report.audited.history.account.currency.clone();
    vec![
        Cell::Count(count.findings),
        Cell::share(count.findings, counts.all.findings),
        Cell::count(count.before),
        Cell::Count(count.severities[Severity::Gross as usize]),
        Cell::Count(count.again),
        Cell::Count(count.concerned.deals),
        Cell::Money(count.concerned.sum, currency),
    ]
}

fn counted_table(
    (report, counts): (&Report<'_>, &Counts<'_>),
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
        cells.extend(counted(report, counts, count));
        table.rows.push(row(cells));
    }
    let mut all = vec![Cell::Text(word(lang, "all"))];
    all.extend(counted(report, counts, &counts.all));
    table.rows.push(Row {
        strong: true,
        ..row(all)
    });
    table
}

/// Findings by rule; `counts` are those of the company or of a part of it.
pub fn by_rule(report: &Report<'_>, counts: &Counts<'_>, speaker: &Speaker<'_>) -> Table {
    let lang = speaker.lang();
    let rows = counts.rules.iter().map(|(rule, count)| {
        let title = rule_title(report, rule, lang);
        let cell = if count.findings > 0 {
            Cell::Link(title, format!("#rule-{rule}"))
        } else {
            Cell::Text(title)
        };
        (cell, count)
    });
    counted_table((report, counts), lang, "rules", "col-rule", rows.collect())
}

/// Findings by the stage at the breach.
pub fn by_stage(report: &Report<'_>, counts: &Counts<'_>, speaker: &Speaker<'_>) -> Table {
    let lang = speaker.lang();
    let rows = counts.stages.iter().map(|(stage, count)| {
        let name = stage_name(&report.audited, speaker, *stage);
        (Cell::Text(name), count)
    });
    counted_table(
        (report, counts),
        lang,
        "stages",
        "col-stage",
        rows.collect(),
    )
}

/// A stage with its pipeline before it, where there are several.
pub(crate) fn stage_name(audited: &Audited<'_>, speaker: &Speaker<'_>, stage: StageId) -> String {
    let pipelines = &audited.history.pipelines;
    match pipelines.pipeline(stage) {
        _ if stage.is_none() => word(speaker.lang(), "no-stage"),
        Some(id) if pipelines.pipelines.len() > 1 => {
            let pipeline = wording::one_line(&pipelines.pipelines[id.0 as usize].name, 40);
            format!("{pipeline}: {}", speaker.stage(stage))
        }
        _ => speaker.stage(stage),
    }
}

/// Findings by whom they are held against.
pub fn by_person(report: &Report<'_>, counts: &Counts<'_>, speaker: &Speaker<'_>) -> Table {
    let lang = speaker.lang();
    let rows = counts.people.iter().map(|(person, count)| {
        let cell = if person.is_none() {
            Cell::Text(word(lang, "nobody"))
        } else if count.findings > 0 {
            Cell::Link(speaker.person(*person), format!("#person-{}", person.0))
        } else {
            Cell::Text(speaker.person(*person))
        };
        (cell, count)
    });
    counted_table((report, counts), lang, "people", "col-who", rows.collect())
}
