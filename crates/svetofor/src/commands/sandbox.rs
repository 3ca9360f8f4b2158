//! `svetofor sandbox`: made-up data of any size, and how well the judge does on it.

mod accuracy;

use std::process::ExitCode;

use anyhow::{Context, Result};
use sandbox::bulk::{self, BulkOptions};
use wording::{Lang, Value};

use crate::cli;
use crate::progress::Progress;
use crate::say::{self, foreign};

/// Runs `svetofor sandbox …`.
pub fn run(args: &cli::Sandbox, lang: Lang) -> Result<ExitCode> {
    match args {
        cli::Sandbox::History(args) => history(args, lang),
        cli::Sandbox::Check(args) => accuracy::check(args, lang),
    }
}

fn history(args: &cli::SandboxHistory, lang: Lang) -> Result<ExitCode> {
    let path = args.out.display().to_string();
    let shown = || say::text(lang, "not-written", &[("path", foreign(&path))]);
    std::fs::create_dir_all(&args.out).with_context(shown)?;
    let progress = Progress::new(&say::text(lang, "progress-make", &[]));
    let tell = |done, of| progress.tell(done, of);
    let made = bulk::write(
        &args.out,
        &BulkOptions::new(args.deals, args.seed),
        args.format.into(),
        Some(&tell),
    )?;
    drop(progress);
    let count = |n: u64| Value::Count(n as i64);
    let figures = [
        ("deals", count(made.deals)),
        ("events", count(made.events)),
        ("path", foreign(&path)),
    ];
    say::aside(&say::text(lang, "sandbox-made", &figures));
    Ok(ExitCode::SUCCESS)
}
