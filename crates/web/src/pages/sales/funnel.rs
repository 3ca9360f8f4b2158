//! «Где висят деньги?»: the stages of a pipeline with what stands there, what becomes of it, how
//! long that takes and what it waits for; and who holds what.

use std::collections::BTreeMap;

use ::figures::Span;
use ::figures::funnel::{Cut, Factors, Flow, Funnel, Now, Part, Response, Stage, Wait};
use ::figures::funnel::{funnels, open_stages, overflows};
use app::sales::{self, Sales};
use askama::Template;
use axum::Router;
use axum::body::Body;
use axum::extract::State;
use axum::http::{Response as Answer, StatusCode};
use axum::routing::get;
use history::{ChannelId, EmployeeId, PipelineId, StageId};
use jiff::civil::Date;
use serde::Deserialize;
use wording::{Value as Say, decimal, integer};

use super::super::address::with;
use super::super::table::{Cell, Download, Row, Table, Value};
use super::super::{Member, Page, show};
use super::filter::{Asked, Filter};
use super::{Teller, heat};
use crate::extract::Query;
use crate::problem::Problem;
use crate::state::AppState;

pub(super) fn routes() -> Router<AppState> {
    Router::new().route("/funnel", get(funnel))
}

#[derive(Deserialize, Default)]
#[serde(default)]
struct Address {
    #[serde(flatten)]
    asked: Asked,
    #[serde(flatten)]
    download: Download,
}

/// A number over a word.
struct Card {
    title: String,
    number: String,
    /// Nothing where the number leads nowhere.
    href: String,
    about: String,
}

/// What the page says.
struct Shown {
    filter: Filter,
    span: String,
    zone: String,
    cards: Vec<Card>,
    stages: Table,
    waits: Table,
    heat: Table,
    shows: Vec<heat::Way>,
    parts: Table,
    /// Whether there is anything at all.
    empty: bool,
}

#[derive(Template)]
#[template(path = "funnel.html")]
struct FunnelPage {
    page: Page,
    shown: Shown,
}

async fn funnel(
    State(state): State<AppState>,
    member: Member,
    Query(Address {
        mut asked,
        download,
    }): Query<Address>,
) -> Result<Answer<Body>, Problem> {
    let read = |sales: &Sales<'_>| {
        asked = std::mem::take(&mut asked).cleaned(sales);
        choose_pipeline(&mut asked, sales);
        shown(&Teller::new(sales, &member, &asked), &member)
    };
    let shown = sales::sales(&state.audits, &member.actor, state.now(), read).await?;
    let tables = [&shown.stages, &shown.waits, &shown.heat, &shown.parts];
    if let Some(file) = download.answer(member.words(), &tables)? {
        return Ok(file);
    }
    let page = member.page(member.words().text("funnel-title"));
    Ok(show(StatusCode::OK, &FunnelPage { page, shown }))
}

/// A funnel is that of one pipeline: the one with most deals unless another is chosen.
fn choose_pipeline(asked: &mut Asked, sales: &Sales<'_>) {
    let pipelines = &sales.audited.history.pipelines;
    if !asked.pipeline.is_empty() {
        return;
    }
    let mut deals: BTreeMap<PipelineId, usize> = BTreeMap::new();
    for stay in &sales.flow.stays {
        if let Some(pipeline) = pipelines.pipeline(stay.stage) {
            *deals.entry(pipeline).or_default() += 1;
        }
    }
    let most = deals.iter().rev().max_by_key(|(_, count)| **count);
    let most = most.and_then(|(id, _)| pipelines.pipelines.get(id.0 as usize));
    asked.pipeline = most.map_or_else(String::new, |one| one.id.clone());
}

/// The funnel that is chosen, with what stands at each stage now.
struct Chosen {
    funnel: Option<Funnel>,
    stages: Vec<(Stage, Now)>,
}

fn shown(teller: &Teller<'_>, member: &Member) -> Shown {
    let (sales, words) = (teller.sales, teller.words);
    let flow = teller.chosen.flow(sales);
    let period = teller.chosen.period;
    let funnels = funnels(&sales.audited, &flow, &sales.factors, period);
    let mut funnel = funnels.into_iter().next();
    let stages = funnel
        .as_mut()
        .map(|funnel| std::mem::take(&mut funnel.stages));
    let now = |stage: Stage| {
        let now = Now::of(stage.stage, &flow.standing, &sales.factors);
        (stage, now)
    };
    let chosen = Chosen {
        funnel,
        stages: stages.into_iter().flatten().map(now).collect(),
    };
    let fields = ["funnel", "employee", "group", "source", "period", "by"];
    Shown {
        filter: Filter::of(teller, "/funnel", &fields),
        span: report::span(teller.chosen.span, words.0),
        zone: teller.zone(),
        cards: cards(teller, &chosen),
        stages: stage_table(teller, member, &chosen),
        waits: wait_table(teller, member, &chosen),
        heat: heat::table(teller, member, &chosen.stages_ids(), &flow),
        shows: heat::ways(teller),
        parts: part_table(teller, member, &flow),
        empty: chosen.funnel.is_none(),
    }
}

