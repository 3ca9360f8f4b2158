//! One comparison a line, for programs.

use std::io::Write;

use app::compare::name_of;
use audit::message::Speaker;
use audit::regulation::Version;
use figures::compare::{About, Comparison, Line};
use figures::light::{Colour, Tally, Who};
use figures::{Span, Told};
use serde::Serialize;

#[derive(Serialize)]
struct Row<'a> {
    about: &'static str,
    /// Its id in the CRM, or the name of the rule; absent: the company, or no stage.
    id: Option<&'a str>,
    name: String,
    /// The version of the regulation that judged both sides.
    version: &'a str,
    before: Side,
    after: Side,
    /// How often such a change comes about by itself; absent: that cannot be told.
    chance: Option<f64>,
    told: &'static str,
}

/// What there was in one of the periods.
#[derive(Serialize)]
struct Side {
    from: Option<String>,
    to: Option<String>,
    findings: u64,
    /// Deals in work: their own, or those of the company.
    deals: u64,
    /// Findings per 100 deals in work; absent: there were none.
    rate: Option<f64>,
    /// The part of all findings of the period; absent: there were none.
    share: Option<f64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    light: Option<&'static str>,
}

/// Writes the company, groups, people, rules and stages, a line each.
pub fn write(
    out: &mut impl Write,
    found: &Comparison<'_>,
    version: &Version,
    speaker: &Speaker<'_>,
) -> std::io::Result<()> {
    let version = name_of(version);
    let tables = report::compare(found, speaker);
    let parts = [found.people(), found.rules(), found.stages()];
    for (lines, table) in parts.iter().zip(tables) {
        for (line, shown) in lines.iter().zip(table.rows) {
            let name = shown.cells.first().map(|cell| cell.text(speaker.lang()));
            let row = row(found, line, (name.unwrap_or_default(), &version));
            serde_json::to_writer(&mut *out, &row)?;
            out.write_all(b"\n")?;
        }
    }
    Ok(())
}

fn row<'a>(found: &Comparison<'a>, line: &Line<'a>, (name, version): (String, &'a str)) -> Row<'a> {
    let history = found.audited.history;
    let (about, id) = match line.about {
        About::Who(Who::Company) => ("company", ""),
        About::Who(Who::Group(id)) => ("group", history.people.group_ids.get(id.0)),
        About::Who(Who::Employee(id)) => ("employee", history.people.ids.get(id.0)),
        About::Rule(rule) => ("rule", rule),
        About::Stage(id) => ("stage", history.pipelines.stage_ids.get(id.0)),
    };
    let change = &line.change;
    let (whole, _) = found.of_whom(Who::Company);
    let (before, after) = change.rates();
    let lights = line
        .lights
        .map(|lights| lights.map(|tally| light(found, &tally)));
    let [was, is] = lights.map_or([None; 2], |lights| lights.map(Some));
    let apart = found.changes.is_some();
    Row {
        about,
        id: Some(id).filter(|id| !id.is_empty()),
        name,
        version,
        before: Side {
            rate: before,
            light: was,
            ..side(
                found.spans[0],
                change.findings.0,
                change.deals.0,
                whole.findings.0,
            )
        },
        after: Side {
            rate: after,
            light: is,
            ..side(
                found.spans[1],
                change.findings.1,
                change.deals.1,
                whole.findings.1,
            )
        },
        chance: change.chance().filter(|_| apart),
        told: match change.told() {
            _ if !apart => "overlap",
            Told::TooLittleData => "little-data",
            Told::Chance => "chance",
            Told::Look if change.fell() => "look-fewer",
            Told::Look => "look-more",
            Told::Sure if change.fell() => "sure-fewer",
            Told::Sure => "sure-more",
        },
    }
}

fn side(span: Span, findings: u64, deals: u64, all: u64) -> Side {
    let (from, to) = span.dates();
    Side {
        from: from.map(|date| date.to_string()),
        to: to.map(|date| date.to_string()),
        findings,
        deals,
        rate: None,
        share: (all > 0).then(|| findings as f64 / all as f64),
        light: None,
    }
}

fn light(found: &Comparison<'_>, tally: &Tally) -> &'static str {
    match tally.colour(&found.audited.regulation.latest().light) {
        Colour::Green => "green",
        Colour::Yellow => "yellow",
        Colour::Red => "red",
        Colour::TooLittleData => "little-data",
    }
}
