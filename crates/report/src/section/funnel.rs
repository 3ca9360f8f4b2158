//! Conversion, time at stages, speed of answers, hung money.

use audit::message::Speaker;
use figures::funnel::Funnel;
use figures::{Audited, Report, Span};
use wording::{Lang, Value};

use super::table;
use crate::table::{Cell, Row, Table, name, row};
use crate::words::{span, text, word};

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
