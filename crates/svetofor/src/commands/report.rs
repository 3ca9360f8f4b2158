//! `svetofor report`: the report of a week or a month on the company, a group or an employee, from a
//! history folder or from a company of the store.

use std::io::{IsTerminal, Write};
use std::process::ExitCode;

use anyhow::{Context, Result, anyhow, bail};
use app::companies;
use app::period_report::{Wanted, of_store};
use audit::judge::Judge;
use audit::message::Speaker;
use audit::regulation::{Regulation, nearest};
use figures::funnel::Flow;
use figures::light::Who;
use figures::{Audited, Everybody, Span};
use history::{EmployeeId, GroupId, History, Instant};
use report::document::Document;
use report::{Look, period};
use wording::{Lang, Value};

use super::audit::report_options;
use super::question::{Asking, Question, instant, judged};
use super::{company, place};
use crate::cli::{Asked, Report, ReportFormat, ReportOf};
use crate::say::{self, foreign};

/// Runs `svetofor report …`.
pub fn run(report: &Report, asked: Option<Lang>) -> Result<ExitCode> {
    let (of, when) = match report {
        Report::Weekly(args) => (&args.of, When::Week(args.week.as_deref())),
        Report::Monthly(args) => (&args.of, When::Month(args.month.as_deref())),
    };
    let lang = asked.unwrap_or(Lang::Ru);
    let is_for_files = matches!(of.format, ReportFormat::Pdf | ReportFormat::Xlsx);
    if is_for_files && of.out.is_none() && std::io::stdout().is_terminal() {
        bail!(say::text(lang, "report-needs-out", &[]));
    }
    let (document, now) = match (&of.of.company, &of.of.history) {
        (Some(company), _) => of_company(company, of, when, lang)?,
        (None, Some(history)) => of_history(history, of, when, asked)?,
        // The command line asks for one of them.
        (None, None) => bail!(say::text(lang, "report-of-what", &[])),
    };
    write(&document, now, of)
}

/// The period as the command line names it; none: the last one that is over.
#[derive(Clone, Copy)]
enum When<'a> {
    Week(Option<&'a str>),
    Month(Option<&'a str>),
}

impl When<'_> {
    /// The days meant, in the regulation's zone.
    fn span(self, regulation: &Regulation, now: Instant, lang: Lang) -> Result<Span> {
        let zone = &regulation.latest().zone;
        let (text, span, id, like) = match self {
            When::Week(None) => return Ok(Span::last_full_week(zone, now)),
            When::Month(None) => return Ok(Span::last_full_month(zone, now)),
            When::Week(Some(text)) => {
                let last = Span::last_full_week(zone, now);
                (text, Span::parse_week(text), "report-bad-week", last)
            }
            When::Month(Some(text)) => {
                let last = Span::last_full_month(zone, now);
                (text, Span::parse_month(text), "report-bad-month", last)
            }
        };
        span.ok_or_else(|| {
            let like = like.dates().0.map_or_else(String::new, |first| match self {
                When::Week(_) => {
                    let week = first.iso_week_date();
                    format!("{}-W{:02}", week.year(), week.week())
                }
                When::Month(_) => format!("{}-{:02}", first.year(), first.month()),
            });
            let args = [("value", foreign(text)), ("like", foreign(&like))];
            anyhow!(say::text(lang, id, &args))
        })
    }
}

/// The report on a company of the store. Its judge runs here, and nothing is written: a server may run
/// beside.
fn of_company(
    named: &str,
    of: &ReportOf,
    when: When<'_>,
    lang: Lang,
) -> Result<(Document, Instant)> {
    let runtime = place::runtime()?;
    runtime.block_on(async {
        let store = place::look(&place::place(&of.of.at.data, lang)?, lang).await?;
        let found = companies::find(&store, named).await;
        let company = found.map_err(|error| company::refused(error, lang))?;
        let now = instant(&of.of, place::now(), lang)?;
        let choose = |history: &History, regulation: &Regulation| {
            Ok::<_, anyhow::Error>(Wanted {
                who: whom(history, of, lang)?,
                span: Some(when.span(regulation, now, lang)?),
                chapters: !of.brief,
                lang,
            })
        };
        let document = of_store(&store, &company.id, choose, now).await;
        store.close().await;
        Ok((document?, now))
    })
}

