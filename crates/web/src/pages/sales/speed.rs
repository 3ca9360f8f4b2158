//! «Как быстро мы отвечаем?»: the curve of first answers with the leads in it that still wait, and
//! everybody's share within the limit of the regulation.

use std::collections::BTreeMap;

use ::figures::Span;
use ::figures::funnel::{Lead, Part, Quantile, Response};
use app::sales::{self, Sales};
use askama::Template;
use axum::Router;
use axum::body::Body;
use axum::extract::State;
use axum::http::{Response as Answer, StatusCode};
use axum::routing::get;
use history::PipelineId;
use jiff::civil::Date;
use serde::Deserialize;
use wording::{decimal, integer, working_duration};

use super::super::table::{Cell, Download, Row, Table, Value};
use super::super::{Member, Page, Words, show};
use super::Teller;
use super::chart::Curve;
use super::filter::{Asked, Filter};
use crate::extract::Query;
use crate::problem::Problem;
use crate::state::AppState;

/// The shares of leads of which it is told by when they are answered.
const SHARES: [(f64, &str); 3] = [(0.5, "50"), (0.75, "75"), (0.9, "90")];

pub(super) fn routes() -> Router<AppState> {
    Router::new().route("/speed", get(speed))
}

#[derive(Deserialize, Default)]
#[serde(default)]
struct Address {
    #[serde(flatten)]
    asked: Asked,
    #[serde(flatten)]
    download: Download,
}

/// A number with what it is.
struct Fact {
    title: String,
    number: String,
    href: String,
    about: String,
}

struct Shown {
    filter: Filter,
    span: String,
    zone: String,
    empty: bool,
    facts: Vec<Fact>,
    curve: Curve,
    table: Table,
}

#[derive(Template)]
#[template(path = "speed.html")]
struct SpeedPage {
    page: Page,
    shown: Shown,
}

async fn speed(
    State(state): State<AppState>,
    member: Member,
    Query(Address {
        mut asked,
        download,
    }): Query<Address>,
) -> Result<Answer<Body>, Problem> {
    let read = |sales: &Sales<'_>| {
        asked = std::mem::take(&mut asked).cleaned(sales);
        shown(&Teller::new(sales, &member, &asked), &member)
    };
    let shown = sales::sales(&state.audits, &member.actor, state.now(), read).await?;
    if let Some(file) = download.answer(member.words(), &[&shown.table])? {
        return Ok(file);
    }
    let page = member.page(member.words().text("speed-title"));
    Ok(show(StatusCode::OK, &SpeedPage { page, shown }))
}

fn shown(teller: &Teller<'_>, member: &Member) -> Shown {
    let (sales, words) = (teller.sales, teller.words);
    let flow = teller.chosen.flow(sales);
    let period = teller.chosen.period;
    let within = |leads: &[Lead]| -> Vec<Lead> {
        let within = leads.iter().filter(|lead| period.holds(lead.cut.at));
        within.copied().collect()
    };
    let leads = within(&flow.leads);
    let chosen = Response::of(&leads, &sales.limits);
    let pipelines: Vec<PipelineId> = leads.iter().map(|lead| lead.pipeline).collect();
    let limit = sales.limits.one(pipelines);
    // Somebody's curve has everybody's behind it.
    let all = teller.chosen.is_narrowed().then(|| {
        let mut all = within(&sales.flow.leads);
        let pipeline = teller.chosen.pipeline;
        all.retain(|lead| pipeline.is_none_or(|pipeline| lead.pipeline == pipeline));
        Response::of(&all, &sales.limits)
    });
    let fields = ["pipeline", "employee", "group", "source", "period", "by"];
    Shown {
        filter: Filter::of(teller, "/speed", &fields),
        span: report::span(teller.chosen.span, words.0),
        zone: teller.zone(),
        empty: chosen.leads == 0,
        facts: facts(teller, &chosen, limit),
        curve: Curve::of(words, &chosen, all.as_ref(), limit),
        table: table(teller, member, &leads, &chosen),
    }
}

fn facts(teller: &Teller<'_>, chosen: &Response, limit: Option<i64>) -> Vec<Fact> {
    let (words, lang) = (teller.words, teller.words.0);
    let number = |number: u64| integer(number as i64, lang);
    let in_time = match limit {
        Some(limit) => words.named("speed-in-time", &working_duration(limit, lang)),
        None => words.text("speed-in-time-any"),
    };
    let mut facts = vec![
        Fact {
            title: in_time,
            number: Value::share(chosen.in_time.0, chosen.in_time.1).text(lang),
            href: teller.list(Part::InTime, &[]),
            about: match chosen.in_time.1 {
                0 => words.text("speed-no-limit"),
                _ => share_about(teller, chosen),
            },
        },
        Fact {
            title: words.text("speed-unanswered"),
            number: number(chosen.unanswered),
            href: teller.list(Part::Unanswered, &[]),
            about: teller.base((chosen.unanswered, chosen.leads)),
        },
    ];
    facts.extend(SHARES.map(|(share, name)| {
        let quantile = chosen.quantile(share);
        Fact {
            title: words.word("speed-by", name),
            number: time(words, quantile.time),
            href: String::new(),
            about: interval(words, &quantile),
        }
    }));
    facts
}

