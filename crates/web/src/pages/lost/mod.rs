//! «Какие отказы проверить?»: the checks of lost deals, and the share of everybody's lost deals that
//! went back to work. A check has its own page.

mod check;

use std::collections::BTreeMap;

use app::life::lost::check::{Status, Verdict};
use app::life::lost::work::{self, Seen, Which};
use app::life::share::Share;
use app::permissions::Deed;
use askama::Template;
use axum::Router;
use axum::body::Body;
use axum::extract::State;
use axum::http::{Response, StatusCode};
use axum::routing::get;
use serde::Deserialize;
use wording::{Value as Say, decimal, integer, one_line};

use super::address::{self, with};
use super::finding::Teller;
use super::outcomes::Done;
use super::table::{Cell, Download, Row, Table, Value};
use super::{Member, Page, Words, show};
use crate::extract::Query;
use crate::loaded::Loaded;
use crate::problem::Problem;
use crate::state::AppState;

/// Checks on one page.
const SHOWN: usize = 50;
/// Characters of a foreign name.
const NAME: usize = 60;
/// Stands in an address for nobody.
const NOBODY: &str = "-";

pub(super) fn routes() -> Router<AppState> {
    Router::new()
        .route("/lost", get(list))
        .route("/lost/{id}", get(check::one).post(check::decide))
}

/// Checks of one status.
struct Tab {
    href: String,
    label: String,
    here: bool,
}

#[derive(Template)]
#[template(path = "lost.html")]
struct LostPage {
    page: Page,
    done: Option<Done>,
    zone: String,
    tabs: Vec<Tab>,
    /// Whose they are; empty: everybody's.
    whose: String,
    all: String,
    table: Table,
    empty: String,
    first: Option<String>,
    later: Option<String>,
    returned: Table,
}

#[derive(Deserialize, Default)]
#[serde(default)]
struct Address {
    status: String,
    employee: String,
    after: String,
    done: String,
    #[serde(flatten)]
    download: Download,
}

/// The statuses that the page offers, in order.
fn statuses() -> impl Iterator<Item = Status> {
    let decided = Verdict::ALL.iter().rev().copied().map(Status::Decided);
    std::iter::once(Status::Open)
        .chain(decided)
        .chain([Status::Moot])
}

async fn list(
    State(state): State<AppState>,
    member: Member,
    Query(asked): Query<Address>,
) -> Result<Response<Body>, Problem> {
    let (now, actor, words) = (state.now(), &member.actor, member.words());
    let loaded = Loaded::of(&state, actor).await?;
    let (office, teller) = (loaded.office(), Teller::new(&loaded, &member, now));
    let status = Status::parse(&asked.status).unwrap_or(Status::Open);
    // Of others not even the name is told.
    let whose = actor.whose(Deed::SeeLostDeals)?;
    let responsible = match asked.employee.as_str() {
        "" => None,
        NOBODY => Some(""),
        one => Some(one).filter(|one| office.within(&whose, one, now)),
    };
    let which = Which {
        status: Some(status),
        responsible,
    };
    let after = asked.after.split_once('.');
    let after = after.and_then(|(at, id)| Some((at.parse().ok()?, id)));
    let paging = (after, SHOWN as i64 + 1);
    let mut found = work::list_of(&state.store, actor, office, which, paging, now).await?;
    let more = found.len() > SHOWN;
    found.truncate(SHOWN);
    let employee = responsible.map_or("", |_| asked.employee.as_str());
    let address = with(
        "/lost",
        &[("status", status.as_str()), ("employee", employee)],
    );
    let shares = work::returned(&state.store, actor, office, now).await?;
    let mut table = table(&teller, &member, status);
    found.iter().for_each(|seen| table.push(row(&teller, seen)));
    let returned = returned(&teller, &member, &shares);
    if let Some(file) = asked.download.answer(words, &[&table, &returned])? {
        return Ok(file);
    }
    let last = found.last().filter(|_| more);
    let shown = LostPage {
        page: member.page(words.text("lost-title")),
        done: done(&state, &member, &teller, &asked.done).await,
        zone: teller.version().zone.name().to_owned(),
        tabs: tabs(words, status, employee),
        whose: match responsible {
            Some("") => words.text("lost-nobody"),
            Some(one) => teller.employee(one),
            None => String::new(),
        },
        all: with("/lost", &[("status", status.as_str())]),
        empty: words.text(match status {
            Status::Open => "lost-empty-open",
            _ => "lost-empty",
        }),
        later: last.map(|last| {
            let after = format!("{}.{}", last.check.lost_at, last.check.id);
            with(&address, &[("after", &after)])
        }),
        first: after.map(|_| address),
        table,
        returned,
    };
    Ok(show(StatusCode::OK, &shown))
}

fn tabs(words: Words, here: Status, employee: &str) -> Vec<Tab> {
    let tab = |status: Status| Tab {
        href: with(
            "/lost",
            &[("status", status.as_str()), ("employee", employee)],
        ),
        label: words.word("lost-status", status.as_str()),
        here: status == here,
    };
    statuses().map(tab).collect()
}

