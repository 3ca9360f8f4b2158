//! `svetofor demo`: a small made-up company, audited.

mod accounts;
mod control;
mod server;

use std::io::Write;
use std::path::{Path, PathBuf};
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
use tempfile::TempDir;
use wording::{Lang, Value};

use super::audit::report_options;
use super::question::{judged, read};
use crate::cli;
use crate::output::table::{Frame, render};
use crate::say::{self, Shown, foreign};

/// When the half-year of a company ends that is only shown: the same figures on any day.
const UNTIL: &str = "2026-04-17T15:00:00Z";

/// Makes the company, audits it and shows the light; goes on as a server where one is asked for.
pub fn run(args: &cli::Demo, lang: Lang) -> Result<ExitCode> {
    if args.server.asked() {
        return server::run(args, lang);
    }
    let kept = Kept::new(args, lang)?;
    let until: Timestamp = UNTIL.parse().context("the demo's last instant")?;
    let options = options(args, until);
    let made = company::write(kept.path(), &options, Format::Csv, None)?;
    kept.put_regulation(lang)?;
    tell_made(made.deals, made.events, lang);
    show(kept.path(), &args.report, until.as_millisecond(), lang)?;
    kept.tell(lang);
    say::aside(&say::text(lang, "demo-next", &[]));
    say::aside(&say::text(lang, "demo-serve", &[]));
    Ok(ExitCode::SUCCESS)
}

fn options(args: &cli::Demo, until: Timestamp) -> company::Options {
    company::Options {
        seed: args.seed,
        ..company::Options::new(until)
    }
}

fn tell_made(deals: u64, events: u64, lang: Lang) {
    let count = |n: u64| Value::Count(n as i64);
    let figures = [
        ("deals", count(deals)),
        ("events", count(events)),
        ("employees", count(company::EMPLOYEES)),
    ];
    say::aside(&format!("{}\n", say::text(lang, "demo-made", &figures)));
}

/// The folder of history and regulation: one that was asked for, or one that goes at the end.
enum Kept {
    Asked(PathBuf),
    Temporary(TempDir),
}

impl Kept {
    fn new(args: &cli::Demo, lang: Lang) -> Result<Kept> {
        let Some(folder) = &args.out else {
            return Ok(Kept::Temporary(tempfile::tempdir()?));
        };
        std::fs::create_dir_all(folder).with_context(|| not_written(folder, lang))?;
        Ok(Kept::Asked(folder.clone()))
    }

    fn path(&self) -> &Path {
        match self {
            Kept::Asked(path) => path,
            Kept::Temporary(folder) => folder.path(),
        }
    }

    fn put_regulation(&self, lang: Lang) -> Result<()> {
        let file = self.path().join(REGULATION);
        std::fs::write(&file, company::regulation()).with_context(|| not_written(&file, lang))
    }

    fn tell(&self, lang: Lang) {
        if let Kept::Asked(path) = self {
            let path = foreign(&path.display().to_string());
            say::aside(&say::text(lang, "demo-kept", &[("path", path)]));
        }
    }
}

const REGULATION: &str = "regulation.toml";

fn not_written(path: &Path, lang: Lang) -> String {
    let path = foreign(&path.display().to_string());
    say::text(lang, "not-written", &[("path", path)])
}

fn show(folder: &Path, page: &Path, now: Instant, lang: Lang) -> Result<()> {
    let version = Version::parse(company::regulation(), REGULATION);
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
        .with_context(|| not_written(page, lang))?;
    say::aside(&say::text(lang, "demo-report", &[("path", path)]));
    Ok(())
}