impl Chosen {
    fn stages_ids(&self) -> Vec<StageId> {
        self.stages.iter().map(|(stage, _)| stage.stage).collect()
    }
}

fn cards(teller: &Teller<'_>, chosen: &Chosen) -> Vec<Card> {
    let (words, lang) = (teller.words, teller.words.0);
    let Some(funnel) = &chosen.funnel else {
        return Vec::new();
    };
    let now = |of: &dyn Fn(&Now) -> u64| chosen.stages.iter().map(|(_, now)| of(now)).sum::<u64>();
    let (deals, hung) = (now(&|now| now.deals), now(&|now| now.hung.deals));
    let money = chosen.stages.iter().filter_map(|(_, now)| now.hung.money());
    let money = money.fold(0i64, i64::saturating_add);
    let priced = chosen.stages.iter().map(|(_, now)| now.sum);
    let priced = priced.fold(0i64, i64::saturating_add);
    let card = |title: &str, number: String, href: String, about: String| Card {
        title: words.text(title),
        number,
        href,
        about,
    };
    let number = |number: u64| integer(number as i64, lang);
    let sum = [("sum", Say::Text(teller.money(priced).text(lang).into()))];
    vec![
        card(
            "funnel-card-hung",
            teller.money(money).text(lang),
            teller.standing(Part::Hung, &[]),
            words.count("funnel-card-hung-deals", hung as usize),
        ),
        card(
            "funnel-card-standing",
            number(deals),
            teller.standing(Part::Standing, &[]),
            words.say("funnel-card-sum", &sum),
        ),
        card(
            "funnel-card-overdue",
            number(now(&|now| now.overdue)),
            teller.list(Part::Overdue, &[]),
            teller.base((now(&|now| now.overdue), deals)),
        ),
        card(
            "funnel-card-won",
            Value::share(funnel.won, funnel.deals).text(lang),
            teller.list(Part::Won, &[]),
            teller.base((funnel.won, funnel.deals)),
        ),
    ]
}

fn stage_table(teller: &Teller<'_>, member: &Member, chosen: &Chosen) -> Table {
    let words = teller.words;
    let mut table = Table::new(member, "stages", words.text("funnel-stages"))
        .column(words.text("funnel-col-stage"))
        .number(words.text("funnel-col-standing"))
        .number(words.text("funnel-col-overdue"))
        .number(words.text("funnel-col-entered"))
        .number(words.text("funnel-col-onward"))
        .number(words.text("funnel-col-won"))
        .number(words.text("funnel-col-median"))
        .number(words.text("funnel-col-hung-deals"))
        .number(words.text("funnel-col-hung-sum"))
        .number(words.text("funnel-col-chance"))
        .number(words.text("funnel-col-hung"));
    let most = chosen.stages.iter().map(|(_, now)| now.deals).max();
    let most = most.unwrap_or(0).max(1) as f64;
    for (stage, now) in &chosen.stages {
        let id = teller.stage_id(stage.stage);
        let at = [("stage", id)];
        let list = |part: Part| teller.list(part, &at);
        let hung = teller.standing(Part::Hung, &at);
        let money = |hundredths: i64| Cell::from(teller.money(hundredths));
        let standing = teller.count(now.deals, teller.standing(Part::Standing, &at));
        table.push(Row::of(vec![
            stage_cell(teller, stage.stage),
            standing.bar(now.deals as f64 / most),
            teller.count(now.overdue, list(Part::Overdue)),
            teller.count(stage.entered, list(Part::Entered)),
            teller.share((stage.onward, stage.entered), list(Part::Onward)),
            teller.share((stage.won, stage.entered), list(Part::Won)),
            median(teller, stage, list(Part::Entered)),
            teller.count(now.hung.deals, hung.clone()),
            match now.hung.deals {
                0 => Cell::from(Value::Empty),
                _ => guessed(teller, now, money(now.hung.sum).to(hung.clone())),
            },
            chance(teller, now, &at),
            match now.hung.money() {
                Some(sum) if now.hung.deals > 0 => money(sum).to(hung),
                _ => Cell::from(Value::Empty),
            },
        ]));
    }
    table
}

