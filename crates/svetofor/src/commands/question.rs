//! What `audit`, `funnel` and `backtest` have in common: a regulation, a history, an instant and
//! some days, opened and told about in one way.

use std::path::Path;

use anyhow::{Context, Result, bail};
use audit::judge::{Judge, Verdict};
use audit::regulation::Regulation;
use figures::Span;
use history::read::{Options, parse_instant, read_folder};
use history::{History, Instant, Problems};
use jiff::civil::Date;
use wording::{Lang, Value};

use super::regulation;
use crate::cli::{Asked, Of};
use crate::progress::Progress;
use crate::say::{self, foreign};

/// Problems of the input told one by one; the rest is counted.
const PROBLEMS_SHOWN: usize = 20;

/// The regulation, and the language to speak: that asked for, else the regulation's.
pub struct Asking {
    /// The regulation.
    pub regulation: Regulation,
    /// The language.
    pub lang: Lang,
}

/// Everything that is needed to judge.
pub struct Question {
    /// The regulation.
    pub regulation: Regulation,
    /// The history.
    pub history: History,
    /// The instant to judge at.
    pub now: Instant,
    /// The days asked for.
    pub span: Span,
    /// The language.
    pub lang: Lang,
}

impl Asking {
    /// Reads the regulation.
    pub fn of(asked: &Asked, lang: Option<Lang>) -> Result<Asking> {
        let read = regulation::read(asked.regulation.as_deref(), lang.unwrap_or(Lang::Ru))?;
        Ok(Asking {
            lang: lang.unwrap_or(read.latest().language),
            regulation: read,
        })
    }

    /// Reads the history without the columns that nobody asks for, and tells what is wrong with it
    /// or should be known.
    pub fn question(self, asked: &Asked, leave_out: &[&str]) -> Result<Question> {
        let Asking { regulation, lang } = self;
        let history = read(&asked.history, leave_out, lang)?;
        tell_problems(&history.problems, lang);
        regulation::fit(&regulation, &history, lang)?;
        let now = instant_of_audit(asked.now.as_deref(), &history, lang)?;
        warn(&regulation, now, lang);
        Ok(Question {
            span: span(asked.from, asked.to, lang)?,
            regulation,
            history,
            now,
            lang,
        })
    }
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

/// Tells what was wrong with the input.
pub fn tell_problems(problems: &Problems, lang: Lang) {
    let lines = lines_of_problems(problems, lang);
    lines.iter().for_each(|line| say::aside(line));
}

/// What was wrong with the input, a line a problem; many are counted.
pub fn lines_of_problems(problems: &Problems, lang: Lang) -> Vec<String> {
    let shown = problems.kept().iter().take(PROBLEMS_SHOWN);
    let mut lines: Vec<String> = shown.map(|problem| say::problem(problem, lang)).collect();
    let rest = problems.total().saturating_sub(PROBLEMS_SHOWN as u64);
    if rest > 0 {
        let args = [("count", Value::Count(rest as i64))];
        lines.push(say::text(lang, "problems-more", &args));
    }
    lines
}

/// The instant asked for, else the last event.
fn instant_of_audit(now: Option<&str>, history: &History, lang: Lang) -> Result<Instant> {
    match now {
        Some(text) => parse_instant(text)
            .with_context(|| say::text(lang, "bad-now", &[("value", foreign(text))])),
        None => Ok(history.timelines.span().map_or(0, |(_, last)| last)),
    }
}

/// The instant to judge a company of the store at: the one asked for, else `now`.
pub fn instant(of: &Of, now: Instant, lang: Lang) -> Result<Instant> {
    match of.now.as_deref() {
        Some(text) => parse_instant(text)
            .with_context(|| say::text(lang, "bad-now", &[("value", foreign(text))])),
        None => Ok(now),
    }
}

/// The dates between which breaches are chosen.
fn span(from: Option<Date>, to: Option<Date>, lang: Lang) -> Result<Span> {
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

fn date(date: Date) -> Value<'static> {
    Value::Text(date.to_string().into())
}

/// Tells what should be known of a regulation.
pub fn warn(regulation: &Regulation, now: Instant, lang: Lang) {
    for version in regulation.versions() {
        regulation::warn(version, lang);
        if let Some(what) = version.calendar_ends_before(now) {
            regulation::warn_of(&what, lang);
        }
    }
}
