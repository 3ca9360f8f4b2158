//! `svetofor backtest`: what another regulation would have found in the same history.

use std::io::Write;
use std::process::ExitCode;

use anyhow::Result;
use audit::judge::Judge;
use audit::message::Speaker;
use figures::backtest::Baseline;
use wording::Lang;

use super::audit::{instant_of_audit, judged, read, span};
use super::regulation;
use crate::cli;
use crate::output::drawn;

/// Prints what changes.
pub fn run(args: &cli::Backtest, asked: Option<Lang>) -> Result<ExitCode> {
    let lang = asked.unwrap_or(Lang::Ru);
    let present = regulation::read(args.regulation.as_deref(), lang)?;
    let other = regulation::read(Some(&args.against), lang)?;
    let lang = asked.unwrap_or(present.latest().language);
    // Either may ask for a column that the other leaves out.
    let mut leave_out = present.unused_columns();
    leave_out.retain(|column| other.unused_columns().contains(column));
    let history = read(&args.history, &leave_out, lang)?;
    regulation::fit(&present, &history, lang)?;
    regulation::fit(&other, &history, lang)?;
    let now = instant_of_audit(args.now.as_deref(), &history, lang)?;
    let span = span(args.from, args.to, lang)?;
    let judge = Judge::new(&history, &present);
    let verdict = judged(&judge, now, lang);
    let baseline = Baseline::new(&judge, &verdict, now);
    let tried = baseline.tried(&other);
    let period = span.period(&present.latest().zone);
    let before = baseline.side(period);
    let backtest = baseline.against(&before, &other, &tried, period);
    let speaker = Speaker::new(&history, &present, lang);
    let mut out = std::io::stdout().lock();
    writeln!(out, "{}\n", report::backtest_summary(&backtest, &speaker))?;
    if !backtest.is_unchanged() {
        for table in report::backtest(&backtest, &speaker) {
            writeln!(out, "{}", drawn(&table, lang))?;
        }
    }
    Ok(ExitCode::SUCCESS)
}