/// A stage, and whether it overflows.
fn stage_cell(teller: &Teller<'_>, stage: StageId) -> Cell {
    let (audited, words) = (&teller.sales.audited, teller.words);
    let cell = Cell::text(teller.stage(stage));
    // Nobody answers for it, so it is told to those who see everybody.
    if teller.sales.people.is_some() {
        return cell;
    }
    let found = overflows(audited).get(&stage).copied();
    let Some(finding) = found else {
        return cell;
    };
    let zone = audited.zone();
    let since = wording::moment_near(
        zone.datetime(finding.at),
        zone.datetime(audited.now),
        words.0,
    );
    let said = words.say("funnel-overflows", &[("since", Say::Text(since.into()))]);
    let cell = cell.small(said);
    match teller.sees_findings {
        false => cell,
        true => {
            let rule = audited.entry(finding).1.name.as_str();
            let of = [
                ("rule", rule),
                ("stage", teller.stage_id(stage)),
                ("open", "yes"),
            ];
            cell.to(with("/findings", &of))
        }
    }
}

/// The median time at a stage in working days, with its interval and what it rests on.
fn median(teller: &Teller<'_>, stage: &Stage, list: String) -> Cell {
    let (time, words, lang) = (&stage.time, teller.words, teller.words.0);
    if time.stays == 0 {
        return Cell::from(Value::Empty);
    }
    let days = |ms: i64| decimal(teller.days(ms), 1, lang);
    let count = |n: u64| Say::Text(integer(n as i64, lang).into());
    let mut args = vec![
        ("stays", count(time.stays)),
        ("unfinished", count(time.unfinished)),
    ];
    let small = match time.median_interval {
        Some((Some(low), Some(high))) => {
            args.extend([("low", days(low).into()), ("high", days(high).into())]);
            words.say("funnel-median-interval", &args)
        }
        _ => words.say("funnel-median-base", &args),
    };
    match time.median {
        Some(median) => Cell::from(Value::Decimal(teller.days(median))),
        None => Cell::text(words.text("funnel-median-unknown")),
    }
    .to(list)
    .small(small)
}

/// The sum of what hangs, with how much of it is guessed.
fn guessed(teller: &Teller<'_>, now: &Now, cell: Cell) -> Cell {
    match now.hung.guessed {
        0 => cell,
        guessed => cell.small(teller.words.count("funnel-guessed", guessed as usize)),
    }
}

/// The share of deals won of those that reached the stage, in the whole company.
fn chance(teller: &Teller<'_>, now: &Now, at: &[(&str, &str)]) -> Cell {
    let (reached, won) = now.hung.reached;
    let cell = Cell::from(Value::share(won, reached)).small(teller.base((won, reached)));
    let all = [("employee", ""), ("group", ""), ("source", "")];
    match reached > 0 && teller.sales.people.is_none() {
        true => cell.to(teller.list(Part::Reached, &[at, &all].concat())),
        false => cell,
    }
}

fn wait_table(teller: &Teller<'_>, member: &Member, chosen: &Chosen) -> Table {
    let words = teller.words;
    let table = Table::new(member, "waits", words.text("funnel-waits"))
        .column(words.text("funnel-col-stage"))
        .number(words.text("funnel-col-standing"));
    let column = |table: Table, wait: &Wait| table.number(words.word("wait", wait.as_str()));
    let mut table = Wait::ALL.iter().fold(table, column);
    for (stage, now) in chosen.stages.iter().filter(|(_, now)| now.deals > 0) {
        let at = [("stage", teller.stage_id(stage.stage))];
        let mut cells = vec![
            Cell::text(teller.stage(stage.stage)),
            teller.count(now.deals, teller.standing(Part::Standing, &at)),
        ];
        cells.extend(Wait::ALL.iter().zip(now.waits).map(|(wait, deals)| {
            let cell = teller.count(deals, teller.list(Part::Waits(*wait), &at));
            match deals {
                0 => cell,
                _ => cell.small(teller.percent(deals as f64 / now.deals as f64)),
            }
        }));
        table.push(Row::of(cells));
    }
    table
}

/// What the funnel is split by.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Split {
    Employee(EmployeeId),
    Source(ChannelId),
    Month(Date),
}