fn table(teller: &Teller<'_>, member: &Member, status: Status) -> Table {
    let words = teller.words;
    let table = Table::new(member, "checks", words.word("lost-status", status.as_str()))
        .column(words.text("lost-col-deal"))
        .column(words.text("lost-col-who"))
        .column(words.text("lost-col-when"))
        .column(words.text("lost-col-reason"))
        .number(words.text("lost-col-price"))
        .number(words.text("lost-col-attempts"))
        .number(words.text("lost-col-unanswered"))
        .number(words.text("lost-col-talks"));
    match status {
        Status::Open => table.column(words.text("lost-col-addressee")),
        _ => table.column(words.text("lost-col-closed")),
    }
}

fn row(teller: &Teller<'_>, seen: &Seen) -> Row {
    let (check, facts, words) = (&seen.check, &seen.facts, teller.words);
    let moment = |at| Cell::from(Value::Moment(teller.version().zone.datetime(at)));
    let currency = &teller.audit.live().history().account.currency;
    let money = |hundredths| Value::Money(hundredths, currency.clone());
    let last = match (seen.status, check.closed_at) {
        (Status::Open, _) if check.addressee.is_empty() => Cell::text(words.text("lost-to-head")),
        (Status::Open, _) => Cell::text(teller.employee(&check.addressee)),
        (_, Some(at)) => moment(at),
        (_, None) => Cell::from(Value::Empty),
    };
    Row::of(vec![
        Cell::text(teller.deal(&check.deal).0).to(check_address(&check.id)),
        Cell::text(who(teller, &check.responsible)),
        moment(check.lost_at),
        Cell::text(reason(words, &facts.reason)),
        Cell::from(facts.amount.map_or(Value::Empty, money)),
        Cell::from(Value::Count(facts.attempts.len() as u64)),
        Cell::from(Value::Count(u64::from(facts.unanswered))),
        Cell::from(Value::Count(u64::from(facts.conversations))),
        last,
    ])
}

/// The address of a check's page.
fn check_address(id: &str) -> String {
    format!("/lost/{}", address::escape(id))
}

fn who(teller: &Teller<'_>, employee: &str) -> String {
    match employee {
        "" => teller.words.text("lost-nobody"),
        one => teller.employee(one),
    }
}

fn reason(words: Words, reason: &str) -> String {
    match reason.trim() {
        "" => words.text("lost-no-reason"),
        reason => one_line(reason, NAME),
    }
}

/// The share of everybody's checked deals that went back to work; who gets most back first.
fn returned(teller: &Teller<'_>, member: &Member, shares: &BTreeMap<String, Share>) -> Table {
    let (words, lang) = (teller.words, teller.words.0);
    let mut table = Table::new(member, "returned", words.text("lost-returned"))
        .column(words.text("col-employee"))
        .number(words.text("lost-col-decided"))
        .number(words.text("lost-col-back"))
        .number(words.text("lost-col-rightly"))
        .number(words.text("lost-col-share"));
    let mut people: Vec<(&String, &Share)> = shares.iter().collect();
    people.sort_by(|a, b| b.1.interval.0.total_cmp(&a.1.interval.0));
    for (employee, share) in people {
        let whose = match employee.as_str() {
            "" => NOBODY,
            one => one,
        };
        let list = |verdict: Verdict, count: u64| {
            let cell = Cell::from(Value::Count(count));
            let of = [("status", verdict.as_str()), ("employee", whose)];
            match count {
                0 => cell,
                _ => cell.to(with("/lost", &of)),
            }
        };
        let end = |end: f64| Say::Text(decimal(end * 100.0, 0, lang).into());
        let number = |number: u64| Say::Text(integer(number as i64, lang).into());
        let base = [
            ("part", number(share.hits)),
            ("whole", number(share.of)),
            ("low", end(share.interval.0)),
            ("high", end(share.interval.1)),
        ];
        table.push(Row::of(vec![
            Cell::text(who(teller, employee)),
            Cell::from(Value::Count(share.of)),
            list(Verdict::BackToWork, share.hits),
            list(Verdict::ClosedRightly, share.of - share.hits),
            Cell::from(Value::share(share.hits, share.of))
                .small(words.say("sales-of-interval", &base)),
        ]));
    }
    table
}

/// The verdict that was just given.
async fn done(state: &AppState, member: &Member, teller: &Teller<'_>, id: &str) -> Option<Done> {
    if id.is_empty() {
        return None;
    }
    let found = work::see(&state.store, &member.actor, teller.office, id, teller.now).await;
    let seen = found.ok()?;
    let Status::Decided(verdict) = seen.status else {
        return None;
    };
    let what = teller.words.word("lost-done", verdict.as_str());
    Some(Done::plain(what, teller.deal(&seen.check.deal).0, false))
}
