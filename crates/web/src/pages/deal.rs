//! A deal: what it is, and everything that happened in it, with what was found in its place.

use app::Instant;
use app::deals;
use app::life::seen::{self, Seen};
use app::life::tell;
use app::permissions::Deed;
use askama::Template;
use audit::judge::Clocks;
use audit::regulation::ClockKind;
use axum::Router;
use axum::body::Body;
use axum::extract::{Path, State};
use axum::http::{Response, StatusCode};
use axum::routing::get;
use history::{EmployeeId, Kind, Record};
use serde::Deserialize;
use store::events::Event;
use store::findings::{Filter, Finding};
use wording::{Value, duration, one_line, working_duration};
use worktime::Clock;

use super::address::{self, with};
use super::finding::Teller;
use super::{Member, Page, show};
use crate::extract::Query;
use crate::loaded::Loaded;
use crate::problem::Problem;
use crate::state::AppState;

/// Events shown unless all are asked for.
const LATEST: usize = 150;
/// Findings of one deal that are shown.
const FOUND: usize = 200;
/// Characters of a text before it is folded, and in all.
const SHORT: usize = 160;
const LONG: usize = 10_000;
/// A silence that is worth a line.
const SILENCE: Instant = 24 * 3_600_000;

pub(super) fn routes() -> Router<AppState> {
    Router::new().route("/deals/{id}", get(deal))
}

/// A line of the timeline.
struct Line {
    at: Instant,
    /// What it looks like: `turn` for another stage or responsible, `found SEVERITY`, or nothing.
    class: String,
    /// The day, where this is its first line.
    day: String,
    /// The silence before it, where it was long.
    silence: String,
    time: String,
    /// Whether it lies outside working hours.
    off: bool,
    /// What happened.
    what: String,
    /// By whom, to what.
    more: String,
    /// What was said; `rest` is folded.
    text: String,
    folded: String,
    /// The page of what was found; empty: an event.
    href: String,
}

#[derive(Template)]
#[template(path = "deal.html")]
struct DealPage {
    page: Page,
    /// What it is: names and values.
    facts: Vec<(String, String)>,
    removed: String,
    found: String,
    zone: String,
    /// How many earlier events are left out, and the address that shows them.
    earlier: Option<(String, String)>,
    lines: Vec<Line>,
}

#[derive(Deserialize, Default)]
#[serde(default)]
struct Asked {
    all: String,
}

/// An event, owned.
struct Happened {
    at: Instant,
    kind: Option<Kind>,
    actor: String,
    employee: String,
    stage: String,
    field: String,
    text: String,
    due: Option<Instant>,
    amount: Option<f64>,
}

impl Happened {
    fn of(record: &Record<'_>) -> Happened {
        Happened {
            at: record.at,
            kind: record.kind,
            actor: record.actor.to_owned(),
            employee: record.employee.to_owned(),
            stage: record.stage.to_owned(),
            field: record.field.to_owned(),
            text: record.text.to_owned(),
            due: record.due,
            amount: record.amount,
        }
    }
}

