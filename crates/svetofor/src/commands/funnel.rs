//! `svetofor funnel`: conversion, time at stages, speed of answers, hung money.

use std::io::Write;
use std::process::ExitCode;

use anyhow::Result;
use audit::judge::Judge;
use audit::message::Speaker;
use figures::funnel::{Cut, Factors, Flow, funnels};
use figures::{Audited, Span};
use jiff::civil::Date;
use wording::Lang;

use super::question::{Asking, Question, judged};
use crate::cli::{Funnel, FunnelBy};
use crate::output::drawn;

/// Prints the funnel.
pub fn run(args: &Funnel, asked: Option<Lang>) -> Result<ExitCode> {
    // Sources of deals are told apart by a column that few rules ask for: none is left out.
    let Question {
        regulation,
        history,
        now,
        span,
        lang,
    } = Asking::of(&args.asked, asked)?.question(&args.asked, &[])?;
    let judge = Judge::new(&history, &regulation);
    let verdict = judged(&judge, now, lang);
    let speaker = Speaker::new(&history, &regulation, lang);
    let audited = Audited::new(&judge, &verdict, now);
    let flow = Flow::of(&audited);
    let factors = Factors::of(&audited, &flow);
    let mut out = std::io::stdout().lock();
    for (heading, part) in parts(args.by, &audited, &speaker, &flow) {
        if !heading.is_empty() {
            writeln!(out, "== {heading} ==\n")?;
        }
        let funnels = funnels(&audited, &part, &factors, span.period(audited.zone()));
        let mut speed = report::speed_table(lang);
        for funnel in &funnels {
            let table = report::funnel_of(&audited, &speaker, funnel, span);
            writeln!(out, "{}", drawn(&table, lang))?;
            if funnel.speed.leads > 0 {
                speed.rows.push(report::speed_of(&audited, funnel));
            }
        }
        writeln!(out, "{}", drawn(&speed, lang))?;
    }
    Ok(ExitCode::SUCCESS)
}

/// The flow as a whole, or in the parts asked for, each with its heading.
fn parts(
    by: Option<FunnelBy>,
    audited: &Audited<'_>,
    speaker: &Speaker<'_>,
    flow: &Flow,
) -> Vec<(String, Flow)> {
    let month = |cut: &Cut| match Span::month_of(audited.zone().date(cut.at)) {
        Span::Month(first) => first,
        _ => Date::MIN,
    };
    let named = |name: String| {
        if name.is_empty() {
            "—".to_owned()
        } else {
            name
        }
    };
    match by {
        None => vec![(String::new(), flow.clone())],
        Some(FunnelBy::Employee) => {
            let parts = flow.split(|cut| cut.employee).into_iter();
            parts
                .map(|(person, part)| (speaker.person(person), part))
                .collect()
        }
        Some(FunnelBy::Source) => {
            let parts = flow.split(|cut| cut.source).into_iter();
            let name = |source: history::ChannelId| audited.history.channels.get(source.0);
            parts
                .map(|(source, part)| (named(wording::one_line(name(source), 60)), part))
                .collect()
        }
        Some(FunnelBy::Month) => {
            let parts = flow.split(month).into_iter();
            parts
                .map(|(first, part)| (report::span(Span::Month(first), speaker.lang()), part))
                .collect()
        }
    }
}
