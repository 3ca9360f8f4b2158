//! Two periods beside each other as tables, and what should be known before reading them.

use audit::message::Speaker;
use audit::regulation::Version;
use figures::compare::{About, Comparison, Line, Pair};
use figures::light::Who;
use wording::{Value, one_line};

use crate::section::{group_name, stage_name, table, title_of, told_word};
use crate::table::{Cell, Row, Table};
use crate::words::{span, text, word};

/// The comparison as tables: company, groups and people; rules; stages.
pub fn compare(found: &Comparison<'_>, speaker: &Speaker<'_>) -> Vec<Table> {
    let parts = [
        ("compare-people", "col-who", found.people()),
        ("compare-rules", "col-rule", found.rules()),
        ("compare-stages", "col-stage", found.stages()),
    ];
    let tables = parts.map(|(id, what, lines)| {
        let has_lights = lines.iter().any(|line| line.lights.is_some());
        let mut table = table(speaker.lang(), id, &columns(what, has_lights));
        let rows = lines.iter().map(|line| row(found, speaker, line));
        table.rows = rows.collect();
        table
    });
    tables.into()
}

/// What is compared, by which version of the regulation, and what makes the comparison less sure.
/// `version` is the one that judged both sides, as it is in force.
pub fn compare_about(
    found: &Comparison<'_>,
    version: &Version,
    speaker: &Speaker<'_>,
) -> Vec<String> {
    let lang = speaker.lang();
    let said = |text: String| Value::Text(text.into());
    let [before, after] = found.spans;
    let spans = [
        ("before", said(span(before, lang))),
        ("after", said(span(after, lang))),
    ];
    let since = match version.effective {
        None => word(lang, "compare-since-ever"),
        Some(date) => {
            let date = wording::date(date, lang);
            text(lang, "compare-since", &[("date", date.into())])
        }
    };
    let by = [
        ("regulation", said(one_line(&version.name, 80))),
        ("since", said(since)),
        ("zone", said(found.audited.zone().name().to_owned())),
    ];
    let mut about = vec![
        text(lang, "compare-spans", &spans),
        text(lang, "compare-by", &by),
    ];
    let pair = Pair { before, after };
    let [longer, shorter] = pair.lengths();
    if found.changes.is_none() {
        about.push(word(lang, "compare-overlap"));
    } else if pair.is_uneven() {
        let lengths = [
            ("before", Value::Count(longer)),
            ("after", Value::Count(shorter)),
        ];
        about.push(text(lang, "compare-lengths", &lengths));
    }
    let today = found.audited.zone().date(found.audited.now);
    if found.spans.iter().any(|span| span.dates().1 > Some(today)) {
        about.push(word(lang, "compare-not-over"));
    }
    about
}

fn columns(what: &str, has_lights: bool) -> Vec<(&str, bool)> {
    let mut columns = vec![(what, false)];
    if has_lights {
        columns.extend([("col-light-before", false), ("col-light-now", false)]);
    }
    columns.extend([
        ("col-findings-before", true),
        ("col-share-before", true),
        ("col-rate-before", true),
        ("col-findings-after", true),
        ("col-share-now", true),
        ("col-rate-plain", true),
        ("col-told", false),
        ("col-by-chance", true),
    ]);
    columns
}

fn row(found: &Comparison<'_>, speaker: &Speaker<'_>, line: &Line<'_>) -> Row {
    let change = &line.change;
    let (whole, _) = found.of_whom(Who::Company);
    let (before, after) = change.rates();
    let mut cells = vec![Cell::Text(name(found, speaker, line))];
    if let Some(lights) = line.lights {
        let limits = &found.audited.regulation.latest().light;
        let lamp = |tally: figures::light::Tally| {
            Cell::Lamp(tally.colour(limits), tally.is_borderline(limits))
        };
        cells.extend(lights.map(lamp));
    }
    let apart = found.changes.is_some();
    let told = match apart {
        true => told_word(change),
        false => "told-overlap",
    };
    let chance = change.chance().filter(|_| apart);
    cells.extend([
        Cell::Count(change.findings.0),
        Cell::share(change.findings.0, whole.findings.0),
        Cell::decimal(before),
        Cell::Count(change.findings.1),
        Cell::share(change.findings.1, whole.findings.1),
        Cell::decimal(after),
        Cell::Text(word(speaker.lang(), told)),
        Cell::decimal(chance.map(|chance| 100.0 * chance)),
    ]);
    Row {
        strong: matches!(line.about, About::Who(Who::Company | Who::Group(_))),
        depth: line.depth,
        cells,
    }
}

fn name(found: &Comparison<'_>, speaker: &Speaker<'_>, line: &Line<'_>) -> String {
    let (audited, lang) = (&found.audited, speaker.lang());
    match line.about {
        About::Who(Who::Company) => word(lang, "company"),
        About::Who(Who::Group(group)) => group_name(&audited.history.people, group),
        About::Who(Who::Employee(person)) => speaker.person(person),
        About::Rule(rule) => title_of(audited.regulation, rule, lang),
        About::Stage(stage) => stage_name(audited, speaker, stage),
    }
}
