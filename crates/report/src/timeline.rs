//! A deal's timeline in words, with what was found pinned at its instant.

use audit::message::Speaker;
use figures::{Report, WorstDeal};
use history::{Event, Instant, Kind};
use wording::{Value, money, one_line};

use crate::words::{text, word};

/// The most events shown; earlier ones are counted.
const MOST: usize = 60;
/// Characters of a text shown.
const SHOWN: usize = 160;

/// A deal that a report shows in full.
pub struct Told {
    /// Its title.
    pub title: String,
    /// Stage, responsible and price at the end.
    pub about: String,
    /// How many events are left out, in words; empty: none.
    pub earlier: String,
    /// What happened, in order.
    pub lines: Vec<Line>,
}

/// A line of a timeline.
pub struct Line {
    /// When, in the regulation's zone.
    pub when: String,
    /// What happened.
    pub what: String,
    /// By whom or to what.
    pub more: String,
    /// The severity of a finding; empty: an event.
    pub severity: &'static str,
    at: Instant,
}

/// Tells a deal.
pub fn tell(report: &Report<'_>, speaker: &Speaker<'_>, deal: &WorstDeal<'_>) -> Told {
    let audited = &report.audited;
    let lang = speaker.lang();
    let events: Vec<Event> = audited
        .history
        .timelines
        .deal(deal.deal)
        .until(audited.now)
        .iter()
        .collect();
    let (mut stage, mut person, mut price) = Default::default();
    for event in &events {
        match event.kind {
            Kind::Created => {
                stage = Some(event.stage());
                person = Some(event.employee);
                price = event.money();
            }
            Kind::StageChanged => stage = Some(event.stage()),
            Kind::ResponsibleChanged => person = Some(event.employee),
            Kind::PriceSet => price = event.money(),
            _ => {}
        }
    }
    let currency = &audited.history.account.currency;
    let dash = || "—".to_owned();
    let args = [
        (
            "stage",
            Value::Text(stage.map_or_else(dash, |id| speaker.stage(id)).into()),
        ),
        (
            "person",
            Value::Text(person.map_or_else(dash, |id| speaker.person(id)).into()),
        ),
        (
            "price",
            Value::Text(
                price
                    .map_or_else(dash, |sum| money(sum, currency, lang))
                    .into(),
            ),
        ),
    ];
    let earlier = events.len().saturating_sub(MOST);
    let mut lines: Vec<Line> = events[earlier..]
        .iter()
        .map(|event| line(report, speaker, event))
        .collect();
    lines.extend(deal.findings.iter().map(|finding| {
        let (version, _) = audited.entry(finding);
        let severity = audited.severity(finding).as_str();
        Line {
            when: speaker.moment(version, finding.at),
            what: word(lang, &format!("severity-{severity}")),
            more: speaker.message(finding),
            severity,
            at: finding.at,
        }
    }));
    // Events first: a finding follows from them.
    lines.sort_by_key(|line| (line.at, !line.severity.is_empty()));
    Told {
        title: speaker.deal(deal.deal),
        about: text(lang, "deal-about", &args),
        earlier: if earlier > 0 {
            text(
                lang,
                "deal-earlier",
                &[("count", Value::Count(earlier as i64))],
            )
        } else {
            String::new()
        },
        lines,
    }
}

fn line(report: &Report<'_>, speaker: &Speaker<'_>, event: &Event) -> Line {
    let history = report.audited.history;
    let lang = speaker.lang();
    let said = |text| one_line(history.texts.get(text), SHOWN);
    let who = if event.actor.is_some() {
        event.actor
    } else {
        event.employee
    };
    let mut more = Vec::new();
    match event.kind {
        Kind::Created | Kind::StageChanged => more.push(speaker.stage(event.stage())),
        Kind::FieldSet | Kind::LossReasonSet => {
            more.push(one_line(history.fields.get(event.field().0), SHOWN));
        }
        Kind::PriceSet | Kind::Payment => {
            let currency = &history.account.currency;
            more.extend(event.money().map(|sum| money(sum, currency, lang)));
        }
        Kind::CallIn | Kind::CallOut => more.push(wording::duration(event.talked_ms(), lang)),
        Kind::TaskAdded | Kind::TaskMoved => {
            let version = report.audited.regulation.latest();
            more.extend(
                event
                    .due()
                    .map(|due| format!("→ {}", speaker.moment(version, due))),
            );
        }
        Kind::ResponsibleChanged => more.push(speaker.person(event.employee)),
        _ => {}
    }
    if event.text.is_some() && !event.kind.is_call() {
        more.push(said(event.text));
    }
    if who.is_some() && event.kind != Kind::ResponsibleChanged {
        more.push(speaker.person(who));
    }
    Line {
        when: speaker.moment(report.audited.regulation.latest(), event.at),
        what: word(lang, &format!("kind-{}", event.kind.as_str())),
        more: more.join(" · "),
        severity: "",
        at: event.at,
    }
}