async fn deal(
    State(state): State<AppState>,
    member: Member,
    Path(id): Path<String>,
    Query(asked): Query<Asked>,
) -> Result<Response<Body>, Problem> {
    let (now, actor, words) = (state.now(), &member.actor, member.words());
    let each = |event: &Event<'_>| Happened::of(&event.record);
    let (deal, mut events) = deals::deal(&state.audits, actor, &id, now, each).await?;
    let loaded = Loaded::of(&state, actor).await?;
    let (office, teller) = (loaded.office(), Teller::new(&loaded, &member, now));
    let found = match actor.whose(Deed::SeeFindings) {
        Ok(_) => {
            let filter = Filter {
                deal: Some(&id),
                standing: Some(true),
                ..Filter::default()
            };
            let paging = (None, FOUND);
            seen::list(&state.store, actor, office, (&filter, &[]), paging, now)
                .await?
                .findings
        }
        // Some see deals, but no findings.
        Err(_) => Vec::new(),
    };
    let rows: Vec<Finding> = found.iter().map(|seen| seen.finding.clone()).collect();
    tell::shown(&state.store, actor, office, &rows, now).await?;

    let company = company_clock(office.clocks);
    let turned = events
        .iter()
        .rev()
        .find(|event| matches!(event.kind, Some(Kind::StageChanged | Kind::Created)));
    let since = turned.map_or(deal.begun_at, |event| event.at);
    let stay = working_duration(company.work(since, now), words.0);
    let stay = words.say(
        "deal-stage-since",
        &[("at", teller.moment(since).into()), ("length", stay.into())],
    );
    let nobody = words.text("deal-nobody");
    let responsible = match teller.employee(&deal.responsible) {
        name if name.is_empty() => nobody,
        name => name,
    };
    let fact = |id: &str, value: String| (words.text(id), value);
    let facts = vec![
        fact("deal-client", one_line(&deal.client, 80)),
        fact(
            "deal-price",
            deal.price
                .map_or_else(String::new, |price| teller.money(price)),
        ),
        fact(
            "deal-stage",
            format!("{}, {stay}", one_line(&deal.stage.1, 80)),
        ),
        fact("deal-responsible", responsible),
        fact("deal-begun", teller.moment(deal.begun_at)),
        fact("deal-id", one_line(&deal.id, 80)),
    ];
    let hidden = match asked.all.as_str() {
        "" => events.len().saturating_sub(LATEST),
        _ => 0,
    };
    let from = events.get(hidden).map_or(now, |event| event.at);
    let mut lines: Vec<Line> = events
        .drain(hidden..)
        .map(|event| happened(&teller, &event))
        .collect();
    // What was found before the events that are shown is found on the longer page.
    let shown = found
        .iter()
        .filter(|seen| hidden == 0 || seen.finding.at >= from);
    lines.extend(shown.map(|seen| pinned(&teller, seen)));
    // Events first: a finding follows from them.
    lines.sort_by_key(|line| (line.at, !line.href.is_empty()));
    place(&teller, company, &mut lines);
    let title = match deal.title.is_empty() {
        true => format!("{} {}", words.text("deal-title"), one_line(&deal.id, 80)),
        false => one_line(&deal.title, 160),
    };
    let shown = DealPage {
        page: member.page(title),
        facts: facts
            .into_iter()
            .filter(|(_, value)| !value.is_empty())
            .collect(),
        removed: match deal.removed_at {
            Some(at) => words.say("deal-removed", &[("at", teller.moment(at).into())]),
            None => String::new(),
        },
        found: words.count("deal-findings", found.len()),
        zone: teller.version().zone.name().to_owned(),
        earlier: (hidden > 0).then(|| {
            let all = with(&address::deal(&id), &[("all", "yes")]);
            (words.count("deal-earlier", hidden), all)
        }),
        lines,
    };
    Ok(show(StatusCode::OK, &shown))
}

fn company_clock(clocks: &Clocks) -> &Clock {
    clocks.of(ClockKind::Company, EmployeeId::NONE)
}

/// Days, hours and silences of lines in order.
fn place(teller: &Teller<'_>, company: &Clock, lines: &mut [Line]) {
    let (words, zone) = (teller.words, &teller.version().zone);
    let mut before: Option<Instant> = None;
    for line in lines {
        let local = zone.datetime(line.at);
        line.time = format!("{:02}:{:02}", local.hour(), local.minute());
        line.off = !company.is_working(line.at);
        if before.is_none_or(|before| zone.date(before) != local.date()) {
            // A moment without its time.
            let moment = wording::moment(local, words.0);
            line.day = moment
                .rsplit_once(',')
                .map_or(String::new(), |(day, _)| day.to_owned());
        }
        if let Some(before) = before.filter(|before| line.at - before >= SILENCE) {
            let args = [
                (
                    "length",
                    Value::Text(duration(line.at - before, words.0).into()),
                ),
                (
                    "work",
                    working_duration(company.work(before, line.at), words.0).into(),
                ),
            ];
            line.silence = words.say("deal-silence", &args);
        }
        before = Some(line.at);
    }
}