/// The base of the share in time, with its interval.
fn share_about(teller: &Teller<'_>, chosen: &Response) -> String {
    let lang = teller.words.0;
    let (part, whole) = chosen.in_time;
    let Some((low, high)) = chosen.in_time_interval() else {
        return String::new();
    };
    let number = |number: u64| integer(number as i64, lang);
    let end = |end: f64| decimal(end * 100.0, 0, lang);
    let args = [
        ("part", number(part).into()),
        ("whole", number(whole).into()),
        ("low", end(low).into()),
        ("high", end(high).into()),
    ];
    teller.words.say("sales-of-interval", &args)
}

/// A time, or that it is not known.
fn time(words: Words, time: Option<i64>) -> String {
    time.map_or_else(
        || words.text("speed-not-yet"),
        |time| working_duration(time, words.0),
    )
}

/// The interval of a quantile in words; empty where nothing of it is known.
fn interval(words: Words, quantile: &Quantile) -> String {
    let shown = |ms: i64| wording::Value::Text(working_duration(ms, words.0).into());
    match quantile.interval {
        (Some(low), Some(high)) => words.say(
            "sales-interval",
            &[("low", shown(low)), ("high", shown(high))],
        ),
        (Some(low), None) => words.say("sales-interval-from", &[("low", shown(low))]),
        _ => words.text("sales-little-data"),
    }
}

fn table(teller: &Teller<'_>, member: &Member, leads: &[Lead], all: &Response) -> Table {
    let words = teller.words;
    let by = match teller.asked.by.as_str() {
        "" => "employee",
        by => by,
    };
    let mut table = Table::new(member, "speed", words.text("speed-table"))
        .column(words.word("funnel-by", by))
        .number(words.text("funnel-col-leads"))
        .number(words.text("speed-col-unanswered"))
        .number(words.text("speed-col-in-time"))
        .number(words.text("speed-col-median"))
        .number(words.text("speed-col-90"));
    if all.leads > 0 {
        let name = words.text("sales-all");
        table.push(Row::sum(row(teller, name, all, &[])));
    }
    // By what the parts are told apart, what they are called, and what leads to them.
    let mut parts: BTreeMap<String, (String, [String; 2], Vec<Lead>)> = BTreeMap::new();
    for lead in leads {
        let (key, label) = part(teller, by, lead);
        let part = parts.entry(key.clone());
        let part = part.or_insert_with(|| (label, more(teller, by, lead, key), Vec::new()));
        part.2.push(*lead);
    }
    let mut parts: Vec<_> = parts.into_values().collect();
    match by {
        "month" => parts.reverse(),
        _ => parts.sort_by_key(|(_, _, leads)| std::cmp::Reverse(leads.len())),
    }
    for (label, [first, second], leads) in parts {
        let response = Response::of(&leads, &teller.sales.limits);
        let more: Vec<(&str, &str)> = match by {
            "month" => vec![("from", &first), ("to", &second)],
            by => vec![(by, &first)],
        };
        table.push(Row::of(row(teller, label, &response, &more)));
    }
    table
}

/// What tells a lead's part from others, and what it is called.
fn part(teller: &Teller<'_>, by: &str, lead: &Lead) -> (String, String) {
    match by {
        "source" => {
            let source = lead.cut.source;
            (teller.source_id(source).to_owned(), teller.source(source))
        }
        "month" => {
            let month = Span::month_of(teller.sales.audited.zone().date(lead.cut.at));
            let first = month.dates().0.unwrap_or(Date::MIN);
            (first.to_string(), report::span(month, teller.words.0))
        }
        _ => {
            let employee = lead.cut.employee;
            (
                teller.person_id(employee).to_owned(),
                teller.person(employee),
            )
        }
    }
}

/// What the address of a part says.
fn more(teller: &Teller<'_>, by: &str, lead: &Lead, key: String) -> [String; 2] {
    match by {
        "month" => {
            let month = Span::month_of(teller.sales.audited.zone().date(lead.cut.at));
            teller.month_within(month.dates().0).into()
        }
        _ => [key, String::new()],
    }
}

fn row(teller: &Teller<'_>, name: String, of: &Response, more: &[(&str, &str)]) -> Vec<Cell> {
    let words = teller.words;
    let list = |part: Part| teller.list(part, more);
    let by = |share: f64| {
        let quantile = of.quantile(share);
        let cell = match quantile.time {
            Some(time) => Cell::from(Value::Work(time)),
            None => Cell::text(words.text("speed-not-yet")),
        };
        cell.to(list(Part::Leads)).small(interval(words, &quantile))
    };
    vec![
        Cell::text(name),
        teller.count(of.leads, list(Part::Leads)),
        teller.count(of.unanswered, list(Part::Unanswered)),
        teller.share(of.in_time, list(Part::InTime)),
        by(0.5),
        by(0.9),
    ]
}
