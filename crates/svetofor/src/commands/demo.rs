//! `svetofor demo`: a small made-up company, audited.

use std::io::Write;
use std::path::Path;
use std::process::ExitCode;

use anyhow::{Context, Result};
use audit::judge::Judge;
use audit::message::Speaker;
use audit::regulation::{Regulation, Version};
use figures::{Audited, Period, Report, Span};
use history::Instant;
use history::write::Format;
use jiff::Timestamp;
use sandbox::company;
use wording::{Lang, Value};

use super::audit::report_options;
use super::question::{judged, read};
use crate::cli;
use crate::output::table::{Frame, render};
use crate::say::{self, Shown, foreign};

/// Makes the company, audits it and shows the light.
pub fn run(args: &cli::Demo, lang: Lang) -> Result<ExitCode> {
    let temporary;
    let folder: &Path = match &args.out {
        Some(folder) => folder,
        None => {
            temporary = tempfile::tempdir()?;
            temporary.path()
        }
    };
    let shown = || {
        say::text(
            lang,
            "not-written",
            &[("path", foreign(&folder.display().to_string()))],
        )
    };
    std::fs::create_dir_all(folder).with_context(shown)?;
    let until: Timestamp = "2026-04-17T15:00:00Z"
        .parse()
        .context("the demo's last instant")?;
    let options = company::Options {
        seed: args.seed,
        ..company::Options::new(until)
    };
    let made = company::write(folder, &options, Format::Csv, None)?;
    std::fs::write(folder.join("regulation.toml"), company::regulation()).with_context(shown)?;

    let count = |n: u64| Value::Count(n as i64);
    let figures = [
        ("deals", count(made.deals)),
        ("events", count(made.events)),
        ("employees", count(made.employees)),
    ];
    say::aside(&format!("{}\n", say::text(lang, "demo-made", &figures)));
    show(folder, &args.report, until.as_millisecond(), lang)?;
    if args.out.is_some() {
        let path = foreign(&folder.display().to_string());
        say::aside(&say::text(lang, "demo-kept", &[("path", path)]));
    }
    say::aside(&say::text(lang, "demo-next", &[]));
    Ok(ExitCode::SUCCESS)
}

fn show(folder: &Path, page: &Path, now: Instant, lang: Lang) -> Result<()> {
    let version = Version::parse(company::regulation(), "regulation.toml");
    let version = version.map_err(|mistakes| Shown(format!("{mistakes}\n")))?;
    let regulation =
        Regulation::new(vec![version]).map_err(|mistake| anyhow::anyhow!("{}", mistake.what))?;
    let history = read(folder, &[], lang)?;
    let judge = Judge::new(&history, &regulation);
    let verdict = judged(&judge, now, lang);
    let speaker = Speaker::new(&history, &regulation, lang);
    let audited = Audited::new(&judge, &verdict, now);
    let frame = Frame {
        audited,
        speaker: &speaker,
        period: Period::EVER,
    };
    std::io::stdout()
        .lock()
        .write_all(render(&frame).as_bytes())?;
    let week = Span::last_full_week(audited.zone(), now);
    let report = Report::of(audited, None, report_options(week));
    let path = foreign(&page.display().to_string());
    std::fs::write(page, report::html(&report, &speaker))
        .with_context(|| say::text(lang, "not-written", &[("path", path.clone())]))?;
    say::aside(&say::text(lang, "demo-report", &[("path", path)]));
    Ok(())
}
