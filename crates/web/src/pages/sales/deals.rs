//! The list of deals that a number of the funnel counts.

use ::figures::Period;
use ::figures::funnel::{Listed, Part};
use app::sales::{self, Sales};
use askama::Template;
use axum::Router;
use axum::body::Body;
use axum::extract::State;
use axum::http::{Response, StatusCode};
use axum::routing::get;
use history::{FieldId, StageId};
use serde::Deserialize;
use wording::{Value as Say, one_line};

use super::super::address;
use super::super::numbered::Pages;
use super::super::table::{Cell, Download, Row, Table, Value};
use super::super::{Member, Page, show};
use super::filter::{Asked, NONE};
use super::{NAME, Teller};
use crate::extract::Query;
use crate::problem::Problem;
use crate::state::AppState;

/// Rows on one page.
const SHOWN: usize = 50;

pub(super) fn routes() -> Router<AppState> {
    Router::new().route("/funnel/deals", get(list))
}

#[derive(Deserialize, Default)]
#[serde(default)]
struct Address {
    #[serde(flatten)]
    asked: Asked,
    #[serde(flatten)]
    download: Download,
}

struct Shown {
    /// What is listed, and of whom and when.
    what: String,
    narrowed: Vec<String>,
    zone: String,
    count: String,
    table: Table,
    pages: Pages,
}

#[derive(Template)]
#[template(path = "sales_deals.html")]
struct DealsPage {
    page: Page,
    shown: Shown,
}

async fn list(
    State(state): State<AppState>,
    member: Member,
    Query(Address {
        mut asked,
        download,
    }): Query<Address>,
) -> Result<Response<Body>, Problem> {
    let whole = download.is_wanted();
    let read = |sales: &Sales<'_>| {
        asked = std::mem::take(&mut asked).cleaned(sales);
        shown(&Teller::new(sales, &member, &asked), &member, whole)
    };
    let shown = sales::sales(&state.audits, &member.actor, state.now(), read).await?;
    if let Some(file) = download.answer(member.words(), &[&shown.table])? {
        return Ok(file);
    }
    let page = member.page(member.words().text("sales-deals-title"));
    Ok(show(StatusCode::OK, &DealsPage { page, shown }))
}

fn shown(teller: &Teller<'_>, member: &Member, whole: bool) -> Shown {
    let (sales, asked, words) = (teller.sales, teller.asked, teller.words);
    let history = sales.audited.history;
    let reason = history.fields.find(&asked.reason).map(FieldId);
    let reason = reason.filter(|_| asked.reason != NONE);
    let part = Part::parse(&asked.part, reason.unwrap_or(FieldId::NONE));
    let part = part.unwrap_or(Part::Standing);
    let stage = history.pipelines.stage_ids.find(&asked.stage).map(StageId);
    let stage = stage.filter(|_| !asked.stage.is_empty());
    let listed = listed(teller, part, stage);
    let path = address::with("/funnel/deals", &parameters(asked, part));
    let pages = Pages::of(path, asked.page.parse().unwrap_or(0), listed.len(), SHOWN);
    let mut table = Table::new(member, "deals", words.text("sales-deals-title"))
        .column(words.text("sales-col-deal"))
        .column(words.text("funnel-col-stage"))
        .column(words.text("sales-col-responsible"))
        .number(words.text("sales-col-price"))
        .column(words.word("sales-at", at(part)))
        .column(words.text("sales-col-counted"));
    match whole {
        true => listed.iter().for_each(|one| table.push(row(teller, one))),
        false => pages
            .part(&listed)
            .for_each(|one| table.push(row(teller, one))),
    }
    let what = match part {
        Part::LostFor(reason) => {
            let reason = Say::Text(teller.reason(reason).into());
            words.say("part-reason", &[("reason", reason)])
        }
        part => words.word("part", part.as_str()),
    };
    Shown {
        what,
        narrowed: narrowed(teller, part, stage),
        zone: teller.zone(),
        count: words.count("sales-deals-count", listed.len()),
        table,
        pages,
    }
}

fn listed(teller: &Teller<'_>, part: Part, stage: Option<StageId>) -> Vec<Listed> {
    let sales = teller.sales;
    let flow = teller.chosen.flow(sales);
    let period: Period = teller.chosen.period;
    let with = (&sales.factors, &sales.limits);
    part.list(&flow, stage, with, (period, sales.audited.now))
}

fn parameters(asked: &Asked, part: Part) -> Vec<(&'static str, &str)> {
    let mut all = vec![
        ("part", part.as_str()),
        ("stage", asked.stage.as_str()),
        ("reason", &asked.reason),
    ];
    all.extend(asked.whose());
    all.extend(asked.when());
    all
}

/// What the instant of a row is.
fn at(part: Part) -> &'static str {
    match part {
        Part::Entered | Part::Onward | Part::Won | Part::Reached => "entered",
        Part::Tasks | Part::OverdueTasks => "due",
        Part::Leads | Part::Unanswered | Part::InTime => "came",
        Part::Closed | Part::Lost | Part::LostFor(_) => "closed",
        _ => "since",
    }
}

/// What narrows the list, each in a few words.
fn narrowed(teller: &Teller<'_>, part: Part, stage: Option<StageId>) -> Vec<String> {
    let chosen = &teller.chosen;
    let mut all = Vec::new();
    all.extend(chosen.pipeline.map(|id| teller.pipeline(id)));
    all.extend(stage.map(|id| teller.stage(id)));
    all.extend(chosen.employee.map(|id| teller.person(id)));
    all.extend(chosen.group.map(|id| teller.group(id)));
    all.extend(chosen.source.map(|id| teller.source(id)));
    if part.is_of_period() {
        all.push(report::span(chosen.span, teller.words.0));
    }
    all
}

fn row(teller: &Teller<'_>, one: &Listed) -> Row {
    let (sales, words) = (teller.sales, teller.words);
    let zone = sales.audited.zone();
    let at = Cell::from(Value::Moment(zone.datetime(one.at)));
    let counted = Cell::text(teller.person(one.employee));
    let Some(deal) = sales.deal(one.deal) else {
        let empty = || Cell::from(Value::Empty);
        let moved = Cell::text(words.text("sales-deal-moved"));
        return Row::of(vec![moved, empty(), empty(), empty(), at, counted]);
    };
    let title = match deal.title.trim().is_empty() {
        true => words.named("sales-untitled", &deal.id),
        false => one_line(&deal.title, NAME),
    };
    let price = deal.price.map_or(Value::Empty, |price| teller.money(price));
    Row::of(vec![
        Cell::text(title).to(address::deal(&deal.id)),
        Cell::text(teller.stage(deal.stage)),
        Cell::text(teller.person(deal.responsible)),
        Cell::from(price),
        at,
        counted,
    ])
}