/// The report on a history folder.
fn of_history(
    history: &std::path::Path,
    of: &ReportOf,
    when: When<'_>,
    asked: Option<Lang>,
) -> Result<(Document, Instant)> {
    let asked_of = Asked {
        history: history.to_owned(),
        regulation: of.of.regulation.clone(),
        now: of.of.now.clone(),
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
    let who = whom(&history, of, lang)?;
    let span = when.span(&regulation, now, lang)?;
    let judge = Judge::new(&history, &regulation);
    let mut verdict = judged(&judge, now, lang);
    // A period of findings in order is found sooner.
    verdict.findings.sort_by_key(|finding| finding.at);
    let alone = regulation.latest_alone();
    let judge_alone = Judge::new(&history, &alone);
    let several = regulation.versions().len() > 1;
    let verdict_alone = several.then(|| judged(&judge_alone, now, lang));
    let audited = Audited {
        in_order: true,
        ..Audited::new(&judge, &verdict, now)
    };
    let alone = verdict_alone.as_ref();
    let alone = alone.map(|verdict| Audited::new(&judge_alone, verdict, now));
    let flow = Flow::of(&audited);
    let everybody = Everybody::of(audited, alone, report_options(span), &flow);
    let speaker = Speaker::new(&history, &regulation, lang);
    let asked = period::Asked {
        who,
        chapters: !of.brief,
        page: &|_| None,
        beside: &period::AllBeside::new(),
    };
    Ok((period::document(&everybody, &speaker, &asked), now))
}

/// On whom the report is: by an id, or by the only name like it.
fn whom(history: &History, of: &ReportOf, lang: Lang) -> Result<Who> {
    let people = &history.people;
    if let Some(wanted) = &of.group {
        let names = people.groups.iter().map(|group| group.name.as_str());
        let ids = (0..people.groups.len()).map(|id| people.group_ids.get(id as u32));
        let place = found(wanted, ids.zip(names).collect(), "report-no-group", lang)?;
        return Ok(Who::Group(GroupId(place as u32)));
    }
    if let Some(wanted) = &of.employee {
        let ids = (0..people.ids.len() as u32).map(EmployeeId);
        let known = ids.map(|id| (people.ids.get(id.0), people.name(id)));
        let place = found(wanted, known.collect(), "report-no-employee", lang)?;
        return Ok(Who::Employee(EmployeeId(place as u32)));
    }
    Ok(Who::Company)
}

/// The place of what is meant among ids and names.
fn found(wanted: &str, known: Vec<(&str, &str)>, unknown: &str, lang: Lang) -> Result<usize> {
    if let Some(place) = known.iter().position(|(id, _)| *id == wanted) {
        return Ok(place);
    }
    let folded = wanted.trim().to_lowercase();
    let named = |(_, name): &(&str, &str)| name.to_lowercase() == folded;
    let mut places = (0..known.len()).filter(|place| named(&known[*place]));
    match (places.next(), places.next()) {
        (Some(place), None) => return Ok(place),
        (Some(first), Some(second)) => {
            let ids = format!("{}, {}", known[first].0, known[second].0);
            let args = [("value", foreign(wanted)), ("ids", foreign(&ids))];
            bail!(say::text(lang, "report-several", &args));
        }
        _ => {}
    }
    let mut said = say::text(lang, unknown, &[("value", foreign(wanted))]);
    let words = known.iter().flat_map(|(id, name)| [*name, *id]);
    if let Some(near) = nearest(wanted, words.filter(|word| !word.is_empty())) {
        let near = say::text(lang, "rule-nearest", &[("nearest", foreign(&near))]);
        said = format!("{said} {near}");
    }
    bail!(said)
}

/// Writes a document in the form asked for; `now` is the instant that it was judged at.
fn write(document: &Document, now: Instant, of: &ReportOf) -> Result<ExitCode> {
    let lang = document.lang();
    let base = of.base.as_deref();
    let bytes = match of.format {
        ReportFormat::Html => {
            let look = Look {
                base,
                pictures: None,
            };
            report::page(document, &look).into_bytes()
        }
        ReportFormat::Pdf => {
            let options = pdf::Options {
                // Not the present: the same report is the same file.
                made_at: jiff::Timestamp::from_millisecond(now)?,
                base: of.base.clone(),
            };
            pdf::typeset(document, &options)?
        }
        ReportFormat::Xlsx => report::book(document)?,
        ReportFormat::Text => {
            let mut text = report::message(document, None).text;
            text.push('\n');
            text.into_bytes()
        }
        ReportFormat::Json => document.to_json()?.into_bytes(),
    };
    match &of.out {
        Some(path) => {
            let shown = ("path", foreign(&path.display().to_string()));
            let failed = || say::text(lang, "not-written", std::slice::from_ref(&shown));
            std::fs::write(path, bytes).with_context(failed)?;
            let title = Value::Text(document.subtitle.clone().into());
            let args = [("title", title), shown];
            say::aside(&say::text(lang, "report-written", &args));
        }
        None => std::io::stdout().lock().write_all(&bytes)?,
    }
    Ok(ExitCode::SUCCESS)
}
