//! «Как идёт мой месяц?»: what an employee sold, what is still to be expected of the open deals and
//! what of it hangs, and how far the goals are.

use ::figures::own::{DAYS, ENOUGH, OpenDeal};
use app::desk::{self, Desk};
use app::goals as all_goals;
use app::permissions::Deed;
use askama::Template;
use audit::message::Speaker;
use axum::Router;
use axum::body::Body;
use axum::extract::State;
use axum::http::{Response, StatusCode};
use axum::routing::get;
use history::StageId;
use std::collections::BTreeMap;
use wording::Value as Said;

use super::address::{self, with};
use super::finding::Teller;
use super::table::{Cell, Download, Row, Table, Value};
use super::{Member, Page, Words, goals, show};
use crate::extract::Query;
use crate::loaded::Loaded;
use crate::problem::Problem;
use crate::state::AppState;

pub(super) fn routes() -> Router<AppState> {
    Router::new().route("/month", get(month))
}

/// The money of a month.
struct Money {
    span: String,
    /// What was sold, and in how many deals.
    won: String,
    won_deals: String,
    /// What the open deals are expected to bring, and of how many.
    expected: String,
    expected_of: String,
    /// The sum of the deals that hang, how many they are, and what they are expected to bring.
    hung: String,
    hung_deals: String,
    hung_expected: String,
    /// What the numbers rest on.
    notes: Vec<String>,
    stages: Table,
    sold: Table,
}

#[derive(Template)]
#[template(path = "month.html")]
struct MonthPage {
    page: Page,
    money: Money,
    goals: Table,
}

async fn month(
    State(state): State<AppState>,
    member: Member,
    Query(download): Query<Download>,
) -> Result<Response<Body>, Problem> {
    let (now, actor, words) = (state.now(), &member.actor, member.words());
    actor.reach(Deed::SeeFindings)?;
    let employee = actor.employee.clone().ok_or(app::Error::NoEmployee)?;
    let read = |desk: &Desk<'_>| money(desk, &member, words);
    let money = desk::desk(&state.audits, actor, &employee, now, read).await?;
    let set = all_goals::goals(&state.audits, actor, Some(&employee), now).await?;
    let loaded = Loaded::of(&state, actor).await?;
    let teller = Teller::new(&loaded, &member, now);
    let goals = goals::table(&member, &teller, &set, false);
    if let Some(file) = download.answer(words, &[&money.stages, &money.sold, &goals])? {
        return Ok(file);
    }
    let page = member.page(words.text("month-title"));
    let shown = MonthPage { page, money, goals };
    Ok(show(StatusCode::OK, &shown))
}

/// Deals of a stage, or all of them.
#[derive(Default)]
struct Sum {
    deals: usize,
    price: i64,
    /// What is expected, and of how many.
    worth: i64,
    known: usize,
    hung: usize,
    hung_price: i64,
    hung_worth: i64,
    guessed: usize,
}

impl Sum {
    fn add(&mut self, deal: &OpenDeal) {
        let (price, worth) = (deal.price.unwrap_or(0), deal.worth.unwrap_or(0));
        self.deals += 1;
        self.price = self.price.saturating_add(price);
        self.worth = self.worth.saturating_add(worth);
        self.known += usize::from(deal.worth.is_some());
        self.guessed += usize::from(deal.guessed && deal.worth.is_some());
        if deal.hangs {
            self.hung += 1;
            self.hung_price = self.hung_price.saturating_add(price);
            self.hung_worth = self.hung_worth.saturating_add(worth);
        }
    }
}

