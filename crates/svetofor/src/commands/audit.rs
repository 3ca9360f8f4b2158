//! `svetofor audit`: a history and a regulation in, findings out.

use std::fs::File;
use std::io::{BufWriter, IsTerminal, Write};
use std::path::Path;
use std::process::ExitCode;

use anyhow::{Context, Result, bail};
use audit::judge::{Evidence, Finding, Judge, Subject};
use audit::message::Speaker;
use audit::regulation::Regulation;
use figures::{Audited, Report, Span};
use history::History;
use wording::{Lang, Value};

use super::question::{Asking, Question, judged};
use crate::cli::{Audit, Format};
use crate::output::{jsonl, table};
use crate::progress::Progress;
use crate::say::{self, foreign};

/// Runs the audit.
pub fn run(args: &Audit, asked: Option<Lang>) -> Result<ExitCode> {
    let asking = Asking::of(&args.asked, asked)?;
    // Reports tell more than findings: they need all columns.
    let leave_out = match args.format {
        Format::Table | Format::Jsonl => asking.regulation.unused_columns(),
        Format::Html | Format::Xlsx => Vec::new(),
    };
    let Question {
        regulation,
        history,
        now,
        span,
        lang,
    } = asking.question(&args.asked, &leave_out)?;
    let problems = history.problems.total();
    if args.strict && problems > 0 {
        let count = Value::Count(problems as i64);
        bail!(say::text(lang, "strict", &[("count", count)]));
    }
    let span = match (span, args.format) {
        // A report is about a week, unless asked otherwise.
        (Span::Dates(None, None), Format::Html | Format::Xlsx) => {
            Span::last_full_week(&regulation.latest().zone, now)
        }
        (span, _) => span,
    };
    let period = span.period(&regulation.latest().zone);

    let judge = Judge::new(&history, &regulation);
    let mut verdict = judged(&judge, now, lang);
    let speaker = Speaker::new(&history, &regulation, lang);
    if args.format == Format::Xlsx && args.out.is_none() && std::io::stdout().is_terminal() {
        bail!(say::text(lang, "xlsx-needs-out", &[]));
    }
    let mut out = output(args.out.as_deref(), lang)?;
    let alone = regulation.latest_alone();
    let judge_alone = Judge::new(&history, &alone);
    let verdict_alone = match args.format {
        Format::Html | Format::Xlsx if regulation.versions().len() > 1 => {
            Some(judged(&judge_alone, now, lang))
        }
        _ => None,
    };
    let report = |verdict| {
        let audited = Audited::new(&judge, verdict, now);
        let alone = verdict_alone.as_ref();
        let alone = alone.map(|verdict| Audited::new(&judge_alone, verdict, now));
        Report::of(audited, alone, report_options(span))
    };
    match args.format {
        Format::Jsonl => {
            verdict.findings.retain(|finding| period.holds(finding.at));
            sort(&mut verdict.findings, &history, &regulation);
            let progress = Progress::new(&say::text(lang, "progress-write", &[]));
            let total = verdict.findings.len() as u64;
            jsonl::write(&mut out, &verdict.findings, &history, &speaker, |done| {
                progress.tell(done, total)
            })?;
        }
        Format::Table => {
            let frame = table::Frame {
                audited: Audited::new(&judge, &verdict, now),
                speaker: &speaker,
                period,
            };
            out.write_all(table::render(&frame).as_bytes())?;
        }
        Format::Html => out.write_all(report::html(&report(&verdict), &speaker).as_bytes())?,
        Format::Xlsx => out.write_all(&report::xlsx(&report(&verdict), &speaker)?)?,
    }
    out.flush()?;
    if args.format != Format::Table || args.out.is_some() {
        let chosen = verdict.findings.iter();
        let chosen = chosen.filter(|finding| period.holds(finding.at)).count();
        let args = [("count", Value::Count(chosen as i64))];
        say::aside(&say::text(lang, "audit-done", &args));
    }
    Ok(ExitCode::SUCCESS)
}

/// How many of the worst deals a report shows.
const WORST: usize = 10;

/// A report on a span.
pub fn report_options(span: Span) -> figures::Options {
    figures::Options { span, worst: WORST }
}

/// Orders findings by instant, then rule, deal, employee, stage and end, each by its name.
pub fn sort(findings: &mut [Finding], history: &History, regulation: &Regulation) {
    use rayon::slice::ParallelSliceMut;
    let name = |finding: &Finding| {
        let version = &regulation.versions()[finding.version as usize];
        version.entries[finding.entry as usize].name.as_str()
    };
    findings.par_sort_unstable_by(|a, b| {
        a.at.cmp(&b.at)
            .then_with(|| name(a).cmp(name(b)))
            .then_with(|| history.deals.get(a.deal.0).cmp(history.deals.get(b.deal.0)))
            .then_with(|| {
                history
                    .people
                    .ids
                    .get(a.employee.0)
                    .cmp(history.people.ids.get(b.employee.0))
            })
            .then_with(|| {
                let stages = &history.pipelines.stage_ids;
                stages.get(a.stage.0).cmp(stages.get(b.stage.0))
            })
            .then_with(|| a.until.cmp(&b.until))
            .then_with(|| a.start.cmp(&b.start))
            .then_with(|| subject(a, history).cmp(&subject(b, history)))
            .then_with(|| a.count.cmp(&b.count))
            .then_with(|| first_event(a).cmp(&first_event(b)))
    });
}

/// What a finding is about, so that the order depends on no number that ids were given.
fn subject<'h>(finding: &Finding, history: &'h History) -> (&'h str, i64) {
    match finding.subject {
        Subject::Task(task) => (history.tasks.get(task.0), 0),
        Subject::Field(field) => (history.fields.get(field.0), 0),
        Subject::Stage(stage) => (history.pipelines.stage_ids.get(stage.0), 0),
        Subject::Day(number) | Subject::Month(number) => ("", i64::from(number)),
        Subject::Text(hash) => ("", hash as i64),
        Subject::Deal => ("", 0),
    }
}

/// The place in its deal of the first event that proves a finding.
fn first_event(finding: &Finding) -> Option<u32> {
    match finding.evidence().first() {
        Some(Evidence::Event(event)) => Some(event.index),
        _ => None,
    }
}

fn output(path: Option<&Path>, lang: Lang) -> Result<Box<dyn Write>> {
    Ok(match path {
        Some(path) => {
            let shown = || {
                say::text(
                    lang,
                    "not-written",
                    &[("path", foreign(&path.display().to_string()))],
                )
            };
            Box::new(BufWriter::with_capacity(
                1 << 18,
                File::create(path).with_context(shown)?,
            ))
        }
        None if std::io::stdout().is_terminal() => Box::new(std::io::stdout().lock()),
        None => Box::new(BufWriter::with_capacity(1 << 16, std::io::stdout().lock())),
    })
}