fn part_table(teller: &Teller<'_>, member: &Member, flow: &Flow) -> Table {
    let (sales, words) = (teller.sales, teller.words);
    let zone = sales.audited.zone();
    let by = teller.asked.by.as_str();
    let split = |cut: &Cut| match by {
        "source" => Split::Source(cut.source),
        "month" => {
            let month = Span::month_of(zone.date(cut.at));
            Split::Month(month.dates().0.unwrap_or(Date::MIN))
        }
        _ => Split::Employee(cut.employee),
    };
    let mut table = Table::new(member, "parts", words.text("funnel-parts"))
        .column(words.word("funnel-by", if by.is_empty() { "employee" } else { by }))
        .number(words.text("funnel-col-deals"))
        .number(words.text("funnel-col-won"))
        .number(words.text("funnel-col-leads"))
        .number(words.text("funnel-col-in-time"))
        .number(words.text("funnel-col-lost"));
    if by != "month" {
        table = table
            .number(words.text("funnel-col-standing"))
            .number(words.text("funnel-col-hung"));
    }
    let mut parts: Vec<(Split, Flow)> = flow.split(split).into_iter().collect();
    if by == "month" {
        parts.reverse();
    }
    for (split, part) in parts {
        if let Some(row) = part_row(teller, split, &part) {
            table.push(row);
        }
    }
    table
}

fn part_row(teller: &Teller<'_>, split: Split, flow: &Flow) -> Option<Row> {
    let sales = teller.sales;
    let period = teller.chosen.period;
    let with = (&sales.factors, &sales.limits);
    let count = |part: Part| {
        let list = part.list(flow, None, with, (period, sales.audited.now));
        list.len() as u64
    };
    let (deals, leads, closed) = (
        count(Part::Entered),
        count(Part::Leads),
        count(Part::Closed),
    );
    let standing = count(Part::Standing);
    let month = matches!(split, Split::Month(_));
    if deals + leads + closed == 0 && (month || standing == 0) {
        return None;
    }
    let value = match split {
        Split::Employee(id) => teller.person_id(id).to_owned(),
        Split::Source(id) => teller.source_id(id).to_owned(),
        Split::Month(first) => format!("{:04}-{:02}", first.year(), first.month()),
    };
    let (name, label) = match split {
        Split::Employee(id) => ("employee", teller.person(id)),
        Split::Source(id) => ("source", teller.source(id)),
        Split::Month(first) => ("month", report::span(Span::Month(first), teller.words.0)),
    };
    // A month cut by the ends of the period is counted within the period.
    let (from, to) = teller.month_within(split_month(split));
    let more: Vec<(&str, &str)> = match month {
        true => vec![("from", &from), ("to", &to)],
        false => vec![(name, &value)],
    };
    let list = |part: Part| teller.list(part, &more);
    let response = Response::of(
        flow.leads.iter().filter(|lead| period.holds(lead.cut.at)),
        &sales.limits,
    );
    let mut cells = vec![
        Cell::text(label),
        teller.count(deals, list(Part::Entered)),
        teller.share((count(Part::Won), deals), list(Part::Won)),
        teller.count(leads, list(Part::Leads)),
        teller.share(response.in_time, list(Part::InTime)),
        teller.share((count(Part::Lost), closed), list(Part::Lost)),
    ];
    if !month {
        let hung = teller.standing(Part::Hung, &more);
        cells.push(teller.count(standing, teller.standing(Part::Standing, &more)));
        cells.push(match hung_money(teller, flow) {
            0 => Cell::from(Value::Empty),
            money => Cell::from(teller.money(money)).to(hung),
        });
    }
    Some(Row::of(cells))
}

fn split_month(split: Split) -> Option<Date> {
    match split {
        Split::Month(first) => Some(first),
        _ => None,
    }
}

/// The money that hangs in the chosen pipeline, in a part of the flow.
fn hung_money(teller: &Teller<'_>, flow: &Flow) -> i64 {
    let sales = teller.sales;
    let Some(pipeline) = teller.chosen.pipeline else {
        return 0;
    };
    let factors: &Factors = &sales.factors;
    let stages = open_stages(&sales.audited, pipeline).into_iter();
    let hung = stages.filter_map(|stage| Now::of(stage, &flow.standing, factors).hung.money());
    hung.fold(0, i64::saturating_add)
}

impl Teller<'_> {
    /// The first and last day of a month within the chosen period, as addresses write them.
    pub(super) fn month_within(&self, month: Option<Date>) -> (String, String) {
        let Some(first) = month else {
            return (String::new(), String::new());
        };
        let (from, to) = self.chosen.span.dates();
        let first_day = from.map_or(first, |from| from.max(first));
        let last = first.last_of_month();
        let last_day = to.map_or(last, |to| to.min(last));
        (first_day.to_string(), last_day.to_string())
    }
}