fn money(desk: &Desk<'_>, member: &Member, words: Words) -> Money {
    let currency = &desk.audited.history.account.currency;
    let money = |hundredths: i64| wording::money(hundredths, currency, words.0);
    let mut all = Sum::default();
    desk.open.iter().for_each(|deal| all.add(deal));
    let prices = desk.won.iter().filter_map(|won| won.price);
    let unpriced = desk.won.iter().filter(|won| won.price.is_none()).count();
    let mut notes = vec![words.say(
        "month-chance",
        &[
            ("days", Said::Count(DAYS)),
            ("enough", Said::Count(ENOUGH as i64)),
        ],
    )];
    for (id, count) in [
        ("month-unknown", all.deals - all.known),
        ("month-guessed", all.guessed),
        ("month-unpriced", unpriced),
    ] {
        if count > 0 {
            notes.push(words.count(id, count));
        }
    }
    Money {
        span: report::span(desk.month, words.0),
        won: money(prices.fold(0, i64::saturating_add)),
        won_deals: words.count("month-deals", desk.won.len()),
        expected: money(all.worth),
        expected_of: words.say(
            "month-expected-of",
            &[
                ("known", Said::Count(all.known as i64)),
                ("count", Said::Count(all.deals as i64)),
            ],
        ),
        hung: money(all.hung_price),
        hung_deals: words.count("month-deals", all.hung),
        hung_expected: words.say(
            "month-hung-expected",
            &[("money", Said::Text(money(all.hung_worth).into()))],
        ),
        notes,
        stages: stages(desk, member, words),
        sold: sold(desk, member, words),
    }
}

/// Where a stage stands among all: by pipeline and order, those that are not listed first.
type Place = (Option<(u32, i64)>, StageId);

/// What each stage is expected to bring.
fn stages(desk: &Desk<'_>, member: &Member, words: Words) -> Table {
    let history = desk.audited.history;
    let currency = || history.account.currency.clone();
    let mut sums: BTreeMap<Place, (Sum, &OpenDeal)> = BTreeMap::new();
    for deal in &desk.open {
        let listed = history.pipelines.get(deal.stage);
        let place = listed.map(|stage| (stage.pipeline.0, stage.sort));
        let sum = sums.entry((place, deal.stage));
        sum.or_insert((Sum::default(), deal)).0.add(deal);
    }
    let mut table = Table::new(member, "stages", words.text("month-stages"))
        .column(words.text("filter-stage"))
        .number(words.text("month-col-deals"))
        .number(words.text("month-col-price"))
        .number(words.text("month-col-chance"))
        .number(words.text("month-col-worth"))
        .number(words.text("month-col-hung"))
        .number(words.text("month-col-hung-price"));
    for ((_, stage), (sum, one)) in sums {
        let id = history.pipelines.stage_ids.get(stage.0);
        let list = with("/calls", &[("stage", id)]);
        let hanging = with("/calls", &[("stage", id), ("hung", "yes")]);
        let count = |count: usize, list: &str| {
            let cell = Cell::from(Value::Count(count as u64));
            if count > 0 { cell.to(list) } else { cell }
        };
        let worth = match sum.known {
            0 => Value::Empty,
            _ => Value::Money(sum.worth, currency()),
        };
        table.push(Row::of(vec![
            Cell::text(wording::one_line(history.pipelines.stage_name(stage), 60)),
            count(sum.deals, &list),
            Value::Money(sum.price, currency()).into(),
            chance(one, words),
            worth.into(),
            count(sum.hung, &hanging),
            Value::Money(sum.hung_price, currency()).into(),
        ]));
    }
    table
}

/// What share of the deals of a deal's stage is won, with its base.
pub(super) fn chance(deal: &OpenDeal, words: Words) -> Cell {
    let Some(chance) = deal.chance else {
        return Cell::text(words.text("month-too-few"));
    };
    let base = [
        ("won", Said::Count(chance.won as i64)),
        ("count", Said::Count(chance.reached as i64)),
    ];
    let id = match chance.of_pipeline {
        true => "month-chance-of-pipeline",
        false => "month-chance-of",
    };
    Cell::from(Value::share(chance.won, chance.reached)).small(words.say(id, &base))
}

/// The deals that were won.
fn sold(desk: &Desk<'_>, member: &Member, words: Words) -> Table {
    let history = desk.audited.history;
    let speaker = Speaker::new(history, desk.audited.regulation, words.0);
    let mut table = Table::new(member, "won", words.text("month-won"))
        .column(words.text("month-col-deal"))
        .column(words.text("col-when"))
        .number(words.text("col-money"));
    for won in &desk.won {
        let href = match won.is_theirs {
            true => address::deal(history.deals.get(won.deal.0)),
            false => String::new(),
        };
        let at = desk.audited.zone().datetime(won.at);
        let price = won.price.map_or(Value::Empty, |price| {
            Value::Money(price, history.account.currency.clone())
        });
        table.push(Row::of(vec![
            Cell::text(speaker.deal(won.deal)).to(href),
            Value::Moment(at).into(),
            price.into(),
        ]));
    }
    table
}