fn line(at: Instant) -> Line {
    Line {
        at,
        class: String::new(),
        day: String::new(),
        silence: String::new(),
        time: String::new(),
        off: false,
        what: String::new(),
        more: String::new(),
        text: String::new(),
        folded: String::new(),
        href: String::new(),
    }
}

fn happened(teller: &Teller<'_>, event: &Happened) -> Line {
    let words = teller.words;
    let mut more: Vec<String> = Vec::new();
    let who = match event.actor.as_str() {
        // What came from outside came to somebody.
        "" => match teller.employee(&event.employee) {
            name if name.is_empty() => name,
            name => format!("→ {name}"),
        },
        actor => teller.employee(actor),
    };
    let mut class = String::new();
    match event.kind {
        Some(Kind::Created | Kind::StageChanged) => {
            more.push(teller.stage(&event.stage));
            class = "turn".to_owned();
        }
        Some(Kind::ResponsibleChanged) => {
            let name = teller.employee(&event.employee);
            more.push(if name.is_empty() {
                words.text("deal-nobody")
            } else {
                name
            });
            class = "turn".to_owned();
        }
        Some(Kind::FieldSet | Kind::LossReasonSet) => more.push(one_line(&event.field, 80)),
        Some(Kind::PriceSet | Kind::Payment) => {
            let hundredths = event.amount.map(|amount| (amount * 100.0).round() as i64);
            more.extend(hundredths.map(|sum| teller.money(sum)));
        }
        Some(Kind::CallIn | Kind::CallOut) => {
            let talked = event.amount.unwrap_or(0.0) * 1000.0;
            more.push(duration(talked as i64, words.0));
        }
        Some(Kind::TaskAdded | Kind::TaskMoved) => {
            let due = event.due.map(|due| teller.moment(due));
            more.extend(due.map(|due| words.say("deal-due", &[("at", due.into())])));
        }
        _ => {}
    }
    if !who.is_empty() && event.kind != Some(Kind::ResponsibleChanged) {
        more.push(who);
    }
    more.retain(|part| !part.is_empty());
    let text = one_line(&event.text, LONG);
    let is_long = text.chars().count() > SHORT;
    Line {
        class,
        what: words.text(&format!("kind-{}", event.kind.map_or("", Kind::as_str))),
        more: more.join(" · "),
        text: if is_long {
            one_line(&text, SHORT)
        } else {
            text.clone()
        },
        folded: if is_long { text } else { String::new() },
        ..line(event.at)
    }
}

/// A finding at the instant of its breach, with how long it lasted.
fn pinned(teller: &Teller<'_>, seen: &Seen) -> Line {
    let (words, row) = (teller.words, &seen.finding);
    let shown = teller.finding(seen);
    let end = row.until.or(seen.life.marked);
    let clock = teller.office.clock(&row.employee);
    let length = working_duration(clock.work(row.at, end.unwrap_or(teller.now)), words.0);
    let lasted = match end {
        Some(until) => words.say(
            "deal-lasted",
            &[
                ("length", length.into()),
                ("until", teller.moment(until).into()),
            ],
        ),
        None => words.say("deal-lasts", &[("length", length.into())]),
    };
    let sign = words.word("sign", shown.severity);
    let severity = words.word("severity", shown.severity);
    Line {
        class: format!("found {}", shown.severity),
        what: shown.message,
        more: [
            format!("{sign} {severity}"),
            shown.state,
            shown.employee,
            lasted,
        ]
        .join(" · "),
        href: shown.href,
        ..line(row.at)
    }
}
