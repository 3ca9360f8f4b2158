//! `svetofor backtest`: what another regulation would have found in the same history.

use std::io::Write;
use std::process::ExitCode;

use anyhow::Result;
use audit::judge::Judge;
use audit::message::Speaker;
use figures::backtest::Baseline;
use wording::Lang;

use super::question::{Asking, Question, judged, warn};
use super::regulation;
use crate::cli;
use crate::output::drawn;

/// Prints what changes.
pub fn run(args: &cli::Backtest, asked: Option<Lang>) -> Result<ExitCode> {
    let asking = Asking::of(&args.asked, asked)?;
    let other = regulation::read(Some(&args.against), asking.lang)?;
    // Either may ask for a column that the other leaves out.
    let mut leave_out = asking.regulation.unused_columns();
    leave_out.retain(|column| other.unused_columns().contains(column));
    let Question {
        regulation: present,
        history,
        now,
        span,
        lang,
    } = asking.question(&args.asked, &leave_out)?;
    regulation::fit(&other, &history, lang)?;
    warn(&other, now, lang);
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
