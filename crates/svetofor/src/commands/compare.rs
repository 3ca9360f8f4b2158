//! `svetofor compare`: two periods, or before and after a date, judged by one version of the
//! regulation: from a history folder or from a company of the store.

use std::io::{IsTerminal, Write};
use std::path::Path;
use std::process::ExitCode;

use anyhow::{Context, Result, anyhow, bail};
use app::companies;
use app::compare::{Wanted, name_of, of_store, place_of};
use audit::judge::Judge;
use audit::message::Speaker;
use audit::regulation::{Regulation, Version};
use figures::compare::{Comparison, Pair};
use figures::{Audited, Span};
use history::Instant;
use jiff::civil::Date;
use wording::Lang;

use super::question::{Asking, Question, instant, judged};
use super::{company, place};
use crate::cli::{Asked, Compare, CompareFormat};
use crate::output::{drawn, jsonl_compare};
use crate::say::{self, foreign};

/// Runs `svetofor compare`.
pub fn run(args: &Compare, asked: Option<Lang>) -> Result<ExitCode> {
    let lang = asked.unwrap_or(Lang::Ru);
    if args.format == CompareFormat::Xlsx && args.out.is_none() && std::io::stdout().is_terminal() {
        bail!(say::text(lang, "compare-needs-out", &[]));
    }
    let bytes = match (&args.of.company, &args.of.history) {
        (Some(company), _) => of_company(company, args, lang)?,
        (None, Some(history)) => of_history(history, args, asked)?,
        // The command line asks for one of them.
        (None, None) => bail!(say::text(lang, "report-of-what", &[])),
    };
    match &args.out {
        Some(path) => {
            let shown = [("path", foreign(&path.display().to_string()))];
            let failed = || say::text(lang, "not-written", &shown);
            std::fs::write(path, bytes).with_context(failed)?;
        }
        None => std::io::stdout().lock().write_all(&bytes)?,
    }
    Ok(ExitCode::SUCCESS)
}

/// Two periods of a company of the store. Its judge runs here, and nothing is written: a server may run
/// beside.
fn of_company(named: &str, args: &Compare, lang: Lang) -> Result<Vec<u8>> {
    let runtime = place::runtime()?;
    runtime.block_on(async {
        let store = place::look(&place::place(&args.of.at.data, lang)?, lang).await?;
        let found = companies::find(&store, named).await;
        let company = found.map_err(|error| company::refused(error, lang))?;
        let now = instant(&args.of, place::now(), lang)?;
        let choose = |regulation: &Regulation| wanted(args, regulation, now, lang);
        let shown = of_store(&store, &company.id, choose, now, |found, version| {
            shown(found, version, args.format, lang)
        });
        let shown = shown.await;
        store.close().await;
        shown?
    })
}

/// Two periods of a history folder.
fn of_history(history: &Path, args: &Compare, asked: Option<Lang>) -> Result<Vec<u8>> {
    let asked_of = Asked {
        history: history.to_owned(),
        regulation: args.of.regulation.clone(),
        now: args.of.now.clone(),
        from: None,
        to: None,
    };
    let question = Asking::of(&asked_of, asked)?.question(&asked_of, &[])?;
    let Question {
        regulation,
        history,
        now,
        lang,
        ..
    } = question;
    let wanted = wanted(args, &regulation, now, lang)?;
    let alone = regulation.alone(wanted.version);
    let alone = alone.context("the place is that of a version")?;
    let judge = Judge::new(&history, &alone);
    let mut verdict = judged(&judge, now, lang);
    // A period of findings in order is found sooner.
    verdict.findings.sort_by_key(|finding| finding.at);
    let audited = Audited {
        in_order: true,
        ..Audited::new(&judge, &verdict, now)
    };
    let found = Comparison::of(audited, wanted.pair);
    let version = &regulation.versions()[wanted.version];
    shown(&found, version, args.format, lang)
}

/// The periods and the version that the command line asks for.
fn wanted(args: &Compare, regulation: &Regulation, now: Instant, lang: Lang) -> Result<Wanted> {
    let named = args.by.as_deref().unwrap_or_default();
    let version = place_of(regulation, named, now).map_err(|_| {
        let known = regulation.versions().iter().map(name_of);
        let known = known.collect::<Vec<_>>().join(", ");
        let said = [("value", foreign(named)), ("known", foreign(&known))];
        anyhow!(say::text(lang, "compare-no-version", &said))
    })?;
    let zone = &regulation.latest().zone;
    let pair = pair(args, zone.date(now), lang)?;
    Ok(Wanted { pair, version })
}

/// The periods asked for; by default the last full week and the one before.
fn pair(args: &Compare, today: Date, lang: Lang) -> Result<Pair> {
    let days = |text: &String| days(text, lang);
    match (&args.before, &args.after, args.around) {
        (Some(before), Some(after), _) => Ok(Pair {
            before: days(before)?,
            after: days(after)?,
        }),
        (None, Some(after), _) => {
            let after = days(after)?;
            Ok(Pair::of(after.before(), after))
        }
        (_, _, Some(date)) => Ok(Pair::around(date, today)),
        _ => Ok(Pair::weeks(today)),
    }
}

/// Days as the command line writes them: a week, a month, or from one date to another.
fn days(text: &str, lang: Lang) -> Result<Span> {
    let dates = || {
        let (from, to) = text.split_once("..")?;
        let (from, to) = (from.trim().parse().ok()?, to.trim().parse().ok()?);
        (from <= to).then(|| Span::days(Some(from), Some(to)))
    };
    let span = Span::parse_week(text).or_else(|| Span::parse_month(text));
    span.or_else(dates).ok_or_else(|| {
        let said = say::text(lang, "compare-bad-days", &[("value", foreign(text))]);
        anyhow!(said)
    })
}

/// The comparison in the form asked for.
fn shown(
    found: &Comparison<'_>,
    version: &Version,
    format: CompareFormat,
    lang: Lang,
) -> Result<Vec<u8>> {
    let audited = &found.audited;
    let speaker = Speaker::new(audited.history, audited.regulation, lang);
    let mut out = Vec::new();
    match format {
        CompareFormat::Table => {
            for line in report::compare_about(found, version, &speaker) {
                writeln!(out, "{line}")?;
            }
            writeln!(out)?;
            for table in report::compare(found, &speaker) {
                writeln!(out, "{}", drawn(&table, lang))?;
            }
        }
        CompareFormat::Xlsx => {
            let about = report::compare_about(found, version, &speaker).join(" ");
            let mut tables = report::compare(found, &speaker);
            for table in &mut tables {
                table.note = format!("{about} {}", table.note);
            }
            let named = tables.iter().map(|table| (table.title.clone(), table));
            let named: Vec<_> = named.collect();
            out = report::workbook(&named, lang)?;
        }
        CompareFormat::Jsonl => jsonl_compare::write(&mut out, found, version, &speaker)?,
    }
    Ok(out)
}
