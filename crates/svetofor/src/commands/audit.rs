//! `svetofor audit`: a history and a regulation in, findings out.

use std::fs::File;
use std::io::{BufWriter, IsTerminal, Write};
use std::path::Path;
use std::process::ExitCode;

use anyhow::{Context, Result, bail};
use audit::judge::{Evidence, Finding, Judge, Subject, Verdict};
use audit::message::Speaker;
use audit::regulation::Regulation;
use figures::{Audited, Report, Span};
use history::read::{Options, parse_instant, read_folder};
use history::{History, Instant};
use jiff::civil::Date;
use wording::{Lang, Value};

use super::regulation;
use crate::cli::{Audit, Format};
use crate::output::{jsonl, table};
use crate::progress::Progress;
use crate::say::{self, foreign};

/// Problems of the input told one by one; the rest is counted.
const PROBLEMS_SHOWN: usize = 20;

/// Runs the audit.
pub fn run(args: &Audit, asked: Option<Lang>) -> Result<ExitCode> {
    let lang = asked.unwrap_or(Lang::Ru);
    let regulation = regulation::read(args.regulation.as_deref(), lang)?;
    let lang = asked.unwrap_or(regulation.latest().language);
    // Reports tell more than findings: they need all columns.
    let leave_out = match args.format {
        Format::Table | Format::Jsonl => regulation.unused_columns(),
        Format::Html | Format::Xlsx => Vec::new(),
    };
    let history = read(&args.history, &leave_out, lang)?;
    let problems = tell_problems(&history, lang);
    if args.strict && problems > 0 {
        bail!(say::text(
            lang,
            "strict",
            &[("count", Value::Count(problems as i64))]
        ));
    }
    regulation::fit(&regulation, &history, lang)?;
    let now = instant_of_audit(args.now.as_deref(), &history, lang)?;
    warn(&regulation, now, lang);
    let span = match (span(args.from, args.to, lang)?, args.format) {
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

/// Reads a history with a progress bar, without the columns that nobody asks for.
pub fn read(folder: &Path, leave_out: &[&str], lang: Lang) -> Result<History> {
    let progress = Progress::new(&say::text(lang, "progress-read", &[]));
    let tell = |done, of| progress.tell(done, of);
    Ok(read_folder(
        folder,
        &Options {
            progress: Some(&tell),
            leave_out,
        },
    )?)
}

/// Judges with a progress bar.
pub fn judged(judge: &Judge<'_>, now: Instant, lang: Lang) -> Verdict {
    let progress = Progress::new(&say::text(lang, "progress-judge", &[]));
    let tell = |done, of| progress.tell(done, of);
    judge.judge(now, Some(&tell))
}

/// Tells what was wrong with the input; returns how much there was.
fn tell_problems(history: &History, lang: Lang) -> u64 {
    let problems = &history.problems;
    for problem in problems.kept().iter().take(PROBLEMS_SHOWN) {
        say::aside(&say::problem(problem, lang));
    }
    let rest = problems.total().saturating_sub(PROBLEMS_SHOWN as u64);
    if rest > 0 {
        let args = [("count", Value::Count(rest as i64))];
        say::aside(&say::text(lang, "problems-more", &args));
    }
    problems.total()
}

/// The instant asked for, else the last event.
pub fn instant_of_audit(now: Option<&str>, history: &History, lang: Lang) -> Result<Instant> {
    match now {
        Some(text) => parse_instant(text)
            .with_context(|| say::text(lang, "bad-now", &[("value", foreign(text))])),
        None => Ok(history.timelines.span().map_or(0, |(_, last)| last)),
    }
}

/// The dates between which breaches are chosen.
pub fn span(from: Option<Date>, to: Option<Date>, lang: Lang) -> Result<Span> {
    if let (Some(from), Some(to)) = (from, to)
        && to < from
    {
        bail!(say::text(
            lang,
            "period-turned",
            &[("from", date(from)), ("to", date(to))]
        ));
    }
    Ok(Span::days(from, to))
}

/// How many of the worst deals a report shows.
const WORST: usize = 10;

/// A report on a span.
pub fn report_options(span: Span) -> figures::Options {
    figures::Options { span, worst: WORST }
}

fn date(date: Date) -> Value<'static> {
    Value::Text(date.to_string().into())
}

fn warn(regulation: &Regulation, now: Instant, lang: Lang) {
    for version in regulation.versions() {
        regulation::warn(version, lang);
        if let Some(what) = version.calendar_ends_before(now) {
            regulation::warn_of(&what, lang);
        }
    }
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
